"""The drawers of an office of many: rows that are sealed with what lies in no database, the same at each of its desks.

A drawer is named by HMAC(the office's key ``ketikan``, what lies in it and login): a desk with another key has drawers
of its own, and neither opens nor takes away what it never meets. What is swept is what is old by the server's clock.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from pipeline.access.drafts import KEPT
from pipeline.access.store.account_keys import KEY, sealed, unsealed
from pipeline.access.store.drawers import MOMENT
from pipeline.office.ports import Keys
from pipeline.storage.postgres import Database


class PostgresDrawers:
    """Drawers of one office (see the port), as a desk with these keys comes to them; ``what`` lies in them."""

    def __init__(self, database: Database, keys: Keys, what: str) -> None:
        self._database, self._keys, self._what = database, keys, what

    @contextmanager
    def changing(self, login: str) -> Iterator[None]:
        """Hold an account's drawer until the transaction ends."""
        with self._database.transaction() as running:
            if name := self._name(login):
                running.execute("SELECT 1 FROM drawer WHERE name = %s FOR UPDATE", (name,))
            yield

    def drawer(self, login: str) -> RowDrawer:
        """Return an account's drawer; one that cannot be named is empty."""
        return RowDrawer(self._database, self._name(login))

    def key(self, login: str) -> bytes | None:
        """Return an account's key; None if it has none here."""
        name, secret = self._name(login), self._keys.known(KEY)
        found = self._database.row("SELECT wrapped FROM drawer WHERE name = %s", (name,)) if name else None
        return unsealed(secret, bytes(found[0]), login.encode()) if found and secret else None

    def made(self, login: str) -> bytes:
        """Return an account's key, made if it has none; what lay under one that is lost goes.

        Raises:
            SettingsFault: the office's key was lost.
        """
        secret = self._keys.key(KEY)
        if (key := self.key(login)) is not None:
            return key
        with self._database.transaction() as running:
            name, key = self._name(login), secrets.token_bytes(32)
            row = (name, sealed(secret, key, login.encode()))
            if running.execute("INSERT INTO drawer VALUES (%s, %s) ON CONFLICT DO NOTHING", row).rowcount:
                return key
            running.execute("SELECT 1 FROM drawer WHERE name = %s FOR UPDATE", (name,))
            if (theirs := self.key(login)) is not None:  # another desk was faster
                return theirs
            running.execute("DELETE FROM typed WHERE drawer = %s", (name,))
            running.execute("UPDATE drawer SET wrapped = %s WHERE name = %s", (row[1], name))
        return key

    def size(self) -> int:
        """Return how many bytes all drawers have."""
        found = self._database.row("SELECT coalesce(sum(octet_length(data)), 0) FROM typed")
        return int(found[0]) if found else 0

    def sweep(self, logins: Collection[str], now: datetime) -> None:
        """Forget what nobody came back to, whichever desk it is of."""
        with self._database.transaction() as running:  # in the order in which they are held by who types meanwhile
            running.execute("DELETE FROM drawer WHERE used < now() - %s", (KEPT,))
            running.execute("DELETE FROM typed WHERE kept < now() - %s", (KEPT,))

    def _name(self, login: str) -> str:
        secret = self._keys.known(KEY)
        return hmac.digest(secret, f"laci {self._what} {login}".encode(), "sha256")[:16].hex() if secret else ""


class RowDrawer:
    """One drawer (see the port)."""

    def __init__(self, database: Database, name: str) -> None:
        self._database, self._drawer = database, name

    def sizes(self) -> Mapping[str, int]:
        """Return the names of what is there, also of what lies beside, each with its bytes."""
        asked = "SELECT name, octet_length(data) FROM typed WHERE drawer = %s"
        return {str(name): int(size) for name, size in self._database.rows(asked, (self._drawer,))}

    def moments(self) -> Mapping[str, int]:
        """Return the same names as :meth:`things`, each with the moment with which it begins."""
        asked = "SELECT name, substring(data FROM 1 FOR %s) FROM typed WHERE drawer = %s AND name NOT LIKE '%%.%%'"
        found = self._database.rows(asked, (MOMENT, self._drawer))
        return {str(name): int.from_bytes(data, "big") for name, data in found}

    def things(self) -> Mapping[str, bytes]:
        """Return what is there by name, without what lies beside."""
        asked = "SELECT name, data FROM typed WHERE drawer = %s AND name NOT LIKE '%%.%%'"
        return {str(name): bytes(data) for name, data in self._database.rows(asked, (self._drawer,))}

    def read(self, name: str) -> bytes | None:
        """Return a thing; None if there is none of that name."""
        found = self._database.row("SELECT data FROM typed WHERE drawer = %s AND name = %s", (self._drawer, name))
        return bytes(found[0]) if found else None

    def put(self, name: str, data: bytes) -> None:
        """Put a thing in place of what had its name."""
        with self._database.transaction() as running:
            running.execute("UPDATE drawer SET used = now() WHERE name = %s", (self._drawer,))
            running.execute(
                "INSERT INTO typed VALUES (%s, %s, %s) ON CONFLICT (drawer, name)"
                " DO UPDATE SET data = excluded.data, kept = now()",
                (self._drawer, name, data),
            )

    def rename(self, name: str, becomes: str) -> None:
        """Have a thing be called otherwise, with what lies beside it."""
        self.remove(becomes)
        with self._database.transaction() as running:
            running.execute(
                "UPDATE typed SET name = %s || substring(name FROM %s)"
                " WHERE drawer = %s AND split_part(name, '.', 1) = %s",
                (becomes, len(name) + 1, self._drawer, name),
            )

    def remove(self, name: str) -> None:
        """Take a thing away, with what lies beside it; one that is gone is no fault."""
        gone = "DELETE FROM typed WHERE drawer = %s AND split_part(name, '.', 1) = %s"
        with self._database.transaction() as running:
            running.execute(gone, (self._drawer, name))
