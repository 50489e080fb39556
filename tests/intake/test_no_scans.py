"""Files that are no scans: filed with their pages, numbered as every letter, and left to a person where in doubt."""

from __future__ import annotations

import pytest

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import content
from pipeline.errors import NotFound
from pipeline.intake.inbox_view import AskedFor

FIRST, SECOND = CaseNumber(2026, 1), CaseNumber(2026, 2)
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
    office.root.mailroom().attach("balasan.eml", FIRST)
    office.run_once()
    case = office.root.cabinet.case(FIRST)
    assert names(office, case, "lampiran") == ["01-lampiran.pdf"]
    assert names(office, case, "asli") == ["01-lampiran-asli.eml"]
    assert list(office.root.cabinet.numbers()) == [FIRST]
    office.drop("lagi.eml", f"MAIL {subject}\nIni bukti tambahan".encode())
    office.run_once()
    office.root.mailroom().attach("lagi.eml", FIRST)
    assert office.run_once() == {"ganda": 1}


def test_what_was_sent_to_many_waits_and_is_registered_on_a_persons_word(office):
    office.drop("warta.eml", b"MAIL Warta | milis (List-Id)\nBerita pekan ini")
    assert office.run_once() == {"ditolak": 1}
    (entry,) = office.root.inbox_view(AskedFor.REFUSED).entries
    assert entry.code == "kiriman-massal"
    assert entry.asks_whether_new

    assert office.root.mailroom().register("warta.eml") == "aduan-baru/warta.eml"
    office.run_once()

    assert list(office.root.cabinet.numbers()) == [FIRST]
    with pytest.raises(NotFound):
        office.root.mailroom().register("warta.eml")


def test_a_number_that_no_case_has_is_no_reason_to_wait(office):
    office.drop("a.eml", b"MAIL Pengaduan\nSaya sudah lapor polisi, perkara 77/2026")

    office.run_once()

    assert list(office.root.cabinet.numbers()) == [FIRST]


def test_two_attachments_that_are_no_scans_are_counted_each_once(office):
    office.drop("scan.pdf", b"Surat pertama")
    office.run_once()
    folder = office.inbox_folder / "2026-0001"
    for n in (1, 2):
        folder.mkdir()
        (folder / f"{n}.eml").write_bytes(b"MAIL x\nlampiran %d" % n)
        office.run_once()

    case = office.root.cabinet.case(FIRST)

    assert [name.rpartition("lampiran")[2] for name in names(office, case, "lampiran")] == [".pdf", "-2.pdf"]
    assert [name.rpartition("lampiran")[2] for name in names(office, case, "asli")] == ["-asli.eml", "-2-asli.eml"]
