"""What becomes of a file that was taken from the inbox: its outcome, in the mailroom's words and the account's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Refused
from pipeline.intake.account import AccountPart, State
from pipeline.letters.page_codes import Origin

#: The code of a file whose bytes are registered already.
TWIN = "ganda"
#: How the note begins that lies beside a file that was set aside.
NOTE_HEAD = "BERKAS INI TIDAK DIDAFTARKAN"
_AGAIN = " (melanjutkan yang terhenti)"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The complaint has this number; the claimed file may go. ``again`` if it had it before a crash already."""

    number: CaseNumber
    again: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """The pages lie with this case now, as an attachment of this name. ``again`` if they did before a crash already.

    ``note`` is what the mailroom should know (the case has ended), in Indonesian.
    """

    number: CaseNumber
    document: str
    again: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The scan lies with its case now, as the signed version of this sheet. ``again`` if these bytes did already.

    ``awaited`` are pages of the sheet that are still to come: until then it is not filed as signed.
    """

    origin: Origin
    again: bool = False
    awaited: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The bytes are those of a complaint or an attachment of the case that has this number."""

    number: CaseNumber


@dataclass(frozen=True, slots=True)
class SetAside:
    """The file, or part of it, is not taken in, for this reason."""

    reason: Refused


Fate = Accepted | Added | TakenBack | Duplicate | SetAside


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """What became of some pages (from 1, ascending; none named: all) of a file."""

    pages: tuple[int, ...]
    fate: Fate


@dataclass(frozen=True, slots=True)
class Parted:
    """What became of a file that held several things; no page is missing: parts, separators and blanks make the file.

    The claimed file may go once no part is set aside. If one is, the whole file is set aside as it came; the parts
    that found their place are known again by their bytes when it is dropped once more.
    """

    parts: tuple[PartOutcome, ...]
    separators: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()


Outcome = Fate | Parted


def parts_of(outcome: Outcome) -> tuple[PartOutcome, ...]:
    """Return what became of each part; a file that was not parted is one, with no pages named."""
    return outcome.parts if isinstance(outcome, Parted) else (PartOutcome((), outcome),)


def refusal(outcome: Outcome) -> Refused | None:
    """Return why the file is to be set aside as it came: a part found no place, or there was nothing new in it."""
    match outcome:
        case SetAside(reason):
            return reason
        case Duplicate(number):
            return Refused(
                TWIN,
                f"Isi berkas ini sama persis dengan surat yang sudah terdaftar sebagai {number}.",
                "Tidak perlu didaftarkan lagi. Bila ini surat lain, pindailah surat itu sendiri.",
            )
        case Parted((part,)):
            return refusal(part.fate)
        case Parted(parts):
            if reasons := [part.fate.reason for part in parts if isinstance(part.fate, SetAside)]:
                remedies = dict.fromkeys(reason.remedy for reason in reasons)
                return Refused(reasons[0].code, "; ".join(map(told, parts)) + ".", " ".join(remedies))
            if all(isinstance(part.fate, Duplicate) for part in parts):
                return Refused(
                    TWIN,
                    f"Semua bagian berkas ini sudah pernah diterima: {'; '.join(map(told, parts))}.",
                    "Tidak perlu diserahkan lagi. Bila ada surat baru di dalamnya, pindailah surat itu sendiri.",
                )
    return None


def case_of(fate: Fate) -> CaseNumber | None:
    """Return the case that has something to be done for it now."""
    match fate:
        case Accepted(number) | Added(number):
            return number
        case TakenBack(origin):
            return origin.number
    return None


def heading(fate: Fate) -> str:
    """Return under which heading the day's counts have a part that came to a case."""
    match fate:
        case Accepted():
            return "terdaftar"
        case TakenBack(awaited=awaited):
            return "kembali sebagian" if awaited else "kembali bertanda tangan"
    return "lampiran"


def told(part: PartOutcome) -> str:
    """Return one line: which pages, and where they are now."""
    where = f"halaman {ranges(part.pages)}: " if part.pages else ""
    match part.fate:
        case Accepted(number, again):
            return f"{where}{number}" + _AGAIN * again
        case Added(number, document, again, note):
            return f"{where}{number}: lampiran {document}" + _AGAIN * again + (f" ({note})" if note else "")
        case TakenBack(origin, again) as back:
            there = " (sudah ada)" if again else ""
            return f"{where}{origin.number}: {_returned(back)}{there}"
        case Duplicate(number):
            return f"{where}sudah ada pada {number}"
        case SetAside(reason):
            return where + reason.message.rstrip(".")


def _returned(fate: TakenBack) -> str:
    sheet = f"{fate.origin.template} v{fate.origin.version}"
    if fate.awaited:
        return f"{sheet} sebagian; menunggu halaman {ranges(fate.awaited)}"
    return f"{sheet} bertanda tangan"


def ranges(pages: Sequence[int]) -> str:
    """Return pages as people write them: ``1-3, 5``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def account_parts(outcome: Outcome, place: str = "") -> tuple[AccountPart, ...]:
    """Return the account's parts for an outcome; ``place`` is where a file that was set aside lies."""
    whole = refusal(outcome)

    def part(fate: Fate) -> AccountPart:
        match fate:
            case Accepted(number):
                return AccountPart(State.REGISTERED, str(number))
            case Added(number, document):
                return AccountPart(State.ATTACHED, str(number), document)
            case TakenBack(origin) as back:
                return AccountPart(State.ATTACHED, str(origin.number), _returned(back))
            case Duplicate(number):
                why = (whole.code, whole.message, whole.remedy) if whole and whole.code == TWIN else (TWIN, "", "")
                return AccountPart(State.DUPLICATE, str(number), "", *why)
            case SetAside(reason):
                return AccountPart(State.REFUSED, "", "", reason.code, reason.message, reason.remedy)

    return tuple(
        replace(part(each.fate), pages=ranges(each.pages), place=place if whole else "") for each in parts_of(outcome)
    )


def refusal_text(name: str, reason: Refused, at: datetime, claim: str) -> str:
    """Return what the clerk reads beside a file that was set aside; its last line lets ``rebuild`` find the claim."""
    return (
        f"{NOTE_HEAD}\n\n"
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
