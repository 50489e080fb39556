"""What the law says of the rights that a complaint names: where each is granted, and what is tested."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.cases.register_words import register_words, rights
from pipeline.office.laws import RIGHTS_LAW, Citation, Laws, RightInLaw


def rights_with_articles(fields: Mapping[str, Any], laws: Laws, day: date) -> list[dict[str, str]]:
    """Return the rights with all that grants them: rows of ``hak`` and ``pasal`` (``Pasal 9 ...; Pasal 28A ...``)."""
    return [{"hak": name, "pasal": _granted(right, laws, day)} for name, right in _named(fields, laws)]


def elements(fields: Mapping[str, Any], laws: Laws) -> list[str]:
    """Return what is tested, a line each: of any violation, then of each right that may be violated."""
    found = [*laws.elements, *(element for _, right in _named(fields, laws) for element in right.elements)]
    return list(dict.fromkeys(found))


def _named(fields: Mapping[str, Any], laws: Laws) -> list[tuple[str, RightInLaw]]:
    named = rights(fields)
    chosen = [(right.name, laws.right(right.word)) for right in register_words().rights if right.word in named]
    return [(name, right) for name, right in chosen if right]


def _granted(right: RightInLaw, laws: Laws, day: date) -> str:
    sources = (Citation(RIGHTS_LAW, right.articles), *right.elsewhere)
    return "; ".join(filter(None, (laws.cite(source, day) for source in sources)))
