"""Which cases may be the same complaint: what they share is said, and the later goes into the earlier."""

from __future__ import annotations

from case_factory import case_of, moved, received, recognised, tended, then
from register_fakes import FakeLookups

from pipeline.cases.case import Case
from pipeline.cases.events import INTO, Linked
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotFound
from pipeline.register.resembling import Resembling, resembling

SOP = editions()[0]
SIGNATURE = "0a" * 32


def case(serial: int, name: str, **fields: str) -> Case:
    """A case that was read, from that complainant."""
    shaped = {key: {"nilai": value} for key, value in fields.items()}
    read = recognised({**shaped, "pelapor": [{"nama": {"nilai": name}}]}, signature=SIGNATURE)
    return tended(case_of(read, first=received(serial=serial)), SOP)


SITI = case(7, "Siti Rekaan", nomor_surat="045/LBH/XI/2026", tanggal_surat="2026-11-20")
AGAIN = case(9, "SITI REKAAN", nomor_surat="045/LBH/XI/2026", tanggal_surat="2026-11-21")
BUDI = case(8, "Budi Contoh")


class Like(FakeLookups):
    """Look-ups that find the same cases for any words."""

    def __init__(self, alike) -> None:
        super().__init__()
        self._alike = alike

    def resembling(self, signed: str):
        return self._alike


def found(one: Case, *others: Case) -> tuple[Resembling, ...]:
    """What resembles a case, of others whose words are much the same."""
    known = {other.number: other for other in others}
    alike = [(number, 0.9) for number in (one.number, *known)]
    return resembling(one, Like(alike), lambda: None, known.__getitem__, lambda _: SOP)


def test_the_same_complainant_and_the_same_number_of_the_letter_are_said_however_they_are_written():
    (same,) = found(AGAIN, SITI)

    assert (same.number, same.same) == ("2026/0007", ("pelapor", "nomor surat"))


def test_another_complainant_is_not_said_to_be_the_same():
    (other,) = found(SITI, BUDI)

    assert (other.number, other.same) == ("2026/0008", ())


def test_the_later_goes_into_the_earlier_whichever_is_looked_at():
    for one, other in ((SITI, AGAIN), (AGAIN, SITI)):
        (same,) = found(one, other)
        assert (same.move.number, same.move.perkara_induk) == ("2026/0009", "2026/0007")


def test_a_case_that_has_ended_is_not_to_be_merged():
    (same,) = found(AGAIN, moved(SITI, SOP, "cabut"))

    assert same.move is None


def test_a_case_that_is_tied_to_this_one_already_is_not_told_again():
    assert found(then(AGAIN, Linked("2026/0007", INTO)), SITI) == ()


def test_a_complaint_without_a_signature_resembles_none():
    assert found(case_of(recognised()), SITI) == ()
    assert found(case_of(), SITI) == ()


def test_a_case_whose_folder_is_gone_is_left_out_and_the_next_one_like_it_takes_its_place():
    cases = {other.number: other for other in (case(serial, "Siti Rekaan") for serial in range(1, 8))}
    alike = [(number, 0.9) for number in cases]
    gone = next(iter(cases))

    def read(number) -> Case:
        if number == gone:
            raise NotFound(f"Perkara {number} tidak ada.", "Periksa nomornya.")
        return cases[number]

    told = resembling(case(9, "Siti Rekaan"), Like(alike), lambda: None, read, lambda _: SOP)

    assert [one.number for one in told] == [f"2026/000{serial}" for serial in range(2, 7)]
