"""Who reads a sheet: of another service by its edition, and for whom none is made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sheet_factory import usual

from pipeline.cases.store.sop_editions import editions
from pipeline.letters.sheets.readers import has_no_reader, leaves_the_office, read_by_others
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.recommendation import RECOMMENDATION
from pipeline.letters.sheets.separate_leaf import LEAF
from pipeline.letters.sheets.specimens import field

NEWER = editions()[-1]


@pytest.mark.parametrize(
    ("shared", "recipient", "others"),
    [
        (False, "", False),
        (False, "pelapor", False),
        (False, "instansi", True),
        (True, "", True),
        (True, "pelapor", True),
    ],
)
def test_others_read_a_sheet_of_another_service_that_is_sent_to_them_or_signed_by_them(shared, recipient, others):
    sheet = replace(NEWER.sheet(RECEIPT), template="02-undangan-rapat", shared=shared, recipient=recipient)
    rooms = replace(NEWER, service="rapat", sheets=(sheet,))

    assert read_by_others(sheet.template, replace(usual(RECEIPT), edition=rooms)) == others


def test_what_stays_in_the_office_is_known_and_everything_else_leaves_it():
    assert [leaves_the_office(sheet) for sheet in ("03-lembar-disposisi", RECOMMENDATION, "laporan-berkala")] == [
        False,
        True,
        True,
    ]


SITI = {"pelapor": [{"nama": field("Siti Rekaan")}]}


@pytest.mark.parametrize(
    ("channel", "fields", "none"),
    [("surat", SITI, False), ("berita", {}, True), ("berita", SITI, False), (None, SITI, False)],
)
def test_nobody_signs_on_a_leaf_of_their_own_in_a_case_from_the_news_until_somebody_complains(channel, fields, none):
    assert has_no_reader(LEAF, replace(usual(LEAF), channel=channel, fields=fields)) == none
