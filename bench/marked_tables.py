"""Tables in Markdown, printed or put into a document between two marks of it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def put(tables: str, document: Path | None, begin: str, end: str = "") -> None:
    """Print the tables; or put them into the document, from the line ``begin`` to the line ``end`` (or its end)."""
    if document is None:
        print(tables)
        return
    before, first, rest = document.read_text(encoding="utf-8").partition(f"{begin}\n")
    _, last, after = rest.partition(f"{end}\n") if end else ("", "", "")
    if not first or (end and not last):
        sys.exit(f"The document has no line {begin} {end}".rstrip())
    document.write_text(f"{before}{first}\n{tables}{last and chr(10)}{last}{after}", encoding="utf-8")
