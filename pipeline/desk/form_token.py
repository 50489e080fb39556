"""The token by which a form is known to come from a page of ours, also one of a session that is over."""

from __future__ import annotations

import secrets

from starlette.exceptions import HTTPException

from pipeline.desk.visit import Visit


class FormToken:
    """Looks at the token of one visit; ``allowed``: its page is open to the visitor; ``of_strangers``: to everybody.

    ``owner``: the account whose session is over or whose role ended; empty for a form of the session that sends it, and
    where nobody knows whose it was: its text is then handed back to the browser that sent it, and kept nowhere.
    """

    def __init__(self, visit: Visit, *, allowed: bool, of_strangers: bool) -> None:
        self._visit, self._allowed, self._of_strangers = visit, allowed, of_strangers
        self.owner = ""

    def right(self, token: str) -> bool:
        """Say whether the token is right.

        Raises:
            HTTPException: 401 or 403, if whoever sends it may not come here and it is no token of ours.
        """
        visit = self._visit
        if secrets.compare_digest(token.encode(), visit.csrf.encode()) and (visit.visitor or self._allowed):
            self.owner = "" if self._allowed or visit.visitor is None else visit.visitor.login
            return True
        over = None if self._of_strangers else visit.desk.people.sessions.ended(visit.desk.now(), csrf=token)
        self.owner = over.login if over else ""
        if over or self._allowed:
            return over is not None
        if visit.request.headers.get("sec-fetch-site") != "same-origin":
            raise HTTPException(403 if visit.visitor else 401)
        return True
