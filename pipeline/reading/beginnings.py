"""Pages of a scan on which another complaint seems to begin, so that a person may part them (SOP move *pisahkan*).

A page has signs: which parts of a letter stand at its head (a tagger says so row by row), whether what came before had
been closed and signed, whether it only passes the page on, whether the page names the same people. Their weights
(``beginnings.toml``) were fitted by ``bench/beginnings.py`` on letters put together and letters of several pages; the
sum of them, as odds, is how likely another letter begins there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

from pipeline.reading.ports import Sections
from pipeline.reading.sheet import Row, Sheet
from pipeline.reading.vocabulary import Pattern
from pipeline.reading.weighing import likelihood
from pipeline.scans.ports import Suspicion
from pipeline.scans.words import Page

_WEIGHTS = Path(__file__).with_suffix(".toml")
#: Parts of a letter's head, as the clerk is told of them, and parts of its end.
_HEAD = {
    "kop": "kop surat",
    "tanggal": "tanggal surat",
    "rujukan": "nomor atau perihal",
    "tujuan": "tujuan",
    "judul": "judul surat",
    "salam": "salam pembuka",
    "pembuka": "kalimat pembuka",
    "identitas": "identitas pengirim",
}
_END = frozenset({"penutup", "tandatangan", "tembusan"})
_AFTER_THE_END = _END | {"daftar_lampiran", "stempel", "lain"}
_BESIDE = frozenset({"lain", "stempel"})
#: Rows that are a page's head, the first of them, and the rows of its foot.
_TOP, _FIRST, _FOOT = 12, 6, 12
#: With fewer words a page is no letter's first but a card or a receipt; a covering letter has fewer than so many, and
#: a short one fewer than that.
_FEW_WORDS, _COVERING_WORDS, _SHORT_WORDS = 60, 170, 100
#: Beyond so many words all pages are alike; a cover that tells less than this part of a story only passes on.
_MANY_WORDS, _TOLD = 200, 0.2
#: A row that reaches so far to the right goes on in the next.
_FULL = 0.75
#: A part of the head is told to the clerk where so much of a row is it.
_SEEN = 0.5
_PAGE_NUMBER = re.compile(r"\W*(?:hal(?:aman)?\.?|lembar)?\W*\d{1,2}\W*(?:dari \d+)?\W*", re.I)
_PASSES_ON = Pattern("notices", "<passing_on>", re.I)
_FEEDER = Pattern("notices", r"\W*(<feeder_sheet>\s+<feeder_kind>)\b", re.I)
_EDGE = ".,:;()\"'"
_FIGURES, _LETTERS = 10, 3
#: Pages of the letter so far that are still looked back at: a file may have hundreds.
_BACK = 12


@dataclass(frozen=True, slots=True)
class Looked:
    """A page as it was looked at: its rows, the part of a letter that each is and how likely, who is named on it."""

    page: Page
    rows: tuple[Row, ...]
    sections: tuple[tuple[str, float], ...]
    named: frozenset[str]

    def share(self, names: frozenset[str] | str, rows: slice = slice(None)) -> float:
        """Return how many of its rows are likely these parts of a letter."""
        return sum(likely for name, likely in self.sections[rows] if name in names)


def looked(page: Page, tagger: Sections) -> Looked:
    """Look at a page as if it were a letter of its own."""
    sheet = Sheet((page,))
    return Looked(page, sheet.rows, tagger.sections(sheet), frozenset(_named(page)))


def _named(page: Page) -> Iterator[str]:
    """Yield names of two words with capitals, and long numbers: what letters of the same matter share."""
    words = [word.text.strip(_EDGE) for word in page.words]
    for first, second in pairwise(words):
        capitals = first[:1].isupper() and second[:1].isupper() and not first.isupper()
        if capitals and min(len(first), len(second)) >= _LETTERS:
            yield f"{first} {second}".lower()
    yield from (word for word in words if len(word) >= _FIGURES and word.isdigit())


def beginnings(pages: Sequence[Page], tagger: Sections) -> tuple[Suspicion, ...]:
    """Return the pages, after the letter's own first one, on which another letter seems to begin, with what was seen.

    A covering letter and the complaint that it passes on are one letter; copies of cards before a letter are its own.
    """
    found = [s for page in pages for s in _feeder_sheet(page)]
    letter: list[Looked] = []
    for page in (looked(page, tagger) for page in pages) if len(pages) > 1 else ():
        if not page.rows:
            continue
        begins = bool(letter) and likelihood(weights(), signs(letter, page)) >= weights()["at least"]
        if begins and any(len(before.page.words) >= _FEW_WORDS for before in letter):
            found.append(Suspicion(page.page.number, _reason(page)))
        letter = [page] if begins else [*letter, page][-_BACK:]
    return tuple(sorted(found, key=lambda suspicion: suspicion.page))


def _feeder_sheet(page: Page) -> Iterator[Suspicion]:
    """Yield the suspicion that a page is a separator or a cover sheet of ours whose code could not be read."""
    if len(page.words) >= _FEW_WORDS:
        return
    titles = (_FEEDER.match(row.text) for row in Sheet((page,)).rows[:3])
    if title := next(filter(None, titles), None):
        yield Suspicion(page.number, f"tertulis {title[1].upper()}, tetapi kodenya tidak terbaca")


def _reason(page: Looked) -> str:
    seen = [told for name, told in _HEAD.items() if page.share(name, slice(_TOP)) >= _SEEN]
    beginning = "tampak seperti halaman pertama surat lain"
    return f"{beginning}: ada {', '.join(seen)}" if seen else beginning


def signs(letter: Sequence[Looked], page: Looked) -> dict[str, float]:
    """Return the signs that another letter begins on a page, or that the letter so far goes on; each from 0 to 2."""
    before = letter[-1]
    told = {
        "always": 1.0,
        **_signs_of_head(page),
        "words": min(len(page.page.words), _MANY_WORDS) / _MANY_WORDS,
        "few words": float(len(page.page.words) < _FEW_WORDS),
        "before closes": min(1.0, before.share(_END, slice(-_FOOT, None))),
        "before ends": float(before.sections[-1][0] in _AFTER_THE_END),
        "before goes on": float(before.rows[-1].text[-1] not in ".!?:;)" and before.rows[-1].x1 > _FULL),
        "signed before": max(min(1.0, one.share("tandatangan")) for one in letter),
        "known names": _known(letter, page) / max(4, len(page.named)),
    }
    if len(letter) == 1:
        told |= _signs_of_cover(before, page)
    return {sign: value for sign, value in told.items() if value}


def _signs_of_head(page: Looked) -> dict[str, float]:
    head = {name: min(1.0, page.share(name, slice(_TOP))) for name in _HEAD}
    top: dict[str, float] = {}
    for name, likely in page.sections[:_FIRST]:
        top[f"top {name}"] = top.get(f"top {name}", 0.0) + likely / _FIRST
    first = next((name for name, _ in page.sections if name not in _BESIDE), "nothing")
    return {
        **{f"head {name}": share for name, share in head.items()},
        **top,
        "head": sum(head.values()) / 4,
        f"first {first}": 1.0,
        "begins small": float(page.rows[0].text[0].islower()),
        "page number": float(_PAGE_NUMBER.fullmatch(page.rows[0].text) is not None),
    }


def _signs_of_cover(before: Looked, page: Looked) -> dict[str, float]:
    """Return the signs that what came before only passes the page on."""
    words = len(before.page.words)
    text = " ".join(row.text for row in before.rows)
    passes_on = words < _COVERING_WORDS and _PASSES_ON.search(text) is not None
    told = before.share("cerita") / len(before.rows)
    return {
        "passes on": float(passes_on),
        "only passes on": float(passes_on and told < _TOLD),
        "passes on who is named": min(1.0, _known((before,), page) / 2) if passes_on else 0.0,
        "cover": before.share("pengantar") / len(before.rows),
        "short before": float(words < _SHORT_WORDS),
    }


def _known(letter: Sequence[Looked], page: Looked) -> int:
    return len(page.named & frozenset().union(*(one.named for one in letter)))


@cache
def weights() -> Mapping[str, float]:
    """Return what each sign weighs; ``at least``: from which likelihood a page is suspected."""
    found: dict[str, float] = tomllib.loads(_WEIGHTS.read_text(encoding="utf-8"))
    return found
