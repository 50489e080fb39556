"""Pages as routes that cannot be reached without the right they declare.

``Pages`` collects the routes of one family. A page is a plain function of a :class:`~pipeline.desk.visit.Visit`; it
runs in a worker thread. Before it runs, the gate has looked up the session, checked the right, limited and read the
form, checked the form's token, and written the access log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from pipeline.access.rights import Right
from pipeline.desk import gate
from pipeline.desk.visit import Visit

Page = Callable[[Visit], Any]
FORM_LIMIT = 1 << 20  # bytes of a form without files


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route asks for. ``personal``: it shows personal data, so each view is logged; ``limit``: bytes it takes.

    ``uploads``: where files that come with the form are written (``inbox`` or ``state``); empty: none come.
    """

    right: Right
    personal: bool
    limit: int = FORM_LIMIT
    uploads: str = ""


class PageRoute(Route):
    """A route behind the gate."""

    def __init__(self, path: str, page: Page, method: str, rule: Rule) -> None:
        super().__init__(path, gate.closed, methods=[method], name=page.__name__)
        self.page, self.rule = page, rule

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the visit through the gate, or turn it away."""
        await gate.pass_through(self, scope, receive, send)


class Pages:
    """The pages of one family, in the order in which they are matched."""

    def __init__(self) -> None:
        self.routes: list[PageRoute] = []

    def get(self, path: str, right: Right, *, personal: bool | None = None) -> Callable[[Page], Page]:
        """Show something. Views of a page that asks for more than a login are logged unless ``personal=False``."""
        return self._adding("GET", path, right, personal, FORM_LIMIT)

    def post(
        self,
        path: str,
        right: Right,
        *,
        personal: bool | None = None,
        limit: int = FORM_LIMIT,
        uploads: str = "",
    ) -> Callable[[Page], Page]:
        """Do something with what a form sends; its files (``visit.uploads``) lie in the inbox or the state folder."""
        return self._adding("POST", path, right, personal, limit, uploads)

    def _adding(
        self, method: str, path: str, right: Right, personal: bool | None, limit: int, uploads: str = ""
    ) -> Callable[[Page], Page]:
        logged = right not in (Right.ANYONE, Right.SIGNED_IN) if personal is None else personal
        rule = Rule(right, logged, limit, uploads)

        def add(page: Page) -> Page:
            self.routes.append(PageRoute(path, page, method, rule))
            return page

        return add
