"""A complaint brought from intake to receipt by five people, each at a browser, with the real press and reader.

A clerk, the kasubbid, the kabid, the kadiv and the kakanwil: a memo decided on, a recommendation given back and edited
after an initial, a notice signed in ink, a letter signed *a.n.*; certificates for all but the notice.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browsers import chromium
from five_people import PEOPLE, Office, office_of_five, running
from other_programs import anchors_of, parts, poppler, verified
from signed_scans import pages_of, scanned, signed

from pipeline.cases.letter_life import letters
from pipeline.office.wording import long_date
from pipeline.signing.engines.page_text import sheet_text
from pipeline.signing.ports import SignerNamed
from pipeline.signing.signature_place import place_of
from pipeline.work.store.setup import samples

pytestmark = pytest.mark.slow

MEMO, RECOMMENDATION = "04-nota-telaahan", "06-surat-rekomendasi"
NOTICE, REQUEST = "06-pemberitahuan-pelapor", "07-permintaan-tindak-lanjut"
CLERK, SUB, FIELD, DIVISION, HEAD = PEOPLE
REVIEW = {
    "persoalan": "Apakah penahanan ijazah melanggar hak anak atas pendidikan.",
    "analisis_hak": "Pasal 60 Undang-Undang Nomor 39 Tahun 1999.",
    "indikasi": "ya",
    "berwenang": "ya",
    "saran": "rekomendasi",
}
BEFORE, AFTER = "Ijazah adalah hak lulusan.", "Menurut Pasal 60, ijazah adalah hak lulusan."
DRAFTED = {
    "tujuan_surat": "Kepala Dinas Pendidikan Provinsi",
    "tempat_tujuan": "Bengkulu",
    "ringkasan_pengaduan": "Ijazah seorang lulusan ditahan karena tunggakan iuran.",
    "hasil_klarifikasi": "Sekolah membenarkan penahanan itu.",
    "analisis": BEFORE,
    "rekomendasi": ["Kepala SMA Contoh 1", "Menyerahkan ijazah", "14 hari sejak surat diterima"],
}
#: On whose desk each letter lay, and what for, whenever its turn came.
TURNS = [
    (MEMO, {FIELD: "Paraf"}),
    (MEMO, {DIVISION: "Paraf"}),
    (MEMO, {CLERK: "Beri nomor"}),
    (MEMO, {SUB: "Tanda tangani"}),
    (RECOMMENDATION, {FIELD: "Paraf"}),
    (RECOMMENDATION, {DIVISION: "Paraf"}),
    (RECOMMENDATION, {CLERK: "Perbaiki", SUB: "Perbaiki"}),
    (RECOMMENDATION, {CLERK: "Perbaiki", SUB: "Perbaiki"}),
    (RECOMMENDATION, {FIELD: "Paraf"}),
    (RECOMMENDATION, {DIVISION: "Paraf"}),
    (RECOMMENDATION, {CLERK: "Beri nomor"}),
    (RECOMMENDATION, {HEAD: "Tanda tangani"}),
    (RECOMMENDATION, {CLERK: "Kirim"}),
    (RECOMMENDATION, {CLERK: "Catat tanda terima"}),
    (NOTICE, {FIELD: "Paraf"}),
    (NOTICE, {DIVISION: "Paraf"}),
    (NOTICE, {CLERK: "Beri nomor"}),
    (NOTICE, {HEAD: "Tanda tangani"}),
    (NOTICE, {CLERK: "Kirim"}),
    (REQUEST, {FIELD: "Paraf"}),
    (REQUEST, {DIVISION: "Paraf"}),
    (REQUEST, {CLERK: "Beri nomor"}),
    (REQUEST, {DIVISION: "Tanda tangani", HEAD: "Tanda tangani"}),
    (REQUEST, {CLERK: "Kirim"}),
]


@pytest.fixture(scope="module")
def office(pki, tmp_path_factory):
    """The office after the whole way; what its people saw on it is kept."""
    root = office_of_five(tmp_path_factory.mktemp("lima") / "kantor", pki)
    with running(root) as address, chromium() as browser:
        office = Office(root, browser, address)
        _taken_in(office)
        _reviewed(office)
        _recommended(office)
        _complainant_told(office, tmp_path_factory.mktemp("pindaian"))
        _asked_on_behalf(office)
        _looked_up(office)
    return office


def _taken_in(office: Office) -> None:
    clerk = office.people[CLERK]
    clerk.drops(next(sample for sample in samples() if sample.name == "surat-ijazah.jpg"))
    clerk.verifies(cara_penyampaian="surat", hak="rasa aman")
    clerk.moves("sampaikan")
    for role in (HEAD, DIVISION, FIELD):
        office.people[role].moves("disposisi", isi_disposisi="Telaah")


def _reviewed(office: Office) -> None:
    office.people[SUB].moves("telaah", **REVIEW)
    _initialled(office, MEMO)
    office.people[HEAD].moves("putuskan-nota", keputusan="rekomendasi")
    office.turn(MEMO, CLERK).acts(MEMO, "nomori-naskah")
    office.turn(MEMO, SUB).signs(MEMO)


def _recommended(office: Office) -> None:
    drafter, today = office.people[SUB], f"{office.root.clock.now().date()}"
    drafter.moves("susun-rekomendasi", **DRAFTED)
    office.turn(RECOMMENDATION, FIELD).acts(RECOMMENDATION, "paraf-naskah")
    office.turn(RECOMMENDATION, DIVISION).acts(RECOMMENDATION, "kembalikan", alasan="Sebut pasalnya.")
    office.turn(RECOMMENDATION, SUB)
    office.seen["dikembalikan"] = drafter.reads_letter(RECOMMENDATION)
    drafter.edits(RECOMMENDATION, BEFORE, AFTER)
    office.turn(RECOMMENDATION, SUB)
    drafter.acts(RECOMMENDATION, "ajukan-rekomendasi")
    office.seen["meja kabid"] = office.people[FIELD].reads("/")
    office.seen["gugur"] = office.people[FIELD].reads_letter(RECOMMENDATION)
    office.seen["riwayat"] = office.people[FIELD].reads(drafter.case)
    office.seen["beda"] = office.people[FIELD].reads_difference(RECOMMENDATION)
    _initialled(office, RECOMMENDATION)
    office.turn(RECOMMENDATION, CLERK).acts(RECOMMENDATION, "nomori-naskah")
    office.turn(RECOMMENDATION, HEAD).signs(RECOMMENDATION)
    clerk = office.turn(RECOMMENDATION, CLERK)
    clerk.acts(RECOMMENDATION, "kirim-naskah", tanggal_kirim=today, cara_kirim="SRIKANDI")
    office.turn(RECOMMENDATION, CLERK).acts(RECOMMENDATION, "terima", tanggal_terima=today, penerima="Tata usaha")


def _complainant_told(office: Office, folder: Path) -> None:
    _initialled(office, NOTICE)
    office.turn(NOTICE, CLERK).acts(NOTICE, "nomori-naskah")
    head, scan = office.turn(NOTICE, HEAD), folder / "pindai-0001.pdf"
    scan.write_bytes(_in_ink(head.prints(NOTICE)))
    office.people[CLERK].drops(scan)
    clerk = office.turn(NOTICE, CLERK)
    office.seen["tinta"] = clerk.reads_letter(NOTICE)
    office.seen["meja kakanwil"] = head.reads("/")
    clerk.acts(NOTICE, "kirim-naskah", tanggal_kirim=f"{office.root.clock.now().date()}", cara_kirim="pos")


def _asked_on_behalf(office: Office) -> None:
    office.people[HEAD].hands_over(DIVISION, "a.n.", "Kepala Divisi Pelayanan Hukum dan HAM")
    office.people[CLERK].moves("catat-pemantauan", catatan="Sekolah belum melaporkan.")
    _initialled(office, REQUEST)
    office.turn(REQUEST, CLERK).acts(REQUEST, "nomori-naskah")
    office.turn(REQUEST, DIVISION).signs(REQUEST)
    office.seen["meja kadiv"] = office.people[DIVISION].reads("/")
    clerk = office.turn(REQUEST, CLERK)
    clerk.acts(REQUEST, "kirim-naskah", tanggal_kirim=f"{office.root.clock.now().date()}", cara_kirim="kurir")


def _looked_up(office: Office) -> None:
    clerk = office.people[CLERK]
    office.seen["surat"] = clerk.reads("/surat?keadaan=semua")
    office.seen["ekspedisi"] = clerk.reads("/ekspedisi")
    office.seen["perkara"] = clerk.reads(clerk.case)


def _initialled(office: Office, template: str) -> None:
    for role in (FIELD, DIVISION):
        office.turn(template, role).acts(template, "paraf-naskah")


def _in_ink(printed: bytes) -> bytes:
    """The print as it comes back from the scanner, signed with a pen in the place of the head's signature."""
    name, nip, _ = PEOPLE[HEAD]
    place, sheets = place_of(sheet_text(printed), SignerNamed("Kepala Kantor Wilayah", name, nip)), pages_of(printed)
    sheet, mm = sheets[place.page - 1], 25.4 / 72
    at = place.left * mm + 2, sheet.height * 25.4 / 300 - place.top * mm + 1
    sheets[place.page - 1] = signed(sheet, at, size=(32, 12))
    return scanned(sheets)


def _file(office: Office, name: str) -> bytes:
    return office.file(office.number, name)


def _signed_pdfs(office: Office) -> dict[str, bytes]:
    """The letters that were signed with a certificate, by the signer's name."""
    signers = {MEMO: SUB, RECOMMENDATION: HEAD, REQUEST: DIVISION}
    files = {s.template: s.documents[0] for s in office.case.signatures}
    return {PEOPLE[role][0]: _file(office, files[template]) for template, role in signers.items()}


def _words(pdf: bytes, *filled: str) -> str:
    """The words of a print but for what numbering fills in: number, date, the draft's mark; and the page codes."""
    lines = [line.text for line in sheet_text(pdf).lines if line.text != "KONSEP" and not line.text.startswith("YK1:")]
    return " ".join("…" if line in filled or re.fullmatch(r"\.{9,}", line) else line for line in lines)


def test_at_every_turn_the_letter_lay_on_the_right_desk_and_on_no_other(office):
    assert office.turns == TURNS


def test_an_edit_after_an_initial_voided_it_and_its_giver_saw_what_changed(office):
    assert "Sebut pasalnya." in office.seen["dikembalikan"]
    assert "berubah sejak paraf Anda" in office.seen["meja kabid"]
    assert "gugur karena naskahnya berubah" in office.seen["gugur"]
    assert "Sebut pasalnya." in office.seen["gugur"]
    assert "Kembalikan surat rekomendasi untuk diperbaiki" in office.seen["riwayat"]
    assert BEFORE in office.seen["beda"]
    assert AFTER in office.seen["beda"]


def test_what_was_signed_says_what_was_initialled_but_for_number_date_and_mark(office):
    found = {s.template: s.documents[0] for s in office.case.signatures}
    for letter in letters(office.case, office.root.sop_of(office.case)):
        if letter.template != NOTICE:  # its file is a scan; the program compares its words as it comes back
            date_of_it = long_date(letter.numbered_at.date())
            before = _words(_file(office, f"{letter.template}-v{letter.initials[-1].version}.pdf"), date_of_it)
            after = _words(_file(office, found[letter.template]), letter.number, date_of_it)
            assert letter.number not in before
            assert after == before
            assert (AFTER in after) == (letter.template == RECOMMENDATION)


def test_poppler_finds_every_certificates_signature_valid(office, tmp_path):
    for signer, pdf in _signed_pdfs(office).items():
        said = poppler(pdf, tmp_path)
        assert said.count("Signature is Valid") == 1
        assert "Total document signed" in said
        assert signer in said


def test_openssl_verifies_every_certificates_signature_up_to_the_root(office, pki, tmp_path):
    anchors, now = anchors_of(pki, tmp_path), office.root.clock.now()
    for pdf in _signed_pdfs(office).values():
        ((signature, content),) = parts(pdf, "/Sig", tmp_path)
        assert verified(signature, content, anchors, now)


def test_ink_was_found_on_the_notice_and_the_head_was_told_of_it(office):
    assert "Tinta ditemukan pada tempat tanda tangan Budi Rekaan" in office.seen["tinta"]
    assert "masuk lewat kotak masuk" in office.seen["tinta"]
    assert "Dicatat bertanda tangan Anda" in office.seen["meja kakanwil"]


def test_the_deputy_signed_in_the_heads_name(office):
    lines = [line.text for line in sheet_text(_signed_pdfs(office)["Dewi Rekaan"]).lines]

    at = lines.index("a.n. Kepala Kantor Wilayah")
    assert lines[at + 1] == "Kepala Divisi Pelayanan Hukum dan HAM,"
    assert "Dewi Rekaan" in lines[at:]
    assert "Dicatat bertanda tangan Anda" not in office.seen["meja kadiv"]


def test_letters_and_dispatch_book_tell_how_it_ended(office):
    ended = [(one.template, one.state, one.number) for one in letters(office.case, office.root.sop_of(office.case))]

    assert ended == [
        (MEMO, "bertanda tangan", "W.8.HA.01.07/ND-1/2026".replace("2026", f"{office.number.year}")),
        (RECOMMENDATION, "diterima", "W.8.HA.01.07-1"),
        (NOTICE, "dikirim", "W.8.HA.01.07-2"),
        (REQUEST, "dikirim", "W.8.HA.01.07-3"),
    ]
    for _, state, number in ended:
        assert number in office.seen["surat"]
        assert state in office.seen["surat"]
    for _, _, number in ended[1:]:
        assert number in office.seen["ekspedisi"]
    assert "Tata usaha" in office.seen["ekspedisi"]
    assert "dalam pemantauan" in office.seen["perkara"]
