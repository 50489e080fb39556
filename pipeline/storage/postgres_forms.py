"""The forms that an office's schema has had: the statements that bring it from one to the next, forward only.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from importlib import resources

from pipeline.errors import SettingsFault


def migrations() -> list[str]:
    """Return the statements that make a schema, and bring it from one form to the next, in order."""
    files = resources.files("pipeline.storage").joinpath("migrations").iterdir()
    named = sorted((file for file in files if file.name.endswith(".sql")), key=lambda file: file.name)
    return [file.read_text(encoding="utf-8") for file in named]


def later_form(schema: str, version: int) -> SettingsFault:
    """Return the fault that a later version of the program made a schema, to be raised."""
    return SettingsFault(
        f"Basis data kantor {schema} ditulis versi program yang lebih baru (bentuk {version}; "
        f"program ini mengenal sampai bentuk {len(migrations())}).",
        "Tidak ada yang diubah. Pasang versi program yang lebih baru, lalu ulangi.",
    )
