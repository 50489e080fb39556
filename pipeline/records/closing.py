"""Whether a case's folder is closed: by the archivist's act, as long as nothing happened to the case since."""

from __future__ import annotations

from pipeline.cases.archived import ArchivedLine
from pipeline.cases.case import Case

#: The act that closes a folder.
CLOSE = "tutup-map"


def closed_with(case: Case) -> ArchivedLine | None:
    """Return the line that closed the folder; None if it is open, or was opened again by what came after."""
    closed = next((line for line in reversed(case.archived) if line.event.act == CLOSE), None)
    since = (made.seq for made in case.made[-1:])
    return None if closed is None or any(seq > closed.seq for seq in since) else closed
