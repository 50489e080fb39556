"""Rules of rows and of what enrols that are a condition each: which letter a case waits for, what is just in time."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import fields
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from case_factory import CALENDAR, case_of, drafted, printed, received, recognised, then
from fakes import MORNING, FixedClock, wib
from registers import a_letter, entry

from pipeline.cases.case import Case
from pipeline.cases.case_number import YEARS, CaseNumber, volume_of
from pipeline.cases.deadlines import deadlines
from pipeline.cases.events import MERGED_INTO, Decided, Received
from pipeline.cases.imported import Imported
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.register_words import register_words
from pipeline.cases.sop_words import INITIAL
from pipeline.cases.store.sop_editions import editions
from pipeline.register.due import falling_due
from pipeline.register.enrol import Enrolled, Newcomer, enrol
from pipeline.register.ports import Claim, Extent, Registered
from pipeline.register.register_numbers import RegisterPattern
from pipeline.register.resembling import _joining
from pipeline.register.row import Row, row_of
from pipeline.storage.blobs import TypedText

SOP = editions()[-1]
LETTER = "06-surat-rekomendasi"
MINUTE = timedelta(minutes=1)


def come_to(state: str, case: Case, at: datetime | None = None, sheets: tuple[str, ...] = ()) -> Case:
    """The case once a move led it to a state, and had these sheets drafted."""
    usual = {"holder": NO_HOLDER, "login": "penguji", "values": {}, "register": {}, "numbers": {}, "documents": ()}
    return then(case, Decided(move="x", start=SOP.first, state=state, sheets=sheets, **usual), at=at)


def row(case: Case) -> Row:
    return row_of(case, SOP, CALENDAR)


def test_a_row_names_the_letter_that_its_case_waits_for_while_others_than_those_of_the_state_have_their_turn():
    composed = come_to("penerbitan", case_of(recognised()), sheets=(LETTER,))
    waiting = then(then(composed, drafted(LETTER, trigger=composed.made[-1].seq)), printed(LETTER))
    nothing = come_to("penerbitan", case_of(recognised()))

    assert row(waiting).gate == LETTER
    assert row(waiting).awaits != SOP.state("penerbitan").awaits
    assert (row(nothing).gate, row(nothing).awaits) == ("", SOP.state("penerbitan").awaits)


def test_a_case_that_ends_just_at_its_deadline_ends_in_time():
    due = deadlines(case_of(recognised()), SOP, CALENDAR).case

    ended = [come_to("selesai", case_of(recognised()), at) for at in (due, due + MINUTE)]

    assert [row(case).closed_late for case in ended] == [False, True]


def test_a_step_that_is_left_just_at_its_deadline_is_left_in_time():
    due = datetime.fromisoformat(row(case_of(recognised())).due_at)

    left = [row(come_to("disposisi-kakanwil", case_of(recognised()), at)).steps for at in (due, due + MINUTE)]

    assert [[step.late for step in steps if step.step == 2] for steps in left] == [[False], [True]]


def test_of_a_case_that_had_ended_by_the_old_book_nobody_knows_if_it_was_late_until_it_ends_here():
    known = {f.name: getattr(received(), f.name) for f in fields(Received)}
    old = case_of(first=Imported(**known, end="selesai", ended_on="2026-11-20"))

    assert row(old).closed_late is None
    assert row(come_to("selesai", old, MORNING + MINUTE)).closed_late is False


def test_a_row_tells_rights_in_the_words_of_the_law_and_others_as_they_were_given():
    word = register_words().right_words[0]

    given = [row(case_of(recognised({"hak": [{"nilai": text}]}))).hak for text in (f"hak {word}", "hak entah", "1")]

    assert given == [(word,), ("hak entah",), (register_words().right(1).word,)]


@pytest.mark.parametrize(
    ("act", "gate", "listed"), [(INITIAL, "", ["", LETTER]), (INITIAL, LETTER, [""]), ("", "", [""])]
)
def test_what_falls_due_names_each_letter_that_somebody_is_to_act_on_but_the_one_the_case_waits_for(act, gate, listed):
    now = wib("2026-12-01T09:00")
    letter = a_letter(LETTER, "Surat rekomendasi", None) | {"act": act, "roles": ["kabid"]}
    late = entry("2026-11-02", surat=[letter], gate=gate)

    found = falling_due([late], now, CALENDAR, SimpleNamespace(holder=lambda *_: None), 0)

    assert [one.letter for one in found] == listed


@pytest.mark.parametrize("again", [True, False])
def test_who_enrols_bytes_is_told_whether_they_had_a_number_before(again):
    number = CaseNumber(2026, 7)
    held = Registered(number, "0" * 64, "yang dulu") if again else None
    taken = SimpleNamespace(number=number)
    numbering = SimpleNamespace(holder_of=lambda *_: held, take=lambda *_: taken)
    staged = SimpleNamespace(sha256="0" * 64, size=3)
    parts = SimpleNamespace(
        numbers=SimpleNamespace(staged=lambda *_: nullcontext(staged), numbering=lambda: nullcontext(numbering)),
        clock=FixedClock(MORNING),
        editions=editions(),
        services={},
        my_turn=lambda: None,
    )
    newcomer = Newcomer(Claim("sekarang", TypedText("scan.pdf", b"isi")), "01-surat.pdf", "application/pdf", 1, "map")

    assert enrol(newcomer, parts) == Enrolled(number, "yang dulu" if again else "sekarang", again)


def test_a_case_is_joined_by_the_move_that_asks_which_one_it_is_joined_to():
    later, earlier = (come_to("telaahan", case_of(recognised(), first=received(serial=n))) for n in (8, 7))
    asking = {move.key for move in SOP.moves if any(field.name == MERGED_INTO for field in move.form)}

    joining = _joining(later, earlier, lambda _case: SOP)

    assert (joining.number, joining.perkara_induk) == ("2026/0008", "2026/0007")
    assert joining.key in asking


def test_an_extent_is_of_one_series_or_of_the_first():
    found = [Extent(2026, series=series).volumes for series in ("SM", "", None)]

    assert found == [(volume_of(2026, series),) * 2 for series in ("SM", "", "")]
    assert Extent(None, series="SM").volumes == (volume_of(0, "SM"), volume_of(YEARS - 1, "SM"))


def test_a_number_of_the_register_is_read_as_its_pattern_writes_it():
    pattern = RegisterPattern("W.8-{urut:03d}.HAM.01-{tahun}")

    assert pattern.write(CaseNumber(2026, 7)) == "W.8-007.HAM.01-2026"
    assert pattern.read("W.8-007.HAM.01-2026") == CaseNumber(2026, 7)
