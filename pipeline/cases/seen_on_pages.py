"""What is seen on pages of what came: as scans tell it, as reading tells it, and as the journal's lines have it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Barcode:
    """A QR or bar code on a page (1-based): its symbology and text."""

    page: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A page (from 1) on which another complaint may begin, and why that is thought, in Indonesian."""

    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A case that the complaint names: its number, on which page (from 1), and how it is written there."""

    number: str
    page: int
    teks: str
