"""How often work on something failed, or was cut off by the end of this program: one small file for each thing.

Only what a thing's own work did counts against it soon. That the program ended in the middle of it may be the thing's
doing or not (somebody pulled the plug), so that counts only after it happened many times in a row.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.backoff import Tries


@dataclass(frozen=True, slots=True)
class Attempts:
    """The attempts that are noted in a folder; only the end of the process has to be survived, not of the machine."""

    folder: Path

    def begin(self, key: str, what: str) -> Tries:
        """Note that work begins, before it does; return how often it failed, and was cut off in a row, before."""
        noted = self._read(key)
        before = noted.get(what, Tries(0, 0))
        self._write(key, {**noted, what: Tries(before.failed, before.cut_off + 1)})
        return before

    def failed(self, key: str, what: str) -> int:
        """Note that the work begun failed by itself; return how often it has."""
        noted = self._read(key)
        count = noted.get(what, Tries(0, 0)).failed + 1
        self._write(key, {**noted, what: Tries(count, 0)})
        return count

    def forgive(self, key: str, what: str, held_up: str = "") -> None:
        """Take the last attempt back: it failed for a passing reason. What failed before stays counted.

        ``held_up``: why the work waits for a person.
        """
        noted = self._read(key)
        failed = noted.pop(what, Tries(0, 0)).failed
        self._write(key, {**noted, what: Tries(failed, 0, held_up)} if failed or held_up else noted)

    def held_up(self, key: str) -> dict[str, str]:
        """Return, by the work, why it waits for a person."""
        return {what: tries.held_up for what, tries in self._read(key).items() if tries.held_up}

    def start_over(self, key: str, what: str) -> None:
        """Forget every attempt at this work."""
        self._write(key, {w: tries for w, tries in self._read(key).items() if w != what})

    def forget(self, key: str) -> None:
        """Forget every attempt at this thing."""
        self._write(key, {})

    def noted(self, key: str) -> dict[str, Tries]:
        """Return what is noted of this thing, by the work."""
        return self._read(key)

    def take_over(self, key: str, noted: dict[str, Tries]) -> None:
        """Note of this thing what was noted of it elsewhere."""
        self._write(key, noted)

    def _read(self, key: str) -> dict[str, Tries]:
        try:
            found = json.loads((self.folder / key).read_text())
            return {
                str(what): Tries(int(n[0]), int(n[1]), str(n[2]) if len(n) > 2 else "") for what, n in found.items()
            }
        except (FileNotFoundError, ValueError, TypeError, AttributeError, IndexError, KeyError):
            return {}

    def _write(self, key: str, noted: dict[str, Tries]) -> None:
        from pipeline.storage import disk  # whoever only shows what is held up needs none of it

        if not noted:
            disk.remove(self.folder / key)  # needs no room on a full disk
            return
        values = {what: [t.failed, t.cut_off, *filter(None, [t.held_up])] for what, t in noted.items()}
        disk.replace_unsynced(self.folder / key, json.dumps(values).encode())
