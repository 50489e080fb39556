"""What a person says of an old register before it is taken over, and what is doubted in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.moving_in.old_book import Place
from pipeline.register.register_numbers import RegisterPattern

#: What may be said of cases of which the book does not tell whether they ended.
ENDED, RUNNING = "selesai", "berjalan"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says.

    ``sheet`` is the one to be read (empty: all that have headings), ``heading_row`` where they stand (0: looked for),
    ``columns`` which column is which field, ``year`` that of numbers that tell none, ``pattern`` how the book writes
    numbers, ``state`` where cases stand of which the book does not tell it. ``goes_on``: the numbers of a running year
    go on behind the book's; ``leaves_out``: rows that are refused are left out, and the others taken over.
    """

    sheet: str = ""
    heading_row: int = 0
    columns: Mapping[str, str] = field(default_factory=dict)
    year: int = 0
    pattern: RegisterPattern | None = None
    state: str = ""
    goes_on: bool = False
    leaves_out: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about the book that a person should know: where, what, and what helps.

    ``refuses``: the row cannot be taken over as it is.
    """

    place: Place
    fact: str
    remedy: str = ""
    refuses: bool = False

    def __str__(self) -> str:
        return f"{self.place}: {self.fact}.{f' {self.remedy}' if self.remedy else ''}"
