"""The archive's ports keep what they promise: the fakes, and what is kept in folders."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import timedelta
from functools import partial

import bagit
import pytest
from archive_fakes import FakeBinder, FakeCabinet, FakeExport, FakeNews
from case_factory import document, drafted, failed, received, recognised
from fakes import MORNING, FixedChance, FixedClock
from pikepdf import Pdf
from scan_samples import digital_pdf

from pipeline.archive.engines.folder_binder import FolderBinder
from pipeline.archive.ports import How, News, Sheaf
from pipeline.archive.store.export import ZipExport
from pipeline.archive.store.postgres_cabinet import PostgresCabinet
from pipeline.archive.store.postgres_changes import PostgresChanges, insert_line
from pipeline.archive.store.witness_log import ChangesNewsreader, WitnessLog
from pipeline.backoff import Tries
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.journal import GENESIS, write_line
from pipeline.cases.ports import content
from pipeline.errors import ArchiveFault, Busy, NotFound, Passing
from pipeline.register.enrol import EnrolParts, Newcomer, enrol
from pipeline.register.ports import Claim
from pipeline.register.store.postgres_numbers import PostgresNumbers
from pipeline.storage import locks
from pipeline.storage.blobs import StoredFile, TypedText

PDF = "application/pdf"
FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)
LATER = MORNING + timedelta(minutes=5)
TEXT = document("02-teks.txt", b"isi surat", kind="teks", step=2)


# A cabinet: the numbered folders.


@pytest.fixture(params=["fake", "folders", "postgres"])
def cabinet(request, office):
    """A cabinet with two letters that were registered this morning."""
    letters = [b"Surat pertama", b"Surat kedua"]
    if request.param == "fake":
        made = FakeCabinet()
        for serial, letter in enumerate(letters, start=1):
            made.put(received(serial=serial, documents=(document("01-surat.pdf", letter),)), letter, MORNING)
        return made
    root = office.root
    numbers, kept = root.numbers, root.cabinet
    if request.param == "postgres":
        database, objects = request.getfixturevalue("central_office")
        numbers, kept = PostgresNumbers(database, objects), PostgresCabinet(database, objects)
    parts = EnrolParts(numbers, FixedClock(), FixedChance(), root.editions, root.pattern, TypedText)
    for letter in letters:
        claim = Claim(f"k-{len(letter)}", TypedText("surat.pdf", letter))
        enrol(Newcomer(claim, "01-surat.pdf", PDF, 1, "pindaian"), parts)
    return kept


def append(cabinet, number=FIRST, text=TEXT, data=b"isi surat", at=LATER):
    with cabinet.held(number) as folder:
        return folder.append(recognised(documents=(text,)), {text.name: data}, by="sistem", at=at)


def test_a_case_that_nobody_registered_is_not_found(cabinet):
    for look in (cabinet.case, lambda number: cabinet.held(number).__enter__()):
        with pytest.raises(NotFound, match="2026/0099"):
            look(CaseNumber(2026, 99))


def test_what_was_appended_is_what_everybody_reads(cabinet):
    after = append(cabinet)

    assert cabinet.case(FIRST).head == after.head
    assert (after.read_seq, after.document("02-teks.txt")) == (2, TEXT)
    assert [case.number for case in cabinet.cases()] == [FIRST, SECOND]


def test_documents_are_handed_out_as_they_were_committed(cabinet):
    case = append(cabinet)

    letter, text = (cabinet.blob(FIRST, d) for d in case.documents)

    assert (content(letter), content(text)) == (b"Surat pertama", b"isi surat")
    assert (text.name, text.size, text.sha256) == (TEXT.name, TEXT.bytes, TEXT.sha256)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param(document("01-surat.pdf", b"isi surat"), b"isi surat", id="a name that is taken"),
        pytest.param(TEXT, b"isi lain", id="other bytes than the event names"),
    ],
)
def test_a_line_that_contradicts_the_case_is_refused_and_nothing_changes(cabinet, text, data):
    before = cabinet.case(FIRST)

    with pytest.raises(ArchiveFault):
        append(cabinet, text=text, data=data)

    assert cabinet.case(FIRST) == before


def test_no_line_is_dated_before_the_last_one(cabinet):
    append(cabinet)

    with cabinet.held(FIRST) as folder, pytest.raises(Passing, match="mundur"):
        folder.append(failed("baca"), {}, by="sistem", at=MORNING)


def test_a_case_that_is_held_is_held_by_nobody_else(cabinet, monkeypatch):
    monkeypatch.setattr(locks, "held", partial(locks.held, patience=0.1))

    with cabinet.held(FIRST), pytest.raises(Busy), cabinet.held(FIRST):
        pass
    with cabinet.held(FIRST) as folder, cabinet.held(SECOND):
        assert folder.case.number == FIRST


def test_a_case_is_open_until_it_is_settled_and_again_after_the_next_line(cabinet):
    with cabinet.held(SECOND) as folder:
        folder.settle()
        settled = cabinet.open_cases()
        folder.append(failed("baca"), {}, by="sistem", at=LATER)

    assert settled == [FIRST]
    assert cabinet.open_cases() == [FIRST, SECOND]


def test_attempts_are_counted_for_each_duty(cabinet):
    assert cabinet.attempt(FIRST, "baca") == Tries(0, 0)
    assert cabinet.failed(FIRST, "baca") == 1
    assert cabinet.attempt(FIRST, "baca") == Tries(1, 0)
    assert cabinet.attempt(FIRST, "baca") == Tries(1, 1)
    cabinet.forgive(FIRST, "baca")
    cabinet.hold_up(FIRST, "baca", "templat rusak")
    assert cabinet.attempt(FIRST, "baca") == Tries(1, 0, "templat rusak")
    cabinet.forgive(FIRST, "baca")
    assert cabinet.attempt(FIRST, "baca") == Tries(1, 0)
    assert cabinet.attempt(FIRST, "cetak 03 v1") == Tries(0, 0)
    cabinet.start_over(FIRST, "baca")
    assert cabinet.attempt(FIRST, "baca") == Tries(0, 0)


# An export: a case folder as one file.


@pytest.fixture
def export(cabinet):
    return FakeExport(cabinet) if isinstance(cabinet, FakeCabinet) else ZipExport(cabinet)


def unzipped(pieces):
    archive = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_zip_holds_the_documents_that_were_asked_for_in_a_folder_called_by_the_number(cabinet, export):
    case = append(cabinet)

    assert unzipped(export.documents(FIRST, case.documents[1:])) == {"2026-0001/02-teks.txt": b"isi surat"}


def test_a_bag_stays_a_valid_one_wherever_it_is_unpacked(cabinet, export, tmp_path):
    append(cabinet)
    for name, data in unzipped(export.bag(FIRST)).items():
        (tmp_path / "keluar" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "keluar" / name).write_bytes(data)

    bagit.Bag(str(tmp_path / "keluar" / FIRST.key)).validate()


def test_nothing_is_given_of_a_folder_that_lacks_a_document(cabinet, export):
    case = append(cabinet)
    lost = drafted("03-lembar-disposisi").documents

    with pytest.raises(ArchiveFault, match="hilang atau berubah"):
        unzipped(export.documents(FIRST, (*case.documents, *lost)))


def test_a_bag_of_a_case_that_is_not_there_is_not_found(export):
    with pytest.raises(NotFound):
        unzipped(export.bag(CaseNumber(2026, 99)))


# A binder: papers as one PDF.


@pytest.fixture(scope="module", params=["fake", "children"])
def binder(request):
    made = FakeBinder() if request.param == "fake" else FolderBinder()
    yield made
    if isinstance(made, FolderBinder):
        made.close()


@pytest.fixture
def papers(tmp_path):
    """A paper of two pages, one that is broken, and one that is gone."""
    two, broken, gone = (tmp_path / name for name in ("dua.pdf", "rusak.pdf", "hilang.pdf"))
    digital_pdf(two)
    with Pdf.open(two, allow_overwriting_input=True) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(two)
    broken.write_bytes(b"%PDF-1.7 rusak")
    return [StoredFile(path, path.name, path.stem, 0) for path in (two, broken, gone)]


def test_pages_are_counted_and_what_cannot_be_opened_has_none(binder, papers):
    assert [binder.pages(paper, PDF) for paper in papers] == [2, 0, 0]


def test_a_bound_folder_has_its_contents_every_page_and_one_for_each_paper_that_is_lost(binder, papers):
    sheaves = [Sheaf(paper.name, MORNING.date(), paper, PDF, How.CARRIED) for paper in papers]

    bound = b"".join(binder.bind("Berkas rekaan", (("Hal", "Tanah"),), sheaves))

    with Pdf.open(io.BytesIO(bound)) as book:
        assert len(book.pages) == 1 + 2 + 1 + 1


# News: what has changed since somebody last looked.


class FolderNews:
    """The news of an archive, with what tests do to it."""

    def __init__(self, path):
        self.path, self.log, self.inbox = path, WitnessLog(path), 0

    def reader(self):
        return ChangesNewsreader(self.log, lambda: self.inbox)

    def change(self, number, seq=1):
        self.log.append(number, seq, "0" * 64)


class ListedNews(FakeNews):
    """The fake, with what tests do to it."""

    def change(self, number, seq=1):
        self.changed.append(number)


class CentralNews:
    """The news of an office of many, with what tests do to it."""

    def __init__(self, database):
        self.database, self.log, self.inbox = database, PostgresChanges(database), 0

    def reader(self):
        return ChangesNewsreader(self.log, lambda: self.inbox)

    def change(self, number, seq=1):
        entry = write_line(seq, MORNING, "sistem", "rekaan", {}, self.head(number, seq - 1))
        with self.database.transaction() as running:
            if seq == 1:
                case = (number.year, number.serial, b"0" * 32, "k")
                running.execute("INSERT INTO perkara (tahun, urut, asli, klaim) VALUES (%s, %s, %s, %s)", case)
            insert_line(running, number, *entry)

    def head(self, number, seq):
        asked = (number.year, number.serial, seq)
        found = self.database.row("SELECT hash FROM jurnal WHERE tahun = %s AND urut = %s AND seq = %s", asked)
        return found[0] if found else GENESIS


@pytest.fixture(params=["fake", "folders", "postgres"])
def news(request, tmp_path):
    if request.param == "postgres":
        return CentralNews(request.getfixturevalue("central_owner"))
    return ListedNews() if request.param == "fake" else FolderNews(tmp_path / ".changes")


def test_who_begins_to_read_hears_of_nothing_that_was_before(news):
    news.change(FIRST)
    reader = news.reader()

    assert reader.look() == News((), inbox=False, position=reader.position)


def test_a_case_that_changed_is_told_once_and_no_more_after_the_look(news):
    reader = news.reader()
    for number, seq in ((SECOND, 1), (FIRST, 1), (SECOND, 2)):
        news.change(number, seq)

    assert reader.look().cases == (SECOND, FIRST)
    assert reader.look().cases == ()


def test_the_inbox_is_news_if_anything_of_it_has_changed(news):
    reader = news.reader()
    news.inbox += 1

    assert [reader.look().inbox, reader.look().inbox] == [True, False]


def test_who_comes_back_with_a_position_hears_what_changed_since(news):
    reader = news.reader()
    start = reader.position
    news.change(FIRST)
    reader.look()
    between = reader.position
    news.change(SECOND)

    assert reader.since(start).cases == (FIRST, SECOND)
    assert reader.since(between).cases == (SECOND,)
    assert reader.since(reader.since(between).position) == News((), inbox=True, position=reader.since(start).position)


def test_what_another_process_changes_is_heard(tmp_path):
    news = FolderNews(tmp_path / ".changes")
    reader = news.reader()
    program = (
        "import sys; from pathlib import Path\n"
        "from pipeline.archive.store.witness_log import WitnessLog\n"
        "from pipeline.cases.case_number import CaseNumber\n"
        "WitnessLog(Path(sys.argv[1])).append(CaseNumber(2026, 7), 3, 'f' * 64)\n"
    )

    subprocess.run([sys.executable, "-c", program, str(news.path)], check=True)

    assert reader.look().cases == (CaseNumber(2026, 7),)
