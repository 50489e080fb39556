"""What is learned of a confirmed case: what would be proposed of its letter now, and what of that is right."""

from __future__ import annotations

import pytest
from archive_fakes import FakeCabinet
from case_factory import received
from fakes import MORNING
from reading_pages import LETTER, page_of

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Decided
from pipeline.cases.line_values import NO_HOLDER
from pipeline.reading.field_weights import FieldWeights, shipped_weights
from pipeline.reading.filed_reading import complaint_read
from pipeline.reading.lessons import LessonBook
from pipeline.reading.ports import Marked, Reading

CONFIRMED = {"tanggal_surat": "2025-08-12", "perihal": "Jalan lain"}


class Marker:
    """Marks ten places of the letter, each less surely, as the subject."""

    def marks(self, sheet):
        return tuple(
            Marked("perihal", row.start, row.end, 0.9 - row.index / 100, "rujukan", likeliest=False)
            for row in sheet.rows[-10:]
        )


def confirmed(cabinet: FakeCabinet, serial: int, *, read: bool = True, register: dict[str, str] | None = None):
    """Put a case into the cabinet: read, and decided with these answers."""
    number = cabinet.put(received(serial=serial), b"surat", MORNING)
    with cabinet.held(number) as folder:
        if read:
            reading = Reading((page_of(LETTER),), (), b"salinan", "palsu 1")
            folder.append(*complaint_read(folder.case.received.documents[0], reading), by="sistem", at=MORNING)
        answers = CONFIRMED if register is None else register
        decision = Decided("m", "a", "b", NO_HOLDER, "budi", {}, answers, (), {}, ())
        folder.append(decision, {}, by="budi", at=MORNING)
    return number


def learned(cabinet: FakeCabinet, *numbers: CaseNumber, weights: FieldWeights | None = None):
    told: list[tuple[int, int]] = []
    book = LessonBook(cabinet, Marker(), weights or shipped_weights())
    return book.of(numbers, lambda *counts: told.append(counts)), told


def test_what_was_confirmed_is_learned_and_of_what_was_written_in_other_words_that_it_was_not_proposed():
    cabinet = FakeCabinet()

    ((lessons,), told) = learned(cabinet, confirmed(cabinet, 7))

    assert set(lessons) == {"tanggal", "perihal"}
    assert next((seen.text, seen.example.right) for seen in lessons["tanggal"].proposed) == ("2025-08-12", True)
    assert (lessons["tanggal"].told, lessons["perihal"].told) == (True, False)
    assert (lessons["perihal"].answers, lessons["perihal"].looked_at) == (1, True)
    assert told == [(1, 1)]


def test_of_what_is_not_right_the_eight_likeliest_are_looked_at():
    cabinet = FakeCabinet()

    ((lessons,), _) = learned(cabinet, confirmed(cabinet, 7))

    assert len(lessons["perihal"].proposed) == 8
    assert not any(seen.example.right for seen in lessons["perihal"].proposed)


@pytest.mark.parametrize("how", [{"read": False}, {"register": {}}])
def test_a_case_that_was_not_read_or_of_which_nothing_was_confirmed_teaches_nothing(how):
    cabinet = FakeCabinet()
    numbers = confirmed(cabinet, 7, **how), confirmed(cabinet, 8), CaseNumber(2026, 99)

    lessons, told = learned(cabinet, *numbers)

    assert (len(lessons), told) == (1, [(1, 3)])


def test_so_many_cases_are_learned_from_and_no_more(monkeypatch):
    monkeypatch.setattr("pipeline.reading.lessons.MOST_CASES", 2)
    cabinet = FakeCabinet()

    lessons, told = learned(cabinet, *(confirmed(cabinet, serial) for serial in (7, 8, 9)))

    assert (len(lessons), told) == (2, [(1, 2), (2, 2)])


def test_signs_that_hold_a_word_of_the_letter_are_not_learned_but_weigh_as_they_did():
    cabinet = FakeCabinet()
    number = confirmed(cabinet, 7)
    heavy = {"after 12": 0.0, "begins 2025-08-12": 2.5, "always": 1.0, "at least": 0.5}
    by_label = dict.fromkeys(shipped_weights().by_label, heavy)

    ((lessons,), _) = learned(cabinet, number, weights=FieldWeights(by_label))
    day = lessons["tanggal"].proposed[0].example

    assert day.odds == 2.5
    assert ("always", 1.0) in day.signs
    assert not any(sign.startswith("begins 2") for sign, _ in day.signs)
