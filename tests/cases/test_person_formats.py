"""Details of a person are kept in one form, and what cannot be one is refused with what to write instead."""

from __future__ import annotations

import time

import pytest

from pipeline.cases.answers import PERSON, answers
from pipeline.cases.person_formats import tidy
from pipeline.cases.sop_rows import FormField
from pipeline.errors import Incomplete

PEOPLE = FormField("pelapor", "Pelapor", "orang")


def kept(**details: str) -> dict[str, str]:
    """Answer who complained."""
    (person,) = answers([PEOPLE], {"pelapor": [{"nama": "Siti", **details}]}, "Formulir uji")["pelapor"]
    return person


def refusal(*people: dict[str, str]) -> str:
    with pytest.raises(Incomplete) as fault:
        answers([PEOPLE], {"pelapor": [{"nama": "Siti", **person} for person in people]}, "Formulir uji")
    return fault.value.fields["pelapor"][1]


@pytest.mark.parametrize("typed", ["45", "45 tahun", "45 Thn.", "045"])
def test_an_age_is_years(typed):
    assert kept(umur=typed)["umur"] == "45"
    assert kept(umur="120")["umur"] == "120"


@pytest.mark.parametrize("typed", ["empat puluh", "121", "-3", "45 bulan", "1980"])
def test_what_is_no_age_is_refused_with_what_to_write(typed):
    assert refusal({"umur": typed}) == (
        f"umur {typed} bukan bilangan tahun dari 0 sampai 120; tulis misalnya 45, atau kosongkan"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "081234567890",
        "081234567890123",
        "213456",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "(0736) 21345",
        "0812 3456 7890 (istri), 0736-21345",
        "081234567890 / 085712345678",
        "0812.3456.7890 dan 0736 21345",
    ],
)
def test_a_telephone_number_is_kept_as_it_was_typed(typed):
    assert kept(telepon=typed)["telepon"] == typed


@pytest.mark.parametrize("typed", ["tidak ada", "12345", "0812345678901234567", "0812 3456 789O", "0812-34567;"])
def test_what_is_no_telephone_number_is_refused(typed):
    assert f"telepon {typed} bukan nomor telepon" in refusal({"telepon": typed})


@pytest.mark.parametrize(("typed", "sex"), [("L", "laki-laki"), ("Pria", "laki-laki"), ("PEREMPUAN", "perempuan")])
def test_a_sex_is_one_of_the_register(typed, sex):
    assert kept(jenis_kelamin=typed)["jenis_kelamin"] == sex


def test_all_that_is_wrong_of_a_person_is_said_at_once_and_of_whom():
    said = refusal({}, {"umur": "tua", "telepon": "tidak ada", "jenis_kelamin": "x"})

    assert said.startswith("orang ke-2: umur tua")
    assert "telepon tidak ada" in said
    assert "jenis kelamin x tidak dikenal" in said


def test_details_without_a_rule_stay_as_they_were_typed():
    assert tidy("pekerjaan", "Petani / nelayan") == "Petani / nelayan"
    free = set(PERSON) - {"umur", "telepon", "jenis_kelamin"}
    assert {tidy(key, "tidak diketahui") for key in free} == {"tidak diketahui"}


def test_a_long_answer_is_refused_in_no_time():
    begun = time.process_time()

    for typed in ("0" * 20_000, "1(" * 10_000, "08 dan " * 3_000, "1 (a" * 5_000):
        with pytest.raises(ValueError, match="bukan nomor telepon"):
            tidy("telepon", typed)

    assert time.process_time() - begun < 1


def test_of_a_long_answer_that_cannot_be_one_the_beginning_is_repeated():
    for length, shown in ((40, "x" * 40), (41, f"{'x' * 40}…")):
        with pytest.raises(ValueError, match=f"umur {shown} bukan"):
            tidy("umur", "x" * length)
