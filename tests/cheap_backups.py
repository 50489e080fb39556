"""Repositories of restic as ``restic init`` makes them, but whose password costs nothing to try.

restic makes trying a password costly (scrypt), and every one of the four programs that a backup starts tries it. How a
repository is written: https://restic.readthedocs.io/en/stable/100_references.html.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from pathlib import Path
from urllib.request import urlopen

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR, ECB
from cryptography.hazmat.primitives.poly1305 import Poly1305

from pipeline.backup.store.restic import Restic, is_remote

_FOLDERS = ("data", "index", "keys", "locks", "snapshots")
#: An irreducible polynomial, by which files are cut into pieces.
_POLYNOMIAL = "25b468838dcb75"
_COST = {"N": 2, "r": 1, "p": 1}
#: Which part of a key encrypts, and which two make the mark of what was encrypted.
_ENCRYPT, _MARK, _MASK = slice(0, 32), slice(32, 48), slice(48, 64)

really_made = Restic.make


def make(restic: Restic) -> None:
    """Make the repository in a new folder or a store of tests; all else is left to restic and its words."""
    place, master = restic.repository, secrets.token_bytes(64)
    folder = Path(place)
    if is_remote(place) != place.startswith("rest:http://127.0.0.1:") or folder.exists():
        really_made(restic)
        return
    config = {"version": 2, "id": secrets.token_hex(32), "chunker_polynomial": _POLYNOMIAL}
    key = _key(restic._password.read_text().rstrip("\n"), master)
    files = {"config": _sealed(master, json.dumps(config).encode()), f"keys/{hashlib.sha256(key).hexdigest()}": key}
    try:
        if not is_remote(place):
            for name in _FOLDERS:
                (folder / name).mkdir(parents=True)
        for name, data in files.items():
            _put(place, name, data)
    except OSError:
        really_made(restic)


def _put(place: str, name: str, data: bytes) -> None:
    if is_remote(place):
        urlopen(place.removeprefix("rest:") + name, data).close()
    else:
        Path(place, name).write_bytes(data)


def _key(password: str, master: bytes) -> bytes:
    """Return the file that gives whoever knows the password the master key."""
    salt = os.urandom(64)
    opened = hashlib.scrypt(password.encode(), salt=salt, n=_COST["N"], r=_COST["r"], p=_COST["p"], dklen=64)
    kept = {"mac": {"k": _text(master[_MARK]), "r": _text(master[_MASK])}, "encrypt": _text(master[_ENCRYPT])}
    data = _sealed(opened, json.dumps(kept).encode())
    return json.dumps({"kdf": "scrypt", **_COST, "salt": _text(salt), "data": _text(data)}).encode()


def _sealed(key: bytes, plain: bytes) -> bytes:
    """Return what is encrypted with a key: 16 bytes of chance, the text (AES-256 in counter mode), its Poly1305-AES."""
    chance = os.urandom(16)
    text = Cipher(AES(key[_ENCRYPT]), CTR(chance)).encryptor().update(plain)
    pad = Cipher(AES(key[_MARK]), ECB()).encryptor().update(chance)
    return chance + text + Poly1305.generate_tag(key[_MASK] + pad, text)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
