"""Draws the form for an oral complaint (``01-formulir-pengaduan``).

It is filled in by the machine as far as the case is known, and by hand for the rest: so every answer has room for
handwriting, and a long answer that is known may grow. Page 1 says who and against whom, page 2 what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from template_drawings.form import LABEL, answers, choices, numbered, rows, ruled, told
from template_drawings.official_letter import letterhead
from template_drawings.paper import (
    CENTRE,
    FAINT,
    KOP_SMALL,
    MIDDLE,
    PALE,
    TEXT_WIDTH,
    THIN,
    Look,
    borders,
    height,
    lines,
    page,
    shade,
    table,
    write,
)

from pipeline.cases.register_words import register_words
from pipeline.letters.sheets.oral_complaint import FORM, box_name

STATEMENT = (
    "Saya menyatakan bahwa keterangan di atas benar dan saya sampaikan tanpa paksaan. Saya mengetahui bahwa identitas "
    "{{ identitas_siapa }} dirahasiakan, kecuali apabila di bawah ini saya menyatakan bersedia,"
    "{% if anak_tetap %} bahwa identitas anak selalu dirahasiakan,{% endif %} dan bahwa data pribadi saya"
    "{% if anak_tetap %} dan anak{% endif %} hanya digunakan untuk menangani pengaduan ini. "
    "{% if hadir %}Formulir ini telah dibacakan kepada saya atau saya baca sendiri sebelum saya tanda tangani."
    "{% else %}Formulir ini saya tanda tangani ketika hadir di kantor, setelah dibacakan kepada saya atau saya baca "
    "sendiri.{% endif %}"
    "{% if bagi_anak %} Saya menyampaikan pengaduan ini demi kepentingan terbaik bagi anak, selaku "
    "☐\u00a0orang\u00a0tua / ☐\u00a0wali / ☐\u00a0keluarga\u00a0lain / ☐\u00a0lainnya: ....................{% endif %}"
    "{% if anak_mengadu %} Saya didampingi orang tua/wali yang disebut pada bagian A, yang ikut menandatangani: "
    "..............................{% endif %}"
)
#: What the officer who signs says of the form.
FILLED_BY = "Petugas mengisi formulir ini menurut {{ diisi_menurut }}."
CONSENT = (
    "{{ yang_mengizinkan }} {{ izin_identitas.ya }}\u00a0bersedia / {{ izin_identitas.tidak }}\u00a0tidak\u00a0"
    "bersedia identitas {{ identitas_izin }} diberitahukan kepada {{ instansi_diberitahu }} (pilih satu)."
    "{% if pelapor_lain_memilih %} Pelapor lain memilih sendiri pada bagian A; apabila ada yang tidak bersedia, "
    "identitas semua pelapor dirahasiakan.{% endif %}"
)


#: What another complainant answers who signs beside the first.
_ANSWERS = "☐\u00a0ya   ☐\u00a0tidak"
_RESPONDENT = (
    ("Nama", "{{ orang.nama }}", 58),
    ("Jabatan", "{{ orang.jabatan }}", 44),
    ("Instansi", "{{ orang.instansi }}", 58),
)


#: What is said of the day: what was read in the news is not received.
_CAME = "{% if tanpa_pelapor %}Dicatat{% else %}Diterima{% endif %}"


def draw_form() -> Any:
    """Draw the form: who complains, about whom, what happened, what is asked; statement and signatures."""
    looks = {
        **KOP_SMALL,
        "Judul": Look(13, bold=True, align=CENTRE, before=4, spacing=0.5),
        "Anak Judul": Look(9, align=CENTRE, after=4),
        "Bagian": Look(9.5, bold=True, before=4, after=2, left=5, first=-5, keep=True),
        "Label": Look(8.5),
        "Judul Kotak": Look(8.5, left=4, first=-4),
        "Isian": Look(9.5),
        "Pilihan": Look(8.5),
        "Petunjuk": Look(7.5, italic=True),
        "Uraian": Look(9.5, after=2),
        "Butir Uraian": Look(9.5, after=2, left=6, first=-6),
        "Garis Tulis": Look(9.5),
        "Angka NIK": Look(10, align=CENTRE),
        "Pernyataan": Look(9, after=3, keep=True),
        "Tanda Tangan": Look(9.5, align=CENTRE, keep=True),
        "Kepala Halaman": Look(8, align=CENTRE),
    }
    document = page("Formulir Pengaduan", "Pengaduan masyarakat", top=10, bottom=26, looks=looks)
    ruled(document.styles["Garis Tulis"])
    numbered(
        document, "Formulir {% if tanpa_pelapor %}Pencatatan Berita{% else %}Pengaduan{% endif %} {{ nomor_register }}"
    )
    letterhead(document)
    lines(document, "Judul", ["FORMULIR {% if tanpa_pelapor %}PENCATATAN BERITA{% else %}PENGADUAN{% endif %}"])
    lines(document, "Anak Judul", ["{{ layanan }}"])
    _office_box(document)
    _complainant(document)
    _respondent(document)
    _matter(document)
    _statement(document)
    return document


def _office_box(document: Any) -> None:
    grid = table(document, (LABEL, 46, 18, 64), 1, lines=THIN)
    cells = grid.rows[0].cells
    for cell, style, text in zip(
        cells,
        ("Label", "Isian", "Label", "Isian"),
        ("Nomor register", "{{ nomor_register }}", _CAME, "{{ tanggal_terima }} pukul {{ jam_terima }}"),
        strict=True,
    ):
        write(cell, style, text)
        cell.vertical_alignment = MIDDLE
    shade(cells[0], PALE)
    shade(cells[2], PALE)
    height(grid.rows[0], 7)
    lines(document, "Sela", ["{%p if not tanpa_pelapor %}"])
    choices(document, "Cara penyampaian", "cara", _boxes(register_words().channels), 4)
    lines(document, "Sela", ["{%p endif %}"])


def _complainant(document: Any) -> None:
    agency = "{% if dari_instansi %}Instansi yang melimpahkan{% else %}Pelapor{% endif %}"
    lines(document, "Bagian", [f"A.\t{{% if tanpa_pelapor %}}Sumber pemberitaan{{% else %}}{agency}{{% endif %}}"])
    lines(document, "Sela", ["{%p if tanpa_pelapor %}"])
    answers(document, [("Nama media", "{{ media }}"), ("Tanggal terbit", "{{ tanggal_terbit }}", "Laman", "")])
    lines(document, "Sela", ["{%p else %}", "{%p if dari_instansi %}"])
    _agency(document)
    lines(document, "Sela", ["{%p else %}"])
    answers(document, [("Nama lengkap", "{{ pelapor_nama }}")])
    _identity(document)
    answers(document, [("Tempat/tanggal lahir", "{{ pelapor_lahir }}", "Pekerjaan", "{{ pelapor_pekerjaan }}")])
    choices(document, "Jenis kelamin", "kelamin", _boxes(register_words().sexes), 4)
    answers(
        document,
        [
            ("Alamat", "{{ pelapor_alamat }}"),
            ("Telepon", "{{ pelapor_telepon }}", "Surel", "{{ pelapor_surel }}"),
            ("Lembaga/kelompok", "{{ lembaga_pelapor }}", "Jumlah orang", "{{ jumlah_kelompok }}"),
        ],
    )
    choices(document, "Bertindak sebagai", "kapasitas", _boxes(register_words().capacities), 5)
    answers(
        document,
        [
            ("Nama kuasa", "{{ kuasa_nama }}", "No. surat kuasa", "{{ kuasa_nomor }}"),
            ("Alamat kuasa", "{{ kuasa_alamat }}", "Telepon", "{{ kuasa_telepon }}"),
        ],
    )
    lines(document, "Sela", [""])  # joined to the table above, its head would not be repeated on a next page
    rows(
        document,
        "pelapor_lain",
        (
            ("Pelapor lain (bila ada): nama", "{{ orang.nama }}", 38),
            ("NIK", "{{ orang.nik }}", 34),
            ("Alamat", "{{ orang.alamat }}", 38),
            ("Identitas boleh disebut", _ANSWERS, 24),
            ("Tanda tangan", "", 26),
        ),
    )
    lines(document, "Sela", ["{%p endif %}", "{%p endif %}"])
    answers(
        document, [("Korban{% if not tanpa_pelapor and not dari_instansi %} (orang lain){% endif %}", "{{ korban }}")]
    )
    lines(document, "Sela", ["{%p if korban_anak %}"])
    answers(document, [("Umur/tanggal lahir anak", "{{ anak_umur }}", "Orang tua/wali", "")])
    lines(document, "Sela", ["{%p endif %}"])
    choices(document, "Kerentanan korban", "kerentanan", _vulnerabilities(), 5)


def _agency(document: Any) -> None:
    """Draw what is asked of an agency that passed a complaint on: its letter, whom to call, who complained to it."""
    answers(
        document,
        [
            ("Nama instansi", "{{ lembaga_pelapor }}"),
            ("Nomor surat pelimpahan", "{{ nomor_surat }}", "Tanggal", "{{ tanggal_surat }}"),
            ("Pejabat penghubung", "{{ pejabat_penghubung }}", "Telepon", ""),
            ("Pelapor asal", "{{ pelapor_nama }}", "Telepon", "{{ pelapor_telepon }}"),
            ("Alamat pelapor asal", "{{ pelapor_alamat }}"),
        ],
    )


def _identity(document: Any) -> None:
    """Draw the sixteen boxes of the NIK, and after them what was written if it has not sixteen digits."""
    each = 5.0
    rest = TEXT_WIDTH - LABEL - 16 * each
    grid = table(document, (LABEL, *[each] * 16, rest), 1, lines=FAINT, pad=0)
    cells = grid.rows[0].cells
    write(cells[0], "Label", "NIK (16 angka)")
    shade(cells[0], PALE)
    for number in range(16):
        write(cells[1 + number], "Angka NIK", f"{{{{ nik[{number}] }}}}")
    note = "{% if nik_tertulis %}tertulis {{ nik_tertulis }}, mohon diperiksa{% endif %}"
    write(cells[-1], "Petunjuk", note)
    cells[-1].paragraphs[0].paragraph_format.left_indent = Mm(1.2)
    for cell in cells:
        cell.vertical_alignment = MIDDLE
    height(grid.rows[0], 8)
    none = {"val": "nil"}
    borders(cells[-1], top=none, bottom=none)


def _respondent(document: Any) -> None:
    lines(document, "Bagian", ["B.\tTerlapor"])
    rows(document, "terlapor", _RESPONDENT)
    choices(document, "Kategori terlapor", "kelas", _boxes(register_words().classes), 5)
    answers(
        document,
        [
            ("Tempat kejadian (desa/kelurahan, kecamatan, kab./kota)", "{{ tempat_kejadian }}"),
            ("Waktu kejadian", "{{ waktu_kejadian }}"),
        ],
    )


def _matter(document: Any) -> None:
    lines(document, "Sela", ["{%p if tanpa_pelapor %}"])
    lines(document, "Bagian", ["C.\tIsi pemberitaan"])
    _story(document, 1, 2, 1)
    lines(document, "Sela", ["{%p else %}"])
    lines(document, "Bagian", ["C.\tIsi pengaduan"])
    document.paragraphs[-1].paragraph_format.page_break_before = True
    _story(document, 2, 6, 2)
    told(document, "4.\tHal-hal yang dimohon", "permohonan", 3, mark="{{ loop.index }}.")
    lines(document, "Sela", ["{%p endif %}"])
    lines(document, "Bagian", ["D.\tKeterangan lain"])
    lines(document, "Sela", ["{%p if not tanpa_pelapor %}"])
    answers(
        document,
        [
            ("Upaya yang sudah ditempuh", "{{ upaya }}"),
            ("Instansi lain yang sudah diadukan", "{{ instansi_lain }}"),
        ],
    )
    lines(document, "Sela", ["", "{%p endif %}"])  # what is told may stay on the page before; the boxes go along
    before, words = len(document.tables), register_words()
    numbered_rights = [f"{n}. {right.name}" for n, right in enumerate(words.rights, 1)]
    rights = [*zip(map(box_name, words.right_words), numbered_rights, strict=True)]
    undecided = (box_name(words.undecided), words.undecided.capitalize())
    choices(document, "Hak yang diduga dilanggar (UU Nomor 39 Tahun 1999)", "hak", [*rights, undecided], 2, 52)
    lines(document, "Sela", ["{%p if not tanpa_pelapor %}"])
    choices(document, "Dokumen pendukung", "dokumen", _boxes(words.papers), 4)
    lines(document, "Sela", ["{%p if dokumen_lain %}"])
    answers(document, [("Dokumen lainnya", "{{ dokumen_lain }}")], least=5.3)
    lines(document, "Sela", ["{%p endif %}"])
    lines(document, "Sela", ["{%p endif %}"])
    _kept_with_signatures(document.tables[before:])


def _kept_with_signatures(tables: Sequence[Any]) -> None:
    """Keep every row on the page of what follows: no statement and no signature stands alone there.

    LibreOffice joins tables that touch, and keeps one with what follows only if all of its rows are kept.
    """
    for paragraph in (p for grid in tables for p in grid._tbl.iter(qn("w:p"))):  # also of cells merged into others
        Paragraph(paragraph, None).paragraph_format.keep_with_next = True


def _story(document: Any, matter: int, story: int, proof: int) -> None:
    """Draw what happened, with so many lines to write on for each; the news has few, so that one page holds it."""
    told(document, "1.\tPokok permasalahan", "pokok_permasalahan", matter)
    told(document, "2.\tUraian (siapa, apa, kapan, di mana, bagaimana)", "uraian", story)
    told(document, "3.\tData dan informasi (bukti, saksi, surat)", "data_informasi", proof)


def _statement(document: Any) -> None:
    """Draw what the complainant states and signs; where nobody complains in person, the officer signs alone."""
    dots = "." * 40
    lines(document, "Sela", ["{%p if ada_pernyataan %}"])
    lines(document, "Bagian", ["E.\tPernyataan"])
    lines(document, "Pernyataan", [STATEMENT, CONSENT, FILLED_BY])
    grid = table(document, (TEXT_WIDTH / 2, TEXT_WIDTH / 2), 1, pad=1)
    giver, officer = grid.rows[0].cells
    dated = f"{{{{ '' if hadir else '{dots[:24]}, {dots[:24]}' }}}}"  # who was not there signs on another day
    write(giver, "Tanda Tangan", dated, "{{ yang_menyatakan_sebagai }},", "", "", "", "")
    write(giver, "Tanda Tangan", f"{{{{ yang_menyatakan or '{dots}' }}}}")
    _officer(officer, dots)
    write(giver, "Tanda Tangan", "{% if cap_jempol %}(tanda tangan atau cap jempol){% endif %}")
    for cell in (giver, officer):
        cell.paragraphs[-1].paragraph_format.keep_with_next = False
    lines(document, "Sela", ["{%p else %}"])
    lines(document, "Bagian", ["E.\tDicatat oleh petugas"])
    lines(document, "Pernyataan", [FILLED_BY])
    _, officer = table(document, (TEXT_WIDTH / 2, TEXT_WIDTH / 2), 1, pad=1).rows[0].cells
    _officer(officer, dots)
    lines(document, "Sela", ["{%p endif %}"])


def _officer(cell: Any, dots: str) -> None:
    write(cell, "Tanda Tangan", "{{ tempat }}, {{ tanggal_dokumen }}", "{{ petugas_jabatan }},", "", "", "", "")
    write(cell, "Tanda Tangan", f"{{{{ petugas_nama or '{dots}' }}}}", f"NIP {{{{ petugas_nip or '{dots[:30]}' }}}}")


def _vulnerabilities() -> list[tuple[str, str]]:
    """Return the boxes of the victim's vulnerability, with the short forms written out."""
    written_out = {"WBP": "tahanan/warga binaan"}
    return [(box_name(word), written_out.get(word, word)) for word in register_words().vulnerabilities]


def _boxes(words: Iterable[str]) -> list[tuple[str, str]]:
    """Return a box for each of the register's words: what the template calls it, and the word."""
    return [(box_name(word), word) for word in words]


DRAWINGS: Mapping[str, Callable[[], Any]] = {FORM: draw_form}
