"""The papers of a folder: one of each, signed before printed, the newest version, in the order of the SOP."""

from __future__ import annotations

from dataclasses import replace

from archive_fakes import FakeCabinet
from case_factory import case_of, document, drafted, moved, printed, received, recognised, tended, then

from pipeline.archive.contents import contents, shown_papers
from pipeline.archive.folder_pages import contents_leaves
from pipeline.archive.papers import PaperStage, made_here, papers
from pipeline.archive.ports import How
from pipeline.cases.events import Attached, AttachmentRead, Returned
from pipeline.cases.store.sop_editions import editions

SOP = editions()[0]
COPY = document("02-surat-terbaca.pdf", kind="salinan", step=2)


class ThreePages:
    """A binder that counts: whatever it is asked for has three pages."""

    def pages(self, blob, media):
        return 3


def shown(name: str, content: bytes):
    """Return the only paper of a case that begins with this file, as it is shown."""
    case = case_of(first=received(documents=(document(name, content),)))
    cabinet = FakeCabinet()
    cabinet.contents[case.number, name] = content
    (paper,) = shown_papers(case, SOP, cabinet, ThreePages())
    return paper


def titles(case) -> list[str]:
    return [paper.title for paper in contents(case, SOP)]


def test_the_copy_that_people_open_stands_for_the_letter():
    read = recognised(documents=(document("02-teks.txt", kind="teks", step=2), COPY))

    (paper,) = contents(case_of(read), SOP)

    assert (paper.title, paper.document, paper.how) == ("Surat pengaduan", COPY, How.CARRIED)
    assert paper.original.name == "01-surat.pdf"


def test_a_letter_without_a_copy_is_drawn_anew():
    (paper,) = contents(case_of(), SOP)

    assert (paper.document.name, paper.how, paper.media) == ("01-surat.pdf", How.DRAWN, "application/pdf")


def test_only_the_newest_print_of_a_sheet_is_a_paper_and_it_says_that_it_is_not_signed():
    sheet = "03-lembar-disposisi"
    case = case_of(drafted(sheet), printed(sheet), drafted(sheet, 2), printed(sheet, 2))

    assert titles(case) == ["Surat pengaduan", "Lembar disposisi (belum bertanda tangan)"]
    assert contents(case, SOP)[1].document.name == f"{sheet}-v2.pdf"


def test_a_sheet_that_nobody_signs_is_not_called_unsigned():
    receipt = "01-tanda-terima"

    assert titles(case_of(drafted(receipt), printed(receipt))) == ["Surat pengaduan", "Tanda terima"]


def test_the_signed_sheet_stands_for_the_printed_one_and_an_older_signed_one_stays():
    sheet = "03-lembar-disposisi"
    signed = document(f"{sheet}-v1-bertanda-tangan.pdf", kind=sheet)
    case = then(case_of(drafted(sheet), printed(sheet)), Returned(sheet, 1, (signed,)))

    assert titles(case) == ["Surat pengaduan", "Lembar disposisi (bertanda tangan)"]

    again = then(then(case, drafted(sheet, 2)), printed(sheet, 2))
    assert titles(again) == [
        "Surat pengaduan",
        "Lembar disposisi (bertanda tangan, versi 1)",
        "Lembar disposisi (belum bertanda tangan)",
    ]


def test_an_attachment_is_a_paper_and_its_copy_stands_for_it():
    came = document("04-lampiran-1.jpg", kind="lampiran", step=4)
    copy = document("04-lampiran-1-terbaca.pdf", kind="salinan-lampiran", step=4)
    text = document("04-lampiran-1-teks.txt", kind="teks-lampiran", step=4)
    case = then(case_of(), Attached("nama", "klaim-2", "x.jpg", "image/jpeg", 1, (came,)))

    assert [(p.title, p.how) for p in contents(case, SOP)][1:] == [("Lampiran", How.DRAWN)]

    read = then(case, AttachmentRead(came.name, "palsu", (text, copy)))
    assert [(p.document, p.original) for p in contents(read, SOP)][1:] == [(copy, came)]
    assert [p.key for p in papers(read, SOP)] == ["surat", "lampiran"]


def test_of_a_case_whose_content_was_destroyed_no_page_is_shown():
    case = case_of()
    stub = replace(case, documents=(), gone=case.documents)

    assert [(paper.key, paper.shown) for paper in papers(stub, SOP)] == [("surat", "")]


def test_papers_follow_the_steps():
    case = case_of(drafted("06-surat-rekomendasi"), printed("06-surat-rekomendasi"), drafted("01-tanda-terima"))
    case = then(case, printed("01-tanda-terima"))

    assert [paper.title.partition(" (")[0] for paper in contents(case, SOP)] == [
        "Surat pengaduan",
        "Surat rekomendasi",
        "Tanda terima",
    ]


def test_a_typed_paper_is_shown_as_its_text_and_any_other_as_its_pages():
    typed, scanned = shown("01-surat.txt", b"Saya mengadu."), shown("01-surat.pdf", b"%PDF-")

    assert (typed.text, typed.pages) == ("Saya mengadu.", 0)
    assert (scanned.text, scanned.pages) == ("", 3)


def test_what_was_read_from_the_complaint_is_no_paper_of_the_office():
    read = recognised(documents=(document("02-teks.txt", kind="teks", step=2), COPY))

    assert made_here(case_of(read)) == frozenset()


def test_a_fact_that_nobody_knows_is_a_dash_in_the_table_of_contents():
    (leaf,) = contents_leaves("Berkas perkara", (("Hal", "Jalan rusak"), ("Keadaan", "")), ())
    said = [item.text for item in leaf.picture.items if hasattr(item, "text")]

    assert said[1:5] == ["Hal", "Jalan rusak", "Keadaan", "-"]


def test_a_sheet_is_being_prepared_until_it_is_printed():
    receipt = "01-tanda-terima"
    drafted_only, and_printed = case_of(drafted(receipt)), case_of(drafted(receipt), printed(receipt))

    assert [paper.stage for paper in papers(drafted_only, SOP)] == [PaperStage.ORIGINAL, PaperStage.IN_WORK]
    assert [paper.stage for paper in papers(and_printed, SOP)] == [PaperStage.ORIGINAL, PaperStage.TO_PRINT]


def test_a_sheet_without_a_code_is_no_sheet_that_comes_back_by_it():
    assert case_of(drafted("01-tanda-terima")).page_codes == {}


def test_a_disposition_sheet_waits_for_no_signature_once_the_case_was_disposed_of():
    newest = editions()[-1]
    case = tended(case_of(), newest)
    for key in ("konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi"):
        case = tended(moved(case, newest, key), newest)

    (sheet,) = (paper for paper in papers(case, newest) if paper.key == "03-lembar-disposisi")

    assert sheet.stage is PaperStage.TO_PRINT
    assert "Lembar disposisi" in [paper.title for paper in contents(case, newest)]
