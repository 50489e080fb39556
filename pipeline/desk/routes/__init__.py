"""The pages, one module a family. A new family is a module with ``pages = Pages()``, listed here."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from pipeline.access.rights import Right
from pipeline.desk.gate import PageRoute, Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.routes import (
    access_log,
    accounts,
    archive,
    audiences,
    authenticity,
    breaches,
    case,
    confirmations,
    hand_over,
    inbox,
    inbox_file,
    integrity,
    letter_edits,
    letters,
    login,
    moves,
    my_desk,
    official_posts,
    old_register,
    open_case,
    papers,
    personal_data,
    receipts,
    record_acts,
    record_custody,
    record_lists,
    record_schedule,
    redaction,
    register,
    send_files,
    settings,
    signing,
    sop,
    static,
    status,
    summary,
    survey,
    templates,
    terms,
    together,
    transfers,
    trial_letter,
    typing,
    verification,
    verification_acts,
    year_ends,
)
from pipeline.desk.visit import Visit

_rest = Pages()


def unknown(visit: Visit) -> Response:
    """Answer 405 where a page exists that works another way, else 404.

    Strangers are sent to the login page all the same, so nobody learns what exists.
    """
    routes = visit.request.app.routes
    partial = any(route.matches(visit.request.scope)[0] is Match.PARTIAL for route in routes)
    raise HTTPException(405 if partial else 404)


_rest.get("/{path:path}", Right.SIGNED_IN, Lane.QUICK)(unknown)
_FAMILIES = (
    static,
    status,
    authenticity,
    login,
    my_desk,
    typing,
    audiences,
    receipts,
    together,
    register,
    archive,
    record_acts,
    record_lists,
    record_custody,
    year_ends,
    record_schedule,
    case,
    moves,
    letters,
    papers,
    redaction,
    letter_edits,
    signing,
    inbox_file,
    inbox,
    send_files,
    open_case,
    transfers,
    verification,
    verification_acts,
    summary,
    survey,
    personal_data,
    breaches,
    templates,
    sop,
    official_posts,
    old_register,
    trial_letter,
    settings,
    integrity,
    terms,
    accounts,
    confirmations,
    hand_over,
    access_log,
)
#: In the order in which they are matched; the last takes whatever is left.
ROUTES: tuple[PageRoute, ...] = tuple(
    route for pages in (*(family.pages for family in _FAMILIES), _rest) for route in pages.routes
)
