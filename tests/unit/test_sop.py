"""The SOP is a table: seven steps with their limits, as printed in SOP W.8.OT.02.01-74, and code that walks it."""

import tomllib
from copy import deepcopy
from dataclasses import replace
from datetime import date
from importlib import resources

import pytest

from pipeline.config import editions
from pipeline.domain.office import ROLES
from pipeline.domain.sop import from_table, in_force
from pipeline.domain.worktime import Limit
from pipeline.errors import SettingsFault

SOP = editions()[0]
TEXT = (resources.files("pipeline") / "sop" / "2024-05-06.toml").read_text(encoding="utf-8")
TABLE = tomllib.loads(TEXT)


def changed(change) -> dict:
    """Return the SOP's table with one thing changed."""
    table = deepcopy(TABLE)
    change(table)
    return table


def test_the_sop_has_the_seven_steps_and_limits_that_are_printed():
    assert [(s.number, s.key, s.limit) for s in SOP.steps] == [
        (1, "penerimaan", Limit(minutes=15)),
        (2, "pencatatan", Limit(minutes=15)),
        (3, "penyampaian", Limit(minutes=15)),
        (4, "telaahan", Limit(days=2)),
        (5, "audiensi", Limit(days=3)),
        (6, "rekomendasi", Limit(days=2)),
        (7, "pemantauan", Limit(days=22)),
    ]


def test_the_whole_sop_takes_three_quarters_of_an_hour_and_29_days():
    assert SOP.limit_to() == Limit(minutes=45, days=29)


def test_the_limit_to_a_step_includes_that_step():
    assert SOP.limit_to(2) == Limit(minutes=30)
    assert SOP.limit_to(SOP.step(SOP.reviewed).number) == Limit(minutes=45, days=2)


def test_a_registered_letter_stands_in_the_second_step():
    assert SOP.step(SOP.first).number == 2


def test_the_receipt_and_the_disposition_sheet_are_drafted_at_intake():
    assert [(s.template, s.step, s.signed) for s in SOP.at_intake] == [
        ("01-tanda-terima", 1, False),
        ("03-lembar-disposisi", 3, True),
    ]


def test_every_role_of_the_sop_is_a_role_of_the_office():
    assert {role for step in SOP.steps for role in step.lanes} <= set(ROLES)
    assert {role for move in SOP.moves for role in move.roles} <= set(ROLES)


def test_a_move_is_found_by_its_key():
    move = SOP.move("ulangi")

    assert move is not None
    assert move.roles == ("tim-yankomas", "admin")
    assert SOP.move("hapus") is None


def test_the_edition_in_force_is_the_newest_that_had_begun_on_the_day():
    old = replace(SOP, key="lama", effective=date(2020, 1, 1))
    coming = replace(SOP, key="kelak", effective=date(2027, 1, 1))

    assert in_force((coming, SOP, old), date(2026, 12, 31)) is SOP
    assert in_force((coming, SOP, old), date(2027, 1, 1)) is coming
    assert in_force((coming, SOP, old), SOP.effective) is SOP
    assert in_force((coming, SOP, old), date(2024, 5, 5)) is old


def test_before_the_first_edition_the_computers_date_is_doubted():
    with pytest.raises(SettingsFault, match="2019-01-01") as refusal:
        in_force((SOP,), date(2019, 1, 1))

    assert "tanggal komputer" in refusal.value.remedy


@pytest.mark.parametrize(
    "part", ["nomor", "nama", "berlaku", "awal", "tenggat_disposisi", "langkah", "naskah", "gerak"]
)
def test_a_missing_part_is_named(part):
    with pytest.raises(SettingsFault, match=part):
        from_table("uji", changed(lambda t: t.pop(part)))


@pytest.mark.parametrize("part", ["kunci", "kegiatan", "pelaksana", "status"])
def test_a_missing_part_of_a_step_is_named(part):
    with pytest.raises(SettingsFault, match=part):
        from_table("uji", changed(lambda t: t["langkah"][3].pop(part)))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda t: t.update(awal="entah"), "entah"),
        (lambda t: t.update(tenggat_disposisi="entah"), "entah"),
        (lambda t: t["langkah"][2].update(kunci="penerimaan"), "dua langkah"),
        (lambda t: t["langkah"][1].update(pelaksana=["satpam"]), "satpam"),
        (lambda t: t["gerak"][0].update(peran=["satpam"]), "satpam"),
        (lambda t: t["naskah"][0].update(langkah=8), "8"),
        (lambda t: t["naskah"][0].update(langkah=0), "0"),
        (lambda t: t["naskah"][0].update(saat="kapan-kapan"), "kapan-kapan"),
        (lambda t: t["langkah"][1].update(menit="15"), "menit"),
        (lambda t: t["langkah"][1].update(menit=-15), "menit"),
        (lambda t: t["langkah"][3].update(hari=2.5), "hari"),
        (lambda t: t["langkah"][3].update(hari=True), "hari"),
        (lambda t: t["langkah"][1].update(pelaksana="tim-yankomas"), "pelaksana"),
        (lambda t: t["gerak"][0].update(peran="admin"), "peran"),
        (lambda t: t["naskah"][0].update(langkah="1"), "langkah"),
        (lambda t: t["naskah"][0].update(tanda_tangan_basah="tidak"), "tanda_tangan_basah"),
        (lambda t: t.update(berlaku="2024-05-06"), "berlaku"),
        (lambda t: t.update(nomor=74), "nomor"),
        (lambda t: t.update(langkah={"kunci": "a"}), "langkah"),
        (lambda t: t.update(langkah=[]), "pencatatan"),
        (lambda t: t.update(langkah=["penerimaan"]), "salah bentuk"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused_naming_what_is_wrong(change, named):
    with pytest.raises(SettingsFault, match=named) as refusal:
        from_table("uji", changed(change))

    assert "Berkas SOP uji" in refusal.value.message
    assert refusal.value.remedy


def test_the_table_that_is_shipped_needs_no_change_to_be_read():
    assert from_table("2024-05-06", TABLE) == SOP
