"""Fonts for what we draw into PDFs ourselves: the few signs needed, cut out of a Liberation font and embedded.

PDF/A asks that every font be inside the file, with its widths and with the meaning of its glyphs.
"""

from __future__ import annotations

import base64
import functools
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pikepdf import Object, Pdf

from pipeline.drawing.engines.pdf_writing import Type0Font, embedded
from pipeline.errors import EngineMissing

if TYPE_CHECKING:
    from pipeline.drawing.engines.font_cutter import Cut

FILE = "LiberationMono-Regular.ttf"
#: What drawings are written with: plain, and bold.
SANS = {False: "LiberationSans-Regular.ttf", True: "LiberationSans-Bold.ttf"}
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
#: What a page code and the note beside it are written with.
_SIGNS = "".join(map(chr, range(0x20, 0x7F)))
#: What marks a font's name as that of a part of it (PDF 32000-1, 9.6.4).
_TAG = "YKMSTP+"
_FIXED_PITCH, _SYMBOLIC = 1, 4
_PACKAGES = Path(__file__).resolve().parents[3]
_PATIENCE = 60.0  # seconds for what takes a quarter of one


@dataclass(frozen=True, slots=True)
class Face:
    """A font cut down: name, file, the glyph number of each sign, widths in thousandths of the size, its measures."""

    name: str
    data: bytes
    glyphs: Mapping[str, int]
    widths: Mapping[int, int]
    ascent: int
    descent: int
    box: tuple[int, int, int, int]

    def hex(self, text: str) -> str:
        """Return the text as the hexadecimal glyph numbers of a PDF string; a sign that the font lacks is a ``?``."""
        return "".join(f"{self.glyphs.get(sign, self.glyphs['?']):04X}" for sign in text)


@functools.cache
def face(file: str = FILE, signs: str = _SIGNS) -> Face:
    """Return a font cut down to these signs; cut once.

    Raises:
        EngineMissing: the font is not installed.
    """
    path = font_file(file)
    told = (_cut_elsewhere(path) if signs == _SIGNS else None) or _cut_here(path, signs)
    left, bottom, right, top = told["box"]
    return Face(
        name=_TAG + file.removesuffix(".ttf").removesuffix("-Regular"),
        data=base64.b64decode(told["data"]),
        glyphs=told["glyphs"],
        widths={int(glyph): width for glyph, width in told["widths"].items()},
        ascent=told["ascent"],
        descent=told["descent"],
        box=(left, bottom, right, top),
    )


def _cut_here(path: str, signs: str) -> Cut:
    from pipeline.drawing.engines.font_cutter import cut_down

    return cut_down(path, f"{signs}?")


def _cut_elsewhere(path: str) -> Cut | None:
    """Return a font with the signs of page codes, cut by a process that ends with it; None where none can be started.

    The library that cuts is 9 MB (2026-11-27), and the intake, which lives for months, needs it for this alone.
    """
    command = [sys.executable, "-P", "-s", "-m", "pipeline.drawing.engines.font_cutter", path, _SIGNS]
    environment = {"PYTHONPATH": os.pathsep.join((str(_PACKAGES), *filter(os.path.isabs, sys.path)))}
    try:
        ran = subprocess.run(command, env=environment, cwd="/", capture_output=True, check=True, timeout=_PATIENCE)
        cut: Cut = json.loads(ran.stdout)
        return cut
    except (OSError, subprocess.SubprocessError, ValueError):
        return None


def font_file(file: str) -> str:
    """Return where an installed font lies.

    Raises:
        EngineMissing: it is not installed.
    """
    for folder in _FOLDERS:
        for here, _, names in os.walk(Path(folder).expanduser()):
            if file in names:
                return str(Path(here) / file)
    raise EngineMissing(f"Huruf {file} tidak terpasang.", "Pasang dengan: sudo apt install fonts-liberation")


def add_face(pdf: Pdf, face: Face) -> Object:
    """Put the font into the document and return it: glyph numbers as codes."""
    return embedded(pdf, to_embed(face))


def to_embed(face: Face) -> Type0Font:
    """Return the font as it is put into a document."""
    return Type0Font(
        name=face.name,
        program=face.data,
        meanings=[(glyph, sign) for sign, glyph in face.glyphs.items()],
        advance=600,
        box=face.box,
        flags=_SYMBOLIC | (_FIXED_PITCH if len(set(face.widths.values())) == 1 else 0),
        ascent=face.ascent,
        descent=face.descent,
        cap_height=660,
        widths=face.widths,
    )
