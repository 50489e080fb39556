"""Asks a service in the office's network over HTTP, within a time; nothing of what is sent or answered is logged.

Python's own client is used: it writes no log, follows no redirect, takes no proxy from the environment, so that what is
sent (a passphrase among it) goes to the address in the settings and nowhere else.
"""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.errors import Passing

_LARGEST = 400_000_000  # bytes of an answer


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status, and the body."""

    status: int
    body: bytes


def ask(address: str, body: bytes, headers: Mapping[str, str], seconds: float, who: str) -> Answer:
    """Send a body (POST) and return the answer; ``who`` is what the service is called, for people.

    Raises:
        Passing: it cannot be reached, breaks off, or takes longer than *seconds*.
    """
    parts = urlsplit(address)
    secure = parts.scheme == "https"
    host, port = parts.hostname or "", parts.port
    connection = (
        http.client.HTTPSConnection(host, port, timeout=seconds, context=ssl.create_default_context())
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
