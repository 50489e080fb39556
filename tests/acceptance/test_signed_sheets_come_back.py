"""A sheet that was stamped, signed and scanned finds its case by the codes on its pages, and never gets a number."""

from __future__ import annotations

import pytest
from fakes import wib
from offices import KEY

from pipeline.archive.papers import papers
from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.kept_files import check_signable
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.objections import ALL as OBJECTIONS
from pipeline.cases.objections import object_to
from pipeline.errors import NotAllowed
from pipeline.letters.page_codes import page_text

FIRST = CaseNumber(2026, 1)
DISPOSITION, MEMO = "03-lembar-disposisi", "04-nota-telaahan"
CONFIRMED = {
    "cara_penyampaian": "langsung",
    "pelapor": "Budi Contoh",
    "terlapor": "Dinas Contoh",
    "ringkasan": "Ringkas.",
    "hak": "anak",
}
REVIEW = {"persoalan": "Apa", "analisis_hak": "Pasal 9", "indikasi": "ya", "berwenang": "ya", "saran": "audiensi"}


@pytest.fixture
def case_office(office):
    """An office with one case whose disposition sheet is out for signature."""
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    return office


def scan(*codes: str) -> bytes:
    return "\n".join(["PAGES", *codes]).encode()


def rescanned(n: int, *codes: str) -> bytes:
    """The same paper scanned for the n-th time: other bytes, here by blank pages behind it."""
    return scan(*codes, *["_"] * n)


def code(office, template: str, page: int = 1, pages: int = 1) -> str:
    return page_text(KEY, office.root.cabinet.case(FIRST).drafts[template].page_code, page, pages)


def reason(office, name: str) -> str:
    return (office.root.layout.inbox / "ditolak" / f"{name}.txt").read_text()


def test_a_signed_sheet_lies_beside_the_unsigned_one(case_office):
    content = scan(code(case_office, DISPOSITION))
    case_office.drop("kembali.pdf", content)

    counts = case_office.run_once()

    case = case_office.root.cabinet.case(FIRST)
    assert counts == {"kembali bertanda tangan": 1}
    assert list(case_office.root.cabinet.numbers()) == [FIRST]
    assert case_office.file(FIRST, "03-lembar-disposisi-v1-bertanda-tangan.pdf") == content
    assert DISPOSITION in case.signed
    assert (case.entries[-1].kind, case.entries[-1].by) == ("kembali", "sistem")
    assert case_office.inbox.taken() == {}


@pytest.mark.parametrize("template", ["01-tanda-terima", "02-buku-register"])
def test_a_receipt_and_an_extract_that_are_scanned_find_their_case_and_nothing_waited_for_them(office, template):
    office.clock.at = wib("2026-11-27 08:00")  # an edition of the SOP in which they carry codes
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    office.decide(FIRST, "konfirmasi", "tim-yankomas", CONFIRMED)
    office.run_once()
    case = office.root.cabinet.case(FIRST)
    told = {paper.key: paper.state for paper in papers(case, office.decide_parts.sop(case))}
    assert "tanda tangan" not in told[template]

    office.drop("kembali.pdf", scan(code(office, template)))

    assert office.run_once() == {"kembali bertanda tangan": 1}
    assert list(office.root.cabinet.numbers()) == [FIRST]
    assert template in office.root.cabinet.case(FIRST).signed


def test_the_pages_may_come_in_any_order(case_office):
    case_office.drop("kembali.pdf", scan(code(case_office, DISPOSITION, 2, 2), code(case_office, DISPOSITION, 1, 2)))

    assert case_office.run_once() == {"kembali bertanda tangan": 1}


def test_where_the_sop_has_a_move_for_the_signature_it_is_made_by_the_signer(case_office):
    move_to_review(case_office)
    case_office.drop("nota.pdf", scan(code(case_office, MEMO)))

    case_office.run_once()

    case = case_office.root.cabinet.case(FIRST)
    made = case.made[-1]
    assert (made.decision.move, made.role, made.decision.login) == ("tandatangani-naskah", "kasubbid", "kode-halaman")
    assert (case.entries[-1].by, made.decision.holder, made.decision.delivered_by) == ("sistem", NO_HOLDER, "pemindai")
    assert [d.name for d in made.decision.documents] == ["04-nota-telaahan-v1-bertanda-tangan.pdf"]


def test_the_same_scan_twice_is_filed_once(case_office):
    content = scan(code(case_office, DISPOSITION))
    for name in ("satu.pdf", "dua.pdf"):
        case_office.drop(name, content)
        case_office.run_once()

    names = [d.name for d in case_office.root.cabinet.case(FIRST).documents]
    assert sum("bertanda-tangan" in name for name in names) == 1


def test_the_same_paper_scanned_with_one_other_pixel_is_no_second_signature(case_office):
    move_to_review(case_office)
    for n in (1, 2):
        case_office.drop(f"{n}.pdf", rescanned(n, code(case_office, MEMO)))
        case_office.run_once()

    case = case_office.root.cabinet.case(FIRST)
    assert len(case.signatures) == 1
    assert "sudah kembali bertanda tangan" in reason(case_office, "2.pdf")
    assert "lampirkan" in reason(case_office, "2.pdf").lower()


def test_the_disposition_sheet_comes_back_with_more_written_on_it_each_time(case_office):
    for n in (1, 2):
        case_office.drop(f"{n}.pdf", rescanned(n, code(case_office, DISPOSITION)))
        case_office.run_once()

    names = [d.name for d in case_office.root.cabinet.case(FIRST).documents]
    assert names[-2:] == ["03-lembar-disposisi-v1-bertanda-tangan.pdf", "03-lembar-disposisi-v1-bertanda-tangan-2.pdf"]


def test_a_page_that_comes_again_with_one_other_pixel_does_not_stop_the_letter(case_office):
    for n in (1, 2):
        case_office.drop(f"{n}.pdf", rescanned(n, code(case_office, DISPOSITION, 2, 2)))
        case_office.run_once()
    assert "sudah kembali lebih dahulu" in reason(case_office, "2.pdf")

    case_office.drop("3.pdf", scan(code(case_office, DISPOSITION, 1, 2)))
    assert case_office.run_once() == {"kembali bertanda tangan": 1}


def test_a_disputed_signature_is_not_signed_again_by_the_same_paper(case_office):
    move_to_review(case_office)
    case_office.drop("1.pdf", rescanned(1, code(case_office, MEMO)))
    case_office.run_once()
    parts = case_office.decide_parts
    object_to(FIRST, MEMO, OBJECTIONS["sanggah"], "Bukan saya.", by=Actor("kasubbid", "eko"), parts=parts)

    case_office.drop("2.pdf", rescanned(2, code(case_office, MEMO)))
    case_office.run_once()
    case = case_office.root.cabinet.case(FIRST)
    with pytest.raises(NotAllowed, match="sedang disanggah"):
        check_signable(case, parts.sop(case), MEMO, [])

    assert "disanggah" in reason(case_office, "2.pdf")
    assert len(case.signatures) == 1
    assert MEMO not in case.signed


def test_pages_that_come_alone_lie_with_the_case_until_the_others_are_there(case_office):
    first, second = scan(code(case_office, DISPOSITION, 1, 2)), scan(code(case_office, DISPOSITION, 2, 2))
    case_office.drop("satu.pdf", second)

    assert case_office.run_once() == {"kembali sebagian": 1}
    case = case_office.root.cabinet.case(FIRST)
    assert DISPOSITION not in case.signed
    told = {p.key: p.state for p in papers(case, case_office.decide_parts.sop(case))}
    assert told[DISPOSITION] == "menunggu tanda tangan (baru halaman 2 yang kembali)"

    case_office.drop("dua.pdf", first)
    assert case_office.run_once() == {"kembali bertanda tangan": 1}
    case = case_office.root.cabinet.case(FIRST)
    names = [d.name for d in case.documents if d.kind == DISPOSITION and not d.name.endswith(("v1.docx", "v1.pdf"))]
    assert DISPOSITION in case.signed
    assert names == [
        "03-lembar-disposisi-v1-sebagian.pdf",
        "03-lembar-disposisi-v1-bertanda-tangan.pdf",
        "03-lembar-disposisi-v1-bertanda-tangan-berkas-2.pdf",
    ]


def test_a_part_that_comes_twice_is_kept_once(case_office):
    content = scan(code(case_office, DISPOSITION, 1, 2))
    for name in ("satu.pdf", "dua.pdf"):
        case_office.drop(name, content)
        assert case_office.run_once() == {"kembali sebagian": 1}

    assert len(case_office.root.cabinet.case(FIRST).parts) == 1


def test_a_scan_that_proves_nothing_is_set_aside_with_what_was_found(case_office):
    move_to_review(case_office)
    case_office.proof.faults = ("Halaman 1: tidak ada tinta pada tempat tanda tangan Rina Rekaan.",)
    case_office.drop("nota.pdf", scan(code(case_office, MEMO)))

    assert case_office.run_once() == {"ditolak": 1}
    assert "tidak ada tinta pada tempat tanda tangan Rina Rekaan" in reason(case_office, "nota.pdf")
    assert MEMO not in case_office.root.cabinet.case(FIRST).signed


@pytest.mark.parametrize(
    ("pages", "fact"),
    [
        (lambda o: [code(o, DISPOSITION), code(o, DISPOSITION)], "halaman 1 ada dua kali"),
        (
            lambda o: [code(o, DISPOSITION, 1, 2), "- tanpa kode"],
            "(1 halaman tanpa kode di sampingnya ikut disisihkan)",
        ),
        (lambda o: [code(o, DISPOSITION)[:-6] + "000000"], "tidak sah"),
        (lambda o: [page_text(KEY, "ENTAH0000000", 1, 1)], "tidak dikenal di arsip ini"),
    ],
)
def test_what_is_not_one_whole_sheet_is_left_to_a_person_told_what_was_found(case_office, pages, fact):
    case_office.drop("kembali.pdf", scan(*pages(case_office)))

    counts = case_office.run_once()

    assert counts == {"ditolak": 1}
    assert fact in reason(case_office, "kembali.pdf")
    assert list(case_office.root.cabinet.numbers()) == [FIRST]


def test_a_superseded_version_of_what_somebody_signs_names_the_newest(case_office):
    move_to_review(case_office)
    old = code(case_office, MEMO)
    case_office.decide(FIRST, "kembalikan", "kasubbid", {"alasan": "kurang"})
    case_office.decide(FIRST, "telaah", "kasubbid", REVIEW)
    case_office.drop("lama.pdf", scan(old))

    counts = case_office.run_once()

    assert counts == {"ditolak": 1}
    assert "versi 1 perkara 2026/0001, yang sudah diganti versi 2" in reason(case_office, "lama.pdf")


def test_the_disposition_sheet_that_went_round_on_paper_is_filed_as_the_version_that_it_is(case_office):
    first = code(case_office, DISPOSITION)
    move_to_review(case_office)
    newest = case_office.root.cabinet.case(FIRST).drafts[DISPOSITION].version
    case_office.drop("edaran.pdf", scan(first))

    counts = case_office.run_once()

    case = case_office.root.cabinet.case(FIRST)
    filed = case.documents[-1]
    assert counts == {"kembali bertanda tangan": 1}
    assert (filed.name, filed.version) == ("03-lembar-disposisi-v1-bertanda-tangan.pdf", 1)
    assert case.drafts[DISPOSITION].version == newest > 1
    assert DISPOSITION not in case.signed, "the newest version is not what was signed"
    told = {p.key: p.state for p in papers(case, case_office.decide_parts.sop(case))}
    assert told[DISPOSITION] == "versi 1 bertanda tangan"


def test_an_older_copy_that_comes_back_after_the_newest_does_not_undo_it(case_office):
    first = code(case_office, DISPOSITION)
    move_to_review(case_office)
    for name, codes in (("baru.pdf", code(case_office, DISPOSITION)), ("lama.pdf", first)):
        case_office.drop(name, scan(codes))
        case_office.run_once()

    assert DISPOSITION in case_office.root.cabinet.case(FIRST).signed


def test_a_letter_with_some_other_code_on_it_is_a_letter(case_office):
    case_office.drop("surat-lain.pdf", scan("https://contoh.example/abc"))

    assert case_office.run_once() == {"terdaftar": 1}


def move_to_review(office) -> None:
    """Bring the case to its review and let the memo be drafted."""
    office.decide(FIRST, "konfirmasi", "tim-yankomas", CONFIRMED)
    office.decide(FIRST, "sampaikan", "tim-yankomas")
    for role in ("kakanwil", "kadiv", "kabid"):
        office.decide(FIRST, "disposisi", role, {"isi_disposisi": "Telaah."})
    office.decide(FIRST, "telaah", "kasubbid", REVIEW)
