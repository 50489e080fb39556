"""The processes of an office by their locks, and what the supervisor noted of each in a small file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pipeline.archive.store.layout import Layout
from pipeline.storage import ephemeral, locks
from pipeline.work.processes import Part, PartNote, PartState


@dataclass(frozen=True, slots=True)
class FolderProcesses:
    """The processes of one root; what the port says of each method is said once, there."""

    layout: Layout

    def state(self, part: Part) -> PartState:
        """Return how a part stands now."""
        lock = {Part.INTAKE: self.layout.run_lock, Part.DESK: self.layout.desk_lock}[part]
        supervised = locks.is_running(self.layout.supervisor_lock)
        return PartState(part, locks.is_running(lock), supervised, self._noted(part))

    def note(self, part: Part, note: PartNote) -> None:
        """Note how a part fares."""
        moments = [at.isoformat() if at else "" for at in (note.ended, note.away_since)]
        ephemeral.tell(self.layout.processes / part.value, [note.restarts, note.why, *moments])

    def _noted(self, part: Part) -> PartNote:
        try:
            restarts, why, ended, away = ephemeral.heard(self.layout.processes / part.value)
            return PartNote(int(restarts), _moment(ended), str(why), _moment(away))
        except (TypeError, ValueError):
            return PartNote()


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
