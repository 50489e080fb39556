"""How large a scan may be; checked before anything is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.errors import Refused


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, its pages, and the pixels of one picture."""

    size: int = 300 * 2**20
    pages: int = 500
    pixels: int = 180_000_000


def refuse_large(size: int, limits: Limits) -> None:
    """Refuse a file of more bytes than may be.

    Raises:
        Refused: ``terlalu-besar``.
    """
    if size > limits.size:
        raise Refused(
            "terlalu-besar",
            f"Berkas ini {size // 2**20} MB, lebih dari {limits.size // 2**20} MB.",
            "Pindai dengan 300 dpi, atau pisahkan menjadi beberapa berkas.",
        )
