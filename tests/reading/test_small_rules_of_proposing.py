"""What may stand in a field: what rules say, what was marked, its parts and its shape, each proposed once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from reading_pages import page_of

from pipeline.reading.fields import Candidate, Field
from pipeline.reading.find_complaints import evidence_of
from pipeline.reading.identity import empty
from pipeline.reading.ports import Marked
from pipeline.reading.proposal import Evidence, Proposal
from pipeline.reading.proposals import alike, proposals, telephone_number
from pipeline.reading.sheet import Sheet


def evidence(text: str, *marks: tuple[str, str, float, bool], until: date = date.max, **fields: object) -> Evidence:
    """What is known of a letter in which words are marked: under which label, how surely, whether as the likeliest."""
    sheet, found = Sheet((page_of(text),)), []
    for label, words, sure, likeliest in marks:
        start = sheet.text.index(words)
        found.append(Marked(label, start, start + len(words), sure, "cerita", likeliest))
    blank = evidence_of((), date.max, None)
    return replace(blank, sheet=sheet, marks=found, fields={**blank.fields, **fields}, until=until)


def ruled(*values: object, sure: float = 0.9) -> Field:
    return Field(tuple(Candidate(value, str(value), 1, None, sure, "aturan") for value in values))


def said(label: str, known: Evidence) -> list[str]:
    return [one.nilai for one in proposals(label, known)]


def only(label: str, known: Evidence) -> Proposal:
    (one,) = proposals(label, known)
    return one


def test_only_what_was_marked_under_a_label_is_proposed_under_it():
    known = evidence("Budi Rekaan dan guru", ("nama", "Budi Rekaan", 0.9, True), ("pekerjaan", "guru", 0.9, True))

    assert (said("nama", known), said("pekerjaan", known), said("umur", known)) == (["Budi Rekaan"], ["guru"], [])


def test_what_is_marked_twice_is_one_proposal_where_it_is_likeliest_and_surest():
    text = "guru lalu Guru lalu GURU lalu gurU lalu GuRu"
    marks = (
        ("pekerjaan", "guru", 0.9, False),
        ("pekerjaan", "Guru", 0.3, True),
        ("pekerjaan", "GURU", 0.5, True),
        ("pekerjaan", "gurU", 0.4, True),
        ("pekerjaan", "GuRu", 0.5, True),
    )

    one = only("pekerjaan", evidence(text, *marks))

    assert (one.nilai, one.often, one.mark.probability) == ("GURU", 4, 0.5)


def test_what_rules_and_tagger_say_is_one_proposal_as_the_rules_write_it():
    person = {**empty(), "pekerjaan": ruled("GURU")}

    one = only("pekerjaan", evidence("guru", ("pekerjaan", "guru", 0.8, True), pelapor=(person,)))

    assert (one.nilai, one.rule, one.first, one.owner, one.mark.probability) == ("GURU", 0.9, True, 0, 0.8)


def test_a_part_of_what_was_marked_is_none_where_it_was_marked_for_itself_too():
    text = "jalan dibuka dan pagar dibongkar, jalan dibuka"
    whole, part = (
        ("permintaan", "jalan dibuka dan pagar dibongkar", 0.9, True),
        ("permintaan", ", jalan dibuka", 0.5, True),
    )

    alone = {one.nilai: one.parted for one in proposals("permintaan", evidence(text, whole))}
    both = {one.nilai: one.parted for one in proposals("permintaan", evidence(text, whole, part))}

    assert alone == {"jalan dibuka dan pagar dibongkar": False, "jalan dibuka": True, "pagar dibongkar": True}
    assert both == {"jalan dibuka dan pagar dibongkar": False, "jalan dibuka": False, "pagar dibongkar": True}


@pytest.mark.parametrize(
    ("label", "marked", "values"),
    [
        ("nama", "Budi Rekaan\tAni Umpama", ["Budi Rekaan", "Ani Umpama"]),  # two people side by side
        ("alamat", "Desa Satu\tDesa Dua", ["Desa Satu Desa Dua"]),
        ("nama", "\tBudi Rekaan", ["Budi Rekaan"]),
        ("permintaan", "a, dan b", ["a, dan b", "a", "b"]),
        ("nama", "Budi, dan Ani", ["Budi, dan Ani"]),
    ],
)
def test_names_of_one_row_are_of_several_people_and_a_list_may_be_one_thing_or_several(label, marked, values):
    assert said(label, evidence(f"x{marked}", (label, marked, 0.9, True))) == values


@pytest.mark.parametrize(
    ("label", "marked", "value"),
    [
        ("nama", "Sdr. Budi Rekaan, S.H.", "Budi Rekaan"),
        ("kuasa", "Sdr. Budi Rekaan, S.H.", "Budi Rekaan"),
        ("alamat", "Sdr. Budi Rekaan", "Sdr. Budi Rekaan"),
        ("tanggal", "3 Mei 2025, 4 Mei 2025", "2025-05-03"),
        ("tanggal_lahir", "hari Senin", None),
        ("nik", "1701 0212 0379 00", "17010212037900"),
        ("nik", "1701 0212 0379 0", None),
        ("nik", "17010212037900031", "17010212037900031"),
        ("telepon", "+62 813 7000", "08137000"),
        ("telepon", "162 813 7000", "1628137000"),
        ("umur", "4 tahun", None),
        ("umur", "5 tahun", "5"),
        ("umur", "110", "110"),
        ("umur", "111", None),
        ("umur", "tua", None),
        ("nomor", "12 / a / 2025", "12/A/2025"),
        ("kuasa_nomor", "12 / sk / 2025", "12/SK/2025"),
        ("nomor", "12 / 08 / 2025", None),
        ("kuasa_nomor", "12-08-25", None),
        ("lembaga", "12 / a", "12 / a"),
        ("permintaan", "2. jalan dibuka", "jalan dibuka"),
        ("alamat", "2. jalan dibuka", "2. jalan dibuka"),
    ],
)
def test_what_was_marked_is_proposed_in_the_shape_that_its_field_has(label, marked, value):
    assert said(label, evidence(f"\n{marked}\n\nini", (label, marked, 0.9, True)))[:1] == ([value] if value else [])


def test_marks_of_punctuation_are_no_value():
    assert said("alamat", evidence("ini , .", ("alamat", ", .", 0.9, True))) == []


def test_a_marked_value_says_how_it_was_known_and_in_which_part_of_the_letter():
    assert only("pekerjaan", evidence("guru", ("pekerjaan", "guru", 0.9, True))).candidate.reason == (
        "tertulis seperti pada surat-surat contoh (uraian)"
    )


def test_what_the_head_holds_in_the_shape_of_a_field_is_proposed_once_and_no_day_to_come():
    text = "12/A/2025 tanggal 3 Mei 2025 dan 4 Mei 2025"
    known = evidence(text, ("nomor", "12/A/2025", 0.9, True), until=date(2025, 5, 3))

    assert said("nomor", known) == ["12/A/2025"]
    assert not only("nomor", evidence(text)).mark.likeliest
    assert said("tanggal", known) == ["2025-05-03"]
    assert said("tanggal", replace(known, until=date(2025, 5, 4))) == ["2025-05-03", "2025-05-04"]


def test_edges_of_the_eight_surest_are_moved_and_each_is_proposed_once():
    names = ("Andi", "Beni", "Citra", "Doni", "Edo", "Marwan", "Gilang", "Hasan", "Indra")
    text = "\n".join(f"petugas {name}" for name in names)
    marks = [("terlapor", name, 0.9 - at / 10, True) for at, name in enumerate(names)]

    moved = {one.nilai: one for one in proposals("terlapor", evidence(text, *marks)) if one.changed}
    again = evidence(text, *marks[:1], ("terlapor", "petugas Andi", 0.9, True))

    assert {f"petugas {name}" for name in names[:8]} <= moved.keys()
    assert "petugas Indra" not in moved
    assert (moved["petugas Andi"].changed, moved["petugas Andi"].mark.likeliest) == ("starts earlier", False)
    assert said("terlapor", again).count("petugas Andi") == 1


def test_of_a_single_field_every_candidate_of_the_rules_is_proposed_and_of_a_list_the_best_of_each():
    known = evidence("surat", perihal=ruled("jalan", "pagar"), terlapor=(ruled("Budi", "Ani"), ruled("Dodo")))

    assert [(one.nilai, one.first) for one in proposals("perihal", known)] == [("jalan", True), ("pagar", False)]
    assert [(one.nilai, one.first) for one in proposals("terlapor", known)] == [("Budi", True), ("Dodo", True)]


def test_whoever_is_named_may_be_complained_of_but_only_once_and_nothing_else():
    known = evidence("surat", terlapor=(ruled("Budi"),), permintaan=(ruled("jalan dibuka"),))
    known = replace(known, named=(ruled("Budi", sure=0.2), ruled("Ani", sure=0.3)))

    assert [(one.nilai, one.rule, one.first) for one in proposals("terlapor", known)] == [
        ("Budi", 0.9, True),
        ("Ani", 0.3, False),
    ]
    assert said("permintaan", known) == ["jalan dibuka"]


def test_what_the_rules_say_of_enclosures_attorney_and_birth_is_proposed_part_by_part():
    attorney = {
        "nama": (ruled("Budi"), ruled("Ani")),
        "lembaga": ruled("Kantor"),
        "nomor_surat_kuasa": None,
        "tanggal_surat_kuasa": None,
    }
    people = ({**empty(), "ttl": ruled({"tempat": "Manna", "tanggal": None})}, empty())
    known = evidence("surat", lampiran=ruled("KTP; foto"), kuasa=attorney, pelapor=people)

    assert said("lampiran", known) == ["KTP", "foto"]
    assert said("kuasa", known) == ["Budi", "Ani"]
    assert [said(label, known) for label in ("kuasa_lembaga", "kuasa_nomor")] == [["Kantor"], []]
    assert [said(label, known) for label in ("tempat_lahir", "tanggal_lahir")] == [["Manna"], []]
    assert [said(label, evidence("surat")) for label in ("lampiran", "kuasa", "perihal", "nama")] == [[]] * 4


@pytest.mark.parametrize(("written", "dialled"), [("+62 813", "0813"), ("0813-62", "081362"), ("62", "0")])
def test_a_telephone_number_is_written_as_it_is_dialled_here(written, dialled):
    assert telephone_number(written) == dialled


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("jalanan", "jalanas", True),  # one of seven letters
        ("jalana", "jalans", False),  # of six none
        ("jalanan", "jalan", False),
        ("jalanan", "jalana", False),
        ("jalan desa kami", "jalan dasa kamu", True),  # two of twelve and more
        ("jalan desa", "jalan dasu", False),
        ("jalan desa kami", "jalan desa ka", True),
        ("jalan desa kami", "jalan desa k", False),
        ("12345678", "12345679", False),
        ("1234567a", "1234568a", False),  # numbers that differ in a figure are two
        ("07/A/2025", "08/A/2025", False),
        ("07/A/VII/2025", "07/A/VIII/2025", False),
        ("07/LBH/2025", "07/LBN/2025", True),
        ("O7/LBH/2025", "07/LBH/2025", True),  # a figure that was read as a letter
        ("Jalan Satu 12", "Jalan Satu 13", True),
        ("a" * 60, "a" * 54 + "b" * 6, True),
        ("a" * 60, "a" * 53 + "b" * 7, False),
        ("satu dua tiga empat " * 4, "satu dua tiga empat " * 4 + "lima", True),  # words are compared: four of five
        ("satu dua tiga " * 6, "satu dua tiga " * 6 + "empat", False),
        ("a" * 61, "a" * 60 + "b", False),
    ],
)
def test_texts_say_the_same_that_differ_in_a_letter_of_twelve_and_long_ones_in_a_word_of_five(one, other, same):
    assert alike(one, other) is alike(other, one) is same
