"""Electronic signatures: whom the office trusts, who signs with what, where signed bytes wait to be filed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.wiring.register import RegisterParts

if TYPE_CHECKING:
    from pipeline.access.ports import FailedTries
    from pipeline.cases.decide_parts import DecideParts
    from pipeline.letters.authenticity import AuthenticityParts
    from pipeline.letters.awaiting_signature import SignatureList
    from pipeline.letters.sign_letters import SignParts
    from pipeline.office.officials import Official
    from pipeline.signing.engines.pdf_signing import LongTerm
    from pipeline.signing.engines.pdf_validator import PdfValidator
    from pipeline.signing.plan import SigningPlan
    from pipeline.signing.ports import Signer, Validator
    from pipeline.signing.store.trust import Trust


class SigningParts(RegisterParts):
    """Electronic signatures: whom the office trusts, who signs with what, where signed bytes wait to be filed."""

    @property
    def signing(self) -> SigningPlan:
        """How the office signs."""
        return self.settings.signing

    def trust(self) -> Trust:
        """Return the certificates that the office trusts now."""
        from pipeline.signing.store.trust import trust_in

        return trust_in(self.named(self.signing.trust))

    def validator(self) -> PdfValidator:
        """Build what finds out what signatures are worth; nothing starts before its first file."""
        from pipeline.signing.engines.pdf_validator import PdfValidator

        return PdfValidator(self.trust, self.scan_limits, self.memory)

    @property
    def authenticity_parts(self) -> AuthenticityParts:
        """What tells whether a letter is ours."""
        from pipeline.letters.authenticity import AuthenticityParts

        return AuthenticityParts(self.book.case_with, self.book.case_of_file, self.cabinet.case, self.sop_of)

    @property
    def signature_list(self) -> SignatureList:
        """The letters that wait for a signature."""
        from pipeline.letters.awaiting_signature import SignatureList

        return SignatureList(self.cabinet.case, self.sop_of)

    def sign_parts(self, deciding: DecideParts, validator: Validator, tries: FailedTries) -> SignParts:
        """Build what signing letters needs."""
        from pipeline.letters.sign_letters import SignParts
        from pipeline.signing.engines.page_text import sheet_text
        from pipeline.signing.store.staged import FolderStaging
        from pipeline.storage.blobs import TypedText

        return SignParts(
            deciding=deciding,
            validator=validator,
            staging=FolderStaging(self.layout.state / "tanda-tangan"),
            signer_of=self.signer_of,
            text_of=sheet_text,
            blob=TypedText,
            tries=tries,
            reason=self.signing.reason,
            footer=self.signing.footer,
            authenticity=self.signing.authenticity,
        )

    def signer_of(self, official: Official) -> Signer:
        """Return what an official signs with.

        Raises:
            NotAllowed: with ink.
        """
        from pipeline.errors import NotAllowed
        from pipeline.signing import plan
        from pipeline.signing.engines.bsre import SigningService
        from pipeline.signing.engines.certificate import CertificateFile, Token

        holder = self.signing.holder(official.nip)
        if holder is None:
            raise NotAllowed(
                f"{official.name or official.title} belum menandatangani secara elektronik.",
                "Tandatangani dengan tinta, atau catat sertifikatnya pada [[tanda_tangan.pemegang]] di office.toml.",
            )
        details = holder.details
        if holder.means == plan.FILE:
            return CertificateFile(self.named(details["berkas"]), self._lasting)
        if holder.means == plan.TOKEN:
            return Token(self.named(details["modul"]), details["token"], details["label"], self._lasting)
        service = self.signing.service
        password, issuers = (self.named(n) if n else None for n in (service.password_file, service.server_certificates))
        return SigningService(service, details["nik"], password, issuers)

    def signing_means(self, official: Official) -> str:
        """Return what an official signs with, in words; empty: with ink."""
        from pipeline.errors import NotAllowed

        try:
            return self.signer_of(official).means
        except NotAllowed:
            return ""

    @property
    def _lasting(self) -> LongTerm:
        """What makes signatures last: a time stamp server, and lists of revoked certificates in the trust folder."""
        from pipeline.signing.engines.pdf_signing import LongTerm
        from pipeline.signing.engines.time_stamps import StampServer

        stamper = StampServer(self.signing.stamps) if self.signing.stamps else None
        trust = self.trust()
        return LongTerm(stamper, trust.anchors, trust.revoked) if stamper and trust.revoked else LongTerm(stamper)
