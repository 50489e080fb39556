"""The survey, personal data and breaches at the terminal."""

from __future__ import annotations

import json

import pytest
from offices import FakeOffice

from pipeline.cli import main
from pipeline.survey.questionnaire import questionnaire

ALL_GOOD = [word for element in questionnaire().elements for word in ("--set", f"{element.key}=3")]


@pytest.fixture
def run(tmp_path, capsys):
    """Runs a command in an office with one complaint; returns its exit code and what it said."""
    office = FakeOffice(tmp_path / "kantor")
    told = {"perihal": "Upah", "pelapor": ["Siti Rekaan"], "terlapor": ["PT Rekaan"], "uraian": "x"}
    office.open("lisan", told)

    def ran(*words: str) -> tuple[int, str]:
        code = main(["--root", str(office.root.layout.root), *words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return ran


def test_five_papers_make_an_index_that_is_shown_and_written(run, tmp_path):
    assert run("ikm", "kertas", "--set", "waktu=9")[0] == 13
    for _ in range(5):
        assert run("ikm", "kertas", *ALL_GOOD)[0] == 0

    assert "IKM 75.00 (C, kurang baik), 5 responden" in run("ikm")[1]
    assert json.loads(run("ikm", "--json")[1])["count"] == 5
    assert run("ikm", "--csv", str(tmp_path / "ikm.csv"))[0] == 0
    assert "Waktu penyelesaian,3.00" in (tmp_path / "ikm.csv").read_text(encoding="utf-8-sig")
    assert "belum cukup" in run("ikm", "--tahun", "2020", "--semester", "1")[1]


def test_a_request_from_receiving_to_the_file(run, tmp_path):
    as_team = ("--as", "tim-yankomas")
    asked = [w for text in ("hak=akses", "nama=Siti Rekaan", "cara=loket", "isi=Data saya") for w in ("--set", text)]
    assert run("data-pribadi", "terima", *as_team, "--set", "hak=akses")[0] == 13
    assert run("data-pribadi", "terima", "--as", "arsiparis", *asked)[0] == 11
    assert "nomor 1" in run("data-pribadi", "terima", *as_team, *asked)[1]

    out = str(tmp_path / "data.xlsx")
    assert run("data-pribadi", "berkas", "1", *as_team, "-o", out)[0] == 11
    assert run("data-pribadi", "identitas", "1", *as_team, "--cara", "KTP")[0] == 0
    assert "2026/0001" in run("data-pribadi", "perkara", "1", *as_team)[1]
    assert run("data-pribadi", "perkara", "1", *as_team, "--milik", "2026/0009")[0] == 2
    assert run("data-pribadi", "perkara", "1", *as_team, "--milik", "2026/0001")[0] == 0
    assert run("data-pribadi", "berkas", "1", *as_team, "-o", out)[0] == 0
    assert (tmp_path / "data.xlsx").read_bytes()[:2] == b"PK"
    done = ("--set", "hasil=dipenuhi", "--set", "kata=Dilampirkan.")
    assert run("data-pribadi", "jawab", "1", *as_team, *done) == (0, "Permintaan 1: dipenuhi.\n")
    assert run("data-pribadi", "jawab", "1", *as_team, *done)[0] == 11
    assert run("data-pribadi", "surat", "1", *as_team, "-o", str(tmp_path / "surat.docx"))[0] == 0
    assert "tepat waktu" in run("data-pribadi", "daftar")[1]
    assert json.loads(run("data-pribadi", "daftar", "--json")[1])[0]["late"] is False


def test_a_breach_from_report_to_close(run, tmp_path):
    as_admin = ("--as", "admin")
    assert run("kebocoran", "catat", *as_admin, "--set", "bagaimana=Laptop hilang", "--set", "data=NIK")[0] == 0
    letter = ("kebocoran", "surat", "1", *as_admin, "--kepada", "lembaga", "-o", str(tmp_path / "surat.docx"))
    assert run(*letter)[0] == 11
    assert run("kebocoran", "diketahui", "1", *as_admin, "--set", "terjadi=kemarin", "--set", "upaya=dikunci")[0] == 0
    assert run(*letter)[0] == 0
    assert run("kebocoran", "langkah", "1", *as_admin, "--set", "langkah=hentikan", "--set", "kata=dikunci")[0] == 0
    for to in ("subjek", "lembaga"):
        assert run("kebocoran", "beritahu", "1", *as_admin, "--set", f"kepada={to}", "--set", "kata=surat")[0] == 0
    assert "pemberitahuan selesai" in run("kebocoran", "daftar")[1]
    assert run("kebocoran", "tutup", "1", *as_admin, "--kata", "ditemukan")[0] == 0
    assert run("kebocoran", "tutup", "1", *as_admin, "--kata", "lagi")[0] == 11
    assert run("kebocoran", "catat", "--as", "kadiv", "--set", "bagaimana=x", "--set", "data=x")[0] == 11


def test_nothing_is_due_in_a_young_office(run):
    assert run("masa-simpan") == (0, "Tidak ada yang lewat masa simpannya.\n")
    assert json.loads(run("masa-simpan", "--json")[1]) == {"years": [], "accounts": []}
    assert run("masa-simpan", "--tutup-akses", "2026", "--alasan", "x")[0] == 11
    assert run("masa-simpan", "--tutup-akses", "2026")[0] == 13
    assert run("masa-simpan", "--hapus-akun", "siti", "--alasan", "x")[0] == 4
