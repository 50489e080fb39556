"""Draws the papers of records in custody: loan form, checklist, transfer, hand-over, and how a register is closed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.shared import Mm
from template_drawings.audience import running_title
from template_drawings.official_letter import DOTS, letterhead, listing, paper
from template_drawings.paper import (
    KOP_SMALL,
    LETTER,
    TEXT_WIDTH,
    Look,
    lines,
    page,
    page_number,
    ruled,
    table,
    write,
)

from pipeline.letters.sheets.texts import (
    CHECKLIST,
    CLOSING_SHEET,
    HAND_OVER_MINUTES,
    LOAN_FORM,
    TRANSFER_LIST,
    TRANSFER_MINUTES,
)

_FORM_LOOKS = {
    **KOP_SMALL,
    "Judul Naskah": LETTER["Judul Naskah"],
    "Rincian": Look(10, after=1.5),
    "Rincian Keluar": Look(10, after=1.5, keep=True),
    "Isi Rata": Look(10, before=3, after=3, leading=1.1),
    "Tanda Tangan": Look(10, keep=True),
    "Garis Potong": Look(8, before=8, after=8, keep=True),
    "Kepala Tabel": Look(9.5, bold=True, keep=True),
}
#: The columns of a list: widths in millimetres, headings, cells.
_HANDED_OVER = (
    (9.0, "No.", "{{ baris.urut }}"),
    (42.0, "Nomor berkas", "{{ baris.nomor }}"),
    (TEXT_WIDTH - 111, "Uraian", "{{ baris.uraian }}"),
    (26.0, "Kurun waktu", "{{ baris.kurun_waktu }}"),
    (34.0, "Jumlah, keterangan", "{{ baris.jumlah }}{% if baris.keterangan %}; {{ baris.keterangan }}{% endif %}"),
)
_TO_TRANSFER = (
    (9.0, "No.", "{{ baris.urut }}"),
    (24.0, "Kode klasifikasi", "{{ baris.klasifikasi }}"),
    (37.0, "Nomor berkas", "{{ baris.nomor }}"),
    (65.0, "Uraian informasi arsip", "{{ baris.uraian }}"),
    (25.0, "Kurun waktu", "{{ baris.kurun_waktu }}"),
    (23.0, "Jumlah", "{{ baris.jumlah }}"),
    (22.0, "Folder, boks", "{{ baris.letak }}"),
    (26.0, "Keterangan", "{{ baris.keterangan }}"),
    (17.0, "Unit pengolah", ""),
    (17.0, "Unit Kearsipan", ""),
)
_RUNNING = (
    (42.0, "Nomor register", "{{ baris.nomor }}"),
    (22.0, "Diterima", "{{ baris.diterima }}"),
    (54.0, "Hal", "{{ baris.hal }}"),
    (42.0, "Keadaan", "{{ baris.keadaan }}"),
)
_CHECKED = (
    (10.0, "No.", "{{ baris.urut }}"),
    (TEXT_WIDTH - 96, "Naskah", "{{ baris.uraian }}"),
    (18.0, "Langkah", "{{ baris.langkah }}"),
    (14.0, "Ada", "{{ baris.ada }}"),
    (54.0, "Yang kurang", "{{ baris.kurang }}"),
)


def draw_loan_form() -> Any:
    """Draw the form that the borrower signs, and below the cut the sheet that stands in the folder's place."""
    document = page("Formulir Peminjaman Arsip", "Arsip", top=10, bottom=12, looks=_FORM_LOOKS)
    letterhead(document)
    lines(document, "Sela", [""])
    lines(document, "Judul Naskah", ["FORMULIR PEMINJAMAN ARSIP"])
    lines(document, "Sela", [""])
    _answers(document, (*_FOLDER, *_BORROWED, ("Kondisi ketika keluar", "{{ kondisi_keluar }}")))
    lines(
        document,
        "Isi Rata",
        [
            "Peminjam menjaga keutuhan dan kerahasiaan isi map, tidak meminjamkannya kepada orang lain, dan "
            "mengembalikannya paling lambat pada tanggal tersebut."
        ],
    )
    _two_signatures(document, _SIGNED_BY_BORROWER, _SIGNED_BY_ARCHIVIST)
    lines(document, "Sela", [""])
    returned = (
        ("Kembali pada", f"{{{{ kembali_pada or '{DOTS}' }}}}"),
        ("Kondisi ketika kembali", f"{{{{ kondisi_kembali or '{DOTS}' }}}}"),
        ("Catatan, paraf arsiparis", f"{{{{ catatan_kembali or '{DOTS}' }}}}"),
    )
    _answers(document, returned)
    lines(document, "Garis Potong", ["✂ " + "– " * 65])
    lines(document, "Judul Naskah", ["LEMBAR KELUAR"])  # what stands in the folder's place is never parted
    lines(document, "Rincian Keluar", [""])
    _answers(document, (*_FOLDER[:3], _FOLDER[-1], *_BORROWED), "Rincian Keluar")
    lines(
        document, "Isi Rata", ["Lembar ini menggantikan map di raknya dan diambil kembali ketika map itu dikembalikan."]
    )
    return document


_FOLDER = (
    ("Nomor register", "{{ nomor_register }}{% if sifat %} ({{ sifat }}){% endif %}"),
    ("Kode klasifikasi", "{{ klasifikasi or '-' }}"),
    ("Uraian", "{{ hal or '-' }}"),
    ("Kurun waktu, jumlah", "{{ kurun_waktu }}{% if jumlah_lembar %}; {{ jumlah_lembar }}{% endif %}"),
    ("Letak", "{{ letak or '-' }}"),
)
_BORROWED = (
    ("Peminjam", "{{ peminjam }}, {{ unit_peminjam }}"),
    ("Keperluan", "{{ keperluan }}"),
    ("Dipinjam pada", "{{ tanggal_pinjam }}"),
    ("Kembali paling lambat", "{{ tanggal_kembali }}"),
)
#: The two lines above a signature, the name and the NIP below it.
_Signature = tuple[tuple[str, str], str, str]


def _signed_by(who: str, above: str, title: str) -> _Signature:
    return (above, title), f"{{{{ {who}_nama or '{DOTS}' }}}}", f"{{{{ {who}_nip or '{DOTS[:28]}' }}}}"


_SIGNED_BY_BORROWER: _Signature = (("", "Peminjam,"), "{{ peminjam }}", "")
_SIGNED_BY_ARCHIVIST = _signed_by("arsiparis", "{{ tempat }}, {{ tanggal_dokumen }}", "{{ arsiparis_jabatan }},")


def draw_checklist() -> Any:
    """Draw the checklist with which a folder is closed."""
    document = paper("Daftar Kelengkapan Map", of_case=False)
    running_title(document, "Daftar kelengkapan map {{ nomor_register }}")
    lines(document, "Judul Naskah", ["DAFTAR KELENGKAPAN MAP"])
    lines(document, "Sela", [""])
    _answers(document, _FOLDER)
    lines(document, "Sela", [""])
    ruled(listing(document, _CHECKED, "baris", held="loop.last"))
    closing = (
        "{% if tanggal_tutup %}Map ini ditutup pada {{ tanggal_tutup }}{% else %}Map ini belum ditutup{% endif %}"
        "{% if jumlah_kurang %}, dengan {{ jumlah_kurang }} yang kurang{% if alasan %}: {{ alasan }}{% endif %}"
        "{% else %}, lengkap menurut SOP{% endif %}."
    )
    lines(document, "Penutup", [closing])
    _two_signatures(document, None, _SIGNED_BY_ARCHIVIST)
    return document


def draw_transfer_list() -> Any:
    """Draw the list of inactive records to be transferred: A4 across, with room for both sides to tick each folder."""
    looks = {
        **KOP_SMALL,
        "Judul Naskah": LETTER["Judul Naskah"],
        "Kepala Tabel": Look(8, bold=True, keep=True),
        "Isi Tabel": Look(8.5),
        "Angka Tabel": Look(8.5),
        "Tanda Tangan": Look(9.5, keep=True),
        "Isi Rata": Look(9.5, before=3, after=3),
        "Nomor Halaman": Look(8),
    }
    document = page("Daftar Arsip Inaktif yang Dipindahkan", "Arsip", top=14, bottom=14, looks=looks)
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(20), Mm(12)
    foot = section.footer.paragraphs[0]
    foot.style = "Nomor Halaman"
    foot.add_run("{{ kop_kantor }} · daftar {{ nomor_daftar }} · halaman ")
    page_number(foot)
    lines(document, "Judul Naskah", ["DAFTAR ARSIP INAKTIF YANG DIPINDAHKAN"])
    lines(
        document,
        "Isi Rata",
        ["Nomor daftar {{ nomor_daftar }} · unit pengolah {{ unit_pengolah }} · {{ kop_kantor }} · {{ banyak }}"],
    )
    ruled(listing(document, _TO_TRANSFER, "baris", held="loop.last"))
    checked = (
        "Daftar {{ nomor_daftar }}, {{ banyak }}, diperiksa bersama map demi map"
        "{% if diperiksa_penyerah %}; unit pengolah: {{ diperiksa_penyerah }}{% endif %}"
        "{% if diperiksa_penerima %}; Unit Kearsipan: {{ diperiksa_penerima }}{% endif %}."
    )
    lines(document, "Isi Rata", [checked])
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    _two_signatures(document, _SIGNED_BY_UNIT, _SIGNED_BY_ARCHIVIST, wide=265)
    return document


_SIGNED_BY_UNIT = _signed_by("pengolah", "", "{{ pengolah_jabatan }},")
_GIVER = _signed_by("penyerah", "Pihak Pertama,", f"{{{{ penyerah_jabatan or '{DOTS}' }}}},")
_TAKER = _signed_by("penerima", "Pihak Kedua,", f"{{{{ penerima_jabatan or '{DOTS}' }}}},")


def draw_transfer_minutes() -> Any:
    """Draw the minutes of a transfer."""
    document = _minutes("BERITA ACARA", "PEMINDAHAN ARSIP INAKTIF")
    _parties(document)
    lines(
        document,
        "Isi Rata",
        [
            "Pihak Pertama menyerahkan dan Pihak Kedua menerima arsip inaktif sebanyak {{ banyak }} sebagaimana "
            "tercantum dalam daftar nomor {{ nomor_daftar }}, yang diperiksa bersama map demi map dan cocok, untuk "
            f"disimpan di {{{{ lokasi or '{DOTS}' }}}}."
        ],
    )
    ruled(listing(document, _HANDED_OVER, "baris"))
    _closed(document)
    return document


def draw_hand_over_minutes() -> Any:
    """Draw the minutes of a hand-over to another archive, with its list."""
    document = _minutes("BERITA ACARA", "PENYERAHAN ARSIP")
    _parties(document)
    lines(
        document,
        "Isi Rata",
        [
            f"Pihak Pertama menyerahkan kepada {{{{ tujuan or '{DOTS}' }}}}, yang diwakili Pihak Kedua, arsip "
            "sebanyak {{ banyak }} menurut daftar nomor {{ nomor_daftar }}. Setiap map diserahkan sebagai paket BagIt "
            "(RFC 8493) beserta jurnalnya, segel yang menjaminnya, dan deskripsi menurut ISAD(G)."
        ],
    )
    ruled(listing(document, _HANDED_OVER, "baris"))
    _closed(document)
    return document


def draw_year_closing() -> Any:
    """Draw the sheet by which the register of a year is closed."""
    document = paper("Penutupan Buku Register", of_case=False)
    running_title(document, "Penutupan {{ buku }} tahun {{ tahun }}")
    lines(document, "Judul Naskah", ["PENUTUPAN {{ judul_buku }}", "TAHUN {{ tahun }}"])
    lines(
        document,
        "Isi Rata",
        [
            "Pada hari ini, {{ hari_terbilang }}, {{ buku }} {{ layanan }} tahun {{ tahun }} ditutup. Sesudah "
            "penutupan ini tidak ada nomor yang diberikan lagi dari tahun itu. Keadaannya:"
        ],
    )
    rows = (
        ("Jumlah", "{{ jumlah }}"),
        ("Nomor terakhir", "{{ nomor_terakhir }}"),
        ("Dibatalkan", "{{ batal }}{% if nomor_batal %}: urut {{ nomor_batal }}{% endif %}"),
        ("Tanpa map", "{{ celah }}{% if nomor_celah %}: urut {{ nomor_celah }}{% endif %}"),
        ("Masih berjalan", "{{ jumlah_terbuka }}"),
        ("Segel arsip", "{{ segel }}"),
        ("Ditutup", "{{ tanggal_tutup }}"),
    )
    _answers(document, rows)
    lines(
        document,
        "Judul Tabel",
        ["{%p if terbuka %}", "Perkara yang dilanjutkan pada tahun {{ tahun_berikut }} dengan nomornya:"],
    )
    ruled(listing(document, _RUNNING, "terbuka"))
    lines(document, "Sela", ["{%p endif %}"])
    lines(document, "Penutup", ["Demikian penutupan ini dibuat dengan sebenarnya."])
    _two_signatures(
        document,
        _signed_by("petugas", "Yang mencatat,", "{{ petugas_jabatan }},"),
        _signed_by("pengesah", "{{ tempat }}, {{ tanggal_dokumen }}", "{{ pengesah_jabatan }},"),
    )
    return document


def _minutes(*title: str) -> Any:
    document = paper(" ".join(title).title(), of_case=False)
    running_title(document, f"{' '.join(title).capitalize()} nomor {{{{ nomor_berita_acara or '{DOTS}' }}}}")
    lines(document, "Judul Naskah", title)
    lines(document, "Nomor Judul", [f"NOMOR {{{{ nomor_berita_acara or '{DOTS}' }}}}"])
    return document


def _parties(document: Any) -> None:
    lines(
        document,
        "Isi Rata",
        [
            f"Pada hari ini, {{{{ hari_terbilang or '{DOTS}' }}}}, bertempat di {{{{ tempat_serah or '{DOTS}' }}}}, "
            "kami yang bertanda tangan di bawah ini:"
        ],
    )
    who = "{{{{ {0}_nama or '{1}' }}}}, {{{{ {0}_jabatan or '{1}' }}}}, selanjutnya disebut {2}"
    lines(
        document,
        "Butir",
        [
            f"1.\t{who.format('penyerah', DOTS, 'Pihak Pertama')}; dan",
            f"2.\t{who.format('penerima', DOTS, 'Pihak Kedua')}.",
        ],
    )


def _closed(document: Any) -> None:
    lines(
        document,
        "Penutup",
        ["Demikian berita acara ini dibuat dalam rangkap 2 (dua) dan ditandatangani oleh kedua pihak."],
    )
    _two_signatures(document, _GIVER, _TAKER)


def _answers(document: Any, rows: Sequence[tuple[str, str]], style: str = "Rincian") -> None:
    grid = table(document, (42, 4, TEXT_WIDTH - 46), len(rows), pad=0)
    for row, (label, text) in zip(grid.rows, rows, strict=True):
        for cell, words in zip(row.cells, (label, ":", text), strict=True):
            write(cell, style, words)


def _two_signatures(document: Any, left: _Signature | None, right: _Signature, wide: float = TEXT_WIDTH) -> None:
    """Draw two signatures side by side in one row that never splits; ``left`` None: its half stays free."""
    grid = table(document, (wide / 2, wide / 2), 1, pad=0)
    for cell, signed in zip(grid.rows[0].cells, (left, right), strict=True):
        if signed is None:
            write(cell, "Tanda Tangan", "")
            continue
        above, name, nip = signed
        write(cell, "Tanda Tangan", *above, "", "", "", name)
        write(cell, "Tanda Tangan", f"NIP {nip}" if nip else "")
        cell.paragraphs[-1].paragraph_format.keep_with_next = False


DRAWINGS: Mapping[str, Callable[[], Any]] = {
    LOAN_FORM: draw_loan_form,
    CHECKLIST: draw_checklist,
    TRANSFER_LIST: draw_transfer_list,
    TRANSFER_MINUTES: draw_transfer_minutes,
    HAND_OVER_MINUTES: draw_hand_over_minutes,
    CLOSING_SHEET: draw_year_closing,
}
