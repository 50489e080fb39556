"""A file that is given as the signed letter proves it by its certificate, whichever way it comes; or it is refused."""

from __future__ import annotations

import pytest
from offices import KEY, copied
from signed_letters import changed_after, letter, locked, order_for, signed_letter, with_xfa
from signing_memos import with_memos
from signing_office import SUB, SigningOffice
from test_whole_sop import FIRST

from pipeline.cases.seen_on_pages import Barcode
from pipeline.cases.signature_proof import CERTIFICATE
from pipeline.errors import Refused
from pipeline.letters.page_codes import page_text
from pipeline.scans.ports import Inspection
from pipeline.storage.blobs import TypedText

MEMO, MOVE = "04-nota-telaahan", "tandatangani-naskah"
OTHER = letter(SUB, words_of_it="Surat lain")


@pytest.fixture(scope="module")
def before(pki, tmp_path_factory):
    """An office with a memo that waits for its signature."""
    folder = tmp_path_factory.mktemp("sebelum") / "kantor"
    with_memos(folder, pki, b"Sengketa tanah")
    return folder


@pytest.fixture
def office(before, tmp_path):
    folder = copied(before, tmp_path / "kantor")
    found = SigningOffice(folder)
    found.proof.faults = ("Tidak ada kode halaman pada berkas itu, sehingga tidak terbukti naskah apa.",)
    return found


def printed(office) -> bytes:
    return office.file(FIRST, f"{MEMO}-v1.pdf")


def signed(pki, sheet: bytes, certificate: str = "kabid") -> bytes:
    return signed_letter(pki, sheet, certificate, order=order_for(sheet, SUB))


def give(office, pdf: bytes, **more):
    return office.decide(FIRST, MOVE, "kasubbid", {"naskah": MEMO, **more}, TypedText("ttd.pdf", pdf))


def test_a_certified_signature_over_our_print_is_filed_with_what_proves_it(office, pki):
    case = give(office, signed(pki, printed(office)))

    proof = case.made[-1].decision.proof
    assert MEMO in case.signed
    assert proof.way == CERTIFICATE
    assert "Eko Rekaan (PSrE Rekaan)" in proof.found
    assert not proof.unproven


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda pki, sheet: signed(pki, OTHER), "bukan cetakan naskah ini"),
        (lambda pki, sheet: signed(pki, sheet, "lain"), "Eko Rekaan belum menandatangani"),
        (lambda pki, sheet: signed(pki, sheet, "dari-asing"), "bukan tanda tangan elektronik tersertifikasi"),
        (lambda pki, sheet: signed(pki, sheet, "kedaluwarsa"), "kedaluwarsa"),
        (lambda pki, sheet: changed_after(signed(pki, sheet)), "diubah sesudah ditandatangani"),
        (lambda pki, sheet: signed(pki, sheet)[:-200], "rusak"),
        (lambda pki, sheet: signed(pki, with_xfa(sheet)), "XFA"),
        (lambda pki, sheet: locked(sheet), "kode halaman"),
        (lambda pki, sheet: OTHER, "kode halaman"),
    ],
)
def test_what_proves_nothing_is_refused_and_nothing_is_filed(office, pki, made, said):
    head = office.case(FIRST).head

    with pytest.raises(Refused, match=said):
        give(office, made(pki, printed(office)))

    assert office.case(FIRST).head == head


def test_an_official_may_take_it_all_the_same_and_it_shows_for_ever(office, pki):
    case = give(office, signed(pki, printed(office), "dari-asing"), tanpa_bukti="Token lama, akan diperbarui")

    assert case.made[-1].decision.proof.unproven == "Token lama, akan diperbarui"


class CodedReader:
    """Sees the memo's page code on every file."""

    def __init__(self, code: str) -> None:
        self._code = code

    def rendition(self, blob) -> None:
        """It is a scan: no pages are made of it."""

    def inspect(self, blob) -> Inspection:
        codes = (Barcode(1, "QRCode", page_text(KEY, self._code, 1, 1)),)
        return Inspection("application/pdf", "pdf", 1, codes=codes, signatures=1)


def test_a_signed_pdf_in_the_inbox_finds_its_letter_and_proves_it(office, pki):
    office.reader = CodedReader(office.case(FIRST).drafts[MEMO].page_code)
    office.drop("kembali.pdf", signed(pki, printed(office)))

    assert office.run_once() == {"kembali bertanda tangan": 1}

    decision = office.case(FIRST).made[-1].decision
    assert (decision.proof.way, decision.delivered_by) == (CERTIFICATE, "pemindai")
    assert f"{MEMO}-v1-bertanda-tangan.pdf" in office.case(FIRST).validated


def test_a_signed_pdf_in_the_inbox_that_proves_nothing_is_set_aside_with_the_reason(office, pki):
    office.reader = CodedReader(office.case(FIRST).drafts[MEMO].page_code)
    office.drop("kembali.pdf", signed(pki, printed(office), "dari-asing"))

    assert office.run_once() == {"ditolak": 1}

    assert "tersertifikasi" in (office.root.layout.inbox / "ditolak" / "kembali.pdf.txt").read_text()
    assert MEMO not in office.case(FIRST).signed
