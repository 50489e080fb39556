"""What a list has destroyed and is still kept: at the centre, until who looks after it has deleted the files."""

from __future__ import annotations

from pipeline.errors import NotAllowed
from pipeline.records.acts import ListKind
from pipeline.records.ports import RecordParts
from pipeline.records.record_list import RecordList


def told(found: RecordList, kind: ListKind, parts: RecordParts) -> str:
    """Return how far a list has come, also what of destroyed content is still kept."""
    left = parts.eraser.waiting(found.id) if _destroys(found, kind, parts) else 0
    return f"{found.words(kind)}; {left} berkasnya menunggu dihapus pengelola pusat" if left else found.words(kind)


def refuse_still_kept(found: RecordList, kind: ListKind, parts: RecordParts) -> None:
    """Make sure that the content which a list has destroyed is kept nowhere any more: a sheet is to say so.

    Raises:
        NotAllowed: some files are still in the store of the centre.
    """
    if _destroys(found, kind, parts) and (left := parts.eraser.waiting(found.id)):
        raise NotAllowed(
            f"Isi map pada {found.id} belum habis dihapus: {left} berkas masih ada di penyimpanan pusat.",
            "Mintalah pengelola pusat menjalankan `yankomas pusat musnahkan`, lalu cetak lembarnya.",
        )


def _destroys(found: RecordList, kind: ListKind, parts: RecordParts) -> bool:
    """Say whether a step was made by which content is destroyed."""
    return any(found.step(step.key) for step in kind.steps if step.act and parts.acts.act(step.act).removes)
