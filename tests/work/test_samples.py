"""The sample letters that come with the software: there, small, nobody's, and read as they were written."""

from __future__ import annotations

import re
import tomllib
from contextlib import closing
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from pipeline.scans.formats.wholeness import whole
from pipeline.work.store.setup import lay_out_filled as lay_out
from pipeline.work.store.setup import samples

TRUTH = Path(__file__).parents[2] / "tools" / "sample_letters.toml"
LETTERS = {letter["file"]: letter for letter in tomllib.loads(TRUTH.read_text(encoding="utf-8"))["letter"]}
TRACES = re.compile(rb"libreoffice|pypdf|pillow|docx|xmpmeta|exif|/Producer|/Creator|/Author|/home/|/root/", re.I)
PICTURE_FACTS = {"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density", "compression"}
#: Everything that describes a picture's dots; not who made it, when, with what.
TIFF_FACTS = {256, 257, 258, 259, 262, 273, 277, 278, 279, 282, 283, 284, 296}

every_sample = pytest.mark.parametrize("path", samples(), ids=lambda path: path.name)


def test_every_drawn_letter_comes_with_the_software_and_no_other() -> None:
    assert {path.name for path in samples()} == set(LETTERS)


def test_a_newcomer_sees_every_kind_of_file_the_inbox_takes() -> None:
    assert {path.suffix for path in samples()} == {".pdf", ".jpg", ".png", ".tif"}


def test_the_samples_are_small() -> None:
    assert max(path.stat().st_size for path in samples()) < 170_000
    assert sum(path.stat().st_size for path in samples()) < 600_000


@every_sample
def test_a_sample_is_whole(path: Path) -> None:
    assert whole(path).why == ""


@every_sample
def test_a_sample_names_no_program_machine_or_person_behind_it(path: Path) -> None:
    assert not TRACES.search(path.read_bytes())
    if path.suffix == ".pdf":
        reader = PdfReader(path)
        assert (reader.metadata, reader.xmp_metadata, reader.trailer.get("/ID")) == (None, None, None)
    else:
        with Image.open(path) as picture:
            assert set(picture.info) <= PICTURE_FACTS
            assert set(picture.getexif()) <= (TIFF_FACTS if path.suffix == ".tif" else set())


@every_sample
def test_a_complainants_identity_number_is_one_that_nobody_has(path: Path) -> None:
    numbers = re.findall(r"\b\d{16}\b", LETTERS[path.name]["text"])

    assert numbers
    assert all(re.fullmatch(r"17710000000000\d\d", number) for number in numbers)  # born on day 00 of month 00


def test_the_letter_that_never_was_on_paper_holds_its_text_word_for_word() -> None:
    path = next(p for p in samples() if LETTERS[p.name]["scan"] == "none")

    held = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))

    written = [re.sub(r"^([#>]+|~|---)( |$)", "", line) for line in LETTERS[path.name]["text"].splitlines()]
    assert _words(held) == _words("\n".join(written))


@pytest.mark.slow
@every_sample
def test_a_sample_is_read_as_it_was_written(path: Path, tmp_path: Path) -> None:
    from pipeline.reading.filed_reading import reading_view
    from pipeline.wiring import Root

    lay_out(tmp_path)
    root = Root(tmp_path)

    with closing(root.reader()) as reader:
        fields = reading_view(root.file(path), reader, root.clock.now())["letters"][0]["fields"]

    expected = LETTERS[path.name]["fields"]
    assert {name: _found(fields, name) for name in expected} == expected


def _found(fields: Any, name: str) -> Any:
    value = fields
    for key in name.split("."):
        value = value[0] if isinstance(value, list) else value
        value = value[key]
    return value["nilai"]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
