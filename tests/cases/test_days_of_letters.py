"""Days that letters give and forms ask for: held against each other, against today, and on their last day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from case_factory import CALENDAR, case_of, document, drafted, then
from fakes import MORNING, wib
from test_letters_owed_to_complainants import RECOMMENDATION, SOP, drafted_recommendation, numbered
from test_rules_of_case_files import decided

from pipeline.cases.events import Returned
from pipeline.cases.letter_acts import check_days, check_waited
from pipeline.cases.letter_life import current_letters
from pipeline.cases.letter_subjects import subject
from pipeline.cases.own_editions import require_ahead
from pipeline.cases.sop_rows import FormField
from pipeline.cases.sop_words import REASON
from pipeline.errors import Incomplete, NotAllowed, TemplateFault

ASKED = "07-permintaan-tindak-lanjut"


def test_who_was_asked_until_a_day_is_not_reminded_before_it_is_over():
    asking = decided("catat-pemantauan", sheets=(ASKED,), values={"batas_jawaban": "2026-12-01"})
    reminder = next(move for move in SOP.moves if move.key == "tegur" and move.waited and move.waited.letter == ASKED)
    case = case_of(asking)

    with pytest.raises(NotAllowed, match="paling lambat 1 Desember 2026"):
        check_waited(reminder, case, SOP, CALENDAR, wib("2026-12-01T15:59"))
    check_waited(reminder, case, SOP, CALENDAR, wib("2026-12-02T07:30"))


@pytest.mark.parametrize(
    ("day", "why"),
    [("2026-11-25", ""), ("2026-11-24", "sudah lewat"), ("2026-11-28", "bukan hari kerja"), ("2026-11-30", "")],
)
def test_people_meet_today_or_later_on_a_working_day_unless_a_reason_is_given(day, why):
    move = replace(SOP.moves[0], form=(FormField("tanggal", "Tanggal", "tanggal", ahead=True),))

    def check(**values: str) -> None:
        check_days(move, case_of(), SOP, SimpleNamespace(values={"tanggal": day, **values}), CALENDAR, MORNING)

    check(**{REASON: "Diminta para pihak"})
    if not why:
        return check()
    with pytest.raises(Incomplete, match=why):
        check()


def test_a_day_is_not_before_another_answer_of_its_form_nor_before_the_complaint():
    question = FormField("selesai", "Selesai", "tanggal", not_before="mulai")
    move, values = replace(SOP.moves[0], form=(question,)), {"selesai": "2026-11-24", "mulai": "2026-11-25"}

    def check(form: FormField, values: dict[str, str]) -> None:
        check_days(replace(move, form=(form,)), case_of(), SOP, SimpleNamespace(values=values), CALENDAR, MORNING)

    with pytest.raises(Incomplete, match="mendahului tanggal sebelumnya, 25 November 2026"):
        check(question, values)
    check(question, {**values, "selesai": "2026-11-25"})
    with pytest.raises(Incomplete, match="mendahului tanggal terima pengaduan"):
        check(replace(question, not_before="perkara"), values)
    check(replace(question, not_before="perkara"), {"selesai": "2026-11-25"})


def test_a_letter_is_on_nobodys_desk_until_the_machine_has_printed_it():
    case = drafted_recommendation()

    assert current_letters(case, SOP)[RECOMMENDATION].turn
    anew = drafted(RECOMMENDATION, 2, trigger=case.drafts[RECOMMENDATION].trigger)
    assert current_letters(then(case, anew), SOP)[RECOMMENDATION].turn is None


def test_a_letter_that_came_back_signed_by_the_codes_on_its_pages_is_signed():
    case = numbered(drafted_recommendation())
    version = case.drafts[RECOMMENDATION].version
    scan = document(f"{RECOMMENDATION}-v{version}-bertanda-tangan.pdf", kind=RECOMMENDATION, version=version)

    back = then(case, Returned(RECOMMENDATION, version, (scan,)))

    assert current_letters(back, SOP)[RECOMMENDATION].signed.document == scan.name
    assert current_letters(case, SOP)[RECOMMENDATION].signed is None


def test_only_a_letter_that_leaves_the_office_has_a_subject():
    assert subject(ASKED, "7") == "Permintaan laporan tindak lanjut rekomendasi"
    for template, said in (("04-nota-telaahan", "04-nota-telaahan bukan"), ("", "Naskah kosong bukan")):
        with pytest.raises(TemplateFault, match=said):
            subject(template, "7")


def test_an_edition_begins_today_or_later_and_not_so_far_that_its_year_is_a_slip():
    today, last = MORNING.date(), date(2126, 12, 31)

    for day in (today, last):
        require_ahead(day, today)
    for day, said in ((today - timedelta(days=1), "sudah lewat"), (last + timedelta(days=1), "lebih dari 100 tahun")):
        with pytest.raises(NotAllowed, match=said):
            require_ahead(day, today)
