"""An older backup brings destroyed content back: it is named, and destroyed again by a person; repair brings none."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest
from ended_cases import ARCHIVIST, destroyed, ended, let_all_fall_due
from offices import CENTRAL
from test_destruction import findings

from pipeline.backup.store.restore import note_destroyed_since
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cli import main
from pipeline.records.came_back import destroy_again
from pipeline.records.record_list import step_line
from pipeline.wiring import office_in

pytestmark = pytest.mark.skipif(CENTRAL or not shutil.which("restic"), reason="in a folder, with restic")


def test_what_was_destroyed_while_its_backup_was_made_is_destroyed_again(office):
    parts, told = office.root.record_parts, {"at": office.clock.now(), "by": ARCHIVIST, "holder": NO_HOLDER}
    number = ended(office)
    with parts.book.held():  # as the backup has it: the book from behind the fence, the journal cut to it
        for step in ("usul", "laksana"):
            parts.book.note({**step_line("musnah-2026-1", step, {}, **told), "perkara": [str(number)]})
    for path in (office.root.layout.case(number) / "data").iterdir():
        path.unlink()

    note_destroyed_since(office.root.layout, SimpleNamespace(snapshots=list))
    told = office.root.layout.records / "daftar.jsonl"  # which the next seal covers
    assert b"dimusnahkan-kemudian" in told.read_bytes().splitlines()[-1]
    destroy_again(by=ARCHIVIST, parts=parts)

    assert office.root.cabinet.case(number).gone
    assert not [f for f in findings(office) if f.where.startswith(str(number))]


def test_an_older_backup_brings_nothing_back_unnoticed(office, tmp_path, capsys):
    let_all_fall_due(office)
    number, other = ended(office), ended(office)
    root, place = office.root.layout.root, str(tmp_path / "cadangan")
    office.root.back_up(place, lambda _done, _all: None)
    older = capsys.readouterr()
    destroyed(office.root.record_parts, number)
    office.root.back_up(place, lambda _done, _all: None)

    assert main(["--root", str(root), "perbaiki", str(number), "--dari", place]) == 0
    assert not list((office.root.layout.case(number) / "data").iterdir())

    from pipeline.backup.store.restic import Restic

    password = root / ".kunci" / "cadangan"
    first = Restic(place, password).snapshots()[-1]
    back = tmp_path / "kembali"
    words = ["restore", "--from", place, "--to", str(back), "--snapshot", first, "--password-file", str(password)]
    assert main(words) != 0
    told = capsys.readouterr().out
    assert f"{number}" in told
    assert "yankomas arsip susulan" in told
    assert older

    assert main(["--root", str(back), "arsip", "susulan", "--as", "kabid"]) != 0
    assert main(["--root", str(back), "arsip", "susulan"]) == 0
    there = office_in(back)
    assert there.cabinet.case(number).gone
    assert there.cabinet.case(other).documents
    assert not [f for f in there.verify(lambda _done, _all: None) if f.code == "dimusnahkan"]
    assert not [f for f in findings(office) if f.code == "dimusnahkan"]
