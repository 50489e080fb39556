"""The proposal of an audience (SOP step 5): the memo to the head of the office, which rests on the nota telaahan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.audience import PROPOSED, matter, meetings, when_and_where
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import WIB, Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

PROPOSAL = "05-usulan-audiensi"
_MEMO = "04-nota-telaahan"
_REVIEWED, _MEMO_DECIDED = "telaah", "putuskan-nota"
_INDICATION = {
    "ya": "terdapat indikasi pelanggaran hak asasi manusia",
    "tidak": "tidak terdapat indikasi pelanggaran hak asasi manusia",
}
_COMPETENCE = {"ya": "kantor ini berwenang menanganinya", "tidak": "kantor ini tidak berwenang menanganinya"}


def _proposal(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last(PROPOSED), facts.letter_date
    return {
        **internal(facts, office, "kabid"),
        "tujuan_jabatan": texts.held_on("kakanwil", day, office),
        "melalui": [texts.held_on("kadiv", day, office)],
        **_review(facts),
        **_decision(facts, office),
        **when_and_where(move),
        "pokok_perkara": matter(facts, hide=False),
        "pengadu": said_of_complainant(facts),
        "acara": texts.capital(texts.line(move, "acara")),
        "alasan": [texts.capital(text) for text in texts.paragraphs(move, "alasan")],
        "pihak": texts.items(move, "pihak"),
    }


def said_of_complainant(facts: SheetFacts) -> str:
    """Return who complains as a memo inside the office says it, whole; nothing where it is not known."""
    people = facts.fields.get("pelapor") or []
    names = [name for person in people if isinstance(person, Mapping) and (name := said(person.get("nama")))]
    more = f" dan {wording.counted(len(people) - 1, 'orang lainnya')}" if names and len(people) > 1 else ""
    person = f"{names[0]}{more}" if names else ""
    body = said(facts.fields.get("lembaga_pelapor"))
    return f"{body}, yang diwakili {person}" if body and person else body or person


def _review(facts: SheetFacts) -> dict[str, str]:
    """Return number and date of the nota telaahan, and what it concludes."""
    numbered, move = facts.letters_of(_MEMO), facts.last(_REVIEWED)
    at = numbered[-1].at if numbered else move.at if move else None
    parts = (_INDICATION.get(texts.line(move, "indikasi")), _COMPETENCE.get(texts.line(move, "berwenang")))
    return {
        "nomor_nota": numbered[-1].number if numbered else "",
        "tanggal_nota": wording.long_date(at) if at else "",
        "simpulan_nota": " dan ".join(part for part in parts if part),
    }


def _decision(facts: SheetFacts, office: Office) -> dict[str, str]:
    """Return who decided on the nota, when, for what, and what was added."""
    move = facts.last(_MEMO_DECIDED)
    note = " ".join(texts.paragraphs(move, "catatan")).rstrip(".")
    return {
        "pemutus": texts.held_on("kakanwil", move.at.date(), office) if move else "",
        "tanggal_putusan": wording.long_date(move.at) if move else "",
        "putusan": texts.within(texts.line(move, "keputusan")),
        "catatan_putusan": note,
    }


SHEETS: Mapping[str, Maker] = {PROPOSAL: _proposal}

_WHY = (
    "Keterangan pelapor dan terlapor berbeda mengenai waktu mulai tercemarnya sumur, sehingga perlu dipertemukan.\n"
    "Pemulihan air bersih memerlukan kesanggupan tertulis dari perusahaan dan pengawasan dinas."
)
_AT = datetime(2026, 11, 27, 10, 0, tzinfo=WIB)
_REVIEW = (
    made(_REVIEWED, "kasubbid", indikasi="ya", berwenang="ya", saran="audiensi"),
    replace(made(_MEMO_DECIDED, "kakanwil", keputusan="audiensi", catatan="Undang pula pemerintah desa."), at=_AT),
)
_NUMBERED = (NumberedLetter(_MEMO, "W.8.HA.01.07-0031", datetime(2026, 11, 26, 9, 0, tzinfo=WIB)),)


def _case(move: MoveMade, *before: MoveMade, **changes: Any) -> dict[str, Any]:
    return {"moves": (*before, move), **changes}


_MOVES = meetings(PROPOSED, {"alasan": _WHY})
CASES: Cases = {
    PROPOSAL: {
        "kosong": _case(meetings(PROPOSED, {"alasan": "Para pihak perlu dipertemukan."})["kosong"]),
        "lazim": _case(_MOVES["lazim"], *_REVIEW, letters=_NUMBERED, drafted_on=date(2026, 11, 30)),
        "panjang": _case(
            replace(_MOVES["panjang"], values={**_MOVES["panjang"].values, "alasan": "\n".join([_WHY] * 4)}),
            *_REVIEW,
            letters=(replace(_NUMBERED[0], number="W.8-HA.01.07-1234567/KANWIL-BENGKULU/YANKOMAS/2026"),),
        ),
    }
}
