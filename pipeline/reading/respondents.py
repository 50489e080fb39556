"""Who is complained of: named outright (under a heading, behind a label, in a table or list), or by what is told."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile

from pipeline.reading.fields import Field
from pipeline.reading.identity import plain, value_field
from pipeline.reading.introductions import people_in_table
from pipeline.reading.layout import MARK, Layout, items_between, list_end
from pipeline.reading.mentions import CHARGED, Mention, Sign, features, mentions, signs_of, weight_of
from pipeline.reading.vocabulary import Pattern, fold

_SECTION_KINDS = {"nama", "instansi", "terlapor"}
_NOT_NAMED = Pattern("respondents", "<not_named>", re.I)
_SPLIT = Pattern(
    "respondents",
    r"\s+dan\s+(?=[A-Z])|,\s+<parts>\s+|;\s+|\s+dan\s+<several>\s.*"
    r"|\s+cabang\s+\w+,?(?:\s+a\.?n\.?)?\s*|,\s+bagian\s+[^,;]*",
)
_CALLED = Pattern("respondents", r",?\s*<called>.*|[;.]\s*$", re.I)
#: What leads to a list of those complained of: a sentence that charges and ends in a colon.
_AGAINST = Pattern(
    "respondents", r"(?:\b<charges>\b|\b<complaint>\s+(?:terhadap|atas)\b)(?:[^.:]|\.(?=\S))*:\s*$", re.I
)
#: What follows the name in an item of such a list.
_AND_SO_ON = Pattern("respondents", r"[,;]?\s+<and_so_on>\b.*", re.S)
#: What a row below says of one named, rather than going on with the name.
_ADDRESS = Pattern("respondents", r"\W*(?:<address>|ber[a-z]{4,})\b", re.I)
#: So many rows lie between two rows labelled alike at the most.
_NEAR = 3
#: By so much of the page's width the next row stands to the right of a label whose value it goes on with.
_INDENTED = 0.08
#: Letters: before a list that say whom it lists; of the body in which the writers say which post they hold. So many are
#: named in a section at the most.
_LED_TO_LIST, _UNDERSIGNED_WITHIN, _MOST_OUTRIGHT = 240, 400, 6
#: An item names somebody within its first letters.
_AT_ONCE = 8
#: Words of a row that only names somebody.
_SHORT = 8
_UNDERSIGNED = Pattern("respondents", r"bertanda\s*tangan(?: di ?bawah ini)?\W+([A-Z][^,.;:]{4,60})")
_POST = Pattern("respondents", r"<posts>\b")
_CALLED_BY = Pattern("respondents", r"^<called_by>\b[.\s'’]+", re.I)
_SERIES = Pattern(
    "respondents",
    r"\s*(?:,\s+(?:dan\s+|serta\s+)?|\s+dan\s+|\s+serta\s+)(?:(?:\w+\s+){0,5}<named>\s+|dalam hal ini\s+)?$",
)
#: One must weigh this much to be proposed beside another, and so much less than it at the most; seldom are they more
#: than three.
_ENOUGH, _LESS, _MOST = 0.3, 3.2, 3
#: One who weighs less is proposed in no case.
_NEXT_TO_NOTHING = -0.8
#: Letters of a letterhead's first row, which names who writes.
_LONG_ENOUGH = 9
_NOUN = {"dipanggil": "orang", "nama": "orang"}


def find_respondents(layout: Layout, others: frozenset[str]) -> tuple[Field, ...]:
    """Return those complained of, in the letter's order.

    ``others`` are names of senders and addressees, who are not.
    """
    return _outright(layout) or _from_text(layout, others | _own_posts(layout))


def all_named(layout: Layout, others: frozenset[str]) -> tuple[Field, ...]:
    """Return everybody whom the letter names but the *others*, each as sure as what is told of him makes it."""
    return tuple(f for charge in _charges(layout, others | _own_posts(layout)) if (f := _field(layout, charge)))


def _outright(layout: Layout) -> tuple[Field, ...]:
    """Return those named outright, in the letter's order; nobody where the letter only tells a story."""
    return (
        _from_section(layout)
        or _from_labels(layout)
        or tuple(f for person in people_in_table(layout, against=True) if (f := person["nama"]))
        or _from_list(layout)
    )


def _from_section(layout: Layout) -> tuple[Field, ...]:
    """Read a section headed *Terlapor*: its labelled names and offices, or its list."""
    rows = [layout.sheet.rows[i] for i, name in sorted(layout.sections.items()) if name == "terlapor"]
    pairs = [layout.pairs[r.index] for r in rows if r.index in layout.pairs]
    fields: list[Field] = []
    for pair in pairs:
        if pair.kind in _SECTION_KINDS and not _NOT_NAMED.match(pair.label):
            fields += _parts(layout, pair.start, pair.row.end, "bagian Terlapor")
    if not fields and any(MARK.match(r.text) for r in rows[1:]):
        fields = _items(layout, rows[1].start, min(rows[-1].end, layout.offset(list_end(layout, rows[1].index))))
    elif not fields and not any(pair.end > pair.start for pair in pairs):
        below = (r for r in rows[1:] if r.index not in layout.pairs)
        named = takewhile(lambda r: r.text[:1].isupper() and len(r.text.split()) <= _SHORT, below)
        fields = [f for r in named if (f := value_field(layout, r.start, r.end, 0.75, "bagian Terlapor"))]
    return tuple(fields[:_MOST_OUTRIGHT])


def _from_labels(layout: Layout) -> tuple[Field, ...]:
    """Read the first row labelled *Terlapor*, and those labelled so below it (*Terlapor II*)."""
    fields: list[Field] = []
    before = 0
    for index, pair in sorted(layout.pairs.items()):
        if pair.kind != "terlapor" or (fields and index - before > _NEAR):
            continue
        below = layout.sheet.rows[pair.row.index + 1 : pair.row.index + 2]
        goes_on = below and below[0].index not in layout.pairs and below[0].x0 > pair.row.x0 + _INDENTED
        goes_on = goes_on and not _ADDRESS.match(below[0].text)
        end = below[0].end if goes_on else pair.row.end
        if found := _parts(layout, pair.start, end, f"baris berlabel '{pair.label.strip()}'"):
            fields, before = [*fields, *found], index
    return tuple(fields)


def _from_list(layout: Layout) -> tuple[Field, ...]:
    """Read the list below *mengajukan pengaduan terhadap :*, if its items name somebody."""
    rows, flow = layout.sheet.rows, layout.sheet.flow
    for row in rows[layout.body : max(layout.body, layout.ending - 1)]:
        below = rows[row.index + 1]
        if MARK.match(below.text) and _AGAINST.search(flow, max(0, row.end - _LED_TO_LIST), row.end):
            items = _items(layout, below.start, layout.offset(list_end(layout, below.index)))
            if items and all(_names_somebody(layout, item.best.teks) for item in items):
                return tuple(items)
    return ()


def _names_somebody(layout: Layout, teks: str) -> bool:
    start = layout.sheet.flow.find(teks)
    first = next(mentions(layout, start, start + len(teks)), None) if start >= 0 else None
    return first is not None and first.start - start < _AT_ONCE


def _items(layout: Layout, start: int, end: int) -> list[Field]:
    found = []
    for a, b in items_between(layout, start, end):
        teks = _AND_SO_ON.sub("", _CALLED.sub("", layout.sheet.printed(a, b)))
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
        if field := value_field(layout, at, stop, 0.9, reason):
            found.append(field)
        at = cut.end() if cut else end
    return found


def _own_posts(layout: Layout) -> frozenset[str]:
    """Return the posts that the writers hold: behind *bertanda tangan di bawah ini* and above their signatures."""
    flow, start = layout.sheet.flow, layout.offset(layout.body)
    signed = [layout.sheet.text[c.start : c.end] for row in layout.tail_rows for c in row.cells]
    opened = [m[1] for m in _UNDERSIGNED.finditer(flow, start, min(len(flow), start + _UNDERSIGNED_WITHIN))]
    return frozenset(text.strip(" ,.") for text in (*signed, *opened) if _POST.match(text) and len(text.split()) > 2)


@dataclass(frozen=True, slots=True)
class _Charge:
    """Someone named: where first, everything said of him wherever he is named, and what is to be weighed of it."""

    mention: Mention
    signs: frozenset[Sign]
    found: Mapping[str, float]

    @property
    def weight(self) -> float:
        """How much speaks for his being complained of."""
        return weight_of(self.found)


def _from_text(layout: Layout, others: frozenset[str]) -> tuple[Field, ...]:
    """Propose those of whom enough is said; if of none, the one who comes nearest, unless next to nothing is said."""
    ranked = sorted(_charges(layout, others), key=lambda c: -c.weight)[:_MOST]
    least = max(_ENOUGH, ranked[0].weight - _LESS) if ranked else 0.0
    chosen = [c for c in ranked if c.weight >= least or CHARGED in c.signs]
    chosen = chosen or [c for c in ranked[:1] if c.weight > _NEXT_TO_NOTHING]
    kept = [c for c in chosen if not any(_is_headed_by(c, other) for other in chosen)]
    kept.sort(key=lambda c: c.mention.start)
    return tuple(f for c in kept if (f := _field(layout, c)))


def _is_headed_by(office: _Charge, head: _Charge) -> bool:
    """Say whether one is the office of the other (*SD Misalan*, *Kepala SD Misalan*), and not charged for itself."""
    if CHARGED in office.signs or head.mention.kind != "pejabat":
        return False
    name, post = fold(office.mention.text).removeprefix("kantor"), fold(head.mention.text)
    return name != post and (name in post or f"ka{name}" in post)


def _charges(layout: Layout, others: frozenset[str]) -> list[_Charge]:
    start, end = layout.story_span
    titled = [
        mention
        for pair in layout.pairs.values()
        if pair.kind == "perihal" and pair.row.index <= layout.body
        for mention in mentions(layout, pair.start, pair.row.end)
    ]
    own = {r.text.strip() for r in layout.head_rows[:1] if r.index not in layout.pairs}
    others |= {text for text in own if len(fold(text)) > _LONG_ENOUGH}
    found = []
    for said in _same(_in_series(layout, [*titled, *mentions(layout, start, end)]), others):
        first = said[0][0]
        signs = frozenset(sign for _, signs in said for sign in signs)
        place = max(0.0, (first.start - start) / max(1, end - start))
        found.append(_Charge(first, signs, features(first.kind, signs, place, len(said))))
    return found


def _in_series(layout: Layout, found: list[Mention]) -> list[tuple[Mention, frozenset[Sign]]]:
    """Return each mention with what is said of it; of one that follows another after a comma or *dan*, the same."""
    flow = layout.sheet.flow
    out: list[tuple[Mention, frozenset[Sign]]] = []
    for mention in found:
        signs = frozenset(signs_of(flow, mention.start, mention.end))
        if out and _SERIES.fullmatch(flow[out[-1][0].end : mention.start]):
            signs |= {sign for sign in out[-1][1] if not sign.behind}
        out.append((mention, signs))
    return out


def _same(
    found: list[tuple[Mention, frozenset[Sign]]], others: frozenset[str]
) -> list[list[tuple[Mention, frozenset[Sign]]]]:
    """Gather the mentions of the same one, without those of the *others*."""
    same: dict[str, list[tuple[Mention, frozenset[Sign]]]] = {}
    for mention, signs in found:
        key = fold(_CALLED_BY.sub("", mention.text))
        if len(key) < 4 or _is_one_of(mention.text, others):
            continue
        known = next((k for k in same if k.startswith(key) or key.startswith(k)), key)
        same.setdefault(known, []).append((mention, signs))
    return list(same.values())


def _is_one_of(text: str, others: frozenset[str]) -> bool:
    """Say whether a mention is one of the others: the same letters, or only words of that name (*Pak Edi*)."""
    words = set(plain(text).lower().split())
    key = fold(text)
    return any(fold(o) in key or key in fold(o) or (bool(words) and words <= set(o.lower().split())) for o in others)


def _field(layout: Layout, charge: _Charge) -> Field | None:
    mention = charge.mention
    sure = min(0.85, 1 / (1 + math.exp(-charge.weight)))
    for_it = sorted((s for s in charge.signs if s.weight > 0), key=lambda s: (-s.weight, s.name))
    said = "; ".join(sign.words for sign in for_it) or "disebut dalam uraian"
    teks = mention.text if mention.text.endswith(".") else None
    return value_field(
        layout, mention.start, mention.end, sure, f"{_NOUN.get(mention.kind, mention.kind)}: {said}", teks
    )
