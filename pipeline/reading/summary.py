"""Three sentences of the letter that say what happened, who did it and what is asked."""

from __future__ import annotations

import re

from pipeline.reading.fields import Field
from pipeline.reading.layout import Layout

#: The end of a sentence: a full stop before a capital that is not the stop of an abbreviation or an initial.
_BREAK = re.compile(
    r"(?<!\bNo)(?<!\bJl)(?<!\bRp)(?<!\bKp)(?<!\bdr)(?<!\bHj)(?<!\bRT)(?<!\bRW)(?<!\bKel)(?<!\bKec)(?<!\bKab)(?<!\bSdr)"
    r"(?<!\btgl)(?<!\bDrs)(?<!\b[A-Z])[.!?][\"'”)]?\s+(?=[A-Z\"“(])"
)
_WEIGHTS = tuple(
    (re.compile(pattern, re.I), weight)
    for pattern, weight in (
        (r"\b(?:pada )?(?:tanggal|tgl|hari|sejak|pukul)\b", 1.0),
        (r"\b(?:mengadukan|melaporkan|menyampaikan pengaduan|keberatan)\b", 1.5),
        (r"\b(?:di\w{4,}|me\w{4,}) (?:oleh|saya|kami)\b", 0.7),
        (r"\b(?:PT|CV|Dinas|Polsek|Polres|Kepala|Koperasi|RSUD|Desa)\b", 0.6),
        (r"\bRp\b", 0.2),
        (r"\b(?:mohon|memohon|minta|meminta)\b", 0.4),
        (r"\b(?:Pasal|Undang-Undang|UU)\b", -1.2),
        (r"\b(?:terima kasih|hormat|bertanda tangan|demikian)\b", -2.0),
    )
)


def summary(layout: Layout) -> Field | None:
    """Return up to three sentences of the body, in their order, that carry the most facts."""
    sheet = layout.sheet
    start, end = layout.story_span
    found = [(a, b) for a, b in _sentences(sheet.flow, start, end) if 40 <= b - a <= 420]
    if not found:
        return None
    best = sorted(found, key=lambda span: -_weight(sheet.flow[span[0] : span[1]], span[0], start, end))[:3]
    best.sort()
    teks = " ".join(sheet.printed(*span) for span in best)
    return Field((sheet.candidate(*best[0], 0.6, "kalimat-kalimat yang memuat paling banyak fakta", teks, teks),))


def _sentences(flow: str, start: int, end: int) -> list[tuple[int, int]]:
    breaks = list(_BREAK.finditer(flow, start, end))
    begins = [start, *(b.end() for b in breaks)]
    ends = [*(b.start() + 1 for b in breaks), end]
    return list(zip(begins, ends, strict=True))


def _weight(sentence: str, at: int, start: int, end: int) -> float:
    early = 0.8 * (1 - (at - start) / max(1, end - start))
    return early + sum(weight for pattern, weight in _WEIGHTS if pattern.search(sentence))
