"""The note beside a file that was set aside in ``ditolak/``: its name, whether it may be written, and what it says."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path

from pipeline.intake.account import AccountPart, Settled, State, Taken
from pipeline.intake.inbox_files import REFUSED
from pipeline.intake.outcomes import TWIN
from pipeline.intake.store.listing import seen
from pipeline.storage import disk
from pipeline.storage.free_names import NAME_LIMIT

NOTED_LIMIT = NAME_LIMIT - len("..txt.part")  # bytes of a name that gets a note, which is written as a part-file first
#: The note beside a refused file, as ``outcomes.refusal_text`` writes it.
_NOTE = re.compile(
    r"Berkas : (?P<name>.*)\nWaktu  : (?P<at>\d\d-\d\d-\d{4} \d\d\.\d\d).*\nSebab  : (?P<reason>.*)\n"
    r"Saran  : (?P<remedy>.*)\n(?:.*\n)*\nTanda  : (?P<claim>[0-9a-f]{16}) (?P<code>\S+)\n"
)


def note_of(target: Path) -> Path:
    """Return the name of the note beside a file that was set aside."""
    return target.with_name(f"{target.name}.txt")


def may_note(target: Path, words: str) -> bool:
    """Say whether the note's name is free, or has a note of ours whose file went away or never came."""
    note = note_of(target)
    if not os.path.lexists(note):
        return True
    return note.is_file() and note.read_bytes().startswith(words.partition("\n")[0].encode())


def from_notes(inbox: Path, zone: tzinfo, most: int) -> Iterator[Settled]:
    """Yield what the notes beside refused files say; a file of more than *most* bytes is not read."""
    for note in sorted((inbox / REFUSED).glob("*.txt")):
        path = note.with_name(note.name.removesuffix(".txt"))
        told = _NOTE.search(note.read_text(errors="replace"))
        if told is None or not path.is_file() or note_of(path) != note:
            continue
        at = datetime.strptime(told["at"], "%d-%m-%Y %H.%M").replace(tzinfo=zone)
        file = seen(path, f"{REFUSED}/{path.name}")
        sha256 = disk.sha256_of(path) if file.size <= most else ""
        taken = Taken(told["claim"], told["name"], file.size, sha256, file.mark, at)
        state = State.DUPLICATE if told["code"] == TWIN else State.REFUSED
        yield Settled(taken, (AccountPart(state, "", "", told["code"], told["reason"], told["remedy"], file.path),), at)
