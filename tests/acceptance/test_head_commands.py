"""The head of the office asks for figures: ringkasan, for a month, a quarter or a year."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from fakes import WIB, FixedClock
from offices import laid_out

from pipeline.cli import main
from pipeline.wiring import office_in

NEWS = (
    "perihal=Banjir",
    "terlapor=Pemda Rekaan",
    "uraian=Koran",
    "tempat_kejadian=Kab. Seluma",
    "kelas_terlapor=pemda",
)


@pytest.fixture
def type_in(tmp_path, capsys, monkeypatch):
    """A clerk types a command; what comes back is the code and what is shown."""
    kind = type(office_in(laid_out(tmp_path / "kantor")))
    monkeypatch.setattr(kind, "clock", FixedClock(datetime(2026, 11, 25, 8, 15, tzinfo=WIB)))

    def typed(*words: str) -> tuple[int, str]:
        code = main(["--root", str(tmp_path / "kantor"), *words])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    return typed


@pytest.fixture
def opened(type_in):
    """One case from the news stands in the register."""
    assert type_in("buka", "--berita", *(word for pair in NEWS for word in ("--set", pair)))[0] == 0
    return type_in


def test_without_anything_said_it_is_the_quarter_of_today(opened):
    code, said = opened("ringkasan")

    assert code == 0
    assert said.startswith("Triwulan IV 2026: 1 Oktober 2026 sampai dengan 25 November 2026, belum berakhir")
    for line in ("Kabupaten Seluma", "1. Pemohon menyampaikan aduan"):
        assert line in said
    assert "1 aduan belum dikonfirmasi petugas" in said
    assert "Pemda Rekaan" not in said


def test_the_figures_come_as_json_for_other_programs(opened):
    found = json.loads(opened("ringkasan", "--bulan", "11", "--json")[1])

    assert found["period"] == {"key": "2026-11", "label": "November 2026", "first": "2026-11-01", "last": "2026-11-30"}
    assert found["before"]["key"] == "2026-10"
    assert found["flow"] == {"carried": 0, "received": 1, "closed": 0, "left": 1}
    assert found["running"]["total"] == 1
    assert {b["key"] for b in found["breakdowns"]} >= {"cara_penyampaian", "hak", "kelas_terlapor", "wilayah"}
    assert found["months"][-1] == {"month": "2026-11", "label": "November 2026", "received": 1, "closed": 0}


def test_an_empty_register_has_figures_too(type_in):
    assert type_in("ringkasan", "--tahun", "2020")[0] == 0


@pytest.mark.parametrize(
    "asked", [("--triwulan", "5"), ("--bulan", "0"), ("--triwulan", "1", "--bulan", "2"), ("--tahun", "x")]
)
def test_a_period_that_there_is_none_of_is_a_mistake_in_the_command(type_in, asked):
    assert type_in("ringkasan", *asked)[0] == 2


def test_the_report_is_written_where_it_was_asked_for(opened, tmp_path):
    for name in ("laporan.docx", "laporan.XLSX"):
        code, said = opened("laporan", "--triwulan", "4", "--tahun", "2026", "-o", str(tmp_path / name))

        assert (code, said) == (0, f"Laporan Triwulan IV 2026 ditulis ke {tmp_path / name}.\n")
        assert (tmp_path / name).read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["laporan.odt", "laporan", "tidak-ada/laporan.xlsx", "kantor/archive/laporan.xlsx"])
def test_a_report_that_cannot_be_written_is_a_mistake_in_the_command(opened, tmp_path, name):
    assert opened("laporan", "-o", str(tmp_path / name))[0] == 2
    assert not (tmp_path / name).exists()
