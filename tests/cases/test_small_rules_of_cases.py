"""Rules of cases that are a condition each: who is kept back, what changes, what a letter says, what ends a folder."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from case_factory import case_of, document, recognised, then

from pipeline.cases.archived import Archived
from pipeline.cases.case_kind import ORAL, SEVERAL, kind_of_case
from pipeline.cases.cleared_words import asks_cleared, check_entries
from pipeline.cases.corrected_words import check_readings
from pipeline.cases.corrections import kept_before
from pipeline.cases.document import AS_IT_CAME, came_beside
from pipeline.cases.duties import duties, held_up
from pipeline.cases.events import Attached
from pipeline.cases.folder_closing import CLOSE, closed_with
from pipeline.cases.forms import answer_of
from pipeline.cases.kept_identity import keeps_somebody
from pipeline.cases.key_labels import duty_words
from pipeline.cases.own_editions import BEGUN, INSTALLED, EditionNote, OwnEdition, own_key
from pipeline.cases.record_standing import HANDED_OVER
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_words import CORRECT
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete
from pipeline.office.wording import spelled_out
from pipeline.storage.blobs import TypedText

SOP = editions()[-1]
SITI = [{"nama": "Siti Rekaan"}]


@pytest.mark.parametrize(
    ("channel", "who", "consent", "keeps"),
    [
        ("surat", {"pelapor": SITI}, "", True),
        ("surat", {"pelapor": SITI}, "tidak", True),
        ("surat", {"pelapor": SITI}, "Ya", False),
        ("surat", {}, "", True),
        ("berita", {}, "", False),
        ("berita", {"pelapor": SITI}, "", True),
        ("berita", {"lembaga_pelapor": "LBH Rekaan"}, "", True),
        ("berita", {"pelapor": SITI}, "ya", False),
    ],
)
def test_who_did_not_agree_to_be_named_is_kept_back_but_in_the_news_nobody_is_until_they_complain(
    channel, who, consent, keeps
):
    assert keeps_somebody({**who, "izin_identitas": consent}, channel) is keeps


def test_who_has_no_name_is_no_second_complainant():
    two = {"pelapor": [*SITI, {"nama": "Budi Rekaan"}]}
    one = {"pelapor": [*SITI, {"nama": " "}, "coretan"]}

    assert SEVERAL in kind_of_case(two, "surat")
    assert SEVERAL not in kind_of_case(one, "surat")
    assert ORAL in kind_of_case(one, "lisan")
    assert ORAL not in kind_of_case(one, "surat")


def test_a_correction_holds_what_changes_and_emptying_a_field_is_a_change():
    move, known = SOP.moves[0], {"perihal": "Tanah", "alamat": "", "telepon": "1"}

    before, after = kept_before(move, known, {"perihal": "Lahan", "alamat": None, "telepon": None})

    assert (before, after) == ({"perihal": "Tanah", "telepon": "1"}, {"perihal": "Lahan", "telepon": None})
    with pytest.raises(Incomplete, match="tidak ada isian yang berubah"):
        kept_before(move, known, {"perihal": "Tanah", "alamat": None})


def test_a_correction_of_a_letter_quotes_what_the_letter_says():
    """Quotation marks and blanks may be other ones."""
    form = (FormField("naskah", "Surat yang diralat"), FormField("ralat", "Yang diralat", "daftar"))
    move = replace(SOP.moves[0], act=CORRECT, form=form)
    case = SimpleNamespace(number=None, drafts={"08-rekomendasi": SimpleNamespace(documents=(None,))})
    cabinet = SimpleNamespace(blob=lambda _number, _document: TypedText("a.docx", b""))
    letters = SimpleNamespace(words=lambda _docx: ("Tanah itu seluas", "200 m² di Desa Melur."))

    def check(*readings: str) -> None:
        values = {"naskah": "08-rekomendasi", "ralat": list(readings)}
        check_readings(move, case, SimpleNamespace(values=values), cabinet=cabinet, letters=letters)

    check()
    check("seluas 200 m² | 300 m²")
    with pytest.raises(Incomplete, match="seluas 200 m²"):
        check("seluas 300 m² | 200 m²")
    with pytest.raises(Incomplete, match="tidak menyebut kata") as fault:
        check(" | 200 m²")
    assert fault.value.fields["ralat"][0] == "Yang diralat"


def test_words_that_may_be_said_come_with_their_reason():
    check_entries(["Desa Sari | nama desa"])
    for entry in ("Desa Sari |  ", " | nama desa"):
        with pytest.raises(Incomplete, match="tanpa alasan"):
            check_entries([entry])


def test_cleared_words_are_asked_where_a_letter_that_others_read_is_drafted():
    asking = {move.key for move in SOP.moves if asks_cleared(move, SOP)}

    assert {"susun-rekomendasi", "undang"} <= asking
    assert not asking & {"nomori", "nomori-surat", "konfirmasi", "minta-kelengkapan", "sampaikan"}


def test_another_service_asks_of_cleared_words_only_if_its_register_names_people():
    move = next(move for move in SOP.moves if move.key == "susun-rekomendasi")
    naming = replace(SOP, service="rapat", register=(FormField("peminjam", "Peminjam", "orang"),))

    assert asks_cleared(move, naming)
    assert not asks_cleared(move, replace(naming, register=(FormField("ruang", "Ruang", "isian"),)))


def test_the_file_as_it_came_is_found_by_the_name_of_its_pages_and_by_its_kind():
    mail = document("01-surat-asli.eml", kind=AS_IT_CAME)
    other = document("02-lampiran-asli.heic", kind=AS_IT_CAME)
    copy = document("01-surat-asli.pdf", kind="salinan")

    assert came_beside("01-surat.pdf", (copy, other, mail)) == mail
    assert came_beside("03-lampiran.pdf", (copy, other, mail)) is None


def test_a_right_that_was_read_by_its_number_is_named_and_people_are_told_by_their_details():
    rights = FormField("hak", "Hak", "pilihan-banyak", choices=("hidup", "rasa aman"))
    people = FormField("pelapor", "Pelapor", "orang")
    words = FormField("lampiran", "Lampiran", "daftar")

    assert answer_of(rights, {"hak": [2, "hidup"]}) == ["rasa aman", "hidup"]
    assert answer_of(rights, {}) == []
    assert answer_of(people, {"pelapor": SITI}) != answer_of(words, {"lampiran": SITI})
    assert answer_of(words, {"lampiran": ["KTP", "2"]}) == ["KTP", "2"]
    body = {"nama": "PT Rekaan", "kelas": {"nilai": "korporasi"}}
    assert answer_of(people, {"pelapor": [body]}) == [{"nama": "PT Rekaan", "kelas": "korporasi"}]
    assert answer_of(words, {"lampiran": [body]}) == [spelled_out({"nama": "PT Rekaan", "kelas": "korporasi"})]


def test_who_complained_is_told_by_name_to_a_register_that_asks_it_in_words():
    asked = FormField("pelapor", "Peminjam", "teks")

    said = answer_of(asked, {"pelapor": [{"nama": "Siti Rekaan", "umur": "40"}, "Budi Rekaan", {"umur": "7"}]})

    assert said == spelled_out(["Siti Rekaan", "Budi Rekaan", {"umur": "7"}])


def test_an_edition_of_the_office_is_named_by_its_day_and_of_another_service_by_that_too():
    day, at = date(2027, 1, 1), datetime(2027, 1, 1, 8)
    begun, installed = (
        OwnEdition(YANKOMAS, day, {}, note=EditionNote(at, YANKOMAS, day, what, "", "rina"))
        for what in (BEGUN, INSTALLED)
    )

    assert (begun.key, begun.begun, installed.begun) == ("2027-01-01-kantor", True, False)
    assert not OwnEdition(YANKOMAS, day, {}).begun
    assert own_key("surat-masuk", day) == "surat-masuk-2027-01-01-kantor"


def test_duties_are_told_in_words():
    assert duty_words("cetak 03-lembar-disposisi v1") == "mencetak lembar disposisi versi 1"
    assert duty_words("baca").endswith(" surat pengaduan")
    assert duty_words("baca 02-lampiran.pdf").endswith(" 02-lampiran.pdf")


def test_a_folder_is_closed_by_that_act_alone_and_opened_by_a_paper_that_came():
    closed, lent = Archived(act=CLOSE, label="Tutup map"), Archived(act="pinjam", label="Pinjamkan")
    files = (document("02-lampiran.pdf", b"kuitansi", kind="lampiran"),)
    paper = Attached(how="map", claim="c2", file_name="kuitansi.pdf", media="application/pdf", pages=1, documents=files)

    assert closed_with(case_of(lent)) is None
    assert closed_with(case_of(closed, lent)).event == closed
    assert closed_with(case_of(closed, paper)) is None


def test_only_a_sheet_that_cannot_be_made_is_told_as_one_that_waits():
    case = case_of()
    noted = {duty.key: "Templat salah." for duty in duties(case, SOP)}

    assert noted
    assert held_up(case, SOP, {}) == ()
    drafts = [duty for duty in duties(case, SOP) if duty.action == "konsep"]
    assert len(held_up(case, SOP, noted)) == len(drafts)
    assert held_up(then(case, recognised()), SOP, {"konsep 03-lembar-disposisi v1": "Templat salah."}) == (
        "Lembar disposisi belum dapat dibuat. Templat salah. Sesudah itu lembarnya dibuat sendiri.",
    )


@pytest.mark.parametrize("act", [{"removed": ("01-surat.pdf",)}, {"becomes": HANDED_OVER}])
def test_nothing_is_owed_to_a_case_that_is_destroyed_or_that_another_archive_has(act):
    assert duties(case_of(), SOP)
    assert duties(case_of(Archived(act="x", label="x", **act)), SOP) == ()
