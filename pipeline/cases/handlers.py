"""Which roles have part in a case: those that acted on it, and those for whom it waits."""

from __future__ import annotations

from pipeline.cases.case import Case
from pipeline.cases.journal import MACHINE
from pipeline.cases.letter_life import current_letters
from pipeline.cases.sop import Sop
from pipeline.cases.standing import standing_state


def handlers(case: Case, sop: Sop) -> set[str]:
    """Return the roles that opened the case or made a move, and those whose signature is said to be on a filed letter.

    These had the letter before them, and may dispute it.
    """
    opened = {case.entries[0].by} - {MACHINE}
    signers = {role for signed in case.signatures for role in sop.sheet(signed.template).signers}
    return {made.role for made in case.made} | opened | signers


def awaited(case: Case, sop: Sop) -> set[str]:
    """Return the roles that the case waits for: where it stands, and with its letters."""
    turns = (letter.turn for letter in current_letters(case, sop).values())
    return {*standing_state(case, sop).awaits, *(role for turn in turns if turn for role in turn.roles)}


def acted_in(case: Case, account: str) -> bool:
    """Say whether an account made a move on the case."""
    logins = (login for made in case.made for login in (made.decision.login, made.decision.person.account))
    return bool(account) and account in logins
