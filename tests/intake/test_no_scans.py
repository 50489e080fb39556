"""Files that are no scans: filed with their pages, numbered as every letter, and left to a person where in doubt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.kept_files import came_as
from pipeline.cases.ports import content
from pipeline.errors import NotFound
from pipeline.intake.fronts_then_backs import sheet_order
from pipeline.intake.inbox_view import AskedFor

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)
CLERK = Actor("tim-yankomas", "siti")
MAIL = b"MAIL Pengaduan\nPerihal tanah\nsaya mengadu"


def documents(office, number):
    case = office.root.cabinet.case(number)
    return {d.name: content(office.root.cabinet.blob(number, d)) for d in case.documents}


def names(office, case, kind):
    return [d.name for d in case.documents if d.kind == kind]


def waiting(office):
    return [(e.code, e.detail) for e in office.root.inbox_view(AskedFor.REFUSED).entries]


def test_a_mail_becomes_a_case_with_its_pages_and_the_mail_itself_byte_for_byte(office):
    office.drop("surel.eml", MAIL)

    office.run_once()

    filed, case = documents(office, FIRST), office.root.cabinet.case(FIRST)
    assert filed["01-surat-asli.eml"] == MAIL
    assert filed["01-surat.pdf"] == b"Perihal tanah\nsaya mengadu"
    assert case.received.media == "application/pdf"
    assert case.fields["perihal"]["nilai"] == "Perihal tanah"
    assert case.register["cara_penyampaian"] == "surel"
    assert "rekaman.mp3 tidak dibaca" in case.received.warnings
    assert office.root.verify(lambda _done, _of: None) == []


def test_the_same_mail_again_is_a_duplicate_also_after_the_views_were_made_anew(office):
    office.drop("surel.eml", MAIL)
    office.run_once()
    office.root.book.rebuild()
    office.drop("lagi.eml", MAIL)

    assert office.run_once() == {"ganda": 1}
    assert list(office.root.cabinet.numbers()) == [FIRST]


@pytest.mark.parametrize("subject", ["Re: perkara 1/2026", "Tanya register 0001-YANKOMAS-2026"])
def test_a_mail_that_names_a_case_waits_for_a_person_who_attaches_it(office, subject):
    office.drop("scan.pdf", b"Surat pertama")
    office.run_once()
    office.drop("balasan.eml", f"MAIL {subject}\nIni bukti tambahan".encode())

    assert office.run_once() == {"ditolak": 1}

    assert waiting(office) == [("menyebut-perkara", "Berkas ini menyebut perkara 2026/0001.")]
    office.root.mailroom().attach("balasan.eml", FIRST, CLERK)
    office.run_once()
    case = office.root.cabinet.case(FIRST)
    assert names(office, case, "lampiran") == ["02-lampiran.pdf"]
    assert names(office, case, "asli") == ["02-lampiran-asli.eml"]
    assert list(office.root.cabinet.numbers()) == [FIRST]
    office.drop("lagi.eml", f"MAIL {subject}\nIni bukti tambahan".encode())
    office.run_once()
    office.root.mailroom().attach("lagi.eml", FIRST, CLERK)
    assert office.run_once() == {"ganda": 1}


def test_what_was_sent_to_many_waits_and_is_registered_on_a_persons_word(office):
    office.drop("warta.eml", b"MAIL Warta | milis (List-Id)\nBerita pekan ini")
    assert office.run_once() == {"ditolak": 1}
    (entry,) = office.root.inbox_view(AskedFor.REFUSED).entries
    assert entry.code == "kiriman-massal"
    assert entry.asks_whether_new

    assert office.root.mailroom().register("warta.eml", CLERK) == "aduan-baru/warta.eml"
    office.run_once()

    assert list(office.root.cabinet.numbers()) == [FIRST]
    with pytest.raises(NotFound):
        office.root.mailroom().register("warta.eml", CLERK)


def test_a_scanners_log_takes_no_number_until_a_person_says_that_it_is_a_complaint(office):
    office.drop("scan.log.txt", b"TEXT\n08.00 2 halaman\n08.05 3 halaman")
    office.drop("obrolan.txt", b"TEXT whatsapp\nsaya mengadu")

    assert office.run_once() == {"ditolak": 1, "terdaftar": 1}

    (entry,) = office.root.inbox_view(AskedFor.REFUSED).entries
    assert (entry.code, entry.asks_whether_new) == ("teks-polos", True)
    office.root.mailroom().register("scan.log.txt", CLERK)
    assert office.run_once() == {"terdaftar": 1}


def test_a_note_of_ours_that_is_moved_back_with_its_file_is_no_complaint(office):
    office.drop("a.heic.txt", b"MAIL \nBERKAS INI TIDAK DIDAFTARKAN\n\nBerkas : a.heic\n")

    assert office.run_once() == {"ditolak": 1}
    assert waiting(office) == [("jenis", "Ini catatan program tentang berkas yang ditolak, bukan surat.")]


def test_a_number_that_no_case_has_is_no_reason_to_wait(office):
    office.drop("a.eml", b"MAIL Pengaduan\nSaya sudah lapor polisi, perkara 77/2026")

    office.run_once()

    assert list(office.root.cabinet.numbers()) == [FIRST]


def test_two_attachments_that_are_no_scans_lie_each_beside_its_pages(office):
    office.drop("scan.pdf", b"Surat pertama")
    office.run_once()
    folder = office.inbox_folder / "2026-0001"
    for n in (1, 2):
        folder.mkdir()
        (folder / f"{n}.eml").write_bytes(b"MAIL x\nlampiran %d" % n)
        office.run_once()

    case = office.root.cabinet.case(FIRST)

    pages = names(office, case, "lampiran")
    assert len(set(pages)) == 2
    assert names(office, case, "asli") == [f"{name[:-4]}-asli.eml" for name in pages]
    assert all(came_as(case, case.document(name)).name in names(office, case, "asli") for name in pages)


def test_a_file_of_which_pages_became_another_case_is_shared_like_its_pages(office):
    office.drop("surel.eml", b"MAIL x\nPAGES\n-satu\n-dua")
    office.run_once()
    office.decide(FIRST, "pisahkan", "tim-yankomas", {"halaman": "2"})
    office.run_once()

    assert office.root.cabinet.case(FIRST).shared >= {"01-surat.pdf", "01-surat-asli.eml"}
    part = office.root.cabinet.case(SECOND)
    assert part.received.documents[0].name == "01-surat.pdf"
    assert part.register["cara_penyampaian"] == "surel"


def test_a_stack_scanned_as_fronts_then_backs_is_put_into_the_order_of_its_sheets(office):
    stack = b"PAGES\n-muka 1\n-muka 2\n-balik 2\n-balik 1"
    (office.inbox_folder / "bolak-balik").mkdir()
    (office.inbox_folder / "bolak-balik" / "tumpukan.pdf").write_bytes(stack)

    office.run_once()

    filed = documents(office, FIRST)
    assert filed["01-surat-asli.pdf"] == stack
    assert [part.rpartition(b"/")[2] for part in filed["01-surat.pdf"].split()[2:]] == [b"1", b"4", b"2", b"3"]


def test_a_stack_that_lacks_a_page_is_refused(office):
    (office.inbox_folder / "bolak-balik").mkdir()
    (office.inbox_folder / "bolak-balik" / "a.pdf").write_bytes(b"PAGES\n-a\n-b\n-c")

    assert office.run_once() == {"ditolak": 1}
    assert waiting(office)[0][0] == "bolak-balik"


@given(st.integers(1, 40))
def test_every_page_of_a_stack_has_its_place_and_a_back_lies_behind_its_front(sheets):
    order = sheet_order(2 * sheets)

    assert sorted(order) == list(range(1, 2 * sheets + 1))
    assert all(front + back == 2 * sheets + 1 for front, back in zip(order[::2], order[1::2], strict=True))
    assert list(order[::2]) == list(range(1, sheets + 1))
