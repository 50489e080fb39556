"""Invented pages for tests: lines of text laid out as a scan would show them. A tab is a wide gap."""

from __future__ import annotations

from datetime import date

from pipeline.reading.fields import Complaint
from pipeline.reading.find_complaints import find_complaints
from pipeline.scans.words import Page, Word

TODAY = date(2026, 3, 2)
_CHAR, _ROW, _LEFT = 0.0085, 0.019, 0.1


def page_of(text: str, number: int = 1, slope: float = 0.0) -> Page:
    """Lay the lines of a text out on a page; leading blanks indent, ``slope`` sets the sheet askew."""
    words = []
    lines = text.strip("\n").split("\n")
    for index, line in enumerate(lines):
        x = _LEFT + _CHAR * (len(line) - len(line.lstrip(" ")))
        for run in line.strip(" ").split("\t"):
            for word in run.split():
                width = _CHAR * len(word)
                y = 0.05 + _ROW * index + slope * x
                words.append(Word(word, (x, y, x + width, y + 0.012), 0.95, index))
                x += width + 0.006
            x = max(x + 0.04, _LEFT + 0.22) if "\t" in line else x
    return Page(number, 595, 842, tuple(words), "\n".join(lines), "ocr")


def read(*texts: str, today: date = TODAY) -> Complaint:
    """Return the one letter on the pages."""
    (letter,) = find_complaints(tuple(page_of(text, n) for n, text in enumerate(texts, 1)), today)
    return letter


def value(letter: Complaint, name: str) -> object:
    """Return the proposed value of a field, or the values of several."""
    field = letter.fields[name]
    if isinstance(field, tuple):
        return [f.best.nilai for f in field]
    return None if field is None else field.best.nilai


LETTER = """
Manna, 12 Agustus 2025
Nomor\t: 07/FWP/VIII/2025
Lampiran\t: 2 (dua) lembar
Perihal\t: Pengaduan penutupan jalan ke sawah warga
Kepada Yth.
Kepala Kantor Wilayah Kementerian Hukum dan HAM Bengkulu
di Bengkulu
Dengan hormat,
Saya yang bertanda tangan di bawah ini:
Nama\t: Suryadi Harun bin Karim
NIK\t: 1701021203790003
Tempat/Tgl Lahir\t: Manna, 12 Maret 1979
Pekerjaan\t: Petani
Alamat\t: Desa Tanjung Raman RT 3, Kec. Manna,
\tKabupaten Bengkulu Selatan
No. HP\t: 0812 7000 1122
mengadukan PT Sawah Luhur Abadi yang menutup jalan ke sawah kami. Pada tanggal 3 Juli
2025 pukul 09.00 WIB dua orang penjaga memasang portal di Desa Tanjung Raman, Kecamatan Manna.
Sejak itu kami tidak dapat membawa hasil panen. Menurut Pasal 36 Undang-Undang Nomor 39
Tahun 1999 hak milik kami dilindungi. Kami sudah melapor ke Polsek dengan nomor LP/B/12/VII/2025.
Untuk itu saya memohon:
1. portal dibuka kembali;
2. kerugian panen kami diganti.
Demikian surat ini saya buat, atas perhatian Bapak saya ucapkan terima kasih.
Hormat saya,
Suryadi Harun
Tembusan:
1. Bupati Bengkulu Selatan;
2. Kapolres Bengkulu Selatan;
3. Arsip
"""
