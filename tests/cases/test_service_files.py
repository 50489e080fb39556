"""What a service's file may say: every fault of it is named, none is left to be met by who gives numbers."""

from dataclasses import replace

import pytest

from pipeline.cases.public_service import DECIDES, HANDLES, READS, PublicService, faults_between, read_service
from pipeline.cases.sop_rows import Lane
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import SettingsFault

SOP = editions()[-1]
FILE = """
nama = "Surat Masuk"
sebutan = "Surat"
deret = "SM"
nomor = "AGENDA-{urut}/{tahun}"

[[peran]]
kunci = "surat.agendaris"
nama = "Agendaris"
hak = "menangani"
"""
SAME_ROLE = '[[peran]]\nkunci = "surat.agendaris"\nnama = "Pengolah"\nhak = "memutus"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (FILE + SAME_ROLE, "kunci 'surat.agendaris' sudah dipakai"),
        (FILE.replace('"Agendaris"', '" "'), "nama kosong"),
        (FILE.replace('"Surat"', '""'), "sebutan kosong"),
        (FILE.replace('"Surat"', '"Su\\u001brat"'), "sebutan memuat tanda"),
        (FILE.replace('"Surat Masuk"', f'"{"x" * 121}"'), "nama lebih dari 120 huruf"),
        ("x = " + "[" * 5000, "tidak dapat dibaca"),
        (FILE.replace('nama = "Surat Masuk"', ""), "nama tidak ada atau bukan teks"),
        (FILE.replace('"SM"', "7"), "deret tidak ada atau bukan teks"),
        (FILE.replace('"AGENDA-{urut}/{tahun}"', '" "'), "nomor tidak ada atau bukan teks"),
        (FILE.replace('sebutan = "Surat"', "klasifikasi = 7"), "klasifikasi kosong atau bukan teks"),
        (FILE.replace('"SM"', '"sm"'), "deret 'sm' bukan satu sampai empat huruf besar"),
        (FILE.replace("[[peran]]", "[peran]"), r"peran harus ditulis sebagai \[\[peran\]\]"),
        ('peran = ["agendaris"]' + FILE.partition("[[peran]]")[0], r"peran harus ditulis sebagai \[\[peran\]\]"),
        (FILE.replace('hak = "menangani"', ""), "peran 1: hak tidak ada atau bukan teks"),
        (FILE.replace("surat.agendaris", "kantor.agendaris"), r"harus surat\.NAMA"),
        (FILE.replace("surat.agendaris", "surat.Agendaris"), r"harus surat\.NAMA"),
        (FILE.replace('"menangani"', '"mengurus"'), "hak 'mengurus' tidak dikenal"),
        (FILE.replace("sebutan", "julukan"), "'julukan' tidak dikenal"),
        (FILE + 'warna = "biru"\n', "peran 1: 'warna' tidak dikenal"),
    ],
)
def test_what_no_list_can_show_or_tell_apart_is_refused(text, why):
    with pytest.raises(SettingsFault, match=why):
        read_service("surat", text)

    assert read_service("surat", FILE).roles == {"surat.agendaris": "menangani"}
    assert read_service("surat", FILE.replace('"Surat Masuk"', f'"{"x" * 120}"')).name == "x" * 120


@pytest.mark.parametrize(("key", "fits"), [("a" * 20, True), ("a" * 21, False), ("Surat", False), ("yankomas", False)])
def test_a_service_is_called_by_a_short_name_of_small_letters_and_not_like_the_one_that_every_office_has(key, fits):
    text = FILE.replace("surat.agendaris", f"{key.lower()}.agendaris")

    if fits:
        assert read_service(key, text).key == key
    else:
        with pytest.raises(SettingsFault, match=f"nama folder '{key}' harus huruf kecil"):
            read_service(key, text)


def test_whoever_works_on_a_services_cases_hands_its_letters_in_and_the_last_that_works_heads_it():
    def lane(role: str, **values) -> Lane:
        return Lane(role, role, **values)

    def headed(*lanes: Lane, **roles: str) -> str:
        sop = replace(SOP, lanes=lanes, sheets=())
        keyed = {f"rapat.{name}": kind for name, kind in roles.items()}
        return PublicService("rapat", "Rapat", "Rapat", "RR", "{urut}", roles=keyed, editions=(sop,)).head_of(sop)

    chief, guard, writer = (lane(f"rapat.{name}") for name in ("kepala", "penjaga", "penulis"))
    under = [replace(one, above="rapat.kepala") for one in (guard, writer)]
    service = read_service("surat", FILE.replace("menangani", DECIDES) + SAME_ROLE.replace("agendaris", "x"))

    assert service.senders() == frozenset()
    assert read_service("surat", FILE).senders() == {"surat.agendaris"}
    assert headed(chief, *under, kepala=DECIDES, penjaga=HANDLES, penulis=HANDLES) == "rapat.kepala"
    assert headed(chief, *under, kepala=READS, penjaga=HANDLES, penulis=HANDLES) == "rapat.penulis"
    assert (
        headed(chief, *under, lane("warga", outside=True), kepala=READS, penjaga=HANDLES, penulis=READS) == guard.role
    )
    assert headed(chief, *under, kepala=READS, penjaga=READS, penulis=READS) == "rapat.kepala"


def test_a_services_file_has_a_lane_for_each_of_its_roles_and_a_series_of_its_own():
    service = read_service("surat", FILE)
    edition = replace(SOP, lanes=(Lane("surat.agendaris", "Agendaris"), Lane("tim-yankomas", "Tim")))
    other = replace(service, key="rapat")

    assert list(faults_between(service, [edition], [service, replace(other, series="RR")])) == []
    assert list(faults_between(service, [edition], [other])) == ["layanan.toml: deret 'SM' sudah dipakai layanan rapat"]
    for lane, said in (
        (Lane("surat.x", "X"), "lajur 'surat.x' tidak ada"),
        (None, "peran 'surat.agendaris' tidak punya"),
    ):
        lanes = (*edition.lanes, lane) if lane else edition.lanes[1:]
        (found,) = faults_between(service, [replace(edition, lanes=lanes)], [])
        assert said in found
