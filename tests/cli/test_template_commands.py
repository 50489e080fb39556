"""``yankomas templat``: what it shows, what it refuses, and with which code it ends."""

from __future__ import annotations

import io
import json
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from offices import FakeOffice

from pipeline.access.accounts import TERMINAL
from pipeline.cli import main
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.wiring import Root

MARK = "Lembar disposisi model baru"


def ends(office: FakeOffice, *words: str) -> int:
    return main(["--root", str(office.root.layout.root), "templat", *words])


def template(office: FakeOffice, name: str = DISPOSITION) -> Path:
    return office.root.layout.templates / f"{name}.docx"


def changed(path: Path, text: str) -> bytes:
    document, data = Document(str(path)), io.BytesIO()
    document.add_paragraph(text)
    document.save(data)
    return data.getvalue()


@pytest.fixture
def new(office, tmp_path) -> Path:
    path = tmp_path / "baru.docx"
    path.write_bytes(changed(template(office), MARK))
    return path


def test_the_list_names_every_template_with_its_step_and_how_it_fares(office, capsys):
    assert ends(office, "daftar", "--json") == 0

    told = json.loads(capsys.readouterr().out)
    rows = {row["template"]: row for row in told["templates"]}
    assert rows[DISPOSITION]["title"] == "Lembar disposisi"
    assert rows[DISPOSITION]["step"] == 3
    assert "2026-11-26" in rows[DISPOSITION]["editions"]
    assert rows[DISPOSITION]["since"] is None
    assert rows["laporan-berkala"]["step"] == 0
    assert all(row["findings"] == [] for row in rows.values())
    assert told["strays"] == []


def test_the_fields_of_a_template_are_told_with_meaning_example_and_parts(office, capsys):
    assert ends(office, "isian", "07-teguran-pertama") == 0

    said = capsys.readouterr().out
    assert "{{ nomor_rekomendasi }}\n    nomor surat rekomendasi  (contoh: W.8-HA.01.07-0014)" in said
    assert "    .tindakan  (contoh: " in said


def test_a_name_that_nobody_knows_ends_with_4_and_the_nearest(office, capsys):
    for words in (("isian",), ("periksa",)):
        assert ends(office, *words, "03-lembar-disposis") == 4
        assert DISPOSITION in capsys.readouterr().err


def test_findings_end_with_9_each_with_its_place_and_remedy(office, capsys):
    template(office).write_bytes(changed(template(office), "{{ nomor_registr }}"))

    assert ends(office, "periksa", DISPOSITION) == 9

    said = capsys.readouterr().out
    assert f"{DISPOSITION}.docx, isi, paragraf ke-" in said
    assert "Mungkin maksudnya {{ nomor_register }}." in said
    assert ends(office, "periksa", RECEIPT) == 0


def test_a_file_that_nobody_asks_for_is_found_when_all_are_looked_through(office, capsys):
    assert ends(office, "periksa") == 0
    template(office, "resep").write_bytes(b"")

    assert ends(office, "periksa") == 9

    assert "resep.docx: tidak ada naskah yang memakai berkas ini." in capsys.readouterr().out


def test_a_new_template_is_taken_into_use_and_noted(office, new, capsys):
    day = Root(office.root.layout.root).clock.now().date() + timedelta(days=3)

    assert ends(office, "pakai", DISPOSITION, str(new), "--mulai", day.isoformat()) == 0

    assert f"{DISPOSITION}.mulai-{day}.docx" in capsys.readouterr().out
    assert template(office, f"{DISPOSITION}.mulai-{day}").read_bytes() == new.read_bytes()
    root = Root(office.root.layout.root)
    (entry,) = root.access_log.entries(root.clock.now().strftime("%Y-%m"))
    assert (entry.by, "templat pakai" in str(entry)) == (TERMINAL, True)
    assert ends(office, "daftar") == 0
    assert "sejak" in capsys.readouterr().out


def test_what_does_not_pass_ends_with_9_and_tells_everything(office, new, capsys):
    new.write_bytes(changed(template(office), "{{ nomor_registr }} {hal}"))

    assert ends(office, "pakai", DISPOSITION, str(new)) == 9

    said = capsys.readouterr()
    assert "{hal} bukan tag" in said.out
    assert "nomor_registr" in said.out
    assert "1 temuan lain" in said.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((DISPOSITION, "tidak-ada.docx"), 4),
        (("03-resep", "{new}"), 4),
        ((DISPOSITION, "{new}", "--mulai", "besok lusa"), 2),
        ((DISPOSITION, "{new}", "--mulai", "2020-01-02"), 11),
    ],
    ids=["no file", "no template", "no day", "a day that is over"],
)
def test_what_cannot_be_taken_into_use_ends_with_its_code(office, new, words, code):
    assert ends(office, "pakai", *(word.format(new=new) for word in words)) == code
    assert office.root.template_shelf.taken() == ()


@pytest.fixture
def printing(monkeypatch, press):
    """Have previews printed by the press that the tests keep warm."""
    from contextlib import nullcontext

    monkeypatch.setattr(Root, "report_press", lambda _: nullcontext(press))


def text(path: Path) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path.read_bytes()))


def test_a_preview_says_on_every_page_that_it_is_one_and_has_no_code(office, tmp_path, printing):
    out = tmp_path / "p.pdf"

    assert ends(office, "pratinjau", "06-surat-rekomendasi", "--contoh", "panjang", "--keluar", str(out)) == 0

    pages = pypdfium2.PdfDocument(out.read_bytes())
    assert len(pages) > 1
    assert all("PRATINJAU TEMPLAT" in page.get_textpage().get_text_range() for page in pages)
    assert "YK1:" not in text(out)
    assert ends(office, "pratinjau", RECEIPT, "--contoh", "aneh", "--keluar", str(out)) == 4


def test_a_preview_with_a_case_is_noted_as_a_reading_and_drafts_nothing(office, tmp_path, printing):
    office.drop("surat.pdf", b"Surat")
    office.run_once()
    out, before = tmp_path / "p.pdf", office.root.cabinet.case(office.root.pattern.read("1/2026"))

    words = ("pratinjau", RECEIPT, "--perkara", "1/2026", "--as", "kasubbid", "--keluar", str(out))

    assert ends(office, *words) == 0
    assert before.received.register_number in text(out)
    assert office.root.cabinet.case(before.number).head == before.head
    root = Root(office.root.layout.root)
    (entry,) = root.access_log.entries(root.clock.now().strftime("%Y-%m"))
    assert (entry.data["case"], "templat pratinjau" in str(entry)) == ("2026/0001", True)


@pytest.mark.parametrize(("role", "code"), [((), 2), (("--as", "admin"), 11)], ids=["no role", "reads no case"])
def test_only_roles_that_read_cases_preview_with_one(office, tmp_path, role, code):
    office.drop("surat.pdf", b"Surat")
    office.run_once()

    words = ("pratinjau", RECEIPT, "--perkara", "1/2026", *role, "--keluar", str(tmp_path / "p.pdf"))

    assert ends(office, *words) == code


def test_the_report_belongs_to_no_case(office, tmp_path, capsys):
    office.drop("surat.pdf", b"Surat")
    office.run_once()
    out = str(tmp_path / "p.pdf")

    words = ("pratinjau", "laporan-berkala", "--perkara", "1/2026", "--as", "kasubbid", "--keluar", out)

    assert ends(office, *words) == 11
    assert "bukan lembar sebuah perkara" in capsys.readouterr().err


def test_a_secret_case_is_previewed_by_nobody_who_has_no_part_in_it(office, tmp_path):
    told = {"perihal": "Tanah", "uraian": "Dipukul.", "terlapor": ["Dinas Rekaan"], "sifat": "rahasia"}
    number = office.open("lisan", {**told, "pelapor": [{"nama": "Siti Rekaan"}]})

    words = ("pratinjau", RECEIPT, "--perkara", str(number), "--as", "arsiparis", "--keluar", str(tmp_path / "p.pdf"))

    assert ends(office, *words) == 11
    assert not (tmp_path / "p.pdf").exists()


def test_a_file_within_the_archive_is_no_place_for_a_preview(office):
    assert ends(office, "pratinjau", RECEIPT, "--keluar", str(office.root.layout.archive / "p.pdf")) == 2
