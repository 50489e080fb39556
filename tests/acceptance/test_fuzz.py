"""Thousands of damaged scans bring down neither the watcher nor the archive, and every one of them is accounted for."""

from __future__ import annotations

import hashlib
import time
from collections import Counter

import pytest
from mutations import mutants, samples
from patience import PATIENCE

from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.scans.formats.wholeness import whole

SEED = 20261125


def fuzzed(office, count: int, seed: int) -> Counter[str]:
    """Drop so many damaged scans among sound ones, work all off with the real reader, and account for every file."""
    dropped: dict[str, str] = {}
    slowest = 0.0
    counts: Counter[str] = Counter()
    with ScanReader(lambda pages, received: (), workers=2) as reader:
        office.reader, office.gap = Timed(reader), lambda path: whole(path).why
        files = [*mutants(seed, count), *((f"utuh-{name}", data) for name, data in samples().items())]
        for first in range(0, len(files), 250):
            for name, data in files[first : first + 250]:
                office.drop(name, data)
                dropped[name] = hashlib.sha256(data).hexdigest()
            counts.update(office.run_once())
        slowest = office.reader.slowest
    kept = hashes(office)
    counts["hilang"] = sum(digest not in kept for digest in dropped.values())
    counts["masuk"] = len(files)
    counts["terlama, milidetik"] = round(slowest * 1000)
    counts.update(f"temuan {finding.code}" for finding in office.findings())
    counts["perkara"] = len(list(office.root.cabinet.numbers()))
    counts["tertinggal"] = len(office.root.cabinet.open_cases())
    cases = map(office.root.cabinet.case, office.root.cabinet.numbers())
    counts["gagal dibaca"] = sum(entry.kind == "gagal" for case in cases for entry in case.entries)
    return counts


class Timed:
    """The reader, with a clock for the slowest look at a file that has just arrived."""

    def __init__(self, reader: ScanReader) -> None:
        self._reader = reader
        self.slowest = 0.0

    def inspect(self, blob):
        started = time.monotonic()
        try:
            return self._reader.inspect(blob)
        finally:
            self.slowest = max(self.slowest, time.monotonic() - started)

    def __getattr__(self, name):
        return getattr(self._reader, name)


def hashes(office) -> set[str]:
    """Return the hashes of everything that lies in cases (as `verify` finds it) and among what was refused."""
    refused = [path for path in (office.inbox_folder / "ditolak").rglob("*") if path.is_file()]
    filed = {document.sha256 for case in office.root.cabinet.cases() for document in case.documents}
    return filed | {hashlib.sha256(path.read_bytes()).hexdigest() for path in refused}


def survived(counts: Counter[str]) -> None:
    assert counts["hilang"] == 0
    assert not [name for name in counts if name.startswith("temuan")]
    assert counts["terdaftar"] + counts["ditolak"] + counts["ganda"] == counts["masuk"]
    assert counts["perkara"] == counts["terdaftar"]
    assert counts["terlama, milidetik"] < PATIENCE * 1000, "nothing hangs, on a busy machine either"


def test_damaged_scans_bring_down_neither_watcher_nor_archive(office):
    counts = fuzzed(office, 24, SEED)

    survived(counts)
    assert counts["terdaftar"] >= len(samples()), "sound scans among them are taken in"
    assert counts["ditolak"] >= 5, "the damage is real"


@pytest.mark.slow
def test_thousands_of_damaged_scans_bring_down_neither_watcher_nor_archive(office):
    counts = fuzzed(office, 2000, SEED)

    print(dict(counts))
    survived(counts)
