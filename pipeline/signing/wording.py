"""What was found on a PDF's signatures, in words for people: the fact first, then what it means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pipeline.office.wording import long_date
from pipeline.signing.findings import Findings, SignatureFound, Trouble
from pipeline.signing.worth import Worth

#: What every program of ours calls a signature that nobody vouches for.
NOT_CERTIFIED = "bukan tanda tangan elektronik tersertifikasi"
_SAID: Mapping[Worth, str] = {
    Worth.CERTIFIED: "sah: tanda tangan elektronik tersertifikasi, dan isinya tidak berubah sejak ditandatangani",
    Worth.UNCERTIFIED: f"isinya tidak berubah sejak ditandatangani, tetapi ini {NOT_CERTIFIED}: "
    "penerbit sertifikatnya tidak ada di antara yang dipercaya kantor ini",
    Worth.EXPIRED: "tidak dapat diterima: sertifikatnya sudah kedaluwarsa, dan tidak ada cap waktu yang membuktikan "
    "bahwa ditandatangani selagi berlaku",
    Worth.NOT_YET: "tidak sah: sertifikatnya belum berlaku ketika ditandatangani",
    Worth.REVOKED: "tidak sah: sertifikatnya sudah dicabut",
    Worth.WRONG_USAGE: "tidak sah: sertifikatnya tidak untuk menandatangani dokumen",
    Worth.UNSTAMPED: "tidak dapat diterima: cap waktunya tidak sah",
    Worth.CHANGED: "TIDAK SAH: isi dokumen diubah sesudah ditandatangani",
    Worth.DAMAGED: "TIDAK SAH: tanda tangan tidak cocok dengan isi dokumen, atau rusak",
}
_TROUBLES: Mapping[Trouble, str] = {
    Trouble.LOCKED: "PDF ini terkunci, sehingga tanda tangannya tidak dapat diperiksa.",
    Trouble.UNREADABLE: "PDF ini rusak, sehingga tanda tangannya tidak dapat diperiksa.",
    Trouble.HYBRID: "PDF ini bersusunan ganda: program yang berbeda dapat menampilkan isi yang berbeda. "
    "Tanda tangannya tidak diperiksa.",
    Trouble.TOO_MANY: "PDF ini memuat terlalu banyak tanda tangan untuk diperiksa.",
}
NONE_FOUND = (
    "PDF ini tidak memuat tanda tangan elektronik. Kode QR atau gambar tanda tangan bukan tanda tangan elektronik."
)
_XFA = "PDF ini formulir XFA: yang tampak bergantung pada program yang membukanya."


def sentences(findings: Findings) -> tuple[str, ...]:
    """Return what was found, a sentence for each signature."""
    if findings.trouble:
        return (_TROUBLES[findings.trouble],)
    said = [sentence(found) for found in findings.signatures] or [NONE_FOUND]
    return (*said, *([_XFA] if findings.xfa else []))


def sentence(found: SignatureFound) -> str:
    """Return what one signature is worth."""
    issued = f", sertifikat dari {found.issuer}" if found.issuer else ""
    beyond = "" if found.whole or not found.intact else " Sesudahnya hanya ditambahkan tanda tangan atau bukti waktu."
    return f"Tanda tangan {found.signer or 'tanpa nama'}{issued}, {_when(found)}: {_SAID[found.worth]}.{beyond}"


def certified_words(found: SignatureFound) -> str:
    """Return who signed, by whose certificate and when, of a signature that is certified; the middle of a sentence."""
    return f"tanda tangan elektronik tersertifikasi {found.signer} ({found.issuer}), {_when(found)}"


def _when(found: SignatureFound) -> str:
    if found.stamped_at:
        return f"{_moment(found.stamped_at)} menurut cap waktu"
    return f"{_moment(found.claimed_at)} menurut komputer penanda tangan" if found.claimed_at else "tanpa waktu"


def _moment(text: str) -> str:
    at = datetime.fromisoformat(text)
    return f"{long_date(at.date())} pukul {at:%H.%M}"
