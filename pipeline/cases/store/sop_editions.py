"""The editions of the SOP that this software carries."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pipeline.cases.sop import Sop
from pipeline.cases.sop_file import read_sop

_FOLDER = Path(__file__).parents[1] / "sop_files"


@cache
def editions(*, checked: bool = True) -> tuple[Sop, ...]:
    """Return every edition of the SOP that this software carries; unchecked for showing what followed it already.

    Raises:
        SettingsFault: one is not as it should be; names the lines.
    """
    return tuple(_edition(key, checked) for key, _ in edition_texts())


def edition_called(key: str, *, checked: bool = True) -> Sop | None:
    """Return one of these editions; None where this software does not carry it. The others are not read for it.

    Raises:
        SettingsFault: it is not as it should be; names the lines.
    """
    return _edition(key, checked) if key in dict(edition_texts()) else None


@cache
def _edition(key: str, checked: bool) -> Sop:
    return read_sop(key, dict(edition_texts())[key], checked=checked)


@cache
def edition_texts() -> tuple[tuple[str, Mapping[str, str]], ...]:
    """Return key and files (texts by name) of every edition of the SOP that this software carries, oldest first."""
    return tuple(
        (
            folder.name,
            MappingProxyType({file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))}),
        )
        for folder in sorted(_FOLDER.iterdir())
        if folder.is_dir()
    )
