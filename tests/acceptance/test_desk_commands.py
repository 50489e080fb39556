"""The counter's commands as a clerk types them: buka, cari, due."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from fakes import WIB, FixedClock
from offices import laid_out

from pipeline.cli import main
from pipeline.wiring import office_in

TOLD = ["perihal=Upah tidak dibayar", "pelapor=Siti Ma'mun", "terlapor=PT Rekaan", "uraian=Tiga bulan"]
NEWS = ["perihal=Banjir di Desa Rekaan", "terlapor=Pemda", "uraian=Koran 24 November 2026"]


class Desk:
    """A clerk at a machine: types commands, reads what is shown."""

    def __init__(self, folder, capsys) -> None:
        self._folder, self._capsys = folder, capsys

    def type(self, *words: str) -> tuple[int, str, str]:
        code = main(["--root", str(self._folder), *words])
        shown = self._capsys.readouterr()
        return code, shown.out, shown.err

    def json(self, *words: str):
        code, out, err = self.type(*words, "--json")
        assert (code, err) == (0, "")
        return json.loads(out)

    def open(self, channel: str, told: list[str], *more: str) -> tuple[int, str, str]:
        return self.type("buka", f"--{channel}", *(word for pair in told for word in ("--set", pair)), *more)


@pytest.fixture
def desk(tmp_path, capsys, monkeypatch):
    kind = type(office_in(laid_out(tmp_path / "kantor")))
    monkeypatch.setattr(kind, "clock", FixedClock(datetime(2026, 11, 25, 8, 15, tzinfo=WIB)))
    return Desk(tmp_path / "kantor", capsys)


def test_an_oral_complaint_is_opened_and_typed_again_it_is_the_same_case(desk):
    assert desk.open("lisan", TOLD) == (0, "2026/0001: dibuka, nomor register 0001/YANKOMAS/2026.\n", "")
    assert desk.open("lisan", TOLD)[1] == "2026/0001: sudah dibuka sebelumnya, nomor register 0001/YANKOMAS/2026.\n"
    assert desk.open("berita", NEWS, "--as", "kabid")[1].startswith("2026/0002: dibuka")


def test_a_form_file_does_as_well(desk, tmp_path):
    form = tmp_path / "aduan.toml"
    form.write_text(
        'perihal = "Upah"\nterlapor = ["PT Rekaan"]\nuraian = "x"\n\n[[pelapor]]\nnama = "Siti"\nnik = "123"\n'
    )

    assert desk.type("buka", "--lisan", "--form", str(form))[0] == 0
    assert desk.json("cari", "siti")[0]["perihal"] == "Upah"


def test_what_is_missing_is_named_and_no_number_given(desk):
    code, out, err = desk.open("lisan", TOLD[:1])

    assert (code, out) == (13, "")
    assert all(name in err for name in ("pelapor", "terlapor", "uraian"))
    assert desk.json("register") == []


@pytest.mark.parametrize("typed", [[], ["--lisan", "--berita"]])
def test_a_case_is_opened_one_way_only(desk, typed):
    assert desk.type("buka", *typed)[0] == 2


def test_who_may_not_open_a_case_reads_who_may(desk):
    code, _, err = desk.open("lisan", TOLD, "--as", "kakanwil")

    assert code == 11
    assert "lisan (tim-yankomas)" in err


def test_a_case_is_found_and_shown_as_a_row_of_the_register(desk):
    desk.open("lisan", TOLD)
    desk.open("berita", NEWS)

    code, out, _ = desk.type("cari", "MAMUN", "upah")

    assert code == 0
    assert "0001/YANKOMAS/2026" in out
    assert "0002" not in out
    (row,) = desk.json("register")[1:]
    assert rows_alone(desk.json("cari", "2/2026")) == rows_alone(desk.json("cari", "25-11-2026", "banjir")) == [row]


def rows_alone(hits: list[dict]) -> list[dict]:
    """The rows of the register, without what finding adds to them."""
    return [{key: value for key, value in hit.items() if key not in ("exact", "places")} for hit in hits]


def test_where_a_case_answers_is_shown_and_what_was_misread_says_so(desk):
    desk.open("lisan", TOLD)

    (hit,) = desk.json("cari", "upah bulam")

    assert hit["exact"] is False
    places = {
        place["label"]: "".join(part["text"] for part in place["parts"] if part["hit"]) for place in hit["places"]
    }
    assert places == {"Perihal": "Upah", "Uraian": "bulan", "Catatan": "Upahbulan"}
    assert "Perihal (mungkin salah baca): [Upah] tidak dibayar" in desk.type("cari", "upah bulam")[1]


def test_nothing_asked_is_a_mistake(desk):
    code, _, err = desk.type("cari", " ")

    assert code == 2
    assert "Tidak ada kata" in err


def test_a_rebuild_makes_the_index_too(desk):
    desk.open("lisan", TOLD)

    assert "Indeks pencarian disusun ulang: 1 perkara." in desk.type("rebuild")[1]


def test_nothing_found_is_said_and_is_no_failure(desk):
    assert desk.type("cari", "entah") == (0, "Tidak ada perkara yang memuat semua kata itu.\n", "")
    assert desk.json("cari", "entah") == []


def test_what_falls_due_is_shown_with_the_late_first(desk):
    desk.open("berita", NEWS)
    desk.open("lisan", [*TOLD, "diterima_pada=25-11-2026 07.45"])

    code, out, _ = desk.type("due")

    lines = out.splitlines()
    assert code == 0
    assert lines[2].split("  ")[0] == "0002/YANKOMAS/2026"
    assert "terlambat 15 menit kerja" in lines[2]
    assert "15 menit kerja" in lines[3]
    assert lines[3].endswith("Petugas Yankomas")
    assert lines[-1] == "1 terlambat, 1 jatuh tempo dalam 3 hari kerja."
    assert [(r["number"], r["late"], r["remaining_minutes"]) for r in desk.json("due")] == [
        ("2026/0002", True, -15),
        ("2026/0001", False, 15),
    ]


def test_with_nothing_due_it_says_so(desk):
    assert desk.type("due")[1] == "Tidak ada yang terlambat atau jatuh tempo dalam 3 hari kerja.\n"
    assert desk.type("due", "--days", "besok")[0] == 2


def test_letters_typed_wrongly_do_not_break_a_terminal_or_a_journal(desk):
    code, _, err = desk.open("lisan", [*TOLD[:3], "uraian=a\x1b[2Jb"])

    assert code == 13
    assert "U+001B" in err


def test_a_clerk_answers_a_complainant_who_telephones_with_the_code(desk):
    desk.open("lisan", TOLD)
    code = desk.json("case", "2026/0001", "--alasan", "uji")["status_code"]

    _, said, _ = desk.type("status", code.lower())
    assert "> 2. Dicatat" in said
    assert "Selanjutnya: Pengaduan disampaikan kepada pimpinan kantor." in said
    assert "Siti" not in said
    assert desk.json("status", code)["stage"] == 2


def test_a_code_that_nobody_has_is_said_to_be_unknown(desk):
    code, _, said = desk.type("status", "AAAA-AAAA-AAAA")

    assert code == 4
    assert "tidak dikenal" in said
