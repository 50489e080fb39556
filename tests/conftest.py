"""What all tests share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parent))

# A busy machine is no failure: how long an example takes says nothing about the office.
settings.register_profile("rumah", deadline=None)
settings.load_profile("rumah")


@pytest.fixture(scope="module")
def press():
    """LibreOffice, kept warm for the tests of a module."""
    from fakes import PAGE_KEY

    from pipeline.letters.engines.libreoffice import LibreOfficePress

    engine = LibreOfficePress(PAGE_KEY)
    yield engine
    engine.close()


@pytest.fixture(autouse=True, scope="module")
def _central_offices_end():
    """Close the connections of a module's offices that keep their cases centrally."""
    yield
    if offices := sys.modules.get("offices"):
        offices.FakeOffice.close_all()


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
def in_folders():
    """Leave a test out where cases are kept centrally: it breaks or looks at what lies in a folder."""
    if os.environ.get("YANKOMAS_TES_PUSAT") == "1":
        pytest.skip("hanya untuk map di folder kantor")


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
