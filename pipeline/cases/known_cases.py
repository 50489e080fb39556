"""A case as its journal tells it; lines that this process read a moment ago are not read once more.

On its way a case is read at every step: before a move, under its lock, for each duty, for the page that shows it. Each
time but the first there are a few new lines, or none.
"""

from __future__ import annotations

from pipeline.cases.case import Case
from pipeline.cases.fold import fold, grown
from pipeline.cases.journal import entries_of, read_journal

#: How many cases a process remembers: those that its threads work on. With its text one of 67 lines takes 240 kB.
KEPT = 16
#: By a journal's first line: its text as it was read last, and the case that it made. No lock: a process may be forked.
_read: dict[bytes, tuple[bytes, Case]] = {}


def case_in(text: bytes, where: str) -> Case:
    """Return the case that a journal makes; a torn tail is left out.

    Raises:
        ArchiveFault: a whole line is not as it was written, or there is none.
    """
    lines, first = text[: text.rfind(b"\n") + 1], text[: text.find(b"\n")]
    before, known = _read.pop(first, (b"", None))
    if known and lines.startswith(before):  # the same bytes have the same hashes and say the same
        further = read_journal(lines[len(before) :], known.entries[-1]).sound(where)
        case = grown(known, further) if further else known
    else:
        case = fold(entries_of(lines, where))
    _read[first] = lines, case
    for forgotten in list(_read)[:-KEPT]:
        _read.pop(forgotten, None)
    return case
