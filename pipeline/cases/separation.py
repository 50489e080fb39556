"""Separation of duties: steps of a case that two people must make, as the SOP's edition tells them (``pairs.toml``).

A person is who acts, whatever role they act in: the account at the machine, the owner of a token, a deputy (Plh., Plt.,
a.n.) and not whom they stand for. Who signed in ink is the official whom the letter names. A small office's exception
(``[[rangkap]]`` of its file) is written into each decision that needed it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pipeline.cases.actor import Actor
from pipeline.cases.case import Case, Made
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Drafted
from pipeline.cases.key_labels import role_name
from pipeline.cases.line_values import MadeAlone
from pipeline.cases.offers import Offer
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_rows import Pair
from pipeline.cases.sop_words import COMPOSE, OPEN_CASE
from pipeline.cases.timeline import move_title
from pipeline.cases.versions import only_numbers
from pipeline.errors import NotAllowed
from pipeline.office.office import Office
from pipeline.office.person import NOBODY, Person
from pipeline.office.wording import long_date


def person_in(told: Person, login: str) -> Person:
    """Return who a line of the journal says acted; ``login`` is what older lines say."""
    return told if told != NOBODY else Person(login)


def person_of(by: Actor) -> Person:
    """Return who acts: the account itself or that of a token's owner, its NIP and name."""
    return Person(by.account or by.login, by.nip, by.name)


def acting_person(by: Actor) -> Person:
    """Return who acts, as the journal says it: nobody, where a scan spoke for itself."""
    return NOBODY if by.scanned else person_of(by)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first step of a pair, as it was made: what, when, in which role, by whom."""

    what: str
    at: datetime
    role: str
    person: Person

    @property
    def words(self) -> str:
        """What was done, when and in which role: ``menyusun surat … pada 25 November 2026 sebagai Tim Yankomas``."""
        return f"{self.what} pada {long_date(self.at.date())} sebagai {role_name(self.role)}"


@dataclass(frozen=True, slots=True)
class Barred:
    """A pair whose second step (``move``) who made the first may not make; ``letter`` is that of it."""

    move: str
    pair: Pair
    earlier: Earlier
    letter: str = ""


def barred(
    move: str, act: str, letters: tuple[str, ...], by: Actor, case: Case, sop: Sop, office: Office
) -> Barred | None:
    """Return why somebody may not make a move, or do an act to one of these letters: the first step was theirs."""
    made = first_steps(move, act, letters, by.role, case, sop)
    return next((one for one in made if one.earlier.person.is_same(_who(by, case, one.letter, office))), None)


def first_steps(move: str, act: str, letters: tuple[str, ...], role: str, case: Case, sop: Sop) -> Iterator[Barred]:
    """Yield the first steps that were made of each pair of which a move, or an act to a letter, is the second."""
    for pair in sop.pairs:
        if not pair.second.counts_in(role):
            continue
        about = [""] if move in pair.second.moves else []
        about += (t for t in letters if act in pair.second.acts and (not pair.letters or t in pair.letters))
        for letter in about:
            made = (e for e in _first_steps(pair, letter, case, sop) if pair.first.counts_in(e.role))
            yield from (Barred(move, pair, earlier, letter) for earlier in made)


def check_two_people(
    move: str, acts: Mapping[str, str], by: Actor, case: Case, sop: Sop, office: Office
) -> MadeAlone | None:
    """Make sure that steps which two people must make are made by two; return the exception of which use is made.

    ``acts`` is what the move does to letters, by template.

    Raises:
        NotAllowed: the actor made the first step of a pair of which this is the second; says which, and when.
    """
    found = None
    for letter, act in (acts or {"": ""}).items():
        kept = barred(move, act, (letter,) if letter else (), by, case, sop, office)
        if kept is None:
            continue
        reason = office.reason_for_one(kept.pair.key)
        if not reason:
            raise NotAllowed(why(kept, case.number), REMEDY)
        found = MadeAlone(kept.pair.key, kept.pair.label, kept.earlier.words, reason)
    return found


#: What somebody can do who may not make the second step.
REMEDY = "Mintalah orang lain yang memegang peran itu, atau Plh./Plt.-nya, melakukannya."


def why(kept: Barred, number: CaseNumber) -> str:
    """Return in words why somebody may not make the second step of a pair."""
    return f"Perkara {number}: {kept.pair.label} harus oleh dua orang. Orang yang sama {kept.earlier.words}."


def _who(by: Actor, case: Case, letter: str, office: Office) -> Person:
    """Return who acts. Of a letter that came back signed, that is whom it names: who held the post on its day."""
    if not by.scanned:
        return person_of(by)
    numbered = case.numbered.get(letter)
    day = numbered.at if numbered else case.entries[-1].at
    held = office.holder(by.role, day.date())
    return Person(held.account, held.nip, held.name) if held else Person()


def _first_steps(pair: Pair, letter: str, case: Case, sop: Sop) -> Iterator[Earlier]:
    """Yield every time that the first step of a pair was made by somebody, on the case or on that letter."""
    acts = {*pair.first.acts}
    if OPEN_CASE in acts and case.received.person != NOBODY:
        yield Earlier("membuka perkara ini", case.registered_at, case.entries[0].by, case.received.person)
    for made in case.made:
        if made.decision.move in pair.first.moves:
            yield _earlier(f'melakukan "{move_title(made.decision, case, sop)}"', made)
        elif letter and any(letter in made.decision.done(act) for act in acts):
            yield _earlier(f"melakukan {made.decision.move} atas {title_of(letter).lower()}", made)
    if letter and COMPOSE in acts:
        yield from _composed(letter, case, sop)


def _earlier(what: str, made: Made) -> Earlier:
    return Earlier(what, made.at, made.role, person_in(made.decision.person, made.decision.login))


def _composed(letter: str, case: Case, sop: Sop) -> Iterator[Earlier]:
    """Yield who composed a letter as it is now, and who edited it since."""
    composing = {move.key for move in sop.moves if letter in move.sheets and not only_numbers(move)}
    calls = (m for m in reversed(case.made) if letter in m.decision.sheets and m.decision.move in composing)
    composed, title = next(calls, None), title_of(letter).lower()
    if composed:
        yield _earlier(f"menyusun {title}", composed)
    for line in case.about_letters:
        event, since = line.event, composed.seq if composed else 0
        if isinstance(event, Drafted) and event.template == letter and event.editor and line.seq > since:
            yield Earlier(f"menyunting {title}", line.at, line.by, person_in(event.person, event.editor))


def kept_apart(
    found: Sequence[Offer], acting: Callable[[str], Actor], case: Case, sop: Sop, office: Office
) -> tuple[tuple[Offer, ...], tuple[Barred, ...]]:
    """Return what is offered without the second steps of pairs whose first ones this person made, and these."""
    left: list[Offer] = []
    held: list[Barred] = []
    for offer in found:
        kept = {t: _kept_from(offer, t, acting, case, sop, office) for t in offer.choices or (offer.letter,)}
        held += filter(None, kept.values())
        free = tuple(t for t, why_not in kept.items() if why_not is None)
        if free:
            left.append(offer if len(free) == len(kept) else offer.about(free))
    return tuple(left), tuple(dict.fromkeys(held))


def _kept_from(
    offer: Offer, letter: str, acting: Callable[[str], Actor], case: Case, sop: Sop, office: Office
) -> Barred | None:
    letters = (letter,) if letter else ()
    kept = barred(offer.key, offer.act, letters, acting(offer.roles[0]), case, sop, office) if offer.roles else None
    return None if kept is None or office.reason_for_one(kept.pair.key) else kept
