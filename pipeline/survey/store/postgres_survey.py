"""The survey of an office of many: marks of codes, and what was counted, lie with its rows, the same at each desk.

Answers that wait to be counted stay in the folder of the desk that took them (``survey_files.py``): the log of the
database, and whoever has a backup of it, could lay each beside the mark that came with it. So each desk counts when it
has five of its own.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from pipeline.archive.store.layout import Layout
from pipeline.storage.postgres import Database, Transaction
from pipeline.storage.postgres_lines import SURVEY, add_lines_of, hold
from pipeline.storage.postgres_rows import ChangedRows, SchemaRows
from pipeline.storage.postgres_taken import note_taken, take_over_rows
from pipeline.storage.postgres_versions import BookOfLines
from pipeline.storage.rows import Rows, add_values, values_in
from pipeline.storage.taking_over import FolderOfBefore, mark_of
from pipeline.storage.version_list import LIST
from pipeline.survey.store.survey_files import HEAP, MARK, MARKS, CountedSurvey, written_marks

#: The folder in which an office on one PC has it; by this name it is noted that it was taken over.
_FOLDER = ".ikm"
_TABLE, _COLUMNS = "survey_mark", ("mark",)


class PostgresSurvey(CountedSurvey):
    """The survey box of one office, at one of its desks; ``key`` gives the office's, by which all know one code."""

    def __init__(self, layout: Layout, key: Callable[[], bytes], database: Database) -> None:
        counted = BookOfLines(database, SURVEY)
        super().__init__(layout, key, counted)
        self._book, self._rows = counted.book, SchemaRows(database, SURVEY)

    def _count(self, told: Mapping[str, Any]) -> None:
        with self._book.held():
            if told[HEAP] not in self._heaps():  # a transaction that was cut off may have come to be since it was asked
                self._counted.note(told)

    def _uncounted(self, heaps: Collection[str]) -> int:
        return 0  # what waits in folders is not brought back with the database, whose marks may be of before

    def _marks(self) -> bytes:
        with self._rows.reading() as rows:
            return _marks_in(rows)

    def _is_used(self, mark: str) -> bool:
        with self._rows.reading() as rows:
            return rows.execute("SELECT 1 FROM survey_mark WHERE mark = ?", (mark,)).fetchone() is not None

    def _use_up(self, mark: str) -> bool:
        with self._rows.changing() as rows:
            return rows.execute("INSERT INTO survey_mark VALUES (?) ON CONFLICT DO NOTHING", (mark,)).rowcount == 1

    def _give_back(self, mark: str) -> None:
        with self._rows.changing() as rows:
            rows.execute("DELETE FROM survey_mark WHERE mark = ?", (mark,))


def open_survey(database: Database, before: FolderOfBefore) -> None:
    """Have an office's survey at the centre, from the folder where it is not yet; asked once by each process.

    Raises:
        SettingsFault, Passing: as :func:`pipeline.storage.taking_over.take_over`.
    """
    take_over_rows(database, "Survei", _FOLDER, _FOLDER, move_survey_in, before)


def move_survey_in(running: Transaction, folder: Path | None) -> None:
    """Have the survey of a folder at the centre, if it is not there yet; None: it has none."""
    hold(running, SURVEY)
    if note_taken(running, _FOLDER, mark_of(folder)) and folder:
        add_lines_of(running, SURVEY, folder / LIST)
        marks = (folder / MARKS).read_bytes().split() if (folder / MARKS).is_file() else []
        sound = {mark.decode() for mark in marks if MARK.fullmatch(mark)}  # of others verify told
        add_values(ChangedRows(running), _TABLE, _COLUMNS, [(mark,) for mark in sorted(sound)])


def marks_at(running: Transaction) -> bytes:
    """Return the marks of codes as a folder has them written, as a transaction sees them."""
    return _marks_in(ChangedRows(running))


def _marks_in(rows: Rows) -> bytes:
    return written_marks(mark for (mark,) in values_in(rows, _TABLE, _COLUMNS))
