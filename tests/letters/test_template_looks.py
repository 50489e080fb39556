"""Processes of a test run tell one another how templates fare, and never of one how another fares."""

from __future__ import annotations

from pathlib import Path

import pytest
import template_looks
from template_looks import SharedLooks

from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.office import A4, F4

TEMPLATE = (Path(__file__).resolve().parents[2] / "letter_templates" / f"{RECEIPT}.docx").read_bytes()


def test_what_one_found_another_knows_and_other_bytes_or_settings_are_looked_at(tmp_path, monkeypatch):
    looked, look = [], template_looks._look
    monkeypatch.setattr(template_looks, "_look", lambda *what: (looked.append(what), look(*what))[1])
    whole, broken = (RECEIPT, TEMPLATE, SPECIMEN_OFFICE, b""), (RECEIPT, b"rusak", SPECIMEN_OFFICE, b"")

    found = [SharedLooks(tmp_path / "lihat").tried(*what, A4) for what in (whole, broken, whole, broken)]

    assert found[0] == found[2] == ()
    assert found[1] == found[3] != ()
    assert len(looked) == 2
    SharedLooks(tmp_path / "lihat").tried(*whole, F4)
    assert len(looked) == 3


def test_processes_of_a_run_share_them(request, tmp_path):
    if not hasattr(request.config, "workerinput"):
        pytest.skip("one process alone")

    assert template_looks.word_templates._tried.__func__ is SharedLooks.tried
