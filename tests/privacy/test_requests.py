"""Requests of people about their data, and breaches: the clock of hours, identity first, refusals by the law."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from privacy_fakes import FakeMatters

from pipeline.archive.store.layout import Layout
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.privacy import breaches as failing
from pipeline.privacy import requests as asking
from pipeline.privacy.law import privacy_law
from pipeline.privacy.matters import By, Clock
from pipeline.privacy.store.matter_books import REQUESTS, MatterFile, matter_faults

WIB = timezone(timedelta(hours=7))
FRIDAY = datetime(2026, 11, 27, 16, 0, tzinfo=WIB)
TEAM = By("siti", "tim-yankomas")
ASKED = {"hak": "akses", "nama": "Siti Rekaan", "cara": "loket", "isi": "Data saya"}


@pytest.fixture
def layout(tmp_path):
    layout = Layout(tmp_path)
    layout.prepare()
    return layout


@pytest.fixture
def book():
    return FakeMatters()


@pytest.fixture
def leaks():
    return FakeMatters()


def received(book, **other) -> int:
    return asking.receive(book, {**ASKED, **other}, TEAM, FRIDAY).number


class TestTheClock:
    def test_runs_three_times_twenty_four_hours_over_the_weekend(self, book):
        request = asking.request_of(book, received(book))

        assert request.clock.due == datetime(2026, 11, 30, 16, 0, tzinfo=WIB)
        assert request.clock.left(FRIDAY + timedelta(hours=71, minutes=30)) == "0 jam lagi"
        assert not request.clock.late(request.clock.due)
        assert request.clock.late(request.clock.due + timedelta(seconds=1))

    def test_begins_when_the_request_was_received_not_when_it_was_typed(self, book):
        request = asking.request_of(book, received(book, diterima="26-11-2026 09.00"))

        assert request.clock.due == datetime(2026, 11, 29, 9, 0, tzinfo=WIB)

    def test_does_not_begin_tomorrow(self, book):
        with pytest.raises(Incomplete, match="belum terjadi"):
            received(book, diterima="28-11-2026 09.00")

    def test_stays_late_when_the_answer_came_late(self, book):
        number, late = received(book), FRIDAY + timedelta(hours=80)
        asking.identify(book, number, "KTP", TEAM, late)
        asking.answer(book, number, {"hasil": "dipenuhi", "kata": "Dilampirkan."}, TEAM, late)

        assert asking.request_of(book, number).clock.left(late + timedelta(days=9)) == "lewat batas"

    def test_is_near_for_its_last_day_alone_and_says_what_is_late_for_four_days_in_days(self):
        running, hour = Clock(FRIDAY, None), timedelta(hours=1)

        assert [running.near(FRIDAY + hour * hours) for hours in (-25, -24, 0, 1)] == [False, True, True, False]
        assert not Clock(FRIDAY, FRIDAY - hour * 30).near(FRIDAY - hour)
        assert running.left(FRIDAY + hour * 95) == "lewat 95 jam"
        assert running.left(FRIDAY + hour * 96) == "lewat 4 hari"


class TestARequest:
    @pytest.mark.parametrize(
        ("wrong", "name"),
        [({"hak": "semua"}, "hak"), ({"nama": " "}, "nama"), ({"nik": "123"}, "nik"), ({"isi": ""}, "isi")],
    )
    def test_that_cannot_be_kept_says_why_and_takes_no_number(self, book, wrong, name):
        with pytest.raises(Incomplete) as fault:
            received(book, **wrong)

        assert name in fault.value.fields
        assert book.lines() == []

    def test_is_answered_only_once_it_is_known_who_asks(self, book):
        number = received(book)
        with pytest.raises(NotAllowed, match="siapa yang meminta"):
            asking.answer(book, number, {"hasil": "dipenuhi", "kata": "x"}, TEAM, FRIDAY)
        with pytest.raises(NotAllowed, match="siapa yang meminta"):
            asking.choose_cases(book, number, ["2026/0001"], TEAM, FRIDAY)
        with pytest.raises(NotAllowed):
            asking.note_export(book, number, "0" * 64, TEAM, FRIDAY)

    def test_of_somebody_unknown_can_be_refused_for_that(self, book):
        number = received(book)
        typed = {"hasil": "ditolak", "alasan": "identitas", "kata": "KTP tidak ditunjukkan."}

        with pytest.raises(NotAllowed, match="siapa yang meminta"):
            asking.answer(book, number, {**typed, "alasan": "bahaya"}, TEAM, FRIDAY)
        assert asking.answer(book, number, typed, TEAM, FRIDAY).outcome == "ditolak"

    def test_is_refused_only_on_a_ground_that_stands_against_that_right(self, book):
        number = received(book)
        asking.identify(book, number, "KTP", TEAM, FRIDAY)
        for ground in ("", "penyelenggaraan-negara", "malas"):
            with pytest.raises(Incomplete) as fault:
                asking.answer(book, number, {"hasil": "ditolak", "alasan": ground, "kata": "x"}, TEAM, FRIDAY)
            assert "alasan" in fault.value.fields
            assert "bukan alasan menolak akses" in fault.value.fields["alasan"][1]

        done = asking.answer(book, number, {"hasil": "ditolak", "alasan": "bahaya", "kata": "x"}, TEAM, FRIDAY)

        assert privacy_law().ground(done.ground).articles == "Pasal 33 huruf a"

    def test_fulfilled_gives_no_ground(self, book):
        number = received(book)
        asking.identify(book, number, "KTP", TEAM, FRIDAY)
        with pytest.raises(Incomplete):
            asking.answer(book, number, {"hasil": "dipenuhi", "alasan": "bahaya", "kata": "x"}, TEAM, FRIDAY)

    def test_is_answered_and_identified_once(self, book):
        number = received(book)
        asking.identify(book, number, "KTP", TEAM, FRIDAY)
        with pytest.raises(NotAllowed):
            asking.identify(book, number, "SIM", TEAM, FRIDAY)
        asking.answer(book, number, {"hasil": "dipenuhi", "kata": "x"}, TEAM, FRIDAY)
        with pytest.raises(NotAllowed, match="sudah dijawab"):
            asking.answer(book, number, {"hasil": "dipenuhi", "kata": "y"}, TEAM, FRIDAY)

        assert asking.waiting(book.lines()) == []

    def test_that_was_refused_gets_no_file_and_an_unknown_one_is_told(self, book):
        number = received(book)
        asking.identify(book, number, "KTP", TEAM, FRIDAY)
        asking.choose_cases(book, number, ["2026/0001"], TEAM, FRIDAY)
        asking.answer(book, number, {"hasil": "ditolak", "alasan": "bahaya", "kata": "x"}, TEAM, FRIDAY)
        with pytest.raises(NotAllowed):
            asking.note_export(book, number, "0" * 64, TEAM, FRIDAY)
        with pytest.raises(NotFound):
            asking.identify(book, 9, "KTP", TEAM, FRIDAY)

    def test_says_what_it_waits_for_and_gets_no_file_before_its_cases_were_chosen(self, book):
        number = received(book)
        assert asking.request_of(book, number).state == "menunggu pemeriksaan identitas"
        assert asking.identify(book, number, "KTP", TEAM, FRIDAY).state == "menunggu jawaban"
        with pytest.raises(NotAllowed, match="perkara mana"):
            asking.note_export(book, number, "0" * 64, TEAM, FRIDAY)

        done = asking.answer(book, number, {"hasil": "dipenuhi", "kata": "x"}, TEAM, FRIDAY)

        assert done.state == "dipenuhi"

    def test_may_be_received_at_this_moment_with_a_nik_as_people_write_it_and_a_long_text(self, book):
        number = received(book, nik="1771.0145-0680 0001", diterima="27-11-2026 16.00", isi="x" * 4000)

        assert asking.request_of(book, number).nik == "1771014506800001"
        with pytest.raises(Incomplete, match="paling panjang"):
            received(book, isi="x" * 4001)

    def test_those_that_wait_come_with_the_most_urgent_first(self, book):
        later, sooner = received(book), received(book, diterima="25-11-2026 08.00")

        assert [request.number for request in asking.waiting(book.lines())] == [sooner, later]


KNOWN = {"bagaimana": "Laptop hilang", "data": "Nama dan NIK"}


class TestABreach:
    def test_has_its_clock_from_when_the_office_knew(self, leaks):
        breach = failing.report(leaks, {**KNOWN, "diketahui": "26-11-2026 08.00"}, TEAM, FRIDAY)

        assert breach.clock.due == datetime(2026, 11, 29, 8, 0, tzinfo=WIB)
        learnt = failing.learn(
            leaks, breach.number, {**KNOWN, "upaya": "Akun dikunci", "diketahui": "27-11-2026"}, TEAM, FRIDAY
        )
        assert learnt.clock.due == breach.clock.due

    def test_stops_the_clock_once_both_were_notified(self, leaks):
        number = failing.report(leaks, {**KNOWN, "terjadi": "kemarin", "upaya": "dikunci"}, TEAM, FRIDAY).number
        soon = FRIDAY + timedelta(hours=5)
        assert failing.notify(leaks, number, "subjek", "", "surat 1", TEAM, soon).notified_at is None

        done = failing.notify(leaks, number, "lembaga", "", "surat 2", TEAM, soon)

        assert (done.state, done.clock.left(soon)) == ("pemberitahuan selesai", "tepat waktu")
        with pytest.raises(NotAllowed, match="sudah dicatat"):
            failing.notify(leaks, number, "lembaga", "", "surat 3", TEAM, soon)

    def test_presses_until_both_were_notified_and_is_open_until_it_is_closed(self, leaks):
        later, sooner = (
            failing.report(leaks, {**KNOWN, "terjadi": "x", "upaya": "x", "diketahui": day}, TEAM, FRIDAY).number
            for day in ("27-11-2026", "26-11-2026")
        )
        assert [one.number for one in failing.pressing(leaks.lines())] == [sooner, later]

        for to in ("subjek", "lembaga"):
            failing.notify(leaks, sooner, to, "", "surat", TEAM, FRIDAY)

        assert [one.number for one in failing.pressing(leaks.lines())] == [later]
        assert [one.number for one in failing.open_breaches(leaks.lines())] == [sooner, later]
        failing.close(leaks, later, "tidak ada data yang keluar", TEAM, FRIDAY)
        assert [one.number for one in failing.open_breaches(leaks.lines())] == [sooner]

    def test_no_notice_without_what_the_law_wants_it_to_say(self, leaks):
        number = failing.report(leaks, KNOWN, TEAM, FRIDAY).number

        with pytest.raises(NotAllowed, match="upaya penanganan"):
            failing.notify(leaks, number, "subjek", "", "surat", TEAM, FRIDAY)

    def test_keeps_what_was_known_before_and_takes_nothing_once_closed(self, leaks):
        number = failing.report(leaks, KNOWN, TEAM, FRIDAY).number
        failing.learn(leaks, number, {**KNOWN, "data": "Nama saja"}, TEAM, FRIDAY)
        failing.take_step(leaks, number, "hentikan", "akun dikunci", TEAM, FRIDAY)
        closed = failing.close(leaks, number, "tidak ada data yang keluar", TEAM, FRIDAY)

        assert [line.told.get("data") for line in closed.lines[:2]] == ["Nama dan NIK", "Nama saja"]
        assert closed.steps["hentikan"].by == "siti"
        with pytest.raises(NotAllowed, match="sudah ditutup"):
            failing.take_step(leaks, number, "hentikan", "lagi", TEAM, FRIDAY)

    def test_an_unknown_step_or_addressee_is_refused(self, leaks):
        number = failing.report(leaks, KNOWN, TEAM, FRIDAY).number
        with pytest.raises(Incomplete):
            failing.take_step(leaks, number, "lari", "x", TEAM, FRIDAY)
        with pytest.raises(Incomplete):
            failing.notify(leaks, number, "pers", "", "x", TEAM, FRIDAY)


def test_a_line_that_was_changed_or_cut_out_is_found(layout):
    book = MatterFile(layout, REQUESTS)
    received(book)
    received(book)
    received(book)
    path = layout.privacy / REQUESTS / "daftar.jsonl"
    assert list(matter_faults(layout)) == []

    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])

    assert list(matter_faults(layout))
