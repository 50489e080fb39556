"""kill -9 of the main process alone, in a real run with Tesseract and LibreOffice; then `run --once`."""

from __future__ import annotations

import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from crash import likeness
from offices import laid_out, resettled, settings_of
from patience import PATIENCE, until
from processes import children
from thorough import examples

from pipeline.wiring import office_in
from pipeline.work.store.setup import samples

TESTS = Path(__file__).resolve().parent.parent
CHOSEN = 10
_LETTERS = (".png", ".jpg")[: examples(4)]
#: How far ahead of ours the office's clock is in all these runs, the unkilled ones too: it begins on a Monday morning.
CLOCK_AHEAD = datetime(2026, 12, 7, 8, tzinfo=ZoneInfo("Asia/Jakarta")).timestamp() - time.time()
_TIMES = re.compile(r"\d{1,2}\.\d{2}")


def _office(folder: Path) -> Path:
    """Lay out an office with a one-page sample letter in its inbox, in the slow run with two."""
    laid_out(folder)
    resettled(folder, settings_of(folder).replace("diam_detik = 2 ", "diam_detik = 0.2 "))
    for sample in samples():
        if sample.suffix in _LETTERS:
            (folder / "inbox" / sample.name).write_bytes(sample.read_bytes())
    return folder


def _run(folder: Path, kill_at: int = 0, *whole: str) -> int:
    """Run once, to be killed before that effect; return the exit status, and the effects in all in a file beside.

    With ``whole`` the first case is led to its close.
    """
    command = [sys.executable, TESTS / "crash_real.py", folder, str(kill_at), folder.with_suffix(".effects"), *whole]
    clock = {**os.environ, "CLOCK_AHEAD": f"{CLOCK_AHEAD:.0f}"}
    return subprocess.run(command, stdout=subprocess.DEVNULL, timeout=10 * PATIENCE, check=False, env=clock).returncode


def _visible(path: Path) -> str:
    """Return a document's visible text, with times of day masked: two runs are not made in the same minute."""
    if path.suffix == ".pdf":
        import pypdf

        text = "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    elif path.suffix == ".docx":
        text = re.sub(r"<[^>]+>", "", zipfile.ZipFile(path).read("word/document.xml").decode())
    elif path.suffix in (".txt", ".json"):
        text = path.read_text()
    else:
        text = ""
    return _TIMES.sub("00.00", text)


@pytest.fixture(scope="module")
def unkilled(tmp_path_factory):
    folder = _office(tmp_path_factory.mktemp("nyata") / "utuh")
    assert _run(folder) == 0
    return likeness(folder, _visible), int(folder.with_suffix(".effects").read_text())


def _killed_and_recovered(folder: Path, kill_at: int, expected, *whole: str) -> None:
    _office(folder)
    before = set(children())
    assert _run(folder, kill_at, *whole) == -signal.SIGKILL
    until(lambda: not _orphans(before))
    assert _run(folder, 0, *whole) == 0
    found = likeness(folder, _visible)
    assert [line for line in _lines(found) if line not in _lines(expected)] == []
    assert found == expected
    assert office_in(folder).verify(lambda _done, _all: None) == []


@pytest.fixture(autouse=True)
def _inherit_orphans():
    """Become the parent of whatever a killed run leaves behind (Linux: PR_SET_CHILD_SUBREAPER), so that it shows."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)
    yield
    ctypes.CDLL(None).prctl(36, 0, 0, 0, 0)


def _orphans(before: set[int]) -> set[int]:
    """Return the processes that outlive a killed run so far; those that have ended are laid to rest."""
    left = set(children()) - before
    for pid in left:
        with suppress(ChildProcessError):  # who started it has laid it to rest
            os.waitpid(pid, os.WNOHANG)
    return left


def _lines(found) -> list[str]:
    """Return a likeness line by line, so that a difference is seen at a glance."""
    return json.dumps(found, indent=0, ensure_ascii=False).replace("\\n", "\n").splitlines()


@pytest.mark.parametrize(
    "share", [n if n == 5 else pytest.param(n, marks=pytest.mark.slow) for n in range(1, CHOSEN + 1)]
)
def test_killed_in_a_real_run_the_archive_comes_out_equal(unkilled, tmp_path, share):
    expected, count = unkilled

    _killed_and_recovered(tmp_path / "kantor", max(1, count * share // (CHOSEN + 1)), expected)


@pytest.mark.slow
def test_killed_at_every_effect_of_a_real_run_the_archive_comes_out_equal(unkilled, tmp_path):
    expected, count = unkilled

    for n in range(1, count + 1):
        _killed_and_recovered(tmp_path / f"n{n}", n, expected)


@pytest.fixture(scope="module")
def unkilled_case(tmp_path_factory):
    folder = _office(tmp_path_factory.mktemp("nyata-utuh") / "utuh")
    assert _run(folder, 0, "whole") == 0
    found = likeness(folder, _visible)
    assert [kind for kind, _ in found["cases"]["2026/0001"]["events"]].count("diputuskan") == 4
    return found, int(folder.with_suffix(".effects").read_text())


@pytest.mark.slow
@pytest.mark.parametrize("share", range(1, CHOSEN + 1))
def test_killed_anywhere_in_a_whole_case_from_intake_to_close_the_archive_comes_out_equal(
    unkilled_case, tmp_path, share
):
    expected, count = unkilled_case

    _killed_and_recovered(tmp_path / "kantor", max(1, count * share // (CHOSEN + 1)), expected, "whole")
