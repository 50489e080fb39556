"""The API: what the pages show and do, as JSON with OpenAPI, behind the same rights (``gate.py``).

Programs come with a token of one role and an end; the session of a browser may read. Errors are problem details.
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from pipeline import __version__
from pipeline.access.rights import Right
from pipeline.desk.api import deposits, doing, figures, reading, redaction, services, templates
from pipeline.desk.api.gate import ApiRoute, needs, nowhere
from pipeline.desk.api.problems import RESPONSES, Problem, problem_of
from pipeline.desk.api.shapes import NAMES
from pipeline.desk.desk import Desk
from pipeline.desk.lanes import Lane
from pipeline.errors import YankomasError

_ABOUT = (
    "Semua yang dilakukan meja Yankomas, bagi program lain. Token dibuat admin di /akun: satu peran, dengan tanggal "
    "berakhir. Galat dijawab sebagai application/problem+json (RFC 9457) dengan kode dan obatnya."
)
_rest = APIRouter(route_class=ApiRoute)


@_rest.get("/openapi.json", include_in_schema=False)
@needs(Right.SIGNED_IN, Lane.QUICK, personal=False)
def openapi(request: Request) -> dict[str, Any]:
    """Return the description of this API."""
    return described(request.app)


def described(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, with the problem's shape and the token."""
    schema = _named(app.openapi())
    parts = schema.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = Problem.model_json_schema()
    parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    schema["security"] = [{"token": []}]
    return schema


def _named(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the names by which programs know our classes; what is sent has all its values."""
    text = json.dumps(schema)
    for ours, (told, _) in NAMES.items():
        text = text.replace(f'"#/components/schemas/{ours}"', f'"#/components/schemas/{told}"')
    named: dict[str, Any] = json.loads(text)
    shapes = named["components"]["schemas"]
    for ours, (told, about) in NAMES.items():
        shape = shapes.pop(ours)
        for part in shape["properties"].values():
            part.pop("default", None)
        shapes[told] = {**shape, "title": told, "description": about, "required": list(shape["properties"])}
    named["components"]["schemas"] = dict(sorted(shapes.items()))
    return named


@cache
def _routes() -> list[BaseRoute]:
    """Return the routes of every desk's API: FastAPI works out what they take when they are first asked, all at once.

    That takes a tenth of a second of the processor, which only the first desk of a process is to cost.
    """
    gathered = APIRouter(route_class=ApiRoute, responses=RESPONSES)
    for part in (reading, doing, redaction, deposits, services, figures, templates):
        gathered.include_router(part.router)
    gathered.include_router(_rest)
    return gathered.routes


def build(desk: Desk) -> FastAPI:
    """Return the API of a desk, to be mounted at ``/api``."""
    app = FastAPI(
        title="Yankomas",
        description=_ABOUT,
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        servers=[{"url": "/api"}],
        routes=_routes(),
        redirect_slashes=False,
    )
    app.state.desk = desk
    app.router.default = nowhere

    async def told(_request: Request, fault: Exception) -> Response:
        return problem_of(fault)

    for kind in (YankomasError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, told)
    return app


__all__ = ["build", "described", "nowhere"]
