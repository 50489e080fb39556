"""An office whose officials have names and certificates, and whose sheets are real PDFs with a place to sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from offices import FakeOffice, somebody
from signed_letters import letter
from signing_pki import PASSPHRASE, Pki

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Blob, content
from pipeline.letters.awaiting_signature import AwaitingSignature, awaiting
from pipeline.letters.ports import PageCode
from pipeline.letters.sign_letters import SigningResult, SignParts, sign_letters
from pipeline.signing.engines.likeness import likeness
from pipeline.signing.engines.pdf_validator import PdfValidator
from pipeline.signing.engines.validation import Trusted, examine
from pipeline.signing.findings import Findings, Likeness
from pipeline.signing.ports import SignerNamed
from pipeline.signing.secret import Secret
from pipeline.signing.store.trust import trust_in
from pipeline.work.tend import TendParts

#: Who holds which role: title, name, NIP, and the certificate of the test PKI that they sign with.
OFFICIALS = {
    "kakanwil": ("Kepala Kantor Wilayah", "Budi Rekaan", "19700101 199503 1 001", "kakanwil"),
    "kasubbid": ("Kepala Subbidang Pemajuan HAM", "Eko Rekaan", "19780303 200212 1 001", "kabid"),
}
SUB = SignerNamed(*OFFICIALS["kasubbid"][:3])


@dataclass
class SheetPress:
    """Prints every sheet as a page with a place for both officials; its words tell one sheet from another."""

    def print(self, docx: bytes, code: PageCode | None) -> bytes:
        signers = [SignerNamed(*official[:3]) for official in OFFICIALS.values()]
        return letter(*signers, words_of_it=f"{code.document if code else '-'} {len(docx)}")

    def close(self) -> None:
        pass


class DirectValidator:
    """What the confined child does, done here: for a process that was forked and starts none of its own."""

    def __init__(self, trust: Path) -> None:
        self._trust = trust

    def validate(self, blob: Blob, at: datetime) -> Findings:
        trust = trust_in(self._trust)
        with blob.local() as path:
            return examine(path, at, Trusted.of(trust.anchors, trust.revoked))

    def likeness(self, blob: Blob, printed: Blob) -> Likeness:
        with blob.local() as path:
            return likeness(path, content(printed))


class SigningOffice(FakeOffice):
    """A fake office that signs for real. ``validator`` is the confined child; without one it is done here."""

    def __init__(self, folder: Path, pki: Pki | None = None, validator: PdfValidator | None = None):
        fresh = not (folder / "office.toml").exists()
        super().__init__(folder)
        if fresh and pki:
            _settle(folder, pki)
        self.validator = validator or DirectValidator(folder / "kepercayaan")
        self.people = self.root.people

    @property
    def tend_parts(self) -> TendParts:
        return replace(super().tend_parts, press=SheetPress())

    @property
    def sign_parts(self) -> SignParts:
        return self.root.sign_parts(self.decide_parts, self.validator, self.people.tries)

    def awaiting(self, number: CaseNumber, role: str = "kasubbid") -> tuple[AwaitingSignature, ...]:
        """The letters of a case that wait for a role."""
        case = self.root.cabinet.case(number)
        return awaiting(case, self.root.sop_of(case), (role,))

    def sign(
        self,
        letters: Sequence[AwaitingSignature],
        passphrase: str = PASSPHRASE,
        role: str = "kasubbid",
        parts: SignParts | None = None,
        **more,
    ) -> tuple[SigningResult, ...]:
        """Sign letters as the holder of a role."""
        by = somebody(role)
        return sign_letters(letters, Secret(passphrase), by=by, parts=parts or self.sign_parts, **more)

    def case(self, number: CaseNumber) -> Case:
        """A case as its journal has it."""
        return self.root.cabinet.case(number)


def _settle(folder: Path, pki: Pki) -> None:
    """Write names, keys and trusted certificates into the office's folder."""
    text = (folder / "office.toml").read_text()
    (folder / "kunci").mkdir(exist_ok=True)
    signing = ['\n[tanda_tangan]\nkaki = "Kaki rekaan."\n']
    for role, (title, name, nip, label) in OFFICIALS.items():
        row = f'peran = "{role}"\njabatan = "{title}"\n'
        text, count = re.subn(rf'peran = "{role}"\njabatan = "[^"]*"\n', f'{row}nama = "{name}"\nnip = "{nip}"\n', text)
        assert count == 1, role
        (folder / "kunci" / f"{role}.p12").write_bytes(pki.p12(label))
        signing.append(f'[[tanda_tangan.pemegang]]\nnip = "{nip}"\ncara = "sertifikat"\nberkas = "kunci/{role}.p12"\n')
    text = re.sub(r"\n\[tanda_tangan\].*?(?=\n\[pusat\]|\Z)", "", text, flags=re.DOTALL)
    (folder / "office.toml").write_text(text + "".join(signing))
    pki.trust(folder / "kepercayaan")
