"""What the clerk should know of a reading: pages empty or hardly readable, and sheets of ours whose code is lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.scans.words import Page

#: Below this (mean confidence, long words counting more) lie handwriting and very faint copies; clean pages: 0.95.
_POOR = 0.8
_FEW_WORDS = 8
#: What stands in letters beside a page code at a sheet's foot, as it may be misread.
_BESIDE_A_CODE = re.compile(r"\bYK.{0,3}[:!;].{4,45}/\d{1,4} ?: ?[0-9A-Z]{6}\b")


def notices(pages: Sequence[Page]) -> tuple[str, ...]:
    """Return Indonesian sentences for the clerk; none for pages that were read well."""
    blank = [page.number for page in pages if not page.words]
    poor = [page.number for page in pages if len(page.words) >= _FEW_WORDS and confidence(page) < _POOR]
    if pages and len(blank) == len(pages):
        return ("Tidak ada teks yang terbaca; periksa apakah suratnya terpindai di sisi yang benar.",)
    said = []
    if blank:
        said.append(f"Halaman {_listed(blank)} kosong; tetap tersimpan, tidak dihitung sebagai isi surat.")
    if poor:
        said.append(f"Halaman {_listed(poor)} sukar dibaca mesin; cocokkan isiannya dengan gambar halaman itu.")
    if sheets := [page.number for page in pages if page.source == "ocr" and _BESIDE_A_CODE.search(page.text)]:
        said.append(
            f"Halaman {_listed(sheets)} tampaknya naskah kantor yang kembali, tetapi kode QR-nya tidak terbaca. Pindai"
            " ulang naskah itu; bila perkara ini tidak berisi lain, batalkan."
        )
    return tuple(said)


def confidence(page: Page) -> float:
    """Return how sure the reader is of the page's words (0..1), long words counting more; 1 for a page without any."""
    letters = sum(len(word.text) for word in page.words)
    return sum(word.confidence * len(word.text) for word in page.words) / letters if letters else 1.0


def _listed(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them: ``2``, ``2 dan 4``, ``2, 4 dan 6``."""
    *most, last = map(str, numbers)
    return f"{', '.join(most)} dan {last}" if most else last
