"""What the letter asks for: the list or the sentence after *memohon*, *meminta*, *mohon agar*."""

from __future__ import annotations

import re

from pipeline.reading.fields import Field
from pipeline.reading.identity import value_field
from pipeline.reading.layout import MARK, Layout, items_between, list_end

_WISH = r"(?:me)?mohon(?:kan)?|meminta|minta|mengharap\w*|berharap|menuntut"
_ASK = re.compile(
    rf"\b(?:{_WISH}|permintaan|permohonan|harapan|tuntutan|dimohon|tolong(?:\s?lah)?|lah|usahakan)\b", re.I
)
#: A wish of the writer's own, not of somebody in the story.
_OWN = re.compile(
    rf"(?:\b(?:saya|kami|saja|sy|pelapor|pemohon|pengadu)\b\W+(?:sangat\s+|hanya\s+|dengan\s+sangat\s+)?(?:{_WISH})\b"
    r"|(?<=[.!?]\s)(?:tolong(?:\s?lah)?|(?:di)?mohon|harapan (?:saya|kami)|(?:untuk|oleh) (?:itu|"
    rf"karena itu|sebab itu)\W+(?:saya|kami)?\s*(?:{_WISH})))",
    re.I,
)
_TO = (
    r"kepada|yang terhormat|bapak(?:/ibu)?|bpk|ibu|pak(?:/bu)?|bu|kanwil|kantor wilayah|kemenkumham|"
    r"kementerian|bengkulu|bupati"
)
_LEAD = re.compile(
    rf"(?:\s*(?:{_TO}|sekali|dengan sangat|dgn sangat|perhatian|bantuan|bantu|kiranya|dapat|"
    r"bisa|berkenan|untuk|agar|supaya|"
    r"lah|yang|keadilan|hal-hal berikut|sebagai berikut|saya|dengan ini|:)(?=[\s,:]|$)[\s:,]*)*",
    re.I,
)
_AIM = re.compile(r"\s*(?:\w+\s+){0,3}?(?:agar|supaya|kiranya|bapak|kanwil|kepada|untuk|dengan sangat|pak|:)", re.I)
_COMMA = re.compile(r",\s+(?:dan\s+|serta\s+)?|;\s*")
_AND = re.compile(r"\s+(?:dan|serta|atau)\s+")
_VERB = re.compile(r"\b(?:di|me|ber)[a-z]{3,}|\b(?:boleh|ada|tidak|jangan|diberi)\b")
_END = re.compile(r"\.(?=\s+[A-Z]|\s*$)")
#: That names be kept secret is asked beside the matter itself.
_SECRET = re.compile(r"rahasia", re.I)
_THANKS = re.compile(r"terima\s*kasih|maaf|izin", re.I)


def requests(layout: Layout) -> tuple[Field, ...]:
    """Return what is asked for, one field a request."""
    return _from_section(layout) or _from_list(layout) or _from_sentence(layout)


def _from_section(layout: Layout) -> tuple[Field, ...]:
    """Read the rows under a heading such as *PERMOHONAN*: a list, or else sentences."""
    rows = [i for i, name in sorted(layout.sections.items()) if name == "permintaan" and i < layout.ending]
    rest = [i for i in rows if i not in layout.headings]
    listed = [i for i in rest if MARK.match(layout.sheet.rows[i].text)]
    if listed:
        end = layout.offset(min(rows[-1] + 1, list_end(layout, listed[0])))
        return _fields(layout, layout.offset(listed[0]), end, "daftar di bagian permohonan")
    if rest and layout.sheet.rows[rest[0]].text[:5].lower().startswith(("agar", "supay", "mohon")):
        return _clauses(layout, layout.offset(rest[0]), layout.sheet.rows[rest[-1]].end)
    return ()


def _from_list(layout: Layout) -> tuple[Field, ...]:
    """Read the list below a row that asks; the last such in the letter counts."""
    sheet = layout.sheet
    rows = sheet.rows
    first = sheet.row_at(layout.story_span[0]).index
    for row in reversed(rows[first : layout.ending]):
        if MARK.match(row.text) and not row.text.rstrip().endswith(":"):
            continue
        above = rows[row.index - 1].text if row.index else ""
        if not (_ASK.search(row.text) or (_ASK.search(above) and len(row.text) < 60)):
            continue
        inline = re.search(r":\s*(?=\(?1[.)])", row.text)
        if inline:
            end = _END.search(sheet.flow, row.start + inline.end())
            return _fields(
                layout, row.start + inline.end(), end.start() if end else row.end, "daftar setelah kata permohonan"
            )
        below = next((r for r in rows[row.index + 1 : row.index + 3] if MARK.match(r.text)), None)
        if below and re.match(r"\W*(?:1|[aA]|[-–•l])\W", below.text):
            return _fields(
                layout, below.start, layout.offset(list_end(layout, below.index)), "daftar setelah kata permohonan"
            )
    return ()


def _fields(layout: Layout, start: int, end: int, reason: str) -> tuple[Field, ...]:
    found = []
    for a, b in items_between(layout, start, min(end, layout.offset(layout.ending))):
        teks = re.sub(r"\s*[.;,]?\s*(?:dan)?\s*$", "", layout.sheet.printed(a, b))
        if field := value_field(layout, a, b, 0.9, reason, teks):
            found.append(field)
    return tuple(found)


def _from_sentence(layout: Layout) -> tuple[Field, ...]:
    """Read the clauses of the sentence that asks most plainly: the writer's own wish, towards the end, with *agar*."""
    flow = layout.sheet.flow
    start, end = layout.offset(layout.body), layout.offset(layout.ending)
    best: tuple[float, int, int] | None = None
    for match in _OWN.finditer(flow, start, end):
        if _THANKS.match(flow[match.end() :].lstrip()[:12]):
            continue
        lead = _LEAD.match(flow, match.end(), end)
        begin = lead.end() if lead else match.end()
        stop = _END.search(flow, begin, end)
        finish = stop.start() if stop else end
        weight = -0.4 if _SECRET.search(flow, begin, min(finish, begin + 60)) else 0.0
        weight += (match.start() - start) / max(1, end - start) + (0.5 if _AIM.match(flow, match.end(), end) else 0.0)
        if finish - begin >= 12 and (best is None or weight > best[0]):
            best = (weight, begin, finish)
    return _clauses(layout, best[1], best[2]) if best and best[0] > 0.5 else ()


def _clauses(layout: Layout, start: int, end: int) -> tuple[Field, ...]:
    """Split a sentence at commas, and at *dan* where both sides say something to be done."""
    flow = layout.sheet.flow
    cuts = list(_COMMA.finditer(flow, start, end))
    edges = [start, *(c.start() for c in cuts), end]
    for conjunction in _AND.finditer(flow, start, end):
        a, b = conjunction.span()
        left = flow[max(e for e in edges if e <= a) : a]
        right = flow[b : min(e for e in edges if e >= b)]
        if _VERB.search(left) and _VERB.search(right) and len(right.split()) > 1 and conjunction.start() not in edges:
            cuts.append(conjunction)
    cuts.sort(key=lambda c: c.start())
    found, at = [], start
    for cut in [*cuts, None]:
        stop = cut.start() if cut else end
        teks = re.sub(r"^(?:agar|supaya|untuk|dan|serta)\s+", "", layout.sheet.printed(min(at, stop), stop), flags=re.I)
        if len(teks) > 8 and (field := value_field(layout, at, stop, 0.6, "kalimat permohonan", teks)):
            found.append(field)
        at = max(at, cut.end()) if cut else end
    return tuple(found[:6])
