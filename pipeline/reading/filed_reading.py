"""What a reading leaves with a case: its text, the words with their places, the searchable copy, and their line.

And how it is looked at again as plain data; field by field: :mod:`pipeline.reading.field_checks`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.events import AttachmentRead, Document, Recognised
from pipeline.cases.ports import Blob, Cabinet
from pipeline.reading.fields import proposed
from pipeline.reading.near_duplicates import signature
from pipeline.reading.ports import Reader, Reading
from pipeline.scans.ports import unread_code
from pipeline.scans.words import Page, page_from_json

_STEP = 2
#: The shape of a page of which nothing is known, height by width: A4.
_USUAL_SHAPE = 297 / 210


def complaint_read(original: Document, reading: Reading, version: int = 1) -> tuple[Recognised, Mapping[str, bytes]]:
    """Return the line of a complaint that was read, and its documents' bytes.

    ``version`` goes up when it is read again because pages of it became another case.
    """
    letters = [complaint.as_json() for complaint in reading.complaints]
    again = f"-v{version}" if version > 1 else ""
    files = {
        "teks": (f"02-teks{again}.txt", _text(reading)),
        "pembacaan": (f"02-pembacaan{again}.json", _as_json(reading, letters)),
    }
    if hashlib.sha256(reading.searchable).hexdigest() != original.sha256:
        files["salinan"] = (f"02-surat-terbaca{again}.pdf", reading.searchable)
    fields: Any = letters[0]["fields"] if letters else {}
    event = Recognised(
        fields=proposed(fields),
        engine=reading.engine,
        documents=tuple(document_of(name, kind, _STEP, version, data) for kind, (name, data) in files.items()),
        warnings=reading.warnings,
        suspected=tuple({"page": s.page, "reason": s.reason} for s in reading.suspected),
        cited=tuple({"number": str(c.number), "page": c.page, "teks": c.teks} for c in reading.cited),
        signature=signature(" ".join(page.text for page in reading.pages)),
        archival=reading.archival,
    )
    return event, dict(files.values())


def attachment_read(
    attached: Document, reading: Reading, version: int = 1
) -> tuple[AttachmentRead, Mapping[str, bytes]]:
    """Return the line of an attachment that was read, and its documents' bytes; ``version`` as of the complaint."""
    stem, again = attached.name.rpartition(".")[0], f"-v{version}" if version > 1 else ""
    files = {f"{stem}-teks{again}.txt": _text(reading)}
    if hashlib.sha256(reading.searchable).hexdigest() != attached.sha256:
        files[f"{stem}-terbaca{again}.pdf"] = reading.searchable
    kinds = {"txt": "teks-lampiran", "pdf": "salinan-lampiran"}
    documents = tuple(document_of(n, kinds[n[-3:]], attached.step, version, data) for n, data in files.items())
    return AttachmentRead(attached.name, reading.engine, documents, reading.warnings, reading.archival), files


def document_of(name: str, kind: str, step: int, version: int, data: bytes) -> Document:
    """Return these bytes as a document of a case."""
    return Document(name, kind, step, hashlib.sha256(data).hexdigest(), len(data), version)


def canonical(value: Any) -> bytes:
    """Return a value as JSON that is the same bytes for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def _text(reading: Reading) -> bytes:
    return "\f".join(page.text for page in reading.pages).encode()


def _as_json(reading: Reading, letters: list[Any]) -> bytes:
    pages = [
        {
            "number": page.number,
            "width": round(page.width, 1),
            "height": round(page.height, 1),
            "source": page.source,
            "turned": page.turned,
            "text": page.text,
            "words": [[w.text, *(round(v, 4) for v in w.box), round(w.confidence, 2), w.line] for w in page.words],
        }
        for page in reading.pages
    ]
    return canonical({"engine": reading.engine, "pages": pages, "letters": letters})


def reading_view(blob: Blob, reader: Reader, now: datetime) -> dict[str, Any]:
    """Return what would be read from a file, as ``read --json`` shows it; nothing is registered or kept.

    Raises:
        Refused: it would not be taken in.
    """
    if made := reader.rendition(blob):
        blob = made.pages
    inspection = reader.inspect(blob)
    reading = reader.read(blob, now)
    return {
        "media": inspection.media,
        "codes": [asdict(c) for c in inspection.codes],
        "warnings": [
            *(made.warnings if made else ()),
            *inspection.warnings,
            *map(unread_code, inspection.unread),
            *reading.warnings,
        ],
        "engine": reading.engine,
        "pages": [{"number": p.number, "source": p.source, "turned": p.turned, "text": p.text} for p in reading.pages],
        "letters": [complaint.as_json() for complaint in reading.complaints],
    }


@dataclass(frozen=True, slots=True)
class FiledReading:
    """What was read of the complaint: its fields with all their candidates, and each page's height by its width."""

    fields: Mapping[str, Any]
    shapes: Mapping[int, float]

    def shape(self, page: int) -> float:
        """Return the height of a page by its width."""
        return self.shapes.get(page, _USUAL_SHAPE)


def reading_of(cabinet: Cabinet, case: Case) -> FiledReading:
    """Return what was read of the complaint; nothing if it was not read."""
    filed = _filed(cabinet, case)
    letters, pages = filed.get("letters"), (page for page in filed.get("pages", ()) if page["width"])
    shapes = {int(page["number"]): page["height"] / page["width"] for page in pages}
    return FiledReading(letters[0]["fields"] if letters else {}, shapes)


def pages_read(cabinet: Cabinet, case: Case) -> tuple[Page, ...]:
    """Return the complaint's pages as they were read, to be proposed from anew; none if it was not read.

    Raises:
        ValueError, KeyError, TypeError: the filed reading is not as this program writes it.
    """
    names = ("number", "width", "height", "source", "turned", "text", "words")
    return tuple(page_from_json([page[name] for name in names]) for page in _filed(cabinet, case).get("pages", ()))


def _filed(cabinet: Cabinet, case: Case) -> Mapping[str, Any]:
    document = next((d for d in case.reading.documents if d.kind == "pembacaan"), None) if case.reading else None
    if document is None:
        return {}
    with cabinet.blob(case.number, document).local() as path:
        filed: Mapping[str, Any] = json.loads(path.read_bytes())
    return filed
