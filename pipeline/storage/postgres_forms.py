"""The forms that an office's schema has had: the statements that bring it from one to the next, forward only.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from functools import cache
from importlib import resources

from pipeline.errors import Passing, SettingsFault


def migrations() -> list[str]:
    """Return the statements that make a schema, and bring it from one form to the next, in order."""
    files = resources.files("pipeline.storage").joinpath("migrations").iterdir()
    named = sorted((file for file in files if file.name.endswith(".sql")), key=lambda file: file.name)
    return [file.read_text(encoding="utf-8") for file in named]


@cache
def known_form() -> int:
    """Return the last form that this program knows; it stays so when the program's files are replaced meanwhile."""
    return len(migrations())


def later_form(schema: str, version: int) -> SettingsFault:
    """Return the fault that a later version of the program made a schema, to be raised."""
    return SettingsFault(
        f"Basis data kantor {schema} ditulis versi program yang lebih baru (bentuk {version}; "
        f"program ini mengenal sampai bentuk {known_form()}).",
        "Tidak ada yang diubah. Pasang versi program yang lebih baru, lalu ulangi.",
    )


def changed_form(schema: str, version: int) -> Passing:
    """Return the fault that a schema has got another form than this running program's, to be raised."""
    known = known_form()
    if version > known:
        return Passing(
            f"Program yang sedang berjalan ini lebih lama daripada basis data kantor {schema} "
            f"(bentuk {version}; program ini mengenal sampai bentuk {known}).",
            "Tidak ada yang hilang dan tidak ada yang ditulis. Pasang versi program yang lebih baru di mesin ini, "
            "lalu mulai lagi.",
        )
    return Passing(
        f"Basis data kantor {schema} kembali ke bentuk sebelum versi program ini (bentuk {version}, perlu {known}).",
        "Jalankan `yankomas pusat siapkan` sebagai pengelola pusat.",
    )
