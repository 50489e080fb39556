"""What ``office.toml`` says of a mail server, sending or receiving: where it is, as whom, and how it is trusted.

No password stands in the settings, only the file in which it lies.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pipeline.office.office_file import Table, fault, within

#: TLS from the first byte (RFC 8314), after the server's greeting (RFC 3207), or none: for a server on this machine.
IMPLICIT, STARTTLS, PLAIN = "tls", "starttls", "tidak"
KINDS = (STARTTLS, IMPLICIT, PLAIN)
#: How this machine calls itself.
_HERE = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class ServerPlan:
    """A server; ``server`` is empty where the office uses none.

    ``password_file`` holds the password of ``user``, ``issuers`` (a PEM file) who vouches for the server's name.
    """

    server: str = ""
    port: int = 0
    tls: str = IMPLICIT
    user: str = ""
    password_file: str = ""
    issuers: str = ""

    @property
    def is_on(self) -> bool:
        """Whether the office uses it."""
        return bool(self.server)


def server_values(table: Table, usual: ServerPlan) -> dict[str, Any]:
    """Return what a table says of its server, by the plan's fields."""
    return {
        "server": table.get("server", str, usual.server),
        "port": int(within(table, "pintu", 1, 65535, usual.port)),
        "tls": table.get("tls", str, usual.tls),
        "user": table.get("pengguna", str, usual.user),
        "password_file": table.get("berkas_sandi", str, usual.password_file),
        "issuers": table.get("sertifikat_server", str, usual.issuers),
    }


def check_server(plan: ServerPlan, section: str, encrypted: str) -> None:
    """Make sure that a server can be named so, and that only one on this machine goes without TLS.

    ``encrypted`` says what to choose instead.

    Raises:
        SettingsFault: it is not; names the key.
    """
    if plan.tls not in KINDS:
        raise fault(f"{section}.tls", f"{plan.tls!r} tidak dikenal", f"Pilih: {', '.join(KINDS)}.")
    if any(sign.isspace() or not sign.isprintable() for sign in plan.server):
        raise fault(f"{section}.server", f"{plan.server!r} bukan nama server", "Tulis misalnya surel.kantor.go.id.")
    if plan.is_on and plan.tls == PLAIN and plan.server not in _HERE:
        raise fault(f"{section}.tls", f"tanpa TLS, padahal {plan.server} bukan komputer ini", encrypted)
