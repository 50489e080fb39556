"""Verify an archive: every case folder, the numbers, the views, the seals, and what lies beside them.

Reports all it finds and changes nothing; a read-only copy will do. Cases are examined one at a time, beside whoever
goes on working, a year after the other, so that memory stays flat however large the archive is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from pipeline.access.store.access_log import MonthlyAccessLog
from pipeline.access.store.account_states import account_states
from pipeline.access.store.people_file import FILE as ACCOUNTS
from pipeline.archive import bagit
from pipeline.archive.ports import RESTORE, Finding
from pipeline.archive.store.case_reading import read_case
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import Case
from pipeline.cases.case_number import YEAR, CaseNumber, Volume, folder_of_volume, in_volume
from pipeline.cases.store.own_editions import edition_record_faults
from pipeline.cases.store.service_shelf import service_record_faults
from pipeline.cases.store.version_records import edition_record, service_record
from pipeline.errors import YankomasError
from pipeline.evidence.store.fixity import examine
from pipeline.evidence.store.seals import FolderBooks, read_seals
from pipeline.evidence.store.states import state_faults
from pipeline.evidence.store.verify_books import InboxNumbers, account_findings, key_findings
from pipeline.evidence.store.verify_records import NumberCheck, TwinClaims, TwinNumbers, ViewCheck, Views
from pipeline.evidence.store.verify_seals import seal_findings
from pipeline.evidence.store.witnesses import Witnesses, witnessed_years
from pipeline.letters.store.template_record import TemplateRecord
from pipeline.office.store.office_file_record import OfficeFileRecord
from pipeline.privacy.store.matter_books import REMOVALS, MatterFile, matter_faults
from pipeline.privacy.store.removals import FolderLogBooks, closed_books, closing_findings
from pipeline.records.store.records_book import records_book
from pipeline.register.old_registers import Run, lies_in, pieces, runs
from pipeline.register.store.book_file import lines_beside
from pipeline.register.store.handed_out_record import FolderHandedOutRecord
from pipeline.register.store.number_records import read_highest
from pipeline.register.store.old_registers import OldRegisterRecord
from pipeline.register.store.year_ends import year_end_faults
from pipeline.storage.version_list import VersionRecord
from pipeline.survey.store.survey_files import survey_faults

#: The folders with a book of lines a year or a month, and what their files are called.
_BOOKS = {".kotak-masuk": re.compile(rf"{YEAR}\.jsonl"), "akses": re.compile(rf"{YEAR}-(?:0[1-9]|1[0-2])\.jsonl")}
_NOW = 1 << 63  # later than any moment of a file system
#: The names an archive and a year folder may hold besides numbers and years.
_WORKING = {
    *(".staging", ".locks", ".open", ".state", ".changes", ".segel", ".sidik", ".kotak-masuk"),
    *(".jam", ".pulih", ".bentuk", ".pindah", ".pusat", ".templat", ".pengaturan", ".keadaan", ".saksi-luar", ".sop"),
    ".layanan",
    *(".buku-lama", ".serahan", ".kearsipan", ".tutup-buku", ".ikm", ".data-pribadi", "akses", ".gitkeep"),
}


def verify_archive(
    layout: Layout,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    views: Views | None = None,
    seal_key: bytes | None = None,
    given: Iterable[tuple[CaseNumber, str]] = (),
) -> list[Finding]:
    """Verify cases, numbers, seals, access log and the archive's own folder; ``progress`` gets cases done and in all.

    ``views`` are held against the folders if they are given; seals are held against the office's key if that is.
    ``given``: numbers and claims that the inbox account says were given.
    """
    inbox = InboxNumbers(given)  # before the cases: what it says was given has a case by now
    findings = [*_beside(layout, seal_key), *_unfinished(layout), *_came_back(layout)]
    total, done = sum(1 for year in layout.years() for _ in layout.numbers(year)), 0
    claims, twins = TwinClaims(), TwinNumbers()

    def met(case: Case | None) -> None:
        nonlocal done
        done += 1
        if case:
            claims.note(case)
            findings.extend(inbox.case(case))
        progress(done, max(total, done))

    for year in sorted({*layout.years(), *witnessed_years(layout)}):
        findings += _verify_year(layout, year, views, twins, met)
    return [*findings, *claims.findings(), *inbox.findings()]


def _verify_year(
    layout: Layout, year: Volume, views: Views | None, twins: TwinNumbers, met: Callable[[Case | None], None]
) -> Iterator[Finding]:
    """Verify a year's cases and records; what was needed for it is let go of at the end."""
    witnesses, beside = Witnesses(layout, year), NumberCheck(layout, year)
    viewed = ViewCheck(layout, year, views) if views else None
    numbers = sorted(layout.numbers(year))
    for number in numbers:
        examined = examine(layout, number, witnesses)
        yield from examined.findings
        if (case := examined.case) and case.number == number:
            yield from beside.case(case)
            yield from twins.case(case)
            if viewed:
                viewed.case(case)
        met(examined.case)
    yield from _gaps(layout, year, numbers, witnesses)
    yield from beside.findings(witnesses.highest)
    yield from viewed.findings() if viewed else ()


def verify_changed(layout: Layout, since: int | None, seal_key: bytes | None) -> list[Finding]:
    """Verify what stands beside the cases, and the cases of which anything changed since a moment (nanoseconds).

    What changed is told by the file system (ctime), so that also what was changed past the program is looked at;
    without a moment all is.
    """
    findings = _beside(layout, seal_key)
    for year in sorted({*layout.years(), *witnessed_years(layout)}):
        witnesses, numbers = Witnesses(layout, year), sorted(layout.numbers(year))
        for number in numbers:
            if since is None or _changed_at(layout.case(number)) >= since:
                findings += examine(layout, number, witnesses).findings
        findings += _gaps(layout, year, numbers, witnesses)
    return findings


def _beside(layout: Layout, seal_key: bytes | None) -> list[Finding]:
    """Return what is wrong with all that stands beside the cases."""
    findings = [*strangers(layout), *seal_findings(layout, seal_key), *MonthlyAccessLog(layout).verify()]
    removals = MatterFile(layout, REMOVALS)
    closings = closing_findings(removals, FolderLogBooks(layout))
    return [*findings, *record_findings(layout), *_account_findings(layout, removals), *closings]


def _changed_at(folder: Path) -> int:
    """Return when anything of a case folder was changed last, in nanoseconds."""
    with suppress(OSError):  # somebody is writing: it has changed
        newest = folder.lstat().st_ctime_ns
        for top in (folder, folder / bagit.PAYLOAD):
            with os.scandir(top) as entries:
                newest = max(newest, *(entry.stat(follow_symlinks=False).st_ctime_ns for entry in entries), 0)
        return newest
    return _NOW


def verify_case(layout: Layout, number: CaseNumber) -> list[Finding]:
    """Verify one case."""
    if not layout.case(number).is_dir():
        return [Finding(str(number), "hilang", "Map perkara tidak ada.", RESTORE)]
    return examine(layout, number, Witnesses(layout, number.volume)).findings


def strangers(layout: Layout) -> Iterator[Finding]:
    """Say what lies in an office's archive and is not known there."""
    if not layout.archive.is_dir():
        return
    # What is there is listed before what is known, so that a case made meanwhile is no stranger.
    there = sorted(path.name for path in layout.archive.iterdir())
    known = _WORKING | {folder_of_volume(year) for year in layout.years()}
    books = {layout.book(year) for year in layout.booked_years()}
    known |= _with_parts({b.name for b in books} | {".segel", ".bobot-baca"}) | {lines_beside(b).name for b in books}
    for name in there:
        if name not in known:
            yield Finding(name, "asing", "Tidak dikenal di arsip.", "Pindahkan keluar dari arsip.")
    for folder, name_of in _BOOKS.items():
        for path in sorted((layout.archive / folder).glob("*")):
            if not name_of.fullmatch(path.name):
                yield Finding(
                    f"{folder}/{path.name}", "asing", "Bukan berkas buku ini.", "Pindahkan keluar dari arsip."
                )
    for year in layout.years():
        there = sorted(path.name for path in layout.volume(year).iterdir())
        known = {n.folder for n in layout.numbers(year)} | _with_parts({".tertinggi", ".naskah"})
        known |= {path.name for path in layout.all_series(year)}
        for name in there:
            if name not in known:
                yield Finding(
                    f"{folder_of_volume(year)}/{name}", "asing", "Bukan map bernomor.", "Pindahkan keluar dari arsip."
                )


def record_findings(
    layout: Layout,
    year_ends: Iterable[tuple[str, str]] | None = None,
    editions: VersionRecord | None = None,
    services: VersionRecord | None = None,
    survey: Iterable[tuple[str, str]] | None = None,
    matters: Iterable[tuple[str, str]] | None = None,
) -> Iterator[Finding]:
    """Say what is wrong with the records that lie in an office's folder, also where its cases are kept centrally.

    They are what is kept for ever of templates, settings, the office's own editions of its SOP, what was in force when,
    keys' fingerprints, old registers, and what was handed out to other systems. ``year_ends``, ``survey``, ``matters``:
    what is wrong with the record of closed years, the survey and the books on personal data, ``editions``,
    ``services``: those records, where they are not the folder's.
    """
    templates = TemplateRecord(layout.template_record, layout.templates, layout.locks / "templat")
    settings = OfficeFileRecord(layout.settings, layout.settings_record, layout.locks / "pengaturan")
    editions = editions or edition_record(layout.sop_record, layout.locks / "sop")
    services = services or service_record(layout.service_record, layout.locks / "layanan")
    records = (
        (layout.template_record, "templat", templates.faults()),
        (layout.settings_record, "pengaturan", settings.faults()),
        (layout.sop_record, "edisi-sop", edition_record_faults(editions)),
        (layout.service_record, "layanan", service_record_faults(services)),
        (layout.states, "keadaan", state_faults(layout)),
        (layout.old_registers, "buku-lama", _old_registers(layout).faults()),
        (layout.year_ends, "tutup-buku", year_end_faults(layout.year_ends) if year_ends is None else year_ends),
        (layout.records, "kearsipan", records_book(layout).faults()),
        (layout.survey, "survei", survey_faults(layout) if survey is None else survey),
        (layout.privacy, "data-pribadi", matter_faults(layout) if matters is None else matters),
        (layout.handed_out, "serahan", FolderHandedOutRecord(layout.handed_out, layout.locks / "serahan").faults()),
    )
    for folder, code, faults in records:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_symlink():
                where = path.relative_to(folder.parent).as_posix()
                yield Finding(where, "tautan", "Berkas ini hanya tautan; isinya di luar arsip.", RESTORE)
        for name, fact in faults:
            yield Finding(f"{folder.name}/{name}", code, fact, f"Pulihkan archive/{folder.name} dari cadangan.")
    yield from key_findings(layout)


def _account_findings(layout: Layout, removals: MatterFile) -> Iterator[Finding]:
    sound = (seal for _, seal, fault in read_seals(layout) if seal and not fault)
    there = (layout.people / ACCOUNTS).exists()
    states = lambda: account_states(layout.people) if there else None  # noqa: E731
    return account_findings(layout, sound, FolderBooks(layout), states, closed=closed_books(removals))


def _with_parts(names: set[str]) -> set[str]:
    """Return the names with those of their part-files, which stand for a moment, or after a crash until the next."""
    return names | {f".{name}.part" for name in names}


def _unfinished(layout: Layout) -> Iterator[Finding]:
    """Say whether an old register was taken over in part only."""
    if name := _old_registers(layout).unfinished(lambda year: _serials(layout, year)):
        fact = f"Buku register lama {name!r} baru sebagian diambil alih."
        yield Finding(".buku-lama", "belum-selesai", fact, "Jalankan `yankomas impor` lagi dengan buku yang sama.")


def _came_back(layout: Layout) -> Iterator[Finding]:
    """Say which cases have their content again that was destroyed after the backup from which this archive came."""
    for number, name in records_book(layout).destroyed_since().items():
        with suppress(YankomasError):
            if not read_case(layout, number).gone:
                yield came_back(number, name)


def came_back(number: CaseNumber, of_list: str) -> Finding:
    """Return the finding that the content of a case is there which a list has destroyed."""
    fact = f"Isinya dimusnahkan ({of_list}) sesudah cadangan ini dibuat, dan ada lagi di sini."
    return Finding(str(number), "dimusnahkan", fact, "Jalankan `yankomas arsip susulan`.")


def _serials(layout: Layout, year: int) -> set[int]:
    return {number.serial for number in layout.numbers(Volume(year))}


def _old_registers(layout: Layout) -> OldRegisterRecord:
    return OldRegisterRecord(layout.old_registers, layout.locks / "buku-lama")


def left_out(layout: Layout, year: int) -> Sequence[Run]:
    """Return the numbers of a year that the old registers, which were taken over, left out."""
    return _old_registers(layout).runs(year)[1]


def _gaps(layout: Layout, year: Volume, numbers: Sequence[CaseNumber], witnesses: Witnesses) -> Iterator[Finding]:
    """Say which numbers have no folder: but those that an old book left out, and that nobody ever saw."""
    record = _old_registers(layout)
    taken, left_out = record.runs(year)
    excused = [*left_out, *(taken if record.unfinished(lambda one: _serials(layout, one)) else ())]
    for first, end in _missing(layout, year, numbers, witnesses.highest):
        for one, last in _unexcused((first, end), excused, witnesses):
            begin, until = in_volume(year, one), in_volume(year, last)
            fact = f"Nomor {'ini' if begin == until else f'{begin} sampai {until}'} tidak ada mapnya."
            yield Finding(str(begin), "lompat", fact, "Cari map yang dibawa pergi; " + RESTORE.lower())


def _unexcused(run: Run, excused: Sequence[Run], witnesses: Witnesses) -> Iterator[Run]:
    yield from pieces(run, excused)
    seen = (serial for serial in witnesses.serials if run[0] <= serial <= run[1] and lies_in(serial, excused))
    yield from runs(seen)


def _missing(layout: Layout, year: Volume, numbers: Sequence[CaseNumber], witnessed: int) -> Iterator[Run]:
    highest = max(read_highest(layout.highest(year))[0], witnessed)
    # A case that was registered after its year was listed is no gap, nor is what was registered before it.
    there = sorted({*numbers, *layout.numbers(year)})
    last = 0
    for number in [*there, in_volume(year, highest + 1)]:
        if number.serial > last + 1:
            yield last + 1, number.serial - 1
        last = max(last, number.serial)
