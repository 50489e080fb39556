"""In which folders nobody works: whose cases are at the centre or on the way; inbox and archive lie in one another."""

from __future__ import annotations

from pipeline.archive.store.layout import Layout
from pipeline.errors import SettingsFault


def refuse_moving(layout: Layout) -> None:
    """Make sure that no move into the centre, or out of it, has been left unfinished.

    Raises:
        SettingsFault: one has.
    """
    if layout.moving.exists():
        raise SettingsFault(
            f"Kantor {layout.root} sedang pindah ke pusat, atau dari pusat, dan belum selesai.",
            "Tunggu, atau ulangi `yankomas pusat kantor pindah-masuk` (`pindah-keluar`) seperti semula.",
        )


def refuse_moved(layout: Layout) -> None:
    """Make sure that the cases of this folder are not at the centre: they would get their numbers twice.

    Raises:
        SettingsFault: they are, or are on their way.
    """
    refuse_moving(layout)
    if layout.moved.exists():
        raise SettingsFault(
            f"Perkara {layout.root} disimpan di pusat, tetapi [pusat] tidak ada di office.toml.",
            "Kembalikan [pusat] itu; untuk pindah kembali: `yankomas pusat kantor pindah-keluar`.",
        )


def refuse_nesting(layout: Layout) -> None:
    """Make sure that inbox and archive, which may be links to shares, do not lie in one another.

    Raises:
        SettingsFault: they do; what is filed would be taken as new complaints, or complaints as cases.
    """
    inbox, archive = layout.inbox.resolve(), layout.archive.resolve()
    if inbox.is_relative_to(archive) or archive.is_relative_to(inbox):
        raise SettingsFault(
            f"Kotak masuk ({inbox}) dan arsip ({archive}) berada di dalam satu sama lain.",
            "Pisahkan: keduanya harus folder yang berlainan.",
        )
