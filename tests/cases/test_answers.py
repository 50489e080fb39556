"""What people type becomes values, or one error that names everything that is missing or wrong."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cases.answers import KINDS, PERSON, answers, read_day, read_moment
from pipeline.cases.sop_rows import FormField
from pipeline.errors import Incomplete


def value(kind: str, typed: object, **more: object) -> object:
    """Answer a form of one question."""
    form = [FormField("soal", "Soal", kind, **more)]
    return answers(form, {"soal": typed}, "Formulir uji").get("soal")


def refusal(kind: str, typed: object, **more: object) -> str:
    with pytest.raises(Incomplete) as fault:
        value(kind, typed, **more)
    return fault.value.message


def test_a_short_answer_is_one_line():
    assert value("teks", "  Sengketa \n tanah\tadat ") == "Sengketa tanah adat"
    assert value("teks", ["hanya satu"]) == "hanya satu"
    assert value("teks", 7) == "7"


def test_a_paragraph_keeps_its_lines():
    assert value("paragraf", "  satu  \n\n dua \n") == "satu\n\ndua"


def test_a_list_is_lines_or_repeated_answers_without_blank_ones():
    assert value("daftar", "KTP\n\n surat kuasa ") == ["KTP", "surat kuasa"]
    assert value("daftar", ["KTP", " ", "surat kuasa"]) == ["KTP", "surat kuasa"]


def test_choices_are_found_whatever_their_case_and_kept_as_the_form_writes_them():
    assert value("pilihan", "biasa", choices=("Biasa", "Segera")) == "Biasa"
    assert value("pilihan-banyak", ["wbp", "Anak"], choices=("anak", "WBP")) == ["WBP", "anak"]


def test_another_choice_is_refused_naming_those_there_are():
    assert "pilih Biasa, Segera" in refusal("pilihan", "kilat", choices=("Biasa", "Segera"))
    assert "pilih anak, WBP" in refusal("pilihan-banyak", ["anak", "raja"], choices=("anak", "WBP"))


@pytest.mark.parametrize(
    "typed",
    ["2026-11-25", "25-11-2026", "25/11/2026", "25.11.2026", "25 11 2026", "25 November 2026", " 25 NOVEMBER 2026 "],
)
def test_a_day_is_understood_as_offices_write_it(typed):
    assert value("tanggal", typed) == "2026-11-25"
    assert read_day(typed) == date(2026, 11, 25)


def test_a_form_file_gives_days_and_moments_as_such():
    assert value("tanggal", date(2026, 11, 25)) == "2026-11-25"
    assert value("tanggal", datetime(2026, 11, 25, 8, 15)) == "2026-11-25"
    assert value("waktu", datetime(2026, 11, 25, 8, 15)) == "2026-11-25T08:15:00"
    assert value("waktu", date(2026, 11, 25)) == "2026-11-25T00:00:00"


@pytest.mark.parametrize(
    "typed", ["31-11-2026", "29 Februari 2026", "2026-13-01", "kemarin", "25 Nopember 26", "25-11-26"]
)
def test_a_day_that_does_not_exist_is_refused(typed):
    assert "soal" in refusal("tanggal", typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-11-25 08:15",
        "2026-11-25T08:15",
        "2026-11-25 08.15",
        "25-11-2026 08.15",
        "25/11/2026 8:15",
        "25 November 2026 pukul 08.15",
        "25 November 2026 pukul 08.15 WIB",
    ],
)
def test_a_moment_is_understood_as_offices_write_it(typed):
    assert value("waktu", typed) == "2026-11-25T08:15:00"


def test_a_day_alone_is_its_midnight_and_a_zone_is_kept():
    assert value("waktu", "25-11-2026") == "2026-11-25T00:00:00"
    assert value("waktu", "2026-11-25T08:15:00+08:00") == "2026-11-25T08:15:00+08:00"


@pytest.mark.parametrize("typed", ["25-11-2026 24.15", "08.15", "nanti", "31-11-2026 08.15"])
def test_a_moment_that_does_not_exist_is_refused(typed):
    assert "tulis misalnya" in refusal("waktu", typed)


def test_whole_numbers_are_whole():
    assert value("bilangan", " 12 ") == 12
    assert value("bilangan", 12) == 12
    for typed in ("dua belas", "1,5", "-3", True, 1.5, "1234567890"):
        assert "harus bilangan" in refusal("bilangan", typed)


def test_a_case_is_named_in_any_spelling():
    assert value("perkara", "7/2026") == "2026/0007"
    assert value("perkara", "0007/YANKOMAS/2026") == "2026/0007"
    assert "bukan nomor register" in refusal("perkara", "tujuh")


def test_people_are_names_or_groups_of_what_is_known_of_them():
    assert value("orang", "Budi\nSiti") == [{"nama": "Budi"}, {"nama": "Siti"}]
    assert value("orang", ["Budi"]) == [{"nama": "Budi"}]
    assert value("orang", [{"nama": " Siti ", "umur": 42, "alamat": ""}]) == [{"nama": "Siti", "umur": "42"}]


def test_a_person_without_a_name_or_with_what_is_not_recorded_is_refused():
    assert "orang tanpa nama" in refusal("orang", [{"alamat": "Jalan Melur"}])
    assert "agama tidak dikenal" in refusal("orang", [{"nama": "Siti", "agama": "x"}])
    assert "nik" in refusal("orang", [{"nama": "Siti", "warna": "biru"}])


def test_a_nik_that_is_none_is_kept_as_it_was_typed():
    assert value("orang", [{"nama": "Siti", "nik": "123"}]) == [{"nama": "Siti", "nik": "123"}]


@pytest.mark.parametrize("blank", [None, "", "  \n", []])
def test_a_blank_answer_is_no_answer(blank):
    form = [FormField("alasan", "Alasan")]

    assert answers(form, {"alasan": blank}, "Formulir uji") == {}


def test_everything_missing_or_wrong_is_named_at_once():
    form = [
        FormField("alasan", "Alasan", "paragraf", required=True),
        FormField("tanggal", "Tanggal", "tanggal", required=True),
        FormField("derajat", "Derajat", "pilihan", ("Biasa",)),
    ]

    with pytest.raises(Incomplete) as fault:
        answers(form, {"tanggal": "besok", "derajat": "kilat", "tgl": "x"}, "Formulir uji")

    assert fault.value.message.startswith("Formulir uji: ")
    for named in ("alasan (Alasan: wajib diisi)", "tanggal (Tanggal:", "derajat (Derajat:", "tgl (tidak ada"):
        assert named in fault.value.message
    assert fault.value.remedy == "Isian formulir ini: alasan, tanggal, derajat."


@pytest.mark.parametrize("kind", ["teks", "paragraf", "daftar", "orang"])
@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\ufffe", "\u202e", "\u2066"])
def test_signs_that_no_sheet_can_hold_are_refused_naming_them(kind, sign):
    assert f"U+{ord(sign):04X}" in refusal(kind, f"Budi{sign}Santoso")


@pytest.mark.parametrize("kind", ["teks", "paragraf", "daftar", "orang"])
def test_an_endless_answer_is_refused(kind):
    assert "lebih dari 20000 huruf" in refusal(kind, "x" * 20_001)


@pytest.mark.parametrize("kind", ["teks", "paragraf", "tanggal", "waktu", "pilihan", "perkara"])
def test_two_answers_to_one_question_are_refused(kind):
    assert "harus satu jawaban" in refusal(kind, ["satu", "dua"])


_plain = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text() | st.dates() | st.datetimes()
_anything = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*PERSON, "lain"]), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(sorted(KINDS)), _anything)
def test_whatever_is_typed_is_a_value_or_a_refusal_and_never_a_failure(kind, typed):
    try:
        found = value(kind, typed, choices=("ya", "tidak"))
    except Incomplete:
        return

    assert found is None or value(kind, found, choices=("ya", "tidak")) in (found, None)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"orang"}))
@pytest.mark.parametrize(
    "typed", [{"nama": "Siti"}, {}, [{"nama": "Siti"}], [["Siti"]], True, float("nan"), float("inf")]
)
def test_an_object_is_no_answer_of_any_kind(kind, typed):
    assert "soal" in refusal(kind, typed, choices=("ya", "tidak"))


@pytest.mark.parametrize(
    "typed",
    [{"nama": "Siti"}, {}, [["Siti"]], [True], [{"nama": {"depan": "Siti"}}], [{"nama": ["Siti", "Rekaan"]}], True],
)
def test_who_complains_is_a_list_of_persons_whose_details_are_texts(typed):
    assert "soal" in refusal("orang", typed)


@pytest.mark.parametrize("kind", ["teks", "paragraf", "daftar", "orang"])
@pytest.mark.parametrize("sign", ["\u200b", "\ufeff\u2060", "\u3000", "\u00ad", " \n\t"])
def test_what_nobody_sees_is_no_answer(kind, sign):
    assert "wajib diisi" in refusal(kind, sign, required=True)


@pytest.mark.parametrize("kind", ["daftar", "orang"])
def test_an_endless_list_is_refused(kind):
    assert "lebih dari 500 baris" in refusal(kind, ["x"] * 501)


@pytest.mark.parametrize("kind", ["tanggal", "waktu"])
@pytest.mark.parametrize("typed", ["0001-01-01", "9999-12-31", date(1, 1, 1), datetime(9999, 12, 31)])
def test_a_day_that_nobody_means_is_refused(kind, typed):
    assert "di luar 1900 sampai 2100" in refusal(kind, typed)


def test_a_question_that_is_not_on_the_form_is_not_repeated_at_length():
    with pytest.raises(Incomplete) as fault:
        answers([], {"x\x1b" * 5000: "1"}, "Formulir uji")

    assert len(fault.value.message) < 200
    assert fault.value.message.isprintable()


@given(st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)).map(lambda d: d.replace(microsecond=0)))
def test_a_moment_written_out_is_read_back(moment):
    assert read_moment(moment.isoformat()) == moment
    assert read_moment(f"{moment:%d-%m-%Y %H.%M.%S}") == moment
