"""A drawer for each account, in which what they typed lies, each thing sealed and under a name that says nothing.

On one PC it is a folder (``account_keys.py``), at the centre rows of the office (``postgres_drawers.py``).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

#: Bytes with which a thing begins, in clear: the moment at which it came, in seconds since 1970.
MOMENT = 8


class Drawer(Protocol):
    """What lies in one account's drawer. What is called ``<name>.0`` and so on lies beside, and goes with it."""

    def sizes(self) -> Mapping[str, int]:
        """Return the names of what is there, also of what lies beside, each with its bytes."""

    def moments(self) -> Mapping[str, int]:
        """Return the same names as :meth:`things`, each with the moment with which it begins."""

    def things(self) -> Mapping[str, bytes]:
        """Return what is there by name, without what lies beside."""

    def read(self, name: str) -> bytes | None:
        """Return a thing; None if there is none of that name."""

    def put(self, name: str, data: bytes) -> None:
        """Put a thing in place of what had its name, durably.

        Raises:
            Passing: there is no room.
        """

    def rename(self, name: str, becomes: str) -> None:
        """Have a thing be called otherwise, with what lies beside it."""

    def remove(self, name: str) -> None:
        """Take a thing away, with what lies beside it; one that is gone is no fault."""


class Drawers(Protocol):
    """The drawers of one office."""

    def changing(self, login: str) -> AbstractContextManager[object]:
        """Hold what becomes of an account's drawer, where several desks change it: all of it happens, or nothing."""

    def drawer(self, login: str) -> Drawer:
        """Return an account's drawer, which may be empty."""

    def key(self, login: str) -> bytes | None:
        """Return the key that seals an account's things; None if it has none, or one that is not this office's."""

    def made(self, login: str) -> bytes:
        """Return an account's key, made if it has none; what lay under one that is lost goes.

        Raises:
            SettingsFault: the office's key was lost.
        """

    def size(self) -> int:
        """Return how many bytes all drawers have."""

    def sweep(self, logins: Collection[str], now: datetime) -> None:
        """Forget what is too old, and what is of no account where that can be told."""
