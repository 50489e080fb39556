"""The index is a view: it follows the archive, and whatever happens to it, it comes back from the folders."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from dataclasses import replace
from glob import glob
from pathlib import Path

import pytest
from docx import Document

from pipeline.errors import Busy, EngineMissing, Passing
from pipeline.register.ports import Extent
from pipeline.register.row import MADE, Edition, Row
from pipeline.search.query import Wanted, asked
from pipeline.search.store.database import VERSION
from pipeline.search.store.index import SearchIndex
from pipeline.storage import locks
from pipeline.wiring import Root

SITI = {"perihal": "Upah tidak dibayar", "pelapor": "Siti Rekaan", "terlapor": "PT Contoh", "uraian": "Lembur"}
BUDI = {**SITI, "perihal": "Penggusuran", "pelapor": "Budi Contoh"}
RINA = {**SITI, "pelapor": "Rina Contoh"}
CONFIRMED = {"ringkasan": "Ringkasan tentang mesin jahit", "hak": ["kesejahteraan"], "cara_penyampaian": "lisan"}


@pytest.fixture
def full(office):
    """An office with two cases, taken in."""
    office.open("lisan", SITI)
    office.open("lisan", BUDI)
    office.root.index.refresh()
    return office


def found(office, *texts: str) -> list[str]:
    terms = asked(texts, office.root.pattern.read)
    return [hit.number for hit in Root(office.root.layout.root).index.search(Wanted(terms)).hits]


def test_what_was_typed_told_and_decided_is_found(full):
    full.decide(
        full.open("lisan", RINA),
        "konfirmasi",
        "tim-yankomas",
        CONFIRMED,
    )
    full.root.index.refresh()

    assert found(full, "lembur budi") == ["2026/0002"]
    assert found(full, "mesin jahit") == ["2026/0003"]


def test_a_complainants_code_is_not_found_and_not_shown(office):
    number = office.open("lisan", SITI)
    office.run_once()
    case, receipt = office.root.cabinet.case(number), Document()
    receipt.add_paragraph("Tanda terima surat rekaan")
    receipt.add_paragraph(f"Kode {case.received.status_code}")
    receipt.save(office.root.layout.case(number) / "data/01-tanda-terima-v1.docx")
    office.root.index.rebuild()

    assert found(office, "tanda terima rekaan") == ["2026/0001"]
    assert found(office, case.received.status_code) == []


def test_a_running_office_keeps_it_up(office):
    office.drop("surat.pdf", b"Perihal penahanan ijazah")

    office.run_once()
    office.root.index.refresh()

    assert found(office, "ijazah") == ["2026/0001"]


def test_a_refresh_takes_in_only_what_has_changed(full):
    assert full.root.index.refresh() == 0

    full.open("lisan", RINA)

    assert full.root.index.refresh() == 1


def open_files():
    links = []
    for link in glob("/proc/self/fd/*"):
        with suppress(FileNotFoundError):  # another thread's, closed meanwhile
            links.append(str(Path(link).readlink()))
    return links


def test_a_rebuilt_index_answers_as_the_one_before(full):
    before = full.search("contoh")

    assert full.root.index.rebuild() == 2

    assert f"{full.root.layout.search_index} (deleted)" not in open_files()  # it may hold what was destroyed
    assert full.search("contoh") == before


@pytest.mark.parametrize("damage", [b"", b"bukan indeks" * 500])
def test_an_index_that_is_lost_or_broken_is_made_anew(full, damage):
    path = full.root.layout.search_index
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    if damage:
        path.write_bytes(damage)

    Root(full.root.layout.root).index.refresh()

    assert found(full, "budi") == ["2026/0002"]


def test_a_making_that_was_cut_short_goes_on_where_it_stopped(full):
    with sqlite3.connect(full.root.layout.search_index) as base:
        base.execute("UPDATE progress SET position = NULL")
        base.execute("UPDATE cases SET head = '' WHERE doc % 2")

    assert full.search("siti").complete is False
    assert full.root.index.complete() is False
    with pytest.raises(Passing, match="sedang disusun ulang"):
        list(full.root.index.every(Extent(2026)))
    fresh = Root(full.root.layout.root)
    assert fresh.index.refresh() == 2
    assert fresh.index.complete() is True
    assert len(list(full.root.index.every(Extent(2026)))) == 2
    assert full.search("siti").complete is True


def test_a_folder_that_was_carried_away_is_not_found_after_a_rebuild(full):
    shutil.rmtree(full.root.layout.archive / "2026" / "0002")

    full.root.index.rebuild()

    assert found(full, "contoh") == ["2026/0001"]


def test_another_program_tells_all_anew_and_another_calendar_what_still_runs(full):
    full.decide(full.open("lisan", RINA), "cabut", "tim-yankomas", {"sebab": "dianggap mencabut", "alasan": "Rekaan"})
    told: list[str] = []

    root = full.root

    def index(edition: Edition) -> SearchIndex:
        def written(case):
            told.append(str(case.number))
            return next(full.root.index.telling.of([case.number], {}))

        return SearchIndex(root.layout, root.cabinet, root.changes, written, lambda: edition)

    first = Edition("satu", "satu")
    index(first).refresh()
    assert sorted(told) == ["2026/0001", "2026/0002", "2026/0003"]

    told.clear()
    index(replace(first, calendar="dua")).refresh()
    assert sorted(told) == ["2026/0001", "2026/0002"]

    told.clear()
    index(Edition("dua", "dua")).refresh()
    assert sorted(told) == ["2026/0001", "2026/0002", "2026/0003"]


def test_rows_of_an_earlier_program_are_made_anew_and_not_read(full, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr("pipeline.search.store.database.VERSION", VERSION - 1)
        before.setattr(Row, "as_json", lambda _row: {"number": "2026/0001"})
        full.root.index.rebuild()

    fresh = Root(full.root.layout.root)
    fresh.index.up_to_date()

    assert found(full, "budi") == ["2026/0002"]
    assert VERSION % 1000 == MADE


def test_while_another_process_makes_it_nobody_waits_for_ever(full):
    full.open("lisan", RINA)

    with locks.held(full.root.layout.locks / "indeks"), pytest.raises(Busy):
        full.root.index.refresh(patience=0)

    assert found(full, "budi") == ["2026/0002"]


def test_a_machine_whose_sqlite_cannot_search_is_told_so(full, monkeypatch):
    monkeypatch.setattr("pipeline.search.store.database._TABLES", "CREATE VIRTUAL TABLE hits USING tidakada (x);")

    with pytest.raises(EngineMissing, match="FTS5"):
        full.root.index.rebuild()
