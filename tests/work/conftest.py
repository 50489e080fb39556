"""What the tests of offices with other services share."""

from __future__ import annotations

import pytest


@pytest.fixture
def with_mail(office):
    """An office that has taken incoming letters into use, and a letter for them."""
    office.take("surat-masuk")
    office.drop_for("surat-masuk", "undangan.pdf", b"Undangan")
    office.run_once()
    return office
