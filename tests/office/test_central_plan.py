"""Where an office of many keeps its files: none goes over a network in the clear unless somebody has said so."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingsFault
from pipeline.office.central_plan import bucket_of, central_plan_of, secret
from pipeline.office.office_file import Table

SAID = {"kantor": "bengkulu", "basis_data": "host=db dbname=x"}


def plan(address: str, **more: object):
    return central_plan_of(Table("pusat", {**SAID, "objek": address, **more}))


@pytest.mark.parametrize("address", ["http://objek.contoh.go.id", "http://10.0.0.7:9000", "http://127.0.0.1.contoh.id"])
def test_plain_http_over_a_network_is_refused_unless_the_office_says_so(address):
    with pytest.raises(SettingsFault, match="tanpa enkripsi"):
        plan(address)
    assert plan(address, tanpa_tls=True).plaintext


@pytest.mark.parametrize(
    "address", ["https://objek.contoh.go.id", "http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000"]
)
def test_https_and_this_machine_itself_need_no_word(address):
    assert not plan(address).plaintext


def test_what_is_no_address_is_refused():
    with pytest.raises(SettingsFault, match="bukan alamat"):
        plan("objek.contoh.go.id")


def test_the_bucket_of_an_office_has_a_name_that_stores_allow():
    assert bucket_of("jawa_barat") == "yankomas-jawa-barat"


def test_an_office_keeps_its_cases_in_its_folder_until_the_table_says_anything():
    assert central_plan_of(Table("pusat", {})) is None
    assert central_plan_of(Table("pusat", {"tanpa_tls": True})) is None
    for key in ("kantor", "basis_data", "objek"):
        with pytest.raises(SettingsFault):
            central_plan_of(Table("pusat", {key: "bengkulu"}))
    assert not plan("https://objek.contoh.go.id").has_workers


@pytest.mark.parametrize("name", ["", "Bengkulu", "jawa barat", "pg_kantor", "public"])
def test_what_cannot_be_an_offices_name_there_is_refused(name):
    with pytest.raises(SettingsFault, match="tidak dapat dipakai"):
        plan("https://objek.contoh.go.id", kantor=name)


def test_a_secret_is_the_environments_or_else_the_files():
    environment = {"YANKOMAS_PUSAT_KUNCI": "a"}

    assert secret("kunci", {"kunci": "b"}, environment) == "a"
    assert secret("kunci", {"kunci": "b"}, {}) == "b"
    assert secret("kunci", {}, environment) == "a"
    assert secret("kunci", {}, {}) == ""
