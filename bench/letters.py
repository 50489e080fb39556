"""Makes letters to measure with: A4 pages as a scanner makes them, 300 dpi, grey, JPEG inside PDF, each different.

A page holds 250 to 300 words of an ordinary complaint. All persons, places and events are invented. What is random is
seeded with the letter's serial number, so that two runs measure the same letters.
"""

from __future__ import annotations

import random
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

DPI = 300
_SIZE = (2480, 3508)
_MARGIN, _LINE, _FACE = 295, 62, 46  # pixels: 25 mm, 15 pt, 11 pt
_QUALITY = 42
_FONTS = Path("/usr/share/fonts/truetype/liberation")
_FACES = ("LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf")
_NAMES = ("Budi", "Siti", "Andi", "Rina", "Joko", "Dewi", "Tono", "Wati", "Hasan", "Lina", "Rudi", "Maya")
_SECOND = ("Contoh", "Misal", "Umpama", "Andaian", "Permisalan", "Rekaan")
_MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober")
_ACCUSED = ("PT Contoh Sawit Abadi", "SMK Contoh Bakti", "Puskesmas Rekaan Permai", "CV Contoh Karet Lestari")
_TROUBLES = ("upah yang tidak dibayarkan", "penahanan ijazah", "penolakan pelayanan", "pencemaran sumur warga")
_SENTENCES = (
    "Sejak bulan {month} kami sudah {number} kali datang ke kantor tersebut untuk meminta penjelasan.",
    "Setiap kali kami datang, petugas hanya mengatakan bahwa pimpinan sedang tidak berada di tempat.",
    "Surat yang kami kirimkan pada tanggal {day} {month} 2025 sampai sekarang tidak pernah dijawab.",
    "Akibatnya keluarga kami menanggung kerugian kurang lebih sebesar Rp{number}.{day}0.000,00.",
    "Kepala desa bersama {number} orang warga telah mencoba menjadi penengah, tetapi tidak berhasil.",
    "Anak kami yang berumur {number} tahun terpaksa berhenti bersekolah selama beberapa minggu.",
    "Pada hari itu juga kami meminta surat keterangan, namun permintaan itu ditolak tanpa alasan.",
    "Beberapa orang tetangga menyaksikan kejadian itu dan bersedia memberikan keterangan bila diperlukan.",
    "Kami tidak mengetahui lagi ke mana harus mengadu selain kepada kantor yang Bapak pimpin.",
    "Perundingan pada tanggal {day} {month} 2025 berakhir tanpa kesepakatan apa pun di antara kedua pihak.",
    "Perlakuan seperti itu menurut kami bertentangan dengan hak setiap orang atas keadilan dan rasa aman.",
    "Salinan bukti pembayaran, foto, dan catatan pertemuan kami sertakan bersama dengan surat ini.",
    "Kami diminta menandatangani pernyataan yang isinya tidak dibacakan lebih dahulu kepada kami.",
    "Seorang pegawai bernama {name} berjanji menyelesaikannya dalam {number} hari, tetapi tidak ditepati.",
    "Rumah kami berjarak {number} kilometer dari tempat kejadian dan tidak ada jalan lain ke sana.",
    "Sesudah peristiwa itu kami sering merasa khawatir apabila berada di luar rumah pada malam hari.",
)


def make(folder: Path, serials: range, *, pages: int = 1) -> list[Path]:
    """Write a letter of so many pages for each serial number; return their paths in that order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"surat-{pages}-{serial:04}.pdf" for serial in serials]
    with ProcessPoolExecutor() as makers:
        list(makers.map(_make_one, paths, serials, [pages] * len(paths)))
    return paths


def _make_one(path: Path, serial: int, pages: int) -> None:
    chance = random.Random(f"{pages} {serial}")
    face = _face(chance.choice(_FACES))
    first, *others = [_scanned(_printed(_lines(chance, page, face), face), chance) for page in range(pages)]
    first.save(path, "PDF", save_all=True, append_images=others, resolution=DPI, quality=_QUALITY)


@cache
def _face(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / name, _FACE)


def _lines(chance: random.Random, page: int, face: ImageFont.FreeTypeFont) -> list[str]:
    """Return the lines of one page; the first page has head and complainant, the others go on telling."""
    name = f"{chance.choice(_NAMES)} {chance.choice(_SECOND)}"
    head = [
        f"Bengkulu, {chance.randint(1, 28)} {chance.choice(_MONTHS)} 2026",
        "",
        f"Hal : Pengaduan mengenai {chance.choice(_TROUBLES)}",
        "",
        "Kepada Yth. Kepala Kantor Wilayah Kementerian Hukum dan HAM Bengkulu",
        "di Bengkulu",
        "",
        "Dengan hormat, saya yang bertanda tangan di bawah ini:",
        f"Nama : {name}",
        f"NIK : 17710000000{chance.randint(10000, 99999)}",
        f"Alamat : Jalan Rekaan Nomor {chance.randint(1, 99)}, Desa Contoh Harapan, Kabupaten Seluma",
        f"dengan ini mengadukan {chance.choice(_ACCUSED)} dengan uraian sebagai berikut.",
        "",
    ]
    tail = ["Demikian pengaduan ini saya buat. Atas perhatian Bapak saya ucapkan terima kasih.", "", "Hormat saya,"]
    lines = [] if page else head
    words = sum(len(line.split()) for line in lines)
    untold = chance.sample(_SENTENCES, len(_SENTENCES))
    while untold and words < 260:
        told = [_filled(untold.pop(), chance) for _ in range(min(3, len(untold)))]
        words += sum(len(sentence.split()) for sentence in told)
        lines += [*_wrapped(" ".join(told), face), ""]
    return [*lines, *tail, "", "", name]


def _filled(sentence: str, chance: random.Random) -> str:
    return sentence.format(
        month=chance.choice(_MONTHS),
        day=chance.randint(2, 28),
        number=chance.randint(2, 19),
        name=f"{chance.choice(_NAMES)} {chance.choice(_SECOND)}",
    )


def _wrapped(text: str, face: ImageFont.FreeTypeFont) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if face.getlength(longer) <= _SIZE[0] - 2 * _MARGIN:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _printed(lines: list[str], face: ImageFont.FreeTypeFont) -> Image.Image:
    paper = Image.new("L", _SIZE, 255)
    pen = ImageDraw.Draw(paper)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, _MARGIN + number * _LINE), line, fill=25, font=face)
    return paper


def _scanned(page: Image.Image, chance: random.Random) -> Image.Image:
    """Return the page as a flat scanner sees it: askew by a hair, soft, with the paper's grain."""
    page = page.rotate(chance.uniform(-0.4, 0.4), Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(0.9)).point(lambda v: 30 + v * 205 // 255)
    grain = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
    return ImageChops.add(page, grain.point(lambda v: v // 16), 1, -8)
