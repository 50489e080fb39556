"""What the doctor says of mail: whether the server takes any, tried without sending, and whom it does not reach."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlsplit

from pipeline.access.ports import People
from pipeline.errors import YankomasError
from pipeline.intake.mailbox import MailboxServer
from pipeline.mail.ports import Carrier, SentRecord, TroubleNote
from pipeline.work.ports import Check

_THING, _MAILBOX = "Surel", "Kotak surel"
_FROM_ANOTHER = "surel kantor ini diurus folder tempat ia dijalankan"
#: Mails that are counted at most.
_COUNTED = 1000


class Mailing(Protocol):
    """The mail of an office."""

    @property
    def mail_carrier(self) -> Carrier | None:
        """The server; None where the office sends no mail."""

    @property
    def mail_trouble(self) -> TroubleNote:
        """What keeps mail from going out."""

    @property
    def links_to(self) -> str:
        """The web desk's address in mail."""

    @property
    def people(self) -> People:
        """The people of the desk."""

    @property
    def mails_from_here(self) -> bool:
        """Whether people are told, and the mailbox is emptied, from this folder."""

    def sent_record(self) -> SentRecord:
        """Build the record of what people were told."""

    @property
    def mailbox_server(self) -> MailboxServer | None:
        """The office's mailbox; None where none is emptied."""

    def mailbox_folder(self) -> str:
        """Return where in the inbox its mails are put; raises ``SettingsFault`` for a service that is not in use."""


def mail_checks(root: Mailing, *, accounts: bool) -> Iterator[Check]:
    """Try the mail server, and say whom no mail reaches; ``accounts``: there are any."""
    if not root.mails_from_here:
        yield Check(_THING, True, f"tidak dari folder ini: {_FROM_ANOTHER}")
        return
    if (carrier := root.mail_carrier) is None:
        yield Check(_THING, True, "tidak dipakai: yang mendesak diberitahukan di meja web saja")
        return
    try:
        carrier.try_out()
    except YankomasError as fault:
        yield Check(_THING, False, fault.message, fault.remedy, code=fault.exit_code)
    else:
        yield Check(_THING, True, "server menerima kantor ini (dicoba tanpa mengirim)")
    if trouble := root.mail_trouble.read():
        fact = f"tidak ada yang terkirim sejak {trouble.since:%d/%m %H.%M}: {trouble.why}"
        yield Check(_THING, True, fact, "Yang belum terkirim dikirim sendiri begitu server menerimanya.", caution=True)
    if _is_local(root.links_to):
        remedy = "Isi [surel] alamat_meja di office.toml."
        yield Check(
            _THING, True, f"tautannya, {root.links_to}, tidak dapat dibuka dari komputer lain", remedy, caution=True
        )
    if accounts:
        yield from _unreached(root)


def _is_local(link: str) -> bool:
    host = urlsplit(link).hostname or ""
    try:
        return (address := ipaddress.ip_address(host)).is_loopback or address.is_unspecified
    except ValueError:
        return host == "localhost"


def _unreached(root: Mailing) -> Iterator[Check]:
    there = [a for a in root.people.accounts.all() if a.ready and not a.locked]
    refusals = root.sent_record().refusals()
    for account in there:
        refusal = refusals.get(account.login)
        if refusal and refusal.address == account.address:
            fact = f"akun {account.login}, {refusal.at:%d/%m}: {refusal.why}"
            yield Check(_THING, True, fact, "Betulkan alamatnya di halaman Akun.", caution=True)
    without = [account.login for account in there if not account.address]
    if without:
        yield Check(_THING, True, f"tanpa alamat, jadi hanya diberi tahu di meja web: {', '.join(without)}")


def mailbox_checks(root: Mailing) -> Iterator[Check]:
    """Try the mailbox: whether it lets us in, and lets mails be marked or moved; nothing is fetched."""
    if not root.mails_from_here:
        yield Check(_MAILBOX, True, f"tidak dari folder ini: {_FROM_ANOTHER}")
        return
    if (server := root.mailbox_server) is None:
        yield Check(_MAILBOX, True, "tidak dipakai: surel pengaduan diletakkan di kotak masuk oleh petugas")
        return
    try:
        service = root.mailbox_folder()
        with server.opened() as visit:
            waiting = len(visit.waiting(_COUNTED))
    except YankomasError as fault:
        yield Check(_MAILBOX, False, fault.message, fault.remedy, code=fault.exit_code)
    else:
        whose = f" bagi layanan {service}" if service else ""
        yield Check(_MAILBOX, True, f"terbuka; {waiting} surel menunggu{whose} (dicoba tanpa mengambil)")
