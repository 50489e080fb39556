"""The archivist's acts at the desk and at the terminal: the same verbs, and what is wrong said where it was typed."""

from __future__ import annotations

import pytest
from ended_cases import ended, let_all_fall_due
from web_desk import WebDesk

from pipeline.cli import main


@pytest.fixture
def desk(tmp_path):
    return WebDesk(tmp_path / "kantor")


def test_an_archivist_files_and_holds_many_folders_and_lists_them(desk):
    first, second = ended(desk.office), ended(desk.office)
    ita = desk.browser("arsiparis")
    assert "Berkaskan" in ita.get("/penyusutan").text

    both = {"perkara": f"{first}\n{second}"}
    made = ita.post_form("/penyusutan/tindakan/berkaskan", {**both, "i.boks": "7", "i.jumlah_halaman": "12"})
    assert made.headers["location"] == "/penyusutan"
    asked = ita.post_form("/penyusutan/tindakan/tahan", {"perkara": str(first)})
    assert asked.status_code == 422
    assert "Wajib diisi" in asked.text
    ita.post_form("/penyusutan/tindakan/tahan", {"perkara": str(first), "i.alasan": "Gugatan"})

    assert desk.office.root.case(second).register["boks"] == "7"
    early = ita.post_form("/penyusutan/daftar-baru/musnah", {"perkara": str(second), "i.dasar": "Jadwal retensi"})
    assert "JRA belum menetapkan jangkanya" in early.text
    let_all_fall_due(desk.office)
    wrong = ita.post_form("/penyusutan/daftar-baru/musnah", {**both, "i.dasar": "Jadwal retensi"})
    assert "sedang ditahan: Gugatan" in wrong.text
    new = ita.post_form("/penyusutan/daftar-baru/musnah", {"perkara": str(second), "i.dasar": "Jadwal retensi"})
    assert new.headers["location"] == "/penyusutan/daftar/musnah-2026-1"
    assert "Catat penilaian panitia" in ita.get("/penyusutan/daftar/musnah-2026-1").text
    assert desk.browser("kasubbid").get("/penyusutan").status_code == 403


def test_the_terminal_does_the_same(office, capsys):
    number = ended(office)
    here = ["--root", str(office.root.layout.root), "arsip"]

    assert main([*here, "lakukan", "berkaskan", str(number), "--set", "boks=9"]) == 0
    assert main([*here, "lakukan", "tahan", str(number)]) != 0
    assert "wajib diisi" in capsys.readouterr().err
    assert main([*here, "lakukan", "tahan", str(number), "--set", "alasan=Gugatan", "--as", "kabid"]) == 0
    assert main([*here, "keadaan", str(number)]) == 0
    assert "inaktif, ditahan" in capsys.readouterr().out
    assert main([*here, "mulai", "musnah", str(number), "--set", "dasar=x"]) != 0
    assert main([*here, "tindakan"]) == 0
    assert "Daftar musnah: Daftar usul musnah" in capsys.readouterr().out
