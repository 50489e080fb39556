"""Dates, hours, counts and shortened texts as Indonesian offices write them.

Rules import no library, and those of *terbilang* are a dozen lines: so they are here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

from pipeline.office.stored_text import unpacked

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
#: Control characters but for tabs and line ends, and halves of characters: no sheet and no journal line can hold them.
#: Nor signs that turn the writing round, by which a name reads as another, and tags that nobody sees.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
#: The three zones of Indonesia, by their distance from UTC.
ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}

#: Signs of Arial that are about half, and about twice, as wide as the average letter of a text.
_NARROW = frozenset("ijlftrI.,:;'|!()[]/- ")
_WIDE = frozenset("mwMW%@—…")
#: Signs inside a word that do not part it (``Ma'mun``).
WORD_MARKS = "'’‘`ʼ"
_WITHOUT_MARKS = {ord(mark): None for mark in WORD_MARKS}
#: A date in figures as people type it.
_FIGURES = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WORD = re.compile(r"[^\W_]+")
_MONTH = f"(?:{'|'.join(MONTHS)})"
#: A blank between a word of letters alone and the number after it, or between a day and its month, a law's
#: number and its year: never between a number and any other word, so that an address of many numbers still breaks,
#: nor between a word and a date, which together are wider than many a column.
_BESIDE_NUMBER = re.compile(rf"(?<=[^\W\d_]) (?=\d+\b(?!\w| {_MONTH}))|(?<=\d) (?={_MONTH}\b|Tahun\b)")
#: A date as :func:`long_date` writes it.
_LONG_DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
#: From here on come the scripts whose signs are as wide as they are high.
_FULL_WIDTH = 0x2E80

_UNITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
#: Each power with its word, and the word for one of it (``seribu``, but ``satu juta``).
_POWERS = (
    (1_000_000_000_000, "triliun", "satu triliun"),
    (1_000_000_000, "miliar", "satu miliar"),
    (1_000_000, "juta", "satu juta"),
    (1_000, "ribu", "seribu"),
    (100, "ratus", "seratus"),
)


def long_date(day: date) -> str:
    """Return ``6 Mei 2024``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_date(day: date) -> str:
    """Return ``Senin, 6 Mei 2024``."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def date_in_figures(day: date) -> str:
    """Return ``06/05/2024``, for columns that are too narrow for the month's name."""
    return f"{day:%d/%m/%Y}"


def date_in_words(day: date) -> str:
    """Return ``Rabu, tanggal dua puluh lima bulan November tahun dua ribu dua puluh enam``, as minutes begin."""
    month, year = MONTHS[day.month - 1], in_words(day.year)
    return f"{DAYS[day.weekday()]}, tanggal {in_words(day.day)} bulan {month} tahun {year}"


def hour(moment: datetime) -> str:
    """Return ``08.15 WIB``; without the zone's name outside Indonesia's three zones."""
    zone = ZONES.get(moment.utcoffset() or timedelta(), "")
    return f"{moment:%H.%M} {zone}".strip()


def date_and_hour(moment: datetime) -> str:
    """Return ``6 Mei 2024 pukul 08.15 WIB``."""
    return f"{long_date(moment)} pukul {hour(moment)}"


def weekday_and_hour(moment: datetime) -> str:
    """Return ``Rabu, 25 November 2026 pukul 08.15 WIB``."""
    return f"{weekday_date(moment)} pukul {hour(moment)}"


def date_from(written: object) -> str:
    """Return the long date of a day (``2026-11-25``, ``25-11-2026``, or long already); else the empty text."""
    found = _day_in(str(written))
    return long_date(found) if found else ""


def is_before(written: str, day: date) -> bool:
    """Say whether a text is the date of an earlier day, as ISO, in figures, or as the office writes it."""
    found = _day_in(written)
    return found is not None and found < day


def days_in(text: str) -> list[date]:
    """Return the days that a text names within it: in figures, or as the office writes them."""
    found = (match[0] for dates in (_LONG_DATE, _FIGURES) for match in dates.finditer(text))
    return [day for words in found if (day := _day_in(words))]


def _day_in(text: str) -> date | None:
    """Return the day that a text says, as ISO, in figures, or as the office writes it; None for anything else."""
    figures, long = _FIGURES.fullmatch(text.strip()), _LONG_DATE.fullmatch(text)
    try:
        if long:
            return date(int(long[3]), MONTHS.index(long[2]) + 1, int(long[1]))
        return date(*map(int, figures.groups()[::-1])) if figures else date.fromisoformat(text)
    except ValueError:
        return None


def hours_and_minutes(minutes: int) -> str:
    """Return ``5 jam 20 menit``, ``5 jam`` or ``20 menit``."""
    hours, rest = divmod(minutes, 60)
    return " ".join([f"{hours} jam"] * bool(hours) + [f"{rest} menit"] * bool(rest or not hours))


def as_date(text: str) -> str:
    """Return a date in figures as the office writes it; any other text as it is."""
    return date_from(text) or text


def as_moment(text: str) -> str:
    """Return an ISO date or moment as the office writes it; any other text as it is."""
    try:
        return date_from(text) or date_and_hour(datetime.fromisoformat(text))
    except ValueError:
        return text


def in_words(number: int) -> str:
    """Return the *terbilang* of a whole number (``seratus dua puluh tiga``), below a thousand trillion.

    Raises:
        ValueError: the number is too large to be said.
    """
    if number < 0:
        return f"minus {in_words(-number)}"
    if number >= 10**15:
        raise ValueError(f"no words for {number}")
    if number < 12:
        return _UNITS[number]
    if number < 20:
        return f"{_UNITS[number - 10]} belas"
    if number < 100:
        return _joined(f"{_UNITS[number // 10]} puluh", number % 10)
    power, word, one = next(p for p in _POWERS if number >= p[0])
    count, rest = divmod(number, power)
    return _joined(one if count == 1 else f"{in_words(count)} {word}", rest)


def _joined(head: str, rest: int) -> str:
    return f"{head} {in_words(rest)}" if rest else head


def counted(number: int, unit: str) -> str:
    """Return ``1 (satu) berkas``."""
    return f"{number} ({in_words(number)}) {unit}"


def enumerated(things: Sequence[str], by: str = "dan") -> str:
    """Return things as a sentence lists them: ``a``; ``a dan b``; ``a, b, dan c``; ``by`` is the word between."""
    if len(things) < 3:
        return f" {by} ".join(things)
    return f"{', '.join(things[:-1])}, {by} {things[-1]}"


def one_line(text: object) -> str:
    """Return the text with every run of white space as one blank."""
    return " ".join(str(text).split())


def unbroken(text: str) -> str:
    """Return a text whose numbers stay on the line of the words beside them (``KM 7``, ``31 Desember 2026``)."""
    return _BESIDE_NUMBER.sub("\N{NO-BREAK SPACE}", text)


def width(text: str) -> float:
    """Return about how wide a text is in the office's typeface, in average letters: capitals are wider than small."""
    return sum(map(_width, text))


@lru_cache(maxsize=1024)
def _width(sign: str) -> float:
    if sign in _NARROW:
        return 0.6
    if sign in _WIDE or ord(sign) >= _FULL_WIDTH:
        return 2.0
    return 1.4 if sign.isupper() else 1.1


def shortened(text: object, limit: int) -> str:
    """Return the text on one line, at most ``limit`` average letters wide, cut between words and marked with ``…``.

    A single word that is longer than half the limit is cut inside; a comma, dash or full stop before the mark goes.
    """
    line = one_line(text)
    if width(line) <= limit:
        return line
    widths = accumulate(map(_width, line))
    room = line[: sum(1 for w in widths if w <= limit - _width("…"))]
    at_word = room if line[len(room)] == " " else room.rpartition(" ")[0]
    if len(at_word) >= len(room) // 2:
        room = at_word
    return re.sub(r"[\s,;:.–—-]+$", "", room) + "…"


def said(value: Any) -> str:
    """Return what a field says, as one line; its text as printed where it has no value.

    A value of several parts (place and day of birth) is told in words. Lists and groups of fields are no field.
    """
    if isinstance(value, Mapping):
        value = value["nilai"] if value.get("nilai") is not None else value.get("teks")
    elif isinstance(value, list | tuple):
        return ""
    text = spelled_out(value)
    return text if text.strip("-–—. ") else ""


def spelled_out(value: Any) -> str:
    """Return any value in words on one line, however it is nested: parts apart by commas, entries by semicolons.

    A field is its value, days of a group stand in words, and what was stored as Python writes it is read again.
    """
    if isinstance(value, str) and isinstance(value := unpacked(value), str):
        return one_line(value)  # most are texts
    if isinstance(value, Mapping):
        if "nilai" in value:
            return spelled_out(value["nilai"] if value["nilai"] is not None else value.get("teks"))
        return ", ".join(filter(None, (as_date(spelled_out(part)) for part in value.values())))
    if isinstance(value, list | tuple):
        return "; ".join(filter(None, map(spelled_out, value)))
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return "" if value is None else one_line(value)


def cells_apart(text: str) -> str:
    """Return the columns of a row (``nama | jabatan``) as people read them: ``nama – jabatan``, without empty ones."""
    return " – ".join(filter(None, map(str.strip, text.split("|")))) if "|" in text else text


def all_said(value: Any) -> list[str]:
    """Return what each field of a list says, without the empty ones; the columns of a row as people read them."""
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else []
    return [cells_apart(text) for item in items if (text := said(item))]


def unprintable(text: str) -> str:
    """Return why no sheet, screen or journal line can hold a text; nothing if they can."""
    strange = _UNPRINTABLE.search(text)
    return f"memuat tanda U+{ord(strange[0]):04X}, yang tidak dapat dicetak" if strange else ""


def shows(text: str) -> bool:
    """Say whether anything of a text can be seen: not blanks and zero-width signs alone."""
    return any(unicodedata.category(c)[0] != "Z" and (c.isprintable() or _UNPRINTABLE.match(c)) for c in text)


def hinted(told: str, word: str, known: Iterable[str]) -> str:
    """Return what is told of an unknown word, with the known one that was probably meant, if one is like it."""
    near = nearest(word, known)
    return f"{told}, mungkin {near!r}" if near else told


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known word that was probably meant, or nothing; ``likeness`` is from 0 (any) to 1 (the same)."""
    from difflib import get_close_matches  # for mistakes alone

    return next(iter(get_close_matches(word, list(known), 1, likeness)), "")


def words_of(text: Any) -> list[str]:
    """Return a text's words in small letters, without accents and punctuation (``Ma'mun`` is ``mamun``)."""
    folded = str(text).casefold()
    if not folded.isascii():
        plain = unicodedata.normalize("NFKD", folded)
        folded = "".join(c for c in plain if not unicodedata.combining(c))
    return _WORD.findall(folded.translate(_WITHOUT_MARKS))
