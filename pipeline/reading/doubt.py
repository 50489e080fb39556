"""From which doubt a reading goes to a person: what may be confirmed unseen, by field as measured (``doubt.toml``).

From which likelihood a reading is shown at all is another question (:mod:`pipeline.reading.choice`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_MEASURED: Mapping[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_SINCE: Mapping[str, float] = _MEASURED["sejak"]
_MARKED: float = _MEASURED["ditandai_di_bawah"]
#: By so much less than certain is what nothing proves.
_LESS = 0.01


def certain(field: str, confidence: float) -> bool:
    """Say whether a field (``tanggal_surat``; of a person ``pelapor.nik``) that was read so surely needs no look."""
    return confidence >= _SINCE.get(field, float("inf"))


def marked(confidence: float) -> bool:
    """Say whether a reading is shown with a mark of doubt until a person confirms it."""
    return confidence < _MARKED


def below_certain(field: str) -> float:
    """Return the most that a field's confidence may be for it to need a look; 1 for one that always needs it."""
    return _SINCE[field] - _LESS if field in _SINCE else 1.0
