"""The pieces of a form that is filled in by machine and by hand: answers, boxes to tick, tables, lines to write on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from template_drawings.paper import (
    DOTTED,
    FAINT,
    MIDDLE,
    PALE,
    TEXT_WIDTH,
    borders,
    heading,
    height,
    page_number,
    secret_mark,
    shade,
    table,
    write,
)

#: Width of the column that says what is asked, in millimetres.
LABEL = 32.0


def ruled(style: Any) -> None:
    """Give a style dotted lines to write on by hand, eight millimetres apart."""
    holder = OxmlElement("w:pBdr")
    for side in ("bottom", "between"):
        line = OxmlElement(f"w:{side}")
        for key, value in {**DOTTED, "space": "1"}.items():
            line.set(qn(f"w:{key}"), value)
        holder.append(line)
    shape = style.paragraph_format
    shape.line_spacing = Pt(21)
    properties = style.element.get_or_add_pPr()
    properties.find(qn("w:spacing")).addprevious(holder)


def numbered(document: Any, text: str) -> None:
    """Write what paper this is and the page number on top of every page but the first."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.style = "Kepala Halaman"
    paragraph.add_run(f"{text} · halaman ")
    page_number(paragraph)
    section.header.add_paragraph(style="Kepala Halaman")
    for header in (section.first_page_header, section.header):
        secret_mark(header)
    section.first_page_header.paragraphs[-1].style = "Sela"


def answers(document: Any, rows: Sequence[tuple[str, ...]], *, least: float = 8) -> None:
    """Draw lines of label and answer; a line of four texts holds two answers."""
    for texts in rows:
        widths = (LABEL, TEXT_WIDTH - LABEL) if len(texts) == 2 else (LABEL, 54, 24, TEXT_WIDTH - LABEL - 78)
        grid = table(document, widths, 1, lines=FAINT)
        for number, (cell, text) in enumerate(zip(grid.rows[0].cells, texts, strict=True)):
            write(cell, "Isian" if number % 2 else "Label", text)
            cell.vertical_alignment = MIDDLE
            if number % 2 == 0:
                shade(cell, PALE)
        height(grid.rows[0], 13 if texts[0].startswith("Alamat") else least)


def choices(
    document: Any, label: str, group: str, boxes: Sequence[tuple[str, str]], columns: int, first_column: float = 0
) -> None:
    """Draw a group of boxes to tick, in columns, read row by row."""
    deep = -(-len(boxes) // columns)
    even = (TEXT_WIDTH - LABEL - first_column) / (columns - bool(first_column))
    widths = (LABEL, first_column or even, *[even] * (columns - 1))
    grid = table(document, widths, deep, lines=FAINT)
    first = grid.rows[0].cells[0].merge(grid.rows[-1].cells[0])
    write(first, "Label", label)
    first.vertical_alignment = MIDDLE
    shade(first, PALE)
    for number, (name, words) in enumerate(boxes):
        cell = grid.rows[number // columns].cells[1 + number % columns]
        kept = words.replace(" ", "\u00a0").replace("-", "\u2011")
        write(cell, "Pilihan", f"{{{{ {group}.{name} }}}}\u00a0{kept[:1].upper()}{kept[1:]}")
    for line, row in enumerate(grid.rows):
        height(row, 5.0)
        for number, cell in enumerate(row.cells[1:], 1):
            cell.vertical_alignment = MIDDLE
            borders(cell, **_inside(number, columns, line == 0, line == deep - 1))


def _inside(column: int, columns: int, top: bool, bottom: bool) -> dict[str, dict[str, str]]:
    """Return the lines of a cell of boxes: only those that stand on the rim of its group."""
    none = {"val": "nil"}
    return {
        "top": FAINT if top else none,
        "left": FAINT if column == 1 else none,
        "bottom": FAINT if bottom else none,
        "right": FAINT if column == columns else none,
    }


def rows(document: Any, name: str, columns: Sequence[tuple[str, str, float]]) -> None:
    """Draw a small table with a row for every entry (``orang``) of a list: headings, texts and widths (mm)."""
    grid = table(document, [width for _, _, width in columns], 4, lines=FAINT)
    head, opening, entry, closing = grid.rows
    heading(head)
    for cell, (title, _, _) in zip(head.cells, columns, strict=True):
        write(cell, "Label", title)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        shade(cell, PALE)
    write(opening.cells[0], "Isian", f"{{%tr for orang in {name} %}}")
    for cell, (_, text, _) in zip(entry.cells, columns, strict=True):
        write(cell, "Isian", text)
        cell.vertical_alignment = MIDDLE
    write(closing.cells[0], "Isian", "{%tr endfor %}")
    height(entry, 8)


def told(document: Any, title: str, name: str, blank: int, *, mark: str = "") -> None:
    """Draw a heading of the Yankomas form and below it what was told, or else lines to write on.

    ``mark`` stands before each entry of what is a list (``{{ loop.index }}.``) of more than one.
    """
    grid = table(document, (TEXT_WIDTH,), 2, lines=FAINT, pad=1.5)
    head, body = grid.rows
    write(head.cells[0], "Judul Kotak", title)
    head.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    shade(head.cells[0], PALE)
    write(body.cells[0], "Uraian", f"{{%p for alinea in {name} %}}")
    if mark:
        write(body.cells[0], "Uraian", "{%p if loop.length > 1 %}")
        write(body.cells[0], "Butir Uraian", f"{mark}\t{{{{ alinea }}}}")
        write(body.cells[0], "Uraian", "{%p else %}")
    write(body.cells[0], "Uraian", "{{ alinea }}")
    if mark:
        write(body.cells[0], "Uraian", "{%p endif %}")
    write(body.cells[0], "Uraian", "{%p endfor %}", f"{{%p if not {name} %}}")
    write(body.cells[0], "Garis Tulis", *[""] * blank)
    write(body.cells[0], "Uraian", "{%p endif %}")
    height(body, 7.4 * blank - 2)
    whole = body._tr.trPr.find(qn("w:cantSplit"))
    body._tr.trPr.remove(whole)  # a told story may be longer than a page
