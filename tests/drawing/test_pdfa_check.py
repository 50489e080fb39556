"""What a PDF/A is marked by; veraPDF's own specimens are the measure where they are at hand."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from pipeline.drawing.engines import pdfa_check
from pipeline.drawing.engines.pdfa_marks import mark

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "pdfa"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the veraPDF specimens are not at hand")


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def page() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    return writer


def said(pdf: bytes) -> str:
    return " ".join(pdfa_check.marks(pdf))


@needs_corpus
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("PDF_A-2b-vera-6-1-3-t01-pass-a.pdf", []),
        ("PDF_A-2b-vera-6-1-3-t01-fail-a.pdf", ["Penanda berkas (trailer /ID) tidak ada."]),
        (
            "PDF_A-2b-vera-6-2-11-4-1-t01-fail-a.pdf",
            ["Huruf QUAJCC+TrajanPro-Regular di halaman 1 tidak tertanam."],
        ),
    ],
)
def test_verapdf_s_specimens_get_the_finding_they_were_made_for(name: str, expected: list[str]) -> None:
    assert pdfa_check.marks((CORPUS / name).read_bytes()) == expected


def test_a_plain_pdf_lacks_metadata_and_colour_profile() -> None:
    assert "XMP" in said(written(page()))
    assert "OutputIntent" in said(written(page()))


def test_javascript_is_found() -> None:
    writer = page()
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    writer.root_object[NameObject("/OpenAction")] = action

    assert "JavaScript" in said(written(writer))


def test_a_file_inside_the_file_is_found() -> None:
    writer = page()
    writer.add_attachment("rahasia.txt", b"x")

    assert "berkas lain" in said(written(writer))


def test_an_order_to_start_a_program_is_found() -> None:
    writer = page()
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x.exe")})
    writer.root_object[NameObject("/OpenAction")] = action

    assert "menjalankan program" in said(written(writer))


def test_a_locked_file_is_said_to_be_locked() -> None:
    writer = page()
    writer.encrypt("rahasia", algorithm="RC4-128")

    assert "terkunci" in said(written(writer))


@pytest.mark.parametrize("data", [b"", b"bukan PDF", b"%PDF-1.7\n%%EOF"])
def test_what_cannot_be_read_has_that_as_its_finding(data: bytes) -> None:
    assert len(pdfa_check.marks(data)) == 1


def marked(change) -> list[str]:
    """What is found of a document of ours, marked PDF/A-2b, after a change to it; nothing before."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        mark(pdf)
        for found in ([], None):
            target = io.BytesIO()
            pdf.save(target, static_id=True)
            if found is None:
                break
            assert pdfa_check.marks(target.getvalue()) == found
            change(pdf)
    return pdfa_check.marks(target.getvalue())


def note(**keys):
    return lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", Array([Dictionary(Type=Name.Annot, **keys)]))


def image(**keys):
    def change(pdf):
        made = pdf.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, **keys)
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=made))

    return change


_AREA = Array([0, 0, 9, 9])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (note(Subtype=Name.Movie, F=4), "Catatan Movie"),
        (note(Subtype=Name.Text, F=2, Rect=_AREA), "tersembunyi atau tidak ikut tercetak"),
        (note(Subtype=Name.Square, F=4, Rect=_AREA), "tanpa rupa"),
        (image(Interpolate=True), "diperhalus"),
        (image(Alternates=Array([])), "pengganti"),
        (image(F=String("luar.bin")), "di luar berkas"),
        (lambda pdf: pdf.Root.__setitem__("/AcroForm", Dictionary(NeedAppearances=True)), "baru digambar"),
        (lambda pdf: pdf.Root.__setitem__("/Requirements", Array([])), "menuntut"),
        (
            lambda pdf: pdf.pages[0].obj.__setitem__(
                "/Resources", Dictionary(ExtGState=Dictionary(G0=Dictionary(TR=Name.Identity)))
            ),
            "kurva alih",
        ),
    ],
)
def test_what_a_clause_forbids_is_found_in_a_document_that_is_otherwise_marked(change, said) -> None:
    assert [said in found for found in marked(change)] == [True]


def with_stream(entries: bytes, *, before: bytes = b"", astray: int = 0) -> bytes:
    """Return a PDF with a stream packed as PDF/A forbids, which says this too; places are told wrong by *astray*."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] >>",
        b"<< %b /Filter /LZWDecode /Length 1 >>\nstream\n\x80\nendstream" % entries,
    )
    out, places = before + b"%PDF-1.7\n", []
    for number, said_of_it in enumerate(objects, start=1):
        places.append(len(out) - len(before))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, said_of_it)
    at = len(out) - len(before)
    rows = b"".join(b"%010d 00000 n \n" % (place + astray) for place in places)
    trailer = b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % at
    return out + b"xref\n0 5\n0000000000 65535 f \n" + rows + trailer


@pytest.mark.parametrize(
    "entries",
    [
        b"/Judul 1",
        b"/Judul (\nendobj\n)",
        b"/Judul /endobj",
        b"/Judul [ << /endobj 1 >> ]",
        b"% \nendobj\n",
        b"/Judul << /Isi (teks) >>",
        b"/Judul <66>",
        b"/Judul 1\nendobj\n",
        b"/Judul [ >> endobj ]",
        b"/Judul [ ] endobj",
        b"/Judul << >> endobj",
        b"/Judul <<<66>>> endobj",
        b"/Judul [ << /Isi [ << /Isi [ << /Isi [ 1 ] >> ] >> ] >> ]",
        b"\0\x0c/Judul 1%\r",
    ],
)
def test_a_stream_is_found_whatever_stands_before_it(entries: bytes) -> None:
    assert "LZW" in said(with_stream(entries))


def test_a_stream_is_found_in_a_file_that_says_wrongly_where_it_is_or_has_something_before_it() -> None:
    assert "LZW" in said(with_stream(b"", astray=3))
    assert "LZW" in said(with_stream(b"", before=b"Dari: surel\n"))


def test_objects_without_a_stream_are_not_parsed_to_see_that(monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[tuple[int, int]] = []
    found = Pdf.get_object

    def noted(pdf: Pdf, key: tuple[int, int]) -> object:
        parsed.append(key)
        return found(pdf, key)

    monkeypatch.setattr(Pdf, "get_object", noted)

    said(with_stream(b""))

    assert parsed == [(4, 0)]
