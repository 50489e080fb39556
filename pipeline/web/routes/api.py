"""The API: what the pages show, as JSON with OpenAPI. Its endpoints are behind the same rights (``apiroute.py``)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from pipeline import __version__
from pipeline.errors import NotFound, YankomasError
from pipeline.views.cases import case_view
from pipeline.web import secrecy
from pipeline.web.apiroute import ApiRoute, Caller, TheDesk, answer_of, needs
from pipeline.web.rights import Right
from pipeline.web.visit import case_of

router = APIRouter(route_class=ApiRoute)


@router.get("/register", summary="Buku register")
@needs(Right.REGISTER)
def register(who: Caller, desk: TheDesk, year: int | None = None) -> list[dict[str, Any]]:
    """Return the register's rows of a year, or of all years, by number."""
    return [secrecy.shown(who.roles, row) for row in desk.book.rows(year)]


@router.get("/kasus/{year}/{serial}", summary="Satu perkara")
@needs(Right.READ_CASES)
def case(who: Caller, desk: TheDesk, year: str, serial: str) -> dict[str, Any]:
    """Return a case as ``yankomas case --json`` shows it, without its folder."""
    number = case_of(year, serial)
    row = desk.row(number)
    if row is None:
        raise NotFound(f"Perkara {number} tidak ada.", "Periksa nomornya di buku register.")
    secrecy.require_open(who.roles, row)
    view = case_view(desk.root, number)
    return {name: value for name, value in view.items() if name != "folder"}


@router.get("/openapi.json", include_in_schema=False)
@needs(Right.SIGNED_IN, personal=False)
def openapi(request: Request) -> dict[str, Any]:
    """Return the description of this API."""
    schema: dict[str, Any] = request.app.openapi()
    return schema


@router.api_route("/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], include_in_schema=False)
@needs(Right.SIGNED_IN, personal=False)
def unknown(path: str) -> None:
    """Whatever no endpoint answers to; callers without a token do not learn what exists."""
    raise HTTPException(404)


def build(desk: Any) -> FastAPI:
    """Return the API of a desk, to be mounted at ``/api``."""
    app = FastAPI(
        title="Yankomas",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        servers=[{"url": "/api"}],
    )
    app.state.desk = desk
    app.router.route_class = ApiRoute
    app.include_router(router)

    async def told(_request: Request, fault: Exception) -> JSONResponse:
        return answer_of(fault)

    async def misread(_request: Request, fault: Exception) -> JSONResponse:
        assert isinstance(fault, RequestValidationError)
        where = sorted({".".join(str(part) for part in error["loc"]) for error in fault.errors()})
        answer = {"error": f"Isian belum benar: {', '.join(where)}.", "remedy": "Lihat /api/openapi.json."}
        return JSONResponse(answer, 422)

    app.add_exception_handler(YankomasError, told)
    app.add_exception_handler(HTTPException, told)
    app.add_exception_handler(RequestValidationError, misread)
    return app
