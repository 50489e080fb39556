"""Letters whose words are labelled, laid out as a scan would show them: what a tagger learns from.

Made from the families (``families/``) and from the known letters (``known/``: text and truth of two collections of
invented letters, whose scans lie elsewhere). Of every four letters of a family two are read as they were typed, the
others with mistakes as scanners make them.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from families import FOLDER, Family, Letter, families

from pipeline.reading.row_features import Token, tokens_of
from pipeline.reading.sheet import Sheet, without_covering
from pipeline.scans.words import Box, Page, Word

KNOWN = Path(__file__).resolve().parent / "known"
#: Of what a letter has several side by side: a label there says where the next one begins.
SERIES = frozenset(["permintaan", "tembusan", "terlapor", "nama", "lampiran", "kuasa"])
#: What is labelled wherever it is said in full.
_EVERYWHERE = frozenset(["nama", "terlapor", "lembaga", "kuasa"])
_LEFT, _TOP, _RIGHT, _ROW, _COLUMNS, _ROWS = 0.09, 0.05, 0.07, 0.0165, 100, 60
#: Left margins, columns and rows of letters that are read with mistakes: no two machines set alike.
_LEFTS, _WIDTHS, _HEIGHTS = (0.05, 0.16), (76, 104), (48, 70)
#: What scanners take for what, as a rule of thumb; how likely a word is to be misread, by the letter's serial number:
#: more often than by any scanner, so that what is learned hangs on no single word.
_MISREAD = tuple(
    pair.split(">")
    for pair in [
        "l>1",
        "I>l",
        "1>l",
        "O>0",
        "0>O",
        "rn>m",
        "m>rn",
        "i>j",
        "e>c",
        "c>e",
        "S>5",
        "B>8",
        "h>b",
        "u>n",
        "n>u",
        "t>l",
        ".>,",
        ",>.",
        ":>;",
        ":>",
        "a>o",
        "g>q",
    ]
)
#: How often, beside how often a word is misread, two are run together, one is lost, dirt is read at a line's end; and
#: how many of those misread lose a letter at an edge.
_JOINED, _LOST, _DIRTY, _BITTEN = 0.05, 0.04, 0.1, 0.1
_DIRT = ("|", "-", ".", "»", "E", "ii", "_", "1", "/", "~", "oi", "SS", "\\")
_COLONS = ("2", "1", ";", "»", ".", "'", "3", "=")
_NOISE = (0.0, 0.0, 0.3, 0.45)
_PARTS = (
    ("tanggal_surat", "tanggal"),
    ("nomor_surat", "nomor"),
    ("perihal", "perihal"),
    ("lembaga_pelapor", "lembaga"),
    ("tempat_kejadian", "tempat"),
    ("tujuan", "tujuan"),
)
_PERSON = ("nik", "umur", "pekerjaan", "alamat", "telepon")
_BORN = re.compile(r"^(.+?)\s*[,/]\s*(.+)$", re.S)
Labelling = list[tuple[str, int, int]]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A letter with a label for each of its words (``O``: none), and the part in which each row stands, if known."""

    source: str
    sheet: Sheet
    tokens: Sequence[Token]
    labels: Sequence[str]
    sections: Sequence[str] | None


def from_families(some: Sequence[Family], letters: int) -> Iterator[Labelled]:
    """Yield so many letters of each family."""
    for family in some:
        for serial in range(letters):
            letter = family.letter(serial)
            yield _labelled(family.name, letter.text, _everywhere(letter), _NOISE[serial % 4], letter, str(serial))


def from_known(name: str) -> Iterator[Labelled]:
    """Yield the known letters of a collection, each as it was typed and once more with mistakes."""
    for letter in known(name):
        text = "\f".join(letter["text"])
        for noise in (0.0, 0.4):
            yield _labelled(
                f"{name} {letter['pattern']}", text, _located(text, letter["fields"]), noise, None, letter["id"]
            )


def known(name: str) -> list[Mapping[str, Any]]:
    """Return text and truth of a known collection."""
    found: list[Mapping[str, Any]] = json.loads((KNOWN / f"{name}.json").read_text(encoding="utf-8"))
    return found


def all_families(folder: Path = FOLDER) -> list[Family]:
    """Return every family."""
    return list(families(folder))


def typed(
    text: str, noise: float = 0.0, seed: str = ""
) -> tuple[tuple[Page, ...], dict[tuple[int, Box], tuple[int, int]]]:
    """Return the pages of a typed text, and for each word's place its offset in the text and its length there."""
    chance = random.Random(seed)
    left, most, rows = _LEFT, _COLUMNS, _ROWS
    if noise:
        left, most, rows = chance.uniform(*_LEFTS), chance.randint(*_WIDTHS), chance.randint(*_HEIGHTS)
    pages, places, offset = [], {}, 0
    for number, part in enumerate(text.split("\f"), 1):
        lines = part.split("\n")
        wide = (1 - left - _RIGHT) / max(most, *map(len, lines))
        high = min(_ROW, (1 - 2 * _TOP) / max(rows, len(lines)))
        words, at = [], offset
        for index, line in enumerate(lines):
            for start, end, read in _read(line, noise, chance):
                x, y = left + wide * start, _TOP + high * index
                box = (x, y, x + wide * (end - start - 0.15), y + high * 0.66)
                words.append(Word(read, box, 0.95, index))
                places[number, box] = (at + min(start, len(line)), end - start)
            at += len(line) + 1
        pages.append(Page(number, 595, 842, tuple(words), part, "ocr"))
        offset += len(part) + 1
    return tuple(pages), places


def _read(line: str, noise: float, chance: random.Random) -> Iterator[tuple[int, int, str]]:
    """Yield what a scanner reads of a line: from where to where, and as what.

    Words are misread, lost and run together, colons are taken for figures, and dirt is read as words.
    """
    words = [(found.start(), found.end()) for found in re.finditer(r"\S+", line)]
    while words:
        start, end = words.pop(0)
        if chance.random() < noise * _JOINED and words and words[0][0] == end + 1:
            end = words.pop(0)[1]
        if chance.random() >= noise * _LOST:
            yield start, end, _misread(line[start:end].replace(" ", ""), noise, chance)
        if not words and chance.random() < noise * _DIRTY:
            yield end + 2, end + 4, chance.choice(_DIRT)


def _misread(word: str, noise: float, chance: random.Random) -> str:
    if not noise or chance.random() >= noise:
        return word
    if word == ":":
        return chance.choice(_COLONS)
    if len(word) > 3 and chance.random() < _BITTEN:
        return word[1:] if chance.random() < 0.5 else word[:-1]
    for meant, read in chance.sample(_MISREAD, len(_MISREAD)):
        if meant in word and word != meant:
            return word.replace(meant, read, 1)
    return word


def _labelled(source: str, text: str, labelling: Labelling, noise: float, letter: Letter | None, seed: str) -> Labelled:
    pages, places = typed(text, noise, f"{source} {seed}")
    sheet = Sheet(without_covering(pages) if letter else pages)
    tokens = tokens_of(sheet)
    offsets = [_offset(sheet, token, places) for token in tokens]
    labels, before = [], None
    for offset in offsets:
        own = next((one for one in labelling if one[1] <= offset < one[2]), None)
        begins = own is not None and own != before and own[0] in SERIES
        labels.append("O" if own is None else ("B-" if begins else "I-") + own[0])
        before = own
    first: dict[int, int] = {}
    for token, offset in zip(tokens, offsets, strict=True):
        first.setdefault(token.row, offset)
    sections = [letter.section_at(first.get(row.index, 0)) for row in sheet.rows] if letter else None
    return Labelled(source, sheet, tokens, labels, sections)


def _offset(sheet: Sheet, token: Token, places: Mapping[tuple[int, Box], tuple[int, int]]) -> int:
    """Return where a word of a sheet stands in the text that it was typed from."""
    page, word, within = sheet.word_at(token.start)
    at, length = places[page, word.box]
    return at + min(within, length - 1)


def _everywhere(letter: Letter) -> Labelling:
    labelling = [(span.label, span.start, span.end) for span in letter.spans]
    for label, start, end in tuple(labelling):
        if label in _EVERYWHERE:
            _label(labelling, label, letter.text[start:end], letter.text, every=True)
    return labelling


def _located(text: str, fields: Mapping[str, Any]) -> Labelling:
    """Return where a text says what its truth knows."""
    labelling: Labelling = []
    for name, label in _PARTS:
        _label(labelling, label, _said(fields.get(name)), text, every=label in _EVERYWHERE)
    for person in fields.get("pelapor") or ():
        _label(labelling, "nama", _said(person.get("nama")), text, every=True)
        if born := _BORN.match(_said(person.get("ttl")) or ""):
            _label(labelling, "tempat_lahir", born[1], text)
            _label(labelling, "tanggal_lahir", born[2], text)
        for name in _PERSON:
            _label(labelling, name, _said(person.get(name)), text)
    for name in ("terlapor", "tembusan", "permintaan"):
        for one in fields.get(name) or ():
            _label(labelling, name, _said(one), text, every=name in _EVERYWHERE)
    enclosed = fields.get("lampiran") or {}
    for one in (enclosed.get("teks"), *(enclosed.get("daftar") or ())):
        _label(labelling, "lampiran", _said(one), text)
    attorney = fields.get("kuasa") or {}
    for one in attorney.get("nama") or ():
        _label(labelling, "kuasa", _said(one), text, every=True)
    for name, label in (
        ("lembaga", "kuasa_lembaga"),
        ("nomor_surat_kuasa", "kuasa_nomor"),
        ("tanggal_surat_kuasa", "kuasa_tanggal"),
    ):
        _label(labelling, label, _said(attorney.get(name)), text)
    return labelling


def _said(value: Any) -> str | None:
    said = value.get("teks") if isinstance(value, Mapping) else value
    return str(said) if said else None


def _label(labelling: Labelling, label: str, said: str | None, text: str, *, every: bool = False) -> None:
    """Label where a text says something, once or wherever it does, but for what has a label already."""
    words = (said or "").split()
    if not words or len("".join(words)) < 2:
        return
    pattern = r"(?<!\w)" + r"[\s-]*".join(map(re.escape, words)) + r"(?!\w)"
    for found in re.finditer(pattern, text):
        if not any(start < found.end() and found.start() < end for _, start, end in labelling):
            labelling.append((label, found.start(), found.end()))
            if not every:
                return
