"""What happened to a case, line by line of its journal, in the office's words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.cases.acted import NOBODY, Acted, acted
from pipeline.cases.archived import Archived, told_of
from pipeline.cases.case import Case
from pipeline.cases.cleared_words import CLEARED, QUESTION
from pipeline.cases.corrections import BEFORE
from pipeline.cases.deliveries import told as delivered
from pipeline.cases.event_lines import from_data
from pipeline.cases.events import (
    BECAME,
    CAME_OF,
    FROM,
    INTO,
    MERGED_INTO,
    SPLIT_FROM,
    SPLIT_OFF,
    Attached,
    AttachmentRead,
    Confirmed,
    Decided,
    Disputed,
    Drafted,
    Event,
    Failed,
    Linked,
    PartReturned,
    Printed,
    Received,
    Recognised,
    Retried,
    Returned,
    Validated,
    Withdrawn,
)
from pipeline.cases.imported import Imported
from pipeline.cases.journal import MACHINE
from pipeline.cases.key_labels import choice_label, duty_words, role_name
from pipeline.cases.lent import ROLE
from pipeline.cases.mailed_receipt import WORDS, ReceiptMailed
from pipeline.cases.moves import LETTER, VOUCHING
from pipeline.cases.owed_letters import has_complainant
from pipeline.cases.redacted import Redacted
from pipeline.cases.signature_proof import brought, found_words
from pipeline.cases.signed_files import UNCHECKED
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import FormField, Move
from pipeline.cases.sop_words import NOBODY as NO_COMPLAINANT
from pipeline.cases.sop_words import SOMEBODY
from pipeline.cases.transferred import BACK, CAME, OFFERED, REFUSED, SHOWN, TAKEN, Transferred
from pipeline.cases.transfers import TO_OFFICE, TRANSFER
from pipeline.office.stored_text import unpacked
from pipeline.office.wording import as_moment, cells_apart, spelled_out

#: What a label says to whoever fills it in: the columns of ``Yang hadir (nama | jabatan/instansi)``, what blank means.
_HINTS = re.compile(r"\s*\([^()]*[|:][^()]*\)")

_LINKS = {
    INTO: "Digabung ke perkara {other}",
    FROM: "Perkara {other} digabung ke sini",
    SPLIT_OFF: "Sebagian halaman menjadi perkara {other}",
    SPLIT_FROM: "Berasal dari perkara {other}",
    BECAME: "Surat ini menjadi perkara {other}",
    CAME_OF: "Berasal dari {other} layanan lain",
}
_TRANSFERS = {
    OFFERED: "Ditawarkan kepada kantor {office}",
    SHOWN: "Disampaikan kepada {office}",
    TAKEN: "Diterima {office}",
    REFUSED: "Ditolak kantor {office}: {reason}",
    BACK: "Ditarik kembali dari {office}, belum dijawab",
    CAME: "Dipindahkan ke sini dari kantor {office}, nomornya di sana {number}",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened: when, by which role, who acted in whose place, what, and the words that were written.

    ``machine``: nobody did it.
    """

    at: datetime
    role: str
    by: Acted
    title: str
    words: tuple[tuple[str, str], ...] = ()
    machine: bool = False


def timeline(case: Case, sop: Sop, told: Callable[[str], bool] = lambda _other: True) -> tuple[Happening, ...]:
    """Return what happened, oldest first; of other cases only those of which whoever reads it may be ``told``."""
    happened = []
    for entry in case.entries:
        event = from_data(entry.kind, entry.data)
        if isinstance(event, Linked) and not told(event.other):
            continue
        if case.gone:  # what was written went with the content
            bare = replace(event, reason="…") if isinstance(event, Transferred) and event.reason else event
            title = move_title(event, case, sop) if isinstance(event, Decided) else _title(bare, entry.kind)
            words = tuple(_archived(event, gone=True)) if isinstance(event, Archived) else ()
            happened.append(Happening(entry.at, entry.by, acted(event), title, words, machine=entry.by == MACHINE))
            continue
        if isinstance(event, Decided):
            title = move_title(event, case, sop)
            machine = entry.by == MACHINE
            words = (*_words(event, case, sop, told), *_signed(event), *_alone(event), *delivered(event.deliveries))
            who = NOBODY if machine else acted(event)  # a scan came; nobody acted
            happened.append(Happening(entry.at, entry.by, who, title, words, machine=machine))
        else:
            who, machine, words = acted(event), entry.by == MACHINE, tuple(_about_signed(event))
            happened.append(Happening(entry.at, entry.by, who, _title(event, entry.kind), words, machine=machine))
    return tuple(happened)


def spoken(value: Any) -> str:
    """Return an answer as people read it: lists by lines, persons by name, the columns of a row apart."""
    if isinstance(value, list | tuple):
        return "\n".join(filter(None, map(cells_apart, map(spoken, value))))
    if isinstance(value, Mapping) and "nama" in value:
        return spoken(value["nama"])
    text = value if isinstance(value, str) else spelled_out(value)
    return choice_label(text) if isinstance(unpacked(text), str) else spelled_out(text)


def move_title(event: Decided, case: Case, sop: Sop) -> str:
    """Return what a move is called; of several with one key, that which is open where the case stood."""
    if event.move == TRANSFER:  # of no edition of the SOP
        return f"Pindah ke kantor {event.values.get(TO_OFFICE, 'lain')}"
    return next((m.label for m in moves_of_key(event, case, sop)), event.move.replace("-", " ").capitalize())


def moves_of_key(event: Decided, case: Case, sop: Sop) -> list[Move]:
    """Return the moves of the key that was made, first the one that it was: open there, with these sheets.

    A sheet that waits for another's number is called for later, so that two may ask for those that were: one is for
    cases without a complainant.
    """
    corrected = BEFORE in event.values  # after the end, whichever that is
    called, kind = set(event.sheets), SOMEBODY if has_complainant(case, sop, {}) else NO_COMPLAINANT
    return sorted(
        (m for m in sop.moves if m.key == event.move),
        key=lambda m: (
            not (corrected or event.start in m.start)
            or bool(m.act) != bool(event.letters)
            or bool(m.fixed) != corrected,
            not called <= {*m.sheets} or bool(called) != bool(m.sheets),
            m.complainant not in ("", kind),
            m.sheets != event.sheets,
        ),
    )


def _words(event: Decided, case: Case, sop: Sop, told: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    asked = {f.name: f for m in reversed(moves_of_key(event, case, sop)) for f in m.form}
    asked |= {CLEARED: QUESTION, VOUCHING.name: VOUCHING}
    for name, value in event.values.items():
        if name == BEFORE:
            continue
        field = asked.get(name, FormField(name, name))
        if name == MERGED_INTO and not told(str(value)):
            continue
        if said := _said(field, value):
            yield _HINTS.sub("", field.label), said
    for template, number in event.numbers.items():
        yield f"Nomor {title_of(template).lower()}", str(number)
    known = {f.name: f.label for f in sop.register}
    if BEFORE in event.values:
        yield from _corrected(event, known)
        return
    for label, names in (
        ("Isian register", event.register),
        ("Isian register yang ikut dipisahkan", event.released),
    ):
        if names:
            yield label, ", ".join(known.get(name, name) for name in names)


def _corrected(event: Decided, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each field that was corrected after the end: what stood there, and what was put there."""
    for name, old in event.values[BEFORE].items():
        was, now = (spoken(value) or "(kosong)" for value in (old, event.register.get(name)))
        said = now if now != was else "nama yang sama, dengan rincian lain"
        yield known.get(name, name), f"semula: {was}\nmenjadi: {said}"


def _signed(event: Decided | Returned) -> Iterator[tuple[str, str]]:
    """Yield who delivered a signed letter and what was found on it; never that the official acted."""
    if event.proof:
        how, by = brought(event.proof, event.delivered_by)
        yield how.capitalize(), by
        yield "Pemeriksaan", found_words(event.proof)


def _alone(event: Decided) -> Iterator[tuple[str, str]]:
    """Yield the exception by which one person made both steps of a pair that two people must make."""
    if alone := event.alone:
        yield "Dilakukan satu orang", f"{alone.label}: orang yang sama {alone.first}"
        yield "Alasan kantor merangkap", alone.why


def _about_signed(event: Event | None) -> Iterator[tuple[str, str]]:
    match event:
        case Drafted() if event.cleared:
            yield _HINTS.sub("", QUESTION.label), _said(QUESTION, event.cleared)
        case Imported():
            yield "Buku lama", f"{event.book['name']}, {event.book['sheet']}, baris {event.book['row']}"
            yield "Diambil alih oleh", str(event.book["login"])
            yield "Catatan", "Apa yang terjadi sebelumnya hanya diceritakan buku itu; tidak ada jurnalnya."
        case Validated():
            yield from (("Hasilnya", sentence) for sentence in event.said)
        case Received() | Attached() | PartReturned():
            yield from delivered(event.deliveries)
        case Returned():
            yield from _signed(event) if event.proof else (("Pemeriksaan", UNCHECKED),)
            yield from delivered(event.deliveries)
        case Redacted():
            yield "Dari", event.source
            yield "Untuk", event.recipient
            yield "Alasan", event.reason
            yield "Yang ditutup", event.extent
        case ReceiptMailed() if event.reason:
            yield "Sebab", event.reason
        case Transferred() if event.reason and event.what != REFUSED:
            yield "Alasan", event.reason
        case Archived():
            yield from _archived(event, gone=False)
        case Disputed() | Confirmed() | Withdrawn():
            yield "Berkas", event.document
            yield "Alasan", event.reason


def _archived(event: Archived, *, gone: bool) -> Iterator[tuple[str, str]]:
    """Yield what was answered at an archivist's act, and by which list it was done."""
    for name, value in told_of(event, gone=gone).items():
        yield event.labels.get(name, name), role_name(str(value)) if name == ROLE else spoken(value)
    if event.of_list:
        yield "Menurut daftar", event.of_list


def _said(field: FormField, value: Any) -> str:
    """Return an answer as people read it: days in words, sheets by their titles."""
    said = spoken(value)
    if field.name == LETTER:
        return title_of(said)
    return as_moment(said) if field.kind in ("tanggal", "waktu") else said


def _title(event: Event | None, kind: str) -> str:
    match event:
        case Imported():
            return f"Diambil alih dari buku register lama, nomor {event.register_number}"
        case Received():
            return f"Diterima dan diberi nomor register {event.register_number}"
        case Attached():
            return "Lampiran diterima"
        case Recognised():
            return "Surat dibaca"
        case AttachmentRead():
            return "Lampiran dibaca"
        case Drafted():
            done = f"Disunting oleh {event.editor}" if event.editor else "Dikonsep"
            if event.issued_from:
                done = f"Nomor diisikan ke versi {event.issued_from} yang disetujui"
            return f"{done}: {title_of(event.template).lower()} versi {event.version}"
        case Printed():
            return f"Dijadikan PDF: {title_of(event.template).lower()} versi {event.version}"
        case Returned():
            return f"Kembali bertanda tangan: {title_of(event.template).lower()} versi {event.version}"
        case Validated():
            return f"Tanda tangan elektronik diperiksa: {event.source}"
        case PartReturned():
            pages = ", ".join(map(str, event.pages))
            return f"Kembali sebagian: {title_of(event.template).lower()} versi {event.version}, halaman {pages}"
        case Disputed():
            return f"Tanda tangan disanggah: {title_of(event.template).lower()} versi {event.version}"
        case Confirmed():
            return f"Tanda tangan dikukuhkan: {title_of(event.template).lower()} versi {event.version}"
        case Withdrawn():
            return f"Berkas bertanda tangan ditarik: {title_of(event.template).lower()} versi {event.version}"
        case ReceiptMailed():
            return WORDS[event.outcome]
        case Redacted():
            return "Salinan yang disamarkan dibuat"
        case Linked():
            return _LINKS[event.how].format(other=event.other)
        case Transferred():
            return _TRANSFERS[event.what].format(office=event.office, number=event.number, reason=event.reason)
        case Archived():
            return event.label
        case Failed():
            return f"Mesin tidak dapat menyelesaikan tugasnya: {duty_words(event.duty)}"
        case Retried():
            return f"Dicoba lagi: {duty_words(event.duty)}"
        case _:
            return kind
