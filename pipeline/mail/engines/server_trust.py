"""How the office's mail servers are trusted: by a certificate that proves the name, with a password of its owner alone.

Where a server is named in ``office.toml``, sending or receiving, ``section`` says for what is told.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import Passing, SettingsFault
from pipeline.system_messages import os_words

_OTHERS = 0o077  # permissions of anybody but the owner
_LONGEST_PASSWORD = 1000
#: What is wrong with a certificate, by OpenSSL's number of it (X509_V_ERR_…).
_UNPROVEN = {
    9: "sertifikatnya belum berlaku",
    10: "sertifikatnya kedaluwarsa",
    18: "sertifikatnya dibuat sendiri",
    19: "penerbit sertifikatnya tidak dipercaya",
    20: "penerbit sertifikatnya tidak dikenal",
    62: "sertifikatnya atas nama lain",
    64: "sertifikatnya atas nama lain",
}


def password_in(file: Path | None, archive: Path | None, section: str) -> str:
    """Return the password that lies in a file; nothing if there is none.

    Raises:
        SettingsFault: it cannot be read, or others can read it too, or it goes wherever the archive goes.
    """
    if file is None:
        return ""
    if archive and file.resolve().is_relative_to(archive.resolve()):
        raise _unfit(section, "berada di dalam arsip", "Pindahkan ke luar archive/, misalnya ke .kunci/.")
    try:
        if file.stat().st_mode & _OTHERS:
            raise _unfit(section, "dapat dibaca akun lain di komputer ini", f"Jalankan: chmod 600 {file}")
        secret = file.read_text(encoding="utf-8").strip()
    except OSError as fault:
        raise _unfit(section, f"tidak dapat dibaca ({os_words(fault)})") from fault
    except ValueError as fault:
        raise _unfit(section, "bukan teks") from fault
    if not secret.isascii() or not 0 < len(secret) <= _LONGEST_PASSWORD or not secret.isprintable():
        raise _unfit(section, "kosong, terlalu panjang, atau lebih dari satu baris huruf biasa")
    return secret


def trusting(issuers: Path | None, section: str) -> ssl.SSLContext:
    """Return what asks a server to prove its name, by those whom this machine trusts or by the office's own issuers.

    Raises:
        SettingsFault: the issuers' file cannot be used.
    """
    try:
        return ssl.create_default_context(cafile=str(issuers) if issuers else None)
    except (OSError, ValueError):  # ssl.SSLError is an OSError
        raise SettingsFault(
            f"Berkas sertifikat server surel {issuers.name if issuers else ''} tidak dapat dipakai.",
            f"Periksa [{section}] sertifikat_server di office.toml (PEM).",
        ) from None


def to_check(section: str) -> str:
    """Return the remedy where a server cannot be used as it is written down."""
    return f"Periksa [{section}] di office.toml dan jaringan kantor; dicoba lagi sendiri."


@contextmanager
def reached(server: str, section: str, undone: str) -> Iterator[None]:
    """Say in the office's words why a server was not reached; ``undone`` is what does not happen (*dikirim*)."""
    where, check = f"Server surel {server}", to_check(section)
    try:
        yield
    except ssl.SSLCertVerificationError as fault:
        why = _UNPROVEN.get(fault.verify_code, f"kode OpenSSL {fault.verify_code}")
        raise Passing(
            f"{where} tidak membuktikan namanya ({why}), jadi tidak ada yang {undone}.",
            f"Periksa nama server, sertifikatnya, dan [{section}] sertifikat_server di office.toml.",
        ) from None
    except TimeoutError:
        raise Passing(f"{where} tidak menjawab pada waktunya.", check) from None
    except ssl.SSLError:
        raise Passing(f"{where} tidak berbicara TLS seperti yang disebut `tls`.", check) from None
    except OSError as fault:
        raise Passing(f"{where} tidak dapat dihubungi ({os_words(fault)}).", check) from None


def _unfit(section: str, fact: str, remedy: str = "") -> SettingsFault:
    return SettingsFault(f"Berkas sandi surel {fact}.", remedy or f"Periksa [{section}] berkas_sandi di office.toml.")
