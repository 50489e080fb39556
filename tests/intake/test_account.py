"""The inbox account as a fold: whatever is noted, twice, torn or in another order, the five states make up all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.deliveries import API, ATTACHED, DESK, Delivery
from pipeline.intake.account import (
    LABELS,
    Account,
    AccountPart,
    Delivered,
    GoneBack,
    PutAway,
    Settled,
    State,
    Taken,
    label_of,
    unknown,
)
from pipeline.intake.account_lines import given_numbers, read_line, write_line

TAKEN = Taken("ab12", "surat.pdf", 5, "0" * 64, "1-2-3", MORNING)
NUMBERED = Settled(TAKEN, (AccountPart(State.REGISTERED, "2026/0007"),), MORNING)
REASON = {"code": "jenis", "reason": "Jenis ini tidak diterima.", "remedy": "Kirim PDF.", "place": "ditolak/surat.pdf"}
REFUSED = Settled(TAKEN, (AccountPart(State.REFUSED, **REASON),), MORNING)

HANDLED = PutAway("ab12", MORNING, "rani")


def folded(*lines) -> Account:
    account = Account()
    for line in lines:
        account.add(line)
    return account


def states(account):
    return [entry.state for entry in account.entries.values()]


@pytest.mark.parametrize("line", [TAKEN, NUMBERED, REFUSED, GoneBack("ab12", MORNING), HANDLED])
def test_a_line_is_read_as_it_was_written(line):
    assert read_line(write_line(line)) == line


def ended_as(*parts: AccountPart, claim: str = "ab12") -> Settled:
    return Settled(replace(TAKEN, claim=claim), parts, MORNING)


SIGNED = AccountPart(State.ATTACHED, "2026/0007", document="08-rekomendasi-v1-bertanda-tangan.pdf")
PAPER = AccountPart(State.ATTACHED, "2026/0007", document="02-lampiran.pdf")
NEW = AccountPart(State.REGISTERED, "2026/0008")


@pytest.mark.parametrize(
    ("parts", "label"),
    [
        ([SIGNED], "bertanda tangan"),
        ([SIGNED, SIGNED], "bertanda tangan"),
        ([PAPER], LABELS[State.ATTACHED]),
        ([SIGNED, PAPER], LABELS[State.ATTACHED]),
        ([NEW], LABELS[State.REGISTERED]),
        ([SIGNED, NEW], LABELS[State.REGISTERED]),
    ],
)
def test_a_file_is_called_signed_when_all_that_was_attached_of_it_came_back_signed(parts, label):
    (entry,) = folded(TAKEN, ended_as(*parts)).entries.values()

    assert label_of(entry) == label


def test_of_a_line_the_numbers_that_were_given_are_known_and_those_of_cases_that_got_a_paper_are_not():
    given = [*given_numbers(write_line(ended_as(NEW, PAPER)))]

    assert [(str(number), claim) for number, claim in given] == [("2026/0008", "ab12")]
    assert [*given_numbers(write_line(ended_as(PAPER)))] == []
    assert [*given_numbers(write_line(replace(TAKEN, name='"registered"')))] == []


def test_what_is_found_of_files_is_unknown_where_their_end_is_and_parts_of_one_are_put_together():
    waiting = replace(TAKEN, claim="cd34")
    account = folded(TAKEN, ended_as(NEW), waiting)

    found = unknown([ended_as(NEW), ended_as(NEW, claim="cd34"), ended_as(PAPER, claim="cd34")], account)

    assert found == [ended_as(NEW, PAPER, claim="cd34")]


@pytest.mark.parametrize("line", [TAKEN, NUMBERED, REFUSED])
def test_half_a_line_is_no_line(line):
    text = write_line(line)

    assert [read_line(text[:n]) for n in range(len(text) - 1)] == [None] * (len(text) - 1)


@pytest.mark.parametrize("text", [b"", b"[]", b"7", b'{"kind":"lain"}', b'{"kind":"selesai","parts":[{"state":"x"}]}'])
def test_what_is_no_line_of_ours_is_passed_over(text):
    assert read_line(text) is None


def test_a_taken_file_waits_until_it_has_come_to_an_end():
    assert states(folded(TAKEN)) == [State.WAITING]
    assert states(folded(TAKEN, NUMBERED)) == [State.REGISTERED]


def test_noting_again_after_a_crash_changes_nothing():
    later = MORNING + timedelta(hours=1)

    again = folded(TAKEN, NUMBERED, replace(TAKEN, at=later), replace(NUMBERED, at=later))

    assert again == folded(TAKEN, NUMBERED)


def test_an_end_is_known_even_where_its_beginning_is_lost():
    assert states(folded(NUMBERED)) == [State.REGISTERED]


def test_a_file_that_went_back_waits_in_the_inbox_and_not_here():
    assert folded(TAKEN, GoneBack("ab12", MORNING)).entries == {}


@pytest.mark.parametrize("before", [REFUSED, Settled(TAKEN, (AccountPart(State.DUPLICATE, "2026/0001"),), MORNING)])
def test_a_file_moved_back_from_where_it_was_set_aside_counts_once(before):
    again = replace(TAKEN, claim="cd34", name="surat (2).pdf")

    account = folded(TAKEN, before, again, replace(NUMBERED, taken=again))

    assert states(account) == [State.REGISTERED]


def test_a_registered_letter_stays_in_the_account_though_its_file_is_dropped_again():
    again = replace(TAKEN, claim="cd34")

    account = folded(TAKEN, NUMBERED, again, Settled(again, (AccountPart(State.DUPLICATE, "2026/0007"),), MORNING))

    assert states(account) == [State.REGISTERED, State.DUPLICATE]


def test_a_scan_with_a_part_that_was_set_aside_asks_for_a_person_and_keeps_its_numbers():
    parts = (
        AccountPart(State.REGISTERED, "2026/0007"),
        AccountPart(State.REFUSED, **REASON),
        AccountPart(State.ATTACHED, "2026/0003"),
    )

    (entry,) = folded(Settled(TAKEN, parts, MORNING)).entries.values()

    assert entry.state is State.REFUSED
    assert [part.number for part in entry.parts] == ["2026/0007", "", "2026/0003"]


def test_only_the_counts_are_kept_of_what_was_filed_before_a_moment():
    after = MORNING + timedelta(seconds=1)
    attached = Settled(replace(TAKEN, claim="cd34", mark="4-5-6"), (AccountPart(State.ATTACHED, "2026/0003"),), MORNING)
    waiting, refused = (replace(TAKEN, claim=claim, mark=claim) for claim in ("ef56", "ab78"))
    account = folded(NUMBERED, attached, waiting, replace(REFUSED, taken=refused))

    account.close(MORNING)
    assert len(account.entries) == 4

    account.close(after)
    assert states(account) == [State.WAITING, State.REFUSED]
    assert account.counts == {State.REGISTERED: 1, State.ATTACHED: 1}
    assert account.totals().total() == 4


claims = st.sampled_from(["a", "b", "c"])
lines = st.one_of(
    st.builds(lambda c, m: replace(TAKEN, claim=c, mark=m), claims, st.sampled_from(["1", "2"])),
    st.builds(
        lambda c, m, s: Settled(replace(TAKEN, claim=c, mark=m), (AccountPart(s, "2026/0001"),), MORNING),
        claims,
        st.sampled_from(["1", "2"]),
        st.sampled_from([s for s in State if s is not State.WAITING]),
    ),
    st.builds(lambda c: GoneBack(c, MORNING), claims),
)


@given(st.lists(lines, max_size=12))
def test_whatever_is_noted_what_came_in_is_the_sum_of_the_five(script):
    account = folded(*script)

    assert account.totals().total() == len(account.entries) == sum(account.totals()[state] for state in State)
    assert len(LABELS) == 5


def test_a_refused_file_that_somebody_dealt_with_stays_refused_and_is_known_as_dealt_with():
    account = folded(REFUSED, HANDLED)

    assert states(account) == [State.REFUSED]
    assert states(folded(*account.lines())) == [State.REFUSED]
    assert folded(*account.lines()).entries["ab12"].put_away == HANDLED


def test_nobody_deals_with_a_file_that_waits_or_has_its_number():
    assert folded(TAKEN, HANDLED).entries["ab12"].put_away is None
    assert folded(NUMBERED, HANDLED).entries["ab12"].put_away is None


def test_a_file_that_was_dealt_with_and_goes_back_is_waited_for_again():
    account = folded(REFUSED, HANDLED, GoneBack("ab12", MORNING), replace(TAKEN, claim="cd34"))

    assert states(account) == [State.WAITING]
    assert account.entries["cd34"].put_away is None


def test_an_older_version_passes_over_that_somebody_dealt_with_a_file():
    assert b'"claim"' not in write_line(HANDLED)  # it would be read as that of a file that went back


def test_how_a_file_came_is_told_of_the_file_itself_its_bytes_and_the_folder_it_was_sent_to():
    account = folded(
        Delivered("1-2-3", "aa", "", Delivery(DESK, MORNING, login="siti")),
        Delivered("9-2-3", "", "", Delivery(API, MORNING)),  # nobody had read it, and the share was mounted again
        Delivered("1-2-3", "aa", "2026-0007", Delivery(ATTACHED, MORNING, login="rani")),
    )

    def ways(mark, *asked):
        return [one.way for one in account.deliveries(mark, *asked)]

    assert ways("1-2-3", "aa") == ways("1-2-3", "") == ways("1-2-3", "aa", "2026-0007") == [DESK, API, ATTACHED]
    assert ways("1-2-3", "bb") == [API]
    assert ways("1-2-3", "aa", "") == [DESK, API]
    assert ways("1-2-4", "aa") == []


def test_how_a_file_came_is_known_for_as_long_as_the_file_is_waited_for():
    later = MORNING + timedelta(days=1)
    account = folded(
        Delivered("1-2-3", "", "", Delivery(DESK, MORNING)),
        Delivered("1-5-6", "", "", Delivery(DESK, MORNING)),
        Delivered("1-7-8", "", "", Delivery(DESK, MORNING)),
        Delivered("1-7-8", "", "", Delivery(DESK, later)),
        REFUSED,
    )

    account.close(MORNING)
    assert account.deliveries("1-5-6", "")
    account.close(later)

    assert [len(account.deliveries(mark, "")) for mark in ("1-2-3", "1-5-6", "1-7-8")] == [1, 0, 2]
