"""What people look for, kept by the desk for as long as it runs: an address carries a name for it, not the words.

Who is looked for by name, or by NIK, must not stand in the browser's history, a bookmark or a proxy's log. A query
is known to the session that asked it and to no other.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
from collections import OrderedDict

_REMEMBERED = 5000  # queries; the one that was used longest ago is forgotten first
_LONGEST = 1000  # letters; more are not looked at anyway
_SIGNS = 16  # of a query's name


class SavedQueries:
    """The queries of all sessions. Safe for many threads."""

    def __init__(self) -> None:
        self._key, self._turn = secrets.token_bytes(32), threading.Lock()
        self._texts: OrderedDict[str, str] = OrderedDict()

    def keep(self, session: bytes, text: str) -> str:
        """Keep what a session asks; return its name, which is the same whenever the same is asked."""
        text = text[:_LONGEST]
        name = hmac.digest(self._key, session + text.encode("utf-8", "replace"), hashlib.sha256).hex()[:_SIGNS]
        with self._turn:
            self._texts[self._own(session, name)] = text
            self._texts.move_to_end(self._own(session, name))
            if len(self._texts) > _REMEMBERED:
                self._texts.popitem(last=False)
        return name

    def text(self, session: bytes, name: str) -> str | None:
        """Return what a session asked under that name; None if it did not, or that was too long ago."""
        with self._turn:
            found = self._texts.get(self._own(session, name))
            if found is not None:
                self._texts.move_to_end(self._own(session, name))
            return found

    @staticmethod
    def _own(session: bytes, name: str) -> str:
        return f"{session.hex()} {name}"
