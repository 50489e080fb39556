"""What all tests share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


@pytest.fixture()
def office(tmp_path):
    """An office with fake engines in an empty folder."""
    from offices import FakeOffice

    return FakeOffice(tmp_path / "kantor")
