"""Signatures judged by programs that are not ours: ``pdfsig`` of Poppler, and OpenSSL."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from asn1crypto import cms, pem
from pyhanko.pdf_utils.reader import PdfFileReader
from signed_letters import NOON
from signing_pki import Pki


def poppler(pdf: bytes, folder: Path) -> str:
    """What ``pdfsig`` says of a PDF's signatures."""
    path = folder / "surat.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout


def openssl(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run OpenSSL."""
    return subprocess.run(["openssl", *map(str, arguments)], capture_output=True, check=False)


def anchors_of(pki: Pki, folder: Path) -> Path:
    """The root and the issuer of the test PKI, as a file of OpenSSL's."""
    path = folder / "akar.pem"
    path.write_bytes(b"".join(pem.armor("CERTIFICATE", pki.certificate(name)) for name in ("akar", "penerbit")))
    return path


def parts(pdf: bytes, kind: str, folder: Path) -> Iterator[tuple[Path, Path]]:
    """The CMS of each signature of a kind and the bytes that it covers, as files."""
    reader = PdfFileReader(io.BytesIO(pdf))
    for n, found in enumerate(s for s in reader.embedded_signatures if s.sig_object_type == kind):
        one, many, two, more = map(int, found.byte_range)
        content, signature = folder / f"{n}.bin", folder / f"{n}.der"
        content.write_bytes(pdf[one : one + many] + pdf[two : two + more])
        signature.write_bytes(cms.ContentInfo.load(found.pkcs7_content).dump())
        yield signature, content


def verified(signature: Path, content: Path, anchors: Path, at: datetime = NOON) -> bool:
    """Whether OpenSSL verifies a CMS over these bytes, up to the root, as of a moment."""
    asked = ("-attime", int(at.timestamp()), "-purpose", "any", "-binary", "-inform", "DER", "-out", "/dev/null")
    return openssl("cms", "-verify", *asked, "-in", signature, "-content", content, "-CAfile", anchors).returncode == 0
