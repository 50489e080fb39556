"""Draws the papers of an audience: proposal, invitation, attendance list and minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from template_drawings.official_letter import (
    DOTS,
    addressee,
    attachment,
    attachment_end,
    copies,
    details,
    each,
    each_to_closing,
    last_of,
    listing,
    memo_head,
    number_line,
    paper,
    reference,
    signature,
)
from template_drawings.paper import (
    LETTER,
    MIDDLE,
    PALE,
    TEXT_WIDTH,
    THIN,
    Look,
    heading,
    height,
    lines,
    shade,
    table,
    write,
)

from pipeline.letters.sheets import audience

_WHEN = (
    ("hari, tanggal", "{{ hari_tanggal }}"),
    ("waktu", "{{ waktu }}"),
    ("tempat", "{{ tempat_audiensi }}"),
    ("acara", "{{ acara }}"),
)


def draw_proposal() -> Any:
    """Draw the nota dinas that proposes an audience: why, when, where, what about, with whom."""
    document = paper("Usulan Audiensi", extra={"Butir Akhir": last_of(LETTER["Butir"])})
    memo_head(document, "NOTA DINAS", "Usulan audiensi atas pengaduan nomor register {{ nomor_register }}")
    opening = (
        "Berdasarkan hasil telaahan atas pengaduan masyarakat{% if pelapor %} dari {{ pelapor }}{% endif %}"
        "{% if hal %}, hal {{ hal }}{% endif %}, yang diterima pada tanggal {{ tanggal_terima }}, kami mengusulkan "
        "agar dilaksanakan audiensi/koordinasi dengan pertimbangan sebagai berikut."
    )
    lines(document, "Isi Surat", [opening])
    each(document, "Isi Surat", "alasan")
    lines(document, "Isi Surat", ["Audiensi tersebut kami usulkan untuk dilaksanakan pada:"])
    details(document, _WHEN)
    lines(document, "Isi Surat", ["dengan mengundang:"])
    each_to_closing(document, "Butir", "pihak", "{{ loop.index }}.\t{{ butir }}")
    lines(document, "Penutup", ["Demikian disampaikan, mohon persetujuan dan arahan lebih lanjut."])
    signature(document)
    return document


def draw_invitation() -> Any:
    """Draw the invitation; it never says who complains, and more than three guests stand on a page of their own."""
    document = paper("Undangan Audiensi")
    reference(document, "Undangan audiensi")
    addressee(document, several="undangan_di_surat")
    opening = (
        "Sehubungan dengan pengaduan masyarakat{% if pokok_pengaduan %} hal {{ pokok_pengaduan }}{% endif %}, yang "
        "kami terima dan terdaftar dengan nomor register {{ nomor_register }} dari pelapor (identitas pada kami), "
        "dengan hormat kami mengundang Bapak/Ibu untuk menghadiri audiensi/koordinasi yang akan dilaksanakan pada:"
    )
    lines(document, "Isi Surat", [opening])
    details(document, _WHEN)
    wish = (
        "Mengingat pentingnya acara tersebut, mohon Bapak/Ibu hadir tepat waktu dan membawa data serta dokumen yang "
        "berkaitan. Apabila berhalangan, mohon menugaskan pejabat yang memahami permasalahan tersebut."
    )
    thanks = "Demikian disampaikan, atas perhatian dan kehadiran Bapak/Ibu diucapkan terima kasih."
    lines(document, "Penutup", [wish, thanks])
    signature(document)
    copies(document)
    attachment(document, "DAFTAR UNDANGAN", when="daftar_undangan")
    each(document, "Butir", "daftar_undangan", "{{ loop.index }}.\t{{ butir }}")
    signature(document)
    attachment_end(document)
    return document


def draw_attendance() -> Any:
    """Draw the attendance list: rows to write and sign in, the signatures zigzag."""
    document = paper("Daftar Hadir", extra={"Rincian": Look(10, after=0.5)})
    lines(document, "Judul Naskah", ["DAFTAR HADIR", "AUDIENSI/KOORDINASI"])
    lines(document, "Sela", [""])
    details(document, (("Nomor register", "{{ nomor_register }}"), *_capitals(_WHEN)), left=0)
    grid = table(document, (10, 46, 58, 23, 23), 4, lines=THIN, pad=1.5)
    head, opening, entry, closing = grid.rows
    heading(head)
    height(head, 7)
    for cell, text in zip(head.cells[:3], ("No.", "Nama", "Jabatan/Instansi"), strict=True):
        write(cell, "Kepala Tabel", text)
    write(head.cells[3].merge(head.cells[4]), "Kepala Tabel", "Tanda tangan")
    for cell in head.cells:
        cell.vertical_alignment = MIDDLE
        shade(cell, PALE)
    write(opening.cells[0], "Isi Tabel", "{%tr for baris in daftar %}")
    for cell, text in zip(
        entry.cells,
        ("{{ baris.nomor }}", "", "{{ baris.unsur }}", "{{ baris.kiri }}", "{{ baris.kanan }}"),
        strict=True,
    ):
        write(cell, "Angka Tabel" if "nomor" in text else "Isi Tabel", text)
        cell.vertical_alignment = MIDDLE
    height(entry, 9.8)
    write(closing.cells[0], "Isi Tabel", "{%tr endfor %}")
    return document


def _capitals(rows: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(label[0].upper() + label[1:], value) for label, value in rows]


def draw_minutes() -> Any:
    """Draw the minutes: day in words, who was there, what was said, and everybody's signature."""
    document = paper("Berita Acara Audiensi")
    lines(document, "Judul Naskah", ["BERITA ACARA", "AUDIENSI/KOORDINASI"])
    number_line(document)
    opening = (
        f"Pada hari ini {{{{ hari_terbilang or '{DOTS}' }}}}"
        "{% if tanggal_angka %} ({{ tanggal_angka }}){% endif %}, "
        f"bertempat di {{{{ tempat_pelaksanaan or '{DOTS}' }}}}, kami yang bertanda tangan di bawah ini:"
    )
    lines(document, "Isi Rata", [opening])
    each(
        document,
        "Butir",
        "hadir",
        "{{ loop.index }}.\t{{ butir.nama }}{% if butir.jabatan %}, {{ butir.jabatan }}{% endif %}",
    )
    about = (
        "telah melaksanakan audiensi/koordinasi{% if acara %} dengan acara {{ acara }}{% endif %}, atas pengaduan "
        "masyarakat yang terdaftar dengan nomor register {{ nomor_register }} pada tanggal {{ tanggal_terima }}, "
        "dengan hasil sebagai berikut:"
    )
    lines(document, "Isi Rata", [about])
    each(document, "Butir", "hasil", "{{ loop.index }}.\t{{ butir }}")
    closing = (
        "Demikian berita acara ini dibuat dengan sebenarnya, dibacakan kepada para pihak, dan ditandatangani bersama "
        "untuk digunakan sebagaimana mestinya."
    )
    lines(document, "Penutup", [closing])
    signature(document, "Pemimpin audiensi,")
    _signers(document, "Para pihak:", "para_pihak")
    _signers(document, "Saksi-saksi:", "saksi")
    return document


def _signers(document: Any, title: str, name: str) -> None:
    """Draw a table in which each of a list signs, if there is any."""
    lines(document, "Judul Tabel", [f"{{%p if {name} %}}", title])
    columns = (
        (10.0, "No.", "{{ loop.index }}"),
        (50.0, "Nama", "{{ baris.nama }}"),
        (TEXT_WIDTH - 105, "Jabatan/Instansi", "{{ baris.jabatan }}"),
        (45.0, "Tanda tangan", ""),
    )
    listing(document, columns, name, least=12)
    lines(document, "Judul Tabel", ["{%p endif %}"])


DRAWINGS: Mapping[str, Callable[[], Any]] = {
    audience.PROPOSAL: draw_proposal,
    audience.INVITATION: draw_invitation,
    audience.ATTENDANCE: draw_attendance,
    audience.MINUTES: draw_minutes,
}
