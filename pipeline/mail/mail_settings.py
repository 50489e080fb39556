"""How the office's mail goes out (``office.toml``): by which server, as whom, and where the links in it lead.

Who is told what, and when, is another question: ``owed.py``. Without a server nobody is written to. No password stands
in the settings, only the file in which it lies.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.access.addresses import checked_address
from pipeline.errors import Incomplete
from pipeline.office.office_file import Table, fault, within

#: TLS from the first byte (RFC 8314), after the server's greeting (RFC 3207), or none: for a server on this machine.
IMPLICIT, STARTTLS, PLAIN = "tls", "starttls", "tidak"
KINDS = (STARTTLS, IMPLICIT, PLAIN)
#: How this machine calls itself.
HERE = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class MailPlan:
    """All of it. ``server`` is empty where the office sends no mail; ``desk`` is the web desk's address for links.

    ``password_file`` holds the password of ``user``, ``issuers`` (a PEM file) who vouches for the server's name.
    """

    server: str = ""
    port: int = 587
    tls: str = STARTTLS
    user: str = ""
    password_file: str = ""
    issuers: str = ""
    sender: str = ""
    desk: str = ""

    @property
    def is_on(self) -> bool:
        """Whether the office sends mail."""
        return bool(self.server)


def mail_plan_of(table: Table) -> MailPlan:
    """Read the table ``surel``; an office that sends no mail may leave it out.

    Raises:
        SettingsFault: it is not as it should be; names the key.
    """
    usual = MailPlan()
    plan = MailPlan(
        server=table.get("server", str, usual.server),
        port=int(within(table, "pintu", 1, 65535, usual.port)),
        tls=table.get("tls", str, usual.tls),
        user=table.get("pengguna", str, usual.user),
        password_file=table.get("berkas_sandi", str, usual.password_file),
        issuers=table.get("sertifikat_server", str, usual.issuers),
        sender=table.get("pengirim", str, usual.sender),
        desk=table.get("alamat_meja", str, usual.desk).rstrip("/"),
    )
    table.done()
    _check(plan)
    return plan


def _check(plan: MailPlan) -> None:
    if plan.tls not in KINDS:
        raise fault("surel.tls", f"{plan.tls!r} tidak dikenal", f"Pilih: {', '.join(KINDS)}.")
    if any(sign.isspace() or not sign.isprintable() for sign in plan.server):
        raise fault("surel.server", f"{plan.server!r} bukan nama server", "Tulis misalnya surel.kantor.go.id.")
    if plan.desk and not plan.desk.startswith(("https://", "http://")):
        raise fault("surel.alamat_meja", "bukan alamat laman", "Tulis misalnya https://yankomas.kantor.go.id.")
    if any(sign.isspace() or not sign.isprintable() for sign in plan.desk):
        raise fault("surel.alamat_meja", "bukan alamat laman", "Tulis tanpa spasi.")
    if bool(plan.user) != bool(plan.password_file):
        raise fault("surel.berkas_sandi", "dan `pengguna` harus diisi bersama", "Isi keduanya, atau kosongkan.")
    if plan.is_on and plan.tls == PLAIN and plan.server not in HERE:
        raise fault("surel.tls", f"tanpa TLS, padahal {plan.server} bukan komputer ini", 'Pilih "starttls" atau "tls".')
    if plan.user and plan.tls == PLAIN:
        raise fault("surel.tls", "tanpa TLS, padahal ada sandi", 'Pilih "starttls" atau "tls".')
    try:
        address = checked_address(plan.sender)
    except Incomplete:
        raise fault("surel.pengirim", "bukan satu alamat surel", "Tulis misalnya yankomas@kantor.go.id.") from None
    if plan.is_on and not address:
        raise fault("surel.pengirim", "kosong", "Isi alamat yang boleh mengirim lewat server itu.")
