"""What can become of a file that was taken from the inbox."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Refused
from pipeline.letters.page_codes import Origin


@dataclass(frozen=True, slots=True)
class Accepted:
    """The letter has this number; the claimed file may go. ``again`` if it had it before a crash already."""

    number: CaseNumber
    again: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """The pages lie with this case now, as an attachment of this name. ``again`` if they did before a crash already.

    ``note`` is what the mailroom should know (the case has ended), in Indonesian.
    """

    number: CaseNumber
    document: str
    again: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The scan lies with its case now, as the signed version of this sheet. ``again`` if these bytes did already."""

    origin: Origin
    again: bool = False


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The bytes are those of a letter or an attachment of the case that has this number."""

    number: CaseNumber


@dataclass(frozen=True, slots=True)
class SetAside:
    """The file, or part of it, is not taken in, for this reason."""

    reason: Refused


Fate = Accepted | Added | TakenBack | Duplicate | SetAside


@dataclass(frozen=True, slots=True)
class Part:
    """What became of some pages (from 1, ascending) of a file that held several things."""

    pages: tuple[int, ...]
    fate: Fate


@dataclass(frozen=True, slots=True)
class Parted:
    """What became of a file that held several things; no page is missing: parts, separators and blanks make the file.

    The claimed file may go once no part is set aside. If one is, the whole file is set aside as it came; the parts
    that found their place are known again by their bytes when it is dropped once more.
    """

    parts: tuple[Part, ...]
    separators: tuple[int, ...] = ()
    blanks: tuple[int, ...] = ()


Outcome = Fate | Parted
