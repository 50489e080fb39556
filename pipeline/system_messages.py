"""What the operating system and Python's TOML reader say in English, in the office's own words."""

from __future__ import annotations

import errno
import os
import re

_SYSTEM = {
    errno.ENOENT: "tidak ada",
    errno.EACCES: "tidak diizinkan",
    errno.EPERM: "tidak diizinkan",
    errno.EEXIST: "sudah ada",
    errno.EISDIR: "itu sebuah folder",
    errno.ENOTDIR: "bukan folder",
    errno.ENOTEMPTY: "folder itu tidak kosong",
    errno.ENOSPC: "cakram penuh",
    errno.EDQUOT: "jatah cakram habis",
    errno.EROFS: "cakram hanya dapat dibaca",
    errno.EIO: "cakram gagal dibaca atau ditulis",
    errno.EBUSY: "sedang dipakai",
    errno.ENAMETOOLONG: "namanya terlalu panjang",
    errno.EFBIG: "terlalu besar",
    errno.EMFILE: "terlalu banyak berkas terbuka",
    errno.ENOMEM: "memori habis",
    errno.EXDEV: "di cakram lain",
    errno.ETIMEDOUT: "tidak menjawab",
    errno.ESTALE: "share terputus",
    errno.ENOTCONN: "share terputus",
    errno.EHOSTDOWN: "share terputus",
    errno.EADDRINUSE: "sedang dipakai program lain",
    errno.EADDRNOTAVAIL: "alamat itu bukan milik komputer ini",
}
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)$")


def os_words(fault: OSError | int) -> str:
    """Return why the operating system refused, as an office says it; what is not known here in its own words."""
    code = fault.errno if isinstance(fault, OSError) else fault
    if code is None and str(fault):
        return str(fault)
    return _SYSTEM.get(code or errno.EIO) or os.strerror(code or errno.EIO)


def toml_words(fault: ValueError) -> str:
    """Return where a text stops being TOML: ``salah tulis pada baris 12, kolom 7``."""
    if isinstance(fault, UnicodeDecodeError):
        return "bukan teks UTF-8"
    found = _PLACE.search(str(fault))
    return f"salah tulis pada baris {found[1]}, kolom {found[2]}" if found else "tidak lengkap sampai akhirnya"
