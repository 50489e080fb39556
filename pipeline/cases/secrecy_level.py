"""How secret a case is: by what its register says, and by the cases that it was made from, became, or was merged with.

There are four levels (records checklist R12); what each does is told in ``access/secrecy.py``. Which move sets which is
the edition's to say: the choices that its form offers.

What is made from a secret case is as secret: a part says so in its own first line. What was tied to one otherwise
(parts split off by older versions, merged cases, a case raised after its parts were made) is so from that moment on,
without a line of its own: nothing has to be passed on, so that there is no moment in which it was forgotten. A case is
let out of it by a person alone, who says of that very case that it is less secret, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipeline.cases.case import Case, value
from pipeline.cases.case_number import CaseNumber, read_number
from pipeline.cases.events import MERGED_INTO
from pipeline.cases.sop_rows import FormField
from pipeline.errors import Incomplete, NotAllowed, YankomasError

#: The register's field that says how secret a case is, and what it says: from what all who read cases may read to what
#: named people alone know (:data:`NAMED`, their accounts). A case of which it says nothing is *terbatas*.
SECRECY, NAMED = "sifat", "dibuka_bagi"
BIASA, RAHASIA, TOP_SECRET = "biasa", "rahasia", "sangat rahasia"
#: The answer in which a move says why.
REASON = "alasan"


def is_open(sifat: str | None) -> bool:
    """Say whether that is how cases are marked that all who read cases may read without ado."""
    return (sifat or "").casefold() == BIASA


def is_secret(sifat: str | None) -> bool:
    """Say whether that is how secret cases are marked: those that are closed to who has no part in them."""
    return (sifat or "").casefold() in (RAHASIA, TOP_SECRET)


def is_top_secret(sifat: str | None) -> bool:
    """Say whether that is how the most secret cases are marked: those of which only named people know."""
    return (sifat or "").casefold() == TOP_SECRET


@dataclass(frozen=True, slots=True)
class Stated:
    """What a case's own register says: whether it is that secret, and since when.

    ``let_out`` is when a person last said, with a reason, that it is not (None: nobody did).
    """

    secret: bool
    since: datetime
    let_out: datetime | None = None


def stated(case: Case, is_so: Callable[[str | None], bool] = is_secret) -> Stated:
    """Return what the case's own register says of its secrecy; ``is_so`` knows the marks that are asked for."""
    read = case.reading.fields if case.reading else {}
    first = case.received.register.get(SECRECY) or value(read.get(SECRECY))
    found = Stated(is_so(first), case.registered_at)
    for made in case.made:
        if SECRECY not in made.decision.register:
            continue
        secret = is_so(made.decision.register[SECRECY])
        since = found.since if secret and found.secret else made.at
        reasoned = not secret and bool(made.decision.values.get(REASON))
        found = Stated(secret, since, made.at if reasoned else found.let_out)
    return found


def named_readers(case: Case) -> tuple[str, ...]:
    """Return the accounts (logins) that may open a case that is *sangat rahasia*, as whoever marked it named them."""
    said: Any = case.received.register.get(NAMED) or ()
    for made in case.made:
        if is_top_secret(made.decision.register.get(SECRECY)):
            said = made.decision.values.get(NAMED) or ()
    return tuple(dict.fromkeys(str(login).strip().casefold() for login in said))


def level_now(case: Case, case_of: Callable[[CaseNumber], Case]) -> str:
    """Return how secret a case is, by itself or by what it is tied to: a mark, or nothing where it is not secret."""
    return levels_among(family(case, case_of))[case.number]


def passed_on(case: Case, case_of: Callable[[CaseNumber], Case]) -> dict[str, Any]:
    """Return what the register of a case that is made from this one says from its first line on: how secret it is."""
    level, named = level_now(case, case_of) or case.register.get(SECRECY), named_readers(case)
    return ({SECRECY: level} if level else {}) | ({NAMED: [*named]} if named else {})


def with_present_level(field: FormField, case: Case) -> FormField:
    """Return a question of the register; a mark that its form does not set may be left as it is."""
    if field.name != SECRECY or not stated(case, is_top_secret).secret or TOP_SECRET in field.choices:
        return field
    return replace(field, choices=(*field.choices, TOP_SECRET))


def neighbours(case: Case) -> frozenset[CaseNumber]:
    """Return the cases that this one names as made from it, as its origin, or as merged with it."""
    merged = (made.decision.values.get(MERGED_INTO) for made in case.made)
    named = {*(link.other for link in case.links), *(str(other) for other in merged if other)}
    return frozenset(map(read_number, named)) - {case.number}


def family(case: Case, case_of: Callable[[CaseNumber], Case]) -> dict[CaseNumber, Case | None]:
    """Return the case and all that are tied to it, however far; None for one that cannot be read."""
    found: dict[CaseNumber, Case | None] = {case.number: case}
    waiting = [*neighbours(case)]
    while waiting:
        number = waiting.pop()
        if number not in found:
            found[number] = read = _read(number, case_of)
            waiting += neighbours(read) if read else ()
    return found


def _read(number: CaseNumber, case_of: Callable[[CaseNumber], Case]) -> Case | None:
    try:
        return case_of(number)
    except YankomasError:
        return None


def secret_among(
    cases: Mapping[CaseNumber, Case | None], is_so: Callable[[str | None], bool] = is_secret
) -> frozenset[CaseNumber]:
    """Return those of a family that are secret (by default: *rahasia* or more).

    A case that cannot be read is taken to be *rahasia*, and with it those tied to it that were not let out.
    """
    said, unread = {number: stated(case, is_so) for number, case in cases.items() if case}, is_so is is_secret
    known = (number for number in cases if number in said)
    return frozenset(n for n in known if _is_secret(n, cases, said, unread)) | (
        cases.keys() - said if unread else set()
    )


def is_secret_now(case: Case, case_of: Callable[[CaseNumber], Case]) -> bool:
    """Say whether a case is *rahasia*, by itself or by what it is tied to."""
    return case.number in secret_among(family(case, case_of))


class SecretCases:
    """How secret cases are, found family by family: for one pass over many cases, of which each is read once."""

    def __init__(self, case_of: Callable[[CaseNumber], Case]) -> None:
        self._case_of = case_of
        self._known: dict[CaseNumber, str] = {}

    def __contains__(self, case: Case) -> bool:
        return bool(self.level(case))

    def level(self, case: Case) -> str:
        """Return the mark of a case that is secret, by itself or by what it is tied to; else nothing."""
        if case.number not in self._known:
            self._known |= levels_among(family(case, self._case_of))
        return self._known[case.number]


def levels_among(cases: Mapping[CaseNumber, Case | None]) -> dict[CaseNumber, str]:
    """Return the mark of each of a family that is secret, nothing for the others."""
    secret, top = secret_among(cases), secret_among(cases, is_top_secret)
    return {number: TOP_SECRET if number in top else RAHASIA if number in secret else "" for number in cases}


def _is_secret(
    number: CaseNumber, cases: Mapping[CaseNumber, Case | None], said: Mapping[CaseNumber, Stated], unread: bool
) -> bool:
    own = said[number]
    if own.secret:
        return True
    for other in _reached(number, cases):
        its = said.get(other)
        if its is None:
            if unread and own.let_out is None:
                return True
        elif its.secret and (own.let_out is None or own.let_out < its.since):
            return True
    return False


def _reached(number: CaseNumber, cases: Mapping[CaseNumber, Case | None]) -> Iterator[CaseNumber]:
    seen, waiting = {number}, [number]
    while waiting:
        case = cases.get(waiting.pop())
        for other in neighbours(case) - seen if case else ():
            seen.add(other)
            waiting.append(other)
            yield other


def check_lowering(
    case: Case, register: Mapping[str, Any], values: Mapping[str, Any], form: Iterable[FormField]
) -> None:
    """Make sure that a secret case is let out of it with a reason, and one that is *sangat rahasia* by who marks so.

    ``form`` are the questions of the move itself: whose mark it is to take is whose it is to give.

    Raises:
        NotAllowed: it is *sangat rahasia*, and this move does not mark cases so.
        Incomplete: it would be let out without a reason.
    """
    if SECRECY not in register:
        return
    marks = any(f.name == SECRECY and TOP_SECRET in f.choices for f in form)
    to_top = is_top_secret(register[SECRECY])
    if not marks and to_top != stated(case, is_top_secret).secret:
        raise NotAllowed(
            f"Perkara {case.number}: sifat sangat rahasia tidak ditetapkan atau diturunkan lewat gerak ini.",
            "Mintalah Kakanwil menetapkannya (gerak tetapkan-sifat).",
        )
    if not is_secret(register[SECRECY]) and not values.get(REASON) and stated(case).secret:
        raise Incomplete(
            f"Perkara {case.number} bersifat rahasia; sifatnya hanya diturunkan dengan alasan.",
            "Biarkan sifatnya rahasia di sini; turunkan lewat gerak koreksi, yang meminta alasannya.",
            {SECRECY: ("Sifat", "diturunkan lewat koreksi, dengan alasan")},
        )
