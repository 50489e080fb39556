"""The table of office hours at its bounds; who is one person; laws, names and lines that are looked up by a key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from usual_standing import USUAL

from pipeline.errors import SettingsFault
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.backup_place import PlaceChange
from pipeline.office.laws import Citation, Laws, Protection, Regulation
from pipeline.office.nomenclature import renamings
from pipeline.office.office_file import Table, hours_of
from pipeline.office.officials import Official, same_nip
from pipeline.office.own_file import line_of
from pipeline.office.person import Person, name_key
from pipeline.office.post_changes import PostChange, read_post_change
from pipeline.office.settings_changes import value_at

HOURS = {"senin": ["07.30-12.00", "13.00-16.00"]}
RAMADAN = {"nama": "Ramadan", "mulai": date(2027, 2, 8), "sampai": date(2027, 3, 9), "senin": ["08.00-15.00"]}


def hours(**said):
    return hours_of(Table("waktu", {"zona": "Asia/Jakarta", "jam_kerja": HOURS, **said}))


def test_hours_are_read_with_days_of_the_calendar_only_where_that_is_said():
    assert not hours().calendar_days
    assert not hours(hari="kerja").calendar_days
    assert hours(hari="kalender").calendar_days
    assert hours().hours[0] == ((time(7, 30), time(12)), (time(13), time(16)))


def test_an_interval_may_begin_where_the_one_before_ends():
    assert len(hours(jam_kerja={"senin": ["07.30-12.00", "12.00-16.00"]}).hours[0]) == 2


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"jam_kerja": {}}, "jam_kerja` kosong"),
        ({"hari": "libur"}, "hari` 'libur' tidak dikenal"),
        ({"jam_kerja": {"senin": ["07.30-12.00", "11.00-16.00"]}}, "bertumpang tindih"),
        ({"jam_kerja": {"senin": ["12.00-07.30"]}}, "terbalik"),
        ({"jam_kerja": {"senin": ["12.00-12.00"]}}, "terbalik"),
        ({"jam_kerja": {"senin": ["07.30Z-12.00"]}}, "bukan jam kerja"),
        ({"jam_kerja": {"senin": ["07.30-12.00Z"]}}, "bukan jam kerja"),
        ({"tutup": ["2026-12-31"]}, "harus daftar tanggal"),
        ({"khusus": [{**RAMADAN, "sampai": date(2027, 2, 7)}]}, "sesudah `sampai`"),
        ({"khusus": [{k: v for k, v in RAMADAN.items() if k != "senin"}]}, "tidak memuat jam kerja"),
        (
            {"khusus": [RAMADAN, {**RAMADAN, "nama": "Lain", "mulai": RAMADAN["sampai"], "sampai": date(2027, 4, 1)}]},
            r"khusus\[2\].mulai` bertumpang tindih dengan Ramadan",
        ),
        (
            {"khusus": [RAMADAN, {**RAMADAN, "nama": "Lain", "mulai": date(2027, 1, 4), "sampai": RAMADAN["mulai"]}]},
            "bertumpang tindih dengan Ramadan",
        ),
    ],
)
def test_hours_that_cannot_be_are_refused_with_the_key(said, named):
    with pytest.raises(SettingsFault, match=named):
        hours(**said)


def test_a_special_period_may_be_a_day_and_follow_another_at_once():
    day = {**RAMADAN, "nama": "Sehari", "mulai": date(2027, 3, 10), "sampai": date(2027, 3, 10)}
    before = {**RAMADAN, "nama": "Sebelum", "mulai": date(2027, 1, 4), "sampai": date(2027, 2, 7)}

    assert len(hours(khusus=[RAMADAN, day, before], tutup=[date(2026, 12, 31)]).special) == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("Budi", "1970"), ("Budi R.", "1970"), True),
        (("Budi", "1970"), ("Budi", "1971"), False),
        (("Budi", "1970"), ("Budi", ""), True),
        (("Budi", ""), ("Sari", ""), False),
        (("", ""), ("", ""), False),
    ],
)
def test_an_official_is_one_person_with_another_by_the_nip_or_where_one_has_none_by_the_name(one, other, same):
    first, second = (Official("kabid", "Kabid", name, nip) for name, nip in (one, other))

    assert first.is_same_person(second) is second.is_same_person(first) is same


def test_two_nips_are_the_same_however_they_are_grouped_and_none_is_like_no_other():
    assert same_nip("1970 01-01", "19700101")
    assert not same_nip("1970", "1971")
    assert not same_nip("", "")
    assert not same_nip("1970", "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Person("budi", "1", "Budi"), Person("budi", "2", "Sari"), True),
        (Person("budi", "1970 01", "Budi"), Person("budi2", "197001", "B. Rekaan"), True),
        (Person("budi", "1970", "Budi"), Person("budi2", "1971", "Budi"), False),
        (Person("budi", "1970", "Budi"), Person("budi2", "", "Budi (admin)"), True),
        (Person("budi", "", "Budi"), Person("sari", "", "Sari"), False),
        (Person("", "", ""), Person("", "", ""), False),
        (Person("", "1970", ""), Person("", "", ""), False),
    ],
)
def test_two_accounts_are_one_persons_by_account_nip_or_name(one, other, same):
    assert one.is_same(other) is other.is_same(one) is same


@pytest.mark.parametrize(
    "name",
    [
        "Siti Rekaan",
        "SITI  REKAAN",
        "Siti Rekaan, S.H.",
        "Siti Rekaan SH",
        "Siti Rekaan S.H. M.H.",
        "Dr. Siti Rekaan",
        "Siti Rekaan 2",
        "Siti Rekaan (admin)",
        "Sit\u00ed Rekaan",
        "Siti\u200b Rekaan",
        "Prof. Dr. Hj. Siti Rekaan",
    ],
)
def test_a_name_is_compared_without_titles_degrees_figures_and_signs(name):
    assert name_key(name) == "sitirekaan"


def test_what_of_a_name_is_all_there_is_stays_its_name():
    assert name_key("12") == "12"
    assert name_key("Hj. Se, S.H.") == name_key("Se") == "se"  # a degree elsewhere
    assert name_key("Siti") != name_key("Rekaan")


DAY, LATER = date(2026, 11, 26), date(2027, 1, 1)
OLD = Regulation("lama", "UU Nomor 1 Tahun 2000", "Contoh", until=DAY)
BARE = Regulation("tanpa", "UU Nomor 2 Tahun 2000")


def test_a_law_is_written_in_full_while_it_is_in_force_and_has_a_title():
    changed = replace(OLD, amended=("UU Nomor 3 Tahun 2001 tentang Perubahan",))
    laws = Laws((changed, BARE), Citation("lama"), (), (), ())
    cited = "UU Nomor 1 Tahun 2000 tentang Contoh"

    assert (
        laws.in_full(cited, DAY) == f"{cited} sebagaimana telah diubah dengan UU Nomor 3 Tahun 2001 tentang Perubahan"
    )
    assert laws.in_brief(cited, DAY) == f"{cited} sebagaimana telah diubah dengan UU Nomor 3 Tahun 2001"
    assert laws.in_full(cited, LATER) == cited
    assert laws.in_full("UU Nomor 2 Tahun 2000 tentang ", DAY) == "UU Nomor 2 Tahun 2000 tentang "


def test_what_protects_a_victim_is_found_by_the_registers_word():
    child, old = (Protection(word, word, Citation("lama"), "") for word in ("anak", "lansia"))
    laws = Laws((OLD,), Citation("lama"), (), (), (child, old))

    assert [laws.protection(word) for word in ("lansia", "anak", "lain")] == [old, child, None]


def test_the_line_of_a_row_is_found_and_none_where_there_is_none():
    text = "a = 1\n[[hak]]\nb = 2\n [[hak]]\n"

    assert [line_of(text, "hak", position) for position in range(3)] == [2, 4, 0]
    assert line_of(text, "lain", 0) == 0


def test_a_new_name_may_bring_another_line_for_asking_how_a_case_stands():
    before = replace(SPECIMEN_OFFICE, status_line="0736-1")
    row = {"mulai": LATER, "nama": "Kanwil Baru"}
    same, other = (renamings(Table("", {"nomenklatur": [r]}))[0] for r in (row, {**row, "tanya_status": "0736-2"}))

    assert (same.of(before).status_line, other.of(before).status_line) == ("0736-1", "0736-2")


def test_a_change_of_the_place_of_backups_says_where_they_went_before():
    assert "sebelumnya: belum ditentukan" in PlaceChange("", "/mnt/a").words
    assert "sebelumnya: /mnt/a" in PlaceChange("/mnt/a", "/mnt/b").words


def test_a_table_gives_texts_that_are_texts_says_what_is_there_and_what_was_probably_meant():
    table = Table("surel", {"tujun": "a", "daftar": ["a", 1], "nama": "b"})

    assert (table.has("nama"), table.has("tiada")) == (True, False)
    assert table.get("nama", str) == "b"
    with pytest.raises(SettingsFault, match="harus daftar teks"):
        table.texts("daftar")
    with pytest.raises(SettingsFault, match=r"surel\.tujun` tidak dikenal"):
        table.get("tujuan", str)
    with pytest.raises(SettingsFault, match=r"surel\.namaa` tidak ada"):
        table.get("namaa", str)  # *nama* was asked for, so it is not what was meant


BUDI, SARI = {"peran": "kabid", "nama": "Budi", "nip": "1970"}, {"peran": "kabid", "nama": "Sari", "nip": "1980"}


@pytest.mark.parametrize(
    ("before", "after", "new"), [((), (BUDI,), True), ((BUDI,), (BUDI,), False), ((), (SARI,), False)]
)
def test_a_post_is_new_to_who_gets_it_and_did_not_have_it(before, after, new):
    assert PostChange("kabid", before, after).is_new_to(Person("budi", "19-70", "Budi R.")) is new


def test_a_change_of_a_post_is_told_with_days_and_the_own_title_of_who_signs_on_behalf():
    row = {**BUDI, "jabatan": "Kabid", "jabatan_sendiri": "Kasubbid", "mulai": LATER}
    change = PostChange("kabid", (BUDI,), ({**row, "sebagai": "a.n."}, {**row, "sebagai": "Plh.", "sampai": LATER}))

    acting, deputy = change.words.partition("; sebelumnya")[0].split("; ")

    assert acting.endswith("Budi, NIP 1970, a.n. Kabid (Kasubbid), sejak 1 Januari 2027")
    assert deputy == "Budi, NIP 1970, Plh. Kabid, sejak 1 Januari 2027, sampai 1 Januari 2027"
    assert read_post_change(change.as_json()) == change


def test_a_role_that_may_no_more_than_usual_is_not_beyond_it():
    fewer, more = (replace(USUAL, lanes={**USUAL.lanes, "kabid": words}) for words in ((), ("memimpin",)))

    assert not any(USUAL.beyond_usual(role) for role in USUAL.lanes)
    assert (fewer.beyond_usual("kabid"), more.beyond_usual("kabid")) == (False, True)


def test_of_a_key_that_is_not_there_nothing_stands_in_the_file():
    values = {"cadangan": {"tujuan": "/mnt/a"}, "nama": "Kanwil"}

    assert value_at(values, ("cadangan", "tujuan")) == "/mnt/a"
    assert [value_at(values, key) for key in (("cadangan", "lain"), ("nama", "lain"), ("tiada", "lain"))] == [None] * 3
