"""Rules of electronic signatures that are a condition each: what one is worth, who signed, what is said, who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING

from pipeline.errors import SettingsFault
from pipeline.office.office_file import Table
from pipeline.signing.findings import Findings, SignatureFound
from pipeline.signing.plan import SERVICE, plan_of
from pipeline.signing.ports import Likeness
from pipeline.signing.proof import Proof, SignerNamed, prove, same_person
from pipeline.signing.wording import NONE_FOUND, sentences
from pipeline.signing.worth import Facts, Worth, worth_of

DAY = timedelta(days=1)
FACTS = Facts(
    intact=True,
    changed=False,
    trusted=False,
    revoked=False,
    wrong_usage=False,
    not_before=MORNING - DAY,
    not_after=MORNING + DAY,
)
GOOD = SignatureFound("ttd", Worth.CERTIFIED, "BUDI REKAAN", "PSrE Rekaan", whole=True)


@pytest.mark.parametrize(
    ("values", "worth"),
    [
        ({}, Worth.UNCERTIFIED),
        ({"trusted": True}, Worth.CERTIFIED),
        ({"trusted": True, "stamp_holds": True}, Worth.CERTIFIED),
        ({"trusted": True, "stamp_holds": False}, Worth.UNSTAMPED),
        ({"trusted": True, "changed": True}, Worth.CHANGED),
        ({"trusted": True, "intact": False}, Worth.DAMAGED),
        ({"revoked": True, "not_after": MORNING - DAY}, Worth.REVOKED),
        ({"not_after": MORNING}, Worth.UNCERTIFIED),
        ({"not_after": MORNING - DAY}, Worth.EXPIRED),
        ({"not_before": MORNING}, Worth.UNCERTIFIED),
        ({"not_before": MORNING + DAY}, Worth.NOT_YET),
        ({"wrong_usage": True}, Worth.WRONG_USAGE),
    ],
)
def test_a_signature_is_worth_what_its_gravest_fault_leaves_to_the_last_moment_of_its_certificate(values, worth):
    assert worth_of(replace(FACTS, **values), MORNING) is worth


def test_what_was_added_behind_a_signature_that_holds_is_said_and_who_signed():
    def said(**values) -> str:
        (sentence,) = sentences(Findings("", "", (replace(GOOD, **values),)))
        return sentence

    added = "Sesudahnya hanya ditambahkan"
    assert [added in said(), added in said(whole=False), added in said(whole=False, worth=Worth.CHANGED)] == [
        False,
        True,
        False,
    ]
    assert "BUDI REKAAN" in said()
    assert "tanpa nama" in said(signer="")
    assert sentences(Findings("", "", ())) == (NONE_FOUND,)


LIKE = Likeness(begins=True, only_signatures=True)


def test_a_print_is_proved_by_certified_signatures_of_whom_it_names_on_what_is_ours():
    budi = SignerNamed("Kepala", "Budi Rekaan, S.H.", "")

    def proved(*signatures: SignatureFound, likeness: Likeness = LIKE, expected: SignerNamed | None = budi) -> str:
        found = prove(Findings("", "", signatures), likeness, expected)
        return "" if isinstance(found, Proof) else str(found.code)

    other = replace(GOOD, signer="Eko Rekaan")
    assert proved(GOOD) == proved(other, GOOD) == proved(other, expected=None) == ""
    assert proved() == "tanpa-tanda-tangan"
    assert proved(other) == "orang-lain"
    assert proved(GOOD, replace(GOOD, worth=Worth.EXPIRED)) == Worth.EXPIRED
    assert proved(GOOD, likeness=replace(LIKE, begins=False)) == "pdf-lain"
    assert proved(GOOD, likeness=replace(LIKE, only_signatures=False)) == "ditambah"


def test_a_certificates_name_is_an_officials_whichever_of_them_carries_more():
    names = ("BUDI REKAAN", "Dr. Budi Rekaan, S.H., M.H.", "Budi Rekaan Umpama", "", "EKO REKAAN")

    assert [same_person(name, "Dr. Budi Rekaan, S.H.") for name in names] == [True, True, True, False, False]


@pytest.mark.parametrize("printed", ["", "Ir. S., M.H.", "Dr. H. A.", "A."])
def test_an_official_of_whose_name_nothing_is_left_is_nobody(printed):
    """Else whoever has a certificate would have signed in their stead."""
    assert not same_person("BUDI REKAAN", printed)
    assert not same_person(printed, "BUDI REKAAN")


def plan(**values):
    return plan_of(Table("tanda_tangan", values))


def test_an_official_signs_by_the_nip_and_the_service_has_an_address_and_a_known_way():
    holder, address = {"nip": "1970 01", "cara": SERVICE, "nik": "1771"}, {"alamat": "https://esign.contoh"}

    for values in ({"pemegang": [holder]}, {"bsre": {**address, "kirim": "merpati"}}):
        with pytest.raises(SettingsFault):
            plan(**values)
    found = plan(pemegang=[holder], bsre=address)
    assert [found.holder(nip) is not None for nip in ("197001", "1970 01", "1970", "")] == [True, True, False, False]
    assert plan().service.address == ""


def test_a_signature_is_seen_on_the_sheet_unless_the_office_wants_it_unseen():
    seen = [plan(bsre=values).service.visible for values in ({}, {"tampilan": "terlihat"}, {"tampilan": "tersembunyi"})]

    assert seen == [True, True, False]


def test_whoever_signed_with_a_worthless_certificate_is_named_in_the_refusal():
    def fact(signer: str) -> str:
        found = prove(Findings("", "", (replace(GOOD, signer=signer, worth=Worth.EXPIRED),)), LIKE)
        assert not isinstance(found, Proof)
        return found.fact

    assert "BUDI REKAAN" in fact("BUDI REKAAN")
    assert "tanpa nama" in fact("")
