"""A ministry that changes: from a day on the office has another name, kop and codes; what was made before stays so."""

from __future__ import annotations

import json
import tomllib
from datetime import date, datetime
from io import BytesIO

import pytest
from fakes import WIB
from life_office import DIVISION, DRAFTED, FIELD, FIRST, RECOMMENDATION, SUB, TEAM, LifeOffice
from offices import FakeOffice
from PIL import Image

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.errors import NotAllowed, SettingsFault
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.sheets import record_sheets, year_closing
from pipeline.letters.sheets.personal_data_letters import notice_values
from pipeline.letters.sheets.texts import of_office
from pipeline.letters.sheets.whose_book import WhoseBook
from pipeline.office.office_file import Table
from pipeline.privacy.breaches import Breach
from pipeline.register.year_end import YearEnd, YearFigures
from pipeline.work.settings import Settings, settings_of
from pipeline.work.store.setup import bundled

EXAMPLE = (bundled() / "office.toml").read_text(encoding="utf-8")
BEFORE, AFTER = date(2026, 11, 25), date(2026, 11, 26)
SPLIT = """
[[nomenklatur]]
mulai = 2026-11-26
nama = "Kantor Wilayah Kementerian HAM Bengkulu"
kementerian = ["KEMENTERIAN HAK ASASI MANUSIA", "REPUBLIK INDONESIA"]
unit = "WHAM.8"
register = "{urut:04d}/HAM/{tahun}"
"""
LATER = """
[[nomenklatur]]
mulai = 2028-01-01
nama = "Kantor Wilayah HAM Bengkulu dan Lampung"
kop = "KANTOR WILAYAH BENGKULU DAN LAMPUNG"
klasifikasi = "HAM.02"
"""


def settings(*rows: str) -> Settings:
    return settings_of(Table("", tomllib.loads(EXAMPLE + "".join(rows))))


def test_the_office_is_called_as_on_the_day_and_what_a_row_leaves_out_goes_on():
    office = settings(LATER, SPLIT).office  # in whatever order they stand

    first, second, third = (office.on(day) for day in (BEFORE, AFTER, date(2030, 1, 1)))

    assert first.name == "Kantor Wilayah Kementerian Hukum dan HAM Bengkulu"
    assert (second.name, second.letterhead.office) == (
        "Kantor Wilayah Kementerian HAM Bengkulu",
        first.letterhead.office,
    )
    assert third.letterhead.ministry == second.letterhead.ministry != first.letterhead.ministry
    assert third.letterhead.office == "KANTOR WILAYAH BENGKULU DAN LAMPUNG"
    assert third.officials == first.officials
    assert second.on(BEFORE) == second


def test_papers_that_belong_to_no_case_name_the_office_of_their_day():
    rows = SPLIT.replace("unit =", 'tanya_status = "Jalan Baru 1"\nunit =')
    asked, now = settings(rows), datetime(2026, 11, 30, 9, 0, tzinfo=WIB)
    breach = Breach(1, now, dict.fromkeys(("terjadi", "bagaimana", "data", "siapa", "upaya"), "x"), (), {}, {})
    sheets = record_sheets.specimen_values(asked.office)["lazim"]
    end = YearEnd(YearFigures(2026, 9, 9, (), (), ()), "", now, "wati", "arsiparis")
    closed = year_closing.values(end, asked.office, asked.pattern, WhoseBook())

    asking = [notice_values(breach, "subjek", day, asked.office)["cara_bertanya"] for day in (BEFORE, AFTER)]
    assert [text.startswith("Jalan Baru 1") for text in asking] == [False, True]
    assert sheets["nama_kantor"] == "Kantor Wilayah Kementerian HAM Bengkulu"
    assert closed["nomor_terakhir"] == "0009/HAM/2026"


def test_numbers_are_printed_as_on_the_day_and_read_as_of_any():
    made = settings(SPLIT, LATER)
    letters, register, late = made.naskah["keluar"], made.pattern, date(2028, 1, 1)

    printed = [letters.on(day).write(7, day.year) for day in (BEFORE, AFTER, late)]

    assert printed == ["W.8.HA.01.07-7", "WHAM.8.HA.01.07-7", "WHAM.8.HAM.02-7"]
    assert [letters.read(text, 2028) for text in printed] == [7, 7, 7]
    assert made.naskah["evaluasi"].on(AFTER).write(1, 2026) == "WHAM.8.HA.01.07/EV-1/2026"
    assert [register.on(day).write(FIRST) for day in (BEFORE, AFTER)] == ["0001/YANKOMAS/2026", "0001/HAM/2026"]
    assert register.read("1/HAM/2026") == register.read("0001/YANKOMAS/2026") == FIRST


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ((SPLIT, SPLIT), r"nomenklatur\[2\].mulai.*2026-11-26 juga hari pertama"),
        ((SPLIT.replace("unit =", "unti ="),), r"nomenklatur\[1\].unti.*unit"),
        ((SPLIT.replace("2026-11-26", '"besok"'),), r"nomenklatur\[1\].mulai"),
        ((SPLIT.replace("Kantor Wilayah Kementerian HAM Bengkulu", " "),), r"nomenklatur\[1\].nama.*kosong"),
        ((SPLIT.replace("{urut:04d}/HAM", "HAM"),), "Pola nomor register"),
        ((SPLIT + 'naskah = "tanpa urut"\n',), "Pola nomor naskah"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_place_and_remedy(rows, named):
    with pytest.raises(SettingsFault) as fault:
        settings(*rows)

    assert fault.match(named)
    assert fault.value.remedy


@pytest.fixture
def life(tmp_path) -> LifeOffice:
    office = FakeOffice(tmp_path / "kantor")
    file = office.root.layout.settings
    file.write_text(file.read_text(encoding="utf-8") + SPLIT.replace("2026-11-26", "2026-12-03"), encoding="utf-8")
    return LifeOffice(FakeOffice(tmp_path / "kantor"))


def drafted(life: LifeOffice, template: str, number: CaseNumber = FIRST) -> dict:
    """The values of a letter's newest version."""
    cabinet = life.office.root.cabinet
    return json.loads(content(cabinet.blob(number, cabinet.case(number).drafts[template].documents[0])))


def test_papers_and_numbers_follow_the_day_and_what_was_there_stays(life):
    life.recommended()
    receipt, before = drafted(life, "01-tanda-terima"), drafted(life, RECOMMENDATION)
    for role in (FIELD, DIVISION):
        life.act("paraf-naskah", role, RECOMMENDATION)

    life.office.clock.forward(days=1)
    with pytest.raises(NotAllowed, match="sejak 3 Desember 2026 kantor ini Kantor Wilayah Kementerian HAM Bengkulu"):
        life.act("nomori-naskah", TEAM, RECOMMENDATION)
    life.make("kembalikan", TEAM, {"alasan": "Kop kantor berganti."})
    life.make("susun-rekomendasi", SUB, DRAFTED)
    life.office.drop("baru.pdf", b"Aduan kedua")
    life.office.run_once()
    second = life.office.root.cabinet.case(CaseNumber(2026, 2))

    assert "HUKUM DAN" in before["kop_kementerian"]
    assert "KEMENTERIAN HAK ASASI MANUSIA" in drafted(life, RECOMMENDATION)["kop_kementerian"]
    assert (receipt["nomor_register"], second.received.register_number) == ("0001/YANKOMAS/2026", "0002/HAM/2026")
    assert drafted(life, "01-tanda-terima") == receipt
    assert "KEMENTERIAN HAK" in drafted(life, "01-tanda-terima", second.number)["kop_kementerian"]


def test_the_logo_of_a_name_is_shown_from_its_first_day_on(tmp_path):
    office, folder = settings(SPLIT, LATER).office, tmp_path
    typist, red, blue = WordTypist(folder), _picture("red"), _picture("blue")
    (folder / "logo.png").write_bytes(red)
    (folder / "logo.mulai-2026-11-26.png").write_bytes(blue)

    shown = [typist.logo(of_office(day, office)) for day in (BEFORE, AFTER, date(2030, 1, 1))]

    assert shown == [red, blue, blue]


def _picture(colour: str) -> bytes:
    made = BytesIO()
    Image.new("RGB", (40, 40), colour).save(made, "PNG")
    return made.getvalue()
