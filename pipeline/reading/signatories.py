"""Who signs, and in whose name: the signature block, the organisation of a letterhead, lawyers and their power."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from pipeline.reading.fields import Field
from pipeline.reading.identity import DEGREE, NAME, is_name, name_field, value_field
from pipeline.reading.layout import Layout
from pipeline.reading.sheet import Cell, Row
from pipeline.reading.vocabulary import Pattern
from pipeline.reading.written_days import dates_in

_OPENS = Pattern("signatories", r"\W*(?:hormat\s+(?:saya|kami|sy)|<opens>|(?:j|y)?ang <who>|a\.?n\.?\b)", re.I)
_WITNESS = Pattern("signatories", "<witness>", re.I)
#: What stands before a name in a list; a capital and a full stop are an initial.
_MARK = re.compile(r"\s*(?:\(?(?:\d{1,2}|[a-z])[.)]|[-–—•*+])\s*")
_SEVERAL = re.compile(r"(?<!\d)\(?\d{1,2}[.)]\s|(?<=\s)/\s")
#: Columns of signatures stand this far apart, as a part of the page's width.
_COLUMN = 0.2
_LAW = Pattern("signatories", r"<law>|\b<law_houses>\b", re.I)
_ORGANISATION = Pattern("signatories", r"\b<organisations>\b", re.I)
_TITLE_LINE = Pattern("signatories", r"\W*<no_letterhead>\b", re.I)
_POWER = Pattern("signatories", "<power>", re.I)
_POWER_NUMBER = Pattern("signatories", r"<power_number>\s*:?\s*([A-Za-z0-9.-]+(?:/[A-Za-z0-9.-]+)+)")
_LAWYER = Pattern("signatories", rf"({NAME}{DEGREE}+)")
_LAW_DEGREE = re.compile(r"\b[SM]\. ?H\b|\b[SM]H\b|\bLL\.? ?M\b")
_ACTS = Pattern("signatories", r"\b<acts>\b", re.I)
_SIGNED_AS = Pattern("signatories", r"\bkuasa\s*(?:<principal>|[,:(]|$)", re.I | re.M)
_HOUSE = Pattern("signatories", r"(?:dari|pada)\s+(<houses>\b(?:\s+(?:[A-Z&][\w.]*|dan))+)")
#: Letters of the opening sentence in which a power, and those who act by it, are named; and behind the power itself.
_ABOUT_POWER, _ABOUT_LAWYERS, _BEHIND_POWER = 1100, 700, 110


def signers(layout: Layout) -> tuple[Field, ...]:
    """Return those who signed as senders, in reading order; who merely took note (*Mengetahui*) is left out."""
    rows = [r for r in _block(layout) if r.index not in layout.pairs or not layout.pairs[r.index].kind.startswith("a")]
    found: list[tuple[int, int, int]] = []
    aside = _witness_columns(rows)
    for row in rows:
        for cell in row.cells:
            if any(abs(cell.x0 - column) < _COLUMN for column in aside):
                continue
            found += [(*_marked(layout, a), b) for a, b in _split(layout, cell)]
    found.sort()
    names = [(a, b) for _, a, b in found if is_name(layout.sheet.text[a:b].strip(" /,."))]
    return tuple(f for a, b in names if (f := name_field(layout, a, b, 0.8, "nama di bawah tanda tangan")))


def _block(layout: Layout) -> tuple[Row, ...]:
    """Return the rows below the last word that opens a signature (*Hormat kami*, *Ketua*, a date)."""
    last = min(layout.copies, layout.last)
    rows = list(layout.sheet.rows[min(layout.ending, max(layout.body + 1, last - 3)) : last])
    opens = [i for i, r in enumerate(rows) if _OPENS.match(r.text)]
    return tuple(rows[opens[0] :] if opens else rows[-4:])


def _split(layout: Layout, cell: Cell) -> list[tuple[int, int]]:
    """Split a cell in which several names stand: ``1. A 2. B``, ``A / B``."""
    cuts = [m.start() for m in _SEVERAL.finditer(layout.sheet.text[cell.start : cell.end])]
    return list(pairwise([cell.start, *(cell.start + c for c in cuts), cell.end]))


def _marked(layout: Layout, start: int) -> tuple[int, int]:
    """Return the number before a name (0 without one), and where the name itself begins."""
    match = _MARK.match(layout.sheet.text, start)
    return (int(re.sub(r"\D", "", match[0]) or 0), match.end()) if match else (0, start)


def _witness_columns(rows: list[Row]) -> list[float]:
    """Return the columns headed by *Mengetahui* or *Petugas*, if there is another column beside them."""
    return [c.x0 for row in rows if len(row.cells) > 1 for c in row.cells if _WITNESS.search(row.text_of(c))]


def organisation(layout: Layout) -> Field | None:
    """Return the organisation whose letterhead this is, unless it is a lawyer's."""
    found = _letterhead(layout)
    if found is None or _LAW.search(layout.sheet.text[found[0] : found[1] + 60]):
        return None
    start, end = found
    return value_field(layout, start, end, 0.9, "kepala surat")


def _letterhead(layout: Layout) -> tuple[int, int] | None:
    """Return where the letterhead names an organisation: capitals above the first reference, date or addressee."""
    rows = []
    for row in layout.head_rows[:6]:
        if row.index in layout.pairs and layout.pairs[row.index].kind not in ("instansi", "alamat"):
            break
        rows.append(row)
    for row in rows:
        capitals = sum(c.isupper() for c in row.text) > 0.7 * sum(c.isalpha() for c in row.text)
        if capitals and not _TITLE_LINE.match(row.text) and (_ORGANISATION.search(row.text) or _LAW.search(row.text)):
            return row.start, row.end
    return None


def representative(layout: Layout) -> Mapping[str, Any] | None:
    """Return who acts for the complainant: ``nama`` (several), ``lembaga``, number and date of the power."""
    sheet = layout.sheet
    start, end = layout.offset(max(0, layout.body - 1)), layout.offset(layout.ending)
    acts = _ACTS.search(sheet.flow, start, min(end, start + _ABOUT_POWER))
    tail = "\n".join(r.text for r in layout.tail_rows)
    if acts is None and not _SIGNED_AS.search(tail):
        return None
    names = _lawyers(layout, start, min(end, start + _ABOUT_LAWYERS)) or signers(layout)
    if not names:
        return None
    number, day = _power(layout, start, min(end, start + _ABOUT_POWER))
    return {
        "nama": names,
        "lembaga": _house(layout, start, end),
        "nomor_surat_kuasa": number,
        "tanggal_surat_kuasa": day,
    }


def _lawyers(layout: Layout, start: int, end: int) -> tuple[Field, ...]:
    found: dict[str, Field] = {}
    for match in _LAWYER.finditer(layout.sheet.flow, start, end):
        field = name_field(layout, match.start(1), match.end(1), 0.88, "nama dengan gelar hukum di awal surat")
        if field and _LAW_DEGREE.search(match[1]):
            found.setdefault(str(field.best.nilai), field)
    return tuple(found.values())


def _power(layout: Layout, start: int, end: int) -> tuple[Field | None, Field | None]:
    """Return number and date of the power of attorney named in the opening sentence."""
    sheet = layout.sheet
    match = _POWER.search(sheet.flow, start, end)
    if match is None:
        return None, None
    stop = match.end() + _BEHIND_POWER
    number = _POWER_NUMBER.search(sheet.flow, match.end(), stop)
    day = next(iter(sorted(dates_in(sheet.flow, match.end(), stop), key=lambda d: d.start)), None)
    reason = "setelah 'Surat Kuasa'"
    return (
        Field((sheet.candidate(*number.span(1), 0.9, reason, number[1].upper()),)) if number else None,
        Field((sheet.candidate(day.start, day.end, 0.9, reason, day.day.isoformat()),)) if day else None,
    )


def _house(layout: Layout, start: int, end: int) -> Field | None:
    house = _HOUSE.search(layout.sheet.flow, start, min(end, start + _ABOUT_LAWYERS))
    if house and _LAW.search(house[1]):
        return value_field(layout, house.start(1), house.end(1), 0.85, "disebut bersama nama kuasa")
    found = _letterhead(layout)
    if found and _LAW.search(layout.sheet.text[found[0] : found[1]]):
        row = layout.sheet.row_at(found[0])
        below = layout.sheet.rows[row.index + 1]
        if below.text.isupper() and not re.search(r"\d", below.text):
            return value_field(layout, below.start, below.end, 0.8, "kepala surat")
        return value_field(layout, *found, 0.85, "kepala surat")
    return None
