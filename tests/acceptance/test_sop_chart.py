"""``yankomas sop``: the flow chart on the terminal and on paper, and a case's way through it."""

from __future__ import annotations

import pytest

from pipeline.cli import main

TOLD = ("perihal=Limbah pabrik", "pelapor=Budi Rekaan", "terlapor=PT Contoh", "uraian=Sumur kami tercemar.")


@pytest.fixture
def yankomas(office, capsys):
    """Runs a command in an office; returns its exit code, what it said, and what it complained of."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(["--root", str(office.root.layout.root), *arguments])
        return code, *capsys.readouterr()

    return run


@pytest.fixture
def told(yankomas):
    """The number of a complaint that was told at the counter."""
    code, said, fault = yankomas("buka", "--lisan", *(part for answer in TOLD for part in ("--set", answer)))
    assert (code, fault) == (0, "")
    return said.partition(":")[0]


def test_the_sop_in_force_is_shown_on_the_terminal(yankomas):
    code, said, _ = yankomas("sop")

    assert code == 0
    assert "SOP W.8.OT.02.01-74: Pelayanan Komunikasi Masyarakat" in said
    assert "Pelaksana: Masyarakat -> Tim Yankomas" in said
    assert "Jalan perkara" not in said


def test_with_a_number_it_shows_where_the_case_stands_and_nobody_by_name(yankomas, told, tmp_path):
    _, said, _ = yankomas("sop", told)
    code, _, _ = yankomas("sop", told, "--output", str(tmp_path / "perkara.svg"))
    drawn = (tmp_path / "perkara.svg").read_text(encoding="utf-8")

    assert code == 0
    for shown in (said, drawn):
        assert "menunggu konfirmasi" in shown
        assert "di sini" in shown
        assert "Budi" not in shown
        assert "PT Contoh" not in shown


@pytest.mark.parametrize(("name", "begins"), [("sop.svg", b"<?xml"), ("SOP.PDF", b"%PDF-")])
def test_it_is_drawn_to_a_file_of_either_kind(yankomas, tmp_path, name, begins):
    code, said, _ = yankomas("sop", "--output", str(tmp_path / name))

    assert code == 0
    assert name in said
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize("name", ["sop.docx", "sop", "tidak-ada/sop.svg"])
def test_another_kind_of_file_or_a_missing_folder_is_refused_with_a_remedy(yankomas, tmp_path, name):
    code, _, fault = yankomas("sop", "--output", str(tmp_path / name))

    assert code == 2
    assert len(fault.splitlines()) == 2
    assert not (tmp_path / name).exists()


def test_no_drawing_is_put_into_the_archive(yankomas, office):
    target = office.root.layout.archive / "2026" / "sop.svg"

    code, _, fault = yankomas("sop", "--output", str(target))

    assert (code, target.exists()) == (2, False)
    assert "arsip" in fault


def test_a_case_that_is_not_there_is_said_to_be_missing(yankomas):
    assert yankomas("sop", "2026/0099")[0] == 4
