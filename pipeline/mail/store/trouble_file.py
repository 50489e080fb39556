"""What keeps mail from going out, in a small file that the desk's pages and the doctor read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.mail.ports import Trouble
from pipeline.storage import ephemeral


@dataclass(frozen=True, slots=True)
class TroubleFile:
    """The note at a path."""

    path: Path

    def note(self, trouble: Trouble | None) -> None:
        """Note it, or that there is none."""
        if trouble != self.read():
            ephemeral.tell(self.path, [trouble.since.isoformat(), trouble.why] if trouble else None)

    def read(self) -> Trouble | None:
        """Return what was noted last."""
        try:
            since, why = ephemeral.heard(self.path)
            return Trouble(datetime.fromisoformat(since), str(why))
        except (TypeError, ValueError):
            return None
