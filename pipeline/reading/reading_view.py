"""What would be read from a file, as plain data. The shape is a public contract."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipeline.cases.ports import Blob
from pipeline.reading.ports import Reader
from pipeline.scans.ports import unread_code


def reading_view(blob: Blob, reader: Reader, now: datetime) -> dict[str, Any]:
    """Return what would be read from a file, as ``read --json`` shows it; nothing is registered or kept.

    Raises:
        Refused: it would not be taken in.
    """
    inspection = reader.inspect(blob)
    reading = reader.read(blob, now)
    return {
        "media": inspection.media,
        "codes": [asdict(c) for c in inspection.codes],
        "warnings": [*inspection.warnings, *map(unread_code, inspection.unread), *reading.warnings],
        "engine": reading.engine,
        "pages": [{"number": p.number, "source": p.source, "turned": p.turned, "text": p.text} for p in reading.pages],
        "letters": [letter.as_json() for letter in reading.letters],
    }
