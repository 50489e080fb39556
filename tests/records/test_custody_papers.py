"""What papers of records say: a folder's class, place and secrecy, who ticked it, who hands it to whom."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from case_factory import CALENDAR, case_of, recognised
from ended_cases import ARCHIVIST, HEAD_OF_FIELD, close_folder, ended, lend
from test_custody import OTHER, PLACE

from pipeline.access.secrecy import unnamed
from pipeline.cases.lent import DUE, ROLE
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import ArchiveFault, NotAllowed, NotFound
from pipeline.letters.sheets.texts import CHECKLIST, HAND_OVER_MINUTES, LOAN_FORM, TRANSFER_LIST, TRANSFER_MINUTES
from pipeline.office.roles import usual_roles
from pipeline.records.acting import act_on
from pipeline.records.acts import record_acts
from pipeline.records.custody_papers import folder_told, of_case, of_list
from pipeline.records.list_steps import all_lists, begin, give_up, go_on, resume
from pipeline.records.loans import check_loan
from pipeline.records.packages import package
from pipeline.records.record_list import DONE, GIVEN_UP, lists_of
from pipeline.register.row import row_of

SOP = editions()[0]


@pytest.fixture
def parts(office):
    return office.root.record_parts


def case_there(office, number):
    return office.root.cabinet.case(number)


def test_a_folder_says_its_class_and_its_secrecy_and_a_secret_one_its_number_alone():
    case = case_of(recognised({"perihal": {"nilai": "Tanah adat"}}))
    row = replace(row_of(case, SOP, CALENDAR), klasifikasi="HA.01.07", sifat="terbatas")

    open_one, unmarked, secret = (
        folder_told(case, replace(row, sifat=level)) for level in ("terbatas", None, "rahasia")
    )

    assert (open_one.classification, open_one.subject, open_one.secrecy) == ("HA.01.07", "Tanah adat", "terbatas")
    assert unmarked.secrecy == ""
    assert (secret.classification, secret.subject, secret.secrecy) == ("", "(rahasia)", "rahasia")


def test_a_paper_that_goes_through_many_hands_names_nobody_in_the_subject():
    fields = {"perihal": {"nilai": "Tanah Siti Rekaan"}, "pelapor": [{"nama": {"nilai": "Siti Rekaan"}}]}
    case = case_of(recognised(fields))
    row = replace(row_of(case, SOP, CALENDAR), sifat="terbatas")

    assert folder_told(case, row).subject == "Tanah pelapor"
    assert unnamed(row.perihal, row) == "Tanah pelapor"


def test_the_checklist_names_the_steps_and_the_day_only_once_the_folder_is_closed(office, parts):
    number = ended(office)

    template, before = of_case("kelengkapan", case_there(office, number), parts)
    close_folder(office, number)
    _, after = of_case("kelengkapan", case_there(office, number), parts)

    assert template == CHECKLIST
    assert {line["langkah"] for line in before["baris"]} >= {"", "1"}
    assert (before["tanggal_tutup"], before["alasan"]) == ("", "")
    assert (after["tanggal_tutup"], after["alasan"]) == ("Rabu, 25 November 2026", "Formulirnya tidak pernah kembali")


def test_the_loan_form_is_of_the_last_loan_and_there_is_none_before(office, parts):
    number = ended(office)
    with pytest.raises(NotFound, match="belum pernah dipinjam"):
        of_case("formulir-peminjaman", case_there(office, number), parts)
    lend(office, number)

    template, told = of_case("formulir-peminjaman", case_there(office, number), parts)

    assert (template, told["peminjam"]) == (LOAN_FORM, "Eko Contoh")


def transferred(parts, number) -> str:
    """Transfer a folder with a list that both sides ticked; return the list's name."""
    name = begin("pindah", [number], {}, by=ARCHIVIST, parts=parts).id
    go_on(name, "periksa-penyerah", {"diperiksa": [str(number)]}, by=HEAD_OF_FIELD, parts=parts)
    go_on(name, "periksa-penerima", {"diperiksa": [str(number)]}, by=OTHER, parts=parts)
    go_on(name, "serah-terima", PLACE, by=OTHER, parts=parts)
    return name


def test_the_papers_of_a_transfer_name_who_ticked_and_who_hands_to_whom(office, parts):
    name = transferred(parts, ended(office))

    listed, minutes = (of_list(template, name, parts) for template in (TRANSFER_LIST, TRANSFER_MINUTES))

    assert (listed["diperiksa_penyerah"], listed["diperiksa_penerima"]) == ("25/11/2026, budi", "25/11/2026, wati")
    assert minutes["nomor_berita_acara"] == "BA-1"
    assert (minutes["penyerah_nama"], minutes["penerima_nama"]) == ("Eko Contoh", "Wati Rekaan")


def test_the_minutes_of_a_hand_over_are_drafted_before_anybody_gave_number_or_names(office, parts):
    number = ended(office)
    close_folder(office, number)
    name = begin("serah", [number], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts)
    drafted = of_list(HAND_OVER_MINUTES, name, parts)
    receipt = {"nomor_tanda_terima": "B-PK.1/77", "tanggal_tanda_terima": "2026-11-25", "penerima": ["Dewi | ANRI"]}
    go_on(name, "terima", receipt, by=ARCHIVIST, parts=parts)

    signed = of_list(HAND_OVER_MINUTES, name, parts)

    assert (drafted["nomor_berita_acara"], drafted["penyerah_nama"], drafted["penerima_nama"]) == ("", "", "")
    assert (signed["nomor_berita_acara"], signed["penyerah_nama"], signed["penerima_nama"]) == ("B-PK.1/77", "", "Dewi")


class StopsAtTheEnd:
    """A book to whose end the program does not come: it never notes that a step was done on all records."""

    def __init__(self, book) -> None:
        self._book = book

    def __getattr__(self, name):
        return getattr(self._book, name)

    def note(self, *lines) -> None:
        if any(line["apa"] == DONE for line in lines):
            raise ArchiveFault("x", "x")
        self._book.note(*lines)


def test_what_a_list_did_to_a_record_before_the_program_stopped_is_not_done_again(office, parts):
    number = ended(office)
    with pytest.raises(ArchiveFault):
        transferred(replace(parts, book=StopsAtTheEnd(parts.book)), number)

    (name,) = resume(parts)

    assert [line.event.of_list for line in case_there(office, number).archived] == [name]
    assert all_lists(parts)[name].members == (number,)


def test_a_list_that_was_given_up_goes_no_further_and_its_records_may_stand_on_another(office, parts):
    number = ended(office)
    name = begin("pindah", [number], {}, by=ARCHIVIST, parts=parts).id

    given_up = give_up(name, "Salah pilih", by=ARCHIVIST, parts=parts)

    assert all_lists(parts)[name].words(parts.acts.list_kind("pindah")) == "dibatalkan: Salah pilih"
    assert given_up.next_step(parts.acts.list_kind("pindah")) is None
    assert begin("pindah", [number], {}, by=ARCHIVIST, parts=parts).id == "pindah-2026-2"


@pytest.mark.parametrize("line", [{"apa": DONE, "langkah": "serah-terima"}, {"apa": GIVEN_UP, "alasan": "x"}])
def test_a_line_about_a_list_that_never_began_makes_none(line):
    assert lists_of([{**line, "daftar": "pindah-2026-9", "saat": "2026-11-25T09:00:00+07:00"}]) == {}


class Bagged:
    """An export that remembers what it was asked to put into bags."""

    def bags(self, bags, more):
        self.described = {str(number): json.loads(one.files["metadata/isad-g.json"]) for number, one in bags.items()}
        return iter([b"".join(more.values())])


def test_what_leaves_is_described_with_its_class_and_who_described_it_also_when_it_is_secret(office, parts):
    numbers = ended(office), ended(office, sifat="rahasia")
    for number in numbers:
        act_on(number, "berkaskan", {"klasifikasi": "HA.01.07"}, by=ARCHIVIST, parts=parts)
        close_folder(office, number)
    name = begin("serah", numbers, {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts).id
    approved, export = go_on(name, "setuju", {}, by=HEAD_OF_FIELD, parts=parts), Bagged()

    listed = b"".join(package(approved, parts, export)).decode()

    assert set(export.described) == {str(number) for number in numbers}
    for told in (described["elemen"] for described in export.described.values()):
        assert told["3.1.2"]["isi"].startswith("Berkas pengaduan nomor register")
        assert told["3.2.2"]["isi"] == parts.office.service
        assert told["3.3.4"]["isi"] == "Klasifikasi HA.01.07"
        assert told["3.4.5"]["isi"].startswith("Buku Register Aduan; ")
        assert told["3.7.1"]["isi"] == "ita"
    assert listed.count("HA.01.07") == 2


def test_lists_are_numbered_by_their_kind(office, parts):
    first, second, other = ended(office), ended(office), ended(office)
    close_folder(office, other)

    begin("pindah", [first], {}, by=ARCHIVIST, parts=parts)
    begin("serah", [other], {"tujuan": "ANRI", "lembaga": "ANRI"}, by=ARCHIVIST, parts=parts)
    begin("pindah", [second], {}, by=ARCHIVIST, parts=parts)

    assert list(all_lists(parts)) == ["pindah-2026-1", "serah-2026-1", "pindah-2026-2"]


def test_a_step_out_of_its_turn_is_not_taken_for_the_one_whose_turn_it_is(office, parts):
    name = begin("pindah", [ended(office)], {}, by=ARCHIVIST, parts=parts).id

    for early in ("periksa-penerima", "serah-terima"):
        with pytest.raises(NotAllowed, match=f"langkah '{early}' tidak terbuka"):
            go_on(name, early, {}, by=HEAD_OF_FIELD, parts=parts)
    with pytest.raises(NotAllowed, match="langkah 'susun' tidak terbuka"):
        go_on(name, "susun", {}, by=ARCHIVIST, parts=parts)


def test_of_a_secret_folder_who_may_borrow_it_is_named():
    typed, today = {DUE: "2026-11-25", ROLE: "kabid"}, date(2026, 11, 25)

    for readers, named in (({"kakanwil", "akun:rina"}, "Yang boleh: Kakanwil."), (set(), "Yang boleh: tidak ada.")):
        with pytest.raises(NotAllowed) as refused:
            check_loan(typed, today, readers)
        assert refused.value.remedy == named
    check_loan({**typed, DUE: "2027-11-26"}, today, None)


def test_an_archivist_is_offered_what_one_may_do_to_a_record_and_no_act_of_a_list():
    acts = record_acts().of(usual_roles())

    mine, heads = ({act.key for act in acts.done_by({role})} for role in ("arsiparis", "kakanwil"))

    assert mine == {"tutup-map", "berkaskan", "tahan", "lepas-tahanan", "pinjamkan", "terima-kembali"}
    assert heads == {"tahan", "lepas-tahanan"}


def test_an_act_keeps_the_words_of_those_questions_that_were_answered(office, parts):
    number = ended(office)
    act_on(number, "berkaskan", {"boks": "12"}, by=ARCHIVIST, parts=parts)

    event = case_there(office, number).archived[-1].event

    assert (dict(event.values), set(event.labels)) == ({"boks": "12"}, {"boks"})
