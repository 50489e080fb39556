"""Takes away the text that an earlier OCR laid over or under the picture of a scan; the picture stays untouched.

Such text is never seen: it is shown in rendering mode 3 (ISO 32000-1, 9.3.6), or before a picture that then covers the
page. Left beside ours it would be found and copied twice, the second time wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pypdf import PageObject, PdfWriter
from pypdf.generic import ContentStream, DecodedStreamObject, DictionaryObject, NameObject, StreamObject

_SHOWING = {b"Tj", b"TJ", b"'", b'"'}
_SHOWN = re.compile(rb"(?:Tj|TJ|'|\")\s")
_INVISIBLE, _CLIPPING = 3, 7
_FILLS = 0.7
_DEPTH = 6
Matrix = tuple[float, float, float, float, float, float]
Operation = tuple[Any, bytes]
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


def without_old_text(writer: PdfWriter, page: PageObject) -> None:
    """Take the unseen text out of the page's instructions; a page that shows no text is not touched.

    Raises:
        PyPdfError, ValueError, TypeError: the instructions cannot be understood.
    """
    contents: StreamObject | None = page.get_contents()
    if contents is None:
        return
    size = float(page.cropbox.width) * float(page.cropbox.height)
    stripped = _stripped(writer, contents, _resources(page), size, _DEPTH)
    if stripped is not None:
        page[NameObject("/Contents")] = writer._add_object(stripped)
        contents = stripped
    if not _SHOWN.search(contents.get_data()) and not any(_forms(page)):
        resources = DictionaryObject(_resources(page))
        resources.pop("/Font", None)
        page[NameObject("/Resources")] = resources


def _forms(page: PageObject) -> Iterator[bool]:
    for thing in _resources(page).get("/XObject", DictionaryObject()).get_object().values():
        yield thing.get_object().get("/Subtype") != "/Image"


def _stripped(
    writer: PdfWriter, stream: StreamObject, resources: DictionaryObject, size: float, depth: int
) -> StreamObject | None:
    """Return the instructions without unseen text, or None if there is none among them."""
    data = stream.get_data()
    if depth == 0 or (b"BT" not in data and b"Do" not in data):
        return None
    code = ContentStream(stream, writer)
    covered = _last_cover(code.operations, resources, size)
    changed = False
    kept: list[Operation] = []
    for place, ((operands, operator), mode) in enumerate(_with_modes(code.operations)):
        if operator in _SHOWING and (mode in (_INVISIBLE, _CLIPPING) or place < covered):
            changed = True
            continue
        if operator == b"Do" and _strip_form(writer, resources, operands, size, depth):
            changed = True
        kept.append((operands, operator))
    if not changed:
        return None
    code.operations = kept
    written = DecodedStreamObject()
    written.set_data(code.get_data())
    return written.flate_encode()


def _with_modes(operations: Sequence[Operation]) -> Iterator[tuple[Operation, int]]:
    """Yield each instruction with the text rendering mode that holds for it."""
    mode, saved = 0, [0]
    for operation in operations:
        operands, operator = operation
        if operator == b"q":
            saved.append(mode)
        elif operator == b"Q" and len(saved) > 1:
            mode = saved.pop()
        elif operator == b"Tr" and operands:
            mode = int(operands[0])
        yield operation, mode


def _last_cover(operations: Sequence[Operation], resources: DictionaryObject, size: float) -> int:
    """Return the place of the last instruction that draws a picture over most of the page; 0 if none does."""
    at, saved = _PLAIN, [_PLAIN]
    last = 0
    for place, (operands, operator) in enumerate(operations):
        if operator == b"q":
            saved.append(at)
        elif operator == b"Q" and len(saved) > 1:
            at = saved.pop()
        elif operator == b"cm" and len(operands) == 6:
            at = _times(tuple(float(number) for number in operands), at)
        elif operator == b"Do" and _named(resources, operands).get("/Subtype") == "/Image":
            picture = _named(resources, operands)
            seen_through = any(key in picture for key in ("/SMask", "/Mask", "/ImageMask"))
            if not seen_through and abs(at[0] * at[3] - at[1] * at[2]) >= _FILLS * size:
                last = place
    return last


def _times(one: tuple[float, ...], other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _strip_form(writer: PdfWriter, resources: DictionaryObject, operands: Any, size: float, depth: int) -> bool:
    """Take unseen text out of a form that is drawn: OCRmyPDF keeps its layer in one. Return whether there was any."""
    form = _named(resources, operands)
    if form.get("/Subtype") != "/Form" or not isinstance(form, StreamObject):
        return False
    stripped = _stripped(writer, form, _resources(form) or resources, size, depth - 1)
    if stripped is None:
        return False
    for key, value in form.items():
        if key not in ("/Filter", "/DecodeParms", "/Length"):
            stripped[NameObject(key)] = value
    names = DictionaryObject(dict(resources.get("/XObject", DictionaryObject()).get_object()))
    names[NameObject(operands[0])] = writer._add_object(stripped)
    resources[NameObject("/XObject")] = names
    return True


def _named(resources: DictionaryObject, operands: Any) -> DictionaryObject:
    names = resources.get("/XObject", DictionaryObject()).get_object()
    found = names.get(operands[0], DictionaryObject()).get_object() if operands else DictionaryObject()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _resources(holder: DictionaryObject) -> DictionaryObject:
    found = holder.get("/Resources", DictionaryObject()).get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
