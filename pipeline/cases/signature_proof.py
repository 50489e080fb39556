"""What must be true of a file before it is filed as the signed letter, and what is noted of it.

Who delivers a scan is not who signed it, and a page code says which letter a page is, not that anybody signed. So a
file proves by itself that it is this letter, signed: by ink in the place of the signature on pages that say what was
printed, or by a certificate's signature over our very PDF. What proves nothing is refused, unless an official who may
sign says that it is so, with a reason that stays with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from pipeline.cases.line_values import count_in, listed, text_in
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


@dataclass(frozen=True, slots=True)
class FiledProof:
    """What is noted of a file that was filed as the signed letter: the way, the role of whose signature it was to be.

    ``found`` says in words what proves it. Of what proves nothing ``faults`` say why, and ``unproven`` the reason for
    which it was taken all the same.
    """

    way: str
    signer: str = ""
    found: str = ""
    pages: tuple[ProvenPage, ...] = ()
    faults: tuple[str, ...] = ()
    unproven: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return it as a line of the journal has it."""
        told = asdict(self)
        faults, reason = told.pop("faults"), told.pop("unproven")
        return told | ({"faults": faults, UNPROVEN: reason} if reason else {})

    @classmethod
    def from_data(cls, told: Any) -> Self | None:
        """Return what :meth:`as_data` made; None where nobody looked."""
        if not told:
            return None
        way, signer, found, unproven = (text_in(told, key) for key in ("way", "signer", "found", UNPROVEN))
        pages, faults = tuple(map(_page, listed(told, "pages"))), tuple(map(str, listed(told, "faults")))
        return cls(way, signer, found, pages, faults, unproven)


def proven(
    examined: Examination, title: str, *, role: str, signers: Sequence[str], head: str, reason: str
) -> FiledProof:
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
    return replace(noted, faults=examined.faults, unproven=reason)


def as_it_is(examined: Examination) -> FiledProof:
    """Return what is noted of a file of a sheet that needs no proof, because nothing waits for its signature.

    One half of a receipt comes back: it says less than the print, and is filed with what is missing on it.
    """
    noted = _noted_of(examined, ())
    return replace(noted, faults=examined.faults, unproven=_NOT_AWAITED) if examined.faults else noted


def _noted_of(examined: Examination, signers: Sequence[str]) -> FiledProof:
    return FiledProof(examined.way, signers[0] if signers else "", examined.found, examined.pages)


def _page(told: Any) -> ProvenPage:
    """Return a page as it was noted."""
    ink, without = (tuple(map(str, listed(told, key))) for key in ("ink", "without"))
    pairs = (pair for pair in listed(told, "other") if isinstance(pair, list | tuple) and len(pair) == 2)
    page, at, turned = (count_in(told, key) for key in ("page", "at", "turned"))
    other = tuple((str(printed), str(read)) for printed, read in pairs)
    return ProvenPage(page, text_in(told, "file"), at, turned, ink, without, other)


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


def brought(proof: FiledProof | None, by: str) -> tuple[str, str]:
    """Return how a signed file came, and by whom, in words."""
    if by == SCANNER:
        return "masuk lewat", "kotak masuk"
    return ("diserahkan oleh" if proof and proof.way == CERTIFICATE else "dipindai oleh"), by


def found_words(proof: FiledProof) -> str:
    """Return what was noted of a file, in words."""
    if proof.unproven:
        return f"tanpa bukti: {proof.unproven} ({' '.join(proof.faults).rstrip('.')})"
    without = [name for page in proof.pages for name in page.without]
    return proof.found + (f"; tanpa tanda tangan: {', '.join(without)}" if without else "")
