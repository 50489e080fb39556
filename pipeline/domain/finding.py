"""Finding cases in the register by words as people write them: names, agencies, places, dates, numbers, states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from pipeline.domain.forms import read_day
from pipeline.domain.numbering import CaseNumber, read_naskah
from pipeline.domain.wording import MONTHS
from pipeline.errors import UsageFault

#: Columns in which words are looked for; lists of texts are looked through one by one.
_TEXTS = (
    "pelapor",
    "terlapor",
    "korban",
    "lembaga_pelapor",
    "tempat_kejadian",
    "perihal",
    "kelas_terlapor",
    "cara_penyampaian",
    "channel",
    "hak",
    "sifat",
    "klasifikasi",
    "state",
    "state_key",
    "register_number",
    "number",
)
_NUMBERS = ("nomor_surat", "nomor_agenda", "naskah")
_DATES = ("received_at", "tanggal_surat", "due_at")
_DAY = re.compile(
    rf"(?<!\d)(?:\d{{1,2}}\s+(?:{'|'.join(MONTHS)})\s+\d{{4}}|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}|\d{{4}}-\d{{1,2}}-\d{{1,2}})(?!\d)",
    re.IGNORECASE,
)

Row = Mapping[str, Any]
#: One thing that was asked: says whether a row has it.
Wanted = Callable[["Entry"], bool]


class Entry:
    """A row made ready to be looked through: its words, its days, and its numbers without signs between."""

    def __init__(self, row: Row) -> None:
        self.number = CaseNumber(row["year"], row["serial"])
        self.naskah = tuple(_listed(row.get("naskah")))
        numbers = [text for name in _NUMBERS for text in _listed(row.get(name))]
        self.days = frozenset(str(day)[:10] for name in _DATES for day in _listed(row.get(name)))
        dates = [f"{d.day} {MONTHS[d.month - 1]} {d.year}" for d in map(_day, self.days) if d]
        texts = [text for name in _TEXTS for text in _listed(row.get(name))]
        self.words = frozenset(word for text in (*texts, *numbers, *dates) for word in words_of(text))
        self.numbers = frozenset("".join(words_of(text)) for text in numbers)


def find(rows: Iterable[Row], asked: Sequence[str], number_of: Callable[[str], CaseNumber]) -> list[Row]:
    """Return the rows that have everything that was asked; nothing asked finds nothing.

    ``number_of`` reads a register number as people write it, and raises ``UsageFault`` if it is none.
    """
    wanted = [*_wanted(asked, number_of)]
    return [row for row in rows if wanted and _has(Entry(row), wanted)]


def words_of(text: Any) -> list[str]:
    """Return a text's words in small letters, without accents and punctuation (``Ma'mun`` is ``mamun``)."""
    plain = unicodedata.normalize("NFKD", str(text).casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`ʼ")
    return re.findall(r"[^\W_]+", letters)


def _has(entry: Entry, wanted: Iterable[Wanted]) -> bool:
    return all(want(entry) for want in wanted)


def _wanted(asked: Sequence[str], number_of: Callable[[str], CaseNumber]) -> Iterator[Wanted]:
    """Yield what was asked: arguments that are a number whole, days within the rest, and what is left as words."""
    rest = []
    for text in asked:
        if (want := _number(text, number_of)) is not None:
            yield want
        else:
            rest.append(text)
    line = " ".join(rest)
    yield from (_on(" ".join(found[0].split())) for found in _DAY.finditer(line))
    yield from (_word(word) for word in words_of(_DAY.sub(" ", line)))


def _number(text: str, number_of: Callable[[str], CaseNumber]) -> Wanted | None:
    joined = "".join(words_of(text))
    if naskah := read_naskah(text):
        return lambda entry: joined in entry.numbers or any(_same(naskah, other) for other in entry.naskah)
    if _DAY.fullmatch(text.strip()):
        return None
    try:
        number = number_of(text)
    except UsageFault:
        return None
    return lambda entry: number == entry.number or joined in entry.numbers


def _same(naskah: Any, other: str) -> bool:
    """Say whether a number is the one that was issued, whichever of the two names its year."""
    known = read_naskah(other)
    if known is None or (naskah.year and known.year and naskah.year != known.year):
        return False
    return (naskah.unit, naskah.classification, naskah.serial) == (known.unit, known.classification, known.serial)


def _on(text: str) -> Wanted:
    try:
        day = read_day(text).isoformat()
    except ValueError:
        return lambda _: False  # there is no such day
    return lambda entry: day in entry.days


def _word(word: str) -> Wanted:
    return lambda entry: any(known.startswith(word) for known in entry.words)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None
