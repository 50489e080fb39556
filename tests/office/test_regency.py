"""A place's words tell in which regency it lies, or do not: then nobody guesses."""

from pathlib import Path

import pytest

from pipeline.office.regency import regency_of
from pipeline.wiring import load_settings as load

REGIONS = load(Path(__file__).resolve().parents[2] / "office.toml").office.regions


@pytest.mark.parametrize(
    ("place", "regency"),
    [
        ("Desa Contoh, Kecamatan Curup Timur, Kabupaten Rejang Lebong", "Kabupaten Rejang Lebong"),
        ("Kab. Lebong", "Kabupaten Lebong"),
        ("Tanjung Rekaan Kabupaten Lebong", "Kabupaten Lebong"),
        ("Tanjung Rekaan Kecamatan Ketahun", "Kabupaten Bengkulu Utara"),
        ("Muara Aman, Lebong", "Kabupaten Lebong"),
        ("Curup, Rejang Lebong", "Kabupaten Rejang Lebong"),
        ("Jl. Suprapto, Kota Bengkulu", "Kota Bengkulu"),
        ("Kel. Panorama Kec. Singaran Pati", "Kota Bengkulu"),
        ("BENGKULU UTARA", "Kabupaten Bengkulu Utara"),
        ("Kec. Luas", "Kabupaten Kaur"),
        ("Kecamatan Kota Padang, Kab Rejang Lebong", "Kabupaten Rejang Lebong"),
        ("Kecamatan Merigi Sakti", "Kabupaten Bengkulu Tengah"),
        ("Kec. Talo Kecil", "Kabupaten Seluma"),
        ("Kota Manna", "Kabupaten Bengkulu Selatan"),
        ("kebun sawit di Ketahun, Bengkulu Utara", "Kabupaten Bengkulu Utara"),
        ("Desa Air Ketahun, Kecamatan Ketahun", "Kabupaten Bengkulu Utara"),
        ("Tais Seluma Provinsi Bengkulu", "Kabupaten Seluma"),
        ("Kabupaten Seluma Bengkulu", "Kabupaten Seluma"),
        ("DESA REKAAN RT 2 KECAMATAN KETAHUN KABUPATEN BENGKULU UTARA", "Kabupaten Bengkulu Utara"),
    ],
)
def test_a_place_is_known_by_its_regency_or_by_what_lies_in_it(place, regency):
    assert regency_of(place, REGIONS) == regency


@pytest.mark.parametrize(
    "place", [None, "", "Palembang", "Provinsi Bengkulu", "lahan yang luas", "Rutan Bengkulu", "Talang Seluma Baru"[:6]]
)
def test_a_place_whose_words_do_not_tell_is_in_none(place):
    assert regency_of(place, REGIONS) is None


@pytest.mark.parametrize(
    "place",
    [
        "Desa Air Ketahun",
        "AIR KETAHUN",
        "di air ketahun",
        "Jalan Enggano Nomor 7",
        "Talang Seluma Baru",
        "Sungai Ipuh",
        "Ipuh Rekaan",
        "PT Agro Ketahun",
        "antara Ketahun dan Ipuh",
        "Kabupaten Kaur atau Kabupaten Seluma",
    ],
)
def test_half_a_name_or_two_places_tell_nothing(place):
    assert regency_of(place, REGIONS) is None


def test_the_kind_decides_where_two_are_named():
    assert regency_of("warga Kaur di Kabupaten Seluma", REGIONS) == "Kabupaten Seluma"
