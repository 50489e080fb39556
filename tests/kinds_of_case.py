"""The kinds of case that a desk meets, each with its whole course, so that every sheet can be drafted for each.

All persons, agencies and events are invented. ``facts_of_kind(kind, template)`` is what is known when that sheet is
drafted; ``office_of_kind(kind)`` the office of that day. A kind differs from the others in its complaint (who
complains, how, against whom) and in what the office wrote of it; the course is the same straight way, with the side
exits' moves beside it, so that a test may ask any sheet of any kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from string import ascii_lowercase
from typing import Any

from pipeline.letters.sheets import TEMPLATES, context
from pipeline.letters.sheets.complaint_words import topic_of
from pipeline.letters.sheets.readers import COMPLAINANT, has_no_reader, readers
from pipeline.letters.sheets.sheet_facts import MoveMade, NumberedLetter, SheetFacts
from pipeline.letters.sheets.specimens import BASE, SPECIMEN_OFFICE, WIB, as_in_the_sop
from pipeline.letters.sheets.specimens import field as read
from pipeline.office.office import Office
from pipeline.office.officials import Official

#: The day on which the course begins: received, confirmed, handed in, disposed of.
BEGUN = datetime(2026, 11, 25, 8, 15, tzinfo=WIB)


@dataclass(frozen=True, slots=True)
class Story:
    """A complaint as the register has it after confirmation, and what the office wrote of it."""

    fields: Mapping[str, Any]
    issue: str
    """The question of the memo."""
    events: tuple[str, ...]
    """The drafter's chronology: ``tanggal | kejadian``; empty: the register's own is used."""
    rights: tuple[str, ...]
    """The rights at stake, each with its own articles: ``hak | pasal``."""
    right: str
    """What the memo says of them."""
    assessed: tuple[str, ...]
    """What the memo says of the elements of a violation: ``unsur | penilaian``."""
    duty_bearer: str
    """The addressee of the recommendation."""
    agency: str
    party: str
    """Who is heard beside the agency."""
    summary: str
    heard: str
    analysis: str
    advice: tuple[str, ...]
    visited: str
    """What the office found when it visited the place."""
    deeds: tuple[str, ...]
    """What was done for each recommendation."""
    result: str
    """What the closing letter tells the complainant."""
    assumed: str = "Keterangan dan bukti yang disampaikan dianggap benar sampai ada klarifikasi dari pihak terkait."
    why: str = "Keterangan pelapor perlu diklarifikasi kepada pihak terkait, yang belum didengar."
    """Why an audience is needed."""
    evidence: tuple[str, ...] = ()
    """The drafter's; empty: the register's papers are listed."""
    superior: str = "Gubernur Contoh"
    """Who is above the addressee of the recommendation."""
    nothing_found: str = (
        "Hasil uji Dinas Kesehatan Kabupaten Contoh menunjukkan bahwa air sumur memenuhi baku mutu air bersih.\n"
        "Perubahan warna air berasal dari kandungan besi di dalam tanah, bukan dari kolam limbah pabrik."
    )
    """Why there is no indication of a violation, had the review found none."""
    competent: str = "Kepala Perwakilan Ombudsman Republik Indonesia Provinsi Contoh"
    """Whose it is, had the office not been competent."""
    competent_by: str = "Undang-Undang Nomor 37 Tahun 2008 tentang Ombudsman Republik Indonesia"
    elsewhere: str = (
        "Permasalahan tersebut merupakan dugaan pengabaian tugas pengawasan limbah oleh dinas lingkungan hidup.\n"
        "Pengabaian tugas dalam pelayanan publik merupakan maladministrasi."
    )
    """Why it is theirs."""
    enclosed: tuple[str, ...] = ("Foto sumur warga, 4 (empat) lembar",)
    """What goes along to them: papers that name nobody."""
    complete: str = "Identitas pelapor, kronologi, dan bukti awal lengkap."
    """What the memo says of the complaint's papers."""
    missing: tuple[str, ...] = ("Salinan surat warga kepada pabrik",)
    """What the complainant is asked for."""
    brought: tuple[str, ...] = ("Kartu identitas",)
    """What the complainant is asked to bring."""
    came: tuple[str, ...] = ("Sari Melati | Pelapor",)
    """Who came to the audience from the complainant's side, as somebody types it."""
    witness: str = "Lina Contoh | Sekretaris Desa Contoh Jaya"
    channel: str = "surat"
    classification: str = "Terbatas"
    office: Office = field(default=SPECIMEN_OFFICE)


def _person(name: str, **more: str) -> dict[str, Any]:
    return {"nama": read(name), **{key: read(value) for key, value in more.items()}}


_DEED = "Ada perbuatan seseorang atau kelompok orang, termasuk aparat negara"
_INTENT = "Perbuatan itu disengaja, tidak disengaja, atau berupa kelalaian"
_UNLAWFUL = "Perbuatan itu melawan hukum"
_LESSENED = "Perbuatan itu mengurangi, menghalangi, membatasi, atau mencabut hak asasi korban"
_UNREMEDIED = (
    "Korban tidak mendapatkan, atau dikhawatirkan tidak akan memperoleh, penyelesaian hukum yang adil dan benar"
)
_LAW = "Undang-Undang Nomor 39 Tahun 1999"
_WELLS: Mapping[str, Any] = {
    "perihal": read("Pengaduan pencemaran sumur warga oleh limbah kolam pabrik"),
    "nomor_surat": read("07/FWS/XI/2026"),
    "tanggal_surat": read("2026-11-20"),
    "nomor_agenda": read("418"),
    "indeks": read("Lingkungan hidup"),
    "pelapor": [
        _person(
            "Sari Melati",
            nik="1771014501850001",
            alamat="Dusun Dua RT 2, Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh",
            telepon="0812-0000-0001",
            pekerjaan="Petani",
        )
    ],
    "kapasitas": read("korban"),
    "terlapor": [read("PT Contoh Sawit Makmur")],
    "kelas_terlapor": read("korporasi"),
    "tempat_kejadian": read("Desa Contoh Jaya, Kecamatan Contoh, Kabupaten Contoh"),
    "waktu_kejadian": read("sejak September 2026"),
    "pokok_permasalahan": read("Limbah kolam pabrik mencemari sumur warga."),
    "ringkasan": read("Sejak September 2026 air sumur warga RT 2 dan RT 3 berubah warna dan berbau."),
    "uraian": read(
        "Sejak September 2026 air sumur warga RT 2 dan RT 3 berubah warna dan berbau.\nWarga menyurati pabrik."
    ),
    "permintaan": [read("pemeriksaan air sumur"), read("penyediaan air bersih")],
    "hak": [read("hidup"), read("kesejahteraan")],
    "upaya": read("Musyawarah desa pada 10 November 2026, belum ada hasil"),
    "instansi_lain": read("Dinas Lingkungan Hidup Kabupaten Contoh"),
    "dokumen_pendukung": [read("KTP"), read("foto")],
    "lampiran": {
        **read("2 (dua) berkas"),
        "daftar": [read("Foto sumur warga, 4 (empat) lembar"), read("Salinan KTP, 1 (satu) lembar")],
    },
    "klasifikasi": read("HA.01.07"),
}
_LETTER = Story(
    fields=_WELLS,
    issue="Apakah pembiaran pencemaran sumur warga melanggar hak untuk hidup dan hak atas kesejahteraan?",
    events=("2026-09-14 | Air sumur berubah warna dan berbau", "Oktober 2026 | Warga menyurati pabrik, tidak dijawab"),
    rights=(
        f"Hak untuk hidup | Pasal 9 ayat (3) {_LAW}",
        "Hak untuk hidup | Pasal 65 ayat (1) Undang-Undang Nomor 32 Tahun 2009",
        f"Hak atas kesejahteraan | Pasal 40 {_LAW}",
    ),
    right="Uraian peristiwa, bila benar, bersangkutan dengan jaminan hak tersebut di atas.",
    assessed=(
        f"{_DEED} | Limbah kolam pabrik mengalir ke sumur warga, dan dinas tidak mengawasinya",
        f"{_INTENT} | Terdapat kelalaian memelihara kolam limbah",
        f"{_UNLAWFUL} | Air sumur diduga melampaui baku mutu air bersih; airnya perlu diuji",
        f"{_LESSENED} | Warga tidak lagi memperoleh air bersih dari sumurnya",
        f"{_UNREMEDIED} | Keluhan warga kepada pabrik belum dijawab",
    ),
    duty_bearer="Bupati Contoh",
    agency="Kepala Dinas Lingkungan Hidup Kabupaten Contoh",
    party="Direktur PT Contoh Sawit Makmur",
    summary="Sejak September 2026 air sumur warga berubah warna dan berbau setelah kolam limbah pabrik meluap.",
    heard="Perusahaan mengakui bahwa kolam limbah bocor dan menyatakan sanggup memperbaikinya.",
    analysis="Air bersih adalah bagian dari lingkungan hidup yang sehat; pemerintah daerah wajib melindunginya.",
    advice=(
        "Kepala Dinas Lingkungan Hidup Kabupaten Contoh | Memeriksa air sumur dan mengumumkan hasilnya | 2026-12-23",
        "Direktur PT Contoh Sawit Makmur | Memperbaiki kolam limbah dan menyediakan air bersih | 2026-12-18",
    ),
    visited=(
        "Tim Yankomas meninjau lokasi pada tanggal 4 Januari 2027. Kolam limbah tidak lagi bocor, air bersih "
        "disediakan, dan air sumur warga kembali jernih."
    ),
    deeds=(
        "Air sebelas sumur diperiksa; hasilnya diumumkan di balai desa pada tanggal 5 Januari 2027",
        "Kolam limbah diperbaiki; air bersih disediakan sejak tanggal 28 Desember 2026",
    ),
    result="Kolam limbah sudah diperbaiki, air bersih disediakan, dan air sumur warga kembali jernih.",
)
#: What an oral complaint and news have none of: a letter with a number, a date and enclosures.
_NO_LETTER: Mapping[str, Any] = {"nomor_surat": None, "tanggal_surat": None, "lampiran": None}
_ORAL = replace(_LETTER, channel="lisan", fields={**_WELLS, **_NO_LETTER})
_NEWS = replace(
    _LETTER,
    channel="berita",
    came=(),
    fields={
        **_WELLS,
        **_NO_LETTER,
        "indeks": read("Tahanan"),
        "media": read("Harian Rekaan"),
        "tanggal_terbit": read("2026-11-19"),
        "perihal": read("Pemberitaan media mengenai tahanan yang meninggal di ruang tahanan Kepolisian Sektor Contoh"),
        "pelapor": [],
        "kapasitas": None,
        "terlapor": [read("Kepolisian Sektor Contoh")],
        "kelas_terlapor": read("kepolisian"),
        "korban": read("Tahanan berinisial X (almarhum)"),
        "pokok_permasalahan": read("Seorang tahanan meninggal di ruang tahanan kepolisian."),
        "kerentanan": [read("WBP")],
        "hak": [read("hidup"), read("rasa aman")],
        "permintaan": [],
        "upaya": None,
        "instansi_lain": None,
        "dokumen_pendukung": [],
        "tempat_kejadian": read("Ruang tahanan Kepolisian Sektor Contoh, Kabupaten Contoh"),
        "ringkasan": read("Media setempat memberitakan bahwa seorang tahanan meninggal pada 18 November 2026."),
        "uraian": read("Media setempat memberitakan bahwa seorang tahanan meninggal pada 18 November 2026."),
        "waktu_kejadian": read("18 November 2026"),
    },
    issue="Apakah meninggalnya tahanan itu melanggar hak untuk hidup dan hak atas rasa aman?",
    events=("2026-11-18 | Tahanan ditemukan meninggal",),
    rights=(
        f"Hak untuk hidup | Pasal 9 ayat (1) {_LAW}",
        f"Hak atas rasa aman | Pasal 33 ayat (1) {_LAW}",
    ),
    assessed=(
        f"{_DEED} | Tahanan meninggal ketika berada dalam penguasaan aparat kepolisian",
        f"{_INTENT} | Sekurang-kurangnya terdapat kelalaian menjaga tahanan; penyebabnya belum dipastikan",
        f"{_UNLAWFUL} | Keselamatan tahanan menjadi tanggung jawab kepolisian menurut hukum",
        f"{_LESSENED} | Korban kehilangan nyawa ketika berada di ruang tahanan",
        f"{_UNREMEDIED} | Hasil pemeriksaan internal belum diumumkan kepada keluarga",
    ),
    assumed="Pemberitaan media dianggap sebagai petunjuk awal yang masih memerlukan pemeriksaan.",
    why="Pemberitaan media perlu dicocokkan dengan keterangan instansi yang bertanggung jawab.",
    evidence=("Salinan pemberitaan media, 2 (dua) lembar",),
    superior="Kepala Kepolisian Daerah Contoh",
    complete="Pemberitaan memuat waktu, tempat, dan pihak yang diduga bertanggung jawab; bukti lain belum ada.",
    duty_bearer="Kepala Kepolisian Resor Contoh",
    agency="Kepala Kepolisian Resor Contoh",
    party="Kepala Kepolisian Sektor Contoh",
    summary="Seorang tahanan ditemukan meninggal di ruang tahanan pada 18 November 2026.",
    heard="Kepolisian Resor menerangkan bahwa pemeriksaan internal sedang berjalan.",
    analysis="Negara wajib menjamin hidup dan keamanan orang yang berada dalam tahanannya.",
    advice=("Kepala Kepolisian Resor Contoh | Mengumumkan hasil pemeriksaan internal | 2026-12-23",),
    visited=(
        "Tim Yankomas mendatangi Kepolisian Resor Contoh pada tanggal 4 Januari 2027. Pengumuman hasil pemeriksaan "
        "internal terpasang di papan pengumuman."
    ),
    deeds=("Hasil pemeriksaan internal diumumkan pada tanggal 30 Desember 2026",),
    result="Hasil pemeriksaan internal sudah diumumkan.",
    competent="Kepala Kepolisian Daerah Contoh",
    competent_by="Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia",
    elsewhere="Pemeriksaan atas penjagaan tahanan kepolisian dilakukan oleh kepolisian.",
    enclosed=("Salinan pemberitaan media, 2 (dua) lembar",),
)
_SEVERAL = replace(
    _LETTER,
    came=("Sari Melati | Pelapor", "Hendra Gunawan | Warga RT 3", "Pratama Y. | Guru"),
    missing=("Salinan KTP Saudara Hendra Gunawan dan Saudara Yusuf Pratama, S.Pd.",),
    fields={
        **_WELLS,
        "pelapor": [
            *_WELLS["pelapor"],
            _person("Hendra Gunawan", nik="1771010202800002", alamat="Dusun Dua RT 3, Desa Contoh Jaya"),
            _person("Yusuf Pratama, S.Pd.", alamat="Dusun Tiga RT 1, Desa Contoh Jaya"),
        ],
    },
)
_REPRESENTED = replace(
    _LETTER,
    came=("Sari Melati | Pelapor", "Joko Contoh, S.H., M.H. | Advokat"),
    fields={
        **_WELLS,
        "nomor_surat": read("31/LBH-R/XI/2026"),
        "lembaga_pelapor": read("Lembaga Bantuan Hukum Rekaan"),
        "kapasitas": read("kuasa hukum"),
        "kuasa": {
            "nama": read("Joko Contoh, S.H., M.H."),
            "nomor_surat_kuasa": read("12/SK/XI/2026"),
            "alamat": read("Jalan Rekaan Nomor 5, Bengkulu"),
        },
        "dokumen_pendukung": [read("KTP"), read("surat kuasa"), read("foto")],
        "lampiran": {
            **read("3 (tiga) berkas"),
            "daftar": [*_WELLS["lampiran"]["daftar"], read("Surat kuasa khusus, 2 (dua) lembar")],
        },
    },
)
_GROUP = replace(
    _LETTER,
    came=("Sari Melati | Petani", "Wati Rekaan | Ketua Forum Warga Sumur Jernih"),
    missing=("Daftar anggota kelompok beserta tanda tangannya",),
    fields={
        **_WELLS,
        "lembaga_pelapor": read("Forum Warga Sumur Jernih"),
        "kapasitas": read("kelompok"),
        "jumlah_kelompok": read(40),
        "korban": read("Warga RT 2 dan RT 3"),
        "kerentanan": [read("anak"), read("lansia")],
    },
)
_CHILD = replace(
    _LETTER,
    came=("Wulan Rekaan | Orang tua korban",),
    witness="Lina Contoh | Pengawas Sekolah Kota Contoh",
    classification="Rahasia",
    fields={
        **_WELLS,
        "nomor_surat": None,
        "indeks": read("Anak"),
        "perihal": read("Pengaduan kekerasan oleh guru terhadap anak di SD Negeri Contoh"),
        "pelapor": [
            _person(
                "Wulan Rekaan",
                alamat="Jalan Melur Nomor 8, Kelurahan Contoh Indah, Kota Contoh",
                telepon="0812-0000-0002",
            )
        ],
        "kapasitas": read("keluarga"),
        "korban": read("Bayu Rekaan (9 tahun)"),
        "kerentanan": [read("anak")],
        "terlapor": [{"nama": "Guru kelas III", "jabatan": "Guru", "instansi": "SD Negeri Contoh"}],
        "kelas_terlapor": read("pendidikan"),
        "tempat_kejadian": read("SD Negeri Contoh, Kota Contoh"),
        "waktu_kejadian": read("12 November 2026"),
        "pokok_permasalahan": read("Seorang anak dipukul guru di kelas."),
        "ringkasan": read("Pada 12 November 2026 seorang murid kelas III dipukul guru di depan kelas."),
        "uraian": read("Pada 12 November 2026 seorang murid kelas III dipukul guru di depan kelas."),
        "permintaan": [read("perlindungan bagi anak"), read("tindakan terhadap guru")],
        "hak": [read("anak"), read("rasa aman")],
        "upaya": read("Melapor kepada kepala sekolah pada 13 November 2026, belum ditanggapi"),
        "instansi_lain": None,
        "dokumen_pendukung": [read("surat keterangan")],
        "lampiran": {**read("1 (satu) lembar"), "daftar": [read("Surat keterangan puskesmas, 1 (satu) lembar")]},
    },
    issue="Apakah kekerasan terhadap murid itu melanggar hak anak dan hak atas rasa aman?",
    events=("2026-11-12 | Anak dipukul di depan kelas", "2026-11-13 | Orang tua melapor kepada kepala sekolah"),
    rights=(
        f"Hak anak | Pasal 58 ayat (1) {_LAW}",
        "Hak anak | Pasal 54 ayat (1) Undang-Undang Nomor 35 Tahun 2014",
        f"Hak atas rasa aman | Pasal 29 ayat (1) {_LAW}",
    ),
    right="Korban adalah anak, sehingga kepentingan terbaik bagi anak menjadi pertimbangan utama.",
    assessed=(
        f"{_DEED} | Guru memukul murid di depan kelas",
        f"{_INTENT} | Pemukulan dilakukan dengan sengaja",
        f"{_UNLAWFUL} | Kekerasan terhadap anak dilarang undang-undang",
        f"{_LESSENED} | Anak kehilangan rasa aman di sekolah",
        f"{_UNREMEDIED} | Laporan orang tua kepada kepala sekolah belum ditanggapi",
        "Korban berusia di bawah 18 (delapan belas) tahun ketika peristiwa terjadi | Korban berusia 9 (sembilan) tahun",
    ),
    complete="Kronologi dan bukti awal lengkap; salinan kartu keluarga masih dimintakan kepada pelapor.",
    duty_bearer="Wali Kota Contoh",
    agency="Kepala Dinas Pendidikan Kota Contoh",
    party="Kepala SD Negeri Contoh",
    summary="Seorang murid kelas III dipukul guru di depan kelas pada 12 November 2026.",
    heard="Kepala sekolah membenarkan kejadian itu dan telah menegur guru tersebut.",
    analysis="Anak berhak atas perlindungan dari kekerasan di lingkungan pendidikan.",
    advice=("Kepala Dinas Pendidikan Kota Contoh | Memberi pendampingan psikologis kepada anak | 2026-12-18",),
    visited=(
        "Tim Yankomas mengunjungi sekolah pada tanggal 4 Januari 2027. Pendampingan berjalan setiap minggu dan anak "
        "kembali mengikuti pelajaran."
    ),
    deeds=("Pendampingan psikologis diberikan setiap minggu sejak tanggal 21 Desember 2026",),
    result="Pendampingan psikologis berjalan setiap minggu, dan anak kembali mengikuti pelajaran.",
    nothing_found=(
        "Keterangan murid lain dan guru yang berada di kelas tidak menunjukkan adanya pemukulan.\n"
        "Surat keterangan puskesmas tidak menyebut adanya bekas kekerasan."
    ),
    competent="Kepala Kepolisian Resor Contoh",
    competent_by="Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia",
    elsewhere=(
        "Perbuatan tersebut merupakan dugaan tindak pidana kekerasan terhadap anak.\n"
        "Penyelidikan dan penyidikan tindak pidana dilakukan oleh kepolisian."
    ),
    enclosed=("Salinan surat keterangan puskesmas dengan identitas anak dan keluarganya ditutup, 1 (satu) lembar",),
    missing=("Salinan kartu keluarga",),
)
_AGENCY = replace(
    _LETTER,
    channel="pelimpahan",
    why="Keterangan dalam pengaduan yang dilimpahkan perlu diklarifikasi kepada pihak terkait, yang belum didengar.",
    came=("Tono Andaian | Komisi Nasional Rekaan Perwakilan Bengkulu",),
    witness="Lina Contoh | Sekretaris Kelurahan Contoh Permai",
    brought=("Berkas pelimpahan",),
    fields={
        **_WELLS,
        "nomor_surat": read("HAM-HA.01.07-88"),
        "indeks": read("Ketenagakerjaan"),
        "perihal": read("Pelimpahan pengaduan mengenai penahanan ijazah pekerja"),
        "lembaga_pelapor": read("Komisi Nasional Rekaan Perwakilan Bengkulu"),
        "pejabat_penghubung": read("Tono Andaian"),
        "pelapor": [],
        "kapasitas": read("lembaga"),
        "terlapor": [read("Koperasi Contoh Sejahtera")],
        "korban": read("Pekerja Koperasi Contoh Sejahtera"),
        "pokok_permasalahan": read("Koperasi menahan ijazah pekerja yang mengundurkan diri."),
        "ringkasan": read("Koperasi menahan ijazah lima pekerja yang mengundurkan diri."),
        "uraian": read("Sejak Oktober 2026 koperasi menahan ijazah lima pekerja yang mengundurkan diri."),
        "waktu_kejadian": read("sejak Oktober 2026"),
        "tempat_kejadian": read("Kantor Koperasi Contoh Sejahtera, Kota Contoh"),
        "dokumen_pendukung": [],
        "permintaan": [read("pengembalian ijazah")],
        "hak": [read("kesejahteraan"), read("mengembangkan diri")],
        "upaya": None,
        "instansi_lain": None,
        "lampiran": {**read("1 (satu) berkas"), "daftar": [read("Salinan surat para pekerja, 5 (lima) lembar")]},
    },
    issue="Apakah penahanan ijazah pekerja melanggar hak mengembangkan diri dan hak atas kesejahteraan?",
    events=("Oktober 2026 | Lima pekerja mengundurkan diri", "November 2026 | Ijazah diminta, tidak diberikan"),
    rights=(
        f"Hak mengembangkan diri | Pasal 12 {_LAW}",
        f"Hak atas kesejahteraan | Pasal 36 dan Pasal 38 {_LAW}",
        "Hak atas kesejahteraan | Pasal 31 Undang-Undang Nomor 13 Tahun 2003",
    ),
    assessed=(
        f"{_DEED} | Koperasi menahan ijazah lima pekerja yang mengundurkan diri",
        f"{_INTENT} | Ijazah ditahan dengan sengaja",
        f"{_UNLAWFUL} | Tidak ada ketentuan yang membolehkan penahanan ijazah",
        f"{_LESSENED} | Tanpa ijazah, pekerja tidak dapat melamar pekerjaan lain",
        f"{_UNREMEDIED} | Permintaan pengembalian ijazah ditolak koperasi",
    ),
    complete="Surat pelimpahan, uraian peristiwa, dan bukti awal lengkap.",
    duty_bearer="Wali Kota Contoh",
    agency="Kepala Dinas Tenaga Kerja Kota Contoh",
    party="Ketua Koperasi Contoh Sejahtera",
    summary="Koperasi menahan ijazah lima pekerja yang mengundurkan diri pada Oktober 2026.",
    heard="Koperasi menyatakan ijazah ditahan karena pekerja belum melunasi pinjaman.",
    analysis="Ijazah adalah milik pribadi; menahannya menghalangi pekerja memperoleh pekerjaan lain.",
    advice=("Ketua Koperasi Contoh Sejahtera | Mengembalikan ijazah para pekerja | 2026-12-18",),
    visited=(
        "Tim Yankomas mendatangi kantor koperasi pada tanggal 4 Januari 2027. Tidak ada lagi ijazah pekerja yang "
        "disimpan di sana."
    ),
    deeds=("Ijazah lima pekerja dikembalikan pada tanggal 29 Desember 2026",),
    result="Ijazah para pekerja sudah dikembalikan.",
    nothing_found=(
        "Ijazah disimpan koperasi atas permintaan tertulis para pekerja.\n"
        "Seluruh ijazah telah diserahkan kembali ketika diminta."
    ),
    competent="Kepala Dinas Tenaga Kerja Provinsi Contoh",
    competent_by="Undang-Undang Nomor 13 Tahun 2003 tentang Ketenagakerjaan",
    elsewhere=(
        "Penahanan ijazah tersebut merupakan dugaan pelanggaran ketentuan ketenagakerjaan.\n"
        "Pengawasan ketenagakerjaan merupakan tugas dinas provinsi yang membidangi ketenagakerjaan."
    ),
    enclosed=("Salinan surat para pekerja dengan nama ditutup, 5 (lima) lembar",),
    missing=("Keterangan mengenai tanggal para pekerja meminta ijazahnya",),
)
_NO_RESPONDENT = replace(
    _LETTER,
    fields={
        **_WELLS,
        "terlapor": [],
        "kelas_terlapor": None,
        "indeks": read("Rasa aman"),
        "perihal": read("Pengaduan ancaman dari orang tidak dikenal"),
        "pokok_permasalahan": read("Pelapor diancam orang yang tidak dikenal."),
        "ringkasan": read("Sejak September 2026 pelapor menerima ancaman melalui telepon."),
        "uraian": read("Sejak September 2026 pelapor menerima ancaman melalui telepon."),
        "hak": [read("rasa aman")],
        "permintaan": [read("perlindungan")],
        "upaya": read("Melapor kepada Kepolisian Resor Contoh pada 21 September 2026, belum ditindaklanjuti"),
        "instansi_lain": read("Kepolisian Resor Contoh"),
        "dokumen_pendukung": [read("KTP")],
        "lampiran": {
            **read("2 (dua) berkas"),
            "daftar": [read("Rekaman percakapan telepon, 1 (satu) keping"), read("Salinan KTP, 1 (satu) lembar")],
        },
    },
    issue="Apakah ancaman yang tidak ditangani melanggar hak atas rasa aman?",
    events=("2026-09-14 | Ancaman pertama diterima melalui telepon",),
    rights=(f"Hak atas rasa aman | Pasal 30 {_LAW}",),
    assessed=(
        f"{_DEED} | Orang yang tidak dikenal mengancam pelapor melalui telepon",
        f"{_INTENT} | Ancaman disampaikan dengan sengaja dan berulang kali sejak September 2026",
        f"{_UNLAWFUL} | Ancaman itu dilarang undang-undang",
        f"{_LESSENED} | Pelapor tidak lagi merasa aman di rumahnya sendiri",
        f"{_UNREMEDIED} | Laporan pelapor kepada kepolisian belum ditindaklanjuti",
    ),
    superior="Kepala Kepolisian Daerah Contoh",
    complete="Identitas pelapor dan kronologi lengkap.",
    why="Diperlukan keterangan kepolisian mengenai penanganan laporan pelapor.",
    duty_bearer="Kepala Kepolisian Resor Contoh",
    agency="Kepala Kepolisian Resor Contoh",
    party="Kepala Desa Contoh Jaya",
    summary="Sejak September 2026 pelapor menerima ancaman melalui telepon dari orang yang tidak dikenal.",
    heard="Kepolisian Resor menerangkan bahwa laporan belum ditindaklanjuti.",
    analysis="Setiap orang berhak atas rasa aman dan perlindungan terhadap ancaman ketakutan.",
    advice=("Kepala Kepolisian Resor Contoh | Menindaklanjuti laporan dan memberi perlindungan | 2026-12-18",),
    visited=(
        "Tim Yankomas mendatangi Kepolisian Resor Contoh pada tanggal 4 Januari 2027. Laporan sedang diselidiki, dan "
        "ancaman tidak terulang."
    ),
    deeds=("Laporan diselidiki; patroli dilakukan setiap malam sejak tanggal 21 Desember 2026",),
    result="Kepolisian sudah menindaklanjuti laporan dan berpatroli di lingkungan Saudara.",
    nothing_found=(
        "Laporan mengenai ancaman itu telah diterima dan sedang diselidiki oleh Kepolisian Resor Contoh.\n"
        "Tidak terdapat pembiaran oleh aparat negara dalam penanganan laporan tersebut."
    ),
    competent="Kepala Kepolisian Resor Contoh",
    competent_by="Undang-Undang Nomor 2 Tahun 2002 tentang Kepolisian Negara Republik Indonesia",
    elsewhere=(
        "Perbuatan tersebut merupakan dugaan tindak pidana pengancaman oleh orang yang tidak dikenal.\n"
        "Penyelidikan dan penyidikan tindak pidana dilakukan oleh kepolisian."
    ),
    enclosed=("Rekaman percakapan telepon, 1 (satu) keping",),
    missing=("Keterangan mengenai nomor telepon yang dipakai untuk mengancam",),
)
_OFFICIALS = {official.role: official for official in SPECIMEN_OFFICE.officials}
_DEPUTIES = (
    replace(
        _OFFICIALS["kakanwil"],
        acting="a.n.",
        own_title=f"Plh. {_OFFICIALS['kadiv'].title}",
        name="Agus Contoh, S.H., M.H.",
        nip="19750505 200003 1 005",
    ),
    replace(_OFFICIALS["kadiv"], acting="Plh.", name="Agus Contoh, S.H., M.H.", nip="19750505 200003 1 005"),
    replace(_OFFICIALS["kabid"], acting="Plt.", name="Gita Contoh, S.Sos.", nip="19790606 200501 2 006"),
    Official("kasubbid", "Kepala Subbidang Pemajuan HAM", "Fitri Contoh", "19850404 200901 2 002"),
    _OFFICIALS["tim-yankomas"],
)
_ACTING = replace(_LETTER, office=replace(SPECIMEN_OFFICE, officials=_DEPUTIES))

#: The kinds, by name.
KINDS: Mapping[str, Story] = {
    "surat": _LETTER,
    "lisan": _ORAL,
    "berita": _NEWS,
    "beberapa-pelapor": _SEVERAL,
    "kuasa": _REPRESENTED,
    "kelompok": _GROUP,
    "korban-anak": _CHILD,
    "instansi": _AGENCY,
    "tanpa-terlapor": _NO_RESPONDENT,
    "pengganti": _ACTING,
}
#: The letters that got a number, by template: the day after the course began on which, and the number.
_NUMBERS = {
    "04-nota-telaahan": (2, "W.8-HA.01.07-0012"),
    "04-surat-penerusan": (5, "W.8-HA.01.07-0015"),
    "05-usulan-audiensi": (5, "W.8-HA.01.07-0017"),
    "05-undangan-audiensi": (6, "W.8-HA.01.07-0018"),
    "05-undangan-pelapor": (6, "W.8-HA.01.07-0019"),
    "05-berita-acara": (9, "W.8-HA.01.07-0021"),
    "06-surat-rekomendasi": (12, "W.8-HA.01.07-0022"),
    "06-pemberitahuan-pelapor": (13, "W.8-HA.01.07-0023"),
    "06-ralat": (15, "W.8-HA.01.07-0024"),
    "07-permintaan-tindak-lanjut": (26, "W.8-HA.01.07-0025"),
    "07-teguran-pertama": (34, "W.8-HA.01.07-0026"),
    "07-teguran-kedua": (47, "W.8-HA.01.07-0003"),
    "07-hasil-evaluasi": (57, "W.8-HA.01.07-0004"),
    "07-pemberitahuan-penutupan": (58, "W.8-HA.01.07-0005"),
}
#: The side exits' letters, which belong to no straight course.
_ASIDE = {
    "04-permintaan-kelengkapan": (2, "W.8-HA.01.07-0013"),
    "04-pemberitahuan-penggabungan": (2, "W.8-HA.01.07-0014"),
    "04-pemberitahuan-tidak-ada-indikasi": (5, "W.8-HA.01.07-0016"),
    "04-pemberitahuan-tidak-berwenang": (6, "W.8-HA.01.07-0020"),
}
#: The sheets without a number: the day after the course began on which each is drafted.
_UNNUMBERED = {"02-buku-register": 62, "03-lembar-disposisi": 5, "05-daftar-hadir": 6, "05-lembar-tersendiri": 6}
#: Where the case stands when the sheet that says it is drafted, when it ended and whom it waits for; else as at first.
_ENDED = {"standing": "selesai", "awaited": (), "ended_at": BEGUN + timedelta(days=61)}
_STANDINGS = {"02-buku-register": _ENDED}
_FIRST = {"standing": "menunggu konfirmasi", "awaited": ("tim-yankomas",)}
#: The letter on a case that was merged into another, and the move after which it is drafted.
_MERGED = "04-pemberitahuan-penggabungan"
_MERGING = MoveMade(
    "gabung",
    BEGUN + timedelta(days=1),
    "kabid",
    {"perkara_induk": "2026/0003", "alasan": "Peristiwanya sama."},
    (_MERGED,),
)


def office_of_kind(kind: str) -> Office:
    """Return the office in whose name that kind's sheets are drafted."""
    return KINDS[kind].office


@cache
def sheets_of_kind(kind: str) -> tuple[str, ...]:
    """Return the sheets that may be drafted for that kind of case: none is written to who does not complain."""
    return tuple(t for t in TEMPLATES if not has_no_reader(t, facts_of_kind(kind, t)))


@cache
def facts_of_kind(kind: str, template: str) -> SheetFacts:
    """Return what is known of that kind of case when the sheet is drafted, at its place in the course."""
    story = KINDS[kind]
    day, number = {**_NUMBERS, **_ASIDE}.get(template, (_UNNUMBERED.get(template, 0), ""))
    at = BEGUN + timedelta(days=day)
    letters = tuple(
        NumberedLetter(name, given, BEGUN + timedelta(days=when, hours=6))
        for name, (when, given) in _NUMBERS.items()
        if (when < day or (when == day and name < template))
        and (story.came or readers()[name] != COMPLAINANT)  # nobody is written to of what the office read in the news
    )
    return replace(
        BASE["lazim"],
        **as_in_the_sop().get(template, {}),
        received_at=BEGUN,
        fields={"cara_penyampaian": read(story.channel), "sifat": read(story.classification.lower()), **story.fields},
        channel=story.channel,
        classification=story.classification,
        due_at=datetime(2027, 1, 11, 16, 0, tzinfo=WIB),
        review_due_at=datetime(2026, 11, 27, 16, 30, tzinfo=WIB),
        confirmed=True,
        drafted_on=at.date(),
        naskah_number=number,
        naskah_date=at.date() if number else None,
        merged_into="0003/YANKOMAS/2026" if template == _MERGED else "",
        **_STANDINGS.get(template, _FIRST),
        sop_number="W.8.OT.02.01-74",
        sop_title="Pelayanan Komunikasi Masyarakat",
        moves=(
            *(move for move in _course(kind) if move.at <= at + timedelta(hours=8)),
            *((_MERGING,) if template == _MERGED else ()),
        ),
        letters=letters,
        numbers={letter.template: letter.number for letter in letters},
    )


@cache
def _course(kind: str) -> tuple[MoveMade, ...]:
    """Return every move of the straight way, and those of the side exits, in their order."""
    story = KINDS[kind]
    meeting: Mapping[str, Any] = {
        "tanggal_audiensi": "2026-12-04",
        "waktu_audiensi": "09.00 WIB s.d. selesai",
        "tempat_audiensi": _AT,
        "acara": f"Klarifikasi dan koordinasi mengenai {topic_of(story.fields)}",
        "pihak": [story.agency, story.party],
    }
    warned = {"batas_jawaban": "2027-01-08", "catatan": "Belum ada laporan.", "tembusan": [story.superior]}
    proposed = {**meeting, "alasan": story.why}
    steps: tuple[tuple[int, str, str, Mapping[str, Any], tuple[str, ...]], ...] = (
        (0, "konfirmasi", "tim-yankomas", {}, ("01-tanda-terima", "02-buku-register", "03-lembar-disposisi")),
        (0, "sampaikan", "tim-yankomas", {}, ()),
        (0, "disposisi", "kakanwil", {"isi_disposisi": "Tindak lanjuti\nTelaah", "derajat": "Segera"}, ()),
        (1, "disposisi", "kadiv", {"isi_disposisi": "Koordinasikan/konfirmasikan"}, ()),
        (1, "disposisi", "kabid", {"isi_disposisi": "Siapkan konsep\nDahulukan perkara ini."}, ()),
        (2, "telaah", "kasubbid", _memo(story), ("04-nota-telaahan",)),
        (2, "minta-kelengkapan", "kasubbid", {"kekurangan": story.missing}, ("04-permintaan-kelengkapan",)),
        (2, "putuskan-nota", "kakanwil", {"keputusan": "audiensi"}, ()),
        (
            5,
            "usulkan-audiensi",
            "kabid",
            proposed,
            ("05-usulan-audiensi",),
        ),
        (5, "teruskan", "kasubbid", _handed_over(story), ("04-surat-penerusan",)),
        (6, "tidak-berwenang", "kasubbid", _not_competent(story), ("04-pemberitahuan-tidak-berwenang",)),
        (
            5,
            "tidak-ada-indikasi",
            "kasubbid",
            {"alasan": story.nothing_found},
            ("04-pemberitahuan-tidak-ada-indikasi",),
        ),
        (5, "disposisi-audiensi", "kakanwil", {"keputusan": "disetujui", "isi_disposisi": "Jadwalkan audiensi"}, ()),
        (6, "undang", "kasubbid", meeting, ("05-undangan-audiensi", "05-daftar-hadir")),
        (6, "undang-pelapor", "kasubbid", {"dibawa": story.brought}, ("05-undangan-pelapor", "05-lembar-tersendiri")),
        (9, "laksanakan", "kabid", _held(story), ("05-berita-acara",)),
        (12, "susun-rekomendasi", "kasubbid", _drafted(story), ("06-surat-rekomendasi", "06-pemberitahuan-pelapor")),
        (13, "kirim", "tim-yankomas", {"tanggal_kirim": "2026-12-08"}, ()),
        (14, "terima", "tim-yankomas", {"tanggal_terima": "2026-12-09", "penerima": "Bagian Umum"}, ()),
        (15, "ralat", "tim-yankomas", _corrected(story), ("06-ralat",)),
        (
            26,
            "catat-pemantauan",
            "tim-yankomas",
            {**warned, "batas_jawaban": "2026-12-28"},
            ("07-permintaan-tindak-lanjut",),
        ),
        (34, "tegur", "tim-yankomas", {**warned, "tembusan": []}, ("07-teguran-pertama",)),
        (47, "tegur", "tim-yankomas", {**warned, "batas_jawaban": "2027-01-18"}, ("07-teguran-kedua",)),
        (54, "jawaban-instansi", "tim-yankomas", {**_ANSWERED, "penjawab": story.duty_bearer}, ()),
        (57, "evaluasi", "tim-yankomas", _evaluated(story), ("07-hasil-evaluasi",)),
        (
            58,
            "siapkan-penutupan",
            "tim-yankomas",
            {"hasil_bagi_pelapor": story.result},
            ("07-pemberitahuan-penutupan",),
        ),
        (61, "selesai", "tim-yankomas", {}, ()),
    )
    return tuple(
        MoveMade(key, BEGUN + timedelta(days=day, minutes=n), role, values, sheets)
        for n, (day, key, role, values, sheets) in enumerate(steps)
    )


#: Where the parties are invited to.
_AT = "Ruang Rapat Kantor Wilayah, Jalan Contoh Nomor 1, Bengkulu"
_REPORTED = "Para pihak sepakat melaporkan perkembangannya setiap bulan."
_ANSWERED: Mapping[str, Any] = {
    "tanggal_jawaban": "2027-01-15",
    "nomor_jawaban": "660/12/2027",
    "isi_jawaban": "Rekomendasi sudah dilaksanakan; laporan dan buktinya terlampir pada surat tersebut.",
}


def _not_competent(story: Story) -> Mapping[str, Any]:
    return {"alasan": story.elsewhere, "instansi_berwenang": story.competent}


def _memo(story: Story) -> Mapping[str, Any]:
    return {
        "persoalan": story.issue,
        "praanggapan": story.assumed,
        "kronologi": list(story.events),
        "bukti": list(story.evidence),
        "analisis_kelengkapan": story.complete,
        "analisis_kewenangan": "Peristiwa terjadi di wilayah kerja kantor ini.",
        "analisis_hak": story.right,
        "dasar_hak": list(story.rights),
        "unsur": list(story.assessed),
        "analisis_unsur": story.analysis,
        "analisis_jalur_lain": "Upaya hukum lain dapat ditempuh bersamaan.",
        "indikasi": "ya",
        "berwenang": "ya",
        "saran": "audiensi",
        "uraian_saran": f"Mengundang {story.agency} dan {story.party}.",
    }


def _held(story: Story) -> Mapping[str, Any]:
    leader = next(official for official in story.office.officials if official.role == "kabid")
    return {
        "tanggal_pelaksanaan": "2026-12-04",
        "tempat_pelaksanaan": "Ruang Rapat Kantor Wilayah, Bengkulu",
        "jam_mulai": "09.00",
        "jam_selesai": "11.30 WIB",
        "hadir": [
            f"{leader.name} | {leader.printed_title}",
            "Rina Contoh, S.H. | Petugas Yankomas",
            f"Made Umpama, S.T. | {story.agency}",
            f"Maya Contoh | {story.party}",
            *story.came,
        ],
        "hasil": [story.heard, _REPORTED],
        "kesepakatan": [" | ".join((what, who, until)) for who, what, until in map(_parts, story.advice)],
        "saksi": [story.witness],
    }


def _parts(entry: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in entry.split("|"))


def _handed_over(story: Story) -> Mapping[str, Any]:
    return {
        "tujuan_surat": story.competent,
        "tempat_tujuan": "Contoh",
        "ringkasan_pengaduan": story.summary,
        "alasan": story.elsewhere,
        "dasar_hukum": story.competent_by,
        "berkas_terlampir": list(story.enclosed),
    }


def _drafted(story: Story) -> Mapping[str, Any]:
    executors = (_parts(entry)[0] for entry in story.advice)
    return {
        "tujuan_surat": story.duty_bearer,
        "tempat_tujuan": "Contoh",
        "ringkasan_pengaduan": story.summary,
        "hasil_klarifikasi": f"{story.heard}\n{_REPORTED}",
        "analisis": story.analysis,
        "rekomendasi": list(story.advice),
        "tembusan": [story.superior, *(who for who in dict.fromkeys(executors) if who != story.duty_bearer)],
    }


def _letter_of_minutes(story: Story) -> str:
    """Return under which letter the recommendation cites the minutes among what it rests on."""
    told = (("telaah", _memo(story)), ("laksanakan", _held(story)), ("susun-rekomendasi", _drafted(story)))
    facts = replace(
        BASE["lazim"],
        fields=story.fields,
        channel=story.channel,
        sop_number="W.8.OT.02.01-74",
        sop_title="Pelayanan Komunikasi Masyarakat",
        moves=tuple(MoveMade(key, BEGUN, "kasubbid", values) for key, values in told),
        letters=tuple(NumberedLetter(name, "1", BEGUN) for name in ("04-nota-telaahan", "05-berita-acara")),
    )
    basis = context("06-surat-rekomendasi", facts, story.office)["dasar"]
    return ascii_lowercase[next(n for n, law in enumerate(basis) if law.startswith("Berita Acara"))]


def _corrected(story: Story) -> Mapping[str, Any]:
    held = _held(story)["tempat_pelaksanaan"]
    return {
        "naskah": "06-surat-rekomendasi",
        "ralat": [f"{held} | {_AT} | angka 1 huruf {_letter_of_minutes(story)}"],
        "alasan": "Tempat audiensi tidak ditulis lengkap.",
    }


def _evaluated(story: Story) -> Mapping[str, Any]:
    rows = [_parts(entry) for entry in story.advice]
    all_of_them = "Seluruh rekomendasi" if rows[1:] else "Rekomendasi"
    case = "perkara" if story.channel == "berita" else "pengaduan"
    proof = f"Foto pada lampiran surat Nomor {_ANSWERED['nomor_jawaban']} tanggal 15 Januari 2027"
    return {
        "kegiatan": story.visited,
        "hasil_evaluasi": [
            f"{what} | {who} | {until} | {deed} | {proof} | dilaksanakan"
            for (who, what, until), deed in zip(rows, story.deeds, strict=True)
        ],
        "simpulan": f"{all_of_them} telah dilaksanakan.\nPenanganan {case} disarankan ditutup.",
    }


#: The day of the sheet's draft, for tests that need a date near it.
TODAY: date = BEGUN.date()
