"""Which of the days that a letter writes is its own.

A date is taken for the letter's only by where it stands: alone or after a place, above the addressee or above the
signature. A date inside a sentence (an event, a birth, a law, a police report) is never proposed, nor one that lies
after ``today``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.layout import Layout
from pipeline.reading.vocabulary import Pattern
from pipeline.reading.written_days import Found, dates_in

_OTHER_CALENDAR = r"(?:\d{1,2}\s+[A-Za-z' ]{5,16}\s1[34]\d\d\s*H?\.?\s*(?:[/(,-]|<same_day>)*\s*)?"
#: A figure in a place's name is its number (*SP 3*), or a letter that was misread.
_PLACE = r"[A-Z][A-Za-z'.015|]+(?:[ \t](?:[A-Z][A-Za-z'.015|]*|\d{1,2}(?=[ \t]*,))){0,3}"
_WEEKDAY = r"(?i:(?:hari\s+)?<weekday>\s*,?\s*)?"
#: A place by itself, as hasty writers put it; not a word that leads to another day.
_SMALL_PLACE = r"(?!<no_place>)[a-z]{4,15}"
_BEFORE = Pattern(
    "dates",
    rf"\W*(?:{_PLACE}|[A-Z ]{{4,24}}|{_SMALL_PLACE})?[ \t]*[,.;:]?[ \t]*{_WEEKDAY}(?i:<day>)?[ \t]*[.:]?[ \t]*"
    rf"{_OTHER_CALENDAR}[(]?",
)
_SIGNED = Pattern("dates", r"<signed>[^.]{0,60}?(?:<on>|di \w+,?)\s+(?:tanggal\s+)?$", re.I)
_STAMP = Pattern("dates", r"\b<received>\s*(?:<received_on>|:)|<other>", re.I)
#: What may stand behind a date: the hour at which an e-mail or a message was sent, the day of the week in brackets.
_HOUR = Pattern(
    "dates",
    r"[\s,]*(?:<hour>?\s*\d{1,2}[.:]\d{2}(?:[.:]\d{2})?\s*<zone>?\s*|\(\s*(?i:<weekday>)\s*\))",
)
#: A message of a telephone as it is printed: *[12/03/25 09.14] Budi: …*, *12/03/25, 09.14 - Budi: …*
_MESSAGE = re.compile(r"\W*[\d/.-]{6,10}[\s,]+\d{1,2}[.:]\d{2}(?:[.:]\d{2})?(?:\s?[AP]M)?(?:\]|\s-)\s[^:]{2,40}:")
_BESIDE_NUMBER = Pattern("dates", rf"\d[,;]?\s+(?:(?i:<dated>)\s*:?|{_PLACE}\s*,)\s*$")
#: Labels that give the letter's day where they stand in its head.
_OWN_LABELS = ("tanggal", "waktu_kejadian")
#: Letters before a day in which a sentence says that the letter was signed on it; rows above the closing words in which
#: a day that stands alone is the letter's; and the year before which no letter was written.
_SIGNED_WITHIN, _NEAR_ENDING, _OLDEST = 110, 6, 1945


def complaint_date(layout: Layout, today: date) -> Field | None:
    """Return the candidates for the letter's own date, best first."""
    found: dict[date, Candidate] = {}
    for candidate in sorted(_candidates(layout, today), key=lambda c: -c.confidence):
        found.setdefault(date.fromisoformat(str(candidate.nilai)), candidate)
    return Field(tuple(found.values())) if found else None


def _candidates(layout: Layout, today: date) -> Iterator[Candidate]:
    sheet = layout.sheet
    for row in sheet.rows[: layout.last]:
        for cell in row.cells:
            span = cell.end if row.index + 1 >= len(sheet.rows) else sheet.rows[row.index + 1].end
            for found in dates_in(sheet.flow, cell.start, max(cell.end, span)):
                if found.start >= cell.end:
                    continue
                found, doubt = _in_our_time(found)
                if found.day > today or found.day.year < _OLDEST:
                    continue
                sure, reason = _standing(layout, row.index, cell.start, cell.end, found)
                sure, reason = sure * (0.6 if doubt else 1.0), reason + doubt
                if sure:
                    teks = sheet.printed(found.start, found.end)
                    yield sheet.candidate(found.start, found.end, sure, reason, found.day.isoformat(), teks)


def _in_our_time(found: Found) -> tuple[Found, str]:
    """Return the date with a misread century (``2623``) put right, and what to say of that."""
    day = found.day
    if day.year < 2100:
        return found, ""
    # the leap years of our century are those of every later one, and it has one more
    return replace(found, day=day.replace(year=2000 + day.year % 100)), f"; tahun terbaca {day.year}, perlu diperiksa"


def _standing(layout: Layout, row: int, start: int, end: int, found: Found) -> tuple[float, str]:
    """Return how sure it is, by its place on the page, that a date is the letter's, and why; 0 if it is not."""
    sheet = layout.sheet
    before, after = sheet.text[start : found.start], sheet.text[min(found.end, end) : end]
    if hour := _HOUR.match(after):
        after = after[hour.end() :]
    if _MESSAGE.match(sheet.rows[row].text) and not before.strip(" ["):
        return 0.75, "hari pesan itu dikirim"
    pair = layout.pairs.get(row)
    if layout.sections.get(row) == "tempat":
        return 0.0, ""
    if pair and pair.kind in _OWN_LABELS and row <= layout.body and start <= pair.start:
        before, pair = "", None
    if _SIGNED.search(sheet.flow[max(0, found.start - _SIGNED_WITHIN) : found.start]) and row > layout.body:
        return 0.75, "tanggal surat ditandatangani, disebut dalam kalimat"
    if pair and pair.kind == "nomor" and row < layout.body and not after.strip() and _BESIDE_NUMBER.search(before):
        return 0.8, "tanggal di belakang nomor surat"
    if pair and pair.kind not in ("tanggal", "kepada") and start <= pair.end:
        return 0.0, ""
    if (len(after.strip(" .,-_:;'\"|/()")) > 3 and not dates_in_rest(after)) or not _BEFORE.fullmatch(before):
        return 0.0, ""
    nearby = "\n".join(r.text for r in sheet.rows[max(0, row - 2) : row])
    if _STAMP.search(before) or (not re.search(r"[A-Za-z]{3}", before) and _STAMP.search(nearby)):
        return 0.0, ""
    lunar = 0.2 if found.how.startswith("tanggal Hijriah") else 0.0
    placed = 0.0 if re.search(r"[A-Za-z]{3}", before) else 0.1
    if row <= layout.body:
        return 0.97 - placed - lunar, "tanggal di kepala surat"
    if row >= layout.ending - _NEAR_ENDING:
        return 0.95 - placed - lunar, "tanggal di atas tanda tangan"
    return 0.45 - placed - lunar, "tanggal yang berdiri sendiri di tengah surat"


def dates_in_rest(after: str) -> bool:
    """Say whether what follows a date is the same day in the other calendar (``/ 16 Agustus 2024 M``)."""
    return len(after.split(maxsplit=7)) <= 7 and bool(re.search(r"[12]\d{3}\s*[HM]?\b", after))
