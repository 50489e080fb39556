"""Whoever reads a case reads words: no shapes of Python, no keys, no bars of columns, on any page, command or file."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fakes import FakeReader
from life_office import DRAFTED, FIELD, FIRST, MEMO, RECOMMENDATION, REVIEW, SUB, TEAM, LifeOffice
from offices import WordOffice
from openpyxl import load_workbook
from web_desk import WebDesk
from web_routes import endpoints_of, pages_of, path_of

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import FROM, INTO, SPLIT_FROM, SPLIT_OFF
from pipeline.cases.key_labels import ROLES, choice_label, tie
from pipeline.cases.sop import Sop, title_of
from pipeline.cli import main
from pipeline.letters.sheets import context
from pipeline.letters.sheets.sheet_facts import facts_of
from pipeline.reading.fields import Candidate, Complaint, Field
from pipeline.wiring import Root

ALL = ("tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid", "arsiparis", "admin")
BORN = {"tempat": "Bengkulu", "tanggal": "1980-01-02"}
#: What earlier versions stored when somebody confirmed such a field.
STORED = str(BORN)
SHAPES = re.compile(r"\{'|'\}|\['|'\]|\[\[|\{\{|\bNone\b|\bTrue\b|\bFalse\b|\bnan\b|\bnull\b")
#: The kinds of the register's fields, answered with all that an earlier version may have stored.
ANSWERS = {
    "teks": "{'tempat': 'Desa Rekaan', 'kecamatan': 'Contoh'}",
    "paragraf": "Tanah dipagari.",
    "daftar": ["Dinas Rekaan | Jalan Umpama 1 | Bengkulu", "{'nama': 'Polsek Contoh', 'alamat': None}"],
    "tanggal": "2026-11-20",
    "waktu": "2026-11-25T08:15:00",
    "bilangan": 3,
    "orang": [
        {"nama": "Sri Wahyuni", "ttl": STORED, "jenis_kelamin": "perempuan", "alamat": "['Jalan Contoh', 'RT 2']"}
    ],
}


class NestedReader(FakeReader):
    """Reads a complainant's place and day of birth as one value of two parts, and listed attachments."""

    def read(self, *what):
        read = super().read(*what)
        (letter,) = read.complaints

        def found(value):
            return Field((Candidate(value, "seperti tercetak", 1, (0.1, 0.1, 0.5, 0.12), 0.9, "baris berlabel"),))

        person = {"nama": found("Sri Wahyuni"), "ttl": found(BORN), "umur": found(46), "nik": None}
        fields = {
            **letter.fields,
            "pelapor": (person,),
            "kuasa": {"nama": (found("Contoh Kuasa"),), "kantor": found("LBH Rekaan"), "nomor": None},
            "terlapor": (found("Dinas Rekaan"),),
            "lampiran": found("KTP; foto"),
            "hak": (found(6),),
            "tempat_kejadian": found({"tempat": "Bengkulu", "kecamatan": "Contoh"}),
        }
        return replace(read, complaints=(Complaint((1,), fields),))


def answered(sop: Sop) -> dict:
    """Every field of the register, also those that an edition to come adds."""
    told = {f.name: list(f.choices) if f.kind == "pilihan-banyak" else f.choices[0] for f in sop.register if f.choices}
    told |= {f.name: ANSWERS[f.kind] for f in sop.register if not f.choices}
    told |= {
        "saksi": ["Hartono | tetangga"],
        "korban": ["Nurul Huda | anak pelapor"],
        "kuasa": "{'nama': 'Zulkifli'}",
        "lembaga_pelapor": "['Melur']",
    }
    return told | {"sifat": "terbatas", "perihal": "Tanah warga", "nomor_surat": "12/X/2026"}


def raw_keys(sop: Sop) -> re.Pattern[str]:
    """The keys that are no words: of states, moves, sheets, roles, fields and answers."""
    keys = {s.key for s in sop.states} | {m.key for m in sop.moves} | {lane.role for lane in sop.lanes}
    keys |= {sheet.template for sheet in sop.sheets}
    forms = [f for m in sop.moves for f in m.form] + list(sop.register)
    keys |= {f.name for f in forms} | {choice for f in forms for choice in f.choices}
    odd = sorted(key for key in keys if re.search(r"[a-z0-9][-_][a-z]", key))
    return re.compile(rf"(?<![\w/.=-])(?:{'|'.join(map(re.escape, odd))})(?![\w/-]|\.\w)")


class Visible(HTMLParser):
    """What a reader of a page is shown: its text, and the words of its boxes."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style", "code")
        said = dict(attrs)
        shown = ["title", "alt", "placeholder", "aria-label"]
        if tag == "input" and said.get("type") not in ("hidden", "checkbox", "radio"):
            shown.append("value")
        self.texts += [said[name] for name in shown if said.get(name)]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style", "code")

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def visible(html: str) -> str:
    reader = Visible()
    reader.feed(html)
    return "\n".join(reader.texts)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """An office with a case that has been through most of the SOP, every field filled as it came and was stored."""
    desk = WebDesk(tmp_path_factory.mktemp("kantor"), WordOffice)
    office = desk.office
    office.reader = NestedReader()
    life = LifeOffice(office)
    life.make("koreksi", TEAM, {**answered(life.sop), "alasan": "Lengkap"})
    life.until_review()
    rows = ["2026-11-01 | Dipagari", "2026-11-02 | Diancam"]
    life.make("telaah", SUB, {**REVIEW, "kronologi": rows, "bukti": ["Foto | asli"], "saran": "tidak-dilanjutkan"})
    for role in (FIELD, "kadiv"):
        life.act("paraf-naskah", role, MEMO)
    life.make("putuskan-nota", "kakanwil", {"keputusan": "rekomendasi", "catatan": "Setuju"})
    life.make(
        "susun-rekomendasi",
        SUB,
        {**DRAFTED, "tembusan": ["Bupati | Rekaan"], "bukan_pelapor": ["Rekaan | nama daerah"]},
    )
    life.sent(RECOMMENDATION)
    office.drop("surat-lain.pdf", b"Pengaduan lain")  # read and not confirmed: this one is verified
    office.drop("surat-susul.pdf", b"Pengaduan yang sama")
    office.run_once()
    office.decide(CaseNumber(2026, 3), "gabung", "kabid", {"perkara_induk": "2026/0002", "alasan": "Sama"})
    office.run_once()
    office.root.index.refresh()
    desk.clock = office.clock
    desk.account("semua", *ALL)
    desk.account("siti", TEAM)
    return desk


def said_raw(text: str, keys: re.Pattern[str], *, bars: bool = True) -> list[str]:
    found = [*SHAPES.finditer(text), *keys.finditer(text), *(re.finditer(r"\S+ \| \S+", text) if bars else ())]
    return [text[max(0, m.start() - 40) : m.end() + 40] for m in found]


def test_every_page_says_it_in_words(desk):
    browser = desk.come_in("semua")
    keys = raw_keys(desk.office.root.editions[-1])
    paths = {path_of(r) for r in pages_of(desk) if "GET" in r.methods} - {"/keluar", "/peristiwa"}
    paths |= {p.replace("/0001", f"/000{n}") for p in paths for n in (2, 3)}
    documents = desk.office.root.cabinet.case(FIRST).documents
    paths |= {f"/kasus/{FIRST}/lihat/{document.name}" for document in documents}
    paths |= {"/arsip?q=dipagari", "/arsip?q=bengkulu", "/arsip?q=rekaan", "/surat?keadaan=semua"}
    paths = {path for path in paths if not path.startswith("/templat/")}  # whose help names tags, as one types them
    shown, raw = 0, {}

    for path in sorted(paths):
        answer = browser.get(path, follow_redirects=True)
        if "html" in answer.headers.get("content-type", ""):
            shown += answer.status_code == 200
            if found := said_raw(visible(answer.text), keys):
                raw[path] = found

    assert raw == {}
    assert shown >= 60


def test_what_was_stored_as_python_writes_it_is_told_in_words(desk):
    browser = desk.come_in("semua")

    for page in (
        "/kasus/2026/0001",
        "/kasus/2026/0001/salin",
        "/kasus/2026/0001/gerak/koreksi",
        "/verifikasi/2026/0002",
    ):
        assert "Bengkulu, 2 Januari 1980" in visible(browser.get(page).text), page

    journal = desk.office.root.cabinet.journal(FIRST).decode()
    assert STORED in journal  # it stays as it is


def test_what_is_confirmed_now_is_stored_in_words(desk):
    browser, number = desk.come_in("siti"), CaseNumber(2026, 2)

    sent = {"i.pelapor.1.nama": "Sri Wahyuni", "i.pelapor.1.ttl": "Bengkulu, 2 Januari 1980"}
    page = browser.get(f"/verifikasi/{number}").text

    for name, value in sent.items():
        assert f'name="{name}" value="{value}"' in page


def test_programs_are_given_no_shape_of_python_as_text(desk):
    browser, raw = desk.come_in("semua"), {}

    for path, method, _ in endpoints_of(desk):
        answer = browser.get(path) if method == "GET" else None
        if answer is not None and "json" in answer.headers["content-type"]:
            texts = list(texts_in(answer.json()))
            if found := [text for text in texts if re.search(r"\{'|\['", text)]:
                raw[path] = found

    assert raw == {}


def texts_in(value):
    if isinstance(value, dict):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)
    elif isinstance(value, str):
        yield value


def test_the_register_as_files_says_it_in_words(desk):
    browser, keys = desk.come_in("semua"), raw_keys(desk.office.root.editions[-1])

    table = browser.get("/register/buku.csv").text
    files = (
        "/register/buku.xlsx",
        "/arsip/daftar-aktif.xlsx",
        "/arsip/daftar-inaktif.xlsx",
        "/ekspedisi/buku?jenis=xlsx",
    )
    cells = [cell for path in files for cell in cells_of(browser.get(path).content)]

    assert said_raw("\n".join([table, *cells]), keys) == []
    assert "tidak dilanjutkan" in table
    assert re.search(r"Dinas Rekaan\W+Jalan Umpama 1", table)


def cells_of(data: bytes):
    for sheet in load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows(values_only=True):
            yield from (str(cell) for cell in row if cell is not None)


def test_every_sheet_says_it_in_words(desk):
    """Also those that this case did not come to: each is told all that the case knows."""
    root = desk.office.root
    case = root.cabinet.case(FIRST)
    sop = root.sop_of(case)
    keys = raw_keys(sop)

    for sheet in sop.sheets:
        if sheet.template == "05-lembar-tersendiri":
            continue  # nobody of this case is kept back
        facts = facts_of(case, sop, root.calendar, template=sheet.template, drafted_on=case.registered_at.date())
        told = "\n".join(texts_in(context(sheet.template, facts, root.settings.office)))
        assert said_raw(told, keys) == [], sheet.template

    for template in case.drafts:
        assert said_raw("\n".join(desk.office.lines(FIRST, template)), keys) == [], template


COMMANDS = (
    ("case", "1/2026", "--alasan", "uji"),
    ("case", "2/2026", "--alasan", "uji"),
    ("surat",),
    ("surat", "--semua"),
    ("surat", "1/2026"),
    ("register",),
    ("due",),
    ("cari", "dipagari"),
    ("cari", "rekaan"),
    ("ekspedisi",),
    ("ringkasan",),
    ("inbox",),
    ("verify",),
)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_says_it_in_words(desk, words, capsys, monkeypatch):
    monkeypatch.setattr(Root, "clock", desk.office.clock)
    keys = raw_keys(desk.office.root.editions[-1])

    main(["--root", str(desk.office.root.layout.root), *words])

    assert said_raw(capsys.readouterr().out, keys) == []


def test_programs_get_the_register_without_a_shape(desk, capsys):
    main(["--root", str(desk.office.root.layout.root), "case", "1/2026", "--alasan", "uji", "--json"])
    told = json.loads(capsys.readouterr().out)

    assert [text for text in texts_in(told["fields"]) if re.search(r"\{'|\['", text)] == []
    assert told["fields"]["pelapor"][0]["ttl"]["nilai"] == "Bengkulu, 2 Januari 1980"


def test_every_answer_of_a_choice_is_read_as_words(desk):
    """An answer that is a key in an edition to come needs its label."""
    for sop in desk.office.root.editions:
        for field in [f for move in sop.moves for f in move.form] + list(sop.register):
            for choice in field.choices:
                assert not re.search(r"[a-z][-_][a-z]", choice_label(choice)), (field.name, choice)


def test_every_role_and_tie_has_a_name(desk):
    for sop in desk.office.root.editions:
        assert {lane.role for lane in sop.lanes} <= set(ROLES)
    for how in (INTO, FROM, SPLIT_OFF, SPLIT_FROM):
        assert tie(how) != how
    assert title_of(MEMO) == "Nota telaahan"
