"""Numbers that were given after a backup stand on receipts: after a restore none of them is given again."""

from __future__ import annotations

from datetime import datetime

import pytest
from fakes import MORNING, WIB, FixedClock
from offices import FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.sop_words import OUTGOING
from pipeline.cli import main
from pipeline.errors import Interrupted, Passing, UsageFault
from pipeline.evidence.store.verify import verify_archive
from pipeline.register.naskah_numbers import NaskahPattern
from pipeline.register.store.naskah_series import NaskahSeries
from pipeline.register.store.restored import note_restored

PATTERN = NaskahPattern("{unit}-{urut}", "W.8", "HA.01")


@pytest.fixture
def restored(tmp_path):
    """An office of one case that was brought back from this morning's backup; a letter waits in its inbox."""
    office = FakeOffice(tmp_path / "kantor")
    office.drop("a.pdf", b"Surat A")
    office.run_once()
    note_restored(office.root.layout.restored, MORNING.isoformat())
    office.drop("b.pdf", b"Surat B")
    return office


def confirm(office, given: CaseNumber | None = None, **naskah: int) -> int:
    """Have a person say which were the highest numbers given, of letters by series; return how many were lost."""
    return office.root.numbers.confirm(given, naskah, "Ani Rekaan", office.clock.now())


def numbers(office) -> list[str]:
    """Take in what waits, and return the numbers of all cases."""
    FakeOffice(office.root.layout.root).run_once()
    layout = office.root.layout
    return [str(number) for year in layout.years() for number in sorted(layout.numbers(year))]


def letter(office, year: int = MORNING.year, name: str = OUTGOING) -> str:
    patterns = {OUTGOING: PATTERN, "evaluasi": NaskahPattern("EV-{urut}", "W.8", "HA.01")}
    with NaskahSeries(office.root.layout, patterns, lambda _text: None).held(year, name) as series:
        return series.next(CaseNumber(2026, 1), MORNING.date())


def test_until_somebody_has_said_which_numbers_were_given_a_letter_waits(restored):
    with pytest.raises(Interrupted, match="dipulihkan dari cadangan 25-11-2026"):
        restored.run_once()
    with pytest.raises(Passing, match="yankomas nomor"):
        letter(restored)

    assert not restored.root.layout.case(CaseNumber(2026, 2)).exists()


def test_after_that_the_next_number_follows_the_highest_that_anybody_was_given(restored):
    assert confirm(restored, CaseNumber(2026, 5), keluar=7, evaluasi=3) == 4

    assert numbers(restored) == ["2026/0001", "2026/0006"]
    assert (letter(restored), letter(restored, name="evaluasi")) == ("W.8-8", "EV-4")
    assert letter(restored, 2027) == "W.8-1"
    assert [f.code for f in verify_archive(restored.root.layout)] == ["lompat"]


def test_if_none_was_given_since_the_numbers_go_on(restored):
    assert confirm(restored) == 0

    assert numbers(restored) == ["2026/0001", "2026/0002"]
    assert letter(restored) == "W.8-1"
    assert verify_archive(restored.root.layout) == []


def test_numbers_of_a_year_that_the_backup_did_not_know_are_not_given_again(restored):
    restored.clock = FixedClock(datetime(2027, 1, 4, 8, 0, tzinfo=WIB))

    assert confirm(restored, CaseNumber(2027, 3)) == 3

    assert restored.root.numbers.last() == CaseNumber(2027, 3)


def test_a_number_of_a_year_to_come_is_refused_and_numbers_stay_held(restored):
    with pytest.raises(UsageFault, match="2027 belum mulai"):
        confirm(restored, CaseNumber(2027, 1))

    assert restored.root.numbers.restored_from() == MORNING


def test_what_was_confirmed_is_not_confirmed_twice_and_a_later_restore_asks_again(restored):
    confirm(restored, CaseNumber(2026, 5), keluar=7)
    with pytest.raises(UsageFault, match="Tidak ada pemulihan"):
        confirm(restored, CaseNumber(2026, 9))

    note_restored(restored.root.layout.restored, MORNING.isoformat())
    with pytest.raises(UsageFault, match="lebih rendah"):
        confirm(restored, CaseNumber(2026, 4))
    confirm(restored)
    assert letter(restored) == "W.8-8"


def test_the_command_shows_what_is_known_and_takes_both_answers(restored, capsys):
    def said(*options: str) -> tuple[int, str]:
        code = main(["--root", str(restored.root.layout.root), "nomor", *options])
        out = capsys.readouterr()
        return code, out.out + out.err

    def typed(keluar: str, others: str = "tetap") -> tuple[int, str]:
        series = f"keluar={keluar},nota-dinas={others},berita-acara={others},evaluasi={others}"
        return said("--register", "5/2026", "--naskah", series)

    assert "--naskah keluar=URUT,nota-dinas=URUT,berita-acara=URUT,evaluasi=URUT" in said()[1]
    assert "nomor baru ditahan" in said("--register", "5/2026")[1]
    assert "setiap deret" in said("--register", "5/2026", "--naskah", "keluar=7")[1]
    assert typed("W.8-7")[0] == typed("0")[0] == UsageFault.exit_code
    assert "4 nomor register hilang" in typed("7")[1]
    assert letter(restored) == "W.8-8"
    assert "Nomor register terakhir di arsip ini: 2026/0005.\nNomor diberikan seperti biasa." in said()[1]
