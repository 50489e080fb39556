"""Asks a service in the office's network over HTTP, within a time; nothing of what is sent or answered is logged.

Python's own client is used: it writes no log, follows no redirect, takes no proxy from the environment, so that what is
sent (a passphrase among it) goes to the address in the settings and nowhere else.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pipeline.errors import Passing, SettingsFault

_LARGEST = 400_000_000  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status, and the body."""

    status: int
    body: bytes


def ask(
    address: str, body: bytes, headers: Mapping[str, str], seconds: float, who: str, issuers: Path | None = None
) -> Answer:
    """Send a body (POST) and return the answer; ``who`` is what the service is called, for people.

    ``issuers`` is a PEM file of those who vouch for the service's name; without one the system's do.

    Raises:
        SettingsFault: that file cannot be used.
        Passing: it cannot be reached, breaks off, or takes longer than *seconds*.
    """
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port
    connection = (
        http.client.HTTPSConnection(host, port, timeout=seconds, context=_context(issuers))
        if secure
        else http.client.HTTPConnection(host, port, timeout=seconds)
    )
    try:
        connection.request("POST", parts.path or "/", body, dict(headers))
        response = connection.getresponse()
        return Answer(response.status, response.read(_LARGEST))
    except TimeoutError:
        raise Passing(f"{who} tidak menjawab dalam {seconds:g} detik.", "Coba lagi nanti.") from None
    except (OSError, http.client.HTTPException):
        raise Passing(
            f"{who} tidak dapat dihubungi.", "Periksa jaringan kantor dan alamatnya di office.toml, lalu coba lagi."
        ) from None
    finally:
        connection.close()


def _context(issuers: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(issuers) if issuers else None)
    except (OSError, ValueError):  # ssl.SSLError is an OSError
        raise SettingsFault(
            f"Berkas sertifikat server {issuers.name if issuers else ''} tidak dapat dipakai.",
            "Periksa [tanda_tangan.bsre] sertifikat_server di office.toml (PEM).",
        ) from None
