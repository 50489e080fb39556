"""Tests wait for what happens, by ``tests/patience.py``; a look at a process that may just end is for one module."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import HealthCheck, settings
from thorough import BUSY

TESTS = Path(__file__).resolve().parents[1]
#: Files of proc(5) of a process, which may go while they are read; and what passes time, whatever happens meanwhile.
LOOKING = re.compile(r"/proc/\{|[\"']/proc[\"'], str\(")
PASSING = re.compile(r"^ *(?:await )?(?:time|asyncio)\.sleep\((?!0\))|wait_for_timeout\(", re.MULTILINE)
#: Who looks, and at what that stays there meanwhile.
MAY_LOOK = {
    "processes.py": "the one module",
    "letters/test_libreoffice_confined.py": "LibreOffice of a press that is kept",
    "project/test_trial_servers.py": "whether a thread is there, which never raises",
}
#: Who lets time pass, and why: none of them waits for anything.
MAY_PASS_TIME = {
    "patience.py": "between two looks",
    "acceptance/test_under_attack.py": "letters come at a pace",
    "acceptance/test_whole_pages.py": "a server that is slow",
    "attackers.py": "attackers who keep a connection",
    "backup/test_central_restore.py": "moments that a clock can tell apart",
    "escaping.py": "an operation that takes long",
    "misbehaving.py": "operations that take long or hang",
    "register/test_numbers.py": "kills at moments of chance",
    "signing/test_signing_service.py": "a service that is slow",
    "storage/test_broken_commits.py": "a wire that is slow",
    "storage/test_postgres_jobs.py": "a worker that hangs",
    "unlucky_pages.py": "a child that hangs",
    "work/test_work_ports.py": "a process that works until it is stopped",
}


def with_some(what: re.Pattern[str]) -> set[str]:
    """Which modules of the tests have it in their text."""
    return {
        path.relative_to(TESTS).as_posix()
        for path in TESTS.rglob("*.py")
        if path != Path(__file__) and what.search(path.read_text(encoding="utf-8"))
    }


def test_one_module_looks_at_what_the_kernel_tells_of_processes_that_may_end():
    assert with_some(LOOKING) == set(MAY_LOOK)


def test_nobody_waits_by_letting_time_pass():
    assert with_some(PASSING) == set(MAY_PASS_TIME)


def test_how_long_it_takes_to_draw_examples_fails_nothing():
    allowed = re.compile(r"suppress_health_check=(?!BUSY|\[\*BUSY|list\(HealthCheck\))")

    assert with_some(allowed) == set()
    assert HealthCheck.too_slow in BUSY
    assert set(BUSY) <= set(settings.default.suppress_health_check)
    assert settings.default.deadline is None
