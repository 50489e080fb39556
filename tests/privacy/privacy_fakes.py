"""Fakes of what the rights of the person need of the world."""

from __future__ import annotations

from threading import Lock

from pipeline.privacy.ports import MakeLine, MatterLine


class FakeMatters:
    """A book of matters in memory."""

    def __init__(self) -> None:
        self._lines: list[MatterLine] = []
        self._turn = Lock()

    def lines(self) -> list[MatterLine]:
        return [*self._lines]

    def add(self, make: MakeLine) -> MatterLine:
        with self._turn:
            self._lines.append(make(self.lines()))
            return self._lines[-1]
