"""An office that is put where others came to is the office that went there itself; one that is not like them goes."""

from __future__ import annotations

import re

import kept_ways
import pytest
from crash import likeness
from life_office import FIRST, RECOMMENDATION, TEAM, LifeOffice
from offices import FakeOffice, WordOffice

from pipeline.evidence.store.verify import verify_archive


@pytest.fixture(autouse=True)
def _nobody_went(monkeypatch):
    monkeypatch.setattr(kept_ways, "_ENDS", {})


def gone(folder, kind=FakeOffice) -> LifeOffice:
    """An office that came as far as its recommendation's post."""
    life = LifeOffice(kind(folder))
    life.recommended()
    life.sent(RECOMMENDATION)
    return life


@pytest.mark.in_folders
@pytest.mark.parametrize("kind", [FakeOffice, WordOffice])
def test_who_is_put_there_is_where_the_others_went_and_goes_on(tmp_path, kind):
    went, put = gone(tmp_path / "a", kind), gone(tmp_path / "b", kind)
    stages = len(kept_ways._ENDS)

    assert stages == len({"confirmed", "until_review", "decided", "recommended", "numbered", "sent"})
    assert likeness(put.office.root.layout.root) == likeness(went.office.root.layout.root)
    assert verify_archive(put.office.root.layout) == []
    for life in (went, put):
        life.make("terima", TEAM, {"tanggal_terima": "2026-12-02", "penerima": "Sekretariat"})
        life.office.run_once()
    assert likeness(put.office.root.layout.root) == likeness(went.office.root.layout.root)
    assert put.office.reader.reads == went.office.reader.reads
    assert put.office.findings() == []


@pytest.mark.in_folders
def test_who_is_not_like_the_others_goes_itself(tmp_path):
    gone(tmp_path / "usual")
    usual = dict(kept_ways._ENDS)

    office = FakeOffice(tmp_path / "settings")
    settings = office.root.layout.settings
    settings.write_text(re.sub("(?m)^nama = .*", 'nama = "Kantor lain"', settings.read_text(), count=1))
    LifeOffice(FakeOffice(tmp_path / "settings"))
    assert len(kept_ways._ENDS) == len(usual) + 1

    touched = LifeOffice(FakeOffice(tmp_path / "touched"))
    touched.office.drop("lain.pdf", b"Lain")
    touched.office.run_once()
    touched.recommended()
    assert len(touched.office.root.cabinet.numbers()) == 2

    later = LifeOffice(FakeOffice(tmp_path / "later"))
    later.office.clock.forward(days=1)
    later.until_review()
    assert later.case.made[-1].at.day == later.case.made[0].at.day + 1

    class OtherReader(type(later.office.reader)):
        pass

    office = FakeOffice(tmp_path / "reader")
    office.reader = OtherReader()
    LifeOffice(office).until_review()
    assert office.reader.reads == 1
    assert office.root.case(FIRST).reading is not None
    assert {*usual} <= {*kept_ways._ENDS}
