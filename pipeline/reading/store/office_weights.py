"""What an office has learned about weighing proposals, in a file of its own: weights of signs, and no word of a letter.

A file that is not as it was written is told once, and reading goes on as if there were none.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsFault
from pipeline.reading.confirmed_answers import LABELS
from pipeline.reading.field_weights import FieldWeights, LearnedWeights, shipped_weights
from pipeline.reading.proposal_signs import wordless_signs
from pipeline.storage import disk
from pipeline.system_messages import os_words

_log = logging.getLogger(__name__)
_MADE_ANEW = "Jalankan `yankomas belajar` lagi, atau `yankomas belajar --lupakan`."
#: No weight is larger: the likelihood would be the same.
_LARGEST = 30.0
Stamp = tuple[int, int, int]


class OfficeWeightsFile:
    """Implements the OfficeWeights port."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: tuple[Stamp | None, FieldWeights] | None = None

    def learned(self) -> LearnedWeights | None:
        """Return what the office has learned (see the port)."""
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except OSError as wrong:
            raise self._fault(f"tidak dapat dibaca: {os_words(wrong)}") from wrong
        except UnicodeDecodeError as wrong:
            raise self._fault("bukan teks") from wrong
        try:
            return _read(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
            raise self._fault("tidak seperti yang ditulis program") from wrong

    def keep(self, weights: LearnedWeights) -> None:
        """Keep it in the place of what was kept (see the port)."""
        told = {
            "edisi": weights.edition,
            "perkara": weights.cases,
            "dipelajari": weights.on,
            "ragu": sorted(weights.doubtful),
            "bobot": {label: dict(sorted(signs.items())) for label, signs in weights.by_label.items()},
        }
        disk.replace(self._path, json.dumps(told, indent=1).encode() + b"\n")
        disk.sync_folder(self._path.parent)

    def forget(self) -> bool:
        """Forget what was learned (see the port)."""
        there = self._path.exists()
        if there:
            disk.remove(self._path)
            disk.sync_folder(self._path.parent)
        return there

    def weights(self) -> FieldWeights:
        """Return what proposals are weighed by now (see the port)."""
        stamp = self._stamp()
        if self._known is None or self._known[0] != stamp:
            self._known = stamp, self._weights()
        return self._known[1]

    def _weights(self) -> FieldWeights:
        try:
            learned = self.learned()
        except SettingsFault as fault:
            _log.warning("%s Surat dibaca dengan bobot bawaan.", fault.message)
            return shipped_weights()
        if learned is None:
            return shipped_weights()
        if not learned.current:
            _log.warning("Bobot bawaan program sudah lain; bobot kantor tidak dipakai sampai `yankomas belajar` lagi.")
            return shipped_weights()
        return learned.over(shipped_weights())

    def _stamp(self) -> Stamp | None:
        try:
            at = self._path.stat()
        except OSError:
            return None
        return at.st_ino, at.st_size, at.st_mtime_ns

    def _fault(self, fact: str) -> SettingsFault:
        return SettingsFault(f"Bobot kantor ({self._path.name}) {fact}.", _MADE_ANEW)


def _read(told: Mapping[str, Any]) -> LearnedWeights:
    """Return what a file says.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it is not what :meth:`OfficeWeightsFile.keep` writes.
    """
    by_label = {str(label): {str(s): float(w) for s, w in signs.items()} for label, signs in told["bobot"].items()}
    doubtful = frozenset(map(str, told["ragu"]))
    signs = {sign for weights in by_label.values() for sign in weights}
    heaviest = [abs(weight) for weights in by_label.values() for weight in weights.values()]
    finite = all(math.isfinite(weight) and weight <= _LARGEST for weight in heaviest)
    if not (finite and by_label.keys() <= set(LABELS) and doubtful <= by_label.keys() and signs <= wordless_signs()):
        raise ValueError("not weights that an office has learned")
    on = date.fromisoformat(told["dipelajari"])
    return LearnedWeights(str(told["edisi"]), int(told["perkara"]), on.isoformat(), by_label, doubtful)
