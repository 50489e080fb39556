"""Organisations and lawyers: who complains in an organisation's name, who acts for a complainant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pipeline.reading.dates import dates_in
from pipeline.reading.fields import Field
from pipeline.reading.identity import name_field, value_field
from pipeline.reading.layout import Layout
from pipeline.reading.names import DEGREE, NAME
from pipeline.reading.signature import signers

_LAW = re.compile(
    r"bantuan hukum|advokat|advocat|konsultan hukum|kantor hukum|law (?:firm|office)|pengacara|"
    r"\bLBH\b|\bPBH\b|\bYLBH\b|\bPOSBAKUM",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:yayasan|lembaga|aliansi|forum|serikat|paguyuban|panitia|karang taruna|panti|perkumpulan|"
    r"perhimpunan|himpunan|ikatan|organisasi|"
    r"koperasi|persatuan|gerakan|komite|kelompok|front|solidaritas|konsorsium|dewan|badan|majelis|"
    r"pengurus|asosiasi|federasi|komunitas|"
    r"jaringan|koalisi|lsm|ormas|pusat|sanggar|gereja|masjid|partai|keluarga besar|rukun|wahana|"
    r"walhi|relawan|barisan|laskar|lingkar)\b",
    re.I,
)
_TITLE_LINE = re.compile(
    r"\W*(?:surat|formulir|laporan|pengaduan|pernyataan|permohonan|nomor|perihal|kepada|kanwil|kantor wilayah)\b", re.I
)
_POWER = re.compile(r"[Ss]urat\s+[Kk]uasa(?:\s+[Kk]husus)?", re.I)
_POWER_NUMBER = re.compile(r"[Nn](?:omor|o\.?)\s*:?\s*([A-Za-z0-9.-]+(?:/[A-Za-z0-9.-]+)+)")
_LAWYER = re.compile(rf"({NAME}{DEGREE}+)")
_LAW_DEGREE = re.compile(r"\b[SM]\. ?H\b|\b[SM]H\b|\bLL\.? ?M\b")
_ACTS = re.compile(r"\b(?:surat kuasa|selaku kuasa|kuasa hukum|bertindak untuk dan atas nama|kuasa dari)\b", re.I)
_SIGNED_AS = re.compile(r"\bkuasa\s*(?:hukum|pelapor|para|pemohon|pengadu|[,:(]|$)", re.I | re.M)
_HOUSE = re.compile(
    r"(?:dari|pada)\s+((?:LBH|Lembaga|Posko|Pos|Kantor|Pusat|Yayasan|PBH|YLBH|Biro|Firma|POSBAKUM)\b(?:\s+(?:[A-Z&][\w.]*|"
    r"dan))+)"
)


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
    acts = _ACTS.search(sheet.flow, start, min(end, start + 1100))
    tail = "\n".join(r.text for r in layout.tail_rows)
    if acts is None and not _SIGNED_AS.search(tail):
        return None
    names = _lawyers(layout, start, min(end, start + 700)) or signers(layout)
    if not names:
        return None
    number, day = _power(layout, start, min(end, start + 1100))
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
    stop = match.end() + 110
    number = _POWER_NUMBER.search(sheet.flow, match.end(), stop)
    day = next(iter(sorted(dates_in(sheet.flow, match.end(), stop), key=lambda d: d.start)), None)
    reason = "setelah 'Surat Kuasa'"
    return (
        Field((sheet.candidate(*number.span(1), 0.9, reason, number[1].upper()),)) if number else None,
        Field((sheet.candidate(day.start, day.end, 0.9, reason, day.day.isoformat()),)) if day else None,
    )


def _house(layout: Layout, start: int, end: int) -> Field | None:
    house = _HOUSE.search(layout.sheet.flow, start, min(end, start + 700))
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
