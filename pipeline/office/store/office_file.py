"""Reading ``office.toml``, the office's file."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import SettingsFault
from pipeline.office.office_file import Table
from pipeline.system_messages import os_words, toml_words

#: What tells one writing of the file from another without reading it; who may read it now and could not before, too.
Stamp = tuple[int, int, int]


def read_table(path: Path) -> Table:
    """Read the whole file.

    Raises:
        SettingsFault: it is missing or broken.
    """
    text = read_text(path)
    try:
        return Table("", _values_of(text))
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsFault(f"{path.name} tidak dapat dibaca: {toml_words(wrong)}.", "Betulkan baris itu.") from wrong


@lru_cache(maxsize=8)  # at the centre an office's file is read up to three times before its work begins, 4 ms each
def _values_of(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def read_secrets(path: Path) -> dict[str, object]:
    """Read a file of secrets; nothing if there is none, for the environment may have them.

    Raises:
        SettingsFault: it cannot be read, is broken, or others may read it.
    """
    try:
        if path.stat().st_mode & 0o077:
            raise SettingsFault(f"{path} dapat dibaca orang lain.", f"Jalankan `chmod 600 {path}`.")
    except FileNotFoundError:
        return {}
    text = read_text(path)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsFault(f"{path.name} tidak dapat dibaca: {toml_words(wrong)}.", "Betulkan baris itu.") from wrong


def read_text(path: Path) -> str:
    """Read the file's text.

    Raises:
        SettingsFault: it is missing, cannot be read, or is no text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise SettingsFault(
            f"{path} tidak ada.", "Jalankan `yankomas init FOLDER`, atau sebut foldernya dengan --root."
        ) from None
    except OSError as wrong:
        raise SettingsFault(f"{path} tidak dapat dibaca: {os_words(wrong)}.", "Periksa folder dan izinnya.") from wrong
    except UnicodeDecodeError as wrong:
        raise SettingsFault(f"{path.name} tidak dapat dibaca: {toml_words(wrong)}.", "Betulkan baris itu.") from wrong


def stamp_of(path: Path) -> Stamp | None:
    """Return the stamp of the file as it lies there; None if there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_ctime_ns
