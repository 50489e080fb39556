"""The keys of an office of many: which there are, how the centre knows them, what is said where they are not there.

They lie in the folders of the office's machines and nowhere else: what proves that rows were not tampered with must not
lie beside them, nor in their backups. The centre has a mark of each, made with the key itself. A key is 32 random
bytes, so nothing can be found out from its mark, and each machine sees by it whether its own is the office's.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Sequence

from pipeline.errors import Passing, SettingsFault

#: What wraps what is typed, stamps pages, hides status codes, signs seals.
OFFICE_KEYS = ("ketikan", "kode-halaman", "kode-status", "segel")


def mark_of(name: str, secret: bytes) -> str:
    """Return what the centre is told of a key."""
    return hmac.digest(secret, f"kunci kantor {name}".encode(), "sha256").hex()


def other_keys(missing: Sequence[str], others: Sequence[str], place: str, remedy: str) -> SettingsFault:
    """Return the fault that keys of an office are missing at a place (a folder), or are others there."""
    told = [f"Kunci {_named(missing)} kantor ini tidak ada di mesin ini ({place})."] if missing else []
    told += [f"Kunci {_named(others)} di mesin ini ({place}) bukan kunci kantor ini."] if others else []
    return SettingsFault(" ".join(told), remedy)


def unknown_keys(names: Collection[str], run_from: str, taking: str) -> SettingsFault:
    """Return the fault that the centre does not know an office's keys yet, which its own folder tells it.

    ``taking`` is the command that names this folder, where the other is no more.
    """
    return SettingsFault(
        f"Kunci {_named(names)} kantor ini belum tercatat di pusat.",
        f"Jalankan kotak masuk atau meja versi ini satu kali di {run_from}, lalu ulangi di sini. "
        f"Bila kantor ini tidak lagi dijalankan dari sana: {taking}.",
    )


def copied_from(names: Collection[str], run_from: str, place: str) -> str:
    """Return what to do about keys that another machine of the office has."""
    files = ", ".join(f".kunci/{name}" for name in sorted(names))
    return f"Salin {files} dari {run_from} ke {place} (milik pengguna program ini, chmod 600), lalu jalankan lagi."


def lost_for_good(taking: str) -> str:
    """Return what can be done where no copy of a key is left; ``taking`` is the command that names a folder."""
    return (
        f"Bila tidak ada salinannya lagi di mana pun: {taking} --kunci-hilang; yang dibuat dengan kunci lama (kode "
        "halaman pada lembar, jawaban survei, segel, ketikan) tidak dikenali lagi."
    )


def changed_there(names: Collection[str], taking: str) -> SettingsFault:
    """Return the fault that marks at the centre are not of the keys with which the office's folder always worked."""
    return SettingsFault(
        f"Sidik kunci {_named(names)} di pusat bukan dari kunci di folder ini, yang sama dengan sidiknya di arsip.",
        "Sidik itu diubah orang, atau basis data pusat dipulihkan dari masa kunci lain. Bila kunci di folder inilah "
        f"kunci kantor ini: {taking} --kunci-hilang; kunci yang ada di sini tetap.",
    )


def no_longer_the_office_s(names: Collection[str]) -> Passing:
    """Return the fault that an office at work has other keys by now than this machine; whoever looks may read it."""
    return Passing(
        f"Kunci {_named(names)} di mesin ini bukan lagi kunci kantor ini; sampai diganti, tidak ada yang ditulis.",
        "Salin kunci kantor ke mesin ini (`yankomas doctor` menyebut dari mana); dilanjutkan sendiri sesudah itu.",
    )


def _named(names: Collection[str]) -> str:
    return ", ".join(sorted(names))
