"""What files say that are no scans, as tests ask it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.scans.formats.kinds import rendered_kind
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions.content import Content, Insert
from pipeline.scans.renditions.opening import content_of


def saying(path: Path) -> Callable[[str, bytes], Content]:
    """Return what says what a file of a name says; its bytes are put at that path."""

    def say(name: str, data: bytes) -> Content:
        path.write_bytes(data)
        return content_of(path, rendered_kind(path, name), name, Limits())

    return say


def words(content: Content) -> str:
    """Return the words as one text."""
    return "\n".join(content.words()).strip()


def inserts(content: Content) -> list[str]:
    """Return the names of what lies within."""
    return [block.name for block in content.blocks if isinstance(block, Insert)]
