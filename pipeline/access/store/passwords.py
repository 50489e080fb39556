"""Passwords: argon2id (RFC 9106), a rule that people can keep, and the same time for accounts that do not exist."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.errors import Incomplete

LEAST, MOST = 12, 200  # characters; a short sentence is easier to keep than signs (NIST SP 800-63B)
_AT_ONCE = 2  # each takes 64 MiB for a moment; a crowd at the door must not eat the machine


class Passwords:
    """Hashes and checks passwords. ``hasher`` sets the cost; the default is argon2-cffi's (RFC 9106, low memory)."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = threading.BoundedSemaphore(_AT_ONCE)
        self._nobody = ""

    def hashed(self, password: str, login: str) -> str:
        """Return the hash of a new password.

        Raises:
            Incomplete: it is too short, too long, or too easy to guess.
        """
        if fault := unfit(password, login):
            raise Incomplete(fault, "Kalimat pendek yang mudah diingat paling baik, misalnya empat kata acak.")
        with self._turn:
            return self._hasher.hash(password)

    def right(self, stored: str, password: str) -> bool:
        """Say whether it is the password of that hash; for an empty hash no, after the same time."""
        with self._turn:
            if not self._nobody:
                self._nobody = self._hasher.hash("tidak ada orangnya")
            try:
                self._hasher.verify(stored or self._nobody, password[:MOST])
            except (VerificationError, InvalidHashError):
                return False
        return bool(stored)

    def outdated(self, stored: str) -> bool:
        """Say whether the hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(stored)


def unfit(password: str, login: str) -> str:
    """Return why a password cannot be taken, or nothing."""
    plain = password.casefold()
    if len(password) < LEAST:
        return f"Kata sandi terlalu pendek: paling sedikit {LEAST} huruf."
    if len(password) > MOST:
        return f"Kata sandi terlalu panjang: paling banyak {MOST} huruf."
    if login.casefold() in plain or len(set(plain)) < 5 or "yankomas" in plain or "password" in plain:
        return "Kata sandi terlalu mudah ditebak."
    return ""
