"""What the form of a move offers whoever fills it in: the office's sentences to tick, and what it begins with.

Nothing is forced: what it begins with is there to be changed, and what was answered before stands in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.case_kind import kind_of_case
from pipeline.cases.forms import Help, Helping, Offer, sop_phrases
from pipeline.cases.sop import ELEMENTS, PAPERS, RIGHTS, FormField
from pipeline.errors import TemplateFault
from pipeline.letters.sheets.review_memo import evidence
from pipeline.letters.sheets.rights_in_law import elements, rights_with_articles
from pipeline.letters.sheets.sheet_facts import channel_of
from pipeline.office.laws import Laws
from pipeline.office.office import Office
from pipeline.office.phrases import PhraseList

_BEGINNINGS: Mapping[str, Callable[[Mapping[str, Any], Laws, date], list[str]]] = {
    RIGHTS: lambda fields, laws, day: [" | ".join(row.values()) for row in rights_with_articles(fields, laws, day)],
    ELEMENTS: lambda fields, laws, _: elements(fields, laws),
    PAPERS: lambda fields, *_: evidence(fields),
}


@dataclass(frozen=True, slots=True)
class DraftingHelp:
    """The office's sentences and laws as they stand when a form is shown; ``phrases`` returns its list."""

    office: Office
    phrases: Callable[[], PhraseList]

    def of(self, case: Case, day: date) -> Helping:
        """Return what the questions of this case's forms offer; where a list cannot be used, what the SOP does."""
        try:
            laws, phrases = self.office.laws, self.phrases()
        except TemplateFault:  # doctor tells; a form can be filled in without help
            return sop_phrases
        fields = case.fields
        kinds = kind_of_case(fields, channel_of(case) or "").words

        def help_for(move: str, field: FormField) -> Help:
            begun = _BEGINNINGS[field.begins](fields, laws, day) if field.begins else ()
            return Help(phrases.offered(move, field.name, kinds) or field.phrases, tuple(begun))

        return help_for

    def offered(self, offer: Offer, case: Case, day: date) -> Offer:
        """Return the offer with what its questions offer and begin with; what was answered before stands."""
        if not any(field.kind in ("paragraf", "daftar") for field in offer.fields):
            return offer
        helping = self.of(case, day)
        found = [(field, helping(offer.key, field)) for field in offer.fields]
        begun = {field.name: list(offered.begun) for field, offered in found if offered.begun}
        asked = tuple(replace(field, phrases=offered.phrases) for field, offered in found)
        return replace(offer, fields=asked, known={**begun, **offer.known})
