"""The doctor prints every template with the office's own settings, and says which page of which is wrong."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pypdfium2
import pytest
from docx import Document
from docx.shared import Mm
from thorough import slowly

from pipeline.cases.sop_rows import Sheet
from pipeline.cli import main
from pipeline.errors import EngineMissing
from pipeline.letters.engines.print_check import Wanted, look
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.office_templates import OfficeTemplates
from pipeline.letters.sheets import specimen_values
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.register_book import BOOK
from pipeline.office.office import F4, PAPERS
from pipeline.wiring import Root, lay_out
from pipeline.work.engines.doctor_templates import template_checks
from pipeline.work.ports import Check, exit_code_of

TITLE, NAME = "Kepala Kantor Wilayah", "Budi Contoh"
SIGNED = Wanted(title=TITLE, name=NAME)


class FewTemplates(OfficeTemplates):
    """The templates of an office that calls for those of its SOP alone, and not for its own lists and books."""

    @property
    def known(self) -> tuple[str, ...]:
        return tuple(sheet.template for sop in self.editions for sheet in sop.sheets)


@dataclass
class Tried:
    """An office whose SOP calls for a few sheets alone, so that no test prints them all."""

    root: Root
    press: Any
    sheets: tuple[Sheet, ...]
    waiting_sheets: dict[str, int] = field(default_factory=dict)
    kind: type[OfficeTemplates] = FewTemplates

    @property
    def templates(self):
        known = self.root.templates
        editions = (SimpleNamespace(key="2026", sheets=self.sheets),)
        return self.kind(known.shelf, editions, known.office, known.clock, known.check, known.checker)

    @property
    def typist(self):
        return self.root.typist

    @contextmanager
    def report_press(self):
        yield self.press

    def checks(self) -> list[Check]:
        return list(template_checks(self))


@pytest.fixture
def root(tmp_path: Path) -> Root:
    lay_out(tmp_path)
    return Root(tmp_path)


def edit(root: Root, template: str, change: Any) -> None:
    path = root.layout.templates / f"{template}.docx"
    document = Document(str(path))
    change(document)
    document.save(str(path))


def printed(press: Any, *paragraphs: str, foot: str = "", margin: int = 25) -> bytes:
    document, data = Document(), io.BytesIO()
    section = document.sections[0]
    section.bottom_margin, section.footer_distance = Mm(margin), Mm(8)
    section.footer.paragraphs[0].text = foot
    for text in paragraphs:
        document.add_paragraph(text).paragraph_format.page_break_before = text == TITLE + ","
    document.save(data)
    return press.print(data.getvalue(), None)


def test_a_receipt_that_an_offices_letterhead_pushes_to_a_second_page_is_named(root, press):
    edit(root, RECEIPT, lambda document: [document.add_paragraph("Alamat kantor lagi") for _ in range(30)])

    said = [c for c in Tried(root, press, (Sheet(RECEIPT, 1),)).checks() if not c.good]

    assert {check.thing for check in said} == {f"Templat {RECEIPT}"}
    assert "contoh terpanjang, halaman 2" in said[-1].fact
    assert "padahal harus satu" in said[-1].fact
    assert exit_code_of(said) == 9


def test_a_template_that_prints_where_the_code_stands_is_named_with_the_page(root, press):
    def print_low(document: Any) -> None:
        section = document.sections[0]
        section.footer_distance = Mm(6)
        for footer in (section.footer, section.first_page_footer):
            footer.add_paragraph("Kantor kami melayani dengan sepenuh hati")

    edit(root, RECOMMENDATION, print_low)

    said = [c for c in Tried(root, press, (Sheet(RECOMMENDATION, 6, signed=True),)).checks() if not c.good]

    assert any("contoh terkosong, halaman 1: ada teks" in check.fact for check in said)
    assert all("kode halaman" in check.fact for check in said)


@pytest.mark.parametrize(
    ("paper", "kind"),
    [
        slowly("A4", OfficeTemplates),  # on A4 all sheets are printed, longest and emptiest: test_sheets_on_paper.py
        slowly("F4", OfficeTemplates),  # where there is more room on every page
        ("F4", FewTemplates),
    ],
)
def test_the_templates_of_the_house_print_as_they_should(root, press, paper, kind):
    root.settings = replace(root.settings, office=replace(root.settings.office, paper=PAPERS[paper]))
    sheets = (Sheet(RECEIPT, 1), Sheet(DISPOSITION, 3, signed=True))

    checks = Tried(root, press, sheets, kind=kind).checks()

    assert [check.fact for check in checks if not check.good] == []
    assert f"kertas {paper}" in checks[-1].fact


def test_a_signature_alone_on_its_page_is_found(press):
    pdf = printed(press, "Isi surat.", "Isi lagi.", f"{TITLE},", NAME, "NIP 1")

    assert [(page, fact.partition(",")[0]) for page, fact, _ in look(pdf, SIGNED).faults] == [
        (2, "tanda tangan berdiri sendiri")
    ]


def test_a_name_that_is_parted_from_its_title_is_found(press):
    document, data = Document(), io.BytesIO()
    document.add_paragraph(f"{TITLE},")
    document.add_paragraph(NAME).paragraph_format.page_break_before = True
    document.save(data)

    (fault,) = look(press.print(data.getvalue(), None), SIGNED).faults

    assert fault[:2] == (2, "nama penanda tangan terpisah dari jabatannya")


def test_a_word_of_a_name_in_the_letter_is_no_signature(press):
    document, data = Document(), io.BytesIO()
    document.add_paragraph("Isi surat.")
    document.add_paragraph(NAME.split()[0]).paragraph_format.page_break_before = True
    document.save(data)

    assert look(press.print(data.getvalue(), None), SIGNED).faults == ()


def test_a_signature_with_its_letter_above_it_is_well(press):
    assert look(printed(press, "Isi surat.", "Isi lagi.", f"{TITLE} ", NAME), SIGNED).faults == ()


@pytest.mark.parametrize(("foot", "clear"), [("", True), ("Jalan Contoh Nomor 1", False)])
def test_the_foot_of_every_page_is_looked_at(press, foot, clear):
    pdf = printed(press, "Isi surat.", foot=foot)

    assert (look(pdf, Wanted(coded=True)).faults == ()) == clear


class Missing:
    """No LibreOffice."""

    def print(self, docx, code):
        raise EngineMissing("LibreOffice tidak terpasang.", "Pasang.")


def test_without_libreoffice_it_is_said_that_nothing_was_printed(root):
    said = Tried(root, Missing(), (Sheet(RECEIPT, 1),)).checks()[-1]

    assert said.good
    assert said.caution
    assert "tidak dicoba" in said.fact
    assert said.remedy == "Pasang."


def test_before_the_first_day_nothing_waits(root):
    assert root.waiting_sheets == {}


def test_a_sheet_that_waits_and_a_file_that_nobody_asks_for_are_told(root):
    for template in root.layout.templates.glob("*.docx"):  # of which nothing is asked here
        template.unlink()
    (root.layout.templates / "resep.docx").write_bytes(b"")
    tried = Tried(root, Missing(), (), {"03-lembar.docx: rusak.": 4})

    said = {c.thing: c for c in tried.checks()}

    assert said["Folder templat"].caution
    assert "resep.docx" in said["Folder templat"].fact
    assert "4 lembar menunggu" in said["Lembar yang menunggu templat"].fact
    assert not said["Lembar yang menunggu templat"].good


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ([Check("a", True, "x"), Check("b", True, "x", caution=True)], 0),
        ([Check("a", False, "x", code=9), Check("b", True, "x", caution=True)], 9),
        ([Check("a", False, "x", code=9), Check("b", False, "x", code=3)], 3),
        ([Check("a", False, "x", code=9), Check("b", False, "x")], 8),
    ],
    ids=["a warning", "a template", "settings", "an engine"],
)
def test_the_exit_code_says_what_is_at_fault_and_a_warning_is_none(checks, code):
    assert exit_code_of(checks) == code


def test_doctor_ends_with_the_code_of_what_is_at_fault(root, monkeypatch, capsys):
    monkeypatch.setattr(Root, "examine", lambda _: [Check("Templat x", False, "isian y tidak dikenal", "z", code=9)])

    assert main(["--root", str(root.layout.root), "doctor"]) == 9
    assert "[KURANG] Templat x" in capsys.readouterr().out


@pytest.mark.parametrize(("template", "size"), [(RECOMMENDATION, (215, 330)), (BOOK, (330, 215))])
def test_an_office_with_f4_has_its_sheets_on_f4_with_tables_as_wide_as_before(root, press, template, size):
    values = specimen_values(template)["lazim"]

    plain, wide = (
        Document(io.BytesIO(WordTypist(root.layout.templates, paper).draft(template, values).docx))
        for paper in PAPERS.values()
    )
    page = pypdfium2.PdfDocument(press.print(WordTypist(root.layout.templates, F4).draft(template, values).docx, None))[
        0
    ]

    assert tuple(round(side / 72 * 25.4) for side in page.get_size()) == size
    before, after = plain.sections[0], wide.sections[0]
    assert (after.top_margin, after.bottom_margin) == (before.top_margin, before.bottom_margin)
    lines = [s.page_width - s.left_margin - s.right_margin for s in (before, after)]
    assert abs(lines[0] - lines[1]) < Mm(0.1)
