"""*Salin*: what the register knows of a case as text to be copied into another register (SIMASHAM), field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from starlette.responses import Response

from pipeline.access import secrecy
from pipeline.access.rights import Right
from pipeline.desk.case_file import open_file
from pipeline.desk.questions import PERSON_LABELS
from pipeline.desk.rendering import moment
from pipeline.desk.routing import Pages
from pipeline.desk.visit import Visit
from pipeline.register.facts import Fact, facts

pages = Pages()


@dataclass(frozen=True, slots=True)
class Entry:
    """A field as it is copied: what it is called, its text, and whether nobody has vouched for it."""

    label: str
    text: str
    doubtful: bool = False


@pages.get("/kasus/{year}/{serial}/salin", Right.EXPORT)
def copy(visit: Visit) -> Response:
    """Show a case's fields to be copied; a NIK in full only to those who may have the letter itself."""
    case, whole_nik = open_file(visit).case, visit.who.may(Right.ORIGINALS)
    known = facts(case, visit.desk.root.sop_of(case))
    entries = [
        Entry("No. register", case.received.register_number),
        Entry("Diterima", moment(case.received_at)),
        *(Entry(fact.label, _text(fact, whole_nik=whole_nik), fact.doubtful) for fact in known),
    ]
    whole = "\n".join(_joined(entries))
    return visit.show("salin.html", title=f"Salin {case.number}", case=case, entries=entries, whole=whole)


def _text(fact: Fact, *, whole_nik: bool) -> str:
    if fact.persons:
        return "\n\n".join("\n".join(_person(person, whole_nik=whole_nik)) for person in fact.persons)
    return "\n".join(fact.lines)


def _person(person: Mapping[str, str], *, whole_nik: bool) -> Iterator[str]:
    for key, value in person.items():
        said = secrecy.masked_nik(value) if key == "nik" and not whole_nik else value
        yield f"{PERSON_LABELS[key]}: {said}"


def _joined(entries: Iterable[Entry]) -> Iterator[str]:
    for entry in entries:
        several = "\n" in entry.text
        yield f"{entry.label}:\n{entry.text}\n" if several else f"{entry.label}: {entry.text}"
