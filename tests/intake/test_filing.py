"""Papers of a case and sheets that come back signed: filed once, as what they are, whoever brought them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import FakeReader
from life_office import FIELD, FIRST, MEMO, REVIEW, SUB, LifeOffice
from offices import KEY, FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.objections import ALL as OBJECTIONS
from pipeline.cases.objections import object_to
from pipeline.errors import Refused
from pipeline.intake.filing import OLD_SCAN, attach, origin_of, take_back
from pipeline.intake.outcomes import Added, Duplicate, SetAside, TakenBack
from pipeline.intake.receive import receive
from pipeline.intake.scan_parts import looked_into
from pipeline.letters.page_codes import Mark, Origin, page_text

DISPOSITION = "03-lembar-disposisi"


@pytest.fixture
def life(tmp_path):
    """An office whose case waits for the signature of its memo."""
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.until_review()
    life.make("telaah", SUB, REVIEW)
    life.numbered(MEMO)
    return life


def scan(*codes: str) -> bytes:
    return "\n".join(["PAGES", *codes]).encode()


def code(life, template: str, page: int = 1, pages: int = 1, *, version: int = 0) -> str:
    of = (template, version or life.case.drafts[template].version)
    return page_text(KEY, next(code for code, sheet in life.case.page_codes.items() if sheet == of), page, pages)


def came(life, *codes: str):
    """What becomes of a scan of these pages."""
    life.office.drop("kembali.pdf", scan(*codes))
    return receive(life.office.claim(), life.office.receive_parts)


def papers_of(life, content: bytes):
    life.office.drop("berkas.pdf", content)
    papers, _, _ = looked_into(life.office.claim(), FakeReader())
    return papers


def test_papers_that_were_filed_before_a_crash_are_not_filed_again_and_other_papers_of_the_same_bytes_are_none(life):
    papers, parts = papers_of(life, b"Bukti"), life.office.decide_parts

    first, again = (attach(papers, FIRST, "map", parts) for _ in range(2))

    assert first == Added(FIRST, "04-lampiran.pdf")
    assert again == replace(first, again=True)
    assert attach(papers_of(life, b"Bukti"), FIRST, "map", parts) == Duplicate(FIRST)
    assert len(life.case.attachments) == 1


def test_papers_for_a_case_that_has_ended_are_taken_with_a_note_unless_they_come_with_an_old_register(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    parts = life.office.decide_parts
    before = attach(papers_of(life, b"Bukti"), FIRST, "map", parts)
    life.make("cabut", FIELD, {"alasan": "Selesai."})

    late, old = (attach(papers_of(life, how.encode()), FIRST, how, parts) for how in ("map", OLD_SCAN))

    assert (before.note, old.note) == ("", "")
    assert late.note.startswith("perkara sudah berakhir (")
    warned = [attached.warnings for attached in life.case.attachments]
    assert [bool(told) for told in warned] == [False, True, False]
    assert "Lampiran datang ketika perkara sudah berakhir" in warned[1][0]


def test_the_same_scan_of_a_signed_sheet_is_known_by_its_bytes_and_says_so(life):
    content = code(life, MEMO)

    first, again = came(life, content), came(life, content)

    assert (type(first), first.again, first.awaited) == (TakenBack, False, ())
    assert again == replace(first, again=True)
    assert len(life.case.signatures) == 1


@pytest.mark.parametrize("template", [MEMO, DISPOSITION])
def test_our_own_print_that_is_dropped_is_set_aside_as_one_that_nobody_signed(life, template):
    case = life.case
    version, code = case.drafts[template].version, case.drafts[template].page_code
    printed = f"{template}-v{version}.pdf"
    papers, mark = papers_of(life, life.office.file(FIRST, printed)), Mark(1, code, 1, 1, genuine=True)

    with pytest.raises(Refused, match=f"cetakan {printed} dari map ini, belum bertanda tangan"):
        take_back(papers, [mark], Origin(FIRST, template, version, version), life.office.decide_parts)

    assert life.case.entries == case.entries


def test_a_part_that_comes_again_says_which_pages_are_still_to_come(life):
    part = code(life, DISPOSITION, 2, 3)

    first, again = came(life, part), came(life, part)

    assert (first.again, first.awaited) == (False, (1, 3))
    assert (again.again, again.awaited) == (True, (1, 3))
    assert len(life.case.parts) == 1


def test_a_scan_speaks_for_itself_nobody_is_said_to_have_been_there(life):
    came(life, code(life, MEMO))

    made = life.case.made[-1]
    assert (life.case.entries[-1].by, made.role, made.decision.login) == ("sistem", SUB, "kode-halaman")
    assert (made.decision.holder, made.decision.delivered_by) == (NO_HOLDER, "pemindai")


def test_a_letter_comes_back_signed_once_until_what_came_was_withdrawn(life):
    came(life, code(life, DISPOSITION))
    first, second = came(life, code(life, MEMO)), came(life, code(life, MEMO), "_")
    assert type(first) is TakenBack, "that another sheet came back signed is nothing to it"
    assert isinstance(second, SetAside)
    assert "sudah kembali bertanda tangan" in second.reason.message

    parts = life.office.decide_parts
    object_to(FIRST, MEMO, OBJECTIONS["tarik"], "Bukan halaman itu.", by=Actor(SUB, "eko"), parts=parts)

    assert type(came(life, code(life, MEMO), "_", "_")) is TakenBack
    assert [s.stands for s in life.case.signatures if s.template == MEMO] == [False, True]


def test_a_letter_is_not_signed_before_its_turn_has_come(tmp_path):
    life = LifeOffice(FakeOffice(tmp_path / "kantor"))
    life.until_review()
    life.make("telaah", SUB, REVIEW)

    fate = came(life, code(life, MEMO))

    assert isinstance(fate, SetAside)
    assert "belum sampai pada tanda tangan (menunggu paraf)" in fate.reason.message
    assert MEMO not in life.case.signed


def test_an_older_version_is_refused_where_somebody_signs_it_and_filed_where_people_only_write_on_it(life):
    assert life.case.drafts[DISPOSITION].version > 1

    refused, filed = (came(life, code(life, template, version=1)) for template in (MEMO, DISPOSITION))

    assert isinstance(refused, SetAside)
    assert "versi 1 perkara 2026/0001, yang sudah diganti versi 2" in refused.reason.message
    assert type(filed) is TakenBack
    assert life.case.documents[-1].name == f"{DISPOSITION}-v1-bertanda-tangan.pdf"


def test_parts_of_two_sheets_lie_beside_each_other_and_the_last_part_takes_those_of_its_sheet(life):
    came(life, code(life, DISPOSITION, 1, 2))
    came(life, code(life, MEMO, 1, 2))

    done = came(life, code(life, MEMO, 2, 2))

    assert (type(done), done.awaited) == (TakenBack, ())
    (signed,) = [s for s in life.case.signatures if s.template == MEMO]
    assert [name for name in signed.documents if "bertanda-tangan" in name][:2] == [
        f"{MEMO}-v2-bertanda-tangan.pdf",
        f"{MEMO}-v2-bertanda-tangan-berkas-2.pdf",
    ]
    assert [part.template for part in life.case.parts] == [DISPOSITION, MEMO]


def test_parts_are_counted_of_each_version_of_each_sheet(life):
    came(life, code(life, DISPOSITION, 1, 3))
    came(life, code(life, MEMO, 1, 2))
    came(life, code(life, DISPOSITION, 1, 2, version=1))
    came(life, code(life, DISPOSITION, 2, 3))

    newest = life.case.drafts[DISPOSITION].version
    assert [part.document for part in life.case.parts] == [
        f"{DISPOSITION}-v{newest}-sebagian.pdf",
        f"{MEMO}-v2-sebagian.pdf",
        f"{DISPOSITION}-v1-sebagian.pdf",
        f"{DISPOSITION}-v{newest}-sebagian-2.pdf",
    ]


def test_a_page_that_waits_already_is_refused_where_it_comes_with_others_and_the_whole_letter_is_taken(life):
    came(life, code(life, DISPOSITION, 1, 3))

    again = came(life, code(life, DISPOSITION, 1, 3), code(life, DISPOSITION, 2, 3))
    whole = came(life, *(code(life, DISPOSITION, page, 3) for page in (1, 2, 3)))

    assert isinstance(again, SetAside)
    assert "Halaman 1 " in again.reason.message
    assert "sudah kembali lebih dahulu" in again.reason.message
    assert (type(whole), whole.awaited) == (TakenBack, ())
    assert len(next(s for s in life.case.signatures if s.template == DISPOSITION).documents) == 1


def mark(document: str = MEMO, page: int = 1, pages: int = 2, at: int = 1, *, genuine: bool = True) -> Mark:
    return Mark(at, document, page, pages, genuine)


def known(document: str) -> Origin | None:
    return Origin(FIRST, document, 1, 1) if document != "entah" else None


@pytest.mark.parametrize(
    ("marks", "strangers", "fact"),
    [
        ([mark(), mark(page=2, at=2, genuine=False)], 0, "Kode halaman pada halaman 2 tidak sah"),
        ([mark(), mark(DISPOSITION, at=2)], 0, "Halaman 1 memuat kode 2 naskah yang berbeda."),
        ([mark("entah")], 0, "Naskah dengan kode entah tidak dikenal di arsip ini."),
        ([mark()], 3, "halaman 2 dari 2 tidak ada atau kodenya tidak terbaca (3 halaman tanpa kode di sampingnya"),
        ([mark(), mark(at=2), mark(page=2, at=3)], 0, "halaman 1 ada dua kali"),
    ],
)
def test_pages_of_which_a_person_must_decide_are_told_what_is_wrong_with_them(marks, strangers, fact):
    with pytest.raises(Refused) as refused:
        origin_of(marks, known, strangers)

    assert fact in refused.value.message


@pytest.mark.parametrize(("marks", "strangers"), [([mark()], 0), ([mark(page=2), mark(page=1, at=2)], 1)])
def test_pages_that_are_still_to_come_are_no_fault_nor_are_other_pages_beside_a_whole_sheet(marks, strangers):
    assert origin_of(marks, known, strangers) == known(MEMO)
