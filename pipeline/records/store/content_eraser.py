"""Takes away what is kept of a destroyed case besides its folder."""

from __future__ import annotations

from pipeline.cases.case import Case


class ContentEraser:
    """The eraser of an office whose cases lie in folders."""

    def refuse_where_impossible(self) -> None:
        """Content in folders can be destroyed."""

    def erase(self, case: Case) -> None:
        """Take away what is left of a case's content."""
