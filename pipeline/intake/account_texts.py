"""What an outcome means for the inbox account, and in which words the mailroom hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from pipeline.errors import Refused
from pipeline.intake import outcome_texts
from pipeline.intake.account import Part, State
from pipeline.intake.outcomes import Accepted, Added, Duplicate, Fate, Outcome, SetAside, TakenBack

#: The code of a file whose bytes are registered already.
TWIN = "ganda"


def account_parts(outcome: Outcome, place: str = "") -> tuple[Part, ...]:
    """Return the account's parts for an outcome; ``place`` is where a file that was set aside lies."""
    whole = outcome_texts.refusal(outcome)
    return tuple(
        replace(_part(part.fate, whole), pages=outcome_texts.ranges(part.pages), place=place if whole else "")
        for part in outcome_texts.parts_of(outcome)
    )


def _part(fate: Fate, whole: Refused | None) -> Part:
    match fate:
        case Accepted(number):
            return Part(State.REGISTERED, str(number))
        case Added(number, document):
            return Part(State.ATTACHED, str(number), document)
        case TakenBack(origin):
            return Part(State.ATTACHED, str(origin.number), f"{origin.template} v{origin.version} bertanda tangan")
        case Duplicate(number):
            why = (whole.code, whole.message, whole.remedy) if whole and whole.code == TWIN else (TWIN, "", "")
            return Part(State.DUPLICATE, str(number), "", *why)
        case SetAside(reason):
            return Part(State.REFUSED, "", "", reason.code, reason.message, reason.remedy)


def refusal_text(name: str, reason: Refused, at: datetime, claim: str) -> str:
    """Return what the clerk reads beside a file that was set aside; its last line lets ``rebuild`` find the claim."""
    return (
        "BERKAS INI TIDAK DIDAFTARKAN\n\n"
        f"Berkas : {name}\n"
        f"Waktu  : {at:%d-%m-%Y %H.%M} {at.tzname()}\n"
        f"Sebab  : {reason.message}\n"
        f"Saran  : {reason.remedy}\n\n"
        "Berkas aslinya tidak diubah dan ada di samping catatan ini. Untuk mencobanya lagi, pindahkan ke kotak masuk.\n"
        f"\nTanda  : {claim} {reason.code}\n"
    )


def incomplete(size: int, gap: str) -> Refused:
    """Return why a file whose end never came is refused."""
    return Refused(
        "terpotong" if size else "kosong",
        f"Berkas tidak utuh: {gap}.",
        "Pindai atau salin ulang suratnya sampai selesai, lalu letakkan lagi di kotak masuk.",
    )


def unreadable(what: str) -> Refused:
    """Return why a file is refused that stopped its reader every time."""
    return Refused(
        "mesin",
        f"Berkas tiga kali menghentikan program pembaca ({what})",
        "Pindai ulang suratnya, atau kirim berkas ini kepada pengelola.",
    )


def lost() -> Refused:
    """Return why a file ended that somebody took away in the middle of the work."""
    return Refused(
        "hilang",
        "Berkas diambil orang dari folder kerja kotak masuk sebelum selesai diperiksa.",
        "Cari berkasnya, lalu letakkan lagi di kotak masuk.",
    )
