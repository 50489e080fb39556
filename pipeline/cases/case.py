"""A case: where it stands and what has happened. It is folded from its journal (:mod:`pipeline.cases.fold`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pipeline.cases.archived import KEPT_FIELDS, ArchivedLine
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.document import AS_IT_CAME
from pipeline.cases.events import (
    Attached,
    AttachmentRead,
    Decided,
    Document,
    Drafted,
    Linked,
    Printed,
    Received,
    Recognised,
    Returned,
    Validated,
)
from pipeline.cases.imported import Imported
from pipeline.cases.journal import Entry
from pipeline.cases.redacted import Redacted
from pipeline.cases.signed_files import Part, SignedFile
from pipeline.cases.sop_words import CANCEL, RECEIVE
from pipeline.office.stored_text import unpacked
from pipeline.office.wording import spelled_out

#: The register's field that says when the complaint was received; correcting it moves the deadlines.
RECEIVED_FIELD = "diterima_pada"
#: The questions in which stand the days on which a letter was sent, and received.
SENT_ON, RECEIVED_ON = "tanggal_kirim", "tanggal_terima"


@dataclass(frozen=True, slots=True)
class Made:
    """A move that was made: which line it is, when, by which role, and what was decided."""

    seq: int
    at: datetime
    role: str
    decision: Decided


@dataclass(frozen=True, slots=True)
class AboutLetters:
    """A line that says something of letters: a sheet drafted or come back signed, or what was decided."""

    seq: int
    at: datetime
    by: str
    event: Drafted | Returned | Decided


@dataclass(frozen=True, slots=True)
class Case:
    """Where a case stands: its first line's facts, and what has happened since.

    ``drafts`` and ``prints`` map a template's key to its newest version's event; ``given_up`` maps a duty's key to
    why the machine gave it up; ``read_seq`` is the line in which the complaint was first read (0: not yet).
    ``attachments_read`` maps an attachment's document name to its reading, ``validated`` a PDF's to what its
    electronic signatures are worth. ``signatures`` are the files that were filed as signed letters, oldest first;
    ``parts`` those that hold only some pages of one. ``shared`` are the documents that hold pages, or words of pages,
    that became another case. ``redacted`` are the redacted copies that were made, oldest first.
    ``archived`` is what archivists did to it.
    ``gone`` are the documents whose content was destroyed; what is left of such a case is a stub.
    """

    number: CaseNumber
    received: Received
    registered_at: datetime
    entries: tuple[Entry, ...]
    documents: tuple[Document, ...] = ()
    reading: Recognised | None = None
    read_seq: int = 0
    drafts: Mapping[str, Drafted] = field(default_factory=dict)
    prints: Mapping[str, Printed] = field(default_factory=dict)
    given_up: Mapping[str, str] = field(default_factory=dict)
    made: tuple[Made, ...] = ()
    links: tuple[Linked, ...] = ()
    signatures: tuple[SignedFile, ...] = ()
    parts: tuple[Part, ...] = ()
    attachments: tuple[Attached, ...] = ()
    attachments_read: Mapping[str, AttachmentRead] = field(default_factory=dict)
    about_letters: tuple[AboutLetters, ...] = ()
    validated: Mapping[str, Validated] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()
    redacted: tuple[Redacted, ...] = ()
    archived: tuple[ArchivedLine, ...] = ()
    gone: tuple[Document, ...] = ()

    @property
    def with_signatures(self) -> tuple[str, ...]:
        """The names of the documents that came with electronic signatures marked in them, oldest first."""
        return tuple(str(name) for e in self.entries for name in e.data.get("signatures", ()))

    @property
    def destroyed_by(self) -> str:
        """The list by which the content was destroyed; empty: it was not."""
        return next((line.event.of_list for line in self.archived if line.event.removed), "")

    @property
    def head(self) -> str:
        """Hash of the last line."""
        return self.entries[-1].hash

    def changed_since(self, seq: int) -> bool:
        """Say whether a person made a move or edited a sheet after that line of the journal."""
        people = (line for line in self.about_letters if not isinstance(line.event, Drafted) or line.event.editor)
        return any(line.seq > seq for line in people)

    @property
    def original(self) -> Document:
        """The complaint as it came, or as pages that were made of it."""
        return self.received.documents[0]

    @property
    def arrived(self) -> Document:
        """The file that came: the complaint itself, or that of which its pages were made."""
        return next((d for d in self.received.documents if d.kind == AS_IT_CAME), self.original)

    @property
    def suspected(self) -> tuple[Mapping[str, Any], ...]:
        """The pages of the complaint on which another may begin, as seen at intake and when it was read.

        They stand until a person makes a move: whoever confirms the register has looked at the complaint.
        """
        if self.made:
            return ()
        return (*self.received.suspected, *(self.reading.suspected if self.reading else ()))

    @property
    def register(self) -> Mapping[str, Any]:
        """The register's fields as people typed, confirmed or corrected them, the newest answer of each."""
        known = dict(self.received.register)
        for line in self._saying_fields():
            said = line.decision if isinstance(line, Made) else line.event
            if isinstance(said, Decided):
                for name in said.released:
                    known.pop(name, None)
            known |= said.register
        return {name: known[name] for name in known if name in KEPT_FIELDS} if self.gone else known

    def _saying_fields(self) -> Iterable[Made | ArchivedLine]:
        """Return the lines that may say fields of the register, oldest first."""
        if not self.archived:
            return self.made
        return sorted((*self.made, *self.archived), key=lambda line: line.seq)

    @property
    def fields(self) -> Mapping[str, Any]:
        """The fields in the shape of :func:`pipeline.reading.fields.proposed`: as confirmed, else as read."""
        read = self.reading.fields if self.reading else {}
        return {**read, **{name: as_field(value) for name, value in self.register.items()}}

    @property
    def imported(self) -> Imported | None:
        """The first line of a case that was taken over from an old register; None for every other."""
        return self.received if isinstance(self.received, Imported) else None

    @property
    def began_at(self) -> datetime:
        """When the case came into its first state here.

        One that was taken over while it ran began here then: what was done before was under no clock of ours. One that
        had ended, ended on the day that the book tells, or if it tells none, on that of its receipt.
        """
        if self.imported is None:
            return self.received_at
        if self.imported.ended_on:
            return datetime.fromisoformat(self.imported.ended_on).replace(tzinfo=self.registered_at.tzinfo)
        return self.received_at if self.imported.end else self.registered_at

    @property
    def received_at(self) -> datetime:
        """When the complaint was received: when it was registered, unless a person knew better."""
        stated = self.register.get(RECEIVED_FIELD)
        if not stated:
            return self.registered_at
        moment = datetime.fromisoformat(stated)
        return moment if moment.tzinfo else moment.replace(tzinfo=self.registered_at.tzinfo)

    @property
    def signed(self) -> frozenset[str]:
        """The templates of which the newest version has come back signed, and that still stands."""
        return frozenset(t for t, version in self.signed_versions.items() if version >= self.drafts[t].version)

    @property
    def signed_versions(self) -> Mapping[str, int]:
        """The newest version of each sheet that came back signed; what was withdrawn or is disputed does not count."""
        standing = sorted((s.version, s.template) for s in self.signatures if s.stands)
        return {template: version for version, template in standing}

    @property
    def page_codes(self) -> Mapping[str, tuple[str, int]]:
        """The opaque id of every sheet ever drafted that carries one: its template and version."""
        drafted = (e.data for e in self.entries if e.kind == Drafted.kind and e.data.get("page_code"))
        return {str(d["page_code"]): (str(d["template"]), int(d["version"])) for d in drafted}

    @property
    def numbers(self) -> Mapping[str, str]:
        """The naskah number of each outgoing letter that has one, by template.

        A letter that is composed again once it was signed is another letter (a second reminder, say), which has none
        yet; the one that went out keeps its own, as does one that was cancelled.
        """
        return {t: str(m.decision.numbers[t]) for t, m in self.numbered.items()}

    @property
    def numbered(self) -> Mapping[str, Made]:
        """The move by which each letter that has a naskah number got it, by template."""
        by: dict[str, Made] = {}
        signed: set[str] = set()
        withdrawn = {name for s in self.signatures if s.withdrawn for name in s.documents}
        for made in self.made:
            for template in made.decision.done(CANCEL):
                by.pop(template, None)
            for template in signed.intersection(made.decision.sheets):
                if template in by and by[template].decision.move != made.decision.move:
                    del by[template]
            by |= dict.fromkeys(made.decision.numbers, made)
            signed.difference_update(made.decision.numbers)
            signed.update(d.kind for d in made.decision.documents if d.name not in withdrawn)
        return by

    def done_to(self, template: str, act: str) -> Made | None:
        """Return the newest move that did this (an act of the SOP) to a letter since it was composed."""
        for made in reversed(self.made):
            if template in made.decision.done(act):
                return made
            if template not in made.decision.letters and template in made.decision.sheets:
                return None  # composed again: another letter
        return None

    def received_by_addressee(self, template: str) -> datetime | None:
        """Return the day on which a letter was received, as noted: its midnight in the office's zone, or None."""
        if (made := self.done_to(template, RECEIVE)) is None:
            return None
        day = datetime.fromisoformat(str(made.decision.values[RECEIVED_ON]))
        return day.replace(tzinfo=self.registered_at.tzinfo)

    @property
    def numbers_given(self) -> tuple[str, ...]:
        """Every naskah number that a letter of the case ever got, oldest first."""
        return tuple(str(number) for made in self.made for number in made.decision.numbers.values())

    def state(self, first: str) -> str:
        """Return the key of the state in which the case stands; ``first`` is the SOP's for a new case."""
        return self.made[-1].decision.state if self.made else self.begins_in(first)

    def begins_in(self, first: str) -> str:
        """Return the key of the state in which the case began; ``first`` is the SOP's for a new case."""
        return (self.imported.end if self.imported else "") or first

    def after(self, decision: Decided, role: str, at: datetime) -> Case:
        """Return the case as this move will leave it, for what is to be drafted then."""
        made = Made(self.entries[-1].seq + 1, at, role, decision)
        return replace(self, made=(*self.made, made))

    @property
    def own_documents(self) -> tuple[Document, ...]:
        """The documents that hold nothing of pages that became another case."""
        return tuple(d for d in self.documents if d.name not in self.shared)

    def document(self, name: str) -> Document | None:
        """Return the document of that name."""
        return next((d for d in self.documents if d.name == name), None)


def as_field(value: Any) -> Any:
    """Return a plain value in the shape of a proposed field: a person said it, so there is no doubt and no place.

    None stays None: a person said that there is no such thing. A text in which an earlier version stored a group as
    Python writes it is told in words.
    """
    if value is None:
        return None
    if isinstance(value, str) and not isinstance(stored := unpacked(value), str):
        value = spelled_out(stored)
    if isinstance(value, list):
        return [as_field(v) for v in value]
    if isinstance(value, Mapping):
        return {k: as_field(v) for k, v in value.items()}
    return {"nilai": value, "teks": str(value), "confidence": 1.0, "page": None, "box": None}


def value(field: Mapping[str, Any] | None) -> Any:
    """Return a field's proposed value, or None."""
    return field.get("nilai") if field else None


def says(value: Any) -> bool:
    """Say whether a field of the register holds anything; of a person, a name."""
    if isinstance(value, list | tuple):
        return any(map(says, value))
    if isinstance(value, Mapping):
        return says(value.get("nilai") if "nilai" in value else value.get("nama"))
    return value not in (None, "")
