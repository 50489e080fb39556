"""Every route of a desk, with an address that it answers to."""

from __future__ import annotations

from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from pipeline.desk.api.gate import ApiRoute, rule_of


def path_of(route):
    filled = {
        "{year}": "2026",
        "{serial}": "0001",
        "{login}": "siti",
        "{path:path}": "tidak-ada",
        "{name}": "meja.css",
        "{page}": "1",
        "{channel}": "lisan",
        "{move}": "konfirmasi",
        "{template}": "03-lembar-disposisi",
        "{job}": "tidak-ada",
        "{saying}": "sanggah",
        "{key}": "0123456789abcdef",
        "{act}": "sisihkan",
        "{part}": "kop",
        "{chore}": "periksa",
        "{role}": "kabid",
        "{claim}": "0123456789abcdef",
        "{kind}": "musnah",
        "{step}": "usul",
        "{paper}": "tidak-ada",
        "{request}": "1",
        "{breach}": "1",
        "{edition}": "2026-11-26",
        "{section}": "langkah",
    }
    path = route.path
    for part, value in filled.items():
        path = path.replace(part, value)
    assert "{" not in path, f"{path}: say in this test what stands there"
    return path


def pages_of(desk):
    return [route for route in desk.app.routes if not isinstance(route, Mount)]


def endpoints_of(desk):
    """The API's endpoints: path (under ``/api``), method, and what they declare."""
    (mount,) = (route for route in desk.app.routes if isinstance(route, Mount))
    assert mount.path == "/api"
    found = [context.original_route for context in iter_route_contexts(mount.app.routes)]
    assert all(type(route) is ApiRoute for route in found)
    return [(f"/api{path_of(route)}", method, rule_of(route.endpoint)) for route in found for method in route.methods]
