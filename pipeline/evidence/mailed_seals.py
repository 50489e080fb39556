"""Seals by mail to an address of the office: a mailbox that this machine cannot reach back into.

A mail has a number and hashes, nothing of any case. Only people can look into the mailbox, so what lies there is held
against here by hand: ``yankomas segel --cocok``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pipeline.evidence.seal import Seal
from pipeline.mail.ports import Carrier, Mail

_TEXT = """\
Segel arsip Yankomas, {office}

Nomor   : {seq}
Dibuat  : {at:%d-%m-%Y %H.%M}
Segel   : {short}
Lengkap : {hash}

Simpan surel ini; jangan dihapus. Segel ini menjamin seluruh arsip sampai saat itu, dan komputer kantor
tidak dapat menarik surel ini kembali. Sebulan sekali cocokkan satu surel lama dengan arsip:

  yankomas segel --cocok {seq} {short}

Bila tidak cocok, arsip atau segelnya diganti orang: catat, dan laporkan kepada atasan.
"""


@dataclass(frozen=True, slots=True)
class MailedSeals:
    """A mailbox as a witness (see the port)."""

    carrier: Carrier
    address: str
    office: str

    @property
    def place(self) -> str:
        """How the place is called, for people."""
        return f"surel {self.address}"

    def send(self, seal: Seal, now: datetime) -> None:
        """Mail a seal; when this returns, the server has taken it.

        Raises:
            Passing, SettingsFault: the server cannot be used, or does not take it.
        """
        text = _TEXT.format(office=self.office, seq=seal.seq, at=seal.at, short=seal.short, hash=seal.hash)
        name = hashlib.sha256(f"segel {seal.hash}".encode()).hexdigest()[:32]
        with self.carrier.opened() as run:
            run.send(Mail(self.address, f"Yankomas: segel arsip no. {seal.seq}", text, name, now))

    def kept(self) -> Mapping[int, frozenset[str]] | None:
        """Return None: only people can look into a mailbox."""
        return None
