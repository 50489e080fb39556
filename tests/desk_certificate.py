"""A certificate for a desk that tests serve by TLS."""

from __future__ import annotations

import subprocess
from pathlib import Path


def certificate_in(folder: Path, name: str = "localhost") -> tuple[Path, Path]:
    """Make a certificate for a host name or an address, and its key; return their files."""
    key, certificate = folder / "meja.key", folder / "meja.pem"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2"
    place = [
        "-subj",
        f"/CN={name}",
        "-addext",
        f"subjectAltName={'IP' if name[0].isdigit() else 'DNS'}:{name}",
        "-keyout",
        str(key),
        "-out",
        str(certificate),
    ]
    subprocess.run(["openssl", *words.split(), *place], check=True, capture_output=True)
    return certificate, key
