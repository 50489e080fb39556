"""A list of records: what is to be done to many of them at once, and who has agreed to it. Folded from the book."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.separation import acting_person, person_in
from pipeline.errors import ArchiveFault, NotFound, UsageFault
from pipeline.office.person import Person
from pipeline.records.acts import ListKind, ListStep
from pipeline.records.ports import Line

#: What a line of the book is about: a step of a list, a record taken off one, a list that was given up.
STEP, TAKEN_OFF, GIVEN_UP = "daftar-langkah", "daftar-keluar", "daftar-batal"
#: Or that all that a step does to single records was done.
DONE = "daftar-tuntas"
_ID = re.compile(r"([a-z-]+)-([12]\d{3})-([1-9]\d*)")


@dataclass(frozen=True, slots=True)
class StepMade:
    """A step that was made: when, by which role, login and person, the answers, the holder of the role that day."""

    key: str
    at: datetime
    role: str
    login: str
    values: Mapping[str, Any]
    holder: Mapping[str, Any]
    person: Person


@dataclass(frozen=True, slots=True)
class RecordList:
    """A list: its kind and number, the records on it, who was taken off and why, the steps made so far.

    ``done`` are the steps of which all that they do to single records was done.
    """

    kind: str
    year: int
    serial: int
    numbers: tuple[CaseNumber, ...]
    steps: tuple[StepMade, ...]
    taken_off: Mapping[CaseNumber, str]
    given_up: str = ""
    done: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        """How it is named in addresses, commands and journals: ``musnah-2026-1``."""
        return f"{self.kind}-{self.year}-{self.serial}"

    @property
    def members(self) -> tuple[CaseNumber, ...]:
        """The records that are still on it."""
        return tuple(number for number in self.numbers if number not in self.taken_off)

    @property
    def answers(self) -> dict[str, Any]:
        """What its steps were answered; where two were asked the same, the later one."""
        return {name: value for step in self.steps for name, value in step.values.items()}

    def step(self, key: str) -> StepMade | None:
        """Return a step as it was made, if it was."""
        return next((step for step in self.steps if step.key == key), None)

    def next_step(self, kind: ListKind) -> ListStep | None:
        """Return the step that comes next; None once all are made or it was given up."""
        made = {step.key for step in self.steps}
        return None if self.given_up else next((step for step in kind.steps if step.key not in made), None)

    def step_of_sheet(self, template: str, kind: ListKind) -> StepMade:
        """Return the step, which was made, with which a sheet can be printed.

        Raises:
            NotFound: none that was made has such a sheet.
        """
        for step in kind.steps:
            if template in step.sheets and (made := self.step(step.key)):
                return made
        raise NotFound(f"{self.id} belum mempunyai lembar {template!r}.", "Lembarnya ada sesudah langkahnya dibuat.")

    def words(self, kind: ListKind) -> str:
        """Return how far it has come."""
        if self.given_up:
            return f"dibatalkan: {self.given_up}"
        labels = {step.key: step.label for step in kind.steps}
        return labels[self.steps[-1].key].lower()


def lists_of(lines: Iterable[Line]) -> dict[str, RecordList]:
    """Return the lists that these lines of the book make, by their names.

    Raises:
        ArchiveFault: a line does not say what it must: nothing is done by a book of which a part is missing.
    """
    found: dict[str, RecordList] = {}
    for line in lines:
        try:
            _take(line, found)
        except (KeyError, TypeError, ValueError, AttributeError, UsageFault) as fault:
            raise not_told(line) from fault
    return found


def not_told(line: Line) -> ArchiveFault:
    """Return what is said of a line of the book that does not say what it must."""
    return ArchiveFault(
        f"Buku kearsipan memuat baris {line['apa']!r} ({line['saat']}) yang tidak lengkap.",
        "Jalankan `yankomas verify`, lalu pulihkan archive/.kearsipan dari cadangan.",
    )


def _take(line: Line, found: dict[str, RecordList]) -> None:
    name = str(line.get("daftar", ""))
    if line["apa"] == STEP:
        made = _made(line)
        if name in found:
            found[name] = replace(found[name], steps=(*found[name].steps, made))
        elif parsed := _ID.fullmatch(name):
            numbers = tuple(map(read_number, line["perkara"]))
            found[name] = RecordList(parsed[1], int(parsed[2]), int(parsed[3]), numbers, (made,), {})
    elif line["apa"] == TAKEN_OFF and name in found:
        off = {read_number(line["perkara"]): str(line["alasan"])}
        found[name] = replace(found[name], taken_off={**found[name].taken_off, **off})
    elif line["apa"] == DONE and name in found:
        found[name] = replace(found[name], done=found[name].done | {str(line["langkah"])})
    elif line["apa"] == GIVEN_UP and name in found:
        found[name] = replace(found[name], given_up=str(line["alasan"]))


def step_line(
    name: str, key: str, values: Mapping[str, Any], *, at: datetime, by: Actor, holder: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the line of a step."""
    who = {"peran": by.role, "login": by.login, "pejabat": dict(holder)}
    line = {"apa": STEP, "daftar": name, "langkah": key, "saat": at.isoformat(), **who, "isian": dict(values)}
    return line | {"orang": acting_person(by)}


def _made(line: Line) -> StepMade:
    at = datetime.fromisoformat(line["saat"])
    login = str(line["login"])
    person = person_in(line.get("orang", {}), login)
    return StepMade(str(line["langkah"]), at, str(line["peran"]), login, line["isian"], line["pejabat"], person)
