"""Files that are no scans, known by their first bytes, so that a refusal can say what they are and what to do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

#: Which files are taken in, and how to make one of another.
TAKEN = "Yang diterima: PDF, JPEG, PNG, dan TIFF."
AS_PDF = f"Simpan sebagai PDF lalu kirim lagi. {TAKEN}"
_AS_JPEG = "Simpan sebagai JPEG atau PNG lalu kirim lagi."
_PICTURE = "Gambar {} belum didukung."
_RECORDING = (
    "Ini rekaman suara atau video, bukan hasil pindai.",
    "Simpan di luar kotak masuk sebagai bukti dan catat pada perkaranya.",
)
_PACKED = ("Ini arsip terkompresi, bukan hasil pindai.", f"Kirim isinya satu per satu. {TAKEN}")
_PROGRAM = ("Ini program, bukan hasil pindai.", "Jangan dijalankan; minta pengirim mengirim suratnya sebagai PDF.")
_MAIL = (
    "Ini surel, bukan hasil pindai.",
    f"Simpan lampirannya lalu kirim itu; suratnya sendiri cetak ke PDF. {TAKEN}",
)
_TEXT = ("Ini berkas teks, bukan hasil pindai.", AS_PDF)

#: What a file begins with, and the fact and the remedy; the first that fits counts.
_BEGINNINGS: Sequence[tuple[re.Pattern[bytes], tuple[str, str]]] = [
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), said)
    for pattern, said in (
        (rb"RIFF.{4}WEBP", (_PICTURE.format("WebP"), _AS_JPEG)),
        (rb"GIF8", (_PICTURE.format("GIF"), _AS_JPEG)),
        (rb"BM.{4}\0{4}", (_PICTURE.format("BMP"), _AS_JPEG)),
        (rb"\0\0\0\x0cjP  ", (_PICTURE.format("JPEG 2000"), _AS_JPEG)),
        (rb".{4}ftypavi[fs]", (_PICTURE.format("AVIF"), _AS_JPEG)),
        (rb"RIFF|ID3|OggS|fLaC|\x1aE\xdf\xa3|\xff[\xf2\xf3\xfb]|#!AMR|.{4}ftyp", _RECORDING),
        (rb"Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ", _PACKED),
        (rb"MZ|\x7fELF|#!", _PROGRAM),
        (
            rb"From |(?:From|To|Received|Return-Path|Delivered-To|MIME-Version|Subject|Date|Message-ID|X-[\w-]+): ",
            _MAIL,
        ),
        (
            rb"%!PS|AT&TFORM|\{\\rtf|\s*<(?:!doctype|html|\?xml|svg)",
            ("Ini dokumen atau halaman web, bukan hasil pindai.", AS_PDF),
        ),
    )
]
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD, _FEWEST = 1024, 16


def named(path: Path) -> tuple[str, str]:
    """Return the fact and the remedy for a file that is of no kind that is taken in, in Indonesian."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    for pattern, said in _BEGINNINGS:
        if pattern.match(head):
            return said
    if len(head) >= _FEWEST and not _CONTROLS.search(head):
        return _TEXT
    return "Jenis berkas ini tidak dikenal.", TAKEN
