"""The named styles of letters and memos, as the clerk finds them in Word's list."""

from __future__ import annotations

from template_drawings.paper import BOTH, CENTRE, RIGHT, Look

PALE = "F2F2F2"
KOP_SMALL = {
    "Kop Kementerian": Look(10, align=CENTRE),
    "Kop Kantor": Look(11, bold=True, align=CENTRE, after=1),
    "Kop Alamat": Look(7.5, align=CENTRE),
    "Sela": Look(4),
}
KOP = {
    "Kop Kementerian": Look(12, align=CENTRE),
    "Kop Kantor": Look(13, bold=True, align=CENTRE, after=2),
    "Kop Alamat": Look(8.5, align=CENTRE),
    "Sela": Look(4),
}
LETTER = {
    **KOP,
    "Tanda Konsep": Look(12, bold=True, align=RIGHT, spacing=1),
    "Nomor Halaman": Look(11, align=CENTRE),
    "Kepala Surat": Look(11, after=1.5),
    "Tanggal Surat": Look(11, align=RIGHT),
    "Tujuan": Look(11),
    "Judul Naskah": Look(12, bold=True, align=CENTRE, keep=True),
    "Nomor Judul": Look(11, align=CENTRE, keep=True, after=6),
    "Isi Surat": Look(11, align=BOTH, before=5, after=4, first=10, leading=1.15),
    "Isi Rata": Look(11, align=BOTH, before=5, after=4, leading=1.15),
    "Penutup": Look(11, align=BOTH, before=5, after=6, first=10, leading=1.15, keep=True),
    "Butir": Look(11, align=BOTH, after=3, left=17, first=-7, leading=1.15),
    "Anak Judul": Look(11, bold=True, before=6, after=3, left=7, first=-7, keep=True),
    "Rincian": Look(11, after=1),
    "Judul Tabel": Look(11, before=8, after=3, keep=True),
    "Kepala Tabel": Look(10, bold=True, align=CENTRE, keep=True),
    "Isi Tabel": Look(10),
    "Angka Tabel": Look(10, align=CENTRE),
    "Tujuan Bernomor": Look(11, left=6, first=-6),
    "Tanda Tangan": Look(11, keep=True),
    "Tembusan": Look(10, left=6, first=-6),
    "Judul Tembusan": Look(10, before=8, keep=True),
    "Kepala Lampiran": Look(10),
    "Judul Lampiran": Look(12, bold=True, align=CENTRE, before=14, after=8, keep=True),
}
