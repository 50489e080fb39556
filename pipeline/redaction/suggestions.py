"""What of a document's words names, or may name, somebody who must not be named: suggested, for a person to confirm.

What the register knows of a case and of those that are tied to it is looked for (:mod:`pipeline.access.identities`),
and any NIK. Only words that the file holds as text are found: what OCR misread, what is written by hand and what a
picture shows is for eyes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.access.finding import found
from pipeline.access.identities import Secrets, secrets_of
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.secrecy_level import family
from pipeline.office.office import Office
from pipeline.redaction.areas import PageText, Run

_NIK = re.compile(r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)")
_OF_NIK = "NIK"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A place on a page: the words there, with some around them, who it names, and whether it does for certain."""

    run: Run
    words: str
    around: str
    who: str
    sure: bool

    @property
    def key(self) -> str:
        """By which a form names it."""
        return self.run.key


def secrets_about(case: Case, case_of: Callable[[CaseNumber], Case], office: Office) -> tuple[Secrets, ...]:
    """Return what must not be said of a case: its own, and that of the cases which are tied to it."""
    names = tuple(one.name for one in office.officials)
    return tuple(secrets_of(one.fields, names) for one in family(case, case_of).values() if one)


def suggestions(texts: Sequence[PageText], secrets: Sequence[Secrets]) -> tuple[Suggestion, ...]:
    """Return what is suggested, by pages and as it stands there; each place once, certain if anything says so."""
    best: dict[Run, Suggestion] = {}
    for text in texts:
        hits = [(hit.begin, hit.end, hit.instead, hit.sure) for one in secrets for hit in found(text.text, one)]
        hits += [(*match.span(), _OF_NIK, True) for match in _NIK.finditer(text.text)]
        for begin, end, who, sure in hits:
            run = text.run(begin, end)
            if run not in best or (sure and not best[run].sure):
                best[run] = Suggestion(run, text.said(run), text.around(run), who, sure)
    return tuple(sorted(best.values(), key=lambda one: (one.run.page, one.run.first, one.run.last)))


def names_somebody(text: str, secrets: Sequence[Secrets]) -> bool:
    """Say whether a text names for certain somebody who must not be named."""
    return any(hit.sure for one in secrets for hit in found(text, one))
