"""The words that the register's boxes may hold: rights, classes of respondents, channels and their like.

They lie in ``register_words.toml``, once for forms, sheets, search and reading.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.office.wording import all_said, said

_FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Right:
    """A group of rights of Law 39/1999: its word in the register, and its name."""

    word: str
    name: str


@dataclass(frozen=True, slots=True)
class RegisterWords:
    """The words of each group of boxes, in their printed order; a right's number is its place, from 1.

    ``undecided`` stands instead of any right as long as nobody has chosen one.
    """

    rights: tuple[Right, ...]
    undecided: str
    channels: tuple[str, ...]
    sexes: tuple[str, ...]
    capacities: tuple[str, ...]
    vulnerabilities: tuple[str, ...]
    classes: tuple[str, ...]
    papers: tuple[str, ...]

    @property
    def right_words(self) -> tuple[str, ...]:
        """The register's words for the rights, in the order of the law."""
        return tuple(right.word for right in self.rights)

    def right(self, number: Any) -> Right | None:
        """Return the right with a number of the law's order, from 1, if it is one."""
        return self.rights[number - 1] if isinstance(number, int) and 1 <= number <= len(self.rights) else None


@cache
def register_words() -> RegisterWords:
    """Return the words, read once."""
    values = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    words = values["kata"]
    return RegisterWords(
        rights=tuple(Right(right["kata"], right["nama"]) for right in values["hak"]),
        undecided=words["tanpa_hak"],
        channels=tuple(words["cara_penyampaian"]),
        sexes=tuple(words["jenis_kelamin"]),
        capacities=tuple(words["kapasitas"]),
        vulnerabilities=tuple(words["kerentanan"]),
        classes=tuple(words["kelas_terlapor"]),
        papers=tuple(words["dokumen_pendukung"]),
    )


def bare_right(text: str) -> str:
    """Return what a right is to, in small letters: ``hak atas rasa aman`` is ``rasa aman``."""
    return re.sub(r"^hak\s+(?:(?:untuk|atas)\s+)?", "", text)


def rights(fields: Mapping[str, Any]) -> list[str]:
    """Return the rights that may be violated, in the law's words and order; one given by number is named."""
    value = fields.get("hak")
    words, named = register_words(), set()
    for text in all_said(value) or [said(value)]:
        right = words.right(int(text)) if text.isdecimal() and len(text) <= 2 else None
        if text:
            named.add(right.word if right else bare_right(text.casefold()))
    return [word for word in words.right_words if word in named] if named else []
