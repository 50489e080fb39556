"""PostgreSQL answers as an office's own index does: the same cases, in the same order, with the same places."""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from test_search import BUDI, LETTERS, SITI, CentralShelf, Shelf, case_with, told
from thorough import examples, slowly

from pipeline.register.ports import Extent
from pipeline.search import ranking
from pipeline.search.query import Wanted, asked
from pipeline.search.store import postgres_index, postgres_question, searching
from pipeline.search.store.database import Readers, writing
from pipeline.search.store.postgres_question import Weighing
from pipeline.search.store.searching import page, states

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))

from searching import NOW, PATTERN, Office

CASES = 200
#: More than the cases of one page, fewer than those that answer most questions.
PAGE = 20
ROLES = (None, frozenset[str](), frozenset({"kabid"}), frozenset({"kakanwil"}), frozenset({"tim-yankomas"}))
CLERK = "surat-masuk.agendaris"
#: Who has a part in another service, and sees none of the complaints or all of them.
CLERKS = (frozenset({CLERK}), frozenset({CLERK, "tim-yankomas"}), frozenset({"lain.agendaris"}))


@pytest.fixture(scope="module")
def office():
    return Office(random.Random(11))


@pytest.fixture(scope="module")
def both(office, central, tmp_path_factory):
    """An office's own index and one in PostgreSQL with the same letters; some were told twice, some were taken out."""
    cases = [of_a_service(office.case(n)) if n % 5 == 1 else office.case(n) for n in range(CASES)]
    changed = [replace(office.case(n), number=cases[n].number) for n in range(0, CASES, 7)]
    changed = [of_a_service(case) if case.number.series else case for case in changed]
    with central.office() as (database, _):
        shelves = Shelf(tmp_path_factory.mktemp("alike")), CentralShelf(database)
        for shelf in shelves:
            for start in range(0, CASES, 100):
                shelf.put(*cases[start : start + 100])
            shelf.put(*changed, told(SITI, LETTERS[7]), told(BUDI, LETTERS[74]))
            for case in cases[3::50]:
                shelf.drop(case.number)
        with writing(shelves[0].path) as base:
            base.execute("UPDATE progress SET position = 0")  # it has all cases
        yield shelves


def of_a_service(case):
    """Return what is written on a case as on one of another service, with whose serials its own go side by side."""
    number = replace(case.number, series="SM")
    return replace(case, number=number, row=replace(case.row, number=str(number), series="SM", staff=(CLERK,)))


def questions(office):
    """Every kind of question of the benchmark, some of each, some with typing slips, and hand-made ones."""
    for _, asked_so in office.questions(CASES):
        yield from asked_so[: examples(24)]
    for text in (
        "tanah",
        "pengaduan sengketa tanah",
        "penahanam polres",
        '"sengketa tanah" adat',
        '"hak hak"',
        '"pengaduan sengketa tanah"',
        "7/2026",
        "tan",
        "kabupaten seluma siti",
        "31 November 2026",
        "kata yang tidak pernah ada",
        "045-LBH-XI-2026",
    ):
        yield {"text": text}


@pytest.mark.parametrize(
    ("few", "every"),
    [slowly(8, 1), slowly(0, 3), slowly(1000, 3), (8, 3), (0, 9), (1000, 9)],
    ids=["all as it is", "many by rows", "many by columns", "as it is", "by rows", "by columns"],
)
def test_both_give_the_same_answers(both, office, monkeypatch, few, every):
    own, central = both
    monkeypatch.setattr(postgres_question, "FEW", few)
    chance = random.Random(3)
    found, tried = 0, [*questions(office)][::every]
    for question in tried:
        terms = asked([question["text"]], PATTERN.read)
        narrow, late = question.get("narrow", {}), question.get("late", False)
        first, personal = chance.choice((0, 0, PAGE, 35)), chance.random() < 0.7
        roles = chance.choice((*ROLES * 2, *CLERKS))
        wanted = Wanted(terms, narrow, late, NOW, first, PAGE, personal, roles)

        ours, theirs = own.answer(wanted), central.answer(wanted)

        shown = [(hit.number, hit.exact) for hit in ours.hits], [(hit.number, hit.exact) for hit in theirs.hits]
        assert shown[0] == shown[1], wanted
        assert ours == theirs, wanted
        found += ours.total > 0
    assert 9 * found > 4 * len(tried)  # not equal because nothing is found


def test_both_list_what_is_more_than_can_be_weighed_the_newest_first(both, monkeypatch):
    own, central = both
    for module, name, few in ((ranking, "RANKED", 12), (postgres_question, "RANKED", 12)):
        monkeypatch.setattr(module, name, few)
    for module in (searching, postgres_question, postgres_index):
        monkeypatch.setattr(module, "COUNTED", 9)
    totals = []
    for text, roles, first in product(
        ("tanah", "tahan", "sengketa tanah", '"sengketa tanah"', "penahanam", "tan", "0007/YANKOMAS/2026 tanah"),
        (None, frozenset({"tim-yankomas"}), frozenset({CLERK})),
        (0, 7),
    ):
        wanted = Wanted(asked([text], PATTERN.read), {}, now=NOW, first=first, count=10, roles=roles)

        ours, theirs = own.answer(wanted), central.answer(wanted)

        assert [(hit.number, hit.exact) for hit in ours.hits] == [(hit.number, hit.exact) for hit in theirs.hits], (
            wanted
        )
        assert ours == theirs, wanted
        totals.append(ours.total)
    assert max(totals) > 24
    assert 0 < min(total for total in totals if total) <= 12


def test_both_list_the_same_cases_of_a_series_and_count_their_states_alike(both):
    own, central = both
    there = []
    for year, series, roles in product((None, 2025, 2026), (None, "", "SM", "RR"), (*ROLES, *CLERKS)):
        extent = Extent(year, roles=roles, series=series)
        with Readers(own.path).reading() as base:
            count, listed = page(base, extent, 3, PAGE)
        with Readers(own.path).reading() as base:
            counted = states(base, extent)
        theirs, shown = central.index.page(extent, 3, PAGE)

        assert (theirs, [one.number for one in shown]) == (count, [one.number for one in listed]), extent
        assert central.index.states(year, roles, series or "") == counted or series is None, extent
        there.append((series, count))
    assert {series for series, count in there if count} == {None, "", "SM"}


def test_a_word_that_stands_in_the_register_is_weighed_alike_wherever_else_it_stands(central_office, tmp_path):
    database, _ = central_office
    shelves = Shelf(tmp_path), CentralShelf(database)
    for shelf in shelves:
        shelf.put(
            told(SITI, LETTERS[7]),
            told(BUDI, LETTERS[74]),
            told(case_with(500, perihal="Sumur kering"), "sumur"),
            told(case_with(501, perihal="Jalan"), "sumur sumur sumur sumur kering"),
            told(case_with(502, perihal="Jalan rusak", pelapor=["Sumur Rekaan"])),
        )

    answers = [[hit.number for hit in shelf.search("sumur").hits] for shelf in shelves]

    assert answers[0] == answers[1]
    assert set(answers[0]) == {"2026/0500", "2026/0501", "2026/0502"}


def test_words_that_are_to_stand_side_by_side_are_found_so_and_weighed_by_how_often_they_do(central_office, tmp_path):
    database, _ = central_office
    shelves = Shelf(tmp_path), CentralShelf(database)
    for shelf in shelves:
        shelf.put(
            told(case_with(500, perihal="Sumur kering"), "sumur sumur sumur sumur kering"),
            told(case_with(501, perihal="Jalan"), "sumur kering lama sumur kering baru sumur sumur"),
            told(case_with(502, perihal="Jalan rusak"), "kering sumur lama kering"),
        )

    for text, found in (
        ('"sumur kering"', {500, 501}),
        ('"sumur sumur sumur"', {500}),
        ('"sumur kering lama sumur"', {501}),
        ('"kering lama"', {501}),
        ('"sumur kering rusak"', set()),
    ):
        answers = [[hit.number for hit in shelf.search(text).hits] for shelf in shelves]
        assert answers[0] == answers[1], text
        assert set(answers[0]) == {f"2026/0{serial}" for serial in found}, text


@pytest.mark.parametrize("few", [8, 0], ids=["by columns", "by rows"])
def test_cases_that_came_in_since_it_was_counted_how_many_there_are_stop_no_search(both, monkeypatch, few):
    _, central = both
    monkeypatch.setattr(postgres_question, "FEW", few)
    monkeypatch.setattr(central.index, "_weighing", lambda _running, _followed: Weighing(cases=1, length=100.0))

    assert central.answer(Wanted(asked(["tanah"], PATTERN.read))).total > 1
