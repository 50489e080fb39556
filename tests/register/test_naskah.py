"""The series of naskah numbers: gapless, never given twice, whoever dies while taking one."""

from __future__ import annotations

import os
import re
import shutil
import signal
from dataclasses import replace
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from crash import Effects, in_child
from fakes import MORNING, WIB, FixedClock
from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide import decide
from pipeline.cases.sop_words import OUTGOING
from pipeline.errors import Incomplete
from pipeline.register.naskah_numbers import NaskahPattern
from pipeline.register.store.naskah_series import NaskahSeries

LETTER = "04-permintaan-kelengkapan"
TEAM = Actor("tim-yankomas", "penguji")
REGISTER = {
    "cara_penyampaian": "pos",
    "perihal": "Sengketa tanah",
    "pelapor": ["Siti Rekaan"],
    "terlapor": ["PT Rekaan"],
    "ringkasan": "Tanah diambil",
    "hak": ["rasa aman"],
}
WAY = [
    ("konfirmasi", "tim-yankomas", REGISTER),
    ("sampaikan", "tim-yankomas", {}),
    ("disposisi", "kakanwil", {"isi_disposisi": "Telaah"}),
    ("disposisi", "kadiv", {"isi_disposisi": "Telaah"}),
    ("disposisi", "kabid", {"isi_disposisi": "Telaah"}),
    ("minta-kelengkapan", "tim-yankomas", {"kekurangan": ["KTP"]}),
]


#: So many cases have a letter without a number in the office of these tests.
CASES = 8


@pytest.fixture(scope="module")
def origin(tmp_path_factory) -> Path:
    """The office before any letter has its number: to be copied, for drafting them takes longest."""
    office = FakeOffice(tmp_path_factory.mktemp("asal") / "kantor")
    for n in range(CASES):
        office.drop(f"surat-{n}.pdf", f"Surat {n}".encode())
    office.run_once()
    for number in office.root.layout.numbers(2026):
        for move, role, typed in WAY:
            office.decide(number, move, role, typed)
    return office.root.layout.root


@pytest.fixture
def office(origin, tmp_path) -> FakeOffice:
    """A copy of it."""
    return copied(origin, tmp_path / "kantor")


def copied(origin: Path, folder: Path) -> FakeOffice:
    shutil.copytree(origin, folder)
    return FakeOffice(folder)


def waiting(office: FakeOffice, count: int) -> list[CaseNumber]:
    """So many cases of the office, each with a drafted letter that has no number yet."""
    return sorted(office.root.layout.numbers(2026))[:count]


def take(office: FakeOffice, number: CaseNumber, **typed: str) -> str:
    """Give the case's letter its number."""
    parts = office.decide_parts
    return decide(number, "nomori-surat", {"naskah": LETTER, **typed}, by=TEAM, parts=parts).numbers[LETTER]


def series_of(office: FakeOffice, pattern: NaskahPattern) -> NaskahSeries:
    return NaskahSeries(office.root.layout, {OUTGOING: pattern}, office.root.book.with_naskah)


def record(office: FakeOffice, year: int = 2026) -> str:
    return office.root.layout.series(year).read_text()


def test_numbers_follow_one_another_from_one(office):
    numbers = waiting(office, 3)

    assert [take(office, n) for n in numbers] == [f"W.8.HA.01.07-{n}" for n in (1, 2, 3)]
    assert record(office).splitlines()[1] == "2 2026/0002 W.8.HA.01.07-2"


def test_a_number_typed_from_srikandi_takes_none_of_the_offices_own(office):
    first, second, third = waiting(office, 3)

    assert take(office, first) == "W.8.HA.01.07-1"
    assert take(office, second, nomor_naskah="W.8-HA.01.07-118 TAHUN 2026") == "W.8-HA.01.07-118 TAHUN 2026"
    assert take(office, third) == "W.8.HA.01.07-2"


def test_a_letter_has_one_number_and_a_refused_move_takes_none(office):
    (number,) = waiting(office, 1)

    with pytest.raises(Incomplete):
        decide(number, "nomori-surat", {}, by=TEAM, parts=office.decide_parts)

    assert not office.root.layout.series(2026).exists()
    assert take(office, number) == "W.8.HA.01.07-1"
    assert "nomori-surat" not in {m.decision.move for m in office.root.cabinet.case(number).made[:-1]}


def test_a_new_year_starts_from_one_whatever_year_the_case_is_of(office):
    first, second = waiting(office, 2)
    take(office, first)
    office.clock = FixedClock(datetime(2027, 1, 4, 8, 0, tzinfo=WIB))

    assert take(office, second) == "W.8.HA.01.07-1 TAHUN 2027"  # 2026 had one without its year
    assert record(office, 2027) == "1 2026/0002 W.8.HA.01.07-1 TAHUN 2027\n"


@pytest.mark.parametrize("typed", ["W.8.HA.01.07-1", "W8-HA.01.07 - 1", "w.8.ha.01.07-1"])
def test_a_typed_number_that_a_letter_has_already_is_refused_with_where_it_is(office, typed):
    first, second = waiting(office, 2)
    take(office, first)

    with pytest.raises(Incomplete, match="sudah dipakai surat perkara 2026/0001"):
        take(office, second, nomor_naskah=typed)

    assert office.root.cabinet.case(second).numbers == {}


@pytest.mark.parametrize("typed", ["W.8.HA.01.07-1", "W8.HA.01.07-1 TAHUN 2026"])
def test_the_office_passes_over_a_number_that_was_typed_for_another_letter(office, typed):
    first, second = waiting(office, 2)
    take(office, first, nomor_naskah=typed)

    assert take(office, second) == "W.8.HA.01.07-2"


def test_a_number_of_another_year_may_be_typed_with_its_year(office):
    first, second = waiting(office, 2)
    take(office, first, nomor_naskah="W.8.HA.01.07-118")
    office.clock = FixedClock(datetime(2027, 1, 4, 8, 0, tzinfo=WIB))

    with pytest.raises(Incomplete, match="2026/0001"):
        take(office, second, nomor_naskah="W.8.HA.01.07-118")
    with pytest.raises(Incomplete, match="2026/0001"):
        take(office, second, nomor_naskah="W.8.HA.01.07-118 TAHUN 2026")

    assert take(office, second, nomor_naskah="W.8.HA.01.07-118 TAHUN 2027") == "W.8.HA.01.07-118 TAHUN 2027"


def test_verify_finds_two_letters_of_one_number(office, monkeypatch):
    first, second = waiting(office, 2)
    take(office, first)
    blind = NaskahSeries(office.root.layout, office.root.settings.naskah, lambda _text: None)  # as older programs were
    monkeypatch.setattr(type(office), "decide_parts", replace(office.decide_parts, series=blind))
    take(office, second, nomor_naskah="W8.HA.01.07-1")

    (found,) = [f for f in office.root.verify(lambda _done, _all: None) if f.code == "naskah"]

    assert (found.where, "sudah dipakai perkara 2026/0001" in found.fact) == ("2026/0002", True)


def _killed_taking(folder: Path, number: CaseNumber, kill_at: int, *, torn: bool) -> int:
    def work() -> None:
        Effects(kill_at, torn=torn).install()
        take(FakeOffice(folder), number)

    return in_child(work)


@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.slow)], ids=["some", "every"])
def test_killed_at_any_effect_of_taking_a_number_there_is_no_gap_and_no_twin(origin, tmp_path, step, torn):
    letters = sorted(FakeOffice(origin).root.layout.numbers(2026))[:3]
    for kill_at in count(1 + torn, step):
        folder = tmp_path / f"n{kill_at}"
        shutil.copytree(origin, folder)

        ends = {_killed_taking(folder, letter, kill_at, torn=torn) for letter in letters[:2]}  # one kill upon another

        fresh, seen = FakeOffice(folder), []
        for letter in (letters[2], *letters[:2]):
            with fresh.root.cabinet.held(letter) as held:
                given = held.case.numbers.get(LETTER)
            seen.append(given or take(fresh, letter))
        assert sorted(int(re.sub(".*-", "", text)) for text in seen) == [1, 2, 3], kill_at
        if ends == {0}:
            break
        assert ends <= {-signal.SIGKILL, 0}
    assert kill_at > 15


def test_killed_between_the_note_and_the_journal_the_number_is_given_again(office, monkeypatch):
    killed, other = waiting(office, 2)

    def killed_in_journal() -> None:
        from pipeline.archive.store.case_folder import CaseFolder

        def die(*_: object, **__: object) -> None:
            os.kill(os.getpid(), signal.SIGKILL)

        CaseFolder.append = die  # type: ignore[method-assign]
        take(office, killed)

    assert in_child(killed_in_journal) == -signal.SIGKILL
    assert record(office) == "1 2026/0001 W.8.HA.01.07-1\n"

    assert take(office, other) == "W.8.HA.01.07-1"
    assert take(office, killed) == "W.8.HA.01.07-2"


def test_four_processes_at_once_give_every_number_once(office):
    numbers = waiting(office, CASES)
    children = []
    for share in range(4):
        pid = os.fork()
        if pid == 0:
            try:
                mine = FakeOffice(office.root.layout.root)
                for number in numbers[share::4]:
                    take(mine, number)
                os._exit(0)
            except BaseException:
                os._exit(1)
        children.append(pid)

    assert [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in children] == [0, 0, 0, 0]
    given = [office.root.cabinet.case(n).numbers[LETTER] for n in numbers]
    assert sorted(given, key=lambda text: int(text.split("-")[1])) == [f"W.8.HA.01.07-{n}" for n in range(1, CASES + 1)]


@pytest.mark.parametrize("left", ["", "3 2026/0003 W.8.HA.01.07-3\n"])
def test_a_lost_record_is_worked_out_from_the_journals(office, left):
    first, second, typed, last = waiting(office, 4)
    take(office, first)
    take(office, second)
    take(office, typed, nomor_naskah="W.8.HA.01.07-900")
    office.root.layout.series(2026).unlink()
    if left:
        office.root.layout.series(2026).write_text(left)

    assert take(office, last) == "W.8.HA.01.07-3"


def test_another_pattern_in_the_middle_of_the_year_goes_on_counting(office):
    first, second = waiting(office, 2)
    take(office, first)
    other = series_of(office, NaskahPattern("{urut:03d}/{klasifikasi}/{tahun}", "W.8", "HA.02"))

    with other.held(2026) as desk:
        assert desk.next(second, MORNING.date()) == "002/HA.02/2026"


def test_a_case_folder_that_was_carried_away_keeps_its_number(office, tmp_path):
    first, second, third = waiting(office, 3)
    take(office, first)
    take(office, second)
    office.root.layout.case(second).rename(tmp_path / "dibawa")

    assert take(office, third) == "W.8.HA.01.07-3"
