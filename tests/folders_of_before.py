"""Folders of offices of the centre of an earlier version, and a process that ends in the midst of taking them over."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psycopg

from pipeline.storage import disk
from pipeline.storage.taking_over import FolderOfBefore

ASIDE = "disisihkan"


def before(folder: Path, *, elsewhere: tuple[str, str] | None = None) -> FolderOfBefore:
    """An office's folder of before."""
    aside = folder / ASIDE
    names = (folder / f"{ASIDE}-{n}" for n in range(99))
    return FolderOfBefore(
        folder=folder / ".akun",
        lock=folder / "kunci",
        desk=folder / "meja",
        aside=lambda: next(path for path in (aside, *names) if not path.exists()),
        kept=lambda name: max(folder.glob(f"{ASIDE}*/{name}"), default=None),
        elsewhere=lambda: elsewhere,
    )


class Ends:
    """Ends this process before its n-th effect at the centre or on its disk."""

    def __init__(self, kill_at: int) -> None:
        self.count, self._kill_at = 0, kill_at

    def install(self) -> None:
        for owner, name in (
            (psycopg.Connection, "execute"),
            (psycopg.Cursor, "executemany"),
            (psycopg.transaction.Transaction, "__exit__"),
            *((disk, name) for name in ("make_folder", "rename", "sync_folder")),
        ):
            setattr(owner, name, self._counted(getattr(owner, name)))

    def _counted(self, effect):
        def counted(*args, **kwargs):
            self.count += 1
            if self.count == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            return effect(*args, **kwargs)

        return counted
