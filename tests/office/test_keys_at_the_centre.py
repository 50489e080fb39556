"""The keys of an office of many: its own folder makes them, and no other one works with any that is not the same."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingsFault
from pipeline.office.office_keys import OFFICE_KEYS, mark_of
from pipeline.office.store.keys import Keyring, key
from pipeline.office.store.postgres_keys import OfficeKeyring, RunFrom, tell_keys

OWN = "meja-rekaan:/srv/kantor"
TAKING = "`di-sini`"


@pytest.fixture
def opened(central_office, tmp_path):
    """What opens the keys of a folder as a process does: of the office's own, of another, or while none is named."""

    def keyring(folder: str, run_from: str = OWN, **how) -> OfficeKeyring:
        found = RunFrom(here=folder == "kantor" and bool(run_from), place=run_from, taking=TAKING)
        place = tmp_path / folder
        return OfficeKeyring(place / ".kunci", place / ".sidik", lambda: central_office[0], lambda: found, **how)

    return keyring


def known_at_the_centre(database) -> dict[str, str]:
    return dict(database.rows("SELECT name, mark FROM office_key"))


def put(keyring: OfficeKeyring, name: str, secret: bytes) -> None:
    """Lay a key into a folder, as a person copies it."""
    keyring._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (keyring._folder / name).write_bytes(secret)
    (keyring._folder / name).chmod(0o600)


def test_the_office_s_folder_makes_its_keys_and_tells_the_centre_nothing_by_which_they_can_be_made(
    opened, central_office
):
    own = opened("kantor")

    own.require()

    secrets = {name: own.key(name) for name in OFFICE_KEYS}
    assert known_at_the_centre(central_office[0]) == {name: mark_of(name, key) for name, key in secrets.items()}
    assert len({*secrets.values()}) == len({mark_of(name, b"k" * 32) for name in OFFICE_KEYS}) == len(OFFICE_KEYS)
    with central_office[0].transaction() as running:
        rows = str(running.execute("SELECT * FROM office_key").fetchall())
    assert not any(key.hex() in rows or repr(key) in rows for key in secrets.values())
    again = opened("kantor")
    again.require()
    assert {name: again.key(name) for name in OFFICE_KEYS} == secrets


def test_an_office_that_moves_in_tells_the_keys_that_it_has_and_none_is_made_by_that(opened, central_office):
    own = opened("kantor")
    secret = Keyring(own._folder, own._marks).key("segel")

    tell_keys(central_office[0], own._folder, own._marks)

    assert known_at_the_centre(central_office[0]) == {"segel": mark_of("segel", secret)}
    assert [path.name for folder in (own._folder, own._marks) for path in folder.iterdir()] == ["segel", "segel"]
    other = opened("lain")
    put(other, "segel", secret)
    with pytest.raises(SettingsFault, match="Kunci ketikan, kode-halaman, kode-status kantor ini belum tercatat"):
        other.require()
    own.require()
    assert {*known_at_the_centre(central_office[0])} == {*OFFICE_KEYS}


def test_another_folder_makes_no_key_and_works_once_the_office_s_are_copied(opened):
    own, other = opened("kantor"), opened("lain")
    with pytest.raises(SettingsFault, match=r"Kunci ketikan, .*segel kantor ini belum tercatat") as early:
        other.require()
    assert f"satu kali di {OWN}" in early.value.remedy
    own.require()

    with pytest.raises(SettingsFault, match=r"Kunci segel kantor ini tidak ada di mesin ini") as missing:
        other.key("segel")
    assert missing.value.remedy == (
        f"Salin .kunci/segel dari {OWN} atau cadangannya ke {other._folder} (milik pengguna program ini, chmod 600), "
        "lalu jalankan lagi."
    )
    assert (other.known("segel"), other._folder.exists()) == (None, False)

    for name in OFFICE_KEYS:
        put(other, name, own.key(name))
    other.require()
    assert [other.known(name) for name in OFFICE_KEYS] == [own.key(name) for name in OFFICE_KEYS]
    assert other.faults() == []


def test_a_key_that_the_folder_had_made_before_gives_way_to_the_office_s(opened):
    own, other = opened("kantor"), opened("lain")
    Keyring(other._folder, other._marks).key("segel")
    own.require()

    with pytest.raises(SettingsFault, match=r"Kunci segel di mesin ini .* bukan kunci kantor ini"):
        other.key("segel")
    put(other, "segel", own.key("segel"))

    assert other.key("segel") == own.key("segel")
    assert Keyring(other._folder, other._marks).fault("segel") is None  # and stays, should the office move out


def test_a_machine_that_only_draws_is_not_said_to_lack_the_others(opened):
    own, worker = opened("kantor"), opened("pekerja", needed=lambda: ("kode-halaman",))
    own.require()
    assert [fault.message.split()[1] for fault in worker.faults()] == ["kode-halaman"]

    put(worker, "kode-halaman", own.key("kode-halaman"))

    assert worker.faults() == []
    put(worker, "segel", b"k" * 32)
    Keyring(worker._folder, worker._marks).key("segel")  # it was worked with
    assert "Kunci segel di mesin ini" in worker.faults()[0].message


def test_while_nobody_has_named_a_folder_each_works_with_its_own_and_the_centre_is_told_nothing(opened, central_office):
    first, second = opened("kantor", ""), opened("lain", "")

    assert first.key("segel") != second.key("segel")
    assert first.faults() == second.faults() == []
    assert known_at_the_centre(central_office[0]) == {}


def test_a_key_lost_in_the_office_s_own_folder_is_never_made_anew_until_a_person_says_that_it_is_lost(opened):
    own, other = opened("kantor"), opened("lain")
    own.require()
    before = {name: own.key(name) for name in OFFICE_KEYS}
    for name in OFFICE_KEYS:
        put(other, name, before[name])
    for folder in (own._folder, own._marks):  # also where its fingerprint is gone
        (folder / "segel").unlink()
    own = opened("kantor")

    with pytest.raises(SettingsFault, match="Kunci segel kantor ini tidak ada") as lost:
        own.require()
    assert "dari cadangan kantor ini" in lost.value.remedy
    assert f"{TAKING} --kunci-hilang" in lost.value.remedy
    with pytest.raises(SettingsFault):
        own.take(lost=False)
    assert not (own._folder / "segel").exists()
    own.take(lost=True)

    own.require()
    assert own.key("segel") != before["segel"]
    assert all(own.key(name) == before[name] for name in OFFICE_KEYS if name != "segel")
    with pytest.raises(SettingsFault, match=r"Kunci segel di mesin ini .* bukan kunci kantor ini"):
        opened("lain").require()


def test_a_mark_that_somebody_changed_at_the_centre_is_told_from_a_key_that_was(opened, central_office):
    own = opened("kantor")
    own.require()
    secrets = {name: own.key(name) for name in OFFICE_KEYS}
    with central_office[0].transaction() as running:
        running.execute("UPDATE office_key SET mark = %s WHERE name = 'segel'", (mark_of("segel", b"k" * 32),))
    own = opened("kantor")

    with pytest.raises(SettingsFault, match="Sidik kunci segel di pusat bukan dari kunci di folder ini") as told:
        own.require()
    assert f"{TAKING} --kunci-hilang; kunci yang ada di sini tetap" in told.value.remedy
    assert [fault.message for fault in own.faults()] == [told.value.message]

    own.take(lost=True)
    assert {name: opened("kantor").key(name) for name in OFFICE_KEYS} == secrets

    put(own, "segel", b"l" * 32)
    with pytest.raises(SettingsFault, match="Kunci segel di mesin ini"):
        opened("kantor").require()


def test_who_is_at_work_learns_of_another_key_and_takes_it_once_it_is_copied(opened):
    own, other = opened("kantor"), opened("lain")
    assert other.look_again() == []
    own.require()
    for name in OFFICE_KEYS:
        put(other, name, own.key(name))
    other.require()
    assert (own.look_again(), other.look_again(), own.edition, other.edition) == ([], [], 0, 0)
    (own._folder / "segel").unlink()

    opened("kantor").take(lost=True)  # as a person says it while both are at work

    assert (own.look_again(), own.edition) == ([], 1)
    assert [other.look_again(), other.look_again(), other.edition] == [["segel"], ["segel"], 0]
    put(other, "segel", own.key("segel"))
    assert (other.look_again(), other.edition) == ([], 1)
    assert other.key("segel") == own.key("segel")


def test_a_mark_that_somebody_changed_stops_nothing_that_runs_in_the_office_s_folder_and_is_named(
    opened, central_office
):
    own, other = opened("kantor"), opened("lain")
    own.require()
    for name in OFFICE_KEYS:
        put(other, name, own.key(name))
    other.require()
    assert own.exchanged() == []
    with central_office[0].transaction() as running:
        running.execute("UPDATE office_key SET mark = %s WHERE name = 'segel'", (mark_of("segel", b"k" * 32),))

    assert (own.look_again(), own.edition, own.exchanged()) == ([], 0, ["segel"])
    assert own.key("segel") == key(own._folder / "segel")
    assert other.look_again() == ["segel"]  # which cannot know whether a person said so there
    put(own, "segel", b"l" * 32)
    assert own.look_again() == ["segel"]
    assert own.exchanged() == []  # what is another is the key


def test_a_folder_that_has_the_office_s_keys_is_taken_without_a_word_about_them(opened, central_office):
    own, other = opened("kantor"), opened("lain")
    own.require()
    for name in OFFICE_KEYS:
        put(other, name, own.key(name))
    before = known_at_the_centre(central_office[0])

    other.take(lost=False)

    assert known_at_the_centre(central_office[0]) == before
    assert other.marked() == [*OFFICE_KEYS]
    own.require()


def test_the_first_folder_that_a_person_names_gives_the_office_its_keys(opened):
    first = opened("kantor", "")
    secret = first.key("segel")

    first.take(lost=False)

    assert opened("kantor").key("segel") == secret
    with pytest.raises(SettingsFault, match="tidak ada di mesin ini"):
        opened("lain").require()


def test_a_key_that_others_can_read_is_told_as_on_one_pc(opened):
    own = opened("kantor")
    own.require()
    (own._folder / "segel").chmod(0o644)

    for keyring in (own, opened("kantor")):
        with pytest.raises(SettingsFault, match="dapat dibaca orang lain"):
            keyring.require()


def test_work_that_fails_around_it_does_not_take_back_what_the_centre_was_told(opened, central_office):
    own = opened("kantor")

    def work() -> None:
        with central_office[0].transaction():
            own.key("segel")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        work()

    assert known_at_the_centre(central_office[0]) == {"segel": mark_of("segel", own.key("segel"))}
