"""What a letter asks for, what it says in three sentences, and which of the ten groups of rights it may be about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pipeline.cases.register_words import register_words
from pipeline.reading.fields import Field, at_all_places
from pipeline.reading.identity import value_field
from pipeline.reading.layout import MARK, Layout, items_between, list_end
from pipeline.reading.vocabulary import Pattern, any_of, vocabulary


def _pattern(shape: str, flags: re.RegexFlag = re.NOFLAG) -> Pattern:
    return Pattern("matter", shape, flags)


_ASK = _pattern(r"\b(?:<wishes>|<asks>)\b", re.I)
#: A wish of the writer's own, not of somebody in the story.
_OWN = _pattern(
    r"(?:\b<writer>\b\W+(?:sangat\s+|hanya\s+|dengan\s+sangat\s+)?<wishes>\b|(?<=[.!?]\s)"
    r"(?:<unsaid>|(?:untuk|oleh) (?:itu|karena itu|sebab itu)\W+(?:saya|kami)?\s*<wishes>))",
    re.I,
)
_LEAD = _pattern(r"(?:\s*(?:<lead>|:)(?=[\s,:]|$)[\s:,]*)*", re.I)
_AIM = _pattern(r"\s*(?:\w+\s+){0,3}?(?:<aim>|:)", re.I)
_COMMA = re.compile(r",\s+(?:dan\s+|serta\s+)?|;\s*")
_AND = re.compile(r"\s+(?:dan|serta|atau)\s+")
_VERB = _pattern(r"\b(?:di|me|ber)[a-z]{3,}|\b<verbs>\b")
_END = re.compile(r"\.(?=\s+[A-Z]|\s*$)")
#: That names be kept secret is asked beside the matter itself.
_SECRET = _pattern("<secret>", re.I)
_THANKS = _pattern("<thanks>", re.I)
_BEGINS = _pattern("<begins>", re.I)
_BEFORE_WISH = _pattern(r"^<before_wish>\s+", re.I)
_BEHIND_WISH = re.compile(r"\s*[.;,]?\s*(?:dan)?\s*$")
_LIST_IN_ROW = re.compile(r":\s*(?=\(?1[.)])")
_FIRST_ITEM = re.compile(r"\W*(?:1|[aA]|[-–•l])\W")
#: Letters of a row above a list that asks in the row before; of a wish; of a clause of one.
_SHORT_ROW, _WISH_LETTERS, _CLAUSE_LETTERS = 60, 12, 8
#: A sentence that asks must stand and speak so plainly to be taken for what the letter asks; so many clauses at most.
_PLAIN, _MOST_CLAUSES = 0.5, 6
#: What is added for *agar* and its like, and for keeping a secret.
_AIMED, _KEPT_SECRET = 0.5, -0.4
#: The end of a sentence: a full stop before a capital that is not the stop of an abbreviation or an initial.
_BREAK = _pattern(r"<!abbreviations>(?<!\b[A-Z])[.!?][\"'”)]?\s+(?=[A-Z\"“(])")
#: A row of so many words tells; a row of a table has its label first.
_PROSE_WORDS = 5
_LABELLED = re.compile(r"\W*\w[^.:=]{1,26}\s*[:=]\s+\S")
#: What a sentence of the summary may carry, by the names of its weights.
_CARRIED: Mapping[str, re.Pattern[str] | Pattern] = {
    **{
        name: _pattern(rf"\b<{name}>\b", re.I)
        for name in ("when", "complains", "bodies", "money", "wants", "law", "formula")
    },
    "done": re.compile(r"\b(?:di\w{4,}|me\w{4,}) (?:oleh|saya|kami)\b", re.I),
}
#: A sentence of the summary has this many letters, at the least and at the most; so many sentences it has.
_SENTENCE, _SENTENCES = (40, 420), 3
#: What the subject's words count against the story's, a word that is said again against its first time; and below
#: which score a right is not suggested, or beside a better one.
_TITLE, _AGAIN, _LEAST_SCORE, _BESIDE = 3.0, 0.3, 0.5, 0.6


def requests(layout: Layout) -> tuple[Field, ...]:
    """Return what is asked for, one field a request."""
    return _from_section(layout) or _from_list(layout) or _from_sentence(layout)


def _from_section(layout: Layout) -> tuple[Field, ...]:
    """Read the rows under a heading such as *PERMOHONAN*: a list, or else sentences."""
    rows = [i for i, name in sorted(layout.sections.items()) if name == "permintaan"]
    rest = [i for i in rows if i not in layout.headings]
    listed = [i for i in rest if MARK.match(layout.sheet.rows[i].text)]
    if listed:
        end = layout.offset(list_end(layout, listed[0]))
        return _fields(layout, layout.offset(listed[0]), end, "daftar di bagian permohonan")
    if rest and _BEGINS.match(layout.sheet.rows[rest[0]].text):
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
        if not (_ASK.search(row.text) or (_ASK.search(above) and len(row.text) < _SHORT_ROW)):
            continue
        if inline := _LIST_IN_ROW.search(row.text):
            begin = row.start + inline.end()
            end = _END.search(sheet.flow, begin)
            return _fields(layout, begin, end.start() if end else row.end, "daftar setelah kata permohonan")
        below = next((r for r in rows[row.index + 1 : row.index + 3] if MARK.match(r.text)), None)
        if below and _FIRST_ITEM.match(below.text):
            last = layout.offset(list_end(layout, below.index))
            return _fields(layout, below.start, last, "daftar setelah kata permohonan")
    return ()


def _fields(layout: Layout, start: int, end: int, reason: str) -> tuple[Field, ...]:
    found = []
    for a, b in items_between(layout, start, min(end, layout.offset(layout.ending))):
        teks = _BEHIND_WISH.sub("", layout.sheet.printed(a, b))
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
        weight = _KEPT_SECRET if _SECRET.search(flow, begin, min(finish, begin + 60)) else 0.0
        late, aimed = (match.start() - start) / max(1, end - start), _AIM.match(flow, match.end(), end)
        weight += late + (_AIMED if aimed else 0.0)
        if finish - begin >= _WISH_LETTERS and (best is None or weight > best[0]):
            best = (weight, begin, finish)
    return _clauses(layout, best[1], best[2]) if best and best[0] >= _PLAIN else ()


def _clauses(layout: Layout, start: int, end: int) -> tuple[Field, ...]:
    """Split a sentence at commas, and at *dan* where both sides say something to be done."""
    flow = layout.sheet.flow
    cuts = list(_COMMA.finditer(flow, start, end))
    edges = [start, *(c.start() for c in cuts), end]
    for conjunction in _AND.finditer(flow, start, end):
        a, b = conjunction.span()
        left = flow[max(e for e in edges if e <= a) : a]
        right = flow[b : min(e for e in edges if e >= b)]
        if _VERB.search(left) and _VERB.search(right) and len(right.split()) > 1:
            cuts.append(conjunction)
    cuts.sort(key=lambda c: c.start())
    found, at = [], start
    for cut in [*cuts, None]:
        stop = cut.start() if cut else end
        teks = _BEFORE_WISH.sub("", layout.sheet.printed(min(at, stop), stop))
        if len(teks) > _CLAUSE_LETTERS and (field := value_field(layout, at, stop, 0.6, "kalimat permohonan", teks)):
            found.append(field)
        at = max(at, cut.end()) if cut else end
    return tuple(found[:_MOST_CLAUSES])


def summary(layout: Layout) -> Field | None:
    """Return up to three sentences of the body, in their order, that carry the most facts."""
    sheet = layout.sheet
    start, end = layout.story_span
    breaks = list(_BREAK.finditer(sheet.flow, start, end))
    begins, ends = [start, *(b.end() for b in breaks)], [*(b.start() + 1 for b in breaks), end]
    shortest, longest = _SENTENCE
    told = (_told(layout, a, b) for a, b in zip(begins, ends, strict=True))
    found = [(a, b) for a, b in told if shortest <= b - a <= longest]
    if not found:
        return None
    weights = vocabulary("matter")["summary_weights"]

    def weight(span: tuple[int, int]) -> float:
        early = weights["early"] * (1 - (span[0] - start) / max(1, end - start))
        carried = (name for name, pattern in _CARRIED.items() if pattern.search(sheet.flow[slice(*span)]))
        return float(early + sum(weights[name] for name in carried))

    best = sorted(sorted(found, key=lambda span: -weight(span))[:_SENTENCES])
    teks = " ".join(sheet.printed(*span) for span in best)
    first, *others = (sheet.candidate(*span, 0.6, "kalimat-kalimat yang memuat paling banyak fakta") for span in best)
    return Field((replace(at_all_places(first, others), nilai=teks, teks=teks),))


def _told(layout: Layout, start: int, end: int) -> tuple[int, int]:
    """Return a sentence without a table or heading that stands before it, and without the number of the next item."""
    sheet = layout.sheet
    for row in sheet.rows[sheet.row_at(start).index : sheet.row_at(end - 1).index]:
        if len(row.cells) > 1 or row.index in layout.headings or row.text.isupper() or _LABELLED.match(row.text):
            start = max(start, row.end + 1)
        elif len(row.text.split()) >= _PROSE_WORDS:
            break
    return start, sheet.before_next_item(start, end)


def rights(layout: Layout, perihal: Field | None) -> tuple[Field, ...]:
    """Return one or two groups of rights, the likelier first; ``nilai`` is the group's number, ``teks`` the words."""
    start, end = layout.story_span
    scores: dict[int, float] = {}
    words: dict[int, list[re.Match[str]]] = {}
    for code, (pattern, prior) in enumerate(_rights(), 1):
        words[code] = [m for m in pattern.finditer(layout.sheet.flow, start, end) if m["word"]]
        titled = [m for m in pattern.finditer(perihal.best.teks) if m["word"]] if perihal else []
        distinct = {m[0].lower() for m in words[code]}
        said_again = len(words[code]) - len(distinct)
        scores[code] = prior * (len(distinct) + _AGAIN * said_again + _TITLE * len(titled))
    ranked = sorted((c for c in scores if words[c] and scores[c] > _LEAST_SCORE), key=lambda c: -scores[c])
    kept = [c for i, c in enumerate(ranked[:2]) if i == 0 or scores[c] > _BESIDE * scores[ranked[0]]]
    return tuple(_right(layout, code, words[code], scores[code]) for code in kept)


@cache
def _rights() -> tuple[tuple[re.Pattern[str], float], ...]:
    """Return for each right the pattern of its words, in the group ``word``, and its prior; in the law's order."""
    found = []
    for right in vocabulary("matter")["rights"]:
        none, whole = any_of(right.get("but_not", ())), any_of(right.get("whole_words", ()))
        shape = rf"\b(?:{none}|(?P<word>{any_of(right['words'])}|{whole}\b))"
        found.append((re.compile(shape, re.I), float(right["prior"])))
    return tuple(found)


def _right(layout: Layout, code: int, found: list[re.Match[str]], score: float) -> Field:
    distinct = list(dict.fromkeys(m[0].lower() for m in found))[:4]
    teks = ", ".join(distinct)
    reason = f"{register_words().rights[code - 1].name}: kata {', '.join(repr(w) for w in distinct)}"
    return Field(
        (layout.sheet.candidate(found[0].start(), found[0].end(), min(0.7, 0.3 + 0.05 * score), reason, code, teks),)
    )
