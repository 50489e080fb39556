"""What means nothing in an edition's files: keys that no row has, unfit texts, too many rows, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.cases.sop_lanes import At
from pipeline.cases.sop_shown_texts import unfit_texts
from pipeline.office.wording import hinted

_TOP = "nomor nama kantor ditetapkan berlaku dasar_hukum awal akhir_buku_lama tenggat_disposisi pengirim"
_QUESTION = "nama label jenis pilihan wajib frasa lampau pertemuan tidak_sebelum pangkal bagian"
#: What a row of each table may say.
ROWS: Mapping[str, str] = {
    "lajur": "peran nama luar atasan hak",
    "langkah": "kunci kegiatan pelaksana menit hari waktu perlengkapan keluaran keterangan bagi_pelapor ingatkan naik",
    "keadaan": "kunci label langkah menunggu jam akhir batas_hari batas_sejak bagi_pelapor selanjutnya surat",
    "gerak": "kunci label tombol dari ke ke_menurut peran isian naskah berkas berkas_jenis register nomor tindakan"
    " surat setelah belum_ada tidak_sedang usul pelapor sekaligus tidak_dikoreksi menjadi",
    "naskah": "templat langkah saat tanda_tangan_basah kode_halaman surat_keluar penanda_tangan kepada_pelapor"
    " bila_dirahasiakan penyusun paraf"
    " atas_nama deret kepada disusul sebelum_akhir harus_ada bukti_terima menyebut bersama_pihak_lain",
    "pembukaan": "kunci label peran wajib tanpa isi naskah",
    "register": _QUESTION,
    "pasangan": "kunci label pertama kedua naskah",
}
_PAIR_STEP = "gerak tindakan peran"
#: More rows than any procedure has; what is checked of each against all others takes its time.
_MOST_ROWS = 1000


def unknown_words(values: Mapping[str, Any], at: At) -> Iterator[str]:
    """Yield every misspelt word of a file's values; ``at`` names the line of a row (``baris 12 (gerak)``)."""
    yield from _strange(values, f"{_TOP} {' '.join(ROWS)}")
    yield from unfit_texts({key: value for key, value in values.items() if key not in ROWS})
    for kind, words in ROWS.items():
        if len(_rows(values, kind)) > _MOST_ROWS:
            yield f"{kind}: lebih dari {_MOST_ROWS} baris"
            continue
        for position, row in enumerate(_rows(values, kind)):
            told = [*_strange(row, words), *unfit_texts(row)]
            yield from (f"{at(kind, position)}: {fault}" for fault in told)
            for question in _rows(row, "isian"):
                name = question.get("nama", "?")
                yield from (f"{at(kind, position)}, isian {name}: {fault}" for fault in _strange(question, _QUESTION))
    for position, row in enumerate(_rows(values, "pasangan")):
        for name in ("pertama", "kedua"):
            step = row.get(name)
            if isinstance(step, dict):
                yield from (f"{at('pasangan', position)}, {name}: {fault}" for fault in _strange(step, _PAIR_STEP))


def _rows(table: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    rows = table.get(name)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _strange(row: Mapping[str, Any], words: str) -> Iterator[str]:
    known = words.split()
    for word in row:
        if word not in known:
            yield hinted(f"{word!r} tidak dikenal", word, known)
