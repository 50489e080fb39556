"""Everything that is written on a case, in passages; and by what a list of cases may be narrowed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.access.secrecy import ANYBODY, kept_entry, readers
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import MERGED_INTO
from pipeline.cases.key_labels import choice_label
from pipeline.cases.moves import LETTER as LETTER_ASKED
from pipeline.cases.register_words import rights
from pipeline.cases.secrecy_level import SECRECY
from pipeline.cases.sop import title_of
from pipeline.office.office import Region
from pipeline.office.regency import regency_of
from pipeline.office.wording import as_moment, cells_apart, long_date, said, words_of
from pipeline.register.naskah_numbers import read_naskah
from pipeline.register.row import Row
from pipeline.search.comparable_words import case_word, day_word, days_in, naskah_words, number_word

#: The columns of the index, the weightier first; what stands in the personal ones names people.
NUMBERS, MATTER, PEOPLE, LETTER, SHEETS = COLUMNS = ("nomor", "pokok", "orang", "surat", "naskah")
PERSONAL = frozenset({PEOPLE, LETTER, SHEETS})
_LABELS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
#: What each facet, by which a list may be narrowed, is called on screens; in the order in which they are offered.
FACET_LABELS: Mapping[str, str] = _LABELS["facets"]
FACETS = tuple(FACET_LABELS)
#: Fields of the register: the column of their words, and the label under which these are shown.
_FIELDS: Mapping[str, tuple[str, str]] = {
    name: (column, label) for column, labelled in _LABELS["fields"].items() for name, label in labelled.items()
}
#: Fields that are told elsewhere: as a day, as a facet, or not in words at all.
_ELSEWHERE = frozenset({"tanggal_surat", "diterima_pada", "hak", "cara_penyampaian", "sifat"})


@dataclass(frozen=True, slots=True)
class CaseText:
    """Some lines of a case: what they are (``label``), and to which column of the index their words belong."""

    column: str
    label: str
    text: str

    @property
    def personal(self) -> bool:
        """Whether it may name people."""
        return self.column in PERSONAL


@dataclass(frozen=True, slots=True)
class Written:
    """What is written on a case. ``row`` is its row of the register, ``entry`` all that the printed book says.

    ``facets`` maps each of :data:`FACETS` to its values; ``signs`` are numbers and days as one word each.
    """

    number: CaseNumber
    head: str
    row: Row
    entry: Mapping[str, str]
    facets: Mapping[str, Sequence[str]]
    signs: tuple[str, ...]
    passages: tuple[CaseText, ...]

    def kept_secret(self, level: str) -> Written:
        """Return it as that of a case that is so secret by what it is tied to; of *sangat rahasia* no word is kept."""
        row = self.row.kept_secret(level)
        mark = row.sifat or level
        if row.top_secret:
            return replace(self, row=row, entry=kept_entry(self.entry), facets={SECRECY: [mark]}, signs=(), passages=())
        entry = {**self.entry, SECRECY: mark.capitalize()}
        return replace(self, row=row, entry=entry, facets={**self.facets, SECRECY: [mark]})

    @property
    def columns(self) -> tuple[str, ...]:
        """The words of each column, in the order of :data:`COLUMNS`, and last the words to narrow by."""
        told = {
            name: " ".join(w for p in self.passages if p.column == name for w in words_of(p.text)) for name in COLUMNS
        }
        told[NUMBERS] += f" {' '.join(self.signs)}"
        for column in (LETTER, SHEETS):
            told[column] += f" {' '.join(self._days(column))}"
        narrow = [facet_word(name, value) for name, values in self.facets.items() for value in values]
        narrow += [reader_word(reader) for reader in sorted(readers(self.row))]
        narrow += [OF_A_SERVICE] * bool(self.row.staff)
        return (*told.values(), " ".join([*narrow, *([WITH_DEADLINE] if due_second(self.row) else [])]))

    def _days(self, column: str) -> list[str]:
        days = {day for p in self.passages if p.column == column for day in days_in(p.text)}
        return sorted(day_word(day) for day in days)


#: A word of the cases of other services than Yankomas.
OF_A_SERVICE = "_s"
#: A word of the cases that have a deadline, among which the late ones are.
WITH_DEADLINE = "_t"


def facet_word(name: str, value: str) -> str:
    """Return a value to narrow by as one word of the index."""
    return f"_f{FACETS.index(name)}{''.join(words_of(value))}"


def reader_word(reader: str) -> str:
    """Return one of those who may read a case (:func:`~pipeline.access.secrecy.readers`) as one word of the index."""
    return "_o" if reader == ANYBODY else f"_r{''.join(words_of(reader))}"


def written(
    case: Case,
    row: Row,
    entry: Mapping[str, str],
    step: str,
    texts: Sequence[CaseText],
    regions: tuple[Region, ...] = (),
) -> Written:
    """Return what is written on a case.

    ``row`` is its row of the register, ``entry`` what the printed book says, ``step`` the name of the step where it
    stands, ``texts`` the text of its documents, ``regions`` the regencies that the office has listed.
    """
    passages = [*_numbers(case), *_of_fields(case), *_of_moves(case), *texts]
    passages.append(CaseText(MATTER, "Keadaan", row.state))
    return Written(
        number=case.number,
        head=case.head,
        row=row,
        entry=entry,
        facets=_facets(case, row, step, regions),
        signs=tuple(_signs(case, row)),
        passages=tuple(p for p in passages if p.text.strip()),
    )


def _numbers(case: Case) -> Iterator[CaseText]:
    yield CaseText(NUMBERS, "Nomor register", f"{case.received.register_number} {case.number}")
    for number in case.numbers_given:
        yield CaseText(NUMBERS, "Nomor naskah", number)


def _signs(case: Case, row: Row) -> Iterator[str]:
    """Yield the case's numbers and days, each as one word."""
    yield case_word(case.number)
    yield from words_of(row.state_key)
    for number in (case.received.register_number, *case.numbers_given):
        yield number_word(number)
        if naskah := read_naskah(number):
            yield from naskah_words(naskah)
    for name in ("nomor_surat", "nomor_agenda"):
        if number := said(case.fields.get(name)):
            yield number_word(number)
    for moment in (row.received_at, row.tanggal_surat, row.due_at):
        for day in days_in(str(moment or "")[:10]):
            yield day_word(day)
            yield from words_of(long_date(day))


def _of_fields(case: Case) -> Iterator[CaseText]:
    for name, value in case.fields.items():
        column, label = _FIELDS.get(name, (LETTER, name.replace("_", " ").capitalize()))
        if name not in _ELSEWHERE and (text := "; ".join(_told(value))):
            yield CaseText(column, label, text)
    if named := rights(case.fields):
        yield CaseText(MATTER, "Hak", "; ".join(named))


def _of_moves(case: Case) -> Iterator[CaseText]:
    for made in () if case.gone else case.made:  # what was written went with the content
        values = made.decision.values
        said = [value for name, value in values.items() if name not in (MERGED_INTO, LETTER_ASKED)]  # one may be secret
        titles = [title_of(str(values[LETTER_ASKED]))] if LETTER_ASKED in values else []
        if text := "\n".join([*titles, *_told(said)]):
            yield CaseText(SHEETS, made.decision.move.replace("-", " ").capitalize(), text)


def _told(value: Any) -> Iterator[str]:
    """Yield every text of a field, however it is nested."""
    if isinstance(value, Mapping):
        if "nilai" in value:
            yield from _told(value["nilai"] if value["nilai"] is not None else value.get("teks"))
        else:
            for part in value.values():
                yield from _told(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _told(part)
    elif value is not None and not isinstance(value, bool):
        yield choice_label(as_moment(cells_apart(str(value))))


def _facets(case: Case, row: Row, step: str, regions: tuple[Region, ...]) -> Mapping[str, Sequence[str]]:
    fields = case.fields
    places = (row.tempat_kejadian, *row.terlapor)
    guessed = next((r for place in places if place and (r := regency_of(str(place), regions))), "")
    values: dict[str, Sequence[str]] = {
        "tahun": [str(row.year)],
        "langkah": [f"{row.step}. {step}"],
        "keadaan": [row.state],
        "hak": rights(fields),
        "kelas_terlapor": [said(fields.get("kelas_terlapor"))],
        "wilayah": [row.kabupaten or guessed],
        "cara": [said(fields.get("cara_penyampaian")) or row.channel],
        "sifat": [said(fields.get("sifat")) or "terbatas"],
    }
    return {name: [text for text in texts if text] for name, texts in values.items()}


def due_second(row: Row) -> int | None:
    """Return the second (Unix) at which the case becomes late, or None if it cannot."""
    if row.final or not row.due_at:
        return None
    return int(datetime.fromisoformat(row.due_at).timestamp())
