"""An agency that handed a complaint on is named to others, unless its name tells who complains, or where."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.access.handed_on import handing_on
from pipeline.access.masking import is_complainants, masked, names_complainant, naming

OMBUDSMAN = "Ombudsman Republik Indonesia Perwakilan Contoh"


def fields(body: str = OMBUDSMAN, **more: Any) -> dict[str, Any]:
    return {"cara_penyampaian": "pelimpahan", "lembaga_pelapor": body, **more}


@pytest.mark.parametrize(
    "body",
    [
        OMBUDSMAN,
        "Komisi Nasional Hak Asasi Manusia",
        "Komnas Perempuan",
        "Kantor Wilayah Kementerian Hukum Lampung",
        "Dinas Sosial Kabupaten Contoh",
        "Wali Kota Contoh",
        "DPRD Provinsi Contoh",
    ],
)
def test_a_public_agency_that_handed_the_complaint_on_is_no_secret(body: str) -> None:
    told = f"Pengaduan dilimpahkan oleh {body}."

    assert handing_on(fields(body)) == body
    assert (masked(told, fields(body)), naming(told, fields(body))) == (told, ())
    assert not names_complainant(told, fields(body))
    assert is_complainants(body, fields(body)), "it is invited, and comes, as who stands for the complainant"


@pytest.mark.parametrize(
    "body",
    [
        "Forum Warga Sumur Jernih",
        "Lembaga Bantuan Hukum Rekaan",
        "Camat Contoh",
        "Dinas Sosial Kecamatan Contoh",
        "Badan Permusyawaratan Desa Contoh Jaya",
        "Kepolisian Sektor Contoh",
        "SD Negeri Contoh",
        "",
    ],
)
def test_one_that_is_no_public_agency_or_of_a_small_place_is_kept(body: str) -> None:
    assert handing_on(fields(body)) == ""
    assert body == "" or names_complainant(f"Dilimpahkan oleh {body}.", fields(body))


@pytest.mark.parametrize(
    "more",
    [
        {"sifat": "rahasia"},
        {"cara_penyampaian": "surat"},
        {"kapasitas": "kelompok"},
        {"kuasa": {"nama": "Joko Contoh, S.H."}},
        {"pelapor": [{"nama": "Sari Melati", "pekerjaan": "Asisten pada Ombudsman Republik Indonesia"}]},
        {"korban": ["Pegawai Ombudsman Republik Indonesia"]},
        {"terlapor": [{"nama": "Bambang Contoh", "instansi": "Ombudsman Republik Indonesia"}]},
    ],
)
def test_it_is_kept_where_the_case_is_secret_or_its_name_tells_who_complains(more: dict[str, Any]) -> None:
    known = fields(**more)

    assert handing_on(known) == ""
    assert "Ombudsman" not in masked(f"Pengaduan dilimpahkan oleh {OMBUDSMAN}.", known)
    assert naming(f"Pengaduan dilimpahkan oleh {OMBUDSMAN}.", known)


def test_its_letter_and_the_people_of_the_complaint_are_kept_and_who_acts_for_it_is_not() -> None:
    known = fields(pelapor=[{"nama": "Sari Melati"}], nomor_surat="HAM-HA.01.07-88", pejabat_penghubung="Tono Andaian")

    told = masked(f"{OMBUDSMAN}, surat HAM-HA.01.07-88, Tono Andaian, Sari Melati", known)

    assert told == f"{OMBUDSMAN}, surat (nomor pada kami), Tono Andaian, pelapor"
    assert "Tono" not in masked("Tono Andaian", {**known, "sifat": "rahasia"})
