"""A case is what its journal says; what the machine owes it is what the SOP calls for and the journal lacks."""

from dataclasses import asdict, replace

import pytest
from case_factory import (
    case_of,
    document,
    drafted,
    failed,
    lines,
    moved,
    printed,
    received,
    recognised,
    retried,
    tended,
    then,
)
from fakes import MORNING
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.duties import TYPED, duties, needs_person
from pipeline.cases.event_lines import as_data, from_data
from pipeline.cases.events import FROM, INTO, Attached, AttachmentRead, Linked, Received
from pipeline.cases.fold import documents_of, fold
from pipeline.cases.journal import GENESIS, entries_of, write_line
from pipeline.cases.seen_on_pages import Barcode
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import ArchiveFault

SOP = editions()[0]
RECEIPT, DISPOSITION = "01-tanda-terima", "03-lembar-disposisi"


def owed(case) -> list[str]:
    return [duty.key for duty in duties(case, SOP)]


def test_a_registered_letter_is_a_case_with_its_number_and_its_original():
    case = case_of()

    assert case.number == CaseNumber(2026, 7)
    assert case.received_at == MORNING
    assert case.original.name == "01-surat.pdf"
    assert case.documents == (case.original,)
    assert (case.reading, case.read_seq, dict(case.fields)) == (None, 0, {})


def test_a_case_read_from_its_journals_bytes_is_the_case_that_was_written():
    happened = (received(codes=(Barcode(1, "QR", "x"),)), recognised({"perihal": {"nilai": "Tanah"}}))
    text, entries = lines(*happened, drafted(RECEIPT), printed(RECEIPT), failed("baca"))

    read = fold(entries_of(text, "2026/0007"))

    assert replace(read, entries=()) == replace(fold(entries), entries=())
    assert read.head == fold(entries).head


def test_every_document_ever_made_stays_with_the_case():
    case = case_of(recognised(), drafted(RECEIPT), drafted(RECEIPT, 2), printed(RECEIPT, 2))

    assert [d.name for d in case.documents] == [
        "01-surat.pdf",
        "02-teks.txt",
        "01-tanda-terima-v1.docx",
        "01-tanda-terima-v2.docx",
        "01-tanda-terima-v2.pdf",
    ]
    assert case.document("01-tanda-terima-v1.docx") is not None
    assert case.document("tidak-ada.pdf") is None


def test_the_newest_reading_and_the_newest_sheets_count():
    case = case_of(
        recognised({"perihal": {"nilai": "lama"}}), recognised({"perihal": {"nilai": "baru"}}), drafted("01-x", 2)
    )

    assert case.fields["perihal"]["nilai"] == "baru"
    assert case.drafts["01-x"].version == 2


def test_the_head_is_the_last_lines_hash():
    _, entries = lines(received(), recognised())

    assert fold(entries).head == entries[-1].hash


def test_a_journal_that_does_not_begin_with_a_letter_is_no_case():
    _, entries = lines(recognised())

    with pytest.raises(ArchiveFault, match="tidak dimulai dengan penerimaan"):
        fold(entries)
    with pytest.raises(ArchiveFault, match="tidak dimulai dengan penerimaan"):
        fold(())


def test_what_a_later_version_wrote_is_kept_although_it_is_not_understood():
    _, entries = lines(received())
    letter = asdict(document("09-balasan.pdf"))
    _, later = write_line(2, MORNING, "kabid", "dibalas", {"documents": [letter]}, entries[0].hash)

    case = fold((*entries, later))

    assert [d.name for d in case.documents] == ["01-surat.pdf", "09-balasan.pdf"]
    assert documents_of((*entries, later)) == case.documents
    assert case.head == later.hash


@pytest.mark.parametrize(
    "data",
    [
        {},
        {**as_data(received()), "warna": "biru"},
        {**as_data(received()), "documents": [{"name": "01-surat.pdf"}]},
        {**as_data(received()), "documents": ["01-surat.pdf"]},
        {**as_data(received()), "documents": 7},
        {**as_data(received()), "documents": []},
        {**as_data(received()), "documents": [{**asdict(document("01-surat.pdf")), "name": 7}]},
        {**as_data(received()), "documents": [{**asdict(document("01-surat.pdf")), "name": "../../etc/passwd"}]},
        {**as_data(received()), "year": "2026"},
        {**as_data(received()), "serial": None},
    ],
)
def test_a_forged_line_is_a_fault_of_the_archive_and_no_failure_of_the_program(data):
    _, entry = write_line(1, MORNING, "sistem", Received.kind, data, GENESIS)

    with pytest.raises(ArchiveFault):
        fold((entry,))


@pytest.mark.parametrize(
    "event", [received(), recognised(), drafted(RECEIPT), printed(RECEIPT), failed("baca"), retried("baca")]
)
def test_what_happened_is_written_and_read_back_as_it_was(event):
    assert from_data(event.kind, as_data(event)) == event


def test_a_new_letter_is_owed_its_reading_and_its_sheets_wait_for_it():
    assert owed(case_of()) == ["baca"]


def test_a_letter_that_was_read_is_owed_the_sheets_of_its_sop():
    assert owed(case_of(recognised())) == ["konsep 01-tanda-terima v1", "konsep 03-lembar-disposisi v1"]


def test_every_draft_is_owed_its_print():
    case = case_of(recognised(), drafted(RECEIPT), drafted(DISPOSITION))

    assert owed(case) == ["cetak 01-tanda-terima v1", "cetak 03-lembar-disposisi v1"]


def test_a_new_version_of_a_printed_sheet_is_owed_its_own_print():
    case = case_of(recognised(), drafted(RECEIPT), printed(RECEIPT), drafted(DISPOSITION), drafted(RECEIPT, 2))

    assert owed(case) == ["cetak 01-tanda-terima v2", "cetak 03-lembar-disposisi v1"]


def test_nothing_is_owed_once_every_sheet_is_printed():
    case = case_of(recognised(), drafted(RECEIPT), drafted(DISPOSITION), printed(RECEIPT), printed(DISPOSITION))

    assert owed(case) == []
    assert not needs_person(case)


def test_the_sheets_go_out_with_blanks_once_reading_was_given_up():
    case = case_of(failed("baca", "Mesin baca mati."))

    assert owed(case) == ["konsep 01-tanda-terima v1", "konsep 03-lembar-disposisi v1"]
    assert needs_person(case)
    assert case.given_up == {"baca": "Mesin baca mati."}


def test_a_sheet_that_was_given_up_does_not_hold_up_the_other():
    case = case_of(recognised(), failed("konsep 01-tanda-terima v1"))

    assert owed(case) == ["konsep 03-lembar-disposisi v1"]


def test_what_is_tried_again_is_owed_again():
    case = case_of(recognised(), failed("konsep 01-tanda-terima v1"), retried("konsep 01-tanda-terima v1"))

    assert owed(case) == ["konsep 01-tanda-terima v1", "konsep 03-lembar-disposisi v1"]
    assert not needs_person(case)


def test_trying_one_duty_again_leaves_the_others_given_up():
    case = case_of(recognised(), failed("konsep 01-tanda-terima v1"), failed("konsep 03-lembar-disposisi v1"))

    again = fold(lines(*[from_data(e.kind, e.data) for e in case.entries], retried("konsep 01-tanda-terima v1"))[1])

    assert list(again.given_up) == ["konsep 03-lembar-disposisi v1"]


def test_an_sop_that_calls_for_no_sheet_owes_none():
    case = case_of(recognised())

    assert duties(case, replace(SOP, at_intake=())) == ()


def attached(name: str, media: str = "application/pdf") -> Attached:
    """Further papers came."""
    return Attached("map", f"klaim {name}", name, media, 1, (document(name, kind="lampiran"),))


def test_every_scan_that_was_attached_is_owed_its_own_reading():
    first, second = attached("02-lampiran.pdf"), attached("03-lampiran.pdf")
    whole = tended(case_of(), SOP)
    both = then(then(whole, first), second)

    assert owed(both) == ["baca 02-lampiran.pdf v1", "baca 03-lampiran.pdf v1"]
    assert owed(then(both, AttachmentRead("02-lampiran.pdf", "palsu 1", ()))) == ["baca 03-lampiran.pdf v1"]


def test_what_was_typed_and_attached_needs_no_reading():
    assert owed(then(tended(case_of(), SOP), attached("02-keterangan.txt", TYPED))) == []


def test_a_case_that_was_merged_is_owed_its_link_into_the_other_and_no_other_link_will_do():
    merged = moved(tended(case_of(), SOP), SOP, "gabung", perkara_induk="2026/0003")
    linked = [then(merged, Linked(other, how)) for other, how in (("2026/0003", FROM), ("2026/0004", INTO))]

    assert [owed(case) for case in (merged, *linked)] == [["hubungkan 2026/0003 v1"]] * 3
    assert owed(then(merged, Linked("2026/0003", INTO))) == []


def _done(case):
    """Do the first duty as the machine would."""
    duty = duties(case, SOP)[0]
    made = {"baca": recognised, "konsep": drafted, "cetak": printed}[duty.action]
    return made(duty.subject, duty.version) if duty.subject else made()


@given(st.lists(st.booleans(), max_size=8))
def test_however_often_the_machine_fails_doing_what_is_owed_comes_to_an_end(outcomes):
    happened, case = [received()], case_of()

    for attempt in range(20):
        if not duties(case, SOP):
            break
        works = attempt >= len(outcomes) or outcomes[attempt]
        happened.append(_done(case) if works else failed(duties(case, SOP)[0].key))
        case = fold(lines(*happened)[1])

    assert duties(case, SOP) == ()
    assert set(case.prints) == set(case.drafts) - {k.split()[1] for k in case.given_up if k.startswith("cetak")}
    assert len(case.given_up) == len(happened) - 1 - (case.reading is not None) - len(case.drafts) - len(case.prints)
