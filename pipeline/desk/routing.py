"""Pages as routes that cannot be reached without the right they declare.

``Pages`` collects the routes of one family. A page is a plain function of a :class:`~pipeline.desk.visit.Visit`; it
runs in a worker thread. Before it runs, the gate has looked up the session, checked the right, limited and read the
form, checked the form's token, and written the access log.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.access.rights import Right
from pipeline.desk.gate import FORM_LIMIT, Page, PageRoute, Rule


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
