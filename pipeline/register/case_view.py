"""What front ends show of a case: ``case --json`` all of it, the API a part. The shape is a public contract."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pipeline.cases.acted import acted
from pipeline.cases.case import Case
from pipeline.cases.deadlines import current_step, deadlines
from pipeline.cases.deliveries import Delivery, delivered_by
from pipeline.cases.duties import held_up as held_up_sheets
from pipeline.cases.event_lines import from_data
from pipeline.cases.events import Attached, Document, Linked
from pipeline.cases.journal import Entry
from pipeline.cases.key_labels import choice_label
from pipeline.cases.nik_doubts import doubtful_niks
from pipeline.cases.owed_letters import uncorrected_letters
from pipeline.cases.register_words import register_words
from pipeline.cases.seen_on_pages import Citation, Suspicion
from pipeline.cases.sop import Sop
from pipeline.cases.standing import standing_state, state_label
from pipeline.office.wording import as_moment, cells_apart, spelled_out
from pipeline.office.worktime import Calendar
from pipeline.register.resembling import Resembling

#: Of a value that the API does not tell.
_NOT_TOLD: Mapping[str, Any] = {"exclude": True}
#: What a complaint's fields are called, in the order in which they are told.
_LABELS: dict[str, str] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["labels"]


@dataclass(frozen=True, slots=True)
class Link:
    """A case that has to do with this one."""

    other: str
    how: str
    documents: tuple[Document, ...] = field(metadata=_NOT_TOLD)
    source: Mapping[str, Any] = field(metadata=_NOT_TOLD)


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the journal; ``who`` names the account that acted and in whose place, or who sent a file, if any."""

    seq: int
    at: str
    by: str
    kind: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came after the complaint, how it came and who brought it, and of which scan it is a part."""

    document: str
    how: str
    file_name: str
    pages: int
    source: Mapping[str, Any]
    deliveries: tuple[Mapping[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case. ``fields`` has a value for each field of the register, with its evidence; NIK are masked."""

    number: str
    register_number: str
    received_at: str
    step: int
    activity: str
    state: str
    state_key: str
    awaits: tuple[str, ...]
    due_at: str | None
    case_due_at: str
    sop: str
    naskah: Mapping[str, str]
    linked: tuple[Link, ...]
    given_up: Mapping[str, str]
    warnings: tuple[str, ...]
    fields: Mapping[str, Any]
    documents: tuple[Document, ...]
    events: tuple[Happened, ...]
    status_code: str = field(metadata=_NOT_TOLD)
    deliveries: tuple[Mapping[str, str], ...] = field(metadata=_NOT_TOLD)
    resembling: tuple[Resembling, ...] = field(metadata=_NOT_TOLD)
    attachments: tuple[Attachment, ...] = field(metadata=_NOT_TOLD)
    suspected: tuple[Suspicion, ...] = field(metadata=_NOT_TOLD)
    cited: tuple[Citation, ...] = field(metadata=_NOT_TOLD)
    folder: str = field(metadata=_NOT_TOLD)


def case_view(
    case: Case,
    sop: Sop,
    calendar: Calendar,
    alike: Sequence[Resembling],
    folder: str,
    told: Callable[[str], bool] = lambda _other: True,
    held_up: Mapping[str, str] = MappingProxyType({}),
) -> CaseView:
    """Return what is shown of a case; ``alike`` are the complaints that who asks may know to resemble it.

    ``held_up`` is, by duty, what the office has to mend before the machine can go on.
    Of other cases that have to do with it only those are shown of which who asks may be ``told``.
    """
    here, step, due = standing_state(case, sop), current_step(case, sop), deadlines(case, sop, calendar)
    return CaseView(
        number=str(case.number),
        register_number=case.received.register_number,
        received_at=case.received_at.isoformat(),
        step=step.number,
        activity=step.activity,
        state=state_label(here, case, sop),
        state_key=here.key,
        awaits=tuple(here.awaits),
        due_at=due.step.isoformat() if due.step else None,
        case_due_at=due.case.isoformat(),
        sop=sop.number,
        naskah=dict(case.numbers),
        linked=tuple(
            Link(link.other, link.how, link.documents, dict(link.source)) for link in case.links if told(link.other)
        ),
        given_up=dict(case.given_up),
        warnings=(*held_up_sheets(case, sop, held_up), *_warnings(case, sop), *map(str, alike)),
        fields=dict(sop.known(case.fields)),
        documents=tuple(case.documents),
        events=tuple(_happened(e) for e in case.entries if e.kind != Linked.kind or told(str(e.data["other"]))),
        status_code=case.received.status_code,
        deliveries=_plain(case.received.deliveries),
        resembling=tuple(alike),
        attachments=tuple(
            Attachment(a.documents[0].name, a.how, a.file_name, a.pages, dict(a.source), _plain(a.deliveries))
            for a in case.attachments
        ),
        suspected=case.suspected,
        cited=case.reading.cited if case.reading else (),
        folder=folder,
    )


def _plain(deliveries: Sequence[Delivery]) -> tuple[Mapping[str, str], ...]:
    return tuple(one.as_data() for one in deliveries)


def judged(case: Case) -> tuple[str, ...]:
    """Return what the electronic signatures of the case's documents are worth, as sentences."""
    return tuple(f"{name}: {said}" for name, found in case.validated.items() for said in found.said)


def _warnings(case: Case, sop: Sop) -> list[str]:
    """Return what the clerk should know of the scan and its reading, as sentences."""
    read = case.reading
    return [
        *case.received.warnings,
        *(read.warnings if read else ()),
        *(
            f"Halaman {seen.page}: {seen.reason}. Bila memang surat lain: gerak pisahkan, halaman={seen.page}."
            for seen in case.suspected
        ),
        *(
            f"Surat ini menyebut perkara {c.number} (halaman {c.page}: {c.teks}); mungkin surat susulan."
            for c in (read.cited if read else ())
        ),
        *(f"{a.documents[0].name}: {warning}" for a in case.attachments for warning in a.warnings),
        *map(str, doubtful_niks(sop.known(case.fields))),
        *uncorrected_letters(case, sop),
    ]


def _happened(entry: Entry) -> Happened:
    """Return a line of the journal as lists show it; ``what`` says which move, sheet or duty it is about."""
    data = entry.data
    what = data.get("move") or data.get("template") or data.get("duty") or data.get("other") or ""
    if entry.kind == Attached.kind:
        what = data["documents"][0]["name"]
    event = from_data(entry.kind, data)
    by, came = acted(event), getattr(event, "deliveries", ())
    who = by.words(entry.by) if by.login else "; ".join(delivered_by(came))
    return Happened(entry.seq, entry.at.isoformat(), entry.by, entry.kind, what, who)


def readable(fields: Mapping[str, Any], further: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the fields of a complaint or a case as lines for people.

    ``further`` are the labels of fields that are told only where they say something.
    """
    lines = []
    for name, label in (dict(further) | _LABELS).items():
        told = _TOLD.get(name, _words)(fields.get(name))
        if told or name in _LABELS:
            lines.append(f"{label:<16} {told or '-'}")
    return "\n".join(lines)


def answers_readable(fields: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """Return the answers of another service's register as lines for people, by the labels of its questions."""
    return "\n".join(f"{label:<16} {_words(fields.get(name)) or '-'}" for name, label in labels.items())


def _rights(value: Any) -> str:
    """Return rights by name; those that nobody chose yet with the complaint's words that suggest them."""
    found = value if isinstance(value, list) else []
    return "; ".join(str(r["nilai"]) if r["nilai"] == r["teks"] else _suggested(r) for r in found)


def _suggested(right: Mapping[str, Any]) -> str:
    known = register_words().right(right["nilai"])
    return f"{known.name if known else right['nilai']} (saran: {right['teks']})"


#: How fields are told that are not simply their words.
_TOLD: Mapping[str, Callable[[Any], str]] = {"hak": _rights}


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(w for w in map(_words, value) if w)
    if isinstance(value, Mapping) and "nama" in value:
        return _words(value["nama"])
    return choice_label(as_moment(cells_apart(spelled_out(value))))
