"""What the law says of the rights that a complaint names: where granted, what is tested, on what a case rests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.cases.register_words import register_words, rights
from pipeline.letters.sheets.respondents import classes_of
from pipeline.office import wording
from pipeline.office.laws import RIGHTS_LAW, Citation, Laws, RightInLaw


def rights_with_articles(fields: Mapping[str, Any], laws: Laws, day: date) -> list[dict[str, str]]:
    """Return the rights with all that grants them: a row of ``hak`` and ``pasal`` for each, to be chosen apart."""
    return [
        {"hak": name, "pasal": cited}
        for name, right in _named(fields, laws)
        for source in (Citation(RIGHTS_LAW, right.articles), *right.elsewhere)
        if (cited := laws.cite(source, day))
    ]


def rights_by_law(fields: Mapping[str, Any], laws: Laws, day: date) -> list[dict[str, str]]:
    """Return the rights with the articles of the law on human rights alone: what stands where nobody chose any."""
    return [
        {"hak": name, "pasal": laws.cite(Citation(RIGHTS_LAW, right.articles), day)}
        for name, right in _named(fields, laws)
    ]


def granted(
    chosen: Iterable[Mapping[str, str]], fields: Mapping[str, Any], laws: Laws, day: date
) -> list[dict[str, str]]:
    """Return every right at stake with articles of its own: as the drafter chose them, else as the law has them.

    A right that the register names and of which nothing was chosen stays out where something was chosen of others:
    the drafter left it. One that was chosen without an article has the law's.
    """
    by_law = rights_by_law(fields, laws, day)
    own = {row["hak"]: row["pasal"] for row in by_law}
    told = by_right(chosen)
    return [{**row, "pasal": laws.spelled(row["pasal"], day) or own.get(row["hak"], "")} for row in told] or by_law


def by_right(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return rows of ``hak`` and ``pasal``, all that was chosen of a right in one (``Pasal 9 ...; Pasal 28A ...``)."""
    chosen: dict[str, list[str]] = {}
    for row in rows:
        chosen.setdefault(row["hak"], []).append(row["pasal"].rstrip(" .;"))
    return [{"hak": right, "pasal": "; ".join(filter(None, articles))} for right, articles in chosen.items()]


def resting_on(
    rights: Iterable[Mapping[str, str]], fields: Mapping[str, Any], laws: Laws, day: date, called_on: str = ""
) -> list[str]:
    """Return the laws on which a case rests: those of the service, of rights (rows of ``pasal``), of respondents.

    ``called_on`` names the agencies that are to act.
    """
    return [law.full for law in laws.resting_on(day, _cited(rights), classes_of(fields), called_on)]


def reviewed_by(rights: Iterable[Mapping[str, str]], laws: Laws, day: date) -> list[str]:
    """Return the laws by which a review looked into rights, as briefly as a citizen is told of them."""
    return [law.brief for law in laws.resting_on(day, _cited(rights))]


def _cited(rights: Iterable[Mapping[str, str]]) -> str:
    return wording.one_line(" ".join(row["pasal"] for row in rights))


def elements(fields: Mapping[str, Any], laws: Laws) -> list[str]:
    """Return what is tested, a line each: of any violation, then of each right that may be violated."""
    found = [*laws.elements, *(element for _, right in _named(fields, laws) for element in right.elements)]
    return list(dict.fromkeys(found))


def _named(fields: Mapping[str, Any], laws: Laws) -> list[tuple[str, RightInLaw]]:
    named = rights(fields)
    chosen = [(right.name, laws.right(right.word)) for right in register_words().rights if right.word in named]
    return [(name, right) for name, right in chosen if right]
