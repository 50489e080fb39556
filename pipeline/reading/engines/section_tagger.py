"""Says of each row of a page which part of a letter it is, and how likely, by the row model of the tagger of letters.

The model lies beside this module, fitted by ``bench/learning.py`` on the letters in the repository; it is read once,
when first needed, and is safe for one thread at a time.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import pycrfsuite

from pipeline.reading.row_features import Token, row_signs, tokens_of
from pipeline.reading.sheet import Sheet

MODELS = Path(__file__).with_name("models")
#: The file of the row model in a folder of models.
ROWS = "rows.crfsuite"


class SectionTagger:
    """Implements the Sections port."""

    def __init__(self, model: Path = MODELS / ROWS) -> None:
        self._path = model
        self._turn = threading.Lock()

    @cached_property
    def _model(self) -> pycrfsuite.Tagger:
        return opened(self._path)

    def sections(self, sheet: Sheet) -> tuple[tuple[str, float], ...]:
        """Return the part of a letter that each row is, and how likely."""
        if not sheet.rows:
            return ()
        signs = pycrfsuite.ItemSequence(row_signs(sheet, tokens_of(sheet)))
        with self._turn:
            self._model.set(signs)
            return tuple((name, self._model.marginal(name, row)) for row, name in enumerate(self._model.tag()))

    def parts(self, sheet: Sheet, tokens: Sequence[Token]) -> list[str]:
        """Return the part of a letter that each row is, told by these words of the sheet."""
        signs = pycrfsuite.ItemSequence(row_signs(sheet, tokens))
        with self._turn:
            return list(self._model.tag(signs))


def opened(path: Path) -> pycrfsuite.Tagger:
    """Return the model of a file, ready to tag."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger
