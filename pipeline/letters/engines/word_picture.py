"""Puts drawings into Word documents: as pictures that say in words what they show."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from docx.oxml import parse_xml
from docx.shared import Pt
from docxtpl import DocxTemplate, InlineImage

from pipeline.drawing.engines.png import png
from pipeline.drawing.picture import Picture


class DrawnImage(InlineImage):  # type: ignore[misc]
    """A drawing as docxtpl inserts pictures, with its description for those who have the document read out."""

    def __init__(self, document: DocxTemplate, picture: Picture) -> None:
        super().__init__(document, io.BytesIO(png(picture)), width=Pt(picture.width))
        self._picture = picture

    def _insert_image(self) -> str:
        before, xml, after = _parts(super()._insert_image())
        inline = parse_xml(xml)
        for properties in inline.xpath(".//wp:docPr"):
            properties.set("title", self._picture.title)
            properties.set("descr", self._picture.description)
        return f"{before}{inline.xml}{after}"


def _parts(run: str) -> tuple[str, str, str]:
    """Return what docxtpl puts before the picture's XML, the XML, and what comes after it."""
    start, end = run.index("<wp:inline"), run.rindex("</wp:inline>") + len("</wp:inline>")
    return run[:start], run[start:end], run[end:]


def shown(value: Any, document: DocxTemplate) -> Any:
    """Return a template's values with every drawing among them ready to be inserted."""
    if isinstance(value, Picture):
        return DrawnImage(document, value)
    if isinstance(value, Mapping):
        return {name: shown(part, document) for name, part in value.items()}
    if isinstance(value, list):
        return [shown(part, document) for part in value]
    return value
