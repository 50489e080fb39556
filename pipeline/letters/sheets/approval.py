"""Whose approval a memo asks on its way up: through whom it goes, who takes note of it, and the head, who approves.

Nobody writes twice on one paper, and none goes through whoever wrote it or approves it: who does so in another's place
(Plh., a.n.) is in a post of their own neither passed, nor takes note of the memo, nor initials it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.letters.sheets import hands, texts
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.office.office import Office
from pipeline.office.officials import Official


def passed(facts: SheetFacts, office: Office, lanes: Sequence[str]) -> list[str]:
    """Return the titles of those of the lanes through whom a memo goes."""
    day = facts.letter_date
    return [texts.held_on(lane, day, office) for lane in _between(facts, office, lanes)]


def superiors(facts: SheetFacts, office: Office, lanes: Sequence[str]) -> list[dict[str, str]]:
    """Return the superiors who write on a memo that goes through these lanes, the head last.

    Who initials the memo has said so by that, and does not sign it again.
    """
    day, head = facts.letter_date, hands.approving(facts, office)
    approves = texts.signer(head, day, office)
    noting = [lane for lane in _between(facts, office, lanes) if lane not in facts.initials]
    asked = [*(("Mengetahui", texts.held_on(role, day, office), role) for role in noting)]
    asked.append(("Menyetujui", approves["penandatangan_jabatan"], head))
    return [{"sebagai": word, "jabatan": title, **_named(role, facts, office)} for word, title, role in asked]


def _named(role: str, facts: SheetFacts, office: Office) -> dict[str, str]:
    """Return name and NIP of who signs for the role."""
    signs = texts.signer(role, facts.letter_date, office)
    return {name: signs[f"penandatangan_{name}"] for name in ("nama", "nip")}


def initialling(facts: SheetFacts, office: Office) -> list[str]:
    """Return the titles of those who initial a paper that is signed below the head, who approves it."""
    day, head = facts.letter_date, hands.approving(facts, office)
    below = texts.initialling(facts.initials, head, day, office)
    own = texts.initialling(facts.initials, hands.signing(facts, office), day, office)
    return [title for title in own if title in below]


def _between(facts: SheetFacts, office: Office, lanes: Sequence[str]) -> list[str]:
    """Return the lanes that are held by somebody else than who wrote the memo and who approves it."""
    day = facts.letter_date
    roles = (hands.signing(facts, office), hands.approving(facts, office))
    ends = [holder for role in roles if (holder := office.holder(role, day))]
    return [lane for lane in lanes if not _is_one_of(office.holder(lane, day), ends)]


def _is_one_of(holder: Official | None, people: Sequence[Official]) -> bool:
    return holder is not None and any(holder.is_same_person(one) for one in people)
