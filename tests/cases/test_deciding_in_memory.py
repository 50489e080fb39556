"""What deciding makes sure of and writes, with cases in memory: who acted, what stood before, which number is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from case_factory import CALENDAR, case_of, failed, received, then
from fakes import MORNING, FakeProof, FakeReader, FixedClock
from test_letters_owed_to_complainants import (
    RECOMMENDATION,
    SOP,
    drafted_recommendation,
    initialled,
    numbered,
    walked,
)
from test_rules_of_case_files import decided

from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.corrections import BEFORE
from pipeline.cases.decide import decide
from pipeline.cases.decide_parts import DecideParts
from pipeline.cases.letter_life import current_letters
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.moves import LETTER, TYPED_NUMBER
from pipeline.cases.signature_proof import SCANNER, UNPROVEN
from pipeline.errors import Incomplete, NotAllowed, Refused
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official
from pipeline.storage.blobs import TypedText

NOON = MORNING.replace(day=27, hour=12)
HEAD = Official("kakanwil", "Kepala Kantor Wilayah", "Budi Rekaan", "1970")
OFFICE = Office("Kantor", "Kota", Letterhead((), "", "", ""), (HEAD,), "")
TEAM = Actor("tim-yankomas", "siti")
PARENT = CaseNumber(2026, 99)
ABOUT = {LETTER: RECOMMENDATION}


class Cases:
    """Cases in memory; which tries were forgotten."""

    def __init__(self, *cases: Case) -> None:
        self.cases = {case.number: case for case in cases}
        self.started_over: list[str] = []

    def case(self, number: CaseNumber) -> Case:
        return self.cases[number]

    def blob(self, _number, one) -> TypedText:
        return TypedText(one.name, b"isi")

    def start_over(self, _number, duty: str) -> None:
        self.started_over.append(duty)

    @contextmanager
    def held(self, number: CaseNumber) -> Iterator[SimpleNamespace]:
        def append(event, _files, *, by, at) -> Case:
            self.cases[number] = folder.case = then(self.cases[number], event, by, at)
            return folder.case

        folder = SimpleNamespace(case=self.cases[number], append=append)
        yield folder


class Guard:
    """Keeps no name out, and remembers what it was shown."""

    def __init__(self) -> None:
        self.drafts: list[tuple[str, ...]] = []
        self.files: list[str] = []

    def check_drafts(self, _case, templates, _values, _at) -> None:
        self.drafts.append(tuple(templates))

    def check_file(self, _case, template, _docx, _cleared=()) -> None:
        self.files.append(template)


def deciding(*cases: Case, holder: Callable[[str], CaseNumber | None] = lambda _text: None, **own: Any) -> DecideParts:
    @contextmanager
    def held(_year: int, name: str = "") -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(next=lambda _number, _day: f"{name or 'keluar'}-1", holder=holder)

    usual = {
        "cabinet": Cases(*cases),
        "series": SimpleNamespace(held=held),
        "clock": FixedClock(NOON),
        "calendar": CALENDAR,
        "office": OFFICE,
        "sop": lambda _case: SOP,
        "reader": FakeReader,
        "letters": SimpleNamespace(check_places=lambda *_: None, words=lambda _docx: ()),
        "proofs": (FakeProof(),),
        "naming": Guard(),
    }
    return DecideParts(**{**usual, **own})


def made(case: Case, move: str, by: Actor = TEAM, typed: dict | None = None, *files: bytes, **own: Any) -> Case:
    blobs = [TypedText("pindaian.pdf", file) for file in files]
    return decide(
        case.number, move, typed or {}, by=by, parts=own.pop("parts", None) or deciding(case, **own), files=blobs
    )


@pytest.fixture(scope="module")
def confirmed() -> Case:
    return walked(case_of(), "konfirmasi")


@pytest.fixture(scope="module")
def with_number() -> Case:
    return numbered(drafted_recommendation())


def test_who_holds_the_post_stands_beside_who_acts_but_not_where_a_scan_spoke_for_itself(with_number):
    scan = (ABOUT, b"pindaian bertanda tangan")
    by_hand = made(with_number, "tandatangani-naskah", Actor("kakanwil", "budi"), *scan).made[-1].decision
    by_code = made(with_number, "tandatangani-naskah", Actor("kakanwil", "x", scanned=True), *scan).made[-1].decision

    assert (by_hand.holder.name, by_hand.delivered_by) == ("Budi Rekaan", "budi")
    assert (by_code.holder, by_code.delivered_by) == (NO_HOLDER, SCANNER)


def test_a_move_without_a_proven_file_says_of_nobody_that_they_brought_one(confirmed):
    assert made(confirmed, "sampaikan").made[-1].decision.delivered_by == ""


def test_drafts_are_looked_through_for_names_where_a_move_composes_them_and_not_where_it_only_numbers(confirmed):
    letters, guard = drafted_recommendation(), Guard()
    ready = walked(letters, *initialled(RECOMMENDATION))
    two_pages = walked(case_of(first=received(pages=2)), "konfirmasi")

    made(ready, "nomori-naskah", TEAM, ABOUT, naming=guard)
    assert (guard.drafts, guard.files) == ([], [RECOMMENDATION])
    made(two_pages, "pisahkan", TEAM, {"halaman": "2"}, naming=guard)
    assert guard.drafts == []
    made(confirmed, "sampaikan", naming=guard)
    assert guard.drafts == [()]


def test_what_stood_in_the_register_of_an_ended_case_is_kept_beside_its_correction(confirmed):
    ended = walked(case_of(), "konfirmasi", ("cabut", {}))
    before = ended.register["perihal"]

    decision = made(ended, "koreksi", TEAM, {"perihal": "Tanah adat", "alasan": "salah tulis"}).made[-1].decision

    assert (decision.values[BEFORE], decision.register) == ({"perihal": before}, {"perihal": "Tanah adat"})


def test_a_case_goes_into_another_that_runs_of_its_own_service_and_not_into_itself(confirmed):
    by, typed = Actor("kabid", "rina"), {"perkara_induk": str(PARENT), "alasan": "sama"}
    running, other = case_of(first=received(serial=99)), case_of(first=received(serial=99, series="B"))
    ended = walked(running, "konfirmasi", "cabut")

    def merged(parent: Case, into: str = str(PARENT)) -> Case:
        return made(confirmed, "gabung", by, {**typed, "perkara_induk": into}, parts=deciding(confirmed, parent))

    assert merged(running).state(SOP.first) == "digabung"
    for parent, into, why in (
        (running, str(confirmed.number), "tidak dapat digabung ke dirinya sendiri"),
        (other, str(other.number), "milik layanan lain"),
        (ended, str(PARENT), "sudah berakhir"),
    ):
        with pytest.raises(NotAllowed, match=why):
            merged(parent, into)


def test_a_page_that_is_older_than_the_last_move_decides_nothing(confirmed):
    later, parts = walked(confirmed, "sampaikan"), deciding(walked(confirmed, "sampaikan"))
    seen = confirmed.entries[-1].seq

    with pytest.raises(NotAllowed, match="sudah bergerak"):
        decide(later.number, "disposisi", {}, by=Actor("kakanwil", "budi"), parts=parts, seen=seen)
    typed = {"isi_disposisi": "Telaah"}
    after = decide(
        later.number, "disposisi", typed, by=Actor("kakanwil", "budi"), parts=parts, seen=later.entries[-1].seq
    )
    assert after.state(SOP.first) == "disposisi-kadiv"


def test_what_the_machine_gave_up_is_tried_again_without_a_move_of_the_case():
    case = case_of(failed("baca"))
    parts = deciding(case)

    after = decide(case.number, "ulangi", {}, by=TEAM, parts=parts)

    assert (after.given_up, after.made, parts.cabinet.started_over) == ({}, (), ["baca"])


def test_a_number_from_elsewhere_is_taken_as_typed_if_it_is_one_and_no_other_letters():
    ready = walked(drafted_recommendation(), *initialled(RECOMMENDATION))
    other = case_of(decided("nomori-naskah", numbers={RECOMMENDATION: "W.8-118"}), first=received(serial=8))
    secret = case_of(first=received(serial=99, register={"sifat": "rahasia"}))

    def number(text: str, *having: Case) -> dict[str, str]:
        parts = deciding(ready, *having, holder=lambda _text: having[0].number if having else None)
        return made(ready, "nomori-naskah", TEAM, {**ABOUT, TYPED_NUMBER: text}, parts=parts).made[-1].decision.numbers

    assert number("W.8-HA.01.07-118") == {RECOMMENDATION: "W.8-HA.01.07-118"}
    for text, having, why in (
        ("belum ada", (), "bukan nomor naskah"),
        ("W.8-118", (other,), "sudah dipakai surat perkara 2026/0008 [(]2026[)]"),
        ("W.8-118", (secret,), "sudah dipakai surat lain"),
    ):
        with pytest.raises(Incomplete, match=why):
            number(text, *having)


def test_a_file_that_proves_nothing_is_taken_for_the_reason_that_its_signer_gives(with_number):
    proof = FakeProof()
    proof.faults = ("Tidak ada tinta.",)
    head, typed = Actor("kakanwil", "budi"), {**ABOUT, UNPROVEN: "cap basah tipis"}

    signed = made(with_number, "tandatangani-naskah", head, typed, b"pindaian", proofs=(proof,))
    with pytest.raises(Refused, match="Tidak ada tinta"):
        made(with_number, "tandatangani-naskah", head, ABOUT, b"pindaian", proofs=(proof,))

    assert signed.signatures[-1].unproven == "cap basah tipis"


def test_the_paper_that_comes_with_an_act_on_a_letter_is_told_with_it(with_number):
    sent = walked(
        with_number, ("tandatangani-naskah", ABOUT), ("kirim-naskah", {**ABOUT, "tanggal_kirim": "2026-11-26"})
    )
    typed = {"tanggal_terima": "2026-11-27", "penerima": "Budi Andaian"}

    received_with, without = (made(sent, "terima", TEAM, typed, *files) for files in ((b"bukti",), ()))

    told = [current_letters(case, SOP)[RECOMMENDATION].received.document for case in (received_with, without)]
    assert told == [received_with.documents[-1].name, ""]
