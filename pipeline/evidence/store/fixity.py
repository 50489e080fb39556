"""Fixity of one case folder: its journal, its documents and its bag's own files, against what was witnessed outside.

Reports all it finds and changes nothing. Files are read in pieces, so memory stays flat.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.acts import Act, Advice
from pipeline.archive import bagit
from pipeline.archive.ports import REMAINS, RESTORE, Finding
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Document
from pipeline.cases.fold import destroyed_in, documents_of, fold
from pipeline.cases.journal import Journal, read_journal
from pipeline.errors import ArchiveFault, Busy
from pipeline.evidence.store.witnesses import CaseWitness, Witnesses
from pipeline.register.store.number_records import read_highest
from pipeline.register.store.old_cases import is_unfinished
from pipeline.storage import disk, locks
from pipeline.system_messages import os_words


@dataclass(frozen=True, slots=True)
class Examined:
    """A case folder's findings, and the case if its journal can be folded."""

    findings: list[Finding]
    case: Case | None = None


def examine(layout: Layout, number: CaseNumber, witnesses: Witnesses) -> Examined:
    """Return what is wrong with a case folder.

    It is looked at beside whoever works; only what does not look whole is looked at once more while nobody writes.
    """
    try:
        seen = None
        with suppress(OSError):  # somebody may be writing
            seen = _look(layout, number, witnesses)
        if seen is None or seen.findings:
            with locks.held_where_possible(layout.locks / number.key, patience=10):
                seen = _look(layout, number, witnesses)
    except Busy as busy:
        return Examined([Finding(str(number), "belum-selesai", busy.message, busy.remedy)])
    except OSError as fault:
        fact = f"Map tidak dapat dibaca: {os_words(fault)}."
        return Examined([Finding(str(number), "hilang", fact, "Periksa cakram ini. " + RESTORE)])
    in_payload = _payload_findings(layout.case(number), number, seen.documents, seen.waiting)
    case = None
    if seen.journal:
        with suppress(ArchiveFault):
            case = fold(seen.journal.entries)
    return Examined([*seen.findings, *in_payload, *(archival_findings(case) if case else ())], case)


def archival_findings(case: Case) -> Iterator[Finding]:
    """Yield which of the newest prints the check that was made then did not find to be marked PDF/A-2b."""
    for printed in case.prints.values():
        if printed.fault:
            fact = f"Bukan PDF/A-2b ketika dicetak: {printed.fault}"
            remedy = "Jalankan `yankomas doctor`; sesudah dibetulkan, `koreksi` menyusun dan mencetaknya lagi."
            yield Finding(f"{case.number}/{printed.documents[0].name}", "pdfa", fact, remedy)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A case folder at one moment, its documents not read yet; ``waiting`` are those that lie in staging."""

    findings: list[Finding]
    journal: Journal | None = None
    documents: tuple[Document, ...] = ()
    waiting: frozenset[str] = frozenset()


def _look(layout: Layout, number: CaseNumber, witnesses: Witnesses) -> _Seen:
    folder = layout.case(number)
    if folder.is_symlink():
        remedy = "Kembalikan map yang sebenarnya ke tempatnya; tautan tidak ikut dicadangkan."
        return _Seen([Finding(str(number), "asing", "Map ini hanya tautan ke tempat lain.", remedy)])
    staged = layout.staging / number.key
    unfinished = staged.is_dir()
    waiting = frozenset(p.name for p in staged.iterdir()) if unfinished else frozenset[str]()
    noted = read_highest(layout.highest(number.volume))[0]  # before the witnesses, which are written first
    text = _bytes_of(folder / bagit.JOURNAL) or b""
    journal = read_journal(text)
    newborn = len(journal.entries) == 1 and (number.serial > noted or is_unfinished(layout, number))
    findings = list(_journal_findings(number, journal, witnesses.of(number), newborn, unfinished))
    try:
        documents = documents_of(journal.entries)
    except ArchiveFault as fault:
        documents = ()
        findings.append(Finding(f"{number}/{bagit.JOURNAL}", "rantai", fault.message, RESTORE))
    else:
        sound = not findings
        if journal.entries:
            findings += _foreign_files(folder, number, documents, journal, unfinished, whole=_is_whole(findings))
        if journal.entries and not unfinished:
            findings += _bag_findings(folder, number, journal, text, sound)
    if unfinished:
        fact = "Penulisan terakhir terhenti di tengah jalan."
        remedy = Advice("Diselesaikan sendiri ketika ", Act.WATCH_INBOX, " berjalan lagi.")
        findings.append(Finding(str(number), "belum-selesai", fact, remedy))
    return _Seen(findings, journal, documents, waiting)


def _is_whole(findings: Iterable[Finding]) -> bool:
    """Say whether nothing that was found of a journal says that lines of it are gone, or others."""
    return not any(found.code in ("rantai", "baris-akhir") for found in findings)


def _journal_findings(
    number: CaseNumber, journal: Journal, witness: CaseWitness, newborn: bool, unfinished: bool
) -> Iterator[Finding]:
    where = f"{number}/{bagit.JOURNAL}"
    for fault in journal.faults:
        yield Finding(where, "rantai", f"Jurnal: {fault}.", RESTORE)
    if journal.torn:
        yield Finding(
            where, "baris-akhir", "Baris terakhir terpotong.", Advice("Dirapikan sendiri oleh ", Act.WATCH_INBOX, ".")
        )
    if not journal.entries:
        if not journal.faults:
            yield Finding(where, "hilang", "Jurnal tidak ada atau kosong.", RESTORE)
        return
    inside = _inside_of(journal)
    if inside != number:
        fact = f"Map ini berisi perkara {inside or 'tanpa nomor'}."
        yield Finding(str(number), "salah-map", fact, "Kembalikan map ke nomornya sendiri.")
    elif not journal.faults:
        yield from _witness_findings(where, journal, witness, newborn, unfinished)


def _inside_of(journal: Journal) -> CaseNumber | None:
    """Return the number that the first line gives the case; None if it is none."""
    first = journal.entries[0].data
    year, serial, series = first.get("year"), first.get("serial"), first.get("series", "")
    if isinstance(year, int) and isinstance(serial, int) and isinstance(series, str):
        return CaseNumber(year, serial, series)
    return None


def _witness_findings(
    where: str, journal: Journal, witness: CaseWitness, newborn: bool, unfinished: bool
) -> Iterator[Finding]:
    """Hold every line against every witness of it.

    What a crash leaves unwitnessed is a first line whose number is not noted yet, and the last line of an append that
    was cut short; both are witnessed by whoever comes next.
    """
    entries, last = journal.entries, len(journal.entries)
    if witness.last > last:
        fact = f"Jurnal pernah {witness.last} baris, kini {last}: ekornya dibuang."
        yield Finding(where, "baris-akhir", fact, RESTORE)
    if changed := witness.contradicted(entries):
        by = "disegel" if witness.contradicts_seal(entries) else "disaksikan"
        yield Finding(where, "baris-akhir", f"Baris {_named(changed)} bukan yang dahulu {by}.", RESTORE)
    unseen = [seq for seq in witness.unseen(entries) if not newborn and not (unfinished and seq == last)]
    if unseen:
        fact = f"Baris {_named(unseen)} tidak pernah disaksikan."
        yield Finding(where, "baris-akhir", fact, "Periksa siapa yang menulisnya; " + RESTORE[0].lower() + RESTORE[1:])


def _named(lines: list[int]) -> str:
    """Return line numbers in words: ``3``, ``2 sampai 5``, ``1, 4, 6``."""
    if len(lines) > 1 and lines[-1] - lines[0] == len(lines) - 1:
        return f"{lines[0]} sampai {lines[-1]}"
    return ", ".join(map(str, lines))


def _bag_findings(folder: Path, number: CaseNumber, journal: Journal, text: bytes, sound: bool) -> Iterator[Finding]:
    """Hold the bag's own files against the journal (``text``); while it is ``sound`` they can be made anew from it.

    The tag manifest of a folder that no later version has added to lists no journal.
    """
    if journal.faults:
        return
    inside = _inside_of(journal) or number
    whole = text[: text.rfind(b"\n") + 1]
    repair = f"yankomas rebuild {number}" if sound else ""
    remedy = f"Jurnalnya utuh, jadi berkas ini aman disusun ulang: `{repair}`." if sound else RESTORE
    for name, expected in bagit.bag_files(inside, journal.entries, whole).items():
        found = _bytes_of(folder / name)
        if found is None:
            yield Finding(f"{number}/{name}", "hilang", "Berkas BagIt tidak ada.", remedy, repair)
        elif found != expected and not (name == bagit.TAGS and found == bagit.first_tags(inside, journal.entries)):
            yield Finding(f"{number}/{name}", "bagit", "Berkas BagIt tidak sesuai jurnal.", remedy, repair)


def _payload_findings(
    folder: Path, number: CaseNumber, documents: Iterable[Document], waiting: Container[str]
) -> Iterator[Finding]:
    """Hold every document against its hash; one that still waits in staging is not missing."""
    for document in documents:
        path = folder / bagit.PAYLOAD / document.name
        where = f"{number}/{bagit.PAYLOAD}/{document.name}"
        if (size := _size_of(path)) is None:
            if document.name not in waiting:
                yield Finding(where, "hilang", "Naskah tidak ada.", RESTORE)
            continue
        try:
            changed = size != document.bytes or disk.sha256_of(path) != document.sha256
        except OSError as fault:
            yield Finding(where, "berubah", f"Naskah tidak dapat dibaca: {os_words(fault)}.", RESTORE)
            continue
        if changed:
            yield Finding(where, "berubah", "Isi naskah berubah sejak dicatat.", RESTORE)


def _foreign_files(
    folder: Path, number: CaseNumber, documents: Iterable[Document], journal: Journal, unfinished: bool, *, whole: bool
) -> Iterator[Finding]:
    """Yield what lies in a folder and is none of the case; while its journal is not ``whole``, it may well be."""
    own = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}
    known = {f"{bagit.PAYLOAD}/{d.name}" for d in documents} | {bagit.JOURNAL} | own
    known |= {f".{name}.part" for name in own} if unfinished else set()
    fact, remedy = "Berkas ini tidak dikenal jurnal.", "Pindahkan keluar dari map, dan simpan sampai jelas asalnya."
    if not whole:
        fact, remedy = "Berkas ini tidak dikenal bagian jurnal yang masih utuh.", "Biarkan di sini. " + RESTORE
    if not documents and not journal.faults and not (folder / bagit.PAYLOAD).is_dir():  # else its documents tell it
        fact_here = "Folder naskah (data) tidak ada."
        yield Finding(f"{number}/{bagit.PAYLOAD}", "hilang", fact_here, "Buat folder kosong bernama data di map ini.")
    destroyed = {f"{bagit.PAYLOAD}/{name}" for name in destroyed_in(journal.entries)}
    for name in sorted(_inside(str(folder))):
        if name in destroyed and not unfinished:
            fact_here = "Isi yang sudah dimusnahkan menurut jurnal ada lagi di map ini."
            yield Finding(f"{number}/{name}", "dimusnahkan", fact_here, f"{REMAINS} {number}`.")
        elif name not in known:
            yield Finding(f"{number}/{name}", "asing", fact, remedy)


def _inside(folder: str, under: str = "") -> Iterator[str]:
    """Yield everything that lies in a folder, by path under it; a real folder for documents belongs there."""
    with os.scandir(folder) as entries:
        for entry in entries:
            name = under + entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if not (is_folder and name == bagit.PAYLOAD):
                yield name
            if is_folder:
                yield from _inside(entry.path, name + "/")


def _bytes_of(path: Path) -> bytes | None:
    return None if _size_of(path) is None else path.read_bytes()


def _size_of(path: Path) -> int | None:
    """Return a plain file's size; None if there is none, or something else."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
