"""The values and the specimen cases of the papers of an audience."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.letters.sheets.audience import ATTENDANCE, INVITATION, MINUTES, PROPOSAL
from pipeline.letters.specimens import official_letter
from pipeline.letters.specimens.known import Known
from pipeline.letters.specimens.official_letter import made

_WHEN: Mapping[str, Known] = {
    "hari_tanggal": Known("hari dan tanggal audiensi", "Rabu, 2 Desember 2026"),
    "waktu": Known("waktu audiensi", "09.00 WIB s.d. selesai"),
    "tempat_audiensi": Known("tempat audiensi", "Ruang Rapat Kantor Wilayah"),
    "acara": Known("acara audiensi, di undangan dan daftar hadir tanpa identitas pelapor", "Klarifikasi pencemaran"),
}
_GUESTS = Known("daftar: pihak yang diundang, seperti ditulis di isian", "Dinas Lingkungan Hidup")
FIELDS: Mapping[str, Mapping[str, Known]] = {
    PROPOSAL: {
        **official_letter.MEMO,
        **_WHEN,
        "alasan": Known("daftar: alinea alasan", "Keterangan para pihak perlu dipertemukan."),
        "pihak": _GUESTS,
    },
    INVITATION: {
        **official_letter.LETTER,
        **_WHEN,
        "pokok_pengaduan": Known("hal surat pengaduan tanpa identitas pelapor", "Pencemaran sumur warga"),
        "undangan": Known("daftar: pihak yang diundang tanpa identitas pelapor", "Pelapor (identitas pada kami)"),
        "undangan_di_surat": Known("daftar: dua atau tiga pihak yang disebut di surat, bernomor", "Camat Contoh"),
        "daftar_undangan": Known("daftar: isi lampiran bila undangannya lebih dari tiga", "Camat Contoh"),
        "pihak": _GUESTS,
    },
    ATTENDANCE: {
        **official_letter.ISSUED,
        **_WHEN,
        "daftar": Known("daftar: baris daftar hadir; tiap barisnya punya nomor, unsur, kiri dan kanan", "1."),
    },
    MINUTES: {
        **official_letter.ISSUED,
        "hari_terbilang": Known("hari dan tanggal dengan kata-kata", "Rabu, tanggal dua bulan Desember tahun ..."),
        "tanggal_angka": Known("tanggal dengan angka", "02-12-2026"),
        "tempat_pelaksanaan": Known("tempat audiensi dilaksanakan", "Ruang Rapat Kantor Wilayah"),
        "acara": _WHEN["acara"],
        "hadir": Known("daftar: yang hadir; tiap barisnya punya nama dan jabatan", "Joko Contoh"),
        "para_pihak": Known("daftar: yang hadir selain penanda tangan; tiap barisnya punya nama dan jabatan", "Maya"),
        "hasil": Known("daftar: hasil pembicaraan", "Perusahaan akan memperbaiki kolam limbah."),
        "saksi": Known("daftar: saksi; tiap barisnya punya nama dan jabatan", "Lina Contoh"),
    },
}

_LONG_GUEST = "Kepala Dinas Lingkungan Hidup, Kehutanan, dan Pertanahan Kabupaten Contoh Utara selaku koordinator "
_LONG_TEXT = "Perusahaan menyampaikan rencana perbaikan kolam limbah beserta jadwal dan penanggung jawabnya. " * 4
_LEAST: dict[str, Any] = {
    "tanggal_audiensi": "2026-12-02",
    "waktu_audiensi": "09.00 WIB",
    "tempat_audiensi": "Ruang Rapat",
    "acara": "Klarifikasi",
    "pihak": ["Kepala Desa Contoh Jaya"],
}
_USUAL: dict[str, Any] = {
    "tanggal_audiensi": "2026-12-02",
    "waktu_audiensi": "09.00 WIB s.d. selesai",
    "tempat_audiensi": "Ruang Rapat Kantor Wilayah, Jalan Contoh Nomor 1, Bengkulu",
    "acara": "Klarifikasi dan koordinasi penanganan pencemaran sumur warga",
    "pihak": ["Kepala Dinas Lingkungan Hidup Kabupaten Contoh", "Direktur PT Contoh Sawit Makmur", "Sari Melati"],
}
_LONGEST: dict[str, Any] = {
    "tanggal_audiensi": date(2026, 12, 2),
    "waktu_audiensi": "09.00 WIB s.d. selesai, dilanjutkan peninjauan lapangan setelah istirahat siang",
    "tempat_audiensi": "Ruang Rapat Kantor Wilayah, Jalan Contoh Nomor 1, Bengkulu " * 3,
    "acara": "Klarifikasi dan koordinasi penanganan pencemaran sumur warga serta pemulihannya " * 3,
    "pihak": [_LONG_GUEST.strip()] * 2 + ["Yusuf Pratama, warga"] + [f"Kepala Desa Contoh {n}" for n in range(1, 24)],
}
_WHY = "Keterangan pelapor dan terlapor berbeda mengenai waktu mulai tercemarnya sumur, sehingga perlu dipertemukan."
_HELD = {
    "tanggal_pelaksanaan": "2026-12-02",
    "tempat_pelaksanaan": "Ruang Rapat Kantor Wilayah, Bengkulu",
    "hadir": [
        "Eko Contoh | Kepala Bidang HAM",
        "Joko Contoh, S.T. | Kepala Dinas Lingkungan Hidup Kabupaten Contoh",
        "Maya Contoh | Direktur PT Contoh Sawit Makmur",
        "Sari Melati | Pelapor",
    ],
    "hasil": [
        "Perusahaan mengakui kolam limbah bocor dan akan memperbaikinya paling lambat 18 Desember 2026.",
        "Dinas Lingkungan Hidup memeriksa air sebelas sumur warga setiap bulan.",
        "Perusahaan menyediakan air bersih sampai sumur dapat dipakai kembali.",
    ],
    "saksi": ["Lina Contoh | Sekretaris Desa Contoh Jaya"],
}
_LEAST_HELD = {
    "tanggal_pelaksanaan": "2026-12-02",
    "tempat_pelaksanaan": "Ruang Rapat",
    "hadir": ["Eko Contoh | Kepala Bidang HAM"],
    "hasil": ["Para pihak sepakat berdamai."],
}
_LONGEST_HELD = {
    **_HELD,
    "hadir": [f"Prof. Dr. Ir. Contoh Panjang Namanya ke-{n}, S.H., M.H. | {_LONG_GUEST}" for n in range(1, 21)],
    "hasil": [_LONG_TEXT] * 9,
    "saksi": [f"Saksi Contoh ke-{n} | {_LONG_GUEST}" for n in range(1, 6)],
}
_NUMBERED = {"naskah_number": "W.8-HA.01.07-0013", "naskah_date": date(2026, 11, 26)}


def _three(key: str, role: str, extra: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    cases = {"kosong": _LEAST, "lazim": _USUAL, "panjang": _LONGEST}
    return {
        name: {"moves": (made(key, role, **values, **extra),), **({} if name == "kosong" else changes)}
        for name, values in cases.items()
    }


CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    PROPOSAL: _three("usulkan-audiensi", "kasubbid", {"alasan": _WHY}, {}),
    INVITATION: _three("undang", "kasubbid", {}, _NUMBERED),
    ATTENDANCE: _three("undang", "kasubbid", {}, {}),
    MINUTES: {
        "kosong": {"moves": (made("laksanakan", "kabid", **_LEAST_HELD),)},
        "lazim": {"moves": (made("undang", "kasubbid", **_USUAL), made("laksanakan", "kabid", **_HELD))},
        "panjang": {"moves": (made("undang", "kasubbid", **_LONGEST), made("laksanakan", "kabid", **_LONGEST_HELD))},
    },
}
