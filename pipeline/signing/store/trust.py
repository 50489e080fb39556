"""The certificates whose word the office takes, and lists of revoked ones: files that the office lays into a folder.

Taken are PEM and DER, by content; what is neither is left alone. No name of a file and no address is believed.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import crl, x509

_PEM = re.compile(rb"-----BEGIN (CERTIFICATE|X509 CRL)-----\s+([A-Za-z0-9+/=\s]+?)-----END \1-----")
_LARGEST = 20_000_000  # bytes: lists of revoked certificates grow


@dataclass(frozen=True, slots=True)
class Trust:
    """Certificates of issuers and lists of revoked certificates, each as DER."""

    anchors: tuple[bytes, ...] = ()
    revoked: tuple[bytes, ...] = ()


def trust_in(folder: Path) -> Trust:
    """Return what lies in the folder, by name; nothing if there is none."""
    found = [part for path in sorted(folder.glob("*")) if path.is_file() for part in _parts(path)]
    anchors, revoked = ([p for p in found if _is(kind, p)] for kind in (x509.Certificate, crl.CertificateList))
    return Trust(tuple(anchors), tuple(revoked))


def _parts(path: Path) -> Iterator[bytes]:
    if path.stat().st_size > _LARGEST:
        return
    data = path.read_bytes()
    armoured = _PEM.findall(data)
    yield from (base64.b64decode(text) for _, text in armoured) if armoured else (data,)


def _is(kind: type[x509.Certificate] | type[crl.CertificateList], der: bytes) -> bool:
    try:
        return bool(kind.load(der, strict=True).native)
    except (ValueError, TypeError):
        return False
