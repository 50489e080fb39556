"""Pen and ruler for drawing Word templates: a page, named styles, and tables whose rows stay whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from pipeline.letters.approved_text import FIELD_TITLES, TAG

FONT = "Arial"
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
TOP, MIDDLE, BOTTOM = (getattr(WD_CELL_VERTICAL_ALIGNMENT, place) for place in ("TOP", "CENTER", "BOTTOM"))
#: Width of the text between the margins of an office letter: 210 - 30 - 20 mm.
TEXT_WIDTH = 160.0
#: Borders of a table or cell: sides and their line.
THIN = {"val": "single", "sz": "4", "color": "000000"}
FAINT = {"val": "single", "sz": "4", "color": "808080"}
DOTTED = {"val": "dotted", "sz": "4", "color": "595959"}
DOUBLE = {"val": "thickThinSmallGap", "sz": "18", "color": "000000"}
NONE = {"val": "nil"}


@dataclass(frozen=True, slots=True)
class Look:
    """How a named style looks: size in points, weight, place, space before and after in points."""

    size: float
    bold: bool = False
    italic: bool = False
    align: Any = LEFT
    before: float = 0
    after: float = 0
    spacing: float = 0
    """Extra space between letters, in points."""
    keep: bool = False
    """Whether the paragraph stays whole and on the page of the next one."""
    left: float = 0
    first: float = 0
    """Indent of the paragraph, and of its first line against it (negative hangs), in millimetres."""
    leading: float = 1.0
    """Distance of the lines, as a multiple of the type's own."""


PALE = "F2F2F2"
#: What is said at the head of every page of a secret case's sheet.
SECRET = {"Tanda Rahasia": Look(10, bold=True, align=CENTRE, spacing=1)}
#: The named styles of sheets and of letters, as the clerk finds them in Word's list. Running text is set from the left:
#: numbers and dates are parted nowhere, so that justified lines before them would be torn apart.
KOP_SMALL = {
    **SECRET,
    "Kop Kementerian": Look(10, align=CENTRE),
    "Kop Kantor": Look(11, bold=True, align=CENTRE, after=1),
    "Kop Alamat": Look(7.5, align=CENTRE),
    "Sela": Look(4),
}
#: The same, where it is long and the sheet must keep to one page.
KOP_BY_LENGTH = {
    **KOP_SMALL,
    "Kop Kementerian Kecil": Look(8, align=CENTRE),
    "Kop Kantor Kecil": Look(9, bold=True, align=CENTRE, after=1),
    "Kop Alamat Kecil": Look(6.5, align=CENTRE),
}
KOP = {
    "Kop Kementerian": Look(12, align=CENTRE),
    "Kop Kantor": Look(13, bold=True, align=CENTRE, after=2),
    "Kop Alamat": Look(8.5, align=CENTRE),
    "Sela": Look(4),
}
LETTER = {
    **KOP,
    **SECRET,
    "Tanda Konsep": Look(12, bold=True, align=RIGHT, spacing=1),
    "Nomor Halaman": Look(11, align=CENTRE),
    "Kepala Surat": Look(11, after=1.5),
    "Sela Kepala": Look(8),
    "Tanggal Surat": Look(11, align=RIGHT),
    "Tujuan": Look(11),
    "Judul Naskah": Look(12, bold=True, align=CENTRE, keep=True),
    "Nomor Judul": Look(11, align=CENTRE, keep=True, after=6),
    "Isi Surat": Look(11, before=5, after=4, first=10, leading=1.15),
    "Isi Rata": Look(11, before=5, after=4, leading=1.15),
    "Penutup": Look(11, before=5, after=6, first=10, leading=1.15, keep=True),
    "Butir": Look(11, after=3, left=17, first=-7, leading=1.15),
    "Anak Judul": Look(11, bold=True, before=6, after=3, left=7, first=-7, keep=True),
    "Rincian": Look(11, after=1),
    "Judul Tabel": Look(11, before=8, after=3, keep=True),
    "Kepala Tabel": Look(10, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(10),
    "Angka Tabel": Look(10, align=CENTRE),
    "Tujuan Bernomor": Look(11, left=6, first=-6),
    "Tanda Tangan": Look(11, keep=True),
    "Kepala Paraf": Look(8, align=CENTRE, keep=True),
    "Paraf": Look(8, keep=True),
    "Tembusan": Look(10, left=6, first=-6, keep=True),
    "Judul Tembusan": Look(10, before=8, keep=True),
    "Kepala Lampiran": Look(10),
    "Judul Lampiran": Look(12, bold=True, align=CENTRE, before=14, after=8, keep=True),
}


def page(title: str, subject: str, *, top: float, bottom: float, looks: dict[str, Look]) -> Any:
    """Return an empty A4 document with the office's margins, its styles and clean properties."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.header_distance = section.footer_distance = Mm(5)
    _normal(document)
    for name, look in looks.items():
        _style(document, name, look)
    _modern(document)
    _lighten(document, set(looks))
    core = document.core_properties
    core.title, core.subject, core.author, core.last_modified_by = title, subject, "Kanwil", "Kanwil"
    core.comments = core.keywords = core.category = ""
    core.language, core.revision = "id-ID", 1
    core.created = core.modified = datetime(2024, 5, 6)
    return document


#: What python-docx's own blank document brings along and no letter needs.
_BALLAST = ("stylesWithEffects", "customXml", "thumbnail", "webSettings")
_KEPT_STYLES = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Header", "Footer"}


def _lighten(document: Any, ours: set[str]) -> None:
    """Drop the parts and styles that nothing uses: a fifth of the size, and a style list that a clerk can read."""
    for relations in (document.part.rels, document.part.package.rels):
        for key in [k for k, r in relations.items() if r.reltype.rsplit("/", 1)[1] in _BALLAST]:
            del relations[key]
    styles = document.styles.element
    for style in [s for s in styles if s.tag == qn("w:style")]:
        name = str(style.find(qn("w:name")).get(qn("w:val")))
        if name not in ours and name.lower() not in {kept.lower() for kept in _KEPT_STYLES}:
            styles.remove(style)
    kept = {str(s.get(qn("w:styleId"))) for s in styles.iter(qn("w:style"))}
    for style in styles.iter(qn("w:style")):
        for link in [c for c in style if c.tag in (qn("w:link"), qn("w:next"))]:
            if link.get(qn("w:val")) not in kept:
                style.remove(link)


def _modern(document: Any) -> None:
    """Say that the file follows Word 2013 and later, where a table's edge (not its text) stands at the margin."""
    settings = document.settings.element
    compat = settings.find(qn("w:compat"))
    compat = _child(settings, "w:compat", {}) if compat is None else compat
    uri = "http://schemas.microsoft.com/office/word"
    _child(compat, "w:compatSetting", {"name": "compatibilityMode", "uri": uri, "val": "15"})


def _normal(document: Any) -> None:
    style = document.styles["Normal"]
    _face(style, 9.5)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        _arial(fonts)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "id-ID")


def _arial(fonts: Any) -> None:
    fonts.attrib.clear()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _face(style: Any, size: float) -> None:
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor(0, 0, 0)
    _arial(style.element.rPr.rFonts)


def _style(document: Any, name: str, look: Look) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = document.styles["Normal"], True
    _face(style, look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    shape = style.paragraph_format
    shape.alignment, shape.keep_with_next, shape.keep_together = look.align, look.keep, look.keep
    shape.line_spacing = look.leading
    if look.left or look.first:
        shape.left_indent, shape.first_line_indent = Mm(look.left), Mm(look.first)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    if look.spacing:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(round(look.spacing * 20)))
        style.element.rPr.find(qn("w:sz")).addprevious(spacing)


def table(
    holder: Any,
    widths: Sequence[float],
    rows: int,
    *,
    lines: dict[str, str] | None = None,
    pad: float = 1.2,
    left: float = 0,
) -> Any:
    """Return a table of fixed column widths (mm) whose rows never split, with these lines round and inside."""
    grid = holder.add_table(rows, len(widths))
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    properties = grid._tbl.tblPr
    _child(properties, "w:tblW", {"w": str(round(sum(widths) * 56.6929)), "type": "dxa"})
    _child(properties, "w:tblInd", {"w": str(round(left * 56.6929)), "type": "dxa"})
    sides = _child(properties, "w:tblBorders", {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        _child(sides, f"w:{side}", lines or NONE)
    _child(properties, "w:tblLayout", {"type": "fixed"})
    margins = _child(properties, "w:tblCellMar", {})
    for side, width in (("top", 0.5), ("left", pad), ("bottom", 0.5), ("right", pad)):
        _child(margins, f"w:{side}", {"w": str(round(width * 56.6929)), "type": "dxa"})
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        _child(row._tr.get_or_add_trPr(), "w:cantSplit", {})
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return grid


def heading(row: Any) -> None:
    """Make a row the one that is repeated on top of the next page."""
    _child(row._tr.get_or_add_trPr(), "w:tblHeader", {})


def height(row: Any, mm: float) -> None:
    """Give a row at least this height."""
    row.height, row.height_rule = Mm(mm), WD_ROW_HEIGHT_RULE.AT_LEAST


def borders(cell: Any, **sides: dict[str, str]) -> None:
    """Draw the named sides of one cell."""
    holder = _child(cell._tc.get_or_add_tcPr(), "w:tcBorders", {})
    for side in ("top", "left", "bottom", "right"):
        if side in sides:
            _child(holder, f"w:{side}", sides[side])


def ruled(grid: Any) -> None:
    """Give every cell its own lines and padding: LibreOffice joins a table to one right after it, and takes its own."""
    for row in grid.rows:
        for cell in row.cells:
            borders(cell, top=THIN, left=THIN, bottom=THIN, right=THIN)
            margins = _child(cell._tc.get_or_add_tcPr(), "w:tcMar", {})
            for side in ("left", "right"):
                _child(margins, f"w:{side}", {"w": "85", "type": "dxa"})


def shade(cell: Any, colour: str) -> None:
    """Fill a cell with a pale colour (RRGGBB)."""
    _child(cell._tc.get_or_add_tcPr(), "w:shd", {"val": "clear", "color": "auto", "fill": colour})


def write(cell: Any, style: str, *texts: str) -> None:
    """Write paragraphs of one style into a cell, after whatever stands there already."""
    for text in texts:
        empty = len(cell.paragraphs) == 1 and not cell.paragraphs[0].text and not cell.paragraphs[0].runs
        untouched = empty and cell.paragraphs[0].style.name == "Normal"
        paragraph = cell.paragraphs[0] if untouched else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)


def by_size(cell: Any, style: str, text: str) -> None:
    """Write a text in a style or, where the sheet says much (``huruf``), in its small one."""
    write(cell, style, "{%p if huruf == 'biasa' %}", text, "{%p else %}")
    write(cell, f"{style} Kecil", text)
    write(cell, style, "{%p endif %}")


def write_control(cell: Any, style: str, field: str, text: str, *, before: str = "") -> None:
    """Write a paragraph into a cell whose words, but for those before them, the machine fills in."""
    write(cell, style, before)
    control(cell.paragraphs[-1], field, text)


def control(paragraph: Any, field: str, text: str) -> None:
    """Write words into a paragraph that the machine exchanges later: a named content control, locked to people."""
    run = paragraph.add_run(text)._r
    holder, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    properties = _child(holder, "w:sdtPr", {})
    count = sum(1 for _ in paragraph.part.element.iter(qn("w:sdt")))
    number = zlib.crc32(f"{paragraph.part.partname} {field} {count}".encode()) & 0x7FFFFFFF
    _child(properties, "w:alias", {"val": FIELD_TITLES[field]})
    _child(properties, "w:tag", {"val": TAG + field})
    _child(properties, "w:id", {"val": str(number)})
    _child(properties, "w:lock", {"val": "sdtContentLocked"})
    _child(properties, "w:text", {})
    run.addprevious(holder)
    holder.append(content)
    content.append(run)


def lines(holder: Any, style: str, texts: Iterable[str]) -> None:
    """Write paragraphs of one style onto the page."""
    for text in texts:
        holder.add_paragraph(text, style=style)


def secret_mark(header: Any) -> None:
    """Write into a header, above what stands there, that the case is secret, if it is."""
    first = header.paragraphs[0]
    for text in ("{%p if tanda_rahasia %}", "{{ tanda_rahasia }}", "{%p endif %}"):
        first.insert_paragraph_before(text, style="Tanda Rahasia")


def page_number(paragraph: Any, counted: str = "PAGE") -> None:
    """Write the number of the page (``NUMPAGES``: of all pages) into a paragraph."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), counted)
    paragraph._p.append(field)
    field.append(paragraph.add_run("2")._r)


def _child(parent: Any, tag: str, attributes: dict[str, str]) -> Any:
    """Set one child element, in the place that Word's schema gives it among its siblings."""
    for old in parent.findall(qn(tag)):
        parent.remove(old)
    node = OxmlElement(tag)
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), value)
    later = _ORDER.get(parent.tag.rsplit("}", 1)[1], ())
    followers = {qn(t) for t in later[later.index(tag) + 1 :]} if tag in later else set()
    before = next((c for c in parent if c.tag in followers), None)
    if before is None:
        parent.append(node)
    else:
        before.addprevious(node)
    return node


_ORDER = {
    "tblPr": ("w:tblStyle", "w:tblW", "w:jc", "w:tblInd", "w:tblBorders", "w:tblLayout", "w:tblCellMar", "w:tblLook"),
    "tcPr": ("w:tcW", "w:gridSpan", "w:vMerge", "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:vAlign"),
    "trPr": ("w:cantSplit", "w:trHeight", "w:tblHeader"),
}
