"""The survey and the books on personal data of an office of many: one at all desks, taken over once from a folder."""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg
import pytest
from crash import in_child
from fakes import MORNING
from folders_of_before import ASIDE, Ends, before

from pipeline.archive.store.layout import Layout
from pipeline.errors import NotAllowed, Passing, SettingsFault
from pipeline.evidence.store.postgres_seals import PostgresBooks
from pipeline.privacy.ports import MatterLine
from pipeline.privacy.store.matter_books import BOOKS, REQUESTS, MatterFile, line_faults
from pipeline.privacy.store.postgres_matters import MattersOfBefore, PostgresMatters, open_matters
from pipeline.storage import locks
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_lines import SURVEY, PostgresLines
from pipeline.storage.postgres_taken import taken
from pipeline.storage.taking_over import UNUSED, FolderOfBefore
from pipeline.survey.questionnaire import Answer
from pipeline.survey.store.postgres_survey import PostgresSurvey, marks_at, open_survey
from pipeline.survey.store.survey_files import HEAP, SurveyFiles
from pipeline.survey.tally import BATCH, PAPER, semester_of, tally

DAY = date(2026, 11, 27)
GOOD = Answer((4,) * 9, {})


def key() -> bytes:
    return b"k" * 32


def line(number: int) -> MatterLine:
    return MatterLine(number, "minta", MORNING, "siti", "tim-yankomas", {"nama": "Siti Rekaan"})


def layout_at(place: Path) -> Layout:
    layout = Layout(place)
    layout.prepare()
    return layout


def answers(place: Path, first: int = 0) -> None:
    """Have people answer: five that are counted, and two that wait."""
    box = SurveyFiles(layout_at(place), key)
    for n in range(first, first + BATCH + 2):
        box.drop(f"K{n}", GOOD, DAY)


def matters(place: Path) -> None:
    """Have somebody ask twice, and a year of the access log be closed."""
    for book, number in ((REQUESTS, 1), (REQUESTS, 2), ("dihapus", 1)):
        MatterFile(layout_at(place), book).add(lambda _, number=number: line(number))


def texts(database: Database, books: dict[str, str]) -> dict[str, bytes]:
    """Return what books have, by the path that each has in its folder, as far as there is something."""
    found = {path: b"".join(text for _, text in PostgresLines(database, book).lines()) for path, book in books.items()}
    return {path: text for path, text in found.items() if text}


def matters_there(database: Database) -> dict[str, bytes]:
    return texts(database, {f"{book}/daftar.jsonl": book for book in BOOKS})


def survey_there(database: Database) -> dict[str, bytes]:
    with database.transaction() as running:
        marks = marks_at(running)
    return texts(database, {"daftar.jsonl": SURVEY}) | ({"tanda": marks} if marks else {})


@dataclass(frozen=True)
class Kind:
    """Something that is taken over: its folder, how it comes about there, how it is opened and what there is then."""

    folder: str
    what: str
    happen: Any
    opened: Any
    there: Any


KINDS = (
    Kind(".data-pribadi", "Catatan data pribadi", matters, open_matters, matters_there),
    Kind(".ikm", "Survei", answers, open_survey, survey_there),
)


def of_before(place: Path, **how: Any) -> FolderOfBefore:
    return replace(before(place, **how), folder=place / "archive")


def files_of(folder: Path) -> dict[str, bytes]:
    there = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in there}


@pytest.fixture(params=KINDS, ids=lambda kind: kind.what)
def folder(request, tmp_path):
    """A kind, the folder of an office of before that has some of it, and its files."""
    kind = request.param
    kind.happen(tmp_path)
    told = files_of(tmp_path / "archive" / kind.folder)
    assert len(told) == 2
    return kind, tmp_path, told


def test_an_office_takes_it_over_byte_for_byte_and_its_books_are_sealed_as_they_were(folder, central_office):
    kind, place, told = folder
    database, archive = central_office[0], place / "archive"
    books = [f"archive/{kind.folder}/{name}" for name in told if name.endswith(".jsonl")]
    assert not any(map(PostgresBooks(database).is_central, books))

    kind.opened(database, of_before(place))

    assert kind.there(database) == files_of(place / ASIDE / kind.folder) == told
    assert not (archive / kind.folder).exists()
    central = PostgresBooks(database)
    assert sorted(central.names()) == sorted(books)
    assert [central.end(book) for book in books] == [len(told[n]) for n in told if n.endswith(".jsonl")]


def test_a_folder_that_is_there_again_is_put_aside_and_counts_nothing(folder, central_office, caplog):
    kind, place, told = folder
    kind.opened(central_office[0], of_before(place))
    kind.happen(place)

    kind.opened(central_office[0], of_before(place))

    assert f"{kind.what} kantor ini ada di pusat" in caplog.text
    assert kind.there(central_office[0]) == told
    assert [path.name for path in (place / f"{ASIDE}-0").iterdir()] == [UNUSED + kind.folder]


def test_an_office_without_any_begins_with_none_and_takes_none_later(folder, central_office, tmp_path):
    kind, place, _ = folder
    empty = tmp_path / "kosong"
    (empty / "archive").mkdir(parents=True)
    kind.opened(central_office[0], of_before(empty))

    kind.opened(central_office[0], of_before(place))

    assert kind.there(central_office[0]) == {}


def test_it_comes_from_the_folder_from_which_the_office_is_run_once_no_desk_of_before_serves_it(folder, central_office):
    kind, place, told = folder
    database = central_office[0]
    elsewhere = ("kantor ini dijalankan dari meja-lama:/srv/kantor", "Di sana.")
    with pytest.raises(SettingsFault, match="tidak diambil dari folder ini: kantor ini dijalankan dari meja-lama"):
        kind.opened(database, of_before(place, elsewhere=elsewhere))
    with locks.sole_process(place / "meja"):
        (place / "meja").write_text("1 \n")  # another process
        with pytest.raises(Passing, match="Program yang sedang berjalan masih memakai"):
            kind.opened(database, of_before(place))
    assert taken(database, kind.folder) is None

    kind.opened(database, of_before(place))

    assert kind.there(database) == told


def test_a_database_brought_back_to_before_takes_what_was_put_aside_then(folder, central_office, central):
    kind, place, told = folder
    database = central_office[0]
    kind.opened(database, of_before(place))
    kind.happen(place)  # a folder brought back: put aside later than the one that counts
    kind.opened(database, of_before(place))
    forget(central, database.schema)

    kind.opened(database, of_before(place))

    assert kind.there(database) == told


def forget(central, schema: str) -> None:
    """Have a database be as before it had any of it."""
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {schema}")
        for table in ("catatan", "survey_mark", "taken_over"):
            owner.execute(f"DELETE FROM {table}")


def take_over_until(kind: Kind, address: str, schema: str, place: Path, kill_at: int) -> None:
    """Take over as a process does, which is killed before its n-th effect."""
    Ends(kill_at).install()
    kind.opened(Database(address, schema), of_before(place))
    os._exit(0)


def test_a_process_that_is_killed_in_the_midst_leaves_all_of_it_or_nothing(folder, central_office, central, tmp_path):
    kind, place, told = folder
    database, killed = central_office[0], 0
    for kill_at in range(1, 100):
        forget(central, database.schema)
        copy = tmp_path / f"n{kill_at}"
        shutil.copytree(place / "archive" / kind.folder, copy / "archive" / kind.folder)
        status = in_child(partial(take_over_until, kind, database.address, database.schema, copy, kill_at))

        assert kind.there(database) == (told if taken(database, kind.folder) is not None else {}), kill_at
        kind.opened(database, of_before(copy))
        assert kind.there(database) == told, kill_at
        assert [files_of(path) for path in copy.glob(f"{ASIDE}*/{kind.folder}")] == [told], kill_at
        if status == 0:
            break
        assert status == -signal.SIGKILL
        killed += 1
    assert killed > 8


def test_another_office_sees_none_of_it_and_the_own_changes_no_line(folder, central_office, central):
    kind, place, _ = folder
    database = central_office[0]
    kind.opened(database, of_before(place))

    with central.office() as (another, _):
        assert kind.there(another) == {}
        for table in ("catatan", "survey_mark"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), another.transaction() as running:
                running.execute(f"SELECT * FROM {database.schema}.{table}")
    for act in ("DELETE FROM catatan", "UPDATE survey_mark SET mark = mark"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), database.transaction() as running:
            running.execute(act)


def test_what_a_folder_has_of_before_is_read_and_not_added_to_until_it_was_taken_over_elsewhere(tmp_path):
    matters(tmp_path)
    book = MattersOfBefore(Layout(tmp_path), REQUESTS, SettingsFault("Belum di pusat.", "Di sana."))

    assert [one.number for one in book.lines()] == [1, 2]
    with pytest.raises(SettingsFault, match="Belum di pusat"):
        book.add(lambda _: line(3))


def test_a_line_that_does_not_follow_is_told(central_office):
    database = central_office[0]
    book = PostgresMatters(database, REQUESTS)
    book.add(lambda _: line(1))
    assert list(line_faults({REQUESTS: book})) == []

    PostgresLines(database, REQUESTS).append("daftar", b"{}\n")

    assert [name for name, _ in line_faults({REQUESTS: book})] == [f"{REQUESTS}/daftar.jsonl"]


# The survey at two desks.


@pytest.fixture
def desks(central_office, tmp_path):
    """The boxes of two desks of one office, each with a folder and connections of its own."""
    first = central_office[0]
    second = Database(first.address, first.schema)
    boxes = (("a", first), ("b", second))
    yield tuple(PostgresSurvey(layout_at(tmp_path / name), key, db) for name, db in boxes)
    second.close()


def test_one_code_sent_to_both_desks_at_once_is_one_answer(desks):
    done: list[type] = []

    def send(box: PostgresSurvey) -> None:
        try:
            box.drop("K1", GOOD, DAY)
            done.append(type(None))
        except NotAllowed:
            done.append(NotAllowed)

    assert not desks[0].has_answered("K1")
    threads = [Thread(target=send, args=(box,)) for box in desks * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one.__name__ for one in done) == ["NoneType", *["NotAllowed"] * 3]
    assert all(box.has_answered("K1") for box in desks)


def test_each_desk_counts_five_of_its_own_and_both_tell_all_that_was_counted(desks):
    for n in range(2 * BATCH):
        desks[n % 2].drop(f"K{n}", GOOD, DAY)

    assert [batch.count for batch in desks[0].batches()] == [BATCH] * 2
    assert list(desks[0].batches()) == list(desks[1].batches())
    assert all(list(box.faults()) == [] for box in desks)


def test_no_answer_lies_at_the_centre_before_five_are_counted_together(desks, central_office):
    for n in range(BATCH - 1):
        desks[0].drop(f"K{n}", GOOD, DAY)
        desks[0].drop_paper(GOOD, DAY)
    database = central_office[0]
    asked = "SELECT count(*) FROM catatan"
    assert database.row(asked) == (0,)
    assert database.row("SELECT count(*), min(length(mark)) FROM survey_mark") == (BATCH - 1, 32)

    desks[0].drop("K9", GOOD, DAY)

    assert database.row(asked) == (1,)


def test_five_answers_whose_count_came_to_be_after_all_are_not_counted_again(desks):
    told = {HEAP: "a", **asdict(tally([GOOD] * BATCH, semester_of(DAY), PAPER))}

    desks[0]._count(told)
    desks[0]._count(told)

    assert [batch.count for batch in desks[0].batches()] == [BATCH]


def test_marks_that_were_taken_out_are_told(desks, central_office):
    for n in range(BATCH):
        desks[0].drop(f"K{n}", GOOD, DAY)
    with central_office[0].transaction() as running:
        running.execute("DELETE FROM survey_mark WHERE mark = (SELECT min(mark) FROM survey_mark)")

    [(name, fact)] = desks[1].faults()
    assert (name, "hanya 4, padahal 5" in fact) == ("tanda", True)
