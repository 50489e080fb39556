"""Whether a PDF proves that it is this letter, signed: a valid signature whose signed bytes are exactly our print.

Nothing here opens a file: what a confined child found is weighed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.signing.findings import Findings, Likeness, SignatureFound, Trouble
from pipeline.signing.ports import SignerNamed
from pipeline.signing.wording import NOT_CERTIFIED
from pipeline.signing.worth import Worth


@dataclass(frozen=True, slots=True)
class Proof:
    """The letter is signed: by these signatures, of which the office trusts who vouches for every one."""

    signatures: tuple[SignatureFound, ...]


@dataclass(frozen=True, slots=True)
class Unproved:
    """Why a PDF does not prove it: a code for tests and counts, the fact, the remedy."""

    code: str
    fact: str
    remedy: str


_SIGN_AGAIN = "Tandatangani kembali cetakan yang ada di map, dari meja atau dengan sertifikat yang berlaku."
_OURS = "Tandatangani berkas PDF yang diunduh dari map ini, tanpa mencetak atau menyimpannya ulang dari program lain."
_TROUBLES: Mapping[Trouble, str] = {
    Trouble.LOCKED: "PDF itu terkunci dengan kata sandi.",
    Trouble.UNREADABLE: "PDF itu rusak.",
    Trouble.HYBRID: "PDF itu bersusunan ganda, sehingga isinya dapat tampak berbeda di program lain.",
    Trouble.TOO_MANY: "PDF itu memuat terlalu banyak tanda tangan.",
}
_WORTHLESS: Mapping[Worth, str] = {
    Worth.DAMAGED: "Tanda tangan {signer} rusak atau tidak cocok dengan isinya.",
    Worth.CHANGED: "PDF itu diubah sesudah ditandatangani {signer}.",
    Worth.EXPIRED: "Sertifikat {signer} sudah kedaluwarsa.",
    Worth.NOT_YET: "Sertifikat {signer} belum berlaku.",
    Worth.REVOKED: "Sertifikat {signer} sudah dicabut.",
    Worth.WRONG_USAGE: "Sertifikat {signer} tidak untuk menandatangani dokumen.",
    Worth.UNSTAMPED: "Cap waktu pada tanda tangan {signer} tidak sah.",
    Worth.UNCERTIFIED: f"Tanda tangan {{signer}} {NOT_CERTIFIED}.",
}


def prove(findings: Findings, likeness: Likeness, expected: SignerNamed | None = None) -> Proof | Unproved:
    """Return the proof that a PDF is our print with valid signatures, or why it is none.

    ``likeness`` is that of the PDF to the print; ``expected`` is who must be among the signers (None: anybody).
    """
    if findings.trouble:
        return Unproved(findings.trouble, _TROUBLES[findings.trouble], _OURS)
    if findings.xfa:
        return Unproved("xfa", "PDF itu formulir XFA: yang tampak bergantung pada program yang membukanya.", _OURS)
    if not findings.signatures:
        return Unproved("tanpa-tanda-tangan", "PDF itu tidak memuat tanda tangan elektronik.", _SIGN_AGAIN)
    for found in findings.signatures:
        if found.worth is not Worth.CERTIFIED:
            fact = _WORTHLESS[found.worth].format(signer=found.signer or "tanpa nama")
            return Unproved(found.worth, fact, _SIGN_AGAIN)
    return _of_our_print(findings, likeness) or _by(findings, expected)


def _of_our_print(findings: Findings, likeness: Likeness) -> Unproved | None:
    if not likeness.begins:
        return Unproved("pdf-lain", "Yang ditandatangani bukan cetakan naskah ini dari map perkara.", _OURS)
    if not likeness.only_signatures:
        return Unproved("ditambah", "Selain tanda tangan, ada hal lain yang ditambahkan pada cetakan kami.", _OURS)
    if likeness.covers_text:
        return Unproved("menutupi", f"Tanda tangan menutupi tulisan pada halaman {likeness.covers_text}.", _SIGN_AGAIN)
    return None


def _by(findings: Findings, expected: SignerNamed | None) -> Proof | Unproved:
    if expected and not any(same_person(found.signer, expected.name) for found in findings.signatures):
        who = ", ".join(found.signer for found in findings.signatures)
        fact = f"Yang menandatangani {who}, bukan {expected.name}."
        return Unproved("orang-lain", fact, "Pejabat itu sendiri yang menandatangani.")
    return Proof(findings.signatures)


def same_person(certified: str, printed: str) -> bool:
    """Say whether a certificate's name is that of an official, whose printed name may carry degrees around it.

    A name of which nothing is left without them, as *Ir. S.*, is nobody's: it would be everybody's.
    """
    ours, theirs = _words(printed), _words(certified)
    return bool(ours and theirs) and (theirs <= ours or ours <= theirs)


def _words(name: str) -> set[str]:
    bare = name.partition(",")[0]  # degrees follow the comma
    return set(re.findall(r"[^\W\d_]{2,}", bare.casefold())) - _DEGREES


#: Degrees and titles that stand before a name.
_DEGREES = frozenset({"dr", "drs", "dra", "ir", "prof", "hj", "kh"})
