"""``yankomas tanda-tangan`` and ``periksa-tanda-tangan``: the passphrase is asked for, and is never an option."""

from __future__ import annotations

import json

import pytest
from fakes import MORNING, FixedClock
from offices import copied
from signed_letters import letter, signed_letter
from signing_memos import with_memos
from signing_office import SigningOffice
from signing_pki import PASSPHRASE
from test_whole_sop import FIRST

from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.wiring import Root

MEMO = "04-nota-telaahan"
SECOND = CaseNumber(2026, 2)


@pytest.fixture(scope="module")
def before(pki, tmp_path_factory):
    """An office with two memos that wait for their signature."""
    folder = tmp_path_factory.mktemp("sebelum") / "kantor"
    with_memos(folder, pki, b"Sengketa tanah", b"Upah")
    return folder


@pytest.fixture
def office(before, tmp_path, monkeypatch):
    folder = copied(before, tmp_path / "kantor")
    monkeypatch.setattr(Root, "clock", FixedClock(MORNING))
    return SigningOffice(folder)


@pytest.fixture
def says(office, capsys, monkeypatch):
    """Run a command; the passphrase that is typed is the right one, unless said otherwise."""

    def run(*words: str, code: int = 0, typed: str = PASSPHRASE) -> str:
        monkeypatch.setattr("pipeline.cli.signing.getpass", lambda asked: typed)
        assert main(["--root", str(office.root.layout.root), *words]) == code
        told = capsys.readouterr()
        return told.out + told.err

    return run


def signed(office, number) -> bool:
    return MEMO in office.case(number).signed


def test_what_waits_is_listed_for_a_role(says):
    told = says("tanda-tangan", "--as", "kasubbid")

    assert "2026/0001" in told
    assert "Nota telaahan" in told
    assert "2 naskah" in told
    assert "Tidak ada naskah" in says("tanda-tangan", "--as", "kakanwil")
    assert [row["number"] for row in json.loads(says("tanda-tangan", "--as", "kasubbid", "--json"))] == [
        "2026/0001",
        "2026/0002",
    ]


def test_the_letters_of_the_named_case_are_signed_and_no_other(says, office):
    told = says("tanda-tangan", "--as", "kasubbid", "1/2026")

    assert "[1/1] 2026/0001 Nota telaahan: ditandatangani" in told
    assert (signed(office, FIRST), signed(office, SECOND)) == (True, False)


def test_all_are_signed_with_one_passphrase(says, office):
    told = says("tanda-tangan", "--as", "kasubbid", "--semua")

    assert "2 dari 2 naskah ditandatangani" in told
    assert (signed(office, FIRST), signed(office, SECOND)) == (True, True)
    assert "Tidak ada naskah" in says("tanda-tangan", "--as", "kasubbid", "--semua")


def test_a_wrong_passphrase_signs_nothing_and_is_not_repeated(says, office):
    told = says("tanda-tangan", "--as", "kasubbid", "--semua", typed="SALAH-123", code=14)

    assert "salah" in told
    assert "SALAH-123" not in told
    assert not signed(office, FIRST)


def test_a_case_where_nothing_waits_is_named(says, office):
    says("tanda-tangan", "--as", "kasubbid", "1/2026")

    assert "2026/0001" in says("tanda-tangan", "--as", "kasubbid", "1/2026", code=11)


def test_who_signs_in_ink_is_told_so_before_a_passphrase_is_asked(says, office):
    settings = office.root.layout.settings
    settings.write_text(settings.read_text().split("\n[[tanda_tangan.pemegang]]")[0])

    assert "belum menandatangani secara elektronik" in says("tanda-tangan", "--as", "kasubbid", "--semua", code=11)


def test_no_option_takes_a_passphrase():
    assert main(["tanda-tangan", "--as", "kasubbid", "--semua", "--sandi", "x"]) == 2


def test_a_file_is_judged_now_and_as_of_a_day(says, pki, tmp_path):
    path = tmp_path / "surat.pdf"
    path.write_bytes(signed_letter(pki, letter()))

    assert "sah: tanda tangan elektronik tersertifikasi" in says("periksa-tanda-tangan", str(path))
    assert "kedaluwarsa" in says("periksa-tanda-tangan", str(path), "--pada", "2030-01-01")
    found = json.loads(says("periksa-tanda-tangan", str(path), "--json"))
    assert (found["signatures"][0]["signer"], found["signatures"][0]["worth"]) == ("Budi Rekaan", "tersertifikasi")
    assert "bukan tanggal" in says("periksa-tanda-tangan", str(path), "--pada", "kemarin", code=2)


def test_a_file_without_signature_or_without_sense_is_told_for_what_it_is(says, tmp_path):
    path = tmp_path / "surat.pdf"
    path.write_bytes(letter())
    assert "tidak memuat tanda tangan elektronik" in says("periksa-tanda-tangan", str(path))

    path.write_bytes(b"bukan pdf")
    assert "rusak" in says("periksa-tanda-tangan", str(path))
    assert says("periksa-tanda-tangan", str(tmp_path / "tidak-ada.pdf"), code=4)
