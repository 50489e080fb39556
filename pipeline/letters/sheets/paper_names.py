"""What sheets call the papers that were handed in, how many they are, and which of them may not be handed on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

#: How many leaves, files or discs a paper is said to be (``Foto sumur warga, 4 (empat) lembar``).
_COUNT = re.compile(r"\b\d+ \([a-z ]+\) [a-z]+")


def paper_name(word: str) -> str:
    """Return what a sheet calls a paper that the register knows by this word, within a sentence."""
    name: str = _words()["nama"].get(word.casefold(), word)
    return name


def count_of(paper: str) -> str:
    """Return how many leaves a paper is said to be (``4 (empat) lembar``); empty where it says none, or several."""
    found = _COUNT.findall(paper)
    return found[0] if len(found) == 1 else ""


def counts_whole(paper: str) -> str:
    """Return a paper whose counts stay on one line, also in a narrow column."""
    return _COUNT.sub(lambda count: count[0].replace(" ", "\N{NO-BREAK SPACE}"), paper)


def kept_back(paper: str) -> bool:
    """Say whether a paper is a recording of which nothing says that whoever recorded it agreed to hand it on.

    One hears or sees on it who that is.
    """
    said, words = set(re.findall(r"\w+", paper.casefold())), _words()["rekaman"]
    return not said.isdisjoint(words["rekaman"]) and said.isdisjoint(words["persetujuan"])


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("paper_names.toml").read_text("utf-8"))
