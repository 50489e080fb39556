"""Bringing a backup back into an empty folder: the office as it was when the backup began, to the byte.

What was copied later than its fence is cut off: lines of journals behind the last witnessed one, their documents, cases
born since, and the records that name them. Their letters lie in the frozen inbox. Views are made anew afterwards.

Which numbers were given since, only people know; until they have said so none is given
(:mod:`pipeline.register.store.restored`).
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from pipeline.archive import bagit
from pipeline.archive.store.case_folder import write_if_changed
from pipeline.archive.store.case_reading import first_line, read_case
from pipeline.archive.store.layout import Layout, opened
from pipeline.archive.store.witness_log import WitnessLog
from pipeline.backup.ports import Fence
from pipeline.backup.store.back_up import FENCE, FOLDER, FROZEN_INBOX, FROZEN_PEOPLE, PASSWORD
from pipeline.backup.store.restic import Progress, Restic, write_password
from pipeline.cases.case_number import CaseNumber, Volume
from pipeline.cases.fold import documents_of
from pipeline.cases.journal import read_journal
from pipeline.errors import ArchiveFault, NotFound, UsageFault, YankomasError
from pipeline.evidence.seal import Seal
from pipeline.evidence.store.seals import note_of, read_seals, seal_files
from pipeline.records.came_back import destroyed_by
from pipeline.records.store.records_book import records_book
from pipeline.register.store.number_records import has_number, highest_note, read_series_line
from pipeline.register.store.restored import note_restored
from pipeline.storage import disk

_LATER = ".cadangan-terbaru"  # the newest backup's book of lists, while it is looked into


def restore(
    repository: str, snapshot: str, target: Path, password: str, progress: Progress, settling: Progress
) -> Fence:
    """Bring a backup back into an empty folder, as the office was when that backup began; views are still missing.

    Raises:
        UsageFault: the folder is not empty.
        NotFound, SettingsFault, ArchiveFault: there is no such backup, the password is wrong, it is damaged, or a later
            version or somebody else made it (then nothing of it stays in the folder).
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageFault(f"{target} tidak kosong.", "Sebut folder baru; folder kantor yang ada tidak pernah ditimpa.")
    target.mkdir(mode=0o750, parents=True, exist_ok=True)
    layout = Layout(target.resolve())
    key = layout.root / PASSWORD
    write_password(key, password)
    try:
        restic = Restic(repository, key)
        restic.restore(snapshot, layout.root, progress)
    except BaseException:
        key.unlink()
        with suppress(OSError):
            key.parent.rmdir()
        raise
    try:
        _require_no_links(layout.root)
        opened(layout.root)
    except ArchiveFault:
        # Half a restored office must not lie there for the later version to work on: it was not brought to its fence.
        disk.sweep(layout.root)
        raise
    layout.prepare()
    fence = settle(layout, settling)
    note_destroyed_since(layout, restic)
    return fence


def note_destroyed_since(layout: Layout, restic: Restic) -> None:
    """Note which cases were destroyed since this backup was made: their lines are here as before.

    The newest backup tells of them; of what was destroyed while this one was being made, its own book does, which was
    copied behind the fence to which the journals are cut.
    """
    brought = Layout(layout.root / _LATER)
    disk.make_folder(brought.root)
    for newest in restic.snapshots()[:1]:
        restic.bring(newest, layout.records.relative_to(layout.root).as_posix(), brought.root)
    later = destroyed_by(records_book(brought).lines())
    disk.sweep(brought.root)
    here = records_book(layout)
    told = {**destroyed_by(here.lines()), **later}
    if since := {number: name for number, name in told.items() if not _is_stub(layout, number)}:
        here.note_destroyed_since(since)


def _is_stub(layout: Layout, number: CaseNumber) -> bool:
    """Say whether a case is here without its content; one that is not here, or broken, is left to ``verify``."""
    try:
        return bool(read_case(layout, number).gone)
    except YankomasError:
        return True


def _require_no_links(root: Path) -> None:
    """Make sure that what is settled lies here: by a link in a backup that somebody made up, another office would be.

    Raises:
        ArchiveFault: there is one; backups of ours have none there.
    """
    for name in (FOLDER, "archive", "segel", ".kunci"):
        for folder, names, files in os.walk(root / name):
            if (root / name).is_symlink() or any(Path(folder, one).is_symlink() for one in (*names, *files)):
                raise ArchiveFault(
                    "Cadangan ini memuat tautan simbolik di dalam arsip; bukan buatan `yankomas backup`.",
                    "Sebut tempat cadangan yang benar, dan cari tahu siapa yang menulis ke sana.",
                )


def settle(layout: Layout, progress: Progress) -> Fence:
    """Bring everything under a freshly restored root to its fence; ``progress`` gets cases done and in all.

    Raises:
        NotFound: it is no backup of ours.
        ArchiveFault: the backup has less than its fence says.
    """
    fence = _read_fence(layout.root / FENCE)
    if WitnessLog(layout.changes).size() < fence.changes:
        raise ArchiveFault("Cadangan ini tidak lengkap: daftar saksi terlalu pendek.", "Pilih cadangan yang lain.")
    note_restored(layout.restored, fence.at)
    if layout.changes.is_file():  # of an office that had no case yet it may have come to be meanwhile
        disk.truncate(layout.changes, fence.changes)
    heads = WitnessLog(layout.changes).last_heads()
    numbers = [number for year in layout.years() for number in layout.numbers(year)]
    for done, number in enumerate(numbers, start=1):
        _settle_case(layout, number, heads.get(number, (0, ""))[0])
        progress(done, len(numbers))
    for year in layout.years():
        _settle_records(layout, year)
    _settle_seals(layout, fence)
    for path in sorted(layout.ledger.glob("*.jsonl")):
        disk.truncate(path, min(path.stat().st_size, fence.ledger.get(path.name, 0)))
    _put_back(layout.root / FROZEN_INBOX, layout.inbox)
    _put_back(layout.root / FROZEN_PEOPLE, layout.people)
    disk.sweep(layout.root / FOLDER)
    return fence


def _read_fence(path: Path) -> Fence:
    """Return the fence of a restored root.

    Raises:
        NotFound: there is none, so it is no backup of ours.
    """
    try:
        return Fence(**json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError):
        raise NotFound("Cadangan ini bukan buatan `yankomas backup`.", "Sebut tempat cadangan yang benar.") from None


def _settle_case(layout: Layout, number: CaseNumber, last: int) -> None:
    """Cut a case to its ``last`` line; one that was born behind the fence goes whole."""
    folder = layout.case(number)
    if not last:
        disk.sweep(folder)
        return
    text = (folder / bagit.JOURNAL).read_bytes() if (folder / bagit.JOURNAL).is_file() else b""
    kept = b"".join(line + b"\n" for line in text.split(b"\n")[:-1][:last])
    if kept != text:
        disk.truncate(folder / bagit.JOURNAL, len(kept))
    journal = read_journal(kept)
    if journal.faults or len(journal.entries) < last:
        return  # `verify` names what is wrong with it
    known = {document.name for document in documents_of(journal.entries)}
    for path in sorted((folder / bagit.PAYLOAD).iterdir()):
        if path.name not in known:
            disk.remove(path)
    for name, data in bagit.bag_files(number, journal.entries, kept).items():
        write_if_changed(folder / name, data)


def _settle_records(layout: Layout, year: Volume) -> None:
    newest = max(layout.numbers(year), default=None)
    if newest:
        registered = first_line(layout, newest).registered_at
        disk.replace(layout.highest(year), highest_note(newest.serial, registered))
    elif not layout.all_series(year):  # letters of cases of another series have their numbers there
        disk.sweep(layout.volume(year))
        return
    else:  # its cases were all born behind the fence; the next number is the first again, or what a person says
        disk.remove(layout.highest(year))
    for series in layout.all_series(year):
        lines = series.read_text().splitlines(keepends=True)
        disk.replace(series, "".join(line for line in lines if _is_given(layout, line)).encode())


def _is_given(layout: Layout, line: str) -> bool:
    """Say whether the case that a line of the series names has that number."""
    try:
        return has_number(layout, read_series_line(line.rstrip("\n"))) is True
    except ValueError:
        return False


def _settle_seals(layout: Layout, fence: Fence) -> None:
    """Cut off the seals that were made behind the fence: they cover what is not there."""
    last: Seal | None = None
    seals = [seal for _, seal, _ in read_seals(layout) if seal]
    behind = [s for s in seals if s.end > fence.changes or (fence.seal is not None and s.seq > fence.seal)]
    later = tuple(f'{{"seq":{seal.seq},'.encode() for seal in behind)
    for path in seal_files(layout) if later else ():
        lines = path.read_bytes().splitlines(keepends=True)
        disk.replace(path, b"".join(line for line in lines if not line.startswith(later)))
    for _, seal, _ in read_seals(layout):
        last = seal or last
    if last:
        disk.replace(layout.last_seal, note_of(last))
    else:
        disk.remove(layout.last_seal)


def _put_back(frozen: Path, target: Path) -> None:
    """Move what was frozen to where it belongs."""
    if frozen.is_dir():
        disk.sweep(target)
        disk.rename(frozen, target)
