"""One case made whole from backups: every part of it that is genuine here stays, every other comes out of a backup.

What is genuine is told by hashes alone: a journal by the witnesses and seals that are here, a document by the journal.
So a case can be longer than any backup of it and still be mended. The folder that was not whole is set aside, as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.ports import Finding
from pipeline.archive.store.layout import Layout
from pipeline.backup.store.back_up import PASSWORD, lost
from pipeline.backup.store.restic import Restic
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.fold import documents_of, fold
from pipeline.cases.journal import Journal, read_journal
from pipeline.errors import ArchiveFault, NotFound, YankomasError
from pipeline.evidence.store.fixity import examine
from pipeline.evidence.store.witnesses import CaseWitness, Witnesses
from pipeline.storage import disk, locks

#: Under the root: folders that were not whole, for whoever looks into it; removed by a person.
ASIDE = "perkara-rusak"
#: And what is fetched for a repair.
_FETCHED = ".perbaikan"
_MOST = 20  # backups that are looked through


@dataclass(frozen=True, slots=True)
class Repaired:
    """What came out of a backup, where the old folder lies (empty: there was none), and what is still wrong."""

    names: tuple[str, ...]
    aside: str
    findings: tuple[Finding, ...]


def repair(layout: Layout, number: CaseNumber, repository: str, snapshot: str = "") -> Repaired:
    """Make a case whole from a snapshot, or from the newest that have what is missing; verify it.

    Raises:
        NotFound: there is no backup.
        SettingsFault: its password is not here.
        ArchiveFault: no backup has what is missing; nothing was changed.
        Busy: somebody works on the case.
    """
    if not (password := layout.root / PASSWORD).exists():
        raise lost(password)
    restic = Restic(repository, password)
    wanted = [snapshot] if snapshot else restic.snapshots()[:_MOST]
    if not wanted:
        raise NotFound(f"Tidak ada cadangan di {repository}.", "Sebut tempat yang benar dengan --dari.")
    fetched, making = layout.root / _FETCHED, layout.staging / f"perbaiki-{number.key}"
    with locks.held(layout.locks / number.key):
        for folder in (fetched, making):
            disk.sweep(folder)
        try:
            names = _made(layout, number, making, _folders(layout, number, restic, wanted, fetched))
            aside = _exchange(layout, number, making)
        finally:
            for folder in (fetched, making):
                disk.sweep(folder)
    findings = examine(layout, number, Witnesses(layout, number.volume)).findings
    return Repaired(names, str(aside or ""), tuple(findings))


def _folders(
    layout: Layout, number: CaseNumber, restic: Restic, wanted: Sequence[str], fetched: Path
) -> Iterator[Path]:
    """Yield the case's folder as it is here, then as backups have it; each is fetched when it is asked for."""
    yield layout.case(number)
    for place, snapshot in enumerate(wanted):
        target = Layout(fetched / str(place))
        disk.make_folder(target.root)
        restic.bring(snapshot, layout.case(number).relative_to(layout.root).as_posix(), target.root)
        yield target.case(number)


def _made(layout: Layout, number: CaseNumber, making: Path, folders: Iterator[Path]) -> tuple[str, ...]:
    """Make the whole folder in ``making``; return the names of what did not come from here."""
    witness = Witnesses(layout, number.volume).of(number)
    seen, text, foreign = list[Path](), b"", list[str]()
    for place, folder in enumerate(folders):
        seen.append(folder)
        if not text and (text := _genuine(folder, number, witness)) and place:
            foreign.append(bagit.JOURNAL)
        if text and not (missing := _missing(read_journal(text), seen)):
            break
    else:
        lacking = ", ".join(missing) if text else bagit.JOURNAL
        raise ArchiveFault(
            f"Cadangan itu tidak memuat {lacking} perkara {number} seperti yang dicatat dan disegel di sini.",
            "Tidak ada yang diubah. Cari cadangan lain: --dari TEMPAT, --snapshot ID.",
        )
    entries = read_journal(text).entries
    disk.make_folder(making / bagit.PAYLOAD)
    for document in documents_of(entries):
        source = next(path for path in _candidates(document.name, seen) if _is(path, document.sha256))
        disk.copy_new(source, making / bagit.PAYLOAD / document.name)
        if source.parent.parent != seen[0]:
            foreign.append(document.name)
    disk.write_new(making / bagit.JOURNAL, text)
    for name, data in bagit.bag_files(number, entries, text).items():
        disk.write_new(making / name, data)
    disk.sync_folder(making / bagit.PAYLOAD)
    disk.sync_folder(making)
    return tuple(foreign)


def _genuine(folder: Path, number: CaseNumber, witness: CaseWitness) -> bytes:
    """Return a folder's journal if it is all that was ever witnessed of the case, and nothing else; else nothing."""
    path = folder / bagit.JOURNAL
    text = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
    journal = read_journal(text)
    entries = journal.entries
    try:
        if journal.faults or not entries or fold(entries).number != number:
            return b""
    except YankomasError:
        return b""
    if witness.last != len(entries) or witness.contradicted(entries) or witness.unseen(entries):
        return b""
    return text[: text.rfind(b"\n") + 1]


def _missing(journal: Journal, folders: Sequence[Path]) -> list[str]:
    documents = documents_of(journal.entries)
    return [d.name for d in documents if not any(_is(path, d.sha256) for path in _candidates(d.name, folders))]


def _candidates(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    return (folder / bagit.PAYLOAD / name for folder in folders)


def _is(path: Path, sha256: str) -> bool:
    try:
        return path.is_file() and not path.is_symlink() and disk.sha256_of(path) == sha256
    except OSError:  # the disk cannot read it any more
        return False


def _exchange(layout: Layout, number: CaseNumber, making: Path) -> Path | None:
    """Put the whole folder in place of the one that is not; return where that lies now, if there was one."""
    folder, aside = layout.case(number), None
    if folder.exists() or folder.is_symlink():
        disk.make_folder(layout.root / ASIDE)
        names = (f"{number.key}-{n}" if n else number.key for n in count())
        aside = next(path for name in names if not (path := layout.root / ASIDE / name).exists())
        disk.rename(folder, aside)
    disk.make_folder(folder.parent)
    disk.rename(making, folder)
    disk.sync_folder(folder.parent)
    return aside
