"""Words that somebody said, knowingly, name neither complainant nor victim: asked on forms, kept in the journal.

They hold for the whole case, and only as they stand (*Desa Sari* says nothing of *Ibu Sari*).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.cases import sop_words
from pipeline.cases.answers import answers
from pipeline.cases.case import Case
from pipeline.cases.events import Drafted
from pipeline.cases.sop import YANKOMAS, Sop
from pipeline.cases.sop_rows import FormField, Move
from pipeline.errors import Incomplete

#: The answer in which they stand, an entry each: ``kata | alasan``.
CLEARED = "bukan_pelapor"
QUESTION = FormField(
    CLEARED, "Bukan nama pelapor, korban, atau saksi (kata | alasan)", "daftar", section="Penjagaan nama"
)


def asks_cleared(move: Move, sop: Sop) -> bool:
    """Say whether a letter that others read is drafted after the move."""
    others = {s.template for s in sop.sheets if (s.outgoing and not s.to_complainant) or s.shared}
    if sop.service != YANKOMAS and not any(asked.kind == "orang" for asked in sop.register):
        return False  # its register names nobody whom a letter could give away
    if move.numbers:
        return False  # what is numbered was composed before
    return move.sheets == (sop_words.UNSIGNED_DRAFTS,) or not others.isdisjoint(move.sheets)


def entries_in(text: str) -> tuple[str, ...]:
    """Return the entries of a text that has one a line."""
    return tuple(filter(None, map(str.strip, text.splitlines())))


def check_entries(entries: Sequence[str]) -> None:
    """Make sure that every entry says which words and why.

    Raises:
        Incomplete: one does not, or holds what cannot be written into the journal.
    """
    told = answers((QUESTION,), {CLEARED: list(entries)}, "Suntingan").get(CLEARED, ())
    for words, _, reason in (entry.partition("|") for entry in told):
        if not words.strip() or not reason.strip():
            raise Incomplete(
                f"{QUESTION.label}: {words.strip()[:40]!r} tanpa alasan.",
                "Tulis kata itu sebagaimana tertulis di surat, lalu alasannya: Desa Sari | nama desa tempat kejadian.",
                {CLEARED: (QUESTION.label, "tulis kata | alasan")},
            )


def cleared_words(case: Case) -> tuple[str, ...]:
    """Return every entry of the case, oldest first."""
    said = [str(entry) for made in case.made for entry in made.decision.values.get(CLEARED, ())]
    edits = (line.event for line in case.about_letters if isinstance(line.event, Drafted))
    return tuple(dict.fromkeys((*said, *(entry for event in edits for entry in event.cleared))))
