"""The office's own received stamp, printed over the letter's head: it is no part of the letter."""

from __future__ import annotations

import re

from pipeline.scans.words import Word

_ANCHOR = re.compile(r"\W*(?:DI)?TERIMA\W*|\W*A?GENDA\W*|\W*AG[A-Za-z]{2,4}A\W*")
_MARK = re.compile(r"[^a-z]{1,}|NO\.?|TGL\.?|[A-Z][a-z]?[A-Z]+.*|\W*")
_PRINTED = re.compile(r"\W*(?:(?:DI)?TERIMA|TGL|NO|AGENDA|KANWIL|KEMENKUMHAM)\W*")
_LETTER = re.compile(r"\W*(?:LAPORAN|SURAT|PENGADUAN|FORMULIR|HAL|PERIHAL|NOMOR|PERNYATAAN)\b", re.I)


def without_stamp(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the words of a page without those of a received stamp in its upper half.

    The stamp is known by its printed words (*TERIMA TGL*, *NO. AGENDA*); with them go the capitals and figures
    that stand within its frame; a line that also holds words in small letters is the letter's own.
    """
    anchors = [w for w in words if w.box[1] < 0.4 and w.text.isupper() and _ANCHOR.fullmatch(w.text)]
    if not anchors:
        return words
    tall = max(w.box[3] - w.box[1] for w in anchors)
    x0 = min(w.box[0] for w in anchors) - 0.06
    x1 = max(w.box[2] for w in anchors) + 0.17
    y0 = min(w.box[1] for w in anchors) - 2.2 * tall
    y1 = max(w.box[3] for w in anchors) + (2.5 * tall if len(anchors) > 1 else 5 * tall)
    written = {w.line for w in words if re.search(r"[a-z]{3}", w.text)}
    return tuple(
        w
        for w in words
        if not _within(w, x0, y0, x1, y1)
        or not _MARK.fullmatch(w.text)
        or _LETTER.match(w.text)
        or (w.line in written and not _PRINTED.fullmatch(w.text))
    )


def _within(word: Word, x0: float, y0: float, x1: float, y1: float) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    return x0 <= x <= x1 and y0 <= y <= y1
