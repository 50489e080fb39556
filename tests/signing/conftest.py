"""One infrastructure of invented issuers for all tests of signatures."""

from __future__ import annotations

import pytest
from signing_pki import Pki


@pytest.fixture(scope="session")
def pki(tmp_path_factory) -> Pki:
    return Pki(tmp_path_factory.mktemp("pki"))
