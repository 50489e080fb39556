"""Letters signed with a certificate: proved, filed by the move of the SOP, once - wherever the program is killed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from crash import SPARSELY, Effects, effects_of, in_child, was_killed
from fakes import WIB, FakeLetters, FixedClock
from offices import copied
from signed_letters import letter, order_for, signed_letter
from signing_memos import to_the_memo, with_memos
from signing_office import OFFICIALS, SUB, SigningOffice
from signing_pki import PASSPHRASE
from test_whole_sop import FIRST, REVIEW, TO_REVIEW, received, walk

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.line_values import PostHolder
from pipeline.cases.ports import content
from pipeline.errors import Denied, EngineFault, NotAllowed, Passing
from pipeline.letters.revise import Edit, ReviseParts, revise
from pipeline.letters.sign_letters import Fate, sign_letters, sweep
from pipeline.office.handovers import Handover
from pipeline.office.officials import ON_BEHALF
from pipeline.scans.pdf.signature_marks import signature_marks
from pipeline.signing.engines.pdf_validator import PdfValidator
from pipeline.signing.secret import Secret
from pipeline.signing.store.trust import trust_in
from pipeline.work.tend import tend

MEMO = "04-nota-telaahan"
OTHER = letter(SUB, words_of_it="Surat lain")
SIGNED = f"{MEMO}-v1-bertanda-tangan.pdf"


@pytest.fixture(scope="module")
def before(pki, tmp_path_factory):
    """An office with two cases, each with a memo that waits for its signature."""
    folder = tmp_path_factory.mktemp("sebelum") / "kantor"
    with_memos(folder, pki, b"Sengketa tanah", b"Upah tidak dibayar")
    return folder


@pytest.fixture(scope="module")
def validator(before):
    found = PdfValidator(lambda: trust_in(before / "kepercayaan"))
    yield found
    found.close()


@pytest.fixture
def office(before, validator, tmp_path):
    folder = copied(before, tmp_path / "kantor")
    return SigningOffice(folder, validator=validator)


def waiting(office):
    second = CaseNumber(2026, 2)
    return (*office.awaiting(FIRST), *office.awaiting(second))


def made(office, number=FIRST):
    return office.case(number).made[-1]


def test_all_that_wait_are_signed_with_one_passphrase_and_filed_by_the_move(office):
    told = []

    results = office.sign(waiting(office), progress=lambda result, done, of: told.append((done, of)))

    assert [r.fate for r in results] == [Fate.SIGNED, Fate.SIGNED]
    assert told == [(1, 2), (2, 2)]
    for number in (FIRST, CaseNumber(2026, 2)):
        decision = made(office, number).decision
        assert (decision.move, made(office, number).role) == ("tandatangani-naskah", "kasubbid")
        assert (decision.login, decision.holder.name) == ("penguji", "Eko Rekaan")
        assert MEMO in office.case(number).signed
    assert waiting(office) == ()
    assert office.findings() == []


def test_what_is_filed_begins_with_our_print_and_is_judged_by_the_machine_afterwards(office, tmp_path):
    office.sign(office.awaiting(FIRST))
    tend(FIRST, office.tend_parts)

    signed, printed = office.file(FIRST, SIGNED), office.file(FIRST, f"{MEMO}-v1.pdf")
    (kept := tmp_path / SIGNED).write_bytes(signed)
    assert signed.startswith(printed)
    assert signature_marks(kept) == 1
    found = office.case(FIRST).validated[SIGNED]
    assert found.findings["signatures"][0]["signer"] == "Eko Rekaan"
    assert "sah: tanda tangan elektronik tersertifikasi" in found.said[0]


def test_signing_again_changes_nothing(office):
    letters = office.awaiting(FIRST)
    office.sign(letters)
    head = office.case(FIRST).head

    (again,) = office.sign(letters)

    assert again.fate is Fate.FAILED
    assert "sudah ditandatangani" in again.why
    assert office.case(FIRST).head == head


def test_a_wrong_passphrase_signs_nothing_and_after_three_nobody_tries(office):
    for _ in range(3):
        with pytest.raises(Denied, match="salah"):
            office.sign(waiting(office), "salah")

    with pytest.raises(Denied, match="Terlalu banyak percobaan"):
        office.sign(waiting(office))

    assert len(waiting(office)) == 2
    office.clock.forward(minutes=2)
    assert office.sign(office.awaiting(FIRST))[0].fate is Fate.SIGNED
    office.sign(office.awaiting(CaseNumber(2026, 2)))


def test_a_right_passphrase_forgets_the_wrong_ones_before(office):
    for _ in range(2):
        with pytest.raises(Denied):
            office.sign(waiting(office), "salah")

    office.sign(office.awaiting(FIRST))
    for _ in range(2):
        with pytest.raises(Denied, match="salah"):
            office.sign(office.awaiting(CaseNumber(2026, 2)), "salah")


def test_another_role_has_nothing_to_sign_here(office):
    (result, _) = office.sign(waiting(office), role="kakanwil")

    assert result.fate is Fate.FAILED
    assert len(waiting(office)) == 2


def test_an_official_without_a_certificate_signs_in_ink(office):
    with pytest.raises(NotAllowed, match="tidak tercatat"):
        office.sign(waiting(office), role="kadiv")


def acting(office, how: str):
    """Have the holder of another post act for the one whose signature is awaited."""
    title, name, nip, _ = OFFICIALS["kakanwil"]
    now = office.clock.now()
    kept = Handover(
        role="kasubbid",
        acting=how,
        title=SUB.title,
        login="budi",
        name=name,
        since=now.date(),
        until=now.date(),
        entered_by="eko",
        entered_at=now,
        nip=nip,
        own_title=title if how == ON_BEHALF else "",
        giver="eko",
    )
    office.root.handovers.enter(kept, ())


@pytest.mark.parametrize("how", ["Plh.", ON_BEHALF])
def test_a_deputy_signs_with_a_certificate_of_their_own_what_prints_them(office, how, monkeypatch):
    _, name, nip, label = OFFICIALS["kakanwil"]
    acting(office, how)
    printed = office.root.settings.office.holder("kasubbid", office.clock.now().date())
    above = printed.signing_title.splitlines()[-1]
    monkeypatch.setitem(OFFICIALS, "kasubbid", (above, name, nip, label))
    monkeypatch.setitem(OFFICIALS, "kakanwil", (*OFFICIALS["kakanwil"][:1], "Orang Lain", "", ""))
    third = to_the_memo(office, b"Penggusuran")

    (result,) = office.sign(office.awaiting(third))

    assert (result.fate, result.why) == (Fate.SIGNED, "")
    assert made(office, third).decision.holder.post == printed.signing_title.replace("\n", ", ")


def test_a_deputy_does_not_sign_what_prints_whom_they_act_for(office):
    letters = office.awaiting(FIRST)
    acting(office, "Plh.")

    (result,) = office.sign(letters)

    assert (result.fate, MEMO in office.case(FIRST).signed) == (Fate.FAILED, False)
    assert "Plh. Kepala Subbidang" in result.why


def test_who_handed_the_post_over_signs_nothing(office):
    letters = office.awaiting(FIRST)
    acting(office, "Plh.")
    by = Actor("kasubbid", "eko", account="eko", name=SUB.name, nip=SUB.nip)

    with pytest.raises(NotAllowed, match="alihkan"):
        sign_letters(letters, Secret(PASSPHRASE), by=by, parts=office.sign_parts)


def test_who_has_somebody_sign_in_their_name_may_still_sign_themselves(office):
    letters = office.awaiting(FIRST)
    acting(office, ON_BEHALF)
    by = Actor("kasubbid", "eko", account="eko", name=SUB.name, nip=SUB.nip)

    (result,) = sign_letters(letters, Secret(PASSPHRASE), by=by, parts=office.sign_parts)

    assert (result.fate, result.why) == (Fate.SIGNED, "")
    assert made(office).decision.holder == PostHolder(SUB.title, SUB.name, SUB.nip, "eko")


def test_a_letter_that_was_edited_since_it_was_read_is_not_signed(office):
    letters = office.awaiting(FIRST)
    docx = content(office.root.cabinet.blob(FIRST, office.case(FIRST).drafts[MEMO].documents[0]))
    edited = json.dumps({**json.loads(docx), "tambahan": "Kata-kata yang lain."}).encode()
    parts = ReviseParts(office.decide_parts, FakeLetters(), lambda _: (), lambda _: None)
    revise(FIRST, MEMO, Edit(edited, 1, 1), by=Actor("kasubbid", "penguji"), parts=parts)
    tend(FIRST, office.tend_parts)

    (result,) = office.sign(letters)

    assert result.fate is Fate.FAILED
    assert MEMO not in office.case(FIRST).signed
    assert [w.version for w in office.awaiting(FIRST)] == [2]


class OddPen:
    """A pen that gives back what a test says."""

    holder = ""

    def __init__(self, answer):
        self._answer = answer
        self.asked = 0

    def sign(self, pdf, order):
        self.asked += 1
        return self._answer(pdf, order)


class OddSigner:
    """Signs with such a pen."""

    means = "pena rekaan"

    def __init__(self, answer):
        self.pen = OddPen(answer)

    def opened(self, passphrase):
        from contextlib import nullcontext

        return nullcontext(self.pen)


def signed_by(office, answer):
    """Sign everything that waits with a signer that answers so; return the results and how often it was asked."""
    signer = OddSigner(answer)
    results = office.sign(waiting(office), parts=replace(office.sign_parts, signer_of=lambda _: signer))
    return results, signer.pen.asked


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (lambda pki, pdf: signed_letter(pki, OTHER, "kabid", order=order_for(OTHER, SUB)), "bukan cetakan naskah ini"),
        (lambda pki, pdf: pdf, "tidak memuat tanda tangan"),
        (lambda pki, pdf: signed_letter(pki, pdf, "lain", order=order_for(pdf, SUB)), "Orang Lain, bukan Eko Rekaan"),
        (
            lambda pki, pdf: signed_letter(pki, pdf, "dari-asing", order=order_for(pdf, SUB)),
            "bukan tanda tangan elektronik",
        ),
        (lambda pki, pdf: b"bukan PDF", "rusak"),
    ],
)
def test_what_comes_back_from_a_lying_service_is_filed_nowhere(office, pki, back, said):
    results, _ = signed_by(office, lambda pdf, order: back(pki, pdf))

    assert [r.fate for r in results] == [Fate.FAILED, Fate.FAILED]
    assert all(said in r.why for r in results)
    assert len(waiting(office)) == 2
    assert not list((office.root.layout.state / "tanda-tangan").glob("*"))


def test_a_service_that_is_down_is_asked_once_and_the_rest_is_left(office):
    def down(pdf, order):
        raise Passing("Layanan tidak dapat dihubungi.", "Coba lagi nanti.")

    results, asked = signed_by(office, down)

    assert ([r.fate for r in results], asked) == ([Fate.FAILED, Fate.LEFT], 1)
    assert all("tidak dapat dihubungi" in r.why for r in results)


def test_a_service_that_says_the_passphrase_is_wrong_is_asked_once(office):
    asked = []

    def wrong(pdf, order):
        asked.append(pdf)
        raise Denied("Kata sandi salah.")

    with pytest.raises(Denied):
        signed_by(office, wrong)

    assert len(asked) == 1


def test_one_letter_that_cannot_be_signed_stops_no_other(office, pki):
    calls = []

    def odd(pdf, order):
        calls.append(pdf)
        if len(calls) == 1:
            raise EngineFault("Mesin mati.")
        return signed_letter(pki, pdf, "kabid", order=order)

    results, _ = signed_by(office, odd)

    assert [r.fate for r in results] == [Fate.FAILED, Fate.SIGNED]


def test_what_was_staged_and_waits_no_longer_is_forgotten(office):
    (there, _) = waiting(office)
    for key in (there.key, "2026-0001-04-nota-telaahan-v9", "2026-0099-lain-v1", "aneh"):
        office.sign_parts.staging.keep(key, b"x")

    sweep(office.sign_parts)

    assert office.sign_parts.staging.waiting() == [there.key]


def test_the_passphrase_lies_nowhere_in_the_office(office):
    office.sign(waiting(office))
    with pytest.raises(Denied):
        office.sign([], "SANDI-SALAH-99")

    for path in office.root.layout.root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert PASSPHRASE.encode() not in content, path
            assert b"SANDI-SALAH-99" not in content, path


def test_the_list_over_all_cases_reads_a_case_once_while_nothing_changes(office):
    office.root.book.refresh()
    reads = []
    listed = office.root.signature_list
    listed._case = lambda number: reads.append(number) or office.case(number)

    first = listed.waiting_for(("kasubbid",), office.root.book.rows())
    listed.waiting_for(("kasubbid",), office.root.book.rows())
    office.sign(office.awaiting(FIRST))
    office.root.book.refresh()
    after = listed.waiting_for(("kasubbid",), office.root.book.rows())

    assert [w.number for w in first] == [FIRST, CaseNumber(2026, 2)]
    assert [w.number for w in after] == [CaseNumber(2026, 2)]
    assert reads == [FIRST, CaseNumber(2026, 2)]


def _sign(folder, effects: Effects | None = None) -> None:
    office = SigningOffice(folder)
    if effects:
        effects.install()
    office.sign(office.awaiting(FIRST))


def _effects(before, tmp_path_factory) -> list[str]:
    folder = tmp_path_factory.mktemp("hitung") / "kantor"
    copied(before, folder)
    return effects_of(partial(_sign, folder), folder.parent)


@SPARSELY
def test_killed_at_every_effect_a_letter_is_signed_once_and_filed_once(before, validator, pki, tmp_path_factory, step):
    names = _effects(before, tmp_path_factory)
    staged = 0
    assert len(names) > 5
    for kill_at in range(1, len(names) + 1, min(step, 4)):
        folder = tmp_path_factory.mktemp("mati") / "kantor"
        copied(before, folder)
        assert was_killed(in_child(partial(_sign, folder, Effects(kill_at))))

        office = SigningOffice(folder, validator=validator)
        tend(FIRST, office.tend_parts)
        kept = list((office.root.layout.state / "tanda-tangan").glob("2026*"))
        bytes_kept = kept[0].read_bytes() if kept else None
        if letters := office.awaiting(FIRST):
            assert [r.fate for r in office.sign(letters)] == [Fate.SIGNED]
        tend(FIRST, office.tend_parts)

        filed = [d for m in office.case(FIRST).made for d in m.decision.documents]
        assert [d.name for d in filed] == [SIGNED], kill_at
        content = office.file(FIRST, SIGNED)
        if bytes_kept and letters:
            assert content == bytes_kept, kill_at
            staged += 1
        sweep(office.sign_parts)
        assert not list((office.root.layout.state / "tanda-tangan").glob("2026*"))
        assert office.findings() == []
    assert staged


@pytest.fixture
def two_signers(pki, tmp_path):
    """An office in whose SOP a memo is signed by two officials."""
    office = SigningOffice(tmp_path / "kantor", pki)
    office.clock = FixedClock(datetime(2026, 11, 30, 9, tzinfo=WIB))
    of_the_file = office.root.sop_of

    def changed(case):
        sop = of_the_file(case)
        both = (
            replace(s, signers=("kasubbid", "kakanwil"), initials=(), series="") if s.template == MEMO else s
            for s in sop.sheets
        )
        return replace(sop, sheets=tuple(both))

    office.root.sop_of = changed
    walk(office, received(office), [step[:3] for step in TO_REVIEW])
    walk(office, FIRST, [("telaah", "kasubbid", {**REVIEW, "saran": "audiensi"})])
    return office


def test_a_letter_of_two_signers_is_filed_when_the_second_has_signed_on_top_of_the_first(two_signers):
    (first,) = two_signers.sign(two_signers.awaiting(FIRST))
    kept = two_signers.sign_parts.staging.kept(two_signers.awaiting(FIRST)[0].key)

    assert (first.fate, first.why) == (Fate.SIGNED, "menunggu tanda tangan Budi Rekaan")
    assert MEMO not in two_signers.case(FIRST).signed

    (second,) = two_signers.sign(two_signers.awaiting(FIRST, "kakanwil"), role="kakanwil")
    tend(FIRST, two_signers.tend_parts)

    assert (second.fate, second.why) == (Fate.SIGNED, "")
    data = two_signers.file(FIRST, SIGNED)
    assert data.startswith(kept)
    found = two_signers.case(FIRST).validated[SIGNED].findings["signatures"]
    assert [s["signer"] for s in found] == ["Eko Rekaan", "Budi Rekaan"]
    assert two_signers.sign_parts.staging.waiting() == []


def test_the_first_of_two_signers_signs_once_however_often_he_asks(two_signers):
    two_signers.sign(two_signers.awaiting(FIRST))
    key = two_signers.awaiting(FIRST)[0].key
    kept = two_signers.sign_parts.staging.kept(key)

    two_signers.sign(two_signers.awaiting(FIRST))

    assert two_signers.sign_parts.staging.kept(key) == kept
