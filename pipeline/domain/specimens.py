"""The values of the sheets explained and shown: for the template check, the user guide and the tests.

``sample`` gives three cases that every template must survive: the longest, the emptiest and a typical one. All
persons, agencies and numbers are invented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from pipeline.domain.office import Letterhead, Office, Official
from pipeline.domain.sheets import DISPOSITION, RECEIPT, SheetFacts, context


@dataclass(frozen=True, slots=True)
class Known:
    """A value that a template may use: what it means and what it looks like."""

    meaning: str
    example: str


_COMMON = {
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
#: Every value each template may use.
FIELDS: Mapping[str, Mapping[str, Known]] = {
    RECEIPT: {
        **_COMMON,
        "rangkap": Known("daftar: keterangan tiap rangkap", "Lembar untuk pelapor"),
        "kode_status": Known("kode untuk menanyakan perkembangan", "K7QM-2XPA-94TD"),
        "cara_bertanya": Known("cara menanyakan perkembangan", "Loket Yankomas, hari kerja 08.00-16.00"),
        "berkas": Known("daftar: berkas yang diterima", "Surat pengaduan, 2 (dua) lembar"),
        "petugas_jabatan": Known("jabatan petugas penerima", "Petugas Yankomas"),
        "petugas_nama": Known("nama petugas penerima", "Rina Contoh, S.H."),
        "petugas_nip": Known("NIP petugas penerima", "19900101 201501 2 001"),
    },
    DISPOSITION: {
        **_COMMON,
        "nomor_agenda": Known("nomor agenda surat masuk", "123"),
        "indeks": Known("indeks berkas", "Pencemaran"),
        "kode_klasifikasi": Known("kode klasifikasi arsip", "HA.01.07"),
        "tenggat": Known("tenggat penyelesaian perkara", "8 Januari 2027 pukul 09.00 WIB"),
        "tenggat_telaahan": Known("tenggat telaahan (langkah 4 SOP)", "27 November 2026 pukul 09.00 WIB"),
        "isi_ringkas": Known("isi surat, dipendekkan", "Terlapor: PT Contoh. Memohon: air bersih."),
        "alur": Known("daftar: perjalanan disposisi; tiap barisnya punya dari dan kepada", "Kakanwil"),
        "kotak_biasa": Known("kotak sifat biasa", "☐"),
        "kotak_terbatas": Known("kotak sifat terbatas", "☒"),
        "kotak_rahasia": Known("kotak sifat rahasia", "☐"),
    },
}

EXAMPLE_OFFICE = Office(
    name="Kantor Wilayah Bengkulu",
    place="Bengkulu",
    letterhead=Letterhead(
        ministry=("KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA", "REPUBLIK INDONESIA"),
        office="KANTOR WILAYAH BENGKULU",
        address="Jalan Contoh Nomor 1, Bengkulu 38000",
        contact="Telepon (0736) 000000 · Laman contoh.example · Surel yankomas@contoh.example",
    ),
    officials=(
        Official("kakanwil", "Kepala Kantor Wilayah", "Budi Contoh", "19700101 199503 1 001"),
        Official("kadiv", "Kepala Divisi Pelayanan Hukum dan HAM", "Dewi Contoh", "19720202 199703 2 001"),
        Official("kabid", "Kepala Bidang HAM", "Eko Contoh", "19780303 200212 1 001"),
        Official("kasubbid", "Kepala Subbidang Pemajuan HAM", "Fitri Contoh", "19850404 200901 2 002"),
        Official("tim-yankomas", "Petugas Yankomas", "Rina Contoh, S.H.", "19900101 201501 2 001"),
    ),
    status_line="Loket Yankomas pada hari kerja pukul 08.00-16.00, atau telepon (0736) 000000",
)
_WIB = timezone(timedelta(hours=7))
_EMPTIEST = SheetFacts(
    register_number="0007/YANKOMAS/2026",
    number="2026/0007",
    received_at=datetime(2026, 11, 25, 8, 15, tzinfo=_WIB),
    status_code="K7QM-2XPA-94TD",
    drafted_on=date(2026, 11, 25),
    fields={},
    pages=1,
)
_KNOWN_DATES = replace(
    _EMPTIEST,
    due_at=datetime(2027, 1, 8, 9, 0, tzinfo=_WIB),
    review_due_at=datetime(2026, 11, 27, 9, 0, tzinfo=_WIB),
)


_LONG_SUBJECT = "PENGADUAN PENCEMARAN SUMUR WARGA OLEH LIMBAH KOLAM PABRIK DAN PERMOHONAN PERLINDUNGAN HAK ASASI " * 9


def field(value: Any) -> dict[str, Any]:
    """Return a field as the journal records it, with the value as its text."""
    return {"nilai": value, "teks": str(value), "confidence": 0.9, "page": 1, "box": None}


def _fields(times: int) -> dict[str, Any]:
    names = ["Sari Melati", "Hendra Gunawan", "Yusuf Pratama"]
    return {
        "tanggal_surat": field("2026-11-20"),
        "nomor_surat": field("07/FWS/XI/2026" * times),
        "perihal": field("Pengaduan pencemaran sumur warga oleh limbah kolam pabrik" if times == 1 else _LONG_SUBJECT),
        "lembaga_pelapor": field("Forum Warga Sumur Jernih Kecamatan Contoh " * times) if times > 1 else None,
        "pelapor": [{"nama": field(f"{name} " * times)} for name in names * times],
        "terlapor": [field("PT Contoh Sawit Makmur")] * times,
        "tempat_kejadian": field("Desa Contoh Jaya, Kecamatan Contoh " * times),
        "permintaan": [field("pemeriksaan air sumur"), field("penyediaan air bersih")] * times,
        "lampiran": {**field("1 (satu) berkas"), "daftar": [field("Foto sumur warga " * times)] * times},
    }


_SPECIMENS = {
    "kosong": _EMPTIEST,
    "lazim": replace(_KNOWN_DATES, fields=_fields(1), pages=2, channel="langsung"),
    "panjang": replace(
        _KNOWN_DATES,
        fields=_fields(9),
        pages=1234,
        channel="pelimpahan dari Direktorat Jenderal Hak Asasi Manusia",
        register_number="W.8-HA.01.07-12345/YANKOMAS/KANWIL-BENGKULU/2026",
    ),
}
SPECIMENS = tuple(_SPECIMENS)


def sample(template: str, office: Office = EXAMPLE_OFFICE) -> dict[str, dict[str, Any]]:
    """Return the template's context for the emptiest (``kosong``), a typical (``lazim``) and the longest case.

    Raises:
        TemplateFault: no sheet of this name is known.
    """
    return {name: context(template, facts, office) for name, facts in _SPECIMENS.items()}


__all__ = ["EXAMPLE_OFFICE", "FIELDS", "SPECIMENS", "Known", "field", "sample"]
