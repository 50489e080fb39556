"""What must be true of a file before it is filed as the signed letter, and what is noted of it.

Who delivers a scan is not who signed it, and a page code says which letter a page is, not that anybody signed. So a
file proves by itself that it is this letter, signed: by ink in the place of the signature on pages that say what was
printed, or by a certificate's signature over our very PDF. What proves nothing is refused, unless an official who may
sign says that it is so, with a reason that stays with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.errors import NotAllowed, Refused

#: The answer by which an official has a file taken that proves nothing, with the reason; and its key in what is noted.
UNPROVEN = "tanpa_bukti"
#: By what a letter is proven.
INK, CERTIFICATE = "tinta", "sertifikat"
#: Who is said to have delivered what came through the inbox.
SCANNER = "pemindai"
#: The code of a file that is no proof.
NO_PROOF = "tanpa-bukti"
#: Why a file is kept that proves nothing, where no official was asked.
_NOT_AWAITED = "tanda tangannya tidak ditunggu"
#: Words and sentences that are told of a page, and of a file.
_MOST_WORDS, _MOST_FAULTS = 6, 4


@dataclass(frozen=True, slots=True)
class ProvenPage:
    """A page of the letter (from 1) on a file that came: which file and page of it, and what was found there.

    ``turned`` is by how much it had to be turned; ``ink`` are the names in whose places there is ink, ``without`` those
    in whose places there is none; ``other`` are words that are otherwise: printed and read.
    """

    page: int
    file: str
    at: int
    turned: int = 0
    ink: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found when files were examined as a signed letter.

    ``way`` is :data:`INK` or :data:`CERTIFICATE`; ``found`` says in words what proves it, ``faults`` why it is no proof
    (sentences; none: it is proven) and ``remedy`` what to do then. ``upright`` is a PDF of its pages, upright and in
    order (empty: the file itself is one).
    """

    way: str
    found: str
    faults: tuple[str, ...] = ()
    remedy: str = ""
    pages: tuple[ProvenPage, ...] = ()
    upright: bytes = b""


def proven(
    examined: Examination, title: str, *, role: str, signers: Sequence[str], head: str, reason: str
) -> dict[str, Any]:
    """Return what is noted of a file that is proven, or that an official vouches for with a reason.

    Who may: those who sign the letter, and the ``head`` of all.

    Raises:
        Refused: it proves nothing; says what was found.
        NotAllowed: this role cannot vouch for it.
    """
    noted = _noted_of(examined, signers)
    if not examined.faults:
        return noted
    if not reason:
        raise Refused(NO_PROOF, f"{title}: {told(examined.faults)}", examined.remedy)
    if role not in (*signers, head):
        raise NotAllowed(
            f"Peran {role!r} tidak dapat menerima {title} tanpa bukti.",
            f"Yang dapat: {', '.join(dict.fromkeys((*signers, head)))}.",
        )
    return {**noted, "faults": list(examined.faults), UNPROVEN: reason}


def as_it_is(examined: Examination) -> dict[str, Any]:
    """Return what is noted of a file of a sheet that needs no proof, because nothing waits for its signature.

    One half of a receipt comes back: it says less than the print, and is filed with what is missing on it.
    """
    noted = _noted_of(examined, ())
    return {**noted, "faults": list(examined.faults), UNPROVEN: _NOT_AWAITED} if examined.faults else noted


def _noted_of(examined: Examination, signers: Sequence[str]) -> dict[str, Any]:
    return {
        "way": examined.way,
        "signer": signers[0] if signers else "",
        "found": examined.found,
        "pages": [_noted(page) for page in examined.pages],
    }


def _noted(page: ProvenPage) -> dict[str, Any]:
    """Return a page as a journal's line has it."""
    return {
        **asdict(page),
        "ink": list(page.ink),
        "without": list(page.without),
        "other": [list(pair) for pair in page.other],
    }


def told(faults: Sequence[str]) -> str:
    """Return the first few sentences of what is wrong, and how many more there are."""
    more = len(faults) - _MOST_FAULTS
    return " ".join(faults[:_MOST_FAULTS]) + (f" Dan {more} hal lain." if more > 0 else "")


def other_words(page: int, other: Sequence[tuple[str, str]]) -> str:
    """Return a sentence about words of a page that are otherwise."""
    said = "; ".join(_other_word(printed, read) for printed, read in other[:_MOST_WORDS])
    more = len(other) - _MOST_WORDS
    return f"Halaman {page} berbunyi lain daripada naskahnya: {said}{f', dan {more} kata lain' if more > 0 else ''}."


def _other_word(printed: str, read: str) -> str:
    if not printed:
        return f"'{read}' ditambahkan"
    return f"'{printed}' terbaca '{read}'" if read else f"'{printed}' tidak ada"


def brought(proof: Mapping[str, Any], by: str) -> tuple[str, str]:
    """Return how a signed file came, and by whom, in words."""
    if by == SCANNER:
        return "masuk lewat", "kotak masuk"
    return ("diserahkan oleh" if proof.get("way") == CERTIFICATE else "dipindai oleh"), by


def found_words(proof: Mapping[str, Any]) -> str:
    """Return what was noted of a file, in words."""
    if reason := proof.get(UNPROVEN):
        return f"tanpa bukti: {reason} ({' '.join(map(str, proof.get('faults', ()))).rstrip('.')})"
    without = [name for page in proof.get("pages", ()) for name in page.get("without", ())]
    return str(proof.get("found", "")) + (f"; tanpa tanda tangan: {', '.join(without)}" if without else "")
