"""Where the office's mail arrives (``office.toml``, ``[kotak_surel]``): which mailbox is emptied into the inbox."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.mail.server_plan import ServerPlan, check_server, server_values
from pipeline.office.office_file import Table, fault, within

_FOLDER = re.compile(r"[ -~]{1,100}")
_UNFIT = re.compile(r'["\\]')


@dataclass(frozen=True, slots=True)
class MailboxPlan(ServerPlan):
    """The mailbox that is emptied, if the office has one.

    ``folder`` is what is emptied, ``done`` where mails go whose outcome is noted (empty: they stay there, marked).
    ``seconds`` lie between two visits. ``receipts``: whose mail became a case is sent the receipt by mail.
    """

    port: int = 993
    folder: str = "INBOX"
    done: str = ""
    seconds: float = 60.0
    receipts: bool = False


def mailbox_plan_of(table: Table) -> MailboxPlan:
    """Read the table ``kotak_surel``; an office without a mailbox may leave it out.

    Raises:
        SettingsFault: it is not as it should be; names the key.
    """
    usual = MailboxPlan()
    plan = MailboxPlan(
        **server_values(table, usual),
        folder=table.get("folder", str, usual.folder),
        done=table.get("folder_selesai", str, usual.done),
        seconds=within(table, "selang_detik", 10, 3600, usual.seconds),
        receipts=table.get("tanda_terima", bool, usual.receipts),
    )
    table.done()
    _check(plan)
    return plan


def _check(plan: MailboxPlan) -> None:
    check_server(plan, "kotak_surel", 'Pilih "tls".')
    if plan.is_on and not (plan.user and plan.password_file):
        raise fault("kotak_surel.pengguna", "dan `berkas_sandi` harus diisi", "Isi keduanya, atau kosongkan `server`.")
    for key, name in (("folder", plan.folder), ("folder_selesai", plan.done)):
        if (name or key == "folder") and (not _FOLDER.fullmatch(name) or _UNFIT.search(name)):
            raise fault(f"kotak_surel.{key}", f"{name!r} bukan nama folder surel", "Tulis huruf dan angka biasa.")
    if plan.done == plan.folder:
        raise fault("kotak_surel.folder_selesai", "sama dengan `folder`", "Pilih folder lain, atau kosongkan.")
