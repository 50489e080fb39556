"""The values and the specimen cases of the receipt and the disposition sheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.letters.sheets.disposition_sheet import DISPOSITION, INSTRUCTIONS, RECEIPT, tick_box
from pipeline.letters.specimens.known import COMMON, Known
from pipeline.letters.specimens.official_letter import made

FIELDS: Mapping[str, Mapping[str, Known]] = {
    RECEIPT: {
        **COMMON,
        "rangkap": Known("daftar: keterangan tiap rangkap", "Lembar untuk pelapor"),
        "kode_status": Known("kode untuk menanyakan perkembangan", "K7QM-2XPA-94TD"),
        "cara_bertanya": Known("cara menanyakan perkembangan", "Loket Yankomas, hari kerja 08.00-16.00"),
        "berkas": Known("daftar: berkas yang diterima", "Surat pengaduan, 2 (dua) lembar"),
        "petugas_jabatan": Known("jabatan petugas penerima", "Petugas Yankomas"),
        "petugas_nama": Known("nama petugas penerima", "Rina Contoh, S.H."),
        "petugas_nip": Known("NIP petugas penerima", "19900101 201501 2 001"),
    },
    DISPOSITION: {
        **COMMON,
        "nomor_agenda": Known("nomor agenda surat masuk", "123"),
        "indeks": Known("indeks berkas", "Pencemaran"),
        "kode_klasifikasi": Known("kode klasifikasi arsip", "HA.01.07"),
        "tenggat": Known("tenggat penyelesaian perkara", "8 Januari 2027 pukul 09.00 WIB"),
        "tenggat_telaahan": Known("tenggat telaahan (langkah 4 SOP)", "27 November 2026 pukul 09.00 WIB"),
        "isi_ringkas": Known("isi surat, dipendekkan", "Terlapor: PT Contoh. Memohon: air bersih."),
        "alur": Known(
            "daftar: perjalanan disposisi; tiap barisnya punya tanggal, dari, kepada dan isi", "Kepala Kantor Wilayah"
        ),
        "audiensi_tanggal": Known("tanggal disposisi atas usulan audiensi", "1 Desember 2026"),
        "audiensi_dari": Known("yang mendisposisi usulan audiensi", "Kepala Kantor Wilayah"),
        "audiensi_kepada": Known("yang mengusulkan audiensi", "Kepala Bidang HAM"),
        "audiensi_isi": Known("putusan dan isi disposisinya", "Usulan audiensi disetujui: Jadwalkan audiensi"),
        "kotak_biasa": Known("kotak sifat biasa", "☐"),
        "kotak_terbatas": Known("kotak sifat terbatas", "☒"),
        "kotak_rahasia": Known("kotak sifat rahasia", "☐"),
        "kotak_derajat_biasa": Known("kotak derajat biasa", "☐"),
        "kotak_derajat_segera": Known("kotak derajat segera", "☒"),
        "kotak_derajat_amat_segera": Known("kotak derajat amat segera", "☐"),
        **{tick_box(words): Known(f"kotak petunjuk {words.lower()}", "☐") for words in INSTRUCTIONS},
    },
}
_LONG = "Telaah bersama tim, koordinasikan dengan dinas terkait, dan laporkan hasilnya sebelum tenggat. " * 4
#: By template and specimen: what of the common case is otherwise (the names of ``SheetFacts``).
CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    DISPOSITION: {
        "lazim": {
            "moves": (
                made("sampaikan", "tim-yankomas"),
                made("disposisi", "kakanwil", isi_disposisi="Telaah; Siapkan konsep\nDahulukan.", derajat="Segera"),
            )
        },
        "panjang": {
            "moves": (
                made("sampaikan", "tim-yankomas"),
                *(made("disposisi", r, isi_disposisi=_LONG, derajat="Amat segera") for r in ("kakanwil", "kadiv")),
                made("disposisi", "kabid", isi_disposisi=_LONG.upper()),
                made("usulkan-audiensi", "kasubbid"),
                made("disposisi-audiensi", "kakanwil", keputusan="disetujui", isi_disposisi=_LONG),
            )
        },
    }
}
