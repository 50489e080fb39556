"""Hostile scans are refused soon and in little memory; an honest long one meets no limit."""

from __future__ import annotations

import io
import os
import re
import resource
import zlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from processes import family, kernel_tells
from scan_samples import FileBlob, corpus, entries, letter_image, needs_corpus, raw_pdf, stream
from test_inspecting import ACCEPTED_WITH_A_WARNING, CODES

from pipeline.errors import Refused
from pipeline.reading.engines.scan_reader import ScanReader

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
#: Of the processor, as the clock of a busy machine says nothing; and bytes.
SECONDS, MEMORY = 10, 1_500_000_000


@pytest.fixture(scope="module")
def reader():
    with ScanReader(lambda pages, received: (), workers=2) as reader:
        reader.warm()
        yield reader


def peak(reader: ScanReader) -> int:
    """Return the most memory, in bytes, that any living child has ever held; ours too, where the file is copied to."""
    return max(int(found[1]) * 1024 for text in _told(reader, "status") if (found := _PEAK.search(text)))


def _told(reader: ScanReader, what: str) -> list[str]:
    """Return what the kernel tells of us and of each living child in a file of proc(5)."""
    pids = [p for pool in (reader._intake, reader._readers) for child in pool.pids() for p in family(child)]
    return [told for pid in (*pids, os.getpid()) if (told := kernel_tells(pid, what))]


def worked(reader: ScanReader) -> float:
    """Return the seconds of the processor that we, the living children and those that have ended took so far."""
    living = (text.rpartition(")")[2].split()[11:13] for text in _told(reader, "stat"))
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    ticks = sum(int(part) for parts in living for part in parts)
    return ticks / os.sysconf("SC_CLK_TCK") + ended.ru_utime + ended.ru_stime


@needs_corpus
@pytest.mark.parametrize("entry", entries("reject/"))
def test_a_bad_file_of_the_corpus_is_refused_within_ten_seconds_and_little_memory(reader, entry):
    path = corpus(entry)
    before = worked(reader)

    if path.name in ACCEPTED_WITH_A_WARNING:
        assert reader.inspect(FileBlob(path)).warnings
    else:
        with pytest.raises(Refused) as caught:
            reader.inspect(FileBlob(path))
        assert caught.value.code in CODES[path.name]
        assert caught.value.remedy

    assert worked(reader) - before < SECONDS
    assert peak(reader) < MEMORY


def test_a_file_too_large_to_be_looked_into_is_refused_before_a_byte_of_it_is_read(reader, tmp_path):
    path = tmp_path / "raksasa.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(50 * 2**30)
    before = worked(reader)

    with pytest.raises(Refused) as caught:
        reader.inspect(Sparse(path))

    assert caught.value.code == "terlalu-besar"
    assert worked(reader) - before < 3  # fifty gigabytes are not read so soon


class Sparse(FileBlob):
    """A file of which nobody wants the hash."""

    def __init__(self, path: Path) -> None:
        self.path, self.name, self.size, self.sha256 = path, path.name, path.stat().st_size, ""


def test_a_script_behind_hundreds_of_harmless_steps_is_found(reader, tmp_path):
    steps = b"/S /GoTo /D [3 0 R /Fit] "
    chain = (b"/Next << " + steps) * 300 + b"/Next << /S /JavaScript /JS (app.alert(1)) >> " + b">> " * 300
    path = raw_pdf(tmp_path / "a.pdf", root=b"/OpenAction << " + steps + chain + b">>")

    with pytest.raises(Refused):
        reader.inspect(FileBlob(path))


FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "


@cache
def squeezed() -> bytes:
    """Return hundreds of megabytes, packed."""
    return zlib.compress(b" " * 300_000_000, 1)


@pytest.mark.parametrize("place", ["page", "form"])
@pytest.mark.parametrize(
    ("filters", "packed"),
    [
        (b"/FlateDecode", squeezed),
        (b"[/FlateDecode /FlateDecode]", lambda: zlib.compress(squeezed())),
        (b"/RunLengthDecode", lambda: b"\x81 " * 2_400_000),
        (b"[" + b"/ASCIIHexDecode " * 30 + b"]", lambda: b"20>"),
    ],
)
def test_a_page_that_unpacks_to_hundreds_of_megabytes_is_refused_before_it_is_drawn(
    reader, tmp_path, place, filters, packed
):
    bomb = stream(FORM + b"/Filter " + filters, packed())
    path = raw_pdf(tmp_path / "a.pdf", b"/A Do", resources=b"/XObject << /A 5 0 R >>", extra=(bomb,))
    if place == "page":
        path.write_bytes(path.read_bytes().replace(b"/Contents 4 0 R", b"/Contents 5 0 R"))

    with pytest.raises(Refused) as caught:
        reader.inspect(FileBlob(path))

    assert caught.value.code == "terlalu-besar"
    assert peak(reader) < MEMORY


@cache
def swollen() -> bytes:
    return zlib.compress(b" " * 100_000_000, 1)


TEXT = b"BT /F2 24 Tf 72 700 Td (Surat pengaduan) Tj ET"


@pytest.mark.parametrize("entry", [b"/ToUnicode 7 0 R", b"/FontDescriptor << /FontFile2 7 0 R >>"])
def test_a_font_that_unpacks_to_too_much_is_refused_at_once(reader, tmp_path, entry):
    form = stream(FORM + b"/Resources << /Font << /F2 6 0 R >> >>", TEXT)
    extra = (form, b"<< /Type /Font /BaseFont /X " + entry + b" >>", stream(b"/Filter /FlateDecode", swollen()))
    path = raw_pdf(tmp_path / "a.pdf", b"/A Do", resources=b"/XObject << /A 5 0 R >>", extra=extra)

    with pytest.raises(Refused) as caught:
        reader.inspect(FileBlob(path))

    assert caught.value.code == "terlalu-besar"


def test_objects_that_unpack_to_too_much_are_refused_before_any_library_looks_for_them(reader, tmp_path):
    packed = stream(b"/N 1 /First 4 /Type /ObjStm /Filter /FlateDecode", swollen())
    path = raw_pdf(tmp_path / "a.pdf", TEXT, extra=(packed,))

    with pytest.raises(Refused) as caught:
        reader.inspect(FileBlob(path))

    assert caught.value.code == "terlalu-besar"


def test_cross_references_that_unpack_to_too_much_are_refused_at_once(reader, tmp_path):
    path = raw_pdf(tmp_path / "a.pdf", TEXT)
    body = path.read_bytes().partition(b"xref\n")[0]
    table = stream(b"/Type /XRef /Size 9 /W [1 4 2] /Root 1 0 R /Filter /FlateDecode", swollen())
    path.write_bytes(body + b"8 0 obj " + table + b" endobj\nstartxref\n%d\n%%%%EOF\n" % len(body))

    with pytest.raises(Refused) as caught:
        reader.inspect(FileBlob(path))

    assert caught.value.code == "terlalu-besar"


def sixty_pages(path: Path) -> Path:
    """Save a scan of sixty sheets of A4 at 300 dpi."""
    sheets = [letter_image(300, (f"Halaman {n}", "Dengan hormat, saya menyampaikan")) for n in range(1, 4)]
    coded = []
    for sheet in sheets:
        out = io.BytesIO()
        sheet.save(out, "JPEG", quality=75)
        coded.append(out.getvalue())
    images = [Image.open(io.BytesIO(coded[n % 3])) for n in range(60)]
    images[0].save(path, format="PDF", save_all=True, append_images=images[1:], resolution=300)
    return path


@pytest.mark.slow
def test_an_honest_scan_of_sixty_pages_meets_no_limit_and_memory_stays_flat(reader, tmp_path):
    blob = FileBlob(sixty_pages(tmp_path / "panjang.pdf"))
    before = [*reader._readers.pids(), *reader._intake.pids()]

    assert reader.inspect(blob).pages == 60
    reading = reader.read(blob, datetime(2026, 11, 25, tzinfo=UTC))

    assert [f"Halaman {n % 3 + 1}" in page.text for n, page in enumerate(reading.pages)] == [True] * 60
    assert peak(reader) < 700_000_000
    assert set(before) == {*reader._readers.pids(), *reader._intake.pids()}, "no child was killed or replaced"
