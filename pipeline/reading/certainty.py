"""Which readings are certain enough to be confirmed unseen: by field, as measured (``certainty.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

_SINCE: Mapping[str, float] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["sejak"]
#: By so much less than certain is what nothing proves.
_LESS = 0.01


def certain(field: str, confidence: float) -> bool:
    """Say whether a field (``tanggal_surat``; of a person ``pelapor.nik``) that was read so surely needs no look."""
    return confidence >= _SINCE.get(field, float("inf"))


def below_certain(field: str) -> float:
    """Return the most that a field's confidence may be for it to need a look; 1 for one that always needs it."""
    return _SINCE[field] - _LESS if field in _SINCE else 1.0
