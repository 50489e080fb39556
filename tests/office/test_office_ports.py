"""Clock, chance and keys keep what they promise: the fakes, and the real ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from fakes import WIB, FixedChance, FixedClock
from office_fakes import FakeKeys

from pipeline.errors import SettingsFault
from pipeline.office.code_alphabet import SPOKEN
from pipeline.office.store.keys import Keyring
from pipeline.office.store.postgres_keys import OfficeKeyring, RunFrom
from pipeline.office.store.server_clock import ServerClock
from pipeline.office.store.system_clock import SystemChance, SystemClock


@pytest.mark.parametrize(
    "clock",
    [FixedClock(), SystemClock(WIB), ServerClock(WIB, lambda: datetime.now(UTC))],
    ids=["fake", "system", "server"],
)
def test_a_clock_tells_seconds_in_the_offices_zone(clock):
    first, second = clock.now(), clock.now()

    assert (first.tzinfo, first.microsecond) == (WIB, 0)
    assert first <= second


@pytest.mark.parametrize("chance", [FixedChance(), SystemChance()], ids=["fake", "system"])
def test_a_status_code_is_three_groups_of_letters_that_can_be_read_aloud(chance):
    assert re.fullmatch(rf"(?:[{SPOKEN}]{{4}}-){{2}}[{SPOKEN}]{{4}}", chance.code())


class KeyFiles(Keyring):
    """The keys in a folder, with what tests do to them."""

    def __init__(self, folder):
        super().__init__(folder / ".kunci", folder / ".sidik")
        self._lost = folder / ".kunci"

    def lose(self, name):
        (self._lost / name).unlink()


class KeysAtTheCentre(OfficeKeyring):
    """The keys in the folder of an office of many, likewise."""

    def __init__(self, folder, database):
        here = RunFrom(here=True, place=str(folder), taking="")
        super().__init__(folder / ".kunci", folder / ".sidik", lambda: database, lambda: here)

    def lose(self, name):
        (self._folder / name).unlink()


@pytest.fixture(params=["fake", "files", "postgres"])
def keys(request, tmp_path):
    if request.param == "postgres":
        return KeysAtTheCentre(tmp_path, request.getfixturevalue("central_office")[0])
    return FakeKeys() if request.param == "fake" else KeyFiles(tmp_path)


def test_a_key_is_made_at_its_first_use_and_stays(keys):
    assert (keys.known("segel"), keys.fault("segel"), keys.faults()) == (None, None, [])

    made = keys.key("segel")

    assert len(made) == 32
    assert keys.key("segel") == keys.known("segel") == made
    assert keys.key("kode-halaman") != made


def test_a_key_that_was_lost_is_told_and_never_made_anew(keys):
    for name in ("segel", "kode-halaman"):
        keys.key(name)
    keys.lose("segel")

    with pytest.raises(SettingsFault, match=r"Kunci segel (hilang|kantor ini tidak ada)"):
        keys.key("segel")

    assert keys.known("segel") is None
    assert len(keys.faults()) == 1
    assert str(keys.fault("segel")) == str(keys.faults()[0])
