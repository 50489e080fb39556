"""Draws the registers (``02-buku-register``, of other services theirs), A4 across and bound at the left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from template_drawings.book_totals import attested, page_totals
from template_drawings.paper import (
    CENTRE,
    MIDDLE,
    PALE,
    RIGHT,
    SECRET,
    THIN,
    Look,
    heading,
    height,
    lines,
    page,
    shade,
    table,
    write,
)

from pipeline.letters.sheets.register_book import BOOK
from pipeline.letters.sheets.register_leaves import COLUMNS, Columns
from pipeline.letters.sheets.service_book import COLUMNS as SERVICE_COLUMNS
from pipeline.letters.sheets.service_book import POINTS
from pipeline.letters.sheets.texts import SERVICE_BOOK

#: The heading of each column of the register, in their order.
_HEADINGS = (
    "No.",
    "Nomor register, waktu terima, nomor agenda",
    "Cara penyampaian, nomor dan tanggal surat",
    "Pelapor, korban",
    "Terlapor, tempat kejadian",
    "Perihal, hak yang diduga dilanggar",
    "Disposisi, telaahan",
    "Audiensi, rekomendasi, pemantauan",
    "Sifat, status, tanggal selesai, klasifikasi, berkas",
)

#: Those of the register of another service.
_SERVICE_HEADINGS = (
    "No.",
    "Nomor register, waktu terima",
    "Isian register",
    "Isian register, lanjutan",
    "Jalan perkara menurut SOP",
    "Sifat, status, tanggal selesai",
)
#: Millimetres: how wide a page is between its margins, and where the foot of an extract stands above its page code.
_WIDE, _FOOT = 265, 182.5
_TOTALS = (70.0, 70.0, 75.0, 50.0)
#: What is certified of an extract.
_AGREES = (
    "Kutipan ini sesuai dengan Buku Register Aduan Tahun {{ tahun }} nomor urut {{ nomor_urut }}, menurut keadaannya "
    "pada tanggal {{ tanggal_dokumen }}."
)


def draw_book() -> Any:
    """Draw the register: pages of as many cases as there is room for, closed with the page's totals."""
    document = _opened("Buku Register Aduan", "Pengaduan masyarakat", 7.5)
    _book_title(document, "{% if kutipan %}KUTIPAN {% endif %}BUKU REGISTER ADUAN")
    _cases(document, COLUMNS, _HEADINGS)
    _totals(document)
    lines(document, "Ganti Halaman", ["{%p if kutipan %}"])
    _at_the_foot(_foot(document))
    lines(document, "Ganti Halaman", ["", "{%p else %}"])  # a frame is on the page of the paragraph that follows it
    _foot(document)
    lines(document, "Ganti Halaman", ["{%p endif %}"])
    _turned(document)
    return document


def draw_service_book() -> Any:
    """Draw the register of another service; no extract is made of it."""
    document = _opened("Buku Register Layanan", "Layanan kantor", POINTS)
    _book_title(document, "{{ judul_buku }}")
    _cases(document, SERVICE_COLUMNS, _SERVICE_HEADINGS)
    page_totals(document, _TOTALS)
    _foot(document)
    _turned(document)
    return document


def _opened(title: str, subject: str, points: float) -> Any:
    looks = {
        **SECRET,
        "Kantor": Look(8.5),
        "Judul Buku": Look(13, bold=True, align=CENTRE, spacing=0.5),
        "Tahun": Look(9.5, align=CENTRE, after=4),
        "Kepala Tabel": Look(points, bold=True, align=CENTRE, keep=True),
        "Nomor Kolom": Look(6.5, align=CENTRE, keep=True),
        "Isi Buku": Look(points),
        "Urut": Look(points, align=CENTRE),
        "Paraf": Look(7.5),
        "Pengesahan": Look(8.5, before=5, after=2, keep=True),
        "Tanda Tangan": Look(8.5, keep=True),
        "Jumlah": Look(8, align=RIGHT),
        "Jumlah Angka": Look(8, bold=True),
        "Kaki Buku": Look(7.5, before=3),
        "Ganti Halaman": Look(2),
    }
    document = page(title, subject, top=11, bottom=9, looks=looks)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    lines(document, "Ganti Halaman", ["{%p for lembar in halaman %}"])
    return document


def _turned(document: Any) -> None:
    lines(document, "Ganti Halaman", ["{%p if not loop.last %}"])
    document.add_paragraph(style="Ganti Halaman").paragraph_format.page_break_before = True
    lines(document, "Ganti Halaman", ["{%p endif %}", "{%p endfor %}"])


def _foot(document: Any) -> Paragraph:
    """Write which book it is, when it was printed, with which seal, and the page: of the book, not of what is drawn."""
    foot: Paragraph = document.add_paragraph(style="Kaki Buku")
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(_WIDE), WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run("{{ layanan }} · {{ kop_kantor }} · dicetak {{ tanggal_dokumen }}{{ segel }}")
    foot.add_run("\tHalaman {{ lembar.nomor }} dari {{ jumlah_halaman_buku }}")
    return foot


def _at_the_foot(paragraph: Paragraph) -> None:
    """Hold a paragraph at the foot of an extract, above the page code, however little stands on the page."""
    frame = OxmlElement("w:framePr")
    where = {"w": Mm(_WIDE).twips, "hRule": "auto", "wrap": "around", "vAnchor": "page", "hAnchor": "margin"}
    for key, value in {**where, "x": 0, "y": Mm(_FOOT).twips}.items():
        frame.set(qn(f"w:{key}"), str(value))
    paragraph._p.get_or_add_pPr().insert_element_before(frame, "w:widowControl", "w:tabs", "w:spacing", "w:jc")


def _book_title(document: Any, called: str) -> None:
    grid = table(document, (80, 105, 80), 1, pad=0)
    office, title, mark = grid.rows[0].cells
    write(office, "Kantor", "{{ kop_kementerian }}", "{{ kop_kantor }}")
    write(title, "Judul Buku", called)
    write(title, "Tahun", "Tahun {{ tahun }}")
    write(mark, "Tanda Rahasia", "{{ lembar.rahasia }}")
    mark.paragraphs[0].alignment = RIGHT
    lines(document, "Ganti Halaman", [""])


def _cases(document: Any, columns: Columns, headings: Sequence[str]) -> None:
    grid = table(document, [width for width, _ in columns], 5, lines=THIN, pad=1)
    head, numbers, opening, entry, closing = grid.rows
    heading(head)
    heading(numbers)
    height(head, 10)
    for number, (column, title, (_, names)) in enumerate(zip(grid.columns, headings, columns, strict=True), 1):
        top, below, _, cell, _ = column.cells
        write(top, "Kepala Tabel", title)
        top.vertical_alignment = MIDDLE
        shade(top, PALE)
        write(below, "Nomor Kolom", str(number))
        look = "Urut" if number == 1 else "Isi Buku"
        # A row that goes on from the page before may have only the later texts; no cell is without a paragraph.
        first, *others = names
        none = "".join(f" and not b.{name}" for name in others)
        for name, besides in ((first, f" or (not b.{first}{none})"), *((name, "") for name in others)):
            write(cell, look, f"{{%p if b.{name}{besides} %}}", f"{{{{ b.{name} }}}}", "{%p endif %}")
    write(opening.cells[0], "Isi Buku", "{%tr for b in lembar.baris %}")
    write(closing.cells[0], "Isi Buku", "{%tr endfor %}")
    height(entry, 21)


def _totals(document: Any) -> None:
    """Draw the page's totals, and beside them the room for the initials of who keeps and who checks the book.

    An extract has no totals: it is one case's entry, of which they certify that the book says so.
    """
    lines(document, "Ganti Halaman", ["{%p if kutipan %}", "{%p if loop.last %}"])
    lines(document, "Pengesahan", [_AGREES])
    attested(document, _WIDE, "Yang mengutip,", "Yang mengesahkan,")
    lines(document, "Ganti Halaman", ["{%p endif %}", "{%p else %}"])
    page_totals(document, _TOTALS)
    lines(document, "Ganti Halaman", ["{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {BOOK: draw_book, SERVICE_BOOK: draw_service_book}
