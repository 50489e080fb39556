"""Where backups go: a place away from this computer, which a second person confirms, kept and told in words."""

from __future__ import annotations

import json
from dataclasses import dataclass

from pipeline.office.settings_changes import Key

#: Where it stands in the office's file.
BACKUP_PLACE: Key = ("cadangan", "tujuan")


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """Where backups are to go (``after``), and where they went (``before``); empty: nowhere."""

    before: str
    after: str

    @property
    def leaves_the_computer(self) -> bool:
        """Say whether backups would leave for another computer than before: by SSH or to a server of restic."""
        return self.after != self.before and not self.after.startswith("/") and bool(self.after)

    @property
    def words(self) -> str:
        """What is changed, so that somebody who knows the office can tell whether it is right."""
        return f"cadangan seluruh kantor dikirim ke {self.after}; sebelumnya: {self.before or 'belum ditentukan'}"

    def as_json(self) -> str:
        """Return it as a text to be kept."""
        return json.dumps([self.before, self.after], ensure_ascii=False)


def read_place_change(text: str) -> PlaceChange:
    """Return what :meth:`PlaceChange.as_json` made."""
    before, after = json.loads(text)
    return PlaceChange(before, after)
