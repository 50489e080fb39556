"""What of a content tests look at."""

from __future__ import annotations

from pipeline.scans.renditions.content import Content, Insert


def words(content: Content) -> str:
    """Return its texts."""
    return "\n".join(content.words()).strip()


def inserts(content: Content) -> list[str]:
    """Return the names of the files inside that have pages of their own."""
    return [block.name for block in content.blocks if isinstance(block, Insert)]
