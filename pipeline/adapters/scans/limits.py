"""How large a scan may be; checked before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, its pages, and the pixels of one picture."""

    size: int = 300 * 2**20
    pages: int = 500
    pixels: int = 180_000_000
