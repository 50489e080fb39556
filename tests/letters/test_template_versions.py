"""Which version of a template a case is drafted from: the newest that was in use on the day it was registered."""

from __future__ import annotations

from datetime import date

import pytest
from fakes import MORNING

from pipeline.letters.template_versions import TakenIntoUse, missing, template_of, version_on

RECEIPT, MEMO = "01-tanda-terima", "04-nota-telaahan"


def taken(template: str, since: date) -> TakenIntoUse:
    return TakenIntoUse(template, since, "0" * 64, "1" * 64, "admin", MORNING)


TAKEN = [taken(RECEIPT, date(2026, 12, 1)), taken(RECEIPT, date(2027, 1, 1)), taken(MEMO, date(2026, 6, 1))]


@pytest.mark.parametrize(
    ("template", "day", "stem"),
    [
        (RECEIPT, date(2026, 11, 30), RECEIPT),
        (RECEIPT, date(2026, 12, 1), f"{RECEIPT}.mulai-2026-12-01"),
        (RECEIPT, date(2026, 12, 31), f"{RECEIPT}.mulai-2026-12-01"),
        (RECEIPT, date(2027, 1, 1), f"{RECEIPT}.mulai-2027-01-01"),
        (MEMO, date(2027, 1, 1), f"{MEMO}.mulai-2026-06-01"),
        ("03-lembar-disposisi", date(2027, 1, 1), "03-lembar-disposisi"),
    ],
)
def test_it_is_the_newest_of_that_template_that_had_begun(template, day, stem):
    for order in (TAKEN, TAKEN[::-1]):
        assert version_on(template, day, order) == stem
    assert template_of(stem) == template


def test_of_a_version_that_is_gone_it_is_said_where_there_is_another():
    first = missing(RECEIPT, "letter_templates", "")
    later = missing(f"{RECEIPT}.mulai-2026-12-01", "letter_templates", "archive/.templat/x")

    assert "dari paket Yankomas" in first.remedy
    assert "salin dari archive/.templat/x" in later.remedy
    assert "paket Yankomas" not in later.remedy
