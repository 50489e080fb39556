"""Who writes, who acts for whom, and who is complained of."""

from __future__ import annotations

import pytest
from reading_pages import LETTER, read, value

from pipeline.reading.identity import is_name, plain


def people(*texts: str) -> list[dict[str, object]]:
    return [{k: f.best.nilai for k, f in p.items() if f} for p in read(*texts).fields["pelapor"]]


def test_a_complainant_who_introduces_himself_in_a_sentence_is_read():
    (person,) = people(
        """
Kepada Yth. Kepala Kanwil Kemenkumham Bengkulu
di Tempat
Dengan hormat,
Yang bertanda tangan di bawah ini, saya Bakri Hamdan, lahir di Curup, 4 April 1981, NIK 1702010404810005,
pekerjaan tukang ojek, beralamat di Desa Sumber Bening RT 1, Kec. Selupu Rejang, nomor HP 0852-1111-2233,
ingin melaporkan kejadian berikut.
Hormat saya,
Bakri Hamdan
"""
    )

    assert person["nama"] == "Bakri Hamdan"
    assert person["nik"] == "1702010404810005"
    assert person["ttl"] == {"tempat": "Curup", "tanggal": "1981-04-04"}
    assert person["pekerjaan"] == "tukang ojek"
    assert person["alamat"] == "Desa Sumber Bening RT 1, Kec. Selupu Rejang"
    assert person["telepon"] == "085211112233"


def test_several_complainants_in_a_numbered_list_are_all_read():
    found = people(
        """
Dengan hormat,
Kami yang bertanda tangan di bawah ini:
1. Junaidi Saleh, umur 44 tahun, pekerjaan petani;
2. Wati Lestari, umur 39 tahun, pekerjaan pedagang;
3. Kamil Husin, umur 51 tahun, pekerjaan buruh.
kesemuanya beralamat di Desa Tebat Pulau, Kecamatan Bermani Ulu. Nomor yang dapat dihubungi 0813 4444 5555.
Bahwa kami mengalami hal berikut.
"""
    )

    assert [p["nama"] for p in found] == ["Junaidi Saleh", "Wati Lestari", "Kamil Husin"]
    assert [p["umur"] for p in found] == [44, 39, 51]
    assert found[0]["alamat"] == "Desa Tebat Pulau, Kecamatan Bermani Ulu"
    assert found[0]["telepon"] == "081344445555"
    assert "alamat" not in found[1]


def test_a_table_of_complainants_gives_one_person_a_row():
    found = people(
        """
Kami yang bertanda tangan di bawah ini:
No.\tNama\tPekerjaan\tUmur
1\tAsnah Dewi\tguru\t45
2\tTohir Alwi\tsopir\t38
menyatakan keberatan atas hal berikut.
"""
    )

    assert [(p["nama"], p["pekerjaan"], p["umur"]) for p in found] == [
        ("Asnah Dewi", "guru", 45),
        ("Tohir Alwi", "sopir", 38),
    ]


def test_a_nik_with_too_few_digits_is_kept_as_written_and_flagged():
    letter = read(
        "Dengan hormat,\nSaya yang bertanda tangan:\nNama\t: Lena Marlina\nNIK\t: 170101520385000\nUmur\t: 40 tahun"
    )

    nik = letter.fields["pelapor"][0]["nik"].best

    assert nik.nilai == "170101520385000"
    assert "bukan 16 angka" in nik.reason
    assert nik.confidence < 0.6


@pytest.mark.parametrize(
    "printed", ["+62 812-3456-7890", "0812 3456 7890", "0812.3456.7890", "62 81234567890", "O812 3456 7890"]
)
def test_a_telephone_number_is_written_one_way_however_it_was_printed(printed):
    letter = read(f"Saya yang bertanda tangan:\nNama\t: Lena Marlina\nHP\t: {printed}\nUmur\t: 40 tahun")

    assert letter.fields["pelapor"][0]["telepon"].best.nilai == "081234567890"


@pytest.mark.parametrize("sign", [":", ";", "1", "8", "-", "—"])
def test_a_colon_that_the_scan_damaged_still_parts_label_and_value(sign):
    letter = read(
        f"Saya yang bertanda tangan:\nNama\t{sign} Lena Marlina\nPekerjaan\t{sign} penjahit\nUmur\t{sign} 40 tahun"
    )

    person = letter.fields["pelapor"][0]

    assert person["nama"].best.nilai == "Lena Marlina"
    assert person["pekerjaan"].best.nilai == "penjahit"


LAWYER = """
LEMBAGA BANTUAN HUKUM CAHAYA RAKYAT
Jalan Kenanga No. 4, Kota Bengkulu
Nomor\t: 14/LBH-CR/III/2025
Bengkulu, 3 Maret 2025
Kepada Yth. Kepala Kanwil Kemenkumham Bengkulu
di Bengkulu
Dengan hormat,
Kami, Tania Gusti, S.H., M.H. dan Robi Anwar, S.H., para advokat pada LBH Cahaya Rakyat, berdasarkan
Surat Kuasa Khusus Nomor 5/SKK/LBH-CR/2025 tanggal 1 Maret 2025 bertindak untuk dan atas nama klien kami:
Nama\t: Mulyono Hadi
Pekerjaan\t: Petani
Alamat\t: Desa Pagar Banyu, Kec. Air Besi
dengan ini mengajukan pengaduan terhadap CV Tani Makmur Sentosa.
Hormat kami,
Tania Gusti, S.H., M.H.\tRobi Anwar, S.H.
"""


def test_a_lawyers_letter_is_the_clients_complaint():
    letter = read(LAWYER)

    assert [p["nama"].best.nilai for p in letter.fields["pelapor"]] == ["Mulyono Hadi"]
    assert letter.fields["lembaga_pelapor"] is None
    kuasa = letter.fields["kuasa"]
    assert [f.best.nilai for f in kuasa["nama"]] == ["Tania Gusti", "Robi Anwar"]
    assert kuasa["nomor_surat_kuasa"].best.nilai == "5/SKK/LBH-CR/2025"
    assert kuasa["tanggal_surat_kuasa"].best.nilai == "2025-03-01"
    assert value(letter, "tanggal_surat") == "2025-03-03"
    assert value(letter, "nomor_surat") == "14/LBH-CR/III/2025"


def test_an_organisation_that_writes_for_itself_complains_through_those_who_sign():
    letter = read(
        """
PAGUYUBAN NELAYAN TELUK BIRU
Sekretariat: Jl. Pantai No. 2, HP 0811 222 333
Nomor\t: 3/PNTB/V/2025
Kepada Yth. Kepala Kanwil Kemenkumham Bengkulu
di Bengkulu
Dengan hormat,
Kami pengurus paguyuban melaporkan PT Pasir Laut Jaya yang menambang pasir di depan desa kami.
Demikian, terima kasih.
Bengkulu, 6 Mei 2025
Ketua,\tSekretaris,
H. Zulman Tarigan\tRita Anggreni
"""
    )

    assert value(letter, "lembaga_pelapor") == "PAGUYUBAN NELAYAN TELUK BIRU"
    assert letter.fields["kuasa"] is None
    assert [p["nama"].best.nilai for p in letter.fields["pelapor"]] == ["Zulman Tarigan", "Rita Anggreni"]


def test_the_officer_who_only_took_note_of_a_letter_did_not_write_it():
    letter = read(
        """
Kepada Yth. Bupati Kaur
Dengan hormat,
Air sungai di desa kami tercemar sejak Mei 2025 dan ikan mati setiap pagi di sepanjang tepi sungai itu.
Demikian kami sampaikan.
Mengetahui,\tHormat kami,
Kepala Desa\ta.n. warga
Burhan Effendi\tTarmidi Ghazali
"""
    )

    assert [p["nama"].best.nilai for p in letter.fields["pelapor"]] == ["Tarmidi Ghazali"]


def test_those_named_under_the_heading_of_the_accused_are_not_complainants():
    letter = read(
        """
Perihal : Pengaduan pemerasan
A. PELAPOR
Nama\t: Dahlia Putri
Pekerjaan\t: pedagang
B. TERLAPOR
1. Nama\t: Bripka Teguh Santoso
Kesatuan\t: Sat Lantas Polres Air Hitam
C. URAIAN KEJADIAN
Pada 3 Mei 2025 saya diminta membayar di pos jaga.
"""
    )

    assert [p["nama"].best.nilai for p in letter.fields["pelapor"]] == ["Dahlia Putri"]
    assert value(letter, "terlapor") == ["Bripka Teguh Santoso", "Sat Lantas Polres Air Hitam"]


def test_offices_that_were_only_asked_for_help_are_not_accused():
    letter = read(
        """
Dengan hormat,
Saya Mansur Ali, umur 50 tahun, melaporkan PT Kebun Subur Raya yang menutup jalan desa kami. Saya sudah
melapor ke Polsek Simpang Tiga dan mengadu kepada Dinas Perkebunan Kabupaten. Anak saya ditolong Ibu Farida.
Hormat saya,
Mansur Ali
"""
    )

    assert value(letter, "terlapor") == ["PT Kebun Subur Raya"]


@pytest.mark.parametrize(
    ("printed", "bare"),
    [
        ("Dra. Hj. Siti Rohana, M.Pd.", "Siti Rohana"),
        ("AHMAD FAUZI, S.H., M.H.", "Ahmad Fauzi"),
        ("Ny. Tuti Herlina", "Tuti Herlina"),
        ("Sukirno bin Wage", "Sukirno bin Wage"),
        ("( ROSMALA DEWI )", "Rosmala Dewi"),
        ("Jamaludin alias Udin", "Jamaludin"),
    ],
)
def test_a_name_is_kept_without_titles(printed, bare):
    assert plain(printed) == bare


def test_words_of_the_signature_block_are_no_names():
    assert is_name("Siti Rohana")
    assert not any(
        is_name(t) for t in ("Hormat saya,", "Ketua,", "Bengkulu", "Kuasa Hukum,", "Rp 12.000", "12 Mei 2025")
    )


def test_a_table_whose_row_numbers_were_misread_still_gives_one_person_a_row():
    found = people(
        """
Kami yang bertanda tangan di bawah ini:
No.\tNama\tPekerjaan\tUmur
al\tAsnah Dewi\tguru\t45
5)\tTohir Alwi\tsopir\t38
menyatakan keberatan atas hal berikut.
"""
    )

    assert [p["nama"] for p in found] == ["Asnah Dewi", "Tohir Alwi"]


def test_a_colon_read_as_a_one_and_glued_to_a_telephone_number_does_no_harm():
    letter = read("Saya yang bertanda tangan:\nNama\t: Lena Marlina\nHp\t& \u201c10823 77025518\nUmur\t: 40 tahun")

    assert letter.fields["pelapor"][0]["telepon"].best.nilai == "082377025518"


def test_a_name_whose_label_could_not_be_read_is_taken_from_above_the_other_labels():
    letter = read("Yang bertandatangan di bawah ini\nmana\tSamsul Wagino\nUmur\t: 63 tahun\nPekerjaan\t: tani")

    assert letter.fields["pelapor"][0]["nama"].best.nilai == "Samsul Wagino"


@pytest.mark.parametrize("label", ["1 :", "2.2.1. 32"])
def test_a_birth_whose_label_was_lost_is_known_by_its_place_in_the_block(label):
    (person,) = read(LETTER.replace("Tempat/Tgl Lahir\t:", label)).fields["pelapor"]

    assert person["ttl"].best.nilai == {"tempat": "Manna", "tanggal": "1979-03-12"}


@pytest.mark.parametrize(("column", "nik"), [("NIK", "1701021203790003"), ("Keterangan", None)])
def test_a_long_number_in_a_table_is_a_nik_where_the_table_has_a_column_for_it(column, nik):
    letter = read(
        "Kepada Yth. Kepala Kantor Wilayah Kementerian HAM Bengkulu\n"
        "Dengan hormat, kami yang bertanda tangan di bawah ini:\n"
        f"No\tNama\t{column}\n1\tSuryadi Harun\t1701021203790003\n2\tBudi Rekaan\t1701021203790004\n"
        "mengadukan PT Sawah Luhur Abadi yang menutup jalan ke sawah kami.\nHormat kami,\nSuryadi Harun"
    )

    first = letter.fields["pelapor"][0]
    assert first["nama"].best.nilai == "Suryadi Harun"
    assert (first["nik"].best.nilai if first["nik"] else None) == nik
