"""The long works of keeping an archive, started and watched at the desk: what their commands do, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol


class Chore(Enum):
    """A work; its value is its name in addresses and in the access log."""

    VERIFY = "periksa"
    BACK_UP = "cadangkan"
    CHECK_BACKUP = "periksa-cadangan"
    REHEARSE = "gladi"
    REBUILD = "susun-ulang"
    IMPORT = "ambil-alih"
    """Take an old register over, as it was ordered on the page about it; not to be started by itself."""
    REPORTS = "daftarkan-laporan"
    """Register another system's reports, likewise."""


#: The works that are ordered on a page of their own.
ORDERED = frozenset((Chore.IMPORT, Chore.REPORTS))

#: What each is called, and what it does.
WORDS = {
    Chore.VERIFY: ("Periksa seluruh arsip", "Setiap berkas dibaca dan dicocokkan; tidak ada yang diubah."),
    Chore.BACK_UP: ("Buat cadangan sekarang", "Seluruh kantor, tersandi, ke tempat di Pengaturan."),
    Chore.CHECK_BACKUP: ("Periksa cadangan", "Semua yang tersimpan di tempat cadangan dibaca dan dicocokkan."),
    Chore.REHEARSE: (
        "Gladi pemulihan",
        "Cadangan terakhir dipulihkan ke folder sementara, diperiksa, lalu dihapus; kantor ini tidak tersentuh.",
    ),
    Chore.REBUILD: ("Susun ulang buku dan indeks", "Buku register dan indeks pencarian dibuat lagi dari map perkara."),
    Chore.IMPORT: ("Ambil alih buku lama", "Buku register lama yang sudah diperiksa menjadi perkara."),
    Chore.REPORTS: ("Daftarkan laporan", "Laporan sistem lain yang sudah diperiksa menjadi perkara baru."),
}


@dataclass(frozen=True, slots=True)
class ChoreRun:
    """A work as it stands: whose, since when, how far, what it has told, and how it ended (None: it goes on).

    What it told may name the password of a new backup: that is for who started it alone.
    """

    chore: Chore
    by: str
    at: datetime
    progress: str
    words: tuple[str, ...]
    code: int | None
    ended: datetime | None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.code is None


class Chores(Protocol):
    """The works of one desk."""

    def start(self, chore: Chore, by: str, now: Callable[[], datetime]) -> None:
        """Start a work; ``now`` gives the time, at its end too.

        Raises:
            Busy: another goes on.
            Passing: the machine cannot start a process at present.
        """

    def last(self) -> ChoreRun | None:
        """Return the work that goes on, or that was the last; None: there was none since the desk began."""

    def close(self) -> None:
        """Ask the work that goes on to end."""
