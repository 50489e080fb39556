"""Whose approval a memo asks on its way up: who takes note of it, and the head, who approves."""

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
    noting = [role for role in through if role not in facts.initials]
    asked = [*(("Mengetahui", role) for role in noting), ("Menyetujui", _HEAD)]
    return [{"sebagai": word, "jabatan": texts.held_on(role, facts.letter_date, office)} for word, role in asked]
