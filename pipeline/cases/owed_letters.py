"""Which letters are owed before a case comes to its end, and to whom the office writes at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.cases.case import Case, says
from pipeline.cases.duties import awaited_drafts
from pipeline.cases.letter_life import WAITS_FOR, is_done, letters
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_words import RECEIVE

_BY_MACHINE = "sedang dikerjakan mesin"
#: The register's fields that name who complains: a person, an organisation.
_COMPLAINANT, _BODY = "pelapor", "lembaga_pelapor"


def owed_before(case: Case, sop: Sop, end: str) -> tuple[tuple[str, str], ...]:
    """Return the letters that must have gone before the case comes to this end: what each is called, what it waits for.

    One that was called for, that must follow a letter that was sent, or that there must be, is owed also before it is
    drafted.
    """
    all_letters, awaited = letters(case, sop), awaited_drafts(case, sop)
    found = {letter.template: letter for letter in all_letters if not letter.over}
    owed = [(title_of(t), _BY_MACHINE) for t in awaited if end in sop.sheet(t).ends]
    for letter in (letter for letter in found.values() if letter.template not in awaited):
        if end in sop.sheet(letter.template).ends and not letter.sent and not is_done(letter, sop):
            owed.append((letter.title, WAITS_FOR[letter.turn.act] if letter.turn else _BY_MACHINE))
    there = {letter.template for letter in all_letters} | set(awaited)
    sent = (letter for letter in found.values() if letter.sent)
    follow = (other for letter in sent for other in sop.sheet(letter.template).followed_by)
    needed = (sheet.template for sheet in sop.letters if sheet.needed and end in sheet.ends)
    missing = (t for t in dict.fromkeys((*follow, *needed)) if t not in there)
    told = has_complainant(case, sop, {})
    return (*owed, *((title_of(t), "belum dibuat") for t in missing if told or not sop.sheet(t).to_complainant))


def unfinished_letters(case: Case, sop: Sop) -> tuple[str, ...]:
    """Return the letters that were called for and have not gone: what each is called, and what it waits for.

    One that was sent and waits for its receipt alone has gone.
    """
    awaited = awaited_drafts(case, sop)
    waiting = ((one.title, one.turn.act) for one in letters(case, sop) if one.turn and one.turn.act != RECEIVE)
    made = (t for t in awaited if any(t == sheet.template for sheet in sop.letters))
    return (*(f"{title_of(t)} {_BY_MACHINE}" for t in made), *(f"{title} {WAITS_FOR[act]}" for title, act in waiting))


def has_complainant(case: Case, sop: Sop, register: Mapping[str, Any]) -> bool:
    """Say whether somebody complained: always, but of a case that may be opened without one, if none was named.

    ``register`` are fields of the register that are about to be known.
    """
    opening = sop.opening(case.received.channel)
    known = {**case.fields, **register}
    named = says(known.get(_COMPLAINANT)) or says(known.get(_BODY))
    return not opening or _COMPLAINANT not in opening.exempt or named
