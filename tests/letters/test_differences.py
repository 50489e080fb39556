"""What differs between two versions: whatever is removed, added or changed shows, and nothing else."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from pipeline.letters import differences as differences_module
from pipeline.letters.differences import Kind, differences

LINES = st.lists(st.text("ab ", min_size=1, max_size=6), max_size=12)


def kinds(before, after):
    return [d.kind for d in differences(before, after)]


def test_passages_are_the_same_removed_added_or_changed():
    assert kinds(["a", "b", "c"], ["a", "c", "d"]) == [Kind.SAME, Kind.REMOVED, Kind.SAME, Kind.ADDED]
    assert kinds(["a", "satu dua"], ["a", "satu tiga"]) == [Kind.SAME, Kind.CHANGED]


def test_of_a_changed_passage_the_words_that_changed_are_marked():
    (found,) = differences(["Tanah diambil paksa"], ["Tanah itu diambil"])

    assert [(w.text, w.changed) for w in found.before] == [("Tanah ", False), ("diambil", False), (" paksa", True)]
    assert [w.text for w in found.after if w.changed] == ["itu "]


@given(before=LINES, after=LINES)
def test_both_texts_stand_whole_in_their_differences(before, after):
    found = differences(before, after)

    assert [d.old for d in found if d.kind is not Kind.ADDED] == before
    assert [d.new for d in found if d.kind is not Kind.REMOVED] == after
    assert all(d.old == d.new for d in found if d.kind is Kind.SAME)
    assert all(d.old != d.new for d in found if d.kind is Kind.CHANGED)


@given(lines=LINES)
def test_a_text_does_not_differ_from_itself(lines):
    assert set(kinds(lines, lines)) <= {Kind.SAME}


def test_texts_that_are_made_to_be_slow_are_compared_all_the_same():
    started = time.process_time()

    found = differences(["a", "b"] * 1500, ["a"] * 2900)
    differences(["a b " * 700], ["a " * 1400])

    assert found
    assert time.process_time() - started < 20


def test_what_only_one_version_has_is_marked_whole_and_what_both_have_is_not():
    removed, same, added = differences(["pergi", "tetap"], ["tetap", "datang"])

    assert [w.changed for d in (removed, added) for w in (*d.before, *d.after)] == [True, True]
    assert [w.changed for w in (*same.before, *same.after)] == [False, False]


def test_texts_are_compared_to_the_last_paragraph_of_which_that_is_feasible():
    before = [f"alinea {n}" for n in range(differences_module._MOST_PARAGRAPHS)]

    assert kinds(before[1:], ["baru", *before[1:]])[:2] == [Kind.ADDED, Kind.SAME]
    assert kinds(before, ["baru", *before])[:2] == [Kind.CHANGED, Kind.CHANGED]  # one more: side by side as they stand


def test_very_long_texts_are_shown_one_after_the_other():
    found = differences(["x"] * 4000, ["y"] * 4001)

    assert len(found) == 4001
    assert found[-1].kind is Kind.ADDED
