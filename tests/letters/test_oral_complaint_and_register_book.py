"""What the form of an oral complaint and the register say of a case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from fakes import MORNING
from hypothesis import given
from hypothesis import strategies as st
from kinds_of_case import facts_of_kind, office_of_kind
from sheet_factory import made, paper, usual

from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.identity import Identity
from pipeline.letters.ports import Draft, PageCode
from pipeline.letters.sheets import context, specimen_values
from pipeline.letters.sheets.oral_complaint import FORM, box_name
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.register_book import BOOK, Imprint, entry, printed_book, row
from pipeline.letters.sheets.register_leaves import book, fits
from pipeline.letters.sheets.sheet_facts import MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.office import wording

TEMPLATES = Path(__file__).resolve().parents[2] / "letter_templates"


def complaint(**fields: Any) -> dict[str, Any]:
    return paper(FORM, fields={name: field(value) for name, value in fields.items()})


def form_paper(kind: str) -> Any:
    """The form of a kind of case as Word has it."""
    values = context(FORM, facts_of_kind(kind, FORM), office_of_kind(kind))
    return Document(BytesIO(WordTypist(TEMPLATES).draft(FORM, values).docx))


def words(kind: str) -> str:
    return " ".join(t.text or "" for t in form_paper(kind).element.body.iter(qn("w:t")))


def ticked(boxes: dict[str, str]) -> list[str]:
    return [name for name, box in boxes.items() if box == "☒"]


def in_book(facts: SheetFacts) -> dict[str, str]:
    """The case's row of the printed register, whichever of its blanks may part."""
    told = row(facts, SPECIMEN_OFFICE)
    return {name: text.replace("\N{NO-BREAK SPACE}", " ") for name, text in told.items()}


# The form of an oral complaint.


def test_the_form_of_a_case_of_which_nothing_is_known_has_every_box_open() -> None:
    values = specimen_values(FORM)["kosong"]

    groups = [value for value in values.values() if isinstance(value, dict)]
    assert len(groups) == 8
    assert not any(ticked(group) for group in groups)
    assert values["nik"] == [""] * 16
    assert len(values["terlapor"]) == len(values["pelapor_lain"]) == 2


def test_a_nik_of_sixteen_digits_fills_its_sixteen_boxes() -> None:
    values = paper(FORM, fields={"pelapor": [{"nik": field("1771014501850001")}]})

    assert "".join(values["nik"]) == "1771014501850001"
    assert values["nik_tertulis"] == ""


@pytest.mark.parametrize("written", ["177101450185000", "17710145018500011", "177101450185000O", "١٧٧١٠١٤٥٠١٨٥٠٠٠١"])
def test_any_other_nik_is_shown_as_written_and_fills_no_box(written: str) -> None:
    values = paper(FORM, fields={"pelapor": [{"nik": field(written)}]})

    assert values["nik"] == [""] * 16
    assert values["nik_tertulis"] == written


@pytest.mark.parametrize("channel", ["SIMASHAM", "simasham", "lisan", "pos"])
def test_the_channel_ticks_its_box_however_it_is_capitalised(channel: str) -> None:
    assert ticked(paper(FORM, channel=channel)["cara"]) == [channel.lower()]


def test_rights_are_ticked_whether_given_by_number_or_by_name() -> None:
    values = paper(FORM, fields={"hak": [field(4), field("Hak atas rasa aman"), field("anak"), field(99)]})

    assert ticked(values["hak"]) == ["memperoleh_keadilan", "rasa_aman", "anak"]


def test_a_right_not_yet_decided_has_a_box_of_its_own() -> None:
    assert ticked(paper(FORM, fields={"hak": [field("belum ditentukan")]})["hak"]) == ["belum_ditentukan"]


def test_a_respondent_written_with_bars_fills_name_post_and_agency() -> None:
    values = paper(FORM, fields={"terlapor": [field("Bambang Contoh | Manajer | PT Contoh")]})

    assert values["terlapor"][0] == {"nama": "Bambang Contoh", "jabatan": "Manajer", "instansi": "PT Contoh"}


def test_a_proxy_may_be_one_text() -> None:
    assert complaint(kuasa="Joko Contoh, S.H.")["kuasa_nama"] == "Joko Contoh, S.H."


def test_without_a_matter_of_its_own_the_form_shows_the_letter_s_subject() -> None:
    assert complaint(perihal="Pencemaran sumur")["pokok_permasalahan"] == ["Pencemaran sumur"]


def test_what_was_told_in_several_lines_is_several_paragraphs() -> None:
    assert complaint(uraian="Satu.\n\n  Dua  \r\nTiga.")["uraian"] == ["Satu.", "Dua", "Tiga."]


def test_a_story_whose_salutation_was_cut_off_begins_with_a_capital_and_its_other_lines_as_written() -> None:
    told = complaint(uraian="dengan ini mengadukan PT Rekaan\nyang menahan upah.")["uraian"]

    assert told == ["Dengan ini mengadukan PT Rekaan", "yang menahan upah."]


def test_a_letter_without_a_number_is_named_by_its_date_as_a_letter() -> None:
    assert in_book(usual(BOOK, fields={"tanggal_surat": field("2025-09-04")}))["surat"] == "Surat tanggal 04/09/2025"


def test_every_box_of_the_register_s_words_has_a_name_that_a_template_can_use() -> None:
    assert [box_name(word) for word in ("BUMN/BUMD", "laki-laki", "surat kuasa")] == [
        "bumn_bumd",
        "laki_laki",
        "surat_kuasa",
    ]


def test_wishes_are_entries_of_a_list_and_begin_with_a_capital() -> None:
    wished = [field("pemeriksaan air sumur"), field("Penyediaan air bersih")]

    assert paper(FORM, fields={"permintaan": wished})["permohonan"] == [
        "Pemeriksaan air sumur",
        "Penyediaan air bersih",
    ]


@pytest.mark.parametrize(("answer", "boxes"), [(None, []), ("ya", ["ya"]), ("tidak", ["tidak"])])
def test_the_form_asks_whether_the_agency_may_learn_who_complains(answer: str | None, boxes: list[str]) -> None:
    fields = {"izin_identitas": field(answer)} if answer else {}

    assert ticked(paper(FORM, fields=fields)["izin_identitas"]) == boxes


def test_who_signs_the_form_is_the_complainant_or_the_proxy() -> None:
    people = {"pelapor": [{"nama": field("Sari Melati")}]}
    own, through = paper(FORM, fields=people), paper(FORM, fields={**people, "kuasa": field("Joko Contoh, S.H.")})

    assert (own["yang_menyatakan_sebagai"], own["yang_menyatakan"]) == ("Pelapor", "Sari Melati")
    assert (through["yang_menyatakan_sebagai"], through["yang_menyatakan"]) == ("Kuasa pelapor", "Joko Contoh, S.H.")
    assert (own["identitas_siapa"], through["identitas_siapa"]) == ("saya", "pemberi kuasa dan saya selaku kuasa")
    assert (own["yang_mengizinkan"], through["yang_mengizinkan"]) == ("Saya", "Atas nama pemberi kuasa, saya")


@pytest.mark.parametrize(("channel", "people", "nobody"), [("berita", [], True), ("lisan", [], False)])
def test_the_form_of_a_case_from_the_news_asks_for_no_complainant(
    channel: str, people: list[Any], nobody: bool
) -> None:
    assert bool(paper(FORM, channel=channel, fields={"pelapor": people})["tanpa_pelapor"]) is nobody


def form(kind: str) -> dict[str, Any]:
    return context(FORM, facts_of_kind(kind, FORM), SPECIMEN_OFFICE)


def test_an_agency_that_passed_a_complaint_on_is_asked_for_its_letter_and_not_for_a_nik() -> None:
    assert form("instansi")["dari_instansi"]
    assert not form("surat")["dari_instansi"]


def test_of_many_whose_complaint_was_passed_on_the_form_loses_nobody() -> None:
    people = [{"nama": field(name)} for name in ("Sari Melati", "Hendra Rekaan")]

    assert not paper(FORM, channel="pelimpahan", fields={"pelapor": people})["dari_instansi"]
    assert paper(FORM, channel="pelimpahan", fields={"pelapor": people[:1]})["dari_instansi"]


def test_whom_a_proxy_represents_is_the_victim_and_the_office_of_legal_aid_is_the_proxy_s() -> None:
    values = form("kuasa")

    assert ticked(values["kapasitas"]) == ["korban"]
    assert values["lembaga_pelapor"] == ""
    assert values["kuasa_nama"] == "Joko Contoh, S.H., M.H. (Lembaga Bantuan Hukum Rekaan)"
    assert values["kuasa_alamat"] == "Jalan Rekaan Nomor 5, Bengkulu"
    assert values["cap_jempol"] == ""


def test_whom_a_proxy_represents_for_another_is_not_taken_for_the_victim() -> None:
    fields = {"pelapor": [{"nama": field("Sari Melati")}], "kuasa": field("Joko Contoh"), "korban": field("Rudi")}

    assert ticked(paper(FORM, fields={**fields, "kapasitas": field("kuasa hukum")})["kapasitas"]) == ["kuasa_hukum"]


def test_a_letter_of_proxy_with_a_number_is_ticked_among_the_papers() -> None:
    proxy = {"nama": field("Joko Contoh"), "nomor_surat_kuasa": field("12/SK/XI/2026")}

    assert ticked(paper(FORM, fields={"kuasa": proxy})["dokumen"]) == ["surat_kuasa"]


def test_a_parent_consents_for_themselves_and_the_child_stays_secret() -> None:
    values = form("korban-anak")

    assert values["identitas_siapa"] == values["identitas_izin"] == "saya"
    assert "tetap dirahasiakan" in values["anak_tetap"]
    assert (values["korban_anak"], values["anak_umur"]) == ("ya", "9 tahun")
    assert values["korban"] == "Bayu Rekaan", "the age stands in a row of its own"
    assert form("kelompok")["korban_anak"] == "", "of a group nobody says which of them is a child"


def test_who_complains_for_a_child_says_as_what_and_the_child_stays_secret_whoever_that_is() -> None:
    child = {"kerentanan": [field("anak")], "korban": field("Bayu Rekaan"), "pelapor": [{"nama": field("Sari")}]}
    neighbour = paper(FORM, fields={**child, "kapasitas": field("lembaga")})
    proxy = paper(FORM, fields={**child, "kuasa": field("Joko Contoh")})
    own = paper(FORM, fields={"kerentanan": [field("anak")], "kapasitas": field("korban")})

    assert form("korban-anak")["bagi_anak"] == neighbour["bagi_anak"] == "ya"
    assert "tetap dirahasiakan" in neighbour["anak_tetap"]
    assert (proxy["bagi_anak"], proxy["anak_tetap"]) == ("", "Identitas anak tetap dirahasiakan.")
    assert (own["bagi_anak"], own["anak_mengadu"], own["identitas_siapa"]) == ("", "ya", "saya")
    assert form("surat")["bagi_anak"] == form("surat")["anak_mengadu"] == ""


def test_the_form_promises_a_childs_secrecy_without_exception_and_once() -> None:
    told = words("korban-anak")

    assert (
        "kecuali apabila di bawah ini saya menyatakan bersedia, bahwa identitas anak selalu dirahasiakan, dan" in told
    )
    assert "data pribadi saya dan anak hanya digunakan" in told
    assert told.count("identitas anak") == 1


def test_where_nobody_is_complained_of_the_identity_goes_to_no_respondent() -> None:
    assert "diberitahukan kepada instansi terkait (pilih satu)" in words("tanpa-terlapor")
    assert "diberitahukan kepada terlapor dan instansi terkait (pilih satu)" in words("surat")
    unfilled = paper(FORM, fields={}, confirmed=False)["instansi_diberitahu"]
    assert unfilled == "terlapor dan instansi terkait", "not filled in yet"


def test_only_who_was_there_is_said_to_have_heard_the_form() -> None:
    there, by_letter = words("lisan"), words("surat")

    assert "Formulir ini telah dibacakan kepada saya" in there
    assert "Formulir ini telah dibacakan" not in by_letter
    assert "saya tanda tangani ketika hadir di kantor" in by_letter
    assert ("....., ....." in there, "....., ....." in by_letter) == (False, True), "the day is written by hand"


def test_an_only_request_has_no_number() -> None:
    def numbers(kind: str) -> int:
        (asked,) = (t for t in form_paper(kind).tables if "Hal-hal yang dimohon" in t.cell(0, 0).text)
        return sum(1 for _ in asked.cell(1, 0)._tc.iter(qn("w:numPr")))

    assert (numbers("tanpa-terlapor"), numbers("surat")) == (0, 2)


@pytest.mark.parametrize(
    ("kind", "source"),
    [
        ("lisan", "keterangan pelapor"),
        ("surat", "surat pengaduan Nomor 07/FWS/XI/2026 tanggal 20 November 2026 beserta lampirannya"),
        ("instansi", "surat pelimpahan Nomor HAM-HA.01.07-88 tanggal 20 November 2026 beserta lampirannya"),
        ("berita", "pemberitaan media tersebut pada bagian A; belum ada yang mengadu"),
    ],
)
def test_the_officer_says_according_to_what_the_form_was_filled_in(kind: str, source: str) -> None:
    assert form(kind)["diisi_menurut"] == source


def test_a_complaint_from_a_screen_is_said_to_come_by_it() -> None:
    told = {channel: paper(FORM, channel=channel, fields={})["diisi_menurut"] for channel in ("WhatsApp", "pos", None)}

    assert told == {
        "WhatsApp": "pengaduan tertulis yang diterima melalui WhatsApp",
        "pos": "surat pengaduan",
        None: "keterangan pelapor",
    }


def test_papers_that_have_no_box_are_told_beside_the_last() -> None:
    values = context(FORM, facts_of_kind("instansi", FORM), SPECIMEN_OFFICE)

    assert ticked(values["dokumen"]) == ["lainnya"]
    assert values["dokumen_lain"] == "Salinan surat para pekerja, 5 (lima) lembar"
    assert context(FORM, facts_of_kind("surat", FORM), SPECIMEN_OFFICE)["dokumen_lain"] == ""


def test_the_speaker_of_a_group_consents_for_all_of_it_and_several_complainants_each() -> None:
    group, several, one = form("kelompok"), form("beberapa-pelapor"), form("surat")

    assert group["yang_mengizinkan"] == "Atas nama kelompok, saya"
    assert group["identitas_izin"] == "saya dan anggota kelompok yang saya wakili"
    assert [values["pelapor_lain_memilih"] for values in (group, several, one)] == ["", "ya", ""]


def test_who_signs_for_a_group_does_so_as_its_speaker() -> None:
    assert form("kelompok")["yang_menyatakan_sebagai"] == "Wakil kelompok"


def test_a_respondent_whom_nobody_knows_is_told_as_such_on_the_form() -> None:
    assert form("tanpa-terlapor")["terlapor"][0]["nama"] == "Belum diketahui"


def test_a_post_does_not_stand_where_the_form_asks_for_the_name() -> None:
    told = {"nama": "Guru kelas III", "jabatan": "Guru", "instansi": "SD Negeri Contoh"}
    both = {"nama": "Kepala Sekolah", "jabatan": "Pembina", "instansi": ""}

    rows = paper(FORM, fields={"terlapor": [told, both, field("PT Contoh")]})["terlapor"]

    assert rows[0] == {"nama": "Belum diketahui", "jabatan": "Guru kelas III", "instansi": "SD Negeri Contoh"}
    assert [row["nama"] for row in rows[1:]] == ["Kepala Sekolah", "PT Contoh"]


def test_of_the_news_the_form_and_the_register_say_by_whom_and_when_it_was_published() -> None:
    facts = facts_of_kind("berita", BOOK)

    assert (form("berita")["media"], form("berita")["tanggal_terbit"]) == ("Harian Rekaan", "19 November 2026")
    assert entry(facts, SPECIMEN_OFFICE)["surat"] == "Harian Rekaan, 19/11/2026"
    assert (form("surat")["media"], form("surat")["tanggal_terbit"]) == ("", "")


def test_of_the_news_the_form_says_what_was_kept() -> None:
    assert form("berita")["data_informasi"] == ["Salinan pemberitaan media, 2 (dua) lembar"]


def test_what_was_shown_at_the_counter_is_told_as_proof() -> None:
    assert form("lisan")["data_informasi"] == [
        "Diserahkan 2 (dua) berkas: salinan KTP, ............ lembar; foto, ............ lembar."
    ]


def test_what_came_with_a_letter_is_named_on_the_form() -> None:
    counted = {**facts_of_kind("surat", FORM).fields, "lampiran": field("2 (dua) berkas")}

    told = "Terlampir 2 (dua) berkas: foto sumur warga, 4 (empat) lembar; salinan KTP, 1 (satu) lembar."
    assert form("surat")["data_informasi"] == [told]
    assert form("korban-anak")["data_informasi"] == ["Terlampir surat keterangan puskesmas, 1 (satu) lembar."]
    assert paper(FORM, fields=counted, channel="surat")["data_informasi"] == ["Terlampir 2 (dua) berkas."]


# The register.


def test_the_number_of_the_case_with_which_one_was_merged_stands_on_one_line_as_its_own_does() -> None:
    assert all(fits("0003/YANKOMAS/2026", name) for name in ("nomor_register", "status"))


def rows(count: int) -> list[dict[str, str]]:
    return [in_book(usual(BOOK, number=f"2026/{n:04d}")) for n in range(1, count + 1)]


def leaves(entries: Sequence[Mapping[str, str]], seal: str = "") -> list[dict[str, Any]]:
    pages: list[dict[str, Any]] = book(entries, 2026, SPECIMEN_OFFICE, seal)["halaman"]
    return pages


def test_a_year_without_cases_is_one_page_that_says_so() -> None:
    (only,) = leaves([])

    assert only["jumlah_sampai"] == "0 (nol) perkara"


@given(st.lists(st.integers(0, 4000), max_size=30))
def test_the_totals_of_the_pages_add_up_to_the_year(lengths: list[int]) -> None:
    entries = [
        {"urut": str(n), "nomor_register": f"{n}", "perihal": "kata " * (length // 5)}
        for n, length in enumerate(lengths, 1)
    ]

    pages = leaves(entries)

    assert [page["jumlah_lalu"] for page in pages[1:]] == [page["jumlah_sampai"] for page in pages[:-1]]
    assert pages[-1]["jumlah_sampai"] == wording.counted(len(lengths), "perkara")
    assert [page["nomor"] for page in pages] == [str(n) for n in range(1, len(pages) + 1)]


@given(st.lists(st.integers(0, 4000), max_size=20))
def test_the_register_says_every_word_of_every_case(lengths: list[int]) -> None:
    entries = [
        {"urut": str(n), "perihal": " ".join(f"k{m}" for m in range(size // 5))} for n, size in enumerate(lengths, 1)
    ]

    said = [
        part["perihal"]
        for page in leaves([{"nomor_register": "", **entry} for entry in entries])
        for part in page["baris"]
    ]

    assert " ".join(filter(None, said)) == " ".join(entry["perihal"] for entry in entries if entry["perihal"])


def test_six_usual_cases_stand_on_a_page() -> None:
    assert [len(page["baris"]) for page in leaves([{"urut": str(n)} for n in range(1, 9)])] == [6, 2]


def test_what_is_higher_than_a_page_goes_on_in_a_row_that_says_of_which_case() -> None:
    entry = {"urut": "7", "nomor_register": "0007/YANKOMAS/2026", "perihal": "pencemaran sumur " * 200}

    first, *others = [part for page in leaves([entry]) for part in page["baris"]]

    assert first["urut"] == "7"
    assert {(part["urut"], part["nomor_register"]) for part in others} == {("7 lanj.", "0007/YANKOMAS/2026")}


def test_the_register_vouches_with_the_seal_on_every_page() -> None:
    assert (
        book(rows(9), 2026, SPECIMEN_OFFICE, "no. 7 (1/1/2026): AAAA")["segel"]
        == " · segel arsip no. 7 (1/1/2026): AAAA"
    )


def test_a_book_of_an_archive_that_was_never_sealed_says_so() -> None:
    assert book(rows(1), 2026, SPECIMEN_OFFICE)["segel"] == " · arsip belum bersegel"


def test_who_keeps_the_book_and_who_checks_it_initial_its_pages() -> None:
    values = context(BOOK, usual(BOOK), SPECIMEN_OFFICE)

    assert (values["pencatat"], values["pemeriksa"]) == ("Petugas Yankomas", "Kepala Bidang HAM")


def test_an_extract_is_certified_by_who_looks_after_the_book() -> None:
    values = context(BOOK, facts_of_kind("pengganti", BOOK), office_of_kind("pengganti"))

    assert (values["pengesah_jabatan"], values["pengesah_nama"]) == ("Plt. Kepala Bidang HAM", "Gita Contoh, S.Sos.")
    assert (values["petugas_jabatan"], values["nomor_urut"]) == ("Petugas Yankomas", "7")


def test_an_extract_of_an_unsealed_archive_says_nothing_of_seals() -> None:
    """Others read it, for whom two officials vouch; the book says so, page by page."""
    assert context(BOOK, facts_of_kind("surat", BOOK), SPECIMEN_OFFICE)["segel"] == ""
    assert book([], 2026, SPECIMEN_OFFICE)["segel"] == " · arsip belum bersegel"


def test_the_class_of_a_case_is_not_called_its_folder() -> None:
    facts = usual(BOOK)
    shelved = replace(facts, fields={**facts.fields, "berkas": field("12"), "boks": field("3"), "rak": field("A1")})

    assert (in_book(facts)["klasifikasi"], in_book(facts)["berkas"]) == ("Klasifikasi: HA.01.07", "")
    assert in_book(shelved)["berkas"] == "Berkas: 12, boks 3, rak A1"


def test_a_victim_without_a_name_begins_small_within_its_line() -> None:
    assert in_book(facts_of_kind("korban-anak", BOOK))["korban"].startswith("Korban: anak berinisial B.R.")


def test_a_row_that_goes_on_with_a_later_text_begins_on_its_first_line() -> None:
    pages = WordTypist(TEMPLATES).draft(BOOK, specimen_values(BOOK)["panjang"]).docx
    going_on = next(
        found for grid in Document(BytesIO(pages)).tables for found in grid.rows if "lanj." in found.cells[0].text
    )

    assert all(len(cell.paragraphs) == 1 or cell.paragraphs[0].text for cell in going_on.cells)


def test_the_foot_of_an_extract_stands_at_the_foot_of_its_page() -> None:
    def framed(values: dict[str, Any]) -> list[str]:
        page = Document(BytesIO(WordTypist(TEMPLATES).draft(BOOK, values).docx)).element.body
        return [
            p.text
            for f in page.iter(qn("w:framePr"))
            if "Halaman" in (p := Paragraph(f.getparent().getparent(), None)).text
        ]

    extract = context(BOOK, facts_of_kind("surat", BOOK), SPECIMEN_OFFICE)

    assert [text.partition("\t")[2] for text in framed(extract)] == ["Halaman 1 dari 1"]
    assert framed({**extract, "kutipan": ""}) == [], "pages of the book are full"


def test_a_disposition_is_told_with_the_mark_of_who_acted_in_the_post_as_the_disposition_sheet_tells_it() -> None:
    told = entry(facts_of_kind("pengganti", BOOK), office_of_kind("pengganti"))["disposisi"]

    assert told == "Plh. Kadiv Yankum a.n. Kakanwil 25/11/2026; Plt. Kabid HAM 26/11/2026", "one row for one person"


def test_the_register_says_what_became_of_the_recommendations() -> None:
    told = entry(facts_of_kind("surat", BOOK), SPECIMEN_OFFICE)

    assert told["pemantauan"].endswith(
        "dijawab 15/01/2027; evaluasi nomor W.8-HA.01.07-0004, 21/01/2027: 2 (dua) rekomendasi dilaksanakan"
    )
    mixed = made("evaluasi", hasil_evaluasi=["A | B | - | - | - | sebagian", "A | B | - | - | - | ditolak"])
    newest = entry(usual(BOOK, moves=(mixed,)), SPECIMEN_OFFICE)["pemantauan"]
    assert newest.endswith("1 (satu) rekomendasi dilaksanakan sebagian dan 1 (satu) rekomendasi ditolak")


def test_minutes_corrections_and_warnings_are_told_with_number_and_day() -> None:
    told = entry(facts_of_kind("surat", BOOK), SPECIMEN_OFFICE)

    assert told["audiensi"].endswith("; berita acara nomor W.8-HA.01.07-0021, 04/12/2026")
    assert told["rekomendasi"].endswith("; ralat nomor W.8-HA.01.07-0024, 10/12/2026")
    assert told["pemantauan"].startswith(
        "permintaan laporan nomor W.8-HA.01.07-0025, 21/12/2026; teguran pertama nomor W.8-HA.01.07-0026, 29/12/2026; "
        "teguran kedua nomor W.8-HA.01.07-0003, 11/01/2027; dijawab"
    )


def test_a_number_wider_than_its_column_goes_on_behind_a_hyphen_and_a_shorter_one_not_at_all() -> None:
    long = "W.8-HA.01.07-12345/YANKOMAS/KANWIL-BENGKULU/2026"

    assert in_book(usual(BOOK, register_number=long))["nomor_register"] == long
    assert in_book(usual(BOOK, register_number="7/W.8-HA/2026"))["nomor_register"] == "7/W.8\u2011HA/2026"
    assert "nomor W.8\u2011HA.01.07\u201174" in row(usual(BOOK), SPECIMEN_OFFICE)["rekomendasi"]


def test_no_column_of_a_row_is_left_blank() -> None:
    begun = in_book(usual(BOOK, moves=(), **RUNNING))
    ended = in_book(usual(BOOK, moves=(), standing="bukan kewenangan", **ENDED))

    assert (begun["disposisi"], begun["audiensi"]) == ("Belum ada", "Belum ada")
    assert ended["audiensi"] == "Tidak ada"


def test_a_case_whose_complainant_was_told_of_its_end_says_by_which_letter() -> None:
    ended = facts_of_kind("surat", BOOK)

    told = "surat penutupan nomor W.8\u2011HA.01.07\u20110005, 22/01/2027"
    assert in_book(ended)["status"] == f"Status: Selesai; {told}"
    waiting = replace(ended, standing="menunggu penutupan", awaited=("tim-yankomas",), ended_at=None)
    assert f"menunggu penutupan; {told}; ada pada" in in_book(waiting)["status"]


@pytest.mark.parametrize(
    ("changes", "capacity"),
    [
        ({}, "korban, diwakili kuasa hukum"),
        ({"korban": "Bayu"}, "diwakili kuasa hukum"),
        ({"kapasitas": "korban"}, "korban"),
    ],
)
def test_whom_a_proxy_represents_is_told_beside_the_proxy(changes: Mapping[str, str], capacity: str) -> None:
    facts = facts_of_kind("kuasa", BOOK)
    fields = {**facts.fields, **{name: field(value) for name, value in changes.items()}}

    assert entry(replace(facts, fields=fields), SPECIMEN_OFFICE)["kapasitas"] == capacity


def test_the_register_names_everybody_who_complains() -> None:
    facts = facts_of_kind("beberapa-pelapor", BOOK)
    body = {**facts.fields, "lembaga_pelapor": field("Forum Warga Rekaan")}

    people = "Sari Melati; Hendra Gunawan; Yusuf Pratama, S.Pd."
    assert entry(facts, SPECIMEN_OFFICE)["pelapor"] == people
    assert entry(replace(facts, fields=body), SPECIMEN_OFFICE)["pelapor"] == (f"Forum Warga Rekaan, diwakili {people}")


def test_the_register_calls_the_rights_as_the_law_does() -> None:
    assert in_book(facts_of_kind("surat", BOOK))["hak"] == "Hak untuk hidup; hak atas kesejahteraan"


def test_the_register_says_by_which_memo_a_case_was_reviewed() -> None:
    told = entry(facts_of_kind("surat", BOOK), SPECIMEN_OFFICE)["telaahan"]

    assert told.startswith("nota nomor W.8-HA.01.07-0012, 27/11/2026: ada indikasi")


def test_the_register_tells_an_agency_from_who_complained_to_it() -> None:
    facts = facts_of_kind("instansi", BOOK)
    complained = replace(facts, fields={**facts.fields, "pelapor": [{"nama": field("Sari Melati")}]})

    assert in_book(complained)["pelapor"].endswith("(instansi yang melimpahkan); pelapor asal: Sari Melati")


def test_a_page_that_holds_a_secret_case_says_so_also_where_its_row_goes_on() -> None:
    secret = {"nomor_register": "7", "sifat": "Sifat: Rahasia", "perihal": "pencemaran sumur " * 200}
    pages = leaves([{"nomor_register": "6", "sifat": "Sifat: Terbatas"}] * 6 + [secret])

    assert [page["rahasia"] for page in pages] == ["", *["RAHASIA"] * (len(pages) - 1)]


def test_a_row_numbers_the_case_as_the_folder_does() -> None:
    assert [entry["urut"] for entry in rows(12)][-1] == "12"


def test_a_row_tells_the_way_of_the_case() -> None:
    entry = in_book(usual(BOOK))

    assert entry["disposisi"] == "Kakanwil 25/11/2026; Kadiv Yankum 26/11/2026; Kabid HAM 27/11/2026"
    assert entry["telaahan"] == "Telaahan: nota belum bernomor: ada indikasi pelanggaran HAM; disarankan audiensi"
    assert entry["audiensi"] == "Audiensi 02/12/2026, dihadiri 1 (satu) orang"
    assert entry["rekomendasi"] == (
        "Rekomendasi nomor W.8\u2011HA.01.07\u201174, kepada Bupati Contoh, dikirim 07/12/2026, diterima 08/12/2026"
    )
    assert entry["pemantauan"] == "Pemantauan: dijawab 22/12/2026"
    assert (entry["status"], entry["tanggal_selesai"]) == ("Status: Selesai", "Tanggal selesai: 28/12/2026")


def test_a_respondent_is_told_without_bars() -> None:
    assert in_book(usual(BOOK, fields={"terlapor": [field("Bambang | Manajer | PT Contoh")]}))["terlapor"] == (
        "Bambang, Manajer, PT Contoh"
    )


def test_a_respondent_whom_nobody_knows_is_told_as_such() -> None:
    assert in_book(usual(BOOK, fields={"terlapor": []}))["terlapor"] == "Belum diketahui"


def test_the_number_that_the_series_gave_stands_in_the_row() -> None:
    entry = in_book(usual(BOOK, numbers={RECOMMENDATION: "W.8-HA.01.07-0099"}))

    assert entry["rekomendasi"].startswith("Rekomendasi nomor W.8\u2011HA.01.07\u20110099,")


def test_the_register_names_the_victim_a_child_by_initials_and_how_vulnerable_they_are() -> None:
    entry = in_book(facts_of_kind("korban-anak", BOOK))

    assert entry["korban"] == "Korban: anak berinisial B.R. (9 tahun)"
    assert entry["kerentanan"] == "Kerentanan: anak"


def test_the_register_says_of_how_many_people_a_group_is() -> None:
    assert in_book(facts_of_kind("kelompok", BOOK))["kapasitas"] == "Kapasitas: kelompok, 40 (empat puluh) orang"


def test_an_agency_that_passed_a_complaint_on_is_called_so() -> None:
    entry = in_book(facts_of_kind("instansi", BOOK))

    assert entry["pelapor"].endswith("(instansi yang melimpahkan)")
    assert entry["kapasitas"] == ""


def test_witnesses_of_an_audience_are_told_beside_those_who_came() -> None:
    assert ", dihadiri 5 (lima) orang dan 1 (satu) orang saksi;" in in_book(facts_of_kind("surat", BOOK))["audiensi"]


def test_what_nobody_recorded_is_told_as_such() -> None:
    entry = in_book(usual(BOOK, fields={}, channel=None))

    assert {entry[name] for name in ("cara", "pelapor", "perihal")} == {"Belum dicatat"}


def test_the_entry_of_one_case_is_an_extract_without_totals() -> None:
    printing = Printing()
    list(printed_book(rows(1), 2026, Imprint(MORNING.date(), SPECIMEN_OFFICE), typist=printing, press=printing))

    assert context(BOOK, usual(BOOK), SPECIMEN_OFFICE)["kutipan"]
    assert not printing.parts[0]["kutipan"]


def test_the_template_takes_what_the_whole_book_says_as_it_takes_an_extract() -> None:
    printing = Printing()
    list(printed_book(rows(2), 2026, Imprint(MORNING.date(), SPECIMEN_OFFICE), typist=printing, press=printing))

    assert WordTypist(TEMPLATES).draft(BOOK, printing.parts[0]).docx


RUNNING: Mapping[str, Any] = {"standing": "menunggu disposisi Kadiv", "awaited": ("kadiv",), "ended_at": None}
ENDED: Mapping[str, Any] = {"awaited": (), "ended_at": MORNING}


def test_a_case_in_work_says_where_it_stands_and_who_has_it() -> None:
    entry = in_book(usual(BOOK, **RUNNING))

    assert entry["status"] == "Status: Dalam proses, menunggu disposisi Kadiv; ada pada Kadiv Yankum"
    assert entry["tanggal_selesai"] == ""


def test_a_case_that_was_opened_again_says_so() -> None:
    entry = in_book(usual(BOOK, moves=(made("cabut"), made("buka-kembali")), **RUNNING))

    assert re.match(r"Status: Dibuka kembali \d\d/\d\d/\d{4}, menunggu disposisi Kadiv", entry["status"])


ASKED = NumberedLetter("04-permintaan-kelengkapan", "0013", MORNING)
UNANSWERED = f"permintaan kelengkapan nomor 0013, {MORNING:%d/%m/%Y} tidak dipenuhi"


@pytest.mark.parametrize(
    ("move", "by"),
    [
        (made("cabut"), "atas permintaan pelapor"),
        (replace(made("cabut"), papers=("surat-pencabutan",)), "dengan surat pencabutan"),
        (made("anggap-mencabut"), UNANSWERED),
        (made("cabut", sebab="dianggap mencabut"), UNANSWERED),
    ],
)
def test_a_case_withdrawn_says_by_what_and_when(move: MoveMade, by: str) -> None:
    told = in_book(usual(BOOK, moves=(move,), standing="selesai: dicabut", letters=(ASKED,), **ENDED))["status"]

    assert told == f"Status: Selesai, dicabut, {by}, dicatat {MORNING:%d/%m/%Y}"


def test_cases_that_were_parted_name_each_other() -> None:
    first = in_book(usual(BOOK, split_into=("0002/YANKOMAS/2026", "0003/YANKOMAS/2026"), **RUNNING))["status"]
    second = in_book(usual(BOOK, split_from="0001/YANKOMAS/2026", **RUNNING))["status"]

    assert first.endswith(
        "; sebagian dipisahkan menjadi register nomor 0002/YANKOMAS/2026"
        "; sebagian dipisahkan menjadi register nomor 0003/YANKOMAS/2026"
    )
    assert second.endswith("; dipisahkan dari register nomor 0001/YANKOMAS/2026")


def test_a_merged_case_says_into_which() -> None:
    merged = made("gabung", perkara_induk="2026/0003", alasan="Pokoknya sama")

    entry = in_book(usual(BOOK, moves=(merged,), standing="selesai: digabung ke perkara lain", **ENDED))

    assert entry["status"] == "Status: Digabung dengan perkara nomor urut 3 tahun 2026"


def test_a_merged_case_names_the_register_number_of_the_other_where_that_can_be_read() -> None:
    merged = made("gabung", perkara_induk="2026/0003", alasan="Pokoknya sama")

    entry = in_book(usual(BOOK, moves=(merged,), merged_into="0003/YANKOMAS/2026", **ENDED))

    assert entry["status"] == "Status: Digabung dengan register nomor 0003/YANKOMAS/2026"


def test_a_case_registered_by_mistake_says_why() -> None:
    entry = row(
        usual(BOOK, moves=(made("batal", alasan="Iklan, bukan pengaduan"),), standing="batal", **ENDED), SPECIMEN_OFFICE
    )

    assert entry["status"] == "Status: Batal (Iklan, bukan pengaduan)"


class Printing:
    """A typist and a press that note what they get."""

    def __init__(self) -> None:
        self.parts: list[Mapping[str, Any]] = []

    def draft(self, _template: str, context: Mapping[str, Any], _identity: Identity | None = None) -> Draft:
        self.parts.append(context)
        return Draft(b"", "")

    def print(self, _docx: bytes, _code: PageCode | None) -> bytes:
        return b"pdf"


def test_a_thick_book_is_made_in_parts_whose_pages_are_numbered_through_and_sealed() -> None:
    printing, seal = Printing(), "no. 7 (01/12/2026): AAAA"

    entries = [entry(usual(BOOK, number=f"2026/{n:04d}"), SPECIMEN_OFFICE) for n in range(1, 131)]
    made_of = [
        *printed_book(entries, 2026, Imprint(MORNING.date(), SPECIMEN_OFFICE, seal), typist=printing, press=printing)
    ]

    pages = [page["nomor"] for part in printing.parts for page in part["halaman"]]
    assert len(made_of) == len(printing.parts) > 1
    assert pages == [str(n) for n in range(1, len(pages) + 1)]
    assert {part["jumlah_halaman_buku"] for part in printing.parts} == {str(len(pages))}
    assert {part["segel"] for part in printing.parts} == {f" · segel arsip {seal}"}
    assert printing.parts[-1]["halaman"][-1]["jumlah_sampai"] == "130 (seratus tiga puluh) perkara"


def test_a_large_row_begins_at_the_foot_of_a_page_and_a_small_one_on_the_next() -> None:
    before = [{"urut": str(n)} for n in range(1, 5)]

    begun = [
        [part["urut"] for part in leaves([*before, {"urut": "5", "perihal": subject}])[0]["baris"]]
        for subject in ("pencemaran sumur warga " * 60, "pencemaran sumur warga " * 13)
    ]

    assert begun == [["1", "2", "3", "4", "5"], ["1", "2", "3", "4"]]


def test_the_day_on_which_the_recommendation_was_sent_stands_in_the_row() -> None:
    sent = made("kirim-naskah", naskah=RECOMMENDATION, tanggal_kirim="2026-12-07")
    other = made("kirim-naskah", naskah="06-ralat", tanggal_kirim="2026-12-09")

    assert "dikirim 07/12/2026" in in_book(usual(BOOK, moves=(sent, other)))["rekomendasi"]
