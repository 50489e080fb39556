"""What the letter asks for: the list or the sentence after *memohon*, *meminta*, *mohon agar*."""

from __future__ import annotations

import re

from pipeline.domain.letter import Field
from pipeline.domain.reading.identity import value_field
from pipeline.domain.reading.layout import Layout
from pipeline.domain.reading.lists import MARK, items_between, list_end

_ASK = re.compile(
    r"\b(?:me)?mohon(?:an)?\b|\bmeminta\b|\bminta\b|\bpermintaan\b|\bpermohonan\b|\bmengharap\w*|\bberharap\b|\bharapan\b|\btolong(?:\s+lah)?\b|\bmenuntut\b|\btuntutan\b|\bdimohon\b",
    re.I,
)
_COLON = re.compile(r"[:;]\W*$")
_LEAD = re.compile(
    r"(?:\s*(?:kepada\s+)?(?:yang terhormat\s+)?(?:bapak(?:/ibu)?|ibu|pak(?:/bu)?|bu|kanwil\w*|kantor wilayah|kanwil kemenkumham bengkulu|bupati|sekali|dengan sangat|dgn sangat|perhatian|"
    r"bantuan|kiranya|dapat|bisa|berkenan|untuk|agar|supaya|ada|usahakan|lah|pak|yang|dengan|keadilan|saya|:)(?=\s|$|:)[\s:,]*)*",
    re.I,
)
_CUT = re.compile(r",\s+(?:dan\s+|serta\s+)?|\s+(?:dan|serta)\s+(?=(?:me|mem|men|meng|mer|di|ada\b|agar|supaya|anak|uang|kami|saya|perusahaan|rumah|tidak|kelompok|pem|peng)\w*)|;\s*")
_END = re.compile(r"\.(?=\s+[A-Z]|\s*$)")
_THANKS = re.compile(r"terima\s*kasih|maaf|izin", re.I)


def requests(layout: Layout) -> tuple[Field, ...]:
    """Return what is asked for, one field a request."""
    return _from_section(layout) or _from_list(layout) or _from_sentence(layout)


def _from_section(layout: Layout) -> tuple[Field, ...]:
    rows = [i for i, name in sorted(layout.sections.items()) if name == "permintaan" and i < layout.ending]
    listed = [i for i in rows if MARK.match(layout.sheet.rows[i].text) and i not in layout.headings]
    if not listed:
        return ()
    return _fields(layout, layout.offset(listed[0]), layout.offset(rows[-1] + 1), "daftar di bagian permohonan")


def _from_list(layout: Layout) -> tuple[Field, ...]:
    """A row that asks and ends in a colon, with a list below it; the last such counts."""
    sheet = layout.sheet
    rows = sheet.rows
    for row in reversed(rows[layout.body : layout.ending]):
        above = rows[row.index - 1].text if row.index else ""
        if not (_ASK.search(row.text) or _ASK.search(above) and len(row.text) < 60):
            continue
        below = next((r for r in rows[row.index + 1 : row.index + 3] if MARK.match(r.text)), None)
        if below and (_COLON.search(row.text) or re.match(r"\W*(?:1|a|[-–])\W", below.text)):
            return _fields(layout, below.start, layout.offset(list_end(layout, below.index)), "daftar setelah kata permohonan")
        inline = re.search(r":\s*(?=\(?1[.)])", row.text)
        if inline:
            end = _END.search(sheet.flow, row.start + inline.end())
            return _fields(layout, row.start + inline.end(), end.start() if end else row.end, "daftar setelah kata permohonan")
    return ()


def _fields(layout: Layout, start: int, end: int, reason: str) -> tuple[Field, ...]:
    found = []
    for a, b in items_between(layout, start, min(end, layout.offset(layout.ending))):
        teks = re.sub(r"\s*[.;,]?\s*(?:dan)?\s*$", "", layout.sheet.printed(a, b))
        if field := value_field(layout, a, b, 0.9, reason, teks):
            found.append(field)
    return tuple(found)


def _from_sentence(layout: Layout) -> tuple[Field, ...]:
    sheet = layout.sheet
    start, end = layout.offset(layout.body), layout.offset(layout.ending)
    asks = [m for m in _ASK.finditer(sheet.flow, start, end) if not _THANKS.match(sheet.flow[m.end() : m.end() + 12].strip())]
    asks = [m for m in asks if m.start() > start + 0.45 * (end - start)]
    for match in asks:
        lead = _LEAD.match(sheet.flow, match.end(), end)
        begin = lead.end() if lead else match.end()
        stop = _END.search(sheet.flow, begin, end)
        finish = stop.start() if stop else end
        if finish - begin < 12:
            continue
        return _clauses(layout, begin, finish)
    return ()


def _clauses(layout: Layout, start: int, end: int) -> tuple[Field, ...]:
    found, at = [], start
    for cut in [*_CUT.finditer(layout.sheet.flow, start, end), None]:
        stop = cut.start() if cut else end
        teks = re.sub(r"^(?:agar|supaya|untuk|dan|serta)\s+", "", layout.sheet.printed(at, stop))
        if len(teks) > 8 and (field := value_field(layout, at, stop, 0.6, "kalimat permohonan", teks)):
            found.append(field)
        at = cut.end() if cut else end
    return tuple(found[:6])
