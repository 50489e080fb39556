"""Invented folders, loans and lists by which the papers of records in custody are looked through."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.letters.sheets.record_papers import (
    FolderTold,
    Handing,
    LoanTold,
    checklist_sheet,
    hand_over_minutes,
    loan_form,
    transfer_list,
    transfer_minutes,
)
from pipeline.letters.sheets.specimens import WIB
from pipeline.letters.sheets.texts import CHECKLIST, HAND_OVER_MINUTES, LOAN_FORM, TRANSFER_LIST, TRANSFER_MINUTES
from pipeline.office.office import Office

_DAY = date(2027, 3, 15)
_NOON = datetime(2027, 3, 15, 10, 30, tzinfo=WIB)
_BARE = FolderTold("0001/YANKOMAS/2026", "", "", "05/01/2026", "", "", "", "terbatas")
_USUAL = FolderTold(
    "0007/YANKOMAS/2026",
    "HA.01.07",
    "Pencemaran sumur warga, terlapor PT Contoh",
    "25/11/2026 – 28/12/2026",
    "42 (empat puluh dua) lembar",
    "boks 12",
    "rak B-3",
    "terbatas",
)
_SECRET = FolderTold("0009/YANKOMAS/2026", "", "(rahasia)", "26/11/2026", "", "", "", "rahasia")
_WORDY = replace(
    _USUAL,
    register_number="1234567/YANKOMAS-KANWIL/2026",
    subject="Dugaan penelantaran warga pada sengketa tanah adat di tiga kecamatan, terlapor Dinas Lingkungan Hidup, "
    "Kehutanan, dan Pertanahan Kabupaten Contoh Utara serta Perkumpulan Pengusaha Perkebunan Daerah Contoh",
    box="boks 12 dari lima belas",
    place="rak B-3 lajur kiri, Gedung Arsip Contoh lantai dua",
    lacking="Surat rekomendasi belum kembali bertanda tangan; Hasil evaluasi belum dibuat",
)
_LOAN = LoanTold("Eko Contoh", "Kepala Bidang HAM", "Menyiapkan audiensi lanjutan", _NOON, date(2027, 3, 29), "baik")
_BACK = replace(
    _LOAN,
    borrower="Prof. Dr. Ir. Contoh Panjang Namanya, S.H., M.H.",
    unit="Kepala Subbagian Pengelolaan Barang Bukti dan Arsip pada Inspektorat Daerah Kabupaten Contoh Utara",
    purpose="Pemeriksaan berkala atas penanganan pengaduan masyarakat pada tahun anggaran sebelumnya, " * 3,
    back_at=datetime(2027, 3, 25, 14, 0, tzinfo=WIB),
    back_as="rusak sebagian",
    note="Sampul robek; lembar 12 sampai 14 terlepas dan sudah dijilid kembali bersama lembar yang lain.",
)
_ITEMS = (
    ("Surat pengaduan", "1", ""),
    ("Tanda terima", "1", ""),
    ("Lembar disposisi", "3", ""),
    ("Surat rekomendasi", "6", "belum kembali bertanda tangan"),
    ("Isian register", "2", ""),
)
_HANDED = Handing(
    "pindah-2027-1",
    (_USUAL, _SECRET),
    "W.8-BA.01-12",
    _DAY,
    "Ruang Arsip Kantor Wilayah Bengkulu",
    "Ruang Arsip lantai 1, rak C",
    "Eko Contoh | Kepala Bidang HAM | 19780303 200212 1 001",
    "Wati Rekaan | Arsiparis Ahli Muda | 19850505 201012 2 001",
    "Arsip Nasional Republik Indonesia",
    ("15/03/2027, eko", "15/03/2027, wati"),
)
_LONG = replace(
    _HANDED, folders=(_WORDY, _USUAL, _SECRET) * 15, destination=f"Lembaga Kearsipan Daerah {'Contoh ' * 9}"
)


def specimen_values(template: str, office: Office) -> dict[str, dict[str, Any]]:
    """Return the template's values for the emptiest, a usual and the longest."""
    return dict(zip(("kosong", "lazim", "panjang"), _MADE[template](office), strict=True))


def _handed(
    make: Callable[[Handing, date, Office], dict[str, Any]],
) -> Callable[[Office], tuple[dict[str, Any], ...]]:
    empty = Handing("pindah-2027-1", (_BARE,))
    return lambda office: tuple(make(handing, _DAY, office) for handing in (empty, _HANDED, _LONG))


_MADE: Mapping[str, Callable[[Office], tuple[dict[str, Any], ...]]] = {
    LOAN_FORM: lambda office: tuple(
        loan_form(folder, loan, office) for folder, loan in ((_BARE, _LOAN), (_USUAL, _LOAN), (_WORDY, _BACK))
    ),
    CHECKLIST: lambda office: (
        checklist_sheet(_BARE, _ITEMS[:1], "", closed=False, at=_NOON, office=office),
        checklist_sheet(_USUAL, _ITEMS, "Surat asli hilang di ekspedisi", closed=True, at=_NOON, office=office),
        checklist_sheet(
            _WORDY, _ITEMS * 8, "Sebagian naskah dibuat di luar program ini. " * 6, closed=True, at=_NOON, office=office
        ),
    ),
    TRANSFER_LIST: _handed(transfer_list),
    TRANSFER_MINUTES: _handed(transfer_minutes),
    HAND_OVER_MINUTES: _handed(hand_over_minutes),
}
