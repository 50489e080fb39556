"""What a remote office hands over: once, and when it came; what is told of sheets that came back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING, FakeReader
from inbox_fakes import FakeAccount, FakeAttempts

from pipeline.backoff import CUT_OFFS
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deliveries import REMOTE, Delivery
from pipeline.errors import EngineFault, Refused, UsageFault
from pipeline.intake.account import Delivered, State, Taken
from pipeline.intake.deposit import deposit, require_hash
from pipeline.intake.filing import attach, origin_of
from pipeline.intake.outcomes import Duplicate
from pipeline.intake.scan_parts import Papers
from pipeline.letters.page_codes import Mark, Origin
from pipeline.register.ports import Claim
from pipeline.storage.blobs import TypedText

NAME = "0123456789abcdef"
CLAIM = f"titipan-{NAME}"
AGENT = Actor("tim-yankomas", "token-1")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Line:
    """What an agent hands over to an office, and the account of it."""

    def __init__(self, office) -> None:
        self.office, self.account, self.attempts, self.told = office, FakeAccount(), FakeAttempts(), []

    def hands_over(self, content=b"Surat A", *, name=NAME, claimed_at=None):
        return deposit(
            name,
            TypedText("surat.pdf", content),
            folder="",
            claimed_at=claimed_at,
            by=AGENT,
            parts=self.office.receive_parts,
            account=self.account,
            attempts=self.attempts,
            accepted=self.told.append,
        )

    def case(self):
        return self.office.root.cabinet.case(CaseNumber(2026, 1))


@pytest.fixture
def line(office):
    return Line(office)


def test_a_claim_that_is_handed_over_again_gets_the_same_answer_and_no_second_number(line):
    first = line.hands_over()

    assert line.hands_over() == first
    assert [part.number for part in first] == ["2026/0001"]
    assert len(line.told) == 1
    (entry,) = line.account.everything().entries.values()
    assert [one.way for one in entry.deliveries] == [REMOTE]
    assert line.attempts.begun == {}


def test_other_bytes_under_a_known_name_and_a_name_that_is_none_are_refused(line):
    line.hands_over()

    with pytest.raises(UsageFault, match="isi lain"):
        line.hands_over(b"Surat B")
    for name in ("", "surat.pdf", NAME[:15], NAME.upper()):
        with pytest.raises(UsageFault, match="bukan nama titipan"):
            line.hands_over(name=name)


def test_what_was_cut_off_goes_on_as_it_came_the_first_time(line):
    blob = TypedText("surat.pdf", b"Surat A")
    before = MORNING - DAY
    line.account.note(Delivered(CLAIM, blob.sha256, "", Delivery(REMOTE, before, login="token-0")))
    line.account.note(Taken(CLAIM, "surat.pdf", blob.size, blob.sha256, CLAIM, before))

    line.hands_over()

    (entry,) = line.account.everything().entries.values()
    assert (entry.taken.at, [one.login for one in entry.deliveries]) == (before, ["token-0"])
    assert [one["login"] for one in line.case().entries[0].data["deliveries"]] == ["token-0"]


@pytest.mark.parametrize(
    ("ago", "when_claimed"),
    [
        (-MINUTE, False),
        (5 * MINUTE, False),
        (6 * MINUTE, True),
        (3 * DAY, True),
        (60 * DAY, False),
    ],
)
def test_what_waited_for_the_line_came_when_it_was_claimed_unless_a_clock_is_wrong(line, ago, when_claimed):
    now = line.office.clock.now()

    line.hands_over(claimed_at=now - ago)

    assert line.case().received_at == (now - ago if when_claimed else now)


@pytest.mark.parametrize(("deaths", "state"), [(2, State.REGISTERED), (3, State.REFUSED)])
def test_a_file_of_which_the_reader_dies_three_times_is_refused_and_twice_it_is_not(line, monkeypatch, deaths, state):
    well, died = FakeReader.inspect, []

    def dies(self, blob):
        if len(died) < deaths:
            died.append(blob)
            raise EngineFault("Mesin baca mati.")
        return well(self, blob)

    monkeypatch.setattr(FakeReader, "inspect", dies)

    assert [part.state for part in line.hands_over()] == [state]


@pytest.mark.parametrize("fault", [EngineFault("Mesin baca mati."), ZeroDivisionError()], ids=["mesin", "program"])
@pytest.mark.parametrize(("deaths", "second"), [(2, State.REGISTERED), (9, State.REFUSED)])
def test_of_several_letters_in_one_file_that_which_stops_the_reader_three_times_is_refused_alone(
    line, monkeypatch, deaths, second, fault
):
    extract, died = FakeReader.extract, []

    def dies_of_the_third_page(self, blob, media, pages):
        if 3 in pages and len(died) < deaths:
            died.append(pages)
            raise fault
        return extract(self, blob, media, pages)

    monkeypatch.setattr(FakeReader, "extract", dies_of_the_third_page)

    parts = line.hands_over(b"PAGES\n- surat A\n===\n- surat B\n===\n- surat C")

    assert [part.state for part in parts] == [State.REGISTERED, second, State.REGISTERED]


@pytest.mark.parametrize(("cut_off", "state"), [(CUT_OFFS - 1, State.REGISTERED), (CUT_OFFS, State.REFUSED)])
def test_a_file_that_stops_this_program_every_time_is_refused_in_the_end(line, cut_off, state):
    line.attempts.begun[CLAIM, "titipan"] = cut_off

    assert [part.state for part in line.hands_over()] == [state]
    assert line.attempts.begun == {}


def test_a_file_that_changed_on_its_way_is_refused():
    blob = TypedText("surat.pdf", b"Surat A")

    require_hash(blob, blob.sha256)
    with pytest.raises(Refused, match="berubah di jalan"):
        require_hash(blob, "0" * 64)


# What came back: pages with the codes of a sheet of ours.

SHEET = Origin(CaseNumber(2026, 1), "08-rekomendasi", 1, 1)


def _marks(*pages: int, of: int = 3, document: str = "AAAA", genuine: bool = True) -> list[Mark]:
    return [Mark(at, document, page, of, genuine) for at, page in enumerate(pages, start=1)]


def _found(marks, strangers=0):
    return origin_of(marks, {"AAAA": SHEET}.get, strangers)


def test_a_sheet_is_found_whole_or_with_pages_still_to_come():
    assert _found(_marks(1, 2, 3)) == _found(_marks(3, 1)) == _found(_marks(1, of=1)) == SHEET
    assert _found(_marks(1, 2, 3), strangers=1) == SHEET


@pytest.mark.parametrize(
    ("marks", "strangers", "told"),
    [
        (_marks(1, 2, genuine=False), 0, "Kode halaman pada halaman 1 tidak sah"),
        ([*_marks(1), *_marks(1, document="BBBB")], 0, "memuat kode 2 naskah yang berbeda"),
        (_marks(1, document="CCCC"), 0, "tidak dikenal di arsip ini"),
        (_marks(1, 3), 2, r"halaman 2 dari 3 tidak ada atau kodenya tidak terbaca \(2 halaman tanpa kode"),
        (_marks(1, 2, 2), 0, "halaman 2 ada dua kali"),
        (_marks(1, 2, 3, 3), 0, "halaman 3 ada dua kali"),
    ],
)
def test_what_is_wrong_with_the_pages_of_a_sheet_is_left_to_a_person(marks, strangers, told):
    with pytest.raises(Refused, match=told):
        _found(marks, strangers)


def test_papers_are_attached_once_whatever_was_cut_off_and_the_same_bytes_are_a_duplicate(line):
    line.hands_over()
    number, parts = CaseNumber(2026, 1), line.office.decide_parts

    def attached(claim, content=b"Bukti"):
        papers = Papers(Claim(claim, TypedText("bukti.pdf", content)), "application/pdf", "pdf", 1)
        return attach(papers, number, "nama", parts)

    first = attached("aaaa")
    assert (first.again, first.note) == (False, "")
    assert attached("aaaa") == replace(first, again=True)
    assert attached("bbbb") == Duplicate(number)
    assert attached("cccc", b"Surat A") == Duplicate(number)
    (kept,) = line.case().attachments
    assert kept.warnings == ()
