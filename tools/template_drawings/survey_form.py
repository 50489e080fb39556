"""Draws the form of the survey (``survei-kepuasan``): a page that is ticked by hand, with no room for a name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import letterhead
from template_drawings.paper import (
    CENTRE,
    FAINT,
    KOP_SMALL,
    MIDDLE,
    TEXT_WIDTH,
    Look,
    height,
    lines,
    page,
    table,
    write,
)

from pipeline.letters.sheets.texts import SURVEY

_LOOKS = {
    **KOP_SMALL,
    "Judul": Look(13, bold=True, align=CENTRE, before=4),
    "Anak Judul": Look(9, align=CENTRE, after=4),
    "Petunjuk Isi": Look(9.5, after=4),
    "Unsur": Look(9.5, bold=True),
    "Tanya": Look(9.5),
    "Pilihan": Look(9.5, before=1),
    "Bagian": Look(10, bold=True, before=6, after=3, keep=True),
}


def draw_survey() -> Any:
    """Draw the form: what it is for, the nine elements, and what may be told of who answers."""
    document = page("Survei Kepuasan Masyarakat", "Survei", top=10, bottom=15, looks=_LOOKS)
    letterhead(document)
    lines(document, "Judul", ["SURVEI KEPUASAN MASYARAKAT"])
    lines(document, "Anak Judul", ["{{ layanan }} · {{ dasar }}"])
    says = (
        "Centang satu jawaban pada setiap pertanyaan. Jangan tulis nama, nomor register, atau kode status: jawaban ini "
        "tidak dihubungkan dengan pengaduan Saudara dan tidak memengaruhi penanganannya. Masukkan ke kotak survei."
    )
    lines(document, "Petunjuk Isi", [says])
    grid = table(document, (9, 68, TEXT_WIDTH - 77), 3, lines=FAINT)
    opening, entry, closing = grid.rows
    write(opening.cells[0], "Tanya", "{%tr for satu in unsur %}")
    write(entry.cells[0], "Unsur", "{{ satu.nomor }}")
    write(entry.cells[1], "Unsur", "{{ satu.nama }}")
    write(entry.cells[1], "Tanya", "{{ satu.tanya }}")
    for text in ("{%p for jawaban in satu.pilihan %}", "{{ jawaban }}", "{%p endfor %}"):
        write(entry.cells[2], "Pilihan", text)
    for cell in entry.cells:
        cell.vertical_alignment = MIDDLE
    height(entry, 18)
    write(closing.cells[0], "Tanya", "{%tr endfor %}")
    lines(document, "Bagian", ["Tentang Saudara (boleh tidak diisi)"])
    about = table(document, (38, TEXT_WIDTH - 38), 3, lines=FAINT)
    opening, entry, closing = about.rows
    write(opening.cells[0], "Tanya", "{%tr for satu in ciri %}")
    write(entry.cells[0], "Unsur", "{{ satu.nama }}")
    write(entry.cells[1], "Pilihan", "{{ satu.pilihan }}")
    height(entry, 9)
    write(closing.cells[0], "Tanya", "{%tr endfor %}")
    return document


DRAWINGS: Mapping[str, Callable[[], Any]] = {SURVEY: draw_survey}
