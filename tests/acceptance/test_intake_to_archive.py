"""From the inbox to the archive with fake engines: numbers, folders, refusals, duties."""

from __future__ import annotations

import pytest
from fakes import FakeReader, FakeTypist

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Busy, Interrupted, NotAllowed, Passing, Refused, TemplateFault, TooCostly
from pipeline.intake.receive import receive

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)


def test_a_dropped_letter_becomes_a_numbered_case_with_its_sheets(office):
    office.drop("scan.pdf", b"Pengaduan tanah\nisi")

    office.run_once()

    case = office.root.cabinet.case(FIRST)
    assert [e.kind for e in case.entries] == ["diterima", "dibaca", "dikonsep", "dikonsep", "dicetak", "dicetak"]
    assert [d.name for d in case.documents] == [
        "01-surat.pdf",
        "02-teks.txt",
        "02-pembacaan.json",
        "02-surat-terbaca.pdf",
        "01-tanda-terima-v1.docx",
        "03-lembar-disposisi-v1.docx",
        "01-tanda-terima-v1.pdf",
        "03-lembar-disposisi-v1.pdf",
    ]
    assert case.fields["perihal"]["nilai"] == "Pengaduan tanah"
    assert office.root.cabinet.open_cases() == []
    assert office.inbox.files() == []


def test_the_original_lies_unchanged_in_the_folder(office):
    content = b"Surat\x00\xff asli"
    office.drop("scan.pdf", content)

    office.run_once()

    assert office.file(FIRST, "01-surat.pdf") == content


def test_a_byte_identical_letter_is_set_aside_naming_the_first(office):
    office.drop("pertama.pdf", b"Surat yang sama")
    office.run_once()
    office.drop("kedua.pdf", b"Surat yang sama")

    counts = office.run_once()

    assert counts == {"ganda": 1}
    assert list(office.root.cabinet.numbers()) == [FIRST]
    aside = office.root.layout.inbox / "ditolak"
    assert (aside / "kedua.pdf").read_bytes() == b"Surat yang sama"
    assert "2026/0001" in (aside / "kedua.pdf.txt").read_text()


def test_a_refused_file_takes_no_number_and_says_why(office):
    office.drop("foto.heic", b"BAD")
    office.drop("surat.pdf", b"Surat")

    counts = office.run_once()

    assert counts == {"ditolak": 1, "terdaftar": 1}
    assert list(office.root.cabinet.numbers()) == [FIRST]
    reason = (office.root.layout.inbox / "ditolak" / "foto.heic.txt").read_text()
    assert "Jenis berkas ini tidak diterima." in reason
    assert "Kirim sebagai PDF." in reason


def test_two_refused_files_of_one_name_are_both_kept(office):
    office.drop("foto.heic", b"BAD satu")
    office.run_once()
    office.drop("foto.heic", b"BAD dua")

    office.run_once()

    aside = office.root.layout.inbox / "ditolak"
    assert {p.read_bytes() for p in aside.glob("*.heic")} == {b"BAD satu", b"BAD dua"}
    assert len(list(aside.glob("*.txt"))) == 2


def test_an_empty_file_is_refused_once_its_patience_is_over(office):
    office.drop("kosong.pdf", b"")

    office.run_once()

    assert "kosong" in (office.root.layout.inbox / "ditolak" / "kosong.pdf.txt").read_text()


def test_a_folder_dropped_whole_is_taken_with_all_its_letters(office):
    inside = office.root.layout.inbox / "pindaian" / "siang"
    inside.mkdir(parents=True)
    (inside / "a.pdf").write_bytes(b"Surat A")
    (inside / "b.pdf").write_bytes(b"Surat B")

    office.run_once()

    assert sorted(office.root.cabinet.numbers()) == [FIRST, SECOND]
    assert not (office.root.layout.inbox / "pindaian").exists()


@pytest.mark.parametrize("name", [".tersembunyi.pdf", "~$surat.pdf", "unduhan.pdf.part", "x.crdownload"])
def test_work_in_progress_of_others_is_left_alone(office, name):
    path = office.drop(name, b"Surat")

    office.run_once()

    assert path.exists()
    assert list(office.root.cabinet.numbers()) == []


def test_a_link_in_the_inbox_is_never_followed(office, tmp_path):
    secret = tmp_path / "rahasia.pdf"
    secret.write_bytes(b"Bukan surat")
    (office.root.layout.inbox / "surat.pdf").symlink_to(secret)

    office.run_once()

    assert list(office.root.cabinet.numbers()) == []
    assert secret.exists()


def test_a_letter_that_breaks_the_reader_keeps_its_number_and_waits_for_a_person(office):
    office.drop("surat.pdf", b"BREAK")

    office.run_once()

    case = office.root.cabinet.case(FIRST)
    assert case.given_up == {"baca": "Mesin baca mati. Ulangi."}
    assert office.reader.reads == 3
    assert {"01-tanda-terima-v1.pdf", "03-lembar-disposisi-v1.pdf"} <= {d.name for d in case.documents}
    assert office.root.cabinet.open_cases() == []


@pytest.mark.parametrize(
    "fault",
    [
        TooCostly("Berkas ini terlalu berat.", "Bacalah aslinya."),
        Refused("terlalu-besar", "Berkas ini terlalu berat.", "Bacalah aslinya."),
    ],
)
def test_a_letter_too_costly_to_read_keeps_its_number_and_is_given_up_at_once(office, monkeypatch, fault):
    reads = []

    def too_costly(*_):
        reads.append(1)
        raise fault

    monkeypatch.setattr(FakeReader, "read", too_costly)
    office.drop("a.pdf", b"Surat")

    office.run_once()

    case = office.root.cabinet.case(FIRST)
    assert (dict(case.given_up), len(reads)) == ({"baca": "Berkas ini terlalu berat. Bacalah aslinya."}, 1)


def test_a_person_may_have_a_given_up_duty_tried_again(office):
    office.reader.breaks = True
    office.drop("surat.pdf", b"Surat")
    office.run_once()
    office.reader.breaks = False

    office.decide(FIRST, "ulangi", "tim-yankomas")

    case = office.root.cabinet.case(FIRST)
    assert case.given_up == {}
    assert case.fields["perihal"]["nilai"] == "Surat"


def test_a_move_that_is_not_open_names_those_that_are(office):
    office.drop("surat.pdf", b"Surat")
    office.run_once()

    with pytest.raises(NotAllowed, match=r"konfirmasi .tim-yankomas."):
        office.decide(FIRST, "ulangi", "tim-yankomas")


def test_only_the_roles_of_a_move_may_make_it(office):
    office.reader.breaks = True
    office.drop("surat.pdf", b"Surat")
    office.run_once()

    with pytest.raises(NotAllowed, match="tim-yankomas"):
        office.decide(FIRST, "ulangi", "pelapor")


def test_the_year_is_that_of_registration_and_starts_from_one(office):
    office.drop("a.pdf", b"Surat A")
    office.run_once()
    office.clock.forward(days=60)
    office.drop("b.pdf", b"Surat B")

    office.run_once()

    assert [str(number) for number in office.root.cabinet.numbers()] == ["2026/0001", "2027/0001"]


def test_a_clock_behind_the_last_registration_gives_no_number(office):
    office.drop("a.pdf", b"Surat A")
    office.run_once()
    office.clock.forward(minutes=-1)
    office.drop("b.pdf", b"Surat B")

    claim = office.claim()
    with pytest.raises(Passing, match="mundur"):
        receive(claim, office.receive_parts)

    assert list(office.root.cabinet.numbers()) == [FIRST]
    assert [p.name for p in office.inbox.taken().values()] == ["b.pdf"]


@pytest.mark.in_folders
def test_a_folder_that_was_carried_away_is_not_given_again(office, tmp_path):
    office.drop("a.pdf", b"Surat A")
    office.drop("b.pdf", b"Surat B")
    office.run_once()
    office.root.layout.case(SECOND).rename(tmp_path / "dibawa")
    office.drop("c.pdf", b"Surat C")

    office.run_once()

    assert sorted(office.root.cabinet.numbers()) == [FIRST, CaseNumber(2026, 3)]


@pytest.mark.in_folders
def test_a_carried_away_folder_is_remembered_by_the_book_alone(office, tmp_path):
    office.drop("a.pdf", b"Surat A")
    office.drop("b.pdf", b"Surat B")
    office.run_once()
    office.root.layout.case(SECOND).rename(tmp_path / "dibawa")
    office.root.layout.highest(2026).unlink()
    fresh = type(office)(office.root.layout.root)
    fresh.drop("c.pdf", b"Surat C")

    fresh.run_once()

    assert sorted(fresh.root.cabinet.numbers()) == [FIRST, CaseNumber(2026, 3)]


def test_a_second_run_on_one_root_names_the_first(office):
    from pipeline.storage.locks import sole_process

    with sole_process(office.root.layout.locks / "run"), pytest.raises(Busy, match=r"pid \d+"):
        office.run_once()


@pytest.mark.in_folders
def test_an_existing_target_folder_is_a_fault_and_nothing_is_lost(office):
    (office.root.layout.archive / "2026" / "0001").mkdir(parents=True)
    office.drop("a.pdf", b"Surat A")

    with pytest.raises(Interrupted, match="tidak berisi jurnal"):
        office.run_once()

    assert [p.name for p in office.inbox.taken().values()] == ["a.pdf"]
    assert list((office.root.layout.archive / "2026" / "0001").iterdir()) == []


def test_letters_wait_for_a_template_that_is_broken_and_none_is_given_up(office, monkeypatch):
    def broken(*_):
        raise TemplateFault("Templat 01-tanda-terima rusak.", "Perbaiki templatnya.")

    office.drop("surat.pdf", b"Surat")
    with monkeypatch.context() as day:
        day.setattr(FakeTypist, "draft", broken)
        with pytest.raises(Interrupted, match="Templat 01-tanda-terima rusak"):
            office.run_once()
    assert office.root.cabinet.case(FIRST).given_up == {}

    office.run_once()

    assert "01-tanda-terima-v1.pdf" in {d.name for d in office.root.cabinet.case(FIRST).documents}


def test_with_the_clock_set_back_nobody_decides_anything(office):
    office.drop("surat.pdf", b"Surat")
    office.run_once()
    office.clock.forward(days=-1)

    with pytest.raises(Passing, match="mundur"):
        office.decide(FIRST, "batal", "tim-yankomas", {"alasan": "Keliru."})

    assert office.root.cabinet.case(FIRST).made == ()
