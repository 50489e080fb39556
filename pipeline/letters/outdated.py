"""What a correction of the register would change in letters that people made theirs: proposed, never done.

A letter that was edited or numbered is not drafted again by itself (:func:`pipeline.cases.called_sheets.kept_sheets`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.cases.called_sheets import kept_sheets
from pipeline.cases.case import Case
from pipeline.cases.events import Drafted
from pipeline.cases.fold import fold
from pipeline.cases.sop import Sop, title_of
from pipeline.letters.sheets import context, known_fields
from pipeline.letters.sheets.readers import has_no_reader
from pipeline.letters.sheets.sheet_facts import facts_of
from pipeline.office.office import Office
from pipeline.office.wording import one_line
from pipeline.office.worktime import Calendar


@dataclass(frozen=True, slots=True)
class OutdatedPlace:
    """A place in a letter that no longer agrees with the register: the letter, what it is, what was and what is so."""

    template: str
    title: str
    field: str
    was: str
    now: str

    def __str__(self) -> str:
        """Return it as one sentence."""
        was, now = self.was or "(kosong)", self.now or "(kosong)"
        return f"{self.title}: {self.field} dalam naskah {was}, menurut register {now}"


def outdated_places(
    case: Case, sop: Sop, calendar: Calendar, office: Office, words: Callable[[str], tuple[str, ...]]
) -> tuple[OutdatedPlace, ...]:
    """Return what a correction would change in the case's kept letters that are not signed.

    ``words`` gives the paragraphs of a letter's newest version. What that no longer says is settled; signed letters
    are corrected by another letter.
    """
    mine = kept_sheets(case, sop) - case.signed
    kept = [t for t in case.drafts if t in mine]
    return tuple(found for template in kept for found in _of_letter(case, sop, calendar, office, template, words))


def _of_letter(
    case: Case, sop: Sop, calendar: Calendar, office: Office, template: str, words: Callable[[str], tuple[str, ...]]
) -> Iterator[OutdatedPlace]:
    drafted = _from_form(case, template)
    if drafted is None or not any(m.seq > drafted and m.decision.register for m in case.made):
        return
    as_drafted, day = fold(case.entries[:drafted]), case.entries[drafted - 1].at.date()
    then, now = (facts_of(c, sop, calendar, template=template, drafted_on=day) for c in (as_drafted, case))
    corrected = replace(
        then,
        fields=now.fields,
        received_at=now.received_at,
        channel=now.channel,
        classification=now.classification,
        due_at=now.due_at,
        review_due_at=now.review_due_at,
    )
    if has_no_reader(template, corrected):
        return
    before, after = (context(template, facts, office) for facts in (then, corrected))
    text = one_line("\n".join(words(template)))
    meanings = known_fields().get(template, {})  # of the office's own there is no list
    told: dict[tuple[str, str], OutdatedPlace] = {}
    for name in before:
        was, is_ = _texts(before[name]), _texts(after[name])
        said = "; ".join(was), "; ".join(is_)
        if was != is_ and name in meanings and said not in told and _stands(was, is_, text):
            meaning = meanings[name].meaning.partition(",")[0].removeprefix("daftar: ")
            told[said] = OutdatedPlace(template, title_of(template), meaning, *said)
    yield from (place for place in told.values() if not _is_told(place, told.values()))


def _is_told(place: OutdatedPlace, places: Collection[OutdatedPlace]) -> bool:
    """Say whether a place differs by nothing but what another says already: a subject inside a sentence, say."""
    others = (other for other in places if other is not place and other.was)
    return any(place.was.replace(other.was, other.now) == place.now for other in others)


def _from_form(case: Case, template: str) -> int | None:
    """Return the line in which the sheet was last drafted from its form."""
    lines = (e for e in reversed(case.entries) if e.kind == Drafted.kind and e.data.get("template") == template)
    return next((e.seq for e in lines if not e.data.get("editor") and not e.data.get("issued_from")), None)


def _stands(was: tuple[str, ...], now: tuple[str, ...], text: str) -> bool:
    """Say whether a letter still says what was so; where nothing was so before, whether it lacks what is so now."""
    gone = [part for part in was if part not in now]
    return any(part in text for part in gone) if gone else any(part not in text for part in now)


def _texts(value: Any) -> tuple[str, ...]:
    """Return the texts of a template's value, each on one line, none of them empty."""
    if isinstance(value, Mapping):
        return tuple(text for part in value.values() for text in _texts(part))
    if isinstance(value, list | tuple):
        return tuple(text for part in value for text in _texts(part))
    text = one_line(value)
    return (text,) if text else ()
