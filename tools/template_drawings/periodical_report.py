"""Draws the periodical reports (``pipeline/letters/sheets/periodical_report.py``): figures, charts, what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from template_drawings.official_letter import (
    DATE_OR_DOTS,
    NUMBER_OR_DOTS,
    each,
    each_to_closing,
    last_of,
    paper,
    reference,
    signature,
)
from template_drawings.paper import (
    CENTRE,
    MIDDLE,
    PALE,
    RIGHT,
    TEXT_WIDTH,
    THIN,
    Look,
    heading,
    height,
    lines,
    shade,
    table,
    write,
    write_control,
)

from pipeline.letters.approved_text import DATE, NUMBER
from pipeline.letters.sheets.texts import REPORT, SERVICE_REPORT

#: What stands in a chapter begins below the words of its heading, its lists too.
_NOTE = Look(10, after=2, left=14, first=-7)
_ENTRY = Look(10.5, after=3, left=14, first=-7, leading=1.15)
#: Charts are not kept with what follows: chained to titles and tables they would leave a third of a page empty.
_LOOKS = {
    "Judul Laporan": Look(13, bold=True, align=CENTRE, keep=True),
    "Periode": Look(11, align=CENTRE, keep=True, after=5),
    "Bab": Look(11, bold=True, before=6, after=3, left=7, first=-7, keep=True),
    "Anak Bab": Look(10.5, bold=True, before=6, after=3, left=14, first=-7, keep=True),
    "Isi": Look(10.5, after=5, left=7, leading=1.15),
    "Isi Tetap": Look(10.5, after=3, left=7, leading=1.15, keep=True),
    "Penutup Laporan": Look(10.5, after=8, left=7, leading=1.15, keep=True),
    "Bagan": Look(10, before=2, after=4),
    "Kepala Tabel": Look(9.5, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(9.5),
    "Angka": Look(9.5, align=RIGHT),
    "Isi Tabel Tetap": Look(9.5, keep=True),
    "Angka Tetap": Look(9.5, align=RIGHT, keep=True),
    "Keterangan": Look(8.5, italic=True, before=2, after=2),
    "Butir Catatan": _NOTE,
    "Butir Laporan": _ENTRY,
    "Butir Laporan Akhir": last_of(_ENTRY),
}
_FIGURES = (
    (TEXT_WIDTH - 96, "Uraian", "{{ b.uraian }}", "Isi Tabel"),
    (32.0, "{{ kolom_kini }}", "{{ b.kini }}", "Angka"),
    (32.0, "{{ kolom_lalu }}", "{{ b.lalu }}", "Angka"),
    (32.0, "Perubahan", "{{ b.perubahan }}", "Angka"),
)
#: The same of one trait: its table says which, because it may stand on the page after its title and chart.
_TRAIT = ((TEXT_WIDTH - 96, "{{ r.judul }}", "{{ b.uraian }}", "Isi Tabel"), *_FIGURES[1:])
_STEPS = (
    (10.0, "No.", "{{ b.nomor }}", "Angka"),
    (TEXT_WIDTH - 104, "Kegiatan", "{{ b.kegiatan }}", "Isi Tabel"),
    (26.0, "Waktu SOP", "{{ b.waktu }}", "Angka"),
    (28.0, "Median", "{{ b.median }}", "Angka"),
    (40.0, "Dalam waktu SOP", "{{ b.tepat }}", "Angka"),
)
_HELD = (
    (TEXT_WIDTH - 64, "Langkah SOP", "{{ b.uraian }}", "Isi Tabel"),
    (32.0, "Berjalan", "{{ b.berjalan }}", "Angka"),
    (32.0, "Melewati waktu", "{{ b.terlambat }}", "Angka"),
)


#: An entry of a list within a chapter.
_ENTERED = "a.\t{{ butir }}"
#: Of what the steps' times are told.
_COUNTED = (
    "Yang dihitung ialah setiap langkah yang diselesaikan pada {{ periode }}, juga dari perkara yang diterima "
    "sebelumnya. Median ialah nilai tengah dari lama langkah itu; “dalam waktu SOP” menyebut berapa kali dari "
    "seluruhnya langkah itu selesai dalam waktunya."
)
#: The number, which is given outside this program.


def draw_report() -> Any:
    """Draw the report; where there is nothing to count it says so once, instead of printing noughts."""
    document = paper("Laporan Berkala", extra=_LOOKS, of_case=False)
    _letter(document)
    _title(document)
    _chapters(document, "aduan", "Buku Register Aduan")
    return document


def draw_service_report() -> Any:
    """Draw the report of another service: the same chapters, without a letter to the ministry."""
    document = paper("Laporan Layanan", subject="Layanan kantor", extra=_LOOKS, of_case=False)
    lines(document, "Judul Laporan", ["LAPORAN BERKALA", "{{ layanan }}", "{{ kop_kantor }}"])
    lines(document, "Periode", ["{{ periode }} ({{ rentang }})"])
    _chapters(document, "perkara", "Buku Register {{ layanan }}")
    return document


def _chapters(document: Any, unit: str, book: str) -> None:
    """Draw the chapters; ``unit`` is what is counted, ``book`` the register that it was counted in."""
    lines(document, "Bab", ["1.\tDasar"])
    each(document, "Butir Laporan", "dasar", _ENTERED)
    lines(document, "Bab", ["2.\tRingkasan"])
    lines(document, "Isi", ["{{ pengantar }}"])
    _table(document, _FIGURES, "arus")
    lines(document, "Sela", ["{%p if not nihil %}"])
    _figures(document, unit)
    lines(document, "Sela", ["{%p endif %}"])
    _closing(document, book)


def _figures(document: Any, unit: str) -> None:
    """Draw the chapters of figures; of a period in which there was nothing to count they would all say that."""
    lines(document, "Bab", [f"3.\t{unit.capitalize()} masuk dan berakhir per bulan"])
    lines(document, "Bagan", ["{%p if bagan_bulan %}", "{{ bagan_bulan }}", "{%p else %}"])
    lines(document, "Isi", [f"Tidak ada {unit} yang masuk atau berakhir.", "{%p endif %}"])
    lines(document, "Bab", ["4.\tHasil dan ketepatan waktu"])
    lines(document, "Anak Bab", ["{%p if hasil %}", "a.\tPerkara yang berakhir, menurut hasilnya", "{%p endif %}"])
    _table(document, _FIGURES, "hasil", none="Tidak ada perkara yang berakhir pada kedua periode.")
    lines(document, "Sela", ["{%p if ketepatan %}"])
    lines(document, "Anak Bab", ["b.\tKetepatan waktu perkara yang berakhir"])
    _table(document, _FIGURES, "ketepatan")
    lines(document, "Sela", ["{%p endif %}"])
    lines(document, "Bab", ["5.\tLama tiap langkah SOP"])
    lines(document, "Isi Tetap", ["{%p if langkah %}", _COUNTED, "{%p endif %}"])
    _table(document, _STEPS, "langkah", none="Tidak ada langkah yang diselesaikan pada periode ini.")
    lines(document, "Bab", [f"6.\tRincian {unit} yang masuk"])
    _details(document, unit)
    lines(document, "Bab", ["7.\tSurat yang dikirim"])
    _table(document, _FIGURES, "surat_dikirim", none="Tidak ada surat yang dikirim pada kedua periode.")
    lines(document, "Bab", ["8.\tPerkara berjalan"])
    lines(document, "Isi", ["{{ berjalan }}"])
    lines(document, "Anak Bab", ["{%p if posisi %}", "Menurut langkah SOP"])
    lines(document, "Bagan", ["{{ bagan_posisi }}"])
    _table(document, _HELD, "posisi")
    lines(document, "Sela", ["{%p endif %}"])


def _letter(document: Any) -> None:
    """Draw the letter with which the report goes to the ministry; its number is given outside this program."""
    reference(document, "Laporan {{ layanan }} {{ periode }}")
    grid = table(document, (11, 125), 2, pad=0)
    for row, words in zip(grid.rows, (("Yth.", "Direktur Jenderal Hak Asasi Manusia"), ("di", "Jakarta")), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            write(cell, "Tujuan", text)
    lines(document, "Kepala Surat", [""])
    sent = "Bersama surat ini kami sampaikan Laporan {{ layanan }} pada {{ nama_kantor }} untuk {{ periode }}"
    lines(document, "Sela", ["{%p if nihil %}"])
    none = "tidak ada aduan yang masuk, perkara yang berakhir, ataupun perkara yang berjalan"
    lines(document, "Isi Surat", [f"{sent} ({{{{ rentang }}}}), sebagaimana terlampir. Laporan ini nihil: {none}."])
    lines(document, "Sela", ["{%p else %}"])
    lines(
        document,
        "Isi Surat",
        [f"{sent} ({{{{ rentang }}}}), sebagaimana terlampir. Laporan ini memuat hal-hal berikut:"],
    )
    held = ("jumlah aduan yang masuk, berakhir, dan berjalan;", "ketepatan waktu menurut SOP;")
    for letter, text in zip(
        "abcd",
        (*held, "rincian aduan yang masuk dan surat yang dikirim; dan", "capaian, kendala, simpulan, dan saran."),
        strict=True,
    ):
        lines(document, "Butir", [f"{letter}.\t{text}"])
    lines(document, "Sela", ["{%p endif %}"])
    closing = "Demikian kami sampaikan. Atas perhatian Bapak/Ibu, kami ucapkan terima kasih."
    lines(document, "Penutup", [closing])
    signature(document, initialled=True)


def _title(document: Any) -> None:
    """Begin the report itself, which is the letter's attachment."""
    first = document.add_paragraph("Lampiran surat", style="Kepala Lampiran")
    first.paragraph_format.page_break_before = True
    grid = table(document, (22, 4, TEXT_WIDTH - 26), 2, pad=0)
    issued = (("Nomor", NUMBER, NUMBER_OR_DOTS), ("Tanggal", DATE, DATE_OR_DOTS))
    for row, (label, field, text) in zip(grid.rows, issued, strict=True):
        for cell, words in zip(row.cells[:2], (label, ":"), strict=True):
            write(cell, "Kepala Lampiran", words)
        write_control(row.cells[2], "Kepala Lampiran", field, text)
    lines(document, "Sela", [""])
    lines(document, "Judul Laporan", ["LAPORAN PELAYANAN KOMUNIKASI MASYARAKAT", "{{ kop_kantor }}"])
    lines(document, "Periode", ["{{ periode }} ({{ rentang }})"])


def _table(document: Any, columns: Sequence[tuple[float, str, str, str]], name: str, *, none: str = "") -> None:
    """Draw a table that stays on one page with its heading; ``none``: what is said where it has no rows."""
    if none:
        lines(document, "Isi", [f"{{%p if not {name} %}}", none, "{%p else %}"])
    grid = table(document, [width for width, _, _, _ in columns], 8, lines=THIN, pad=1.5)
    head, opening, last, last_row, other, row, either, closing = grid.rows
    heading(head)
    height(head, 6.5)
    for cell, (_, title, _, _) in zip(head.cells, columns, strict=True):
        write(cell, "Kepala Tabel", title)
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    write(opening.cells[0], "Isi Tabel", f"{{%tr for b in {name} %}}")
    write(last.cells[0], "Isi Tabel", "{%tr if loop.last %}")
    write(other.cells[0], "Isi Tabel", "{%tr else %}")
    write(either.cells[0], "Isi Tabel", "{%tr endif %}")
    write(closing.cells[0], "Isi Tabel", "{%tr endfor %}")
    for entry, suffix in ((last_row, ""), (row, " Tetap")):
        for cell, (_, _, text, style) in zip(entry.cells, columns, strict=True):
            write(cell, style + suffix, text)
            cell.vertical_alignment = MIDDLE
        height(entry, 5.5)
    if none:
        lines(document, "Sela", ["{%p endif %}"])


def _details(document: Any, unit: str) -> None:
    lines(
        document, "Isi", ["{%p if not rincian %}", f"Tidak ada {unit} yang masuk pada kedua periode.", "{%p endif %}"]
    )
    lines(document, "Anak Bab", ["{%p for r in rincian %}", "a.\t{{ r.judul }}"])
    lines(document, "Bagan", ["{%p if r.bagan %}", "{{ r.bagan }}", "{%p endif %}"])
    _table(document, _TRAIT, "r.baris")
    lines(document, "Keterangan", ["{%p if r.keterangan %}", "{{ r.keterangan }}", "{%p endif %}", "{%p endfor %}"])


def _closing(document: Any, book: str) -> None:
    """Say what was achieved and what hindered, how was counted, and sign."""
    lines(document, "Sela", ["{%p if not nihil %}"])
    lines(document, "Bab", ["9.\tCapaian"])
    each(document, "Isi", "capaian")
    lines(document, "Bab", ["10.\tKendala"])
    lines(document, "Isi", ["{%p if kendala|length == 1 %}", "{{ kendala[0] }}", "{%p else %}"])
    each(document, "Butir Laporan", "kendala", _ENTERED)
    lines(document, "Isi", ["{%p endif %}", "{%p endif %}"])
    lines(document, "Bab", ["11.\tSimpulan dan saran"])
    each(document, "Isi", "simpulan")
    lines(document, "Isi Tetap", ["{%p if saran %}", "Berdasarkan angka tersebut disarankan agar:", "{%p endif %}"])
    each_to_closing(document, "Butir Laporan", "saran", _ENTERED)
    lines(document, "Sela", ["{%p if not nihil %}"])
    lines(document, "Bab", ["12.\tCara menghitung"])
    each(document, "Butir Catatan", "catatan", "a.\t{{ butir }}")
    lines(document, "Sela", ["{%p endif %}"])
    lines(document, "Bab", ["13.\tPenutup"])
    end = "untuk menjadi bahan pemantauan dan evaluasi pelayanan"
    lines(
        document,
        "Penutup Laporan",
        [f"Demikian laporan ini disusun dari {book} per {{{{ per }}}}, {end}."],
    )
    signature(document, dated=True)


DRAWINGS: Mapping[str, Callable[[], Any]] = {REPORT: draw_report, SERVICE_REPORT: draw_service_report}
