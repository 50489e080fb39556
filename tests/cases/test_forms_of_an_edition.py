"""What forms show of an edition, what answers to them change, and how that is told: one answer or row is another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.cases.sop import Sop
from pipeline.cases.sop_differences import differences, role_words
from pipeline.cases.sop_form import EditField, groups_of
from pipeline.cases.sop_form_answers import read_part
from pipeline.cases.sop_rows import FormField, Gate
from pipeline.cases.sop_words import ANY, SEND, SIGN
from pipeline.cases.store.sop_editions import editions
from pipeline.errors import Incomplete
from pipeline.office.worktime import Limit

SOP = editions()[-1]
LETTER = next(n for n, sheet in enumerate(SOP.sheets) if len(sheet.signers) == 1 and not sheet.initials)
OFFERING = next(n for n, move in enumerate(SOP.moves) if any(field.phrases for field in move.form))
PLACE = next(n for n, field in enumerate(SOP.moves[OFFERING].form) if field.phrases)
#: Changed in the files alone: no form has it, and no words of its own tell it.
IN_FILES = "diubah; bandingkan berkasnya"


def with_row(rows: str, at: int, **values: object) -> Sop:
    """The edition with one row that is another."""
    there = getattr(SOP, rows)
    return replace(SOP, **{rows: (*there[:at], replace(there[at], **values), *there[at + 1 :])})


def fields_of(part: str, sop: Sop = SOP) -> dict[str, EditField]:
    """The fields of a part's form, by their names."""
    return {field.name: field for group in groups_of(part, sop) for field in group.fields}


def changes(part: str, sop: Sop = SOP, **answers: str | list[str]) -> dict[tuple, object]:
    """What a part's form changes when these answers are others: values by the keys within their row."""
    sent = {name: list(field.values) for name, field in fields_of(part, sop).items()}
    assert answers.keys() <= sent.keys()
    sent |= {name: [value] if isinstance(value, str) else value for name, value in answers.items()}
    return {change.path: change.value for change in read_part(part, sop, sent)}


def told(before: Sop, after: Sop) -> list[tuple[str, bool]]:
    """What differs in words, without its part, and whether it gives or takes power."""
    return [(one.words.partition(": ")[2], one.power) for one in differences(before, after)]


def test_rights_are_chosen_for_lanes_of_yankomas_that_are_not_the_programs_own():
    inside = next(n for n, lane in enumerate(SOP.lanes) if not lane.outside)
    program = with_row("lanes", inside, role="arsiparis")

    assert f"lajur.{inside}.hak" in fields_of("lajur")
    assert f"lajur.{inside}.hak" not in fields_of("lajur", program)
    assert not [name for name in fields_of("lajur", replace(SOP, service="rapat")) if name.endswith(".hak")]


def test_above_a_role_is_another_one_within_the_office():
    inside = [lane.role for lane in SOP.lanes if not lane.outside]

    for number, lane in enumerate(SOP.lanes):
        if not lane.outside:
            options = [role for role, _ in fields_of("lajur")[f"lajur.{number}.atasan"].options]
            assert options == [role for role in inside if role != lane.role]


def test_the_hands_of_a_letter_are_counted_and_one_more_can_be_chosen():
    labels = [field.label for name, field in fields_of("surat").items() if name.startswith(f"naskah.{LETTER}.")]

    assert labels == ["Penyusun", "Paraf 1", "Penanda tangan 1", "Penanda tangan 2", "Atas nama"]


def test_nobody_is_waited_for_at_an_end():
    waiting = {name for name in fields_of("gerak") if name.endswith(".menunggu")}

    assert waiting == {f"keadaan.{n}.menunggu" for n, state in enumerate(SOP.states) if not state.final}


def test_each_move_stands_once_below_the_state_it_begins_in_or_below_them_all():
    nowhere = replace(SOP, moves=(*SOP.moves, replace(SOP.moves[0], start=())))
    keys = [state.key for state in SOP.states]
    begun = [move.start[0] if move.start and move.start[0] in keys else ANY for move in nowhere.moves]

    groups = groups_of("gerak", nowhere)
    below = {
        key: [int(field.name.split(".")[1]) for field in group.fields if field.name.startswith("gerak.")]
        for key, group in zip((*keys, ANY), groups, strict=True)
    }

    assert groups[-1].title == "Dari beberapa keadaan"
    assert below == {key: [n for n, start in enumerate(begun) if start == key] for key in (*keys, ANY)}
    assert all(below[key] for key in (SOP.first, ANY))


@pytest.mark.parametrize("count", ["0", "10000", "3a", "-1", "1.5", "²", "٣"])
def test_a_span_is_a_whole_number_of_at_most_four_digits(count):
    with pytest.raises(Incomplete):
        changes("langkah", **{"langkah.0.waktu": count})


def test_a_span_in_days_takes_the_minutes_away_and_the_other_way_round():
    def span(count: str, unit: str) -> dict[tuple, object]:
        return changes("langkah", **{"langkah.0.waktu": count, "langkah.0.waktu_satuan": unit})

    assert span("9999", "hari") == {("hari",): 9999, ("menit",): None, ("waktu",): "9999 hari"}
    assert span("30", "menit") == {("hari",): None, ("menit",): 30, ("waktu",): "30 menit"}


def test_a_reminder_is_set_in_its_unit_and_taken_away_by_nothing():
    reminding = with_row("steps", 0, remind=Limit(days=1), escalate=None)
    hours = {"langkah.0.naik": "45", "langkah.0.naik_satuan": "menit"}

    assert changes("langkah", reminding, **{"langkah.0.ingatkan": ""}) == {("ingatkan",): None}
    assert changes("langkah", reminding, **{"langkah.0.ingatkan": "2"}) == {("ingatkan",): {"hari": 2}}
    assert changes("langkah", reminding, **hours) == {("naik",): {"menit": 45}}


def test_who_is_above_a_role_is_changed_or_taken_away():
    number = next(n for n, lane in enumerate(SOP.lanes) if lane.above)
    role = SOP.lanes[number].role
    other = next(one.role for one in SOP.lanes if not one.outside and one.role not in (role, SOP.lanes[number].above))

    assert changes("lajur", **{f"lajur.{number}.atasan": other}) == {("atasan",): other}
    assert changes("lajur", **{f"lajur.{number}.atasan": ""}) == {("atasan",): None}


def test_who_drafts_and_signs_a_letter_is_one_or_more_and_on_behalf_is_only_said_where_nobody_may():
    base, sheet = f"naskah.{LETTER}", replace(SOP.sheets[LETTER], drafters=("kabid",), on_behalf=True)
    signer = "kadiv" if sheet.signers == ("kakanwil",) else "kakanwil"
    drafted = with_row("sheets", LETTER, drafters=("kabid",), on_behalf=True)
    alone = with_row("sheets", LETTER, drafters=("kabid",), on_behalf=False)

    assert changes("surat", drafted, **{f"{base}.penyusun": "kadiv"}) == {("penyusun",): ["kadiv"]}
    assert changes("surat", drafted, **{f"{base}.penyusun": []}) == {("penyusun",): None}
    assert changes("surat", drafted, **{f"{base}.penanda_tangan0": signer}) == {("penanda_tangan",): signer}
    both = {("penanda_tangan",): [*sheet.signers, signer]}
    assert changes("surat", drafted, **{f"{base}.penanda_tangan1": signer}) == both
    assert changes("surat", drafted, **{f"{base}.atas_nama": []}) == {("atas_nama",): False}
    assert changes("surat", alone, **{f"{base}.atas_nama": "ya"}) == {("atas_nama",): None}


def test_forty_phrases_of_two_hundred_letters_are_offered_and_no_more():
    name, key = f"gerak.{OFFERING}.frasa{PLACE}", ("isian", PLACE, "frasa")
    many = [f"Kalimat {n}" for n in range(40)]

    assert changes("kalimat", **{name: many}) == {key: many}
    assert changes("kalimat", **{name: "a" * 200}) == {key: ["a" * 200]}
    for more in ([*many, "Satu lagi"], ["a" * 201]):
        with pytest.raises(Incomplete):
            changes("kalimat", **{name: more})


def test_phrases_are_told_as_they_were_and_become_and_give_no_power():
    move = SOP.moves[OFFERING]
    before, bare = (
        with_row("moves", OFFERING, form=(FormField("sebab", "Sebab", phrases=phrases), FormField("isi", "Isi")))
        for phrases in (("Satu", "Dua"), ())
    )

    ((words, power),) = told(before, bare)
    assert (words, power) == ("kalimat yang ditawarkan: Satu · Dua menjadi –", False)
    ((words, power),) = told(bare, before)
    assert (words, power) == ("kalimat yang ditawarkan: – menjadi Satu · Dua", False)
    gone = with_row("moves", OFFERING, form=(FormField("isi", "Isi"),))
    assert [one.what for one in differences(before, gone)] == [f"{move.label}: isian"]


def test_what_has_no_words_of_its_own_is_told_as_it_was_and_becomes_or_that_it_is_changed():
    noted = with_row("steps", 0, note="Lama", equipment="")
    one, other = (with_row("states", 0, gate=gate) for gate in (Gate(SOP.letters[0].template, SEND), None))

    assert told(noted, with_row("steps", 0, note="Baru", equipment="")) == [("keterangan: Lama menjadi Baru", False)]
    assert told(noted, with_row("steps", 0, note="Lama", equipment="Map")) == [("perlengkapan: – menjadi Map", False)]
    assert told(one, other) == [(f"menunggu surat: {IN_FILES} menjadi {IN_FILES}", True)]
    acts = [with_row("moves", OFFERING, sheets=sheets) for sheets in ((), (SOP.letters[0].template,))]
    ((words, power),) = told(*acts)
    assert words.startswith("naskah yang dikonsep: – menjadi ")
    assert power
    ((words, power),) = told(with_row("moves", OFFERING, act=SIGN), with_row("moves", OFFERING, act=SEND))
    assert (words, power) == (f"tindakan: {SIGN} menjadi {SEND}", True)


def test_who_is_named_where_nobody_was_is_no_row_that_is_added():
    number = next(n for n, lane in enumerate(SOP.lanes) if lane.above)
    above = SOP.lanes[number].above

    assert told(with_row("lanes", number, above=""), SOP) == [(f"– menjadi {role_words(above, SOP)}", False)]
