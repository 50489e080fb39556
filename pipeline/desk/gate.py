"""The gate before every page: session, right, size, form token, access log. Whatever is not allowed ends here."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from pipeline.access.rights import Right, may
from pipeline.desk import faults, uploads
from pipeline.desk.desk import Desk
from pipeline.desk.visit import Visit
from pipeline.errors import YankomasError, place_of

_FIELDS, _FILES = 2000, 40
_SAFE = ("GET", "HEAD")
_log = logging.getLogger(__name__)


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
        super().__init__(path, closed, methods=[method], name=page.__name__)
        self.page, self.rule = page, rule

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the visit through the gate, or turn it away."""
        await pass_through(self, scope, receive, send)


async def closed(_request: Request) -> Response:
    """Answer for whatever reached a page's route around the gate."""
    raise HTTPException(403)


async def pass_through(route: PageRoute, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request of a page."""
    desk: Desk = scope["app"].state.desk
    request = Request(scope, limited(receive, most(route.rule, desk)))
    stranger = request.cookies.get(desk.stranger_cookie, "")
    visitor = await run_in_threadpool(desk.visitor, request)
    token = visitor.csrf if visitor else stranger or secrets.token_urlsafe(24)
    visit = Visit(request, desk, visitor, token, f"{request.method} {route.path}")
    response = await _answer(route, visit)
    if visitor is None and not stranger and route.page.__module__ != "pipeline.desk.routes.static":
        response.set_cookie(desk.stranger_cookie, token, httponly=True, samesite="strict", secure=desk.tls)
    await response(scope, receive, send)


async def _answer(route: PageRoute, visit: Visit) -> Response:
    try:
        if turned_away := _turned_away(route, visit):
            return turned_away
        visit = await _with_form(route.rule, visit)
        try:
            return await run_in_threadpool(_served, route, visit)
        finally:
            for upload in visit.uploads:
                await run_in_threadpool(upload.discard)
    except HTTPException as fault:
        return faults.by_status(visit, fault.status_code)
    except ClientDisconnect:
        return faults.by_status(visit, 400)  # nobody reads it
    except YankomasError as fault:
        return faults.by_error(visit, fault)
    except Exception as fault:  # its message may repeat what a letter says: only kind and place are told
        _log.error("%s: kesalahan program %s di %s", visit.route, type(fault).__name__, place_of(fault))
        return faults.by_status(visit, 500)


def _turned_away(route: PageRoute, visit: Visit) -> Response | None:
    rule, request = route.rule, visit.request
    if not may_pass(rule, visit):
        if visit.visitor is None and request.method in _SAFE:
            back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse("/masuk" + (f"?lanjut={quote(back)}" if back != "/" else ""), status_code=303)
        raise HTTPException(403 if visit.visitor else 401)
    if request.method not in (route.methods or ()):
        raise HTTPException(405)
    return None


def may_pass(rule: Rule, visit: Visit) -> bool:
    """Say whether the visitor has the right that the rule asks for."""
    return may(visit.visitor.roles if visit.visitor else None, rule.right)


async def _with_form(rule: Rule, visit: Visit) -> Visit:
    """Return the visit with what was posted, once it is known to come from a page of ours."""
    request = visit.request
    if request.method in _SAFE:
        return visit
    if not same_origin(request):
        raise HTTPException(403)

    def right(token: object) -> bool:
        return secrets.compare_digest(str(token).encode(), visit.csrf.encode())

    if rule.uploads and request.headers.get("content-type", "").startswith("multipart/"):
        store, limit = visit.desk.root.uploads(rule.uploads), visit.desk.root.settings.inbox.max_bytes
        sent = await uploads.receive(request, store, limit, right)
        return replace(visit, form=uploads.form_of(sent), uploads=tuple(sent.files))
    form = await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=rule.limit)
    if not right(form.get("csrf", "")):
        raise HTTPException(419)
    return replace(visit, form=form)


def _served(route: PageRoute, visit: Visit) -> Response:
    if route.rule.personal:
        params = visit.request.path_params
        visit.note(visit.case_number if {"year", "serial"} <= params.keys() else None)
    response: Response = route.page(visit)
    return response


def same_origin(request: Request) -> bool:
    """Say whether a request comes from our own page, as far as the browser tells (Fetch Metadata, RFC 6454).

    With the referrer policy ``no-referrer`` browsers write ``Origin: null`` on our own forms; the token decides then.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin in (None, "null") or urlsplit(origin).netloc == request.headers.get("host")


def most(rule: Rule, desk: Desk) -> int:
    """Return how many bytes a request may have: with files, as many as two of the largest that are taken in."""
    return rule.limit + (2 * desk.root.settings.inbox.max_bytes if rule.uploads else 0)


def limited(receive: Receive, limit: int) -> Receive:
    """Return a receiver that refuses bodies beyond the limit (bytes), however they are announced."""
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413)
        return message

    return counted
