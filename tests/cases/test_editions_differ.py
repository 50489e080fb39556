"""What is said to differ between two editions: names, limits and who may what, each in its words and once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.cases.sop import Sop
from pipeline.cases.sop_differences import differences, span_words
from pipeline.cases.sop_form import PARTS, groups_of
from pipeline.cases.sop_form_answers import read_part
from pipeline.cases.sop_rows import FormField
from pipeline.cases.store.sop_editions import editions
from pipeline.office.worktime import Limit

SOP = editions()[-1]


def changed(rows: str, at: int = 0, **values) -> list[tuple[str, bool]]:
    """What differs in words, and whether it gives or takes power, once one row of the edition is another."""
    there = getattr(SOP, rows)
    other = replace(SOP, **{rows: (*there[:at], replace(there[at], **values), *there[at + 1 :])})
    return [(one.words, one.power) for one in differences(SOP, other)]


def test_only_what_differs_is_said_and_whether_it_gives_power():
    lane, step = SOP.lanes[1], SOP.steps[0]
    outside = next(n for n, sheet in enumerate(SOP.sheets) if sheet.signers)
    sheet, pair = SOP.sheets[outside], SOP.pairs[0]

    assert differences(SOP, SOP) == ()
    ((named, power),) = changed("lanes", 1, name="Jabatan baru")
    assert (named.endswith(f"{lane.name} menjadi Jabatan baru"), power) == (True, False)
    ((limited, power),) = changed("steps", 0, limit=Limit(days=3))
    assert (f"langkah 1, {step.activity}" in limited, limited.endswith("menjadi 3 hari"), power) == (True, True, False)
    ((behalf, power),) = changed("sheets", outside, on_behalf=not sheet.on_behalf)
    assert ("a.n." in behalf, power) == (True, True)
    ((paired, power),) = changed("pairs", 0, letters=("06-surat-rekomendasi",))
    assert (pair.label in paired, paired.endswith("Surat rekomendasi"), power) == (True, True, True)


def test_a_span_is_told_in_its_units_and_none_as_never():
    spans = (None, Limit(), Limit(minutes=15), Limit(minutes=120), Limit(days=2), Limit(days=1, minutes=90))

    words = [span_words(span) for span in spans]
    assert words == ["tidak", "tidak", "15 menit", "2 jam", "2 hari", "1 hari 90 menit"]


def test_the_head_is_above_others_and_below_nobody_and_of_an_edition_that_tells_no_such_who_signs_most():
    flat: Sop = replace(SOP, lanes=tuple(replace(lane, above="") for lane in SOP.lanes))

    assert SOP.head == "kakanwil"
    assert flat.head == max(("kakanwil", "kadiv", "kabid"), key=[r for s in SOP.sheets for r in s.signers].count)


def test_of_another_service_is_known_what_its_register_asks_and_of_yankomas_all():
    fields = {"ruang": "Melati", "uraian": "x"}
    rooms = replace(SOP, service="rapat", register=(FormField("ruang", "Ruang", "isian"),))

    assert rooms.known(fields) == {"ruang": "Melati"}
    assert SOP.known(fields) == fields


def sent(part: str, **other: str | list[str]) -> dict[str, list[str]]:
    """What the form of a part says as it stands; ``other`` are answers that are another, by the fields' names."""
    said = {field.name: list(field.values) for group in groups_of(part, SOP) for field in group.fields}
    return said | {name: [value] if isinstance(value, str) else value for name, value in other.items()}


@pytest.mark.parametrize("part", PARTS)
def test_a_form_that_is_sent_as_it_stands_changes_nothing(part):
    assert read_part(part, SOP, sent(part)) == ()


def test_of_a_form_the_answers_alone_that_are_another_become_changes():
    letter = next(n for n, sheet in enumerate(SOP.sheets) if len(sheet.initials) > 1 and len(sheet.signers) == 1)
    patient = next(n for n, state in enumerate(SOP.states) if state.patience)
    offering, place = next((n, p) for n, move in enumerate(SOP.moves) for p, f in enumerate(move.form) if f.phrases)
    no_initials = {f"naskah.{letter}.paraf{place}": "" for place in range(len(SOP.sheets[letter].initials))}

    def change(part: str, **other: str | list[str]) -> tuple:
        (made,) = read_part(part, SOP, sent(part, **other))
        return made.table, made.position, made.path, made.value

    first = {f"naskah.{letter}.paraf0": SOP.sheets[letter].initials[1], f"naskah.{letter}.paraf1": ""}
    assert change("surat", **no_initials) == ("naskah", letter, ("paraf",), None)
    assert change("surat", **first) == ("naskah", letter, ("paraf",), [SOP.sheets[letter].initials[1]])
    assert change("gerak", **{f"keadaan.{patient}.batas_hari": "7"}) == ("keadaan", patient, ("batas_hari",), 7)
    said = {f"gerak.{offering}.frasa{place}": "Satu\nDua"}
    assert change("kalimat", **said) == ("gerak", offering, ("isian", place, "frasa"), ["Satu", "Dua"])


def test_a_form_names_roles_within_the_office_where_a_move_leads_and_what_must_be_said():
    moves = {field.label: field for group in groups_of("gerak", SOP) for field in group.fields}
    outside = {lane.role for lane in SOP.lanes if lane.outside}
    titles = [group.title for group in groups_of("kalimat", SOP)]

    letters = [field for group in groups_of("surat", SOP) for field in group.fields if field.kind == "pilihan"]
    assert outside
    assert all(outside.isdisjoint(role for role, _ in field.options) for field in letters)
    assert all(field.options for field in letters)
    assert any("menuju: " in field.hint for field in moves.values())
    assert all(field.required for field in moves.values() if field.name.startswith("gerak."))
    assert any("(" in title for title in titles)
    pairs = [field for group in groups_of("pasangan", SOP) for field in group.fields]
    assert [field.required for field in pairs if field.name.endswith(".naskah")]
    assert all(field.required for field in pairs if field.name.endswith(".naskah"))


def test_whatever_says_who_may_what_gives_power():
    patient = next(n for n, state in enumerate(SOP.states) if state.patience)
    inside = next(n for n, lane in enumerate(SOP.lanes) if not lane.outside and lane.rights)
    differing = [
        changed("lanes", inside, rights=()),
        changed("lanes", inside, outside=True),
        changed("states", patient, awaits=("kadiv",)),
        changed("states", patient, patience=3),
        changed("moves", 0, roles=("kadiv",)),
        changed("pairs", 0, first=replace(SOP.pairs[0].first, roles=("kadiv",))),
    ]
    fewer, turned = (replace(SOP, lanes=lanes) for lanes in (SOP.lanes[:-1], SOP.lanes[::-1]))
    wholes = [replace(SOP, **{rows: getattr(SOP, rows)[:-1]}) for rows in ("openings", "register")]
    others = [fewer, turned, replace(SOP, first="telaahan"), *wholes]

    assert all([power for _, power in found] == [True] for found in differing)
    for before, after in [(SOP, other) for other in others] + [(fewer, SOP)]:
        assert [one.power for one in differences(before, after)] == [True]
    assert [one.power for one in differences(SOP, replace(SOP, title="SOP lain"))] == [False]


def test_what_an_edition_cannot_be_without_must_be_answered():
    required = {
        field.name for part in PARTS for group in groups_of(part, SOP) for field in group.fields if field.required
    }
    patient = next(n for n, state in enumerate(SOP.states) if state.patience)

    assert {f"edisi.0.{name}" for name in ("nomor", "nama", "ditetapkan")} <= required
    assert {"langkah.0.waktu", "langkah.0.waktu_satuan", "lajur.0.nama"} <= required
    assert any(name.startswith("lajur.") and name.endswith(".hak") for name in required)
    assert f"keadaan.{patient}.batas_hari" in required
