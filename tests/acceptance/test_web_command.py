"""The admin's commands on the machine: accounts made, locked, given a new link."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from offices import laid_out

from pipeline.cli import main
from pipeline.wiring import office_in


@pytest.fixture
def run(tmp_path, capsys):
    laid_out(tmp_path)

    def run(*words):
        code = main(["--root", str(tmp_path), *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_an_account_is_made_and_its_owner_gets_a_link(run, tmp_path):
    roles = ("--peran", "tim-yankomas", "--peran", "arsiparis")
    code, out, _ = run("akun", "buat", "siti", "--nama", "Siti Rekaan", *roles)
    listed = json.loads(run("akun", "daftar", "--json")[1])

    key = re.search(r"http://127\.0\.0\.1:8017/masuk/tautan\?kunci=([\w-]+)", out)[1]
    people = office_in(tmp_path).people
    assert code == 0
    assert [(a["login"], a["roles"], a["state"]) for a in listed] == [
        ("siti", ["arsiparis", "tim-yankomas"], "belum membuat kata sandi")
    ]
    assert people.links.whose(key, datetime.now().astimezone()) == "siti"


def test_what_is_done_with_accounts_at_the_machine_is_in_the_access_log(run, tmp_path):
    run("akun", "buat", "siti", "--nama", "Siti Rekaan", "--peran", "kabid")
    run("akun", "tautan", "siti")
    run("akun", "kunci", "siti")
    run("akun", "buka-kunci", "siti")
    run("akun", "kunci", "Siti Rekaan 1771")

    log = office_in(tmp_path).access_log
    lines = [(e.by, e.kind, e.data["about"]) for month in log.months() for e in log.entries(month)]
    assert lines == [
        ("terminal", "akun buat", "siti: kabid"),
        ("terminal", "akun tautan", "siti"),
        ("terminal", "akun kunci", "siti"),
        ("terminal", "akun buka-kunci", "siti"),
        ("terminal", "akun kunci", "?"),
    ]
    assert log.verify() == []


def test_an_account_is_locked_and_opened(run):
    run("akun", "buat", "siti", "--nama", "Siti Rekaan")

    run("akun", "kunci", "siti")
    locked = run("akun", "daftar")[1]
    run("akun", "buka-kunci", "siti")
    opened = run("akun", "daftar")[1]

    assert "dikunci" in locked
    assert "dikunci" not in opened


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("buat", "siti", "--nama", "S", "--peran", "kabit"), 13, "Pilih: kabid"),
        (("kunci", "entah"), 4, "tidak ada"),
        (("tautan", "entah"), 4, "tidak ada"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_remedy(run, words, code, said):
    found, _, err = run("akun", *words)

    assert found == code
    assert said in err


def test_a_second_account_of_the_same_login_is_refused(run):
    run("akun", "buat", "siti", "--nama", "Siti Rekaan")

    code, _, err = run("akun", "buat", "siti", "--nama", "Siti Lain")

    assert code == 2
    assert "sudah ada" in err


def test_run_refuses_a_network_address_without_tls_before_it_starts(run):
    code, out, err = run("run", "--host", "0.0.0.0")

    assert code == 3
    assert "tanpa TLS" in err
    assert out == ""


def test_run_is_one_of_the_two_processes_alone_or_both(run):
    for other in ("--once", "--no-web"):
        code, _, err = run("run", "--web-only", other)
        assert (code, "--web-only tidak boleh bersama" in err) == (2, True)
