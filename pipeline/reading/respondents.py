"""Who is complained of: a labelled section, or persons, offices and companies named with what they did."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.reading.charges import CHARGED, WEIGHTS, Sign, features, signs_of, weight_of
from pipeline.reading.fields import Field
from pipeline.reading.identity import value_field
from pipeline.reading.layout import Layout
from pipeline.reading.mentions import Mention, mentions
from pipeline.reading.names import plain
from pipeline.reading.outright import named_outright
from pipeline.reading.vocabulary import fold

_UNDERSIGNED = re.compile(r"bertanda\s*tangan(?: di ?bawah ini)?\W+([A-Z][^,.;:]{4,60})")
_POST = re.compile(r"(?:Kepala|Ketua|Camat|Lurah|Direktur|Sekretaris|Koordinator|Kades)\b")
#: What a person is called by before the name: *Mandor Kusno* and *mandor Kusno* are one.
_CALLED_BY = re.compile(r"^(?:mandor|pak|bapak|bpk|ibu|bu|sdri?|saudara|saudari)\b[.\s'’]+", re.I)
_SERIES = re.compile(
    r"\s*(?:,\s+(?:dan\s+|serta\s+)?|\s+dan\s+|\s+serta\s+)"
    r"(?:(?:\w+\s+){0,5}(?:bernama|yaitu|yakni)\s+|dalam hal ini\s+)?$"
)
#: One must weigh this much to be proposed beside another, and so much less than it at the most; seldom are they more
#: than three.
_ENOUGH, _LESS, _MOST = 0.3, 3.2, 3
#: One who weighs less is proposed in no case.
_NEXT_TO_NOTHING = -0.8
#: Letters of a letterhead's first row, which names who writes.
_LONG_ENOUGH = 9
_NOUN = {"dipanggil": "orang", "nama": "orang"}


def accused(layout: Layout, others: frozenset[str]) -> tuple[Field, ...]:
    """Return those complained of, in the letter's order.

    ``others`` are names of senders and addressees, who are not.
    """
    others |= _own_posts(layout)
    return named_outright(layout) or _from_text(layout, others)


def _own_posts(layout: Layout) -> frozenset[str]:
    """Return the posts that the writers hold: behind *bertanda tangan di bawah ini* and above their signatures."""
    flow, start = layout.sheet.flow, layout.offset(layout.body)
    signed = [layout.sheet.text[c.start : c.end] for row in layout.tail_rows for c in row.cells]
    opened = [m[1] for m in _UNDERSIGNED.finditer(flow, start, min(len(flow), start + 400))]
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
        signs = frozenset(signs_of(flow, mention))
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
    sure = max(0.2, min(0.85, 1 / (1 + math.exp(-charge.weight))))
    for_it = sorted((s for s in charge.signs if WEIGHTS[s.name] > 0), key=lambda s: (-WEIGHTS[s.name], s.name))
    said = "; ".join(sign.words for sign in for_it) or "disebut dalam uraian"
    teks = mention.text if mention.text.endswith(".") else None
    return value_field(
        layout, mention.start, mention.end, sure, f"{_NOUN.get(mention.kind, mention.kind)}: {said}", teks
    )
