"""Says of each row of a page which part of a letter it is, and how likely, by the row model of the tagger of letters.

The model lies beside this module (see :mod:`~pipeline.reading.engines.crf_tagger`); it is read once, when first needed,
and is safe for one thread at a time.
"""

from __future__ import annotations

import threading
from functools import cached_property
from pathlib import Path

import pycrfsuite

from pipeline.reading.engines.crf_tagger import MODELS, opened
from pipeline.reading.row_features import row_signs, tokens_of
from pipeline.reading.sheet import Sheet


class SectionTagger:
    """Implements the Sections port."""

    def __init__(self, model: Path = MODELS / "rows.crfsuite") -> None:
        self._path = model
        self._turn = threading.Lock()

    @cached_property
    def _model(self) -> pycrfsuite.Tagger:
        return opened(self._path)

    def sections(self, sheet: Sheet) -> tuple[tuple[str, float], ...]:
        """Return the part of a letter that each row is, and how likely."""
        if not sheet.rows:
            return ()
        with self._turn:
            self._model.set(pycrfsuite.ItemSequence(row_signs(sheet, tokens_of(sheet))))
            return tuple((name, self._model.marginal(name, row)) for row, name in enumerate(self._model.tag()))
