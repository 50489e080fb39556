"""What an office of many has beside its journals, as files of a folder: highest numbers, series, clock faults.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.archive.store.postgres_clock_faults import as_file
from pipeline.cases.case_number import Volume, read_number
from pipeline.cases.sop_words import OUTGOING
from pipeline.register.store.number_records import SeriesLine, highest_note
from pipeline.storage.postgres import Row, Transaction


@dataclass(frozen=True, slots=True)
class Records:
    """They as their tables have them: rows of ``deret`` and ``deret_naskah``; clock faults as their file."""

    highest: list[Row]
    series: list[Row]
    clock: bytes


def records_of(running: Transaction) -> Records:
    """Return an office's records."""
    return Records(
        running.execute("SELECT tahun, terakhir, saat FROM deret ORDER BY tahun").fetchall(),
        running.execute("SELECT tahun, nama, nomor, perkara, teks FROM deret_naskah ORDER BY baris").fetchall(),
        as_file(running),
    )


def files_of(records: Records, layout: Layout) -> Iterator[tuple[Path, bytes]]:
    """Yield the files of a folder that say the same."""
    for volume, serial, at in records.highest:
        yield layout.highest(Volume(volume)), highest_note(serial, datetime.fromisoformat(at))
    series = defaultdict[Path, list[bytes]](list)
    for year, name, serial, number, text in records.series:
        line = SeriesLine(serial, read_number(number), text)
        series[layout.series(year, "" if name == OUTGOING else name)].append(bytes(line))
    yield from ((path, b"".join(lines)) for path, lines in series.items())
    if records.clock:
        yield layout.wrong_times, records.clock
