"""What a value is called, means and looks like; and those that every sheet has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """A value that a template may use: what it means and what it looks like."""

    meaning: str
    example: str


COMMON: Mapping[str, Known] = {
    "logo": Known("gambar logo kantor, bila ada logo.png di folder templat", ""),
    "kop_kementerian": Known("baris kementerian pada kop", "KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA"),
    "kop_kantor": Known("nama kantor pada kop", "KANTOR WILAYAH BENGKULU"),
    "kop_alamat": Known("alamat pada kop", "Jalan Contoh Nomor 1, Bengkulu"),
    "kop_kontak": Known("telepon, laman dan surel pada kop", "Telepon (0736) 000000"),
    "layanan": Known("nama layanan", "Pelayanan Komunikasi Masyarakat (Yankomas)"),
    "tempat": Known("kota kantor", "Bengkulu"),
    "tanggal_dokumen": Known("tanggal dokumen dibuat", "25 November 2026"),
    "nomor_register": Known("nomor register aduan seperti tercetak", "0007/YANKOMAS/2026"),
    "nomor_perkara": Known("nomor map perkara", "2026/0007"),
    "diterima": Known("hari, tanggal dan jam terima", "Rabu, 25 November 2026 pukul 08.15 WIB"),
    "tanggal_terima": Known("tanggal terima", "25 November 2026"),
    "jam_terima": Known("jam terima", "08.15 WIB"),
    "cara_penyampaian": Known("cara aduan disampaikan", "Langsung"),
    "pelapor": Known("pelapor dalam satu baris", "Sari Melati dkk. (3 orang)"),
    "hal": Known("perihal surat, dipendekkan bila panjang", "Pengaduan pencemaran sumur warga"),
    "nomor_surat": Known("nomor surat pengaduan", "07/FWS/XI/2026"),
    "tanggal_surat": Known("tanggal surat pengaduan", "20 November 2026"),
    "lampiran": Known("lampiran surat pengaduan", "1 (satu) berkas"),
    "jumlah_halaman": Known("banyaknya lembar surat", "2 (dua) lembar"),
    "sifat": Known("sifat surat", "Terbatas"),
}
