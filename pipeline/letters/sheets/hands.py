"""Through whose hands a sheet goes: who signs it, who is between them and the head, who approves; who keeps the books.

Of a sheet of a case its edition of the SOP says it; of the office's own papers, what the office's roles may.
"""

from __future__ import annotations

from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office.office import Office
from pipeline.office.roles import IN_CHARGE, LEADS, TAKES_IN


def clerk(office: Office) -> str:
    """Return the role that takes letters in and keeps the register."""
    return _first(office, TAKES_IN)


def in_charge(office: Office) -> str:
    """Return the role that looks after the office's books and certifies what they say."""
    return _first(office, IN_CHARGE)


def head(office: Office) -> str:
    """Return the role of the head of the office."""
    return _first(office, LEADS)


def below_head(office: Office, role: str) -> tuple[str, ...]:
    """Return a role and those above it who are not the head, the nearest first: who initials for the head."""
    return (role, *office.roles.chain(role))


def signing(facts: SheetFacts, office: Office) -> str:
    """Return the role that signs a sheet; of one that nobody signs, the one in charge, who answers for it."""
    return facts.signers[0] if facts.signers else in_charge(office)


def approving(facts: SheetFacts, office: Office) -> str:
    """Return the role that approves what others write: the head by the case's edition."""
    return facts.head or head(office)


def between(facts: SheetFacts, office: Office) -> tuple[str, ...]:
    """Return the roles between who signs a sheet and the head, the nearest first."""
    return facts.chain or office.roles.chain(signing(facts, office))


def _first(office: Office, kind: str) -> str:
    return next(iter(office.roles.having(kind)), "")
