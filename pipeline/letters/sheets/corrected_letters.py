"""What later letters say of one that was corrected (*ralat*): they cite its corrections, and say what is read since.

A place in a letter is told as offices tell it (``angka 5 nomor 2``): only words of the row so named, or words whose
place nobody told and which stand in the list once, are read anew. What is left is told by citing the correction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.sheet_facts import MoveMade, NumberedLetter, SheetFacts
from pipeline.office import wording

CORRECTION = "06-ralat"
#: The move that corrects, its answers: which letter, and the rows of what is read how.
CORRECTS, CORRECTED, _ROWS = "ralat", "naskah", "ralat"
_READINGS = ("semula", "menjadi", "letak")
#: The number of a row, in the place of what is corrected.
_ROW = re.compile(r"\bnomor\s+(\d+)\b", re.IGNORECASE)

Row = Mapping[str, str]


def readings(move: MoveMade | None) -> list[dict[str, str]]:
    """Return what a correction says: ``semula``, ``menjadi``, and ``letak`` where somebody told the place."""
    return texts.rows(move, _ROWS, _READINGS)


def amended(facts: SheetFacts, letter: NumberedLetter) -> str:
    """Return by which corrections a letter is read, as it is told behind its number and date; empty: by none."""
    cited = [f"Nomor {one.number} tanggal {wording.long_date(one.at)}" for one, _ in _corrections(facts, letter)]
    return f"sebagaimana diralat dengan surat ralat {wording.enumerated(cited)}" if cited else ""


def as_read(rows: Sequence[Row], facts: SheetFacts, template: str) -> list[dict[str, str]]:
    """Return rows of the newest letter of a template as they are read since it was corrected."""
    read = [dict(row) for row in rows]
    for letter in facts.letters_of(template)[-1:]:
        for _, move in _corrections(facts, letter):
            for reading in readings(move):
                _read(read, reading)
    return read


def _corrections(facts: SheetFacts, letter: NumberedLetter) -> Iterable[tuple[NumberedLetter, MoveMade]]:
    """Yield every other letter that corrects this one, with the move that said how, oldest first."""
    for correction in facts.letters_of(CORRECTION):
        made = [move for move in facts.made(CORRECTS) if move.at <= correction.at][-1:]
        for move in made if correction.number != facts.naskah_number else ():
            sent = [one for one in facts.letters_of(texts.line(move, CORRECTED)) if one.at <= move.at]
            if sent and sent[-1] == letter:
                yield correction, move


def _read(rows: list[dict[str, str]], reading: Row) -> None:
    """Read words of the rows anew, if it is clear which are meant."""
    words = re.compile(rf"(?<!\w){re.escape(reading['semula'])}(?!\w)")
    named = _ROW.search(reading["letak"])
    if not reading["semula"] or (reading["letak"] and not named):
        return
    meant = [row for number, row in enumerate(rows, start=1) if not named or number == int(named[1])]
    places = [(row, key) for row in meant for key, text in row.items() for _ in words.finditer(text)]
    if len(places) == 1:
        ((row, key),) = places
        row[key] = words.sub(lambda _: reading["menjadi"], row[key]).strip()
