"""The roles of an office: what they may, who is above whom, and how their keys read."""

from __future__ import annotations

import pytest

from pipeline.office.roles import (
    ARCHIVIST,
    DECIDES,
    DRAFTS,
    IN_CHARGE,
    LEADS,
    TAKES_IN,
    OfficeRoles,
    is_given,
    is_role,
    is_service_role,
    only_in_services,
    usual_roles,
)

HEAD, DIVISION, FIELD, SUB, TEAM = "kakanwil", "kadiv", "kabid", "kasubbid", "tim-yankomas"


def test_an_office_that_changed_nothing_has_the_roles_of_the_sop():
    usual = usual_roles()

    assert usual.deciding == (HEAD, DIVISION, FIELD, SUB)
    assert (usual.having(TAKES_IN), usual.having(LEADS), usual.having(IN_CHARGE)) == ((TEAM,), (HEAD,), (FIELD,))
    assert usual.having(DRAFTS) == (TEAM, FIELD, SUB)
    assert usual.given == (TEAM, HEAD, DIVISION, FIELD, SUB, "arsiparis", "admin")
    assert usual.handed == (TEAM, HEAD, DIVISION, FIELD, SUB, "arsiparis")
    assert (usual.chain(SUB), usual.chain(FIELD), usual.chain(HEAD)) == ((FIELD, DIVISION), (DIVISION,), ())


def test_a_role_of_the_office_may_what_its_lane_says_and_one_of_another_service_what_its_file_says():
    roles = OfficeRoles({"yankomas.analis": ("menyusun",)}, services={"surat-masuk.pengolah": "memutus"})

    assert roles.standing({"yankomas.analis"}) == {"yankomas.analis", DRAFTS}
    assert roles.kinds({"surat-masuk.pengolah"}) == {"memutus"}
    assert DECIDES not in roles.kinds({"surat-masuk.pengolah"})
    assert roles.kinds({"yankomas.lain", "admin"}) == frozenset()
    assert not roles.is_deciding("yankomas.analis")
    assert roles.is_deciding("surat-masuk.pengolah")


@pytest.mark.parametrize(
    ("word", "decides"),
    [("memutus", True), ("membidangi", True), ("memimpin", True), ("menyusun", False), ("menangani", False)],
)
def test_whoever_signs_is_in_charge_or_heads_the_office_is_made_so_by_nobody_alone(word, decides):
    roles = OfficeRoles({"yankomas.baru": (word,)})

    assert roles.is_deciding("yankomas.baru") is decides
    assert roles.deciding == (("yankomas.baru",) if decides else ())


def test_what_a_lane_may_stands_for_the_roles_that_may_it():
    usual = usual_roles()

    assert usual.named([ARCHIVIST, LEADS, "lain"]) == (ARCHIVIST, HEAD, "lain")
    assert usual.named(["hak:", "lain"]) == (TEAM, HEAD, DIVISION, FIELD, SUB, "lain")


def test_superiors_that_stand_above_one_another_come_to_an_end():
    roles = OfficeRoles({"a.a": ("memutus",), "b.b": ("memutus",)}, {"a.a": "b.b", "b.b": "a.a"})

    assert roles.chain("a.a") == ("b.b",)


@pytest.mark.parametrize(
    ("key", "role", "service", "given"),
    [
        ("kabid", True, False, True),
        ("pelapor", True, False, False),
        ("yankomas.analis", True, False, True),
        ("surat-masuk.agendaris", True, True, True),
        ("satpam", False, False, False),
        ("yankomas.", False, False, False),
        ("yankomas.Analis", False, False, False),
        ("yankomas." + "a" * 23, True, False, True),
        ("yankomas." + "a" * 24, False, False, False),
    ],
)
def test_a_key_says_whether_it_is_a_role_and_of_which_service(key, role, service, given):
    assert (is_role(key), is_service_role(key), is_given(key)) == (role, service, given)


def test_who_has_roles_of_services_alone_is_told_from_who_has_one_of_the_office():
    assert only_in_services({"surat-masuk.agendaris", "hak:menangani", "akun:rani"})
    assert not only_in_services({"surat-masuk.agendaris", "yankomas.analis"})
    assert not only_in_services({"akun:rani"})
