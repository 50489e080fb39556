"""Rules of the register that are a condition each: years that are closed, boxes, audiences, rows of secret cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from case_factory import CALENDAR, case_of, document, moved, tended, then
from fakes import MORNING, WIB, wib

from pipeline.access.secrecy import HIDDEN
from pipeline.cases.events import Attached, Decided, Linked
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.sop_words import VOID
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotAllowed, NotFound, Passing
from pipeline.register.boxes import Box, BoxLists, boxes
from pipeline.register.case_view import case_view
from pipeline.register.due import falling_due, time_left, waiting_for
from pipeline.register.letter_rows import urgency
from pipeline.register.meetings import Appointment, Meeting, as_calendar, in_order, meetings
from pipeline.register.row import Row, row_of
from pipeline.register.year_end import (
    YearEnd,
    as_now,
    check_over,
    figures,
    refuse_behind,
    refuse_closed,
    refuse_older,
    register_of,
)

SOP = editions()[-1]
CASE = tended(case_of(), SOP)
ROW = row_of(CASE, SOP, CALENDAR)


def row(serial: int, **values) -> Row:
    return replace(
        ROW, number=f"2026/{serial:04d}", serial=serial, register_number=f"{serial:04d}/YANKOMAS/2026", **values
    )


def decided(move: str, sheets: tuple[str, ...] = (), **values) -> Decided:
    """A move in which this was answered; it leads nowhere."""
    here = CASE.state(SOP.first)
    return Decided(
        move=move,
        start=here,
        state=here,
        holder=NO_HOLDER,
        login="penguji",
        values=values,
        register={},
        sheets=sheets,
        numbers={},
        documents=(),
    )


def test_what_a_year_came_to_counts_its_own_series_and_tells_of_a_secret_case_its_number_alone():
    rows = [
        row(4, final=True, state_key=VOID),
        row(1, perihal="Tanah Siti Rekaan", pelapor=("Siti Rekaan",), state="Ditelaah"),
        row(2, perihal="Upah", sifat="rahasia"),
        row(3, final=True),
        row(9, series="SM"),
        row(6, perihal=None),
    ]

    found = figures(2026, rows)

    assert (found.count, found.last, found.void, found.missing) == (5, 6, ((4, 4),), ((5, 5),))
    assert [(one.number, one.subject, one.state) for one in found.carried] == [
        ("2026/0001", "Tanah pelapor", "Ditelaah"),
        ("2026/0002", HIDDEN, HIDDEN),
        ("2026/0006", "", ROW.state),
    ]
    assert figures(2026, rows, "SM").count == 1


def test_what_ran_on_is_told_as_it_is_today_and_of_what_is_gone_as_it_was():
    ran = figures(2026, [row(1, perihal="Tanah", state="Ditelaah"), row(2, perihal="Upah", state="Ditelaah"), row(3)])
    end = YearEnd(ran, "", MORNING, "wati", "arsiparis")

    now = as_now(end, [row(1, perihal="Lahan", state="Selesai"), row(2, perihal="Upah", sifat="rahasia")])

    assert [(one.subject, one.state) for one in now.figures.carried] == [
        ("Lahan", "Ditelaah"),
        (HIDDEN, HIDDEN),
        (ran.carried[2].subject, ran.carried[2].state),
    ]


def test_a_year_is_closed_once_it_is_over_has_cases_and_is_open():
    found = figures(2026, [row(1)])
    other = YearEnd(figures(2025, []), "", MORNING, "wati", "arsiparis")
    new_year = datetime(2027, 1, 1, tzinfo=WIB)

    check_over(found, new_year, [other])
    for now, closed, figured, wrong, said in (
        (new_year - timedelta(minutes=1), [], found, NotAllowed, "belum berakhir"),
        (new_year, [], figures(2026, []), NotFound, "kosong"),
        (
            new_year,
            [other, YearEnd(found, "", MORNING, "wati", "x")],
            found,
            NotAllowed,
            "sudah ditutup pada 25-11-2026",
        ),
    ):
        with pytest.raises(wrong, match=said):
            check_over(figured, now, closed)


def test_a_closed_year_gives_no_number_and_takes_no_old_case():
    closed = {2025}

    for refuse in (refuse_closed, refuse_behind):
        refuse(2026, closed)
    refuse_older([2024, 2026], closed)
    with pytest.raises(Passing, match="sudah ditutup"):
        refuse_closed(2025, closed)
    with pytest.raises(NotAllowed, match="lembar penutupannya"):
        refuse_behind(2025, closed)
    with pytest.raises(NotAllowed, match="tahun 2025 sudah"):
        refuse_older([2024, 2025, 2025], closed)
    assert register_of(2025) == "Register tahun 2025"


def test_a_box_tells_of_each_year_its_first_and_last_number_once():
    there = [row(1), row(3), replace(row(2), year=2027, register_number="0002/YANKOMAS/2027")]

    assert Box("12", "B", "", there).span == "0001/YANKOMAS/2026 – 0003/YANKOMAS/2026; 0002/YANKOMAS/2027"


def texts_on(sheets, _title: str) -> bytes:
    """The words on drawn sheets."""
    return str([item.text for sheet in sheets for item in sheet.items if hasattr(item, "text")]).encode()


def test_boxes_hold_the_folders_that_are_here_and_open_to_who_asks():
    def listed(one: Row, box: str = "12") -> SimpleNamespace:
        return SimpleNamespace(row=one, entry={"boks": box, "rak": "B-3", "lokasi": ""})

    there = [
        listed(row(1)),
        listed(row(2, archived="diserahkan")),
        listed(row(3, archived="dimusnahkan")),
        listed(row(4)),
    ]
    made: list[object] = []
    lists = BoxLists(
        SimpleNamespace(every=lambda _extent: [*there, listed(row(5), "")]),
        SimpleNamespace(name="Kantor Rekaan"),
        lambda *told: made.append(told) or b"",
        lambda sheets, _title: str(
            [item.text for sheet in sheets for item in sheet.items if hasattr(item, "text")]
        ).encode(),
    )

    lists.xlsx(None, lambda one: one.serial != 4)
    label = lists.labels_pdf(None).decode()

    ((_, [sheet]),) = made
    assert [line[3] for line in sheet.rows] == ["0001/YANKOMAS/2026"]
    assert [len(box.rows) for box in boxes(there)] == [4]
    assert "Lokasi ....." in label
    assert "2 (dua) berkas" in label
    with pytest.raises(NotFound, match="Belum ada boks"):
        lists.labels_pdf(None, lambda _row: False)


def test_the_label_of_a_box_says_no_classification_of_a_secret_folder():
    listed = [
        SimpleNamespace(row=row(n, klasifikasi=code, sifat=mark), entry={"boks": "1"})
        for n, code, mark in ((1, "HA.01", None), (2, "HA.02", "rahasia"))
    ]
    lists = BoxLists(
        SimpleNamespace(every=lambda _extent: listed),
        SimpleNamespace(name="Kantor"),
        None,
        lambda sheets, _title: str(
            [item.text for sheet in sheets for item in sheet.items if hasattr(item, "text")]
        ).encode(),
    )

    assert "HA.01" in (label := lists.labels_pdf(None).decode())
    assert "HA.02" not in label


def test_an_audience_is_the_one_that_was_set_last_and_none_once_the_case_has_ended():
    first = then(CASE, decided("undang", tanggal_audiensi="2026-12-02"))
    answers = {"tanggal_audiensi": "2026-12-09", "waktu_audiensi": "09.00", "tempat_audiensi": "Ruang Rapat"}
    again = then(first, decided("undang", ("05-undangan-audiensi",), **answers))

    assert meetings(CASE, SOP) == ()
    assert meetings(first, SOP) == (Meeting("2026-12-02", "", "", invited=False),)
    assert meetings(again, SOP) == (Meeting("2026-12-09", "09.00", "Ruang Rapat", invited=True),)
    assert meetings(moved(first, SOP, "cabut"), SOP) == ()


def test_audiences_are_listed_from_today_and_end_only_after_they_begin():
    def appointment(day: str = "2026-12-02", clock: str = "09.00") -> Appointment:
        return Appointment(Meeting(day, clock, "Ruang", invited=True), "2026/0007", "0007")

    assert [one.meeting.day for one in in_order([appointment(), appointment("2026-12-01")], date(2026, 12, 2))] == [
        "2026-12-02"
    ]
    told = [as_calendar([appointment(clock=clock)], MORNING, WIB) for clock in ("09.00-09.00", "09.00-09.01", "09.00")]
    assert [b"DTEND" in text for text in told] == [False, True, False]
    assert appointment().meeting.hours == [time(9)]


@pytest.mark.parametrize(("more", "lengths"), [(0, [75]), (1, [75, 2]), (74, [75, 75]), (75, [75, 75, 2])])
def test_a_line_of_a_calendar_is_folded_behind_seventy_five_octets(more, lengths):
    place = "x" * (75 - len("LOCATION:") + more)
    text = as_calendar([Appointment(Meeting("2026-12-02", "", place, invited=True), "2026/0007", "0007")], MORNING, WIB)

    lines = text.decode().split("\r\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("LOCATION"))
    assert [len(line) for line in lines[start : start + len(lengths)]] == lengths
    assert lines[start + len(lengths)].startswith("STATUS")


def test_a_folder_that_went_elsewhere_is_told_with_where_it_stands():
    assert row(1, archived="dipindahkan").stands == f"{ROW.state}; arsip dipindahkan"
    assert row(1, archived="aktif").stands == ROW.state
    assert row(1, archived="dipindahkan", state="").stands == ""


def test_of_a_case_that_is_top_secret_by_itself_or_by_another_a_row_keeps_its_number():
    told = row(1, perihal="Tanah", pelapor=("Siti Rekaan",))
    by_itself, by_another = replace(told, sifat="sangat rahasia").kept_secret(""), told.kept_secret("sangat rahasia")

    assert [(one.perihal, one.pelapor, one.top_secret) for one in (by_itself, by_another)] == [(None, (), True)] * 2
    assert told.kept_secret("rahasia").perihal == "Tanah"
    assert replace(told, sifat="rahasia").kept_secret("").sifat == "rahasia"


def test_what_is_due_at_this_moment_is_not_late_and_what_is_due_in_half_a_day_is_near():
    now = wib("2026-11-25T08:00")
    dues = ("2026-11-25T07:59", "2026-11-25T08:00", "2026-11-25T12:00", "2026-11-25T13:01")
    rows = [
        row(n, due_at=wib(at).isoformat(), awaits=("kabid",), surat=(), gate="") for n, at in enumerate(dues, start=1)
    ]

    found = waiting_for(["kabid"], rows, now, CALENDAR)
    lefts = [time_left(one, now, CALENDAR) for one in rows]

    assert (found.late, found.near) == (1, 2)
    assert [(left.late, left.near) for left in lefts] == [(True, False), (False, True), (False, True), (False, False)]
    assert [one.late for one in falling_due(rows, now, CALENDAR, SimpleNamespace(holder=lambda *_: None), 0)] == [
        True,
        False,
    ]


def test_the_page_of_a_case_tells_of_another_only_to_whom_it_is_told():
    other = then(CASE, Linked("2026/0009", "induk"))
    late = document("02-lampiran.pdf", b"KTP", kind="lampiran")
    joined = then(other, Attached(how="map", claim="c2", file_name="k.pdf", media="x", pages=1, documents=(late,)))

    def seen(*, told: bool):
        return case_view(joined, SOP, CALENDAR, [], "", lambda _other: told)

    assert [len(seen(told=told).linked) for told in (True, False)] == [1, 0]
    assert ["2026/0009" in [line.what for line in seen(told=told).events] for told in (True, False)] == [True, False]
    assert "02-lampiran.pdf" in [line.what for line in seen(told=False).events]


def test_how_urgent_a_case_is_says_its_last_disposition_that_does():
    urgent = then(then(CASE, decided("disposisi", derajat="Amat segera")), decided("disposisi"))

    assert [urgency(case) for case in (CASE, urgent, then(urgent, decided("disposisi", derajat="Segera")))] == [0, 2, 1]
    assert urgency(then(CASE, decided("disposisi", derajat="Kilat"))) == 0
