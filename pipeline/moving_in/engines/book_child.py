"""What the confined child does with an old register; the parent names this module, and never imports it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pipeline.errors import Refused
from pipeline.moving_in.engines import csv_reading, xlsx_reading
from pipeline.scans.confinement.framing import Message, Operation

_ZIP, _COMPOUND, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


def _read(_: Mapping[str, Any], blobs: tuple[bytes, ...]) -> Message:
    """Return the sheets as one blob of JSON."""
    data = blobs[0]
    if not data.strip():
        raise Refused("kosong", "Buku ini kosong.", "Periksa berkasnya, lalu simpan ulang.")
    if data.startswith(_COMPOUND):
        fact = "Ini buku Excel lama (.xls), atau buku yang dikunci kata sandi."
        raise Refused("jenis", fact, "Buka di Excel atau LibreOffice, simpan sebagai .xlsx tanpa kata sandi.")
    if data.startswith(_PDF):
        raise Refused("jenis", "Ini PDF, bukan tabel.", "Kirim buku Excel-nya (.xlsx), atau .csv.")
    sheets = list(xlsx_reading.sheets(data)) if data.startswith(_ZIP) else [csv_reading.sheet(data)]
    return Message(None, (json.dumps(sheets, ensure_ascii=False, separators=(",", ":")).encode(),))


OPERATIONS: Mapping[str, Operation] = {"read": _read}
