"""Steps that two people must make: whoever made the first is refused the second, by whichever way they come."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FixedClock
from life_office import CONFIRMED, DRAFTED, FIELD, FIRST, HEAD, MORNING, RECOMMENDATION, SUB, TEAM, LifeOffice
from sop_texts import read_text_of_sop, sop_text
from test_letters_owed_to_complainants import SOP, drafted_recommendation, numbered, walked

from pipeline.cases.actor import Actor
from pipeline.cases.decide import decide
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.offers import offers
from pipeline.cases.separation import barred, first_steps, kept_apart
from pipeline.cases.sop_rows import Pair, PairStep
from pipeline.cases.store.sop_editions import editions
from pipeline.cases.timeline import timeline
from pipeline.errors import NotAllowed, SettingsFault
from pipeline.intake.open_case import open_case
from pipeline.office.office import OnePerson
from pipeline.office.officials import Official
from pipeline.office.person import Person
from pipeline.storage.blobs import TypedText
from pipeline.work.engines.doctor_people import separation_checks

EDITION = "2026-11-26"
TEXT = sop_text(EDITION)
#: One person in several roles: at the desk, by a token of theirs, and by the account's NIP in another account.
DEWI = Actor(TEAM, "dewi", "dewi", "Dewi Rekaan", "1970")


def as_role(role: str, who: Actor = DEWI) -> Actor:
    return replace(who, role=role)


@pytest.fixture
def life(office):
    return LifeOffice(office)


def made(life: LifeOffice, move: str, by: Actor, typed: dict | None = None, file: bytes = b"", **parts):
    blobs = [TypedText("pindaian.pdf", file)] if file else []
    deciding = replace(life.office.decide_parts, **parts)
    return decide(FIRST, move, typed or {}, by=by, parts=deciding, files=blobs)


def to_be_signed(life: LifeOffice, composer: Actor) -> None:
    """Have somebody compose the recommendation, others initial and number it."""
    life.decided("rekomendasi")
    made(life, "susun-rekomendasi", composer, DRAFTED)
    life.office.run_once()
    life.numbered(RECOMMENDATION)


def signed(life: LifeOffice, by: Actor, **parts):
    return made(life, "tandatangani-naskah", by, {"naskah": RECOMMENDATION}, b"bertanda tangan", **parts)


SAME = {
    "the same account": as_role(HEAD),
    "a token of that account": Actor(HEAD, "token-7", "dewi", "Dewi Rekaan", "1970"),
    "another account with that NIP": Actor(HEAD, "dewi2", "dewi2", "D. Rekaan", "19 70"),
    "the terminal under that name": Actor(HEAD, "dewi"),
}


@pytest.mark.parametrize("by", SAME.values(), ids=SAME)
def test_who_drafted_a_letter_does_not_sign_it_in_whatever_role_or_way(life, by):
    to_be_signed(life, as_role(SUB))

    with pytest.raises(NotAllowed, match=r"harus oleh dua orang.*menyusun surat rekomendasi pada 2 Desember 2026"):
        signed(life, by)

    assert RECOMMENDATION not in life.case.signed
    after = signed(life, Actor(HEAD, "budi", "budi", "Budi Rekaan", "1960"))
    assert RECOMMENDATION in after.signed
    assert after.made[-1].decision.person == Person("budi", "1960", "Budi Rekaan")


def test_who_edited_a_letter_as_a_drafter_does_not_sign_it_but_its_signer_may_mend_it(life):
    to_be_signed(life, Actor(SUB, "eko"))
    case = life.case
    edit = next(line for line in case.about_letters if line.event.kind == "dikonsep")
    edited = replace(edit, event=replace(edit.event, template=RECOMMENDATION, editor="dewi"), seq=case.entries[-1].seq)

    def kept_from(role: str) -> bool:
        there = replace(case, about_letters=(*case.about_letters, replace(edited, by=role)))
        return _barred_from_signing(life, there, as_role(HEAD))

    assert kept_from(SUB)
    assert not kept_from(HEAD)


def _barred_from_signing(life: LifeOffice, case, by: Actor) -> bool:
    office = life.office.decide_parts.office
    return bool(barred("tandatangani-naskah", "tanda-tangan", (RECOMMENDATION,), by, case, life.sop, office))


def test_who_confirmed_the_register_does_not_void_the_case(office):
    office.clock = FixedClock(MORNING)
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    office.decide(FIRST, "konfirmasi", TEAM, CONFIRMED)

    with pytest.raises(NotAllowed, match="mencatat perkara dalam register dan membatalkannya"):
        decide(FIRST, "batal", {"alasan": "Iklan"}, by=Actor(FIELD, "penguji"), parts=office.decide_parts)
    voided = decide(FIRST, "batal", {"alasan": "Iklan"}, by=Actor(FIELD, "sari"), parts=office.decide_parts)
    assert voided.made[-1].decision.state == "batal"


def test_who_opened_a_case_without_a_letter_does_not_void_it(office):
    office.clock = FixedClock(MORNING)
    told = {k: v for k, v in CONFIRMED.items() if k != "cara_penyampaian"} | {"uraian": "Tanah dipagari."}
    opened = open_case("lisan", told, by=as_role(TEAM), parts=office.open_parts).number

    with pytest.raises(NotAllowed, match="membuka perkara ini"):
        decide(opened, "batal", {"alasan": "x"}, by=as_role(FIELD), parts=office.decide_parts)


def test_ink_of_an_official_who_drafted_the_letter_is_refused_when_its_scan_speaks_for_itself(life):
    to_be_signed(life, as_role(SUB))
    named = Official(HEAD, "Kepala Kantor Wilayah", "Dewi Rekaan", "1970", acting="Plh.")
    office = replace(life.office.decide_parts.office, officials=(named,))

    with pytest.raises(NotAllowed, match="harus oleh dua orang"):
        signed(life, Actor(HEAD, "kode-halaman", scanned=True), office=office)

    other = replace(office, officials=(replace(named, name="Budi Rekaan", nip="1960"),))
    filed = signed(life, Actor(HEAD, "kode-halaman", scanned=True), office=other)
    assert RECOMMENDATION in filed.signed
    assert filed.made[-1].decision.holder == NO_HOLDER, "nobody acted: whoever holds the post today did not"


def test_a_small_offices_exception_stands_in_the_decision_and_in_its_history(life):
    to_be_signed(life, as_role(SUB))
    reason = "Jabatan Kasubbid lowong."
    small = replace(life.office.decide_parts.office, one_person=(OnePerson("susun-tanda-tangan", reason),))

    after = signed(life, as_role(HEAD), office=small)

    told = after.made[-1].decision.alone
    assert (told.pair, told.why) == ("susun-tanda-tangan", reason)
    assert "menyusun surat rekomendasi" in told.first
    words = dict(timeline(after, life.sop)[-1].words)
    assert words["Alasan kantor merangkap"] == reason
    assert not any(line.decision.alone for line in after.made[:-1])


def test_what_would_be_refused_is_not_offered_and_why_is_told(life):
    to_be_signed(life, as_role(SUB))
    case, office = life.case, life.office.decide_parts.office
    found = offers(case, life.sop, {HEAD})

    left, kept = kept_apart(found, as_role, case, life.sop, office)

    assert "tandatangani-naskah" in {offer.key for offer in found} - {offer.key for offer in left}
    assert [(k.move, k.letter) for k in kept] == [("tandatangani-naskah", RECOMMENDATION)]
    others, none = kept_apart(found, lambda role: Actor(role, "budi"), case, life.sop, office)
    assert (others, none) == (found, ())


def test_an_edition_of_before_knows_no_pairs():
    assert [bool(sop.pairs) for sop in editions()] == [False, True]


def test_two_people_of_one_name_are_told_apart_by_their_nips():
    assert not Person("a", "1", "Dewi").is_same(Person("b", "2", "Dewi"))
    assert Person("a", "", "Dewi").is_same(Person("b", "2", "dewi"))
    assert Person("a", "", "Dr. Dewi  Rekaan, S.H.").is_same(Person("b", "-", "DEWI RÉKAAN"))
    assert not Person("a", "", "Dr.").is_same(Person("b", "", "Ir."))
    for typed in (
        "Siti Rekaan S.H. M.Kn.",
        "SITI REKAAN SH MH",
        "Siti Rekaan (admin)",
        "Siti Rekaan 2",
        "\u0405iti R\u0435kaan",
    ):
        assert Person("a", "", "Hj. Siti Rekaan").is_same(Person("b", "", typed)), typed
    for typed in ("Siti", "Siti Rekaani", "S.H."):
        assert not Person("a", "", "Siti Rekaan").is_same(Person("b", "", typed)), typed
    assert not Person().is_same(Person())


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (
            'gerak = ["batal"]',
            'gerak = ["batall"]',
            r"baris \d+ .pasangan. catat-batal: kedua: gerak 'batall'",
        ),
        ('tindakan = ["tanda-tangan"]', 'tindakan = ["tandatangan"]', "kedua: tindakan 'tandatangan' tidak dikenal"),
        ('peran = ["kasubbid", "tim-yankomas"] }', 'peran = ["kasubid"] }', "pertama: peran 'kasubid'.*'kasubbid'"),
        ('kunci = "catat-batal"', 'kunci = "susun-tanda-tangan"', "kunci 'susun-tanda-tangan' sudah dipakai"),
        ('"04-permintaan-kelengkapan", "04-pemb', '"04-permintaan", "04-pemb', "naskah '04-permintaan' tidak ada"),
        ('kedua = { gerak = ["batal"] }', "kedua = {}", "kedua: tanpa gerak dan tanpa tindakan"),
        (
            'kedua = { gerak = ["batal"] }',
            'kedua = { gerk = ["batal"] }',
            "kedua: 'gerk' tidak dikenal",
        ),
        ('kedua = { gerak = ["batal"] }', 'kedua = { tindakan = ["susun"] }', "kedua: tindakan 'susun' tidak dikenal"),
    ],
)
def test_a_pair_that_makes_no_sense_is_refused_with_its_line(old, new, named):
    assert old in TEXT

    with pytest.raises(SettingsFault, match=named):
        read_text_of_sop("uji", TEXT.replace(old, new, 1))


def test_doctor_tells_the_exception_and_a_pair_that_is_none(life):
    office = life.office.decide_parts.office

    def told(*allowed: OnePerson):
        return [*separation_checks(replace(office, one_person=allowed), editions())]

    (usual,) = told()
    exception, wrong = told(OnePerson("catat-batal", "Hanya seorang."), OnePerson("entah", "x"))
    assert [(check.good, check.caution) for check in (usual, exception, wrong)] == [
        (True, False),
        (True, True),
        (False, False),
    ]
    assert "Hanya seorang." in exception.fact
    assert "susun-tanda-tangan" in wrong.remedy


def test_the_first_step_is_called_as_it_was_made_where_several_moves_share_its_key():
    pair = Pair("uji", "mengembalikan dan menyetujui", PairStep(("kembalikan",)), PairStep(("setujui",)))
    returned = walked(numbered(drafted_recommendation()), "kembalikan")

    (step,) = first_steps("setujui", "", (), HEAD, returned, replace(SOP, pairs=(pair,)))

    assert step.earlier.what == 'melakukan "Kembalikan surat rekomendasi untuk diperbaiki"'
