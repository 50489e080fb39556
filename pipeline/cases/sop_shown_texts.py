"""Texts of an SOP's file that no screen and no sheet can show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.office.wording import unprintable

#: The longest text, and the keys whose text must show something.
_MOST_LETTERS, _NAMED = 2000, ("kunci", "label", "nama", "nomor", "kegiatan", "peran", "templat", "waktu")


def unfit_texts(value: Any, key: str = "") -> Iterator[str]:
    """Yield which texts of a row no screen and no sheet can show: blank names, signs that are not printed, too long."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from unfit_texts(one, str(name))
    elif isinstance(value, list):
        for one in value:
            yield from unfit_texts(one, key)
    elif isinstance(value, str):
        why = unprintable(value) or (f"lebih dari {_MOST_LETTERS} huruf" if len(value) > _MOST_LETTERS else "")
        if why := why or ("kosong" if key in _NAMED and not value.strip() else ""):
            yield f"{key}: {why}"
