"""A case that was read a moment ago is read on from its new lines, and is the case that all of its lines make."""

import tarfile
from pathlib import Path

import pytest
from case_factory import drafted, failed, lines, printed, received, recognised

from pipeline.cases.case import Case
from pipeline.cases.fold import fold, grown
from pipeline.cases.journal import entries_of
from pipeline.cases.known_cases import KEPT, case_in
from pipeline.errors import ArchiveFault

KEPT_OFFICE = Path(__file__).resolve().parents[1] / "archives" / "0.1.0" / "kantor.tar.gz"
RECEIPT = "01-tanda-terima"


def journal(*further, serial: int = 7) -> list[bytes]:
    """The lines of a case of which a letter was received, read, drafted and printed."""
    happened = (received(serial=serial), recognised(), drafted(RECEIPT), printed(RECEIPT), *further)
    return lines(*happened)[0].splitlines(keepends=True)


def journals_of_every_kind() -> list[bytes]:
    with tarfile.open(KEPT_OFFICE) as office:
        names = [name for name in office.getnames() if name.endswith("/journal.jsonl")]
        return [office.extractfile(name).read() for name in names]


def told(text: bytes) -> Case:
    """The case that is folded of all lines at once."""
    return fold(entries_of(text, "2026/0007"))


def test_wherever_the_fold_begins_anew_the_same_case_comes_of_it():
    texts = journals_of_every_kind()

    for text in texts:
        entries = entries_of(text, "2026/0007")
        whole = fold(entries)
        for count in range(1, len(entries)):
            assert grown(fold(entries[:count]), entries[count:]) == whole

    assert len(texts) > 10


def test_a_case_that_is_read_line_by_line_is_at_each_line_what_its_journal_says():
    for text in journals_of_every_kind():
        cut = [n + 1 for n, byte in enumerate(text) if byte == ord("\n")]
        for end in (*cut, cut[0], cut[-1]):  # also back to what it was: a copy that was put back
            assert case_in(text[:end], "2026/0007") == told(text[:end])


def test_lines_that_were_read_are_not_read_once_more():
    first, *others = journal()
    case = case_in(first, "2026/0007")

    assert case_in(first, "2026/0007") is case
    grew = case_in(first + others[0], "2026/0007")
    assert grew.entries[0] is case.entries[0]
    assert len(grew.entries) == 2


def test_a_torn_tail_is_left_out_and_taken_in_once_it_is_whole():
    *whole, last = journal()
    text = b"".join(whole)

    assert case_in(text + last[:40], "2026/0007") == told(text)
    assert case_in(text + last, "2026/0007") == told(text + last)
    with pytest.raises(ArchiveFault, match="kosong"):
        case_in(whole[0][:40], "2026/0007")


@pytest.mark.parametrize("place", range(4))
def test_a_line_that_is_changed_once_it_was_read_is_found(place):
    whole = journal()
    case_in(b"".join(whole), "2026/0007")
    whole[place] = whole[place].replace(b'"sistem"', b'"sistim"')

    with pytest.raises(ArchiveFault, match=rf"Jurnal 2026/0007 rusak: baris {place + 1} isinya berubah"):
        case_in(b"".join(whole), "2026/0007")


def test_a_new_line_that_follows_another_than_the_last_is_found_and_the_case_goes_on_from_what_was_sound():
    first, second, third, fourth = journal()
    case_in(first + second, "2026/0007")

    with pytest.raises(ArchiveFault, match="baris 3 tidak menyambung"):
        case_in(first + second + fourth, "2026/0007")
    assert case_in(first + second + third, "2026/0007") == told(first + second + third)


def test_two_journals_that_begin_alike_are_two():
    begun = journal()
    other = journal(failed("baca"))

    for text in (begun, other, [*begun[:2]], other, begun):
        assert case_in(b"".join(text), "2026/0007") == told(b"".join(text))


def test_so_many_cases_are_remembered_and_no_more():
    texts = [b"".join(journal(serial=serial)) for serial in range(1, KEPT + 2)]
    first, *_, last = [case_in(text, "x") for text in texts]

    assert case_in(texts[-1], "x") is last
    assert case_in(texts[0], "x") is not first
