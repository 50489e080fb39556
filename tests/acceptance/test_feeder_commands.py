"""The mailroom prints its separator and cover sheets; what is printed is read back as what it is."""

from __future__ import annotations

import pypdfium2
import pytest
from pdf_readers import complaints

from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.intake.engines.feeder_sheets import separators
from pipeline.letters.page_codes import covered
from pipeline.office.store.keys import key
from pipeline.scans.formats.kinds import PDF
from pipeline.scans.operations.inspection import look_at_pages, open_scan


@pytest.fixture
def run(office, tmp_path, capsys):
    """Run a command in an office with one case; return its exit code and what it said."""
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["--root", str(office.root.layout.root), *arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_separators_have_two_sides_each_and_are_read_as_separators(run, tmp_path):
    file = tmp_path / "pemisah.pdf"

    code, said = run("separators", "--count", "3", "-o", str(file))

    assert (code, "3 lembar pemisah" in said) == (0, True)
    scan = open_scan(file, PDF)
    assert scan.pages == 6
    assert [page.separator for page in look_at_pages(scan, 0, 2)] == [True, True]


def test_a_stack_of_separators_opens_everywhere():
    """Poppler refuses a file in whose page tree one page object stands many times."""
    assert complaints(separators(30)) == []


def test_the_same_separators_are_the_same_bytes(run, tmp_path):
    files = [tmp_path / name for name in ("satu.pdf", "dua.pdf")]
    for file in files:
        run("separators", "--count", "2", "-o", str(file))

    assert files[0].read_bytes() == files[1].read_bytes()


def test_a_cover_sheet_names_its_case_in_print_and_in_code_and_nobody(run, office, tmp_path):
    file = tmp_path / "sampul.pdf"

    code, _ = run("sampul", "1/2026", "-o", str(file))

    (page,) = look_at_pages(open_scan(file, PDF), 0, 1)
    ((_, text),) = page.codes
    assert code == 0
    assert covered(key(office.root.layout.keys / "kode-halaman"), text) == CaseNumber(2026, 1)
    printed = pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range()
    assert "0001/YANKOMAS/2026" in printed
    assert "Pengaduan" not in printed


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (("separators", "--count", "0", "-o", "x.pdf"), 2, "1 sampai 500"),
        (("separators", "--count", "banyak", "-o", "x.pdf"), 2, "1 sampai 500"),
        (("sampul", "99/2026", "-o", "x.pdf"), 4, "2026/0099"),
        (("sampul", "kapan", "-o", "x.pdf"), 2, "bukan nomor register"),
    ],
)
def test_what_cannot_be_printed_is_told(run, arguments, exit_code, words):
    code, said = run(*arguments)

    assert code == exit_code
    assert words in said


def test_nothing_is_written_into_the_archive(run, office):
    code, said = run("separators", "-o", str(office.root.layout.archive / "pemisah.pdf"))

    assert code == 2
    assert "di dalam arsip" in said
