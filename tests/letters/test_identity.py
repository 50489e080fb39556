"""Which letter an edited Word file is: this one in the version it was made from, or refused and named."""

from __future__ import annotations

import pytest
from case_factory import case_of, drafted, then

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import Refused
from pipeline.letters.identity import OLDER, OTHER_LETTER, UNSAID, Identity, check_origin, identity_of
from pipeline.letters.page_codes import Origin

MEMO, LETTER = "04-nota-telaahan", "06-surat-rekomendasi"
ELSEWHERE = Identity("LAINLAINLAIN", 1)


def found_elsewhere(code: str) -> Origin | None:
    return Origin(CaseNumber(2026, 8), MEMO, 1, 1) if code == ELSEWHERE.code else None


@pytest.fixture
def case():
    return then(then(then(case_of(), drafted(MEMO)), drafted(LETTER)), drafted(MEMO, 2))


def checked(case, identity: Identity | None, *, base: int = 2, sure: bool = False) -> str:
    """Why an edited memo is refused; empty if it is taken."""
    try:
        check_origin(case, MEMO, base, identity, found_elsewhere, sure=sure)
    except Refused as refused:
        return f"{refused.code}: {refused.message}"
    return ""


def test_the_version_that_it_was_made_from_is_taken_the_newest_or_not(case):
    assert checked(case, identity_of(case, MEMO, 2)) == ""
    assert checked(case, identity_of(case, MEMO, 1), base=1) == ""


def test_another_version_is_told_with_the_newest(case):
    assert checked(case, identity_of(case, MEMO, 1)) == (
        f"{OLDER}: Berkas ini versi 1 dari Nota telaahan perkara 2026/0007; versi terbarunya 2."
    )


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        (lambda case: identity_of(case, LETTER, 1), "versi 1 dari Surat rekomendasi perkara 2026/0007"),
        (lambda _case: ELSEWHERE, "versi 1 dari Nota telaahan perkara 2026/0008"),
        (lambda _case: Identity("ENTAHENTAHEN", 2), "naskah lain, yang tidak dikenal arsip ini"),
    ],
)
def test_another_letter_is_refused_and_named_even_where_somebody_is_sure(case, identity, told):
    for sure in (False, True):
        assert checked(case, identity(case), sure=sure) == (
            f"{OTHER_LETTER}: Berkas ini bukan nota telaahan perkara 2026/0007: {told}."
        )


def test_a_file_that_says_nothing_of_itself_is_taken_where_somebody_is_sure(case):
    assert checked(case, None, sure=True) == ""
    assert checked(case, None).startswith(f"{UNSAID}: Berkas ini tidak menyebut naskahnya")
