"""Routes of the API behind the same rights as the pages: by token, or for reading by the session of a browser."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from fastapi import Depends, Request
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope, Send

from pipeline.errors import YankomasError
from pipeline.running.tending import place_of
from pipeline.web import faults
from pipeline.web.gate import limited
from pipeline.web.rights import Right, may
from pipeline.web.routing import FORM_LIMIT, Rule
from pipeline.web.visit import Visitor, case_of

if TYPE_CHECKING:
    from pipeline.web.desk import Desk

E = TypeVar("E", bound=Callable[..., Any])
_RULE = "__yankomas_rule__"
_SAFE = ("GET", "HEAD")
_log = logging.getLogger(__name__)


def needs(right: Right, *, personal: bool = True, limit: int = FORM_LIMIT) -> Callable[[E], E]:
    """Declare what an endpoint asks for; one without it cannot be reached. Written below the router's decorator."""

    def declare(endpoint: E) -> E:
        setattr(endpoint, _RULE, Rule(right, personal, limit))
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
            rule = rule_of(self.endpoint)
            await run_in_threadpool(_admit, rule, request, desk, f"{request.method} /api{self.path}")
            await super().handle(scope, limited(receive, rule.limit if rule else 0), sending)
        except Exception as fault:
            if started:
                raise
            await answer_of(fault)(scope, receive, send)


def _admit(rule: Rule | None, request: Request, desk: Desk, route: str) -> None:
    """Put the caller into the request's state and into the access log.

    Raises:
        HTTPException: 401 without a good token or session, 403 without the right or if none was declared.
    """
    who = _caller(request, desk)
    if who is None:
        raise HTTPException(401)
    if rule is None or not may(who.roles, rule.right):
        raise HTTPException(403)
    request.state.caller = who
    if rule.personal:
        params = request.path_params
        case = str(case_of(params["year"], params["serial"])) if {"year", "serial"} <= params.keys() else ""
        desk.access.append(desk.now(), who.login, route, who.roles, case)


def _caller(request: Request, desk: Desk) -> Visitor | None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        token = desk.people.tokens.find(key.strip(), desk.now())
        return Visitor(token.login, token.label, frozenset({token.role}), b"", "") if token else None
    return desk.visitor(request) if request.method in _SAFE else None


def answer_of(fault: Exception) -> JSONResponse:
    """Return an error as JSON: ``error`` and ``remedy`` in Indonesian, nothing of the machine's inside."""
    if isinstance(fault, HTTPException):
        status, (fact, remedy) = fault.status_code, faults.words(fault.status_code)
    elif isinstance(fault, YankomasError):
        status = faults.status_of(fault)
        fact, remedy = (fault.message, fault.remedy) if status != 500 else faults.words(500)
    else:
        _log.error("API: kesalahan program %s di %s", type(fault).__name__, place_of(fault))
        status, (fact, remedy) = 500, faults.words(500)
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else None
    return JSONResponse({"error": fact, "remedy": remedy}, status, headers)


def _who(request: Request) -> Visitor:
    who: Visitor = request.state.caller
    return who


def _desk(request: Request) -> Any:
    return request.app.state.desk


#: Who calls, and the desk, as parameters of an endpoint: ``def register(who: Caller, desk: TheDesk)``.
Caller = Annotated[Visitor, Depends(_who)]
TheDesk = Annotated[Any, Depends(_desk)]
