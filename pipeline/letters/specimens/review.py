"""The values and the specimen cases of the review memo and of the letters of the side exits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.letters.sheets.review import INCOMPLETE, MEMO, NO_INDICATION, NOT_COMPETENT
from pipeline.letters.specimens import official_letter
from pipeline.letters.specimens.known import Known
from pipeline.letters.specimens.official_letter import made

_COMPLAINANT: Mapping[str, Known] = {
    **official_letter.LETTER,
    "cara_bertanya": Known("cara menanyakan perkembangan", "Loket Yankomas, hari kerja 08.00-16.00"),
}
_REASON = Known("daftar: alinea alasan", "Permasalahan yang diadukan termasuk sengketa perdata.")

FIELDS: Mapping[str, Mapping[str, Known]] = {
    MEMO: {
        **official_letter.MEMO,
        "persoalan": Known("daftar: alinea persoalan", "Apakah pencemaran itu melanggar hak warga?"),
        "praanggapan": Known("daftar: alinea praanggapan", "Sumur warga tercemar sejak kolam dibangun."),
        "kronologi": Known("daftar: kronologi; tiap barisnya punya tanggal dan kejadian", "Kolam limbah jebol"),
        "bukti": Known("daftar: bukti yang ada", "Foto sumur warga"),
        "para_pelapor": Known("daftar: pelapor; tiap barisnya punya nama dan keterangan", "Sari Melati"),
        "para_terlapor": Known("daftar: terlapor", "PT Contoh Sawit Makmur"),
        "tempat_kejadian": Known("tempat kejadian", "Desa Contoh Jaya"),
        "hak": Known("daftar: hak yang diduga dilanggar", "kesejahteraan"),
        "analisis": Known("daftar: bagian analisis; tiap barisnya punya huruf, judul dan alinea", "Kelengkapan formal"),
        "indikasi": Known("Terdapat atau Tidak terdapat", "Terdapat"),
        "kewenangan": Known("berwenang atau tidak berwenang", "berwenang"),
        "pilihan_saran": Known("daftar: kotak saran; tiap barisnya punya kotak dan teks", "☒"),
        "uraian_saran": Known("daftar: alinea uraian saran", "Audiensi dengan dinas terkait."),
    },
    INCOMPLETE: {
        **_COMPLAINANT,
        "kekurangan": Known("daftar: yang harus dilengkapi", "Salinan KTP pelapor"),
        "batas_jawaban": Known("lamanya waktu melengkapi", "10 (sepuluh) hari kerja"),
    },
    NOT_COMPETENT: {
        **_COMPLAINANT,
        "alasan": _REASON,
        "instansi_berwenang": Known("instansi yang berwenang", "Dinas Lingkungan Hidup Kabupaten Contoh"),
    },
    NO_INDICATION: {**_COMPLAINANT, "alasan": _REASON},
}

_LONG = (
    "Warga menyampaikan bahwa air sumur berbau, berwarna, dan tidak dapat dipakai sejak kolam limbah dibangun di atas "
    "permukiman; pemeriksaan oleh petugas puskesmas pada bulan yang sama menyebut kadar besi di atas baku mutu. "
) * 4
_NUMBERED = {"naskah_number": "W.8-HA.01.07-0012", "naskah_date": date(2026, 11, 26)}
_LONG_NUMBER = {**_NUMBERED, "naskah_number": "W.8-HA.01.07-1234567/KANWIL-BENGKULU/YANKOMAS/2026"}
_REASONS = "Permasalahan yang diadukan merupakan sengketa batas tanah antarwarga yang bersifat perdata.\n" + (
    "Penyelesaiannya menjadi kewenangan pengadilan negeri di wilayah letak tanah tersebut."
)


def _one(key: str, usual: dict[str, Any], longest: dict[str, Any], least: dict[str, Any]) -> dict[str, Any]:
    """Return the three cases of a letter that one move of the review makes; the emptiest is still a draft."""
    return {
        "kosong": {"moves": (made(key, "kasubbid", **least),)},
        "lazim": {"moves": (made(key, "kasubbid", **usual),), **_NUMBERED},
        "panjang": {"moves": (made(key, "kasubbid", **longest),), **_LONG_NUMBER},
    }


_REVIEW = {
    "persoalan": "Apakah pembuangan limbah kolam pabrik melanggar hak warga atas lingkungan hidup yang baik dan sehat?",
    "praanggapan": "Air sumur warga tercemar sejak kolam limbah dipakai pada Agustus 2026.",
    "kronologi": [
        "2026-08-03 | Kolam limbah pabrik mulai dipakai.",
        "2026-09-14 | Air sumur sebelas rumah berbau dan berwarna.",
        "Oktober 2026 | Warga melapor kepada pemerintah desa; belum ada tindak lanjut.",
    ],
    "bukti": ["Foto sumur warga", "Hasil pemeriksaan air oleh puskesmas"],
    "analisis_kelengkapan": "Identitas, kronologi, dan bukti awal telah lengkap.",
    "analisis_kewenangan": "Tempat kejadian berada di wilayah Provinsi Bengkulu; kantor wilayah berwenang menelaah.",
    "analisis_hak": "Hak atas lingkungan hidup yang baik dan sehat (Pasal 9 ayat (3) UU Nomor 39 Tahun 1999).",
    "analisis_unsur": "Terdapat kelalaian pengawasan atas pembuangan limbah yang berakibat pada warga.",
    "analisis_jalur_lain": "Warga dapat pula menempuh pengaduan lingkungan hidup kepada dinas terkait.",
    "indikasi": "ya",
    "berwenang": "ya",
    "saran": "audiensi",
    "uraian_saran": "Mengundang dinas lingkungan hidup dan pihak perusahaan untuk klarifikasi dan koordinasi.",
}
_LEAST_REVIEW = {"persoalan": "Pencemaran sumur.", "analisis_hak": "Pasal 9.", "indikasi": "tidak"} | {
    "berwenang": "tidak",
    "saran": "tidak-dilanjutkan",
}
CASES: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    MEMO: {
        "kosong": {"moves": (made("telaah", "kasubbid", **_LEAST_REVIEW),)},
        "lazim": {"moves": (made("telaah", "kasubbid", **_REVIEW),)},
        "panjang": {
            "moves": (
                made(
                    "telaah",
                    "tim-yankomas",
                    **{k: f"{_LONG}\n{_LONG}" for k in _REVIEW if k.startswith(("analisis", "p", "uraian"))},
                    kronologi=[f"2026-{n % 9 + 1:02d}-14 | {_LONG[:190]}" for n in range(24)],
                    bukti=[f"Foto sumur warga ke-{n}, {_LONG[:90]}" for n in range(1, 16)],
                    indikasi="ya",
                    berwenang="ya",
                    saran="audiensi",
                ),
            ),
            **_LONG_NUMBER,
        },
    },
    INCOMPLETE: _one(
        "minta-kelengkapan",
        {"kekurangan": ["Salinan KTP pelapor", "Urutan kejadian beserta tanggalnya", "Surat kuasa bermeterai"]},
        {"kekurangan": [f"Bukti ke-{n}: {_LONG[:150]}" for n in range(1, 21)]},
        {"kekurangan": ["Salinan KTP pelapor"]},
    ),
    NOT_COMPETENT: _one(
        "tidak-berwenang",
        {"alasan": _REASONS, "instansi_berwenang": "Pengadilan Negeri Contoh"},
        {"alasan": f"{_LONG}\n" * 7, "instansi_berwenang": "Dinas Lingkungan Hidup Kabupaten Contoh " * 6},
        {"alasan": "Bukan wilayah kerja kantor ini.", "instansi_berwenang": "Kantor Wilayah Contoh"},
    ),
    NO_INDICATION: _one(
        "tidak-ada-indikasi",
        {"alasan": "Perbuatan yang diadukan telah diselesaikan secara damai dan tidak melibatkan aparat negara."},
        {"alasan": f"{_LONG}\n" * 8},
        {"alasan": "Tidak ada hak yang dilanggar."},
    ),
}
