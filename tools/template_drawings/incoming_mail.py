"""Draws the sheets of the service *Pengelolaan Surat Masuk*: agenda card, disposition sheet, letter of return.

Their values follow from the service's data (:mod:`pipeline.letters.sheets.generic`); no module knows these sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from template_drawings.official_letter import letterhead, listing, paper, reference, signature
from template_drawings.paper import (
    CENTRE,
    FAINT,
    KOP_SMALL,
    MIDDLE,
    PALE,
    TEXT_WIDTH,
    Look,
    height,
    lines,
    page,
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
    ("Jenis dan sifat", "{{ isian.jenis_surat }}; {{ isian.sifat or 'biasa' }}"),
)
_KEPT = (
    ("Kode klasifikasi", "{{ isian.klasifikasi }}"),
    ("Indeks", "{{ isian.indeks }}"),
    ("Boks, rak", "{{ isian.boks }} / {{ isian.rak }}"),
)


def draw_card() -> Any:
    """Draw the agenda card: what came, where it went, what was done about it, where it lies."""
    document = _sheet("Kartu Agenda Surat Masuk", "KARTU AGENDA SURAT MASUK")
    _pairs(document, _LETTER)
    lines(document, "Bagian", ["Tindak lanjut"])
    _pairs(
        document,
        (
            ("Disposisi", "{{ gerak.disposisi.tanggal }} {{ gerak.disposisi.isi_disposisi }}"),
            ("Diteruskan kepada", "{{ gerak.disposisi.diteruskan_kepada }}"),
            ("Diserahkan", "{{ gerak.distribusikan.tanggal }} {{ gerak.distribusikan.diserahkan_kepada }}"),
            ("Hasil", "{{ gerak.laporkan_tindak_lanjut.tanggal }} {{ gerak.laporkan_tindak_lanjut.hasil }}"),
        ),
    )
    lines(document, "Bagian", ["Berkas"])
    _pairs(document, _KEPT)
    return document


def draw_disposition() -> Any:
    """Draw the disposition sheet: what came, and a row for each time it was passed on."""
    document = _sheet("Lembar Disposisi Surat Masuk", "LEMBAR DISPOSISI")
    _pairs(document, _LETTER)
    lines(document, "Bagian", ["Derajat: {{ gerak.disposisi.derajat or 'Biasa' }}"])
    columns = (
        (28, "Tanggal", "{{ baris.tanggal }}"),
        (36, "Dari", "{{ baris.dari }}"),
        (36, "Kepada", "{{ baris.kepada }}"),
        (60, "Isi disposisi", "{{ baris.isi }}"),
    )
    listing(document, columns, "disposisi", least=10)
    lines(document, "Kaki", ["Mohon tidak memisahkan lembar disposisi ini dari suratnya."])
    return document


def draw_return() -> Any:
    """Draw the letter with which what was sent to the wrong office goes back."""
    document = paper("Surat Pengembalian")
    reference(document, "Pengembalian surat")
    grid = table(document, (11, 139), 1, pad=0)
    write(grid.rows[0].cells[0], "Tujuan", "Yth.")
    write(grid.rows[0].cells[1], "Tujuan", "{{ gerak.susun_pengembalian.tujuan }}")
    lines(document, "Sela Kepala", [""])
    what = (
        "Sehubungan dengan surat {{ isian.asal_surat }}{% if isian.nomor_surat %} Nomor {{ isian.nomor_surat }}"
        "{% endif %}{% if isian.tanggal_surat %} tanggal {{ isian.tanggal_surat }}{% endif %} hal {{ isian.perihal }}, "
        "yang kami terima pada {{ diterima }} dan kami catat dengan nomor agenda {{ nomor_register }}, dengan ini "
        "surat tersebut kami kembalikan karena alasan berikut:"
    )
    lines(document, "Isi Surat", [what, "{{ gerak.susun_pengembalian.alasan }}"])
    lines(document, "Penutup", ["Atas perhatian Bapak/Ibu, kami ucapkan terima kasih."])
    signature(document)
    return document


def _sheet(title: str, heading: str) -> Any:
    document = page(title, "Surat masuk", top=12, bottom=20, looks=_LOOKS)
    secret_mark(document.sections[0].header)
    letterhead(document)
    lines(document, "Judul", [heading])
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
