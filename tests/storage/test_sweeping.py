"""Clearing a working folder away: all that lies in it, and nothing that a link leads to."""

from __future__ import annotations

import pytest

from pipeline.storage import disk


@pytest.mark.parametrize("where", ["gladi", "gladi/dalam"])
def test_what_a_link_leads_to_stays(tmp_path, where):
    kept = tmp_path / "archive" / "perkara.txt"
    kept.parent.mkdir()
    kept.write_text("Perkara")
    link = tmp_path / where
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(kept.parent)

    disk.sweep(tmp_path / "gladi")

    assert kept.read_text() == "Perkara"
    assert not (tmp_path / "gladi").is_symlink()
    assert not (tmp_path / "gladi").exists()


def test_what_is_not_there_is_no_fault(tmp_path):
    disk.sweep(tmp_path / "tidak-ada")

    assert list(tmp_path.iterdir()) == []
