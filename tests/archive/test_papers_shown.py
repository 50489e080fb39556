"""Which of a case's documents are papers, in which state, and to whom one is given that holds pages of others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from archive_fakes import FakeCabinet
from case_factory import case_of, document, drafted, printed, received, recognised, then
from fakes import MORNING

from pipeline.archive.contents import Covering, contents, folder_pdf
from pipeline.archive.papers import PaperStage, in_hand, papers, shelved
from pipeline.archive.ports import How
from pipeline.cases.duties import TYPED
from pipeline.cases.events import Attached, AttachmentRead, Disputed, PartReturned, Returned, Withdrawn
from pipeline.cases.letter_life import Letter, Turn
from pipeline.cases.linked import SPLIT_FROM, SPLIT_OFF, Linked
from pipeline.cases.signature_proof import INK, FiledProof
from pipeline.cases.signed_files import UPRIGHT
from pipeline.cases.sop import letter_title
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import NotAllowed, NotFound
from pipeline.storage.blobs import TypedText

SOP = editions()[0]
SHEET, OTHER = "03-lembar-disposisi", "01-tanda-terima"
DAY = date(2026, 11, 26)
PROVEN, UNPROVEN = FiledProof(INK), FiledProof(INK, unproven="Dipindai buruk.")
COPY = document("02-surat-terbaca.pdf", kind="salinan", step=2)
TEXT = document("02-teks.txt", kind="teks", step=2)


def _signed(case, version=1, *, proof=PROVEN, name=""):
    name = name or f"{SHEET}-v{version}-bertanda-tangan.pdf"
    return then(case, Returned(SHEET, version, (document(name, kind=SHEET, version=version),), proof=proof))


def _printed(version=1):
    return [drafted(SHEET, version), printed(SHEET, version)]


def _sheet(case, key=SHEET):
    return next(paper for paper in papers(case, SOP) if paper.key == key)


NAME = f"{SHEET}-v1-bertanda-tangan.pdf"


@pytest.mark.parametrize(
    ("proof", "state"),
    [
        (PROVEN, "bertanda tangan"),
        (None, "bertanda tangan (sebelum pemeriksaan)"),
        (UNPROVEN, "bertanda tangan, tanpa bukti"),
    ],
)
def test_a_signed_sheet_says_whether_its_signature_was_proven(proof, state):
    case = _signed(case_of(*_printed(), drafted(OTHER)), proof=proof)

    assert (_sheet(case).state, _sheet(case).shown) == (state, NAME)
    assert _sheet(case, OTHER).state == "sedang disiapkan"


@pytest.mark.parametrize(
    ("event", "state"),
    [(Disputed, "menunggu tanda tangan (tanda tangan disanggah)"), (Withdrawn, "menunggu tanda tangan")],
)
def test_a_signature_that_fell_leaves_the_print_to_be_signed(event, state):
    case = then(_signed(case_of(*_printed())), event(NAME, SHEET, 1, "Bukan tangan saya.", "budi"))

    assert (_sheet(case).state, _sheet(case).shown) == (state, f"{SHEET}-v1.pdf")


def test_pages_that_came_back_alone_are_told_until_all_are_there():
    part = document(f"{SHEET}-v1-sebagian.pdf", kind=SHEET, version=1)
    case = then(case_of(*_printed()), PartReturned(SHEET, 1, (2, 3), (part,)))

    assert _sheet(case).state == "menunggu tanda tangan (baru halaman 2, 3 yang kembali)"
    assert "Lembar disposisi (sebagian halaman)" in [paper.title for paper in contents(case, SOP)]
    whole = [paper.title for paper in contents(_signed(case), SOP)]
    assert "Lembar disposisi (sebagian halaman)" not in whole
    assert "Lembar disposisi (bertanda tangan)" in whole


def test_older_versions_are_listed_but_for_those_with_pages_of_others():
    case = case_of(*_printed(), *_printed(2))
    parted = replace(case, shared=frozenset({f"{SHEET}-v1.pdf", f"{SHEET}-v2.pdf"}))

    assert set(_sheet(case).older) == {f"{SHEET}-v1.pdf", f"{SHEET}-v1.docx"}
    assert (_sheet(case).shown, _sheet(case).pdf) == (f"{SHEET}-v2.pdf", f"{SHEET}-v2.pdf")
    assert (_sheet(parted).older, _sheet(parted).shown) == ((f"{SHEET}-v1.docx",), "")


@pytest.mark.parametrize(
    ("event", "title"),
    [
        (None, "Lembar disposisi (bertanda tangan)"),
        (Disputed, "Lembar disposisi (bertanda tangan, disanggah)"),
        (Withdrawn, "Lembar disposisi (bertanda tangan, ditarik)"),
    ],
)
def test_a_signed_paper_in_the_folder_says_that_it_is_doubted(event, title):
    case = _signed(case_of(*_printed()))
    if event:
        case = then(case, event(NAME, SHEET, 1, "Bukan tangan saya.", "budi"))

    assert title in [paper.title for paper in contents(case, SOP)]


def test_a_signed_paper_without_proof_says_so_in_the_folder():
    case = _signed(case_of(*_printed()), proof=UNPROVEN)

    assert "Lembar disposisi (bertanda tangan, tanpa bukti)" in [paper.title for paper in contents(case, SOP)]


def _with_attachment():
    came = document("04-lampiran-1.jpg", kind="lampiran", step=4)
    copy = document("04-lampiran-1-terbaca.pdf", kind="salinan-lampiran", step=4)
    text = document("04-lampiran-1-teks.txt", kind="teks-lampiran", step=4)
    case = then(
        case_of(recognised(documents=(TEXT, COPY))), Attached("nama", "klaim-2", "x.jpg", "image/jpeg", 1, (came,))
    )
    return came, copy, case, then(case, AttachmentRead(came.name, "palsu", (text, copy)))


def test_of_a_scan_with_pages_of_another_case_the_copy_of_ours_is_shown_and_without_one_nothing():
    came, copy, bare, read = _with_attachment()
    shared = frozenset({came.name, "01-surat.pdf"})

    def shown(case):
        return [(p.key, p.shown) for p in papers(replace(case, shared=shared), SOP)]

    assert shown(bare) == [("surat", COPY.name)]
    assert shown(read) == [("surat", COPY.name), ("lampiran", copy.name)]
    assert shown(case_of()) == [("surat", "")]
    assert [p.document for p in contents(replace(bare, shared=shared), SOP)] == [COPY]
    assert [p.document for p in contents(replace(read, shared=shared), SOP)] == [COPY, copy]


def test_a_note_that_was_typed_is_called_so():
    typed = case_of(first=received(media=TYPED, documents=(document("01-catatan.txt"),)))

    assert papers(typed, SOP)[0].title == letter_title(typed.number, noted=True)
    assert papers(case_of(), SOP)[0].title == letter_title(typed.number) != letter_title(typed.number, noted=True)


def test_pages_that_were_put_upright_and_in_order_stand_for_the_scan():
    scan, upright = (document(f"{SHEET}-v1-bertanda-tangan{end}.pdf", kind=SHEET, version=1) for end in ("", UPRIGHT))
    case = then(case_of(*_printed()), Returned(SHEET, 1, (scan, upright), proof=PROVEN))

    assert [paper.document for paper in contents(case, SOP)][1:] == [upright]


def test_a_letter_that_leaves_is_a_draft_until_it_has_its_number():
    letter = next(sheet.template for sheet in SOP.sheets if sheet.outgoing and sheet.signed)

    assert _sheet(case_of(drafted(letter), printed(letter)), letter).stage is PaperStage.DRAFT


def test_what_is_in_hand_is_the_letter_whose_turn_is_theirs_or_else_the_complaint():
    case = case_of(*_printed(), *[drafted(OTHER), printed(OTHER)])
    letters = [
        Letter(OTHER, 1, 1, MORNING, MORNING),
        Letter(SHEET, 1, 1, MORNING, MORNING, turn=Turn("paraf", ("kabid",))),
    ]
    found = papers(case, SOP)

    assert in_hand(found, letters, {"kabid"}).key == SHEET
    assert in_hand(found, letters, {"kadiv"}).key == "surat"
    assert in_hand([p for p in found if p.key != "surat"], letters, {"kadiv"}) is None
    typed = case_of(first=received(media=TYPED, documents=(document("01-catatan.txt"),)))
    assert in_hand(papers(typed, SOP), (), {"kabid"}) is None


def _on_the_shelf(case, *names):
    cabinet = FakeCabinet()
    for name in names:
        cabinet.contents[case.number, name] = b"isi"
    return cabinet


def test_a_document_is_given_with_its_kind_and_whether_the_office_made_it():
    form = "01-formulir-pengaduan"
    case = case_of(*_printed(), drafted(form), recognised(documents=(TEXT, COPY)))
    shelf = _on_the_shelf(case, f"{SHEET}-v1.pdf", "02-teks.txt", "01-surat.pdf", f"{form}-v1.docx")

    given = {name: shelved(shelf, case, name, lambda _: False) for _, name in shelf.contents}

    assert [name for name, one in given.items() if one.ours] == [f"{SHEET}-v1.pdf"]
    assert given["02-teks.txt"].media == "text/plain; charset=utf-8"
    assert given["01-surat.pdf"].media == "application/pdf"
    with pytest.raises(NotFound):
        shelved(shelf, case, "tiada.pdf", lambda _: True)


def test_a_scan_with_pages_of_another_case_is_given_to_who_may_read_all_cases_that_came_of_it():
    links = (Linked("2026/0008", SPLIT_OFF), Linked("2026/0009", SPLIT_OFF), Linked("2026/0001", SPLIT_FROM))
    case = replace(case_of(), shared=frozenset({"01-surat.pdf"}), links=links)
    shelf = _on_the_shelf(case, "01-surat.pdf")

    assert shelved(shelf, case, "01-surat.pdf", {"2026/0008", "2026/0009"}.__contains__)
    for told in ({"2026/0008"}, {"2026/0009", "2026/0001"}, set()):
        with pytest.raises(NotAllowed):
            shelved(shelf, case, "01-surat.pdf", told.__contains__)
    assert shelved(shelf, replace(case, shared=frozenset()), "01-surat.pdf", lambda _: False)


class Binder:
    """Binds nothing, and remembers what it was given."""

    def bind(self, title, facts, sheaves):
        self.sheaves, self.facts = sheaves, dict(facts)
        return iter(())


def _bound(case, covering=None):
    binder = Binder()
    shelf = _on_the_shelf(case, *(d.name for d in case.documents))
    folder_pdf(case, SOP, shelf, binder, MORNING, "Penahanan (isi)", covering)
    return binder


COVERING = Covering(lambda text: text.replace("isi", "***"), lambda name, data: TypedText(name, data))


def test_who_may_not_have_the_complaint_gets_it_as_pictures_and_a_typed_text_as_it_may_be_told():
    form = "01-formulir-pengaduan"
    scanned = case_of(recognised(documents=(TEXT, COPY)), *_printed(), drafted(form), printed(form))
    typed = case_of(first=received(media=TYPED, documents=(document("01-catatan.txt"),)))

    assert [sheaf.how for sheaf in _bound(scanned).sheaves] == [How.CARRIED] * 3
    covered = {sheaf.title: sheaf.how for sheaf in _bound(scanned, COVERING).sheaves}
    assert list(covered.values()).count(How.DRAWN) == 2  # the letter, and the form of what was told
    assert covered["Lembar disposisi (belum bertanda tangan)"] is How.CARRIED
    assert _bound(typed, COVERING).facts["Hal"] == "Penahanan (***)"
    (plain,), (covered,) = _bound(typed).sheaves, _bound(typed, COVERING).sheaves
    assert (plain.how, covered.how) == (How.SET, How.SET)
    assert [content_of(sheaf) for sheaf in (plain, covered)] == [b"isi", b"***"]


def content_of(sheaf):
    with sheaf.blob.local() as path:
        return path.read_bytes()
