"""What a folder notes of a move into the centre, or out of it, while it lasts (``archive/.pindah``).

While the note lies there nobody works on the folder (``folder_refusals.refuse_moving``); a move that was cut short is
gone on with by whoever gives the same command again. The centre has the note's mark.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass, replace

from pipeline.archive.store.layout import Layout
from pipeline.errors import ArchiveFault, UsageFault
from pipeline.storage import disk

#: The two ways, as the note and the commands name them.
IN, OUT = "pindah-masuk", "pindah-keluar"
_MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class MoveNote:
    """Which way a move goes, of which office of the centre, and its mark.

    ``aside``: the folder in which what moves in is put aside, by its name under the office's.
    ``placing``: all that moves out lies in staging, whole, and is being put in place. ``new``: it was begun just now.
    """

    way: str
    office: str
    mark: str
    aside: str = ""
    placing: bool = False
    new: bool = False

    def write(self, layout: Layout) -> None:
        """Write the note, so that it outlives a power cut."""
        told = {name: value for name, value in asdict(self).items() if name != "new"}
        disk.replace(layout.moving, json.dumps(told).encode() + b"\n")
        disk.sync_folder(layout.archive)

    def placed(self, layout: Layout) -> MoveNote:
        """Note that all lies in staging now; return the note."""
        note = replace(self, placing=True)
        note.write(layout)
        return note


def begun(layout: Layout, way: str, office: str, aside: str = "") -> MoveNote:
    """Return the note of the move that was begun, or a new one, which is not written yet.

    ``office`` may be empty where the folder does not know it any more.

    Raises:
        UsageFault: another move was begun, and has to be ended first.
        ArchiveFault: the note cannot be read.
    """
    try:
        note = MoveNote(**json.loads(layout.moving.read_bytes()))
    except FileNotFoundError:
        return MoveNote(way, office, secrets.token_hex(_MARK_BYTES), aside, new=True)
    except (ValueError, TypeError) as fault:
        raise ArchiveFault(f"{layout.moving} tidak dapat dibaca.", "Pulihkan berkas itu dari cadangan.") from fault
    if note.way != way or (office and office != note.office):
        raise UsageFault(
            f"Kantor {note.office} sedang {note.way} dan belum selesai.", f"Ulangi {note.way} kantor itu dahulu."
        )
    return note


def ended(layout: Layout) -> None:
    """Take the note away: the move has ended, or came to nothing."""
    disk.remove(layout.moving)
    disk.sync_folder(layout.archive)
