"""Routes of the API behind the same rights as the pages: by token, or for reading by the session of a browser."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Path, Request
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.access.failed_tries import network
from pipeline.access.rights import Right
from pipeline.access.secrecy import open_to
from pipeline.desk.api.problems import problem_of
from pipeline.desk.desk import Desk
from pipeline.desk.gate import Rule, limited
from pipeline.desk.lanes import Lane, Place
from pipeline.desk.throttle import Throttle
from pipeline.desk.visit import address_of, case_of
from pipeline.desk.visitor import Visitor

E = TypeVar("E", bound=Callable[..., Any])
_RULE = "__yankomas_rule__"
_SAFE = ("GET", "HEAD")


def needs(right: Right, lane: Lane, *, personal: bool = True, uploads: str = "") -> Callable[[E], E]:
    """Declare what an endpoint asks for and where it works; one without it cannot be reached.

    Written below the router's decorator.

    ``uploads``: files come along, and where they lie until they are put in place (``inbox`` or ``state``).
    """

    def declare(endpoint: E) -> E:
        setattr(endpoint, _RULE, Rule(right, lane, personal, uploads=uploads))
        return endpoint

    return declare


def rule_of(endpoint: Callable[..., Any]) -> Rule | None:
    """Return what an endpoint has declared, or None."""
    found: Rule | None = getattr(endpoint, _RULE, None)
    return found


class ApiRoute(APIRoute):
    """A route of the API behind the gate."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the call through the gate, or turn it away."""
        request = Request(scope)
        desk: Desk = request.app.state.desk
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            rule = await _admitted(rule_of(self.endpoint), request, f"{request.method} /api{self.path}")
            receive = limited(receive, rule, desk)
            if not rule.uploads:
                receive = await _whole(receive)  # a slow line holds no place at work
            with desk.lanes.place(rule.lane, request.state.caller.whose) as place:
                request.state.place = place
                if rule.uploads:  # the endpoint runs in its lane once it has the files
                    await super().handle(scope, receive, sending)
                else:
                    await _at_work(place, super().handle, scope, receive, sending)
        except Exception as fault:
            if started:
                raise
            await problem_of(fault)(scope, receive, send)


async def _whole(receive: Receive) -> Receive:
    """Take a whole body; return a receiver that gives it, and then tells when the caller goes."""
    messages = [await receive()]
    while messages[-1].get("more_body"):
        messages.append(await receive())

    async def given() -> Message:
        return messages.pop(0) if messages else await receive()

    return given


async def _at_work(place: Place, call: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Make a call in its turn; its place at work is free again as soon as the answer begins."""
    async with AsyncExitStack() as held:

        async def sending(message: Message) -> None:
            await held.aclose()
            await send(message)

        await held.enter_async_context(place.at_work())
        await call(scope, receive, sending)


async def nowhere(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer for addresses that no endpoint has; callers without a token do not learn which these are."""
    request = Request(scope)
    fault: Exception = HTTPException(404)
    try:
        await _admitted(Rule(Right.SIGNED_IN, Lane.QUICK, personal=False), request, "")
    except Exception as turned_away:
        fault = turned_away
    await problem_of(fault)(scope, receive, send)


async def _admitted(rule: Rule | None, request: Request, route: str) -> Rule:
    """Do :func:`_admit` in its turn."""
    desk = _desk(request)
    with desk.lanes.place(Lane.GATE, network(address_of(request))) as place:
        return await place.run(_admit, rule, request, desk, route)


def _admit(rule: Rule | None, request: Request, desk: Desk, route: str) -> Rule:
    """Put the caller into the request's state and into the access log; return the rule.

    Raises:
        HTTPException: 401 without a good token or session, 403 without the right or if none was declared, 429 for
            whoever calls too often.
        ReasonAsked, Incomplete: the case is not theirs to see to, and why they read it was not said (``?alasan=``).
    """
    who = _caller(request, desk)
    if who is None:
        _slow_down(desk.strangers, network(address_of(request)), desk)
        raise HTTPException(401)
    _slow_down(desk.callers, who.login, desk)
    if rule is None or not who.may(rule.right):
        raise HTTPException(403)
    request.state.caller = who
    if rule.personal:
        params = request.path_params
        case = case_of(params["year"], params["serial"]) if {"year", "serial"} <= params.keys() else None
        if case is not None and (row := desk.row(case)) is not None and open_to(who.sees, row):
            if reason := request.query_params.get("alasan", ""):
                desk.reasons.state(who, case, reason, desk.now())
            desk.reasons.require(who, row, desk.now())
        desk.note(who, route, case)
    return rule


def _slow_down(throttle: Throttle, whose: str, desk: Desk) -> None:
    if wait := throttle.take(whose, desk.now()):
        raise HTTPException(429, headers={"Retry-After": str(wait)})


def _caller(request: Request, desk: Desk) -> Visitor | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        token = desk.people.tokens.find(key.strip(), desk.now())
        return desk.program(token) if token else None
    return desk.visitor(request) if request.method in _SAFE else None


def _who(request: Request) -> Visitor:
    who: Visitor = request.state.caller
    return who


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _place(request: Request) -> Place:
    place: Place = request.state.place
    return place


#: Who calls, and the desk, as parameters of an endpoint: ``def register(who: Caller, desk: TheDesk)``.
Caller = Annotated[Visitor, Depends(_who)]
TheDesk = Annotated[Desk, Depends(_desk)]
#: Where an endpoint works that takes files: once it has them.
ThePlace = Annotated[Place, Depends(_place)]
#: A part of an address: a name, never a path.
Text = Annotated[str, Path(max_length=200)]
