"""Draws the sheets of the service *Pengelolaan Surat Masuk*: agenda card, disposition sheet, letter of return.

Their values follow from the service's data (:mod:`pipeline.letters.sheets.generic`); no module knows these sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from template_drawings.official_letter import letterhead, paper, reference, signature
from template_drawings.paper import (
    CENTRE,
    FAINT,
    KOP_SMALL,
    MIDDLE,
    PALE,
    TEXT_WIDTH,
    THIN,
    Look,
    heading,
    height,
    lines,
    page,
    page_number,
    secret_mark,
    shade,
    table,
    write,
)

_LOOKS = {
    **KOP_SMALL,
    "Judul": Look(13, bold=True, align=CENTRE, before=6, after=6, spacing=1),
    "Label": Look(8.5),
    "Isian": Look(9.5),
    "Kepala Tabel": Look(9, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(9),
    "Angka Tabel": Look(9, align=CENTRE),
    "Pejabat": Look(8),
    "Lanjutan": Look(9, align=CENTRE, after=6),
    "Bagian": Look(9.5, bold=True, before=8, after=3, keep=True),
    "Kaki": Look(8.5, italic=True, before=6),
}
_LETTER = (
    ("Nomor agenda", "{{ nomor_register }}"),
    ("Diterima", "{{ diterima }}"),
    ("Cara penyampaian", "{{ isian.cara_penyampaian }}"),
    ("Asal surat", "{{ isian.asal_surat }}"),
    (
        "Nomor dan tanggal surat",
        "{{ isian.nomor_surat or 'tanpa nomor' }}, {{ isian.tanggal_surat or 'tanpa tanggal' }}",
    ),
    ("Hal", "{{ isian.perihal }}"),
    ("Isi ringkas", "{{ isian.ringkasan }}"),
    ("Lampiran", "{{ isian.lampiran_surat }}"),
    ("Jenis surat", "{{ isian.jenis_surat }}"),
    ("Sifat", "{{ sifat }}"),
)
_KEPT = (
    ("Kode klasifikasi", "{{ isian.klasifikasi }}"),
    ("Indeks", "{{ isian.indeks }}"),
    ("Boks", "{{ isian.boks }}"),
    ("Rak", "{{ isian.rak }}"),
)
#: What the head ticks on paper or chose at the desk: the sentences that the move offers (``moves.toml``).
_INSTRUCTIONS = (
    ("Tindak lanjuti", "Untuk diketahui", "Hadiri/wakili"),
    ("Siapkan jawaban", "Bicarakan dengan saya", "Arsipkan"),
)
#: How many rows of the way stay empty for those who write by hand.
_EMPTY_ROWS = 3


def _dated(move: str, name: str) -> str:
    """Return a move's answer behind the day on which it was made; nothing where it was not."""
    return f"{{% if gerak.{move}.tanggal %}}{{{{ gerak.{move}.tanggal }}}}: {{{{ gerak.{move}.{name} }}}}{{% endif %}}"


def draw_card() -> Any:
    """Draw the agenda card: what came, where it went, what was done about it, where it lies."""
    document = _sheet("Kartu Agenda Surat Masuk", "KARTU AGENDA SURAT MASUK")
    _pairs(document, _LETTER)
    lines(document, "Bagian", ["Tindak lanjut"])
    _pairs(
        document,
        (
            ("Disposisi", _dated("disposisi", "isi_disposisi")),
            ("Diteruskan kepada", "{{ gerak.disposisi.diteruskan_kepada }}"),
            ("Diserahkan kepada", _dated("distribusikan", "diserahkan_kepada")),
            ("Hasil", _dated("laporkan_tindak_lanjut", "hasil")),
            ("Dikembalikan kepada", _dated("susun_pengembalian", "tujuan")),
            ("Menjadi pengaduan", _dated("jadikan_pengaduan", "alasan")),
        ),
    )
    lines(document, "Bagian", ["Berkas"])
    _pairs(document, _KEPT)
    return document


def draw_disposition() -> Any:
    """Draw the disposition sheet: what came, who passes it to whom with which words, and room to write by hand."""
    document = _sheet("Lembar Disposisi Surat Masuk", "LEMBAR DISPOSISI")
    _pairs(document, (*_LETTER, ("Derajat", "{{ gerak.disposisi.derajat or 'Biasa' }}")))
    lines(document, "Bagian", ["Perjalanan"])
    _way(document)
    lines(document, "Bagian", ["Petunjuk"])
    grid = table(document, (TEXT_WIDTH / 3,) * 3, len(_INSTRUCTIONS), lines=FAINT)
    for row, texts in zip(grid.rows, _INSTRUCTIONS, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            ticked = f"{{{{ '☒' if '{text}' in gerak.disposisi.isi_disposisi else '☐' }}}}"
            write(cell, "Isi Tabel", f"{ticked}\u00a0{text}")
            cell.vertical_alignment = MIDDLE
        height(row, 6)
    lines(document, "Sela", [""])
    notes = table(document, (TEXT_WIDTH,), 1, lines=THIN)
    write(notes.rows[0].cells[0], "Label", "Catatan:")
    height(notes.rows[0], 22)
    lines(document, "Kaki", ["Mohon tidak memisahkan lembar disposisi ini dari suratnya."])
    return document


def _way(document: Any) -> None:
    """Draw who passed it to whom: to the head with the agenda, on with the head's words (80 mm), and empty rows."""
    passed = (
        ("gerak.konfirmasi.tanggal", "gerak.konfirmasi.oleh", "gerak.konfirmasi.kepada", "'Mohon disposisi'"),
        (
            "gerak.disposisi.tanggal",
            "gerak.disposisi.oleh or gerak.konfirmasi.kepada",
            "gerak.disposisi.diteruskan_kepada",
            "gerak.disposisi.isi_disposisi",
        ),
    )
    grid = table(document, (19.4, 22.3, 22.3, 80, 16), 1 + len(passed) + _EMPTY_ROWS, lines=THIN, pad=1)
    head, *rows = grid.rows
    heading(head)
    height(head, 6)
    for cell, text in zip(head.cells, ("Tanggal", "Dari", "Kepada", "Isi disposisi", "Paraf"), strict=True):
        write(cell, "Kepala Tabel", text)
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    for row, names in zip(rows, passed, strict=False):
        for cell, name in zip(row.cells, names, strict=False):
            write(cell, "Isi Tabel" if name is names[-1] else "Pejabat", f"{{{{ {name} }}}}")
            cell.vertical_alignment = MIDDLE
    for row in rows:
        height(row, 13)


def draw_return() -> Any:
    """Draw the letter with which what was sent to the wrong office goes back; it encloses what it returns."""
    document = paper("Surat Pengembalian")
    reference(document, "Pengembalian surat", enclosed="1 (satu) berkas")
    grid = table(document, (11, 139), 4, pad=0)
    write(grid.rows[0].cells[0], "Tujuan", "Yth.")
    write(grid.rows[0].cells[1], "Tujuan", "{{ gerak.susun_pengembalian.tujuan }}")
    write(grid.rows[1].cells[0], "Tujuan", "{%tr if gerak.susun_pengembalian.tempat_tujuan %}")
    write(grid.rows[2].cells[0], "Tujuan", "di")
    write(grid.rows[2].cells[1], "Tujuan", "{{ gerak.susun_pengembalian.tempat_tujuan }}")
    write(grid.rows[3].cells[0], "Tujuan", "{%tr endif %}")
    lines(document, "Sela Kepala", [""])
    what = (
        "Sehubungan dengan surat{% if isian.asal_surat %} {{ isian.asal_surat }}{% endif %}"
        "{% if isian.nomor_surat %} Nomor {{ isian.nomor_surat }}{% endif %}"
        "{% if isian.tanggal_surat %} tanggal {{ isian.tanggal_surat }}{% endif %}"
        "{% if isian.perihal %} mengenai {{ isian.perihal }}{% endif %} yang kami terima pada tanggal "
        "{{ tanggal_terima }} dengan nomor agenda {{ nomor_register }}, dengan ini surat tersebut kami kembalikan "
        "karena hal berikut:"
    )
    lines(document, "Isi Surat", [what, "{{ gerak.susun_pengembalian.alasan }}"])
    lines(document, "Penutup", ["Atas perhatian Saudara, kami ucapkan terima kasih."])
    signature(document)
    return document


def _sheet(title: str, heading_text: str) -> Any:
    document = page(title, "Surat masuk", top=12, bottom=20, looks=_LOOKS)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    first, later = section.first_page_header, section.header
    first.paragraphs[0].style = "Sela"
    continued = later.paragraphs[0]
    continued.style = "Lanjutan"
    continued.add_run(f"{heading_text}, lanjutan. Nomor agenda {{{{ nomor_register }}}}, halaman ")
    page_number(continued)
    for header in (first, later):
        secret_mark(header)
    letterhead(document)
    lines(document, "Judul", [heading_text])
    return document


def _pairs(document: Any, pairs: Sequence[tuple[str, str]]) -> None:
    grid = table(document, (42, TEXT_WIDTH - 42), len(pairs), lines=FAINT)
    for row, (label, text) in zip(grid.rows, pairs, strict=True):
        write(row.cells[0], "Label", label)
        write(row.cells[1], "Isian", text)
        shade(row.cells[0], PALE)
        for cell in row.cells:
            cell.vertical_alignment = MIDDLE
        height(row, 6)


DRAWINGS: Mapping[str, Callable[[], Any]] = {
    "02-kartu-agenda": draw_card,
    "03-lembar-disposisi-surat": draw_disposition,
    "04-surat-pengembalian": draw_return,
}
