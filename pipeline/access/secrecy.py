"""Who sees names, and who sees a case that is *rahasia* (Permenkumham 23/2022 article 92; need to know).

In lists, the names of a case that is *terbatas* (the usual) are shown to the roles that work with them: the team,
Kasubbid, Kabid, and the archivist who finds folders by them. Others see initials, except in cases that wait for them;
of one that is *biasa* they see names. A case that is *rahasia* is open to Kakanwil, to the roles that it waits for or
that have acted on it, and, once it has ended, to the archivist. One that is *sangat rahasia* is open to Kakanwil and to
the accounts that are named, whatever their role; no list, index, mail or file tells more of it than its number. Others
see in the register that its number exists, and nothing else. How secret a case is: ``cases/secrecy_level.py``.

Whoever asks stands here as their roles together with what these may (``OfficeRoles.standing``), and their account.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import Field, dataclass, fields, replace
from functools import lru_cache
from typing import Any, ClassVar, Protocol, TypeVar

from pipeline.access.masking import masked_name
from pipeline.access.rights import CASEWORK, READERS
from pipeline.access.shared_names import without_names
from pipeline.cases.public_service import PublicService
from pipeline.cases.secrecy_level import RAHASIA, SECRECY, TOP_SECRET, is_open, is_secret, is_top_secret
from pipeline.errors import NotAllowed
from pipeline.office.roles import ARCHIVIST, DRAFTS, LEADS, TAKES_IN, is_service_role

#: Stands among the readers of a case that is open to all who read cases.
ANYBODY = ""
#: Those who need names in lists.
_NEED_NAMES = frozenset({TAKES_IN, DRAFTS, ARCHIVIST})
#: Besides these the head of the office may look for a name: every case is open to that role.
_LOOK_FOR_NAMES = _NEED_NAMES | {LEADS}
HIDDEN = "(rahasia)"
#: Those who read cases of every service.
READ_ALL = (LEADS, ARCHIVIST)
_PERSONS = ("pelapor", "korban")
#: The texts in which somebody may name them.
_TEXTS = ("perihal", "tempat_kejadian")
#: What lists show of a case to those whom it is closed to: that its number exists, and since when.
_KNOWN = ("number", "year", "serial", "register_number", "received_at")
#: Where lists say that the rest is not theirs to see.
_SAID_HIDDEN = ("perihal", "pelapor", "korban", "terlapor", "state", "state_key", "channel", "sifat")
#: What the printed book's entry shows of such a case.
_ENTRY_KNOWN = ("urut", "nomor_register", "diterima")


class Booked(Protocol):
    """What is asked of a row of the register, to say who may see it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def sifat(self) -> str | None:
        """How secret the case is."""

    @property
    def opened_to(self) -> Collection[str]:
        """The accounts (logins) that may open it if it is *sangat rahasia*."""

    @property
    def perihal(self) -> str | None:
        """What it is about."""

    @property
    def terlapor(self) -> tuple[str, ...]:
        """The names of those whom it is against."""

    @property
    def pelapor(self) -> tuple[str, ...]:
        """The names of who complains."""

    @property
    def korban(self) -> tuple[str, ...]:
        """The names of the victims."""

    @property
    def awaited(self) -> Collection[str]:
        """The roles that it waits for, with its letters too."""

    @property
    def handled_by(self) -> Collection[str]:
        """The roles that have acted on it."""

    @property
    def final(self) -> bool:
        """Whether it has ended."""

    @property
    def staff(self) -> Collection[str]:
        """The roles that have a part in its service; none for a case of Yankomas."""


R = TypeVar("R", bound=Booked)


def readers(row: Booked) -> frozenset[str]:
    """Return the roles, and :data:`LEADS`, that may read a case, or :data:`ANYBODY` for all that read cases."""
    if not is_secret(row.sifat):
        return frozenset({*row.staff, LEADS, ARCHIVIST}) if row.staff else frozenset({ANYBODY})
    if is_top_secret(row.sifat):
        return frozenset({LEADS, *map(reader_account, row.opened_to)})
    return frozenset({LEADS, *row.awaited, *row.handled_by} | ({ARCHIVIST} if row.final else set()))


def reader_account(login: str) -> str:
    """Return an account as it stands among the readers of cases, beside the roles."""
    return f"akun:{login.casefold()}"


def require_exportable(row: Booked) -> None:
    """Let a case's folder leave as a file.

    Raises:
        NotAllowed: it is *sangat rahasia*, and no copy of it is made.
    """
    if is_top_secret(row.sifat):
        raise NotAllowed(
            "Perkara ini bersifat sangat rahasia; mapnya tidak disalin ke luar.",
            "Bacalah di meja. Bila memang harus dibawa, Kakanwil menurunkan sifatnya dahulu, dengan alasan.",
        )


def kept_entry(entry: Mapping[str, str]) -> dict[str, str]:
    """Return a case's entry of the printed book as it stands where its case is *sangat rahasia*."""
    known = {name: text if name in _ENTRY_KNOWN else "" for name, text in entry.items()}
    return known | {SECRECY: TOP_SECRET.capitalize()}


def readers_opened_by(roles: Collection[str]) -> frozenset[str]:
    """Return the readers of whom a case must have one to be open to somebody with these roles."""
    return frozenset({ANYBODY, *roles} if _is_of_office(roles) else roles)


def _is_of_office(roles: Collection[str]) -> bool:
    """Say whether somebody has a role of Yankomas.

    Roles of other services alone open none of its cases; nor does one beside them that reads none (the admin's).
    """
    return _are_of_office(frozenset(roles))


@lru_cache(maxsize=4096)  # asked for each of thousands of rows
def _are_of_office(roles: frozenset[str]) -> bool:
    return not any(map(is_service_role, roles)) or not READERS.isdisjoint(roles)


def of_another_service() -> NotAllowed:
    """Return the fault, to be raised, that a case is of a service of which somebody reads none, if there is one."""
    return NotAllowed(
        "Perkara ini milik layanan lain.", "Hanya peran yang punya bagian dalam SOP-nya yang dapat membukanya."
    )


def reads_of(roles: Collection[str], service: PublicService | None) -> bool:
    """Say whether somebody who stands so reads cases of a service (None: Yankomas), and so may have its figures."""
    return _reads(roles, service.staff if service else ())


def _reads(roles: Collection[str], staff: Collection[str]) -> bool:
    return not {*staff, *READ_ALL}.isdisjoint(roles) if staff else _is_of_office(roles)


def open_to(roles: Collection[str], row: Booked) -> bool:
    """Say whether a case may be read by somebody with these roles."""
    # Asked of each of ten thousand rows; few are secret, and all others are open to whoever reads cases.
    if not row.staff and not is_secret(row.sifat) and _is_of_office(roles):
        return True
    return not readers(row).isdisjoint(readers_opened_by(roles))


def require_open(roles: Collection[str], row: Booked) -> None:
    """Let a case be read.

    Raises:
        NotAllowed: it is another service's, which is told of secret ones as of all; or it is *rahasia*, and these roles
            have no part in it.
    """
    if not open_to(roles, row):
        if not _reads(roles, row.staff):
            raise of_another_service()
        if is_top_secret(row.sifat):
            raise NotAllowed(
                "Perkara ini bersifat sangat rahasia.",
                "Hanya Kakanwil dan orang yang disebutnya yang dapat membukanya.",
            )
        raise NotAllowed(
            "Perkara ini bersifat rahasia.", "Hanya Kakanwil dan pejabat yang menanganinya yang dapat membukanya."
        )


def shown(roles: Collection[str], row: R) -> R:
    """Return a row as somebody with these roles may see it in a list; ``closed``: its case is not theirs to read."""
    if not open_to(roles, row):
        names = (f.name for f in fields(row) if f.name not in _KNOWN)
        return replace(row, **{name: _hidden(name, getattr(row, name)) for name in names} | {"closed": True})
    if needs_names(roles, row):
        return row
    initials: dict[str, Any] = {name: tuple(map(masked_name, getattr(row, name))) for name in _PERSONS}
    return replace(row, **initials, **{name: unnamed(getattr(row, name), row) for name in _TEXTS})


def _hidden(name: str, value: Any) -> Any:
    """Return what stands in place of a value that is not shown: of its kind, and the same whatever it was."""
    if name in _SAID_HIDDEN:
        return (HIDDEN,) if isinstance(value, tuple) else HIDDEN
    return type(value)() if isinstance(value, tuple | int) and name != "closed_late" else None


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """A case's entry of the printed book as somebody may see it; ``closed``: its case is not theirs to read."""

    texts: Mapping[str, str]
    closed: bool = False


def entry_shown(roles: Collection[str], row: Booked, entry: Mapping[str, str]) -> ShownEntry:
    """Return a case's entry of the printed book as somebody with these roles may see it."""
    if not open_to(roles, row):
        known = {name: text if name in _ENTRY_KNOWN else "" for name, text in entry.items()}
        return ShownEntry(known | {SECRECY: (row.sifat or RAHASIA).capitalize()}, closed=True)
    if needs_names(roles, row):
        return ShownEntry(entry)
    initials = {name: masked_name(entry[name]) for name in _PERSONS if name in entry}
    texts = {name: unnamed(entry[name], row) or "" for name in _TEXTS if name in entry}
    return ShownEntry({**entry, **initials, **texts})


def unnamed(subject: str | None, row: Booked) -> str | None:
    """Return what a case is about, or where it happened, without the names that lists show by initials.

    Whoever it is against keeps theirs, also where a part of it is a complainant's.
    """
    people = {"pelapor": [{"nama": name} for name in row.pelapor], "korban": list(row.korban)}
    return without_names(subject, {**people, "terlapor": list(row.terlapor)}) if subject else subject


def needs_names(roles: Collection[str], row: Booked) -> bool:
    """Say whether somebody with these roles sees the names of that case in lists."""
    if row.staff:  # whoever has a part in another service works with what it names
        return not {*row.staff, ARCHIVIST}.isdisjoint(roles)
    return sees_names(roles) or is_open(row.sifat) or not set(row.awaited).isdisjoint(roles)


def exact_counts(roles: Collection[str], service: PublicService | None = None) -> bool:
    """Say whether small counts of a service (None: Yankomas) are shown to these roles.

    Those that work on its cases see them one by one anyway.
    """
    return not (CASEWORK if service is None else service.workers | {LEADS}).isdisjoint(roles)


def sees_names(roles: Collection[str]) -> bool:
    """Say whether somebody with these roles sees names in every list."""
    return not _NEED_NAMES.isdisjoint(roles)


def looks_for_names(roles: Collection[str]) -> bool:
    """Say whether somebody with these roles may find cases by whom they name; lists show initials all the same."""
    return not _LOOK_FOR_NAMES.isdisjoint(roles)
