"""Every reader keeps the port's promises: the one of the tests as the one that opens scans in children."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes import FakeReader
from scan_samples import FileBlob, letter_image, saved

from pipeline.errors import Refused
from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.reading.find_complaints import find_complaints
from pipeline.reading.ports import Reader

RECEIVED = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)
#: Writes a file of so many pages that the reader can open.
Paper = Callable[[Path, int], FileBlob]


def scanned(folder: Path, pages: int) -> FileBlob:
    first, *others = [letter_image(150, (f"Halaman {n}", "Dengan hormat,")) for n in range(1, pages + 1)]
    return FileBlob(saved(first, folder / "a.pdf", save_all=True, append_images=others, resolution=150))


def typed(folder: Path, pages: int) -> FileBlob:
    path = folder / "a.pdf"
    path.write_text("\n".join(["PAGES", *(f"YK:{n}" for n in range(1, pages + 1))]))
    return FileBlob(path)


@pytest.fixture(scope="module")
def readers() -> Iterator[dict[str, tuple[Reader, Paper]]]:
    with ScanReader(find_complaints, workers=1) as reader:
        yield {"fake": (FakeReader(), typed), "scans": (reader, scanned)}


@pytest.fixture(params=["fake", "scans"])
def reader(request, readers) -> tuple[Reader, Paper]:
    return readers[request.param]


def test_a_file_is_said_to_be_what_it_is_with_its_pages(reader, tmp_path):
    reading, paper = reader

    inspection = reading.inspect(paper(tmp_path, 3))

    assert (inspection.media, inspection.extension, inspection.pages) == ("application/pdf", "pdf", 3)


def test_a_file_that_is_none_is_refused_with_a_remedy(reader, tmp_path):
    (tmp_path / "b.pdf").write_bytes(b"BAD, and no PDF either")

    with pytest.raises(Refused) as refused:
        reader[0].inspect(FileBlob(tmp_path / "b.pdf"))

    assert refused.value.remedy


def test_what_is_read_has_its_pages_from_one_and_one_complaint_on_them(reader, tmp_path):
    reading, paper = reader
    told: list[tuple[int, int]] = []

    found = reading.read(paper(tmp_path, 1), RECEIVED, lambda done, of: told.append((done, of)))

    assert [page.number for page in found.pages] == [1]
    assert [complaint.pages for complaint in found.complaints] == [(1,)]
    assert found.engine
    assert found.searchable.startswith(b"%PDF")
    assert told == [(1, 1)]


def test_pages_that_are_taken_out_are_a_file_of_their_own_always_the_same(reader, tmp_path):
    reading, paper = reader
    blob = paper(tmp_path, 3)

    part = reading.extract(blob, "application/pdf", [2, 3])

    (tmp_path / "part.pdf").write_bytes(part)
    assert reading.inspect(FileBlob(tmp_path / "part.pdf")).pages == 2
    assert reading.extract(blob, "application/pdf", [2, 3]) == part
