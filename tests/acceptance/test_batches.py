"""Several things in one scan: each goes where it belongs, all pages are accounted for, and nothing is filed twice."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial

import pytest
from crash import Effects, differences, effects_of, likeness, sparsely, work_off_inbox
from fakes import FakeReader
from offices import KEY, FakeOffice, copied

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.seen_on_pages import Suspicion
from pipeline.errors import EngineFault
from pipeline.intake.outcomes import Accepted, Parted, PartOutcome
from pipeline.intake.receive import receive
from pipeline.letters.page_codes import cover_text, page_text

FIRST, SECOND, THIRD = (CaseNumber(2026, n) for n in (1, 2, 3))
DISPOSITION = "03-lembar-disposisi"
#: Two letters, the first with its blank back, parted by a separator with a blank back; a separator before and after.
BATCH = ("===", "- surat A 1", "- surat A 2", "_", "===", "_", "- surat B", "===")


def scan(*pages: str) -> bytes:
    return "\n".join(["PAGES", *pages]).encode()


def cases(office) -> list[CaseNumber]:
    return sorted(office.root.cabinet.numbers())


def note(office, name: str) -> str:
    return (office.root.layout.inbox / "ditolak" / f"{name}.txt").read_text()


def drop_and_run(office, content: bytes, name: str = "tumpukan.pdf", folder: str = "") -> dict[str, int]:
    (office.root.layout.inbox / folder).mkdir(exist_ok=True)
    office.drop(f"{folder}/{name}" if folder else name, content)
    return office.run_once()


@pytest.fixture
def case_office(office):
    """An office with one case whose disposition sheet is out for signature."""
    drop_and_run(office, b"Pengaduan", "surat.pdf")
    return office


def code(office, page: int = 1, pages: int = 1) -> str:
    return page_text(KEY, office.root.cabinet.case(FIRST).drafts[DISPOSITION].page_code, page, pages)


def test_every_letter_of_a_batch_is_a_case_that_says_which_pages_it_was(office):
    counts = drop_and_run(office, scan(*BATCH))

    first, second = (office.root.cabinet.case(n).received for n in cases(office))
    assert counts == {"terdaftar": 2}
    batch = hashlib.sha256(scan(*BATCH)).hexdigest()
    common = {"sha256": batch, "of": 8, "separators": [1, 5, 8], "blanks": [6]}
    assert first.source == {**common, "pages": [2, 3, 4]}
    assert second.source == {**common, "pages": [7]}
    assert (first.pages, second.pages, first.file_name) == (3, 1, "tumpukan.pdf")
    assert office.file(FIRST, "01-surat.pdf") == scan("- surat A 1", "- surat A 2", "_")
    assert office.inbox.taken() == {}


def test_in_is_out_and_separators_and_blanks(office):
    office.drop("tumpukan.pdf", scan(*BATCH))

    outcome = receive(office.claim(), office.receive_parts)

    assert outcome == Parted(
        (PartOutcome((2, 3, 4), Accepted(FIRST)), PartOutcome((7,), Accepted(SECOND))),
        separators=(1, 5, 8),
        blanks=(6,),
    )


def test_the_same_batch_again_is_a_duplicate_of_all_it_holds(office):
    drop_and_run(office, scan(*BATCH))

    counts = drop_and_run(office, scan(*BATCH), "lagi.pdf")

    assert counts == {"ganda": 1}
    assert cases(office) == [FIRST, SECOND]
    assert "halaman 2-4: sudah ada pada 2026/0001; halaman 7: sudah ada pada 2026/0002" in note(office, "lagi.pdf")


def test_a_batch_with_one_new_letter_gives_it_the_next_number(office):
    drop_and_run(office, scan(*BATCH))

    counts = drop_and_run(office, scan("- surat B", "===", "- surat C"), "lagi.pdf")

    assert counts == {"terdaftar": 1}
    assert cases(office) == [FIRST, SECOND, THIRD]


def test_nothing_but_separators_is_set_aside(office):
    assert drop_and_run(office, scan("===", "_")) == {"ditolak": 1}
    assert "hanya berisi lembar pemisah" in note(office, "tumpukan.pdf")


def test_a_page_that_may_be_a_separator_is_flagged_on_its_case(office):
    drop_and_run(office, scan("- surat A", "? coretan", "- surat B"))

    assert office.root.cabinet.case(FIRST).suspected == (Suspicion(2, "mirip lembar pemisah"),)


def test_a_separators_code_printed_small_parts_nothing_but_is_flagged(office):
    drop_and_run(office, scan("- surat A", "YK1:PEMISAH"))

    assert cases(office) == [FIRST]
    assert [s.page for s in office.root.cabinet.case(FIRST).suspected] == [2]


class DamagedFiles(FakeReader):
    def inspect(self, blob):
        return replace(super().inspect(blob), warnings=("Gambar halaman 4 terpotong.",))


def test_what_is_said_of_a_whole_file_is_told_as_that_to_the_cases_of_its_parts(office):
    office.reader = DamagedFiles()
    drop_and_run(office, scan("- surat A", "===", "- surat B", "- surat B 2"))

    for number in cases(office):
        assert office.root.cabinet.case(number).received.warnings == ("Berkas asalnya: Gambar halaman 4 terpotong.",)


def test_a_code_that_cannot_be_read_is_told_to_the_case_that_has_the_page(office):
    drop_and_run(office, scan("- surat A", "===", "- surat B", "! coretan"))

    first, second = (office.root.cabinet.case(n).received.warnings for n in cases(office))
    assert first == ()
    assert second[0].startswith("Kode QR pada halaman 2 tidak terbaca")


def test_signed_sheets_and_letters_in_one_scan_each_find_their_way(case_office):
    counts = drop_and_run(case_office, scan("- surat B", code(case_office, 2, 2), "- surat C", code(case_office, 1, 2)))

    assert counts == {"terdaftar": 2, "kembali bertanda tangan": 1}
    signed = case_office.file(FIRST, f"{DISPOSITION}-v1-bertanda-tangan.pdf")
    assert signed == scan(code(case_office, 2, 2), code(case_office, 1, 2))
    assert any("tanpa lembar pemisah" in w for w in case_office.root.cabinet.case(SECOND).received.warnings)


def test_a_forged_sheet_waits_for_a_person_while_the_others_go_their_way(case_office):
    content = scan("- surat B", code(case_office)[:-6] + "000000", "===", "- surat C")

    counts = drop_and_run(case_office, content)

    assert counts == {"terdaftar": 2, "ditolak": 1}
    aside = case_office.root.layout.inbox / "ditolak" / "tumpukan.pdf"
    assert aside.read_bytes() == content
    said = note(case_office, "tumpukan.pdf")
    assert "halaman 1: 2026/0002" in said
    assert "halaman 2: Kode halaman pada halaman 2 tidak sah" in said
    assert "halaman 4: 2026/0003" in said


def test_what_was_set_aside_can_be_dropped_again_and_nothing_is_numbered_twice(case_office):
    content = scan("- surat B", code(case_office)[:-6] + "000000")
    drop_and_run(case_office, content)

    counts = drop_and_run(case_office, content, "lagi.pdf")

    assert counts == {"ditolak": 1}
    assert cases(case_office) == [FIRST, SECOND]


def test_papers_behind_a_cover_sheet_lie_with_their_case(case_office):
    cover = cover_text(KEY, FIRST)
    counts = drop_and_run(case_office, scan(cover, "- bukti 1", "- bukti 2", "===", "- surat B"))

    case = case_office.root.cabinet.case(FIRST)
    assert counts == {"lampiran": 1, "terdaftar": 1}
    (attached,) = case.attachments
    assert (attached.how, attached.pages, attached.source["pages"]) == ("sampul", 3, [1, 2, 3])
    assert [d.name for d in attached.documents] == ["02-lampiran.pdf"]
    assert cases(case_office) == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("pages", "fact"),
    [
        (lambda: [cover_text(b"x" * 32, FIRST), "- bukti"], "berkode tidak sah"),
        (lambda: [cover_text(KEY, CaseNumber(2026, 99)), "- bukti"], "menyebut perkara 2026/0099, yang tidak ada"),
        (lambda: [cover_text(KEY, FIRST), "_"], "tidak diikuti lampiran"),
    ],
)
def test_a_cover_sheet_that_cannot_be_right_is_left_to_a_person(case_office, pages, fact):
    assert drop_and_run(case_office, scan(*pages())) == {"ditolak": 1}
    assert fact in note(case_office, "tumpukan.pdf")
    assert cases(case_office) == [FIRST]


def test_what_is_dropped_in_a_folder_named_as_a_case_is_for_it(case_office):
    counts = drop_and_run(case_office, b"Bukti susulan", folder="2026-0001")

    (attached,) = case_office.root.cabinet.case(FIRST).attachments
    assert counts == {"lampiran": 1}
    assert (attached.how, attached.file_name, attached.source) == ("map", "tumpukan.pdf", {})
    assert cases(case_office) == [FIRST]


def test_a_folder_named_as_a_case_that_is_not_there_is_told(case_office):
    assert drop_and_run(case_office, b"Bukti", folder="2026-0099") == {"ditolak": 1}
    assert "Folder '2026-0099'" in note(case_office, "tumpukan.pdf")


def test_a_number_in_the_files_name_names_its_case_if_there_is_one(case_office):
    assert drop_and_run(case_office, b"KTP pelapor", "2026-0001 KTP.pdf") == {"lampiran": 1}
    assert drop_and_run(case_office, b"Surat lain", "2026-0099.pdf") == {"terdaftar": 1}
    assert [a.how for a in case_office.root.cabinet.case(FIRST).attachments] == ["nama"]


def test_the_same_attachment_again_is_a_duplicate(case_office):
    drop_and_run(case_office, b"Bukti", folder="2026-0001")

    counts = drop_and_run(case_office, b"Bukti", "lagi.pdf", folder="2026-0001")

    assert counts == {"ganda": 1}
    assert len(case_office.root.cabinet.case(FIRST).attachments) == 1


def test_a_case_that_has_ended_takes_an_attachment_and_says_so(case_office):
    case_office.decide(FIRST, "batal", "tim-yankomas", {"alasan": "Keliru."})

    drop_and_run(case_office, b"Bukti", folder="2026-0001")

    (attached,) = case_office.root.cabinet.case(FIRST).attachments
    assert any("sudah berakhir (batal)" in w for w in attached.warnings)


def test_a_file_that_cannot_be_taken_apart_is_tried_again_and_keeps_the_numbers_it_gave(office):
    office.drop("tumpukan.pdf", scan(*BATCH))
    claim = office.claim()

    class BreaksAtTheSecond(FakeReader):
        def extract(self, blob, media, pages):
            if 7 in pages:
                raise EngineFault("Mesin mati.")
            return super().extract(blob, media, pages)

    whole_reader, office.reader = office.reader, BreaksAtTheSecond()
    with pytest.raises(EngineFault):
        receive(claim, office.receive_parts)
    office.reader = whole_reader

    outcome = receive(claim, office.receive_parts)

    assert [part.fate for part in outcome.parts] == [Accepted(FIRST, again=True), Accepted(SECOND)]


def _laden(folder) -> FakeOffice:
    """An office with a case, and a batch in its inbox: a letter, its signed sheet, an attachment to it, a letter."""
    office = FakeOffice(folder)
    drop_and_run(office, b"Pengaduan", "surat.pdf")
    pages = ["- surat B", "===", "_", code(office), "===", cover_text(KEY, FIRST), "- bukti", "===", "- surat C"]
    office.drop("tumpukan.pdf", scan(*pages))
    return office


def _work(folder, effects: Effects) -> None:
    """Take the batch as a service does."""
    office = FakeOffice(folder)
    effects.install()
    work_off_inbox(office)


def _started_again(folder) -> FakeOffice:
    FakeOffice(folder).run_once()
    return FakeOffice(folder)


@pytest.fixture(scope="module")
def laden(tmp_path_factory):
    """A laden office to be copied, how many effects its batch takes, and what the archive is like afterwards."""
    folder = tmp_path_factory.mktemp("utuh")
    _laden(folder / "kantor")
    copied(folder / "kantor", folder / "asal")
    names = effects_of(partial(_work, folder / "kantor"), folder)
    FakeOffice(folder / "kantor").run_once()
    return folder / "asal", len(names), likeness(folder / "kantor")


def test_the_batch_that_is_not_killed_comes_out_as_it_should(laden):
    _, effects, expected = laden

    assert effects > 60
    assert list(expected["cases"]) == ["2026/0001", "2026/0002", "2026/0003"]
    assert expected["inbox"] == expected["staging"] == expected["outside"] == []


@sparsely(25)
def test_killed_before_any_effect_a_batch_comes_out_equal(laden, tmp_path, step):
    assert differences(laden, tmp_path, range(min(step, 3), laden[1] + 1, step), _work, _started_again) == {}
