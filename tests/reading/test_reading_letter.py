"""What the office finds in a letter of complaint."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reading_pages import LETTER, TODAY, page_of, read, value

from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.sheet import Sheet, without_stamp


def test_the_head_of_a_letter_gives_date_number_subject_and_enclosures():
    letter = read(LETTER)

    assert value(letter, "tanggal_surat") == "2025-08-12"
    assert value(letter, "nomor_surat") == "07/FWP/VIII/2025"
    assert value(letter, "perihal") == "Pengaduan penutupan jalan ke sawah warga"
    assert value(letter, "lampiran") == "2 (dua) lembar"


def test_the_complainant_is_read_from_the_block_of_labels():
    (person,) = read(LETTER).fields["pelapor"]

    assert person["nama"].best.nilai == "Suryadi Harun bin Karim"
    assert person["nik"].best.nilai == "1701021203790003"
    assert person["ttl"].best.nilai == {"tempat": "Manna", "tanggal": "1979-03-12"}
    assert person["pekerjaan"].best.nilai == "Petani"
    assert person["alamat"].best.nilai == "Desa Tanjung Raman RT 3, Kec. Manna, Kabupaten Bengkulu Selatan"
    assert person["telepon"].best.nilai == "081270001122"
    assert person["umur"] is None


def test_addressee_and_copies_are_read_without_the_senders_own_files():
    letter = read(LETTER)

    assert value(letter, "tujuan") == "Kepala Kantor Wilayah Kementerian Hukum dan HAM Bengkulu"
    assert value(letter, "tembusan") == ["Bupati Bengkulu Selatan", "Kapolres Bengkulu Selatan"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Sifat\t: Segera dan rahasia", "Segera dan rahasia"),
        ("Derajat : Kilat", "Kilat"),
        ("Klasifikasi: KONFIDENSIAL", "KONFIDENSIAL"),
        ("Sifat: Mohon segera\tLamp.: lima dokumen", "Mohon segera"),
        ("SANGAT RAHASIA", "SANGAT RAHASIA"),
        ("Sifat\t: -", None),
        ("Sifat\t: pemarah", None),
        ("Sifat anak saya pendiam dan segera menangis bila ditanya orang", None),
    ],
)
def test_how_urgent_or_secret_a_letter_calls_itself_is_read_as_written(line, said):
    letter = read(LETTER.replace("Lampiran\t:", f"{line}\nLampiran\t:", 1))

    assert value(letter, "sifat_surat") == said


def test_what_a_letter_says_of_secrecy_in_its_story_is_not_its_own():
    told = LETTER.replace("Demikian surat", "Sifat : rahasia\nDemikian surat")

    assert value(read(told), "sifat_surat") is None


def test_the_story_gives_whom_it_accuses_where_it_happened_and_what_it_asks():
    letter = read(LETTER)

    assert value(letter, "terlapor") == ["PT Sawah Luhur Abadi"]
    assert value(letter, "tempat_kejadian") == "Desa Tanjung Raman, Kecamatan Manna"
    assert value(letter, "waktu_kejadian") == "3 Juli 2025 pukul 09.00 WIB"
    assert value(letter, "permintaan") == ["portal dibuka kembali", "kerugian panen kami diganti"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Anak saya lahir tanggal 4 Mei 2012.",
        "Surat kami tertanggal 4 Mei 2025 tidak dijawab.",
        "Menurut Putusan Nomor 77/Pid.B/2024/PN Mna tanggal 4 Mei 2024 kami berhak.",
        "Mereka akan kembali tanggal 4 Mei 2031.",
    ],
)
def test_the_day_of_a_birth_a_paper_or_the_future_is_not_when_it_happened(sentence):
    told = LETTER.replace("Pada tanggal 3 Juli\n2025 pukul 09.00 WIB dua orang", f"{sentence} Dua orang")

    found = read(told.replace("Sejak itu", "Sesudah itu")).fields["waktu_kejadian"]

    assert found is None


def test_a_labelled_moment_comes_before_those_of_the_story():
    letter = read(LETTER.replace("No. HP", "Waktu kejadian\t: awal Juli 2025\nNo. HP"))

    assert [c.nilai for c in letter.fields["waktu_kejadian"].candidates] == [
        "awal Juli 2025",
        "3 Juli 2025 pukul 09.00 WIB",
    ]


def test_a_suggested_right_says_which_words_led_to_it():
    first = read(LETTER).fields["hak"][0].best

    assert first.nilai in range(1, 11)
    assert first.teks
    assert "kata" in first.reason


def test_every_candidate_says_where_it_stands_how_sure_it_is_and_why():
    letter = read(LETTER)

    for name in ("tanggal_surat", "nomor_surat", "perihal", "tujuan", "ringkasan"):
        best = letter.fields[name].best
        assert best.page == 1
        assert best.box is not None
        assert 0 < best.confidence <= 1
        assert best.reason


def test_a_sheet_that_lay_askew_reads_the_same():
    straight = find_complaints((page_of(LETTER),), TODAY)[0]
    askew = find_complaints((page_of(LETTER, slope=0.03),), TODAY)[0]

    for name in ("tanggal_surat", "nomor_surat", "perihal", "tujuan"):
        assert value(askew, name) == value(straight, name)


def test_labels_and_values_read_as_separate_columns_are_put_together():
    page = page_of(LETTER)
    apart = [w for w in page.words if w.box[0] < 0.3] + [w for w in page.words if w.box[0] >= 0.3]
    moved = type(page)(1, 595, 842, tuple(apart), page.text, "ocr")

    (person,) = find_complaints((moved,), TODAY)[0].fields["pelapor"]

    assert person["nama"].best.nilai == "Suryadi Harun bin Karim"
    assert person["nik"].best.nilai == "1701021203790003"


def test_nothing_is_invented_for_a_page_that_says_nothing():
    letter = read("Halaman ini sengaja dikosongkan")

    assert letter.pages == (1,)
    assert value(letter, "tanggal_surat") is None
    assert value(letter, "nomor_surat") is None
    assert value(letter, "perihal") is None
    assert value(letter, "terlapor") == []


def test_no_pages_are_no_letter_and_a_blank_page_is_a_letter_without_fields():
    assert find_complaints((), TODAY) == ()

    blank = find_complaints((page_of(""),), TODAY)[0]

    assert set(blank.fields) == set(read(LETTER).fields)
    assert not any(blank.fields.values())


def test_the_office_stamp_over_the_head_is_no_part_of_the_letter():
    stamped = (
        "\t".join(["KANWIL KEMENKUMHAM BENGKULU"])
        + "\nTERIMA TGL :\n14-08-2025\nNO. AGENDA : 211\n"
        + LETTER.strip("\n")
    )

    letter = read(stamped)

    assert value(letter, "tanggal_surat") == "2025-08-12"
    assert value(letter, "nomor_surat") == "07/FWP/VIII/2025"


def test_a_copied_identity_card_behind_the_letter_is_not_read_as_the_letter():
    card = """
PROVINSI BENGKULU
KABUPATEN BENGKULU SELATAN
NIK : 1701021203790003
Nama : SURYADI HARUN
Tempat/Tgl Lahir : MANNA, 12-03-1979
RT/RW : 003/001
Kel/Desa : TANJUNG RAMAN
Pekerjaan : WIRASWASTA
Berlaku Hingga : SEUMUR HIDUP
"""
    letter = read(LETTER, card)

    assert letter.pages == (1, 2)
    assert [p["nama"].best.nilai for p in letter.fields["pelapor"]] == ["Suryadi Harun bin Karim"]
    assert letter.fields["pelapor"][0]["pekerjaan"].best.nilai == "Petani"


@pytest.mark.parametrize("label", ["Hal", "Prihal", "Perihal", "H a l", "Judul", "Pokok"])
def test_the_subject_is_found_under_whatever_word_the_writer_uses(label):
    letter = read(LETTER.replace("Perihal\t:", f"{label}\t:"))

    assert value(letter, "perihal") == "Pengaduan penutupan jalan ke sawah warga"


def test_a_subject_below_the_addressee_and_over_two_lines_is_read_whole():
    letter = read(
        """
Curup, 4 Mei 2025
Kepada Yth.
Bapak Kepala Kanwil Kemenkumham Bengkulu
di Tempat
Perihal\t: Pengaduan penghentian gaji guru bantu
\tselama lima bulan
Dengan hormat,
Saya Rahmad Basuki, umur 40 tahun, pekerjaan guru, beralamat di Desa Air Dingin RT 2, Kec. Curup.
"""
    )

    assert value(letter, "perihal") == "Pengaduan penghentian gaji guru bantu selama lima bulan"


def test_number_and_date_side_by_side_and_the_addressee_at_the_right_are_told_apart():
    letter = read(
        """
Nomor\t: 21/AMP/II/2026\t\tBengkulu, 10 Februari 2026
Hal\t: Laporan dugaan perundungan\t\tKepada
\t  terhadap siswa kelas V\t\tYth. Kepala Kantor Wilayah
\t\t\tKementerian HAM Bengkulu
\t\t\tdi Bengkulu
Dengan hormat,
Perkenalkan saya Halimah Sadiyah (42 tahun), bertempat tinggal di Gang Mawar 3 RT 9 Kelurahan Tanah Patah.
"""
    )

    assert value(letter, "tanggal_surat") == "2026-02-10"
    assert value(letter, "nomor_surat") == "21/AMP/II/2026"
    assert value(letter, "perihal") == "Laporan dugaan perundungan terhadap siswa kelas V"
    assert value(letter, "tujuan") == "Kepala Kantor Wilayah Kementerian HAM Bengkulu"
    assert letter.fields["pelapor"][0]["umur"].best.nilai == 42


def test_another_office_as_addressee_is_kept_and_this_desk_is_among_the_copies():
    letter = read(
        LETTER.replace(
            "Kepala Kantor Wilayah Kementerian Hukum dan HAM Bengkulu", "Sdr. Direktur Kebun Teh Sari"
        ).replace("1. Bupati Bengkulu Selatan;", "1. Kakanwil Kemenkumham Bengkulu;")
    )

    assert value(letter, "tujuan") == "Sdr. Direktur Kebun Teh Sari"
    assert value(letter, "tembusan") == ["Kakanwil Kemenkumham Bengkulu", "Kapolres Bengkulu Selatan"]


def test_of_several_addressees_this_desk_comes_first_and_the_others_stay_candidates():
    letter = read(
        LETTER.replace(
            "Kepala Kantor Wilayah Kementerian Hukum dan HAM Bengkulu",
            "1. Kapolda Bengkulu\n2. Kakanwil Kemenkumham Bengkulu",
        )
    )

    assert [c.nilai for c in letter.fields["tujuan"].candidates] == [
        "Kakanwil Kemenkumham Bengkulu",
        "Kapolda Bengkulu",
    ]


def test_requests_in_a_sentence_are_parted_where_each_says_something_to_be_done():
    letter = read(
        LETTER.replace(
            "Untuk itu saya memohon:\n1. portal dibuka kembali;\n2. kerugian panen kami diganti.",
            "Saya mohon agar portal dan pagar dibongkar serta kerugian panen kami diganti.",
        )
    )

    assert value(letter, "permintaan") == ["portal dan pagar dibongkar", "kerugian panen kami diganti"]


def test_the_name_under_the_signature_is_the_second_candidate_where_it_is_spelt_otherwise():
    letter = read(LETTER.replace("Hormat saya,\nSuryadi Harun", "Hormat saya,\nSuryadi Haroen"))

    assert [c.nilai for c in letter.fields["pelapor"][0]["nama"].candidates] == [
        "Suryadi Harun bin Karim",
        "Suryadi Haroen",
    ]


def test_the_summary_is_made_of_sentences_of_the_letter():
    teks = read(LETTER).fields["ringkasan"].best.teks

    assert "mengadukan PT Sawah Luhur Abadi" in teks
    assert "Hormat saya" not in teks


@pytest.mark.parametrize(
    "line",
    [
        "Nomor\t: 07/FWP/VIII/2025",
        "No,\t1\t07/FWP/VIII/2025",
        "Nomor : 07/FWP/V111/2025",
        "NOMOR. 07 / FWP / VIII / 2025",
        "No. 07/F WP/VIII/2025",
    ],
)
def test_the_letters_own_number_is_read_through_a_poor_scan(line):
    assert value(read(LETTER.replace("Nomor\t: 07/FWP/VIII/2025", line)), "nomor_surat") == "07/FWP/VIII/2025"


def test_numbers_of_laws_permits_and_police_reports_are_not_the_letters_own():
    without = LETTER.replace("Nomor\t: 07/FWP/VIII/2025\n", "Izin Operasional Nomor 460/83/2014\n")

    assert value(read(without), "nomor_surat") is None
    assert value(read(LETTER.replace(": 07/FWP/VIII/2025", ": -")), "nomor_surat") is None


def test_two_sheets_side_by_side_on_one_scan_are_read_one_after_the_other():
    sheet = page_of(LETTER)
    story = page_of("\n".join(["Kami menunggu jawaban dari kantor desa sampai sekarang."] * 8))
    left = [replace(w, box=(w.box[0] / 2, w.box[1], w.box[2] / 2, w.box[3])) for w in sheet.words]
    right = [replace(w, box=(0.5 + w.box[0] / 2, w.box[1], 0.5 + w.box[2] / 2, w.box[3])) for w in story.words]
    both = replace(sheet, width=842, height=595, words=tuple(left + right))

    letter = find_complaints((both,), TODAY)[0]

    assert value(letter, "perihal") == "Pengaduan penutupan jalan ke sawah warga"
    assert value(letter, "nomor_surat") == "07/FWP/VIII/2025"
    assert letter.fields["pelapor"][0]["nik"].best.nilai == "1701021203790003"


def test_the_covering_letter_of_another_office_does_not_lend_its_date_to_the_complaint():
    covering = """
PEMERINTAH KABUPATEN BENGKULU SELATAN
KECAMATAN MANNA
Manna, 20 Agustus 2025
Nomor\t: 300/112/KEC/2025
Perihal\t: Penerusan pengaduan warga
Kepada Yth. Kepala Kanwil Kemenkumham Bengkulu
Bersama ini kami teruskan surat pengaduan dari Sdr. Suryadi Harun untuk ditindaklanjuti.
Camat Manna,
Drs. Hasan Basri
"""

    letter = read(covering, LETTER)

    assert letter.pages == (1, 2)
    assert value(letter, "tanggal_surat") == "2025-08-12"
    assert value(letter, "nomor_surat") == "07/FWP/VIII/2025"
    assert letter.fields["tanggal_surat"].best.page == 2


def test_where_the_head_only_counts_the_enclosures_their_list_is_proposed_first():
    letter = read(LETTER.rstrip() + "\nLampiran :\n1. Fotokopi KTP;\n2. Foto portal;\n")

    attached = letter.fields["lampiran"]
    assert attached.best.nilai == "Fotokopi KTP; Foto portal"
    assert attached.candidates[1].nilai == "2 (dua) lembar"
    assert letter.as_json()["fields"]["lampiran"]["daftar"] == ["Fotokopi KTP", "Foto portal"]


def test_a_heading_may_stand_on_the_row_of_what_it_lists():
    letter = read(
        LETTER.replace("Lampiran\t: 2 (dua) lembar\n", "").rstrip() + "\nE. LAMPIRAN Foto portal, peta desa.\n"
    )

    assert value(letter, "lampiran") == "Foto portal; peta desa"


@pytest.mark.parametrize("colon", ["!", "»", "»\t"])
def test_what_a_poor_scan_made_of_a_colon_is_no_part_of_the_enclosure(colon):
    letter = read(LETTER.replace("Lampiran\t: 2 (dua) lembar\n", f"Lampiran\t{colon} Daftar tanda tangan warga\n"))

    assert value(letter, "lampiran") == "Daftar tanda tangan warga"


def test_a_line_that_begins_with_demikian_inside_a_sentence_does_not_end_the_letter():
    body = "Hasil panen membusuk di jalan. Dengan\ndemikian kerugian kami bertambah setiap minggu sejak Juli itu."
    letter = read(LETTER.replace("Untuk itu saya memohon:", body + "\nUntuk itu saya memohon:"))

    assert value(letter, "permintaan") == ["portal dibuka kembali", "kerugian panen kami diganti"]


def test_an_item_of_a_list_is_no_heading_though_its_words_could_be_one():
    letter = read(
        LETTER.replace("2. kerugian panen kami diganti.", "2. Penjelasan dasar penutupan jalan:\n3. ganti rugi.")
    )

    assert value(letter, "permintaan") == ["portal dibuka kembali", "Penjelasan dasar penutupan jalan", "ganti rugi"]


def test_an_item_mark_that_was_read_double_is_still_a_mark():
    letter = read(
        LETTER.replace("1. portal", "a. portal").replace("2. kerugian", "b. jalan diukur ulang;\nCc. kerugian")
    )

    assert value(letter, "permintaan")[-1] == "kerugian panen kami diganti"


def test_a_letter_among_the_figures_of_the_number_is_a_figure():
    assert value(read(LETTER.replace("07/FWP", "O37/FWP")), "nomor_surat") == "037/FWP/VIII/2025"
    assert value(read(LETTER.replace("07/FWP", "AWO-SO/07")), "nomor_surat") == "AWO-SO/07/VIII/2025"


def test_that_names_be_kept_secret_is_not_taken_for_the_matter_itself():
    listed = LETTER[LETTER.index("Untuk itu") : LETTER.index("Demikian")]
    asked = "Saya mohon agar portal itu segera dibongkar oleh perusahaan. Mohon agar nama saya dirahasiakan.\n"

    assert value(read(LETTER.replace(listed, asked)), "permintaan") == ["portal itu segera dibongkar oleh perusahaan"]


def test_an_office_above_di_tempat_is_the_addressee_though_nothing_says_so():
    letter = read(
        "KEPALA KANTOR WILAYAH KEMENTERIAN HAM BENGKULU\nDI TEMPAT\n\nDengan hormat,\n"
        "Saya yang bertanda tangan di bawah ini mengadukan penggusuran.\n\nHormat saya,\nSiti Rekaan"
    )

    assert value(letter, "tujuan") == "KEPALA KANTOR WILAYAH KEMENTERIAN HAM BENGKULU"


@pytest.mark.parametrize(
    ("section", "why"),
    [
        ("PERMOHONAN :\n1. portal dibuka;\n2. rugi diganti.", "daftar di bagian permohonan"),
        ("PERMOHONAN\nAgar portal dibuka dan rugi diganti.", "kalimat permohonan"),
    ],
)
def test_what_is_asked_for_is_read_below_its_heading_and_the_heading_is_none_of_it(section, why):
    before, rest = LETTER.split("Untuk itu saya memohon")
    letter = read(f"{before}{section}\nDemikian{rest.split('Demikian')[1]}")

    assert value(letter, "permintaan") == ["portal dibuka", "rugi diganti"]
    assert {field.best.reason for field in letter.fields["permintaan"]} == {why}


def test_a_value_in_two_rows_has_a_box_for_each():
    alamat = read(LETTER).fields["pelapor"][0]["alamat"].best
    first, second = alamat.boxes

    assert first[3] <= second[1]
    assert alamat.box == (min(first[0], second[0]), first[1], max(first[2], second[2]), second[3])
    assert alamat.as_json()["boxes"] == [list(first), list(second)]


def test_a_value_in_one_row_has_one_box():
    nik = read(LETTER).fields["pelapor"][0]["nik"].best

    assert nik.boxes == (nik.box,)


def test_place_and_day_of_birth_are_marked_and_nothing_behind_them():
    text = LETTER.replace("Tempat/Tgl Lahir\t: Manna, 12 Maret 1979", "Tempat/Tgl Lahir\t: Manna, 12 Maret 1979, kawin")
    born = read(text).fields["pelapor"][0]["ttl"].best

    assert born.teks == "Manna, 12 Maret 1979"
    assert len(born.boxes) == 1


def test_an_address_in_one_column_is_not_marked_in_the_other():
    text = LETTER.replace(
        "Alamat\t: Desa Tanjung Raman RT 3, Kec. Manna,\n\tKabupaten Bengkulu Selatan",
        "Alamat\t: Desa Tanjung Raman,\tDesa Tanjung Raman,\n\tKec. Manna\tKec. Manna",
    )
    sheet = Sheet((page_of(text),))
    start = sheet.text.index("Desa Tanjung")
    end = sheet.text.index("Kec. Manna") + len("Kec. Manna")

    found = sheet.candidate(start, end, 0.9, "baris berlabel", None, "Desa Tanjung Raman, Kec. Manna")

    first, second = found.boxes
    other = sheet.row_at(start).cells[2]
    assert first[2] < other.x0
    assert second[2] < other.x0


@pytest.mark.parametrize("number", ["II.", "2.", "b."])
def test_the_number_of_the_next_item_is_no_part_of_an_address(number):
    text = f"""
Kami yang bertanda tangan di bawah ini, Rahmad Umpama, pekerjaan guru, beralamat di Desa Air Rekaan RT 2,
{number} Kasdi Misalan, pekerjaan petani, dengan ini menyampaikan pengaduan mengenai jalan desa kami.
"""

    alamat = read(text).fields["pelapor"][0]["alamat"].best

    assert alamat.nilai == "Desa Air Rekaan RT 2"
    assert len(alamat.boxes) == 1


@pytest.mark.parametrize("number", ["725/W.8", "725/w.8", "45/w8"])
def test_the_number_of_a_received_stamp_is_never_the_letters_number(number):
    stamp = f"DITERIMA\n25 JUN 2025\nNo. {number}\nPARAF:\n"
    plain = LETTER.replace("Nomor\t: 07/FWP/VIII/2025\n", "")

    assert read(stamp + plain).fields["nomor_surat"] is None
    assert number not in [word.text for word in without_stamp(page_of(stamp + plain).words)]


def test_a_summary_begins_with_the_story_and_not_with_a_table_or_a_heading():
    text = LETTER.replace(
        "mengadukan PT Sawah", "Gawai\t: 0878 9512 6043\nCiri\t= badan tegap\nDUDUK PERKARA\nSaya mengadukan PT Sawah"
    )

    summary = read(text).fields["ringkasan"].best

    assert summary.nilai.startswith("Saya mengadukan PT Sawah Luhur Abadi")
    assert "Gawai" not in summary.nilai
    assert len(summary.boxes) > 1


def test_every_sentence_of_a_summary_is_marked():
    letter = read(LETTER)
    summary = letter.fields["ringkasan"].best

    rows = {round(box[1], 3) for box in summary.boxes}
    assert len(rows) >= 3
    assert summary.box[3] == max(box[3] for box in summary.boxes)


def test_a_sheet_photographed_lying_across_is_one_page_and_read_row_by_row():
    sheet = page_of(LETTER)
    wide = replace(sheet, width=842, height=595)

    assert [row.text for row in Sheet((wide,)).rows] == [row.text for row in Sheet((sheet,)).rows]


def test_of_listed_enclosures_each_is_marked_and_the_heading_is_not():
    text = LETTER[: LETTER.index("Tembusan:")] + "Lampiran:\n1. Fotokopi KTP Suryadi\n2. Foto portal di jalan\n"
    listed = read(text.replace("Lampiran\t: 2 (dua) lembar\n", "")).fields["lampiran"].best

    first, second = listed.boxes
    assert listed.nilai == "Fotokopi KTP Suryadi; Foto portal di jalan"
    assert first[3] <= second[1]


def test_enclosures_listed_above_the_copies_end_there():
    text = LETTER.replace("Tembusan:", "Lampiran:\n1. Fotokopi KTP Suryadi\n2. Foto portal di jalan\nTembusan:")
    letter = read(text.replace("Lampiran\t: 2 (dua) lembar\n", ""))

    assert value(letter, "lampiran") == "Fotokopi KTP Suryadi; Foto portal di jalan"
    assert value(letter, "tembusan") == ["Bupati Bengkulu Selatan", "Kapolres Bengkulu Selatan"]
