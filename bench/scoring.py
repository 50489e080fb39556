"""Scores what was read against letters whose truth is known; the measure itself lies beside those letters.

A folder of letters holds the files, ``truth.json`` (what each letter says, which pages it has) and ``score.py`` (how
a field is compared). Here only counts are kept, so that any group of letters can be summed.
"""

from __future__ import annotations

import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from rapidfuzz.distance import Levenshtein

from pipeline.reading.fields import Complaint
from pipeline.reading.find_complaints import find_complaints
from pipeline.scans.words import Page

#: Where the letters lie when nothing else is said: beside the project.
LETTERS = Path(__file__).resolve().parents[2] / "shared" / "letters"
_SPECIMENS = Path(__file__).resolve().parents[1] / "tests" / "letter_specimens.py"
#: No letter is younger; reading proposes no date after it.
TODAY = date(2026, 12, 31)
Truth = Mapping[str, Any]
Find = Callable[[tuple[Page, ...], date], tuple[Complaint, ...]]


@dataclass(slots=True)
class Sums:
    """Counts of one group of letters: right, wrong and missed values a field; characters and how many are wrong."""

    fields: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    letters: int = 0
    characters: int = 0
    wrong: int = 0

    def add(self, counts: Mapping[str, Counter[str]]) -> None:
        """Count one more letter's fields."""
        for name, count in counts.items():
            self.fields[name] += count

    def f1(self, *names: str) -> float | None:
        """Return F1 (0..100) of the fields together, or None if there is nothing to find and nothing was found."""
        total: Counter[str] = Counter()
        for name in names or tuple(self.fields):
            total += self.fields[name]
        every = 2 * total["tp"] + total["fp"] + total["fn"]
        return 200 * total["tp"] / every if every else None

    @property
    def cer(self) -> float:
        """Wrong characters of a hundred, blanks folded."""
        return 100 * self.wrong / self.characters if self.characters else 0.0


def truths(folder: Path = LETTERS) -> list[Truth]:
    """Return the truth of every letter."""
    found: list[Truth] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return found


def own_letters() -> Iterator[tuple[Truth, tuple[Page, ...]]]:
    """Yield the project's own invented letters, which no rule was written for, with their typed pages."""
    spec = importlib.util.spec_from_file_location("specimens", _SPECIMENS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name, letter in module.specimens():
        fields = {key: value or None for key, value in letter.items() if key not in ("name", "text")}
        yield {"id": name, "pattern": name, "fields": fields}, module.pages_of(letter["text"])


def measure_of(folder: Path = LETTERS) -> ModuleType:
    """Return the module that compares fields, loaded from where it lies."""
    spec = importlib.util.spec_from_file_location("letters_score", folder / "score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def score(
    pages: Mapping[str, Sequence[Page]],
    letters: Iterable[Truth],
    measure: ModuleType,
    groups: Callable[[Truth], Iterable[str]] = lambda letter: ("semua",),
    find: Find = find_complaints,
) -> dict[str, Sums]:
    """Return the counts a group; *pages* are by file name, and a file of two letters is split as the truth says."""
    sums: dict[str, Sums] = defaultdict(Sums)
    for letter in letters:
        own = tuple(page for page in pages[letter["file"]] if page.number in letter["pages"])
        text, wanted = _folded(page.text for page in own), _folded(letter["text"])
        wrong = Levenshtein.distance(wanted, text)
        counts = compared(letter, own, measure, find)
        for group in groups(letter):
            into = sums[group]
            into.letters += 1
            into.characters += len(wanted)
            into.wrong += wrong
            into.add(counts)
    return dict(sums)


def compared(letter: Truth, pages: tuple[Page, ...], measure: ModuleType, find: Find) -> dict[str, Counter[str]]:
    """Return right, wrong and missed values of each field of one letter."""
    found = find(pages, TODAY)
    said = measure.flat(found[0].as_json()["fields"] if found else {})
    true = measure.flat(letter["fields"])
    counts = {}
    for name, alike in measure.FIELDS.items():
        tp, fp, fn, _, _ = measure.pair(true[name], said[name], alike)
        counts[name] = Counter(tp=tp, fp=fp, fn=fn)
    return counts


def _folded(texts: Iterable[str]) -> str:
    return " ".join("\n".join(texts).split())
