"""What a service's file may say: every fault of it is named, none is left to be met by who gives numbers."""

import pytest

from pipeline.cases.public_service import read_service
from pipeline.errors import SettingsFault

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
    ],
)
def test_what_no_list_can_show_or_tell_apart_is_refused(text, why):
    with pytest.raises(SettingsFault, match=why):
        read_service("surat", text)

    assert read_service("surat", FILE).roles == {"surat.agendaris": "menangani"}
