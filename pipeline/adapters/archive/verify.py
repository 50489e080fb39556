"""Verify an archive: every case folder, the numbers, and what lies beside them.

Reports all it finds and changes nothing. Cases are examined one at a time, beside whoever goes on working.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from pipeline.adapters.archive.changes import Changes
from pipeline.adapters.archive.fixity import RESTORE, Finding, Witnesses, examine
from pipeline.adapters.archive.layout import Layout
from pipeline.adapters.archive.numbers import read_highest
from pipeline.domain.numbering import CaseNumber

#: The names an archive and a year folder may hold besides numbers and years.
_WORKING = {".staging", ".locks", ".open", ".state", ".changes", ".kotak-masuk", "akses", ".gitkeep"}


def verify_archive(layout: Layout, progress: Callable[[int, int], None] = lambda _done, _all: None) -> list[Finding]:
    """Verify all cases, the numbers and the archive's own folder; ``progress`` gets cases done and in all."""
    witnesses = Witnesses(Changes(layout.changes))
    numbers = sorted(n for year in layout.years() for n in layout.numbers(year))
    findings = list(_strangers(layout))
    claims: Counter[str] = Counter()
    for done, number in enumerate(numbers, start=1):
        report, claim = examine(layout, number, witnesses)
        findings += report
        claims.update([claim] if claim else [])
        progress(done, len(numbers))
    findings += _gaps(layout, witnesses)
    findings += _twins(claims)
    return findings


def verify_case(layout: Layout, number: CaseNumber) -> list[Finding]:
    """Verify one case."""
    if not layout.case(number).is_dir():
        return [Finding(str(number), "hilang", "Map perkara tidak ada.", RESTORE)]
    return examine(layout, number, Witnesses(Changes(layout.changes)))[0]


def _strangers(layout: Layout) -> Iterator[Finding]:
    if not layout.archive.is_dir():
        return
    # What is there is listed before what is known, so that a case made meanwhile is no stranger.
    there = sorted(path.name for path in layout.archive.iterdir())
    known = _WORKING | {str(year) for year in layout.years()}
    known |= _with_parts({layout.book(year).name for year in layout.booked_years()})
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


def _gaps(layout: Layout, witnesses: Witnesses) -> Iterator[Finding]:
    for year in sorted({*layout.years(), *witnesses.years()}):
        highest = max(read_highest(layout.highest(year))[0], witnesses.highest(year))
        last = 0
        for number in [*sorted(layout.numbers(year)), CaseNumber(year, highest + 1)]:
            if number.serial > last + 1:
                yield _gap(CaseNumber(year, last + 1), CaseNumber(year, number.serial - 1))
            last = max(last, number.serial)


def _gap(first: CaseNumber, last: CaseNumber) -> Finding:
    which = "ini" if first == last else f"{first} sampai {last}"
    fact = f"Nomor {which} tidak ada mapnya."
    return Finding(str(first), "lompat", fact, "Cari map yang dibawa pergi; " + RESTORE.lower())


def _twins(claims: Counter[str]) -> Iterator[Finding]:
    for claim, count in sorted(claims.items()):
        if count > 1:
            yield Finding("arsip", "kembar", f"Satu surat (klaim {claim}) bernomor {count} kali.", "Panggil pengelola.")
