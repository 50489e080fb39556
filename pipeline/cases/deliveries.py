"""Who brought a file to the office, and by which way; who said in the inbox what becomes of it.

Whoever sends a file by the desk, the API or as a remote office is known, and noted before the file lies in the inbox.
Of a file that was put into the inbox's folder nobody is known: its owner on the disk is the scanner's account, or that
of whoever copied it last, and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from pipeline.cases.line_values import text_in

#: The ways by which files come: by the desk, by the API, from a remote office, out of the office's mailbox.
DESK, API, REMOTE, MAILBOX = "meja", "api", "titipan", "kotak-surel"
#: Or by a command on the office's machine; ``login`` is then the system's account, as the terminal has no others.
COMMAND = "perintah"
#: Or it lay in the inbox's folder, and nobody said who put it there.
FOLDER = "map"
#: What people say of a file in the inbox: it belongs to a case, it is a new complaint, it is to be tried again.
ATTACHED, REGISTERED, RETRIED = "dilampirkan", "didaftarkan", "dikembalikan"
_PLACED = {ATTACHED: "Dilampirkan oleh", REGISTERED: "Didaftarkan oleh", RETRIED: "Dikembalikan oleh"}
_WAYS = {
    DESK: "meja web",
    API: "API",
    REMOTE: "titipan kantor jauh",
    MAILBOX: "kotak surel kantor, diambil mesin",
    COMMAND: "perintah di komputer kantor",
    FOLDER: "map kotak masuk (pemindai atau folder bersama); tidak tercatat siapa yang menaruhnya",
}
#: What stands for when something was done where a line does not say it.
_NO_MOMENT = datetime.min


@dataclass(frozen=True, slots=True)
class Delivery:
    """One act by which a file came, or was placed: by which ``way``, when, by whom.

    ``login`` is who was at the machine (an account's, or a token's), ``account``, ``nip`` and ``name`` the person
    behind it, as far as known. All four are empty where nobody acted. ``at`` is the first of all moments where a line
    has none.
    """

    way: str
    at: datetime
    login: str = ""
    account: str = ""
    nip: str = ""
    name: str = ""

    @property
    def places(self) -> bool:
        """Whether it says what becomes of a file that came before."""
        return self.way in _PLACED

    def as_data(self) -> dict[str, str]:
        """Return it as a line of the journal has it."""
        told = {"login": self.login, "akun": self.account, "nip": self.nip, "nama": self.name}
        moment = {"pada": self.at.isoformat()} if self.at != _NO_MOMENT else {}
        return {"cara": self.way, **moment, **{key: text for key, text in told.items() if text}}

    @classmethod
    def from_data(cls, told: Any) -> Self:
        """Return what :meth:`as_data` made."""
        moment = _NO_MOMENT
        with suppress(ValueError):
            moment = datetime.fromisoformat(text_in(told, "pada"))
        return cls(text_in(told, "cara"), moment, *(text_in(told, key) for key in ("login", "akun", "nip", "nama")))


def told(deliveries: Iterable[Delivery]) -> Iterator[tuple[str, str]]:
    """Yield in words how a file came and what was said of it; nothing of what earlier versions filed."""
    for one in deliveries:
        way, who = one.way, _who(one)
        if way in _PLACED:
            yield _PLACED[way], who
        else:
            yield "Masuk lewat", f"{_WAYS.get(way, way)}{f', oleh {who}' if who else ''}"


def in_words(deliveries: Iterable[Delivery]) -> Iterator[str]:
    """Yield the same, each as a part of a sentence."""
    return (f"{label[0].lower()}{label[1:]} {words}" for label, words in told(deliveries))


def delivered_by(deliveries: Iterable[Delivery]) -> Iterator[str]:
    """Yield in words what people did of it, each with who that was."""
    return in_words(one for one in deliveries if one.login)


def _who(one: Delivery) -> str:
    """Return who acted: ``Siti Rekaan (akun siti)``, ``token-gateway milik Siti Rekaan (akun siti)``."""
    login, account, name = one.login, one.account, one.name
    if not account or account == login:
        shown = f"akun {login}" if login else ""
        return f"{name} ({shown})" if name and shown else shown
    return f"{login} milik {f'{name} (akun {account})' if name else f'akun {account}'}"
