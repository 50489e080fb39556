"""An edition of the SOP as one file that people send and take: a ZIP of its TOML files."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePosixPath

from pipeline.cases.own_editions import Texts
from pipeline.errors import Refused

#: The most files of an edition, and bytes of one and of all; the program's own have nine and 70,000.
_MOST_FILES, _MOST_BYTES, _MOST_ALL = 40, 1_000_000, 3_000_000
#: How the files of an edition are called: any disk keeps such a name.
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}\.toml", re.IGNORECASE)
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # what every program that packs writes
_FIRST = (1980, 1, 1, 0, 0, 0)  # the first day that a ZIP can tell: the same edition makes the same file


def zipped(texts: Texts) -> bytes:
    """Return an edition's files as a ZIP; the same files give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(texts.items()):
            archive.writestr(zipfile.ZipInfo(name, _FIRST), text.encode())
    return made.getvalue()


def unzipped(data: bytes) -> Texts:
    """Return the TOML files of a ZIP, from its top or from one folder; whatever else it holds is left.

    Raises:
        Refused: it is no ZIP, damaged, or holds no such files, too many, too large, or the same name twice.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [info for info in archive.infolist() if _is_file_of(info)]
            if not found or len(found) > _MOST_FILES or sum(info.file_size for info in found) > _MOST_ALL:
                raise _refused(f"berisi {len(found)} berkas .toml, atau terlalu besar")
            texts = {}
            for info in found:
                name = PurePosixPath(info.filename).name
                if not _NAME.fullmatch(name) or info.compress_type not in _PACKED:
                    raise _refused(f"memuat {name[:60]!r}, yang namanya atau cara memampatkannya tidak dikenal")
                if name in texts:
                    raise _refused(f"memuat {name} dua kali")
                with archive.open(info) as part:
                    content = part.read(_MOST_BYTES + 1)
                if len(content) > _MOST_BYTES:
                    raise _refused(f"{name} terlalu besar")
                texts[name] = content.decode("utf-8-sig")
            return texts
    except UnicodeDecodeError as fault:
        raise _refused("memuat berkas yang bukan teks UTF-8") from fault
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as fault:
        raise _refused("bukan ZIP yang utuh, atau terkunci") from fault


def _is_file_of(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    hidden = any(part.startswith((".", "~", "__")) for part in path.parts)
    return path.suffix == ".toml" and not info.is_dir() and not hidden and len(path.parts) <= 2


def _refused(fact: str) -> Refused:
    return Refused("rusak", f"Berkas itu {fact}.", "Unduh edisi yang berlaku, ubah isinya, lalu kirim lagi.")
