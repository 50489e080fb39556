"""A PDF that proves that it is the signed letter: certified signatures of all its signers over exactly our print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from pipeline.cases.ports import Blob, LetterOut
from pipeline.cases.signature_proof import CERTIFICATE, Examination
from pipeline.office.office import Office
from pipeline.office.ports import Clock
from pipeline.signing.findings import SignatureFound
from pipeline.signing.ports import Validator
from pipeline.signing.proof import Proof, prove, same_person
from pipeline.signing.wording import certified_words

#: Without it a PDF carries no electronic signature (``pipeline/scans/pdf/signature_marks.py``).
_MARK = b"/ByteRange"
_ROUND = 1 << 20  # bytes searched at once


class CertificateProof:
    """Implements the port SignatureProof for PDFs with electronic signatures; scans are left to the other ways."""

    def __init__(self, validator: Callable[[], Validator], office: Office, clock: Clock) -> None:
        self._validator, self._office, self._clock = validator, office, clock

    def examined(self, letter: LetterOut, files: Sequence[Blob]) -> Examination | None:
        """Return what a file proves; None if it carries no electronic signature (see the port)."""
        if not any(map(_is_marked, files)):
            return None
        if letter.printed is None or len(files) > 1:
            fault = "Naskah bertanda tangan elektronik diberikan sebagai satu berkas, sesudah cetakannya selesai."
            return Examination(CERTIFICATE, "", (fault,), "Berikan PDF bertanda tangan itu saja.")
        now, validator = self._clock.now(), self._validator()
        found = prove(validator.validate(files[0], now), validator.likeness(files[0], letter.printed))
        if not isinstance(found, Proof):
            return Examination(CERTIFICATE, "", (found.fact,), found.remedy)
        return examination(found.signatures, self._missing(letter, found.signatures, now))

    def _missing(self, letter: LetterOut, found: Sequence[SignatureFound], now: datetime) -> tuple[str, ...]:
        """Return the signers who have not signed, by name; a role that nobody named holds is missing too."""
        held = {role: self._office.holder(role, now.date()) for role in letter.signers}
        names = {role: official.name if official and official.name else role for role, official in held.items()}
        return tuple(name for name in names.values() if not any(same_person(one.signer, name) for one in found))


def examination(signatures: Sequence[SignatureFound], missing: Sequence[str] = ()) -> Examination:
    """Return what certified signatures over our print prove; ``missing`` are signers who have not signed."""
    said = "; ".join(map(certified_words, signatures))
    faults = tuple(f"{name} belum menandatangani." for name in missing)
    return Examination(CERTIFICATE, said, faults, "Mintakan tanda tangan yang kurang, pada PDF yang sama.")


def _is_marked(file: Blob) -> bool:
    """Say whether a file carries an electronic signature; it is searched where it lies, never whole in memory."""
    tail = b""
    with file.local() as path, open(path, "rb", buffering=0) as content:
        while part := content.read(_ROUND):
            if _MARK in tail + part:
                return True
            tail = part[1 - len(_MARK) :]
    return False


class AlreadyProved:
    """A proof that was made just now, of the one file that it was made of."""

    def __init__(self, sha256: str, found: Examination) -> None:
        self._sha256, self._found = sha256, found

    def examined(self, letter: LetterOut, files: Sequence[Blob]) -> Examination | None:
        """Return what was found; None for any other file."""
        return self._found if [file.sha256 for file in files] == [self._sha256] else None
