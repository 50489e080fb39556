"""One person's particulars, from a block of labels or from a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pipeline.reading.dates import dates_in
from pipeline.reading.fields import Field
from pipeline.reading.labels import Pair, value_end
from pipeline.reading.layout import Layout
from pipeline.reading.names import plain
from pipeline.reading.numbers import nik, telephone

KEYS = ("nama", "nik", "ttl", "umur", "pekerjaan", "alamat", "telepon")
Person = Mapping[str, Field | None]
_EDGE = " .,:;_-|'\"“”—=~*"
#: A name ends where a comma is followed by a word in small letters (*…, jabatan Ketua*).
_AFTER_NAME = re.compile(r"\s*,\s+(?=[a-z]{3}).*")
_AGE = re.compile(r"\b(\d{1,3})\s*(?:th|thn|tahun)?\b", re.I)
#: The stroke between place and day (*Kepahiang/15 Juli 1972*).
_SLASH = re.compile(r"(?<=[A-Za-z])/(?=\d)")
_PLACE = re.compile(r"\W*([A-Za-z][A-Za-z'. ]+?)\s*(?:[,/.:]|\btgl|\btanggal|\s(?=[\dIlO]))", re.I)


def empty() -> dict[str, Field | None]:
    """Return a person of whom nothing is known."""
    return dict.fromkeys(KEYS)


def value_field(
    layout: Layout, start: int, end: int, sure: float, reason: str, teks: str | None = None
) -> Field | None:
    """Return a plain text between two offsets as a field, or ``None`` if there is none."""
    teks = (layout.sheet.printed(start, end) if teks is None else teks).strip(_EDGE)
    if not re.search(r"[A-Za-z0-9]{2}", teks):
        return None
    return Field((layout.sheet.candidate(start, end, sure, reason, teks, teks),))


def name_field(layout: Layout, start: int, end: int, sure: float, reason: str) -> Field | None:
    """Return a name between two offsets, its titles left out of ``nilai``."""
    teks = _AFTER_NAME.sub("", layout.sheet.printed(start, end)).strip(" .,:;_-|/()'\"“”")
    bare = plain(teks)
    if sum(c.isalpha() for c in bare) < 3:
        return None
    return Field((layout.sheet.candidate(start, end, sure, reason, bare, teks),))


def birth_field(layout: Layout, start: int, end: int, sure: float, reason: str) -> Field | None:
    """Return place and day of birth as ``{"tempat", "tanggal"}``; either may be missing."""
    sheet = layout.sheet
    flow = sheet.flow[:start] + _SLASH.sub(" ", sheet.flow[start:end])
    day = next(iter(sorted(dates_in(flow, start, end), key=lambda d: d.start)), None)
    head = sheet.flow[start : day.start if day else end]
    place = _PLACE.match(head + ("," if day else ""))
    nilai: dict[str, Any] = {
        "tempat": " ".join(place[1].split()).strip(_EDGE) if place else None,
        "tanggal": day.day.isoformat() if day else None,
    }
    if not any(nilai.values()):
        return None
    return Field((sheet.candidate(start, end, sure, reason, nilai),))


def age_field(layout: Layout, start: int, end: int, sure: float, reason: str) -> Field | None:
    """Return the age in years as a number."""
    match = _AGE.search(layout.sheet.flow, start, end)
    if match is None or not 5 <= int(match[1]) <= 110:
        return None
    return Field((layout.sheet.candidate(match.start(), match.end(), sure, reason, int(match[1]), match[0]),))


def from_pairs(layout: Layout, pairs: list[Pair]) -> dict[str, Field | None]:
    """Return the person whom a block of labels describes; the first value of a kind counts."""
    person = empty()
    for pair in pairs:
        reader = _READERS.get(pair.kind)
        key = {"tempat_lahir": "ttl", "tanggal_lahir": "ttl"}.get(pair.kind, pair.kind)
        if reader and person.get(key) is None:
            person[key] = reader(layout, pair, f"baris berlabel '{pair.label.strip()}'")
    return person


def _name(layout: Layout, pair: Pair, reason: str) -> Field | None:
    return name_field(layout, pair.start, pair.end, 0.95, reason)


def _long(layout: Layout, pair: Pair, reason: str) -> Field | None:
    sheet = layout.sheet
    end, cells = value_end(sheet, pair, frozenset(layout.pairs) | layout.headings, 3 if pair.kind == "alamat" else 1)
    spans = [(pair.start, pair.end), *((c.start, c.end) for c in cells)]
    return value_field(layout, pair.start, end, 0.93, reason, " ".join(sheet.printed(a, b) for a, b in spans))


def _by_row(read: Callable[..., Field | None]) -> Callable[[Layout, Pair, str], Field | None]:
    def reader(layout: Layout, pair: Pair, reason: str) -> Field | None:
        return read(layout, pair.start, pair.row.end, 0.94, reason)

    return reader


def _nik(layout: Layout, pair: Pair, reason: str) -> Field | None:
    return nik(layout, pair.start, pair.row.end, reason)


def _phone(layout: Layout, pair: Pair, reason: str) -> Field | None:
    return telephone(layout, pair.start, pair.row.end, reason, misread=True)


_READERS: dict[str, Callable[[Layout, Pair, str], Field | None]] = {
    "nama": _name,
    "nik": _nik,
    "ttl": _by_row(birth_field),
    "tempat_lahir": _by_row(birth_field),
    "tanggal_lahir": _by_row(birth_field),
    "umur": _by_row(age_field),
    "pekerjaan": _long,
    "alamat": _long,
    "telepon": _phone,
}
