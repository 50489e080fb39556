"""Where the rules of the office begin and end: the first and the last day, the largest number, what stays as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.errors import SettingsFault
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.backup_place import PlaceChange
from pipeline.office.nomenclature import numbers_since, renamings, with_periods
from pipeline.office.office import OnePerson
from pipeline.office.office_file import Table
from pipeline.office.post_changes import PostChange, rows_of, with_rows
from pipeline.office.settings_changes import is_untouched, mark_of
from pipeline.office.stored_text import unpacked
from pipeline.office.wording import in_words

FROM = date(2027, 1, 4)


def row(**values):
    return {"mulai": FROM, "nama": "Kanwil Baru", **values}


def test_an_office_is_called_otherwise_from_the_first_day_on():
    office = with_periods(SPECIMEN_OFFICE, renamings(Table("", {"nomenklatur": [row()]})))

    assert office.on(date(2027, 1, 3)).name == SPECIMEN_OFFICE.name
    assert office.on(FROM).name == office.on(date(2029, 1, 1)).name == "Kanwil Baru"


def test_what_a_new_name_does_not_say_stays_as_before_and_what_it_says_is_said():
    head = replace(SPECIMEN_OFFICE.letterhead, contact="Telepon 1")
    before = replace(SPECIMEN_OFFICE, status_page="dulu.example", letterhead=head)
    said = {"kontak": "Telepon 2", "laman_pelapor": "baru.example", "tempat": "Curup"}
    (same,) = renamings(Table("", {"nomenklatur": [row()]}))
    (other,) = renamings(Table("", {"nomenklatur": [row(**said)]}))

    assert (same.of(before).letterhead, same.of(before).status_page) == (before.letterhead, "dulu.example")
    new = other.of(before)
    assert (new.letterhead.contact, new.status_page, new.place) == ("Telepon 2", "baru.example", "Curup")


def test_codes_of_numbers_go_on_until_they_are_said_anew():
    later = date(2028, 1, 3)
    rows = renamings(Table("", {"nomenklatur": [row(mulai=later, unit="W.9"), row()]}))

    assert numbers_since({"unit": "W.8", "klasifikasi": "HA"}, rows) == (
        (FROM, {"unit": "W.8", "klasifikasi": "HA"}),
        (later, {"unit": "W.9", "klasifikasi": "HA"}),
    )


def test_no_day_has_two_new_names():
    with pytest.raises(SettingsFault, match="2027-01-04 juga hari pertama 'Kanwil Baru'"):
        renamings(Table("", {"nomenklatur": [row(), row(nama="Kanwil Lain")]}))
    with pytest.raises(SettingsFault, match="kosong"):
        renamings(Table("", {"nomenklatur": [row(nama=" ")]}))


def test_one_person_may_make_the_steps_of_the_pair_that_is_named_and_of_no_other():
    office = replace(SPECIMEN_OFFICE, one_person=(OnePerson("susun-tanda-tangan", "Lowong."),))

    assert office.reason_for_one("susun-tanda-tangan") == "Lowong."
    assert office.reason_for_one("catat-batal") == ""


@pytest.mark.parametrize(
    ("before", "after", "leaves"),
    [
        ("", "sftp:nas:/cadangan", True),
        ("/mnt/a", "rest:https://nas.example", True),
        ("sftp:nas:/cadangan", "sftp:nas:/cadangan", False),
        ("", "/mnt/a", False),
        ("sftp:nas:/cadangan", "", False),
    ],
)
def test_backups_leave_the_computer_when_their_new_place_is_another_one(before, after, leaves):
    assert PlaceChange(before, after).leaves_the_computer is leaves


def test_a_change_of_a_post_takes_its_place_and_leaves_the_others():
    head, kadiv, new = {"peran": "kakanwil", "nama": "Budi"}, {"peran": "kadiv"}, {"peran": "kadiv", "nama": "Dewi"}
    values = {"jabatan": [kadiv, head]}

    assert rows_of(values, "kadiv") == (kadiv,)
    assert with_rows(values, PostChange("kadiv", (kadiv,), (new,))) == [new, head]
    words = PostChange("kadiv", (), (new,)).words
    assert "Dewi" in words
    assert "kosong" in words
    assert "tanpa nama" in PostChange("kadiv", (), (kadiv,)).words


def test_what_somebody_saw_is_untouched_until_it_is_changed():
    values, keys = {"kantor": {"nama": "A"}}, [("kantor", "nama")]

    assert is_untouched(values, keys, mark_of(values, keys))
    assert not is_untouched({"kantor": {"nama": "B"}}, keys, mark_of(values, keys))


def test_a_detail_may_be_as_long_as_two_thousand_letters_and_a_longer_one_stays_a_text():
    longest = f"['{'a' * 1_996}']"

    assert unpacked(longest) == ["a" * 1_996]
    assert unpacked(longest.replace("a']", "aa']")) == longest.replace("a']", "aa']")


def test_numbers_are_said_up_to_a_thousand_trillion():
    assert [in_words(n) for n in (11, 12, 19, 20)] == ["sebelas", "dua belas", "sembilan belas", "dua puluh"]
    assert in_words(10**15 - 1).startswith("sembilan ratus sembilan puluh sembilan triliun")
    with pytest.raises(ValueError, match="no words"):
        in_words(10**15)
