"""Which of what is proposed a clerk is shown, whose particular it is, and what an office's own weights may claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from reading_pages import page_of

from pipeline.reading.choice import chosen, likely, up_to, weighed
from pipeline.reading.doubt import below_certain
from pipeline.reading.field_weights import AT_LEAST, FieldWeights, shipped_weights
from pipeline.reading.fields import Candidate, Field
from pipeline.reading.find_complaints import evidence_of
from pipeline.reading.identity import empty
from pipeline.reading.ports import Marked
from pipeline.reading.proposal import Evidence, Proposal
from pipeline.reading.sheet import Sheet

TODAY = date(2026, 3, 2)
#: What rules and tagger say counts, and nothing else: half as likely as not is just enough to be shown.
HEAVY = {"always": -5.0, "rule": 10.0, "mark": 10.0, AT_LEAST: 0.5}


def evidence(text: str, *marks: tuple[str, str, float], **fields: object) -> Evidence:
    """What is known of a letter in which these words are marked, each under its label and as sure as that."""
    sheet = Sheet((page_of(text),))
    places = [(label, sheet.flow.index(words), words, sure) for label, words, sure in marks]
    marked = [Marked(label, at, at + len(words), sure, "identitas") for label, at, words, sure in places]
    blank = evidence_of((), TODAY, None)
    return replace(blank, sheet=sheet, marks=marked, fields={**blank.fields, **fields})


def read(known: Evidence, today: date = TODAY, own: frozenset[str] = frozenset(), doubtful: str = ""):
    by_label = dict.fromkeys(shipped_weights().by_label, HEAVY)
    return chosen(known, today, FieldWeights(by_label, own, frozenset({doubtful})))


def said(words: str, sure: float, *, rule: float = 0.0, mark: Marked | None = None) -> Proposal:
    return Proposal(Candidate(words, words, 1, None, sure, "uji"), rule=rule, mark=mark)


def by_rules(known: Evidence, words: str, sure: float = 0.9, nilai: object = None) -> Field:
    """A field of the letter as the rules have found it."""
    start = known.sheet.flow.index(words)
    return Field((known.sheet.candidate(start, start + len(words), sure, "uji", nilai),))


def everybody(fields) -> list[dict[str, object]]:
    return [{key: field.best.nilai for key, field in person.items() if field} for person in fields["pelapor"]]


def test_the_likeliest_is_shown_from_just_the_bound_on_and_beside_it_what_is_possible():
    surer = read(
        evidence(
            "07/A/2025 18/BCD/2025 29/EFG/2025",
            ("nomor", "07/A/2025", 0.9),
            ("nomor", "18/BCD/2025", 0.5),
            ("nomor", "29/EFG/2025", 0.2),
        )
    )
    just, less = (read(evidence("07/A/2025", ("nomor", "07/A/2025", sure))) for sure in (0.5, 0.49))

    assert [one.nilai for one in surer["nomor_surat"].candidates] == ["07/A/2025", "18/BCD/2025"]
    assert just["nomor_surat"].best.nilai == "07/A/2025"
    assert less["nomor_surat"] is None


def test_of_what_holds_another_the_likelier_is_kept_and_nothing_that_is_likelier_wrong():
    ranked = [
        said("jalan dibuka", 0.9),
        said("Jalan", 0.8),
        said("jalan dibuka kembali", 0.7),
        said("pagar", 0.5),
        said("parit", 0.49),
    ]

    assert [one.nilai for one in likely(ranked, 0.5)] == ["jalan dibuka", "pagar"]


def test_only_what_rules_and_tagger_both_say_is_called_written_as_in_sample_letters():
    mark = Marked("perihal", 0, 5, 0.5, "rujukan")
    proposed = [said("a", 1.0, rule=0.9), said("b", 1.0, mark=mark), said("c", 1.0, rule=0.9, mark=mark)]

    told = {one.nilai: one.candidate.reason for one in weighed(HEAVY, proposed)}

    assert told == {"a": "uji", "b": "uji", "c": "uji; tertulis seperti pada surat-surat contoh"}


def test_a_day_is_marked_up_to_today_and_a_number_whatever_day_stands_in_it():
    known = evidence(
        "2 Maret 2026 3 Maret 2026",
        ("tanggal", "2 Maret 2026", 0.9),
        ("tanggal", "3 Maret 2026", 0.9),
        ("alamat", "3 Maret 2026", 0.9),
    )

    assert [(mark.label, mark.start) for mark in up_to(known, TODAY).marks] == [("tanggal", 0), ("alamat", 13)]


def test_what_an_offices_own_weights_say_is_certain_only_where_its_cases_prove_it():
    known = evidence("Rekaan, 2 Maret 2026", ("tanggal", "2 Maret 2026", 1.0))

    shipped, proved, unproved = (
        read(known, own=own, doubtful=doubtful)["tanggal_surat"].best
        for own, doubtful in ((frozenset(), ""), (frozenset({"tanggal"}), ""), (frozenset({"tanggal"}), "tanggal"))
    )

    assert shipped.confidence == proved.confidence > 0.99
    assert unproved.confidence == below_certain("tanggal_surat")
    assert [one.reason.endswith("surat-surat kantor ini") for one in (shipped, proved, unproved)] == [False, True, True]


def test_what_is_enclosed_is_one_field_as_sure_as_its_least_sure_part():
    both = read(evidence("KTP saya Foto jalan", ("lampiran", "KTP saya", 0.9), ("lampiran", "Foto jalan", 0.6)))
    none = read(evidence("KTP saya", ("lampiran", "KTP saya", 0.1)))

    assert both["lampiran"].best.nilai == "KTP saya; Foto jalan"
    assert both["lampiran"].best.confidence == pytest.approx(0.731, abs=0.001)
    assert none["lampiran"] is None


def test_nobody_acts_for_the_complainant_whose_name_is_not_likely():
    words = "Budi Rekaan dari Kantor Hukum Misalan"
    named = read(evidence(words, ("kuasa", "Budi Rekaan", 0.9), ("kuasa_lembaga", "Kantor Hukum Misalan", 0.9)))
    house = read(evidence(words, ("kuasa", "Budi Rekaan", 0.1), ("kuasa_lembaga", "Kantor Hukum Misalan", 0.9)))

    assert [one.best.nilai for one in named["kuasa"]["nama"]] == ["Budi Rekaan"]
    assert named["kuasa"]["lembaga"].best.nilai == "Kantor Hukum Misalan"
    assert house["kuasa"] is None


def test_where_no_name_is_likely_the_rules_first_is_shown_and_else_only_what_is_likely():
    known = evidence("Budi Rekaan Ani Umpama Siti Misalan", ("nama", "Siti Misalan", 0.9))
    unsure = [{**empty(), "nama": by_rules(known, name, 0.2)} for name in ("Budi Rekaan", "Ani Umpama")]

    assert everybody(read(replace(known, marks=[], fields={**known.fields, "pelapor": unsure}))) == [
        {"nama": "Budi Rekaan"}
    ]
    assert everybody(read(replace(known, fields={**known.fields, "pelapor": unsure}))) == [{"nama": "Siti Misalan"}]


@pytest.mark.parametrize("ages", [("41 tahun", "52 tahun"), ("52 tahun", "41 tahun")])
def test_a_particular_is_whose_the_rules_say_it_is_however_near_another_name_stands(ages):
    known = evidence("Budi Rekaan\nAni Umpama\n41 tahun\n52 tahun")
    people = [
        {**empty(), "nama": by_rules(known, name), "umur": by_rules(known, age, nilai=int(age[:2]))}
        for name, age in zip(("Budi Rekaan", "Ani Umpama"), ages, strict=True)
    ]

    assert everybody(read(replace(known, fields={**known.fields, "pelapor": people}))) == [
        {"nama": "Budi Rekaan", "umur": int(ages[0][:2])},
        {"nama": "Ani Umpama", "umur": int(ages[1][:2])},
    ]


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("Budi Rekaan\nAni Umpama\n41 tahun", [None, 41]),  # the name next above
        ("Budi Rekaan\nAni Umpama 41 tahun", [None, 41]),  # or in its row
        ("41 tahun\nBudi Rekaan\nAni Umpama", [41, None]),  # none above: the first
        ("Budi Rekaan\nAni Umpama\n41 tahun\n52 tahun", [52, 41]),  # who has one gets no other
        ("Budi Rekaan 41 tahun\nAni Umpama\n52 tahun\n63 tahun", [41, 52]),  # and when all have one, nobody
    ],
)
def test_what_only_the_tagger_has_seen_is_the_particular_of_the_last_name_above_that_has_none(text, ages):
    words = [part for part in ("Budi Rekaan", "Ani Umpama", "41 tahun", "52 tahun", "63 tahun") if part in text]
    known = evidence(text, *(("umur" if "tahun" in part else "nama", part, 0.9) for part in words))

    assert [person.get("umur") for person in everybody(read(known))] == ages


def test_place_and_day_of_a_birth_are_one_and_each_is_given_once():
    marked = read(
        evidence(
            "Budi Rekaan\nManna, 12 Maret 1979\nKaur",
            ("nama", "Budi Rekaan", 0.9),
            ("tempat_lahir", "Manna", 0.9),
            ("tempat_lahir", "Kaur", 0.8),
            ("tanggal_lahir", "12 Maret 1979", 0.9),
        )
    )
    known = evidence("Budi Rekaan\nManna, 12 Maret 1979")
    born = by_rules(known, "Manna, 12 Maret 1979", nilai={"tempat": "Manna", "tanggal": "1979-03-12"})
    person = {**empty(), "nama": by_rules(known, "Budi Rekaan"), "ttl": born}
    ruled = read(replace(known, fields={**known.fields, "pelapor": [person]}))

    for (one,) in (marked["pelapor"], ruled["pelapor"]):
        assert one["ttl"].best.nilai == {"tempat": "Manna", "tanggal": "1979-03-12"}
        assert one["ttl"].best.teks == "Manna, 12 Maret 1979"


def test_a_day_of_birth_alone_is_the_whole_of_what_is_known_of_a_birth():
    known = evidence(
        "Budi Rekaan\n12 Maret 1979", ("nama", "Budi Rekaan", 0.9), ("tanggal_lahir", "12 Maret 1979", 0.9)
    )

    assert everybody(read(known))[0]["ttl"] == {"tempat": None, "tanggal": "1979-03-12"}
