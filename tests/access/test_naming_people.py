"""Who complains, who suffered and who saw it is told otherwise, or shown to a person, however a text names them."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from patience import processor_seconds

from pipeline.access.masking import masked, names_complainant, naming
from pipeline.access.naming import is_post
from pipeline.cases.cleared_words import CLEARED
from pipeline.letters.sheets.specimens import field

FIELDS = {
    "pelapor": [
        {
            "nama": field("Hj. Sari Melati, S.H."),
            "nik": field("1771014505800001"),
            "telepon": field("0812-3456-7890"),
            "surel": field("sari.melati@contoh.example"),
            "alamat": field("Jalan Kenanga No. 5 RT 02/RW 01, Dusun Tiga Rekaan, Desa Contoh Jaya"),
            "ttl": field("Bengkulu, 5 Mei 1980"),
        },
        {"nama": field('Djoko "Totok" Soeharsono')},
        {"nama": field("Ma'ruf Andaian")},
    ],
    "kuasa": field("Wiratno Misalan, S.H., 12/SK/XI/2026"),
    "lembaga_pelapor": field("Forum Warga Sumur Jernih (FOWASU)"),
    "nomor_surat": field("07/FWS/XI/2026"),
    "korban": [field("Bunga Khayali (anak, 9 tahun)"), field("warga RT 2 dan RT 3")],
    "saksi": [field("Tirtayasa")],
    "terlapor": [field("PT Melati Sawit Makmur"), field("Ipda Eko Andaian")],
    "tempat_kejadian": field("Desa Contoh Jaya, Kecamatan Contoh"),
}

WAYS = (
    "Sari Melati",
    "SARI MELATI",
    "sari melati",
    "Sari  Melati",
    "Sari\nMelati",
    "Hj. Sari Melati, S.H.",
    "Sdri. Sari Melati, S.H.",
    "Ibu Sari",
    "ibu Melati",
    "Saudari Sari",
    "Sari",
    "Melati, Sari",
    "Melati Sari",
    "S. Melati",
    "S Melati",
    "Sari M.",
    "S.M.",
    "S. M.",
    "berinisial SM",
    "S a r i M e l a t i",
    "S A R I   M E L A T I",
    "S.a.r.i M.e.l.a.t.i",
    "SariMelati",
    "Sari-Melati",
    "sari_melati",
    "@sarimelati",
    "Sari Me-\nlati",
    "Sarri Mellati",
    "Sári Mêlati",
    "Sa\u0301ri Melati",
    "S\u200bari Me\u00adlati",
    "Ѕаrі Меlаtі",
    "Ｓａｒｉ Ｍｅｌａｔｉ",
    "5ari Me1ati",
    "Djoko Soeharsono",
    "Joko Suharsono",
    "Suharsono",
    "Su harsono",
    "Suhar-\nsono",
    "suharsono",
    "Bapak Joko",
    "Totok",
    "“Totok”",
    "Ma’ruf Andaian",
    "Maruf",
    "Ma`ruf",
    "Wiratno Misalan",
    "Wiratno",
    "Bunga Khayali",
    "anak Bunga",
    "Khayali",
    "inisial B.K.",
    "Tirtayasa",
    "Tirtajasa",
    "Forum Warga Sumur Jernih",
    "FORUM WARGA SUMUR JERNIH",
    "Sumur Jernih",
    "FOWASU",
    "FWSJ",
    "F.W.S.J",
    "07/FWS/XI/2026",
    "07 / FWS / XI / 2026",
    "07-FWS-XI-2026",
    "07/fws/xi",
    "1771014505800001",
    "1771 0145 0580 0001",
    "1771.0145.0580.0001",
    "177101450580\n0001",
    "NIK1771014505800001",
    "0812-3456-7890",
    "081234567890",
    "+6281234567890",
    "+62 (812) 3456 7890",
    "62.812.3456.7890",
    "0812 3456 tujuh delapan sembilan nol",
    "nol delapan satu dua tiga empat lima enam tujuh delapan sembilan nol",
    "https://wa.me/6281234567890",
    "sari.melati@contoh.example",
    "SARI.MELATI@CONTOH.EXAMPLE",
    "sari.melati (at) contoh (dot) example",
    "sari melati [at] contoh titik example",
    "Jalan Kenanga No. 5",
    "Jl. Kenanga Nomor 5",
    "jln kenanga 5",
    "Kenanga No 05",
    "RT 2 RW 1",
    "RT.002/RW.001",
    "RT/RW 02/01",
    "rukun tetangga 2 rukun warga 1",
    "Dusun Tiga Rekaan",
    "5 Mei 1980",
    "05-05-1980",
    "1980-05-05",
)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sentence", ["Dalam pertemuan itu {} hadir.", "pertemuan dengan {}", "{}"])
def test_a_way_of_naming_somebody_is_said_otherwise_or_shown(way: str, sentence: str) -> None:
    text = sentence.format(way)

    told = masked(text, FIELDS)

    assert way not in told or naming(told, FIELDS), told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Menurut Ibu Sari Melati, S.H., sumur itu kering.", "Menurut pelapor, sumur itu kering."),
        ("Sari Melati dan Joko Suharsono hadir.", "Pelapor dan pelapor hadir."),
        ("Kuasanya Wiratno Misalan, S.H. hadir.", "Kuasanya kuasa pelapor hadir."),
        ("Bunga Khayali dirawat; Tirtayasa melihatnya.", "Korban dirawat; saksi melihatnya."),
        ("Hubungi +62 812 3456 7890 segera.", "Hubungi (pada kami) segera."),
        ("Rumah di Jl. Kenanga No. 5 itu rusak.", "Rumah di (alamat pada kami) itu rusak."),
        ("surat Nomor 07/FWS/XI/2026 tanggal itu", "surat Nomor (nomor pada kami) tanggal itu"),
    ],
)
def test_what_names_somebody_for_certain_is_said_otherwise(text: str, told: str) -> None:
    assert masked(text, FIELDS) == told
    assert naming(told, FIELDS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "sari buah dan bunga melati ditanam di halaman",
        "Kepala Desa Sari dan Lurah Kota Melati",
        "Direktur PT Melati Sawit Makmur menerangkan",
        "Ipda Eko Andaian, penyidik Polsek Contoh",
        "warga RT 2 dan RT 3 Desa Contoh Jaya",
        "Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh",
        "Jalan Kenanga rusak sejak bulan Mei 2026",
        "Sarinah di Wonosari dan Melatiwangi",
        "bunga pinjaman koperasi itu 5 persen",
        "anak perempuan dan ibu hamil di desa itu",
        "Undang-Undang Nomor 39 Tahun 1999 tentang Hak Asasi Manusia",
        "paling lambat tanggal 18 Desember 2026 pukul 08.12",
        "nomor telepon kantor (0736) 345678",
        "Direktur Jenderal Hak Asasi Manusia",
        "gelar S.H., M.H. dan S.E.",
    ],
)
def test_ordinary_words_that_are_also_parts_of_names_are_left_alone(text: str) -> None:
    assert masked(text, FIELDS) == text
    assert naming(text, FIELDS) == ()


AT_HOME = {
    "pelapor": [{"nama": "Andi Rejang", "alamat": "Jalan Melur 8 RT 02/RW 01, Kelurahan Contoh Indah, Kota Contoh"}]
}


@pytest.mark.parametrize(
    "guest",
    [
        "Ketua RT 2",
        "Ketua RT. 02 Kelurahan Contoh Indah",
        "Ketua Rukun Tetangga 2",
        "Sekretaris RW 1",
        "Pak RT 2",
        "Lurah Contoh Indah",
        "Kepala Kelurahan Contoh Indah",
        "Staf Kelurahan Contoh Indah",
        "Kepala Urusan Umum Kelurahan Contoh Indah",
        "Kepala Puskesmas Contoh Indah",
        "Ketua Paguyuban Jalan Melur",
    ],
)
def test_who_heads_the_neighbourhood_of_an_address_is_shown_unless_it_happened_there(guest: str) -> None:
    there = {**AT_HOME, "tempat_kejadian": "rumah di Jalan Melur RT 2 RW 1, Kelurahan Contoh Indah"}

    assert [named.sure for named in naming(f"{guest}, Kota Contoh", AT_HOME)] == [False]
    assert naming(guest, there) == ()


@pytest.mark.parametrize(
    "guest",
    [
        "Ketua RT 3",
        "Ketua RT 21",
        "warga RT 2",
        "Lurah Contoh Asri",
        "Wali Kota Contoh",
        "Ketua RW 11",
        "Kepala Dinas Kota Contoh Indah",
    ],
)
def test_who_heads_another_neighbourhood_tells_nothing(guest: str) -> None:
    assert naming(guest, AT_HOME) == ()


NAMESAKES = {"pelapor": [{"nama": "Andi Rejang"}, {"nama": "Bunga Lestari"}]}


@pytest.mark.parametrize(
    "office",
    [
        "Kepala Kepolisian Resor Rejang",
        "KEPOLISIAN RESOR REJANG",
        "Kepolisian Resor Rejang Lebong",
        "Kepolisian Resor Kota Rejang",
        "Kepala Kepolisian Sektor Rejang Contoh",
        "Polres Rejang",
        "Pengadilan Negeri Rejang",
        "Kejaksaan Negeri Rejang",
        "Pemerintah Kabupaten Rejang",
    ],
)
def test_an_office_whose_district_is_called_as_somebody_is_names_nobody(office: str) -> None:
    assert naming(f"{office} sudah menjawab.", NAMESAKES) == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kepolisian Resor Rejang Andi", "Kepolisian Resor pelapor"),
        ("Menurut Polsek, Rejang hadir.", "Menurut Polsek, pelapor hadir."),
        ("Kepolisian Resor Contoh menemui Rejang.", "Kepolisian Resor Contoh menemui pelapor."),
        ("Kepolisian Resor Rejang menemui Bapak Rejang.", "Kepolisian Resor Rejang menemui pelapor."),
        ("Polsek Contoh Rejang", "Polsek Contoh Rejang"),
        ("Kapolres Rejang", "Kapolres Rejang"),
    ],
)
def test_beside_such_an_office_somebody_is_hidden_or_shown_as_ever(text: str, told: str) -> None:
    assert masked(text, NAMESAKES) == told
    assert told != text or naming(text, NAMESAKES)


def test_a_form_of_address_within_the_name_of_an_organisation_is_shown_and_not_said_otherwise() -> None:
    text = "PT Bunga Mas Lestari menolak."

    assert masked(text, NAMESAKES) == text
    assert [named.words for named in naming(text, NAMESAKES)] == ["Lestari"]
    assert masked("Menurut Mas Lestari begitu.", NAMESAKES) == "Menurut pelapor begitu."


def test_an_organisation_that_the_register_knows_as_the_respondent_names_nobody() -> None:
    fields = {**NAMESAKES, "terlapor": [field("PT Bunga Mas Lestari")]}

    assert naming("PT Bunga Mas Lestari menolak.", fields) == ()
    assert masked("Mas Lestari menolak.", fields) == "Pelapor menolak."


COMMON = {
    "pelapor": [{"nama": "Harapan Jaya"}, {"nama": "Putri Indah"}, {"nama": "Mega Bunga Baru"}],
    "tempat_kejadian": "Desa Harapan Jaya",
}


@pytest.mark.parametrize(
    "text",
    [
        "putri sulungnya tinggal di rumah baru yang indah",
        "jembatan Baru itu dibangun PT Mega",
        "Desa Harapan dan Kelurahan Jaya",
        "Hotel Indah, Jalan Bunga, Pasar Baru",
        "harapan warga dan jaya selalu",
    ],
)
def test_a_name_of_two_common_words_leaves_ordinary_sentences_usable(text: str) -> None:
    if text.startswith("jembatan Baru"):
        assert [named.sure for named in naming(text, COMMON)] in ([], [False])
        return
    assert naming(text, COMMON) == ()


@pytest.mark.parametrize("text", ["Harapan Jaya mengadu", "Jaya Harapan mengadu", "Bapak Harapan", "Ibu Putri Indah"])
def test_a_person_whose_name_is_two_common_words_is_hidden(text: str) -> None:
    assert masked(text, COMMON).lower() in ("pelapor mengadu", "pelapor")


@pytest.mark.parametrize("victim", ["Bayu Rekaan (9 tahun)", "Bayu Rekaan (anak)", "Bayu Rekaan, 9 tahun (pelajar)"])
def test_what_stands_in_brackets_behind_a_name_is_no_name(victim: str) -> None:
    text = "Anak itu pelajar; Pasal 58 Undang-Undang Nomor 39 Tahun 1999, Bayu Rekaan"

    assert masked(text, {"korban": victim}) == text.replace("Bayu Rekaan", "korban")


def test_another_name_in_brackets_is_hidden_too() -> None:
    assert masked("Si Kecil dipukul.", {"korban": "Bayu Rekaan (Kecil)"}) == "Si korban dipukul."


@pytest.mark.parametrize("text", ["Desa Harapan Jaya", "harapan jaya", "bertemu Putri kemarin", "Camat Mega Baru"])
def test_what_may_be_a_person_or_a_place_is_asked_and_never_changed(text: str) -> None:
    named = naming(text, {**COMMON, "tempat_kejadian": None})

    assert masked(text, COMMON) == text
    assert [one.sure for one in named] == [False]


def test_words_that_somebody_said_name_nobody_are_not_asked_again_and_only_as_they_stand() -> None:
    fields = {**COMMON, CLEARED: ["Desa Harapan Jaya | nama desa", "Putri | kata biasa"]}

    assert naming("warga Desa Harapan Jaya", fields) == ()
    assert naming("bertemu Putri kemarin", fields) == ()
    assert masked("Bapak Harapan Jaya dan Ibu Putri", fields) == "Pelapor dan pelapor"
    assert [one.words for one in naming("Kota Harapan Jaya", fields)] == ["Harapan Jaya"]


def test_who_agreed_to_be_named_is_named_but_no_number_and_no_victim_of_theirs() -> None:
    fields = {**FIELDS, "izin_identitas": field("ya")}

    told = masked("Sari Melati (NIK 1771014505800001), surat 07/FWS/XI/2026, untuk Bunga Khayali", fields)

    assert told == "Sari Melati (NIK (pada kami)), surat 07/FWS/XI/2026, untuk korban"


@pytest.mark.parametrize("answer", [None, "", "tidak", "YA?"])
def test_without_a_yes_nobody_has_agreed(answer: str | None) -> None:
    assert masked("Sari Melati", {**FIELDS, "izin_identitas": answer}) == "Pelapor"


def test_a_place_is_shown_with_the_words_around_it() -> None:
    (named,) = naming("Dalam pertemuan yang panjang itu Tim bertemu Sari di kantor desa bersama banyak warga.", FIELDS)

    assert named.words == "Sari"
    assert named.around == "… yang panjang itu Tim bertemu «Sari» di kantor desa bersama …"
    assert not named.sure


def test_only_who_complains_is_told_from_guests() -> None:
    assert names_complainant("Sdri. Sari Melati, warga", FIELDS)
    assert names_complainant("Wiratno Misalan (kuasa)", FIELDS)
    assert not names_complainant("Bunga Khayali", FIELDS)
    assert not names_complainant("Kepala Desa Sari", FIELDS)


NAME_PARTS = ["sari", "melati", "suharsono", "ayu", "harapan", "jaya", "wiratno", "indah", "putri", "kusumo", "rangga"]
NAMES = st.lists(st.sampled_from(NAME_PARTS), min_size=2, max_size=4, unique=True)
SEPARATORS = st.sampled_from([" ", "  ", "\n", "\t", "-", "_", ".", ". ", "\u00a0", " \u200b", ", "])
CASES = st.sampled_from([str.title, str.upper, str.lower, str.capitalize])


@given(NAMES, SEPARATORS, CASES, st.text(max_size=30), st.text(max_size=30))
@example(["sari", "melati"], " ", str.title, "desa ", "")
def test_no_whole_name_is_left_unsaid_and_unshown(parts, separator, written, before, after) -> None:
    fields = {"pelapor": [{"nama": " ".join(parts).title()}]}
    name = separator.join(map(written, parts))

    told = masked(f"{before} {name} {after}", fields)

    assert name not in told or naming(told, fields)


@given(NAMES, st.text(max_size=60), st.lists(SEPARATORS, max_size=6), st.permutations(range(6)))
def test_what_was_masked_stays_as_it_is_when_it_is_masked_again(parts, text, separators, order) -> None:
    fields = {"pelapor": [{"nama": " ".join(parts).title()}]}
    words = [parts[n % len(parts)].title() for n in order]
    told = masked(text + "".join(word + sep for word, sep in zip(words, separators, strict=False)), fields)

    assert masked(told, fields) == told


@given(st.text(max_size=80), st.lists(st.text(max_size=14), max_size=4))
def test_any_text_and_any_names_can_be_looked_at(text: str, names: list[str]) -> None:
    fields = {"pelapor": [{"nama": field(name), "alamat": name, "surel": name} for name in names], "nomor_surat": text}

    told = masked(text, fields)

    assert masked(told, fields) == told or naming(told, fields)


def _seconds(text: str) -> float:
    began = time.process_time()
    naming(text, FIELDS)
    masked(text, FIELDS)
    return time.process_time() - began


def test_a_usual_letter_is_looked_through_in_milliseconds() -> None:
    letter = "Dalam pertemuan itu Kepala Dinas menerangkan bahwa air sumur warga sudah diperiksa setiap bulan. " * 50
    naming(letter, FIELDS)

    assert processor_seconds(lambda: _seconds(letter)) < 0.05  # measured: 0.006 s for 4,900 letters on one core


HOSTILE = (
    "a ",
    "Sari ",
    "sari",
    "S.",
    "S.M ",
    "0812 ",
    "07/FWS/",
    "Ibu ",
    "Desa Sari ",
    "S a r i ",
    "a'",
    "a-\n",
    "nol ",
)
HOSTILE += ("sari.melati@", "Sari Melati ", "RT 2 ", "s\u0301\u0316", "Jalan Kenanga ", ", S.H.")


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long_to_be_looked_through(piece: str) -> None:
    text = (piece * (50_000 // len(piece) + 1))[:50_000]

    assert _seconds(text) < 6.0  # measured: 0.03 to 1 s


@pytest.mark.slow
@pytest.mark.parametrize("piece", HOSTILE)
def test_the_time_grows_with_the_text_alone(piece: str) -> None:
    text = (piece * (1_000_000 // len(piece) + 1))[:1_000_000]

    assert _seconds(text) < 60.0  # of processor; up to 28 s of the clock were seen at a load of 10


@pytest.mark.parametrize("house", ["RSUD dr. M. Yunus", "Rumah Sakit dr. Yunus", "Yayasan H. Muhammad Yunus"])
def test_a_house_called_after_a_namesake_is_shown_to_a_person_and_not_said_otherwise(house):
    fields = {"pelapor": [{"nama": "Muhammad Yunus"}]}
    text = f"Direktur {house} memberikan pelayanan."

    assert masked(text, fields) == text
    assert [named.sure for named in naming(text, fields)] == [False]
    assert masked("Bertemu dr. M. Yunus dan Bapak Yunus.", fields) == "Bertemu pelapor dan pelapor."


@pytest.mark.parametrize("role", ["korban", "saksi"])
@pytest.mark.parametrize("post", ["Guru kelas III", "Guru Kelas III", "Wali kelas", "Pegawai honorer", "Murid kelas 3"])
def test_a_post_that_many_have_is_nobodys_name(post: str, role: str) -> None:
    assert masked(f"{post} memukul murid di kelas. Guru itu pegawai.", {role: [post]}).startswith(post)
    assert not naming(f"{post} memukul murid di kelas.", {role: [post]})


@pytest.mark.parametrize(
    ("role", "told"),
    [("saksi", "Guru Budianto"), ("saksi", "Kepala SD Negeri Rekaan"), ("korban", "Wali Utama")],
)
def test_a_name_after_a_post_and_a_post_that_one_alone_has_are_kept_as_before(role: str, told: str) -> None:
    assert naming(f"Menurut {told}, hal itu benar.", {role: [told]})


def test_who_complains_is_kept_whatever_the_name_is() -> None:
    assert naming("Menurut Guru kelas, hal itu benar.", {"pelapor": [{"nama": "Guru kelas"}]})


@pytest.mark.parametrize(
    ("told", "post"),
    [
        ("Guru kelas III", True),
        ("Kepala Desa Contoh", True),
        ("Guru Budi", False),
        ("Sari", False),
        ("Melati, Sari", False),
    ],
)
def test_a_post_is_told_from_a_name(told: str, post: bool) -> None:
    assert is_post(told) == post
