"""The values of the periodical report, and three summaries that its template must survive. All figures are invented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pipeline.letters.sheets.example_case import WIB
from pipeline.letters.sheets.periodical_report import REPORT, values
from pipeline.letters.specimens.known import COMMON, Known
from pipeline.office.office import Office
from pipeline.register.summary import Breakdown, Closing, Count, Flow, Held, MonthFlow, Pace, Period, Running, Summary

_OFFICE = ("logo", "kop_kementerian", "kop_kantor", "kop_alamat", "kop_kontak", "layanan", "tempat", "tanggal_dokumen")
_ROWS = "daftar: tiap baris punya uraian, kini, lalu dan perubahan"
_HELD = "daftar: tiap baris punya uraian, berjalan dan terlambat"
FIELDS: Mapping[str, Mapping[str, Known]] = {
    REPORT: {
        **{name: COMMON[name] for name in _OFFICE},
        "periode": Known("bulan, triwulan atau tahun laporan", "Triwulan IV 2026"),
        "periode_lalu": Known("periode sebelumnya, pembandingnya", "Triwulan III 2026"),
        "rentang": Known("hari pertama sampai terakhir", "1 Oktober 2026 sampai 31 Desember 2026"),
        "per": Known("kapan angkanya dihitung", "4 Januari 2027 pukul 08.15 WIB"),
        "pengantar": Known("satu alinea: berapa masuk, selesai, berjalan", "Pada Triwulan IV 2026 kantor menerima …"),
        "arus": Known(f"{_ROWS}; awal, masuk, selesai, akhir", "Masuk: 39"),
        "bagan_bulan": Known("gambar: masuk dan selesai per bulan", ""),
        "hasil": Known(f"{_ROWS}; cara aduan berakhir", "selesai: 25"),
        "ketepatan": Known(f"{_ROWS}; dalam waktu, terlambat, lama", "Melewati waktu SOP: 3"),
        "langkah": Known(
            "daftar: langkah SOP; tiap baris punya nomor, kegiatan, waktu, median dan tepat", "2 hari, 1,4 hari kerja"
        ),
        "rincian": Known(
            "daftar: rincian menurut satu ciri; masing-masing punya judul, bagan (gambar, boleh kosong), baris "
            f"({_ROWS}) dan keterangan",
            "Hak yang diduga dilanggar",
        ),
        "berjalan": Known("satu kalimat: berapa berjalan, terlambat, menunggu pelapor", "Per 4 Januari 2027 …"),
        "pada": Known(f"{_HELD}; menurut yang ditunggu", "Kakanwil: 13"),
        "bagan_pada": Known("gambar: perkara berjalan menurut yang ditunggu", ""),
        "posisi": Known(f"{_HELD}; menurut langkah SOP", "Pemantauan: 6"),
        "catatan": Known("daftar: cara menghitung, dan yang belum dikonfirmasi", "Aduan dihitung menurut …"),
        "penandatangan_jabatan": Known("jabatan penanda tangan hari itu, dengan Plh./Plt.", "Kepala Kantor Wilayah"),
        "penandatangan_nama": Known("nama penanda tangan", "Budi Contoh"),
        "penandatangan_nip": Known("NIP penanda tangan", "19700101 199503 1 001"),
    }
}
_STEPS = (
    ("Pemohon menyampaikan aduan", "15 menit"),
    ("Petugas mencatat aduan di buku register aduan", "15 menit"),
    ("Pejabat berwenang beserta petugas YANKOMAS melakukan telaahan isi aduan", "2 hari"),
    ("Penyusunan dan penyampaian surat rekomendasi hasil koordinasi/audiensi", "2 hari"),
    ("Pemantauan pelaksanaan rekomendasi", "22 hari"),
)
_TRAITS = (
    ("cara_penyampaian", "Cara penyampaian", ("langsung", "surat", "pos")),
    ("hak", "Hak yang diduga dilanggar", ("hidup", "memperoleh keadilan", "turut serta dalam pemerintahan")),
    ("kelas_terlapor", "Kelas terlapor", ("kepolisian", "pemda", "korporasi")),
    ("wilayah", "Kabupaten/kota tempat kejadian", ("Kota Bengkulu", "Kabupaten Rejang Lebong")),
)


def sample(office: Office) -> dict[str, dict[str, Any]]:
    """Return the report's values of an office without complaints, of a usual one, and of one that drowns in them."""
    return {name: values(_summary(size), office) for name, size in (("kosong", 0), ("lazim", 7), ("panjang", 98_765))}


def _summary(size: int) -> Summary:
    period = Period(2026, 3, 4)
    roles = ("Tim Yankomas", "Kakanwil", "Kasubbid Pemajuan HAM")
    return Summary(
        period=period,
        at=datetime(2027, 1, 4, 8, 15, tzinfo=WIB),
        flow=Flow(size * 2, size * 5, size * 4),
        flow_before=Flow(size, size * 4, size * 3),
        closing=Closing(size * 3, size, size or None),
        closing_before=Closing(size * 2, size, size + 2 if size else None),
        running=Running(size * 3, size, size // 2, size // 3, _held([s for s, _ in _STEPS], size), _held(roles, size)),
        outcomes=_breakdown("hasil", "Hasil penanganan", ("selesai", "bukan kewenangan", "dicabut"), size),
        breakdowns=tuple(_breakdown(key, title, lines, size) for key, title, lines in _TRAITS),
        steps=tuple(
            Pace(n, activity, limit, size, size - size // 4, size * n * 30 if size else None)
            for n, (activity, limit) in enumerate(_STEPS, start=1)
        ),
        months=tuple(MonthFlow(Period(2026, 1, n), size * n, size * (12 - n)) for n in range(1, 13)),
        unconfirmed=size // 5,
        day_minutes=450,
    )


def _held(labels: Sequence[str], size: int) -> tuple[Held, ...]:
    return tuple(Held(label, size * n, size // n) for n, label in enumerate(labels, start=1))


def _breakdown(key: str, title: str, labels: Sequence[str], size: int) -> Breakdown:
    lines = tuple(Count(label, size * n, size * (n + 1) // 2) for n, label in enumerate(labels))
    return Breakdown(key, title, lines, several=key == "hak")
