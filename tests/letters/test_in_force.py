"""What is said to be in force is proven by the office's key, and names nothing but what letters are drawn with."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.archive.store.layout import Layout
from pipeline.errors import Passing, SettingsFault
from pipeline.letters.in_force import in_force, read_in_force, require_proven, unlike
from pipeline.letters.store.in_force_files import LaidOut, PublishedNote, is_laid_out, paths_in_force

KEY, AT = b"k" * 32, datetime(2026, 11, 27, 9, tzinfo=UTC)
FILES = {"office.toml": b"satu", "letter_templates/01-tanda-terima.docx": b"dua"}
SAID = in_force(AT, FILES, KEY)


def test_a_line_says_what_it_was_made_of():
    assert read_in_force(SAID.told()) == SAID
    assert SAID.is_proven(KEY)


@pytest.mark.parametrize(
    "changed",
    [
        {"at": AT + timedelta(seconds=1)},
        {"files": {"office.toml": SAID.files["office.toml"]}},
        {"files": {**SAID.files, "office.toml": "0" * 64}},
        {"proof": "0" * 64},
    ],
)
def test_what_was_changed_is_not_proven(changed):
    assert not replace(SAID, **changed).is_proven(KEY)
    assert not SAID.is_proven(b"l" * 32)


@pytest.mark.parametrize(
    "name",
    [
        "../office.toml",
        "/etc/passwd",
        "letter_templates/../.kunci/segel",
        "letter_templates/.surat.docx",
        "letter_templates/~$surat.docx",
        "letter_templates/dalam/surat.docx",
        "layanan/../templat/surat.docx",
        ".kunci/kode-halaman",
        ".akun/akun.sqlite",
        "office.toml\n",
    ],
)
def test_no_line_names_what_is_none_of_its_files(name):
    with pytest.raises(ValueError, match=r"surat|passwd|toml|kunci|akun"):
        read_in_force({**SAID.told(), "files": {name: "0" * 64}})


@pytest.mark.parametrize("proof", ["", "é" * 64, "0" * 63])
def test_no_line_has_a_proof_that_is_none(proof):
    with pytest.raises(ValueError, match=f"^{proof}$"):
        read_in_force({**SAID.told(), "proof": proof})


def test_what_is_laid_out_is_exactly_what_was_said(tmp_path):
    kept = {SAID.files[name]: data for name, data in FILES.items()}
    place = LaidOut(tmp_path / "berlaku")
    folder = place.of(SAID, kept.__getitem__)
    (folder / "office.toml").write_bytes(b"diubah")
    (folder / "letter_templates" / "logo.png").write_bytes(b"bukan dari kantor")

    assert place.of(SAID, kept.__getitem__) == folder

    there = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert there == FILES


@pytest.mark.parametrize("in_use", [True, False])
def test_a_state_of_before_stays_while_it_is_used_and_goes_two_days_later(tmp_path, in_use):
    kept = {SAID.files[name]: data for name, data in FILES.items()}
    place = LaidOut(tmp_path)
    before = place.of(SAID, kept.__getitem__)
    os.utime(before, (0, 0))
    if in_use:
        assert is_laid_out(before)

    after = place.of(in_force(AT + timedelta(seconds=1), FILES, KEY), kept.__getitem__)

    assert (is_laid_out(before), is_laid_out(after)) == (in_use, True)


def test_what_cannot_be_noted_is_not_published(tmp_path):
    note = PublishedNote(tmp_path / "state")
    note.keep("satu")
    assert note.known() == ("satu",)
    unwritable = PublishedNote(tmp_path / "berkas")
    (tmp_path / "berkas").touch()

    with pytest.raises(Passing, match="belum dapat dicatat"):
        unwritable.keep("dua")


def test_of_a_folder_is_named_what_letters_are_drawn_with(tmp_path):
    for name in (
        "office.toml",
        "letter_templates/01-tanda-terima.docx",
        "letter_templates/logo.png",
        "letter_templates/dasar-hukum.toml",
        "letter_templates/~$-tanda-terima.docx",
        "letter_templates/catatan.txt",
        "layanan/surat-masuk/templat/lembar.docx",
        "layanan/surat-masuk/layanan.toml",
        "archive/.templat/daftar.jsonl",
        "archive/.templat/0000.docx",
        ".akun/alih-tugas.jsonl",
        ".akun/akun.sqlite",
        "archive/.bobot-baca",
        "sertifikat/induk.pem",
        ".kunci/kode-halaman",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    assert sorted(paths_in_force(Layout(tmp_path), tmp_path / "sertifikat")) == [
        ".akun/alih-tugas.jsonl",
        "archive/.bobot-baca",
        "archive/.templat/daftar.jsonl",
        "kepercayaan/induk.pem",
        "layanan/surat-masuk/templat/lembar.docx",
        "letter_templates/01-tanda-terima.docx",
        "letter_templates/dasar-hukum.toml",
        "letter_templates/logo.png",
        "office.toml",
    ]


def test_what_an_office_has_in_force_is_drawn_with_once_its_key_proves_it():
    assert require_proven(SAID, "bengkulu", KEY) is SAID
    for found, key, told in (
        (None, KEY, "belum menerbitkan"),
        (SAID, None, "tidak ada di mesin ini"),
        (SAID, b"l" * 32, "tidak terbukti"),
    ):
        with pytest.raises(SettingsFault, match=told):
            require_proven(found, "bengkulu", key)


def test_a_folder_differs_by_tables_that_are_the_office_s_and_by_what_lies_beside_templates():
    here = {
        "office.toml": "1",
        "letter_templates/01.docx": "a",
        "letter_templates/logo.png": "c",
        "hari-libur.json": "x",
    }
    there = {"office.toml": "2", "letter_templates/01.docx": "b", "layanan/lain/templat/x.docx": "d"}
    said = {"web": {"port": 1}, "surel": {"server": "satu"}, "kantor": {"nama": "Rekaan"}, "nomor": {}}

    told = unlike(here, there, (said, {"web": {"port": 2}, "kantor": {"nama": "Lain"}, "nomor": {}, "waktu": {}}))

    files = ["layanan/lain/templat/x.docx", "letter_templates/01.docx", "letter_templates/logo.png"]
    assert told == ["office.toml [kantor]", "office.toml [waktu]", *files]
    assert unlike(here, here, (said, said)) == []
