"""What the office keeps is closed to other users of the machine, whatever the umask of whoever starts the program."""

from __future__ import annotations

import os
import stat

import pytest
from offices import FakeOffice, laid_out
from web_desk import WebDesk

from pipeline.cases.case_number import CaseNumber
from pipeline.work.store.setup import lay_out


@pytest.fixture
def careless():
    """A umask that takes nothing away."""
    before = os.umask(0)
    yield
    os.umask(before)


def _laid(folder):
    """What lies in an office's folder: modes, and what files hold but for its settings."""
    return {
        path.relative_to(folder): (path.stat().st_mode, path.is_file() and path.suffix != ".toml" and path.read_bytes())
        for path in folder.rglob("*")
    }


def test_an_office_of_tests_is_as_the_program_lays_one_out_whatever_was_laid_out_before(tmp_path, careless):
    before = os.umask(0o077)
    laid_out(tmp_path / "dahulu")
    os.umask(before)

    laid_out(tmp_path / "tes")
    lay_out(tmp_path / "program")

    program, test = _laid(tmp_path / "program"), _laid(tmp_path / "tes")
    assert {path: test[path] for path in program} == program


def _worked(folder):
    """An office in a checkout whose folders everybody may enter, after a letter, a search and a visit."""
    laid_out(folder)
    for name in ("archive", "inbox"):
        (folder / name).chmod(0o755)
    desk = WebDesk(folder)
    desk.office.drop("surat.pdf", b"Perihal\nSiti Rekaan")
    desk.office.run_once()
    browser = desk.browser("tim-yankomas")
    for path in ("/register", "/arsip?q=siti", "/kasus/2026/0001"):
        assert browser.get(path).status_code == 200
    browser.post("/status", data={"kode": "K7QM-2XPA-94TD", "csrf": browser.token("/status")})
    desk.app.state.desk.close()
    return desk.office


def _open_to_others(folder):
    """The files that another user can reach and read."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if os.stat(os.path.join(place, f)).st_mode & stat.S_IXOTH]
        paths = (os.path.join(place, name) for name in files)
        found += [path for path in paths if os.stat(path).st_mode & (stat.S_IROTH | stat.S_IWOTH)]
    return found


@pytest.mark.usefixtures("careless")
def test_nothing_that_the_office_keeps_can_be_read_by_others(tmp_path):
    office: FakeOffice = _worked(tmp_path / "kantor")
    layout = office.root.layout

    assert office.file(CaseNumber(2026, 1), "01-surat.pdf") == b"Perihal\nSiti Rekaan"
    kept = list(layout.people.glob("*"))
    assert kept or office.root.is_central  # where accounts are the database's
    for folder in (layout.archive, layout.people, layout.root / ".kunci", layout.root / "segel"):
        assert _open_to_others(folder) == []
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} <= {0o600}
    assert not kept or stat.S_IMODE(layout.people.stat().st_mode) == 0o700
