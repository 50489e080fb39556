"""One person's particulars, and how each is written: name, NIK (never mended), birth, age, work, address, telephone."""

from __future__ import annotations

import re
from typing import Any

from pipeline.reading.fields import Field
from pipeline.reading.labels import Pair, value_end
from pipeline.reading.layout import Layout
from pipeline.reading.vocabulary import Pattern, as_digits, digits
from pipeline.reading.written_days import dates_in

KEYS = ("nama", "nik", "ttl", "umur", "pekerjaan", "alamat", "telepon")
Person = dict[str, Field | None]
_TITLE = r"<names.titles>\b\.?"
DEGREE = (
    r"(?:,?[ ]?(?:[SM]\.? ?<names.subjects>\.?(?:\.? ?I\b\.?)?|A\.? ?M[dD]\.?(?: ?\w{2,4}\.?)?|<names.degrees>)"
    r"(?![a-z]))"
)
_PART = r"(?:[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?|[A-Z]{2,}|[A-Z]\.|M\.|Muh\.)"
NAME = rf"(?:{_TITLE}[ ]?)*{_PART}(?:[ ](?:<names.patronymics>|{_PART})){{0,5}}"
FULL_NAME = rf"{NAME}{DEGREE}*"
_TITLES = Pattern("names", rf"^(?:{_TITLE}\s*)+")
_DEGREES = Pattern("names", rf"(?:\s*{DEGREE})+\s*$")
_ALIAS = Pattern("names", r"\s+<aliases>\b.*|\s*\(.*|,?\s+<and_others>\b.*", re.I)
_NAME_EDGE = " .,:;_-|/\\()[]'\"“”‘’*=~—"
_WHOLE = Pattern("names", FULL_NAME)
_NOT_A_NAME = Pattern("names", r"\b<no_names>\b", re.I)
_EDGE = " .,:;_-|'\"“”—=~*"
#: A name ends where a comma is followed by a word in small letters (*…, jabatan Ketua*).
_AFTER_NAME = re.compile(r"\s*,\s+(?=[a-z]{3}).*")
_AGE = Pattern("labels", r"\b(\d{1,3})\s*<years>?\b", re.I)
#: The stroke between place and day (*Kepahiang/15 Juli 1972*).
_SLASH = re.compile(r"(?<=[A-Za-z])/(?=\d)")
_PLACE = Pattern("labels", r"\W*([A-Za-z][A-Za-z'. ]+?)\s*(?:[,/.:]|\b<day>|\s(?=[\dIlO]))", re.I)
#: A NIK as it is read, and any run of figures in its place.
_NIK = re.compile(r"[\dOoIl|][\dOoIl|S .-]{10,24}[\dOoIl|]")
_FIGURES = re.compile(r"\d{6,}")
_NIK_DIGITS = 16
PHONE = re.compile(
    r"(?:\(\+?62\)|\+62|\b62|\(?\b[0O]\d{2,3}\)?|\b[0O]8|(?<=\b1)08\d\d)[ .\-–]?(?:[\dO][ .\-–]{0,2}){5,12}(?!\d)"
)
#: Figures of a telephone number, some of them read for letters.
_MISREAD = re.compile(r"\s*[0Oo][\dOoIl|S][\dOoIl|SB .()-]{6,16}\s*$")


def plain(name: str) -> str:
    """Return a name without titles, degrees, ``alias …`` and brackets; one in capitals gets small letters."""
    text = _ALIAS.sub("", " ".join(name.strip(_NAME_EDGE + " ").split()))
    text = _DEGREES.sub("", _TITLES.sub("", text)).strip(_NAME_EDGE)
    letters = [c for c in text if c.isalpha()]
    if letters and sum(c.isupper() for c in letters) > 0.8 * len(letters) and len(letters) > 3:
        text = " ".join(w.lower() if w.lower() in ("bin", "binti") else w.capitalize() for w in text.split())
    return text


def is_name(text: str) -> bool:
    """Say whether a text standing alone (a signature, a table's cell) looks like a person's name."""
    text = text.strip(_NAME_EDGE + " ")
    bare = plain(text)
    return bool(len(bare) >= 4 and not _NOT_A_NAME.search(bare) and _WHOLE.fullmatch(text))


def empty() -> Person:
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


def name_field(layout: Layout, start: int, end: int, sure: float, reason: str, teks: str | None = None) -> Field | None:
    """Return a name between two offsets, its titles left out of ``nilai``."""
    teks = layout.sheet.printed(start, end) if teks is None else teks
    teks = _AFTER_NAME.sub("", teks).strip(" .,:;_-|/()'\"“”")
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
    stop = day.end if day else start + place.end(1) if place else end
    return Field((sheet.candidate(start, stop, sure, reason, nilai),))


def age_field(layout: Layout, start: int, end: int, sure: float, reason: str) -> Field | None:
    """Return the age in years as a number."""
    match = _AGE.search(layout.sheet.flow, start, end)
    if match is None or not 5 <= int(match[1]) <= 110:
        return None
    return Field((layout.sheet.candidate(match.start(), match.end(), sure, reason, int(match[1]), match[0]),))


def from_pairs(layout: Layout, pairs: list[Pair]) -> Person:
    """Return the person whom a block of labels describes; the first value of a kind counts."""
    person = empty()
    for pair in pairs:
        key = {"tempat_lahir": "ttl", "tanggal_lahir": "ttl"}.get(pair.kind, pair.kind)
        if key in KEYS and person[key] is None:
            person[key] = _labelled(layout, key, pair)
    return person


def _labelled(layout: Layout, key: str, pair: Pair) -> Field | None:
    """Return what stands behind a label as the particular that the label names."""
    start, end, reason = pair.start, pair.row.end, f"baris berlabel '{pair.label.strip()}'"
    match key:
        case "nama":
            return name_field(layout, start, pair.end, 0.95, reason)
        case "nik":
            return nik(layout, start, end, reason)
        case "telepon":
            return telephone(layout, start, end, reason, misread=True)
        case "ttl":
            return birth_field(layout, start, end, 0.94, reason)
        case "umur":
            return age_field(layout, start, end, 0.94, reason)
    sheet = layout.sheet
    stop, most = frozenset(layout.pairs) | layout.headings, 3 if key == "alamat" else 1
    last, cells = value_end(sheet, pair, stop, most)
    spans = [(start, pair.end), *((c.start, c.end) for c in cells)]
    return value_field(layout, start, last, 0.93, reason, " ".join(sheet.printed(a, b) for a, b in spans))


def nik(layout: Layout, start: int, end: int, reason: str, sure: float = 0.95) -> Field | None:
    """Return the NIK written between two offsets, digits as they stand: one that has not 16 is flagged, not mended."""
    sheet = layout.sheet
    match = _NIK.search(sheet.text, start, end) or _FIGURES.search(sheet.text, start, end)
    if match is None:
        return None
    number = digits(match[0])
    if len(number) != _NIK_DIGITS:
        sure, reason = 0.5 * sure, f"{reason}; bukan 16 angka ({len(number)}), perlu diperiksa"
    return Field((sheet.candidate(match.start(), match.end(), sure, reason, number),))


def telephone(
    layout: Layout, start: int, end: int, reason: str, sure: float = 0.93, *, misread: bool = False
) -> Field | None:
    """Return the first telephone number written between two offsets; ``62`` becomes ``0``.

    ``misread``: behind a label, letters among the figures are figures that were read for letters.
    """
    sheet = layout.sheet
    while re.match(r"\d[\d-]", sheet.text[end - 1 : end + 1]):
        end += 1  # not in the middle of a number
    texts = [sheet.text, sheet.flow]
    if misread and _MISREAD.match(sheet.text, start, end):
        texts.append(sheet.text[:start] + as_digits(sheet.text[start:end]))
    for text in texts:  # in one row first: what begins the next row is seldom part of the number
        for match in PHONE.finditer(text, start, end):
            number = digits(match[0])
            number = "0" + number[2:] if number.startswith("62") else number
            if 9 <= len(number) <= 13:
                return Field((sheet.candidate(match.start(), match.end(), sure, reason, number, match[0].strip()),))
    return None
