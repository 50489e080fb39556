"""What an office learns is taken where it proves to be better, and not where it does not."""

from __future__ import annotations

import random
from datetime import date

import pytest
from case_factory import case_of, recognised

from pipeline.errors import SettingsFault, YankomasError
from pipeline.reading.confirmed_answers import confirmed_answers, was_looked_at
from pipeline.reading.doubt import below_certain, certain
from pipeline.reading.field_weights import AT_LEAST, FieldWeights, LearnedWeights, shipped_edition, shipped_weights
from pipeline.reading.lessons import Lesson, Seen
from pipeline.reading.office_learning import LEAST_CASES, Measured, learn, learned
from pipeline.reading.proposal_signs import wordless_signs
from pipeline.reading.store.office_weights import OfficeWeightsFile
from pipeline.reading.weight_fitting import WeightExample

TODAY = date(2026, 11, 27)
#: Two days as they are proposed: one at the head, which the rules think best, and one at the foot, likelier as shipped.
HEAD = (("always", 1.0), ("by rule", 1.0), ("first by rule", 1.0), ("in tanggal", 1.0), ("likeliest", 1.0))
FOOT = (("always", 1.0), ("by rule", 1.0), ("in tandatangan", 1.0), ("marked over 0.3", 1.0), ("likeliest", 1.0))


def lesson(head: bool, foot: bool, *, looked_at: bool = True) -> dict[str, Lesson]:
    proposed = (
        Seen("2026-02-04", WeightExample(HEAD, 0.0, head)),
        Seen("2026-02-10", WeightExample(FOOT, 0.0, foot)),
    )
    return {"tanggal": Lesson(proposed, 1, looked_at)}


HABIT = lesson(head=True, foot=False)


def measured(lessons):
    weights, found = learned(lessons, shipped_weights(), TODAY)
    return weights, next(one for one in found if one.label == "tanggal")


def test_a_habit_is_learned_and_measured_with_cases_that_taught_nothing():
    weights, day = measured([HABIT] * LEAST_CASES)

    assert (day.cases, day.before, day.after, day.taken) == (50, 0, 50, True)
    assert set(weights.by_label) == {"tanggal"}
    assert weights.edition == shipped_edition()


def test_what_only_the_cases_themselves_have_taught_is_not_measured():
    own_habit = [HABIT if at % 4 == 0 else lesson(head=False, foot=True) for at in range(80)]

    _, day = measured(own_habit)

    assert (day.cases, day.before, day.mended) == (80, 60, 0)


def test_what_stays_as_it_was_is_neither_mended_nor_spoiled():
    _, day = measured([HABIT] * 40 + [lesson(head=True, foot=True)] * 20)

    assert (day.before, day.after, day.mended, day.spoiled) == (20, 60, 40, 0)


@pytest.mark.parametrize(("wrong", "counted"), [(4, False), (5, True)])
def test_from_five_cases_to_mend_on_it_is_measured(wrong, counted):
    assert measured([lesson(head=False, foot=True)] * 60 + [HABIT] * wrong)[1].measured is counted


def test_what_is_just_likely_enough_is_shown():
    nothing_weighed = FieldWeights({label: {AT_LEAST: 0.5} for label in shipped_weights().by_label})
    _, found = learned([HABIT] * 60, nothing_weighed, TODAY)

    assert {one.label: one.before for one in found}["tanggal"] == 60  # the first of two as likely


@pytest.mark.parametrize(
    ("right", "wrong", "proved"), [(0, 0, False), (7, 0, False), (8, 0, True), (19, 1, True), (18, 2, False)]
)
def test_certain_is_proved_by_eight_cases_looked_at_and_ninety_five_of_a_hundred_of_them_right(right, wrong, proved):
    seen = [HABIT] * right + [lesson(head=False, foot=True)] * wrong

    weights, day = measured(seen + [lesson(head=True, foot=False, looked_at=False)] * 90)

    assert day.taken
    assert (weights.doubtful == frozenset()) is proved


def test_what_chance_could_have_mended_is_not_taken():
    chance = random.Random(3)
    lessons = [lesson(head=right, foot=not right) for right in (chance.random() < 0.5 for _ in range(60))]

    weights, day = measured(lessons)

    assert day.measured
    assert not day.taken
    assert weights.by_label == {}


@pytest.mark.parametrize(
    ("mended", "spoiled", "taken"),
    [(5, 0, True), (4, 0, False), (12, 3, True), (10, 5, False), (3, 9, False), (0, 30, False), (0, 0, False)],
)
def test_weights_are_taken_that_mend_more_than_they_spoil_by_more_than_chance(mended, spoiled, taken):
    assert Measured("tanggal", 50, 20, 20 + mended - spoiled, mended, spoiled).taken is taken


def test_what_is_hardly_ever_wrong_is_left_as_it_is():
    weights, day = measured([lesson(head=False, foot=True)] * 60 + [HABIT] * 4)

    assert not day.measured
    assert weights.by_label == {}


def test_what_clerks_wrote_in_words_of_their_own_teaches_nothing():
    weights, day = measured([lesson(head=False, foot=False)] * 60)

    assert day.cases == 0
    assert weights.by_label == {}


def test_the_same_cases_teach_the_same():
    assert measured([HABIT] * 60) == measured([HABIT] * 60)


class Book:
    """Gives lessons that are made already."""

    def __init__(self, lessons):
        self.lessons = lessons

    def of(self, numbers, progress):
        return self.lessons


def test_fifty_cases_are_enough(tmp_path):
    store = OfficeWeightsFile(tmp_path / "bobot")

    outcome = learn([], Book([HABIT] * 50), store, shipped_weights(), TODAY, lambda *_: None)

    assert (outcome.cases, outcome.taken, store.learned().cases) == (50, ("tanggal",), 50)


def test_too_few_cases_are_refused_with_how_many_there_are_and_what_was_in_use_stays(tmp_path):
    store = OfficeWeightsFile(tmp_path / "bobot")
    store.keep(LearnedWeights(shipped_edition(), 60, "2026-11-01", {"tanggal": {"always": 0.5}}))

    with pytest.raises(YankomasError, match=rf"Baru 49 perkara .* sedikitnya {LEAST_CASES}"):
        learn([], Book([HABIT] * 49), store, shipped_weights(), TODAY, lambda *_: None)

    assert store.learned().cases == 60


def test_when_nothing_reads_better_any_more_nothing_is_in_use(tmp_path):
    store = OfficeWeightsFile(tmp_path / "bobot")
    store.keep(LearnedWeights(shipped_edition(), 60, "2026-11-01", {"tanggal": {"always": 0.5}}))

    outcome = learn([], Book([lesson(head=False, foot=True)] * 60), store, shipped_weights(), TODAY, lambda *_: None)

    assert outcome.taken == ()
    assert store.learned() is None


def test_what_was_learned_is_kept_and_weighed_by(tmp_path):
    store = OfficeWeightsFile(tmp_path / "bobot")
    known = LearnedWeights(shipped_edition(), 60, "2026-11-01", {"nik": {"always": 0.5}}, frozenset({"nik"}))
    store.keep(known)

    weights = store.weights()

    assert store.learned() == known
    assert weights.by_label["nik"] == {**shipped_weights().by_label["nik"], "always": 0.5}
    assert weights.by_label["nama"] == shipped_weights().by_label["nama"]
    assert (weights.own, weights.doubtful) == ({"nik"}, {"nik"})


def test_what_was_learned_from_other_shipped_weights_is_not_weighed_by_and_told_once(tmp_path, caplog):
    store = OfficeWeightsFile(tmp_path / "bobot")
    store.keep(LearnedWeights("edisi lain", 60, "2026-11-01", {"nik": {"always": 0.5}}))

    assert [store.weights() for _ in range(3)] == [shipped_weights()] * 3
    assert caplog.text.count("bobot kantor tidak dipakai") == 1


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"[" * 100_000,
        b'{"edisi": "x"}',
        b'{"edisi": "x", "perkara": 1, "dipelajari": "kemarin", "ragu": [], "bobot": {}}',
        b'{"edisi": "x", "perkara": 1, "dipelajari": "2026-11-01", "ragu": [], "bobot": {"nik": {"always": 1e999}}}',
        b'{"edisi": "x", "perkara": 1, "dipelajari": "2026-11-01", "ragu": [], "bobot": {"nik": {"begins siti": 1}}}',
        b'{"edisi": "x", "perkara": 1, "dipelajari": "2026-11-01", "ragu": [], "bobot": {"asal": {"always": 1}}}',
    ],
)
def test_a_broken_file_is_told_and_letters_are_read_with_the_shipped_weights(tmp_path, caplog, broken):
    store = OfficeWeightsFile(tmp_path / "bobot")
    (tmp_path / "bobot").write_bytes(broken)

    assert store.weights() == shipped_weights()
    assert caplog.text.count("Surat dibaca dengan bobot bawaan.") == 1
    with pytest.raises(SettingsFault, match="Bobot kantor"):
        store.learned()


def test_a_file_that_is_put_there_meanwhile_is_weighed_by_at_the_next_letter(tmp_path):
    store = OfficeWeightsFile(tmp_path / "bobot")
    before = store.weights()

    OfficeWeightsFile(tmp_path / "bobot").keep(
        LearnedWeights(shipped_edition(), 60, "2026-11-01", {"nik": {"always": 0.5}})
    )

    assert before.own == frozenset()
    assert store.weights().own == {"nik"}
    assert store.forget()
    assert not store.forget()
    assert store.weights().own == frozenset()


def test_no_sign_that_is_learned_holds_a_word_of_a_letter():
    words = {sign for weights in shipped_weights().by_label.values() for sign in weights} - wordless_signs()

    assert {"after bengkulu", "begins saya"} & words
    assert all(sign.split()[0] in ("begins", "ends", "after", "at") for sign in words)


def test_what_nothing_proves_is_just_not_certain():
    assert not certain("tanggal_surat", below_certain("tanggal_surat"))
    assert certain("tanggal_surat", below_certain("tanggal_surat") + 0.01)


def test_what_clerks_confirmed_is_told_as_proposals_are():
    register = {
        "tanggal_surat": "2026-02-04",
        "nomor_surat": "12 / lbh / 2026",
        "perihal": None,
        "terlapor": ["Budi Rekaan | Kepala Desa", "PT Umpama"],
        "pelapor": [{"nama": "Siti", "telepon": "+62 813-7000-4411", "umur": "40"}, {"nama": "Umi"}],
        "ringkasan": "Jalan ditutup.",
    }

    assert confirmed_answers(register) == {
        "tanggal": ["2026-02-04"],
        "nomor": ["12/LBH/2026"],
        "perihal": [],
        "terlapor": ["Budi Rekaan", "PT Umpama"],
        "nama": ["Siti", "Umi"],
        "nik": [],
        "umur": ["40"],
        "pekerjaan": [],
        "alamat": [],
        "telepon": ["081370004411"],
    }


def _read(sure: float):
    place = {"nilai": "2026-02-04", "teks": "4 Februari 2026", "confidence": sure, "page": 1, "box": None}
    return case_of(recognised({"tanggal_surat": place}))


@pytest.mark.parametrize(
    ("sure", "answer", "looked"),
    [(0.95, "2026-02-04", False), (0.95, "2026-02-10", True), (0.5, "2026-02-04", True)],
)
def test_somebody_looked_at_what_was_in_doubt_or_was_changed(sure, answer, looked):
    assert was_looked_at(_read(sure), "tanggal", [answer]) is looked


@pytest.mark.parametrize(("read", "answer", "looked"), [("1701", "1701", False), ("1701", "1702", True)])
def test_of_a_particular_somebody_looked_at_what_was_changed(read, answer, looked):
    place = {"nilai": read, "teks": read, "confidence": 0.95, "page": 1, "box": None}
    case = case_of(recognised({"pelapor": [{"nik": place}, {"nik": None}]}))

    assert was_looked_at(case, "nik", [answer]) is looked
    assert was_looked_at(case_of(), "nik", [answer])
