"""Verify an archive: every case folder, the numbers, the views, the seals, and what lies beside them.

Reports all it finds and changes nothing; a read-only copy will do. Cases are examined one at a time, beside whoever
goes on working, a year after the other, so that memory stays flat however large the archive is.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pipeline.access.store.access_log import MonthlyAccessLog
from pipeline.archive.ports import RESTORE, Finding
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.evidence.store.fixity import examine
from pipeline.evidence.store.verify_numbers import NumberCheck
from pipeline.evidence.store.verify_seals import seal_findings
from pipeline.evidence.store.verify_views import ViewCheck, Views
from pipeline.evidence.store.witnesses import Witnesses, witnessed_years
from pipeline.register.store.book_file import lines_beside
from pipeline.register.store.numbers import read_highest

#: The names an archive and a year folder may hold besides numbers and years.
_WORKING = {
    *(".staging", ".locks", ".open", ".state", ".changes", ".segel", ".sidik", ".kotak-masuk"),
    *(".jam", ".bentuk", "akses", ".gitkeep"),
}


def verify_archive(
    layout: Layout,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    *,
    views: Views | None = None,
    seal_key: bytes | None = None,
) -> list[Finding]:
    """Verify cases, numbers, seals, access log and the archive's own folder; ``progress`` gets cases done and in all.

    ``views`` are held against the folders if they are given; seals are held against the office's key if that is.
    """
    findings = [*_strangers(layout), *seal_findings(layout, seal_key)]
    findings += MonthlyAccessLog(layout).verify()
    total, done = sum(1 for year in layout.years() for _ in layout.numbers(year)), 0
    claims = _Claims()

    def met(case: Case | None) -> None:
        nonlocal done
        done += 1
        if case:
            claims.note(case)
        progress(done, max(total, done))

    for year in sorted({*layout.years(), *witnessed_years(layout)}):
        findings += _verify_year(layout, year, views, met)
    return [*findings, *claims.findings()]


def _verify_year(
    layout: Layout, year: int, views: Views | None, met: Callable[[Case | None], None]
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
            if viewed:
                viewed.case(case)
        met(examined.case)
    yield from _gaps(layout, year, numbers, witnesses.highest)
    yield from beside.findings(witnesses.highest)
    yield from viewed.findings() if viewed else ()


def verify_case(layout: Layout, number: CaseNumber) -> list[Finding]:
    """Verify one case."""
    if not layout.case(number).is_dir():
        return [Finding(str(number), "hilang", "Map perkara tidak ada.", RESTORE)]
    return examine(layout, number, Witnesses(layout, number.year)).findings


class _Claims:
    """Which letters have been met; of each a few bytes, and by name only what was met twice."""

    def __init__(self) -> None:
        self._met: set[bytes] = set()
        self._twice: Counter[str] = Counter()

    def note(self, case: Case) -> None:
        claim = case.received.claim
        mark = hashlib.sha256(claim.encode()).digest()[:8]
        if mark in self._met:
            self._twice[claim] += 1
        self._met.add(mark)

    def findings(self) -> Iterator[Finding]:
        for claim, more in sorted(self._twice.items()):
            fact = f"Satu surat (klaim {claim}) bernomor {more + 1} kali."
            yield Finding("arsip", "kembar", fact, "Panggil pengelola.")


def _strangers(layout: Layout) -> Iterator[Finding]:
    if not layout.archive.is_dir():
        return
    # What is there is listed before what is known, so that a case made meanwhile is no stranger.
    there = sorted(path.name for path in layout.archive.iterdir())
    known = _WORKING | {str(year) for year in layout.years()}
    books = {layout.book(year) for year in layout.booked_years()}
    known |= _with_parts({b.name for b in books} | {".segel"}) | {lines_beside(b).name for b in books}
    for name in there:
        if name not in known:
            yield Finding(name, "asing", "Tidak dikenal di arsip.", "Pindahkan keluar dari arsip.")
    for year in layout.years():
        there = sorted(path.name for path in (layout.archive / str(year)).iterdir())
        known = {n.folder for n in layout.numbers(year)} | _with_parts({".tertinggi", ".naskah"})
        for name in there:
            if name not in known:
                yield Finding(f"{year}/{name}", "asing", "Bukan map bernomor.", "Pindahkan keluar dari arsip.")


def _with_parts(names: set[str]) -> set[str]:
    """Return the names with those of their part-files, which stand for a moment, or after a crash until the next."""
    return names | {f".{name}.part" for name in names}


def _gaps(layout: Layout, year: int, numbers: Sequence[CaseNumber], witnessed: int) -> Iterator[Finding]:
    highest = max(read_highest(layout.highest(year))[0], witnessed)
    # A case that was registered after its year was listed is no gap, nor is what was registered before it.
    there = sorted({*numbers, *layout.numbers(year)})
    last = 0
    for number in [*there, CaseNumber(year, highest + 1)]:
        if number.serial > last + 1:
            yield _gap(CaseNumber(year, last + 1), CaseNumber(year, number.serial - 1))
        last = max(last, number.serial)


def _gap(first: CaseNumber, last: CaseNumber) -> Finding:
    which = "ini" if first == last else f"{first} sampai {last}"
    fact = f"Nomor {which} tidak ada mapnya."
    return Finding(str(first), "lompat", fact, "Cari map yang dibawa pergi; " + RESTORE.lower())
