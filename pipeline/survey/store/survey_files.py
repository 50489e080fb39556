"""The survey's files: marks of codes that were used, answers that wait to be counted, and what was counted.

``archive/.ikm/tanda`` has a keyed hash of each code, sorted, so that their order says nothing. Answers that wait lie in
``archive/.state/ikm``, which no backup has: two backups could otherwise be laid side by side, and the one new mark
beside the one new answer. They are padded to one length and shuffled each time. Once :data:`BATCH` have come by one
way they are counted and thrown away (``archive/.ikm/daftar.jsonl``, chained and sealed, without day or hour). Paper is
counted apart: who types some in does not fill the batch of those who came by themselves.

At the centre marks and counts lie with the office's rows (``postgres_survey.py``).
"""

from __future__ import annotations

import hmac
import json
import random
import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.archive.store.layout import Layout
from pipeline.errors import NotAllowed, Passing, Uncertain, YankomasError
from pipeline.storage import disk, locks
from pipeline.storage.version_list import LIST, ChainedLines, VersionList
from pipeline.survey.questionnaire import Answer, questionnaire
from pipeline.survey.tally import BATCH, PAGE, PAPER, Tally, semester_of, tally

MARKS = "tanda"
#: What is held by whoever takes an answer in.
LOCK = "ikm"
_DIGEST = 16  # bytes of a mark: no two of a million codes share one
MARK = re.compile(rb"[0-9a-f]{%d}" % (2 * _DIGEST))
_LINE = 400  # bytes of a waiting answer, padded: its length tells nothing
_LEFT_OVER = json.dumps(None).encode()
#: By what a line says which answers it counted.
HEAP = "tumpukan"


class CountedSurvey(ABC):
    """The survey box of one office, wherever its marks lie and what it counted; what waits is this folder's.

    ``key`` gives the office's secret for status codes.
    """

    def __init__(self, layout: Layout, key: Callable[[], bytes], counted: ChainedLines) -> None:
        self._layout, self._key, self._counted = layout, key, counted

    def has_answered(self, code: str) -> bool:
        """Say whether this status code (as it is compared) was used for an answer."""
        return self._is_used(self._mark(code))

    def drop(self, code: str, answer: Answer, today: date) -> None:
        """Take an answer in; the code is used up.

        The mark is written first: an answer that a crash loses is better than one that counts twice.

        Raises:
            NotAllowed: it was used before.
            Uncertain: nobody can say whether its code was used up; it was not taken in.
        """
        with self._held():
            mark = self._mark(code)
            if not self._use_up(mark):
                raise NotAllowed("Survei untuk kode ini sudah diisi.", "Satu kode, satu jawaban. Terima kasih.")
            try:
                self._take_in(PAGE, answer, today)
            except BaseException:
                self._give_back(mark)
                raise
            self._count_if_full(PAGE, today)

    def drop_paper(self, answer: Answer, today: date) -> None:
        """Take in an answer that a clerk typed from paper."""
        with self._held():
            self._take_in(PAPER, answer, today)
            self._count_if_full(PAPER, today)

    def batches(self) -> list[Tally]:
        """Return what was counted."""
        return [*self._counted.said(_tally)]

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with what was counted and with the marks of codes, as (name, fact).

        No seal covers the marks, whose order says nothing: that there is one for each answer by the page is all that
        can be held against them. Answers are read first, as a mark is written before its answer.
        """
        answered, heaps = 0, set[str]()
        for number, (found, why) in enumerate(self._counted.lines(_heap), 1):
            if found and found[1].channel == PAGE:
                answered += found[1].count
                heaps.add(found[0])
            if why:
                yield LIST, f"Baris {number} {why}."
        uncounted = self._uncounted(heaps)
        yield from _mark_faults(self._marks(), answered + uncounted)

    def _take_in(self, channel: str, answer: Answer, today: date) -> None:
        """Have an answer wait, durably as its last effect: whatever fails here, it does not wait."""
        path = self._waiting(channel)
        heap, waiting = _read(path)
        if heap in self._heaps():  # a crash came between counting and throwing away
            heap, waiting = "", []
        if len(waiting) >= BATCH:  # it is known by now that these were not counted
            try:
                self._count_heap(channel, heap, waiting, today)
            except Uncertain as fault:  # of those; of this one it is certain
                raise Passing(
                    "Jawaban ini belum diterima: sambungan ke basis data pusat putus.", "Kirim lagi sebentar lagi."
                ) from fault
            heap, waiting = "", []
        disk.replace(path, _written(heap or secrets.token_hex(8), [*waiting, answer]), 0o600)

    def _count_if_full(self, channel: str, today: date) -> None:
        """Have the answers that wait be counted once there are enough; where that fails, they are with the next one.

        Whoever gave, or typed, the last of them is told nothing of it: the answer was taken in, and is not given again.
        """
        heap, waiting = _read(self._waiting(channel))
        if len(waiting) >= BATCH:
            with suppress(YankomasError, OSError):
                self._count_heap(channel, heap, waiting, today)

    def _count_heap(self, channel: str, heap: str, answers: Sequence[Answer], today: date) -> None:
        self._count({HEAP: heap, **asdict(tally(answers, semester_of(today), channel))})
        disk.remove(self._waiting(channel))

    def _waiting(self, channel: str) -> Path:
        return self._layout.state / f"ikm-{channel}"

    def _heaps(self) -> set[str]:
        return {heap for heap in self._counted.said(lambda told: str(told[HEAP])) if heap}

    def _held(self) -> AbstractContextManager[object]:
        return locks.held(self._layout.locks / LOCK)

    def _mark(self, code: str) -> str:
        return hmac.digest(self._key(), b"ikm " + code.encode(), "sha256")[:_DIGEST].hex()

    @abstractmethod
    def _count(self, told: Mapping[str, Any]) -> None:
        """Note what was counted together."""

    @abstractmethod
    def _uncounted(self, heaps: Collection[str]) -> int:
        """Return how many answers by the page, beside the heaps that were counted, must have a mark."""

    @abstractmethod
    def _marks(self) -> bytes:
        """Return all marks as they are written, one a line."""

    @abstractmethod
    def _is_used(self, mark: str) -> bool:
        """Say whether a code's mark is there."""

    @abstractmethod
    def _use_up(self, mark: str) -> bool:
        """Write a code's mark, durably; say whether it was not there."""

    @abstractmethod
    def _give_back(self, mark: str) -> None:
        """Take a code's mark away again: its answer could not be taken in."""


class SurveyFiles(CountedSurvey):
    """The survey box of an office's folder."""

    def __init__(self, layout: Layout, key: Callable[[], bytes]) -> None:
        super().__init__(layout, key, VersionList(layout.survey, ""))
        self._path = layout.survey / MARKS

    def _count(self, told: Mapping[str, Any]) -> None:
        self._counted.note(told)

    def _uncounted(self, heaps: Collection[str]) -> int:
        heap, waiting = _read(self._waiting(PAGE))
        return 0 if heap in heaps else len(waiting)

    def _marks(self) -> bytes:
        return marks_in(self._path)

    def _is_used(self, mark: str) -> bool:
        return mark.encode() in self._marks().split()

    def _use_up(self, mark: str) -> bool:
        if self._is_used(mark):
            return False
        write_marks(self._path, written_marks([*self._marks().decode().split(), mark]))
        return True

    def _give_back(self, mark: str) -> None:
        write_marks(self._path, written_marks(one for one in self._marks().decode().split() if one != mark))


def marks_in(path: Path) -> bytes:
    """Return the marks of codes as they are written in a folder; none if there is no such file."""
    return path.read_bytes() if path.is_file() else b""


def written_marks(marks: Iterable[str]) -> bytes:
    """Return the marks of codes that were used as they are written, in an order that says nothing."""
    return "".join(f"{mark}\n" for mark in sorted(marks)).encode()


def write_marks(path: Path, marks: bytes) -> None:
    """Write the marks of codes, for the owner alone."""
    disk.make_folder(path.parent)
    disk.replace(path, marks, 0o600)
    disk.sync_folder(path.parent)


def survey_faults(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what was counted in a folder, with its marks and with what lies there beside."""
    yield from SurveyFiles(layout, bytes).faults()
    known = {LIST, MARKS, f".{LIST}.part", f".{MARKS}.part"}
    for path in sorted(layout.survey.iterdir()) if layout.survey.is_dir() else ():
        if path.name not in known:
            yield path.name, "Bukan berkas survei."


def _mark_faults(text: bytes, answered: int) -> Iterator[tuple[str, str]]:
    marks = text.splitlines()
    if text != b"".join(b"%b\n" % mark for mark in sorted(set(marks))) or not all(map(MARK.fullmatch, marks)):
        yield MARKS, "Isinya bukan tanda kode yang berurutan."
    if len(marks) < answered:
        yield MARKS, f"Tanda kode yang terpakai hanya {len(marks)}, padahal {answered} jawaban diterima."


def _read(path: Path) -> tuple[str, list[Answer]]:
    """Return the name of a heap and the answers that wait on it; a file that was lost or broken holds none."""
    try:
        told = [one for line in path.read_bytes().splitlines() if (one := json.loads(line)) is not None]
        heap = next(str(one[HEAP]) for one in told if HEAP in one)
        return heap, [Answer(tuple(one["nilai"]), one["ciri"]) for one in told if HEAP not in one]
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return "", []


def _written(heap: str, answers: Sequence[Answer]) -> bytes:
    """Return the file of the answers that wait, of one size however many they are, in an order that says nothing."""
    lines = [json.dumps({"nilai": one.scores, "ciri": dict(one.traits)}).encode() for one in answers]
    lines += [json.dumps({HEAP: heap}).encode(), *[_LEFT_OVER] * (BATCH - len(answers))]
    random.SystemRandom().shuffle(lines)
    return b"".join(line.ljust(_LINE) + b"\n" for line in lines)


def _heap(told: dict[str, Any]) -> tuple[str, Tally]:
    """Return the name of a heap, and its counts; raises as :func:`_tally` does."""
    return str(told[HEAP]), _tally(told)


def _tally(told: dict[str, Any]) -> Tally:
    """Return a line of what was counted; raises ValueError or TypeError for one that does not hold together."""
    scores = tuple(tuple(int(n) for n in element) for element in told["scores"])
    found = Tally(str(told["semester"]), str(told["channel"]), int(told["count"]), scores, told["traits"])
    if len(scores) != len(questionnaire().elements) or any(sum(element) != found.count for element in scores):
        raise ValueError("counts that do not add up")
    return found
