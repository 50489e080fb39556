"""Where the office's mail arrives (``office.toml``, ``[kotak_surel]``): which mailbox is emptied into the inbox.

No password stands in the settings, only the file in which it lies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.mail.mail_settings import HERE, IMPLICIT, KINDS, PLAIN
from pipeline.office.office_file import Table, fault, within

_FOLDER = re.compile(r"[ -~]{1,100}")
_UNFIT = re.compile(r'["\\]')


@dataclass(frozen=True, slots=True)
class MailboxPlan:
    """All of it. ``server`` is empty where the office has no mailbox that is emptied.

    ``folder`` is what is emptied, ``done`` where mails go whose outcome is noted (empty: they stay there, marked).
    ``seconds`` lie between two visits.
    """

    server: str = ""
    port: int = 993
    tls: str = IMPLICIT
    user: str = ""
    password_file: str = ""
    issuers: str = ""
    folder: str = "INBOX"
    done: str = ""
    seconds: float = 60.0

    @property
    def is_on(self) -> bool:
        """Whether a mailbox is emptied."""
        return bool(self.server)


def mailbox_plan_of(table: Table) -> MailboxPlan:
    """Read the table ``kotak_surel``; an office without a mailbox may leave it out.

    Raises:
        SettingsFault: it is not as it should be; names the key.
    """
    usual = MailboxPlan()
    plan = MailboxPlan(
        server=table.get("server", str, usual.server),
        port=int(within(table, "pintu", 1, 65535, usual.port)),
        tls=table.get("tls", str, usual.tls),
        user=table.get("pengguna", str, usual.user),
        password_file=table.get("berkas_sandi", str, usual.password_file),
        issuers=table.get("sertifikat_server", str, usual.issuers),
        folder=table.get("folder", str, usual.folder),
        done=table.get("folder_selesai", str, usual.done),
        seconds=within(table, "selang_detik", 10, 3600, usual.seconds),
    )
    table.done()
    _check(plan)
    return plan


def _check(plan: MailboxPlan) -> None:
    if plan.tls not in KINDS:
        raise fault("kotak_surel.tls", f"{plan.tls!r} tidak dikenal", f"Pilih: {', '.join(KINDS)}.")
    if any(sign.isspace() or not sign.isprintable() for sign in plan.server):
        raise fault("kotak_surel.server", f"{plan.server!r} bukan nama server", "Tulis misalnya surel.kantor.go.id.")
    if plan.is_on and not (plan.user and plan.password_file):
        raise fault("kotak_surel.pengguna", "dan `berkas_sandi` harus diisi", "Isi keduanya, atau kosongkan `server`.")
    if plan.is_on and plan.tls == PLAIN and plan.server not in HERE:
        raise fault("kotak_surel.tls", f"tanpa TLS, padahal {plan.server} bukan komputer ini", 'Pilih "tls".')
    for key, name in (("folder", plan.folder), ("folder_selesai", plan.done)):
        if (name or key == "folder") and (not _FOLDER.fullmatch(name) or _UNFIT.search(name)):
            raise fault(f"kotak_surel.{key}", f"{name!r} bukan nama folder surel", "Tulis huruf dan angka biasa.")
    if plan.done == plan.folder:
        raise fault("kotak_surel.folder_selesai", "sama dengan `folder`", "Pilih folder lain, atau kosongkan.")
