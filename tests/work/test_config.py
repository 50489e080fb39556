"""office.toml: every mistake is refused by its name, with what was probably meant; the shipped example loads."""

from __future__ import annotations

import tomllib
from datetime import date, time
from pathlib import Path

import pytest

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import SettingsFault
from pipeline.office.store.office_file import read_table
from pipeline.wiring import load_settings as load
from pipeline.work.store.setup import bundled

EXAMPLE = (bundled() / "office.toml").read_text(encoding="utf-8")


@pytest.fixture
def written(tmp_path):
    """Write the example with something changed, and load it."""

    def load_changed(*changes: tuple[str, str], also: str = ""):
        text = EXAMPLE
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new)
        (tmp_path / "office.toml").write_text(text + also, encoding="utf-8")
        return load(tmp_path / "office.toml")

    return load_changed


def test_what_a_file_said_is_not_changed_by_whoever_reads_it(written, tmp_path):
    written()

    assert read_table(tmp_path / "office.toml")._values == tomllib.loads(EXAMPLE)


def test_the_example_that_is_shipped_loads_and_says_what_it_says(written):
    settings = written()

    assert settings.office.name == "Kantor Wilayah Kementerian Hukum dan HAM Bengkulu"
    assert settings.office.place == "Bengkulu"
    assert settings.office.letterhead.ministry[1] == "REPUBLIK INDONESIA"
    assert settings.pattern.write(CaseNumber(2026, 7)) == "0007/YANKOMAS/2026"
    assert str(settings.hours.zone) == "Asia/Jakarta"
    assert settings.hours.hours[4] == ((time(7, 30), time(11, 30)), (time(13), time(16, 30)))
    assert settings.hours.hours[5] == ()
    assert {o.role for o in settings.office.officials} == {"tim-yankomas", "kakanwil", "kadiv", "kabid", "kasubbid"}
    assert not settings.inbox.polling
    assert (settings.inbox.interval, settings.inbox.quiet, settings.inbox.incomplete) == (2, 2, 600)
    assert (settings.inbox.max_pages, settings.inbox.max_bytes, settings.inbox.max_pixels) == (
        500,
        300_000_000,
        180_000_000,
    )
    assert settings.reading.workers == 0


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (('zona = "Asia/Jakarta"', 'zona = "Asia/Jayapura"'), lambda s: str(s.hours.zone) == "Asia/Jayapura"),
        (("tutup = []", "tutup = [2026-12-31]"), lambda s: s.hours.closed == {date(2026, 12, 31)}),
        (('pemantauan = "langsung"', 'pemantauan = "berkala"'), lambda s: s.inbox.polling),
        (("selang_detik = 2", "selang_detik = 0.5"), lambda s: s.inbox.interval == 0.5),
        (("tunggu_menit = 10", "tunggu_menit = 1.5"), lambda s: s.inbox.incomplete == 90),
        (("pekerja = 0", "pekerja = 4"), lambda s: s.reading.workers == 4),
        (("belajar = false", "belajar = true"), lambda s: s.reading.learns),
        (
            ('"{urut:04d}/YANKOMAS/{tahun}"', '"HAM-{urut}.{tahun}"'),
            lambda s: s.pattern.pattern == "HAM-{urut}.{tahun}",
        ),
        (('hari = "kerja"', 'hari = "kalender"'), lambda s: s.hours.calendar_days),
        (
            ('jabatan = "Kepala Bidang HAM"', 'jabatan = "Kepala Bidang HAM"\nsebagai = "Plh."\nmulai = 2026-11-01'),
            lambda s: s.office.holder("kabid", date(2026, 11, 2)).printed_title == "Plh. Kepala Bidang HAM",
        ),
        (
            ('peran = "kabid"', 'peran = "kabid"\nsebagai = "a.n."\njabatan_sendiri = "Kabag"'),
            lambda s: s.office.holder("kabid", date(2026, 11, 2)).signing_title == "a.n. Kepala Bidang HAM\nKabag",
        ),
        (
            ('jabatan = "Kepala Bidang HAM"', 'jabatan = "Kepala Bidang HAM"\nsampai = 2026-11-01'),
            lambda s: s.office.holder("kabid", date(2026, 11, 2)) is None,
        ),
    ],
)
def test_what_the_office_changes_is_what_counts(written, change, seen):
    assert seen(written(change))


@pytest.mark.parametrize(
    ("change", "key", "hint"),
    [
        (("tempat =", "tmpat ="), "kantor.tmpat", "`tempat`"),
        (('zona = "Asia/Jakarta"', 'zona = "Asia/Jakarta"\ntutupp = []'), "waktu.tutupp", "`tutup`"),
        (("pekerja = 0", "pekerja = 0\npekrja = 1"), "pembacaan.pekrja", "`pekerja`"),
        (("halaman = 500", "halaman = 500\nhalamann = 5"), "kotak_masuk.batas.halamann", "`halaman`"),
        (("senin =", "senen ="), "waktu.jam_kerja.senen", "`senin`"),
        (('jabatan = "Petugas Yankomas"', 'jabatan = "Petugas Yankomas"\nnnip = "1"'), "jabatan[1].nnip", "`nip`"),
        (("selang_detik = 2", "selang_detik = 2\nentah = 1"), "kotak_masuk.entah", "Yang dikenal"),
    ],
)
def test_an_unknown_key_is_named_with_the_one_that_was_probably_meant(written, change, key, hint):
    with pytest.raises(SettingsFault) as refusal:
        written(change)

    assert f"`{key}`" in refusal.value.message
    assert hint in refusal.value.remedy


def test_an_unknown_table_is_named_too(written):
    with pytest.raises(SettingsFault, match="`pembacaann` tidak dikenal") as refusal:
        written(also="\n[pembacaann]\npekerja = 1\n")

    assert "`pembacaan`" in refusal.value.remedy


TABLES = ["kantor", "nomor", "waktu", "kotak_masuk", "pembacaan"]


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_table_is_named(tmp_path, name):
    lines, skipping = [], False
    for line in EXAMPLE.splitlines():
        if line.startswith("["):
            skipping = line.strip("[]").split(".")[0] == name
        if not skipping:
            lines.append(line)
    (tmp_path / "office.toml").write_text("\n".join(lines))

    with pytest.raises(SettingsFault, match=f"`{name}` tidak ada"):
        load(tmp_path / "office.toml")


def _settings_of(table, where=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _settings_of(value, f"{where}{key}.")
        elif key not in ("jabatan", "wilayah"):
            yield f"{where}{key}"


_MAY_BE_MISSING = ("web", "cadangan", "segel", "tanda_tangan", "surel", "kotak_surel", "masa_simpan")
OPTIONAL = {
    "kantor.laman_pelapor",
    "kantor.kertas",
    "waktu.tutup",
    "waktu.buka",
    "waktu.hari",
    "pembacaan.belajar",
    *(f"waktu.jam_kerja.{d}" for d in ("senin", "selasa", "rabu", "kamis", "jumat")),
    # Offices from before the web desk, or that have not decided where their backups go, have none of these.
    *(f"nomor.deret.{k}" for k in tomllib.loads(EXAMPLE)["nomor"]["deret"]),
    *(f"{table}.{k}" for table in _MAY_BE_MISSING for k in tomllib.loads(EXAMPLE)[table]),
    *(f"tanda_tangan.bsre.{k}" for k in tomllib.loads(EXAMPLE)["tanda_tangan"]["bsre"]),
}
ALL = sorted(_settings_of(tomllib.loads(EXAMPLE)))


def _without(key: str) -> str:
    """Return the example without one setting."""
    table, _, name = key.rpartition(".")
    inside, lines = "", []
    for line in EXAMPLE.splitlines():
        if line.startswith("["):
            inside = line.strip("[]")
        if not (inside == table and line.startswith(f"{name} =")):
            lines.append(line)
    return "\n".join(lines)


@pytest.mark.parametrize("key", ALL)
def test_every_setting_of_the_example_is_known_and_missed_when_it_is_needed(tmp_path, key):
    (tmp_path / "office.toml").write_text(_without(key))
    assert key not in _settings_of(tomllib.loads(_without(key)))

    if key in OPTIONAL:
        load(tmp_path / "office.toml")
    else:
        with pytest.raises(SettingsFault, match=f"`{key}` tidak ada".replace(".", r"\.")):
            load(tmp_path / "office.toml")


@pytest.mark.parametrize(("written", "height"), [("A4", 297), ("F4", 330)])
def test_an_office_says_on_which_paper_it_prints(tmp_path, written, height):
    (tmp_path / "office.toml").write_text(EXAMPLE.replace('kertas = "A4"', f'kertas = "{written}"'))

    assert load(tmp_path / "office.toml").office.paper.height == height


def test_a_paper_that_nobody_knows_is_refused_with_those_there_are(tmp_path):
    (tmp_path / "office.toml").write_text(EXAMPLE.replace('kertas = "A4"', 'kertas = "Folio"'))

    with pytest.raises(SettingsFault, match=r"kantor\.kertas.*Folio") as caught:
        load(tmp_path / "office.toml")

    assert "A4, F4" in caught.value.remedy


def test_the_regencies_of_the_example_are_the_ten_of_bengkulu(tmp_path):
    (tmp_path / "office.toml").write_text(EXAMPLE)
    regions = load(tmp_path / "office.toml").office.regions

    assert len(regions) == 10
    assert len({place for region in regions for place in region.places}) == sum(len(r.places) for r in regions)


@pytest.mark.parametrize(
    ("old", "new", "named"), [("tempat = [", "tempat = 1 #", "tempat"), ("nama = ", "name = ", "name")]
)
def test_a_regency_that_is_written_wrongly_is_named(tmp_path, old, new, named):
    head, mark, tail = EXAMPLE.partition("[[wilayah]]")
    entry = '\nnama = "Kota Contoh"\ntempat = ["Contoh"]\n\n'.replace(old, new)
    (tmp_path / "office.toml").write_text(head + mark + entry + mark + tail)

    with pytest.raises(SettingsFault, match=rf"wilayah\[1\]\.{named}"):
        load(tmp_path / "office.toml")


@pytest.mark.parametrize("address", ["yankomas.contoh.go.id /status", "x" * 49])
def test_an_address_that_the_receipt_has_no_room_for_is_refused(tmp_path, address):
    (tmp_path / "office.toml").write_text(EXAMPLE.replace('laman_pelapor = ""', f'laman_pelapor = "{address}"'))

    with pytest.raises(SettingsFault, match=r"kantor\.laman_pelapor"):
        load(tmp_path / "office.toml")


def test_an_office_that_names_no_regencies_has_none(tmp_path):
    head, _, tail = EXAMPLE.partition("[[wilayah]]")
    (tmp_path / "office.toml").write_text(head + tail[tail.index("# Siapa memegang") :])

    assert load(tmp_path / "office.toml").office.regions == ()


@pytest.mark.parametrize("wrong", ["true", "[[]]", "{ a = 1 }", "07:30:00"])
@pytest.mark.parametrize("key", ALL)
def test_a_setting_of_the_wrong_type_is_named(tmp_path, key, wrong):
    table, _, name = key.rpartition(".")
    if wrong == "true" and key == "pembacaan.belajar":
        wrong = '"ya"'
    inside, lines = "", []
    for line in EXAMPLE.splitlines():
        if line.startswith("["):
            inside = line.strip("[]")
        lines.append(f"{name} = {wrong}" if inside == table and line.startswith(f"{name} =") else line)
    (tmp_path / "office.toml").write_text("\n".join(lines))

    with pytest.raises(SettingsFault, match=key.replace(".", r"\.")):
        load(tmp_path / "office.toml")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('zona = "Asia/Jakarta"', 'zona = "Asia/Bengkulu"'), "waktu.zona"),
        (('zona = "Asia/Jakarta"', 'zona = "Asia"'), "waktu.zona"),
        (('zona = "Asia/Jakarta"', 'zona = "../../etc/passwd"'), "waktu.zona"),
        (('hari = "kerja"', 'hari = "bebas"'), "waktu.hari"),
        (("tutup = []", 'tutup = ["2026-12-31"]'), "waktu.tutup"),
        (("tutup = []", "tutup = [2026-12-31T00:00:00]"), "waktu.tutup"),
        (('jumat = ["07.30-11.30"', 'jumat = ["11.30-07.30"'), "waktu.jam_kerja.jumat"),
        (('jumat = ["07.30-11.30"', 'jumat = ["pagi"'), "waktu.jam_kerja.jumat"),
        (('jumat = ["07.30-11.30"', 'jumat = ["07.30-25.00"'), "waktu.jam_kerja.jumat"),
        (('jumat = ["07.30-11.30"', "jumat = [7.30"), "waktu.jam_kerja.jumat"),
        (('jumat = ["07.30-11.30", "13.00-16.30"]', 'jumat = ["13.00-16.30", "07.30-11.30"]'), "waktu.jam_kerja.jumat"),
        (('jumat = ["07.30-11.30", "13.00-16.30"]', 'jumat = ["07.30-14.00", "13.00-16.30"]'), "waktu.jam_kerja.jumat"),
        (('peran = "kadiv"', 'peran = "kadif"'), r"jabatan\[3\].peran"),
        (('peran = "kadiv"', 'peran = "kadiv"\nsebagai = "Pjs."'), r"jabatan\[3\].sebagai"),
        (('peran = "kadiv"', 'peran = "kadiv"\nsebagai = "a.n."'), r"jabatan\[3\].jabatan_sendiri"),
        (('peran = "kadiv"', 'peran = "kadiv"\njabatan_sendiri = "Kabag"'), r"jabatan\[3\].jabatan_sendiri"),
        (('peran = "kadiv"', 'peran = "kadiv"\nmulai = 2026-11-01T00:00:00'), r"jabatan\[3\].mulai"),
        (('peran = "kadiv"', 'peran = "kadiv"\nmulai = 2026-11-02\nsampai = 2026-11-01'), r"jabatan\[3\]"),
        (('pemantauan = "langsung"', 'pemantauan = "kadang"'), "kotak_masuk.pemantauan"),
        (("selang_detik = 2", "selang_detik = 0"), "kotak_masuk.selang_detik"),
        (("diam_detik = 2", "diam_detik = -1"), "kotak_masuk.diam_detik"),
        (("tunggu_menit = 10", "tunggu_menit = inf"), "kotak_masuk.tunggu_menit"),
        (("tunggu_menit = 10", "tunggu_menit = nan"), "kotak_masuk.tunggu_menit"),
        (("halaman = 500", "halaman = 0"), "kotak_masuk.batas.halaman"),
        (("megabita = 300", "megabita = -300"), "kotak_masuk.batas.megabita"),
        (("megapiksel = 180", "megapiksel = 0"), "kotak_masuk.batas.megapiksel"),
        (("pekerja = 0", "pekerja = 65"), "pembacaan.pekerja"),
        (("pekerja = 0", "pekerja = -1"), "pembacaan.pekerja"),
        (('kementerian = ["KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA"', "kementerian = [74"), "kantor.kementerian"),
        (('"{urut:04d}/YANKOMAS/{tahun}"', '"{urut:04d}/YANKOMAS"'), "Pola nomor register"),
    ],
)
def test_a_value_that_cannot_be_right_is_refused_naming_its_key(written, change, named):
    with pytest.raises(SettingsFault, match=named) as refusal:
        written(change)

    assert refusal.value.remedy


def test_an_office_that_never_opens_is_refused(written):
    week = EXAMPLE[EXAMPLE.index("senin =") : EXAMPLE.index("# Siapa memegang")]

    with pytest.raises(SettingsFault, match="jam_kerja` kosong"):
        written((week, ""))


def test_a_misspelt_role_is_answered_with_the_nearest_one(written):
    with pytest.raises(SettingsFault) as refusal:
        written(('peran = "kakanwil"', 'peran = "kakanwill"'))

    assert refusal.value.remedy == "Pilih: kakanwil."


@pytest.mark.parametrize("content", [b"[kantor", b"nama = ", b"\xff\xfe", b"a = 1\na = 2"])
def test_a_file_that_is_no_toml_is_said_so(tmp_path, content):
    (tmp_path / "office.toml").write_bytes(content)

    with pytest.raises(SettingsFault, match=r"office\.toml tidak dapat dibaca"):
        load(tmp_path / "office.toml")


def test_a_missing_file_says_how_to_make_one(tmp_path):
    with pytest.raises(SettingsFault, match=r"office\.toml tidak ada") as refusal:
        load(tmp_path / "office.toml")

    assert "yankomas init" in refusal.value.remedy


def test_a_folder_of_that_name_is_no_settings_file(tmp_path):
    (tmp_path / "office.toml").mkdir()

    with pytest.raises(SettingsFault, match=r"office\.toml tidak ada"):
        load(tmp_path / "office.toml")


def test_a_root_that_is_a_file_is_said_so(tmp_path):
    (tmp_path / "kantor").write_text("x")

    with pytest.raises(SettingsFault, match=r"office\.toml tidak dapat dibaca"):
        load(tmp_path / "kantor" / "office.toml")


def test_a_file_saved_by_a_windows_editor_loads(tmp_path):
    (tmp_path / "office.toml").write_bytes(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode())

    assert load(tmp_path / "office.toml").office.place == "Bengkulu"


def test_a_list_where_a_table_belongs_is_said_so(tmp_path):
    (tmp_path / "office.toml").write_text("jabatan = [1]\n" + EXAMPLE.replace("[[jabatan]]", "[[bukan_jabatan]]"))

    with pytest.raises(SettingsFault, match=r"jabatan\[1\]` harus berupa tabel"):
        load(tmp_path / "office.toml")


def test_every_edition_of_the_sop_that_is_shipped_can_be_read():
    folders = sorted(p.name for p in (Path(__file__).parents[2] / "pipeline" / "cases" / "sop_files").iterdir())

    assert [edition.key for edition in editions()] == folders
