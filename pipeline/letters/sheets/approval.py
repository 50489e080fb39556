"""Whose approval a memo asks on its way up: who takes note of it, and the head, who approves.

Nobody writes twice on one paper: who approves for the head (a.n.) neither initials it nor takes note of it in a post of
their own.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.letters.sheets import texts
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office.office import Office

_HEAD = "kakanwil"


def superiors(facts: SheetFacts, office: Office, through: Sequence[str]) -> list[dict[str, str]]:
    """Return the superiors who write on a memo that passes through these roles, the head last.

    Who initials the memo has said so by that, and does not sign it again.
    """
    day = facts.letter_date
    approves = texts.signer(_HEAD, day, office)
    noting = [role for role in through if role not in facts.initials and not _approves(role, facts, office)]
    asked = [*(("Mengetahui", texts.held_on(role, day, office), role) for role in noting)]
    asked.append(("Menyetujui", approves["penandatangan_jabatan"], _HEAD))
    return [{"sebagai": word, "jabatan": title, **_named(role, facts, office)} for word, title, role in asked]


def _named(role: str, facts: SheetFacts, office: Office) -> dict[str, str]:
    """Return name and NIP of who signs for the role."""
    signs = texts.signer(role, facts.letter_date, office)
    return {name: signs[f"penandatangan_{name}"] for name in ("nama", "nip")}


def initialling(facts: SheetFacts, office: Office, role: str) -> list[str]:
    """Return the titles of those who initial a paper that ``role`` signs and the head approves."""
    below = texts.issued(facts, office, _HEAD)["paraf"]
    return [title for title in texts.issued(facts, office, role)["paraf"] if title in below]


def _approves(role: str, facts: SheetFacts, office: Office) -> bool:
    """Say whether who holds the role is who approves for the head that day."""
    day = facts.letter_date
    holder, head = office.holder(role, day), office.holder(_HEAD, day)
    return bool(holder and head and holder.is_same_person(head))
