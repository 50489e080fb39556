"""PDFs that arrive signed: judged by the machine, kept as an event, told in words; ordinary scans are left alone."""

from __future__ import annotations

import json

import pytest
from fakes import FakeReader
from offices import FakeOffice

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.timeline import timeline
from pipeline.reading.engines.scan_reader import ScanReader
from pipeline.register.case_view import judged
from pipeline.storage.blobs import TypedText

FIRST = CaseNumber(2026, 1)
WITHDRAWN = {"sebab": "permintaan pelapor", "alasan": "Sudah selesai"}
SIGNED = b"Pengaduan\n/ByteRange Siti Rekaan\n"


@pytest.fixture
def arrived(office):
    """An office to which a signed complaint came."""
    office.drop("surat.pdf", SIGNED)
    office.run_once()
    return office


def kinds(office: FakeOffice) -> list[str]:
    return [entry.kind for entry in office.root.cabinet.case(FIRST).entries]


def test_a_signed_complaint_is_judged_once_and_the_result_kept_with_its_moment(arrived):
    case = arrived.root.cabinet.case(FIRST)

    found = case.validated["01-surat.pdf"]

    assert found.findings["signatures"][0]["signer"] == "Siti Rekaan"
    assert found.findings["checked_at"] == arrived.clock.now().isoformat()
    assert found.findings["sha256"] == case.original.sha256
    assert "sah: tanda tangan elektronik tersertifikasi" in found.said[0]
    arrived.run_once()
    assert kinds(arrived).count("tanda-tangan-diperiksa") == 1


def test_an_ordinary_scan_owes_nothing(office):
    office.drop("surat.pdf", b"Pengaduan biasa")
    office.run_once()

    assert "tanda-tangan-diperiksa" not in kinds(office)


def test_history_and_case_tell_it_in_words(arrived):
    case = arrived.root.cabinet.case(FIRST)

    (told,) = (h for h in timeline(case, arrived.root.sop_of(case)) if "Tanda tangan elektronik" in h.title)

    assert "Siti Rekaan" in told.words[0][1]
    assert any("Siti Rekaan" in said and "01-surat.pdf" in said for said in judged(case))


def test_attachments_answers_and_returned_letters_are_judged_too(arrived):
    name = f"{FIRST}".replace("/", "-")
    folder = arrived.inbox_folder / name
    folder.mkdir()
    (folder / "lampiran.pdf").write_bytes(b"Bukti\n/ByteRange Budi Rekaan\n")
    arrived.run_once()

    case = arrived.root.cabinet.case(FIRST)
    attached = case.attachments[0].documents[0].name
    assert case.validated[attached].findings["signatures"][0]["signer"] == "Budi Rekaan"


def test_a_file_that_comes_with_a_move_is_judged(arrived):
    office = arrived
    office.decide(FIRST, "cabut", "tim-yankomas", WITHDRAWN, TypedText("x.pdf", b"/ByteRange Ani\n"))

    case = office.root.cabinet.case(FIRST)
    (name,) = set(case.validated) - {"01-surat.pdf"}
    assert case.validated[name].findings["signatures"][0]["signer"] == "Ani"


class BrokenValidator:
    """One that fails over every file, and says what stands in it."""

    def validate(self, blob, at):
        raise RuntimeError("rahasia dari dalam berkas")


def test_a_validator_that_fails_is_given_up_after_three_tries_and_the_case_goes_on(office):
    office.validator = BrokenValidator()
    office.drop("surat.pdf", SIGNED)

    office.run_once()

    case = office.root.cabinet.case(FIRST)
    assert "periksa-tanda-tangan 01-surat.pdf v1" in case.given_up
    assert "rahasia" not in json.dumps([entry.data for entry in case.entries])
    assert case.prints


def test_the_reader_counts_signatures_without_looking_into_them(pki_letter, tmp_path):
    with ScanReader(lambda pages, day: ()) as reader:
        assert reader.inspect(TypedText("a.pdf", pki_letter)).signatures == 1
        plain = pki_letter[: pki_letter.index(b"%%EOF") + 6]
        assert reader.inspect(TypedText("b.pdf", plain)).signatures == 0


@pytest.fixture(scope="module")
def pki_letter(pki):
    from signed_letters import letter, signed_letter

    return signed_letter(pki, letter())


def test_pages_that_are_cut_out_of_a_signed_scan_are_no_signed_file(office):
    office.reader = FakeReader()
    office.drop("tumpukan.pdf", b"PAGES\n- satu\n===\n- dua")
    office.run_once()

    assert "tanda-tangan-diperiksa" not in kinds(office)
