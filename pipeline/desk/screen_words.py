"""Our errors' remedies name commands, because clerks read them at a terminal too; on a page they name pages."""

from __future__ import annotations

from collections.abc import Mapping

#: What a remedy says, and what a page says instead; longer ones first.
_PAGES: Mapping[str, str] = {
    "Sertakan pindaiannya dengan --file.": "Pilih pindaiannya.",
    "Isilah dengan --set nama=nilai atau --form.": "Isilah, lalu kirim lagi.",
    "dengan `yankomas sampul NOMOR`": "dari halaman perkaranya",
    "dengan `yankomas akun daftar`": "di halaman Akun",
    "dengan `yankomas register`": "di buku register",
    "dengan `yankomas inbox`": "di kotak masuk",
    "dengan `yankomas do`": "di halaman perkaranya",
    "lihat `yankomas inbox`": "muat ulang halaman ini",
    "Lihat `yankomas inbox`": "Muat ulang halaman ini",
    "`yankomas run` sedang tidak berjalan": "pemantau sedang tidak berjalan",
}


def for_screen(words: str) -> str:
    """Return a message's words with pages instead of commands, where a page does the same."""
    for said, instead in _PAGES.items():
        words = words.replace(said, instead)
    return words
