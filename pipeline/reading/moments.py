"""When it happened: a labelled moment, or the day and hour that the telling names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from pipeline.reading.dates import dates_in, month_of
from pipeline.reading.fields import Candidate, Field
from pipeline.reading.labels import value_end
from pipeline.reading.layout import Layout

_HOUR = re.compile(
    r"\s*,?\s*(?:(?:sekitar|sekira|kira-kira|kurang lebih|kl\.?|lebih kurang)\s+)?(?:pukul|jam|pkl\.?)\s*\d{1,2}"
    r"(?:[.:]\d{2})?(?:\s*(?:WIB|WITA|WIT)\b)?|\s+(?:pagi|siang|sore|malam|subuh|dini hari)\b",
    re.I,
)
#: A day that belongs to a paper, a birth or a law, by the words before it.
_NOT_THEN = re.compile(
    r"\b(?:lahir|kelahiran|tertanggal|surat|nomor|no|undang|pasal|putusan|akta|perjanjian|kontrak|sertifikat|sertipikat|"
    r"kuasa|keputusan|laporan|peraturan|sk|menikah|diangkat|jawaban|rapat|mediasi|sampai|hingga|dengan)\b(?:[^.;]|\.(?=\S)){0,38}$",
    re.I,
)
_THEN = re.compile(
    r"\b(?:pada|hari|malam|kejadian|peristiwa|ketika|sewaktu|terjadi|sejak|mulai|tanggal|tgl)\b[^.;]{0,22}$", re.I
)
_DEED = re.compile(r"\b(?:di[a-z]{4,}|me[a-z]{5,}|datang|masuk|meninggal|terjadi|tewas)\b")
_MONTH = re.compile(r"\b(?:sejak|bulan|pada|mulai|awal|akhir)\s+(?:bulan\s+)?([A-Z][a-z]{2,9})\s+((?:19|20)\d\d)\b")
_MOST = 4


def moment(layout: Layout, today: date) -> Field | None:
    """Return when the main event happened, as it is written, best candidate first; no day after *today*."""
    found = sorted((*_labelled(layout), *_told(layout, today)), key=lambda c: -c.confidence)
    best = {c.nilai: c for c in reversed(found)}
    return Field(tuple(sorted(best.values(), key=lambda c: -c.confidence)[:_MOST])) if best else None


def _labelled(layout: Layout) -> Iterator[Candidate]:
    sheet = layout.sheet
    for pair in layout.pairs.values():
        if pair.kind == "waktu_kejadian" and pair.end > pair.start:
            end, _ = value_end(sheet, pair, frozenset(layout.pairs) | layout.headings, 1)
            if re.search(r"[A-Za-z]{3}|\d\D+\d", sheet.flow[pair.start : end]):
                yield sheet.candidate(pair.start, end, 0.9, f"baris berlabel '{pair.label.strip()}'")


def _told(layout: Layout, today: date) -> Iterator[Candidate]:
    sheet, (start, end) = layout.sheet, layout.story_span
    for found in dates_in(sheet.flow, start, end):
        before = sheet.flow[max(start, found.start - 60) : found.start]
        if found.day > today or _NOT_THEN.search(before):
            continue
        hour = _HOUR.match(sheet.flow, found.end, end)
        stop = hour.end() if hour else found.end
        sure = 0.35 + 0.15 * bool(hour) + 0.1 * bool(_THEN.search(before)) + 0.1 * bool(_deed(sheet.flow, stop, end))
        sure += 0.15 * (1 - (found.start - start) / max(1, end - start))
        yield sheet.candidate(found.start, stop, sure, "hari yang disebut dalam uraian peristiwa")
    for match in _MONTH.finditer(sheet.flow, start, end):
        month = month_of(match[1])
        if month and (int(match[2]), month) <= (today.year, today.month):
            yield sheet.candidate(match.start(1), match.end(), 0.3, "bulan yang disebut dalam uraian peristiwa")


def _deed(flow: str, start: int, end: int) -> re.Match[str] | None:
    return _DEED.search(flow, start, min(end, start + 90))
