"""`surat` and `ekspedisi`: the office's letters at the terminal."""

from __future__ import annotations

import json

import pytest
from life_office import MORNING, NOTICE, LifeOffice
from offices import FakeOffice

from pipeline.cli import main


@pytest.fixture
def run(office: FakeOffice, monkeypatch, capsys):
    life = LifeOffice(office)
    life.noticed()
    life.sent(NOTICE)
    monkeypatch.setattr("pipeline.office.store.system_clock.SystemClock.now", lambda _self: MORNING)

    def asked(*arguments: str) -> tuple[int, str]:
        code = main(["--root", str(office.root.layout.root), *arguments])
        told = capsys.readouterr()
        return code, told.out + told.err

    return asked


def test_the_letters_that_wait_are_told_and_with_semua_all(run):
    _, waiting = run("surat")
    _, every = run("surat", "--semua")
    _, sent = run("surat", "--keadaan", "dikirim")

    assert "Surat rekomendasi" in waiting
    assert "Tanda tangani: Kakanwil" in waiting
    assert "Pemberitahuan pelapor" not in waiting
    assert "Pemberitahuan pelapor" in every
    assert "Surat rekomendasi" not in sent


def test_a_case_tells_the_lives_of_its_letters(run):
    _, told = run("surat", "1/2026")

    assert "Pemberitahuan pelapor versi 2, nomor W.8.HA.01.07-2: dikirim" in told
    assert "diparaf Kabid HAM (versi 1) (" in told
    assert "akun penguji" in told
    assert "giliran: Tanda tangani, Kakanwil" in told


def test_programs_get_the_same_facts(run):
    _, told = run("surat", "--semua", "--json")

    found = {letter["template"]: letter for letter in json.loads(told)}
    assert found[NOTICE]["sent_on"] == "2026-12-02"
    assert found[NOTICE]["recipient"] == "Pelapor pada register nomor 0001/YANKOMAS/2026"
    assert found["06-surat-rekomendasi"]["roles"] == ["kakanwil"]


def test_what_is_asked_wrongly_is_refused_with_what_there_is(run, tmp_path):
    assert run("surat", "--keadaan", "hilang")[0] == 2
    assert run("surat", "9/2026")[0] == 4
    code, told = run("ekspedisi", "-o", str(tmp_path / "buku.txt"))
    assert code == 2
    assert ".pdf atau .xlsx" in told


def test_the_dispatch_book_is_shown_and_written(run, tmp_path, office):
    _, told = run("ekspedisi", "--tahun", "2026", "--bulan", "12")
    run("ekspedisi", "--tahun", "2026", "-o", str(tmp_path / "buku.xlsx"))

    assert "Pelapor pada register nomor 0001/YANKOMAS/2026" in told
    assert "1 surat, Desember 2026." in told
    assert (tmp_path / "buku.xlsx").read_bytes().startswith(b"PK")
    assert run("ekspedisi", "--tahun", "2026", "-o", str(office.root.layout.archive / "buku.xlsx"))[0] == 2
