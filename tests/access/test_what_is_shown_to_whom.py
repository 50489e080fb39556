"""What lists, the printed book and figures show to whom: of secret cases, and of those of other services."""

from __future__ import annotations

import pytest
from registers import entry
from usual_standing import standing

from pipeline.access.rights import Right, may
from pipeline.access.secrecy import (
    entry_shown,
    exact_counts,
    kept_entry,
    looks_for_names,
    needs_names,
    open_to,
    require_open,
    shown,
)
from pipeline.cases.public_service import HANDLES, READS, PublicService
from pipeline.errors import NotAllowed

CLERK, READER = "rekaan.petugas", "rekaan.pembaca"
SERVICE = PublicService("rekaan", "Rekaan", "Rekaan", "RK", "R-{urut}", roles={CLERK: HANDLES, READER: READS})
PRINTED = {"urut": "7", "nomor_register": "0007", "diterima": "25", "pelapor": "Siti Rekaan", "perihal": "Penahanan"}
NAMED = {**PRINTED, "korban": "Budi Umpama", "perihal": "Penahanan Budi Umpama, suami Siti Rekaan"}


def _case(**values):
    return entry("2026-11-25", awaits=["kasubbid"], handled_by=["tim-yankomas"], **values)


def _of_service(**values):
    return entry("2026-11-25", awaits=[CLERK], staff=[CLERK, READER], **values)


def test_a_case_of_another_service_is_open_to_its_roles_the_archivist_and_the_head_of_the_office():
    row = _of_service()

    opened = [
        role
        for role in (CLERK, READER, "arsiparis", "kakanwil", "kabid", "tim-yankomas", "admin")
        if open_to(standing(role), row)
    ]

    assert opened == [CLERK, READER, "arsiparis", "kakanwil"]


def test_who_has_a_part_in_a_service_is_told_that_a_case_of_it_is_secret_and_others_that_it_is_anothers():
    secret = _of_service(sifat="rahasia")

    with pytest.raises(NotAllowed, match="bersifat rahasia"):
        require_open(standing(READER), secret)
    with pytest.raises(NotAllowed, match="layanan lain"):
        require_open(standing("kabid"), secret)


def test_names_in_lists_of_another_service_are_for_those_with_a_part_in_it_and_the_archivist():
    row = _of_service(sifat="biasa")

    assert [needs_names(standing(role), row) for role in (CLERK, "arsiparis", "kakanwil")] == [True, True, False]


@pytest.mark.parametrize("late", [True, False])
def test_a_list_does_not_tell_that_a_secret_case_has_ended_or_was_late_nor_how_much_of_it_there_is(late):
    ended = entry("2026-11-02", "2026-11-25", sifat="rahasia", closed_late=late, pages=7, naskah=["Surat"])

    row = shown(standing("kadiv"), ended)

    assert (row.closed_late, row.closed_at, row.final, row.pages, row.naskah) == (None, None, False, 0, ())


@pytest.mark.parametrize(("sifat", "said"), [("rahasia", "Rahasia"), ("sangat rahasia", "Sangat rahasia")])
def test_the_printed_book_tells_of_a_secret_case_its_numbers_and_when_it_came(sifat, said):
    told = entry_shown(standing("kadiv"), _case(sifat=sifat), PRINTED)

    assert told.closed
    assert told.texts == {**PRINTED, "pelapor": "", "perihal": "", "sifat": said}


def test_the_printed_book_has_initials_for_who_needs_no_names_and_everything_for_who_does():
    row = _case(sifat="terbatas")

    assert entry_shown(standing("kabid"), row, PRINTED).texts == PRINTED
    masked = entry_shown(standing("kadiv"), row, PRINTED)
    assert masked.texts == {**PRINTED, "pelapor": "S*** R***"}
    assert not masked.closed


def test_who_needs_no_names_is_told_them_neither_as_a_victims_nor_in_the_subject():
    row = _case(sifat="terbatas", pelapor=["Siti Rekaan"], korban=["Budi Umpama"], perihal=NAMED["perihal"])

    told, listed = entry_shown(standing("kadiv"), row, NAMED).texts, shown(standing("kadiv"), row)

    assert (told["korban"], told["perihal"]) == ("B*** U***", "Penahanan korban, suami pelapor")
    assert (listed.korban, listed.perihal) == (("B*** U***",), "Penahanan korban, suami pelapor")
    assert entry_shown(standing("kabid"), row, NAMED).texts == NAMED
    assert shown(standing("kabid"), row).perihal == NAMED["perihal"]


def test_nor_where_it_happened_and_whom_it_is_against_is_named_though_a_complainant_is_called_so_too():
    about = {"perihal": "Tindakan Umar Rekaan", "tempat_kejadian": "rumah Siti Rekaan, Desa Contoh"}
    row = _case(sifat="terbatas", pelapor=["Siti Rekaan"], terlapor=["Umar Rekaan"], **about)

    told, listed = entry_shown(standing("kadiv"), row, about).texts, shown(standing("kadiv"), row)

    assert (told["perihal"], told["tempat_kejadian"]) == ("Tindakan Umar Rekaan", "rumah pelapor, Desa Contoh")
    assert (listed.perihal, listed.tempat_kejadian) == ("Tindakan Umar Rekaan", "rumah pelapor, Desa Contoh")


def test_what_is_kept_in_the_book_of_a_top_secret_case_is_its_numbers_and_when_it_came():
    assert kept_entry(PRINTED) == {**PRINTED, "pelapor": "", "perihal": "", "sifat": "Sangat rahasia"}


def test_small_counts_are_exact_for_who_works_on_the_cases_counted():
    roles = ("tim-yankomas", "kakanwil", "arsiparis", CLERK, READER)

    assert [exact_counts(standing(role)) for role in roles] == [True, True, False, False, False]
    assert [exact_counts(standing(role), SERVICE) for role in roles] == [False, True, False, True, False]


def test_a_case_is_looked_for_by_a_name_by_those_who_see_names_and_the_head_of_the_office():
    asked = ("tim-yankomas", "kabid", "arsiparis", "kakanwil", "kadiv", "admin")

    assert [looks_for_names(standing(role)) for role in asked] == [True, True, True, True, False, False]


def test_a_stranger_may_what_anyone_may_and_nothing_else():
    assert [right for right in Right if may(None, right)] == [Right.ANYONE]
    assert may(frozenset(), Right.SIGNED_IN)
