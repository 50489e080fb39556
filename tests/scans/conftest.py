"""What the tests of files that become pages share."""

from __future__ import annotations

import pytest

from pipeline.scans.formats.kinds import rendered_kind
from pipeline.scans.refusals import Limits
from pipeline.scans.renditions.opening import content_of


@pytest.fixture
def said(tmp_path):
    """Say what a file of a name says."""

    def say(name, data):
        path = tmp_path / "berkas"
        path.write_bytes(data)
        return content_of(path, rendered_kind(path, name), name, Limits())

    return say
