"""A case that has ended is corrected: what stood there before stays beside it, what went out stays as it was sent."""

from __future__ import annotations

import json
import re

import pytest
from fakes import FixedClock
from life_office import DIVISION, FIELD, FIRST, HEAD, MEMO, NOTICE, RECOMMENDATION, SUB, TEAM, LifeOffice
from offices import FakeOffice
from test_api import Program, problem
from web_desk import WebDesk

from pipeline.cases.actor import Actor
from pipeline.cases.corrections import BEFORE
from pipeline.cases.decide import decide
from pipeline.cases.timeline import timeline
from pipeline.cli import main
from pipeline.errors import Incomplete, NotAllowed
from pipeline.wiring import Root

WHY = {"alasan": "Salah ketik"}
NIK = "1771012345670001"


@pytest.fixture(scope="module")
def ended(tmp_path_factory):
    """An office whose first case came to its end when its recommendation was received and its notice sent."""
    life = LifeOffice(FakeOffice(tmp_path_factory.mktemp("kantor") / "kantor"))
    life.monitored()
    life.sent(NOTICE)
    for move, role in (("nomori-naskah", TEAM), ("tandatangani-naskah", SUB)):
        life.act(move, role, MEMO, file=b"nota" if move.startswith("tanda") else b"")
    life.make("cabut", FIELD, {"alasan": "Damai"}, file=b"surat pencabutan")
    return life


@pytest.fixture
def life(ended):
    assert ended.case.state(ended.sop.first) == "dicabut"
    return ended


def told(life) -> dict[str, str]:
    """What the history says of the newest line of a move."""
    return dict(next(h for h in reversed(timeline(life.case, life.sop)) if not h.machine).words)


def test_the_line_keeps_what_stood_there_who_and_why(life):
    before = life.case
    life.make(
        "koreksi", TEAM, {**WHY, "perihal": "Tanah ulayat", "terlapor": ["Dinas Rekaan"], "saksi": ["Ani Umpama"]}
    )

    made = life.case.made[-1]
    assert made.decision.values == {**WHY, BEFORE: {"perihal": before.register["perihal"], "saksi": None}}
    assert made.decision.register == {"perihal": "Tanah ulayat", "saksi": ["Ani Umpama"]}  # the same again is no change
    assert (made.role, made.decision.login, made.decision.state) == (TEAM, "penguji", "dicabut")
    assert told(life) | {"Perihal": f"semula: {before.register['perihal']}\nmenjadi: Tanah ulayat"} == told(life)
    titles = [happening.title for happening in timeline(life.case, life.sop)]
    assert "Koreksi isian register perkara yang sudah berakhir" in titles
    assert told(life)["Saksi peristiwa"] == "semula: (kosong)\nmenjadi: Ani Umpama"


def test_register_search_and_sheets_follow_and_what_was_sent_stays(life):
    root, before = life.office.root, life.case
    life.make("koreksi", TEAM, {**WHY, "perihal": "Pagar di hutan"})
    root.book.refresh()
    root.index.refresh()

    after = life.case
    assert root.rows.row(FIRST).perihal == "Pagar di hutan"
    assert [hit.serial for hit in life.office.search("pagar", "hutan").hits] == [1]
    assert after.drafts["02-buku-register"].version > before.drafts["02-buku-register"].version
    for letter in (RECOMMENDATION, NOTICE):
        assert after.drafts[letter] == before.drafts[letter]
        assert after.numbers[letter] == before.numbers[letter]
    assert root.verify_case(FIRST) == []


def test_a_person_who_is_called_the_same_by_other_particulars_is_told_so(life):
    life.make("koreksi", TEAM, {**WHY, "pelapor": [{"nama": "Siti Rekaan", "pekerjaan": "Guru"}]})

    assert told(life)["Pelapor"] == "semula: Siti Rekaan\nmenjadi: nama yang sama, dengan rincian lain"


@pytest.mark.parametrize("name", ["diterima_pada", "nomor_register", "nomor_naskah", "tanggal_kirim", "tanggal_terima"])
def test_numbers_and_days_of_acts_are_no_matter_of_correction(life, name):
    head = life.case.head
    with pytest.raises(NotAllowed, match="tidak dapat dikoreksi") as fault:
        life.make("koreksi", TEAM, {**WHY, name: "2026-01-01", "perihal": "Lain"})

    assert "buka kembali" in fault.value.remedy
    assert life.case.head == head


@pytest.mark.parametrize("role", [SUB, HEAD, DIVISION, "arsiparis", "admin"])
def test_who_may_not_corrects_nothing(life, role):
    with pytest.raises(NotAllowed, match="tidak berwenang"):
        life.make("koreksi", role, {**WHY, "perihal": "Lain sekali"})


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"perihal": "Tanpa alasan"}, Incomplete),
        (WHY, Incomplete),
        ({**WHY, "perihal": ""}, Incomplete),
        ({**WHY, "bukan_isian": "x"}, Incomplete),
    ],
)
def test_without_a_reason_or_a_change_nothing_is_written(life, typed, error):
    head = life.case.head
    with pytest.raises(error):
        life.make("koreksi", TEAM, typed)

    assert life.case.head == head


def test_the_same_twice_is_once_and_of_two_at_once_the_second_is_told(life):
    seen = life.case.entries[-1].seq
    life.make("koreksi", TEAM, {**WHY, "perihal": "Yang pertama"})

    with pytest.raises(Incomplete, match="tidak ada isian yang berubah"):
        life.make("koreksi", FIELD, {**WHY, "perihal": "Yang pertama"})
    parts, by = life.office.decide_parts, Actor(FIELD, "kabid")
    with pytest.raises(NotAllowed, match="sudah bergerak"):
        decide(FIRST, "koreksi", {**WHY, "perihal": "Yang kedua"}, by=by, parts=parts, seen=seen)
    life.make("koreksi", FIELD, {**WHY, "perihal": "Yang kedua"})
    assert life.case.made[-1].decision.values[BEFORE] == {"perihal": "Yang pertama"}


@pytest.fixture
def desk(tmp_path):
    """A desk with a case that was withdrawn."""
    desk = WebDesk(tmp_path / "kantor")
    first = {"perihal": "Upah", "pelapor": ["Siti Rekaan"], "terlapor": "PT Rekaan", "uraian": f"Saya, NIK {NIK}."}
    desk.office.decide(desk.office.open("lisan", first), "cabut", TEAM, {"sebab": "dianggap mencabut", "alasan": "x"})
    return desk


def test_at_the_desk_and_by_program_and_command_it_is_the_same_move(desk, capsys, monkeypatch):
    team, case = desk.browser(TEAM), "/kasus/2026/0001"

    asked = team.get(f"{case}/gerak/koreksi").text
    seen = re.search(r'name="dilihat" value="(\d+)"', asked)[1]
    refused = desk.browser("kadiv").get(f"{case}/gerak/koreksi")
    page = team.post_form(
        f"{case}/gerak/koreksi", {"i.alasan": "Salah", "i.perihal": "Upah lembur", "i.uraian": "Lain", "dilihat": seen}
    )
    late = team.post_form(f"{case}/gerak/koreksi", {"i.alasan": "Salah", "i.perihal": "Lagi", "dilihat": seen})
    program = Program(desk, TEAM)
    by_program = program.move("koreksi", {"alasan": "Salah", "perihal": "Upah dan lembur"})
    fixed = program.move("koreksi", {"alasan": "Salah", "diterima_pada": "2026-01-01"})
    monkeypatch.setattr(Root, "clock", FixedClock(desk.clock.now()))
    folder = str(desk.office.root.layout.root)
    words = ("do", "2026/0001", "koreksi", "--as", TEAM, "--set", "alasan=Salah", "--set", "perihal=Upah pokok")
    by_command = main(["--root", folder, *words])

    assert 'name="i.diterima_pada"' not in asked
    assert refused.status_code == 403
    assert page.status_code == 303
    assert "sudah bergerak" in late.text
    assert by_program.status_code == 200, by_program.text
    assert "tidak dapat dikoreksi" in problem(fixed)["title"]
    assert by_command == 0, capsys.readouterr()
    made = desk.office.root.cabinet.case(FIRST).made[-3:]
    assert [m.decision.values[BEFORE]["perihal"] for m in made] == ["Upah", "Upah lembur", "Upah dan lembur"]
    shown = desk.browser("kakanwil").get(case).text
    assert "semula: Upah dan lembur" in shown
    assert NIK not in shown
    assert json.loads(by_program.text)["state_key"] == "dicabut"
