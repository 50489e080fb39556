"""The values and the specimen cases of SOP steps 6 and 7: the recommendation, and how it is followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.letters.sheets.example_case import WIB
from pipeline.letters.sheets.recommendation import EVALUATION, NOTICE, RECOMMENDATION, REQUEST
from pipeline.letters.sheets.sheet_facts import MoveMade
from pipeline.letters.specimens import official_letter
from pipeline.letters.specimens.known import Known
from pipeline.letters.specimens.official_letter import made
from pipeline.letters.specimens.register_book import TOLD, WORDY

_ABOUT: Mapping[str, Known] = {
    "pokok_pengaduan": Known("hal surat pengaduan tanpa identitas pelapor", "Pencemaran sumur warga"),
    "nomor_sop": Known("nomor SOP yang diikuti perkara", "W.8.OT.02.01-74"),
    "nama_sop": Known("nama SOP yang diikuti perkara", "Pelayanan Komunikasi Masyarakat"),
    "tanggal_audiensi": Known("tanggal audiensi dilaksanakan; kosong bila tidak ada", "2 Desember 2026"),
    "tempat_audiensi": Known("tempat audiensi dilaksanakan", "Ruang Rapat Kantor Wilayah"),
}
_SENT: Mapping[str, Known] = {
    "nomor_rekomendasi": Known("nomor surat rekomendasi", "W.8-HA.01.07-0014"),
    "tanggal_rekomendasi": Known("tanggal surat rekomendasi", "4 Desember 2026"),
    "tanggal_diterima": Known("tanggal surat rekomendasi diterima instansi", "7 Desember 2026"),
}
_ADVICE = Known(
    "daftar: rekomendasi; tiap barisnya punya instansi, tindakan dan tenggat (di surat ke instansi tanpa identitas)",
    "Menyediakan air bersih",
)
FIELDS: Mapping[str, Mapping[str, Known]] = {
    RECOMMENDATION: {
        **official_letter.LETTER,
        **_ABOUT,
        "ringkasan": Known("daftar: alinea ringkasan pengaduan tanpa identitas pelapor", "Air sumur warga berbau."),
        "hasil": Known("daftar: alinea hasil klarifikasi/koordinasi", "Kolam limbah bocor."),
        "hak": Known("daftar: hak yang berkaitan; tiap barisnya punya hak dan pasal", "hak atas kesejahteraan"),
        "analisis": Known("daftar: alinea analisis HAM", "Air bersih adalah bagian dari penghidupan yang layak."),
        "rekomendasi": _ADVICE,
    },
    NOTICE: {
        **official_letter.LETTER,
        "tanggal_audiensi": _ABOUT["tanggal_audiensi"],
        "tujuan_rekomendasi": Known("kepada siapa rekomendasi disampaikan", "Bupati Contoh"),
        "rekomendasi": _ADVICE,
        "cara_bertanya": Known("cara menanyakan perkembangan", "Loket Yankomas, hari kerja 08.00-16.00"),
    },
    REQUEST: {
        **official_letter.LETTER,
        **_ABOUT,
        **_SENT,
        "rekomendasi": _ADVICE,
        "catatan": Known("daftar: alinea catatan pemantauan", "Air bersih sudah disalurkan, kolam belum diperbaiki."),
        "batas_jawaban": Known("jawaban diminta paling lambat", "18 Desember 2026"),
    },
    EVALUATION: {
        **official_letter.ISSUED,
        **_ABOUT,
        **_SENT,
        "tujuan_rekomendasi": Known("kepada siapa rekomendasi disampaikan", "Bupati Contoh"),
        "kegiatan": Known("daftar: alinea kegiatan pemantauan", "Tim meninjau lokasi pada 14 Desember 2026."),
        "jawaban": Known("daftar: jawaban instansi; tiap barisnya punya nomor, tanggal dan isi", "660/12/DLH/2026"),
        "hasil": Known(
            "daftar: hasil tiap rekomendasi; tiap barisnya punya rekomendasi, penanggung_jawab, tenggat, "
            "tindak_lanjut, bukti dan status",
            "dilaksanakan",
        ),
        "rekapitulasi": Known("banyaknya rekomendasi menurut status", "2 (dua) dilaksanakan, 1 (satu) belum"),
        "simpulan": Known("daftar: alinea simpulan dan saran", "Rekomendasi sebagian besar dilaksanakan."),
    },
}

_AGENCY = "Kepala Dinas Lingkungan Hidup Kabupaten Contoh"
_USUAL: Mapping[str, Any] = {
    "tujuan_surat": "Bupati Contoh",
    "tempat_tujuan": "Contoh",
    "ringkasan_pengaduan": (
        "Sari Melati bersama 39 (tiga puluh sembilan) warga Desa Contoh Jaya mengadukan bahwa sejak September 2026 air "
        "sumur di RT 2 dan RT 3 berubah warna dan berbau setelah kolam limbah pabrik PT Contoh Sawit Makmur meluap.\n"
        "Warga telah meminta penjelasan kepada perusahaan, tetapi belum memperoleh tanggapan."
    ),
    "hasil_klarifikasi": (
        "Dalam audiensi, perusahaan mengakui bahwa kolam limbah bocor dan menyatakan sanggup memperbaikinya. Dinas "
        "Lingkungan Hidup menerangkan bahwa sebelas sumur tidak memenuhi baku mutu air bersih."
    ),
    "analisis": (
        "Air bersih adalah bagian dari penghidupan yang layak dan dari lingkungan hidup yang baik dan sehat. Pembiaran "
        "atas pencemaran mengurangi penikmatan hak tersebut; pemerintah daerah wajib melindungi dan memulihkannya."
    ),
    "rekomendasi": [
        f"{_AGENCY} | Memeriksa air sebelas sumur warga setiap bulan dan mengumumkan hasilnya | 2026-12-31",
        "Direktur PT Contoh Sawit Makmur | Memperbaiki kolam limbah dan menyediakan air bersih | 2026-12-18",
        "Camat Contoh | Membentuk posko pengaduan warga | 2026-12-11",
    ],
    "tembusan": ["Gubernur Bengkulu", "Sari Melati", "direktur jenderal hak asasi manusia."],
}
_LEAST: Mapping[str, Any] = {
    "tujuan_surat": "Bupati Contoh",
    "tempat_tujuan": "Contoh",
    "ringkasan_pengaduan": "Sumur tercemar.",
    "hasil_klarifikasi": "Kolam limbah bocor.",
    "analisis": "Hak atas kesejahteraan.",
    "rekomendasi": ["Bupati Contoh | Memulihkan sumur warga | 2026-12-18"],
}
_LONGEST: Mapping[str, Any] = {
    **_USUAL,
    "tujuan_surat": f"{_AGENCY} selaku Ketua Tim Koordinasi Pengawasan Pengelolaan Limbah dan Pemulihan Lingkungan",
    "tempat_tujuan": "Ibu Kota Kabupaten Contoh Utara",
    "ringkasan_pengaduan": "\n".join([_USUAL["ringkasan_pengaduan"]] * 5),
    "hasil_klarifikasi": "\n".join([_USUAL["hasil_klarifikasi"]] * 6),
    "analisis": "\n".join([_USUAL["analisis"]] * 6),
    "rekomendasi": [entry.replace(" | ", f" {n} | ", 1) for n in range(1, 7) for entry in _USUAL["rekomendasi"]],
    "tembusan": [f"Kepala Kantor Contoh Wilayah Kerja ke-{n}" for n in range(1, 13)],
}


def _moves(drafted: Mapping[str, Any], *, met: bool, more: tuple[MoveMade, ...] = ()) -> tuple[MoveMade, ...]:
    meeting = made(
        "laksanakan",
        "kabid",
        tanggal_pelaksanaan="2026-12-02",
        tempat_pelaksanaan="Ruang Rapat Kantor Wilayah, Bengkulu",
        hadir=["Eko Contoh | Kepala Bidang HAM"],
        hasil=["Perusahaan akan memperbaiki kolam limbah."],
    )
    return (*((meeting,) if met else ()), made("susun-rekomendasi", "kasubbid", **drafted), *more)


_SENT_ON = (
    replace(made("nomori", "tim-yankomas"), at=datetime(2026, 12, 4, 9, 0, tzinfo=WIB)),
    made("terima", "tim-yankomas", tanggal_terima="2026-12-07", penerima="Petugas Tata Usaha"),
)
_NOTED = made(
    "catat-pemantauan",
    "tim-yankomas",
    catatan="Air bersih sudah disalurkan kepada warga RT 2. Kolam limbah belum diperbaiki.",
    batas_jawaban="2026-12-18",
)
_NOTED_LONG = made("catat-pemantauan", "tim-yankomas", catatan="\n".join([str(_NOTED.values["catatan"])] * 12))
_ANSWER = made(
    "jawaban-instansi",
    "tim-yankomas",
    tanggal_jawaban="2026-12-16",
    nomor_jawaban="660/12/DLH/2026",
    isi_jawaban="Pemeriksaan air sumur dilakukan setiap bulan; hasil bulan Desember terlampir.",
)
_RESULT: Mapping[str, Any] = {
    "kegiatan": "Tim Yankomas meninjau lokasi pada 14 Desember 2026 dan meminta laporan tertulis dari setiap instansi.",
    "hasil_evaluasi": [
        f"Memeriksa air sebelas sumur warga | {_AGENCY} | 2026-12-31 | Diperiksa bulanan | Hasil uji | dilaksanakan",
        "Memperbaiki kolam limbah | PT Contoh Sawit Makmur | 2026-12-18 | Kolam pertama selesai | Foto | sebagian",
        "Membentuk posko pengaduan | Camat Contoh | 2026-12-11 | Belum ada | – | belum",
    ],
    "simpulan": "Satu rekomendasi dilaksanakan, satu sebagian, dan satu belum.\nDisarankan peninjauan Januari 2027.",
}
_RESULT_LONG: Mapping[str, Any] = {
    "kegiatan": "\n".join([_RESULT["kegiatan"]] * 6),
    "hasil_evaluasi": [f"{n}: {entry}" for n in range(1, 9) for entry in _RESULT["hasil_evaluasi"]],
    "simpulan": "\n".join([_RESULT["simpulan"]] * 6),
}
_RESULT_LEAST: Mapping[str, Any] = {
    "kegiatan": "Peninjauan lokasi.",
    "hasil_evaluasi": ["Memulihkan sumur warga | Bupati Contoh | 2026-12-18 | – | – | ditolak"],
    "simpulan": "Rekomendasi tidak dilaksanakan.",
}
_SOP = {"sop_number": "W.8.OT.02.01-74", "sop_title": "Pelayanan Komunikasi Masyarakat"}
_ISSUED: Mapping[str, Any] = {**_SOP, "naskah_date": date(2026, 12, 4)}
_NUMBERS = {"numbers": {RECOMMENDATION: "W.8-HA.01.07-0014"}}


def _cases(
    least: tuple[MoveMade, ...], usual: tuple[MoveMade, ...], longest: tuple[MoveMade, ...], **changes: Any
) -> Mapping[str, Mapping[str, Any]]:
    return {
        "kosong": {"moves": least},
        "lazim": {"moves": usual, "fields": TOLD, **changes},
        "panjang": {"moves": longest, "fields": WORDY, **changes},
    }


_DRAFTS = (_moves(_LEAST, met=False), _moves(_USUAL, met=True), _moves(_LONGEST, met=True))


#: By template and specimen: what of the common case is otherwise (the names of ``SheetFacts``).
CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    RECOMMENDATION: _cases(*_DRAFTS, **_ISSUED, naskah_number="W.8-HA.01.07-0014"),
    NOTICE: _cases(*_DRAFTS, **_ISSUED, naskah_number="W.8-HA.01.07-0015"),
    REQUEST: _cases(
        _DRAFTS[0],
        (*_DRAFTS[1], *_SENT_ON, _NOTED),
        (*_DRAFTS[2], *_SENT_ON, _NOTED_LONG),
        **{**_SOP, **_NUMBERS, "naskah_date": date(2026, 12, 14), "naskah_number": "W.8-HA.01.07-0016"},
    ),
    EVALUATION: _cases(
        (*_DRAFTS[0], made("evaluasi", "tim-yankomas", **_RESULT_LEAST)),
        (*_DRAFTS[1], *_SENT_ON, _NOTED, _ANSWER, made("evaluasi", "tim-yankomas", **_RESULT)),
        (*_DRAFTS[2], *_SENT_ON, _NOTED, *[_ANSWER] * 5, made("evaluasi", "tim-yankomas", **_RESULT_LONG)),
        **{**_SOP, **_NUMBERS, "naskah_number": "W.8-HA.01.07-0017", "naskah_date": date(2027, 1, 6)},
    ),
}
