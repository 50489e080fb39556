"""A template that cannot be used holds up its own sheet; a new one is used from a day on, and old cases keep theirs."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from docx import Document
from life_office import CONFIRMED
from offices import WordOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.duties import awaits_draft, duties
from pipeline.errors import HeldUp, Interrupted, NotAllowed, NotFound, Passing, TemplateFault
from pipeline.letters.engines.word_templates import checked, specimens_of
from pipeline.letters.ports import TemplateFinding
from pipeline.letters.sheets.disposition_sheet import DISPOSITION
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE
from pipeline.office.office import A4
from pipeline.storage import disk
from pipeline.work.tend import tend

FIRST, SECOND, THIRD = (CaseNumber(2026, serial) for serial in (1, 2, 3))
MARK = "Lembar disposisi model baru"


class LookedThroughHere:
    """Looks through what comes from outside without the confined child, whose start takes longer than most tests."""

    def check(self, template: str, docx: bytes) -> list[TemplateFinding]:
        return checked(template, docx, specimens_of(template, SPECIMEN_OFFICE), b"", A4)


@pytest.fixture
def confined(tmp_path: Path) -> WordOffice:
    """An office as it is."""
    return WordOffice(tmp_path / "kantor")


@pytest.fixture
def office(confined: WordOffice) -> WordOffice:
    """One to which templates come that are known to be harmless."""
    confined.root.template_checker = LookedThroughHere()
    return confined


def changed(docx: bytes, text: str) -> bytes:
    """Return a template with one more paragraph."""
    document, data = Document(io.BytesIO(docx)), io.BytesIO()
    document.add_paragraph(text)
    document.save(data)
    return data.getvalue()


def path_of(office: WordOffice, stem: str = DISPOSITION) -> Path:
    return office.root.layout.templates / f"{stem}.docx"


def arrives(office: WordOffice, text: str) -> None:
    office.drop(f"{text}.pdf", text.encode())
    office.run_once()


def words(office: WordOffice, number: CaseNumber) -> str:
    case = office.root.cabinet.case(number)
    docx = office.file(number, case.drafts[DISPOSITION].documents[0].name)
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(docx)).paragraphs)


def test_a_template_that_cannot_be_used_holds_up_its_own_sheet_and_no_other(office):
    path_of(office).write_bytes(changed(path_of(office).read_bytes(), "{{ nomor_registr }}"))

    office.drop("surat.pdf", b"Surat")
    with pytest.raises(Interrupted, match="nomor_registr"):
        office.run_once()

    case = office.root.cabinet.case(FIRST)
    assert RECEIPT in case.prints
    assert DISPOSITION not in case.drafts
    assert case.given_up == {}
    assert awaits_draft(case, office.root.sop_of(case), DISPOSITION)


def test_a_sheet_that_waits_for_its_template_is_told_and_drafted_when_it_is_mended(office):
    good = path_of(office).read_bytes()
    path_of(office).write_bytes(changed(good, "{{ nomor_registr }}"))
    office.drop("surat.pdf", b"Surat")
    with pytest.raises(Interrupted):
        office.run_once()
    (told,) = (line for line in office.view(FIRST).warnings if "belum dapat dibuat" in line)

    path_of(office).write_bytes(good)
    tend(FIRST, office.tend_parts)

    assert "Lembar disposisi" in told
    assert "nomor_register" in told
    case = office.root.cabinet.case(FIRST)
    assert DISPOSITION in case.prints
    assert duties(case, office.root.sop_of(case)) == ()
    assert not any("belum dapat dibuat" in line for line in office.view(FIRST).warnings)


def test_the_other_sheets_of_the_same_move_are_drafted(office):
    arrives(office, "Surat")
    office.decide(FIRST, "konfirmasi", "tim-yankomas", CONFIRMED)
    before = office.root.cabinet.case(FIRST)
    path_of(office).write_bytes(b"bukan Word")

    with pytest.raises(HeldUp, match="bukan berkas Word"):
        office.decide(FIRST, "koreksi", "tim-yankomas", {"perihal": "Tanah ulayat", "alasan": "Salah ketik."})

    case = office.root.cabinet.case(FIRST)
    assert case.drafts[RECEIPT].version == before.drafts[RECEIPT].version + 1
    assert case.drafts[DISPOSITION].version == before.drafts[DISPOSITION].version


def test_a_new_template_is_used_for_cases_registered_from_its_day_on(confined):
    first_day = confined.clock.now().date()
    arrives(confined, "Surat pertama")
    new = changed(path_of(confined).read_bytes(), MARK)

    confined.root.templates.take(DISPOSITION, new, first_day + timedelta(days=7), "admin")
    arrives(confined, "Surat kedua")
    confined.clock.forward(days=7)
    arrives(confined, "Surat ketiga")

    assert [MARK in words(confined, number) for number in (FIRST, SECOND, THIRD)] == [False, False, True]


def test_an_older_case_keeps_its_template_when_it_is_drafted_again(office):
    arrives(office, "Surat pertama")
    new = changed(path_of(office).read_bytes(), MARK)
    office.root.templates.take(DISPOSITION, new, office.clock.now().date() + timedelta(days=1), "admin")
    office.clock.forward(days=7)

    office.decide(FIRST, "konfirmasi", "tim-yankomas", CONFIRMED)

    case = office.root.cabinet.case(FIRST)
    assert case.drafts[DISPOSITION].version == 2
    assert MARK not in words(office, FIRST)


def test_an_edit_in_place_holds_at_once_for_the_cases_that_use_the_file(office):
    office.root.templates.take(
        DISPOSITION, changed(path_of(office).read_bytes(), MARK), office.clock.now().date(), "admin"
    )
    stem = office.root.template_version(DISPOSITION, office.clock.now().date())
    path_of(office, stem).write_bytes(changed(path_of(office, stem).read_bytes(), "Disunting di Word"))

    arrives(office, "Surat")

    assert MARK in words(office, FIRST)
    assert "Disunting di Word" in words(office, FIRST)


def test_every_version_that_was_taken_into_use_is_kept_and_verified(office):
    old = path_of(office).read_bytes()
    one, other = changed(old, "satu"), changed(old, "dua")
    day = office.clock.now().date()
    for docx, since in ((one, day), (other, day), (one, day + timedelta(days=1))):
        office.root.templates.take(DISPOSITION, docx, since, "admin")

    kept = {path.read_bytes() for path in office.root.layout.template_record.glob("*.docx")}

    assert kept == {old, one, other}
    assert office.findings() == []


def test_a_version_that_somebody_deleted_comes_back_from_where_the_remedy_says(office):
    new = changed(path_of(office).read_bytes(), MARK)
    stem = office.root.templates.take(DISPOSITION, new, office.clock.now().date(), "admin").stem
    path_of(office, stem).unlink()

    (found,) = office.root.typist.check(stem)
    with pytest.raises(TemplateFault) as read:
        office.root.template_shelf.read(stem)

    assert found.remedy == read.value.remedy
    assert "paket Yankomas" not in found.remedy
    named = re.search(r"archive/\.templat/\w+\.docx", found.remedy)
    assert named is not None
    path_of(office, stem).write_bytes((office.root.layout.root / named[0]).read_bytes())
    assert office.root.typist.check(stem) == []


def test_no_remedy_names_a_kept_version_that_is_gone_too(office):
    new = changed(path_of(office).read_bytes(), MARK)
    version = office.root.templates.take(DISPOSITION, new, office.clock.now().date(), "admin")
    path_of(office, version.stem).unlink()
    (office.root.layout.template_record / f"{version.sha256}.docx").unlink()

    (found,) = office.root.typist.check(version.stem)

    assert found.remedy == f"Kembalikan {version.stem}.docx ke folder letter_templates/ dari cadangan."


def test_a_template_from_the_beginning_that_somebody_deleted_is_in_the_package(office):
    path_of(office).unlink()

    (found,) = office.root.typist.check(DISPOSITION)

    assert "dari paket Yankomas" in found.remedy


@pytest.mark.parametrize("damage", ["changed", "gone", "strange", "line"])
def test_verify_finds_what_was_done_to_a_kept_version(office, damage):
    new = changed(path_of(office).read_bytes(), MARK)
    version = office.root.templates.take(DISPOSITION, new, office.clock.now().date(), "admin")
    folder = office.root.layout.template_record
    if damage == "changed":
        (folder / f"{version.sha256}.docx").write_bytes(b"lain")
    elif damage == "gone":
        (folder / f"{version.before}.docx").unlink()
    elif damage == "strange":
        (folder / "lain.docx").write_bytes(b"lain")
    else:
        listed = folder / "daftar.jsonl"
        listed.write_text(listed.read_text().replace(MARK, "") + "bukan baris\n")

    findings = office.findings()

    assert len(findings) == 1
    assert findings[0].where.startswith(".templat/")


def test_a_line_that_was_changed_afterwards_is_found(office):
    docx, day = path_of(office).read_bytes(), office.clock.now().date()
    for n in (1, 2):
        office.root.templates.take(DISPOSITION, changed(docx, str(n)), day + timedelta(days=n), "admin")
    listed = office.root.layout.template_record / "daftar.jsonl"
    listed.write_text(listed.read_text().replace('"admin"', '"lain"', 1))

    assert [finding.where for finding in office.findings()] == [".templat/daftar.jsonl"]


def test_nothing_is_taken_into_use_that_does_not_pass(confined):
    broken = changed(path_of(confined).read_bytes(), "{{ nomor_registr }}")

    with pytest.raises(TemplateFault, match="nomor_registr") as caught:
        confined.root.templates.take(DISPOSITION, broken, confined.clock.now().date(), "admin")

    assert caught.value.findings[0].nearest == "nomor_register"
    assert confined.root.template_shelf.taken() == ()
    assert confined.root.templates.strays() == ()


def test_what_could_not_be_noted_is_not_in_use(office, monkeypatch):
    def full(*_):
        raise Passing("Cakram penuh.", "Kosongkan.")

    with monkeypatch.context() as day:
        day.setattr(disk, "append", full)
        with pytest.raises(Passing):
            office.root.templates.take(
                DISPOSITION, changed(path_of(office).read_bytes(), MARK), office.clock.now().date(), "admin"
            )

    arrives(office, "Surat")

    assert MARK not in words(office, FIRST)
    assert len(office.root.templates.strays()) == 1


def test_a_day_that_is_over_or_a_template_nobody_asks_for_is_refused(office):
    docx = changed(path_of(office).read_bytes(), MARK)

    with pytest.raises(NotAllowed, match="sudah lewat"):
        office.root.templates.take(DISPOSITION, docx, date(2026, 1, 2), "admin")
    with pytest.raises(NotFound, match="03-lembar-disposis") as caught:
        office.root.templates.take("03-lembar-disposis", docx, office.clock.now().date(), "admin")
    assert DISPOSITION in caught.value.remedy


def test_the_version_that_is_in_use_already_is_not_taken_again(office):
    with pytest.raises(NotAllowed, match="sama dengan"):
        office.root.templates.take(DISPOSITION, path_of(office).read_bytes(), office.clock.now().date(), "admin")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("03-lembar-disposisi lama.docx", "03-lembar-disposisi.docx"),
        ("resep.docx", None),
        ("03-lembar-disposisi.odt", "x"),
    ],
)
def test_a_word_file_that_nobody_asks_for_is_named(office, name, near):
    path_of(office, name.removesuffix(".docx")).with_name(name).write_bytes(b"")
    path_of(office).with_name("~$-lembar-disposisi.docx").write_bytes(b"")

    (stray,) = office.root.templates.strays()

    assert stray.file == name
    assert bool(stray.nearest) == bool(near)


def test_a_dated_file_that_was_put_there_by_hand_is_named_and_not_used(office):
    day = office.clock.now().date()
    path_of(office, f"{DISPOSITION}.mulai-{day}").write_bytes(changed(path_of(office).read_bytes(), MARK))

    arrives(office, "Surat")

    assert MARK not in words(office, FIRST)
    (stray,) = office.root.templates.strays()
    assert "templat pakai" in stray.remedy
