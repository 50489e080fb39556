"""What sheets call the papers that were ticked as handed in: most of them are copies."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def paper_name(word: str) -> str:
    """Return what a sheet calls a paper that the register knows by this word, within a sentence."""
    return _names().get(word.casefold(), word)


@cache
def _names() -> Mapping[str, str]:
    table: Mapping[str, str] = tomllib.loads(files(__package__).joinpath("paper_names.toml").read_text("utf-8"))["nama"]
    return table
