"""The joint check of a list that goes from hand to hand: both sides tick every folder, or it does not go.

What one side has in its hands is held against the list: a folder that is on it and was not found, and one that was
found and is not on it, are each named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.errors import Incomplete, UsageFault

#: The question of such a step: the numbers of the folders that are there.
TICKED = "diperiksa"


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between a list and what is there: listed and not there, there and not listed, ticked twice."""

    absent: tuple[CaseNumber, ...]
    strange: tuple[CaseNumber, ...]
    twice: tuple[CaseNumber, ...]

    def __bool__(self) -> bool:
        return bool(self.absent or self.strange or self.twice)

    @property
    def told(self) -> str:
        """Return it in words."""
        parts = (
            ("tidak dicentang", self.absent),
            ("dicentang tetapi tidak ada di daftar", self.strange),
            ("dicentang dua kali", self.twice),
        )
        return "; ".join(f"{what}: {', '.join(map(str, some))}" for what, some in parts if some)


def differences(listed: Collection[CaseNumber], ticked: Iterable[CaseNumber]) -> Differences:
    """Return what differs between a list and the folders that somebody ticked."""
    seen, twice = set[CaseNumber](), set[CaseNumber]()
    for number in ticked:
        (twice if number in seen else seen).add(number)
    return Differences(
        absent=tuple(sorted(set(listed) - seen)),
        strange=tuple(sorted(seen - set(listed))),
        twice=tuple(sorted(twice)),
    )


def check_ticked(listed: Collection[CaseNumber], typed: Iterable[str]) -> None:
    """Make sure that every folder of a list was ticked, and no other.

    Raises:
        Incomplete: something differs, or is no number; names all of it.
    """
    numbers, unread = list[CaseNumber](), list[str]()
    for text in typed:
        try:
            numbers.append(read_number(text))
        except UsageFault:
            unread.append(text[:40])
    found = differences(listed, numbers)
    if found or unread:
        said = "; ".join(filter(None, (found.told, f"bukan nomor: {', '.join(unread)}" if unread else "")))
        raise Incomplete(
            f"Daftar tidak cocok dengan map yang ada. {said}.",
            "Cari map itu, atau susun daftar yang baru; yang tidak cocok tidak dipindahkan.",
            {TICKED: ("Map yang ada", said)},
        )
