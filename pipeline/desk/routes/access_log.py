"""*Catatan akses*, for the admin: who looked at what, in words; the log itself keeps routes."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from pipeline.access.rights import Right
from pipeline.desk.gate import Pages
from pipeline.desk.lanes import Lane
from pipeline.desk.rendering import paged
from pipeline.desk.visit import Visit
from pipeline.office.wording import MONTHS

pages = Pages()
_CASE = "/kasus/{year}/{serial}"
_FOLDER = "/arsip/{year}/{serial}"
#: What somebody did, by the route or the command under which it was logged.
WORDS: Mapping[str, str] = {
    "GET /": "Meja saya",
    "GET /ketikan": "Ketikan saya",
    "GET /berikutnya": "Ke perkara berikutnya yang menunggu",
    "GET /audiensi": "Daftar audiensi",
    "GET /audiensi.ics": "Mengunduh daftar audiensi (kalender)",
    "GET /tanda-terima-hari-ini.pdf": "Mengunduh tanda terima hari ini",
    "GET /sekaligus/{move}": "Formulir gerak atas beberapa perkara",
    "POST /sekaligus/{move}": "Melakukan gerak atas beberapa perkara",
    f"GET {_CASE}": "Halaman perkara",
    f"GET {_CASE}/bagan": "Bagan alir perkara",
    f"GET {_CASE}/bagan.svg": "Bagan alir perkara, gambarnya",
    f"POST {_CASE}/lampiran": "Menambah lampiran perkara",
    f"GET {_CASE}/salin": "Isian perkara untuk disalin",
    f"GET {_CASE}/gerak/{{move}}": "Formulir gerak",
    f"POST {_CASE}/gerak/{{move}}": "Melakukan gerak",
    f"POST {_CASE}/bertanda-tangan/{{name}}/{{saying}}": "Menyanggah, mengukuhkan atau menarik berkas",
    f"GET {_CASE}/lihat/{{name}}": "Naskah di layar",
    f"GET {_CASE}/naskah/{{name}}/halaman/{{page}}": "Satu halaman naskah",
    f"GET {_CASE}/naskah/{{name}}": "Mengunduh naskah",
    f"GET {_CASE}/gambar-surat": "Gambar kecil suratnya, dalam daftar",
    f"GET {_CASE}/sampul.pdf": "Mengunduh lembar sampul",
    f"GET {_CASE}/tanda-terima": "Tanda terima",
    f"GET {_CASE}/isi/{{template}}": "Naskah untuk disunting",
    f"POST {_CASE}/isi/{{template}}": "Menyunting isi naskah",
    f"POST {_CASE}/sunting/{{template}}": "Mengunggah suntingan Word",
    f"GET {_CASE}/titipan/{{template}}": "Suntingan Word yang belum disimpan",
    f"POST {_CASE}/buang/{{template}}": "Membuang suntingan yang belum disimpan",
    f"GET {_CASE}/beda/{{template}}": "Beda dua versi naskah",
    "GET /kotak-masuk": "Kotak masuk",
    "POST /kotak-masuk": "Mengirim berkas ke kotak masuk",
    "POST /kotak-masuk/ulangi": "Kotak masuk: mencoba lagi",
    "POST /kotak-masuk/sisihkan": "Kotak masuk: menyisihkan",
    "POST /kotak-masuk/lampirkan": "Kotak masuk: melampirkan",
    "POST /kotak-masuk/ditangani": "Kotak masuk: menandai sudah ditangani",
    "GET /kotak-masuk/berkas/{key}": "Kotak masuk: melihat satu berkas",
    "POST /kotak-masuk/berkas/{key}": "Kotak masuk: mencari perkara untuk satu berkas",
    "GET /kotak-masuk/berkas/{key}/gambar": "Gambar kecil satu berkas kotak masuk, dalam daftar",
    "GET /kotak-masuk/berkas/{key}/halaman/{page}": "Kotak masuk: satu halaman berkas",
    "POST /buka/{channel}": "Membuka perkara tanpa surat",
    "GET /verifikasi": "Daftar verifikasi",
    "GET /verifikasi/{year}/{serial}": "Verifikasi surat",
    "POST /verifikasi/{year}/{serial}": "Mengonfirmasi isian",
    "POST /verifikasi/{year}/{serial}/pisahkan": "Verifikasi: memisahkan surat kedua",
    "POST /verifikasi/{year}/{serial}/lampirkan": "Verifikasi: melampirkan pada perkara lain",
    "GET /tanda-tangan": "Menunggu tanda tangan saya",
    "POST /tanda-tangan": "Menandatangani naskah secara elektronik",
    "GET /tanda-tangan/hasil/{job}": "Hasil penandatanganan",
    "GET /register": "Buku register",
    "GET /ringkasan/daftar": "Perkara di balik satu angka Ringkasan",
    "GET /surat": "Daftar surat",
    "GET /kasus/{year}/{serial}/surat/{template}": "Melihat naskah",
    "GET /ekspedisi": "Buku ekspedisi",
    "GET /ekspedisi/buku": "Mengunduh buku ekspedisi",
    "GET /register/buku.xlsx": "Mengunduh buku register (XLSX)",
    "GET /register/buku.csv": "Mengunduh buku register (CSV)",
    "GET /register/buku.pdf": "Mengunduh buku register (PDF)",
    "GET /arsip": "Mencari di arsip",
    "GET /arsip/daftar-aktif.xlsx": "Mengunduh daftar arsip aktif",
    "GET /arsip/daftar-inaktif.xlsx": "Mengunduh daftar arsip inaktif",
    "GET /arsip/label.pdf": "Mengunduh label berkas",
    "POST /akun": "Membuat akun",
    "POST /akun/{login}/peran": "Memberi peran",
    "POST /keutuhan/kerja/{chore}": "Memulai pemeliharaan arsip",
    "POST /buku-lama": "Mengirim buku register lama",
    "GET /buku-lama/{key}": "Memeriksa buku register lama",
    "POST /buku-lama/{key}/ambil-alih": "Mengambil alih buku register lama",
    "POST /akun/{login}/nama": "Mengubah nama akun",
    "POST /pengaturan/{part}": "Mengubah pengaturan kantor",
    "POST /pengaturan/pejabat/{role}": "Mengubah pejabat kantor",
    "POST /pengaturan/logo": "Mengganti logo kop",
    "POST /pengaturan/logo/hapus": "Menghapus logo kop",
    "POST /akun/{login}/nip": "Mengubah NIP akun",
    "POST /akun/{login}/surel": "Mengubah alamat surel akun",
    "POST /profil/surel": "Mengubah alamat surel sendiri",
    "POST /profil/sandi": "Mengganti kata sandi sendiri",
    "POST /pengesahan/sahkan": "Mengesahkan yang menunggu orang kedua",
    "POST /pengesahan/tolak": "Menolak yang menunggu orang kedua",
    "POST /masuk/tautan": "Membuat kata sandi dengan tautan sekali pakai",
    "POST /masuk/pertama": "Membuat akun admin pertama",
    "peran dari office.toml": "Memegang peran menurut NIP di office.toml",
    "POST /akun/{login}/kunci": "Mengunci atau membuka akun",
    "POST /akun/{login}/tautan": "Membuat tautan sekali pakai",
    "POST /akun/{login}/sesi": "Mengakhiri sesi akun",
    "POST /akun/token/baru": "Membuat token",
    "POST /akun/token/cabut": "Mencabut token",
    "GET /pindah": "Daftar perkara kantor lain",
    "POST /pindah/terima": "Menerima perkara kantor lain",
    "POST /pindah/tolak": "Menolak perkara kantor lain",
    "POST /pindah/tarik": "Menarik kembali perkara yang ditawarkan",
    "GET /kasus/{year}/{serial}/pindah": "Formulir penyerahan ke kantor lain",
    "POST /kasus/{year}/{serial}/pindah": "Menyerahkan ke kantor lain",
    "GET /penyusutan": "Penyusutan arsip",
    "GET /penyusutan/tindakan/{act}": "Formulir tindakan arsip",
    "POST /penyusutan/tindakan/{act}": "Melakukan tindakan arsip",
    "GET /penyusutan/daftar-baru/{kind}": "Formulir daftar arsip baru",
    "POST /penyusutan/daftar-baru/{kind}": "Membuat daftar arsip",
    "GET /penyusutan/jra": "Jadwal retensi",
    "POST /penyusutan/jra": "Mengubah jadwal retensi",
    "GET /penyusutan/jatuh-tempo": "Arsip yang jatuh tempo",
    "GET /penyusutan/daftar/{name}": "Daftar arsip",
    "POST /penyusutan/daftar/{name}/langkah/{step}": "Membuat langkah daftar arsip",
    "GET /penyusutan/daftar/{name}/lembar/{template}": "Mengunduh lembar daftar arsip",
    "POST /penyusutan/daftar/{name}/keluar": "Mengeluarkan map dari daftar arsip",
    "POST /penyusutan/daftar/{name}/batal": "Membatalkan daftar arsip",
    "GET /penyusutan/daftar/{name}/paket.zip": "Mengunduh paket arsip yang diserahkan",
    "GET /penyusutan/boks.xlsx": "Mengunduh daftar boks",
    "GET /penyusutan/label-boks.pdf": "Mengunduh label boks",
    "GET /pinjaman": "Pinjaman",
    "GET /arsip/{year}/{serial}/cetak/{paper}": "Mengunduh lembar arsip sebuah map",
    "GET /tutup-tahun": "Tutup tahun",
    "POST /tutup-tahun": "Menutup register sebuah tahun",
    "GET /tutup-tahun/{year}/lembar.pdf": "Mengunduh lembar penutupan register",
    "POST /tutup-tahun/{year}/simpan": "Menyimpan lembar penutupan yang bertanda tangan",
    "GET /tutup-tahun/{year}/bertanda-tangan": "Mengunduh lembar penutupan yang bertanda tangan",
    "POST /alih-tugas": "Mengalihkan tugas",
    "POST /alih-tugas/tarik": "Menarik pengalihan tugas",
    "GET /templat/{template}/pratinjau/{year}/{serial}": "Pratinjau templat dengan perkara",
    "POST /templat/{template}/pakai": "Memakai templat baru",
    "templat pratinjau": "Pratinjau templat dengan perkara, di terminal",
    "templat pakai": "Memakai templat baru, di terminal",
    "perbaiki": "Memulihkan satu perkara dari cadangan, di terminal",
    "impor": "Mengambil alih buku register lama, di terminal",
    "belajar": "Belajar dari perkara yang dikonfirmasi, di terminal",
    "belajar --lupakan": "Melupakan yang dipelajari kantor, di terminal",
    "alih buat": "Mengalihkan tugas di terminal",
    "alih tarik": "Menarik pengalihan tugas di terminal",
    "akun buat": "Membuat akun di terminal",
    "akun tautan": "Membuat tautan sekali pakai di terminal",
    "akun nama": "Mengubah nama akun di terminal",
    "akun nip": "Mengubah NIP akun di terminal",
    "akun surel": "Mengubah alamat surel akun di terminal",
    "akun kunci": "Mengunci akun di terminal",
    "akun buka-kunci": "Membuka akun di terminal",
    f"GET {_FOLDER}": "Seluruh map di layar",
    f"GET {_FOLDER}/berkas.pdf": "Mengunduh map sebagai satu PDF",
    f"GET {_FOLDER}/berkas.zip": "Mengunduh map sebagai ZIP",
    f"GET {_FOLDER}/bag.zip": "Mengunduh map sebagai bag",
}


@pages.get("/akses", Right.ACCESS_LOG, Lane.LOOKUPS, personal=False)
def access_log(visit: Visit) -> Response:
    """Show a month of the access log, the newest first."""
    log = visit.desk.access_log
    months = log.months()
    month = visit.asked("bulan") if visit.asked("bulan") in months else (months[0] if months else "")
    login, case = visit.asked("akun"), visit.asked("perkara")
    entries = log.entries(month) if month else ()
    found = [e for e in entries if (not login or e.by == login) and (not case or e.data.get("case") == case)]
    part = paged(found[::-1], visit.part_asked)
    findings = log.verify() if visit.asked("periksa") else None
    return visit.show(
        "akses.html",
        title="Catatan akses",
        part=part,
        words=WORDS,
        months=[(m, f"{MONTHS[int(m[5:]) - 1]} {m[:4]}") for m in months],
        month=month,
        login=login,
        number=case,
        findings=findings,
    )
