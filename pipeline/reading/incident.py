"""Where and when it happened: as a label says, or as a sentence with a date or a deed tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.identity import value_field
from pipeline.reading.labels import value_span
from pipeline.reading.layout import Layout
from pipeline.reading.vocabulary import Pattern, fold, vocabulary
from pipeline.reading.written_days import dates_in, month_of


def _pattern(shape: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    return Pattern("incident", shape, flags)


_PROPER = (
    r"(?:<abbreviations>\.|(?:RT|RW)\.?(?= ?\d)|[A-Z]\.(?=\s[A-Z])|(?!(?:<no_place>|Nomor \d{3})\b)[A-Z][\w'’/-]*|"
    r"\d{1,3}[A-Z]?(?!\d|\.\d|\s+<counted>))"
)
#: Small words that end a place, and verbs by their beginnings; every other one goes on with it.
_FILL = (
    r"(?!(?:<ends>|orang(?! tua)|se[a-z]{4,})\b)"
    r"(?!me[a-z]{4,}|di[a-z]{3,}|ber[a-z]{3,}|ter(?!minal)[a-z]{3,}|pe[a-z]{3,}an\b<!nouns>)[a-z]{2,}"
)
#: What may follow a comma within a place; no person does.
_LEVEL = r"(?!<people>\b)(?:<levels>|[A-Z])"
_TAIL = rf"(?:\s+(?:{_PROPER}|<goes_on>(?=\s)|{_FILL}(?:\s+{_FILL}){{0,2}}(?=\s+{_PROPER}|,\s+{_LEVEL})))*"
_PLACE = (
    rf"(?:<sites>\b{_TAIL}|<sites>{_TAIL}|(?:[A-Z][a-z]+\s?){{1,3}}(?=,\s+<named_levels>))"
    rf"(?:,\s+(?={_LEVEL}){_PROPER}{_TAIL})*"
)
#: A place that is named without saying what it is (*di Tanjakan Andaian*); not an office, a person or a page.
_BARE = rf"(?!<not_bare>\b)[A-Z][a-z]{{3,}}(?:\s+{_PROPER})*(?:,\s+(?={_LEVEL}){_PROPER}{_TAIL})*"
_AT = _pattern(rf"\b<leads>\s+({_PLACE})|\b[Dd]i\s+({_BARE})")
_TIME = _pattern(r"\b<time>\b", re.I)
_DEED = _pattern(r"\bdi[a-z]{4,}|\b<deeds>\b")
_NOT_HERE = _pattern(r"\b<not_here>\W+(?:\w+\W+){0,2}$", re.I)
#: What is left over behind a place.
_LEFT_OVER = re.compile(r" (?:dalam|di|dekat)$")
#: An hour and a word that lead to the place.
_LED = re.compile(
    r"[\s,.]*(?:(?:sekitar|kurang lebih|kira-kira)\s+)?(?:(?:pukul|jam)\s*[\d.:]+(?:\s*WIB)?)?[\s,.]*(?:di\s+)?"
)
#: Letters of a place; a longer row tells a story.
_LONGEST = 90
#: Letters before a place in which a time is named, and a deed.
_BEFORE, _DONE_BEFORE = 110, 70
#: So many letters of an address tell that a place is it.
_SAME_HOME = 18
_HOUR = _pattern(
    r"\s*,?\s*(?:<about>\s+)?<hour>\s*\d{1,2}(?:[.:]\d{2})?(?:\s*<zone>\b)?|\s+<part_of_day>\b",
    re.I,
)
#: A day that belongs to a paper, a birth or a law, by the words before it.
_NOT_THEN = _pattern(r"\b<not_then>\b(?:[^.;]|\.(?=\S)){0,38}$", re.I)
_THEN = _pattern(r"\b<then>\b[^.;]{0,22}$", re.I)
_HAPPENED = _pattern(r"\b(?:di[a-z]{4,}|me[a-z]{5,}|<then_deeds>)\b")
_MONTH = _pattern(r"\b<month_leads>\s+(?:bulan\s+)?([A-Z][a-z]{2,9})\s+((?:19|20)\d\d)\b")
#: Letters before a day, and behind it, that tell what happened on it.
_DAY_BEFORE, _DAY_BEHIND = 60, 90
#: Places, and moments, are proposed up to so many.
_MOST = 4


def scene(layout: Layout, homes: frozenset[str] = frozenset()) -> Field | None:
    """Return where the main event happened, best candidate first; ``homes`` are complainants' addresses."""
    if told := _in_section(layout):
        return told
    for start, end, reason in _labelled(layout, "tempat_kejadian"):
        if labelled := value_field(layout, start, end, 0.92, reason):
            return labelled
    found = sorted(_places(layout, homes), key=lambda c: -c.confidence)[:_MOST]
    return Field(tuple(found)) if found else None


def _labelled(layout: Layout, kind: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the value of each row labelled so stands, and the reason to propose it."""
    for pair in layout.pairs.values():
        if pair.kind == kind:
            span = value_span(layout.sheet, pair, frozenset(layout.pairs) | layout.headings)
            yield *span, f"baris berlabel '{pair.label.strip()}'"


def _in_section(layout: Layout) -> Field | None:
    """Return the first row below a heading such as *Tempat dan waktu kejadian*, without the day that stands in it."""
    rows = [i for i, name in sorted(layout.sections.items()) if name == "tempat" and i not in layout.headings]
    if len(rows) != 1 or rows[0] in layout.pairs or len(layout.sheet.rows[rows[0]].text) > _LONGEST:
        return None
    row = layout.sheet.rows[rows[0]]
    start, end = row.start, row.end
    for found in dates_in(layout.sheet.flow, start, end):
        start, end = (start, found.start) if found.start - row.start > row.end - found.end else (found.end, end)
    led = _LED.match(layout.sheet.flow, start, end)
    return value_field(layout, led.end() if led else start, end, 0.85, "bagian tempat kejadian")


def _places(layout: Layout, homes: frozenset[str]) -> Iterator[Candidate]:
    sheet, known = layout.sheet, [fold(home) for home in homes]
    start, end = layout.story_span
    for match in _AT.finditer(sheet.flow, start, end):
        bare = match[2] is not None
        span = match.span(2 if bare else 1)
        teks = _LEFT_OVER.sub("", sheet.printed(*span).strip(" .,;"))
        if len(teks) <= 5 or not (bare or " " in teks):
            continue
        before, words = sheet.flow[max(0, match.start() - _BEFORE) : match.start()], sheet.flow[slice(*span)]
        capitals = sum(word[:1].isupper() for word in words.split())
        sure = _weighed(
            "place_weights",
            {
                "any": 1,
                "time_before": bool(_TIME.search(before)),
                "deed_before": bool(_DEED.search(before[-_DONE_BEFORE:])),
                "name": capitals > 0,
                "long_name": capitals > 2,
                "levels": "," in words,
                "early": 1 - (match.start() - start) / max(1, end - start),
                "bare": bare,
                "not_here": bool(_NOT_HERE.search(before)),
                "led_by_ke": match[0].startswith("ke "),
                "complainants_home": any(fold(teks)[:_SAME_HOME] in home for home in known),
                "headed": layout.sections.get(sheet.row_at(match.start()).index) == "tempat",
            },
        )
        reason = "tempat yang disebut dalam uraian peristiwa"
        yield sheet.candidate(*span, max(0.05, sure), reason, teks, teks)


def _weighed(table: str, found: Mapping[str, float]) -> float:
    """Return the sum of what was found, each thing by its weight in a table of the vocabulary."""
    weights = vocabulary("incident")[table]
    return float(sum(weights[name] * value for name, value in found.items()))


def moment(layout: Layout, today: date) -> Field | None:
    """Return when the main event happened, as it is written, best candidate first; no day after *today*."""
    found = sorted((*_said(layout), *_told(layout, today)), key=lambda c: -c.confidence)
    best = {c.nilai: c for c in reversed(found)}
    return Field(tuple(sorted(best.values(), key=lambda c: -c.confidence)[:_MOST])) if best else None


def _said(layout: Layout) -> Iterator[Candidate]:
    for start, end, reason in _labelled(layout, "waktu_kejadian"):
        if re.search(r"[A-Za-z]{3}|\d\D+\d", layout.sheet.flow[start:end]):
            yield layout.sheet.candidate(start, end, 0.9, reason)


def _told(layout: Layout, today: date) -> Iterator[Candidate]:
    sheet, (start, end) = layout.sheet, layout.story_span
    for found in dates_in(sheet.flow, start, end):
        before = sheet.flow[max(start, found.start - _DAY_BEFORE) : found.start]
        if found.day > today or _NOT_THEN.search(before):
            continue
        hour = _HOUR.match(sheet.flow, found.end, end)
        stop = hour.end() if hour else found.end
        sure = _weighed(
            "moment_weights",
            {
                "any": 1,
                "hour": bool(hour),
                "then_before": bool(_THEN.search(before)),
                "deed_behind": bool(_HAPPENED.search(sheet.flow, stop, min(end, stop + _DAY_BEHIND))),
                "early": 1 - (found.start - start) / max(1, end - start),
            },
        )
        yield sheet.candidate(found.start, stop, sure, "hari yang disebut dalam uraian peristiwa")
    for match in _MONTH.finditer(sheet.flow, start, end):
        month = month_of(match[1])
        if month and (int(match[2]), month) <= (today.year, today.month):
            yield sheet.candidate(match.start(1), match.end(), 0.3, "bulan yang disebut dalam uraian peristiwa")
