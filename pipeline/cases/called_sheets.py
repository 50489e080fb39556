"""Which sheets a move calls for: those the SOP names, and again those that a correction has made untrue.

The machine owes them from then on (:mod:`pipeline.cases.duties`).
"""

from __future__ import annotations

from pipeline.cases import sop_words
from pipeline.cases.case import Case
from pipeline.cases.events import FILE, PAGES
from pipeline.cases.forms import Filled
from pipeline.cases.kept_identity import keeps_somebody
from pipeline.cases.letter_life import current_letters, letters
from pipeline.cases.moves import LETTER
from pipeline.cases.owed_letters import has_complainant
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import Move


def called_sheets(move: Move, case: Case, sop: Sop, filled_in: Filled) -> tuple[str, ...]:
    """Return the templates that are to be drafted after the move.

    Sheets that the machine drafted from its own reading are drafted again only if a person corrected it. A case that
    nobody complained of, opened from the news, gets no sheet for the complainant; one that keeps nobody back, no leaf
    for those who are kept back. What people edited or approved is
    theirs: a correction of the register never replaces it (:mod:`pipeline.letters.outdated` says what differs then).
    A letter that cites the number of another waits until that has one, and is drafted with it.
    """
    told = has_complainant(case, sop, filled_in.register)
    if move.sheets == (sop_words.UNSIGNED_DRAFTS,) or parts_complaint(filled_in):
        dropped = {letter.template for letter in letters(case, sop)} - current_letters(case, sop).keys()
        kept = kept_sheets(case, sop) | dropped
        return tuple(t for t in case.drafts if t not in kept and (told or not sop.sheet(t).to_complainant))
    if move.sheets == (sop_words.CHOSEN,):
        chosen = str(filled_in.values[LETTER])
        return (chosen, *(_citing(chosen, case, sop) if move.numbers else ()))
    register = case.register
    changed = any(register.get(name) != value for name, value in filled_in.register.items())
    keeps = keeps_somebody({**case.fields, **filled_in.register}, case.received.channel)
    theirs = (t for t in move.sheets if told or not sop.sheet(t).to_complainant)
    called = (t for t in theirs if keeps or not sop.sheet(t).of_kept)
    due = (t for t in called if changed or not move.register or t not in case.drafts)
    return tuple(t for t in due if not _waits(sop.sheet(t).cites, move, case))


def _waits(cited: str, move: Move, case: Case) -> bool:
    """Say whether a letter that cites another waits for its number: composed now, that has none, or will be another."""
    return cited in move.sheets and (cited not in case.numbers or cited in case.signed)


def _citing(numbered: str, case: Case, sop: Sop) -> tuple[str, ...]:
    """Return the letters that say the number which a letter gets now: drafted for the first time, or since it is anew.

    One that people made theirs since that letter was composed stays as it is.
    """
    kept, told = kept_sheets(case, sop), has_complainant(case, sop, {})
    citing = (s.template for s in sop.sheets if s.cites == numbered and (told or not s.to_complainant))
    composed = case.drafts[numbered].trigger
    return tuple(t for t in citing if t not in kept or case.drafts[t].trigger < composed)


def parts_complaint(filled_in: Filled) -> bool:
    """Say whether pages of the complaint itself become another case: what sheets say of them is to go from these."""
    return bool(filled_in.values.get(PAGES)) and not filled_in.values.get(FILE)


def kept_sheets(case: Case, sop: Sop) -> frozenset[str]:
    """Return the sheets whose newest version people made theirs: edited, initialled, given back, numbered or signed."""
    edited = {template for template, draft in case.drafts.items() if draft.editor}
    theirs = {t for t, letter in current_letters(case, sop).items() if letter.initials or letter.returned}
    return frozenset(edited | theirs | case.numbers.keys() & case.drafts.keys()) | case.signed
