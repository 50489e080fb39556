"""What the office noted while it watched a recommendation, for the letters that ask the agency to report.

That no report came is what such a letter says itself: a note that says no more is left out. Its words are data
(``monitoring_words.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pipeline.letters.sheets.recommendation import hidden
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.office.wording import words_of

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def notes(facts: SheetFacts, move: MoveMade | None) -> list[str]:
    """Return the paragraphs of a move's note, without who complains and without what the letter says itself."""
    told = (" ".join(filter(_tells_more, _SENTENCE_END.split(text))) for text in hidden(facts, move, "catatan"))
    return [text for text in told if text]


def _tells_more(sentence: str) -> bool:
    """Say whether a sentence says more than that nothing was reported."""
    said, words = set(words_of(sentence)), _words()
    silent = said & words["sangkalan"] and said & words["laporan"] and said <= frozenset().union(*words.values())
    return not silent


@cache
def _words() -> Mapping[str, frozenset[str]]:
    told = tomllib.loads(files(__package__).joinpath("monitoring_words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in told.items()}
