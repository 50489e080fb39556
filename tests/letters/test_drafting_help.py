"""What a form offers and begins with: nobody is named in what others read, and what was answered stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, received, recognised
from fakes import MORNING

from pipeline.cases.duties import TYPED
from pipeline.cases.offers import Offer
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_words import ISSUE, REGENCY
from pipeline.errors import TemplateFault
from pipeline.letters.drafting_help import DraftingHelp
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.office import Region
from pipeline.office.phrases import PhraseList, Phrases
from pipeline.office.regency import OUTSIDE

TODAY = MORNING.date()
FIELDS = {
    "pelapor": [{"nama": "Siti Rekaan", "nik": "1771010101010001"}],
    "pokok_permasalahan": "Tanah Siti Rekaan, NIK 1771010101010001, digarap.",
    "tempat_kejadian": "Desa Contoh, Kecamatan Tais",
}
SELUMA = replace(SPECIMEN_OFFICE, regions=(Region("Kabupaten Seluma", ("Kecamatan Tais",)),))
ISSUE_ASKED, REGENCY_ASKED = (
    FormField(name, name, begins=begins) for name, begins in (("isu", ISSUE), ("kab", REGENCY))
)
LIST = PhraseList((Phrases("gerak", "isu", frozenset({"lisan"}), ("Secara lisan.",)),))


def helping(office=SPECIMEN_OFFICE, phrases: PhraseList = LIST) -> DraftingHelp:
    return DraftingHelp(office, lambda: phrases)


def offer(*fields: FormField, **values) -> Offer:
    usual = {"key": "gerak", "label": "Gerak", "button": "Catat", "roles": (), "register": (), "known": {}, "file": ""}
    more = {"file_title": "", "forward": True, "here": False, "act": "", "letter": ""}
    return Offer(**{**usual, **more, "fields": fields, **values})


def case(fields=FIELDS, **first):
    return case_of(recognised(fields), first=received(**first))


@pytest.mark.parametrize(("sheet", "named"), [("04-nota-telaahan", True), (RECOMMENDATION, False)])
def test_what_others_read_begins_without_who_complains_and_no_form_with_a_whole_nik(sheet, named):
    (begun,) = helping().offered(offer(ISSUE_ASKED, sheets=("03-lembar-disposisi", sheet)), case(), TODAY).known["isu"]

    assert ("Siti Rekaan" in begun) == named
    assert "1771010101010001" not in begun


def test_what_was_answered_before_stands_in_the_place_of_what_a_form_begins_with():
    known = helping().offered(offer(ISSUE_ASKED, known={"isu": ["Upah."]}), case(), TODAY).known

    assert known == {"isu": ["Upah."]}


def test_the_sentences_are_the_offices_for_that_kind_of_case_else_those_of_the_sop():
    asked = replace(ISSUE_ASKED, phrases=("Menurut SOP.",))
    spoken, written = case(media=TYPED, channel="lisan"), case()

    told = [helping().offered(offer(asked), one, TODAY).fields[0].phrases for one in (spoken, written)]

    assert told == [("Secara lisan.",), ("Menurut SOP.",)]


@pytest.mark.parametrize("kind", ["paragraf", "daftar"])
def test_a_long_question_is_helped_although_it_begins_with_nothing(kind):
    asked = FormField("isu", "Isu", kind)

    assert helping(phrases=PhraseList((Phrases("gerak", "isu", frozenset(), ("Ya.",)),))).offered(
        offer(asked), case(), TODAY
    ).fields[0].phrases == ("Ya.",)
    short = offer(replace(asked, kind="teks"))
    assert helping().offered(short, case(), TODAY) is short


def test_a_list_that_cannot_be_used_leaves_what_the_sop_offers():
    def broken():
        raise TemplateFault("Rusak.", "Betulkan.")

    asked = replace(ISSUE_ASKED, phrases=("Menurut SOP.",))

    offered = DraftingHelp(SPECIMEN_OFFICE, broken).offered(offer(asked), case(), TODAY)

    assert (offered.fields[0].phrases, offered.known) == (("Menurut SOP.",), {})


def test_the_regency_is_asked_out_of_those_that_the_office_serves_and_guessed_where_it_is_to_be_confirmed():
    plain = FormField("perihal", "Perihal")
    asked = {"register": (REGENCY_ASKED, plain)}

    served = helping(SELUMA).offered(offer(**asked), case(), TODAY)

    assert [field.choices for field in served.register] == [("Kabupaten Seluma", OUTSIDE), ()]
    assert [field.name for field in served.register] == ["kab", "perihal"]
    assert served.known == {"kab": "Kabupaten Seluma"}
    assert helping(SELUMA).offered(offer(**asked, forward=False), case(), TODAY).known == {}
    assert helping(SELUMA).offered(offer(**asked, known={"kab": "Kota Contoh"}), case(), TODAY).known == {
        "kab": "Kota Contoh"
    }
    assert [field.name for field in helping().offered(offer(**asked), case(), TODAY).register] == ["perihal"]
