"""Two letters in one scan are suspected, a follow-up is recognised, and the clerk hears what was hard to read."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from letter_specimens import pages_of, specimens
from reading_pages import LETTER, page_of

from pipeline.cases.case_number import CaseNumber
from pipeline.reading.beginnings import beginnings
from pipeline.reading.engines.section_tagger import SectionTagger
from pipeline.reading.notices import cited, notices
from pipeline.scans.words import Page

sys.path.append(str(Path(__file__).resolve().parents[2] / "bench"))

from labelled import all_families, typed

SECTIONS = SectionTagger()
STORY = "\n".join(["Sampai hari ini tidak ada jawaban dari kantor desa atas keberatan kami."] * 9)
SECOND = """
Curup, 4 Mei 2025
Kepada Yth.
Bapak Kepala Kanwil Kemenkumham Bengkulu
di Tempat
Perihal\t: Pengaduan penghentian gaji guru bantu
Dengan hormat,
Saya Rahmad Umpama, umur 40 tahun, pekerjaan guru, beralamat di Desa Air Rekaan RT 2.
"""
CARD = "PROVINSI BENGKULU\nNIK : 1701021203790003\nNama : SURYADI HARUN\nRT/RW : 003/001\nBerlaku Hingga : SEUMUR HIDUP"


def scanned(*texts: str) -> tuple[Page, ...]:
    return tuple(page_of(text, number) for number, text in enumerate(texts, 1))


def test_a_page_with_the_head_of_another_letter_is_suspected_and_says_what_was_seen():
    (suspicion,) = beginnings(scanned(LETTER, STORY, SECOND), SECTIONS)

    assert suspicion.page == 3
    assert "tanggal surat" in suspicion.reason
    assert "tujuan" in suspicion.reason


def test_pages_that_go_on_with_the_letter_its_lists_and_its_cards_are_not_suspected():
    lists = "Tembusan:\n1. Kepada Yth. Gubernur Bengkulu\n2. Yth. Bupati Bengkulu Selatan\nLampiran:\n1. Fotokopi KTP"

    assert beginnings(scanned(LETTER, STORY, lists, CARD), SECTIONS) == ()


def test_a_covering_letter_and_the_complaint_it_passes_on_are_one_letter():
    covering = """
PEMERINTAH KABUPATEN BENGKULU SELATAN
KECAMATAN MANNA
Nomor\t: 300/112/KEC/2025
Kepada Yth. Kepala Kanwil Kemenkumham Bengkulu
Bersama ini kami teruskan surat pengaduan dari Sdr. Suryadi Harun untuk ditindaklanjuti.
"""

    assert beginnings(scanned(covering, LETTER), SECTIONS) == ()


def test_a_card_that_was_scanned_before_its_letter_does_not_make_two_letters():
    assert beginnings(scanned(CARD, LETTER), SECTIONS) == ()


def test_most_letters_put_behind_another_are_suspected_whatever_their_layout():
    letters = [pages_of(letter["text"]) for _, letter in specimens()]
    behind = [replace(pages[0], number=2) for pages in letters]

    found = [beginnings((page_of(LETTER), page), SECTIONS) for page in behind]

    assert sum(map(bool, found)) >= 0.95 * len(letters)


@pytest.mark.parametrize(
    "sentence",
    [
        "Menyusul surat kami dengan nomor register 0007/YANKOMAS/2026 kami sampaikan bukti baru.",
        "Sesuai tanda terima Nomor 7/2026 kami lengkapi berkasnya.",
        "No. Registrasi : 2026/0007",
    ],
)
def test_a_register_number_of_this_desk_in_the_text_names_the_case(sentence):
    (citation,) = cited(scanned(STORY, sentence))

    assert citation.number == str(CaseNumber(2026, 7))
    assert citation.page == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "Laporan polisi dengan nomor LP/B/12/VII/2025 dan STTLP/26/VI/2024.",
        "Putusan Pengadilan nomor register perkara 77/2024",
        "Surat kami Nomor 12/2025 tanggal 3 Mei 2025 belum dijawab.",
        "Undang-Undang Nomor 39/1999 dan RT 3/2",
    ],
)
def test_numbers_of_others_name_no_case(sentence):
    assert cited(scanned(sentence)) == ()


def test_empty_and_hardly_readable_pages_are_told_by_number():
    good, hard = page_of(LETTER), page_of(STORY, 3)
    hard = replace(hard, words=tuple(replace(w, confidence=0.5) for w in hard.words))
    blank = Page(2, 595, 842, (), "", "kosong")

    told = notices((good, blank, hard, replace(blank, number=4)))

    assert told == (
        "Halaman 2 dan 4 kosong; tetap tersimpan, tidak dihitung sebagai isi surat.",
        "Halaman 3 sukar dibaca mesin; cocokkan isiannya dengan gambar halaman itu.",
    )
    assert notices((good,)) == ()
    assert "Tidak ada teks yang terbaca" in notices((blank,))[0]


@pytest.mark.parametrize("sheet", ["LEMBAR PEMISAH", "Lembar  sampul"])
def test_a_feeder_sheet_whose_code_could_not_be_read_is_told_by_what_is_written_on_it(sheet):
    (told,) = beginnings(scanned(LETTER, f"{sheet}\nantara surat yang satu dan surat berikutnya", STORY), SECTIONS)

    assert told.page == 2
    assert "kodenya tidak terbaca" in told.reason


def test_a_letter_that_speaks_of_separators_is_no_separator():
    assert beginnings(scanned(LETTER, STORY + "\nlembar pemisah kami lampirkan"), SECTIONS) == ()


@pytest.mark.parametrize(
    "line",
    ["YK1: 0A1B2C3D4E5F :1/1: Z0YR7K", "YKL :0A1B2C3D4E5F:1/1: Z0YR7K", "YK1 !0A182C3D4E5F :2/3: Z0VR7K"],
)
def test_a_sheet_of_ours_whose_code_is_lost_is_known_by_the_letters_beside_it(line):
    (told,) = notices(scanned(STORY, f"{STORY}\n{line}"))

    assert told.startswith("Halaman 2 tampaknya naskah kantor yang kembali")


def test_a_power_of_attorney_a_second_sheet_and_a_forwarded_mail_go_on_with_their_letter():
    families = [family for family in all_families() if "== halaman" in family.body]

    suspected = {family.name for family in families if beginnings(typed(family.letter(0).text)[0], SECTIONS)}

    assert len(families) > 20
    assert suspected == set()


def test_letters_that_somebody_passes_on_are_told_from_a_further_letter_behind_them():
    passed_on = next(family for family in all_families() if family.name == "b-lembaga/24-itwasda-pengantar")
    cover, complaint = typed(passed_on.letter(0).text)[0]

    (suspicion,) = beginnings((cover, complaint, replace(page_of(LETTER), number=3)), SECTIONS)

    assert suspicion.page == 3
