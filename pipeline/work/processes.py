"""The two processes of an office, the desk and the intake: how each fares, and what people are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

#: How long a part may be away before people are told: starting it again takes a second or two; at a load of 10 on two
#: cores the desk took 7 s.
RESTART_MOMENT = timedelta(seconds=4)


class Part(Enum):
    """A part of the office that runs as a process of its own; its value is a name for files."""

    INTAKE = "kotak-masuk"
    DESK = "meja-web"


#: What the parts are called, at the beginning of a sentence.
LABELS = {Part.INTAKE: "Pemantau kotak masuk", Part.DESK: "Meja web"}


@dataclass(frozen=True, slots=True)
class PartNote:
    """What the supervisor last noted of a part: how often it was started again, when and why it last ended.

    ``away_since``: since when it has not been up and steady; None if it is.
    """

    restarts: int = 0
    ended: datetime | None = None
    why: str = ""
    away_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class PartState:
    """A part as it stands: whether its process runs, whether a supervisor would start it again, what was noted."""

    part: Part
    running: bool
    supervised: bool
    note: PartNote = PartNote()

    def is_missed(self, now: datetime) -> bool:
        """Say whether it is away for longer than starting it again takes."""
        away = self.note.away_since if self.supervised else None
        return not self.running and (away is None or now - away > RESTART_MOMENT)


def unwatched(intake: PartState, now: datetime) -> str:
    """Return what the desk's pages say while nobody works the inbox off; empty while somebody does."""
    if not intake.is_missed(now):
        return ""
    since = intake.note.away_since if intake.supervised else None
    when = f" sejak {since:%H.%M}" if since else ""
    remedy = (
        "Program menjalankannya lagi sendiri; bila pesan ini menetap, beri tahu admin."
        if intake.supervised
        else "Minta admin menjalankannya lagi."
    )
    return (
        f"Kotak masuk sedang tidak dipantau{when}: surat baru dan tugas mesin menunggu, tidak ada yang hilang. {remedy}"
    )


def told_of(state: PartState) -> str:
    """Return a part's state as one line for the terminal and the doctor."""
    note = state.note
    if state.running:
        fact = "berjalan"
    elif state.supervised:
        fact = "tidak berjalan, akan dijalankan lagi"
    else:
        fact = "tidak berjalan"
    if not note.ended or not state.supervised:
        return fact
    return f"{fact}; {note.restarts} kali dijalankan lagi, terakhir berhenti {note.ended:%d/%m %H.%M}: {note.why}"
