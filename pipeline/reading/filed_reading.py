"""What a reading leaves with a case: its text, the words with their places, the searchable copy, and their line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from pipeline.cases.events import AttachmentRead, Document, Recognised
from pipeline.reading.fields import proposed
from pipeline.reading.near_duplicates import signature
from pipeline.reading.ports import Reading

_STEP = 2


def letter_read(original: Document, reading: Reading) -> tuple[Recognised, Mapping[str, bytes]]:
    """Return the line of a letter that was read, and its documents' bytes."""
    letters = [letter.as_json() for letter in reading.letters]
    files = {"02-teks.txt": _text(reading), "02-pembacaan.json": _as_json(reading, letters)}
    if hashlib.sha256(reading.searchable).hexdigest() != original.sha256:
        files["02-surat-terbaca.pdf"] = reading.searchable
    kinds = {"02-teks.txt": "teks", "02-pembacaan.json": "pembacaan", "02-surat-terbaca.pdf": "salinan"}
    fields: Any = letters[0]["fields"] if letters else {}
    event = Recognised(
        fields=proposed(fields),
        engine=reading.engine,
        documents=tuple(document_of(name, kinds[name], _STEP, 1, data) for name, data in files.items()),
        warnings=reading.warnings,
        suspected=tuple({"page": s.page, "reason": s.reason} for s in reading.suspected),
        cited=tuple({"number": str(c.number), "page": c.page, "teks": c.teks} for c in reading.cited),
        signature=signature(" ".join(page.text for page in reading.pages)),
    )
    return event, files


def attachment_read(attached: Document, reading: Reading) -> tuple[AttachmentRead, Mapping[str, bytes]]:
    """Return the line of an attachment that was read, and its documents' bytes."""
    stem = attached.name.rpartition(".")[0]
    files = {f"{stem}-teks.txt": _text(reading)}
    if hashlib.sha256(reading.searchable).hexdigest() != attached.sha256:
        files[f"{stem}-terbaca.pdf"] = reading.searchable
    kinds = {"txt": "teks-lampiran", "pdf": "salinan-lampiran"}
    documents = tuple(document_of(name, kinds[name[-3:]], attached.step, 1, data) for name, data in files.items())
    return AttachmentRead(attached.name, reading.engine, documents, reading.warnings), files


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
