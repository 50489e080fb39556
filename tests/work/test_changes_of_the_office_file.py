"""What is set at the desk, rule by rule on a file in memory: where backups go, by whose word, what a form may say."""

from __future__ import annotations

import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from fakes import MORNING
from usual_standing import USUAL

from pipeline.access.requests import BACKUP
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.backup_place import BACKUP_PLACE, PlaceChange
from pipeline.office.settings_changes import applied, changed_keys, value_at
from pipeline.work.backup_settings import BACKUPS, save_backups, send_backups
from pipeline.work.office_settings import SettingsParts, open_form, require_usable, save
from pipeline.work.official_posts import fill_post, post_mark, post_texts
from pipeline.work.setting_forms import setting_form

EXAMPLE = tomllib.loads((Path(__file__).resolve().parents[2] / "office.toml").read_text(encoding="utf-8"))
FORM = setting_form(BACKUPS)
ELSEWHERE = "sftp:cadangan@nas:/kantor"


class FileInMemory:
    """The office's file, without a disk."""

    def __init__(self, **backups) -> None:
        self.now = applied(EXAMPLE, {(BACKUPS, key): value for key, value in backups.items()})
        self.confirmed_by = None

    def values(self):
        return self.now

    def change(self, part, changes, *, by, at, check, confirmed_by=""):
        after = applied(self.now, changes)
        check(self.now, after)
        keys, self.now, self.confirmed_by = changed_keys(self.now, changes), after, confirmed_by
        return keys


def parts(file: FileInMemory, noted: list[str] | None = None, **more) -> SettingsParts:
    return SettingsParts(file, MORNING, (noted if noted is not None else []).append, **more)


def grants(*asked: str, second: bool = True) -> SimpleNamespace:
    """Who grants what; what was asked for is kept in ``asked``."""
    waiting = [SimpleNamespace(kind=BACKUP, detail=detail) for detail in asked]

    def make(_login, kind, roles, by, _at, detail):
        made = SimpleNamespace(login="", kind=kind, roles=roles, names=(), by=by, at=0.0, detail=detail)
        waiting.append(made)
        return made

    requests = SimpleNamespace(waiting=lambda: waiting, make=make)
    staff = SimpleNamespace(had_any=lambda _roles, *_but: second, of=USUAL)
    told = SimpleNamespace(people=SimpleNamespace(requests=requests), staff=staff, now=0.0, asked=waiting)
    return SimpleNamespace(**vars(told), note=lambda _: None, tell=lambda *_: None)


def set_place(file: FileInMemory, place: str, given: SimpleNamespace):
    opened = open_form(FORM, file)
    answers = {**opened.texts, ".".join(BACKUP_PLACE): place}
    return save_backups(FORM, answers, opened.mark, by="admin", parts=parts(file), grants=given)


@pytest.mark.parametrize(
    ("before", "after", "second", "waits"),
    [
        ("", ELSEWHERE, True, True),
        ("/mnt/lama", ELSEWHERE, True, True),
        ("", ELSEWHERE, False, False),
        ("", "/mnt/cadangan", True, False),
        (ELSEWHERE, ELSEWHERE, True, False),
        (ELSEWHERE, "", True, False),
    ],
)
def test_another_computer_for_backups_waits_for_a_second_person_if_there_is_one(before, after, second, waits):
    file, given = FileInMemory(tujuan=before), grants(second=second)

    saved = set_place(file, after, given)

    assert (saved.waits, [one.detail for one in given.asked]) == (
        waits,
        [PlaceChange(before, after).as_json()] if waits else [],
    )
    assert (value_at(file.now, BACKUP_PLACE) or "") == (before if waits else after)


def test_a_place_that_waits_is_sent_to_as_it_was_asked_and_nothing_that_changed_or_was_settled_meanwhile():
    request = SimpleNamespace(detail=PlaceChange("", ELSEWHERE).as_json(), by="admin")

    def confirm(file: FileInMemory, *, claimed: bool) -> object:
        send_backups(request, by="budi", parts=parts(file), claim=lambda: claimed)
        return value_at(file.now, BACKUP_PLACE), file.confirmed_by

    assert confirm(FileInMemory(), claimed=True) == (ELSEWHERE, "budi")
    with pytest.raises(NotAllowed, match="berubah sejak"):
        confirm(FileInMemory(tujuan="/mnt/lain"), claimed=True)
    with pytest.raises(NotFound, match="diputuskan orang lain"):
        confirm(FileInMemory(), claimed=False)


def faults(values: dict, labels: dict[str, str]) -> dict:
    with pytest.raises(Incomplete) as refused:
        require_usable(values, labels)
    return {name: label for name, (label, _) in refused.value.fields.items()}


def test_a_setting_that_cannot_be_used_is_named_by_its_field_or_the_field_it_is_part_of_or_its_key():
    wrong = applied(EXAMPLE, {("waktu", "jam_kerja", "senin"): ["pagi"]})
    own, whole = {"waktu.jam_kerja.senin": "Senin"}, {"waktu.jam_kerja": "Jam kerja"}

    said = [list(faults(wrong, labels).values()) for labels in (own, whole, {**own, **whole}, {})]

    assert said == [["Senin"], ["Jam kerja"], ["Senin"], ["senin"]]


def test_a_pattern_of_numbers_is_judged_as_one_of_the_register_or_of_letters():
    form = setting_form("penomoran")

    def said(**typed: str) -> set[str]:
        opened = open_form(form, file := FileInMemory())
        answers = {**opened.texts, **{f"nomor.{key}": text for key, text in typed.items()}}
        try:
            save(form, answers, opened.mark, by="admin", parts=parts(file))
        except Incomplete as refused:
            return set(refused.fields)
        return set()

    assert said(register="{urut:04d}/REKAAN/{tahun}", naskah="{unit}-{urut}") == set()
    assert said(register="{unit}-{urut}") == {"nomor.register"}
    assert said(naskah="surat", register="{urut}") == {"nomor.register", "nomor.naskah"}
    assert said(naskah="{urut:0999d}") == {"nomor.naskah"}


def test_only_what_says_something_else_is_noted_and_what_was_empty_stays_unsaid():
    noted: list[str] = []
    opened = open_form(FORM, file := FileInMemory())
    answers = {**opened.texts, "cadangan.simpan_harian": "9"}

    keys = save(FORM, answers, opened.mark, by="admin", parts=parts(file, noted))

    assert keys == ("cadangan.simpan_harian",)
    assert noted == ["cadangan: cadangan.simpan_harian"]
    assert (file.now[BACKUPS]["simpan_harian"], file.now[BACKUPS].get("tujuan", "")) == (9, "")
    with pytest.raises(Incomplete, match="diubah orang lain"):
        save(FORM, dict(opened.texts), opened.mark, by="admin", parts=parts(file, noted))
    again = open_form(FORM, file)
    assert save(FORM, again.texts, again.mark, by="admin", parts=parts(file, noted)) == ()
    assert len(noted) == 1


@pytest.mark.parametrize(
    ("role", "there_is_another", "waits"),
    [("kakanwil", True, True), ("kakanwil", False, False), ("tim-yankomas", True, False)],
)
def test_a_post_that_decides_waits_for_a_second_person_who_could_tell_and_no_other_does(role, there_is_another, waits):
    file, asked, told = FileInMemory(), [], []
    given = grants()
    given.of, given.staff.could_tell = USUAL, lambda _role, *_but: there_is_another
    given.tell = lambda *words: told.append(words)
    given.people.requests.make = lambda _login, kind, roles, by, at, detail: (
        asked.append(detail)
        or SimpleNamespace(login="", kind=kind, roles=roles, names=(role,), by=by, at=0.0, detail=detail)
    )
    answers = {**post_texts(file.now, role), "jabatan.1.nama": "Budi Rekaan"}

    filled = fill_post(role, answers, post_mark(file.now, role), by="admin", parts=parts(file), grants=given)

    names = [row.get("nama", "") for row in file.now["jabatan"] if row["peran"] == role]
    assert (filled.changed, filled.waits, names) == (True, waits, [""] if waits else ["Budi Rekaan"])
    assert bool(asked) is waits
    assert told
    again = post_texts(file.now, role)
    assert not fill_post(role, again, "lama", by="admin", parts=parts(file), grants=given).changed
    with pytest.raises(Incomplete, match="diubah orang lain"):
        fill_post(role, {**again, "jabatan.1.nama": "Eko"}, "lama", by="admin", parts=parts(file), grants=given)
