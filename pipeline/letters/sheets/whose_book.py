"""Of which service a register is, and by what roles of its SOP it is kept and looked after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.cases.public_service import PublicService
from pipeline.cases.sop import in_force


@dataclass(frozen=True, slots=True)
class WhoseBook:
    """Of which service a register is.

    ``book`` is what it is called, ``service`` the service's name (empty: as the office's file calls Yankomas),
    ``keeper`` the role that writes it, ``checker`` the one that looks after that (empty: those of Yankomas's).
    """

    book: str = "Buku Register Aduan"
    service: str = ""
    keeper: str = ""
    checker: str = ""

    @property
    def whole_name(self) -> str:
        """What the book is called by itself: that of another service with its name."""
        return f"{self.book} {self.service}".strip()


def whose_book(service: PublicService | None, day: date) -> WhoseBook:
    """Return whose the register of a service is (None: Yankomas), by the edition of its SOP in force that day.

    Who takes its cases in keeps it, and who is above them looks after that.
    """
    if service is None:
        return WhoseBook()
    sop = in_force(service.editions, day)
    keeper = next(iter(sop.clerks), service.head_of(sop))
    return WhoseBook("Buku Register", service.name, keeper, next(iter(sop.above(keeper)), service.head_of(sop)))
