"""What the form of a move offers whoever fills it in: the office's sentences to tick, and what it begins with.

Nothing is forced: what it begins with is there to be changed, and what was answered before stands in its place. What
others will read begins without whatever names who complains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from pipeline.access.identities import OFFICIALS
from pipeline.access.masking import covered_niks, masked_within
from pipeline.cases.case import Case, says
from pipeline.cases.case_kind import kind_of_case
from pipeline.cases.forms import Composed, Help, Helping, sop_phrases
from pipeline.cases.offers import Offer
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_words import REGENCY
from pipeline.errors import TemplateFault
from pipeline.letters.form_beginnings import BEGINNINGS, Beginning
from pipeline.letters.sheets.readers import is_for_others
from pipeline.letters.sheets.sheet_facts import channel_of, officials_of
from pipeline.office.office import Office
from pipeline.office.phrases import PhraseList
from pipeline.office.regency import OUTSIDE

_LONG = ("paragraf", "daftar")


@dataclass(frozen=True, slots=True)
class DraftingHelp:
    """The office's sentences and laws as they stand when a form is shown; ``phrases`` returns its list."""

    office: Office
    phrases: Callable[[], PhraseList]

    def of(self, case: Case, day: date) -> Helping:
        """Return what the questions of this case's forms offer; where a list cannot be used, what the SOP does."""
        try:
            known, phrases = Beginning(case, case.fields, self.office, day), self.phrases()
            _ = self.office.laws  # one that cannot be used is found here
        except TemplateFault:  # doctor tells; a form can be filled in without help
            return sop_phrases
        kinds = kind_of_case(known.fields, channel_of(case) or "").words

        def help_for(move: Composed, field: FormField) -> Help:
            begun = [covered_niks(text) for text in BEGINNINGS[field.begins](known)] if field.begins else []
            if any(map(is_for_others, move.sheets)):
                begun = masked_within(begun, {**known.fields, OFFICIALS: officials_of(self.office)})
            return Help(phrases.offered(move.key, field.name, kinds) or field.phrases, tuple(begun))

        return help_for

    def offered(self, offer: Offer, case: Case, day: date) -> Offer:
        """Return the offer with what its questions offer and begin with; what was answered before stands.

        The register's questions begin with anything only where they are to be confirmed.
        """
        if not any(field.kind in _LONG or field.begins for field in (*offer.fields, *offer.register)):
            return offer
        helping = self.of(case, day)
        found = [(field, helping(offer, field)) for field in offer.fields]
        begun = {field.name: list(offered.begun) for field, offered in found if offered.begun}
        asked = tuple(replace(field, phrases=offered.phrases) for field, offered in found)
        placed = self.register(offer.register)
        guessed = {
            field.name: " ".join(helping(offer, field).begun)
            for field in placed
            if field.begins and offer.forward and not says(offer.known.get(field.name))
        }
        known = {**begun, **offer.known, **guessed}
        return replace(offer, fields=asked, register=placed, known=known)

    def register(self, fields: Iterable[FormField]) -> tuple[FormField, ...]:
        """Return the register's questions as this office asks them: which regency, out of those that it serves."""
        return tuple(place for field in fields if (place := self._placed(field)))

    def _placed(self, field: FormField) -> FormField | None:
        """Return a question of the register as this office asks it; None where it can mean nothing."""
        if field.begins != REGENCY:
            return field
        names = tuple(region.name for region in self.office.regions)
        return replace(field, kind="pilihan", choices=(*names, OUTSIDE)) if names else None
