"""Who is complained of: a labelled section, or persons, offices and companies named with what they did."""

from __future__ import annotations

import re

from pipeline.domain.letter import Field
from pipeline.domain.reading.identity import value_field
from pipeline.domain.reading.layout import Layout
from pipeline.domain.reading.lists import MARK, items_between, list_end
from pipeline.domain.reading.mentions import Mention, mentions
from pipeline.domain.reading.names import plain
from pipeline.domain.reading.spelling import fold

_SECTION_KINDS = {"nama", "instansi", "terlapor"}
_SPLIT = re.compile(
    r"\s+dan\s+(?=[A-Z])|,\s+(?:diwakili|a\.?\s?n\.?|yaitu|dan)\s+|;\s+|\s+dan\s+(?:lima|empat|"
    r"tiga|dua|beberapa|para)\s.*"
    r"|\s+cabang\s+\w+,?(?:\s+a\.?n\.?)?\s*|,\s+bagian\s+[^,;]*"
)
_CALLED = re.compile(r",?\s*(?:untuk |yang )?selanjutnya (?:di)?sebut.*|[;.]\s*$", re.I)
_AGAINST = re.compile(r"(?:pengaduan|keberatan|laporan|mengadukan|melaporkan)\s+(?:terhadap|atas)?\s*:\s*$", re.I)
_SERIES = re.compile(r"\s*(?:,\s+(?:dan\s+)?|\s+dan\s+|\s+serta\s+)$")
#: A mention must weigh this much to be proposed at all, and not much less than the heaviest.
_ENOUGH, _BEHIND, _MOST = 0.8, 1.0, 3


def accused(layout: Layout, others: frozenset[str], perihal: Field | None = None) -> tuple[Field, ...]:
    """Return those complained of, in the letter's order.

    ``others`` are names of senders and addressees, who are not; ``perihal`` is the subject line.
    """
    return (
        _from_section(layout)
        or _from_labels(layout)
        or _from_list(layout)
        or _from_text(layout, others, perihal.best.teks if perihal else "")
    )


def _from_section(layout: Layout) -> tuple[Field, ...]:
    """Read a section headed *Terlapor*: its labelled names and offices, or its list."""
    rows = [layout.sheet.rows[i] for i, name in sorted(layout.sections.items()) if name == "terlapor"]
    pairs = [layout.pairs[r.index] for r in rows if r.index in layout.pairs]
    fields: list[Field] = []
    for pair in pairs:
        if pair.kind in _SECTION_KINDS and not re.match(r"kantor|jabatan", pair.label, re.I) and pair.end > pair.start:
            fields += _parts(layout, pair.start, pair.row.end, "bagian Terlapor")
    if not fields and any(MARK.match(r.text) for r in rows[1:]):
        fields = _items(layout, rows[1].start, min(rows[-1].end, layout.offset(list_end(layout, rows[1].index))))
    return tuple(fields[:6])


def _from_labels(layout: Layout) -> tuple[Field, ...]:
    for pair in layout.pairs.values():
        if pair.kind == "terlapor" and pair.end > pair.start:
            below = layout.sheet.rows[pair.row.index + 1 : pair.row.index + 2]
            goes_on = below and below[0].index not in layout.pairs and below[0].x0 > pair.row.x0 + 0.08
            end = below[0].end if goes_on else pair.row.end
            return tuple(_parts(layout, pair.start, end, f"baris berlabel '{pair.label.strip()}'"))
    return ()


def _from_list(layout: Layout) -> tuple[Field, ...]:
    """Read the list below *mengajukan pengaduan terhadap :*."""
    rows = layout.sheet.rows
    for row in rows[layout.body : max(layout.body, layout.ending - 1)]:
        if _AGAINST.search(row.text) and MARK.match(rows[row.index + 1].text):
            return tuple(_items(layout, rows[row.index + 1].start, layout.offset(list_end(layout, row.index + 1))))
    return ()


def _items(layout: Layout, start: int, end: int) -> list[Field]:
    found = []
    for a, b in items_between(layout, start, end):
        teks = _CALLED.sub("", layout.sheet.printed(a, b))
        if field := value_field(layout, a, b, 0.85, "daftar pihak yang diadukan", teks):
            found.append(field)
    return found


def _parts(layout: Layout, start: int, end: int, reason: str) -> list[Field]:
    """Split *A dan B*, *A, diwakili B* into fields."""
    flow = layout.sheet.flow
    if mark := MARK.match(flow, start):
        start = mark.end()
    found, at = [], start
    for cut in [*_SPLIT.finditer(flow, start, end), None]:
        stop = cut.start() if cut else end
        if stop > at and (field := value_field(layout, at, stop, 0.9, reason)):
            found.append(field)
        at = cut.end() if cut else end
    return found


def _from_text(layout: Layout, others: frozenset[str], title: str) -> tuple[Field, ...]:
    """Propose the mentions that weigh most; one named in a row with a charged one is charged with it."""
    start, end = layout.story_span
    merged = _merged(_in_series(layout, list(mentions(layout, start, end, title))), others)
    ranked = sorted(merged, key=lambda m: -m.weight)[:_MOST]
    chosen = [m for m in ranked if m.weight >= _ENOUGH and m.weight >= ranked[0].weight - _BEHIND] or ranked[:1]
    chosen.sort(key=lambda m: m.start)
    return tuple(f for m in chosen if (f := _field(layout, m)))


def _in_series(layout: Layout, found: list[Mention]) -> list[Mention]:
    """Give a mention that follows another after a comma or *dan* the other's weight."""
    found.sort(key=lambda m: m.start)
    out: list[Mention] = []
    for mention in found:
        before = out[-1] if out else None
        if before and _SERIES.fullmatch(layout.sheet.flow[before.end : mention.start]):
            mention = _weighing(mention, max(mention.weight, before.weight - 0.05))
        out.append(mention)
    return out


def _merged(found: list[Mention], others: frozenset[str]) -> list[Mention]:
    """Join mentions of the same one: the first stands, its weight is the heaviest and grows with repetition."""
    merged: dict[str, Mention] = {}
    for mention in found:
        key = re.sub(r"\W+", "", mention.text.lower())
        if len(key) < 4 or _is_one_of(mention.text, others):
            continue
        known = next((k for k in merged if k.startswith(key) or key.startswith(k)), None)
        if known is None:
            merged[key] = mention
        else:
            old = merged[known]
            merged[known] = _weighing(old, max(old.weight, mention.weight) + 0.12)
    return list(merged.values())


def _is_one_of(text: str, others: frozenset[str]) -> bool:
    """Say whether a mention is one of the others: the same letters, or only words of that name (*Pak Edi*)."""
    words = set(plain(text).lower().split())
    key = fold(text)
    return any(fold(o) in key or key in fold(o) or (bool(words) and words <= set(o.lower().split())) for o in others)


def _weighing(mention: Mention, weight: float) -> Mention:
    return Mention(mention.start, mention.end, mention.text, mention.kind, weight)


def _field(layout: Layout, mention: Mention) -> Field | None:
    sure = max(0.2, min(0.8, 0.3 + 0.2 * mention.weight))
    return value_field(
        layout, mention.start, mention.end, sure, f"{mention.kind} yang disebut sebagai pelaku dalam uraian"
    )
