"""A scan proves to be the signed letter by its page codes, all its pages, the words on them, and ink in its places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import LetterOut
from pipeline.cases.seen_on_pages import Barcode
from pipeline.cases.signature_proof import INK, ProvenPage
from pipeline.letters.ink_proof import InkProof
from pipeline.letters.page_codes import Mark, Origin
from pipeline.scans.page_comparison import PageComparison, SignaturePlace, WordDifference
from pipeline.scans.ports import Inspection
from pipeline.storage.blobs import TypedText

NUMBER, CODE, OTHER, UNKNOWN = CaseNumber(2026, 1), "K7QM2XPA94TD", "LAINLAINLAIN", "ENTAHENTAHEN"
LETTER = LetterOut(NUMBER, "04-nota-telaahan", "Nota telaahan", 2, CODE, TypedText("cetakan.pdf", b"%PDF"), ("kabid",))
SIGNED = SignaturePlace("Rina Rekaan", (0.5, 0.6, 0.8, 0.7), ink=120.0)
EMPTY = replace(SIGNED, ink=0.0)
ROW, EMPTY_ROW = replace(SIGNED, name="Camat Contoh", row=True), replace(EMPTY, name="Lurah Contoh", row=True)


class Codes:
    """Codes as ``id page/pages``; one that ends with ``!`` does not fit its check."""

    def mark(self, code: Barcode) -> Mark | None:
        if " " not in code.text:
            return None
        document, place = code.text.rstrip("!").split()
        page, pages = map(int, place.split("/"))
        return Mark(code.page, document, page, pages, not code.text.endswith("!"))

    def origin(self, document: str) -> Origin | None:
        newest = {CODE: 2, OTHER: 3}.get(document)
        return Origin(NUMBER, "03-lembar-disposisi", 2, newest) if newest else None


@dataclass
class Reader:
    """Sees a line of a file as a page with that code, ``_`` as a blank, ``=`` as a separator; finds what is told."""

    found: dict[int, PageComparison] = field(default_factory=dict)
    asked: list[tuple[int, str, bool]] = field(default_factory=list)

    def inspect(self, blob) -> Inspection:
        with blob.local() as path:
            lines = list(enumerate(path.read_text().splitlines(), start=1))
        codes = tuple(Barcode(at, "QRCode", line.lstrip("_")) for at, line in lines if line.strip("_=-"))
        blanks = tuple(at for at, line in lines if line.startswith("_"))
        separators = tuple(at for at, line in lines if line == "=")
        return Inspection("application/pdf", "pdf", len(lines), codes=codes, blanks=blanks, separators=separators)

    def compare(self, at, printed, page, code, *, freely=False) -> PageComparison:
        self.asked.append((page, code, freely))
        return self.found.get(page, PageComparison(places=(SIGNED,)))

    def upright(self, pages) -> bytes:
        return " ".join(f"{at.file.name}/{at.page}/{at.turned}" for at in pages).encode()


def scan(*pages: str, name: str = "pindaian.pdf") -> TypedText:
    return TypedText(name, "\n".join(pages).encode())


def examined(*files: TypedText, letter: LetterOut = LETTER, found: dict[int, PageComparison] | None = None):
    reader = Reader(found or {})
    return InkProof(lambda: reader, Codes()).examined(letter, files)


def test_all_pages_in_any_order_with_ink_in_the_place_of_the_signature_prove_the_letter():
    found = examined(
        scan(f"{CODE} 2/2", "_", f"{CODE} 1/2", "="),
        found={1: PageComparison(writing=9.0), 2: PageComparison(turned=180, places=(SIGNED,))},
    )

    assert (found.way, found.faults) == (INK, ())
    assert found.found == "tinta ditemukan pada tempat tanda tangan Rina Rekaan (halaman 2)"
    assert found.pages == (
        ProvenPage(1, "pindaian.pdf", 3),
        ProvenPage(2, "pindaian.pdf", 1, turned=180, ink=("Rina Rekaan",)),
    )
    assert found.upright == b"pindaian.pdf/3/0 pindaian.pdf/1/180"


def test_a_page_whose_code_is_read_is_a_page_however_little_ink_is_on_it():
    assert examined(scan(f"_{CODE} 1/1")).faults == ()


def test_a_letter_whose_print_is_not_made_yet_is_proven_by_nothing():
    found = examined(scan(f"{CODE} 1/1"), letter=replace(LETTER, printed=None))

    assert found.faults == ("Cetakannya belum selesai dibuat mesin.",)
    assert "Tandatangani versi 2 yang tercetak di perkara 2026/0001" in found.remedy


@pytest.mark.parametrize(
    ("pages", "faults"),
    [
        (["-"], ["Tidak ada kode halaman pada berkas itu, sehingga tidak terbukti naskah apa."]),
        ([f"{CODE} 1/1", "-"], ["Halaman 2 berkas itu tidak berkode halaman."]),
        (
            [f"{CODE} 1/1!"],
            ["Halaman 1 berkas itu berkode halaman yang tidak sah: palsu, salah baca, atau milik kantor lain."],
        ),
        ([f"{UNKNOWN} 1/1"], ["Halaman 1 berkas itu milik naskah yang tidak dikenal di arsip ini."]),
        (
            [f"{OTHER} 1/1"],
            ["Halaman 1 berkas itu milik Lembar disposisi versi 2 perkara 2026/0001, yang sudah diganti versi 3."],
        ),
        ([f"{CODE} 2/3"], ["Halaman 1, 3 dari 3 tidak ada atau kodenya tidak terbaca."]),
        ([f"{CODE} 1/2", f"{CODE} 1/2", f"{CODE} 2/2"], ["Halaman 1 ada 2 kali."]),
    ],
)
def test_pages_that_are_not_those_of_the_letter_are_told_one_by_one(pages, faults):
    assert list(examined(scan(*pages)).faults) == faults


def test_the_newest_version_of_another_letter_is_said_to_be_replaced_by_none():
    found = examined(scan(f"{CODE} 1/1"), letter=replace(LETTER, page_code=OTHER))

    assert found.faults == ("Halaman 1 berkas itu milik Lembar disposisi versi 2 perkara 2026/0001.",)


def test_of_several_files_it_is_told_which_one():
    found = examined(scan(f"{CODE} 1/1"), scan("-", name="kedua.pdf"))

    assert found.faults == ("Halaman 1 berkas kedua.pdf tidak berkode halaman.",)


def test_a_place_without_ink_is_no_signature_even_where_another_signed():
    both = PageComparison(places=(SIGNED, replace(EMPTY, name="Eko Rekaan")))

    found = examined(scan(f"{CODE} 1/1"), found={1: both})

    assert found.faults == ("Halaman 1: tidak ada tinta pada tempat tanda tangan Eko Rekaan.",)
    assert found.pages[0].ink == ("Rina Rekaan",)


@pytest.mark.parametrize(
    ("places", "faults", "without"),
    [
        ((ROW, EMPTY_ROW), (), ("Lurah Contoh",)),
        ((EMPTY_ROW,), ("Tidak ada tinta pada kolom tanda tangan.",), ("Lurah Contoh",)),
        ((SIGNED, EMPTY_ROW), (), ("Lurah Contoh",)),
        ((EMPTY, ROW), ("Halaman 1: tidak ada tinta pada tempat tanda tangan Rina Rekaan.",), ()),
    ],
)
def test_not_everybody_signs_in_a_table_but_whoever_signs_the_letter_does(places, faults, without):
    found = examined(scan(f"{CODE} 1/1"), found={1: PageComparison(places=places)})

    assert found.faults == faults
    assert found.pages[0].without == without


@pytest.mark.parametrize(
    ("signers", "writing", "fault"),
    [
        (("kabid",), 50.0, "Tempat tanda tangannya tidak dikenali pada cetakannya."),
        ((), 0.0, "Tidak ada tulisan tangan pada halaman mana pun."),
        ((), 50.0, ""),
    ],
)
def test_where_no_place_is_known_writing_is_enough_only_on_a_sheet_that_nobody_signs(signers, writing, fault):
    letter = replace(LETTER, signers=signers)

    found = examined(scan(f"{CODE} 1/1"), letter=letter, found={1: PageComparison(writing=writing)})

    assert found.faults == ((fault,) if fault else ())
    if not fault:
        assert found.found == "tulisan tangan ditemukan pada halaman 1"


def test_on_a_sheet_that_nobody_signs_the_places_of_its_table_are_looked_at_and_no_other_writing_is_wanted():
    letter = replace(LETTER, signers=())

    found = examined(scan(f"{CODE} 1/1"), letter=letter, found={1: PageComparison(places=(ROW,))})

    assert found.faults == ()
    assert found.found == "tinta ditemukan pada tempat tanda tangan Camat Contoh (halaman 1)"


def test_words_that_are_otherwise_and_a_page_that_cannot_be_compared_are_faults_and_then_no_ink_is_missed():
    other = PageComparison(places=(EMPTY,), differences=(WordDifference("tiga", "enam"),))

    found = examined(scan(f"{CODE} 1/2", f"{CODE} 2/2"), found={1: other, 2: PageComparison(obstacle="letak")})

    assert found.faults == (
        "Halaman 1 berbunyi lain daripada naskahnya: 'tiga' terbaca 'enam'.",
        "Halaman 2: terlalu sedikit teksnya yang sama dengan naskahnya, sehingga tidak dapat disandingkan.",
    )
    assert found.pages[0].other == (("tiga", "enam"),)
    assert found.upright == b""


def test_handwriting_is_looked_for_anywhere_only_where_nobody_signs():
    for signers in ((), ("kabid",)):
        reader = Reader()
        InkProof(lambda reader=reader: reader, Codes()).examined(
            replace(LETTER, signers=signers), [scan(f"{CODE} 1/1")]
        )

        assert reader.asked == [(1, f"{CODE} 1/1", not signers)]
