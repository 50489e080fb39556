"""Where the office's mail arrives (``office.toml``, ``[kotak_surel]``): which mailbox is emptied into the inbox."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from pipeline.cases.sop import YANKOMAS
from pipeline.mail.server_plan import ServerPlan, check_server, server_values
from pipeline.office.office_file import Table, fault, within

_FOLDER = re.compile(r"[ -~]{1,100}")
_UNFIT = re.compile(r'["\\]')


@dataclass(frozen=True, slots=True)
class MailboxPlan(ServerPlan):
    """The mailbox that is emptied, if the office has one.

    ``folder`` is what is emptied, ``done`` where mails go whose outcome is noted (empty: they stay there, marked).
    ``seconds`` lie between two visits. ``receipts``: whose mail became a case is sent the receipt by mail. ``service``
    is whose cases its mails become (empty: Yankomas's).
    """

    port: int = 993
    folder: str = "INBOX"
    done: str = ""
    seconds: float = 60.0
    receipts: bool = False
    service: str = ""

    def inbox_folder(self, services: Collection[str]) -> str:
        """Return the folder of the inbox into which mails are put; ``services`` are those in use.

        Raises:
            SettingsFault: they are for a service that is not among them.
        """
        if self.service and self.service not in services:
            raise fault(
                "kotak_surel.layanan",
                f"{self.service!r} tidak dipakai di kantor ini",
                "Jalankan `yankomas layanan pasang` dengan namanya, atau kosongkan: surelnya lalu pengaduan.",
            )
        return self.service


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
        service="" if (service := table.get("layanan", str, usual.service)) == YANKOMAS else service,
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
    if plan.receipts and plan.service:
        raise fault("kotak_surel.tanda_terima", "hanya bagi surel pengaduan", "Pilih false, atau kosongkan `layanan`.")
    if plan.done == plan.folder:
        raise fault("kotak_surel.folder_selesai", "sama dengan `folder`", "Pilih folder lain, atau kosongkan.")
