"""How long the yearly list of what falls due takes, and whether it is right: `python bench/retention.py [CASES]`.

The rows are invented, with every trigger, fate, state and mark. Told are the seconds of the list itself, over rows in
memory as the desk has them, and of reading the same number of rows from register books, as a command must first.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

_PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(_PROJECT), str(_PROJECT / "tests"), str(_PROJECT / "tests" / "records")]

from case_factory import CALENDAR, case_of, received  # noqa: E402
from test_retention import by_hand, some_rows, some_schedule  # noqa: E402

from pipeline.cases.store.sop_editions import editions  # noqa: E402
from pipeline.records.due import due_in  # noqa: E402
from pipeline.register.row import row_of  # noqa: E402
from pipeline.register.store.book_file import read_rows, write_rows  # noqa: E402

_A_YEAR = 10_000
_TODAY = date(2026, 11, 27)


def main(cases: int) -> None:
    """Reckon, compare, tell."""
    rolling = random.Random(7)
    rows = some_rows(cases, rolling)
    told = []
    for _ in range(5):
        schedule = some_schedule(rolling)
        began = time.process_time()
        found = due_in(2026, rows, schedule, _TODAY)
        told.append(time.process_time() - began)
        reckoned = by_hand(rows, schedule, date(2026, 12, 31), _TODAY)
        same = {(due.row.serial, due.what) for due in found.records} == reckoned
        print(f"{cases:,} map: {told[-1]:.2f} s, {len(found.records):,} jatuh tempo, sama dengan hitungan lain: {same}")
    print(f"paling lama {max(told):.2f} s; membaca buku register {_reading(cases):.2f} s")


def _reading(cases: int) -> float:
    """Return the seconds that it takes to read so many rows from books of ten thousand."""
    case = case_of(received())
    sop = next(sop for sop in editions() if sop.key == case.received.sop)
    row = row_of(case, sop, CALENDAR)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "register-2026.json"
        write_rows(book, dict.fromkeys(range(1, _A_YEAR + 1), row))
        began = time.process_time()
        for _ in range(0, cases, _A_YEAR):
            read_rows(book)
        return time.process_time() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
