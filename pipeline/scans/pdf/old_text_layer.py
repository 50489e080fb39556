"""Takes away the text that an earlier OCR laid over or under the picture of a scan; the picture stays untouched.

Such text is never seen: it is shown in rendering mode 3 (ISO 32000-1, 9.3.6), or before a picture that then covers the
page. Left beside ours it would be found and copied twice, the second time wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pikepdf import (
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Object,
    Page,
    Pdf,
    Stream,
    parse_content_stream,
    unparse_content_stream,
)

from pipeline.scans.pdf.pdf_file import contents, dictionary, unpacked

_SHOWING = {"Tj", "TJ", "'", '"'}
_SHOWN = re.compile(rb"(?:Tj|TJ|'|\")\s")
#: Text rendering modes (ISO 32000-1, table 106).
_INVISIBLE, _CLIPPING = 3, 7
#: Share of the page that a picture covers which hides what was drawn before; chosen on the sample letters, 2026-11-25.
_FILLS = 0.7
#: Forms within forms that are looked into.
_DEPTH = 6
Matrix = tuple[float, float, float, float, float, float]
Instruction = ContentStreamInstruction | ContentStreamInlineImage
_PLAIN: Matrix = (1, 0, 0, 1, 0, 0)


def without_old_text(pdf: Pdf, page: Page) -> None:
    """Take the unseen text out of the page's instructions; a page that shows no text is not touched.

    Raises:
        PdfError, Overflow, ValueError, TypeError: the instructions cannot be understood.
    """
    if "/Contents" not in page:
        return
    code, resources = contents(page.obj), dictionary(page.obj, "/Resources")
    left, bottom, right, top = map(float, page.cropbox.as_list())
    stripped = _stripped(pdf, page.obj, code, resources, (right - left) * (top - bottom), _DEPTH)
    if stripped is not None:
        page.Contents, code = pdf.make_stream(stripped), stripped
    things = dictionary(resources, "/XObject").values()
    if not _SHOWN.search(code) and all(thing.get("/Subtype") == "/Image" for thing in things):
        page.Resources = Dictionary({key: value for key, value in resources.items() if key != "/Font"})


def _stripped(pdf: Pdf, holder: Object, data: bytes, resources: Object, size: float, depth: int) -> bytes | None:
    """Return the instructions (of a page or a form) without unseen text, or None if there is none among them."""
    if depth == 0 or (b"BT" not in data and b"Do" not in data):
        return None
    code = [(instruction, str(instruction.operator)) for instruction in parse_content_stream(holder)]
    covered = _last_cover(code, resources, size)
    changed = False
    kept: list[Instruction] = []
    for place, (instruction, operator, mode) in enumerate(_with_modes(code)):
        if operator in _SHOWING and (mode in (_INVISIBLE, _CLIPPING) or place < covered):
            changed = True
            continue
        if operator == "Do" and _strip_form(pdf, resources, instruction, size, depth):
            changed = True
        kept.append(instruction)
    return unparse_content_stream(kept) if changed else None


def _with_modes(code: Sequence[tuple[Instruction, str]]) -> Iterator[tuple[Instruction, str, int]]:
    """Yield each instruction with the text rendering mode that holds for it."""
    mode, saved = 0, [0]
    for instruction, operator in code:
        if operator == "q":
            saved.append(mode)
        elif operator == "Q" and len(saved) > 1:
            mode = saved.pop()
        elif operator == "Tr" and len(instruction.operands):
            mode = int(instruction.operands[0])
        yield instruction, operator, mode


def _last_cover(code: Sequence[tuple[Instruction, str]], resources: Object, size: float) -> int:
    """Return the place of the last instruction that draws a picture over most of the page; 0 if none does."""
    at, saved = _PLAIN, [_PLAIN]
    last = 0
    for place, (instruction, operator) in enumerate(code):
        if operator == "q":
            saved.append(at)
        elif operator == "Q" and len(saved) > 1:
            at = saved.pop()
        elif operator == "cm" and len(instruction.operands) == 6:
            at = _times(tuple(float(number) for number in instruction.operands), at)
        elif operator == "Do" and (picture := _named(resources, instruction)).get("/Subtype") == "/Image":
            seen_through = any(key in picture for key in ("/SMask", "/Mask", "/ImageMask"))
            if not seen_through and abs(at[0] * at[3] - at[1] * at[2]) >= _FILLS * size:
                last = place
    return last


def _times(one: tuple[float, ...], other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _strip_form(pdf: Pdf, resources: Object, instruction: Instruction, size: float, depth: int) -> bool:
    """Take unseen text out of a form that is drawn: OCRmyPDF keeps its layer in one. Return whether there was any."""
    form = _named(resources, instruction)
    if not isinstance(form, Stream) or form.get("/Subtype") != "/Form":
        return False
    own = dictionary(form, "/Resources") if "/Resources" in form else resources
    stripped = _stripped(pdf, form, unpacked(form), own, size, depth - 1)
    if stripped is None:
        return False
    packing = ("/Filter", "/DecodeParms", "/Length")
    entries = {key: value for key, value in form.items() if key not in packing}
    names = dictionary(resources, "/XObject").copy()
    names[str(instruction.operands[0])] = pdf.make_stream(stripped, entries)
    resources.XObject = names
    return True


def _named(resources: Object, instruction: Instruction) -> Object:
    """Return the picture or form that is drawn; an empty dictionary if there is none of that name."""
    found = dictionary(resources, "/XObject").get(str(instruction.operands[0])) if len(instruction.operands) else None
    return found if isinstance(found, Stream) else Dictionary()
