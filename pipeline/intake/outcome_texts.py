"""What became of a file, in the mailroom's words, and whether the file itself is to be set aside."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Refused
from pipeline.intake.outcomes import Accepted, Added, Duplicate, Fate, Outcome, Part, Parted, SetAside, TakenBack

_AGAIN = " (melanjutkan yang terhenti)"


def parts_of(outcome: Outcome) -> tuple[Part, ...]:
    """Return what became of each part; a file that was not parted is one, with no pages named."""
    return outcome.parts if isinstance(outcome, Parted) else (Part((), outcome),)


def refusal(outcome: Outcome) -> Refused | None:
    """Return why the file is to be set aside as it came: a part found no place, or there was nothing new in it."""
    parts = parts_of(outcome)
    held = [part for part in parts if isinstance(part.fate, SetAside)]
    if len(parts) == 1 or not held:
        return _of_one(parts[0].fate) if len(parts) == 1 else _nothing_new(parts)
    reasons = [part.fate.reason for part in held if isinstance(part.fate, SetAside)]
    return Refused(reasons[0].code, "; ".join(map(told, parts)) + ".", " ".join(dict.fromkeys(map(_remedy, reasons))))


def case_of(fate: Fate) -> CaseNumber | None:
    """Return the case that has something to be done for it now."""
    match fate:
        case Accepted(number) | Added(number):
            return number
        case TakenBack(origin):
            return origin.number
    return None


def counted(fate: Fate) -> str:
    """Return under which heading the day's counts have it."""
    match fate:
        case Accepted():
            return "terdaftar"
        case Added():
            return "lampiran"
        case TakenBack():
            return "kembali bertanda tangan"
        case Duplicate():
            return "ganda"
    return "ditolak"


def told(part: Part) -> str:
    """Return one line: which pages, and where they are now."""
    where = f"halaman {ranges(part.pages)}: " if part.pages else ""
    return where + _told(part.fate)


def ranges(pages: Sequence[int]) -> str:
    """Return pages as people write them: ``1-3, 5``."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _told(fate: Fate) -> str:
    match fate:
        case Accepted(number, again):
            return f"{number}" + _AGAIN * again
        case Added(number, document, again, note):
            return f"{number}: lampiran {document}" + _AGAIN * again + (f" ({note})" if note else "")
        case TakenBack(origin, again):
            there = " (sudah ada)" if again else ""
            return f"{origin.number}: {origin.template} v{origin.version} bertanda tangan{there}"
        case Duplicate(number):
            return f"sudah ada pada {number}"
        case SetAside(reason):
            return reason.message.rstrip(".")


def _of_one(fate: Fate) -> Refused | None:
    match fate:
        case SetAside(reason):
            return reason
        case Duplicate(number):
            return Refused(
                "ganda",
                f"Isi berkas ini sama persis dengan surat yang sudah terdaftar sebagai {number}.",
                "Tidak perlu didaftarkan lagi. Bila ini surat lain, pindailah surat itu sendiri.",
            )
    return None


def _nothing_new(parts: Sequence[Part]) -> Refused | None:
    if not all(isinstance(part.fate, Duplicate) for part in parts):
        return None
    return Refused(
        "ganda",
        f"Semua bagian berkas ini sudah pernah diterima: {'; '.join(map(told, parts))}.",
        "Tidak perlu diserahkan lagi. Bila ada surat baru di dalamnya, pindailah surat itu sendiri.",
    )


def _remedy(reason: Refused) -> str:
    return reason.remedy
