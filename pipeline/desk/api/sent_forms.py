"""The forms that come with files, as the API's description tells them: they are read as they come, not by FastAPI."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.cases.cleared_words import CLEARED


def _form(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    """Return the description of a form with files, which is read as it comes and not by FastAPI."""
    schema = {"type": "object", "properties": properties, "required": required}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


_FILE = {"type": "string", "format": "binary"}
MOVE_FORM = _form(
    {
        "isian": {"type": "string", "description": "jawaban formulir sebagai objek JSON"},
        "sebagai": {"type": "string", "description": "peran; bawaan: peran token"},
        "dilihat": {"type": "integer", "description": "baris jurnal yang dilihat; ditolak bila sudah lewat"},
        "berkas": {
            "type": "array",
            "items": _FILE,
            "description": "pindaian yang disertakan; halaman satu naskah boleh dalam beberapa berkas",
        },
    },
    ["isian"],
)
EDIT_FORM = _form(
    {
        "dilihat": {
            "type": "integer",
            "description": "versi terbaru yang dilihat; ditolak bila sudah ada yang lebih baru",
        },
        "dasar": {"type": "integer", "description": "versi yang disunting, bila bukan yang terbaru itu"},
        "yakin": {"type": "boolean", "description": "berkas tidak menyebut naskahnya, tetapi memang suntingannya"},
        "bukan_pelapor": {
            "type": "string",
            "description": "kata yang bukan nama pelapor, korban, atau saksi (kata | alasan); satu tiap baris",
        },
        "sebagai": {"type": "string", "description": "peran; bawaan: peran token"},
        "berkas": {**_FILE, "description": "berkas Word hasil suntingan"},
    },
    ["dilihat", "berkas"],
)
MOVE_FIELDS, EDIT_FIELDS = ("isian", "sebagai", "dilihat"), ("dilihat", "dasar", "yakin", "sebagai", CLEARED)
DEPOSIT_FIELDS = ("sha256", "map", "diambil")
DEPOSIT_FORM = _form(
    {
        "sha256": {"type": "string", "description": "SHA-256 berkasnya (heksadesimal)"},
        "diambil": {"type": "string", "description": "kapan berkas itu diambil dari kotak masuk kantornya (ISO 8601)"},
        "map": {"type": "string", "description": "folder kotak masuk tempatnya, misalnya 2026-0007"},
        "berkas": {**_FILE, "description": "pindaiannya"},
    },
    ["sha256", "berkas"],
)
SERVICE_FIELDS = ("layanan",)
SERVICE_FORM = _form(
    {
        "berkas": {"type": "array", "items": _FILE, "minItems": 1},
        "layanan": {"type": "string", "description": "layanan yang menanganinya, misalnya surat-masuk"},
    },
    ["berkas", "layanan"],
)
INBOX_FIELDS = ("bolak_balik",)
INBOX_FORM = _form(
    {
        "berkas": {"type": "array", "items": _FILE, "minItems": 1},
        "bolak_balik": {"type": "string", "description": "bila berisi: tumpukan, semua muka lalu semua balik"},
    },
    ["berkas"],
)
