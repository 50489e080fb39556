"""E-mail addresses of accounts: one mailbox as people type it (RFC 5322 *addr-spec*), on one line, in plain letters."""

from __future__ import annotations

import re

from pipeline.errors import Incomplete

_LONGEST, _LONGEST_LOCAL = 254, 64  # octets of a path and of what stands before the @ (RFC 5321, 4.5.3.1)
_PLAIN = re.IGNORECASE | re.ASCII  # without the second, ſ and the sign for kelvin are letters of these, too
#: A domain that mail can be sent to over the network: names of letters, digits, hyphens with a dot between (RFC 1123).
_DOMAIN = re.compile(
    r"(?=.{4,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])", _PLAIN
)
#: What stands before the @ without quotes (RFC 5322, *dot-atom*), but for signs that offices give to nobody.
_LOCAL = re.compile(r"[a-z0-9_+&'-]+(?:\.[a-z0-9_+&'-]+)*", _PLAIN)


def checked_address(typed: str) -> str:
    """Return an address as it is kept; it may be empty.

    Raises:
        Incomplete: it is none: two of them, a name beside it, a line end, letters that a mail server need not know.
    """
    address = typed.strip()
    if address and not _is_address(address):
        why = "bukan satu alamat surel"
        raise Incomplete(
            f"Alamat surel itu {why}.",
            "Tulis misalnya siti.rekaan@kantor.contoh, tanpa nama dan tanda lain.",
            {"surel": ("Surel", why)},
        )
    return address


def _is_address(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    if len(text) > _LONGEST or len(local) > _LONGEST_LOCAL:
        return False
    return bool(_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain))
