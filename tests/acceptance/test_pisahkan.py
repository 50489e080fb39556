"""Two letters in one scan: the pages a person names become a case of their own, and nothing is renumbered."""

from __future__ import annotations

from functools import partial

import pytest
from crash import Effects, differences, effects_of, likeness, sparsely
from offices import FakeOffice, copied

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Incomplete, NotAllowed

FIRST, SECOND, THIRD = (CaseNumber(2026, n) for n in (1, 2, 3))
SCAN = b"PAGES\n- surat A 1\n- surat A 2\n- surat B 1\n- surat B 2\n- surat C"
TEAM = "tim-yankomas"


@pytest.fixture
def two(office):
    """An office with one case whose scan holds letters A (pages 1-2), B (3-4) and C (5)."""
    office.drop("surat.pdf", SCAN)
    office.run_once()
    return office


def split(office, pages: str, number: CaseNumber = FIRST, **more: str) -> None:
    office.decide(number, "pisahkan", TEAM, {"halaman": pages, **more})
    office.run_once()


def case(office, number: CaseNumber):
    return office.root.cabinet.case(number)


def data(office, number: CaseNumber, name: str = "01-surat.pdf") -> bytes:
    return office.file(number, name)


def links(office, number: CaseNumber) -> list[tuple[str, str, list[int]]]:
    return [(link.other, link.how, link.source["pages"]) for link in case(office, number).links]


def test_the_named_pages_become_a_case_and_both_say_so(two):
    split(two, "3-4")

    assert data(two, SECOND) == b"PAGES\n- surat B 1\n- surat B 2"
    assert links(two, FIRST) == [("2026/0002", "pecahan", [3, 4])]
    assert links(two, SECOND) == [("2026/0001", "asal", [3, 4])]
    source = case(two, SECOND).received.source
    assert (source["case"], source["pages"], source["of"]) == ("2026/0001", [3, 4], 5)
    assert source["sha256"] == case(two, FIRST).original.sha256


def test_the_old_case_keeps_its_number_its_state_and_its_original_untouched(two):
    before = case(two, FIRST)

    split(two, "3")

    after = case(two, FIRST)
    assert data(two, FIRST) == SCAN
    assert after.original == before.original
    assert after.state("konfirmasi") == before.state("konfirmasi")


def test_an_open_range_goes_on_to_the_end(two):
    split(two, "3")

    assert case(two, FIRST).made[-1].decision.values["halaman"] == "3-5"
    assert case(two, SECOND).received.pages == 3


def test_several_letters_are_split_off_at_once_in_the_order_of_their_pages(two):
    split(two, "5; 3")

    assert data(two, SECOND) == b"PAGES\n- surat B 1\n- surat B 2"
    assert data(two, THIRD) == b"PAGES\n- surat C"


def test_the_new_case_was_received_when_the_scan_was(two):
    two.clock.forward(days=2)

    split(two, "3")

    assert case(two, SECOND).received_at == case(two, FIRST).received_at
    assert case(two, SECOND).registered_at > case(two, FIRST).registered_at


def test_the_new_case_is_read_and_gets_its_sheets(two):
    split(two, "3")

    assert "03-lembar-disposisi-v1.pdf" in {d.name for d in case(two, SECOND).documents}


@pytest.mark.parametrize(
    ("pages", "fact"),
    [
        ("6", "berisi 5 halaman"),
        ("0", "berisi 5 halaman"),
        ("3-4; 4", "berisi 5 halaman"),
        ("1", "Tidak ada halaman yang tersisa"),
        ("1-2; 3-5", "Tidak ada halaman yang tersisa"),
        ("akhir", "bukan halaman"),
        ("4-3", "bukan halaman"),
    ],
)
def test_pages_that_cannot_be_split_off_are_told(two, pages, fact):
    with pytest.raises(Incomplete, match=fact):
        split(two, pages)

    assert list(two.root.cabinet.numbers()) == [FIRST]


def test_pages_that_went_once_do_not_go_again(two):
    split(two, "5")

    with pytest.raises(Incomplete, match="Halaman 5 sudah dipisahkan"):
        split(two, "4-5")


def test_only_the_team_may_split(two):
    with pytest.raises(NotAllowed):
        two.decide(FIRST, "pisahkan", "kakanwil", {"halaman": "3"})


def test_a_new_letter_that_went_to_an_old_case_as_an_attachment_becomes_a_case(two):
    (two.root.layout.inbox / "2026-0001").mkdir()
    two.drop("2026-0001/salah.pdf", b"Surat yang salah masuk")
    two.run_once()

    split(two, "1", berkas="02-lampiran.pdf")

    assert data(two, SECOND) == b"Surat yang salah masuk"
    assert links(two, FIRST) == [("2026/0002", "pecahan", [1])]
    with pytest.raises(Incomplete, match=r"Yang dapat dipisahkan: 01-surat\.pdf, 02-lampiran\.pdf"):
        split(two, "1", berkas="lain.pdf")


def test_a_suspicion_stands_until_a_person_has_made_a_move(two):
    two.drop("ragu.pdf", b"PAGES\n- surat\n? coretan\n- lain")
    two.run_once()
    assert [s.page for s in case(two, SECOND).suspected] == [2]

    split(two, "2", SECOND)

    assert case(two, SECOND).suspected == ()


def test_an_attachment_is_read_too(two):
    (two.root.layout.inbox / "2026-0001").mkdir()
    two.drop("2026-0001/bukti.pdf", b"Bukti kuitansi")

    two.run_once()

    names = {d.name: d.kind for d in case(two, FIRST).documents}
    assert names["02-lampiran-teks.txt"] == "teks-lampiran"
    assert names["02-lampiran-terbaca.pdf"] == "salinan-lampiran"
    assert data(two, FIRST, "02-lampiran-teks.txt") == b"Bukti kuitansi"


def _work(folder, effects: Effects) -> None:
    """Make the move and tend both cases in one thread, so that the n-th effect is always the same one."""
    office = FakeOffice(folder)
    effects.install()
    office.decide(FIRST, "pisahkan", TEAM, {"halaman": "3-4; 5"})


def _recovered(folder) -> FakeOffice:
    """The office after a person made sure of the move and the machine did the rest."""
    office = FakeOffice(folder)
    office.root.numbers.sweep()
    if not case(office, FIRST).made:
        office.decide(FIRST, "pisahkan", TEAM, {"halaman": "3-4; 5"})
    office.run_once()
    return office


@pytest.fixture(scope="module")
def laden(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pisah")
    office = FakeOffice(folder / "asal")
    office.drop("surat.pdf", SCAN)
    office.run_once()
    copied(folder / "asal", folder / "utuh")
    names = effects_of(partial(_work, folder / "utuh"), folder)
    _recovered(folder / "utuh")
    return folder / "asal", len(names), likeness(folder / "utuh")


def test_the_split_that_is_not_killed_makes_two_cases(laden):
    assert list(laden[2]["cases"]) == ["2026/0001", "2026/0002", "2026/0003"]
    assert laden[1] > 50


@sparsely(25)
def test_killed_before_any_effect_a_split_comes_out_equal(laden, tmp_path, step):
    assert differences(laden, tmp_path, range(min(step, 5), laden[1] + 1, step), _work, _recovered) == {}
