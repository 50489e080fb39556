"""Fakes of the office's ports: they pass the contract tests of the real ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pipeline.errors import NotAllowed, NotFound, SettingsFault
from pipeline.office.handovers import Handover, officials_of, require_free
from pipeline.office.officials import Official
from pipeline.office.wording import long_date


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


class FakeHandovers:
    """Hand-overs in memory."""

    def __init__(self) -> None:
        self._found: list[Handover] = []

    def all(self) -> tuple[Handover, ...]:
        return tuple(self._found)

    def officials(self) -> tuple[Official, ...]:
        return officials_of(self._found)

    def enter(self, handover: Handover, officials: Iterable[Official]) -> Handover:
        require_free(handover, self._found, officials)
        self._found.append(replace(handover, number=len(self._found) + 1))
        return self._found[-1]

    def take_back(self, number: int, by: str, at: datetime) -> Handover:
        found = next((h for h in self._found if h.number == number), None)
        if found is None:
            raise NotFound("Tidak ada.", "Lihat daftarnya.")
        if found.taken_back_at or found.is_over(at.date()):
            how = "ditarik" if found.taken_back_at else f"berakhir {long_date(found.until)}"
            raise NotAllowed(f"Pengalihan tugas itu sudah {how}.", "")
        self._found[number - 1] = replace(found, taken_back_by=by, taken_back_at=at)
        return self._found[number - 1]

    def faults(self) -> tuple[str, ...]:
        return ()
