"""Reading ``office.toml``, the office's file."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pipeline.errors import SettingsFault
from pipeline.office.office_file import Table
from pipeline.system_messages import os_words, toml_words


def read_table(path: Path) -> Table:
    """Read the whole file.

    Raises:
        SettingsFault: it is missing or broken.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError):
        raise SettingsFault(
            f"{path} tidak ada.", "Jalankan `yankomas init FOLDER`, atau sebut foldernya dengan --root."
        ) from None
    except OSError as wrong:
        raise SettingsFault(f"{path} tidak dapat dibaca: {os_words(wrong)}.", "Periksa folder dan izinnya.") from wrong
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise SettingsFault(f"{path.name} tidak dapat dibaca: {toml_words(wrong)}.", "Betulkan baris itu.") from wrong
    return Table("", values)
