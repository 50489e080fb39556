"""The words that an SOP file is written in: a misspelt one is named with its line, not passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.office.wording import hinted

_TOP = "nomor nama kantor ditetapkan berlaku dasar_hukum awal tenggat_disposisi"
_QUESTION = "nama label jenis pilihan wajib frasa lampau"
#: What a row of each table may say.
ROWS: Mapping[str, str] = {
    "lajur": "peran nama luar",
    "langkah": "kunci kegiatan pelaksana menit hari waktu perlengkapan keluaran keterangan bagi_pelapor",
    "keadaan": "kunci label langkah menunggu jam akhir batas_hari bagi_pelapor selanjutnya",
    "gerak": "kunci label dari ke ke_menurut peran isian naskah berkas berkas_jenis register nomor",
    "naskah": "templat langkah saat tanda_tangan_basah surat_keluar penanda_tangan kepada_pelapor",
    "pembukaan": "kunci label peran wajib tanpa isi naskah",
    "register": _QUESTION,
}


def unknown_words(values: Mapping[str, Any], at: Callable[[str, int], str]) -> Iterator[str]:
    """Yield every word that means nothing; ``at`` names the line of a row (``baris 12 (gerak)``)."""
    yield from _strange(values, f"{_TOP} {' '.join(ROWS)}")
    for kind, words in ROWS.items():
        for position, row in enumerate(_rows(values, kind)):
            yield from (f"{at(kind, position)}: {fault}" for fault in _strange(row, words))
            for question in _rows(row, "isian"):
                name = question.get("nama", "?")
                yield from (f"{at(kind, position)}, isian {name}: {fault}" for fault in _strange(question, _QUESTION))


def _rows(table: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = table.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _strange(row: Mapping[str, Any], words: str) -> Iterator[str]:
    known = words.split()
    for word in row:
        if word not in known:
            yield hinted(f"{word!r} tidak dikenal", word, known)
