"""Who acted, and in whose place: the account that was at the machine, and the official who held the role that day."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.archived import Archived
from pipeline.cases.events import Confirmed, Decided, Disputed, Event, Retried, Withdrawn
from pipeline.cases.redacted import Redacted
from pipeline.cases.transferred import Transferred

#: Who is said to have been at the machine when the page code on a paper spoke.
BY_CODE = "kode-halaman"
_TOKEN = "token-"  # noqa: S105 - how logins of programs begin


@dataclass(frozen=True, slots=True)
class Acted:
    """Who acted: by ``login``; ``post`` and ``name`` are those of who held the role that day, as far as known.

    ``in_person``: the account is that official's. Of what older versions wrote that is not known.
    """

    login: str = ""
    post: str = ""
    name: str = ""
    in_person: bool = False

    def words(self, role: str) -> str:
        """Return it in words, the role as people call it: ``Dewi Rekaan (akun dewi), Plh. Kepala Kantor Wilayah``."""
        if not self.login:
            return role
        if self.in_person and self.name:
            return f"{self.name} ({self._account}), {self.post}"
        held = f" (pemegang hari itu: {self.name}, {self.post})" if self.name else ""
        return f"{self._account}, {'bagi' if self.login == BY_CODE else 'sebagai'} {role}{held}"

    @property
    def _account(self) -> str:
        if self.login.startswith(_TOKEN):
            return self.login
        return "kode halaman pada pindaian" if self.login == BY_CODE else f"akun {self.login}"


#: Of lines that name nobody.
NOBODY = Acted()


def acted(event: Event | None) -> Acted:
    """Return who acted by a line of the journal; nobody is named where a line names nobody."""
    match event:
        case Decided() | Redacted() | Transferred() | Archived():
            post, name = (str(event.holder.get(key, "")) for key in ("jabatan", "nama"))
            return Acted(event.login, post, name, bool(event.login) and event.holder.get("akun") == event.login)
        case Retried() | Disputed() | Confirmed() | Withdrawn():
            return Acted(event.login)
        case _:
            return NOBODY
