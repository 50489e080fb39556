"""Hashes of passwords: argon2id (RFC 9106)."""

from __future__ import annotations

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from pipeline.access.passwords import EASY_TO_KEEP, MOST, unfit
from pipeline.errors import Incomplete

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
            raise Incomplete(fault, EASY_TO_KEEP)
        with self._turn:
            return self._hasher.hash(password)

    def again(self, password: str) -> str:
        """Return another hash of a password that was right."""
        with self._turn:
            return self._hasher.hash(password[:MOST])

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
