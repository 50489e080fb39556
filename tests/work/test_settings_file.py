"""office.toml: every setting is checked, and a fault names the key, the fact and the remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.cases.sop_words import OUTGOING
from pipeline.errors import SettingsFault
from pipeline.wiring import load_settings as load

EXAMPLE = (Path(__file__).resolve().parents[2] / "office.toml").read_text(encoding="utf-8")


PERIOD = """
[[waktu.khusus]]
nama = "Ramadan"
mulai = 2027-02-08
sampai = 2027-03-09
senin = ["08.00-15.00"]

"""


def office(tmp_path, text: str) -> Path:
    path = tmp_path / "office.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_example_that_comes_with_the_software_loads(tmp_path):
    settings = load(office(tmp_path, EXAMPLE))

    assert settings.office.place == "Bengkulu"
    assert settings.inbox.incomplete == 600
    assert settings.naskah[OUTGOING].write(12, 2026) == "W.8.HA.01.07-12"


def test_a_mark_that_windows_puts_before_the_text_is_borne(tmp_path):
    assert load(office(tmp_path, "\ufeff" + EXAMPLE)).office.place == "Bengkulu"


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("tempat =", "tmpat =", r"kantor\.tmpat. tidak dikenal.*Maksudnya .tempat."),
        ("[pembacaan]", "[pembacaan]\npekrja = 1", r"pembacaan\.pekrja. tidak dikenal.*pekerja"),
        ("pekerja = 0", "pekerja = -1", r"pembacaan\.pekerja. -1 di luar"),
        ("pekerja = 0", 'pekerja = "dua"', r"pembacaan\.pekerja. berisi 'dua' yang salah jenis"),
        ("diam_detik = 2 ", "diam_detik = -2 ", r"diam_detik. -2 di luar"),
        ("diam_detik = 2 ", "diam_detik = nan ", r"diam_detik. nan di luar"),
        ("tunggu_menit = 10 ", "tunggu_menit = inf ", r"tunggu_menit. inf di luar"),
        ("halaman = 500", "halaman = 0", r"halaman. 0 di luar"),
        ('zona = "Asia/Jakarta"', 'zona = "Asia/Bengkulu"', r"waktu\.zona. 'Asia/Bengkulu' tidak dikenal"),
        ('"07.30-12.00"', '"12.00-07.30"', r"jam_kerja\.senin. '12.00-07.30' terbalik"),
        ('"07.30-12.00"', '"pagi"', r"jam_kerja\.senin. 'pagi' bukan jam kerja"),
        ('"07.30-12.00"', '"07.30Z-12.00"', r"jam_kerja\.senin. '07.30Z-12.00' bukan jam kerja"),
        ('"07.30-12.00"', '"07.30Z-12.00Z"', r"jam_kerja\.senin. '07.30Z-12.00Z' bukan jam kerja"),
        ("tutup = []", 'tutup = ["2026-12-31"]', r"waktu\.tutup. harus daftar tanggal"),
        ("buka = []", 'buka = ["2026-12-31"]', r"waktu\.buka. harus daftar tanggal"),
        ("[kotak_masuk]\n", PERIOD.replace('"Ramadan"', "1") + "[kotak_masuk]\n", r"waktu\.khusus\[1\]\.nama"),
        (
            "[kotak_masuk]\n",
            PERIOD.replace("2027-02-08", "2027-04-08") + "[kotak_masuk]\n",
            r"waktu\.khusus\[1\]\.mulai. sesudah",
        ),
        ("[kotak_masuk]\n", PERIOD + PERIOD + "[kotak_masuk]\n", r"waktu\.khusus\[2\]\.mulai. bertumpang"),
        ('hari = "kerja"', 'hari = "pasar"', r"waktu\.hari. 'pasar' tidak dikenal"),
        ('peran = "kadiv"', 'peran = "kadif"', r"jabatan\[3\]\.peran. 'kadif' tidak dikenal.*kadiv"),
        ('peran = "kadiv"', 'peran = "kadiv"\nsebagai = "Pgs."', r"sebagai. 'Pgs\.' tidak dikenal"),
        ('peran = "kadiv"', 'peran = "kadiv"\nmulai = 2026-02-01\nsampai = 2026-01-01', r"mulai. sesudah"),
        ("{urut:04d}/YANKOMAS/{tahun}", "{urut:04d}/YANKOMAS", r"Pola nomor register"),
        ("{unit}.{klasifikasi}-{urut}", "{unit}-{nomor}", r"Pola nomor naskah"),
        ("{unit}.{klasifikasi}-{urut}", "{urut:099999d}", r"Pola nomor naskah"),
        ("{urut:04d}/YANKOMAS/{tahun}", "{urut:099999d}/{tahun}", r"Pola nomor register"),
        ('pemantauan = "langsung"', 'pemantauan = "kadang"', r"pemantauan. 'kadang' tidak dikenal"),
        ("[nomor]", "[nomor", r"office\.toml tidak dapat dibaca"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_by_name(tmp_path, old, new, named):
    assert old in EXAMPLE

    with pytest.raises(SettingsFault) as refusal:
        load(office(tmp_path, EXAMPLE.replace(old, new, 1)))

    assert re.search(named, str(refusal.value))
    assert refusal.value.remedy


def test_no_day_is_both_closed_and_open(tmp_path):
    text = EXAMPLE.replace("tutup = []", "tutup = [2026-12-25]").replace("buka = []", "buka = [2026-12-25]")

    with pytest.raises(SettingsFault, match=r"waktu\.buka. memuat 2026-12-25"):
        load(office(tmp_path, text))


def test_a_folder_that_is_no_office_says_how_to_make_one(tmp_path):
    with pytest.raises(SettingsFault, match="yankomas init"):
        load(tmp_path / "office.toml")
