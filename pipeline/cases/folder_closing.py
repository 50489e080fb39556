"""Whether a case's folder is closed: by the archivist's act, as long as nothing happened to the case since."""

from __future__ import annotations

from pipeline.cases.archived import ArchivedLine
from pipeline.cases.case import Case
from pipeline.cases.events import Attached, Decided, PartReturned, Returned

#: The act that closes a folder, and what its line says of what is missing.
CLOSE, LACKING = "tutup-map", "kurang"
#: What opens a folder again: a move, or a paper that came.
_OPENS = frozenset(event.kind for event in (Decided, Attached, Returned, PartReturned))
#: What a label and lists say of a folder that is closed.
COMPLETE, INCOMPLETE = "lengkap", "ada yang kurang"


def closed_with(case: Case) -> ArchivedLine | None:
    """Return the line that closed the folder; None if it is open, or was opened again by what came after."""
    closed = next((line for line in reversed(case.archived) if line.event.act == CLOSE), None)
    if closed is None or any(entry.kind in _OPENS for entry in case.entries[closed.seq :]):
        return None
    return closed


def closed_as(case: Case) -> str:
    """Return as what the folder is closed (:data:`COMPLETE`, :data:`INCOMPLETE`); empty while it is open."""
    closed = closed_with(case)
    if closed is None:
        return ""
    return INCOMPLETE if closed.event.values.get(LACKING) else COMPLETE
