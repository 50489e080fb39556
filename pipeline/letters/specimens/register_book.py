"""The values and the specimen cases of the oral complaint and of the register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from pipeline.letters.sheets.example_case import WIB, field
from pipeline.letters.sheets.register_book import BOOK, FORM
from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.letters.specimens.known import COMMON, Known

_BOX = "kotak-kotak pilihan; bagiannya"
FIELDS: Mapping[str, Mapping[str, Known]] = {
    FORM: {
        **COMMON,
        "cara": Known(
            f"{_BOX}: langsung, surat, pos, faks, surel, simasham, pelimpahan, berita, lisan", "{{ cara.langsung }}: ☒"
        ),
        "lembaga_pelapor": Known("lembaga atau kelompok pelapor", "Forum Warga Sumur Jernih"),
        "pelapor_nama": Known("nama pelapor pertama", "Sari Melati"),
        "nik": Known("daftar: 16 angka NIK, kosong bila NIK tidak 16 angka", "{{ nik[0] }}: 1"),
        "nik_tertulis": Known("NIK seperti tertulis, bila tidak 16 angka", "17710101"),
        "pelapor_lahir": Known("tempat dan tanggal lahir, atau umur", "Bengkulu, 1 Januari 1985"),
        "kelamin": Known(f"{_BOX}: laki_laki, perempuan", "{{ kelamin.perempuan }}: ☒"),
        "pelapor_pekerjaan": Known("pekerjaan pelapor pertama", "Petani"),
        "pelapor_alamat": Known("alamat pelapor pertama", "Desa Contoh Jaya RT 2"),
        "pelapor_telepon": Known("telepon pelapor pertama", "0800-0000-0000"),
        "pelapor_surel": Known("surel pelapor pertama", "sari@contoh.example"),
        "pelapor_lain": Known("daftar: pelapor berikutnya; tiap barisnya punya nama, nik dan alamat", "Hendra Gunawan"),
        "kapasitas": Known(f"{_BOX}: korban, keluarga, kuasa_hukum, lembaga, kelompok", "{{ kapasitas.korban }}: ☒"),
        "jumlah_kelompok": Known("banyaknya orang dalam kelompok", "40"),
        "kuasa_nama": Known("nama kuasa", "Joko Contoh, S.H."),
        "kuasa_nomor": Known("nomor surat kuasa", "12/SK/XI/2026"),
        "korban": Known("korban, bila bukan pelapor", "Warga RT 2 dan RT 3"),
        "kerentanan": Known(f"{_BOX}: anak, perempuan, disabilitas, lansia, wbp", "{{ kerentanan.anak }}: ☐"),
        "terlapor": Known("daftar: para terlapor; tiap barisnya punya nama, jabatan dan instansi", "PT Contoh Makmur"),
        "kelas": Known(
            f"{_BOX}: kepolisian, pemda, korporasi, peradilan, kejaksaan, tni, bumn_bumd, pendidikan, perorangan, "
            "lainnya",
            "{{ kelas.korporasi }}: ☒",
        ),
        "tempat_kejadian": Known("tempat kejadian", "Desa Contoh Jaya, Kecamatan Contoh"),
        "waktu_kejadian": Known("waktu kejadian", "sejak September 2026"),
        "pokok_permasalahan": Known("daftar: alinea pokok permasalahan", "Pencemaran sumur warga"),
        "uraian": Known("daftar: alinea uraian kejadian", "Sejak September air sumur berbau."),
        "data_informasi": Known("daftar: alinea data dan informasi", "Foto sumur, hasil uji air"),
        "permohonan": Known("daftar: hal-hal yang dimohon", "1. pemeriksaan air sumur"),
        "hak": Known(
            f"{_BOX}: hidup, berkeluarga_dan_melanjutkan_keturunan, mengembangkan_diri, memperoleh_keadilan, "
            "kebebasan_pribadi, rasa_aman, kesejahteraan, turut_serta_dalam_pemerintahan, wanita, anak, "
            "belum_ditentukan",
            "{{ hak.kesejahteraan }}: ☒",
        ),
        "upaya": Known("upaya yang sudah ditempuh", "Musyawarah desa, belum ada hasil"),
        "instansi_lain": Known("instansi lain yang sudah diadukan", "Dinas Lingkungan Hidup"),
        "dokumen": Known(
            f"{_BOX}: ktp, surat_kuasa, laporan_polisi, putusan, surat_keterangan, foto, lainnya",
            "{{ dokumen.foto }}: ☒",
        ),
        "petugas_jabatan": Known("jabatan petugas penerima", "Petugas Yankomas"),
        "petugas_nama": Known("nama petugas penerima", "Rina Contoh, S.H."),
        "petugas_nip": Known("NIP petugas penerima", "19900101 201501 2 001"),
    },
    BOOK: {
        **COMMON,
        "tahun": Known("tahun register", "2026"),
        "halaman": Known(
            "daftar: halaman buku; tiap halaman punya nomor, baris (daftar perkara), jumlah, jumlah_lalu dan "
            "jumlah_sampai; tiap baris punya urut, nomor_register, diterima, nomor_agenda, cara, surat, pelapor, "
            "kapasitas, terlapor, tempat_kejadian, perihal, hak, sifat, disposisi, telaahan, audiensi, rekomendasi, "
            "pemantauan, status, tanggal_selesai dan berkas",
            "Jumlah pada halaman ini: 1 (satu) perkara",
        ),
        "jumlah_halaman_buku": Known("banyaknya halaman buku", "1"),
        "segel": Known("segel arsip yang terbaru sebelum hari itu", " · segel arsip no. 12 (25/11/2026): 3F9A-…"),
    },
}

_STORY = (
    "Sejak September 2026 air sumur warga RT 2 dan RT 3 berubah warna dan berbau setelah kolam limbah pabrik meluap.",
    "Pada 3 November 2026 warga meminta penjelasan di kantor pabrik, tetapi tidak diterima. Anak-anak mengalami "
    "gatal-gatal, dan warga membeli air galon untuk minum dan memasak.",
)
#: What an oral complaint tells: the usual one, and one of many words.
TOLD: Mapping[str, Any] = {
    "perihal": field("Pengaduan pencemaran sumur warga oleh limbah kolam pabrik"),
    "lembaga_pelapor": field("Forum Warga Sumur Jernih"),
    "pelapor": [
        {
            "nama": field("Sari Melati"),
            "nik": field("1771014501850001"),
            "ttl": field("Bengkulu, 5 Januari 1985"),
            "jenis_kelamin": field("perempuan"),
            "pekerjaan": field("Petani"),
            "alamat": field("Dusun Dua RT 2, Desa Contoh Jaya, Kecamatan Contoh"),
            "telepon": field("0800-0000-0000"),
            "surel": field("sari@contoh.example"),
        },
        {"nama": field("Hendra Gunawan"), "nik": field("177101"), "alamat": field("Dusun Dua RT 3")},
        {"nama": field("Yusuf Pratama"), "nik": None, "alamat": field("Dusun Tiga RT 1")},
    ],
    "kapasitas": field("kelompok"),
    "jumlah_kelompok": field(40),
    "korban": field("Warga RT 2 dan RT 3"),
    "kerentanan": [field("anak"), field("lansia")],
    "terlapor": [
        field("PT Contoh Sawit Makmur"),
        {"nama": "Bambang Contoh", "jabatan": "Manajer kebun", "instansi": "PT Contoh Sawit Makmur"},
    ],
    "kelas_terlapor": field("korporasi"),
    "tempat_kejadian": field("Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh"),
    "waktu_kejadian": field("sejak September 2026"),
    "pokok_permasalahan": field("Limbah kolam pabrik mencemari sumur warga; pabrik belum bertanggung jawab."),
    "uraian": field("\n".join(_STORY)),
    "data_informasi": field("Foto sumur (8 lembar), hasil uji air puskesmas, daftar tanda tangan 40 warga."),
    "permintaan": [field("pemeriksaan air sumur"), field("penyediaan air bersih"), field("perbaikan kolam limbah")],
    "hak": [field(7), field(3)],
    "upaya": field("Musyawarah desa pada 10 November 2026, belum ada hasil"),
    "instansi_lain": field("Dinas Lingkungan Hidup Kabupaten Contoh"),
    "dokumen_pendukung": [field("KTP"), field("foto"), field("surat keterangan")],
    "klasifikasi": field("HA.01.07"),
    "nomor_surat": field("07/FWS/XI/2026"),
    "tanggal_surat": field("2026-11-20"),
    "nomor_agenda": field("418"),
}
WORDY: Mapping[str, Any] = {
    **TOLD,
    "perihal": field("PENGADUAN PENCEMARAN SUMUR WARGA DAN PERMOHONAN PERLINDUNGAN HAK ASASI MANUSIA " * 9),
    "lembaga_pelapor": field("Forum Warga Sumur Jernih Kecamatan Contoh " * 4),
    "pelapor": [
        {**TOLD["pelapor"][0], "alamat": field("Dusun Dua RT 2, " * 20)},
        *[{"nama": field(f"Warga Contoh Ke-{n} " * 3), "nik": field("1" * 16)} for n in range(2, 14)],
    ],
    "kuasa": {
        "nama": field("Joko Contoh, S.H., M.H. dan rekan " * 3),
        "nomor_surat_kuasa": field("12/SK/XI/2026 " * 4),
    },
    "terlapor": [field("PT Contoh Sawit Makmur " * 4)] * 5,
    "tempat_kejadian": field("Desa Contoh Jaya, Kecamatan Contoh, " * 9),
    "uraian": field("\n".join(_STORY * 14)),
    "permintaan": [field("pemeriksaan air sumur oleh laboratorium yang tidak memihak " * 3)] * 12,
    "upaya": field("Musyawarah desa pada 10 November 2026, belum ada hasil. " * 9),
}


def _course(text: str) -> tuple[MoveMade, ...]:
    begun = datetime(2026, 11, 25, 9, 0, tzinfo=WIB)
    made: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        ("disposisi", "kakanwil", {"isi_disposisi": text}),
        ("disposisi", "kadiv", {"isi_disposisi": text}),
        ("disposisi", "kabid", {"isi_disposisi": text}),
        ("telaah", "kasubbid", {"indikasi": "ya", "berwenang": "ya", "saran": "audiensi"}),
        ("laksanakan", "kabid", {"tanggal_pelaksanaan": "2026-12-02", "hadir": ["Sari Melati | pelapor", text]}),
        ("susun-rekomendasi", "kasubbid", {"tujuan_surat": f"Bupati Contoh {text}"}),
        ("nomori", "tim-yankomas", {"nomor_naskah": "W.8-HA.01.07-74"}),
        ("kirim", "tim-yankomas", {"tanggal_kirim": "2026-12-07"}),
        ("terima", "tim-yankomas", {"tanggal_terima": "2026-12-08"}),
        ("jawaban-instansi", "tim-yankomas", {"tanggal_jawaban": "2026-12-22", "nomor_jawaban": "660/12/2026"}),
        ("selesai", "tim-yankomas", {}),
    )
    return tuple(
        MoveMade(key, begun + timedelta(days=number), role, values) for number, (key, role, values) in enumerate(made)
    )


_SEAL = "no. 312 (25/11/2026): 3F9A-22C1-9B7E-4D10"

#: By template and specimen: what of the common case is otherwise (the names of ``SheetFacts``).
CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    FORM: {"lazim": {"fields": TOLD}, "panjang": {"fields": WORDY}},
    BOOK: {
        "lazim": {"fields": TOLD, "moves": _course(""), "seal": _SEAL},
        "panjang": {"fields": WORDY, "moves": _course("Pimpinan Daerah " * 20), "seal": _SEAL},
    },
}
