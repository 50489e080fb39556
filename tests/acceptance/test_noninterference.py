"""Two offices that differ in what a secret case says and nowhere else answer those the same who may not read it.

Every page and endpoint that shows something is asked, with every filter: status, headers and bytes are compared. What
may differ are seals (docs/security.md): that the office did more, its archivist sees by how many there are. A bag has
the whole line of its own, which is proved by every byte.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from contextlib import closing
from urllib.parse import urlencode

import pikepdf
import pytest
from fakes import FakeLetters
from life_office import CONFIRMED
from offices import copied
from thorough import slowly
from usual_standing import standing
from web_desk import WebDesk
from web_routes import endpoints_of, pages_of, path_of

from pipeline.access.rights import may
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.ports import Passage

TEAM = "tim-yankomas"
#: Roles that read cases and have no part in the secret ones while these run, and after they have ended.
RUNNING, ENDED = ("kadiv", "kabid", "kasubbid", "arsiparis"), ("kadiv", "kabid", "kasubbid")
OPEN, SECRET, PARENT = CaseNumber(2026, 1), CaseNumber(2026, 3), CaseNumber(2026, 4)
LETTER = " ".join(f"kata{n} pengaduan{n}" for n in range(60)).encode()
TOLD = {"perihal": "Hal biasa", "pelapor": ["Siti Rekaan"], "terlapor": "Dinas Rekaan", "uraian": "Uraian"}
SAID = {
    "perihal": "Penyiksaan bintang",
    "pelapor": [{"nama": "Bambang Rekaan", "nik": "1771012345670001", "telepon": "081200000001"}],
    "terlapor": ["Polsek Contoh"],
    "ringkasan": "Zamrud hilang. Rambutan manggo.",
    "hak": ["anak", "rasa aman"],
    "kerentanan": ["anak"],
    "kapasitas": "korban",
    "kelas_terlapor": "kepolisian",
    "cara_penyampaian": "pos",
    "tempat_kejadian": "Kota Bengkulu",
    "nomor_surat": "12/X/2026",
    "tanggal_surat": "2026-11-02",
    "nomor_agenda": "77",
    "klasifikasi": "HA.01.07",
    "indeks": "Bambang",
    "boks": "12",
    "rak": "B-3",
}
#: What may be typed to look for it, and what stands in open cases too.
WORDS = ("", "bambang", "penyiksaan", "zamrud", "rekaan", "hal", "kata1", "pengaduan7 kata3", "2026/0003", "HA.01.07")
WORDS += ("mangga rambutan", "rambutan", "mangg")


#: A seal in short: a hash over all that there is, which is to be held against the printed one; and how many there were.
SEAL = re.compile(rb"[0-9A-F]{4}(?:-[0-9A-F]{4}){3}")
COUNTED = re.compile(rb"(?<=segel arsip no\. )\d+(?= \()")
#: The rows of the seals on *Keutuhan*.
LISTED = re.compile(rb'<tr>\s*<td data-label="No\.">\d+</td>\s*<td data-label="Dibuat".*?</tr>\s*', re.DOTALL)


class PrintedAsText:
    """Makes a PDF that holds the texts of a Word file: what a printed one would say."""

    def print(self, docx: bytes, _code: object) -> bytes:
        made, out = pikepdf.new(), io.BytesIO()
        made.add_blank_page().Contents = made.make_stream(unpacked(docx).hex().encode())
        made.save(out, static_id=True, compress_streams=False)
        return out.getvalue()

    def close(self) -> None:
        pass


class OpenedAsTyped:
    """Opens for editing what the fake typist wrote, which is no Word file."""

    def passages(self, docx: bytes) -> tuple[Passage, ...]:
        return tuple(Passage(n, text) for n, text in enumerate(FakeLetters().words(docx)))


def unpacked(data: bytes) -> bytes:
    """What lies in a packed file, without the moment at which it was packed."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    body = b"\n".join(name.encode() + vouched(name, packed.read(name)) for name in packed.namelist())
    return COUNTED.sub(b"", SEAL.sub(b"", re.sub(rb"<dcterms:\w+ [^>]*>[^<]*</dcterms:\w+>", b"", body)))


def vouched(name: str, data: bytes) -> bytes:
    """What lies in a file, of a bag's seal when it was made and what it says of cases that are open to all."""
    if name.endswith("/segel.jsonl"):
        seal = json.loads(data)
        heads = [head for head in seal["heads"] if head[0] not in (str(SECRET), str(PARENT))]
        return json.dumps([seal["at"], heads]).encode()
    if name.endswith("/tagmanifest-sha256.txt"):
        return re.sub(rb"[0-9a-f]{64}(?=  segel\.jsonl\n)", b"", data)
    return data


def office_of(folder, *, ended_too: bool) -> WebDesk:
    """An office with two open cases and two secret ones of which nothing is known yet."""
    desk = WebDesk(folder)
    desk.office.drop("surat.pdf", LETTER)
    desk.office.run_once()
    desk.office.decide(OPEN, "konfirmasi", TEAM, CONFIRMED)
    desk.office.open("lisan", TOLD)
    for name in ("satu", "dua"):
        desk.office.open("lisan", {**TOLD, "uraian": f"Rahasia {name}", "sifat": "rahasia"})
    for text in ("mangga mangga rambutan", "mangga rambutan rambutan", "semangka", "pepaya"):
        desk.office.open("lisan", {**TOLD, "uraian": text})
    for role in ENDED if ended_too else RUNNING:
        desk.account(role, role)
    desk.people.close()
    return desk


def lived(desk: WebDesk, *, ended: bool) -> None:
    """Let a secret case say and become all that a case can: corrected, attached to, confirmed, ended, merged."""
    office = desk.office
    (office.root.layout.inbox / "2026-0003").mkdir()
    office.drop("2026-0003/bukti.pdf", LETTER + b" zamrud")
    office.run_once()
    office.decide(SECRET, "koreksi", TEAM, {**SAID, "alasan": "Zamrud"})
    office.decide(SECRET, "konfirmasi", TEAM)
    office.decide(SECRET, "sampaikan", TEAM)
    if ended:
        office.decide(PARENT, "gabung", TEAM, {"perkara_induk": str(SECRET), "alasan": "Sama"})
        office.decide(SECRET, "cabut", TEAM, {"sebab": "dianggap mencabut", "alasan": "Bambang pindah"})
    office.run_once()


@pytest.fixture(scope="module", params=["berjalan", "berakhir"])
def pair(request, tmp_path_factory):
    """The roles that may not know, and two desks that tell them."""
    folder, ended = tmp_path_factory.mktemp("dua"), request.param == "berakhir"
    office_of(folder / "asal", ended_too=ended)
    desks = []
    for name in ("satu", "lain"):
        desks.append(WebDesk(copied(folder / "asal", folder / name)))
        desks[-1].office.root.press = PrintedAsText
        desks[-1].office.root.sheet_editor = OpenedAsTyped()
        desks[-1].office.root.report_press = lambda: closing(PrintedAsText())
        desks[-1].clock.forward(minutes=5)
    lived(desks[1], ended=ended)
    for desk in desks:
        desk.office.run_once()  # both are sealed that day
        desk.clock.forward(days=40)  # what is late is late in both; the year is over
        # Another case changes too: that anything did, a seal of the day tells.
        desk.office.decide(CaseNumber(2026, 2), "koreksi", TEAM, {"perihal": "Hal lain", "alasan": "Keliru"})
        desk.office.run_once()
    return ENDED if ended else RUNNING, desks


def asked(desk: WebDesk, role: str) -> list[str]:
    """Every address that shows something to a role."""
    pages = [(path_of(r), r.rule.right) for r in pages_of(desk) if "GET" in r.methods]
    pages += [(path, rule.right) for path, method, rule in endpoints_of(desk) if method == "GET"]
    paths = [path for path, right in pages if may(standing(role), right) and path not in ("/peristiwa", "/keluar")]
    found = {path.replace("/0001", f"/000{number}") for path in paths for number in range(1, 6)}
    for number in (OPEN, SECRET, PARENT):
        for document in desk.office.root.cabinet.case(number).documents:
            base = f"/kasus/{number}"
            found |= {f"{base}/naskah/{document.name}", f"{base}/lihat/{document.name}"}
            found.add(f"/api{base}/naskah/{document.name}")
    return sorted(found | set(narrowed(desk)))


def narrowed(desk: WebDesk) -> list[str]:
    """Every list, with every filter."""
    rows = desk.office.root.rows.rows()
    states = sorted({row.state for row in rows} | {"menunggu telaahan"})
    facets = {
        "tahun": ["2026"],
        "keadaan": states,
        "hak": ["anak", "rasa aman"],
        "kelas_terlapor": ["kepolisian"],
        "wilayah": ["Kota Bengkulu"],
        "sifat": ["rahasia", "terbatas"],
        "cara": ["pos", "lisan"],
        "langkah": sorted({f"{row.step}. x" for row in rows}),
    }
    found = [("/arsip", {"q": word}) for word in WORDS]
    found += [("/api/cari", {"q": word, "banyak": n, "mulai": m}) for word in WORDS for n, m in ((20, 0), (1, 1))]
    found += [("/arsip", {name: value}) for name, values in facets.items() for value in values]
    found += [("/arsip", {"terlambat": "ya"}), ("/arsip", {"hal": 2}), ("/arsip", {"q": "rekaan", "terlambat": "ya"})]
    found += [("/api/cari", {"q": "", name: v}) for name in ("keadaan", "hak", "wilayah") for v in facets[name]]
    found += [("/api/cari", {"q": "rekaan", "terlambat": "true"})]
    for path in ("/register", "/register/buku.csv", "/register/buku.xlsx", "/register/buku.pdf"):
        found += [(path, {"keadaan": state}) for state in states] + [(path, {"bulan": n}) for n in (10, 11)]
        found += [(path, {"tahun": 2026, "hal": 2})]
    found += [("/api/register", {"mulai": n, "banyak": 2}) for n in (0, 2, 9)]
    found += [("/api/tenggat", {"hari": n}) for n in (0, 60)]
    found += [
        (path, {"tahun": 2026})
        for path in ("/arsip/daftar-aktif.xlsx", "/arsip/daftar-inaktif.xlsx", "/arsip/label.pdf")
    ]
    found += [("/surat", {"keadaan": state}) for state in ("menunggu", "semua", "konsep", "dikirim")]
    found += [("/surat", {"keadaan": "semua", "giliran": "saya"})]
    for part in ("", "T4", "11", "12"):
        found += [(path, {"tahun": 2026, "bagian": part}) for path in ("/ringkasan", "/ekspedisi")]
        found += [("/ringkasan/laporan", {"tahun": 2026, "bagian": part, "jenis": kind}) for kind in ("docx", "xlsx")]
        found += [("/ekspedisi/buku", {"tahun": 2026, "bagian": part, "jenis": kind}) for kind in ("xlsx", "pdf")]
    found += [("/api/ringkasan", query) for query in ({"tahun": 2026}, {"tahun": 2026, "triwulan": 4}, {"bulan": 11})]
    found += [("/api/ringkasan/laporan", {"tahun": 2026, "jenis": kind}) for kind in ("docx", "xlsx")]
    return [f"{path}?{urlencode(query)}" for path, query in found]


def compared(answer) -> tuple[int, dict[str, str], bytes]:
    """An answer without what is drawn by lot for every session: the form's token, the name of a saved query."""
    headers = {name: value for name, value in answer.headers.items() if name not in ("set-cookie", "content-length")}
    body = answer.content
    if body[:2] == b"PK":
        body = unpacked(body)
    body = re.sub(rb'(name="(?:csrf|sekali)" value=")[^"]+', rb"\1", body)
    body = re.sub(rb"tanya=[\w-]+", b"tanya=", body)
    body = re.sub(rb"/ID \[[^]]*\]", b"", body)
    body = LISTED.sub(b"", SEAL.sub(b"", body))
    return answer.status_code, headers, body


def differing(desks: list[WebDesk], role: str, addresses) -> list[tuple[str, int, int]]:
    """The addresses at which a role is answered otherwise, with what it is answered there."""
    browsers, found = [desk.come_in(role) for desk in desks], []
    for address in addresses:
        one, other = (compared(browser.get(address)) for browser in browsers)
        assert one[0] < 500, f"{address}: of what no page was made nothing can differ"
        if one != other:
            found.append((address, one[0], other[0]))
    return found


@pytest.mark.slow
def test_who_may_not_read_a_secret_case_is_answered_the_same_whatever_it_says(pair):
    roles, desks = pair
    for role in roles:
        addresses = dict.fromkeys(address for desk in desks for address in asked(desk, role))
        assert differing(desks, role, addresses) == [], role


@pytest.mark.parametrize(
    ("pair", "role"),
    [("berjalan", "kadiv"), ("berakhir", "kabid"), slowly("berjalan", "kabid"), slowly("berakhir", "kadiv")],
    indirect=["pair"],
)
def test_lists_searches_and_figures_are_the_same_whatever_a_secret_case_says(pair, role):
    _, desks = pair
    some = ("/", "/register", "/register/buku.csv", "/surat?keadaan=semua", "/ekspedisi", "/ringkasan?tahun=2026")
    some += ("/kasus/2026/0003", "/api/kasus/2026/0003", "/api/register", "/api/tenggat?hari=60", "/api/ringkasan")
    some += ("/penyusutan", "/penyusutan/jatuh-tempo", "/penyusutan/boks.xlsx", "/pinjaman", "/tutup-tahun")
    some += tuple(f"/arsip?{urlencode({'q': word})}" for word in WORDS)
    some += ("/api/ringkasan/laporan?tahun=2026&jenis=docx", "/ringkasan/laporan?tahun=2026&bagian=11&jenis=docx")

    assert differing(desks, role, some) == []


def test_who_may_read_it_is_answered_otherwise(pair):
    """The comparison would find it."""
    _, desks = pair
    for desk in desks:
        if "kakanwil" not in [a.login for a in desk.people.accounts.all()]:
            desk.account("kakanwil", "kakanwil")
    browsers = [desk.come_in("kakanwil") for desk in desks]

    for path in ("/register", "/arsip?q=bambang", "/ringkasan?tahun=2026", "/api/register", "/kasus/2026/0003"):
        answers = [compared(browser.get(path)) for browser in browsers]
        assert answers[0] != answers[1], path
