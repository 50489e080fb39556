"""Signing with a certificate: what is checked before anything is signed, what is filed, and what is tried once only."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import pytest
from fakes import FakeValidator
from life_office import FIELD, FIRST, HEAD, MEMO, NOTICE, RECOMMENDATION, REVIEW, SUB, LifeOffice
from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.errors import Denied, NotAllowed, Passing
from pipeline.letters.awaiting_signature import awaiting, case_of_key
from pipeline.letters.sign_letters import Fate, SignParts, sign_letters, sweep
from pipeline.signing.secret import Secret
from pipeline.signing.signature_place import SheetText, TextLine
from pipeline.storage.blobs import TypedText

EKO, SRI = "Eko Rekaan", "Sri Umpama"


class Tries:
    """Counts what was begun and neither given back nor forgotten."""

    def __init__(self) -> None:
        self.counted, self.forgotten = 0, 0

    def begin(self, counted, now) -> None:
        self.counted += 1

    def give_back(self, counted) -> None:
        self.counted -= 1

    def forget(self, *counted) -> None:
        self.counted, self.forgotten = 0, self.forgotten + 1


class Staging:
    """Keeps what was signed in memory, and tells what it was asked to forget."""

    def __init__(self) -> None:
        self.there: dict[str, bytes] = {}

    def kept(self, key):
        return self.there.get(key)

    def keep(self, key, pdf) -> None:
        self.there[key] = pdf

    def drop(self, key) -> None:
        self.there.pop(key, None)

    def waiting(self):
        return list(self.there)


@dataclass
class Pen:
    """Puts its owner's name behind the print; ``faults`` are raised one after the other instead."""

    name: str
    orders: list = field(default_factory=list)
    faults: list[Exception | None] = field(default_factory=list)

    @contextmanager
    def opened(self, passphrase):
        yield self

    def sign(self, pdf: bytes, order) -> bytes:
        self.orders.append(order)
        if fault := (self.faults.pop(0) if self.faults else None):
            raise fault
        return pdf + f"/ByteRange {self.name}\n".encode()


class Desk:
    """An office whose officials are named, and what signs in it."""

    def __init__(self, life: LifeOffice, names: dict[str, str]) -> None:
        self.life, self.pen, self.tries, self.staging = life, Pen(EKO), Tries(), Staging()
        office = life.office.root.settings.office
        people = (
            replace(one, name=names.get(one.role, ""), nip="1978" * (one.role in names)) for one in office.officials
        )
        self.office = replace(office, officials=tuple(people))

    @property
    def parts(self) -> SignParts:
        title = {one.name: one.signing_title for one in self.office.officials if one.name}
        lines = [
            line
            for n, (name, above) in enumerate(title.items())
            for line in (
                TextLine(1, f"{above},", 60 + 200 * n, 442, 240 + 200 * n, 451),
                TextLine(1, name, 60 + 200 * n, 380, 240 + 200 * n, 389),
            )
        ]
        return SignParts(
            deciding=replace(self.life.office.decide_parts, office=self.office),
            validator=FakeValidator(),
            staging=self.staging,
            signer_of=lambda _official: self.pen,
            text_of=lambda _pdf: SheetText(tuple(lines), (595.0,)),
            blob=TypedText,
            tries=self.tries,
            reason="Naskah dinas",
            footer="Kaki rekaan.",
            authenticity="https://rekaan.example/keaslian",
        )

    def waiting(self, role: str = SUB):
        return awaiting(self.life.case, self.life.sop, (role,))

    def sign(self, *letters, role: str = SUB):
        by = Actor(role, "penguji", account="penguji")
        return sign_letters(letters or self.waiting(role), Secret("rahasia"), by=by, parts=self.parts)


@pytest.fixture
def desk(tmp_path):
    """A memo that waits for the signature of Kasubbid."""
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.until_review()
    life.make("telaah", SUB, REVIEW)
    life.numbered(MEMO)
    return Desk(life, {SUB: EKO, FIELD: SRI})


def test_what_was_signed_is_the_print_and_is_filed_by_the_move(desk):
    (letter,) = desk.waiting()

    (result,) = desk.sign()

    made = desk.life.case.made[-1]
    assert (result.fate, result.why, made.decision.move, made.role) == (Fate.SIGNED, "", letter.move, SUB)
    signed = desk.life.office.file(FIRST, f"{MEMO}-v2-bertanda-tangan.pdf")
    assert signed == desk.life.office.file(FIRST, f"{MEMO}-v2.pdf") + f"/ByteRange {EKO}\n".encode()
    (order,) = desk.pen.orders
    assert (order.signer.name, order.reason, order.footer) == (EKO, "Naskah dinas", "Kaki rekaan.")
    assert order.address == f"https://rekaan.example/keaslian?kode={letter.page_code}"
    assert (desk.tries.counted, desk.tries.forgotten, desk.staging.there) == (0, 1, {})
    assert desk.waiting() == ()


def test_no_address_is_printed_where_the_office_has_no_page_on_authenticity(desk):
    parts = replace(desk.parts, authenticity="")

    sign_letters(desk.waiting(), Secret("x"), by=Actor(SUB, "penguji"), parts=parts)

    assert desk.pen.orders[0].address == ""


def test_a_letter_that_was_read_before_it_changed_is_not_signed(desk):
    (read,) = desk.waiting()
    other = replace(read, printed=replace(read.printed, sha256="0" * 64))

    (result,) = desk.sign(other)

    assert (result.fate, "sudah berubah" in result.why, desk.pen.orders) == (Fate.FAILED, True, [])
    assert (desk.tries.counted, desk.tries.forgotten) == (0, 0)
    desk.sign(read)
    (again,) = desk.sign(read)
    assert (again.fate, len(desk.pen.orders)) == (Fate.FAILED, 1)


def test_what_was_signed_before_a_crash_is_filed_and_not_signed_again(desk):
    (letter,) = desk.waiting()
    printed = content(desk.life.office.root.cabinet.blob(FIRST, letter.printed))
    desk.staging.keep(letter.key, printed + f"/ByteRange {EKO}\n".encode())

    (result,) = desk.sign()

    assert (result.fate, desk.pen.orders, desk.staging.there) == (Fate.SIGNED, [], {})


@pytest.mark.parametrize("staged", [b"PDF lain\n/ByteRange Eko Rekaan\n", b"bukan PDF"])
def test_what_lies_staged_and_proves_nothing_is_forgotten_and_signed_anew(desk, staged):
    (letter,) = desk.waiting()
    desk.staging.keep(letter.key, staged)

    (result,) = desk.sign()

    assert (result.fate, len(desk.pen.orders)) == (Fate.SIGNED, 1)
    printed, signed = (desk.life.office.file(FIRST, f"{MEMO}-v2{end}.pdf") for end in ("", "-bertanda-tangan"))
    assert signed == printed + f"/ByteRange {EKO}\n".encode()


def test_what_comes_back_signed_by_somebody_else_is_filed_nowhere(desk):
    desk.pen.name = "Orang Lain"

    (result,) = desk.sign()

    assert (result.fate, "tidak terbukti" in result.why) == (Fate.FAILED, True)
    assert (MEMO in desk.life.case.signed, desk.staging.there) == (False, {})


def test_a_wrong_passphrase_stays_counted_and_a_service_that_is_down_does_not(desk):
    desk.pen.faults = [Denied("Salah.", ""), Passing("Mati.", "")]

    with pytest.raises(Denied):
        desk.sign()
    assert desk.tries.counted == 1
    (result,) = desk.sign()

    assert (result.fate, desk.tries.counted, desk.tries.forgotten) == (Fate.FAILED, 1, 0)


def test_a_key_that_cannot_be_opened_counts_as_no_wrong_passphrase(desk):
    parts = replace(desk.parts, signer_of=lambda _official: (_ for _ in ()).throw(Passing("Token tidak ada.", "")))

    with pytest.raises(Passing):
        sign_letters(desk.waiting(), Secret("x"), by=Actor(SUB, "penguji"), parts=parts)

    assert desk.tries.counted == 0


def test_after_a_fault_that_the_next_would_meet_too_the_rest_is_left(desk):
    (letter,) = desk.waiting()
    desk.pen.faults = [Passing("Layanan mati.", "")]

    first, second = desk.sign(letter, letter)

    assert (first.fate, second.fate, second.why) == (Fate.FAILED, Fate.LEFT, first.why)
    assert len(desk.pen.orders) == 1


def test_a_passphrase_that_is_wrong_once_something_is_signed_stops_and_tells_what_was(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "lain"))
    life.noticed()
    life.numbered(NOTICE)
    desk, told = Desk(life, {HEAD: EKO}), []
    desk.pen.faults = [None, Denied("Terkunci.", "")]

    results = sign_letters(
        desk.waiting(HEAD),
        Secret("x"),
        by=Actor(HEAD, "kakanwil"),
        parts=desk.parts,
        progress=lambda result, done, of: told.append((result.fate, done, of)),
    )

    assert [one.fate for one in results] == [Fate.SIGNED, Fate.FAILED]
    assert told == [(Fate.SIGNED, 1, 2), (Fate.FAILED, 2, 2)]


def test_a_passphrase_that_is_wrong_where_nothing_is_signed_yet_is_told_as_that(desk):
    (letter,) = desk.waiting()
    changed = replace(letter, printed=replace(letter.printed, sha256="0" * 64))
    desk.pen.faults = [Denied("Salah.", "")]

    with pytest.raises(Denied):
        desk.sign(changed, letter)

    assert desk.tries.counted == 1


def test_nobody_signs_in_a_role_that_no_named_official_holds(desk):
    for role in (HEAD, "tidak-ada"):
        with pytest.raises(NotAllowed, match="tidak tercatat dengan namanya"):
            desk.sign(*desk.waiting(), role=role)

    assert desk.tries.counted == 0


def test_what_waits_is_printed_as_it_is_and_by_the_role_whose_turn_it_is(desk):
    case, sop = desk.life.case, desk.life.sop
    (letter,) = desk.waiting()

    assert (letter.template, letter.version, letter.role, letter.signers) == (MEMO, 2, SUB, (SUB,))
    assert (letter.title, letter.key, letter.printed.name) == (
        "Nota telaahan",
        f"2026-0001-{MEMO}-v2",
        f"{MEMO}-v2.pdf",
    )
    assert letter.page_code == case.drafts[MEMO].page_code
    assert awaiting(case, sop, (HEAD, FIELD)) == ()


@pytest.mark.parametrize(
    ("key", "number"),
    [
        ("2026-0007-04-nota-telaahan-v1", CaseNumber(2026, 7)),
        ("2026~SM-0007-04-nota-telaahan-v1", CaseNumber(2026, 7, "SM")),
        ("2026-x-04", None),
        ("lain-0007-04", None),
        ("", None),
    ],
)
def test_a_key_names_its_case(key, number):
    assert case_of_key(key) == number


def test_what_is_staged_is_forgotten_once_its_letter_waits_no_longer(desk):
    (letter,) = desk.waiting()
    keys = (letter.key, f"2026-0001-{MEMO}-v3", "2026-0099-x-v1", "rusak", f"2026-0001-{RECOMMENDATION}-v1")
    for key in keys:
        desk.staging.keep(key, b"x")

    sweep(desk.parts)
    assert list(desk.staging.there) == [letter.key]

    desk.life.make("kembalikan-nota", HEAD, {"alasan": "Kurang."})
    sweep(desk.parts)
    assert desk.staging.there == {}
