"""A fake of the search's port: it passes the contract tests of the real one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.access.secrecy import open_to
from pipeline.errors import NotFound
from pipeline.office.wording import words_of
from pipeline.register.ports import Extent
from pipeline.search.answer import Answer, Hit, facets_of
from pipeline.search.case_text import FACETS, Written
from pipeline.search.query import AskedWord, Phrase, Wanted
from pipeline.search.ranking import COUNTED


class FakeSearch:
    """Cases in memory, of which words and phrases are asked."""

    def __init__(self) -> None:
        self._cases: list[Written] | None = None

    def put(self, *cases: Written) -> None:
        there = {case.number: case for case in (*(self._cases or ()), *cases)}
        self._cases = [there[number] for number in sorted(there)]

    def up_to_date(self) -> None:
        pass

    def search(self, wanted: Wanted) -> Answer:
        found = [case for case in reversed(self._there()) if _answers(case, wanted)]
        counts = {name: Counter(value for case in found for value in case.facets[name]) for name in FACETS}
        ordered = {
            name: sorted(values.items(), key=lambda pair: (-pair[1], pair[0])) for name, values in counts.items()
        }
        page = found[wanted.first : wanted.first + wanted.count]
        hits = tuple(Hit.of(case.row, (), exact=True) for case in page)
        return Answer(len(found), hits, facets_of(ordered, wanted.narrow), 0, min(len(found), COUNTED), complete=True)

    def page(self, extent: Extent, first: int, count: int) -> tuple[int, list[Written]]:
        found = [*self.every(extent)][::-1]
        return len(found), found[first : first + count]

    def every(self, extent: Extent) -> Iterator[Written]:
        return (case for case in self._there() if _within(case, extent))

    def complete(self) -> bool:
        return self._there() is not None

    def states(self, year: int | None, roles: frozenset[str] | None = None, series: str = "") -> list[tuple[str, int]]:
        told = (case for case in self.every(Extent(year, series=series)) if roles is None or open_to(roles, case.row))
        counts = Counter(case.row.state for case in told)
        return _most_first(counts)

    def _there(self) -> list[Written]:
        if self._cases is None:
            raise NotFound("Indeks pencarian belum ada.", "Jalankan `yankomas rebuild`.")
        return self._cases


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _answers(case: Written, wanted: Wanted) -> bool:
    texts = [words_of(text.text) for text in case.passages if wanted.personal or not text.personal]
    words = [word for text in texts for word in text]
    for term in wanted.terms:
        match term:
            case AskedWord(text):
                if not any(word.startswith(text) for word in words):
                    return False
            case Phrase(asked):
                if not any(f" {' '.join(asked)} " in f" {' '.join(text)} " for text in texts):
                    return False
            case _:
                raise AssertionError(f"{term} is not asked of the fake")
    narrowed = all(set(values) & set(case.facets[name]) for name, values in wanted.narrow.items() if values)
    return narrowed and (wanted.roles is None or open_to(wanted.roles, case.row))


def _within(case: Written, extent: Extent) -> bool:
    return (
        extent.year in (None, case.number.year)
        and extent.month in (None, int(case.row.received_at[5:7]))
        and extent.state in ("", case.row.state)
        and (not extent.state or extent.roles is None or open_to(extent.roles, case.row))
    )
