"""Two people's letters in one scan: once they are parted, the first case says nothing of the other person anywhere."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile

import pytest
from fakes import FakeReader, FixedClock
from life_office import CONFIRMED, DIVISION, FIELD, HEAD, MEMO, MORNING, REVIEW, SUB
from offices import WordOffice
from pypdf import PdfReader
from web_desk import WebDesk
from web_routes import endpoints_of, pages_of, path_of

from pipeline.archive.contents import contents
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.parting import parted
from pipeline.cli import main
from pipeline.errors import NotAllowed
from pipeline.letters.case_values import CaseValues
from pipeline.letters.sheets.register_book import BOOK, row
from pipeline.reading.fields import Candidate, Complaint, Field
from pipeline.reading.ports import Reading
from pipeline.scans.words import Page, Word
from pipeline.wiring import Root

TEAM = "tim-yankomas"
FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)
#: What tells two letters apart.
STORY = " ".join(f"kata{n}{{0}} cerita{n}{{0}}" for n in range(40))
OURS = f"- Siti Melati Rekaan; Tanah dipagari; Dinas Contoh; sertifikat dikembalikan; KTP; {STORY.format('a')}"
THEIRS = f"- Bambang Wijaya Rekaan; Upah ditahan; PT Rekaan Jaya; gaji dibayar; slip; {STORY.format('b')}"
SCAN = f"PAGES\n{OURS}\n{THEIRS}".encode()
#: Words of the other letter, which no case but its own may say.
OTHERS = ("bambang", "wijaya", "upah", "ditahan", "jaya", "gaji", "slip", "kata7b", "1771012345670002")
BOTH = {
    **CONFIRMED,
    "perihal": "Tanah dipagari",
    "pelapor": [{"nama": "Siti Melati Rekaan"}, {"nama": "Bambang Wijaya, S.H.", "nik": "1771012345670002"}],
    "terlapor": ["Dinas Contoh", "PT Rekaan Jaya"],
    "ringkasan": "Tanah dipagari Dinas Contoh. Upah Bambang Wijaya ditahan PT Rekaan Jaya.",
    "permintaan": ["sertifikat dikembalikan", "gaji dibayar"],
    "nomor_agenda": "77",
}


class PageReader(FakeReader):
    """Reads each page of a scan as a letter: who, what of, against whom, what for, with what."""

    def read(self, blob, received, progress=lambda done, of: None):
        with blob.local() as path:
            lines = [line.removeprefix("- ") for line in path.read_text().splitlines()[1:]]
        letters = [[part.strip() for part in line.split(";")] for line in lines]
        pages = tuple(
            Page(n, 595, 842, (Word(line, (0.1, 0.1, 0.5, 0.12), 0.9, 0),), line, "ocr")
            for n, line in enumerate(lines, start=1)
        )

        def found(column):
            box = (0.1, 0.1, 0.5, 0.12)
            return tuple(
                Field((Candidate(letter[column], letter[column], n, box, 0.9, "baris"),))
                for n, letter in enumerate(letters, start=1)
            )

        fields = {
            "perihal": found(1)[0],
            "ringkasan": found(1)[-1],
            "lampiran": found(4)[-1],
            "pelapor": tuple({"nama": name} for name in found(0)),
            "terlapor": found(2),
            "permintaan": found(3),
        }
        complaint = Complaint(tuple(range(1, len(pages) + 1)), fields)
        return Reading(pages, (complaint,), b"%PDF " + path.name.encode() + "\n".join(lines).encode(), "palsu 1")


@pytest.fixture(scope="module", params=["dibaca", "dikonfirmasi"])
def desk(request, tmp_path_factory):
    """An office in which such a scan was read, or also confirmed with both people, and then parted."""
    desk = WebDesk(tmp_path_factory.mktemp("kantor"), WordOffice)
    office = desk.office
    office.reader = PageReader()
    office.drop("surat.pdf", SCAN)
    office.run_once()
    if request.param == "dikonfirmasi":
        office.decide(FIRST, "konfirmasi", TEAM, BOTH)
        office.decide(FIRST, "sampaikan", TEAM)
    before = case(desk, FIRST)
    assert [p["nama"]["nilai"] for p in before.fields["pelapor"]][1].startswith("Bambang Wijaya")
    office.decide(FIRST, "pisahkan", TEAM, {"halaman": "2"})
    office.run_once()
    office.root.index.refresh()
    desk.account("semua", TEAM, "kakanwil", "kadiv", "kabid", "kasubbid", "arsiparis")
    return desk


def case(desk, number):
    return desk.office.root.cabinet.case(number)


#: A file that lies in a page.
EMBEDDED = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=]+")


def said_of_others(text: str) -> list[str]:
    return [word for word in OTHERS if word in text.lower()]


def unpacked(data: bytes) -> str:
    if data[:5] == b"%PDF-":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    if data[:2] != b"PK":
        text = data.decode(errors="replace")
        inside = (unpacked(base64.b64decode(found)) for found in EMBEDDED.findall(text))
        return "\n".join([EMBEDDED.sub("", text), *inside])
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(unpacked(packed.read(name)) for name in packed.namelist())


def test_the_fields_are_those_of_its_own_pages(desk):
    fields = case(desk, FIRST).fields

    assert said_of_others(json.dumps(fields)) == []
    assert "Siti Melati Rekaan" in json.dumps(fields["pelapor"])
    assert "sertifikat" in json.dumps(fields["permintaan"])


def test_the_other_case_has_its_own(desk):
    fields = json.dumps(case(desk, SECOND).fields)

    assert "Bambang Wijaya Rekaan" in fields
    assert "gaji dibayar" in fields
    assert "Siti" not in fields


def test_the_register_names_each_in_the_other_s_row(desk):
    root = desk.office.root
    values = CaseValues(root.settings.office, root.calendar, root.cabinet.case, lambda day: "")
    read = [case(desk, number) for number in (FIRST, SECOND)]
    facts = [values.facts(one, root.sop_of(one), BOOK, MORNING.date()) for one in read]

    first, second = (row(told, root.settings.office)["status"] for told in facts)
    assert f"sebagian dipisahkan menjadi register nomor {read[1].received.register_number}" in first
    assert f"dipisahkan dari register nomor {read[0].received.register_number}" in second


def test_no_page_of_the_first_case_says_anything_of_the_other_person(desk):
    browser, leaks, shown = desk.come_in("semua"), {}, 0
    paths = {path_of(r) for r in pages_of(desk) if "GET" in r.methods and "/0001" in path_of(r)}
    paths |= {path for path, method, _ in endpoints_of(desk) if method == "GET" and "/0001" in path}
    paths -= {path for path in paths if path.endswith(("bag.zip", "/bag"))}  # the bag is the archive itself
    here = case(desk, FIRST)
    paths |= {f"/kasus/{FIRST}/{way}/{d.name}" for d in here.own_documents for way in ("naskah", "lihat")}
    paths |= {f"/api/kasus/{FIRST}/naskah/{d.name}" for d in here.own_documents}

    for path in sorted(paths):
        answer = browser.get(path, follow_redirects=True)
        shown += answer.status_code == 200
        if found := said_of_others(unpacked(answer.content)):
            leaks[path] = found

    assert leaks == {}
    assert shown > 20


def test_its_sheets_are_drafted_again_and_name_only_its_own_people(desk):
    here = case(desk, FIRST)

    assert here.drafts.keys() >= {"01-tanda-terima", "03-lembar-disposisi"}
    for template, draft in here.drafts.items():
        told = "\n".join(desk.office.lines(FIRST, template))
        assert draft.documents[0].name not in here.shared, template
        assert said_of_others(told) == [], template
    assert "Siti Melati Rekaan" in "\n".join(desk.office.lines(FIRST, "01-tanda-terima"))


def test_what_was_made_of_all_pages_stays_in_the_archive_and_is_withdrawn_from_view(desk):
    here, browser = case(desk, FIRST), desk.come_in("semua")

    assert {"01-surat.pdf", "02-teks.txt", "01-tanda-terima-v1.pdf"} <= here.shared
    kept = {document.name: document for document in here.documents}
    assert all(desk.office.root.cabinet.holds(FIRST, kept[name]) for name in here.shared)
    page = browser.get(f"/kasus/{FIRST}").text + browser.get(f"/arsip/{FIRST}").text
    assert [name for name in here.shared if f'{name}"' in page] == []


def test_the_register_and_the_search_know_only_its_own_people(desk):
    browser = desk.come_in("semua")
    rows = {row.number: row for row in desk.office.root.rows.rows()}

    assert said_of_others(str(rows[str(FIRST)])) == []
    assert rows[str(FIRST)].pages == 1
    for word in ("bambang", "gaji"):
        hits = [hit.number for hit in desk.office.search(word).hits]
        assert hits == [str(SECOND)], word
    line = next(line for line in browser.get("/register/buku.csv").text.splitlines() if "Siti Melati" in line)
    assert said_of_others(line) == []


def test_resembling_is_asked_of_its_own_words(desk):
    assert case(desk, FIRST).reading.signature != case(desk, SECOND).reading.signature
    assert desk.office.root.resembling(case(desk, FIRST)) == ()


@pytest.mark.parametrize(
    "words",
    [("case", "1/2026", "--alasan", "uji"), ("case", "1/2026", "--alasan", "uji", "--json"), ("surat", "1/2026")],
    ids=" ".join,
)
def test_commands_say_only_its_own_people(desk, words, capsys, monkeypatch):
    monkeypatch.setattr(Root, "clock", desk.office.clock)

    main(["--root", str(desk.office.root.layout.root), *words])

    assert said_of_others(capsys.readouterr().out) == []


def test_who_may_not_read_the_other_case_is_not_given_the_scan_of_both(desk):
    office = desk.office
    office.decide(SECOND, "koreksi", TEAM, {"sifat": "rahasia", "alasan": "Korban anak"})
    office.run_once()
    browser = desk.browser("kasubbid")

    answer = browser.get(f"/kasus/{FIRST}/naskah/02-teks.txt")

    assert answer.status_code in (403, 404)
    assert said_of_others(answer.text) == []


def test_answers_typed_from_elsewhere_and_those_on_both_stay(desk):
    sop = desk.office.root.sop_of(case(desk, FIRST))
    pages = {1: "Siti Rekaan, saksi Budi Contoh", 2: "Bambang Rekaan, saksi Budi Contoh"}

    left = parted(
        {
            "korban": ["Budi Contoh", "Bambang Rekaam"],
            "nomor_agenda": "77",
            "uraian": "Dicatat di loket.",
            "perihal": "Pengaduan Bambang Rekaan",
        },
        sop.register,
        pages,
        {2},
        {"pelapor": [{"nama": {"nilai": "Bambang Rekaan", "page": 2}}, {"nama": {"nilai": "Siti Rekaan", "page": 1}}]},
    )

    assert left.register == {"korban": ["Budi Contoh"]}
    assert left.released == ("perihal",)


def test_the_folder_that_is_bound_holds_nothing_of_both(desk):
    here = case(desk, FIRST)

    papers = contents(here, desk.office.root.sop_of(here))

    assert "Surat pengaduan" in [paper.title for paper in papers]
    assert {paper.document.name for paper in papers}.isdisjoint(here.shared)
    assert not {paper.original.name for paper in papers if paper.original} & here.shared


@pytest.fixture(params=["2", "1-2"], ids=["sebagian", "seluruhnya"])
def attached(request, tmp_path):
    """An office whose case got an attachment of two letters of another person, of which pages became a case."""
    desk = WebDesk(tmp_path / "kantor", WordOffice)
    office = desk.office
    office.reader = PageReader()
    office.drop("surat.pdf", f"PAGES\n{OURS}".encode())
    office.run_once()
    (office.root.layout.inbox / "2026-0001").mkdir()
    office.drop("2026-0001/lampiran.pdf", f"PAGES\n- Kuitansi; sewa; -; -; -\n{THEIRS}".encode())
    office.run_once()
    office.decide(FIRST, "pisahkan", TEAM, {"halaman": request.param, "berkas": "02-lampiran.pdf"})
    office.run_once()
    office.root.index.refresh()
    desk.account("semua", TEAM, "kakanwil", "kadiv", "kabid", "kasubbid", "arsiparis")
    return desk


def test_an_attachment_keeps_its_own_pages_alone(attached):
    here, browser = case(attached, FIRST), attached.come_in("semua")

    assert [hit.number for hit in attached.office.search("bambang").hits] == [str(SECOND)]
    assert {"02-lampiran.pdf", "02-lampiran-teks.txt"} <= here.shared
    page = browser.get(f"/kasus/{FIRST}").text + browser.get(f"/arsip/{FIRST}").text
    assert [name for name in here.shared if f'{name}"' in page] == []
    assert ("02-lampiran-terbaca-v2.pdf" in page) is bool(here.attachments_read)
    assert [hit.number for hit in attached.office.search("kuitansi").hits] == (
        [str(FIRST)] if here.attachments_read else [str(SECOND)]
    )
    assert here.reading.fields["pelapor"][0]["nama"]["nilai"] == "Siti Melati Rekaan"


def test_a_letter_that_people_approved_before_goes_no_further_as_it_is(tmp_path):
    office = WordOffice(tmp_path / "kantor")
    office.clock = FixedClock(MORNING)
    office.reader = PageReader()
    office.drop("surat.pdf", SCAN)
    office.run_once()
    office.decide(FIRST, "konfirmasi", TEAM, BOTH)
    office.decide(FIRST, "sampaikan", TEAM)
    for role in (HEAD, DIVISION, FIELD):
        office.decide(FIRST, "disposisi", role, {"isi_disposisi": "Telaah."})
    office.decide(FIRST, "telaah", SUB, {**REVIEW, "persoalan": "Upah Bambang Wijaya ditahan."})
    office.decide(FIRST, "paraf-naskah", FIELD, {"naskah": MEMO, "versi": 1})

    office.decide(FIRST, "pisahkan", TEAM, {"halaman": "2"})

    with pytest.raises(NotAllowed, match="sebelum halaman perkara lain dipisahkan"):
        office.decide(FIRST, "paraf-naskah", DIVISION, {"naskah": MEMO, "versi": 1})
    office.edit(FIRST, MEMO, SUB, before="Upah Bambang Wijaya ditahan.", after="Tanah dipagari.")
    office.decide(FIRST, "paraf-naskah", FIELD, {"naskah": MEMO, "versi": 2})
    assert MEMO in office.root.cabinet.case(FIRST).drafts
