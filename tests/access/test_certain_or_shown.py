"""What of a text names somebody for certain, and is said otherwise; what a person is shown; what is left alone."""

from __future__ import annotations

import pytest

from pipeline.access.identities import secrets_of
from pipeline.access.masking import masked, named_in, naming
from pipeline.letters.sheets.specimens import field


def _people(*names, **fields):
    return {"pelapor": [{"nama": name} for name in names], **fields}


def _numbered(**particulars):
    return {"pelapor": [{"nama": "Sari Melati", **particulars}]}


SARI = _people("Sari Melati", "Joko Suharsono", "Totok")
FORUM = {"lembaga_pelapor": "Forum Warga Sumur Jernih"}


@pytest.mark.parametrize(
    ("text", "fields", "told"),
    [
        ("S. Melati hadir.", SARI, "Pelapor hadir."),
        ("Menurut bapak suharsono begitu.", SARI, "Menurut pelapor begitu."),
        ("Menurut Su harsono begitu.", SARI, "Menurut pelapor begitu."),
        ("Menurut S u h a r s o n o begitu.", SARI, "Menurut pelapor begitu."),
        ("Sari Melati dan ibu", SARI, "Pelapor dan ibu"),
        ("Forum Sari Melati", SARI, "Forum pelapor"),
        ("Menurut T o t o k begitu.", _people("Totok Misalan"), "Menurut pelapor begitu."),
        ("Menurut I d a A y u begitu.", _people("Ida Ayu"), "Menurut pelapor begitu."),
        ("Menurut Ida Wo begitu.", _people("Ida Wo"), "Menurut pelapor begitu."),
        ("Kemarin Harapan datang.", _people("Harapan"), "Kemarin pelapor datang."),
        ("Menurut Perkumpulan Sumur Jernih begitu.", FORUM, "Menurut pelapor begitu."),
        ("Menurut Ketua Sumur Jernih begitu.", FORUM, "Menurut Ketua pelapor begitu."),
        ("Menurut warga Sumur Jernih begitu.", FORUM, "Menurut warga pelapor begitu."),
        ("Sari Melati(081234567890)", _numbered(telepon="081234567890"), "Pelapor(pada kami))"),
        (
            "Hubungi 0812 strip 3456 titik 7890.",
            _numbered(telepon="081234567890"),
            "Hubungi (pada kami).",
        ),
        ("Hubungi 0812    34567890.", _numbered(telepon="081234567890"), "Hubungi (pada kami)."),
        ("Menurut Totok begitu.", _people('Djoko "Totok" Soeharsono'), "Menurut pelapor begitu."),
        ("Menurut Sári Mêlati begitu.", SARI, "Menurut pelapor begitu."),
        ("Menurut Kasogi begitu.", {"lembaga_pelapor": "Yayasan Kasogi"}, "Menurut pelapor begitu."),
    ],
)
def test_what_is_certain_is_said_otherwise_with_the_words_that_go_with_it(text, fields, told):
    assert masked(text, fields) == told


@pytest.mark.parametrize(
    ("text", "fields", "shown"),
    [
        ("Sari bertemu ibu", SARI, "Sari"),
        ("ibu sari membeli bunga", SARI, "sari"),
        ("Menurut S a r i begitu.", SARI, "S a r i"),
        ("Wonosari Melati", SARI, "Melati"),
        ("Menurut S - a - r - i begitu.", SARI, "S - a - r - i"),
        ("Dirawat di RSUD dr. M. Suharsono.", SARI, "Suharsono"),
        ("Kata Ujo begitu.", _people("Ujo Misalan"), "Ujo"),
        ("Harapan datang.", _people("Harapan"), "Harapan"),
        ("Ia pergi. Harapan datang.", _people("Harapan"), "Harapan"),
        ("Desa Besar Kasogi", _people("Kasogi"), "Kasogi"),
        ("Desa Besar Kasogi", {"lembaga_pelapor": "Kasogi"}, "Kasogi"),
    ],
)
def test_what_may_be_somebody_is_shown_and_not_changed(text, fields, shown):
    assert masked(text, fields) == text
    assert [(one.words, one.sure) for one in naming(text, fields)] == [(shown, False)]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Dinas SM menolak.", SARI),
        ("Budi Utama, S.M.", SARI),
        ("ha rapan", _people("Harapan Jaya")),
        ("to tok", SARI),
        ("S -- a -- r -- i", SARI),
        ("pasal a s a l", SARI),
        ("kata ujo itu", _people("Ujo Misalan")),
        ("A y u d a", _people("Ayu Misalan")),
        ("Sumur Bor di halaman", FORUM),
        ("0812 kali 34567890", _numbered(telepon="081234567890")),
        ("0812     34567890", _numbered(telepon="081234567890")),
    ],
)
def test_what_is_nobodys_name_is_left_alone(text, fields):
    assert naming(text, fields) == ()


@pytest.mark.parametrize("name", ["Sari Melati", "Joko Suharsono", "Wiratno Misalan", "Bunga Khayali", "Eko Andaian"])
def test_who_complains_and_suffered_too_is_always_told_as_who_complains(name):
    both = {"pelapor": [{"nama": name}], "korban": [name], "saksi": [name]}

    assert masked(f"{name} melihatnya.", both) == "Pelapor melihatnya."
    assert masked(f"{name} melihatnya.", {"korban": [name], "saksi": [name]}) == "Korban melihatnya."


PROXIES = (
    field("Wiratno Misalan, S.H., 12/SK/XI/2026"),
    {"nama": ["Wiratno Misalan", "Rangga Andaian"], "kantor": "Kantor Hukum Misalan"},
)


@pytest.mark.parametrize("proxy", PROXIES)
def test_a_proxy_is_hidden_with_the_complainant_and_named_when_the_complainant_agreed(proxy):
    assert masked("Wiratno Misalan hadir.", {"kuasa": proxy}) == "Kuasa pelapor hadir."
    assert masked("Wiratno Misalan hadir.", {"kuasa": proxy, "izin_identitas": "ya"}) == "Wiratno Misalan hadir."


def test_of_a_proxy_every_name_and_the_office_are_hidden():
    told = masked("Rangga Andaian dari Kantor Hukum Misalan", {"kuasa": PROXIES[1]})

    assert told == "Kuasa pelapor dari kuasa pelapor"


def test_an_official_of_the_agency_that_complains_is_hidden_as_it_is_unless_the_agency_may_be_named():
    fields = {"lembaga_pelapor": "Yayasan Kasogi", "pejabat_penghubung": "Wiratno Misalan"}
    agency = {**fields, "lembaga_pelapor": "Ombudsman Republik Indonesia", "cara_penyampaian": "pelimpahan"}

    assert masked("Wiratno Misalan", fields) == "Pelapor"
    assert masked("Wiratno Misalan", {**fields, "izin_identitas": "ya"}) == "Wiratno Misalan"
    assert masked("Wiratno Misalan", agency) == "Wiratno Misalan"
    assert named_in("Wiratno Misalan", secrets_of(agency, agency=True))


def test_a_respondent_of_one_word_clears_nobody_who_has_it_in_their_name():
    assert naming("Melati hadir.", {**SARI, "terlapor": "Melati"})
    assert naming("PT Bunga Melati hadir.", {**SARI, "terlapor": "PT Bunga Melati"}) == ()


HIDDEN = "(pada kami)"


@pytest.mark.parametrize(
    ("text", "particulars", "told"),
    [
        ("12345678", {"nik": "12345678"}, HIDDEN),
        ("1234567", {"nik": "1234567"}, "1234567"),
        ("0812345", {"telepon": "0812345"}, HIDDEN),
        ("081234", {"telepon": "081234"}, "081234"),
        ("tulis ke sari@contoh.example", {"surel": "sari@contoh.example"}, f"tulis ke {HIDDEN}"),
        ("situs contoh.example", {"surel": "_.@contoh.example"}, "situs contoh.example"),
        ("lahir 5 Mei 1980", {"ttl": "Bengkulu, 05-05-1980"}, f"lahir {HIDDEN}"),
        ("lahir 5 Mei 1980", {"ttl": "Bengkulu, 5 Mei 1980"}, f"lahir {HIDDEN}"),
        ("lahir 1 Januari 1980", {"ttl": "1-1-1980"}, f"lahir {HIDDEN}"),
        ("lahir 31 Desember 1980", {"ttl": "1980-12-31"}, f"lahir {HIDDEN}"),
        ("tanggal 1-13-1980", {"ttl": "1-13-1980"}, "tanggal 1-13-1980"),
        ("tanggal 1 foo 1980", {"ttl": "1 foo 1980"}, "tanggal 1 foo 1980"),
    ],
)
def test_a_number_that_tells_who_it_is_is_hidden_however_it_is_written_and_an_everyday_one_is_left(
    text, particulars, told
):
    assert masked(text, _numbered(**particulars)) == told


@pytest.mark.parametrize(
    ("text", "number", "sure"),
    [
        ("07/FWS/XI/2026", "07/FWS/XI/2026", [True]),
        ("07/FWS/XI", "07/FWS/XI/2026", [False]),
        ("12/AB/3", "12/AB/3", [True]),
        ("1/AB/3", "1/AB/3", []),
        ("A12345", "A12345", [True]),
        ("12345", "12345/2026", []),
        ("Nomor Surat", "Nomor/Surat", []),
    ],
)
def test_a_complaints_number_is_hidden_whole_and_shown_without_its_year(text, number, sure):
    assert [one.sure for one in naming(text, {"nomor_surat": number})] == sure


@pytest.mark.parametrize(
    ("text", "body", "told"),
    [
        ("FWS menolak", "Forum Warga Sejahtera", "Pelapor menolak"),
        ("FWSJ menolak", "Forum Warga Sumur Jernih Desa Contoh", "Pelapor menolak"),
        ("FW menolak", "Forum Warga", "FW menolak"),
        ("FWSJBC menolak", "Forum Warga Sumur Jernih Bukit Cemara", "Pelapor menolak"),
        ("FWSJBCR menolak", "Forum Warga Sumur Jernih Bukit Cemara Raya", "FWSJBCR menolak"),
        ("FOWASUJER menolak", "Forum Warga Sumur Jernih (FOWASUJER)", "Pelapor menolak"),
    ],
)
def test_an_organisations_abbreviation_is_hidden_in_brackets_or_of_three_to_six_capitals(text, body, told):
    assert masked(text, {"lembaga_pelapor": body}) == told
