"""With the real press, reader and scans: only a scan that is this letter, signed, is filed as the signed letter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from fakes import wib
from offices import KEY, FakeOffice, copied
from PIL import Image, ImageDraw
from signed_scans import FINE, Sheet, pages_of, scanned, signed, stamped, whitened
from test_signed_sheets_come_back import CONFIRMED, DISPOSITION, MEMO, move_to_review
from thorough import slowly

from pipeline.archive.papers import papers
from pipeline.cases.actor import Actor
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.decide import decide
from pipeline.cases.kept_files import letter_out
from pipeline.errors import NotAllowed, Refused
from pipeline.letters.engines.libreoffice import LibreOfficePress
from pipeline.letters.engines.word_templates import WordTypist
from pipeline.letters.ink_proof import InkProof
from pipeline.letters.page_codes import PageCodes
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.reading.find_complaints import find_complaints
from pipeline.storage.blobs import TypedText
from pipeline.work.tend import TendParts

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)
SUB = "kasubbid"


class RealOffice(FakeOffice):
    """An office whose sheets are really typed and printed; once they are, scans are really looked at, too."""

    def __init__(self, folder: Path, press: LibreOfficePress) -> None:
        super().__init__(folder)
        self.press, self.typist = press, WordTypist(self.root.layout.templates)

    @property
    def tend_parts(self) -> TendParts:
        return replace(super().tend_parts, typist=self.typist, press=self.press)

    def look(self, reader: ScanReader) -> None:
        codes = PageCodes(KEY, self.root.book.case_with, self.root.cabinet.case)
        self.reader, self.proof = reader, InkProof(lambda: reader, codes)

    def paper(self, template: str = MEMO, version: int = 1, number: CaseNumber = FIRST) -> list[Sheet]:
        """The printed pages of a sheet."""
        return pages_of(self.file(number, f"{template}-v{version}.pdf"))

    def sign(self, *scans: bytes, role: str = SUB, **typed: str) -> Case:
        """Deliver scans as the signed memo, as a page, the API or the command line does."""
        files = [TypedText(f"pindaian-{n}.pdf", scan) for n, scan in enumerate(scans, start=1)]
        by = Actor(role, "rina.rekaan")
        typed = {"naskah": MEMO, **typed}
        return decide(FIRST, "tandatangani-naskah", typed, by=by, parts=self.decide_parts, files=files)


@pytest.fixture(scope="module")
def engines() -> Iterator[tuple[LibreOfficePress, ScanReader]]:
    press, reader = LibreOfficePress(KEY), ScanReader(find_complaints, workers=1)
    yield press, reader
    press.close()
    reader.close()


def office_with_memo(folder: Path, press: LibreOfficePress, reader: ScanReader) -> RealOffice:
    """Return an office with two cases; of the first, the review memo is out to be signed."""
    office = RealOffice(folder, press)
    for n in (1, 2):
        office.drop(f"surat-{n}.pdf", f"Pengaduan {n}".encode())
        office.run_once()
    move_to_review(office)
    office.look(reader)
    return office


@pytest.fixture(scope="module")
def memo(tmp_path_factory: pytest.TempPathFactory, engines: tuple[LibreOfficePress, ScanReader]) -> RealOffice:
    """An office that refuses what these tests bring, and so stays as it is."""
    return office_with_memo(tmp_path_factory.mktemp("kantor"), *engines)


@pytest.fixture
def own(memo: RealOffice, tmp_path: Path, engines: tuple[LibreOfficePress, ScanReader]) -> RealOffice:
    """A copy of that office for one test."""
    press, reader = engines
    copied(memo.root.layout.root, tmp_path / "kantor")
    office = RealOffice(tmp_path / "kantor", press)
    office.look(reader)
    return office


def test_the_office_s_half_of_a_receipt_that_was_cut_off_and_signed_finds_its_case(
    tmp_path: Path, engines: tuple[LibreOfficePress, ScanReader]
) -> None:
    press, reader = engines
    office = RealOffice(tmp_path / "kantor", press)
    office.clock.at = wib("2026-11-27 08:00")  # an edition of the SOP in which receipts carry codes
    office.drop("surat.pdf", b"Pengaduan")
    office.run_once()
    office.decide(FIRST, "konfirmasi", "tim-yankomas", CONFIRMED)
    office.run_once()
    office.look(reader)
    (page,) = office.paper(RECEIPT)
    half = page.crop((0, page.height // 2, page.width, page.height))

    office.drop("kembali.pdf", scanned([signed(half, (60, 80))]))

    assert office.run_once() == {"kembali bertanda tangan": 1}
    assert list(office.root.cabinet.numbers()) == [FIRST]
    (filed,) = office.root.cabinet.case(FIRST).signatures
    assert filed.template == RECEIPT
    assert filed.words.startswith("tanpa bukti: tanda tangannya tidak ditunggu (Halaman 1 berbunyi lain")


def penned(sheets: Sequence[Sheet], **pen: Any) -> list[Sheet]:
    """Return the memo signed where its last page has the place for it."""
    return [*sheets[:-1], signed(sheets[-1], place_of(sheets[-1]), **pen)]


def place_of(sheet: Sheet) -> tuple[float, float]:
    """Return where the signature begins (mm): below the title, which is the last line before the widest blank."""
    rows = [
        y
        for y in range(0, sheet.height, 6)
        if sheet.crop((0, y, sheet.width, y + 6)).convert("L").getextrema()[0] < 128
    ]
    foot = sheet.height * 0.9
    _, y = max((b - a, a) for a, b in pairwise(rows) if FINE / 2 < b - a < FINE and b < foot)
    return 112, y * 25.4 / FINE + 1.5


def test_a_signed_scan_is_filed_with_who_brought_it_and_what_was_found_its_pages_upright_and_in_order(own):
    sheets = penned(own.paper())
    assert len(sheets) == 2
    scan = scanned(sheets[::-1], turns=(180, 90), skew=3)

    case = own.sign(scan)

    made = case.made[-1].decision
    assert MEMO in case.signed
    assert made.delivered_by == "rina.rekaan"
    assert "tinta ditemukan pada tempat tanda tangan" in made.proof.found
    assert [page.other for page in made.proof.pages] == [(), ()]
    kept = [d.name for d in made.documents]
    assert kept == [f"{MEMO}-v1-bertanda-tangan.pdf", f"{MEMO}-v1-bertanda-tangan-tegak.pdf"]
    assert own.file(FIRST, kept[0]) == scan
    texts = [
        c.text
        for sheet in pages_of(own.file(FIRST, kept[1]))
        for c in zxingcpp.read_barcodes(sheet.crop((0, sheet.height * 4 // 5, sheet.width, sheet.height)))
    ]
    assert [text.split(":")[2] for text in texts] == ["1/2", "2/2"]


@pytest.mark.slow
def test_pages_may_come_in_several_files(own):
    first, second = penned(own.paper())

    case = own.sign(scanned([second], turns=(90,)), scanned([first]))

    assert MEMO in case.signed
    assert [page.file for page in case.made[-1].decision.proof.pages] == ["pindaian-2.pdf", "pindaian-1.pdf"]


@pytest.mark.parametrize(
    ("what", "fact"),
    [
        slowly(lambda o: scanned(o.paper()), "tidak ada tinta pada tempat tanda tangan"),
        slowly(lambda o: scanned(o.paper(), dpi=100, mode="L", quality=40), "tidak ada tinta pada tempat tanda tangan"),
        slowly(lambda o: scanned(o.paper(), dpi=300, mode="L", dirt=300), "tidak ada tinta pada tempat tanda tangan"),
        (lambda o: scanned([signed(o.paper()[0], (15, 30), size=(12, 8)), o.paper()[1]]), "tidak ada tinta"),
        (lambda o: scanned(penned(o.paper())[:1]), "Halaman 2 dari 2 tidak ada"),
        slowly(lambda o: scanned([*penned(o.paper()), o.paper()[0]]), "Halaman 1 ada 2 kali"),
        slowly(
            lambda o: scanned([*penned(o.paper()), signed(blank(), (30, 40))]),
            "Halaman 3 berkas itu tidak berkode halaman",
        ),
        (lambda o: scanned(penned([without_code(s) for s in o.paper()])), "Tidak ada kode halaman pada berkas itu"),
        (lambda o: scanned(o.paper(DISPOSITION, 1, SECOND)), "milik Lembar disposisi versi 1 perkara 2026/0002"),
        slowly(  # so does the receipt above; words that were changed: tests/scans/test_comparison.py
            lambda o: scanned(penned([retyped(o.paper()[0]), o.paper()[1]])), "berbunyi lain daripada naskahnya"
        ),
    ],
)
def test_what_is_not_this_letter_signed_is_refused_with_what_was_found(memo, what, fact):
    before = memo.root.cabinet.case(FIRST).head

    with pytest.raises(Refused) as refused:
        memo.sign(what(memo))

    assert fact in refused.value.message
    assert "tanpa_bukti" in refused.value.remedy
    assert memo.root.cabinet.case(FIRST).head == before


@pytest.mark.slow  # a page of each of these ways: tests/scans/test_comparison.py
@pytest.mark.parametrize(
    "way",
    [
        {"skew": 5},
        {"dpi": 100, "mode": "L"},
        {"dpi": 200, "mode": "1"},
        {"turns": (270, 180)},
        {"photographed": 0.06},
        {"dpi": 300, "quality": 15},
    ],
)
def test_a_signed_letter_is_known_however_it_was_scanned(memo, way):
    letter = letter_out(
        memo.root.cabinet.case(FIRST), memo.root.sop_of(memo.root.cabinet.case(FIRST)), MEMO, memo.root.cabinet
    )

    found = memo.proof.examined(letter, [TypedText("p.pdf", scanned(penned(memo.paper()), **way))])

    assert found.faults == ()


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4 rusak", b"resep rendang"])
def test_what_is_no_scan_at_all_is_refused(memo, data):
    with pytest.raises(Refused):
        memo.sign(data)


@pytest.mark.slow
def test_a_stamp_over_name_and_signature_changes_no_word(memo):
    sheets = penned(memo.paper())
    x, y = place_of(memo.paper()[-1])
    letter = letter_out(
        memo.root.cabinet.case(FIRST), memo.root.sop_of(memo.root.cabinet.case(FIRST)), MEMO, memo.root.cabinet
    )

    found = memo.proof.examined(letter, [TypedText("p.pdf", scanned([*sheets[:-1], stamped(sheets[-1], (x, y + 9))]))])

    assert found.faults == ()


@pytest.mark.slow  # by what the proof is told to find: tests/acceptance/test_signed_files_contested.py
def test_an_official_may_take_it_without_proof_which_shows_for_ever(own):
    case = own.sign(scanned(own.paper()), tanpa_bukti="Ditandatangani di hadapan saya; aslinya di brankas.")

    signature = case.signatures[-1]
    assert MEMO in case.signed
    assert signature.unproven == "Ditandatangani di hadapan saya; aslinya di brankas."
    assert "tidak ada tinta" in signature.words
    told = {p.key: p.state for p in papers(case, own.root.sop_of(case))}
    assert told[MEMO] == "bertanda tangan, tanpa bukti"


def test_nobody_else_takes_it_without_proof(memo):
    with pytest.raises(NotAllowed, match="tidak berwenang"):
        memo.sign(scanned(memo.paper()), role="kabid", tanpa_bukti="Percaya saja.")


@pytest.mark.slow
def test_an_unsigned_print_in_the_inbox_is_set_aside(own):
    own.drop("cetakan.pdf", scanned(own.paper()))

    assert own.run_once() == {"ditolak": 1}
    note = (own.root.layout.inbox / "ditolak" / "cetakan.pdf.txt").read_text()
    assert "tidak ada tinta pada tempat tanda tangan" in note


@pytest.mark.slow  # by what the proof is told to find: tests/acceptance/test_signed_sheets_come_back.py
def test_in_the_inbox_pages_wait_for_each_other_and_are_then_filed_by_nobody(own):
    first, second = penned(own.paper())
    own.drop("a.pdf", scanned([second]))
    assert own.run_once() == {"kembali sebagian": 1}
    own.drop("b.pdf", scanned([first], turns=(180,)))

    assert own.run_once() == {"kembali bertanda tangan": 1}
    case = own.root.cabinet.case(FIRST)
    assert MEMO in case.signed
    assert (case.entries[-1].by, case.made[-1].decision.delivered_by) == ("sistem", "pemindai")


@pytest.mark.slow  # with signed sheets, letters and attachments in one stack: tests/acceptance/test_batches_for_real.py
def test_a_signed_letter_in_one_scan_with_a_citizens_letter_goes_to_its_case(own):
    letter = Image.new("RGB", own.paper()[0].size, "white")
    ImageDraw.Draw(letter).text((300, 400), "Perihal: Pengaduan jalan rusak", fill="black", font_size=60)
    own.drop("campur.pdf", scanned([*penned(own.paper()), letter]))

    counts = own.run_once()

    assert counts == {"kembali bertanda tangan": 1, "terdaftar": 1}
    assert MEMO in own.root.cabinet.case(FIRST).signed


def blank() -> Sheet:
    return Image.new("RGB", (2480, 3508), "white")


def without_code(sheet: Sheet) -> Sheet:
    return whitened(sheet, (0, 270, 210, 297))


def retyped(sheet: Sheet) -> Sheet:
    return whitened(sheet, (25, 100, 190, 112), "Pengaduan ini tidak benar adanya", 46)
