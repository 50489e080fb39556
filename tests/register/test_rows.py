"""The Buku Register shows each case as one row: what it is, where it stands, until when."""

import json
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from case_factory import case_of, drafted, failed, moved, printed, recognised, tended
from fakes import MORNING, wib

from pipeline.cases.store.sop_editions import editions
from pipeline.office.worktime import Calendar
from pipeline.register.row import Row, StepLeft
from pipeline.register.row import row_of as rowed

SOP = editions()[0]
WIB = ZoneInfo("Asia/Jakarta")
HOURS = {day: ((time(7, 30), time(12)), (time(13), time(16 if day < 4 else 17))) for day in range(5)}
CALENDAR = Calendar(WIB, HOURS, frozenset())
SHEETS = [made(template) for template in SOP.at_intake for made in (drafted, printed)]


def row_of(*events, **values):
    return rowed(case_of(*events, **values), SOP, CALENDAR)


def test_a_row_has_what_the_register_book_promises():
    row = row_of()

    assert row.number == "2026/0007"
    assert row.register_number == "0007/YANKOMAS/2026"
    assert row.received_at == "2026-11-25T08:15:00+07:00"
    assert row.state == "sedang dikerjakan mesin"
    assert (row.year, row.serial, row.step, row.pages, row.documents) == (2026, 7, 2, 1, 1)


def test_a_row_survives_being_written_as_json():
    row = row_of(recognised({"perihal": {"nilai": "Tanah"}}))

    assert Row.from_json(json.loads(json.dumps(row.as_json()))) == row


@pytest.mark.parametrize("changed", ["more", "fewer", "others"])
def test_a_row_that_another_version_wrote_is_refused(changed):
    written = row_of().as_json()
    if changed != "fewer":
        written["warna"] = "biru"
    if changed != "more":
        del written["folder"]

    with pytest.raises((KeyError, TypeError)):
        Row.from_json(written)


def test_the_row_shows_what_was_read_of_the_letter():
    fields = {
        "tanggal_surat": {"nilai": "2026-11-20"},
        "nomor_surat": {"nilai": "12/LBH/2026"},
        "perihal": {"nilai": "Sengketa tanah"},
        "pelapor": [{"nama": {"nilai": "Budi"}}, {"nama": None}, {"nama": {"nilai": "Siti"}}],
        "terlapor": [{"nilai": "PT Sawit"}],
    }

    row = row_of(recognised(fields))

    assert (row.tanggal_surat, row.nomor_surat, row.perihal) == ("2026-11-20", "12/LBH/2026", "Sengketa tanah")
    assert (row.pelapor, row.terlapor) == (("Budi", "Siti"), ("PT Sawit",))


def test_a_subject_in_lists_names_no_child_and_leaves_everybody_else_their_name():
    fields = {
        "perihal": {"nilai": "Kekerasan oleh Joko Rekaan terhadap bayu, anak Siti Rekaan, kepada Sri Rekaan"},
        "kerentanan": [{"nilai": "anak"}],
        "korban": {"nilai": "Bayu Rekaan"},
        "pelapor": [{"nama": {"nilai": "Siti Rekaan"}}],
        "terlapor": ["Joko Rekaan | Guru"],
    }

    row = rowed(case_of(recognised(fields)), SOP, CALENDAR, ["Sri Rekaan, S.H."])

    assert row.perihal == "Kekerasan oleh Joko Rekaan terhadap korban, anak Siti Rekaan, kepada Sri Rekaan"
    assert row_of(recognised({**fields, "kerentanan": []})).perihal == fields["perihal"]["nilai"]


def test_what_is_not_known_is_empty_and_no_guess():
    row = row_of(recognised({"perihal": None, "pelapor": [], "terlapor": None}))

    assert (row.perihal, row.tanggal_surat, row.pelapor, row.terlapor) == (None, None, (), ())


def test_a_case_is_being_read_until_its_last_sheet_is_printed_and_then_waits_for_the_office():
    assert row_of(recognised(), *SHEETS[:-1]).state == "sedang dikerjakan mesin"
    assert row_of(recognised(), *SHEETS).state == "menunggu konfirmasi"


def test_a_case_with_something_given_up_asks_for_a_person_whatever_else_is_owed():
    assert row_of(failed("baca")).state == "perlu petugas"
    assert row_of(failed("baca"), *SHEETS).state == "perlu petugas"


def test_the_deadline_of_registering_runs_in_office_hours_from_the_letters_arrival():
    assert row_of().due_at == "2026-11-25T08:30:00+07:00"
    assert row_of(at=datetime(2026, 11, 27, 16, 55, tzinfo=WIB)).due_at == "2026-11-30T07:40:00+07:00"


def test_reading_or_printing_changes_neither_arrival_nor_deadline():
    new, done = row_of(), row_of(recognised(), *SHEETS)

    for key in ("received_at", "due_at", "number", "sha256", "claim"):
        assert getattr(done, key) == getattr(new, key)
    assert done.head != new.head
    assert done.documents == 6


def test_a_row_tells_the_time_that_each_step_took_and_whether_that_was_too_late():
    case = tended(case_of(), SOP)
    case = tended(moved(case, SOP, "konfirmasi", at=wib("2026-11-25T09:15")), SOP)
    case = tended(moved(case, SOP, "sampaikan", at=wib("2026-11-25T09:25")), SOP)
    row = rowed(case, SOP, CALENDAR)

    assert row.steps == (
        StepLeft(2, "2026-11-25T09:15:00+07:00", late=True, minutes=60),
        StepLeft(3, "2026-11-25T09:25:00+07:00", late=False, minutes=10),
    )
    assert (row.confirmed, row.closed_at, row.closed_late) == (True, None, None)


def test_the_time_that_a_case_waits_for_its_complainant_is_no_working_time_of_the_step():
    case = tended(case_of(), SOP)
    for key in ("konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi", "minta-kelengkapan"):
        case = tended(moved(case, SOP, key), SOP)
    asked = case.entries[-1].at
    case = moved(case, SOP, "terima-kelengkapan", at=wib("2026-12-07T09:00"))
    case = moved(case, SOP, "tidak-ada-indikasi", at=wib("2026-12-07T10:00"))
    reviewed = rowed(case, SOP, CALENDAR).steps[-1]

    assert reviewed.step == 4
    assert 60 <= reviewed.minutes <= 60 + (asked - MORNING).total_seconds() / 60


def test_a_row_tells_when_the_case_ended_and_whether_that_was_within_the_sops_time():
    case = tended(case_of(), SOP)
    soon = rowed(moved(case, SOP, "cabut", at=wib("2026-12-02T10:00")), SOP, CALENDAR)
    late = rowed(moved(case, SOP, "cabut", at=wib("2027-03-02T10:00")), SOP, CALENDAR)

    assert (soon.closed_at, soon.closed_late) == ("2026-12-02T10:00:00+07:00", False)
    assert late.closed_late


def test_a_case_that_nobody_has_confirmed_says_so():
    assert row_of().confirmed is False


def test_a_row_says_how_urgent_its_case_is_before_there_is_any_letter_and_since_when_it_stands_where_it_does():
    case = tended(case_of(*SHEETS), SOP)
    for key in ("konfirmasi", "sampaikan"):
        case = moved(case, SOP, key)
    case = moved(case, SOP, "disposisi", at=wib("2026-11-25T11:00"), derajat="Amat segera")

    row = rowed(case, SOP, CALENDAR)

    assert (row.urgency, row.surat, row.sop) == (2, (), SOP.key)
    assert (row.state_key, row.since) == ("disposisi-kadiv", "2026-11-25T11:00:00+07:00")
