"""Rules of letters in books and on pages that are a condition each: when one went, to whom, what its file proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from case_factory import CALENDAR, case_of, moved, received, recognised, tended, then
from fakes import MORNING, wib
from register_fakes import FakeLookups

from pipeline.access.identities import OFFICIALS
from pipeline.cases.events import Decided
from pipeline.cases.letter_life import Act, Letter
from pipeline.cases.line_values import NO_HOLDER
from pipeline.cases.store.sop_editions import editions
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official
from pipeline.register.case_view import answers_readable
from pipeline.register.complainant_status import _of_letters, folded_code, standing
from pipeline.register.desk_groups import grouped
from pipeline.register.due import TimeLeft, falling_due, time_left, waiting_for
from pipeline.register.letter_lists import SHOWN_DAYS, dispatches, filed_as_signed, proposed_to
from pipeline.register.letter_rows import LetterRow, _row
from pipeline.register.resembling import resembling
from pipeline.register.row import Row, row_of

SOP = editions()[-1]
TO_AGENCY, TO_COMPLAINANT, ASKING = "06-surat-rekomendasi", "06-pemberitahuan-pelapor", "04-permintaan-kelengkapan"
CORRECTION = "06-ralat"
ROW = row_of(tended(case_of(), SOP), SOP, CALENDAR)
OFFICE = Office("Kantor Rekaan", "Bengkulu", Letterhead((), "", "", ""), (), "")


def act(kind: str, **answers) -> Act:
    return Act(kind, MORNING, "tim-yankomas", answers.pop("holder", "Ani"), "ani", 1, answers)


def letter(template: str = TO_AGENCY, **values) -> Letter:
    return Letter(template, 1, 1, MORNING, MORNING, **values)


def file(template: str = TO_AGENCY, *, minutes: int = 0, disputed: bool = False) -> SimpleNamespace:
    at = MORNING + timedelta(minutes=minutes)
    return SimpleNamespace(
        template=template, at=at, words=f"tinta {minutes}", delivered_by="pemindai", disputed=disputed
    )


def made_at(minutes: int, **values) -> SimpleNamespace:
    usual = {"values": {}, "sheets": (), "done": lambda _: ()}
    return SimpleNamespace(at=MORNING + timedelta(minutes=minutes), decision=SimpleNamespace(**{**usual, **values}))


def told(one: Letter, *files: SimpleNamespace, agency: str = "", corrects: tuple[str, ...] = (), **fields) -> LetterRow:
    """The row of a letter; ``corrects`` are the letters that it, and others of its template after it, correct."""
    made = [made_at(0, values={"tujuan_surat": agency})] if agency else []
    made += [made_at(n, sheets=(one.template,), done=lambda _, t=t: (t,)) for n, t in enumerate(corrects)]
    case = SimpleNamespace(
        signatures=files, fields={}, made=[*made, made_at(9)], received=SimpleNamespace(register_number="0007")
    )
    return _row(one, case, SOP, 0, fields)


def test_the_file_of_a_letter_is_the_last_that_was_filed_since_it_was_drafted():
    row = told(letter(), file(minutes=-1), file(), file(minutes=5, disputed=True), file(TO_COMPLAINANT, minutes=9))
    none = told(letter(), file(minutes=-1), file(TO_COMPLAINANT))

    assert (row.filed, row.filed_by, row.disputed) == ("tinta 5", "pemindai", True)
    assert (none.filed, none.filed_at, none.filed_by, none.disputed) == ("", None, "", False)
    assert told(letter(), file()).filed == "tinta 0"
    assert told(letter(), file()).disputed is False


def test_a_letter_went_on_the_day_that_was_typed_or_else_noted_by_who_held_the_post_or_else_the_account():
    typed = told(letter(sent=act("kirim", tanggal_kirim="2026-11-20", cara_kirim="Pos", lampiran="1 berkas")))
    noted = told(letter(sent=act("kirim", holder="")))
    waits = told(letter())

    assert (typed.sent_on, typed.means, typed.sent_by, typed.enclosed) == ("2026-11-20", "Pos", "Ani", "1 berkas")
    assert (noted.sent_on, noted.means, noted.sent_by, noted.enclosed) == (MORNING.date().isoformat(), "", "ani", "")
    assert (waits.sent_on, waits.sent_by) == (None, "")


def test_who_received_a_letter_is_told_but_for_a_complainant():
    typed = told(letter(received=act("terima", tanggal_terima="2026-11-21", penerima="Budi Rekaan")))
    noted = told(letter(received=act("terima")))
    own = told(letter(TO_COMPLAINANT, received=act("terima", penerima="Siti Rekaan")))

    assert (typed.received_on, typed.received_by) == ("2026-11-21", "Budi Rekaan")
    assert (noted.received_on, noted.received_by) == (MORNING.date().isoformat(), "")
    assert own.received_by == "pelapor atau wakilnya"


def test_a_book_that_lies_open_names_no_witness_and_leaves_an_official_their_name():
    went = act("kirim", lampiran="Surat tugas Sri Sukarsih dan KTP Ujang Sukarsih")
    came = act("terima", penerima="Ujang Sukarsih")
    people = {"saksi": ["Ujang bin Sukarsih"], OFFICIALS: ["Sri Sukarsih, S.H."]}

    row = told(letter(sent=went, received=came), agency="Camat Contoh melalui Ujang Sukarsih", **people)

    assert (row.enclosed, row.received_by) == ("Surat tugas Sri Sukarsih dan KTP saksi", "Saksi")
    assert row.recipient == "Camat Contoh melalui saksi"
    half = told(letter(sent=act("kirim", lampiran="Surat kuasa Joko Sukarsih")), **people)
    assert half.enclosed == "Surat kuasa (nama pada kami)"


def test_a_letter_goes_to_the_agency_that_was_named_where_it_goes_to_one():
    assert told(letter(), agency="Dinas Contoh").recipient == "Dinas Contoh"
    assert told(letter()).recipient == SOP.sheet(TO_AGENCY).recipient
    assert told(letter(TO_COMPLAINANT), agency="Dinas Contoh").recipient == "Pelapor pada register nomor 0007"
    inside = next(
        sheet.template for sheet in SOP.letters if sheet.recipient not in ("instansi", "") and not sheet.to_complainant
    )
    assert told(letter(inside), agency="Dinas Contoh").recipient == SOP.sheet(inside).recipient


def test_a_letter_that_corrects_another_goes_to_whom_that_went_and_no_complainant_is_told_with_it():
    received = act("terima", penerima="Siti Rekaan")
    both = [
        told(letter(CORRECTION, received=received), agency="Dinas Contoh", corrects=corrected)
        for corrected in ((TO_AGENCY, TO_COMPLAINANT), (TO_COMPLAINANT, TO_AGENCY))
    ]

    assert [row.recipient for row in both] == ["Dinas Contoh", "Pelapor pada register nomor 0007"]
    assert [row.received_by for row in both] == ["Siti Rekaan", "pelapor atau wakilnya"]


LISTED = replace(told(letter()), act="", state="dikirim")


def row(serial: int, *letters: LetterRow, **values) -> Row:
    return replace(ROW, number=f"2026/{serial:04d}", serial=serial, surat=letters, **values)


def filed(**values) -> LetterRow:
    usual = {"signers": ("kakanwil",), "filed_at": MORNING.isoformat(), "filed_by": "pemindai", "filed": "tinta"}
    return replace(LISTED, **{**usual, **values})


def test_what_was_filed_as_signed_is_told_for_a_fortnight_and_what_is_disputed_until_that_is_settled():
    old, edge = MORNING - timedelta(days=SHOWN_DAYS, seconds=1), MORNING - timedelta(days=SHOWN_DAYS)
    rows = [
        row(1, filed(filed_at=edge.isoformat())),
        row(2, filed(filed_at=old.isoformat())),
        row(3, filed(filed_at=old.isoformat(), disputed=True)),
        row(4, filed(signers=("kadiv",))),
        row(5, filed(filed_at=None)),
        row(6, filed(filed_by="budi")),
        row(7, filed(filed="tinta pada tempat tanda tangan Eko Rekaan")),
        row(8, filed()),
    ]
    others = (Official("kadiv", "Kadiv", "Eko Rekaan"), Official("kakanwil", "Kakanwil", ""))

    found = filed_as_signed(["kakanwil"], "budi", rows, MORNING, replace(OFFICE, officials=others))

    assert [one.case.serial for one in found] == [7, 8, 1, 3]


def test_the_dispatch_book_calls_news_a_case_only_where_nobody_complained():
    sent = replace(LISTED, sent_on="2026-12-01", number="W.8-1")
    news = {"cara_penyampaian": "berita", "register_number": "0001/YANKOMAS/2026"}
    rows = [
        row(1, sent, **news, pelapor=(), lembaga_pelapor=None),
        row(2, sent, **news, pelapor=("Siti",), lembaga_pelapor=None),
        row(3, sent, **news, pelapor=(), lembaga_pelapor="LBH"),
    ]

    subjects = [one.subject for one in dispatches(rows, MORNING.date(), MORNING.date() + timedelta(days=30))]

    assert ["perkara" in subject for subject in subjects] == [True, False, False]


def test_what_waits_next_behind_a_case_goes_round():
    waits = {"awaits": ("kabid",), "gate": "", "due_at": None}
    found = waiting_for(["kabid"], [row(n, **waits) for n in (1, 2, 3)], MORNING, CALENDAR)

    assert [found.after(f"2026/000{n}")[0].serial for n in (1, 2, 3, 9)] == [2, 3, 1, 1]
    assert waiting_for(["kabid"], [row(1, **waits)], MORNING, CALENDAR).after("2026/0001") is None
    assert proposed_to(["kabid"], [row(1)], MORNING.date()) == []


def test_what_falls_due_has_a_day_and_runs():
    due = MORNING.isoformat()
    rows = [row(1, due_at=due), row(2, due_at=None), row(3, due_at=due, final=True)]

    assert [one.number for one in falling_due(rows, MORNING, CALENDAR, OFFICE, 0)] == ["2026/0001"]


def test_a_code_may_be_spaced_out_to_so_many_signs_and_no_further():
    code = "ABCD-EFGH-JKMN"

    assert folded_code(code + " " * (64 - len(code))) == folded_code(code)
    assert folded_code(code + " " * (65 - len(code))) is None


def walked(case, *moves: str | tuple[str, str]):
    """The case after these moves, each by a role if it is told, and all that the machine owes after each."""
    for step in moves:
        key, role = (step, "") if isinstance(step, str) else step
        typed = {"naskah": ASKING} if key.endswith("-naskah") else {}
        case = tended(moved(case, SOP, key, role, **typed), SOP)
    return case


@pytest.fixture(scope="module")
def looked_at():
    """A case that waits for its review."""
    return walked(tended(case_of(), SOP), "konfirmasi", "sampaikan", "disposisi", "disposisi", "disposisi")


def test_a_complainant_is_told_of_the_letters_to_them_that_went_and_that_are_still_prepared(looked_at):
    asked = walked(looked_at, "minta-kelengkapan")
    sent = walked(
        asked, *(("paraf-naskah", role) for role in ("kabid", "kadiv")), "nomori-naskah", "tandatangani-naskah"
    )
    sent = walked(sent, "kirim-naskah")

    said = [" ".join(_of_letters(case, SOP)) for case in (looked_at, walked(looked_at, "telaah"), asked, sent)]

    assert said == [
        "",
        "",
        "Surat kami kepada Saudara masih disiapkan; belum dikirim.",
        "Surat kami kepada Saudara dikirim pada 2 Desember 2026.",
    ]
    assert standing(asked, SOP).words == standing(looked_at, SOP).words, "no news before it was sent"
    assert standing(sent, SOP).words != standing(looked_at, SOP).words


class Like(FakeLookups):
    """Look-ups that know other cases, or nothing until they were refreshed."""

    def __init__(self, *answers) -> None:
        super().__init__()
        self._answers = [*answers]

    def resembling(self, _signed: str):
        return self._answers.pop(0)


def test_cases_like_one_are_asked_for_where_it_was_read_and_anew_where_nothing_is_known():
    read = recognised({"perihal": {"nilai": "Tanah"}}, signature="0a" * 32)
    case, other = (tended(case_of(read, first=received(serial=n)), SOP) for n in (7, 9))
    refreshed: list[int] = []

    def found(one, *answers) -> list[str]:
        refresh = lambda: refreshed.append(1)  # noqa: E731
        return [like.number for like in resembling(one, Like(*answers), refresh, lambda _: other, lambda _: SOP)]

    assert found(case, [(other.number, 0.9)]) == ["2026/0009"]
    assert refreshed == []
    assert found(case, None, [(other.number, 0.9)]) == ["2026/0009"]
    assert found(case, None, None) == []
    assert refreshed == [1, 1]
    assert found(tended(case_of(), SOP)) == []
    assert found(case_of(read, first=received(series="SM"))) == []


def test_a_row_tells_who_is_waited_for_where_that_is_not_what_its_state_says_and_if_it_ended_late():
    assert ROW.gate == ""
    service = row_of(case_of(first=received(series="SM")), SOP, CALENDAR)
    assert service.staff == tuple(lane.role for lane in SOP.lanes if not lane.outside)
    assert ROW.staff == ()
    assert not Row.from_json(ROW.as_json()).closed
    assert not ROW.in_work
    assert not ROW.needs_person
    assert row_of(case_of(), SOP, CALENDAR).in_work


def test_rights_that_were_read_by_number_or_chosen_are_in_the_row():
    chosen = then(
        tended(case_of(), SOP),
        Decided("konfirmasi", SOP.first, SOP.first, NO_HOLDER, "x", {}, {"hak": ["hidup"]}, (), {}, ()),
    )

    assert row_of(chosen, SOP, CALENDAR).hak == ("hidup",)
    assert datetime.fromisoformat(ROW.received_at) == MORNING


def test_a_case_without_a_day_is_neither_late_nor_near_and_days_ahead_are_working_days():
    friday, tuesday = wib("2026-11-27T10:00"), wib("2026-12-01T09:00")
    every_day = replace(CALENDAR, calendar_days=True)

    assert time_left(row(1, due_at=None), friday, CALENDAR) == TimeLeft(late=False, near=False, remaining="")
    found = falling_due([row(1, due_at=tuesday.isoformat())], friday, every_day, OFFICE, 2)
    assert [one.number for one in found] == ["2026/0001"]


def test_answers_of_another_service_are_told_line_by_line():
    told_of = answers_readable({"hal": "Undangan"}, {"hal": "Hal", "ruang": "Ruang"})

    assert [line.split() for line in told_of.splitlines()] == [["Hal", "Undangan"], ["Ruang", "-"]]


def test_cases_of_a_service_that_wait_for_no_act_stand_with_the_others_under_no_name_of_its_own():
    rapat = replace(SOP, service="rapat", title="Rapat")
    groups = grouped([replace(ROW, state_key="tak-dikenal")], [rapat], ["tim-yankomas"])

    assert [(group.move, group.title.endswith("Rapat"), "." in group.key) for group in groups] == [("", False, False)]
