"""Signs with an official's own certificate: a PKCS#12 file (RFC 7292), or a token that speaks PKCS#11.

The passphrase is used once, to open; what is held for a batch is the opened key, never the passphrase.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pkcs11
from asn1crypto import x509
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pkcs11 import exceptions as token_faults
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign import signers
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from pipeline.errors import Denied, NotAllowed, Passing, SettingsFault
from pipeline.signing.engines.certificate_names import common_name
from pipeline.signing.engines.pdf_signing import LongTerm, signed
from pipeline.signing.engines.secrecy import undumped
from pipeline.signing.ports import SigningOrder
from pipeline.signing.proof import same_person
from pipeline.signing.secret import Secret
from pipeline.system_messages import os_words

_WRONG = ("Kata sandi sertifikat itu salah.", "Ketik lagi dengan teliti; perhatikan huruf besar dan kecil.")
_AWAY = ("Token tidak terpasang atau tercabut.", "Pasang tokennya, lalu tandatangani lagi yang belum.")
_RENEW = "Perpanjang sertifikatnya pada penerbitnya."


@dataclass(frozen=True, slots=True)
class CertificateFile:
    """A PKCS#12 file (``.p12``, ``.pfx``) as a signer."""

    path: Path
    lasting: LongTerm
    means: str = "berkas sertifikat"

    @contextmanager
    def opened(self, passphrase: Secret) -> Iterator[_CertificatePen]:
        """Open the file (see the port)."""
        try:
            data = self.path.read_bytes()
        except OSError as fault:
            raise SettingsFault(
                f"Berkas sertifikat {self.path.name} tidak dapat dibaca ({os_words(fault)}).",
                "Periksa [tanda_tangan] di office.toml.",
            ) from fault
        with undumped():
            try:
                signer = _OpenKey.of(signers.SimpleSigner.load_pkcs12_data(data, (), passphrase.reveal()))
            except ValueError:  # wrong passphrase and broken file cannot be told apart: both fail the file's check
                raise Denied(*_WRONG) from None
            except AttributeError:  # pyHanko takes for granted that there is a key
                raise SettingsFault(f"{self.path.name} tidak memuat kunci.", "Ekspor lagi dengan kuncinya.") from None
            yield _CertificatePen(signer, self.lasting)


@dataclass(frozen=True, slots=True)
class Token:
    """A PKCS#11 token as a signer: the module's file, the token's label, the label of key and certificate in it."""

    module: Path
    token: str
    label: str
    lasting: LongTerm
    means: str = "token"

    @contextmanager
    def opened(self, passphrase: Secret) -> Iterator[_CertificatePen]:
        """Log in to the token (see the port)."""
        with undumped():
            session = self._session(passphrase)
            try:
                signer = PKCS11Signer(session, cert_label=self.label, key_label=self.label, other_certs_to_pull=None)
                yield _CertificatePen(_readable(signer, self.label), self.lasting)
            finally:
                _close(session)

    def _session(self, passphrase: Secret) -> pkcs11.Session:
        try:
            pkcs11.lib(str(self.module))
        except (pkcs11.PKCS11Error, RuntimeError, OSError) as fault:
            raise SettingsFault(
                f"Modul PKCS#11 {self.module.name} tidak dapat dipakai.", "Periksa [tanda_tangan] di office.toml."
            ) from fault
        try:
            return open_pkcs11_session(
                str(self.module),
                token_criteria=TokenCriteria(label=self.token),
                user_pin=passphrase.reveal().decode(),
            )
        except (token_faults.PinIncorrect, token_faults.PinInvalid, token_faults.PinLenRange):
            raise Denied(
                "PIN token itu salah.", "Ketik lagi dengan teliti: token mengunci diri bila terlalu sering."
            ) from None
        except token_faults.PinLocked:
            raise Denied("Token itu terkunci karena PIN terlalu sering salah.", "Buka pada penerbitnya.") from None
        except (token_faults.UserAlreadyLoggedIn, token_faults.AnotherUserAlreadyLoggedIn):
            raise Passing("Token sedang dipakai.", "Tunggu sebentar, lalu coba lagi.") from None
        except pkcs11.PKCS11Error:
            raise Passing(*_AWAY) from None


class _OpenKey(signers.SimpleSigner):
    """A key that is read once: pyHanko reads and proves it anew for every signature, which takes as long as signing."""

    _read: PrivateKeyTypes

    @classmethod
    def of(cls, signer: signers.SimpleSigner) -> _OpenKey:
        """Return the signer with its key read."""
        assert signer.signing_cert is not None
        found = cls(signer.signing_cert, signer.signing_key, signer.cert_registry)
        # It was proved when its file was opened; once more would take as long as all the rest of a signature.
        found._read = load_der_private_key(signer.signing_key.dump(), None, unsafe_skip_rsa_key_validation=True)
        return found

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """Return the raw signature (RSA with PKCS#1 v1.5, or ECDSA; others are left to pyHanko)."""
        algorithm = self.get_signature_mechanism_for_digest(digest_algorithm).signature_algo
        digest = get_pyca_cryptography_hash(digest_algorithm)
        match self._read:
            case RSAPrivateKey() if algorithm == "rsassa_pkcs1v15":
                return self._read.sign(data, PKCS1v15(), digest)
            case EllipticCurvePrivateKey() if algorithm == "ecdsa":
                return self._read.sign(data, ECDSA(digest))
            case _:
                return bytes(super().sign_raw(data, digest_algorithm))


class _CertificatePen:
    """An opened key with its certificate."""

    def __init__(self, signer: signers.Signer, lasting: LongTerm) -> None:
        self._signer, self._lasting = signer, lasting

    @property
    def holder(self) -> str:
        """The name that the certificate bears."""
        return common_name(self._certificate)

    @property
    def _certificate(self) -> x509.Certificate:
        certificate = self._signer.signing_cert
        assert certificate is not None
        return certificate

    def sign(self, pdf: bytes, order: SigningOrder) -> bytes:
        """Return the PDF with the signature appended (see the port)."""
        refuse_unfit(self._certificate, order.at)
        if not same_person(self.holder, order.signer.name):
            raise NotAllowed(
                f"Sertifikat ini atas nama {self.holder}, bukan {order.signer.name}.",
                "Pejabat yang tercantum pada naskah menandatangani dengan sertifikatnya sendiri.",
            )
        try:
            return signed(pdf, order, self._signer, self._lasting)
        except pkcs11.PKCS11Error:
            raise Passing(*_AWAY) from None


def _readable(signer: PKCS11Signer, label: str) -> PKCS11Signer:
    """Return the signer once its certificate was found on the token."""
    try:
        found = signer.signing_cert
    except pkcs11.PKCS11Error:
        found = None
    if found is None:
        raise SettingsFault(f"Token itu tidak memuat sertifikat {label!r}.", "Periksa [tanda_tangan] di office.toml.")
    return signer


def _close(session: pkcs11.Session) -> None:
    try:
        session.close()
    except pkcs11.PKCS11Error:  # it was pulled out: nothing is left to be closed
        return


def refuse_unfit(certificate: x509.Certificate, at: datetime) -> None:
    """Refuse a certificate that does not make a valid signature at that moment.

    Raises:
        NotAllowed: it is past its end, not valid yet, or not for signing documents (RFC 5280, 4.2.1.3).
    """
    name, until = common_name(certificate), certificate.not_valid_after
    if at > until:
        raise NotAllowed(f"Sertifikat {name} kedaluwarsa sejak {until:%d-%m-%Y}.", _RENEW)
    if at < certificate.not_valid_before:
        raise NotAllowed(f"Sertifikat {name} belum berlaku.", "Periksa jam komputer ini, atau tunggu sampai berlaku.")
    usage = certificate.key_usage_value
    if usage is None or "non_repudiation" not in usage.native:
        raise NotAllowed(
            f"Sertifikat {name} tidak untuk menandatangani dokumen.", "Pakai sertifikat tanda tangan, bukan yang lain."
        )
