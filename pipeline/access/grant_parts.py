"""What granting works with: the people, who holds which post, the time, and what writes into the access log."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from pipeline.access.ports import Accounts, People
from pipeline.access.requests import Request, Staff, watchers
from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.officials import Official
from pipeline.office.roles import OfficeRoles
from pipeline.office.wording import hinted

#: Changes the office's file or its SOP as a request asks for it: who confirms it, and what settles it once nothing is
#: in the way.
CarryOut = Callable[[Request, str, Callable[[], bool]], None]


def _nowhere(request: Request, by: str, claim: Callable[[], bool]) -> None:
    raise NotAllowed("Pengaturan kantor tidak disahkan dari sini.", "Sahkan di halaman Pengesahan.")


def staff_of(accounts: Accounts, officials: tuple[Official, ...], now: datetime, of: OfficeRoles) -> Staff:
    """Return everybody as it stands now."""
    return Staff(accounts.all(), accounts.ever_held(), officials, now, accounts.nips_before(), of)


@dataclass(frozen=True, slots=True)
class GrantParts:
    """What granting needs: the people, who holds which post, the time, and what writes into the access log.

    ``of`` are the office's roles; ``carry_out`` changes the office's file, or its SOP, as it was confirmed.
    """

    people: People
    officials: tuple[Official, ...]
    now: datetime
    note: Callable[[str], None]
    of: OfficeRoles
    carry_out: CarryOut = _nowhere

    @property
    def staff(self) -> Staff:
        """Everybody as it stands now."""
        return staff_of(self.people.accounts, self.officials, self.now, self.of)

    def require_known(self, roles: Iterable[str]) -> None:
        """Make sure that roles are some of this office: of its SOP, its services, or the program.

        Raises:
            Incomplete: one is not; names those that are.
        """
        for role in roles:
            if role not in self.of.given:
                told = hinted(f"Peran {role!r} tidak dikenal", role, self.of.given)
                raise Incomplete(f"{told}.", f"Pilih: {', '.join(self.of.given)}.")

    def tell(self, words: str, *also: str) -> None:
        """Tell it to admins and officials, and to these."""
        self.people.notices.tell(watchers(self.staff, *also), words, self.now)
