"""The answer to a person's request says what goes along, and what was fulfilled; a notice, to whom it goes."""

from __future__ import annotations

import pytest
from fakes import MORNING
from sheet_factory import usual

from pipeline.letters.sheets import hands, specimen_values
from pipeline.letters.sheets.personal_data_letters import answer_values
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.letters.sheets.texts import BREACH_NOTICE
from pipeline.privacy.requests import DECLINED, FULFILLED, PARTLY, PersonRequest


@pytest.mark.parametrize(
    ("outcome", "exported", "told"),
    [
        (FULFILLED, "x", ("1 (satu) berkas", "ya", "")),
        (FULFILLED, "", ("-", "ya", "")),
        (PARTLY, "x", ("1 (satu) berkas", "", "ya")),
        (DECLINED, "x", ("-", "", "")),
    ],
)
def test_what_was_taken_out_goes_along_unless_the_request_was_declined(outcome, exported, told):
    given = (7, "akses", "Sari Melati", "", "Jalan Contoh 1", "langsung", "Data saya", MORNING, ())
    request = PersonRequest(*given, exported=exported, outcome=outcome)

    values = answer_values(request, MORNING.date(), SPECIMEN_OFFICE)

    assert (values["lampiran_naskah"], values["dipenuhi"], values["sebagian"]) == told
    assert (values["alasan"], values["pasal_alasan"]) == ("", "")


def test_a_notice_goes_to_each_person_where_they_are_or_to_the_institution():
    notices = specimen_values(BREACH_NOTICE)

    told = [(one["di"], one["kepada_lembaga"], one["yth"][0][:8]) for one in (notices["kosong"], notices["lazim"])]
    assert told == [("Jakarta", "ya", "Kepala l"), ("Tempat", "", "Saudara ")]


@pytest.mark.parametrize(("chain", "between"), [(("kadiv",), ("kadiv",)), ((), ("kabid", "kadiv"))])
def test_who_is_between_the_signer_and_the_head_is_as_the_edition_says_else_as_the_offices_roles_do(chain, between):
    facts = usual(RECOMMENDATION, chain=chain, signers=("kasubbid",))

    assert hands.between(facts, SPECIMEN_OFFICE) == between
