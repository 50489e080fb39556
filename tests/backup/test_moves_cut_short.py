"""A move into the centre or out of it that is killed is gone on with by the same command, and nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from central_servers import servers_of_this_run
from fakes import MORNING
from offices import FakeOffice, copied
from old_registers import HEADINGS, row, workbook
from patience import PATIENCE, until
from people_rows import as_sets, lived_in
from thorough import slowly

from pipeline.access.store.people_file import FILE
from pipeline.access.store.people_moves import people_of_file
from pipeline.access.store.postgres_people_moves import central_people
from pipeline.backup.store import move_note
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import SettingsFault, UsageFault
from pipeline.office.central_plan import KEY, KEY_ID
from pipeline.register.store.restored import note_restored
from pipeline.wiring import Root, office_in
from pipeline.work.store.setup import lay_out_filled

FIRST = CaseNumber(2026, 1)
#: Loads the program once; then forks for each line: a command that is killed before or after a function's n-th call.
_NURSERY = """
import importlib, json, os, signal, sys
import pipeline.backup.store.centre, pipeline.backup.store.central_move_out, pipeline.wiring.central
from pipeline.cli import main

def run(environment, where, when, call, *words):
    os.environ.clear()
    os.environ.update(environment)
    where, name = where.rsplit(".", 1)
    module = importlib.import_module(where)
    act, calls = getattr(module, name), 0
    def counted(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == call and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        made = act(*args, **kwargs)
        if calls == call and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return made
    setattr(module, name, counted)
    return main(words)

for line in sys.stdin:
    child = os.fork()
    if not child:
        os.dup2(2, 1)
        os._exit(run(*json.loads(line)))
    print(os.waitpid(child, 0)[1], flush=True)
"""
_CENTRE, _DISK = "pipeline.backup.store.centre", "pipeline.storage.disk"


@pytest.fixture
def centre(monkeypatch):
    """The servers of this run, with a new name and its key in the environment of who looks after them."""
    servers = servers_of_this_run()
    name = next(servers.names)
    own = servers.key_of(name)
    monkeypatch.setenv("YANKOMAS_PUSAT_PENGELOLA", servers.database)
    monkeypatch.setenv(f"YANKOMAS_PUSAT_{KEY_ID.upper()}", own.key_id)
    monkeypatch.setenv(f"YANKOMAS_PUSAT_{KEY.upper()}", own.secret)
    return name, own.address


@pytest.fixture(scope="module")
def busy_once(tmp_path_factory) -> Path:
    """The folder of an office on one PC with three cases and lines in its books."""
    office = FakeOffice(tmp_path_factory.mktemp("sekali") / "kantor")
    lived_in(office.root.people)
    for text in ("Sengketa tanah rekaan", "Upah rekaan", "Ijazah rekaan"):
        office.drop(f"{text}.pdf", text.encode())
    office.run_once()
    office.root.access_log.append(MORNING, "siti", "kasus", ["arsiparis"], case="2026/0001")
    office.root.access_log.flush()
    return office.root.layout.root


@pytest.fixture
def busy(busy_once, tmp_path) -> FakeOffice:
    """Such an office of a test's own."""
    return FakeOffice(copied(busy_once, tmp_path / "kantor"))


@pytest.fixture(scope="module")
def nursery():
    """The program, loaded and not begun: to load it for each that is killed would cost more than all they do."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    program = [sys.executable, "-c", _NURSERY]
    with subprocess.Popen(program, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as loaded:
        yield loaded


@pytest.fixture
def killed(nursery):
    """What runs a command that is killed before or after a function is called for the n-th time."""

    def run(where: str, when: str, call: int, *words: object) -> None:
        print(json.dumps([dict(os.environ), where, when, call, *map(str, words)]), file=nursery.stdin, flush=True)
        assert os.waitstatus_to_exitcode(int(nursery.stdout.readline())) == -signal.SIGKILL

    return run


def journals(root: Root) -> dict[CaseNumber, bytes]:
    return {number: root.cabinet.journal(number) for number in root.cabinet.numbers()}


def people_of(office) -> dict[str, set[tuple[object, ...]]]:
    return as_sets(people_of_file(office.layout.people / FILE))


def quiet(_done: int, _all: int) -> None:
    """Show nothing."""


def yankomas(*words: object) -> int:
    return main([*map(str, words)])


@pytest.mark.parametrize(
    ("where", "when", "call"),
    [
        slowly(f"{_CENTRE}.make_office", "before", 1),
        (f"{_CENTRE}.make_office", "after", 1),
        slowly("pipeline.backup.store.central_moves.note_arrived", "before", 1),
        slowly(f"{_CENTRE}.verify_arrived", "before", 1),
        (f"{_CENTRE}.join", "before", 1),
        slowly(f"{_CENTRE}.join", "after", 1),
        slowly(f"{_DISK}.rename", "before", 1),
        (f"{_DISK}.rename", "after", 2),
        slowly(f"{_CENTRE}.end_move", "before", 1),
        ("pipeline.backup.store.move_note.ended", "before", 1),
        slowly("pipeline.backup.store.move_note.ended", "after", 1),
    ],
    ids=lambda value: str(value).rpartition(".")[2],
)
def test_a_move_in_that_was_killed_is_gone_on_with(busy, centre, killed, where, when, call, capsys):
    name, store = centre
    folder, before, people = busy.root.layout.root, journals(busy.root), people_of(busy.root)
    words = ("pusat", "kantor", "pindah-masuk", folder, name, "--objek", store)

    killed(where, when, call, *words)
    if (folder / "archive/.pindah").exists():
        assert yankomas("--root", folder, "run", "--once") == SettingsFault.exit_code
        assert yankomas(*words) == 0, capsys.readouterr().err

    there = office_in(folder)
    assert there.is_central
    assert journals(there) == before
    assert [f for f in there.verify(quiet) if f.code != "pengaturan"] == []
    assert len(there.access_log.entries("2026-11")) == 1
    assert (folder / "arsip-sebelum-pusat/2026/0001/journal.jsonl").is_file()
    assert not Root(folder).layout.years()
    assert len(there.book.rows()) == 3
    assert there.people.accounts.account("siti")
    assert as_sets(central_people(there.database)) == people
    assert not (there.layout.people / FILE).exists()
    there.database.close()


@pytest.mark.parametrize(
    ("where", "when", "call"),
    [
        slowly(f"{_CENTRE}.close_office", "before", 1),
        (f"{_CENTRE}.close_office", "after", 1),
        slowly("pipeline.backup.store.central_move_out._write_folder", "after", 2),
        (f"{_DISK}.rename", "before", 1),
        (f"{_DISK}.rename", "after", 2),
        slowly(f"{_DISK}.rename", "after", 4),
        slowly(f"{_CENTRE}.leave", "before", 1),
        slowly(f"{_CENTRE}.leave", "after", 1),
        ("pipeline.backup.store.move_note.ended", "before", 1),
    ],
    ids=lambda value: str(value).rpartition(".")[2],
)
def test_a_move_out_that_was_killed_is_gone_on_with(busy, centre, killed, where, when, call, capsys):
    name, store = centre
    folder, before, people = busy.root.layout.root, journals(busy.root), people_of(busy.root)
    assert yankomas("pusat", "kantor", "pindah-masuk", folder, name, "--objek", store) == 0

    killed(where, when, call, "pusat", "kantor", "pindah-keluar", folder)
    assert yankomas("--root", folder, "run", "--once") == SettingsFault.exit_code
    assert yankomas("pusat", "kantor", "pindah-keluar", folder) == 0, capsys.readouterr().err

    home = office_in(folder)
    assert not home.is_central
    assert journals(home) == before
    assert people_of(home) == people
    home.rebuild()
    home.book.rebuild()
    assert home.verify(quiet) == []


def test_a_move_in_that_fails_leaves_the_office_at_work_and_its_name_free(busy, centre, capsys):
    name, store = centre
    folder = busy.root.layout.root
    words = ("pusat", "kantor", "pindah-masuk", folder, name, "--objek", store)
    changed = busy.root.layout.case(FIRST) / "data" / "01-surat.pdf"
    whole = changed.read_bytes()
    changed.chmod(0o640)
    changed.write_bytes(b"lain")

    assert yankomas(*words) == 6
    assert not (folder / "archive/.pindah").exists()
    changed.write_bytes(whole)
    assert busy.root.cabinet.case(FIRST)
    assert yankomas(*words) == 0, capsys.readouterr().err


def test_nobody_decides_or_gives_a_number_in_a_folder_that_moves(busy, centre):
    layout = busy.root.layout
    move_note.begun(layout, move_note.IN, "rekaan").write(layout)

    with pytest.raises(SettingsFault, match="sedang pindah"), busy.root.cabinet.held(FIRST):
        pass
    with pytest.raises(SettingsFault, match="sedang pindah"), busy.root.numbers.numbering():
        pass
    with pytest.raises(SettingsFault, match="sedang pindah"):
        busy.root.access_log.append(MORNING, "siti", "kasus", ["arsiparis"])
    with pytest.raises(SettingsFault, match="sedang pindah"):
        office_in(layout.root)


def test_a_decision_that_was_begun_before_the_move_moves_too(busy, centre):
    name, store = centre
    folder, entered, go_on = busy.root.layout.root, threading.Event(), threading.Event()
    moving = threading.Thread(
        target=yankomas, args=("pusat", "kantor", "pindah-masuk", folder, name, "--objek", store), daemon=True
    )

    def decide() -> None:
        with busy.root.cabinet.held(FIRST) as held:
            entered.set()
            assert go_on.wait(PATIENCE)
            held.append(*settled_event(), by="siti", at=MORNING)

    deciding = threading.Thread(target=decide, daemon=True)
    deciding.start()
    assert entered.wait(PATIENCE)
    moving.start()
    until(lambda: (folder / "archive/.pindah").exists() or not moving.is_alive())
    assert moving.is_alive()
    go_on.set()
    deciding.join(PATIENCE)
    moving.join(PATIENCE)

    there = office_in(folder)
    assert there.cabinet.journal(FIRST).endswith(there.cabinet.case(FIRST).head.encode() + b'"}\n')
    assert there.cabinet.case(FIRST).entries[-1].by == "siti"
    there.database.close()


def settled_event():
    from case_factory import document, recognised

    text = document("09-lain.txt", b"lain", kind="teks", step=2)
    return recognised(documents=(text,)), {text.name: b"lain"}


def test_another_folder_does_not_go_on_with_a_move(busy, centre, killed, tmp_path, capsys):
    name, store = centre
    folder = busy.root.layout.root
    killed(f"{_CENTRE}.make_office", "after", 1, "pusat", "kantor", "pindah-masuk", folder, name, "--objek", store)
    lay_out_filled(tmp_path / "lain")

    assert yankomas("pusat", "kantor", "pindah-masuk", tmp_path / "lain", name, "--objek", store) == 2
    assert "sudah ada di pusat" in capsys.readouterr().err
    assert not (tmp_path / "lain/archive/.pindah").exists()
    with pytest.raises(UsageFault):
        move_note.begun(busy.root.layout, move_note.OUT, name)


def test_what_a_person_said_after_a_restore_goes_out_with_the_office(busy, centre, tmp_path, capsys):
    name, store = centre
    folder, layout = busy.root.layout.root, busy.root.layout
    note_restored(layout.restored, MORNING.isoformat())
    busy.root.numbers.confirm(CaseNumber(2026, 5), {"keluar": 120}, "siti", MORNING)
    said = layout.restored.read_bytes()
    assert yankomas("pusat", "kantor", "pindah-masuk", folder, name, "--objek", store) == 0, capsys.readouterr().err
    fresh = tmp_path / "mesin-lain"
    shutil.copytree(folder, fresh, ignore=shutil.ignore_patterns("bel", "arsip-sebelum-pusat*"))
    (fresh / "archive/.pulih").unlink(missing_ok=True)

    assert yankomas("pusat", "kantor", "pindah-keluar", fresh) == 0, capsys.readouterr().err

    assert Path(fresh, "archive/.pulih").read_bytes() == said
    assert office_in(fresh).numbers.last() == CaseNumber(2026, 5)


# -- an office that comes with its old register ------------------------------------------------------------------------

_IMPORT = "pipeline.register.store.old_cases"


@pytest.fixture
def book(tmp_path) -> Path:
    """An old register of two cases, between which a number is missing."""
    path = tmp_path / "buku.xlsx"
    path.write_bytes(workbook(("2019", [HEADINGS, row("1/HAM/2019"), row("3/HAM/2019", who="Budi Rekaan")])))
    return path


def test_old_cases_that_a_kill_left_before_their_places_move_in_too(office, book, centre, killed, capsys):
    name, store = centre
    folder = office.root.layout.root
    killed(f"{_IMPORT}._refuse_other", "before", 2, "--root", folder, "impor", book, "--laksanakan")
    assert [str(number) for number in office.root.layout.numbers(2019)] == ["2019/0001"]

    assert yankomas("pusat", "kantor", "pindah-masuk", folder, name, "--objek", store) == 0, capsys.readouterr().err

    there = office_in(folder)
    assert [str(number) for number in there.cabinet.numbers()] == ["2019/0001", "2019/0003"]
    assert [f for f in there.verify(quiet) if f.code != "pengaturan"] == []
    there.database.close()


@pytest.mark.parametrize("where", ["mark_format", "put_in_place"])
def test_an_office_whose_old_register_is_taken_over_in_part_does_not_move_in(
    office, book, centre, killed, where, capsys
):
    name, store = centre
    folder = office.root.layout.root
    taking_over = ("--root", folder, "impor", book, "--laksanakan")
    moving = ("pusat", "kantor", "pindah-masuk", folder, name, "--objek", store)
    killed(f"{_IMPORT}.{where}", "before", 1, *taking_over)
    whole = where == "put_in_place"  # all of it was committed

    assert yankomas(*moving) == (0 if whole else UsageFault.exit_code)

    if not whole:
        assert "'buku.xlsx' baru sebagian diambil alih" in capsys.readouterr().err
        assert yankomas(*taking_over) == 0
        assert yankomas(*moving) == 0, capsys.readouterr().err
    there = office_in(folder)
    assert len(there.cabinet.numbers()) == 2
    there.database.close()


def test_at_the_centre_a_gap_of_the_old_book_is_no_loss_and_a_book_is_taken_over_in_the_folder(
    office, book, centre, capsys
):
    name, store = centre
    folder = office.root.layout.root
    assert yankomas("--root", folder, "impor", book, "--laksanakan") == 0
    assert yankomas("pusat", "kantor", "pindah-masuk", folder, name, "--objek", store) == 0

    assert yankomas("--root", folder, "verify") == 0, capsys.readouterr()
    assert yankomas("--root", folder, "impor", book, "--laksanakan") == UsageFault.exit_code
    assert "Pindahkan kantor ini keluar dari pusat" in capsys.readouterr().err
    assert yankomas("pusat", "kantor", "pindah-keluar", folder) == 0

    book.write_bytes(workbook(("2019", [HEADINGS, *(row(f"{n}/HAM/2019", who=f"Rekaan {n}") for n in (1, 2, 3))])))
    assert yankomas("--root", folder, "impor", book, "--lewati", "--laksanakan") == 0, capsys.readouterr()
    assert yankomas("--root", folder, "verify") == 0, capsys.readouterr()
