"""The reader puts together what the children find, and keeps its promises when they fail."""

import ast
import contextlib
import io
import json
import os
import random
import select
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import count

import pytest
from costly_files import costly_pdf
from hostile_files import shown
from patience import PATIENCE, until
from pikepdf import Array, Name, Pdf
from PIL import Image
from pypdf import PdfReader
from scan_samples import (
    LINES,
    SHARED,
    FileBlob,
    corpus,
    digital_pdf,
    entries,
    letter_image,
    needs_corpus,
    needs_letters,
    pdf_of,
    saved,
)
from thorough import slowly

from pipeline.cases.seen_on_pages import Suspicion
from pipeline.errors import EngineFault, Refused, TooCostly, Unfinished
from pipeline.reading.engines.inspecting import Inspecting, Turn
from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.reading.fields import Complaint
from pipeline.scans.refusals import Limits
from pipeline.scans.words import Page, Word, page_from_json, page_to_json

RECEIVED = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def one_letter(pages: tuple[Page, ...], received: date) -> tuple[Complaint, ...]:
    return (Complaint(tuple(page.number for page in pages)),)


@pytest.fixture(scope="module")
def reader():
    with ScanReader(one_letter, workers=2) as reader:
        yield reader


class Pidfd:
    """A process to wait for, though it is not our own child to reap."""

    def __init__(self, pid: int) -> None:
        self._file = os.pidfd_open(pid)

    def wait(self) -> None:
        assert select.select([self._file], [], [], PATIENCE)[0]

    def close(self) -> None:
        os.close(self._file)


def scanned(tmp_path, *texts: str) -> FileBlob:
    pages = [letter_image(150, (text, "Dengan hormat saya menyampaikan pengaduan")) for text in texts]
    return FileBlob(saved(pages[0], tmp_path / "a.pdf", save_all=True, append_images=pages[1:], resolution=150))


def test_a_scan_is_inspected_and_read_from_end_to_end(reader, tmp_path):
    blob = scanned(tmp_path, "Halaman pertama", "Halaman kedua", "Halaman ketiga")

    inspection = reader.inspect(blob)
    reading = reader.read(blob, RECEIVED)

    assert (inspection.media, inspection.extension, inspection.pages) == ("application/pdf", "pdf", 3)
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert [word in page.text for word, page in zip(("pertama", "kedua", "ketiga"), reading.pages, strict=True)] == [
        True
    ] * 3
    assert reading.complaints == (Complaint((1, 2, 3)),)
    assert "kedua" in PdfReader(io.BytesIO(reading.searchable)).pages[1].extract_text()
    assert reading.engine.startswith("tesseract 5")
    assert reading.engine.endswith("ind 150 dpi")


def test_a_watcher_is_told_after_each_page_how_many_are_read(reader, tmp_path):
    told = []

    reader.read(scanned(tmp_path, "satu", "dua", "tiga"), RECEIVED, lambda done, of: told.append((done, of)))

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_long_scan_does_not_hold_up_a_letter_that_comes_behind_it(reader, tmp_path):
    page = letter_image(72, LINES[:2])
    long = saved(page, tmp_path / "a.tif", dpi=(72, 72), save_all=True, append_images=[page] * 11)
    short = saved(page, tmp_path / "b.png", dpi=(72, 72))
    behind = []

    def watch(done: int, of: int) -> None:
        if done == 2:
            behind.append(thread.submit(reader.read, FileBlob(short), RECEIVED))
        if done == 8:
            assert behind[0].result(PATIENCE).pages  # four pages before the end

    with ThreadPoolExecutor(1) as thread:
        reader.read(FileBlob(long), RECEIVED, watch)

    assert behind


def test_an_empty_page_among_others_is_kept_and_told(reader, tmp_path):
    pages = [letter_image(150), Image.new("L", (1240, 1754), 250), letter_image(150)]
    path = saved(pages[0], tmp_path / "a.pdf", save_all=True, append_images=pages[1:], resolution=150)

    reading = reader.read(FileBlob(path), RECEIVED)

    assert [page.source for page in reading.pages] == ["ocr", "kosong", "ocr"]
    assert reading.warnings == ("Halaman 2 kosong; tetap tersimpan, tidak dihitung sebagai isi surat.",)
    assert len(PdfReader(io.BytesIO(reading.searchable)).pages) == 3


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\x0b", "\uffff"])
def test_text_that_no_file_can_hold_is_replaced_where_it_comes_in(odd):
    word = Word(f"Ba{odd}tas", (0.1, 0.1, 0.2, 0.2), 1.0, 0)

    page = page_from_json(page_to_json(Page(1, 595, 842, (word,), f"Ba{odd}tas\nakhir", "lapisan")))

    assert page.text == "Ba\ufffdtas\nakhir"
    assert page.words[0].text == "Ba\ufffdtas"
    assert json.dumps(page.text, ensure_ascii=False).encode()


@needs_corpus
def test_a_picture_on_which_the_engine_remarks_is_read_by_a_held_child(reader):
    assert reader.read(FileBlob(SHARED / "corpus" / "accept" / "oc-baiona_cmyk.jpg"), RECEIVED).pages[0].words


@needs_corpus
@pytest.mark.slow
@pytest.mark.parametrize("entry", entries("accept/") + entries("qr/"))
def test_every_acceptable_file_of_the_corpus_is_read_by_the_children(reader, entry):
    assert reader.read(FileBlob(corpus(entry)), RECEIVED).pages


def test_the_fields_are_asked_for_with_the_day_of_receipt(tmp_path):
    asked = []
    with ScanReader(lambda pages, received: (asked.append(received), ())[1], workers=1) as reader:
        reader.read(FileBlob(digital_pdf(tmp_path / "a.pdf")), RECEIVED)

    assert asked == [date(2026, 5, 4)]


def test_what_is_suspected_of_the_pages_is_told_with_the_reading(tmp_path):
    def suspect(pages):
        return tuple(Suspicion(page.number, page.words[0].text) for page in pages)

    with ScanReader(lambda pages, received: (), suspect, workers=1) as reader:
        reading = reader.read(FileBlob(digital_pdf(tmp_path / "a.pdf")), RECEIVED)

    assert reading.suspected == (Suspicion(1, "Kepada"),)


def test_a_digital_letter_keeps_its_own_bytes(reader, tmp_path):
    blob = FileBlob(digital_pdf(tmp_path / "a.pdf"))

    assert reader.read(blob, RECEIVED).searchable == blob.path.read_bytes()


def test_what_was_read_of_a_page_that_cannot_be_copied_is_kept_and_its_copy_drawn_anew(reader, tmp_path):
    path = pdf_of(letter_image(150), tmp_path / "a.pdf")
    with Pdf.open(path, allow_overwriting_input=True) as pdf:  # a part of its instructions that only pictures have
        odd = pdf.make_stream(b"\x00", Filter=Name.JBIG2Decode)
        pdf.pages[0].Contents = Array([pdf.pages[0].Contents, odd])
        pdf.save(path)

    reading = reader.read(FileBlob(path), RECEIVED)

    assert "Siti Aminah" in reading.pages[0].text
    assert "Siti Aminah" in PdfReader(io.BytesIO(reading.searchable)).pages[0].extract_text()
    assert any("digambar ulang" in warning for warning in reading.warnings)


def test_a_blank_scan_is_read_with_a_warning(reader, tmp_path):
    reading = reader.read(FileBlob(saved(Image.new("L", (1240, 1754), 250), tmp_path / "a.jpg")), RECEIVED)

    assert reading.pages[0].source == "kosong"
    assert "Tidak ada teks" in reading.warnings[0]


def test_a_speckled_scan_over_which_tesseract_complains_is_read_all_the_same(reader, tmp_path):
    page, chance = letter_image(150), random.Random(7)
    for _ in range(1500):
        x, y = chance.randrange(page.width - 3), chance.randrange(page.height - 3)
        page.paste(0, (x, y, x + 2, y + 2))

    reading = reader.read(FileBlob(saved(page, tmp_path / "a.png", dpi=(150, 150))), RECEIVED)

    assert reading.pages[0].source == "ocr"


def test_a_refusal_reaches_us_as_one(reader, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"Ini bukan PDF")

    with pytest.raises(Refused) as caught:
        reader.inspect(FileBlob(path))

    assert caught.value.code == "jenis"


def test_a_reading_goes_on_after_a_child_was_killed(reader, tmp_path):
    blob = scanned(tmp_path, "Sesudah bencana")
    reader.read(blob, RECEIVED)
    for pid in reader._readers.pids():
        os.kill(pid, signal.SIGKILL)
        with contextlib.closing(Pidfd(pid)) as dead:
            dead.wait()

    assert "bencana" in reader.read(blob, RECEIVED).pages[0].text


def test_a_file_that_is_gone_is_a_fault_and_no_traceback(reader, tmp_path):
    blob = scanned(tmp_path, "Sebentar ada")
    blob.path.unlink()

    with pytest.raises((Refused, EngineFault)) as caught:
        reader.inspect(blob)

    assert "Traceback" not in str(caught.value)


def test_heavy_libraries_stay_out_of_our_process():
    heavy = ("PIL", "pypdf", "pypdfium2", "tesserocr", "zxingcpp", "fontTools")
    code = f"import pipeline.reading.engines.scan_reader, sys; print(sorted(set({heavy}) & set(sys.modules)))"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert shown.strip() == "[]"


def test_a_child_that_reads_carries_nothing_of_cases_and_no_library_that_makes_fonts():
    parts = "operations.reader", "ocr.page_reading", "pdf.searchable_pdf"
    code = f"import sys, {', '.join(f'pipeline.scans.{part}' for part in parts)}, pipeline.drawing.engines.pdfa_check\n"
    code += "print(sorted({'.'.join(name.split('.')[:2]) for name in sys.modules}))"

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    others = {"pipeline.cases", "pipeline.office", "pipeline.reading", "fontTools", "http", "ssl", "email"}
    assert others & set(ast.literal_eval(shown)) == set()


PAGE = Page(2, 595.0, 842.0, (Word("Aminah", (0.1, 0.2, 0.3, 0.4), 0.9, 0),), "Aminah", "ocr", 90)


def test_a_page_travels_unchanged():
    assert page_from_json(page_to_json(PAGE)) == PAGE


@pytest.mark.parametrize(
    "change",
    [
        {6: [["a", 0, 0, 1, 1, 1, 0]] * 50_001},
        {5: "a" * 1_000_001},
        {3: "lain"},
        {4: 45},
        {1: 0},
        {2: 0},
        {1: "x"},
        {6: [["a", 0, 0, 1, 1, 1]]},
        {6: 7},
        {0: None},
    ],
    ids=lambda change: str(change)[:30],
)
def test_what_is_no_page_is_not_believed(change):
    data = page_to_json(PAGE)
    for place, value in change.items():
        data[place] = value

    with pytest.raises(ValueError):  # noqa: PT011 - any is right
        page_from_json(data)


@needs_corpus
@pytest.mark.parametrize("entry", entries("reject/"))
def test_bad_files_of_the_corpus_leave_the_reader_at_work(reader, entry, tmp_path):
    with contextlib.suppress(Refused):  # which of them must be refused is test_inspecting's to say
        reader.inspect(FileBlob(corpus(entry)))

    assert reader.inspect(scanned(tmp_path, "Perihal: Pengaduan")).pages == 1


@needs_letters
@pytest.mark.parametrize(
    ("name", "sources", "turned"),
    [
        slowly("surat-015.pdf", ["ocr"], [0]),
        ("surat-003.pdf", ["lapisan", "lapisan"], [0, 0]),
        slowly("surat-013.pdf", ["ocr", "ocr"], [0, 0]),
        ("surat-014.pdf", ["ocr"], [90]),
        slowly("surat-032.pdf", ["ocr"], [270]),
        slowly("surat-019.pdf", ["ocr"], [180]),
        slowly("surat-027.tif", ["ocr", "ocr"], [0, 0]),
    ],
)
def test_sample_letters_are_read_upright_from_the_better_source(reader, name, sources, turned):
    blob = FileBlob(SHARED / "letters" / name)

    reading = reader.read(blob, RECEIVED)

    assert [page.source for page in reading.pages] == sources
    assert [page.turned for page in reading.pages] == turned
    assert "aduan" in reading.pages[0].text.lower()
    assert len(reading.searchable) < 1.1 * blob.size + 6000


def test_a_costly_file_is_looked_into_in_turns_and_each_goes_on_where_the_last_ended(tmp_path, reader):
    path = tmp_path / "berat.pdf"
    path.write_bytes(costly_pdf(4, lines=200))
    blob = FileBlob(path)
    inspecting, seen = Inspecting(Limits()), []

    found = None
    while found is None:
        try:
            found = inspecting.inspect(blob, Turn(reader._intake, seconds=0.0, pages=1))
        except Unfinished as left:
            seen.append((left.done, left.of))

    # Opening the file may take less than the clock of a process can tell: then its first page is in the first turn.
    assert seen[-3:] == [(1, 4), (2, 4), (3, 4)]
    assert seen[:-3] in ([], [(0, 4)])
    assert found == reader.inspect(blob)


def test_a_file_of_many_pages_or_one_that_is_slow_to_open_is_not_for_the_fast_lane(tmp_path, reader):
    many, slow = tmp_path / "banyak.pdf", tmp_path / "lambat.pdf"
    many.write_bytes(costly_pdf(13, lines=1))
    slow.write_bytes(costly_pdf(1, lines=20_000))

    with pytest.raises(Unfinished) as left:
        reader.quickly().inspect(FileBlob(many))
    assert (left.value.done, left.value.of) == (0, 13)
    assert reader.patiently().inspect(FileBlob(many)).pages == 13
    with pytest.raises(Unfinished):
        reader.quickly().inspect(FileBlob(slow))


def test_a_file_that_takes_more_than_any_honest_one_is_refused_with_what_to_do(tmp_path, reader, monkeypatch):
    monkeypatch.setattr("pipeline.reading.engines.inspecting._A_FILE", 0.0)
    monkeypatch.setattr("pipeline.reading.engines.inspecting._A_PAGE", 0.001)
    path = tmp_path / "berat.pdf"
    path.write_bytes(costly_pdf(10, lines=50))

    with pytest.raises(Refused, match="terlalu berat") as refused:
        reader.inspect(FileBlob(path))

    assert refused.value.code == "terlalu-berat"


def turns_of(inspecting: Inspecting, blob: FileBlob, turn: Turn) -> int:
    """Return how many turns it takes to see all of a file."""
    for turns in count(1):
        try:
            inspecting.inspect(blob, turn)
        except Unfinished:
            continue
        return turns
    raise AssertionError("it never ends")


def test_a_costly_page_has_short_turns_before_long_ones_and_is_seen_in_the_end(tmp_path, reader):
    path = tmp_path / "berat.pdf"
    path.write_bytes(costly_pdf(2, lines=200))  # 0.1 s a page, or little more

    assert turns_of(Inspecting(Limits()), FileBlob(path), Turn(reader._slow, patience=0.02)) > 2


def test_a_page_that_no_turn_is_long_enough_for_is_refused_and_not_begun_again(tmp_path, reader, monkeypatch):
    monkeypatch.setattr("pipeline.reading.engines.inspecting._LONGEST", 0.4)
    path = tmp_path / "berat.pdf"
    path.write_bytes(costly_pdf(1))
    inspecting, turn = Inspecting(Limits()), Turn(reader._slow, patience=0.1)

    with pytest.raises(Refused, match=r"baru 0 dari 1 halamannya") as refused:
        turns_of(inspecting, FileBlob(path), turn)

    assert refused.value.code == "terlalu-berat"


def test_a_file_that_no_turn_is_long_enough_to_open_is_refused(tmp_path, reader, monkeypatch):
    monkeypatch.setattr("pipeline.reading.engines.inspecting._LONGEST", 0.1)
    path = tmp_path / "mengembang.pdf"
    path.write_bytes(shown(b"q" + b" " * 50_000_000, b""))

    with pytest.raises(Refused, match="belum juga terbuka"):
        turns_of(Inspecting(Limits()), FileBlob(path), Turn(reader._slow, patience=0.1))


def test_what_was_costly_in_the_fast_lane_costs_nothing_there_again(tmp_path, reader):
    path = tmp_path / "berat.pdf"
    path.write_bytes(costly_pdf(1))
    inspecting, fast = Inspecting(Limits()), Turn(reader._intake, call=0.1)

    with pytest.raises(Unfinished):
        inspecting.inspect(FileBlob(path), fast)
    reader._intake.warm()
    until(lambda: reader._intake.idle == 2)  # what ended is replaced beside the work
    alive = reader._intake.pids()
    with pytest.raises(Unfinished):
        inspecting.inspect(FileBlob(path), fast)

    assert reader._intake.pids() == alive


def test_after_a_cut_off_only_plain_pictures_are_looked_at_in_the_fast_lane_for_a_while(tmp_path, reader, monkeypatch):
    monkeypatch.setattr("pipeline.reading.engines.inspecting._WARY", 3)
    evil = tmp_path / "berat.pdf"
    letters = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >>"
    evil.write_bytes(shown(b"BT /F 300 Tf " + b"1 0 0 1 0 100 Tm (@W) Tj " * 7000 + b"ET", letters))
    written, scan = FileBlob(digital_pdf(tmp_path / "asli.pdf")), scanned(tmp_path, "a")
    inspecting, fast = Inspecting(Limits()), Turn(reader._intake, call=0.6, plain_only=True)
    assert inspecting.inspect(written, fast).pages == 1

    for blob in (FileBlob(evil), written):
        with pytest.raises(Unfinished):
            inspecting.inspect(blob, fast)
    assert inspecting.inspect(scan, fast).pages == 1
    assert inspecting.inspect(written, fast).pages == 1


def test_reading_that_takes_more_than_any_honest_letter_is_given_up(tmp_path, reader, monkeypatch):
    monkeypatch.setattr("pipeline.reading.engines.page_by_page._A_FILE", 0.0)
    monkeypatch.setattr("pipeline.reading.engines.page_by_page._A_PAGE", 0.0)

    with pytest.raises(TooCostly, match="dari 3 halamannya"):
        reader.read(scanned(tmp_path, "a", "b", "c"), RECEIVED)
