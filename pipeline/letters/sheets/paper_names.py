"""What sheets call the papers that were handed in, how many they are, and which of them may not be handed on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.letters.sheets import phrasing, texts
from pipeline.letters.sheets.to_complainant import alone
from pipeline.office import wording
from pipeline.office.wording import all_said

#: What the officer counts of papers that were only ticked.
BY_HAND = "............ lembar"
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


def came_along(fields: Mapping[str, Any], *, shown: str = "") -> str:
    """Return how much came with a complaint, and what (``2 (dua) berkas: foto sumur, 4 (empat) lembar; ...``).

    Papers that were ticked are told where the register lists none that came along; ``shown`` stands behind each.
    """
    listed = texts.enclosures(fields.get("lampiran"))
    ticked = [paper_name(paper) + shown for paper in all_said(fields.get("dokumen_pendukung"))]
    papers = listed or ([] if texts.attachment(fields) else ticked)
    if count_of(alone(papers)):
        return phrasing.capital(papers[0])
    counted = wording.counted(len(papers), "berkas") if papers else ""
    many = counted if papers[1:] else texts.attachment(fields) or counted  # a letter may call many papers one bundle
    told = "; ".join(counts_whole(phrasing.within(paper)) for paper in papers)
    return ": ".join(filter(None, (many, told)))


def kept_back(paper: str) -> bool:
    """Say whether a paper is a recording of which nothing says that whoever recorded it agreed to hand it on.

    One hears or sees on it who that is.
    """
    said, words = set(re.findall(r"\w+", paper.casefold())), _words()["rekaman"]
    return not said.isdisjoint(words["rekaman"]) and said.isdisjoint(words["persetujuan"])


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("paper_names.toml").read_text("utf-8"))
