"""The desk of an office as an agent far away comes to it: over the network, by a token."""

from __future__ import annotations

import http.client
import json
import secrets
import ssl
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipeline.errors import Passing, SettingsFault
from pipeline.intake.agents import said_of_itself
from pipeline.register.ports import Claim

#: Seconds for which an answer is waited for.
_ANSWER = 180.0
_PIECE = 1 << 16
_MOST = 1 << 20  # bytes of an answer
_SHOWN = 500  # letters of what it says


@dataclass(frozen=True, slots=True)
class Centre:
    """Where files go to, and the token with which they are taken there."""

    address: str
    token: str

    def __post_init__(self) -> None:
        """Refuse to send complaints, and the token, in clear text beyond this machine.

        Raises:
            SettingsFault: that would be so, or it is no address.
        """
        parts = urlsplit(self.address)
        local = parts.hostname in ("localhost", "127.0.0.1", "::1")
        if not parts.hostname or parts.scheme not in ("https", "http") or (parts.scheme == "http" and not local):
            raise SettingsFault(
                f"{self.address} tidak dapat dipakai sebagai tujuan titipan.", "Tulis alamat https:// meja webnya."
            )

    def handed(self, claim: Claim, claimed_at: datetime) -> tuple[int, dict[str, Any]]:
        """Hand a claimed file over; return the status of the answer and what it says.

        Raises:
            Passing: there is no answer.
        """
        boundary = secrets.token_hex(16)
        head, tail = _form(claim, claimed_at, boundary)
        kind, length = f"multipart/form-data; boundary={boundary}", len(head) + claim.blob.size + len(tail)
        return self._answer("PUT", f"/api/titipan/{claim.id}", _body(claim, head, tail), kind, length)

    def asked(self, path: str, told: Mapping[str, Any]) -> tuple[int, dict[str, Any]]:
        """Ask something, as JSON; return the status of the answer and what it says.

        Raises:
            Passing: there is no answer.
        """
        body = json.dumps(told).encode()
        return self._answer("POST", path, body, "application/json", len(body))

    def _answer(
        self, method: str, path: str, body: bytes | Iterator[bytes], kind: str, length: int
    ) -> tuple[int, dict[str, Any]]:
        parts = urlsplit(self.address)
        port, host = parts.port, parts.hostname or ""
        made = (
            http.client.HTTPSConnection(host, port, timeout=_ANSWER, context=ssl.create_default_context())
            if parts.scheme == "https"
            else http.client.HTTPConnection(host, port, timeout=_ANSWER)
        )
        said = {"authorization": f"Bearer {self.token}", "content-type": kind, "content-length": str(length)}
        said["user-agent"] = said_of_itself()
        try:
            made.request(method, f"{parts.path.rstrip('/')}{path}", body, said)
            answer = made.getresponse()
            found = answer.read(_MOST)
        except (OSError, http.client.HTTPException) as fault:
            raise Passing(
                "Pusat tidak dapat dihubungi; berkas menunggu di sini.",
                "Periksa jaringan; program mencoba lagi sendiri.",
            ) from fault
        finally:
            made.close()
        try:
            told = json.loads(found)
        except ValueError:
            told = {}
        return answer.status, told if isinstance(told, dict) else {}


def not_taken(status: int, told: Mapping[str, Any]) -> Passing:
    """Return that the centre did not take a file by this answer: it is handed over again. What it said is shown."""
    why, remedy = (str(told.get(part) or "")[:_SHOWN] for part in ("title", "remedy"))
    again = "Program mencoba lagi sendiri."
    return Passing(f"Pusat belum menerima titipan (jawaban {status}). {why}".rstrip(), f"{remedy} {again}".lstrip())


def _form(claim: Claim, claimed_at: datetime, boundary: str) -> tuple[bytes, bytes]:
    """Return what stands before and behind the file in the form."""
    fields = {"sha256": claim.blob.sha256, "map": claim.folder, "diambil": claimed_at.isoformat()}
    said = "".join(
        f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    name = "".join("_" if sign in '"\r\n\\' else sign for sign in claim.blob.name)
    if not any(map(str.isalnum, Path(name).stem)):  # of which the other side would leave nothing
        name = f"titipan{Path(name).suffix.rstrip('.')}"
    said += f'--{boundary}\r\ncontent-disposition: form-data; name="berkas"; filename="{name}"\r\n'
    said += "content-type: application/octet-stream\r\n\r\n"
    return said.encode("utf-8", "replace"), f"\r\n--{boundary}--\r\n".encode()


def _body(claim: Claim, head: bytes, tail: bytes) -> Iterator[bytes]:
    """Yield the form piece by piece; the file is never whole in memory."""
    yield head
    with claim.blob.local() as path, open(path, "rb") as file:
        while piece := file.read(_PIECE):
            yield piece
    yield tail
