"""The access log: every view is a chained line; months hang together; what was changed or cut out shows."""

from __future__ import annotations

import json
import threading
from datetime import datetime, timedelta

import pytest
from fakes import MORNING

from pipeline.access.store.access_log import MonthlyAccessLog
from pipeline.archive.store.layout import Layout
from pipeline.evidence.store.verify import verify_archive


@pytest.fixture
def layout(tmp_path):
    layout = Layout(tmp_path)
    layout.prepare()
    return layout


def _file(layout, month="2026-11"):
    return layout.access / f"{month}.jsonl"


def _seen(log, *cases, at: datetime = MORNING):
    for case in cases:
        log.append(at, "siti", "GET /kasus/{year}/{serial}", {"kadiv"}, case)


def test_a_view_is_written_with_who_what_and_when_and_nothing_personal(layout):
    log = MonthlyAccessLog(layout)

    _seen(log, "2026/0007")

    (entry,) = log.entries("2026-11")
    assert (entry.at, entry.by, entry.kind) == (MORNING, "siti", "GET /kasus/{year}/{serial}")
    assert entry.data == {"roles": ["kadiv"], "case": "2026/0007"}
    assert log.verify() == []


def test_another_process_goes_on_where_the_first_left_off(layout):
    first, second = MonthlyAccessLog(layout), MonthlyAccessLog(layout)

    _seen(first, "2026/0001")
    _seen(second, "2026/0002")
    _seen(first, "2026/0003")

    assert [e.data["case"] for e in first.entries("2026-11")] == ["2026/0001", "2026/0002", "2026/0003"]
    assert first.verify() == []


def test_many_threads_write_one_chain(layout):
    log = MonthlyAccessLog(layout)
    threads = [threading.Thread(target=_seen, args=(log, *(f"2026/{n:04}" for n in range(20)))) for _ in range(6)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(log.entries("2026-11")) == 120
    assert log.verify() == []


@pytest.mark.parametrize("change", ["changed", "removed", "swapped"])
def test_a_line_that_was_tampered_with_shows(layout, change):
    log = MonthlyAccessLog(layout)
    _seen(log, "2026/0001", "2026/0002", "2026/0003")
    lines = _file(layout).read_bytes().splitlines(keepends=True)

    if change == "changed":
        lines[2] = lines[2].replace(b"siti", b"budi")
    elif change == "removed":
        del lines[2]
    else:
        lines[2], lines[3] = lines[3], lines[2]
    _file(layout).write_bytes(b"".join(lines))

    assert [f.where for f in log.verify()][:1] == ["akses/2026-11"]


def test_verifying_the_archive_looks_at_the_access_log_too(layout):
    log = MonthlyAccessLog(layout)
    _seen(log, "2026/0001", "2026/0002")
    _file(layout).write_bytes(_file(layout).read_bytes().replace(b"siti", b"budi", 1))

    assert [(f.where, f.code) for f in verify_archive(layout)][:1] == [("akses/2026-11", "rantai")]


def test_months_hang_together(layout):
    log = MonthlyAccessLog(layout)
    _seen(log, "2026/0001", "2026/0002")
    _seen(log, "2026/0003", at=MORNING + timedelta(days=30))
    assert log.verify() == []

    whole = _file(layout).read_bytes().splitlines(keepends=True)
    _file(layout).write_bytes(b"".join(whole[:-1]))

    assert [(f.where, f.fact) for f in log.verify()] == [
        ("akses/2026-12", "Tidak menyambung pada akhir bulan 2026-11."),
    ]


def test_a_month_that_was_taken_away_shows(layout):
    log = MonthlyAccessLog(layout)
    for month in range(3):
        _seen(log, "2026/0001", at=MORNING + timedelta(days=31 * month))
    _file(layout, "2026-12").unlink()

    assert [f.where for f in log.verify()] == ["akses/2027-01"]


def test_a_line_that_a_power_cut_tore_is_cut_off_and_the_chain_goes_on(layout):
    _seen(MonthlyAccessLog(layout), "2026/0001")
    with open(_file(layout), "ab") as writer:
        writer.write(b'{"seq":3,"at":"20')

    log = MonthlyAccessLog(layout)
    _seen(log, "2026/0002")

    assert [e.data["case"] for e in log.entries("2026-11")] == ["2026/0001", "2026/0002"]
    assert log.verify() == []


def test_a_clock_that_runs_back_opens_no_older_month(layout):
    log = MonthlyAccessLog(layout)
    _seen(log, "2026/0001", at=MORNING + timedelta(days=30))
    _seen(log, "2026/0002")

    assert log.months() == ["2026-12"]
    assert log.verify() == []


def test_lines_are_plain_json(layout):
    _seen(MonthlyAccessLog(layout), "2026/0001")

    records = [json.loads(line) for line in _file(layout).read_text().splitlines()]

    assert [r["seq"] for r in records] == [1, 2]
    assert records[1]["prev"] == records[0]["hash"]
