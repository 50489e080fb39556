"""What all tests share."""

from __future__ import annotations

import ctypes
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.append(str(Path(__file__).parents[1] / "tools"))

# Nor does waiting for the disk: what is synced, and in which order, is told by the tests that watch it (test_syncing.py
# and those beside it). Ended programs lose nothing that was written; only a power cut would.
os.fsync = os.fstat  # type: ignore[assignment]  # a descriptor that is none is still refused

_LIBC = ctypes.CDLL(None)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Let tests work in memory where there is room, so that syncs cost nothing; else where pytest puts them."""
    from in_memory import place_in_memory
    from slowest_files import SlowestFiles
    from thorough import set_thoroughness

    set_thoroughness(config)
    config.pluginmanager.register(SlowestFiles())
    gc.disable()  # until everything is collected, which leaves no rubbish
    if not config.option.basetemp and (place := place_in_memory()):
        config.option.basetemp = tempfile.mkdtemp(prefix="yankomas-", dir=place)
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what is of folders where cases are kept centrally, before anything is made for it.

    Tests that need the browser come first, one after the other: it is started once for them.
    """
    if browsers := sys.modules.get("browsers"):
        items.sort(key=browsers.needs_browser, reverse=True)
    if os.environ.get("YANKOMAS_TES_PUSAT") != "1":
        return
    for item in items:
        if item.get_closest_marker("in_folders"):
            item.add_marker(pytest.mark.skip(reason="hanya untuk map di folder kantor"))


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End what is kept for the tests of a module, and the browser, once what comes next does not need it.

    No fixtures, for those that every test has cost as much as a small test does.
    """
    if nextitem is None or nextitem.path != item.path:
        if offices := sys.modules.get("offices"):
            offices.FakeOffice.close_all()  # the connections of those that keep their cases centrally
        # The program weighs its process, and ends children of one that is too big.
        _LIBC.malloc_trim(0)
    if (browsers := sys.modules.get("browsers")) and not (nextitem and browsers.needs_browser(nextitem)):
        browsers.close_browser()


def pytest_collection_finish() -> None:
    """What was collected stays to the end: nobody need look it through again, nor what is new at every moment."""
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(call: pytest.CallInfo[None]) -> Iterator[None]:
    """Tell of a test that fails what stood in the windows of its browser."""
    report = yield
    if call.when == "call" and report.failed and (windows := sys.modules.get("windows")):
        report.sections += [("jendela", words) for words in windows.shown()]
    return report


def _folder_of_the_run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all processes of a run find what one of them has made."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if hasattr(request.config, "workerinput") else own


@pytest.fixture(scope="session")
def press():
    """LibreOffice, kept warm for all tests that print."""
    from presses import warm_press

    return warm_press()


@pytest.fixture(scope="session")
def pki(request, tmp_path_factory):
    """One infrastructure of invented issuers for all tests of signatures."""
    from signing_pki import Pki

    return Pki(tmp_path_factory.mktemp("pki"), _folder_of_the_run(request, tmp_path_factory) / "kunci")


@pytest.fixture(autouse=True, scope="session")
def _what_processes_share(request, tmp_path_factory):
    """What is costly is cheap in tests, or made by one process of a run for all; what was started for it ends."""
    import cheap_backups

    shared = _folder_of_the_run(request, tmp_path_factory)
    if printed_sheets := sys.modules.get("printed_sheets"):
        printed_sheets.keep_prints_in(shared / "cetakan")
    with pytest.MonkeyPatch.context() as patch:
        # Repositories of restic for whose password no program works that opens one.
        patch.setattr(cheap_backups.Restic, "make", cheap_backups.make)
        if hasattr(request.config, "workerinput") and "pipeline.letters.engines.word_templates" in sys.modules:
            from template_looks import SharedLooks, word_templates

            patch.setattr(word_templates, "_tried", SharedLooks(shared / "templat").tried)
        yield
    if browsers := sys.modules.get("browsers"):  # it was not closed if the run was broken off
        browsers.close_browser()
    if presses := sys.modules.get("presses"):
        presses.close_presses()


@pytest.fixture
def office(tmp_path):
    """An office with fake engines in an empty folder."""
    from offices import FakeOffice

    return FakeOffice(tmp_path / "kantor")


@pytest.fixture(scope="session")
def central():
    """PostgreSQL and an object store, started when a test first needs them."""
    from central_servers import servers_of_this_run

    return servers_of_this_run()


@pytest.fixture
def central_owner(central):
    """The database of an empty office of many, as who owns it comes to it."""
    with central.office(as_owner=True) as (database, _):
        yield database


@pytest.fixture
def central_office(central):
    """An empty office of many: its database and its objects."""
    with central.office() as made:
        yield made
