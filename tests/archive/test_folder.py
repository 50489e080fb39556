"""A whole folder leaves as one file: bound in the order of the SOP, zipped, or as the bag it is."""

from __future__ import annotations

import io
import json
import zipfile

import bagit
import pytest
from fakes import MORNING
from pypdf import PdfReader
from scan_samples import digital_pdf, letter_image, pdf_of, raw_pdf

from pipeline.archive.contents import folder_pdf, shown_papers
from pipeline.archive.engines.folder_binder import FolderBinder
from pipeline.archive.ports import How, Sheaf
from pipeline.cli import main
from pipeline.errors import ArchiveFault
from pipeline.office.wording import long_date
from pipeline.storage.blobs import StoredFile

PDF = "application/pdf"


@pytest.fixture(scope="module")
def binder():
    binder = FolderBinder()
    yield binder
    binder.close()


@pytest.fixture
def sheaf(tmp_path, clock_day):
    def make(name: str, how: How = How.CARRIED, media: str = PDF, content: bytes | None = None) -> Sheaf:
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        return Sheaf(name.partition(".")[0], clock_day, StoredFile(path, name, "", 0), media, how)

    return make


@pytest.fixture
def clock_day():
    return MORNING.date()


def bound(binder: FolderBinder, *sheaves: Sheaf) -> PdfReader:
    return PdfReader(io.BytesIO(b"".join(binder.bind("Berkas rekaan", (("Hal", "Tanah"),), sheaves))), strict=True)


def texts(book: PdfReader) -> list[str]:
    return [page.extract_text() for page in book.pages]


def test_papers_are_bound_with_contents_and_bookmarks_that_lead_to_them(binder, sheaf, tmp_path, clock_day):
    digital_pdf(tmp_path / "surat.pdf")
    digital_pdf(tmp_path / "disposisi.pdf", ("Lembar disposisi",))

    book = bound(binder, sheaf("surat.pdf"), sheaf("disposisi.pdf"))

    contents, letter, sheet = texts(book)
    assert "Berkas rekaan" in contents
    assert f"1. surat {long_date(clock_day)} 2" in contents
    assert "Siti Aminah" in letter
    assert sheet.strip() == "Lembar disposisi"
    assert [(mark.title, book.get_destination_page_number(mark)) for mark in book.outline] == [
        ("Isi berkas", 0),
        ("surat", 1),
        ("disposisi", 2),
    ]
    assert [note.get_object()["/Dest"][0].get_object() for note in book.pages[0]["/Annots"]] == list(book.pages)[1:]


def test_a_file_that_could_not_be_counted_once_is_counted_when_it_can_be(binder, tmp_path):
    digital_pdf(tmp_path / "surat.pdf")
    (tmp_path / "surat.pdf").rename(tmp_path / "sebentar.pdf")
    blob = StoredFile(tmp_path / "surat.pdf", "surat.pdf", "a" * 64, 0)

    assert binder.pages(blob, PDF) == 0
    (tmp_path / "sebentar.pdf").rename(tmp_path / "surat.pdf")

    assert binder.pages(blob, PDF) == 1


def test_a_typed_text_is_set_and_a_picture_is_drawn(binder, sheaf, tmp_path):
    letter_image().save(tmp_path / "foto.jpg", dpi=(150, 150))

    book = bound(
        binder,
        sheaf("catatan.txt", How.SET, "text/plain", ("Upah tidak dibayar\n" * 120).encode()),
        sheaf("foto.jpg", How.DRAWN, "image/jpeg"),
    )

    _, *noted, photo = book.pages
    assert sum(page.extract_text().count("Upah tidak dibayar") for page in noted) == 120
    assert len(noted) == 3
    assert round(photo.mediabox.width) == 595
    assert len(photo.images) == 1


@pytest.mark.parametrize("how", [How.DRAWN, How.CARRIED])
def test_nothing_that_acts_comes_along(binder, sheaf, tmp_path, how):
    script = b"<< /S /JavaScript /JS (app.alert) >>"
    note = b"<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A " + script + b" >>"
    raw_pdf(
        tmp_path / "lampiran.pdf",
        root=b"/OpenAction " + script,
        page=b"/AA << /O " + script + b" >> /Annots [" + note + b"]",
    )

    out = b"".join(binder.bind("Berkas", (), [sheaf("lampiran.pdf", how)]))

    assert b"JavaScript" in (tmp_path / "lampiran.pdf").read_bytes()
    assert b"JavaScript" not in out
    assert len(PdfReader(io.BytesIO(out)).pages[1].images) == (how is How.DRAWN)


def test_what_only_looks_like_a_reference_to_another_object_stays_as_it_is(binder, sheaf, tmp_path):
    kept = b"/Properties << /P << /Note (lihat 3 0 R \\) dan 4 0 R) /Size 5 0 R /Empty [6 0 R] /Gone 99 0 R >> >>"
    raw_pdf(tmp_path / "surat.pdf", resources=kept, extra=(b"7", b"null"))

    found = bound(binder, sheaf("surat.pdf")).pages[1]["/Resources"]["/Properties"]["/P"]

    assert (found["/Note"], found["/Size"], len(found["/Empty"])) == ("lihat 3 0 R ) dan 4 0 R", 7, 1)
    assert "/Gone" not in found


@pytest.mark.parametrize("content", [None, b"", b"%PDF-1.7\nrusak", b"\x00" * 5000])
def test_a_paper_that_is_broken_or_gone_has_a_page_that_says_so_and_the_others_stay(binder, sheaf, tmp_path, content):
    pdf_of(letter_image(), tmp_path / "utuh.pdf")

    book = bound(binder, sheaf("hilang.pdf", content=content), sheaf("utuh.pdf"))

    _, lost, whole = book.pages
    assert "Halaman ini tidak dapat ditampilkan" in lost.extract_text()
    assert "hilang, halaman 1" in lost.extract_text()
    assert len(whole.images) == 1


def test_more_papers_than_a_page_of_contents_holds_are_all_listed(binder, sheaf):
    sheaves = [sheaf(f"catatan{n}.txt", How.SET, "text/plain", b"isi") for n in range(30)]

    book = bound(binder, *sheaves)

    assert len(book.pages) == 2 + 30
    listed = "\n".join(texts(book)[:2])
    assert all(f"{n + 1}. catatan{n} " in listed for n in range(30))
    assert book.get_destination_page_number(book.outline[30]) == 31


@pytest.fixture
def case(office):
    number = office.open("lisan", {"perihal": "Upah", "pelapor": "Siti", "terlapor": "PT", "uraian": "Tiga bulan"})
    return office, number


def test_a_folder_is_bound_even_where_its_files_are_no_documents(case, binder):
    office, number = case  # the press of a fake office makes files that no program can open

    case, cabinet = office.root.case(number), office.root.cabinet
    sop = office.root.sop_of(case)

    book = PdfReader(io.BytesIO(b"".join(folder_pdf(case, sop, cabinet, binder, MORNING, "Upah"))), strict=True)

    titles = [paper.title for paper in shown_papers(case, sop, cabinet)]
    assert titles[0] == "Catatan pengaduan"
    assert "Lembar disposisi (belum bertanda tangan)" in titles
    assert [mark.title for mark in book.outline] == ["Isi berkas", *titles]
    assert "Tiga bulan" in book.pages[1].extract_text()


def zipped(office, number):
    return office.root.export.documents(number, office.root.case(number).documents)


def bagged(office, number):
    return office.root.export.bag(number)


def test_a_zip_holds_every_document_as_it_is_under_safe_names(case):
    office, number = case

    archive = zipfile.ZipFile(io.BytesIO(b"".join(zipped(office, number))))

    data = office.root.layout.case(number) / "data"
    assert {name: archive.read(name) for name in archive.namelist()} == {
        f"{number.key}/{path.name}": path.read_bytes() for path in data.iterdir()
    }


def test_a_bag_is_valid_for_a_program_that_is_not_ours(case, tmp_path):
    office, number = case

    zipfile.ZipFile(io.BytesIO(b"".join(bagged(office, number)))).extractall(tmp_path / "keluar")

    bag = bagit.Bag(str(tmp_path / "keluar" / number.key))
    bag.validate()
    lines = (tmp_path / "keluar" / number.key / "journal.jsonl").read_text().splitlines()
    assert json.loads(lines[-1])["hash"] == office.root.cabinet.case(number).head


def test_the_same_folder_is_the_same_bytes(case):
    office, number = case

    assert b"".join(bagged(office, number)) == b"".join(bagged(office, number))


@pytest.mark.parametrize("pack", [zipped, bagged])
def test_a_folder_that_lacks_a_document_is_refused_before_a_byte_is_given(case, pack):
    office, number = case
    next((office.root.layout.case(number) / "data").glob("*.docx")).unlink()

    with pytest.raises(ArchiveFault, match="hilang atau berubah"):
        pack(office, number)


@pytest.mark.parametrize("form", ["--zip", "--bag", "--pdf"])
def test_the_command_writes_the_file_whole_and_never_into_the_archive(case, tmp_path, capsys, form):
    office, _ = case
    root, out = str(office.root.layout.root), tmp_path / "hasil"

    assert main(["--root", root, "berkas", "1/2026", form, "-o", str(out), "--alasan", "uji"]) == 0
    assert out.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []

    inside = office.root.layout.archive / "hasil"
    assert main(["--root", root, "berkas", "1/2026", form, "-o", str(inside), "--alasan", "uji"]) == 2
    assert not inside.exists()
    assert "di dalam arsip" in capsys.readouterr().err
