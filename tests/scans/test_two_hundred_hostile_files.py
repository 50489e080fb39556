"""Two hundred hostile files, several at once: each is refused or taken with a warning, in little memory."""

from __future__ import annotations

import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import acting_pdfs
import hostile_word
import pytest
from processes import family
from scan_samples import corpus, entries, needs_corpus

from pipeline.errors import EngineFault, Refused
from pipeline.letters.engines.confined_word import ConfinedWord
from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.reading.find_complaints import find_complaints
from pipeline.scans.confinement.budget import MOST, MemoryBudget
from pipeline.scans.confinement.weighing import files_in_memory, together, weight
from pipeline.scans.refusals import Limits
from pipeline.storage.blobs import stored_file

pytestmark = [pytest.mark.slow, needs_corpus]
BROKEN = 90


def scans(folder):
    """PDFs that act, files of the sample collection marked *reject*, and good ones with bytes turned or cut off."""
    for way, (options, _) in acting_pdfs.WAYS.items():
        for spelling, how in acting_pdfs.SPELLINGS.items():
            place = folder / f"{way}-{spelling}"
            place.mkdir()
            yield acting_pdfs.made(place, options, how)
    yield from (corpus(one.values[0]) for one in entries("reject"))
    chance, good = random.Random(2026), [corpus(one.values[0]) for one in entries("accept")]
    for n in range(BROKEN):
        source = chance.choice(good)
        data = bytearray(source.read_bytes()[:3_000_000])
        for _ in range(chance.randrange(1, 40)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = folder / f"{n}{source.suffix}"
        path.write_bytes(bytes(data[: chance.randrange(len(data) // 2, len(data))]) if n % 3 == 0 else bytes(data))
        yield path


def test_two_hundred_hostile_files_are_each_told_for_what_they_are_within_the_memory(tmp_path):
    files = list(scans(tmp_path))
    letters = [hostile_word.raw(way(hostile_word.content("Kepada Yth."))) for way in hostile_word.WAYS.values()]
    budget, peak, over, longest = MemoryBudget(tmp_path), [0], threading.Event(), [0.0]

    def watch() -> None:
        while not over.wait(0.02):
            pids = family(os.getpid())
            peak[0] = max(peak[0], together(filter(None, map(weight, pids)), files_in_memory(pids)))

    def judged(one) -> str:
        begun = time.monotonic()
        try:
            if isinstance(one, bytes):
                return "ditolak" if word.unsafe(one) else "diterima"
            return "dengan peringatan" if reader.inspect(stored_file(one, Limits().check_size)).warnings else "diterima"
        except Refused:
            return "ditolak"
        except EngineFault:
            return "gagal"
        finally:
            longest[0] = max(longest[0], time.monotonic() - begun)

    watching = threading.Thread(target=watch)
    watching.start()
    with (
        closing(ConfinedWord(budget)) as word,
        ScanReader(find_complaints, budget=budget) as reader,
        ThreadPoolExecutor(6) as threads,
    ):
        fates = list(threads.map(judged, [*letters, *files]))
    over.set()
    watching.join()

    counts = {fate: fates.count(fate) for fate in sorted(set(fates))}
    print(f"{len(fates)} berkas {counts}, paling lama {longest[0]:.1f} s, memori {peak[0] / 1e9:.2f} GB")
    assert len(fates) >= 200
    assert set(fates[: len(letters)]) == {"ditolak"}
    assert fates.count("gagal") == 0
    assert peak[0] < MOST
