"""What the tests of offices with other services share."""

from __future__ import annotations

import pytest
from offices import copied
from other_services import ServiceOffice


@pytest.fixture(scope="session")
def with_mail_kept(tmp_path_factory):
    """The folder of an office that has taken incoming letters into use, of which one has come: looking its templates
    through takes longer than most tests of it."""
    office = ServiceOffice(tmp_path_factory.mktemp("surat-masuk") / "kantor")
    office.take("surat-masuk")
    office.drop_for("surat-masuk", "undangan.pdf", b"Undangan")
    office.run_once()
    return office.root.layout.root


@pytest.fixture
def with_mail(with_mail_kept, tmp_path):
    """That office, for one test, as one that runs: it has read what it goes by."""
    office = ServiceOffice(copied(with_mail_kept, tmp_path / "kantor"))
    assert office.root.pattern.others
    return office
