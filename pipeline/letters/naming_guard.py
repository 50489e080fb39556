"""The guard of letters that others read: none is drafted, edited or numbered while it names who must not be named.

What names somebody for certain is said otherwise when a letter is drafted (:mod:`pipeline.letters.sheets.readers`);
this finds what is left, and stops it with the place shown. A Word file is looked through whole: its body, headers,
notes, boxes, remarks, and what it says of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pipeline.access.masking import Named, naming
from pipeline.cases.case import Case
from pipeline.cases.cleared_words import CLEARED, QUESTION
from pipeline.cases.sop import Sop, title_of
from pipeline.errors import Incomplete, Refused
from pipeline.letters.sheets import context, known_fields, texts
from pipeline.letters.sheets.readers import read_by_others
from pipeline.letters.sheets.sheet_facts import SheetFacts, facts_of
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
#: The answer that names the town to which a letter goes: alone on its line, that is no name.
_TOWN = "tempat_tujuan"
#: A text of a letter, and where it stands.
Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LetterNamingGuard:
    """Implements the port NamingGuard. ``said`` gives every text of a Word file, each with its place."""

    sop: Callable[[Case], Sop]
    calendar: Calendar
    office: Office
    said: Callable[[bytes], Sequence[Said]]

    def check_drafts(self, case: Case, templates: Sequence[str], values: Mapping[str, Any], at: datetime) -> None:
        """Make sure that these letters name nobody when they are drafted of the case as it will be after a move."""
        for template in templates:
            facts = self._facts(case, template, at.date())
            if not read_by_others(template, facts):
                continue
            found = tuple(self._found(_said(context(template, facts, self.office), template), facts))
            if found:
                wrong = self._answers(case, values, facts)
                raise Incomplete(_told(template, found), _REMEDY, wrong or {CLEARED: (QUESTION.label, _shown(found))})

    def check_values(self, template: str, facts: SheetFacts, context_of: Mapping[str, Any]) -> None:
        """Make sure that the values of a letter about to be drafted name nobody; what they say is not repeated.

        Raises:
            Refused: they do, or may.
        """
        if not read_by_others(template, facts):
            return
        if places := dict.fromkeys(place for place, _ in self._found(_said(context_of, template), facts)):
            raise Refused(
                NAMES, f"{title_of(template)} belum dikonsep: mungkin menyebut nama di {', '.join(places)}.", ""
            )

    def check_file(self, case: Case, template: str, docx: bytes, cleared: Sequence[str] = ()) -> None:
        """Make sure that a letter's Word file names nobody; ``cleared`` are words that its editor says name nobody."""
        facts = self._facts(case, template, case.entries[-1].at.date())
        if not read_by_others(template, facts):
            return
        known = (*facts.fields.get(CLEARED, ()), *cleared)
        facts = replace(facts, fields={**facts.fields, CLEARED: known})
        if found := tuple(self._found(self.said(docx), facts)):
            raise Refused(NAMES, _told(template, found), _REMEDY)

    def _facts(self, case: Case, template: str, day: date) -> SheetFacts:
        return facts_of(case, self.sop(case), self.calendar, template=template, drafted_on=day)

    def _found(self, said: Sequence[Said], facts: SheetFacts) -> Iterator[tuple[str, Named]]:
        """Yield every place where somebody is named, or may be; the office's own lines (who signs) name nobody else."""
        head, officials = self.office.letterhead, self.office.officials
        own = {line for one in officials for line in (*one.signing_title.splitlines(), one.printed_title, one.name)}
        own |= {*head.ministry, head.office, head.address, head.contact, self.office.name, self.office.place}
        towns = {texts.line(move, _TOWN) for move in facts.moves}
        names = tuple(one.name for one in officials)
        once: dict[tuple[str, str], None] = {}
        for place, text in said:
            line = one_line(text).rstrip(",")
            if line in own or (place, text) in once:
                continue
            once[place, text] = None
            found = naming(text, facts.fields, names)
            yield from ((place, named) for named in found if named.sure or line not in towns)

    def _answers(self, case: Case, values: Mapping[str, Any], facts: SheetFacts) -> dict[str, tuple[str, str]]:
        """Return the answers of the form in which somebody may be named: what each is called, and the words."""
        labels = {field.name: field.label for move in self.sop(case).moves for field in move.form}
        wrong = {}
        for name, value in values.items():
            said = [] if name == CLEARED else list(_texts(value))
            found = tuple(self._found([("", text) for text in said], facts))
            if doubtful := tuple(place for place in found if not place[1].sure):
                wrong[name] = (labels.get(name, name), _shown(doubtful))
        return wrong


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


def _told(template: str, found: Sequence[tuple[str, Named]]) -> str:
    places = "; ".join(f"{place}: “{named.around}”" for place, named in found[:_MOST_SHOWN])
    more = f"; dan {len(found) - _MOST_SHOWN} tempat lain" if len(found) > _MOST_SHOWN else ""
    return f"{title_of(template)} menyebut, atau mungkin menyebut, pelapor, korban, atau saksi. {places}{more}."


def _shown(found: Sequence[tuple[str, Named]]) -> str:
    return "mungkin menyebut pelapor, korban, atau saksi: " + "; ".join(f"“{n.around}”" for _, n in found[:_MOST_SHOWN])
