"""Old scans come to the cases that were taken over: by a table that names the files, or by their own names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import YEAR, CaseNumber
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.deliveries import COMMAND, delivered
from pipeline.cases.ports import Blob
from pipeline.errors import NotFound, Refused
from pipeline.intake.filing import OLD_SCAN, attach
from pipeline.intake.outcomes import Duplicate
from pipeline.intake.scan_parts import looked_into
from pipeline.reading.ports import Reader
from pipeline.register.ports import Claim

#: Year and serial in a name, in either order: ``2019-0012``, ``2019/12``, ``12_2019``, ``0012 HAM 2019``.
_YEAR_FIRST = re.compile(rf"(?<![0-9])(?<![0-9][-_.])({YEAR})[-_/. ]+([0-9]{{1,6}})(?![0-9])(?![-_.][0-9])")
_YEAR_LAST = re.compile(rf"(?<![0-9])(?<![0-9][-_.])([0-9]{{1,6}})(?:[-_/. ]+[A-Za-z]+)*[-_/. ]+({YEAR})(?![0-9])")


@dataclass(frozen=True, slots=True)
class OldScan:
    """A file of the folder, by its path from there with slashes, and the case that it is for, or why none."""

    name: str
    number: CaseNumber | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of the scans: how many were filed now, how many were there before, and which were not, and why."""

    filed: int
    same: int
    left: tuple[OldScan, ...]


def matched(names: Sequence[str], table: Mapping[str, Sequence[CaseNumber]]) -> list[OldScan]:
    """Return which case each file is for.

    ``table`` says of names of files (without their folders, in small letters) which cases they are for.
    """
    return [_matched(name, table) for name in names]


def _matched(name: str, table: Mapping[str, Sequence[CaseNumber]]) -> OldScan:
    path = PurePosixPath(name)
    told = [*table.get(path.name.casefold(), ()), *table.get(path.stem.casefold(), ())]
    found = set(told) or numbers_in(path.stem) or numbers_in(str(path.with_suffix("")))
    if len(found) == 1:
        return OldScan(name, found.pop())
    if not found:
        return OldScan(name, None, "namanya tidak menyebut nomor, dan buku tidak menyebut berkas ini")
    said = ", ".join(sorted(map(str, found)))
    return OldScan(name, None, f"dapat milik beberapa perkara: {said}")


def numbers_in(text: str) -> set[CaseNumber]:
    """Return the numbers that a name can mean; a day (``12-03-2019``) is none."""
    found = {(int(year), int(serial)) for year, serial in _YEAR_FIRST.findall(text)}
    found |= {(int(year), int(serial)) for serial, year in _YEAR_LAST.findall(text)}
    return {CaseNumber(year, serial) for year, serial in found if serial}


def by_file(rows: Iterable[tuple[CaseNumber, Sequence[str]]]) -> dict[str, list[CaseNumber]]:
    """Return the table that a book is: of each name of a file, the cases whose rows name it."""
    table: dict[str, list[CaseNumber]] = {}
    for number, files in rows:
        for file in files:
            table.setdefault(PurePosixPath(file.replace("\\", "/")).name.casefold(), []).append(number)
    return table


def file_scans(
    scans: Sequence[OldScan],
    blob: Callable[[str], Blob],
    reader: Reader,
    by: Actor,
    parts: DecideParts,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Scanned:
    """File scans with their cases; only with those that were taken over. Done again, nothing changes.

    Raises:
        EngineFault: no scan can be looked into on this machine.
        Passing: the disk is full, or the clock runs behind.
    """
    filed, same, left = 0, 0, list[OldScan]()
    for done, scan in enumerate(scans, start=1):
        outcome = _file(scan, blob, reader, by, parts)
        filed, same = filed + (outcome is True), same + (outcome is False)
        left += [OldScan(scan.name, scan.number, outcome)] if isinstance(outcome, str) else []
        progress(done, len(scans))
    return Scanned(filed, same, tuple(left))


def _file(scan: OldScan, blob: Callable[[str], Blob], reader: Reader, by: Actor, parts: DecideParts) -> bool | str:
    """Return whether it was filed now (False: it was there), or why it was not."""
    if scan.number is None:
        return scan.why
    try:
        case = parts.cabinet.case(scan.number)
    except NotFound:
        return f"perkara {scan.number} tidak ada"
    if case.imported is None:
        return f"{scan.number} bukan perkara dari buku lama; letakkan pindaiannya di kotak masuk"
    file = blob(scan.name)
    if any(document.sha256 == file.sha256 for document in case.documents):
        return False
    try:
        came = delivered(COMMAND, parts.clock.now(), by)
        papers, _, _ = looked_into(Claim(f"{OLD_SCAN}-{file.sha256[:16]}", file, deliveries=(came,)), reader)
    except Refused as refusal:
        return f"{refusal}"
    added = attach(papers, scan.number, OLD_SCAN, parts)
    return not isinstance(added, Duplicate) and not added.again
