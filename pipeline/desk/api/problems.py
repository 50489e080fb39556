"""Errors as the API tells them: problem details (RFC 9457) in Indonesian, each with a code and a remedy.

Nothing of the machine's inside is told, and nothing that was sent is repeated.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from pipeline.desk import faults
from pipeline.errors import (
    YankomasError,
    place_of,
)

MEDIA = "application/problem+json"
_URN = "urn:yankomas:galat:"
_log = logging.getLogger(__name__)
#: Code, fact and remedy of each status.
_SAID: Mapping[int, tuple[str, str, str]] = {
    400: ("permintaan", "Permintaan ini tidak dapat dimengerti.", "Lihat bentuknya di /api/openapi.json."),
    401: ("belum-masuk", "Token tidak ada, salah, atau sudah berakhir.", "Mintalah token baru kepada admin (/akun)."),
    403: ("tidak-berwenang", "Peran token ini tidak berwenang.", "Mintalah token dengan peran yang sesuai."),
    404: ("tidak-ada", "Alamat itu tidak ada.", "Lihat alamat yang ada di /api/openapi.json."),
    405: ("cara", "Alamat itu tidak dapat dipanggil dengan cara ini.", "Lihat caranya di /api/openapi.json."),
    413: ("terlalu-besar", "Yang dikirim terlalu besar.", "Kirim berkas yang lebih kecil; batasnya di office.toml."),
    422: ("isian", "Isian belum benar.", "Lihat bentuknya di /api/openapi.json."),
    429: ("terlalu-sering", "Terlalu banyak panggilan.", "Tunggu selama Retry-After (detik), lalu ulangi."),
    500: ("kesalahan-program", "Terjadi kesalahan program.", "Coba lagi; bila berulang, beri tahu admin jamnya."),
    503: ("sibuk", "Meja sedang sibuk.", "Tunggu sebentar, lalu ulangi."),
}


class Problem(BaseModel):
    """What went wrong, and what to do."""

    type: str = Field(description="nama jenis galat, sebagai URN", examples=[f"{_URN}tidak-ada"])
    title: str = Field(description="faktanya, dalam satu kalimat")
    status: int = Field(description="kode HTTP")
    code: str = Field(description="kode galat, tetap di semua versi")
    remedy: str = Field(description="apa yang dapat dilakukan")
    fields: list[str] = Field(default=[], description="isian yang tidak dapat dibaca, bila ada")


def problem_of(fault: Exception) -> JSONResponse:
    """Return an error as problem details."""
    headers = dict(getattr(fault, "headers", None) or {})
    status, code, fields = 500, "", []
    match fault:
        case RequestValidationError():
            status, fields = 422, sorted({".".join(map(str, error["loc"])) for error in fault.errors()})
        case HTTPException():
            status = fault.status_code if fault.status_code in _SAID else 400
        case YankomasError():
            status, code = faults.status_and_code(fault)
        case ClientDisconnect():  # nobody reads it
            status = 400
    if status == 500:
        _log.error("API: kesalahan program %s di %s", type(fault).__name__, place_of(fault))
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if status == 503 and code != faults.UNCERTAIN:
        headers["Retry-After"] = faults.RETRY_AFTER
    usual_code, fact, remedy = _SAID[status]
    code = code or usual_code
    if isinstance(fault, YankomasError) and status != 500:
        fact, remedy = fault.message, fault.remedy
    problem = Problem(type=f"{_URN}{code}", title=fact, status=status, code=code, remedy=remedy, fields=fields)
    return JSONResponse(problem.model_dump(), status, headers, media_type=MEDIA)


#: What every endpoint may answer besides, for the description.
RESPONSES: dict[int | str, dict[str, object]] = {
    status: {
        "description": _SAID[status][1],
        "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    for status in (400, 401, 403, 404, 413, 422, 429, 503)
}
