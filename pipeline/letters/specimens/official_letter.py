"""The values that official letters and memos share, explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.letters.specimens.known import COMMON, Known

#: Of every letter and memo; of those to whom it goes.
ISSUED: Mapping[str, Known] = {
    **COMMON,
    "tanda_konsep": Known("KONSEP selama surat keluar belum bernomor, sesudahnya kosong", "KONSEP"),
    "nomor_naskah": Known("nomor naskah; kosong selama konsep", "W.8-HA.01.07-0012"),
    "tanggal_naskah": Known("tanggal naskah; kosong selama konsep surat keluar", "25 November 2026"),
    "lampiran_naskah": Known("lampiran naskah ini", "1 (satu) lembar"),
    "penandatangan_jabatan": Known("jabatan penanda tangan pada hari itu", "Plh. Kepala Kantor Wilayah"),
    "penandatangan_nama": Known("nama penanda tangan", "Budi Contoh"),
    "penandatangan_nip": Known("NIP penanda tangan", "19700101 199503 1 001"),
}
LETTER: Mapping[str, Known] = {
    **ISSUED,
    "yth": Known("daftar: baris-baris tujuan surat", "Saudara Sari Melati dkk."),
    "di": Known("tempat tujuan surat", "Tempat"),
    "tembusan": Known("daftar: tembusan", "Kepala Divisi Pelayanan Hukum dan HAM"),
}
MEMO: Mapping[str, Known] = {
    **ISSUED,
    "tujuan_jabatan": Known("jabatan tujuan nota dinas", "Kepala Kantor Wilayah"),
    "melalui": Known("daftar: pejabat yang dilalui", "Kepala Bidang HAM"),
}

_WIB = timezone(timedelta(hours=7))


def made(key: str, role: str, **values: Any) -> MoveMade:
    """Return a move of the specimen case, made on 25 November 2026."""
    return MoveMade(key, datetime(2026, 11, 25, 10, 0, tzinfo=_WIB), role, values)
