"""What a reading leaves with a case (its text, the words with their places, the searchable copy, and their line).

And how it is looked at again: as plain data, and field by field beside its places on the scan by the person who checks
it (SOP step 2). Fields are then ranked by doubt: required ones that nobody could read, then the least sure ones, then
what is sure; what the letter does not say comes last.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.events import AttachmentRead, Document, Recognised
from pipeline.cases.ports import Blob, Cabinet
from pipeline.cases.sop import FormField, Sop
from pipeline.office.wording import as_date, spelled_out
from pipeline.reading.fields import proposed
from pipeline.reading.near_duplicates import signature
from pipeline.reading.ports import Reader, Reading
from pipeline.scans.ports import unread_code

_STEP = 2
#: Below this a field is to be looked at before anything else.
SURE = 0.75
_MOST_CANDIDATES = 6


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
    inspection = reader.inspect(blob)
    reading = reader.read(blob, now)
    return {
        "media": inspection.media,
        "codes": [asdict(c) for c in inspection.codes],
        "warnings": [*inspection.warnings, *map(unread_code, inspection.unread), *reading.warnings],
        "engine": reading.engine,
        "pages": [{"number": p.number, "source": p.source, "turned": p.turned, "text": p.text} for p in reading.pages],
        "letters": [complaint.as_json() for complaint in reading.complaints],
    }


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page (from 1): x, y, width and height as fractions of it; which field (and detail) stands there."""

    field: str
    page: int
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A field to be checked: how sure it is (0..1; 0: not found), why, and other values with how they are shown."""

    field: FormField
    confidence: float
    reason: str
    candidates: tuple[tuple[str, str], ...]

    @property
    def rank(self) -> str:
        """``periksa`` (look at it), ``terbaca`` (sure), or ``kosong`` (not in the letter, and not required)."""
        if self.confidence:
            return "terbaca" if self.confidence >= SURE else "periksa"
        return "periksa" if self.field.required else "kosong"


def reading_of(cabinet: Cabinet, case: Case) -> Mapping[str, Any]:
    """Return the fields of the complaint as they were read, with all their candidates; empty if it was not read."""
    document = next((d for d in case.reading.documents if d.kind == "pembacaan"), None) if case.reading else None
    if document is None:
        return {}
    with cabinet.blob(case.number, document).local() as path:
        letters = json.loads(path.read_bytes())["letters"]
    found: Mapping[str, Any] = letters[0]["fields"] if letters else {}
    return found


def checked(sop: Sop, read: Mapping[str, Any]) -> tuple[Checked, ...]:
    """Return the register's fields, the most doubtful first."""
    fields = []
    for field in sop.register:
        value = read.get(field.name)
        best = [c[0] for c in _candidate_lists(value)]
        sure = min((float(c["confidence"]) for c in best), default=0.0)
        reason = "; ".join(dict.fromkeys(str(c["reason"]) for c in best))
        fields.append(Checked(field, sure, reason, tuple(_others(field, value))))
    order = {"periksa": 0, "terbaca": 1, "kosong": 2}
    return tuple(sorted(fields, key=lambda c: (order[c.rank], c.confidence)))


def marks(read: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Return the places on the scan from which the fields were read."""
    return tuple(mark for name, value in read.items() for mark in _marks(name, value))


def _others(field: FormField, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the values that a field of one answer may take instead, the likeliest first."""
    if not (isinstance(value, Mapping) and "candidates" in value):
        return
    seen = set()
    for candidate in value["candidates"][:_MOST_CANDIDATES]:
        text = spelled_out(candidate["nilai"])
        if text not in seen:
            seen.add(text)
            yield text, _shown(field, text)


def _shown(field: FormField, text: str) -> str:
    return as_date(text) if field.kind == "tanggal" else text


def _candidate_lists(value: Any) -> Iterator[list[Mapping[str, Any]]]:
    if isinstance(value, Mapping):
        if "candidates" in value:
            yield value["candidates"]
        else:
            for part in value.values():
                yield from _candidate_lists(part)
    elif isinstance(value, list):
        for part in value:
            yield from _candidate_lists(part)


def _marks(name: str, value: Any) -> Iterator[Mark]:
    for candidates in _candidate_lists(value):
        best = candidates[0]
        if best["box"]:
            x0, y0, x1, y1 = best["box"]
            yield Mark(name, int(best["page"]), x0, y0, x1 - x0, y1 - y0, str(best["teks"]))
