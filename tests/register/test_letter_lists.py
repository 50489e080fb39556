"""The lists of letters: who is in turn, the urgent first; what was sent in a period; what is proposed to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from case_factory import CALENDAR, case_of, received, tended
from fakes import MORNING, WIB

from pipeline.access.secrecy import open_to
from pipeline.cases.store.sop_editions import editions
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official
from pipeline.register.due import falling_due, waiting_for
from pipeline.register.letter_lists import (
    LetterQuery,
    age,
    asked_letters,
    dispatches,
    filed_as_signed,
    in_turn,
    proposed_to,
)
from pipeline.register.letter_rows import LetterRow, ProposalRow
from pipeline.register.row import Row, row_of

SOP = editions()[-1]
OFFICE = Office("Kantor Rekaan", "Bengkulu", Letterhead((), "", "", ""), (), "")
NOTE = "04-nota-telaahan"


def letter(template: str = NOTE, **values) -> LetterRow:
    usual = {
        "template": template,
        "title": "Nota telaahan",
        "version": 1,
        "state": "konsep",
        "since": "2026-12-01T08:00:00+07:00",
        "act": "paraf",
        "roles": ("kabid",),
        "number": "",
        "numbered_at": None,
        "signed_at": None,
        "sent_on": None,
        "means": "",
        "sent_by": "",
        "received_on": None,
        "received_by": "",
        "recipient": "",
        "urgency": 0,
        "initialled": (),
        "voided": (),
        "given_back": False,
    }
    return LetterRow(**{**usual, **values})


def case(serial: int, *letters: LetterRow, **values) -> Row:
    row = row_of(tended(case_of(first=received(serial=serial)), SOP), SOP, CALENDAR)
    return replace(row, surat=letters, **values)


def test_urgent_letters_come_first_then_those_given_back_then_the_oldest():
    rows = [
        case(1, letter(since="2026-12-03T08:00:00+07:00")),
        case(2, letter(since="2026-12-01T08:00:00+07:00")),
        case(3, letter(since="2026-12-04T08:00:00+07:00", given_back=True)),
        case(4, letter(since="2026-12-05T08:00:00+07:00", urgency=2)),
    ]

    (act, found), *others = in_turn(["kabid"], rows).items()

    assert (act, others) == ("paraf", [])
    assert [one.case.serial for one in found] == [4, 3, 2, 1]


def test_an_urgent_letter_of_a_case_that_has_ended_takes_its_turn_with_the_others():
    rows = [
        case(1, letter(since="2026-12-01T08:00:00+07:00")),
        case(2, letter(since="2026-12-02T08:00:00+07:00", urgency=2), final=True, urgency=2),
    ]

    assert [one.case.serial for one in in_turn(["kabid"], rows)["paraf"]] == [1, 2]
    assert [one.case.serial for one in asked_letters(LetterQuery(), rows)] == [1, 2]


def test_behind_those_that_wait_stand_the_others_the_newest_first():
    done = {"state": "diterima", "act": "", "roles": ()}
    rows = [
        case(1, letter(since="2026-12-02T08:00:00+07:00", **done)),
        case(2, letter(since="2026-12-03T08:00:00+07:00", **done)),
        case(3, letter(since="2026-12-01T08:00:00+07:00")),
    ]

    assert [one.case.serial for one in asked_letters(LetterQuery(waiting=False), rows)] == [3, 2, 1]


def test_letters_stand_under_the_act_that_is_due_what_mends_first():
    acts = ("terima", "kirim", "tanda-tangan", "nomor", "paraf", "ajukan")
    rows = [case(n, letter(act=act, roles=("tim-yankomas",))) for n, act in enumerate(acts, start=1)]

    assert list(in_turn(["tim-yankomas", "kabid"], rows)) == list(reversed(acts))
    assert in_turn(["kakanwil"], rows) == {}


def test_of_a_case_that_only_waits_for_its_letter_the_letter_alone_is_told():
    gated = case(1, letter(), awaits=("kabid",), gate=NOTE)
    both = case(2, letter(), awaits=("kabid",), gate="")

    found = waiting_for(["kabid"], [gated, both], MORNING, CALENDAR)

    assert [row.serial for row in found.rows] == [2]
    assert [one.case.serial for one in found.letters["paraf"]] == [1, 2]
    assert found.total == 3


BUDI = Official("kakanwil", "Kepala Kantor Wilayah", "Budi Rekaan")
DEWI = Official("kakanwil", "Kepala Kantor Wilayah", "Dewi Rekaan", acting="a.n.", account="dewi", in_place_of="budi")


@pytest.mark.parametrize(("login", "mine"), [("budi", [1, 3]), ("dewi", [2, 3])])
def test_what_was_filed_as_signed_is_told_to_whom_the_file_names_of_those_who_hold_the_role(login, mine):
    said = ("tinta ditemukan pada tempat tanda tangan Budi Rekaan", "sertifikat Dewi Rekaan", "tanpa bukti: faks")
    filed = {"signers": ("kakanwil",), "filed_at": MORNING.isoformat(), "filed_by": "pemindai"}
    rows = [case(n, letter(filed=words, **filed)) for n, words in enumerate(said, start=1)]

    found = filed_as_signed(["kakanwil"], login, rows, MORNING, replace(OFFICE, officials=(BUDI, DEWI)))

    assert sorted(one.case.serial for one in found) == mine


def test_letters_of_a_case_that_has_ended_still_wait():
    found = waiting_for(["kabid"], [case(1, letter(), final=True, due_at=None)], MORNING, CALENDAR)

    assert (found.total, found.late) == (1, 0)


def test_what_falls_due_names_the_letters_that_wait_for_others():
    row = case(1, letter(), letter("06-surat-rekomendasi", title="Surat rekomendasi", roles=("kadiv",)), gate=NOTE)

    found = falling_due([row], MORNING, CALENDAR, OFFICE, 3)

    assert [(due.letter, due.roles) for due in found] == [("", row.awaits), ("06-surat-rekomendasi", ("kadiv",))]
    assert found[1].state == "surat rekomendasi menunggu paraf"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (LetterQuery(), [1]),
        (LetterQuery(waiting=False), [1, 2]),
        (LetterQuery("dikirim", waiting=False), [2]),
        (LetterQuery(roles=["kadiv"]), []),
    ],
)
def test_the_list_is_narrowed_by_state_and_turn(query, found):
    rows = [case(1, letter()), case(2, letter(state="dikirim", act="", roles=()))]

    assert [one.case.serial for one in asked_letters(query, rows)] == found


def test_the_dispatch_book_has_what_was_sent_in_the_period_both_its_days_included():
    days = ("2026-11-30", "2026-12-01", "2026-12-31", "2027-01-01", None)
    rows = [case(n, letter(sent_on=day, number=f"W.8-{n}")) for n, day in enumerate(days, start=1)]

    found = dispatches(rows, date(2026, 12, 1), date(2026, 12, 31))

    assert [row.number for row in found] == ["W.8-2", "W.8-3"]


def test_the_dispatch_book_says_how_secret_a_letter_is_and_what_went_with_it():
    sent = letter(sent_on="2026-12-01", number="W.8-1", enclosed="1 (satu) berkas")
    rows = [case(1, sent, sifat="rahasia"), case(2, replace(sent, number="W.8-2", enclosed=""), sifat=None)]

    found = dispatches(rows, date(2026, 12, 1), date(2026, 12, 31))

    assert [(row.secrecy, row.enclosed) for row in found] == [("rahasia", "1 (satu) berkas"), ("terbatas", "")]


@pytest.mark.parametrize(
    ("template", "news", "subject"),
    [
        ("06-surat-rekomendasi", False, "Rekomendasi atas pengaduan nomor register 0001/YANKOMAS/2026"),
        ("06-surat-rekomendasi", True, "Rekomendasi atas perkara nomor register 0001/YANKOMAS/2026"),
        ("06-pemberitahuan-pelapor", False, "Pemberitahuan hasil penanganan pengaduan"),
        ("06-ralat", False, "Ralat"),
    ],
)
def test_the_dispatch_book_has_the_subject_that_stands_on_the_letter(template, news, subject):
    sent = letter(template, title="Ralat", sent_on="2026-12-01", number="W.8-1")
    of_news = {"cara_penyampaian": "berita", "pelapor": (), "lembaga_pelapor": None}
    row = case(1, sent, register_number="0001/YANKOMAS/2026", **(of_news if news else {}))

    (found,) = dispatches([row], date(2026, 12, 1), date(2026, 12, 31))

    assert found.subject == subject


def test_a_proposal_is_made_once_its_day_is_over_to_who_may_follow_it():
    proposal = ProposalRow("tegur", "Tegur", ("tim-yankomas",), "2026-12-14")
    rows = [case(1, usulan=(proposal,))]

    assert proposed_to(["tim-yankomas"], rows, date(2026, 12, 14)) == []
    assert [p.move for _, p in proposed_to(["tim-yankomas"], rows, date(2026, 12, 15))] == ["tegur"]
    assert proposed_to(["kabid"], rows, date(2026, 12, 15)) == []


def test_whose_turn_it_is_with_a_letter_may_open_its_secret_case():
    row = case(1, letter(roles=("kadiv",)), sifat="rahasia", awaits=("kabid",), handled_by=())

    assert [open_to([role], row) for role in ("kadiv", "kabid", "kasubbid")] == [True, True, False]


def test_the_age_of_a_letter_is_told_in_days():
    told = [age(letter(), datetime(2026, 12, day, 23, 0, tzinfo=WIB)) for day in (1, 2, 13)]

    assert told == ["hari ini", "1 hari", "12 hari"]


def test_a_row_with_letters_is_read_back_from_its_book():
    row = case(1, letter(roles=("kabid", "kadiv")), usulan=(ProposalRow("tegur", "Tegur", ("kabid",), "2026-12-14"),))

    assert Row.from_json(row.as_json()) == row
