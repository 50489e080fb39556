"""What is seen on pages of what came: as scans tell it, as reading tells it, and as the journal's lines have it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from pipeline.cases.line_values import count_in, text_in


@dataclass(frozen=True, slots=True)
class Barcode:
    """A QR or bar code on a page (1-based): its symbology and text."""

    page: int
    kind: str
    text: str

    @classmethod
    def from_data(cls, told: Any) -> Self:
        """Return what a line of the journal has."""
        return cls(count_in(told, "page"), text_in(told, "kind"), text_in(told, "text"))


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A page (from 1) on which another complaint may begin, and why that is thought, in Indonesian."""

    page: int
    reason: str

    @classmethod
    def from_data(cls, told: Any) -> Self:
        """Return what a line of the journal has."""
        return cls(count_in(told, "page"), text_in(told, "reason"))


@dataclass(frozen=True, slots=True)
class Citation:
    """A case that the complaint names: its number, on which page (from 1), and how it is written there."""

    number: str
    page: int
    teks: str

    @classmethod
    def from_data(cls, told: Any) -> Self:
        """Return what a line of the journal has."""
        return cls(text_in(told, "number"), count_in(told, "page"), text_in(told, "teks"))
