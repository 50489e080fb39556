"""Finds out what the signatures of a PDF are worth, with pyHanko. Runs in a confined child: no network, bounded.

What proves a moment is walked from now back: the newest document time stamp is judged as of now, the one before it as
of the newer one's time, and so on; then a signature's own time stamp; then its certificate as of the moment that was
proved (ETSI EN 319 102-1, 5.6.3). So a signature can be checked again long after its certificate's end.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from io import BufferedReader
from pathlib import Path
from typing import Any

from asn1crypto import crl, ocsp, x509
from pyhanko.pdf_utils import misc
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
    validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError, SignatureValidationError
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from pipeline.signing.engines.certificate_names import common_name, name_in
from pipeline.signing.findings import Findings, SignatureFound, Trouble
from pipeline.signing.worth import Facts, Worth, worth_of

#: More signatures than any letter has; each is read over again by those after it.
_MOST = 40
_IF_THERE = RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
#: Lists of revoked certificates count however old they are, and those that came out after the moment: what was revoked
#: before it stands in them. Where there is none, nothing is known, and the certificate counts as good.
_REVOCATION = CertRevTrustPolicy(
    RevocationCheckingPolicy(_IF_THERE, _IF_THERE),
    freshness=timedelta(days=36_500),
    freshness_req_type=FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
)
#: What pyHanko raises over a file that is not as it should be.
BROKEN = (
    *(misc.PdfError, SignatureValidationError, ValueError, TypeError, LookupError, AttributeError),
    *(ArithmeticError, RecursionError, NotImplementedError, AssertionError, OSError),
)


@dataclass(frozen=True, slots=True)
class Trusted:
    """What the office trusts: certificates of issuers, those between, and lists of revoked certificates."""

    anchors: tuple[x509.Certificate, ...] = ()
    between: tuple[x509.Certificate, ...] = ()
    revoked: tuple[crl.CertificateList, ...] = ()

    @classmethod
    def of(cls, certificates: Iterable[bytes], lists: Iterable[bytes]) -> Trusted:
        """Return it from files (DER). A certificate whose issuer lies beside it leads there, and is no anchor."""
        known = tuple(x509.Certificate.load(der) for der in certificates)
        subjects = {c.subject.hashable for c in known}
        between = tuple(c for c in known if c.issuer != c.subject and c.issuer.hashable in subjects)
        anchors = tuple(c for c in known if c not in between)
        return cls(anchors, between, tuple(crl.CertificateList.load(der) for der in lists))


def examine(path: Path, at: datetime, trusted: Trusted) -> Findings:
    """Return what the signatures of a file are worth as of a moment. Never raises for what is in the file."""
    with path.open("rb") as file:
        found = Findings(_sha256(file), at.isoformat())
        try:
            return _examined(PdfFileReader(file, strict=False), found, at, trusted)
        except BROKEN:
            return replace(found, trouble=Trouble.UNREADABLE)


def _examined(reader: PdfFileReader, found: Findings, at: datetime, trusted: Trusted) -> Findings:
    if reader.encrypted:
        return replace(found, trouble=Trouble.LOCKED)
    if reader.xrefs.hybrid_xrefs_present:
        return replace(found, trouble=Trouble.HYBRID)
    form: Any = reader.root["/AcroForm"] if "/AcroForm" in reader.root else {}  # noqa: SIM401 - `get` gives references
    found = replace(found, xfa="/XFA" in form)
    filled = list(enumerate_sig_fields(reader, filled_status=True)) if form else []
    if len(filled) > _MOST:
        return replace(found, trouble=Trouble.TOO_MANY)
    signatures = [_opened(reader, name, field) for name, _, field in filled]
    readable = [s for s in signatures if isinstance(s, EmbeddedPdfSignature)]
    stamping = [s for s in readable if s.sig_object_type == "/DocTimeStamp"]
    stored = _Stored.of(reader, trusted)
    stamps = tuple(_proved_moments(stamping, stored, at))
    size = reader.stream.seek(0, 2)
    judged = tuple(
        _judged(s, stored, _moment_of(s, stamps, at), size)
        if isinstance(s, EmbeddedPdfSignature)
        else SignatureFound(s, Worth.DAMAGED, signer="")
        for s in signatures
        if s not in stamping
    )
    return replace(found, signatures=judged, stamps=len(stamps))


def _proved_moments(
    stamping: Iterable[EmbeddedPdfSignature], stored: _Stored, at: datetime
) -> Iterator[tuple[int, datetime]]:
    """Yield the moments that document time stamps prove, each with the revision that it stamps; the newest first."""
    moment = at
    for stamp in sorted(stamping, key=lambda s: s.signed_revision, reverse=True):
        if proved := _stamped(stamp, stored.as_of(moment)):
            moment = min(moment, proved)
            yield stamp.signed_revision, moment


def _moment_of(signature: EmbeddedPdfSignature, stamps: Sequence[tuple[int, datetime]], at: datetime) -> datetime:
    """Return the earliest moment at which the signature is proved to have been there."""
    return min((moment for revision, moment in stamps if revision > signature.signed_revision), default=at)


def _opened(reader: PdfFileReader, name: str, field: Any) -> EmbeddedPdfSignature | str:
    """Return a signature, or its field's name if it cannot be read as one."""
    try:
        return EmbeddedPdfSignature(reader, field, name)
    except BROKEN:
        return str(name)


@dataclass(frozen=True, slots=True)
class _Stored:
    """What certificates can be proved with: the office's anchors, and what the file itself has kept for later."""

    trusted: Trusted
    certificates: tuple[x509.Certificate, ...] = ()
    lists: tuple[crl.CertificateList, ...] = ()
    answers: tuple[ocsp.OCSPResponse, ...] = ()

    @classmethod
    def of(cls, reader: PdfFileReader, trusted: Trusted) -> _Stored:
        try:
            store = DocumentSecurityStore.read_dss(reader)
            certificates = tuple(store.load_certs())
            lists = tuple(crl.CertificateList.load(ref.get_object().data) for ref in store.crls)
            answers = tuple(ocsp.OCSPResponse.load(ref.get_object().data) for ref in store.ocsps)
        except NoDSSFoundError:
            return cls(trusted)
        return cls(trusted, certificates, lists, answers)

    @property
    def proves(self) -> bool:
        """Whether the file carries what shows if certificates were revoked."""
        return bool(self.lists or self.answers)

    def as_of(self, moment: datetime) -> ValidationContext:
        """Return what pyHanko judges certificates by; nothing is fetched."""
        return ValidationContext(
            trust_roots=list(self.trusted.anchors),
            other_certs=[*self.trusted.between, *self.certificates],
            crls=[*self.lists, *self.trusted.revoked],
            ocsps=list(self.answers),
            moment=moment,
            allow_fetching=False,
            revinfo_policy=_REVOCATION,
        )


def _stamped(stamp: EmbeddedPdfSignature, context: ValidationContext) -> datetime | None:
    """Return the moment that a document time stamp proves, if it holds."""
    try:
        status = validate_pdf_timestamp(stamp, context)
    except BROKEN:
        return None
    holds = status.intact and status.valid and status.trusted and status.docmdp_ok is not False
    return status.timestamp if holds else None


def _judged(signature: EmbeddedPdfSignature, stored: _Stored, moment: datetime, size: int) -> SignatureFound:
    try:
        found = _described(signature, size)
    except BROKEN:
        return SignatureFound(str(signature.field_name), Worth.DAMAGED, signer="")
    try:
        status = validate_pdf_signature(signature, stored.as_of(moment))
        changed, stamp = _is_changed(status), status.timestamp_validity
        holds = bool(stamp.intact and stamp.valid) if stamp else None
        if stamp and holds and stamp.trusted and stamp.timestamp < moment:
            moment = stamp.timestamp
            status = validate_pdf_signature(signature, stored.as_of(moment), skip_diff=True)
        worth = worth_of(_facts(status, changed=changed, stamp_holds=holds), moment)
        if worth is Worth.UNSTAMPED:
            return replace(found, worth=worth)
        stamped = moment if stamp and stamp.trusted else None
    except BROKEN:
        return found
    return replace(found, worth=worth, stamped_at=_iso(stamped), revocation=stored.proves)


def _is_changed(status: PdfSignatureStatus) -> bool:
    """Say whether anything but signatures and their proofs was put behind what was signed, or left out of it."""
    partly = status.coverage is None or status.coverage < SignatureCoverageLevel.ENTIRE_REVISION
    return bool(status.intact and status.valid) and (partly or status.docmdp_ok is False)


def _facts(status: PdfSignatureStatus, *, changed: bool, stamp_holds: bool | None) -> Facts:
    certificate = status.signing_cert
    return Facts(
        intact=bool(status.intact and status.valid),
        changed=changed,
        trusted=bool(status.trusted),
        revoked=bool(status.revoked),
        wrong_usage=status.trust_problem_indic is AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE,
        not_before=certificate.not_valid_before,
        not_after=certificate.not_valid_after,
        stamp_holds=stamp_holds,
    )


def _described(signature: EmbeddedPdfSignature, size: int) -> SignatureFound:
    """Return who signed and what, before it is judged."""
    certificate = signature.signer_cert
    _, before, start, length = (int(part) for part in signature.byte_range)
    return SignatureFound(
        field=str(signature.field_name),
        worth=Worth.DAMAGED,
        signer=common_name(certificate),
        issuer=name_in(certificate.issuer),
        serial=f"{certificate.serial_number:x}",
        fingerprint=certificate.sha256.hex(),
        claimed_at=_iso(signature.self_reported_timestamp),
        until=_iso(certificate.not_valid_after),
        covers=start + length,
        whole=start + length == size and before < start,
    )


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _sha256(file: BufferedReader) -> str:
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest
