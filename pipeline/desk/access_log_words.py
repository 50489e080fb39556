"""What a line of the access log means, for the admin who reads it: the route is kept, these are its words."""

from __future__ import annotations

from collections.abc import Mapping

_CASE = "/kasus/{year}/{serial}"
_FOLDER = "/arsip/{year}/{serial}"
WORDS: Mapping[str, str] = {
    "GET /": "Meja saya",
    f"GET {_CASE}": "Halaman perkara",
    f"GET {_CASE}/bagan": "Bagan alir perkara",
    f"GET {_CASE}/bagan.svg": "Bagan alir perkara, gambarnya",
    f"GET {_CASE}/salin": "Isian perkara untuk disalin",
    f"GET {_CASE}/gerak/{{move}}": "Formulir gerak",
    f"POST {_CASE}/gerak/{{move}}": "Melakukan gerak",
    f"GET {_CASE}/lihat/{{name}}": "Naskah di layar",
    f"GET {_CASE}/naskah/{{name}}/halaman/{{page}}": "Satu halaman naskah",
    f"GET {_CASE}/naskah/{{name}}": "Mengunduh naskah",
    f"GET {_CASE}/sampul.pdf": "Mengunduh lembar sampul",
    f"GET {_CASE}/tanda-terima": "Tanda terima",
    f"GET {_CASE}/isi/{{template}}": "Naskah untuk disunting",
    f"POST {_CASE}/isi/{{template}}": "Menyunting isi naskah",
    f"POST {_CASE}/sunting/{{template}}": "Mengunggah suntingan Word",
    "GET /kotak-masuk": "Kotak masuk",
    "POST /kotak-masuk": "Mengirim berkas ke kotak masuk",
    "POST /kotak-masuk/ulangi": "Kotak masuk: mencoba lagi",
    "POST /kotak-masuk/sisihkan": "Kotak masuk: menyisihkan",
    "POST /kotak-masuk/lampirkan": "Kotak masuk: melampirkan",
    "POST /buka/{channel}": "Membuka perkara tanpa surat",
    "GET /verifikasi": "Daftar verifikasi",
    "GET /verifikasi/{year}/{serial}": "Verifikasi surat",
    "POST /verifikasi/{year}/{serial}": "Mengonfirmasi isian",
    "GET /register": "Buku register",
    "GET /register/buku.xlsx": "Mengunduh buku register (XLSX)",
    "GET /register/buku.csv": "Mengunduh buku register (CSV)",
    "GET /register/buku.pdf": "Mengunduh buku register (PDF)",
    "GET /arsip": "Mencari di arsip",
    "GET /arsip/daftar-aktif.xlsx": "Mengunduh daftar arsip aktif",
    "GET /arsip/daftar-inaktif.xlsx": "Mengunduh daftar arsip inaktif",
    "GET /arsip/label.pdf": "Mengunduh label berkas",
    "POST /akun": "Membuat akun",
    "POST /akun/{login}/peran": "Memberi peran",
    "POST /akun/{login}/kunci": "Mengunci atau membuka akun",
    "POST /akun/{login}/tautan": "Membuat tautan sekali pakai",
    "POST /akun/{login}/sesi": "Mengakhiri sesi akun",
    "POST /akun/token/baru": "Membuat token",
    "POST /akun/token/cabut": "Mencabut token",
    "akun buat": "Membuat akun di terminal",
    "akun tautan": "Membuat tautan sekali pakai di terminal",
    "akun kunci": "Mengunci akun di terminal",
    "akun buka-kunci": "Membuka akun di terminal",
    f"GET {_FOLDER}": "Seluruh map di layar",
    f"GET {_FOLDER}/berkas.pdf": "Mengunduh map sebagai satu PDF",
    f"GET {_FOLDER}/berkas.zip": "Mengunduh map sebagai ZIP",
    f"GET {_FOLDER}/bag.zip": "Mengunduh map sebagai bag",
}


def in_words(kind: str) -> str:
    """Return what somebody did, by the route under which it was logged; the route itself for a program's."""
    return WORDS.get(kind, kind)
