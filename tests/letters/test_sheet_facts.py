"""What a sheet may say of its case: how the complaint came, as people confirmed it or as it came in."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_factory import CALENDAR, case_of, document, moved, received, recognised, then
from fakes import MORNING
from kinds_of_case import facts_of_kind

from pipeline.cases.case import Case
from pipeline.cases.duties import TYPED
from pipeline.cases.store.sop_editions import editions
from pipeline.letters.sheets import specimen_facts
from pipeline.letters.sheets.sheet_facts import facts_of

SOP = editions()[0]


def channel(case: Case) -> str | None:
    return facts_of(case, SOP, CALENDAR, drafted_on=MORNING.date()).channel


def test_how_a_scanned_letter_came_is_not_known_until_somebody_has_confirmed_it():
    scanned = case_of(recognised())

    assert channel(scanned) is None
    assert channel(moved(scanned, SOP, "konfirmasi", cara_penyampaian="lisan")) == "lisan"


def test_a_case_that_was_opened_by_hand_came_as_it_was_opened_unless_somebody_knew_better():
    typed = case_of(first=received(media=TYPED, channel="lisan"))

    assert channel(typed) == "lisan"
    assert channel(moved(typed, SOP, "konfirmasi", cara_penyampaian="surat")) == "surat"


def test_every_letter_that_got_a_number_is_known_with_it_and_what_called_for_a_sheet():
    case = moved(case_of(recognised()), SOP, "konfirmasi")
    first, second = (
        replace(
            case.made[0].decision, sheets=("07-permintaan-tindak-lanjut",), numbers={"07-permintaan-tindak-lanjut": n}
        )
        for n in ("0016", "0018")
    )
    made = tuple(replace(case.made[0], decision=decision) for decision in (first, second))

    facts = facts_of(replace(case, made=made), SOP, CALENDAR, drafted_on=MORNING.date())

    assert [letter.number for letter in facts.letters_of("07-permintaan-tindak-lanjut")] == ["0016", "0018"]
    assert facts.composed("07-permintaan-tindak-lanjut", "konfirmasi") == facts.moves[-1]
    assert facts.composed("07-permintaan-tindak-lanjut", "koreksi") is None
    assert facts.composed("06-ralat", "konfirmasi") is None


def test_a_case_says_where_it_stands_and_who_has_it():
    facts = facts_of(moved(case_of(recognised()), SOP, "konfirmasi"), SOP, CALENDAR, drafted_on=MORNING.date())

    assert (facts.standing, facts.awaited, facts.ended_at) == ("menunggu penyampaian", ("tim-yankomas",), None)
    assert facts.lanes["kadiv"] == "Kadiv Yankum"


def test_a_case_that_ended_says_when():
    case = moved(case_of(recognised()), SOP, "batal", alasan="Iklan")

    facts = facts_of(case, SOP, CALENDAR, drafted_on=MORNING.date())

    assert facts.standing == "batal"
    assert facts.ended_at == case.made[-1].at


def test_a_move_says_which_files_came_with_it():
    case = moved(case_of(recognised()), SOP, "konfirmasi")
    withdrawn = moved(case, SOP, "cabut").made[-1].decision

    with_letter = then(case, replace(withdrawn, documents=(document("surat.pdf", kind="surat-pencabutan"),)))

    told = [facts_of(one, SOP, CALENDAR, drafted_on=MORNING.date()).moves[-1] for one in (case, with_letter)]
    assert [move.papers for move in told] == [(), ("surat-pencabutan",)]


def test_a_disposition_says_to_whom_it_went():
    case = moved(moved(moved(case_of(recognised()), SOP, "konfirmasi"), SOP, "sampaikan"), SOP, "disposisi")

    facts = facts_of(case, SOP, CALENDAR, drafted_on=MORNING.date())

    assert [(move.role, move.passed_to) for move in facts.moves[1:]] == [
        ("tim-yankomas", "kakanwil"),
        ("kakanwil", "kadiv"),
    ]
    assert facts.hops[:2] == (("tim-yankomas", "kakanwil"), ("kakanwil", "kadiv"))


@pytest.mark.parametrize(("sop", "series", "initials"), [(0, "", ()), (-1, "berita-acara", ())])
def test_a_sheet_will_get_a_number_only_where_the_edition_gives_it_a_series(sop, series, initials):
    facts = facts_of(
        case_of(recognised()), editions()[sop], CALENDAR, template="05-berita-acara", drafted_on=MORNING.date()
    )

    assert (facts.series, facts.initials) == (series, initials)


@pytest.mark.parametrize("sheet", editions()[-1].sheets, ids=lambda sheet: sheet.template)
def test_specimens_and_kinds_of_case_are_initialled_and_numbered_as_the_newest_edition_says(sheet):
    shown = [*specimen_facts(sheet.template).values(), facts_of_kind("surat", sheet.template)]

    assert {(facts.initials, facts.series) for facts in shown} == {(sheet.initials, sheet.series)}


@pytest.mark.parametrize("calendar_days", [True, False])
def test_the_days_to_answer_are_those_of_the_offices_calendar(calendar_days):
    counted = replace(CALENDAR, calendar_days=calendar_days)

    assert facts_of(case_of(), SOP, counted, drafted_on=MORNING.date()).working_days != calendar_days


def test_a_sheet_of_another_service_or_of_the_offices_own_is_made_by_its_edition():
    other = replace(SOP, service="rapat")

    def edition(sop, template):
        return facts_of(case_of(), sop, CALENDAR, template=template, drafted_on=MORNING.date()).edition

    assert edition(SOP, "01-tanda-terima") is None
    assert edition(other, "01-tanda-terima") == other
    assert edition(SOP, "05-kantor-undangan") == SOP
