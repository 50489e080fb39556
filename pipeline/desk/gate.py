"""The gate before every page: session, right, size, form token, access log. Whatever is not allowed ends here.

``Pages`` collects the routes of one family; none can be reached without the right and the lane that it declares. A page
is a plain function of a :class:`~pipeline.desk.visit.Visit`; it runs in a worker thread of its lane, behind the gate.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from pipeline.access.drafts import RENDERING
from pipeline.access.failed_tries import network
from pipeline.access.rights import Right, may
from pipeline.desk import faults, uploads
from pipeline.desk.desk import Desk
from pipeline.desk.form_token import FormToken
from pipeline.desk.hashed_uploads import HashedUploads
from pipeline.desk.lanes import Lane
from pipeline.desk.once import name_of
from pipeline.desk.sent_in_vain import files_kept, settle
from pipeline.desk.typed import is_worth_keeping
from pipeline.desk.visit import Visit, address_of
from pipeline.errors import Busy, Passing, YankomasError, place_of

Page = Callable[[Visit], Response]
FORM_LIMIT = 1 << 20  # bytes of a form without files
_FIELDS, _FILES = 2000, 40
_SAFE = ("GET", "HEAD")
_SLOWER = 1.0  # seconds after which those hear that they ask for too much who were told so again and again
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route asks for. ``personal``: it shows personal data, so each view is logged; ``limit``: bytes it takes.

    ``uploads``: where files that come with the form are written (``inbox`` or ``state``), or ``hash``: they are hashed
    and kept nowhere; empty: none come. ``largest``: bytes of one file (0: as many as a scan may have).
    """

    right: Right
    lane: Lane
    personal: bool
    limit: int = FORM_LIMIT
    uploads: str = ""
    largest: int = 0

    def largest_file(self, desk: Desk) -> int:
        """Return how many bytes a file may have that comes with the form."""
        return self.largest or desk.root.settings.inbox.max_bytes


class Pages:
    """The pages of one family, in the order in which they are matched."""

    def __init__(self) -> None:
        self.routes: list[PageRoute] = []

    def get(self, path: str, right: Right, lane: Lane, *, personal: bool | None = None) -> Callable[[Page], Page]:
        """Show something. Views of a page that asks for more than a login are logged unless ``personal=False``."""
        return self._adding("GET", path, Rule(right, lane, _is_personal(right, personal)))

    def post(
        self,
        path: str,
        right: Right,
        lane: Lane,
        *,
        personal: bool | None = None,
        limit: int = FORM_LIMIT,
        uploads: str = "",
        largest: int = 0,
    ) -> Callable[[Page], Page]:
        """Do something with what a form sends; its files (``visit.uploads``) lie in the inbox or the state folder."""
        return self._adding("POST", path, Rule(right, lane, _is_personal(right, personal), limit, uploads, largest))

    def _adding(self, method: str, path: str, rule: Rule) -> Callable[[Page], Page]:
        def add(page: Page) -> Page:
            self.routes.append(PageRoute(path, page, method, rule))
            return page

        return add


def _is_personal(right: Right, said: bool | None) -> bool:
    return right not in (Right.ANYONE, Right.SIGNED_IN) if said is None else said


class PageRoute(Route):
    """A route behind the gate."""

    def __init__(self, path: str, page: Page, method: str, rule: Rule) -> None:
        super().__init__(path, closed, methods=[method], name=page.__name__)
        self.page, self.rule = page, rule

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the visit through the gate, or turn it away."""
        desk: Desk = scope["app"].state.desk
        request = Request(scope, limited(receive, self.rule, desk))
        stranger = request.cookies.get(desk.stranger_cookie, "")
        with desk.lanes.place(Lane.GATE, network(address_of(request))) as place:
            try:
                visitor = await place.run(desk.visitor, request)
            except Passing as fault:  # where people are kept is away: nobody is known, and no page can be made for them
                await faults.away(fault, sends=request.method not in _SAFE)(scope, receive, send)
                return
        token = visitor.csrf if visitor else stranger or secrets.token_urlsafe(24)
        visit = Visit(request, desk, visitor, token, f"{request.method} {self.path}")
        with ExitStack() as held:
            response = await _answer(self, visit, held)
            kept = "cache-control" in response.headers  # by the browser, for everybody: nobody's token goes with it
            if visitor is None and not stranger and not kept:
                response.set_cookie(desk.stranger_cookie, token, httponly=True, samesite="strict", secure=desk.tls)
            await response(scope, receive, send)


async def closed(_request: Request) -> Response:
    """Answer for whatever reached a page's route around the gate."""
    raise HTTPException(403)


async def _answer(route: PageRoute, visit: Visit, held: ExitStack) -> Response:
    """Return the answer; ``held`` gets the place in the lane, which is kept until the answer is sent."""
    try:
        right = route.rule.right
        allowed = visit.visitor.may(right) if visit.visitor else may(None, right)
        if turned_away := _turned_away(route, visit, allowed=allowed):
            return turned_away
        visit = await _with_form(route.rule, visit, allowed=allowed)
        try:
            if not allowed or visit.owner:
                return await _told(faults.sent_too_late, visit, visit.owner)
            return await _in_its_lane(route, visit, held)
        finally:
            for upload in visit.uploads:
                await run_in_threadpool(upload.discard)
    except HTTPException as fault:
        return await _told(faults.by_status, visit, fault.status_code)
    except ClientDisconnect:
        return Response(status_code=400)  # nobody reads it
    except YankomasError as fault:
        return await _told(faults.by_error, visit, fault)
    except Exception as fault:  # its message may repeat what a complaint says: only kind and place are told
        _log.error("%s: kesalahan program %s di %s", visit.route, type(fault).__name__, place_of(fault))
        return await _told(faults.by_status, visit, 500)


async def _in_its_lane(route: PageRoute, visit: Visit, held: ExitStack) -> Response:
    """Return what the page answers.

    Raises:
        Busy: there is no place in its lane, and what somebody typed is to be kept.
    """
    try:
        place = held.enter_context(visit.desk.lanes.place(route.rule.lane, visit.whose))
    except Busy as fault:
        if visit.desk.refused.take(visit.whose, visit.desk.now()):
            await asyncio.sleep(_SLOWER)
        if is_worth_keeping(visit.sent_draft):
            raise
        return faults.crowded(fault, again=visit.request.method in _SAFE)
    visit.request.state.place = place
    leaves = visit.request.receive if visit.request.method in _SAFE else None
    return await place.run(_served, route, visit, leaves=leaves)


async def _told(words: Callable[..., Response], visit: Visit, fault: object) -> Response:
    """Return the page about a fault; it is made in a thread like any other, whatever was wrong.

    What went away, so that not even this page can be made, is told by one that asks for nothing.
    """
    with visit.desk.lanes.place(Lane.GATE, visit.network) as place:
        try:
            return await place.run(words, visit, fault)
        except Passing as gone:
            return faults.away_meanwhile(fault, gone, sends=visit.request.method not in _SAFE)


def _turned_away(route: PageRoute, visit: Visit, *, allowed: bool) -> Response | None:
    """Turn away who may not come here; but a form is read first: it may have been begun when they might."""
    request, sends = visit.request, visit.request.method not in _SAFE
    if not allowed and not (sends and request.method in (route.methods or ())):
        if visit.visitor is None and not sends:
            back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse("/masuk" + (f"?lanjut={quote(back)}" if back != "/" else ""), status_code=303)
        raise HTTPException(403 if visit.visitor else 401)
    if request.method not in (route.methods or ()):
        raise HTTPException(405)
    return None


def _served(route: PageRoute, visit: Visit) -> Response:
    if route.rule.right is Right.ANYONE:
        visit.request.state.kept = None  # a stranger's form is nobody's draft, whoever sends it
    if route.rule.personal:
        params = visit.request.path_params
        visit.note(visit.case_number if {"year", "serial"} <= params.keys() else None)
    if visit.visitor is None or not (made := visit.text(RENDERING)):
        return _done(route, visit)
    files = [(upload.field, upload.name, upload.sha256) for upload in visit.uploads]
    fields = [(name, value) for name, value in visit.form.multi_items() if isinstance(value, str)]
    name = name_of(visit.who.login, visit.request.url.path, made, fields, files)
    response, again = visit.desk.once.answer(name, visit.desk.now(), lambda: _done(route, visit))
    if again:
        visit.desk.people.sessions.tell(visit.who.session, "perhatian", "Terkirim dua kali; dilakukan sekali saja.")
    return response


def _done(route: PageRoute, visit: Visit) -> Response:
    response = route.page(visit)
    settle(visit, done=response.status_code < 400 and not visit.unfinished)
    return response


async def _with_form(rule: Rule, visit: Visit, *, allowed: bool) -> Visit:
    """Return the visit with what was posted, once it is known to come from a page of ours.

    A form of a session that is over comes with its ``owner``. Of who may not come here, nothing of its files is kept.
    """
    request = visit.request
    if request.method in _SAFE:
        return visit
    if not same_origin(request):
        raise HTTPException(403)
    check = FormToken(visit, allowed=allowed, of_strangers=rule.right is Right.ANYONE)
    if rule.uploads and request.headers.get("content-type", "").startswith("multipart/"):
        store = HashedUploads() if rule.uploads == "hash" or not allowed else visit.desk.root.uploads(rule.uploads)
        limit = rule.largest_file(visit.desk)
        with visit.desk.lanes.place(Lane.UPLOADS, visit.whose):
            sent = await uploads.receive(request, store, limit, check.right)
        visit = replace(visit, form=FormData(sent.fields), uploads=tuple(sent.files), owner=check.owner)
        if allowed and visit.visitor and rule.uploads == "state":
            request.state.keeps_files = True
            visit = replace(visit, uploads=visit.uploads or await run_in_threadpool(files_kept, visit, store))
        return visit
    form = await request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=rule.limit)
    if not await run_in_threadpool(check.right, str(form.get("csrf", ""))):
        raise HTTPException(419)
    return replace(visit, form=form, owner=check.owner)


def same_origin(request: Request) -> bool:
    """Say whether a request comes from our own page, as far as the browser tells (Fetch Metadata, RFC 6454).

    With the referrer policy ``no-referrer`` browsers write ``Origin: null`` on our own forms; the token decides then.
    """
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin in (None, "null") or urlsplit(origin).netloc == request.headers.get("host")


def limited(receive: Receive, rule: Rule, desk: Desk) -> Receive:
    """Return a receiver that refuses bodies beyond what the rule takes, however they are announced.

    With files that is as many bytes as two of the largest that are taken in.
    """
    limit, taken = rule.limit + (2 * rule.largest_file(desk) if rule.uploads else 0), 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(413)
        return message

    return counted
