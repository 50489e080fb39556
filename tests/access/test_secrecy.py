"""Who sees names in lists, and who sees a case that is rahasia."""

from __future__ import annotations

import pytest
from registers import entry
from starlette.requests import Request
from usual_standing import standing

from pipeline.access.masking import masked_name, masked_nik
from pipeline.access.secrecy import HIDDEN, open_to, require_open, shown
from pipeline.desk.rendering import navigation, paged
from pipeline.desk.visit import Visit
from pipeline.errors import NotAllowed


def _row(**values):
    usual = {
        "sifat": "terbatas",
        "awaits": ["kasubbid"],
        "handled_by": ["tim-yankomas"],
        "final": False,
        "pelapor": ["Siti Rekaan"],
        "korban": ["Budi bin Contoh"],
        "terlapor": ["Polsek Rekaan"],
        "perihal": "Dugaan penahanan",
    }
    return entry("2026-11-25", **{**usual, **values})


@pytest.mark.parametrize("role", ["tim-yankomas", "kasubbid", "kabid", "arsiparis"])
def test_roles_that_work_with_names_see_them_in_lists(role):
    assert shown(standing(role), _row()).pelapor == ("Siti Rekaan",)


@pytest.mark.parametrize("role", ["kakanwil", "kadiv"])
def test_other_roles_see_initials_until_the_case_waits_for_them(role):
    masked, waiting = shown(standing(role), _row()), shown(standing(role), _row(awaits=[role]))

    assert (masked.pelapor, masked.korban) == (("S*** R***",), ("B*** b*** C***",))
    assert masked.terlapor == ("Polsek Rekaan",)
    assert waiting.pelapor == ("Siti Rekaan",)


@pytest.mark.parametrize(
    ("roles", "row", "is_open"),
    [
        ({"kakanwil"}, _row(sifat="rahasia"), True),
        ({"kasubbid"}, _row(sifat="rahasia"), True),
        ({"tim-yankomas"}, _row(sifat="rahasia"), True),
        ({"kadiv"}, _row(sifat="rahasia"), False),
        ({"kadiv", "kasubbid"}, _row(sifat="rahasia"), True),
        ({"arsiparis"}, _row(sifat="rahasia"), False),
        ({"arsiparis"}, _row(sifat="Rahasia", final=True), True),
        ({"admin"}, _row(sifat="rahasia", final=True), False),
        ({"kadiv"}, _row(sifat=None), True),
    ],
)
def test_a_secret_case_is_open_to_kakanwil_and_those_who_handle_it(roles, row, is_open):
    assert open_to(standing(*roles), row) is is_open
    if not is_open:
        with pytest.raises(NotAllowed, match="rahasia"):
            require_open(standing(*roles), row)


def test_who_reads_none_of_a_service_is_not_told_which_of_its_cases_are_secret():
    for row in (_row(), _row(sifat="rahasia"), _row(sifat="sangat rahasia")):
        with pytest.raises(NotAllowed, match="layanan lain"):
            require_open({"surat-masuk.agendaris"}, row)


def test_of_a_secret_case_others_see_that_its_number_exists_and_nothing_else():
    secret = _row(sifat="rahasia")
    row = shown(standing("kadiv"), secret)

    assert row.number == secret.number
    assert row.closed
    assert {row.pelapor, row.korban, row.terlapor} == {(HIDDEN,)}
    assert row.perihal == HIDDEN


@pytest.mark.parametrize(
    ("name", "masked"),
    [("Siti", "S***"), ("H. Abdul-Rahman Ma'mun", "H*** A*** M***"), ("", ""), ("Ö. Ä", "Ö*** Ä***")],
)
def test_a_masked_name_is_its_initials(name, masked):
    assert masked_name(name) == masked


@pytest.mark.parametrize(("nik", "masked"), [("1771012345670001", "************0001"), ("123", "***"), ("", "")])
def test_of_a_nik_the_last_four_digits_are_left(nik, masked):
    assert masked_nik(nik) == masked


def test_navigation_shows_what_the_roles_open_and_where_one_is():
    shown_to_admin = [(p.path, p.here) for p in navigation(standing("admin"), "/akun/token")]
    shown_to_kadiv = {p.path: p.here for p in navigation(standing("kadiv"), "/kasus/2026/0007")}

    assert ("/akun", True) in shown_to_admin
    assert (shown_to_kadiv["/"], shown_to_kadiv["/register"]) == (False, True)
    assert {"/akun", "/kotak-masuk"} & set(shown_to_kadiv) == set()
    for below in ("/pinjaman", "/tutup-tahun"):
        assert [p.path for p in navigation(standing("arsiparis"), below) if p.here] == ["/penyusutan"]
    for role, place in (("admin", "/keutuhan"), ("kabid", "/data-pribadi")):
        assert [p.path for p in navigation(standing(role), "/kebocoran/1") if p.here] == [place]


@pytest.mark.parametrize(
    ("asked", "first", "number"),
    [("", 0, 1), ("2", 50, 2), ("99", 100, 3), ("0", 0, 1), ("-1", 0, 1), ("x" * 20, 0, 1), ("9" * 20, 0, 1)],
)
def test_a_list_is_shown_a_page_at_a_time(asked, first, number):
    visit = Visit(Request({"type": "http", "query_string": f"hal={asked}".encode()}), None, None, "", "")
    part = paged(range(120), visit.part_asked)

    assert (part.items[0], part.number, part.pages, part.total) == (first, number, 3, 120)


def test_an_empty_list_is_one_empty_page():
    assert (len(paged([], 1).items), paged([], 1).pages) == (0, 1)
