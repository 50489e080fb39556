"""Who has come in: somebody in a session, or a program with a token, with the roles held today."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.access.rights import Right, may
from pipeline.access.secrecy import reader_account
from pipeline.cases.actor import Actor
from pipeline.office.roles import only_in_services


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who has come in: login, name, the roles held today, the session and the token that its forms carry.

    ``account`` and ``nip`` are empty for programs of no account; ``away`` are the roles in which another acts instead
    today (Plh., Plt.); ``program_role`` is the role of a program's token; ``left`` the seconds until the
    session ends if nothing more is done; ``kinds`` say what the roles may.
    """

    login: str
    name: str
    roles: frozenset[str]
    session: bytes
    csrf: str
    account: str = ""
    nip: str = ""
    away: frozenset[str] = frozenset()
    program_role: str = ""
    left: float = 0.0
    kinds: frozenset[str] = frozenset()

    @property
    def whose(self) -> str:
        """Who has the places in the lanes: the account with all its sessions and tokens, or a program of none."""
        return f"akun {self.account}" if self.account else f"program {self.login}"

    @property
    def acts_in(self) -> frozenset[str]:
        """The roles in which the visitor may act; in others somebody else does for a time, and they only read."""
        return self.roles - self.away

    @property
    def standing(self) -> frozenset[str]:
        """The roles held, together with what they may."""
        return self.roles | self.kinds

    @property
    def sees(self) -> frozenset[str]:
        """The roles held, what they may, and the account itself: those as whom cases are opened."""
        account = self.account or self.login
        return self.standing | ({reader_account(account)} if account else frozenset())

    @property
    def only_in_services(self) -> bool:
        """Whether the visitor has roles of services besides Yankomas, and no other."""
        return only_in_services(self.roles)

    def acting(self, role: str) -> Actor:
        """Return the visitor as who acts in a role."""
        return Actor(role, self.login, self.account, self.name, self.nip)

    def may(self, right: Right | str) -> bool:
        """Say whether the visitor has a right."""
        return may(self.standing, Right(right))
