"""Who is in a case, as the office's own sheets tell it: who complains for whom, and children by their initials."""

from __future__ import annotations

import pytest
from fakes import MORNING

from pipeline.letters.sheets.parties import (
    complainant_in_words,
    complainants,
    protections,
    proxies,
    proxy_in_words,
    victims,
)
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE

CHILD = {"kerentanan": ["anak"]}
BODY = {"lembaga_pelapor": "LBH Rekaan"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Bayu Rekaan (9 tahun)", "Anak berinisial B.R. (9 tahun)"),
        ("Nur'aini Rekaan", "Anak berinisial N.R."),
        ("M. Rizki Rekaan, kelas 3", "Anak berinisial M.R.R., kelas 3"),
        ("Ahmad Al-Fatih", "Anak berinisial A.A."),
        ("Bayu bin Umpama", "Anak berinisial B.U."),
        ("Siti binti Umpama", "Anak berinisial S.U."),
        ("BAYU REKAAN", "Anak berinisial B.R."),
        ("Warga RT 2 dan RT 3", "Warga RT 2 dan RT 3"),
        ("Anak-anak Panti Rekaan", "Anak-anak Panti Rekaan"),
        ("para santri", "Para santri"),
        ("budi santoso", "Anak berinisial B.S."),
        ("budi santoso 9 tahun", "Anak berinisial B.S. 9 tahun"),
        ("nur'aini (9 tahun)", "Anak berinisial N. (9 tahun)"),
        ("ahmad al-fatih", "Anak berinisial A.A."),
        ("an-nisa rekaan", "Anak berinisial A.R."),
        ("siswi bernama rina rekaan", "Anak berinisial R.R."),
        ("anak saya rina", "Anak berinisial R."),
        ("An. rina rekaan", "Anak berinisial R.R."),
        ('Bayu "Boy" Rekaan', "Anak berinisial B.B.R."),
        ("Bayu Rekaan (Boy)", "Anak berinisial B.R. (anak berinisial B.)"),
        ("budi santoso, ani santoso", "Anak berinisial B.S., anak berinisial A.S."),
        ("Bayu 9 tahun dan Ani 7 tahun", "Anak berinisial B. 9 tahun dan anak berinisial A. 7 tahun"),
        ("1. budi santoso", "Anak berinisial B.S."),
        ("Anak umur 9 tahun bernama Bayu Rekaan", "Anak umur 9 tahun anak berinisial B.R."),
        ("anak ke-2 bayu rekaan", "anak ke-2 anak berinisial B.R."),
        ("siswi kelas 3 Ani", "siswi kelas 3 anak berinisial A."),
        ("seorang anak 9 tahun a.n. bayu", "seorang anak 9 tahun anak berinisial B."),
        ("Bayu Rekaan 9 tahun kelas 3 SD Contoh", "Anak berinisial B.R. 9 tahun kelas 3 SD Contoh"),
        ("anak umur 9 tahun kelas 3 SD Contoh", "anak umur 9 tahun kelas 3 SD Contoh"),
        ("siswi SMPN 2 Bengkulu", "siswi SMPN 2 Bengkulu"),
        ("Putri", "Anak berinisial P."),
        ("bayi laki-laki yang belum bernama", "bayi laki-laki yang belum bernama"),
        ("anak kedua pelapor", "anak kedua pelapor"),
        ("siswa SMP Contoh", "siswa SMP Contoh"),
        ("tujuh siswa", "tujuh siswa"),
        ("Bulan Rekaan (anak, 9 tahun)", "Anak berinisial B.R. (anak, 9 tahun)"),
    ],
)
def test_a_child_is_told_by_initials_however_the_name_is_written_and_many_are_told_as_they_are(name, told):
    assert victims({"korban": [name], **CHILD})[0].casefold() == told.casefold()
    assert victims({"korban": name}) == [f"{name[:1].upper()}{name[1:]}"]


def test_a_run_of_blanks_is_one_to_whatever_looks_for_a_child_s_name():
    assert victims({"korban": ["Bayu   Rekaan  (9  tahun)"], **CHILD}) == ["Anak berinisial B.R. (9 tahun)"]
    assert victims({"korban": [f"Warga{' ' * 20_000}RT 2"], **CHILD}) == ["Warga RT 2"]  # took half a minute


def test_a_child_that_complains_is_told_by_initials_and_who_complains_for_one_by_name():
    own, family = (
        {"pelapor": [{"nama": "Bayu Rekaan"}], "kapasitas": capacity, **CHILD} for capacity in ("Korban", "keluarga")
    )

    assert complainants(own) == [{"nama": "Anak berinisial B.R.", "keterangan": "selaku korban"}]
    assert complainant_in_words(own) == "Anak berinisial B.R."
    assert complainants(family) == [{"nama": "Bayu Rekaan", "keterangan": "selaku keluarga korban"}]


def test_an_organisation_that_complains_comes_first_and_its_only_person_speaks_for_it():
    one, two = ({**BODY, "kapasitas": "lembaga", "pelapor": [{"nama": f"Orang {n}"} for n in range(k)]} for k in (1, 2))

    assert complainants(one) == [
        {"nama": "LBH Rekaan", "keterangan": "lembaga"},
        {"nama": "Orang 0", "keterangan": "selaku wakil lembaga"},
    ]
    assert [person["keterangan"] for person in complainants(two)] == ["lembaga", "", ""]
    assert complainant_in_words(one) == "LBH Rekaan (diwakili Orang 0)"
    assert complainant_in_words(two) == "LBH Rekaan (diwakili Orang 0 dkk.)"
    assert complainant_in_words(BODY) == "LBH Rekaan"
    assert complainant_in_words({}) == ""


@pytest.mark.parametrize(("count", "told"), [("40", " yang terdiri atas 40 orang"), ("banyak", ""), ("", "")])
def test_a_group_says_how_many_it_is_where_that_is_known(count, told):
    group = {**BODY, "kapasitas": "Kelompok", "jumlah_kelompok": count}

    (body,) = complainants(group)

    assert body["keterangan"].startswith("kelompok")
    assert body["keterangan"].removeprefix("kelompok").replace("(empat puluh) ", "") == told


def test_who_acts_for_others_brings_their_own_organisation():
    person = {"pelapor": [{"nama": "Siti Rekaan", "pekerjaan": "Petani", "alamat": "Desa Contoh"}], **BODY}
    given = {"kuasa": {"nama": ["Joko Contoh", "Ani Contoh"], "nomor_surat_kuasa": "3", "alamat": "Kota Contoh"}}

    assert complainants({**person, "kuasa": "Joko Contoh"}) == [
        {"nama": "Siti Rekaan", "keterangan": "petani; beralamat di Desa Contoh"}
    ]
    assert proxies({**person, **given}) == [
        {"nama": name, "keterangan": "LBH Rekaan; Surat Kuasa Nomor 3; beralamat di Kota Contoh"}
        for name in ("Joko Contoh", "Ani Contoh")
    ]
    assert proxy_in_words({**person, **given}) == "Joko Contoh dan Ani Contoh (LBH Rekaan)"
    assert proxy_in_words({"kuasa": "Joko Contoh"}) == "Joko Contoh"
    assert proxy_in_words(BODY) == ""
    assert complainant_in_words({**person, **given}) == (
        "Siti Rekaan melalui kuasanya, Joko Contoh dan Ani Contoh (LBH Rekaan),"
    )
    assert complainant_in_words(given) == "Joko Contoh dan Ani Contoh"
    assert proxies({"kuasa": {"nomor_surat_kuasa": "3"}}) == proxies({"kuasa": {"nama": ""}}) == proxies({}) == []


def test_others_beside_the_first_are_counted():
    two, three = ({"pelapor": [{"nama": f"Orang {n}"} for n in range(k)]} for k in (2, 3))

    assert complainant_in_words(two) == "Orang 0 dan 1 (satu) orang lainnya"
    assert complainant_in_words(three) == "Orang 0 dan 2 (dua) orang lainnya"
    assert complainant_in_words({"pelapor": [{"nama": ""}, "Siti", {"nama": "Orang 0"}]}) == "Orang 0"


def test_who_died_is_told_so_in_full_and_is_heard_no_more_where_all_of_them_did():
    late, living = "Alm. Rudi Rekaan", "Wati Rekaan"

    def said(*names: str) -> str:
        return protections({"kerentanan": ["lansia"], "korban": list(names)}, SPECIMEN_OFFICE.laws, MORNING.date())[0]

    assert victims({"korban": [late, "Almh. Ani Rekaan"]}) == ["Almarhum Rudi Rekaan", "Almarhumah Ani Rekaan"]
    assert "telah meninggal dunia" in said(late)
    for heard in ((late, living), (living,), ()):
        assert "telah meninggal dunia" not in said(*heard)
