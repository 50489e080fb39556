"""Fixity: hold every case folder against its journal and everything that was witnessed outside it.

Reports all it finds and changes nothing. Files are read in pieces and cases one at a time, so memory stays flat.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.adapters import disk, locks
from pipeline.adapters.changes import Changes
from pipeline.adapters.layout import Layout
from pipeline.adapters.numbers import read_highest
from pipeline.domain import bag
from pipeline.domain.case import documents_of, fold
from pipeline.domain.events import Document
from pipeline.domain.journal import Journal, read_journal
from pipeline.domain.numbering import CaseNumber
from pipeline.errors import ArchiveFault, Busy

#: The names an archive and a year folder may hold besides numbers and years.
_WORKING = {".staging", ".locks", ".open", ".state", ".changes", "akses", ".gitkeep"}
_RESTORE = "Pulihkan dari cadangan."


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


def verify_archive(layout: Layout, progress: Callable[[int, int], None] = lambda _done, _all: None) -> list[Finding]:
    """Verify all cases, the numbers and the archive's own folder; ``progress`` gets cases done and in all."""
    heads = Changes(layout.changes).last_heads()
    numbers = sorted(n for year in layout.years() for n in layout.numbers(year))
    findings = list(_strangers(layout))
    claims: Counter[str] = Counter()
    for done, number in enumerate(numbers, start=1):
        report, claim = _verify_case(layout, number, heads.get(number))
        findings += report
        claims.update([claim] if claim else [])
        progress(done, len(numbers))
    findings += _gaps(layout, set(numbers), set(heads))
    findings += _twins(claims)
    return findings


def verify_case(layout: Layout, number: CaseNumber) -> list[Finding]:
    """Verify one case."""
    if not layout.case(number).is_dir():
        return [Finding(str(number), "hilang", "Map perkara tidak ada.", _RESTORE)]
    return _verify_case(layout, number, Changes(layout.changes).last_heads().get(number))[0]


def _verify_case(
    layout: Layout, number: CaseNumber, witnessed: tuple[int, str] | None
) -> tuple[list[Finding], str | None]:
    folder = layout.case(number)
    try:
        with locks.held(layout.locks / number.key, patience=10):
            unfinished = (layout.staging / number.key).is_dir()
            journal = read_journal(_bytes_of(folder / bag.JOURNAL) or b"")
            findings = list(_journal_findings(number, journal, witnessed, unfinished))
            findings += _bag_findings(folder, number, journal)
    except Busy as busy:
        return [Finding(str(number), "belum-selesai", busy.message, busy.remedy)], None
    if unfinished:
        findings.append(_unfinished(number))
    if not journal.entries:
        return findings, None
    documents = documents_of(journal.entries)
    findings += _payload_findings(folder, number, documents)
    findings += _foreign_files(folder, number, documents)
    try:
        return findings, fold(journal.entries).received.claim
    except (ArchiveFault, TypeError):
        return findings, None


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
        yield Finding(where, "rantai", f"Jurnal: {fault}.", _RESTORE)
    if journal.torn:
        yield Finding(where, "baris-akhir", "Baris terakhir terpotong.", "Dirapikan sendiri oleh `yankomas run`.")
    if not journal.entries:
        if not journal.faults:
            yield Finding(where, "hilang", "Jurnal tidak ada atau kosong.", _RESTORE)
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
    if witnessed is None:
        return  # the list of changes was lost or a crash came before its first line; the next append heals it
    seq, head = witnessed
    last = len(journal.entries)
    if seq > last:
        yield Finding(where, "baris-akhir", f"Jurnal pernah {seq} baris, kini {last}: ekornya dibuang.", _RESTORE)
    elif journal.entries[seq - 1].hash != head:
        yield Finding(where, "baris-akhir", f"Baris {seq} bukan yang dahulu disaksikan.", _RESTORE)
    elif seq < last and not unfinished:
        fact = f"Baris {seq + 1} sampai {last} tidak pernah disaksikan."
        yield Finding(
            where, "baris-akhir", fact, "Periksa siapa yang menulisnya; " + _RESTORE[0].lower() + _RESTORE[1:]
        )


def _bag_findings(folder: Path, number: CaseNumber, journal: Journal) -> Iterator[Finding]:
    if not journal.entries or journal.faults:
        return
    for name, expected in bag.bag_files(number, journal.entries).items():
        found = _bytes_of(folder / name)
        if found is None:
            yield Finding(f"{number}/{name}", "hilang", "Berkas BagIt tidak ada.", _RESTORE)
        elif found != expected:
            yield Finding(f"{number}/{name}", "bagit", "Berkas BagIt tidak sesuai jurnal.", _RESTORE)


def _payload_findings(folder: Path, number: CaseNumber, documents: Iterable[Document]) -> Iterator[Finding]:
    for document in documents:
        path = folder / bag.PAYLOAD / document.name
        where = f"{number}/{bag.PAYLOAD}/{document.name}"
        if not path.is_file() or path.is_symlink():
            yield Finding(where, "hilang", "Naskah tidak ada.", _RESTORE)
        elif path.stat().st_size != document.bytes or disk.sha256_of(path) != document.sha256:
            yield Finding(where, "berubah", "Isi naskah berubah sejak dicatat.", _RESTORE)


def _foreign_files(folder: Path, number: CaseNumber, documents: Iterable[Document]) -> Iterator[Finding]:
    known = {f"{bag.PAYLOAD}/{d.name}" for d in documents}
    known |= {bag.JOURNAL, "bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name == bag.PAYLOAD and path.is_dir() and not path.is_symlink():
            continue
        if name not in known:
            yield Finding(f"{number}/{name}", "asing", "Berkas ini tidak dikenal jurnal.", "Pindahkan keluar dari map.")


def _strangers(layout: Layout) -> Iterator[Finding]:
    if not layout.archive.is_dir():
        return
    years = {str(year) for year in layout.years()}
    books = {layout.book(year).name for year in layout.booked_years()}
    for path in sorted(layout.archive.iterdir()):
        if path.name not in _WORKING | years | books:
            yield Finding(path.name, "asing", "Tidak dikenal di arsip.", "Pindahkan keluar dari arsip.")
    for year in layout.years():
        canonical = {n.folder for n in layout.numbers(year)} | {".tertinggi", ".naskah"}
        for path in sorted((layout.archive / str(year)).iterdir()):
            if path.name not in canonical:
                yield Finding(f"{year}/{path.name}", "asing", "Bukan map bernomor.", "Pindahkan keluar dari arsip.")


def _gaps(layout: Layout, there: set[CaseNumber], witnessed: set[CaseNumber]) -> Iterator[Finding]:
    years = {n.year for n in there | witnessed} | set(layout.years())
    for year in sorted(years):
        noted = read_highest(layout.highest(year))[0]
        highest = max([noted, *(n.serial for n in there | witnessed if n.year == year)])
        for serial in range(1, highest + 1):
            if (number := CaseNumber(year, serial)) not in there:
                yield Finding(
                    str(number),
                    "lompat",
                    "Nomor ini tidak ada mapnya.",
                    "Cari map yang dibawa pergi; " + _RESTORE.lower(),
                )


def _twins(claims: Counter[str]) -> Iterator[Finding]:
    for claim, count in sorted(claims.items()):
        if count > 1:
            yield Finding("arsip", "kembar", f"Satu surat (klaim {claim}) bernomor {count} kali.", "Panggil pengelola.")


def _bytes_of(path: Path) -> bytes | None:
    if not path.is_file() or path.is_symlink():
        return None
    return path.read_bytes()
