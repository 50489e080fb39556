"""Draws where each field was read, on the pages as the desk shows them: ``python bench/boxes.py FOLDER OUT [FILE …]``.

To be looked at by people: that a field is right does not say that its box is. One picture a page of a letter, each box
with its field's name and what was read; fields without a place are listed at the foot. FOLDER holds letters and
``truth.json``; without FILEs all of them are read.
"""

from __future__ import annotations

import argparse
import colorsys
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from pipeline.reading.engines.crf_tagger import CrfTagger
from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.reading.field_checks import Mark, marks
from pipeline.reading.find_complaints import find_complaints
from pipeline.storage.blobs import stored_file

#: A page's width as the desk shows it, in dots; the strip under it for what has no place.
_WIDTH, _LINE = 820, 16
_RECEIVED = datetime(2026, 12, 31, tzinfo=timezone(timedelta(hours=7)))
_LONGEST = 38


def main() -> None:
    """Read and draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    truth = json.loads((options.folder / "truth.json").read_text(encoding="utf-8"))
    known = {str(letter["file"]) for letter in truth}
    with ScanReader(partial(find_complaints, tagger=CrfTagger())) as reader:
        for name in options.files or sorted(known):
            draw(options.folder / name, options.out, reader)


def draw(path: Path, out: Path, reader: ScanReader) -> None:
    """Read a letter and write a picture of each of its pages."""
    reading = reader.read(stored_file(path, lambda _size: None), _RECEIVED)
    fields: Mapping[str, Any] = reading.complaints[0].as_json()["fields"] if reading.complaints else {}
    found = marks(fields)
    pdf = pypdfium2.PdfDocument(reading.searchable)
    for number in range(1, len(pdf) + 1):
        page = pdf[number - 1]
        picture = page.render(scale=_WIDTH / page.get_width()).to_pil().convert("RGB")
        own = [mark for mark in found if mark.page == number]
        _drawn(picture, own, _without_place(fields) if number == 1 else ()).save(out / f"{path.stem}-{number}.png")
    print(path.name, len(found), "places", flush=True)


def _drawn(picture: Image.Image, own: Sequence[Mark], placeless: Iterable[str]) -> Image.Image:
    """Return a page with its boxes; beside it each box's field and words, and at its foot what has no place."""
    font = ImageFont.load_default(size=_LINE - 4)
    wide, high = picture.size
    sheet = Image.new("RGB", (wide + 400, high), "white")
    sheet.paste(picture)
    pen = ImageDraw.Draw(sheet)
    for at, mark in enumerate(sorted(own, key=lambda one: (one.y, one.x))):
        colour = tuple(round(255 * part) for part in colorsys.hsv_to_rgb(at * 0.381966 % 1, 1, 0.75))
        for x, y, width, height in mark.rows:
            corners = x * wide - 2, y * high - 2, (x + width) * wide + 2, (y + height) * high + 2
            pen.rectangle(corners, outline=colour, width=3)
        words = mark.words if len(mark.words) <= _LONGEST else f"{mark.words[:_LONGEST]}…"
        pen.text((mark.rows[0][0] * wide - 2, mark.rows[0][1] * high - 15), str(at), font=font, fill=colour)
        pen.text((wide + 8, 8 + at * (_LINE + 2)), f"{at} {mark.field}: {words}", font=font, fill=colour)
    pen.text((wide + 8, high - 8 - _LINE * 3), "\n".join(("tanpa tempat:", *placeless)), font=font, fill="black")
    return sheet


def _without_place(fields: Mapping[str, Any]) -> list[str]:
    """Return the fields that were read and have no place."""
    return [
        name
        for name, value in fields.items()
        if isinstance(value, Mapping) and "candidates" in value and not value["candidates"][0]["box"]
    ]


if __name__ == "__main__":
    main()
