"""Looking at a case is something one does twenty times an hour: it loads what it shows, and not the program."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from other_services import write_service

#: What only reading scans, drafting, serving pages, keeping the books or watching the inbox needs.
HEAVY = {
    *(
        "fastapi",
        "starlette",
        "pydantic",
        "uvicorn",
        "jinja2",
        "docxtpl",
        "docx",
        "lxml",
        "PIL",
        "pypdfium2",
        "pikepdf",
        "zxingcpp",
    ),
    *("tinydb", "holidays", "watchdog", "xlsxwriter", "logging", "subprocess", "ctypes", "asyncio", "email"),
    *("importlib.metadata", "importlib.resources", "difflib", "random", "shutil", "tempfile"),
    *("pipeline.scans.confinement", "pipeline.scans.pdf", "pipeline.scans.ocr", "pipeline.intake"),
    "pipeline.letters.sheets",
    *("pipeline.archive.store.cabinet", "pipeline.register.store.register_book", "pipeline.cases.decide"),
    *(
        "pipeline.work.service",
        "pipeline.work.settings",
        "pipeline.desk",
        "pipeline.reading.find_complaints",
        "pipeline.reading.layout",
        "pipeline.office.office",
        "pipeline.cases.sop_check",
        "pipeline.cases.sop_unknown_words",
        "pipeline.work.chores",
        "pipeline.cli.grammar_office",
    ),
}
#: Words enough that others may resemble them, so that the look-ups are asked.
LETTER = " ".join(f"kata{number} rekaan" for number in range(60))
#: What a command is told besides.
REASON = {"case": ("--alasan", "uji"), "moves": ()}
#: Which editions of the SOP a command read, and what it loaded, as JSON.
READ = """
import json, sys
from pipeline.cases.store import sop_editions
read, whole = [], sop_editions.read_sop
sop_editions.read_sop = lambda key, *rest, **more: (read.append(key), whole(key, *rest, **more))[1]
from pipeline.cli import main
main(sys.argv[1:])
print(json.dumps(read), json.dumps([*sys.modules]), sep="\\n")
"""
LOADED = "import sys; from pipeline.cli import main; main(sys.argv[1:]); print(*sys.modules, sep='\\n')"


@pytest.mark.in_folders  # what speaks to a database loads it
@pytest.mark.parametrize("command", ["case", "moves"])
def test_looking_at_a_case_loads_no_part_of_the_program_that_it_does_not_show(office, command):
    office.drop("surat.pdf", LETTER.encode())
    office.run_once()
    write_service(office.root.layout.root)  # in use, with an edition of which nobody has noted that it began
    office.root.service_shelf.take_into_use("ruang-rapat", by="penguji", at=office.root.clock.now())
    root = str(office.root.layout.root)

    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--root", root, command, "1/2026", *REASON[command]],
        capture_output=True,
        text=True,
        check=True,
    )

    loaded = set(done.stdout.splitlines())
    assert "pipeline." + ("register.case_view" if command == "case" else "cases.forms") in loaded
    assert sorted(HEAVY & loaded) == []


@pytest.mark.in_folders  # what speaks to a database loads it
def test_looking_at_a_case_of_an_office_without_services_reads_its_own_edition_alone(office):
    office.drop("surat.pdf", LETTER.encode())
    office.run_once()
    followed = office.root.cabinet.case(office.root.pattern.read("1/2026")).received.sop

    done = subprocess.run(
        [sys.executable, "-c", READ, "--root", str(office.root.layout.root), "moves", "1/2026"],
        capture_output=True,
        text=True,
        check=True,
    )

    read, loaded = map(json.loads, done.stdout.splitlines()[-2:])
    assert read == [followed]
    assert {"pipeline.cases.own_editions", "pipeline.cases.store.service_shelf"} & set(loaded) == set()


@pytest.mark.in_folders  # what speaks to a database loads more
def test_accounts_are_looked_at_without_the_web_desk(office):
    root = str(office.root.layout.root)

    done = subprocess.run(
        [sys.executable, "-c", LOADED, "--root", root, "akun", "daftar"], capture_output=True, text=True, check=True
    )

    loaded = set(done.stdout.splitlines())
    assert "pipeline.cli.people" in loaded
    assert sorted({"fastapi", "starlette", "uvicorn", "jinja2", "pipeline.desk"} & loaded) == []
    # Most commands read the office's file, which has terms in it: what is done by them is not loaded for that.
    assert sorted({"importlib.resources", "pipeline.privacy.law"} & loaded) == []


#: A root on the command line, and what the program has loaded once its supervisor, or its desk, is ready.
READY = "import sys; from argparse import Namespace; from pathlib import Path; from pipeline.cli import running\n"
READY += "from pipeline.cli.inputs import ready_root; root = ready_root(Namespace(root=Path(sys.argv[1])))\n"
SUPERVISOR = READY + "from pipeline.desk.tls import require_tls; require_tls(root.settings.web)\n"
SUPERVISOR += "with root.supervising([], print): print(*sys.modules, sep='\\n')"
DESK = READY + "from pipeline.desk.app import create_app; create_app(root); print(*sys.modules, sep='\\n')"
SERVER = {"fastapi", "starlette", "uvicorn", "jinja2", "asyncio"}
ENGINES = {"pikepdf", "pypdfium2", "pypdf", "docx", "docxtpl", "lxml", "PIL", "tesserocr", "fontTools", "pyhanko"}


@pytest.mark.parametrize(
    ("program", "absent"),
    [
        (
            SUPERVISOR,
            ENGINES
            | SERVER
            | {"tinydb", "sqlite3", "watchdog", "pipeline.intake.ports", "pipeline.register.row", "pipeline.reading"},
        ),
        (DESK, ENGINES | {"watchdog", "pipeline.reading.find_complaints", "pipeline.work.service"}),
    ],
    ids=["supervisor", "desk"],
)
def test_a_process_of_the_office_loads_what_it_works_with_and_not_what_the_others_do(office, program, absent):
    words = [sys.executable, "-c", program, str(office.root.layout.root)]

    loaded = set(subprocess.run(words, capture_output=True, text=True, check=True).stdout.splitlines())

    asked = {"asyncio"} if office.root.is_central else set()  # by psycopg: the centre is asked for the office's keys
    assert sorted((absent & loaded) - asked) == []
