"""How what is known becomes the texts of a sheet: who gets a copy, what came along, how the complaint came."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sheet_factory import made, usual

from pipeline.letters.sheets.phrasing import because
from pipeline.letters.sheets.receipt import RECEIPT
from pipeline.letters.sheets.register_course import followed
from pipeline.letters.sheets.specimens import SPECIMEN_OFFICE, field
from pipeline.letters.sheets.texts import attachment, copied, initialling, of_case
from pipeline.office.officials import ON_BEHALF, Official

DAY = date(2026, 11, 25)
HEAD, DIVISION, SECTION = "Kepala Kantor Wilayah", "Kepala Divisi Pelayanan Hukum dan HAM", "Kepala Bidang HAM"
ON_BEHALF_OF_HEAD = Official(
    "kakanwil", HEAD, "Dewi Contoh", "19720202 199703 2 001", acting=ON_BEHALF, own_title=f"Plh. {DIVISION}"
)
IN_TWO_POSTS = Official("kakanwil", HEAD, "Dewi Contoh", "19720202 199703 2 001", acting="Plt.")


@pytest.mark.parametrize(
    ("deputy", "copies", "initials"),
    [
        ((), [f"{DIVISION}.", SECTION], [DIVISION, SECTION]),
        ((ON_BEHALF_OF_HEAD,), [f"{HEAD} (sebagai laporan)", SECTION], [SECTION]),
        ((IN_TWO_POSTS,), [SECTION], [SECTION]),
    ],
)
def test_whoever_signs_gets_no_copy_and_initials_nothing_and_the_holder_of_the_post_is_told_once(
    deputy, copies, initials
):
    office = replace(SPECIMEN_OFFICE, officials=(*deputy, *SPECIMEN_OFFICE.officials))

    told = copied([f"{DIVISION}.", HEAD, SECTION, SECTION.upper()], "kakanwil", DAY, office)

    assert told == copies
    assert initialling(("kakanwil", "kadiv", "kabid"), "kakanwil", DAY, office) == initials


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"lampiran": {**field("satu bundel"), "daftar": [field("Foto")]}}, "satu bundel"),
        ({"lampiran": {"daftar": [field("Foto"), field("KTP")]}}, "2 (dua) berkas"),
        ({"lampiran": {"nilai": {"daftar": ["Foto"]}}}, "Foto"),
        ({"lampiran": field("satu bundel")}, "satu bundel"),
        ({}, ""),
    ],
)
def test_what_came_along_is_told_as_the_letter_does_else_counted(fields, told):
    assert attachment(fields) == told


@pytest.mark.parametrize(("channel", "told"), [("surat", "Surat"), (None, "")])
def test_a_sheet_says_how_the_complaint_came_once_that_is_known(channel, told):
    assert of_case(usual(RECEIPT, channel=channel))["cara_penyampaian"] == told


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Bukti baru", "karena bukti baru"),
        ("Karena bukti baru", "karena bukti baru"),
        ("agar jelas", "agar jelas"),
        ("", ""),
    ],
)
def test_a_reason_says_once_how_it_hangs_together_with_what_is_done(reason, told):
    assert because(reason) == told


@pytest.mark.parametrize(("rows", "told"), [([], ""), (["a | b | c | d | e | belum"], "evaluasi 25/11/2026: ")])
def test_the_register_tells_of_an_evaluation_that_says_how_the_recommendations_stand(rows, told):
    course = followed(usual(RECEIPT, moves=(made("evaluasi", hasil_evaluasi=rows),), letters=()))

    assert course.startswith(told)
    assert bool(course) == bool(told)
