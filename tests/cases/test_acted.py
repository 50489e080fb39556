"""The history says who acted, and in whose place."""

from __future__ import annotations

import pytest
from fakes import MORNING

from pipeline.cases.acted import Acted, acted
from pipeline.cases.actor import Actor, holder, holding
from pipeline.cases.events import Decided, Retried
from pipeline.cases.line_values import PostHolder
from pipeline.errors import NotAllowed
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official

HEAD = Official("kakanwil", "Kepala Kantor Wilayah", "Budi Rekaan", "1970")
DEWI = Official(
    "kakanwil",
    "Kepala Kantor Wilayah",
    "Dewi Rekaan",
    "1980",
    MORNING.date(),
    MORNING.date(),
    "Plh.",
    account="dewi",
    in_place_of="budi",
)


def office(*officials: Official, deputy: Official | None = None) -> Office:
    there = (deputy,) if deputy else ()
    return Office("Kantor", "Kota", Letterhead((), "", "", ""), officials, "", deputies=lambda: there)


def by(login: str, name: str = "", nip: str = "") -> Actor:
    return Actor("kakanwil", login, login, name, nip)


def words(actor: Actor, kept: Office) -> str:
    line = Decided("m", "a", "b", holder(actor, MORNING, kept), actor.login, {}, {}, (), {}, ())
    return acted(line).words("Kakanwil")


@pytest.mark.parametrize(
    ("actor", "kept", "said"),
    [
        (
            by("dewi", "Dewi Rekaan"),
            office(HEAD, deputy=DEWI),
            "Dewi Rekaan (akun dewi), Plh. Kepala Kantor Wilayah",
        ),
        (by("budi", nip="1970"), office(HEAD), "Budi Rekaan (akun budi), Kepala Kantor Wilayah"),
        (
            by("siti", "Budi Rekaan", "1990"),
            office(HEAD),
            "akun siti, sebagai Kakanwil (pemegang hari itu: Budi Rekaan, Kepala Kantor Wilayah)",
        ),
        (
            by("siti", nip="1980"),
            office(HEAD, deputy=DEWI),
            "akun siti, sebagai Kakanwil (pemegang hari itu: Dewi Rekaan, Plh. Kepala Kantor Wilayah)",
        ),
        (
            Actor("kakanwil", "budi"),
            office(HEAD),
            "akun budi, sebagai Kakanwil (pemegang hari itu: Budi Rekaan, Kepala Kantor Wilayah)",
        ),
        (
            by("budi", "Budi Rekaan"),
            office(Official("kakanwil", "Kepala", "budi rekaan")),
            "budi rekaan (akun budi), Kepala",
        ),
        (by("budi", ""), office(Official("kakanwil", "Kepala")), "akun budi, sebagai Kakanwil"),
        (by("budi", "Budi"), office(), "akun budi, sebagai Kakanwil"),
        (
            Actor("kakanwil", "token-3", "dewi"),
            office(HEAD, deputy=DEWI),
            "Dewi Rekaan (token-3), Plh. Kepala Kantor Wilayah",
        ),
        (
            Actor("kakanwil", "token-3", name="Budi Rekaan"),
            office(Official("kakanwil", "Kepala", "Budi Rekaan")),
            "token-3, sebagai Kakanwil (pemegang hari itu: Budi Rekaan, Kepala)",
        ),
        (
            Actor("kakanwil", "kode-halaman"),
            office(HEAD),
            "kode halaman pada pindaian, bagi Kakanwil (pemegang hari itu: Budi Rekaan, Kepala Kantor Wilayah)",
        ),
    ],
)
def test_the_account_is_named_and_in_whose_place_it_acted(actor, kept, said):
    assert words(actor, kept) == said


def test_of_older_lines_it_is_not_known_whether_the_holder_acted():
    line = Decided("m", "a", "b", PostHolder("Kepala", "Budi"), "budi", {}, {}, (), {}, ())

    assert acted(line).words("Kakanwil") == "akun budi, sebagai Kakanwil (pemegang hari itu: Budi, Kepala)"


def test_where_a_line_names_nobody_the_role_is_told():
    assert acted(None).words("Sistem") == "Sistem"
    assert acted(Retried("baca")).words("Kakanwil") == "Kakanwil"
    assert acted(Retried("baca", login="siti")) == Acted("siti")


def test_who_handed_a_post_over_does_not_act_in_it_meanwhile_by_whatever_way():
    kept = office(HEAD, deputy=DEWI)

    for actor in (by("budi", nip="1970"), Actor("kakanwil", "token-3", "budi"), Actor("kakanwil", "budi")):
        with pytest.raises(NotAllowed, match=r"alihkan kepada Dewi Rekaan \(Plh\.\).*Anda hanya membaca"):
            holding(actor, MORNING, kept)
    assert holding(by("siti"), MORNING, kept) is DEWI


def test_beside_who_signs_in_their_name_the_holder_acts_too_as_the_holder():
    signs = Official(
        "kakanwil", HEAD.title, "Dewi Rekaan", "1980", None, None, "a.n.", "Kadiv", account="dewi", in_place_of="budi"
    )
    kept = office(HEAD, deputy=signs)

    assert words(by("budi", nip="1970"), kept) == "Budi Rekaan (akun budi), Kepala Kantor Wilayah"
    assert words(by("dewi"), kept) == "Dewi Rekaan (akun dewi), a.n. Kepala Kantor Wilayah, Kadiv"
