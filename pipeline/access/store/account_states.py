"""What accounts and tokens are, as one hash each: a change made past the program shows beside the access log.

Read only, also a copy that nobody can write; sessions, links, tries and posts taken up by the NIP are no states.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pipeline.access.store.people import FILE
from pipeline.access.store.people_rows import Rows
from pipeline.errors import Passing

_ACCOUNTS = "SELECT login, name, nip, password, locked FROM account"
_ROLES = "SELECT login, role, since, until FROM held_role ORDER BY 1, 2, 3"
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
    held: dict[str, list[tuple[str, ...]]] = {}
    for login, *role in _values(rows, _ROLES):
        held.setdefault(login, []).append(tuple(role))
    found = {f"{ACCOUNT} {row[0]}": (*row, held.get(row[0], [])) for row in _values(rows, _ACCOUNTS)}
    found |= {f"{TOKEN} {row[0]}": (row[1].hex(), *row[2:]) for row in _values(rows, _TOKENS)}
    return {what: hashlib.sha256(json.dumps(told).encode()).hexdigest() for what, told in found.items()}


def _values(rows: Rows, question: str) -> list[tuple[Any, ...]]:
    return [tuple(dict(row).values()) for row in rows.execute(question).fetchall()]
