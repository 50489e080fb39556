"""What a sheet without a module says, of another service or added by the office: its values follow from the SOP's data.

Besides what every sheet has (letterhead, numbers, dates, who signs), a template may name ``isian.NAMA`` (the answers of
the register), ``gerak.KUNCI.NAMA`` (the newest move of that key: ``tanggal``, ``oleh``, ``kepada``, and its form's
answers; a question called so is what stands there) and ``disposisi`` (a row for each move by which the case was passed
on). Everything is text, or a list of texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.cases.key_labels import choice_label
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import FormField, Sheet
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.sheet_facts import MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import BASE, field
from pipeline.office import wording
from pipeline.office.office import Office

#: The kinds of answers that are lists.
_LISTS = ("daftar", "orang", "pilihan-banyak")
_ANSWERS, _MOVES, _WAY = "isian", "gerak", "disposisi"
_INVENTED = {"kosong": "", "lazim": "Contoh isian", "panjang": "Contoh isian yang panjang sekali " * 20}
_MEANINGS = {
    "tanggal": "kapan gerak itu terakhir dilakukan",
    "oleh": "jabatan yang melakukannya",
    "kepada": "kepada siapa perkara itu diteruskan",
    "dari": "siapa yang meneruskannya",
}


@dataclass(frozen=True, slots=True)
class GenericField:
    """A field that a template of a service may name: how it is written there, what it means."""

    name: str
    meaning: str


def values(template: str, facts: SheetFacts, sop: Sop, office: Office) -> dict[str, Any]:
    """Return the values of a sheet that the edition calls for, beside those that every sheet has."""
    sheet = sop.sheet(template)
    return {
        **_letter(sheet, facts, office),
        _ANSWERS: {asked.name: _answer(asked, facts.fields.get(asked.name)) for asked in sop.register},
        _MOVES: {_name(key): _move(key, form, facts, office) for key, form in _forms(sop).items()},
        _WAY: [_row(move, form, office) for move, form in _passed_on(facts, sop)],
        "layanan": sop.title,
        "sop_nomor": sop.number,
        "sop_nama": sop.title,
        "langkah": next((step.activity for step in sop.steps if step.number == sheet.step), ""),
        "lembar": wording.one_line(template.partition("-")[2].replace("-", " ")).capitalize(),
    }


def fields(template: str, sop: Sop) -> tuple[GenericField, ...]:
    """Return what a template of this edition may name besides what every sheet has."""
    found = [GenericField(f"{_ANSWERS}.{asked.name}", asked.label) for asked in sop.register]
    for key, form in _forms(sop).items():
        meanings = {name: _MEANINGS[name] for name in ("tanggal", "oleh", "kepada")}
        meanings |= {asked.name: asked.label for asked in form}
        found += [GenericField(f"{_MOVES}.{_name(key)}.{name}", meaning) for name, meaning in meanings.items()]
    found += [GenericField(f"{_WAY} (baris: {name})", _MEANINGS[name]) for name in ("tanggal", "dari", "kepada")]
    return (*found, GenericField(f"{_WAY} (baris: isi)", "apa yang ditulis dalam formulirnya"))


def specimen_facts(template: str, sop: Sop) -> dict[str, SheetFacts]:
    """Return what is known of the invented cases of an edition; all persons and words are invented."""
    sheet = sop.sheet(template)
    return {
        name: replace(
            base,
            edition=sop,
            fields={asked.name: _invented(asked, _INVENTED[name]) for asked in sop.register if _INVENTED[name]},
            moves=tuple(_specimen_moves(sop, _INVENTED[name])),
            lanes={lane.role: lane.name for lane in sop.lanes},
            initials=sheet.initials,
            signers=sheet.signers,
            series=sheet.series,
            templates=tuple(one.template for one in sop.sheets),
        )
        for name, base in BASE.items()
    }


def _letter(sheet: Sheet, facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return number, date, and who signs; of a sheet that nobody signs they are empty."""
    if not sheet.signer:
        return dict.fromkeys(("tanda_konsep", "nomor_naskah", "tanggal_naskah"), "") | {"paraf": []} | _NOBODY
    return texts.issued(facts, office) if sheet.outgoing else texts.internal(facts, office)


_NOBODY = dict.fromkeys(("lampiran_naskah", "penandatangan_jabatan", "penandatangan_nama", "penandatangan_nip"), "")


def _forms(sop: Sop) -> dict[str, tuple[FormField, ...]]:
    """Return the questions of every move by its key; of one that there is for several states, all of them."""
    found: dict[str, dict[str, FormField]] = {}
    for move in sop.moves:
        found.setdefault(move.key, {}).update({asked.name: asked for asked in move.form})
    return {key: tuple(form.values()) for key, form in found.items()}


def _move(key: str, form: Sequence[FormField], facts: SheetFacts, office: Office) -> dict[str, Any]:
    made = facts.last(key)
    told = {asked.name: _typed(asked, made) for asked in form}
    if made is None:
        return {"tanggal": "", "oleh": "", "kepada": "", **told}
    day = made.at.date()
    to = texts.held_on(made.passed_to, day, office) if made.passed_to else ""
    return {"tanggal": wording.long_date(day), "oleh": texts.decided_by(made.role, day, office), "kepada": to, **told}


def _passed_on(facts: SheetFacts, sop: Sop) -> Iterable[tuple[MoveMade, tuple[FormField, ...]]]:
    """Return the moves, oldest first, by which the case came to another role."""
    forms = _forms(sop)
    return [(made, forms.get(made.key, ())) for made in facts.moves if made.passed_to and made.passed_to != made.role]


def _row(made: MoveMade, form: Sequence[FormField], office: Office) -> dict[str, str]:
    day = made.at.date()
    said = (_typed(asked, made) for asked in form)
    return {
        "tanggal": wording.long_date(day),
        "dari": texts.decided_by(made.role, day, office),
        "kepada": texts.held_on(made.passed_to, day, office),
        "isi": "\n".join(text for one in said if (text := "; ".join(one) if isinstance(one, list) else one)),
    }


def _typed(asked: FormField, made: MoveMade | None) -> Any:
    """Return an answer of a move's form as its template prints it."""
    if asked.kind in _LISTS:
        return [_plain(asked, one) for one in (texts.items(made, asked.name) if made else [])]
    value = made.values.get(asked.name) if made else None
    return "" if value is None else _plain(asked, value)


def _answer(asked: FormField, known: Any) -> Any:
    """Return a field of the register as its template prints it."""
    if asked.kind == "orang":
        people = known if isinstance(known, list | tuple) else []
        return [name for one in people if isinstance(one, Mapping) and (name := wording.said(one.get("nama")))]
    if asked.kind in _LISTS:
        return [_plain(asked, one) for one in wording.all_said(known)]
    return _plain(asked, wording.said(known))


def _plain(asked: FormField, value: Any) -> str:
    text = str(value)
    if asked.kind == "tanggal":
        return wording.date_from(text)
    if asked.kind == "waktu" and text:
        return wording.date_and_hour(datetime.fromisoformat(text))
    if asked.kind in ("pilihan", "pilihan-banyak"):
        return choice_label(text)
    return text if asked.kind == "paragraf" else wording.one_line(text)


def _name(key: str) -> str:
    """Return a move's key as a template can write it (``jadikan_pengaduan``)."""
    return key.replace("-", "_")


def _specimen_moves(sop: Sop, words: str) -> Iterable[MoveMade]:
    if not words:
        return
    at = BASE["lazim"].received_at
    awaits = {state.key: next(iter(state.awaits), "") for state in sop.states}
    for move in sop.moves:
        role = next((role for role in move.roles if role in {lane.role for lane in sop.lanes}), "")
        told = {asked.name: _said(asked, words) for asked in move.form}
        yield MoveMade(move.key, at, role, told, passed_to=awaits.get(move.to, ""))


def _said(asked: FormField, words: str) -> Any:
    if asked.kind in ("tanggal", "waktu"):
        return "2026-11-25" if asked.kind == "tanggal" else "2026-11-25T08:15:00+07:00"
    if asked.choices:
        return [asked.choices[0]] if asked.kind in _LISTS else asked.choices[0]
    return [words, words] if asked.kind in _LISTS else words


def _invented(asked: FormField, words: str) -> Any:
    said = _said(asked, words)
    if asked.kind == "orang":
        return [{"nama": field(words)}]
    return [field(one) for one in said] if isinstance(said, list) else field(said)
