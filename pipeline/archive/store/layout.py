"""Where everything lies under a root: the folders that users see and the working files beside them.

``archive/.bentuk`` says in which format the archive is written, as a whole number; no file means 1. A version whose
archive an earlier one would misread writes a higher number before it writes anything else. What an earlier one merely
does not understand, as a journal line of a new kind, needs none: it is kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive.store.kept_beside import KeptBeside
from pipeline.cases.case_number import CaseNumber, Volume, folder_of_volume, in_volume, volume_named
from pipeline.errors import ArchiveFault

_BOOK = re.compile(r"register-([^.]+)\.json")
_SERIAL = re.compile(r"\d{4,9}")
#: The newest format that this version reads and writes. The first is not written down.
#: In the second, seals cover books of lines, and cases may begin with a row of an old register; in the third content
#: of documents may be gone of which a journal tells; in the fourth cases may have numbers of other series.
FORMAT = 4
#: Under a root: the cases that lay in the folder before its office moved to the centre; with ``-1`` and so on behind it
#: if it moved several times.
SET_ASIDE = "arsip-sebelum-pusat"
_WRITTEN = re.compile(rb"[1-9]\d{0,3}\n?")


@dataclass(frozen=True, slots=True)
class Layout(KeptBeside):
    """The paths of one root."""

    @property
    def inbox(self) -> Path:
        """Where scans arrive."""
        return self.root / "inbox"

    @property
    def templates(self) -> Path:
        """The Word templates."""
        return self.root / "letter_templates"

    @property
    def settings(self) -> Path:
        """The office's settings."""
        return self.root / "office.toml"

    @property
    def services(self) -> Path:
        """What the office made of its services itself: a folder for each, with its editions of the SOP."""
        return self.root / "layanan"

    @property
    def mappings(self) -> Path:
        """How the office reads exports of other systems, where it does so in its own way."""
        return self.root / "pemetaan"

    @property
    def reading_weights(self) -> Path:
        """What the office has learned of its own cases about reading letters."""
        return self.archive / ".bobot-baca"

    @property
    def keys(self) -> Path:
        """Secrets; outside the archive, for the owner alone."""
        return self.root / ".kunci"

    @property
    def people(self) -> Path:
        """Accounts, sessions and tokens of the web desk; outside the archive, for the owner alone."""
        return self.root / ".akun"

    @property
    def access(self) -> Path:
        """Who looked at what: one chained file a month."""
        return self.archive / "akses"

    @property
    def seals(self) -> Path:
        """The seals; outside the archive that they vouch for."""
        return self.root / "segel"

    @property
    def sealed_books(self) -> Path:
        """How far each book of lines was sealed; can be lost without harm."""
        return self.state / "segel"

    @property
    def staging(self) -> Path:
        """What is being made and is not committed yet."""
        return self.archive / ".staging"

    @property
    def locks(self) -> Path:
        """Lock files."""
        return self.archive / ".locks"

    @property
    def run_lock(self) -> Path:
        """Held by the one process that works the root off; it names its pid."""
        return self.locks / "run"

    @property
    def desk_lock(self) -> Path:
        """Held by the one process that serves the web desk."""
        return self.locks / "meja"

    @property
    def supervisor_lock(self) -> Path:
        """Held by the process that starts these two and starts them again."""
        return self.locks / "penyelia"

    @property
    def processes(self) -> Path:
        """What the supervisor notes of the processes it started."""
        return self.state / "proses"

    @property
    def doorbell(self) -> Path:
        """The pipe by which other processes wake the one that works the root off."""
        return self.state / "bel"

    @property
    def progress(self) -> Path:
        """What is being worked on this moment, as other processes see it."""
        return self.state / "kemajuan"

    @property
    def numbers_lock(self) -> Path:
        """Held while a number is given, and while a backup begins."""
        return self.locks / "nomor"

    @property
    def open_cases(self) -> Path:
        """One empty file for each case that is owed something."""
        return self.archive / ".open"

    @property
    def state(self) -> Path:
        """Attempts at duties and cursors of views; can be lost without harm."""
        return self.archive / ".state"

    @property
    def lookups(self) -> Path:
        """Which case has which bytes and page codes (SQLite)."""
        return self.state / "penunjuk.sqlite"

    @property
    def format_registry(self) -> Path:
        """Which formats the filed documents have (SQLite); a view."""
        return self.state / "format.sqlite"

    @property
    def search_index(self) -> Path:
        """The index in which cases are found; a view."""
        return self.state / "pencarian.sqlite"

    @property
    def changes(self) -> Path:
        """Append-only list of case heads."""
        return self.archive / ".changes"

    @property
    def ledger_checkpoint(self) -> Path:
        """How far the ledger was read, and its counts until then."""
        return self.state / "kotak-masuk"

    def case(self, number: CaseNumber) -> Path:
        """Return the folder of a case."""
        return self.archive / number.year_folder / number.folder

    def volume(self, volume: Volume) -> Path:
        """Return the folder of a year of a series."""
        return self.archive / folder_of_volume(volume)

    def highest(self, volume: Volume) -> Path:
        """Return the record of the highest number given in a volume."""
        return self.volume(volume) / ".tertinggi"

    def series(self, year: int, name: str = "") -> Path:
        """Return the record of a year's naskah numbers: of the letters that leave the office, or of a named series."""
        return self.archive / str(year) / (f".naskah-{name}" if name else ".naskah")

    def all_series(self, year: int) -> list[Path]:
        """Return the records of a year's naskah numbers that there are."""
        return sorted((self.archive / str(year)).glob(".naskah*"))

    def book(self, volume: Volume) -> Path:
        """Return a volume's register book (TinyDB)."""
        return self.archive / f"register-{folder_of_volume(volume)}.json"

    def years(self) -> list[Volume]:
        """Return the years of every series that have a folder: those of the first series first, ascending."""
        there = self.archive.iterdir() if self.archive.is_dir() else ()
        folders = (volume_named(path.name) for path in there if path.is_dir())
        return sorted(volume for volume in folders if volume is not None)

    def booked_years(self) -> list[Volume]:
        """Return the volumes that have a folder or a register book, ascending: a folder can have been carried away."""
        books = (_BOOK.fullmatch(p.name) for p in self.archive.glob("register-*.json"))
        named = (volume_named(found[1]) for found in books if found)
        return sorted({*self.years(), *(volume for volume in named if volume is not None)})

    def numbers(self, volume: Volume) -> Iterator[CaseNumber]:
        """Yield the numbers of all case folders of a volume, in no order; names that are not canonical are left out."""
        folder = self.volume(volume)
        for path in folder.iterdir() if folder.is_dir() else ():
            if _SERIAL.fullmatch(path.name):
                number = in_volume(volume, int(path.name))
                if number.folder == path.name:
                    yield number

    def prepare(self) -> None:
        """Make the working folders that are missing.

        An inbox that is a link to a share is made by nobody: who looks after it waits until the share is there.
        """
        inbox = () if self.inbox.is_symlink() else (self.inbox,)
        for folder in (*inbox, self.staging, self.locks, self.open_cases, self.state):
            folder.mkdir(mode=0o750, parents=True, exist_ok=True)


def opened(folder: Path) -> Layout:
    """Return the paths of a root, once it is known that this version understands its archive; the one way to them.

    Raises:
        ArchiveFault: a later version wrote the archive, or nobody can say which.
    """
    layout = Layout(folder)
    try:
        written = layout.format.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return layout
    if not _WRITTEN.fullmatch(written):
        raise ArchiveFault(
            f"{layout.format} seharusnya berisi satu bilangan, bentuk arsip ini; isinya tidak dapat dibaca.",
            "Tidak ada yang diubah. Pulihkan berkas itu dari cadangan.",
        )
    if int(written) > FORMAT:
        raise ArchiveFault(
            f"Arsip {layout.archive} ditulis versi program yang lebih baru (bentuk {int(written)}; "
            f"program ini mengenal sampai bentuk {FORMAT}).",
            "Tidak ada yang diubah. Pasang versi program yang lebih baru, lalu ulangi.",
        )
    return layout
