"""Fakes of the office's ports: they pass the contract tests of the real ones."""

from __future__ import annotations

import hashlib

from pipeline.errors import SettingsFault


class FakeKeys:
    """Keys in memory, each made of its name."""

    def __init__(self) -> None:
        self._keys: dict[str, bytes] = {}
        self._worked_with: set[str] = set()

    def key(self, name: str) -> bytes:
        if fault := self.fault(name):
            raise fault
        self._worked_with.add(name)
        return self._keys.setdefault(name, hashlib.sha256(name.encode()).digest())

    def known(self, name: str) -> bytes | None:
        return self._keys.get(name)

    def fault(self, name: str) -> SettingsFault | None:
        lost = name in self._worked_with and name not in self._keys
        return SettingsFault(f"Kunci {name} hilang.", "Pulihkan dari cadangan.") if lost else None

    def faults(self) -> list[SettingsFault]:
        return [fault for name in sorted(self._worked_with) if (fault := self.fault(name))]

    def lose(self, name: str) -> None:
        del self._keys[name]
