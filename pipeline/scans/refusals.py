"""What makes a scan be refused: the limits, what a file must be, and every reason that lies in the file itself.

In this order: what is it, is it within the limits, is it whole (:func:`refuse_unfit`, :class:`Limits`)? Then, in a
child, does it open to its last page, does it act by itself (``pdf/pdf_proof.py``, ``operations/inspection.py``)?
Whoever finds the fault raises its reason: ``raise LOCKED()``. That a file has no place, or stopped its
reader: ``intake/outcomes.py``, ``receive.py``, ``filing.py`` there. Codes are those of
:class:`~pipeline.errors.Refused`, for tests and counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.errors import Refused


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a scan is refused; what stands in braces is said when it is raised."""

    code: str
    fact: str
    remedy: str

    def __call__(self, **facts: object) -> Refused:
        """Return the refusal, to be raised."""
        return Refused(self.code, self.fact.format(**facts), self.remedy.format(**facts))


_AGAIN = "Minta kirim ulang: pindai kembali suratnya, atau cetak ke PDF baru."
_PRINT_TO_PDF = "Minta pengirim mencetaknya ke PDF biasa, atau pindai dari kertas."
_IN_PARTS = "Pisahkan menjadi beberapa berkas, satu surat satu berkas."

EMPTY = Reason("kosong", "Berkas ini kosong (0 byte).", "Pindai atau kirim ulang.")
#: ``why`` says what is missing (:class:`~pipeline.scans.formats.wholeness.Wholeness`).
CUT_OFF = Reason("terpotong", "Berkas ini tidak utuh: {why}.", "Pindai atau kirim ulang sampai selesai.")

TOO_MANY_BYTES = Reason(
    "terlalu-besar",
    "Berkas ini {megabytes} MB, lebih dari {most} MB.",
    "Pindai dengan 300 dpi, atau pisahkan menjadi beberapa berkas.",
)
#: ``of`` is ``PDF`` or ``Berkas``.
TOO_MANY_PAGES = Reason("terlalu-besar", "{of} ini berisi lebih dari {most} halaman.", _IN_PARTS)
TOO_MANY_PAGES_TO_REDACT = Reason(
    "terlalu-besar",
    "Berkas ini berisi {pages} halaman; salinan yang disamarkan paling banyak {most} halaman.",
    "Cetak halaman yang diperlukan menjadi PDF sendiri, lampirkan pada perkaranya, lalu samarkan itu.",
)
TOO_MANY_PIXELS = Reason(
    "terlalu-besar",
    "Gambarnya terlalu besar: {width} x {height} titik.",
    "Pindai kembali dengan 300 dpi (paling banyak {most} juta titik sehalaman).",
)
TOO_MUCH_DRAWING = Reason("terlalu-besar", "Isi halaman {page} mengembang menjadi terlalu besar bila dibuka.", _AGAIN)
UNPACKS_TO_TOO_MUCH = Reason(
    "terlalu-besar", "Isi berkas ini mengembang menjadi terlalu besar bila dibuka.", _PRINT_TO_PDF
)
#: Of its ``pages`` so many were ``seen`` in ``seconds`` of the processor.
TOO_COSTLY = Reason(
    "terlalu-berat",
    "Berkas ini terlalu berat: dalam {seconds} detik kerja mesin baru {seen} dari {pages} halamannya dapat diperiksa.",
    _PRINT_TO_PDF,
)
TOO_COSTLY_TO_OPEN = Reason(
    "terlalu-berat",
    "Berkas ini terlalu berat: dalam {seconds} detik kerja mesin belum juga terbuka.",
    _PRINT_TO_PDF,
)

TOO_HEAVY = Reason(
    "terlalu-besar",
    "Berkas ini terlalu berat: untuk membukanya komputer ini kekurangan memori, juga tanpa pekerjaan lain.",
    "Pindai kembali dengan 300 dpi, atau pisahkan menjadi beberapa berkas; gambar di dalam berkas Word dikecilkan.",
)

TOO_MUCH_AT_ONCE = Reason("terlalu-besar", "Berkas ini terlalu besar untuk dikerjakan sekaligus.", _IN_PARTS)

LOCKED = Reason(
    "terkunci",
    "PDF ini terkunci dengan kata sandi.",
    "Minta pengirim mengirim salinan yang terbuka (tanpa kata sandi).",
)
UNKNOWN_LOCK = Reason(
    "terkunci",
    "PDF ini terenkripsi, tetapi keterangan kuncinya rusak atau tidak dikenal: isinya tidak dapat dibuka.",
    "Minta pengirim mengirim salinan yang tidak terenkripsi, atau pindai dari kertas.",
)
NO_PAGES = Reason("tanpa-halaman", "PDF ini tidak berisi halaman.", _AGAIN)
ACTS_BY_ITSELF = Reason(
    "isi-aktif",
    "PDF ini berisi program (JavaScript atau perintah) yang berjalan sendiri bila dibuka.",
    _PRINT_TO_PDF,
)
XFA_FORM = Reason(
    "jenis", "PDF ini formulir XFA: isinya hanya tampak di Adobe Reader, halamannya sendiri kosong.", _PRINT_TO_PDF
)

DAMAGED_PDF = Reason("rusak", "PDF ini rusak dan tidak dapat dibuka.", _AGAIN)
DAMAGED_STRUCTURE = Reason("rusak", "PDF ini rusak: susunan isinya tidak dapat dibaca.", _AGAIN)
DAMAGED_PAGES = Reason("rusak", "PDF ini rusak: halamannya tidak dapat dibaca.", _AGAIN)
ENDLESS_PAGE_TREE = Reason("rusak", "PDF ini rusak: daftar halamannya tidak berujung.", _AGAIN)
LOOPING_PAGE_TREE = Reason("rusak", "PDF ini rusak: daftar halamannya memuat dirinya sendiri.", _AGAIN)
DAMAGED_PAGE = Reason("rusak", "Halaman {page} rusak dan tidak dapat dibuka.", _AGAIN)
DAMAGED_PICTURE = Reason("rusak", "Gambar ini rusak dan tidak dapat dibuka.", _AGAIN)
INSEPARABLE_PAGES = Reason(
    "rusak",
    "Halaman-halaman berkas ini tidak dapat dipisahkan tanpa mengubah isinya.",
    "Pindailah surat-surat itu satu per satu, satu surat satu berkas.",
)

#: Of files that are no scans, of which pages are made.
LOCKED_FILE = Reason(
    "terkunci",
    "Berkas ini terkunci dengan kata sandi.",
    "Minta pengirim mengirim salinan yang terbuka (tanpa kata sandi).",
)
DAMAGED_FILE = Reason(
    "rusak",
    "Berkas ini rusak dan tidak dapat dibuka.",
    "Minta pengirim mengirimnya lagi, atau mencetaknya ke PDF.",
)
SAYS_NOTHING = Reason(
    "kosong", "Berkas ini tidak berisi tulisan atau gambar yang dapat dibaca.", "Minta pengirim mengirimnya lagi."
)
RTF_OF_PICTURES = Reason(
    "jenis",
    "Dokumen RTF ini hanya berisi gambar, dan dari berkas RTF hanya tulisannya yang dapat dibaca.",
    _PRINT_TO_PDF,
)
TOO_MANY_PARTS = Reason("terlalu-besar", "Berkas ini berisi lebih dari {most} bagian.", _PRINT_TO_PDF)
TOO_INTRICATE = Reason("terlalu-besar", "Isi berkas ini terlalu rumit untuk sebuah surat.", _PRINT_TO_PDF)
MANY_MAILS = Reason(
    "jenis",
    "Berkas ini kotak surat (mbox) yang berisi beberapa surel.",
    "Simpan setiap surel sebagai berkas .eml sendiri, lalu kirim satu per satu.",
)

_TAKEN = (
    "Yang diterima: PDF, JPEG, PNG, dan TIFF; di kotak masuk juga WebP, foto iPhone (.heic), Word (.docx, .doc, .rtf),"
    " LibreOffice (.odt), teks (.txt), surel (.eml, .msg), dan ekspor obrolan WhatsApp (.zip)."
)
_ONE_BY_ONE = f"Kirim isinya satu per satu. {_TAKEN}"
_AS_PDF = f"Simpan sebagai PDF lalu kirim lagi. {_TAKEN}"


_SHEETS_AS_PDF = (
    "Bila isinya surat, simpan sebagai PDF lalu kirim lagi. Bila isinya buku register lama atau laporan sistem lain,"
    " {book} halaman Buku register lama atau Laporan dari sistem lain."
)
WORKBOOK = Reason("jenis", "Ini buku Excel (.xlsx), bukan surat.", _SHEETS_AS_PDF.format(book="ambil alih di"))
OLD_WORKBOOK = Reason(
    "jenis",
    "Ini buku Excel lama (.xls), bukan surat.",
    _SHEETS_AS_PDF.format(book="simpan sebagai .xlsx, lalu ambil alih di"),
)


def _picture(name: str) -> Reason:
    return Reason("jenis", f"Gambar {name} belum didukung.", "Simpan sebagai JPEG atau PNG lalu kirim lagi.")


#: Files that are no scans, by their kind (:mod:`pipeline.scans.formats.kinds`).
UNSUPPORTED: Mapping[str, Reason] = {
    "image/heic": Reason(
        "jenis",
        "Foto HEIC (dari iPhone) tidak dapat dibuka di sini.",
        "Kirim sebagai JPEG atau PDF; atau pasang paket sistem libheif1 pada komputer ini.",
    ),
    "image/webp": _picture("WebP"),
    "image/gif": _picture("GIF"),
    "image/bmp": _picture("BMP"),
    "image/jp2": _picture("JPEG 2000"),
    "image/avif": _picture("AVIF"),
    "application/docx": Reason("jenis", "Ini dokumen Word, Excel, atau LibreOffice, bukan hasil pindai.", _AS_PDF),
    "application/x-ole": Reason("jenis", "Ini dokumen Office lama, bukan surat atau hasil pindai.", _AS_PDF),
    "application/ms-tnef": Reason(
        "jenis",
        "Ini lampiran Outlook (winmail.dat), bukan hasil pindai.",
        "Minta pengirim mengirim surelnya lagi dalam format teks biasa atau HTML.",
    ),
    "application/rtf": Reason("jenis", "Ini dokumen RTF, bukan hasil pindai.", _AS_PDF),
    "text/html": Reason("jenis", "Ini dokumen atau halaman web, bukan hasil pindai.", _AS_PDF),
    "text/plain": Reason("jenis", "Ini berkas teks, bukan hasil pindai.", _AS_PDF),
    "message/rfc822": Reason(
        "jenis",
        "Ini surel, bukan hasil pindai.",
        f"Simpan lampirannya lalu kirim itu; suratnya sendiri cetak ke PDF. {_TAKEN}",
    ),
    "application/zip": Reason("jenis", "Ini berkas ZIP, bukan hasil pindai.", _ONE_BY_ONE),
    "application/x-archive": Reason("jenis", "Ini arsip terkompresi, bukan hasil pindai.", _ONE_BY_ONE),
    "audio/video": Reason(
        "jenis",
        "Ini rekaman suara atau video, bukan hasil pindai.",
        "Simpan di luar kotak masuk sebagai bukti dan catat pada perkaranya.",
    ),
    "application/x-executable": Reason(
        "jenis",
        "Ini program, bukan hasil pindai.",
        "Jangan dijalankan; minta pengirim mengirim suratnya sebagai PDF.",
    ),
    "tak dikenal": Reason("jenis", "Jenis berkas ini tidak dikenal.", _TAKEN),
}


#: Pages of a file that is looked at in passing: so many honest ones take less than a second of the processor.
FEW_PAGES = 12
#: And dots of a page of it: a sheet of A4 at 600 dpi has 35 million.
FEW_DOTS = 40_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes of the file, its pages, and the pixels of one picture."""

    size: int = 300_000_000
    pages: int = 500
    pixels: int = 180_000_000

    def check_size(self, size: int) -> None:
        """Refuse a file of more bytes than may be.

        Raises:
            Refused: ``terlalu-besar``.
        """
        if size > self.size:
            raise TOO_MANY_BYTES(megabytes=-(-size // 10**6), most=self.size // 10**6)  # as pages and settings say it

    def check_pixels(self, width: int, height: int) -> None:
        """Refuse a picture of more pixels than may be.

        Raises:
            Refused: ``terlalu-besar``.
        """
        if width * height > self.pixels:
            raise TOO_MANY_PIXELS(width=width, height=height, most=self.pixels // 1_000_000)

    def check_pages(self, pages: int, of: str) -> None:
        """Refuse a file of more pages than may be; ``of`` is ``PDF`` or ``Berkas``.

        Raises:
            Refused: ``terlalu-besar``.
        """
        if pages > self.pages:
            raise TOO_MANY_PAGES(of=of, most=self.pages)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file before it is opened.

    ``kind`` is one of those that are taken in, empty for a file of no bytes, or a key of :data:`UNSUPPORTED`. ``gap``
    says what is missing (empty: nothing); ``mendable``: it has its end all the same, as a PDF whose cross-references
    went astray.
    """

    kind: str
    taken: bool
    size: int
    gap: str
    mendable: bool


def refuse_unfit(file: FileFacts, limits: Limits) -> None:
    """Refuse a file that is empty, of a kind that is not taken in, too large, or cut off.

    Raises:
        Refused: ``kosong``, ``jenis``, ``terlalu-besar``, ``terpotong``.
    """
    if not file.size:
        raise EMPTY()
    if not file.taken:
        raise UNSUPPORTED[file.kind]()
    limits.check_size(file.size)
    if file.gap and not file.mendable:
        raise CUT_OFF(why=file.gap)
