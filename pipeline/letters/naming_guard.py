"""The guard of letters that others read: none that names who must not be named is drafted, edited or goes on.

It is looked through again before it gets its number, is signed, and is sent: the register may say more by then.

What names somebody for certain is said otherwise when a letter is drafted (:mod:`pipeline.letters.sheets.readers`);
this finds what is left, and stops it with the place shown. A Word file is looked through whole: its body, headers,
notes, boxes, remarks, and what it says of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pipeline.access.identities import OFFICIALS, Secrets, secrets_of
from pipeline.access.masking import Named, masked, named_in
from pipeline.access.shared_names import shared_names
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.cleared_words import CLEARED, QUESTION
from pipeline.cases.owed_letters import has_complainant
from pipeline.cases.secrecy_level import family
from pipeline.cases.sop import Sop, title_of
from pipeline.cases.sop_words import NOBODY, SOMEBODY
from pipeline.cases.timeline import moves_of_key
from pipeline.errors import Incomplete, Refused
from pipeline.letters.sheets import context, known_fields, texts
from pipeline.letters.sheets.attendees import perhaps_hidden
from pipeline.letters.sheets.audience import HELD, INVITED, guests
from pipeline.letters.sheets.invitation import INVITATION
from pipeline.letters.sheets.minutes import ATTENDED, ATTENDEE, MINUTES
from pipeline.letters.sheets.readers import read_by_others
from pipeline.letters.sheets.sheet_facts import SheetFacts, facts_of, with_officials
from pipeline.office.office import Office
from pipeline.office.wording import one_line
from pipeline.office.worktime import Calendar

#: The code of a file that is refused because it names somebody.
NAMES = "menyebut-nama"
_MOST_SHOWN = 5
_REMEDY = (
    "Tulis pelapor, korban, atau saksi sebagai ganti namanya. Bila kata itu memang bukan nama mereka, nyatakan dalam "
    f"isian {CLEARED}, misalnya: Desa Sari | nama desa tempat kejadian."
)
_AGAIN = "Kembalikan perkaranya ke langkah itu, tulis pelapor sebagai ganti namanya, lalu susun lagi."
_EDIT = (
    "Tulis pelapor, korban, atau saksi sebagai ganti namanya; naskah yang sudah diparaf dikembalikan dahulu, yang "
    "sudah bernomor dibatalkan lalu disusun lagi. Bila kata itu memang bukan nama mereka, nyatakan ketika suntingannya "
    f"disimpan atau dengan koreksi (isian {CLEARED}), misalnya: Desa Sari | nama desa tempat kejadian."
)
#: The answer that names the town to which a letter goes: alone on its line, that is no name.
_TOWN = "tempat_tujuan"
#: The question of the register that says where it happened.
_PLACE = "tempat_kejadian"
#: The answer that says who is invited, and what is done where nobody else is.
_GUESTS = "pihak"
_OWN_LETTER = "Isi pihak lain yang diundang; pelapor diundang dengan surat tersendiri (gerak undang-pelapor)."
_WHO_CAME = (
    "Bila ia orang itu, tulis sebagai apa ia hadir di belakang namanya, misalnya: Joko Contoh | saksi. Bila orang "
    f"lain, nyatakan dalam isian {CLEARED}, misalnya: Joko Contoh | pejabat Dinas Sosial."
)
_SHARED = "namanya, atau sebagiannya, juga nama pelapor, korban, atau saksi"
_WHO_IS_MEANT = (
    "Bila ia orang itu, tulis pelapor, korban, atau saksi sebagai ganti namanya, yang di register dengan koreksi. Bila "
    f"orang lain, nyatakan dalam isian {CLEARED}, misalnya: Joko Contoh | kepala Dinas Sosial."
)
#: A text of a letter, and where it stands.
Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LetterNamingGuard:
    """Implements the port NamingGuard. ``said`` gives every text of a Word file, each with its place.

    ``case`` gives the cases that are tied to one: whoever complains in them is named by none of its letters either.
    """

    sop: Callable[[Case], Sop]
    calendar: Calendar
    office: Office
    case: Callable[[CaseNumber], Case]
    said: Callable[[bytes], Sequence[Said]]

    def check_drafts(self, case: Case, templates: Sequence[str], values: Mapping[str, Any], at: datetime) -> None:
        """Make sure that these letters name nobody when they are drafted of the case as it will be after a move."""
        for template in templates:
            facts = self._facts(case, template, at.date())
            if not read_by_others(template, facts):
                continue
            if template == INVITATION:
                self._check_guests(case, facts)
            letter = context(template, facts, self.office)
            self._check_shared_names(case, facts, template, values, letter)
            look = self._look(case, facts)
            if found := look.through(_said(letter, template)):
                wrong = self._answers(case, values, look)
                raise Incomplete(_told(template, found), _REMEDY, wrong or {CLEARED: (QUESTION.label, _shown(found))})

    def check_values(self, case: Case, template: str, facts: SheetFacts, values: Mapping[str, Any]) -> None:
        """Make sure that the values of a letter about to be drafted name nobody; what they say is not repeated.

        Raises:
            Refused: they do, or may.
        """
        if not read_by_others(template, facts):
            return
        if found := self._look(case, with_officials(facts, self.office)).through(_said(values, template)):
            places = ", ".join(dict.fromkeys(place for place, _ in found))
            raise Refused(NAMES, f"{title_of(template)} belum dikonsep: mungkin menyebut nama di {places}.", _AGAIN)

    def check_file(self, case: Case, template: str, docx: bytes, cleared: Sequence[str] = ()) -> None:
        """Make sure that a letter's Word file names nobody; ``cleared`` are words that its editor says name nobody."""
        facts = self._facts(case, template, case.entries[-1].at.date())
        if not read_by_others(template, facts):
            return
        known = (*facts.fields.get(CLEARED, ()), *cleared)
        facts = replace(facts, fields={**facts.fields, CLEARED: known})
        if found := self._look(case, facts).through(self.said(docx)):
            raise Refused(NAMES, _told(template, found), _EDIT)

    def _check_guests(self, case: Case, facts: SheetFacts) -> None:
        """Make sure that somebody is left to be invited beside those who are reached by letters of their own."""
        move = facts.last(INVITED)
        if move and texts.items(move, _GUESTS) and not guests(facts, move):
            fact = f"{title_of(INVITATION)} tidak tertuju kepada siapa pun: isiannya hanya pelapor, kuasa, atau korban."
            told = (self._labels(case).get(_GUESTS, _GUESTS), "hanya menyebut pelapor, kuasanya, atau korban")
            raise Incomplete(fact, _OWN_LETTER, {_GUESTS: told})

    def _check_shared_names(
        self, case: Case, facts: SheetFacts, template: str, values: Mapping[str, Any], letter: Mapping[str, Any]
    ) -> None:
        """Make sure that nobody else is told as a complainant, victim or witness by a name that both have."""
        held = facts.last(HELD) if template == MINUTES else None
        came = {name: perhaps_hidden(texts.rows(held, name, ATTENDEE), facts, self.office) for name in ATTENDED if held}
        typed = {name: value for name, value in values.items() if name not in (CLEARED, *came)}
        told = {name: [n for text in _texts(v) for n in shared_names(text, facts.fields)] for name, v in typed.items()}
        labels = {**self._labels(case), CLEARED: QUESTION.label}
        asked = {**came, **told, CLEARED: self._known_already(case, facts, letter)}
        wrong = {
            name: (labels.get(name, name), f"{_SHARED}: {', '.join([*dict.fromkeys(names)][:_MOST_SHOWN])}")
            for name, names in asked.items()
            if names
        }
        if wrong:
            who, remedy = ("hadir", _WHO_CAME) if any(came.values()) else ("disebut", _WHO_IS_MEANT)
            raise Incomplete(f"{title_of(template)}: belum jelas siapa yang {who}.", remedy, wrong)

    def _known_already(self, case: Case, facts: SheetFacts, letter: Mapping[str, Any]) -> list[str]:
        """Return such names in the register and in earlier answers, as far as the letter tells them otherwise."""
        printed = one_line(" ".join(_texts(letter))).casefold()
        labels = self._labels(case) | {asked.name: asked.label for asked in self.sop(case).register}
        hide = {**facts.fields, _PLACE: None}  # a place that bears a witness's name is told otherwise
        earlier = (answer for move in facts.moves[:-1] for answer in move.values.items())
        known = ((name, text) for name, value in (*facts.fields.items(), *earlier) for text in _texts(value))
        cells = ((name, one_line(cell)) for name, text in known for cell in text.split("|"))
        return [
            f"{shared} ({labels.get(name, name)})"
            for name, cell in cells
            if name not in (CLEARED, OFFICIALS)
            for shared in shared_names(cell, hide)
            if masked(_with_neighbours(shared, cell), hide).casefold() in printed
        ]

    def _facts(self, case: Case, template: str, day: date) -> SheetFacts:
        facts = facts_of(case, self.sop(case), self.calendar, template=template, drafted_on=day)
        return with_officials(facts, self.office)

    def _look(self, case: Case, facts: SheetFacts) -> _Look:
        tied = (other for number, other in family(case, self.case).items() if other and number != case.number)
        kept = {name: facts.fields.get(name, ()) for name in (CLEARED, OFFICIALS)}
        officials = self.office.officials
        own = {line for one in officials for line in (*one.signing_title.splitlines(), one.printed_title, one.name)}
        for office in self.office.at_all_times:
            own |= {*office.letterhead.lines, office.name, office.place}
        known = (facts.fields, *({**other.fields, **kept} for other in tied))
        return _Look(
            secrets=tuple(map(secrets_of, known)),
            own=frozenset(own),
            towns=frozenset(texts.line(move, _TOWN) for move in facts.moves),
        )

    def _answers(self, case: Case, values: Mapping[str, Any], look: _Look) -> dict[str, tuple[str, str]]:
        """Return the answers of the form in which somebody may be named: what each is called, and the words."""
        labels = self._labels(case)
        told = {name: [("", text) for text in _texts(value)] for name, value in values.items() if name != CLEARED}
        found = {name: [one for one in look.through(said) if not one[1].sure] for name, said in told.items()}
        return {name: (labels.get(name, name), _shown(places)) for name, places in found.items() if places}

    def _labels(self, case: Case) -> dict[str, str]:
        """Return what the questions of this case's forms are called, by their names."""
        sop = self.sop(case)
        kind = SOMEBODY if has_complainant(case, sop, {}) else NOBODY
        made = reversed(moves_of_key(case.made[-1].decision, case, sop))  # the last word: the labels of the move itself
        mine = (move for move in sop.moves if move.complainant in ("", kind))
        return {field.name: field.label for move in (*mine, *made) for field in move.form}


@dataclass(frozen=True, slots=True)
class _Look:
    """A look through a letter: what its case and those tied to it keep secret, and lines that name nobody else.

    ``own`` are lines of the office's letterhead and of who signs, ``towns`` those that say where the letter goes.
    """

    secrets: tuple[Secrets, ...]
    own: frozenset[str]
    towns: frozenset[str]

    def through(self, said: Sequence[Said]) -> list[tuple[str, Named]]:
        """Return every place where somebody is named, or may be, each once."""
        found: dict[tuple[str, Named], None] = {}
        for place, text in dict.fromkeys(said):
            line = one_line(text).rstrip(",")
            if line in self.own or self.own.issuperset(one_line(part).rstrip(",") for part in text.splitlines()):
                continue
            named = (one for secrets in self.secrets for one in named_in(text, secrets))
            found |= dict.fromkeys((place, one) for one in named if one.sure or line not in self.towns)
        return list(found)


def _said(values: Mapping[str, Any], template: str) -> list[Said]:
    """Return every text of a letter's values, each with what the value means and which of its entries it is."""
    meanings = known_fields().get(template, {})
    found = []
    for name, value in values.items():
        place = meanings[name].meaning.partition(";")[0].removeprefix("daftar: ") if name in meanings else name
        said = list(_texts(value))
        for number, text in enumerate(said, start=1):
            found.append((f"{place} (bagian {number})" if len(said) > 1 else place, text))
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def _with_neighbours(name: str, text: str) -> str:
    """Return a name of a text with the word before it and the one behind it."""
    before, _, behind = text.partition(name)
    return " ".join((*before.split()[-1:], name, *behind.split()[:1]))


def _told(template: str, found: Sequence[tuple[str, Named]]) -> str:
    places = "; ".join(f"{place}: “{named.around}”" for place, named in found[:_MOST_SHOWN])
    more = f"; dan {len(found) - _MOST_SHOWN} tempat lain" if len(found) > _MOST_SHOWN else ""
    return f"{title_of(template)} menyebut, atau mungkin menyebut, pelapor, korban, atau saksi. {places}{more}."


def _shown(found: Sequence[tuple[str, Named]]) -> str:
    return "mungkin menyebut pelapor, korban, atau saksi: " + "; ".join(f"“{n.around}”" for _, n in found[:_MOST_SHOWN])
