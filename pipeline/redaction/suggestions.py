"""What of a document's words names, or may name, somebody who must not be named: suggested, for a person to confirm.

What the register knows of a case and of those that are tied to it is looked for (:mod:`pipeline.access.identities`),
and any NIK. A word that is nearly a part of a name is offered too: OCR may have misread it. Only words that the file
holds as text are found: what is written by hand and what a picture shows is for eyes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from pipeline.access.finding import found
from pipeline.access.identities import Secrets, secrets_of
from pipeline.access.naming import key, vocabulary
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.secrecy_level import family
from pipeline.office.office import Office
from pipeline.redaction.areas import PageText, Run

_NIK = re.compile(r"(?<!\d)(?:\d[ .-]?){15}\d(?!\d)")
_OF_NIK = "NIK"
#: A word that is nearly a part of a name: letters of both at least, and how alike (0 to 1) they are. One letter of six
#: that was misread is 0.83.
_LONG, _LIKE = 5, 0.8
_SIGNS = re.compile(r"[^\w]")


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
    parts = {
        part: person.instead
        for one in secrets
        for person in one.people
        if not person.organisation
        for part in person.parts
    }
    for text in texts:
        hits = [(hit.begin, hit.end, hit.instead, hit.sure) for one in secrets for hit in found(text.text, one)]
        hits += [(*match.span(), _OF_NIK, True) for match in _NIK.finditer(text.text)]
        told = [(text.run(begin, end), who, sure) for begin, end, who, sure in hits]
        told += [(run, who, False) for run, who in _misread(text, parts, {run for run, _, _ in told})]
        for run, who, sure in told:
            if run not in best or (sure and not best[run].sure):
                best[run] = Suggestion(run, text.said(run), text.around(run), who, sure)
    return tuple(sorted(best.values(), key=lambda one: (one.run.page, one.run.first, one.run.last)))


def _misread(text: PageText, parts: Mapping[str, str], known: Collection[Run]) -> Iterator[tuple[Run, str]]:
    """Yield the words that are nearly a part of a name, as OCR may have misread one; not those that are known."""
    taken, named = {number for run in known for number in range(run.first, run.last + 1)}, tuple(parts)
    for number, word in enumerate(text.words):
        if number not in taken and (part := _nearly(key(_SIGNS.sub("", word)), named)):
            yield Run(text.number, number, number), parts[part]


@lru_cache(maxsize=20_000)
def _nearly(word: str, parts: tuple[str, ...]) -> str:
    """Return the long part of a name that a word nearly is, which is no everyday word; nothing if there is none."""
    if word in parts or word in vocabulary().groups["biasa"]:  # as it stands there it was looked at already
        return ""
    for part in parts:
        if min(len(part), len(word)) >= _LONG and SequenceMatcher(None, word, part).ratio() >= _LIKE:
            return part
    return ""


def names_somebody(text: str, secrets: Sequence[Secrets]) -> bool:
    """Say whether a text names for certain somebody who must not be named."""
    return any(hit.sure for one in secrets for hit in found(text, one))
