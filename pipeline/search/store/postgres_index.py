"""The index of an office of many, in PostgreSQL: it follows the witnesses, and answers as an office's own index does.

One process at a time takes in what has changed, some hundred cases in each transaction; meanwhile the others answer by
what is there. A making that was cut short goes on where it stopped.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress

from pipeline.access.secrecy import readers_opened_by
from pipeline.archive.ports import Changes
from pipeline.cases.case import Case
from pipeline.cases.case_number import YEARS, CaseNumber
from pipeline.cases.ports import Cabinet
from pipeline.errors import Busy, NotFound
from pipeline.register.ports import Extent
from pipeline.register.row import Edition
from pipeline.register.store.postgres_views import followed
from pipeline.search.answer import Answer, facets_of
from pipeline.search.case_text import FACETS, Written, reader_word
from pipeline.search.query import Wanted
from pipeline.search.ranking import COUNTED, weights
from pipeline.search.store.hits import counted, hit, most_first
from pipeline.search.store.index import being_made
from pipeline.search.store.packing import YEAR, docs_of
from pipeline.search.store.postgres_question import Found, Question, Weighing, opened_by
from pipeline.search.store.postgres_shelf import drop, indexed, put, running_on, texts
from pipeline.search.store.spellings import answering
from pipeline.search.store.telling import Telling
from pipeline.storage.locks import PATIENCE
from pipeline.storage.postgres import Database, Transaction

#: Goes up whenever words are made in another way; the index is then made anew.
_MADE = 2
_INDEX, _TURN = "pencarian", "pencarian-giliran"
#: Where the index has followed to while it is being made.
_MAKING = -1
_BATCH = 100
_MOMENT = 1.0  # seconds that a page waits for whoever is at the index
#: How many cases are unpacked at once.
_UNPACKED = 200
_STATE = f"faset[{FACETS.index('keadaan') + 1}]"
#: How many of some cases have each value of each facet, and how many are late: a row has one of these, and its count.
_FACET_COLUMNS = [f"f{n}" for n, _ in enumerate(FACETS, start=1)]
_FACETS = (
    f"SELECT *, count(*) FROM (SELECT {', '.join(f'faset[{c[1:]}] AS {c}' for c in _FACET_COLUMNS)},"  # noqa: S608
    " CASE WHEN batas < %s THEN true END AS lewat FROM cari_perkara WHERE perkara = ANY(%s::bigint[])) AS ini"
    f" GROUP BY GROUPING SETS ({', '.join(f'({c})' for c in _FACET_COLUMNS)}, (lewat))"
)
Progress = Callable[[int, int], None]


class PostgresSearch:
    """The index of one office (see the port).

    ``written_of`` says what is written on a case, by what ``edition`` names.
    """

    def __init__(
        self,
        database: Database,
        cabinet: Cabinet,
        changes: Changes,
        written_of: Callable[[Case], Written],
        edition: Callable[[], Edition] = Edition,
    ) -> None:
        self._database, self._cabinet, self._changes, self._named = database, cabinet, changes, edition
        self.telling = Telling(cabinet, written_of)
        self._weighed: tuple[tuple[int, Edition], Weighing] | None = None

    def refresh(self, progress: Progress | None = None, *, patience: float = PATIENCE) -> int:
        """Take in what has changed since the last time; return how many cases that were.

        Raises:
            Busy: somebody else has been making the index for longer than ``patience`` seconds.
        """
        now = self._edition()
        question = (
            "SELECT posisi = (SELECT posisi FROM kantor) AND program = %s AND kalender = %s"
            " FROM pandangan WHERE nama = %s"
        )
        if self._database.row(question, (now.program, now.calendar, _INDEX)) == (True,):
            return 0  # the usual case: one look, and no turn is waited for
        with self._turn(patience) as turn:
            return self._follow(turn, progress)

    def up_to_date(self) -> None:
        """Take in what has changed, unless another process is making the index anew."""
        with suppress(Busy):
            self.refresh(patience=_MOMENT)

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index anew from the journals alone; return how many cases it holds."""
        with self._turn(PATIENCE) as turn:
            with self._database.transaction() as running:
                for table in ("cari_letak", "cari_perkara", "cari_kata", "cari_faset"):
                    running.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
                self._note(_MAKING, self._edition())
            return self._follow(turn, progress)

    def forget_words(self) -> None:
        """Forget the words and values that no case has any more: those of destroyed content are to be found nowhere."""
        with self._turn(PATIENCE), self._database.transaction() as running:
            running.execute(
                "DELETE FROM cari_kata WHERE NOT EXISTS (SELECT FROM cari_letak WHERE cari_letak.kata = cari_kata.id)"
            )
            running.execute("DELETE FROM cari_faset WHERE banyak <= 0")

    def search(self, wanted: Wanted) -> Answer:
        """Return the answer, as the index has it now.

        Raises:
            NotFound: there is no index yet.
        """
        followed = self._there()
        with self._database.transaction() as running:
            question = Question.of(running, wanted)
            found = question.ask(running, self._weighing(running, followed))
            counts, late = self._facets(running, wanted, found)
            exact = dict(found.page)
            answers, terms = answering(question.groups), len(question.groups)
            hits = [
                hit(written, answers, terms, personal=wanted.personal, exact=exact[doc])
                for doc, written in texts(running, list(exact))
            ]
        facets = facets_of(counts, wanted.narrow)
        complete = followed[0] != _MAKING
        return Answer(found.total, tuple(hits), facets, late, min(found.total, COUNTED), complete)

    def page(self, extent: Extent, first: int, count: int) -> tuple[int, list[Written]]:
        """Return how many cases there are, and a page of them, the newest first; raises as :meth:`search`."""
        self.complete()
        where, values = _where(extent)
        with self._database.transaction() as running:
            total = running.execute(f"SELECT count(*) FROM cari_perkara{where}", values).fetchone()  # noqa: S608
            behind = f"{where} ORDER BY perkara DESC LIMIT {count} OFFSET {first}"
            docs = _docs(running, behind, values)
            return int(total[0]) if total else 0, [written for _, written in texts(running, docs)]

    def every(self, extent: Extent) -> Iterator[Written]:
        """Yield the cases by number; raises as :meth:`search`.

        Raises:
            Passing: the index is being made, so that some would be missing.
        """
        if not self.complete():
            raise being_made()
        where, values = _where(extent)
        with self._database.transaction() as running:
            docs = _docs(running, f"{where} ORDER BY perkara", values)
        for start in range(0, len(docs), _UNPACKED):
            with self._database.transaction() as running:
                batch = texts(running, docs[start : start + _UNPACKED])
            yield from (written for _, written in batch)

    def complete(self) -> bool:
        """Say whether all cases are in the index by now; raises as :meth:`search`."""
        return self._there()[0] != _MAKING

    def _there(self) -> tuple[int, Edition]:
        if (followed := self._followed()) is None:
            raise NotFound("Indeks pencarian belum ada.", "Jalankan `yankomas rebuild`.")
        return followed

    def _weighing(self, running: Transaction, followed: tuple[int, Edition]) -> Weighing:
        """Return by what words weigh: the same as long as the index has followed no further."""
        known = self._weighed
        if known is None or known[0] != followed or followed[0] == _MAKING:
            known = self._weighed = (followed, Weighing.now(running))
        return known[1]

    def states(self, year: int | None, roles: frozenset[str] | None = None, series: str = "") -> list[tuple[str, int]]:
        """Return the states in which cases of a year of a series stand, the most first; raises as :meth:`search`."""
        self.complete()
        where, values = _where(Extent(year, roles=roles, series=series), told=True)
        statement = f"SELECT {_STATE}, count(*) FROM cari_perkara{where} GROUP BY 1"  # noqa: S608 - our own words
        return most_first((str(state), int(count)) for state, count in self._database.rows(statement, values))

    def _facets(
        self, running: Transaction, wanted: Wanted, found: Found
    ) -> tuple[Mapping[str, Sequence[tuple[str, int]]], int]:
        """Return for each facet how many of the hits have each value, and how many are late."""
        if not wanted.terms and not any(wanted.narrow.values()) and wanted.roles is None and not wanted.late:
            rows = running.execute("SELECT nilai, banyak, nama FROM cari_faset WHERE banyak > 0").fetchall()
            of_all = {n: most_first((v, c) for v, c, at in rows if at == place) for place, n in enumerate(FACETS)}
            late = running.execute("SELECT count(*) FROM cari_perkara WHERE batas < %s", (wanted.now,)).fetchone()
            return of_all, int(late[0]) if late else 0
        counts: list[list[tuple[str, int]]] = [[] for _ in FACETS]
        past = 0
        for *values, is_late, count in running.execute(_FACETS, (wanted.now, found.newest)).fetchall():
            for known, value in zip(counts, values, strict=True):
                if value is not None:
                    known.append((value, count))
            past += count if is_late else 0
        return {name: counted(known) for name, known in zip(FACETS, counts, strict=True)}, past

    @contextmanager
    def _turn(self, patience: float) -> Iterator[Transaction]:
        """Hold the turn to write, on a connection of its own: what is written meanwhile is committed bit by bit."""
        with self._database.apart() as turn:
            turn.execute(f"SET LOCAL lock_timeout TO {max(1, int(patience * 1000))}")
            followed(turn, _TURN)
            yield turn

    def _follow(self, turn: Transaction, progress: Progress | None) -> int:
        edition = self._edition()
        position, known = self._followed() or (_MAKING, edition)
        if position == _MAKING or known.program != edition.program or position > self._changes.size():
            return self._catch_up(turn, edition, progress, anew=known.program != edition.program)
        changes, end = self._changes.since(position)
        numbers = self.telling.with_kin({change.number for change in changes})
        if known.calendar != edition.calendar:  # deadlines are other ones
            numbers |= running_on(self._database)
        self._take_in(turn, sorted(numbers), progress, {})
        self._note(end, edition)
        return len(numbers)

    def _catch_up(self, turn: Transaction, edition: Edition, progress: Progress | None, *, anew: bool) -> int:
        """Compare all cases with what is there; those that are kept no longer go. ``anew``: all is told another way."""
        end = self._changes.size()
        with self._database.transaction() as running:
            if anew:
                running.execute("UPDATE cari_perkara SET head = ''")
            self._note(_MAKING, edition)
        there, cases = indexed(self._database), self._cabinet.numbers()
        with self._database.transaction() as running:
            drop(running, set(there) - set(cases))
        self._take_in(turn, cases, progress, there)
        self._note(end, edition)
        return len(cases)

    def _take_in(
        self,
        turn: Transaction,
        numbers: Sequence[CaseNumber],
        progress: Progress | None,
        there: Mapping[CaseNumber, str],
    ) -> None:
        for start in range(0, len(numbers), _BATCH):
            batch = numbers[start : start + _BATCH]
            told = list(self.telling.of(batch, there))
            with self._database.transaction() as running:
                put(running, told)
            turn.execute("SELECT 1")  # who has the turn is not taken for one that hangs
            if progress:
                progress(start + len(batch), len(numbers))

    def _edition(self) -> Edition:
        edition = self._named()
        return Edition(f"{edition.program} {_MADE} {weights()}", edition.calendar)

    def _followed(self) -> tuple[int, Edition] | None:
        """Return how far the index has followed, and by what it was made; None if there is none."""
        question = "SELECT posisi, program, kalender FROM pandangan WHERE nama = %s"
        row = self._database.row(question, (_INDEX,))
        return (int(row[0]), Edition(row[1], row[2])) if row else None

    def _note(self, position: int, edition: Edition) -> None:
        with self._database.transaction() as running:
            running.execute(
                "INSERT INTO pandangan VALUES (%s, %s, %s, %s) ON CONFLICT (nama) DO UPDATE"
                " SET posisi = excluded.posisi, program = excluded.program, kalender = excluded.kalender",
                (_INDEX, position, edition.program, edition.calendar),
            )


def _docs(running: Transaction, behind: str, values: dict[str, object]) -> list[int]:
    return [doc for (doc,) in running.execute(f"SELECT perkara FROM cari_perkara{behind}", values)]  # noqa: S608


def _where(extent: Extent, *, told: bool = False) -> tuple[str, dict[str, object]]:
    """Return the conditions, and the values they name.

    ``told``: the states of the cases are told, so that closed ones are left out even if none was asked for.
    """
    conditions = []
    if extent.series is not None:
        first, last = docs_of(*extent.volumes)
        conditions.append(f"perkara BETWEEN {first} AND {last}")
    elif extent.year is not None:
        conditions.append(f"perkara / {YEAR} %% {YEARS} = %(year)s")
    if extent.month is not None:
        conditions.append("substr(diterima, 6, 2) = %(month)s")
    if extent.state:
        conditions.append(f"{_STATE} = %(state)s")
    readers = [reader_word(reader) for reader in sorted(readers_opened_by(extent.roles or ()))]
    if extent.roles is not None and (extent.state or told):
        conditions.append(opened_by(readers))
    values: dict[str, object] = {
        "year": extent.year,
        "month": f"{extent.month or 0:02d}",
        "state": extent.state,
        "readers": readers,
    }
    return f" WHERE {' AND '.join(conditions)}" if conditions else "", values
