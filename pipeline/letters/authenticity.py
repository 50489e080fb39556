"""Whether a letter is of this office: what anybody may read who holds it, by the code on it or by its file's hash.

Nothing of a complainant, an agency or a finding: the kind of letter, its number and day, who signs it in which post,
how it stands. A file is compared by its hash alone; it is never opened.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.letter_life import CANCELLED, RECEIVED, REPLACED, SENT, SIGNED, Letter, letters
from pipeline.cases.sop import Sop, title_of
from pipeline.errors import NotFound
from pipeline.letters.page_codes import ID_LENGTH
from pipeline.office.code_alphabet import BASE32, MISREAD
from pipeline.register.issued_files import HASH_LENGTH, issued_files
from pipeline.signing.worth import Worth

_LONGEST = 80
_ON_PAGE = re.compile(rf"YK[1IL]:([0-9A-Z]{{{ID_LENGTH}}}):")
_BARE = re.compile(rf"[{BASE32}]{{{ID_LENGTH}}}")


class FileMatch(Enum):
    """How a file compares with those of a letter; the value is what people read."""

    NOT_ASKED = ""
    SIGNED = "Berkas itu sama persis, sampai byte terakhir, dengan naskah bertanda tangan yang ada pada kami."
    PRINT = "Berkas itu cetakan kami yang belum bertanda tangan; itu bukan naskah yang berlaku."
    OTHER = (
        "Berkas itu tidak sama persis dengan berkas kami. Hasil pindai, foto, atau berkas yang disimpan ulang memang "
        "berbeda: bandingkan nomor, tanggal, dan isinya dengan naskah di tangan Anda."
    )


@dataclass(frozen=True, slots=True)
class Authenticity:
    """What may be read of a letter. ``standing`` says how it stands, ``valid`` whether it is in force."""

    kind: str
    number: str
    numbered_on: date | None
    signer: str
    standing: str
    valid: bool
    file: FileMatch = FileMatch.NOT_ASKED


@dataclass(frozen=True, slots=True)
class AuthenticityParts:
    """What answering needs: which case has a page code or a file's hash, the case, its SOP."""

    by_code: Callable[[str], CaseNumber | None]
    by_file: Callable[[str], CaseNumber | None]
    case: Callable[[CaseNumber], Case]
    sop: Callable[[Case], Sop]


def authenticity(code: str, sha256: str, parts: AuthenticityParts) -> Authenticity:
    """Return what may be read of the letter that a code or a file's hash names; with both, the file is held against it.

    Raises:
        NotFound: no letter of this office; the words are the same for everything that is none.
    """
    if code:
        return _by_code(code, sha256, parts)
    number = parts.by_file(sha256[:HASH_LENGTH]) if sha256 else None
    if number is None:
        raise _unknown(FileMatch.OTHER.value if sha256 else "")
    case = parts.case(number)
    found = issued_files(case).get(sha256)
    if found is None:
        raise _unknown(FileMatch.OTHER.value)
    return _told(case, parts.sop(case), found.template, found.version, sha256)


def _by_code(code: str, sha256: str, parts: AuthenticityParts) -> Authenticity:
    document = document_of(code)
    number = parts.by_code(document) if document else None
    if number is None:
        raise _unknown()
    case = parts.case(number)
    sop = parts.sop(case)
    template, version = case.page_codes[str(document)]
    if not any(sheet.template == template for sheet in sop.letters):
        raise _unknown()
    return _told(case, sop, template, version, sha256)


def document_of(code: str) -> str | None:
    """Return the id in a page code as it was read or typed, whole or the id alone; None for what is no such code."""
    plain = re.sub(r"\s+", "", code).upper()
    if len(plain) > _LONGEST:
        return None
    whole = _ON_PAGE.match(plain)
    bare = (whole[1] if whole else plain).translate(MISREAD)
    return bare if _BARE.fullmatch(bare) else None


def _told(case: Case, sop: Sop, template: str, version: int, sha256: str) -> Authenticity:
    lives = [letter for letter in letters(case, sop) if letter.template == template]
    letter = next((one for one in lives if version <= one.version), lives[-1])
    superseded = version < letter.version
    return Authenticity(
        kind=title_of(template),
        number=letter.number,
        numbered_on=letter.numbered_at.date() if letter.numbered_at else None,
        signer=_signer(case, sop, template),
        standing=_SUPERSEDED if superseded else _standing(letter, case),
        valid=not superseded and letter.state in (SIGNED, SENT, RECEIVED),
        file=_compared(case, template, version, sha256),
    )


def _compared(case: Case, template: str, version: int, sha256: str) -> FileMatch:
    if not sha256:
        return FileMatch.NOT_ASKED
    found = issued_files(case).get(sha256)
    if found is None or (found.template, found.version) != (template, version):
        return FileMatch.OTHER
    return FileMatch.SIGNED if found.signed else FileMatch.PRINT


_SUPERSEDED = "Versi naskah ini sudah diganti; yang berlaku versi yang lebih baru."
_STANDINGS: Mapping[str, str] = {
    CANCELLED: "Naskah ini dibatalkan dan tidak berlaku.",
    REPLACED: "Naskah ini sudah diganti dengan yang lain dan tidak berlaku.",
    SIGNED: "Naskah ini sudah ditandatangani {how}.",
    SENT: "Naskah ini sudah ditandatangani {how} dan dikirim.",
    RECEIVED: "Naskah ini sudah ditandatangani {how}, dikirim, dan diterima.",
}
_NOT_SIGNED = "Naskah ini belum ditandatangani; cetakannya belum berlaku sebagai surat kantor ini."


def _standing(letter: Letter, case: Case) -> str:
    electronic = letter.signed is not None and _is_certified(case, letter.signed.document)
    how = "secara elektronik" if electronic else "dengan tinta"
    return _STANDINGS.get(letter.state, _NOT_SIGNED).format(how=how)


def _is_certified(case: Case, document: str) -> bool:
    """Say whether a filed document was judged to carry a certified electronic signature."""
    judged = case.validated.get(document)
    found = judged.findings.get("signatures", ()) if judged else ()
    return any(one.get("worth") == Worth.CERTIFIED for one in found)


def _signer(case: Case, sop: Sop, template: str) -> str:
    """Return the post of who signed, else of who is to sign: the role as the SOP's chart names it."""
    signed = (m.decision for m in reversed(case.made) for d in m.decision.documents if d.kind == template)
    post = next((str(decision.holder.get("jabatan") or "") for decision in signed), "")
    role = sop.sheet(template).signer
    return post or next((lane.name for lane in sop.lanes if lane.role == role), role)


def _unknown(more: str = "") -> NotFound:
    return NotFound(
        f"Naskah itu tidak kami kenal. {more}".strip(),
        "Periksa kodenya (dua belas huruf dan angka di kaki halaman), atau tanyakan langsung kepada kantor ini.",
    )
