"""Cases for tests: journals written as the archive writes them; each factory names only what its test is about."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from fakes import MORNING, WIB, wib

from pipeline.cases.called_sheets import called_sheets
from pipeline.cases.case import Case
from pipeline.cases.decide import file_kind, target
from pipeline.cases.duties import Duty, duties
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import (
    INTO,
    SPLIT_OFF,
    VERSION,
    Decided,
    Document,
    Drafted,
    Event,
    Failed,
    Linked,
    Printed,
    Received,
    Recognised,
    Retried,
)
from pipeline.cases.fold import fold
from pipeline.cases.forms import filled
from pipeline.cases.journal import GENESIS, Entry, write_line
from pipeline.cases.letter_acts import check_end, letters_acted_on
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.moves import LETTER, open_move, open_moves
from pipeline.cases.numbering import letters_to_number
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_words import STAY
from pipeline.cases.versions import approved_draft
from pipeline.office.worktime import Calendar

_USUAL = ((time(7, 30), time(12)), (time(13), time(16)))
_FRIDAY = ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
#: The hours that ``office.toml`` comes with, and no holidays.
CALENDAR = Calendar(WIB, {0: _USUAL, 1: _USUAL, 2: _USUAL, 3: _USUAL, 4: _FRIDAY}, frozenset())


def document(name: str, content: bytes = b"isi", **values: Any) -> Document:
    """A document of these bytes."""
    known = {"kind": "surat", "step": 1, **values}
    return Document(name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content), **known)


def received(**values: Any) -> Received:
    """A letter that came in as 2026/0007."""
    usual = {
        "year": 2026,
        "serial": 7,
        "register_number": "0007/YANKOMAS/2026",
        "sop": "2024-05-06",
        "claim": "klaim",
        "file_name": "scan.pdf",
        "media": "application/pdf",
        "pages": 1,
        "status_code": "AAAA-BBBB-CCCC",
        "channel": "pindaian",
        "documents": (document("01-surat.pdf"),),
    }
    return Received(**{**usual, **values})


def recognised(fields: dict[str, Any] | None = None, **values: Any) -> Recognised:
    """The letter was read."""
    usual = {"engine": "palsu 1", "documents": (document("02-teks.txt", kind="teks", step=2),)}
    return Recognised(fields or {}, **{**usual, **values})


def drafted(template: str, version: int = 1, trigger: int = 2) -> Drafted:
    """A sheet was drafted."""
    docx = document(f"{template}-v{version}.docx", kind=template, version=version)
    return Drafted(template, version, "0" * 64, "0" * 64, "", trigger, (docx,))


def printed(template: str, version: int = 1) -> Printed:
    """A sheet was printed."""
    pdf = document(f"{template}-v{version}.pdf", kind=template, version=version)
    return Printed(template, version, f"{template}-v{version}.docx", (pdf,))


def failed(duty: str, reason: str = "Mesin mati.") -> Failed:
    """The machine gave a duty up."""
    return Failed(duty, reason, 3)


def retried(duty: str) -> Retried:
    """A person asked for another try."""
    return Retried(duty)


def lines(*events: Event, at: datetime = MORNING) -> tuple[bytes, tuple[Entry, ...]]:
    """Write the events a minute apart; return the journal's bytes and its entries."""
    text, entries, prev = b"", (), GENESIS
    for seq, event in enumerate(events, start=1):
        moment = at + timedelta(minutes=seq - 1)
        line, entry = write_line(seq, moment, "sistem", event.kind, as_data(event), prev)
        text, entries, prev = text + line, (*entries, entry), entry.hash
    return text, entries


def case_of(*events: Event, first: Received | None = None, at: datetime = MORNING) -> Case:
    """The case of a letter that was received, to which these things then happened."""
    return fold(lines(first or received(), *events, at=at)[1])


#: Answers that any form of the SOP accepts, by kind of question.
_ANSWERS = {
    "tanggal": "2026-12-02",
    "waktu": "2026-11-25 08:15",
    "daftar": ["satu", "dua"],
    "orang": ["Siti Rekaan"],
    "perkara": "2026/0099",
    "bilangan": "3",
    "halaman": "1-1",
}


def typed_for(form: Sequence[FormField], **own: Any) -> dict[str, Any]:
    """What a person might type into the required questions of a form."""
    usual = {f.name: f.choices[0] if f.choices else _ANSWERS.get(f.kind, "isian") for f in form if f.required}
    return {**usual, **own}


def moved(case: Case, sop: Sop, key: str, role: str = "", *, at: datetime | None = None, **typed: Any) -> Case:
    """The case after a move, as deciding makes it; what is not typed is answered somehow."""
    opened = next(o for o in open_moves(case, sop) if o.move.key == key)
    opened = open_move(case, sop, key, role or opened.roles[0])
    move = opened.move
    form = (*move.form, *sop.register) if move.register and move.to != STAY else move.form
    if any(question.name == VERSION for question in form):
        typed = {VERSION: case.drafts[typed.get(LETTER) or typed_for(form)[LETTER]].version, **typed}
    answers = filled(opened, case, sop, typed_for(form, **typed), with_file=move.file == "wajib")
    kind = file_kind(move, answers)
    version, given = case.drafts[kind].version if kind in case.drafts else 1, len(case.numbers_given) + 1
    signed = document(f"{kind}-v{version}-bertanda-tangan.pdf", kind=kind, version=version)
    check_end(case, sop, target(move, case, sop, answers.values))
    event = Decided(
        move=key,
        start=case.state(sop.first),
        state=target(move, case, sop, answers.values),
        holder=NO_HOLDER,
        login="penguji",
        values=answers.values,
        register=answers.register,
        sheets=called_sheets(move, case, sop, answers),
        numbers={t: f"W.8-{n}" for n, t in enumerate(letters_to_number(move, case, sop, answers.values), start=given)},
        documents=(signed,) if move.file == "wajib" else (),
        letters=letters_acted_on(move, case, sop, answers),
    )
    return then(case, event, role or opened.roles[0], at)


def moved_at(sop: Sop, case: Case, *moves: tuple[str, str] | tuple[str, str, dict[str, str]]) -> Case:
    """The case after these moves, each at its time."""
    for key, at, *typed in moves:
        case = moved(case, sop, key, at=wib(at), **(typed[0] if typed else {}))
    return case


def then(case: Case, event: Event, by: str = "sistem", at: datetime | None = None) -> Case:
    """The case after one more line, a minute after the last one unless said otherwise."""
    last = case.entries[-1]
    moment = at or last.at + timedelta(minutes=1)
    return fold((*case.entries, write_line(last.seq + 1, moment, by, event.kind, as_data(event), last.hash)[1]))


def tended(case: Case, sop: Sop) -> Case:
    """The case after the machine has done all that it owes it, in no time."""
    done = {"baca": lambda d: recognised(), "cetak": lambda d: printed(d.subject, d.version)}
    done["konsep"] = lambda d: _drafted_for(d, case, sop)
    done["hubungkan"] = lambda d: Linked(d.subject, INTO)
    done["pisahkan"] = lambda d: Linked("2026/0098", SPLIT_OFF, source={"document": "01-surat.pdf", "pages": [1]})
    while owed := duties(case, sop):
        case = then(case, done[owed[0].action](owed[0]), at=case.entries[-1].at)
    return case


def _drafted_for(duty: Duty, case: Case, sop: Sop) -> Drafted:
    """The draft that a duty calls for; a number is filled into the version that was approved."""
    approved = approved_draft(case, sop, duty)
    made = drafted(duty.subject, duty.version, duty.trigger)
    return replace(made, issued_from=approved.version) if approved else made
