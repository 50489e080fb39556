"""How large a scan may be; checked before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.scans import refusals


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, its pages, and the pixels of one picture."""

    size: int = 300 * 2**20
    pages: int = 500
    pixels: int = 180_000_000

    def check_size(self, size: int) -> None:
        """Refuse a file of more bytes than may be.

        Raises:
            Refused: ``terlalu-besar``.
        """
        if size > self.size:
            raise refusals.TOO_MANY_BYTES(megabytes=size // 2**20, most=self.size // 2**20)

    def check_pixels(self, width: int, height: int) -> None:
        """Refuse a picture of more pixels than may be.

        Raises:
            Refused: ``terlalu-besar``.
        """
        if width * height > self.pixels:
            raise refusals.TOO_MANY_PIXELS(width=width, height=height, most=self.pixels // 1_000_000)
