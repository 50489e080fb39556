"""What desks show is found among few rows, and is the same as among all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from case_factory import CALENDAR
from register_fakes import FakeRegister
from registers import NOW, a_letter, a_year, entry

from pipeline.office.office import Letterhead, Office
from pipeline.register.due import waiting_for
from pipeline.register.letter_lists import SHOWN_DAYS, filed_as_signed
from pipeline.register.live_rows import LiveRows
from pipeline.register.touched import AT_WORK, touched_on

TODAY = NOW.date()
ROLES = ("tim-yankomas", "kakanwil", "kasubbid")
OFFICE = Office("Kantor Rekaan", "Bengkulu", Letterhead((), "", "", ""), (), "")
LETTER = {**a_letter("06-surat-rekomendasi", "Surat rekomendasi", None), "roles": [], "initialled": [], "voided": []}
PROPOSED = {"move": "tegur", "label": "Tegur", "roles": ["tim-yankomas"], "after": "2026-11-20"}
MEETING = {"day": "2026-12-02", "clock": "09.00", "place": "Ruang Rapat", "invited": True}


def ended(*, since: date = date(2026, 3, 2), **values):
    """A case that ended long ago."""
    return replace(entry("2026-01-05", "2026-03-02", **values), since=f"{since}T10:00:00+07:00")


def filed(day: date, **more):
    """A letter that was filed as signed on a day."""
    return {**LETTER, "signers": ["kakanwil"], "filed": "x", "filed_at": f"{day}T10:00:00+07:00", **more}


def live(*rows):
    register = FakeRegister()
    for row in rows:
        register.put(row)
    return list(LiveRows(register).of(TODAY))


def test_a_case_that_ended_is_live_while_something_of_it_is_due_or_was_done_of_late():
    waits = ended(surat=[{**LETTER, "act": "kirim", "roles": ["tim-yankomas"]}])
    lately = TODAY - timedelta(days=SHOWN_DAYS)
    some = [
        entry("2026-11-20"),
        waits,
        ended(surat=[filed(lately)]),
        ended(surat=[filed(date(2026, 2, 2), disputed=True)]),
        ended(usulan=[PROPOSED]),
        ended(audiensi=[MEETING]),
        ended(since=TODAY),
    ]
    over = [
        ended(surat=[LETTER]),
        ended(surat=[filed(lately - timedelta(days=1))]),
        ended(audiensi=[{**MEETING, "day": f"{lately - timedelta(days=1)}"}]),
    ]

    assert live(*some, *over) == sorted(some, key=lambda row: row.serial)


def test_a_case_counts_as_touched_on_the_day_of_the_last_that_was_done_about_it():
    sent = {**LETTER, "sent_on": "2026-04-09"}

    assert touched_on(ended()) == "2026-03-02"
    assert touched_on(ended(surat=[sent, filed(date(2026, 4, 1))])) == "2026-04-09"
    assert touched_on(ended(audiensi=[MEETING])) == MEETING["day"]
    assert touched_on(ended(lent_until="2026-05-05")) == touched_on(entry("2026-11-20")) == AT_WORK


def test_desks_show_the_same_of_the_live_rows_as_of_all():
    rows = [
        *(row if not row.final else replace(row, since=row.closed_at) for row in a_year(240)),
        ended(surat=[{**LETTER, "act": "kirim", "roles": ["tim-yankomas"]}]),
        ended(surat=[filed(TODAY - timedelta(days=3))]),
        ended(usulan=[PROPOSED]),
    ]
    few = live(*rows)

    assert len(few) < len(rows) // 2
    for role in ROLES:
        assert waiting_for([role], few, NOW, CALENDAR) == waiting_for([role], rows, NOW, CALENDAR)
        assert filed_as_signed([role], "x", few, NOW, OFFICE) == filed_as_signed([role], "x", rows, NOW, OFFICE)


def test_they_are_looked_for_again_once_a_row_changed_or_the_day_has():
    register = FakeRegister()
    register.put(entry("2026-11-20"))
    rows = LiveRows(register)
    first = rows.of(TODAY)

    assert rows.of(TODAY) is first
    assert rows.of(TODAY + timedelta(days=1)) is not first
    register.put(entry("2026-11-21"))
    assert len(rows.of(TODAY)) == 2
