"""What a correction says that a letter said must stand in it, word for word: else it corrects what nobody reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.cases import sop_words
from pipeline.cases.case import Case
from pipeline.cases.forms import Filled
from pipeline.cases.moves import LETTER
from pipeline.cases.ports import Cabinet, LetterReader, content
from pipeline.cases.sop import title_of
from pipeline.cases.sop_rows import Move
from pipeline.errors import Incomplete
from pipeline.office.wording import nearest, one_line

#: The question whose rows say what stood there, and what is to be read instead.
_READINGS = "ralat"
#: Signs that Word exchanges for others of the same meaning while one types.
_SAME = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "\u2010": "-", "\u2011": "-", "–": "-", "—": "-"})
_WORD = re.compile(r"\S+")


def check_readings(move: Move, case: Case, answers: Filled, *, cabinet: Cabinet, letters: LetterReader) -> None:
    """Make sure that the letter which a move corrects says what it is said to have said; other moves pass.

    Raises:
        Incomplete: it does not; says which words, and the nearest that do stand there.
    """
    if move.act != sop_words.CORRECT:
        return
    template = str(answers.values[LETTER])
    paragraphs = letters.words(content(cabinet.blob(case.number, case.drafts[template].documents[0])))
    text = one_line("\n".join(paragraphs))
    for row in answers.values.get(_READINGS) or ():
        said = one_line(str(row).partition("|")[0])
        if not said or _plain(said) not in _plain(text):
            label = next((field.label for field in move.form if field.name == _READINGS), _READINGS)
            raise _unsaid(said, title_of(template), text, label)


def _plain(text: str) -> str:
    return text.translate(_SAME)


def _unsaid(said: str, title: str, text: str, label: str) -> Incomplete:
    near = nearest(said, _runs(text, len(said.split()))) if said else ""
    fact = f"“{said}” tidak tertulis dalam {title}" if said else f"Satu ralat tidak menyebut kata dalam {title}"
    remedy = "Tulis kata yang diralat persis seperti dalam surat itu" + (f", misalnya “{near}”." if near else ".")
    return Incomplete(f"{fact}.", remedy, {_READINGS: (label, f"{fact[0].lower()}{fact[1:]}. {remedy}")})


def _runs(text: str, length: int) -> Iterator[str]:
    """Yield every run of so many words of a text, and of one more or less, each once."""
    words: Sequence[str] = _WORD.findall(text)
    sizes = range(max(1, length - 1), length + 2)
    yield from dict.fromkeys(" ".join(words[n : n + size]) for size in sizes for n in range(len(words) - size + 1))
