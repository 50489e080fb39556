"""Who makes a move: the role they act in, the person behind it, and who held the post that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipeline.cases.journal import MACHINE
from pipeline.errors import NotAllowed
from pipeline.office.handovers import period
from pipeline.office.office import Office
from pipeline.office.officials import Official, same_nip


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a move: the role they act in, and the login by which the journal names them.

    ``account``, ``name`` and ``nip`` are those of the desk's account, if one acts: by itself, or by a token of its own.
    ``scanned``: nobody was there; a scan came whose page codes name the letter. ``deliveries`` say how that scan came.
    """

    role: str
    login: str
    account: str = ""
    name: str = ""
    nip: str = ""
    scanned: bool = False
    deliveries: tuple[Mapping[str, Any], ...] = ()

    @property
    def writes_as(self) -> str:
        """Whose the line of the move is: the machine's where a scan spoke for itself."""
        return MACHINE if self.scanned else self.role

    def is_in_person(self, held: Official) -> bool:
        """Say whether that official acts, as far as accounts tell: by the hand-over, the NIP, or else the name."""
        if not self.account:
            return False
        if held.account:
            return self.account == held.account
        return same_nip(self.nip, held.nip) if held.nip else self.name.casefold() == held.name.casefold()


def holding(by: Actor, at: datetime, office: Office) -> Official | None:
    """Return who holds the actor's role that day; None where the office names nobody for it.

    Raises:
        NotAllowed: the office has named holders for the role, but none for this day; or the actor has handed the role
            over to somebody who acts instead of them (Plh., Plt.).
    """
    held = office.holder(by.role, at.date(), by.account or by.login)
    if held is None and any(o.role == by.role for o in office.officials):
        raise NotAllowed(
            f"Tidak ada pemegang peran {by.role!r} pada {at:%d-%m-%Y}.",
            "Catat pejabat atau Plh./Plt. untuk hari ini di office.toml, atau alihkan tugasnya.",
        )
    if held and held.in_place_of and held.in_place_of == (by.account or by.login):
        raise NotAllowed(
            f"Tugas {held.title} Anda alihkan kepada {held.name} ({held.acting}) {period(held)}; Anda hanya membaca.",
            "Tarik pengalihan itu di halaman Alih tugas bila Anda sendiri yang memutuskan.",
        )
    return held


def holder(by: Actor, at: datetime, office: Office) -> dict[str, str]:
    """Return who holds the actor's role that day, as the journal says it.

    It has ``jabatan``, ``nama``, ``nip``, and as ``akun`` the actor's own login where the holder acts in person.

    Raises:
        NotAllowed: as :func:`holding` does.
    """
    if (held := holding(by, at, office)) is None:
        return {}
    named = {"jabatan": held.signing_title.replace("\n", ", "), "nama": held.name, "nip": held.nip}
    return {**named, "akun": by.login} if by.is_in_person(held) else named
