"""How the office's mail goes out (``office.toml``): by which server, as whom, and where the links in it lead.

Who is told what, and when, is another question: ``owed.py``. Without a server nobody is written to.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.access.addresses import checked_address
from pipeline.errors import Incomplete
from pipeline.mail.server_plan import PLAIN, STARTTLS, ServerPlan, check_server, server_values
from pipeline.office.office_file import Table, fault


@dataclass(frozen=True, slots=True)
class MailPlan(ServerPlan):
    """The server by which the office sends mail, as whom; ``desk`` is the web desk's address for links."""

    port: int = 587
    tls: str = STARTTLS
    sender: str = ""
    desk: str = ""


def mail_plan_of(table: Table) -> MailPlan:
    """Read the table ``surel``; an office that sends no mail may leave it out.

    Raises:
        SettingsFault: it is not as it should be; names the key.
    """
    usual = MailPlan()
    plan = MailPlan(
        **server_values(table, usual),
        sender=table.get("pengirim", str, usual.sender),
        desk=table.get("alamat_meja", str, usual.desk).rstrip("/"),
    )
    table.done()
    _check(plan)
    return plan


def _check(plan: MailPlan) -> None:
    check_server(plan, "surel", 'Pilih "starttls" atau "tls".')
    if plan.desk and not plan.desk.startswith(("https://", "http://")):
        raise fault("surel.alamat_meja", "bukan alamat laman", "Tulis misalnya https://yankomas.kantor.go.id.")
    if any(sign.isspace() or not sign.isprintable() for sign in plan.desk):
        raise fault("surel.alamat_meja", "bukan alamat laman", "Tulis tanpa spasi.")
    if bool(plan.user) != bool(plan.password_file):
        raise fault("surel.berkas_sandi", "dan `pengguna` harus diisi bersama", "Isi keduanya, atau kosongkan.")
    if plan.user and plan.tls == PLAIN:
        raise fault("surel.tls", "tanpa TLS, padahal ada sandi", 'Pilih "starttls" atau "tls".')
    try:
        address = checked_address(plan.sender)
    except Incomplete:
        raise fault("surel.pengirim", "bukan satu alamat surel", "Tulis misalnya yankomas@kantor.go.id.") from None
    if plan.is_on and not address:
        raise fault("surel.pengirim", "kosong", "Isi alamat yang boleh mengirim lewat server itu.")
