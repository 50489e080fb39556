"""Destroying: a list with two approvals; then the content is gone everywhere, and a stub stays."""

from __future__ import annotations

import shutil
import signal
import threading
from contextlib import suppress
from dataclasses import replace

import pytest
from crash import SPARSELY, Effects, in_child
from ended_cases import ARCHIVIST, DONE, HEAD_OF_FIELD, approved, destroyed, ended, let_all_fall_due
from offices import CENTRAL, FakeOffice

from pipeline.errors import NotAllowed, Refused
from pipeline.records.acting import act_on
from pipeline.records.list_steps import carry_out, go_on, resume

#: Only the complaint says it.
WORD = "zamrudkelabu"
pytestmark = pytest.mark.skipif(CENTRAL, reason="in a folder; at the centre: test_destroyed_at_the_centre.py")


@pytest.fixture
def parts(office):
    made = office.root.record_parts
    let_all_fall_due(office)
    return made


def files_with(office, word: str) -> list[str]:
    """The files of the office that hold a word, but journals, which stay."""
    root, found = office.root.layout.root, []
    for path in root.rglob("*"):
        if path.is_file() and path.name != "journal.jsonl" and word.encode() in path.read_bytes():
            found.append(path.relative_to(root).as_posix())
    return found


def findings(office):
    return office.root.verify(lambda _done, _all: None)


def test_the_content_goes_and_a_stub_with_its_hashes_stays(office, parts):
    number, other = ended(office, uraian=f"Kebun {WORD}", perihal=f"Perihal {WORD}"), ended(office)
    office.root.index.refresh()
    office.root.book.refresh()
    before = office.root.cabinet.case(number)
    assert any("data/" in name for name in files_with(office, WORD))

    assert destroyed(parts, number).done == {"laksana"}

    assert files_with(office, WORD) == []
    case = office.root.cabinet.case(number)
    assert {d.sha256 for d in case.gone} == {d.sha256 for d in before.documents}
    assert not case.documents
    assert not case.register.get("perihal")
    assert not list((office.root.layout.case(number) / "data").iterdir())
    assert office.search(WORD).total == 0
    row = next(row for row in office.root.book.rows() if row.serial == number.serial)
    assert (row.state, row.pelapor, row.perihal) == ("dimusnahkan (musnah-2026-1)", (), None)
    assert office.root.cabinet.case(other).documents
    assert [f for f in findings(office) if str(number) in f.where or "kearsipan" in f.where] == []
    assert office.root.layout.format.read_text() == "3\n"


def test_nothing_more_happens_to_a_destroyed_case(office, parts):
    number = ended(office)
    destroyed(parts, number)

    for move in ("buka-kembali", "ulangi"):
        with pytest.raises(NotAllowed):
            office.decide(number, move, "tim-yankomas", {"alasan": "x"})
    with pytest.raises(NotAllowed, match="map itu dimusnahkan"):
        act_on(number, "berkaskan", {"boks": "1"}, by=ARCHIVIST, parts=parts)
    office.drop(f"{number.key}.pdf", b"Lampiran yang terlambat")
    told = office.run_once()
    assert not office.root.cabinet.case(number).documents
    assert told.get("lampiran", 0) == 0
    assert office.root.owed(office.root.cabinet.case(number)) is False
    with pytest.raises(Refused, match="dimusnahkan"), office.root.cabinet.held(number) as folder:
        folder.append(office.root.cabinet.case(other := ended(office)).received, {}, by="sistem", at=office.clock.now())
    assert other


def test_a_held_record_is_not_destroyed_even_when_held_after_the_decision(office, parts):
    first, second = ended(office), ended(office)
    made = approved(parts, first, second)
    act_on(first, "tahan", {"alasan": "Gugatan"}, by=HEAD_OF_FIELD, parts=parts)
    with pytest.raises(NotAllowed, match="Gugatan"):
        go_on(made.id, "laksana", DONE, by=ARCHIVIST, parts=parts)
    assert office.root.cabinet.case(second).documents

    act_on(first, "lepas-tahanan", {"alasan": "Selesai"}, by=HEAD_OF_FIELD, parts=parts)
    real = parts.eraser.ready
    held = lambda: act_on(first, "tahan", {"alasan": "Gugatan"}, by=HEAD_OF_FIELD, parts=parts)  # noqa: E731

    class HeldMeanwhile:
        """Somebody holds the record between the decision and what follows of it."""

        times = 0

        def __getattr__(self, name):
            return getattr(parts.eraser, name)

        def ready(self):
            real()
            self.times += 1
            if self.times == 2:
                held()

    after = go_on(made.id, "laksana", DONE, by=ARCHIVIST, parts=replace(parts, eraser=HeldMeanwhile()))
    assert "Gugatan" in after.taken_off[first]
    assert office.root.cabinet.case(first).documents
    assert not office.root.cabinet.case(second).documents


def test_two_who_destroy_at_once_do_it_once(office, parts):
    first, second = ended(office), ended(office)
    made = approved(parts, first, second)

    def destroy():
        with suppress(NotAllowed):  # the other was faster, and is done
            go_on(made.id, "laksana", DONE, by=ARCHIVIST, parts=parts)

    both = [threading.Thread(target=destroy) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert [len(office.root.cabinet.case(number).archived) for number in (first, second)] == [1, 1]
    steps = [line for line in parts.book.lines() if line.get("langkah") == "laksana" and "isian" in line]
    assert len(steps) == 1
    assert files_with(office, WORD) == []


def test_what_was_cut_short_goes_on_and_is_done_once(office, parts, monkeypatch):
    first, second = ended(office), ended(office)
    made = approved(parts, first, second)
    monkeypatch.setattr("pipeline.records.list_steps.carry_out", lambda name, parts, finishing: None)
    go_on(made.id, "laksana", DONE, by=ARCHIVIST, parts=parts)
    monkeypatch.undo()
    assert office.root.cabinet.case(first).documents

    assert resume(parts) == [made.id]
    assert resume(parts) == []
    carry_out(made.id, parts)

    for number in (first, second):
        case = office.root.cabinet.case(number)
        assert not case.documents
        assert len(case.archived) == 1


@SPARSELY
def test_a_program_that_is_killed_at_any_effect_finishes_what_was_decided(office, parts, tmp_path, step):
    numbers = [ended(office, uraian=f"Kebun {WORD}"), ended(office)]
    made = approved(parts, *numbers)
    origin = office.root.layout.root

    def decide(folder, effects):
        there = FakeOffice(folder)
        effects.install()
        go_on(made.id, "laksana", DONE, by=ARCHIVIST, parts=there.root.record_parts)

    counted = Effects()
    shutil.copytree(origin, tmp_path / "semua")
    status = in_child(lambda: (decide(tmp_path / "semua", counted), (tmp_path / "n").write_text(str(counted.count))))
    assert status == 0
    for n in range(1, int((tmp_path / "n").read_text()) + 1, step * 3 if step > 1 else 1):
        place = tmp_path / f"n{n}"
        shutil.copytree(origin, place)
        assert in_child(lambda place=place, n=n: decide(place, Effects(n))) == -signal.SIGKILL
        again = FakeOffice(place)
        if not resume(again.root.record_parts) and not again.root.cabinet.case(numbers[0]).gone:
            go_on(made.id, "laksana", DONE, by=ARCHIVIST, parts=again.root.record_parts)
        assert files_with(again, WORD) == [], n
        assert [len(again.root.cabinet.case(number).archived) for number in numbers] == [1, 1], n
        assert not [f for f in findings(again) if f.code not in ("segel", "terbuka", "buku")], n


def test_a_stub_whose_empty_folder_is_gone_is_named(office, parts):
    number = ended(office)
    destroyed(parts, number)
    (office.root.layout.case(number) / "data").rmdir()

    assert [f.where for f in findings(office) if f.code == "hilang"] == [f"{number}/data"]


def test_content_that_comes_back_is_named_and_swept(office, parts):
    number = ended(office)
    folder = office.root.layout.case(number)
    kept = office.root.layout.root / "simpanan"
    shutil.copytree(folder, kept)
    destroyed(parts, number)
    shutil.copy(next((kept / "data").iterdir()), folder / "data")

    (found,) = [f for f in findings(office) if f.code == "dimusnahkan"]
    assert f"arsip hapus-sisa {number}" in found.remedy

    assert parts.eraser.sweep(office.root.cabinet.case(number))
    assert not [f for f in findings(office) if f.code == "dimusnahkan"]
