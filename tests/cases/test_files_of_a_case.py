"""Files that lie with a case: what is owed to them, how they came, and what must be so before one signs a letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import case_of, document, drafted, moved, received, recognised, then
from test_letters_owed_to_complainants import RECOMMENDATION, SOP, drafted_recommendation, numbered, walked
from test_rules_of_case_files import decided

from pipeline.cases.case import Case
from pipeline.cases.document import AS_IT_CAME
from pipeline.cases.duties import VALIDATE, duties
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import (
    FILE,
    INTO,
    PAGES,
    SPLIT_OFF,
    Attached,
    AttachmentRead,
    Decided,
    Disputed,
    Linked,
    Returned,
    Validated,
)
from pipeline.cases.fold import fold
from pipeline.cases.journal import write_line
from pipeline.cases.kept_files import Came, Examined, came_as, check_signable, signed_documents
from pipeline.cases.moves import LETTER
from pipeline.cases.ports import LetterOut
from pipeline.cases.signature_proof import INK, Examination, FiledProof
from pipeline.cases.splitting import own_pages, splits
from pipeline.errors import NotAllowed
from pipeline.storage.blobs import TypedText

MEMO = "04-nota-telaahan"


@pytest.fixture(scope="module")
def with_number() -> Case:
    return numbered(drafted_recommendation())


def test_each_file_in_which_signatures_are_marked_is_examined_once():
    names = ("02-lampiran.pdf", "03-lampiran.pdf")
    papers = tuple(document(name, kind="lampiran") for name in names)
    case = case_of(recognised(), Attached("map", "k", "x.pdf", "application/pdf", 1, papers, signatures=names))

    def owed(there: Case) -> list[str]:
        return [duty.subject for duty in duties(there, SOP) if duty.action == VALIDATE]

    assert owed(case) == [*names]
    assert owed(then(case, Validated(names[0], {}, ()))) == [names[1]]


def test_the_file_as_it_came_is_found_of_pages_that_were_made_of_it_and_a_scan_is_its_own():
    pages, mail = document("01-surat.pdf"), document("01-surat-asli.eml", kind=AS_IT_CAME)
    made, scanned = (case_of(first=received(documents=documents)) for documents in ((pages, mail), (pages,)))

    assert (came_as(made, pages), came_as(scanned, pages)) == (mail, pages)


def test_a_letter_is_not_signed_while_the_machine_composes_it_but_while_it_prints_it_or_composes_another(with_number):
    anew = moved(walked(with_number, "kembalikan"), SOP, "susun-rekomendasi")
    printing = then(with_number, drafted(RECOMMENDATION, 9, with_number.drafts[RECOMMENDATION].trigger))

    with pytest.raises(NotAllowed, match="Mesin masih mengonsep 06-surat-rekomendasi"):
        check_signable(anew, SOP, RECOMMENDATION, [])
    check_signable(printing, SOP, RECOMMENDATION, [])
    check_signable(anew, SOP, MEMO, [])


def test_a_letter_is_not_signed_by_our_own_print_nor_while_its_signature_is_disputed(with_number):
    scan = document(f"{RECOMMENDATION}-v2-bertanda-tangan.pdf", b"pindaian", kind=RECOMMENDATION, version=2)
    back, print_ = (
        then(with_number, Returned(RECOMMENDATION, 2, (scan,))),
        with_number.document(f"{RECOMMENDATION}-v2.pdf"),
    )
    signed = walked(with_number, ("tandatangani-naskah", {LETTER: RECOMMENDATION}))
    file = signed.signatures[-1]
    disputed = then(signed, Disputed(file.documents[0], RECOMMENDATION, 2, "bukan saya", "budi"), "kakanwil")

    with pytest.raises(NotAllowed, match="belum bertanda tangan"):
        check_signable(with_number, SOP, RECOMMENDATION, [print_.sha256])
    check_signable(back, SOP, RECOMMENDATION, [scan.sha256])
    with pytest.raises(NotAllowed, match="sedang disanggah"):
        check_signable(disputed, SOP, RECOMMENDATION, [])
    check_signable(disputed, SOP, MEMO, [])


def test_what_was_looked_at_is_filed_as_the_version_that_it_is_and_not_once_there_is_a_newer_one(with_number):
    came = (Came("pdf", TypedText("pindaian.pdf", b"pindaian")),)
    out = LetterOut(with_number.number, RECOMMENDATION, "Surat rekomendasi", 2, "", None, ("kakanwil",))

    def filed(seen: Examined | None) -> list[str]:
        kept, _ = signed_documents(with_number, SOP, RECOMMENDATION, came, seen, role="kakanwil", reason="")
        return [one.name for one in kept]

    assert filed(Examined(out, Examination(INK, "ada tinta"))) == [f"{RECOMMENDATION}-v2-bertanda-tangan.pdf"]
    for seen in (None, Examined(replace(out, version=1), Examination(INK, "ada tinta"))):
        with pytest.raises(NotAllowed, match="dikonsep lagi ketika berkasnya diperiksa"):
            filed(seen)


def test_pages_that_became_another_case_take_along_what_was_read_and_drawn_of_them_or_of_their_attachment():
    papers = [document(f"0{n}-lampiran.pdf", kind="lampiran") for n in (2, 3)]
    texts = [document(f"0{n}-teks.txt", kind="teks") for n in (4, 5)]
    came = [Attached("map", paper.name, "x.pdf", "application/pdf", 3, (paper,)) for paper in papers]
    read = [AttachmentRead(paper.name, "palsu 1", (text,)) for paper, text in zip(papers, texts, strict=True)]
    case = case_of(recognised(), drafted("03-lembar-disposisi"), *came, *read, first=received(pages=3))

    complaint = then(case, decided("pisahkan", values={PAGES: "2-2"}))
    attachment = then(case, decided("pisahkan", values={PAGES: "2-2", FILE: papers[0].name}))

    assert (complaint.reading, complaint.attachments_read) == (None, case.attachments_read)
    assert complaint.shared == {"01-surat.pdf", "02-teks.txt", "03-lembar-disposisi-v1.docx"}
    assert (attachment.reading, [*attachment.attachments_read]) == (case.reading, [papers[1].name])
    assert attachment.shared == {papers[0].name, texts[0].name}
    assert older_line(case, decided("pisahkan", values={PAGES: "2-2"})).shared == frozenset()


def older_line(case: Case, event: Decided) -> Case:
    """The case after a move as versions wrote it that parted the scan alone."""
    data, last = as_data(event), case.entries[-1]
    del data["released"]
    return fold((*case.entries, write_line(last.seq + 1, last.at, "tim-yankomas", event.kind, data, last.hash)[1]))


def test_a_scan_that_spoke_for_itself_counts_in_the_lane_of_who_signs_and_any_other_move_in_its_own():
    by_code = decided("tandatangani-naskah", proof=FiledProof(INK, "kakanwil"))

    case = then(case_of(by_code, decided("x")), by_code, "kadiv")

    assert [made.role for made in case.made] == ["kakanwil", "sistem", "kadiv"]


def test_pages_are_owed_as_a_case_until_that_is_there_and_are_the_complaints_or_its_attachments():
    paper = document("02-lampiran.pdf", kind="lampiran")
    case = case_of(
        Attached("map", "k", "x.pdf", "application/pdf", 3, (paper,)),
        decided("pisahkan", values={PAGES: "2-3"}),
        decided("pisahkan", values={PAGES: "1-1", FILE: paper.name}),
        first=received(pages=4),
    )
    gone = {"document": "01-surat.pdf", "pages": [2, 3]}

    assert [(one.document, one.pages) for one in splits(case)] == [("01-surat.pdf", (2, 3)), (paper.name, (1,))]
    assert (own_pages(case), own_pages(case, paper.name)) == ((1, 4), (2, 3))
    assert splits(then(case, Linked("2026/0008", INTO, source=gone))) == splits(case)
    assert splits(then(case, Linked("2026/0008", SPLIT_OFF, source=gone))) == splits(case)[1:]
