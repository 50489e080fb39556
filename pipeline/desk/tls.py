"""Where the desk may listen without TLS: on this machine alone. Light, as it is asked before anything is started."""

from __future__ import annotations

import ipaddress

from pipeline.errors import SettingsFault
from pipeline.work.settings import WebSettings


def require_tls(settings: WebSettings) -> None:
    """Refuse to listen beyond this machine without TLS: passwords and complaints would pass in clear text.

    Behind a proxy that speaks TLS only the proxy's connections are taken, so it must be named.

    Raises:
        SettingsFault: it would, or the proxy is not named.
    """
    if settings.proxy_speaks_tls and not settings.proxies and not is_loopback(settings.host):
        raise SettingsFault(
            f"Meja web tidak dibuka pada {settings.host}: belum disebut proksi mana yang di depannya.",
            'Isi [web] proksi = ["alamat proksi"] di office.toml; hanya sambungan darinya yang diterima. '
            "Atau kembalikan alamat ke 127.0.0.1 bila proksinya di komputer ini.",
        )
    if not (is_loopback(settings.host) or settings.tls):
        raise SettingsFault(
            f"Meja web tidak dibuka pada {settings.host} tanpa TLS: kata sandi dan isi surat akan terbaca di jaringan.",
            'Isi [web] tls = "sertifikat" dengan sertifikatnya di office.toml, atau "proksi" bila server https ada di '
            "depannya; atau kembalikan alamat ke 127.0.0.1.",
        )


def is_loopback(host: str) -> bool:
    """Say whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback
