"""The pieces that official letters and memos share: kop, number and date, addressee, body, signature, copies.

Each piece names the values it asks for; :mod:`pipeline.letters.sheets.texts` gives them. The bottom
margin is left free for the page code, which is stamped on the PDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm
from template_drawings.paper import (
    BOTTOM,
    DOUBLE,
    FAINT,
    LETTER,
    MIDDLE,
    TEXT_WIDTH,
    THIN,
    Look,
    borders,
    control,
    heading,
    height,
    lines,
    page,
    page_number,
    secret_mark,
    table,
    write,
    write_control,
)

from pipeline.letters.approved_text import DATE, MARK, NUMBER

#: How wide the signature block is: room for the title of who acts for the head of a division, on one line.
SIGNATURE = 83.0
#: What stands where a name, a number or a date will be written by hand.
DOTS = "." * 32
#: The number and the date of the letter, which it gets last.
NUMBER_OR_DOTS, DATE_OR_DOTS = f"{{{{ nomor_naskah or '{DOTS}' }}}}", f"{{{{ tanggal_naskah or '{DOTS}' }}}}"


def letterhead_by_length(document: Any) -> None:
    """Draw the kop of a sheet that must keep to one page: in small type where it is long."""
    for tag, size in (("{%p if kop == 'biasa' %}", ""), ("{%p else %}", " Kecil")):
        lines(document, "Sela", [tag])
        letterhead(document, size)
    lines(document, "Sela", ["{%p endif %}"])


def letterhead(holder: Any, size: str = "") -> None:
    """Draw the kop: the logo's room left, the lines centred on the page, a double rule below."""
    grid = table(holder, (22, TEXT_WIDTH - 44, 22), 1, pad=0.5)
    logo, words, _ = grid.rows[0].cells
    write(logo, f"Kop Alamat{size}", "{{ logo }}")
    write(words, f"Kop Kementerian{size}", "{{ kop_kementerian }}")
    write(words, f"Kop Kantor{size}", "{{ kop_kantor }}")
    write(words, f"Kop Alamat{size}", "{{ kop_alamat }}", "{{ kop_kontak }}")
    for cell in grid.rows[0].cells:
        cell.vertical_alignment = MIDDLE
        borders(cell, bottom=DOUBLE)
    height(grid.rows[0], 19)


def paper(
    title: str,
    *,
    subject: str = "Pengaduan masyarakat",
    extra: dict[str, Look] | None = None,
    kop: bool = True,
    of_case: bool = True,
) -> Any:
    """Return a page with the kop on its first side; later sides are numbered, and every side of a draft says KONSEP.

    ``of_case``: it is a case's sheet, of which every side says RAHASIA if the case is secret.
    """
    document = page(title, subject, top=12, bottom=25, looks={**LETTER, **(extra or {})})
    section = document.sections[0]
    section.different_first_page_header_footer = True
    first = section.first_page_header.paragraphs[0]
    first.style = "Tanda Konsep"
    control(first, MARK, "{{ tanda_konsep }}")
    _running_head(section.header)
    for header in (section.first_page_header, section.header) if of_case else ():
        secret_mark(header)
    if kop:
        letterhead(document)
        lines(document, "Sela", ["", ""])
    return document


def _running_head(header: Any) -> None:
    """Write the page number, centred, with the air above and below that the first page has in its kop."""
    above = header.paragraphs[0]
    above.style = "Tanda Konsep"
    control(above, MARK, "{{ tanda_konsep }}")
    page_number(header.add_paragraph(style="Nomor Halaman"))
    for _ in range(2):
        header.add_paragraph(style="Nomor Halaman")


def reference(document: Any, hal: str, *, enclosed: str = "{{ lampiran_naskah }}") -> None:
    """Draw Nomor with the date at the right, then Sifat, Lampiran (``enclosed``) and Hal, as wide as the page."""
    rows = (
        ("Nomor", ""),
        ("Sifat", "{{ sifat }}"),
        ("Lampiran", enclosed),
        ("Hal", hal),
    )
    grid = table(document, (22, 4, 86, TEXT_WIDTH - 112), len(rows), pad=0)
    for row, (label, value) in zip(grid.rows, rows, strict=True):
        if value:
            row.cells[2].merge(row.cells[3])
        for cell, text in zip(row.cells, (label, ":", value), strict=False):
            if text:
                write(cell, "Kepala Surat", text)
    write_control(grid.rows[0].cells[2], "Kepala Surat", NUMBER, NUMBER_OR_DOTS)
    write_control(grid.rows[0].cells[3], "Tanggal Surat", DATE, DATE_OR_DOTS)
    lines(document, "Sela Kepala", [""])


def addressee(document: Any, *, several: str = "") -> None:
    """Draw ``Yth.`` with the lines of the addressee, or the numbered entries of ``several``, and where that is."""
    grid = table(document, (11, 139), 4, pad=0)
    write(grid.rows[0].cells[0], "Tujuan", "Yth.")
    lines_of = grid.rows[0].cells[1]
    one = ("{%p for baris in yth %}", "{{ baris }}", "{%p endfor %}")
    write(lines_of, "Tujuan", *((f"{{%p if not {several} %}}", *one, "{%p endif %}") if several else one))
    if several:
        each(lines_of, "Tujuan Bernomor", several, "{{ loop.index }}.\t{{ butir }}")
    write(grid.rows[1].cells[0], "Tujuan", "{%tr if di %}")
    write(grid.rows[2].cells[0], "Tujuan", "di")
    write(grid.rows[2].cells[1], "Tujuan", "{{ di }}")
    write(grid.rows[3].cells[0], "Tujuan", "{%tr endif %}")
    lines(document, "Sela Kepala", [""])


def each(holder: Any, style: str, name: str, text: str = "{{ butir }}", *, item: str = "butir") -> None:
    """Write one paragraph for every entry of a list."""
    texts = (f"{{%p for {item} in {name} %}}", text, "{%p endfor %}")
    for line in texts:
        holder.add_paragraph(line, style=style)


def chapter(document: Any, title: str, name: str) -> None:
    """Draw a chapter: its title, and a paragraph for each item of that name; a dash where there is none."""
    lines(document, "Bab", [title])
    each(document, "Isi Bab", name)
    lines(document, "Isi Bab", [f"{{%p if not {name} %}}", "–", "{%p endif %}"])


def each_to_closing(document: Any, style: str, name: str, text: str = "{{ butir }}", *, held: int = 1) -> None:
    """Write one paragraph for every entry of a list before a closing line, with which the last ``held`` ones stay."""
    lines(document, style, [f"{{%p for butir in {name} %}}", f"{{%p if loop.revindex <= {held} %}}"])
    lines(document, f"{style} Akhir", [text])
    lines(document, style, ["{%p else %}", text, "{%p endif %}", "{%p endfor %}"])


def last_of(look: Look) -> Look:
    """Return the look of a list's last entry: held to the closing line after it."""
    return replace(look, keep=True)


def details(document: Any, rows: Sequence[tuple[str, str]], *, left: float = 10, label: float = 34) -> None:
    """Draw lines of ``label : value``, indented, as invitations have them."""
    grid = table(document, (label, 4, TEXT_WIDTH - left - label - 4), len(rows), pad=0, left=left)
    for row, (name, value) in zip(grid.rows, rows, strict=True):
        for cell, text in zip(row.cells, (name, ":", value), strict=True):
            write(cell, "Rincian", text)
    lines(document, "Sela", [""])


def number_line(document: Any) -> None:
    """Write the number under the title of a memo, minutes or evaluation."""
    lines(document, "Nomor Judul", ["NOMOR "])
    control(document.paragraphs[-1], NUMBER, NUMBER_OR_DOTS)


def memo_head(document: Any, title: str, hal: str) -> None:
    """Draw the head of a nota dinas: its title and number, from whom through whom to whom, and a rule."""
    lines(document, "Judul Naskah", [title])
    number_line(document)
    passed = "{% if loop.length > 1 %}{{ loop.index }}. {% endif %}{{ pejabat }}"
    rows: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("Yth.", ("{{ tujuan_jabatan }}",)),
        ("{%tr if melalui %}", ()),
        ("Melalui", ("{%p for pejabat in melalui %}", passed, "{%p endfor %}")),
        ("{%tr endif %}", ()),
        ("Dari", ("{{ penandatangan_jabatan }}",)),
        ("Hal", (hal,)),
        ("Sifat", ("{{ sifat }}",)),
        ("Lampiran", ("{{ lampiran_naskah }}",)),
        ("Tanggal", ()),
    )
    grid = table(document, (24, 4, TEXT_WIDTH - 28), len(rows), pad=0)
    for row, (label, texts) in zip(grid.rows, rows, strict=True):
        write(row.cells[0], "Kepala Surat", label)
        if not label.startswith("{%"):
            write(row.cells[1], "Kepala Surat", ":")
            write(row.cells[2], "Kepala Surat", *texts)
    write_control(grid.rows[-1].cells[2], "Kepala Surat", DATE, "{{ tanggal_naskah }}")
    for cell in grid.rows[-1].cells:
        borders(cell, bottom=THIN)
    lines(document, "Sela", [""])


#: Of a table's rows the last one.
LAST = "loop.last"


def together(most: int) -> str:
    """Return that holds of all rows of a table that has no more than so many; of a longer one of the last alone."""
    return f"{LAST} or loop.length <= {most}"


def listing(
    document: Any,
    columns: Sequence[tuple[float, str, str]],
    name: str,
    *,
    least: float = 6,
    left: float = 0,
    held: str = "",
) -> Any:
    """Draw a table with a row for every entry of a list: widths, headings and cell texts; the head is repeated.

    ``held``: the rows of which that holds (:data:`LAST`, or :func:`together`) stay on the page of what follows them.
    """
    grid = table(document, [width for width, _, _ in columns], 8 if held else 4, lines=THIN, pad=1.5, left=left)
    head, opening, *entries, closing = grid.rows
    heading(head)
    height(head, 7)
    for cell, (_, title, _) in zip(head.cells, columns, strict=True):
        write(cell, "Kepala Tabel", title)
        cell.vertical_alignment = MIDDLE
    write(opening.cells[0], "Isi Tabel", f"{{%tr for baris in {name} %}}")
    if held:
        for row, tag in zip((entries[0], entries[2], entries[4]), (f"if {held}", "else", "endif"), strict=True):
            write(row.cells[0], "Isi Tabel", f"{{%tr {tag} %}}")
    for row in entries[1::2] if held else entries:
        _entry(row, columns, least, keep=bool(held) and row is entries[1])
    write(closing.cells[0], "Isi Tabel", "{%tr endfor %}")
    return grid


def _entry(row: Any, columns: Sequence[tuple[float, str, str]], least: float, *, keep: bool) -> None:
    """Write the row that stands for an entry; ``keep``: it stays with what follows."""
    for cell, (_, title, text) in zip(row.cells, columns, strict=True):
        write(cell, "Angka Tabel" if title in ("No.", "Tanggal") else "Isi Tabel", text)
        cell.vertical_alignment = MIDDLE
        if keep:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    height(row, least)


def signature(
    document: Any, *above: str, dated: bool = False, initialled: bool = False, wide: float = SIGNATURE
) -> None:
    """Draw the signature block at the right: one row that never splits, held to the paragraphs before it (Penutup).

    ``dated``: place and date stand above it. ``initialled``: the boxes of those who initial it stand at its left.
    ``wide``: how wide the block is, in millimetres.
    """
    grid = table(document, (TEXT_WIDTH - wide, wide), 1, pad=0)
    block = grid.rows[0].cells[1]
    if initialled:
        initials(grid.rows[0].cells[0])
    if dated:
        write_control(block, "Tanda Tangan", DATE, DATE_OR_DOTS, before="{{ tempat }}, ")
    write(block, "Tanda Tangan", *above, "{{ penandatangan_jabatan }},", "", "", "", "")
    write(block, "Tanda Tangan", f"{{{{ penandatangan_nama or '{DOTS}' }}}}")
    write(block, "Tanda Tangan", f"NIP {{{{ penandatangan_nip or '{DOTS[:28]}' }}}}")
    for paragraph in block.paragraphs[-1:]:
        paragraph.paragraph_format.keep_with_next = False


def initials(cell: Any, people: str = "paraf") -> None:
    """Draw a row with room for everybody's initial, low in a cell; nothing where nobody initials."""
    cell.vertical_alignment = BOTTOM
    write(cell, "Sela", f"{{%p if {people} %}}")
    grid = table(cell, (44, 26), 4, lines=FAINT)
    head, opening, entry, closing = grid.rows
    for box, title in zip(head.cells, ("Diparaf oleh", "Paraf, tanggal"), strict=True):
        write(box, "Kepala Paraf", title)
    write(opening.cells[0], "Paraf", f"{{%tr for pejabat in {people} %}}")
    write(entry.cells[0], "Paraf", "{{ pejabat }}")
    entry.cells[0].vertical_alignment = MIDDLE
    height(entry, 9)
    write(closing.cells[0], "Paraf", "{%tr endfor %}")
    lines(cell, "Sela", ["{%p endif %}"])
    close_cell(cell)


def copies(document: Any) -> None:
    """Write the Tembusan, if there are any: an only one needs no number."""
    lines(document, "Judul Tembusan", ["{%p if tembusan %}", "Tembusan:"])
    lines(document, "Tembusan", ["{%p if tembusan|length == 1 %}", "{{ tembusan[0] }}", "{%p else %}"])
    each(document, "Tembusan", "tembusan", "{{ loop.index }}.\t{{ butir }}")
    lines(document, "Tembusan", ["{%p endif %}", "{%p endif %}"])


def signature_and_copies(document: Any) -> None:
    """Draw signature and Tembusan in one row: they never part, which a row alone and the lines after it would."""
    cell = table(document, (TEXT_WIDTH,), 1, pad=0).rows[0].cells[0]
    cell._tc.remove(cell.paragraphs[0]._p)
    signature(cell, initialled=True)
    copies(cell)
    close_cell(cell)


def close_cell(cell: Any) -> None:
    """Make the empty paragraphs that Word wants behind tables in a cell, and at its end, as low as any."""
    cell.add_paragraph()
    for paragraph in cell.paragraphs:
        if not paragraph.text:
            paragraph.style = "Sela"


def signature_and_approval(document: Any, *, high: float) -> None:
    """Draw the signature of a memo and below it, never on another page, the box in which its superiors approve.

    ``high``: how high each one's row is, in millimetres.
    """
    cell = table(document, (TEXT_WIDTH,), 1, pad=0).rows[0].cells[0]
    cell._tc.remove(cell.paragraphs[0]._p)
    signature(cell, initialled=True)
    cell.paragraphs[-1].style = "Sela"  # the paragraph that Word wants after a table in a cell
    lines(cell, "Sela", [""])
    approval(cell, high)
    cell.paragraphs[-1].style = "Sela"


def signature_and_titled_approval(document: Any, closing: str, title: str, *, high: float) -> Any:
    """Draw how a memo ends, its signature, and below a title the box in which its superiors approve: on one page.

    Returns the paragraph of the title, which may go on.
    """
    cell = table(document, (TEXT_WIDTH,), 1, pad=0).rows[0].cells[0]
    write(cell, "Penutup", closing)
    signature(cell, initialled=True)
    cell.paragraphs[-1].style = "Sela"  # the paragraph that Word wants after a table in a cell
    lines(cell, "Judul Tabel", [title])
    titled = cell.paragraphs[-1]
    approval(cell, high)
    cell.paragraphs[-1].style = "Sela"
    return titled


def approval(holder: Any, high: float) -> None:
    """Draw a row for everybody in ``persetujuan``, so high (mm) that they can write what they order, and sign."""
    grid = table(holder, (50, TEXT_WIDTH - 100, 50), 4, lines=THIN, pad=1.5)
    head, opening, entry, closing = grid.rows
    for cell, title in zip(head.cells, ("Pejabat", "Catatan/arahan", "Tanda tangan, tanggal"), strict=True):
        write(cell, "Kepala Tabel", title)
    write(opening.cells[0], "Isi Tabel", "{%tr for pejabat in persetujuan %}")
    # The name stands below the post without a blank: a signature that is looked for has one above its name.
    write(entry.cells[0], "Isi Tabel", "{{ pejabat.sebagai }},", "{{ pejabat.jabatan }}", "{{ pejabat.nama }}")
    write(entry.cells[0], "Isi Tabel", "{{ 'NIP ' if pejabat.nip }}{{ pejabat.nip }}")
    entry.cells[0].vertical_alignment = MIDDLE
    height(entry, high)
    write(closing.cells[0], "Isi Tabel", "{%tr endfor %}")


def attachment(document: Any, title: str, *, when: str) -> None:
    """Begin a page of its own for an attachment, when the value is there; end it with :func:`attachment_end`."""
    lines(document, "Kepala Lampiran", [f"{{%p if {when} %}}"])
    first = document.add_paragraph("Lampiran surat", style="Kepala Lampiran")
    first.paragraph_format.page_break_before = True
    grid = table(document, (18, 4, TEXT_WIDTH - 22), 2, pad=0)
    rows = (("Nomor", NUMBER, NUMBER_OR_DOTS), ("Tanggal", DATE, DATE_OR_DOTS))
    for row, (label, field, value) in zip(grid.rows, rows, strict=True):
        write(row.cells[0], "Kepala Lampiran", label)
        write(row.cells[1], "Kepala Lampiran", ":")
        write_control(row.cells[2], "Kepala Lampiran", field, value)
    lines(document, "Judul Lampiran", [title])


def attachment_end(document: Any) -> None:
    """Close what :func:`attachment` began."""
    lines(document, "Sela", ["{%p endif %}"])


def tabs(document: Any, style: str, mm: float) -> None:
    """Give a style the tab stop at which its text hangs."""
    document.styles[style].paragraph_format.tab_stops.add_tab_stop(Mm(mm), WD_TAB_ALIGNMENT.LEFT)
