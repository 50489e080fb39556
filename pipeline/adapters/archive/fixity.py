"""Fixity of one case folder: its journal, its documents and its bag's own files, against what was witnessed outside.

Reports all it finds and changes nothing. Files are read in pieces, so memory stays flat.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters import disk, locks
from pipeline.adapters.archive.changes import Changes
from pipeline.adapters.archive.layout import Layout
from pipeline.domain import bag
from pipeline.domain.case import documents_of, fold
from pipeline.domain.events import Document
from pipeline.domain.journal import Journal, read_journal
from pipeline.domain.numbering import CaseNumber
from pipeline.errors import ArchiveFault, Busy

RESTORE = "Pulihkan dari cadangan."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where (``2026/0007`` or a path under the archive), the fact, the remedy.

    ``code`` is one of ``berubah``, ``hilang``, ``asing``, ``bagit``, ``rantai``, ``baris-akhir``, ``lompat``,
    ``kembar``, ``salah-map``, ``belum-selesai``.
    """

    where: str
    code: str
    fact: str
    remedy: str


class Witnesses:
    """What was witnessed of every case, kept up with what others append while we verify."""

    def __init__(self, changes: Changes) -> None:
        self._changes, self._position = changes, changes.size()
        self._heads = changes.last_heads()

    def of(self, number: CaseNumber) -> tuple[int, str] | None:
        """Return the last (seq, head) of a case. Only under the case's lock."""
        news, self._position = self._changes.since(self._position)
        for change in news:
            if change.seq >= self._heads.get(change.number, (0, ""))[0]:
                self._heads[change.number] = (change.seq, change.head)
        return self._heads.get(number)

    def highest(self, year: int) -> int:
        """Return the highest serial of a year that was ever witnessed."""
        return max((n.serial for n in self._heads if n.year == year), default=0)

    def years(self) -> set[int]:
        """Return the years of which anything was witnessed."""
        return {n.year for n in self._heads}


def examine(layout: Layout, number: CaseNumber, witnesses: Witnesses) -> tuple[list[Finding], str | None]:
    """Return what is wrong with a case folder, and the claim that brought its letter."""
    try:
        return _examined(layout, number, witnesses)
    except OSError as fault:
        fact = f"Map tidak dapat dibaca: {fault.strerror}."
        return [Finding(str(number), "hilang", fact, "Periksa cakram ini. " + RESTORE)], None


def _examined(layout: Layout, number: CaseNumber, witnesses: Witnesses) -> tuple[list[Finding], str | None]:
    folder = layout.case(number)
    if folder.is_symlink():
        remedy = "Kembalikan map yang sebenarnya ke tempatnya; tautan tidak ikut dicadangkan."
        return [Finding(str(number), "asing", "Map ini hanya tautan ke tempat lain.", remedy)], None
    try:
        with locks.held(layout.locks / number.key, patience=10):
            staged = layout.staging / number.key
            unfinished = staged.is_dir()
            waiting = {p.name for p in staged.iterdir()} if unfinished else set()
            journal = read_journal(_bytes_of(folder / bag.JOURNAL) or b"")
            findings = list(_journal_findings(number, journal, witnesses.of(number), unfinished))
            documents, misshapen = _documents(number, journal)
            findings += misshapen
            if journal.entries and not misshapen:
                findings += _foreign_files(folder, number, documents, journal, unfinished)
                if not unfinished:
                    findings += _bag_findings(folder, number, journal)
    except Busy as busy:
        return [Finding(str(number), "belum-selesai", busy.message, busy.remedy)], None
    if unfinished:
        findings.append(_unfinished(number))
    findings += _payload_findings(folder, number, documents, waiting)
    return findings, _claim(journal)


def _documents(number: CaseNumber, journal: Journal) -> tuple[tuple[Document, ...], list[Finding]]:
    try:
        return documents_of(journal.entries), []
    except ArchiveFault as fault:
        return (), [Finding(f"{number}/{bag.JOURNAL}", "rantai", fault.message, RESTORE)]


def _claim(journal: Journal) -> str | None:
    try:
        return fold(journal.entries).received.claim
    except ArchiveFault:
        return None


def _unfinished(number: CaseNumber) -> Finding:
    return Finding(
        str(number),
        "belum-selesai",
        "Penulisan terakhir terhenti di tengah jalan.",
        "Diselesaikan sendiri ketika `yankomas run` berjalan lagi.",
    )


def _journal_findings(
    number: CaseNumber, journal: Journal, witnessed: tuple[int, str] | None, unfinished: bool
) -> Iterator[Finding]:
    where = f"{number}/{bag.JOURNAL}"
    for fault in journal.faults:
        yield Finding(where, "rantai", f"Jurnal: {fault}.", RESTORE)
    if journal.torn:
        yield Finding(where, "baris-akhir", "Baris terakhir terpotong.", "Dirapikan sendiri oleh `yankomas run`.")
    if not journal.entries:
        if not journal.faults:
            yield Finding(where, "hilang", "Jurnal tidak ada atau kosong.", RESTORE)
        return
    first = journal.entries[0].data
    inside = (first.get("year"), first.get("serial"))
    if inside != (number.year, number.serial):
        fact = f"Map ini berisi perkara {inside[0]}/{inside[1]}."
        yield Finding(str(number), "salah-map", fact, "Kembalikan map ke nomornya sendiri.")
    elif not journal.faults:
        yield from _witness_findings(where, journal, witnessed, unfinished)


def _witness_findings(
    where: str, journal: Journal, witnessed: tuple[int, str] | None, unfinished: bool
) -> Iterator[Finding]:
    last = len(journal.entries)
    if witnessed is None and last == 1:
        return  # a crash came between the rename and its witness; the next append heals it
    seq, head = witnessed or (0, "")
    if seq > last:
        yield Finding(where, "baris-akhir", f"Jurnal pernah {seq} baris, kini {last}: ekornya dibuang.", RESTORE)
    elif seq and journal.entries[seq - 1].hash != head:
        yield Finding(where, "baris-akhir", f"Baris {seq} bukan yang dahulu disaksikan.", RESTORE)
    elif seq < last and not unfinished:
        fact = f"Baris {seq + 1} sampai {last} tidak pernah disaksikan."
        yield Finding(where, "baris-akhir", fact, "Periksa siapa yang menulisnya; " + RESTORE[0].lower() + RESTORE[1:])


def _bag_findings(folder: Path, number: CaseNumber, journal: Journal) -> Iterator[Finding]:
    if journal.faults:
        return
    for name, expected in bag.bag_files(number, journal.entries).items():
        found = _bytes_of(folder / name)
        if found is None:
            yield Finding(f"{number}/{name}", "hilang", "Berkas BagIt tidak ada.", RESTORE)
        elif found != expected:
            yield Finding(f"{number}/{name}", "bagit", "Berkas BagIt tidak sesuai jurnal.", RESTORE)


def _payload_findings(
    folder: Path, number: CaseNumber, documents: Iterable[Document], waiting: Container[str]
) -> Iterator[Finding]:
    """Hold every document against its hash; one that still waits in staging is not missing."""
    for document in documents:
        path = folder / bag.PAYLOAD / document.name
        where = f"{number}/{bag.PAYLOAD}/{document.name}"
        if not path.is_file() or path.is_symlink():
            if document.name not in waiting:
                yield Finding(where, "hilang", "Naskah tidak ada.", RESTORE)
            continue
        try:
            changed = path.stat().st_size != document.bytes or disk.sha256_of(path) != document.sha256
        except OSError as fault:
            yield Finding(where, "berubah", f"Naskah tidak dapat dibaca: {fault.strerror}.", RESTORE)
            continue
        if changed:
            yield Finding(where, "berubah", "Isi naskah berubah sejak dicatat.", RESTORE)


def _foreign_files(
    folder: Path, number: CaseNumber, documents: Iterable[Document], journal: Journal, unfinished: bool
) -> Iterator[Finding]:
    own = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}
    known = {f"{bag.PAYLOAD}/{d.name}" for d in documents} | {bag.JOURNAL} | own
    known |= {f".{name}.part" for name in own} if unfinished else set()
    fact, remedy = "Berkas ini tidak dikenal jurnal.", "Pindahkan keluar dari map."
    if journal.faults:
        fact, remedy = "Berkas ini tidak dikenal bagian jurnal yang masih utuh.", "Biarkan di sini. " + RESTORE
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name == bag.PAYLOAD and path.is_dir() and not path.is_symlink():
            continue
        if name not in known:
            yield Finding(f"{number}/{name}", "asing", fact, remedy)


def _bytes_of(path: Path) -> bytes | None:
    if not path.is_file() or path.is_symlink():
        return None
    return path.read_bytes()
