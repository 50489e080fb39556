"""What accounts and tokens are, as one hash each: a change made past the program shows beside the access log.

Read only, also a copy that nobody can write; sessions, links, tries and posts taken up by the NIP are no states.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.access.store.people_file import FILE
from pipeline.errors import Passing
from pipeline.storage.rows import Rows

_ACCOUNTS = "SELECT login, name, nip, password, locked FROM account"
_ROLES = "SELECT login, role, since, until FROM held_role"
_TOKENS = "SELECT id, digest, label, role, ends, made_by FROM token"
ACCOUNT, TOKEN = "akun", "token"


def account_states(folder: Path) -> Mapping[str, str]:
    """Return a hash of each account (``akun siti.rekaan``) and each token (``token 3``); empty if there are none.

    Raises:
        Passing: the file cannot be read at present.
    """
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as rows:
            rows.row_factory = sqlite3.Row
            rows.execute("BEGIN")
            return states_in(rows)
    except sqlite3.Error as fault:
        raise Passing(f"Berkas akun tidak dapat dibaca: {fault}.", "Ulangi sebentar lagi.") from fault


def states_in(rows: Rows) -> Mapping[str, str]:
    """Return a hash of each account and each token that rows of people have."""
    found = {f"{ACCOUNT} {told[0]}": _hashed(*told) for told in _accounts(rows)}
    return found | {f"{TOKEN} {row[0]}": _hashed(row[1].hex(), *row[2:]) for row in _values(rows, _TOKENS)}


def state_with(rows: Rows, login: str, password: str | None = None) -> str:
    """Return the hash of one account, as it is or with another hash of a password; empty if there is none."""
    for _, name, nip, stored, *more in _accounts(rows, "WHERE login = ?", login):
        return _hashed(login, name, nip, stored if password is None else password, *more)
    return ""


def _accounts(rows: Rows, where: str = "", *values: str) -> Iterator[tuple[Any, ...]]:
    """Yield accounts, each with the roles that were given to it."""
    held: dict[str, list[tuple[str, ...]]] = {}
    for login, *role in _values(rows, f"{_ROLES} {where} ORDER BY 1, 2, 3", *values):
        held.setdefault(login, []).append(tuple(role))
    for row in _values(rows, f"{_ACCOUNTS} {where}", *values):
        yield (*row, held.get(row[0], []))


def _values(rows: Rows, question: str, *values: str) -> list[tuple[Any, ...]]:
    return [tuple(dict(row).values()) for row in rows.execute(question, values).fetchall()]


def _hashed(*told: object) -> str:
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
