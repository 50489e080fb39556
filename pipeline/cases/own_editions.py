"""The editions that an office makes of the SOP of one of its services itself, beside those that come with the program.

An edition is files (TOML texts by name) and the day from which new cases follow it (``in_force`` in ``sop.py``); those
that run keep theirs. Once an office has one of its own in force, its own go on: a newer one that an update of the
program brings does not take their place (decision 45).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from pipeline.cases.sop import YANKOMAS, Sop
from pipeline.cases.sop_file import read_sop
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.errors import NotAllowed
from pipeline.office.wording import long_date

#: What is noted of an edition: it was asked for, installed, withdrawn before its day, or its day came.
ASKED, INSTALLED, WITHDRAWN, BEGUN = "minta", "pasang", "tarik", "berlaku"
NOTES = (ASKED, INSTALLED, WITHDRAWN, BEGUN)
#: The file that says the edition's number, name, and the day from which it is in force.
HEAD = "edition.toml"
_YEARS = 100  # from today, within which an edition that is installed begins

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class EditionNote:
    """A line of the record: what became of the edition of a day, by whom, with whose consent, and why."""

    at: datetime
    service: str
    day: date
    what: str
    sha256: str
    by: str
    confirmed_by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class OwnEdition:
    """An edition of the office: its day and files, what is wrong with it, the last note of it (None: there is none).

    ``differs``: its files in the office's folder are not those that were noted, or are not there; the noted ones count.
    """

    service: str
    day: date
    texts: Texts
    faults: tuple[str, ...] = ()
    note: EditionNote | None = None
    differs: bool = False

    @property
    def key(self) -> str:
        """How cases name it; no edition that comes with the program is called so."""
        return own_key(self.service, self.day)

    @property
    def begun(self) -> bool:
        """Whether its day has come, and it was noted that it is in force: nobody changes it any more."""
        return self.note is not None and self.note.what == BEGUN


@dataclass(frozen=True, slots=True)
class EditionDraft:
    """An edition that somebody works on: the key of the one it began from (empty: files that were sent), its files."""

    base: str
    texts: Texts
    at: datetime

    @property
    def mark(self) -> str:
        """What is another once its files are."""
        return hashlib.sha256(json.dumps(dict(sorted(self.texts.items()))).encode()).hexdigest()[:32]


def own_key(service: str, day: date) -> str:
    """Return how cases name the office's own edition of a day (``2027-01-01-kantor``)."""
    return f"{day.isoformat()}-kantor" if service == YANKOMAS else f"{service}-{day.isoformat()}-kantor"


def require_ahead(day: date, today: date) -> None:
    """Make sure that cases registered from a day on follow no other edition yet.

    Raises:
        NotAllowed: the day is over, or so far that its year is a slip.
    """
    if day.year > today.year + _YEARS:
        raise NotAllowed(f"{long_date(day)} lebih dari {_YEARS} tahun lagi.", "Periksa tahunnya.")
    if day < today:
        told = f"{long_date(day)} sudah lewat; perkara yang terdaftar sejak itu mengikuti edisi lain."
        raise NotAllowed(told, "Pilih hari ini atau sesudahnya.")


def edition_of(service: str, day: date, texts: Texts, *, checked: bool = True) -> Sop:
    """Return an office's own edition as a table.

    Raises:
        UnfitEdition: it is not as it should be; names files and lines.
    """
    sop = replace(read_sop(own_key(service, day), texts, checked=checked, service=service), own=True)
    if checked and sop.effective != day:
        told = f"{HEAD}: berlaku = {sop.effective.isoformat()}, padahal edisi ini untuk {day.isoformat()}"
        raise UnfitEdition(sop.key, [told])
    return replace(sop, effective=day)


def edition_faults(service: str, day: date, texts: Texts) -> tuple[str, ...]:
    """Return everything that keeps an edition from being used, each with file and line; nothing if nothing does."""
    if not texts:
        return ("folder edisi ini tidak berisi berkas .toml",)
    try:
        edition_of(service, day, texts)
    except UnfitEdition as fault:
        return fault.said
    except (TypeError, ValueError, LookupError, AttributeError) as fault:  # no bad file stops who gives numbers
        return (f"susunannya tidak dikenal ({type(fault).__name__})",)
    return ()
