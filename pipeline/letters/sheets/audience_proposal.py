"""The proposal of an audience (SOP step 5): the memo to the head of the office, which rests on the nota telaahan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.cases.case_kind import AGENCY, GROUP, REPRESENTED
from pipeline.letters.sheets import hands, phrasing, texts
from pipeline.letters.sheets.agency_letter import complainants
from pipeline.letters.sheets.approval import initialling, passed, superiors
from pipeline.letters.sheets.audience import PROPOSED, guests, meetings, when_and_where
from pipeline.letters.sheets.complaint_words import came, complaint_called, kind_of
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import WIB, Cases, made
from pipeline.letters.sheets.texts import internal
from pipeline.letters.sheets.to_complainant import alone
from pipeline.office import wording
from pipeline.office.office import Office

PROPOSAL = "05-usulan-audiensi"
_MEMO = "04-nota-telaahan"
_REVIEWED, _MEMO_DECIDED = "telaah", "putuskan-nota"
_INDICATION = {
    "ya": "terdapat indikasi pelanggaran hak asasi manusia",
    "tidak": "tidak terdapat indikasi pelanggaran hak asasi manusia",
}
_COMPETENCE = {"ya": "berwenang menanganinya", "tidak": "tidak berwenang menanganinya"}
#: The letter by which an edition of the SOP invites the complainant.
_OWN_INVITATION = "05-undangan-pelapor"


def _proposal(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last(PROPOSED), facts.letter_date
    reasons = [phrasing.sentence(text) for text in texts.paragraphs(move, "alasan")]
    own = _called_apart(facts)
    others = guests(facts, move) if own else texts.items(move, "pihak")
    return {
        **internal(facts, office),
        "tujuan_jabatan": texts.held_on(hands.approving(facts, office), day, office),
        "melalui": passed(facts, office, hands.between(facts, office)),
        "persetujuan": superiors(facts, office, hands.between(facts, office)),
        "paraf": initialling(facts, office),
        "lampiran_naskah": wording.counted(1, "berkas") if facts.letters_of(_MEMO) else "-",
        **_review(facts, office),
        **_decision(facts, office),
        **when_and_where(move),
        "pokok_perkara": complaint_called(facts),
        "cara_masuk": came(facts),
        "acara": phrasing.capital(texts.line(move, "acara")),
        "alasan": reasons,
        "satu_alasan": phrasing.because(alone(reasons)),
        "pihak": texts.items(move, "pihak"),
        "undangan": others,
        "satu_undangan": alone(others),
        "undangan_pelapor": own,
    }


def _called_apart(facts: SheetFacts) -> str:
    """Return who complains as the list of guests calls them who get a letter of their own; empty where none does."""
    if texts.from_news(facts) or _OWN_INVITATION not in facts.templates:
        return ""
    kind, people = kind_of(facts), complainants(facts)
    words = {AGENCY: "instansi yang melimpahkan pengaduan", REPRESENTED: f"kuasa {people}"}
    words[GROUP] = "wakil kelompok pelapor"
    called = next((word for trait, word in words.items() if trait in kind), people)
    return f"{called} (melalui undangan tersendiri)"


def _review(facts: SheetFacts, office: Office) -> dict[str, str]:
    """Return number and date of the nota telaahan, and what it concludes."""
    numbered, move = facts.letters_of(_MEMO), facts.last(_REVIEWED)
    at = numbered[-1].at if numbered else move.at if move else None
    competent = _COMPETENCE.get(texts.line(move, "berwenang"))
    parts = (_INDICATION.get(texts.line(move, "indikasi")), f"{office.name} {competent}" if competent else "")
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
        "pemutus": texts.decided_by(hands.approving(facts, office), move.at.date(), office) if move else "",
        "tanggal_putusan": wording.long_date(move.at) if move else "",
        "putusan": phrasing.within(texts.line(move, "keputusan")),
        "catatan_putusan": note,
    }


SHEETS: Mapping[str, Maker] = {PROPOSAL: _proposal}

_WHY = (
    "Keterangan pelapor mengenai waktu mulai tercemarnya sumur perlu dicocokkan dengan keterangan perusahaan.\n"
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
