"""The settings of mail: off by default, and nothing in them that would send a password in the clear."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingsFault
from pipeline.mail.mail_settings import MailPlan, mail_plan_of
from pipeline.office.office_file import Table

WHOLE = {"server": "surel.kantor.contoh", "pengirim": "yankomas@kantor.contoh"}


def plan(**values) -> MailPlan:
    return mail_plan_of(Table("surel", {**WHOLE, **values}))


def test_without_a_table_no_mail_is_sent():
    assert not mail_plan_of(Table("surel", {})).is_on


def test_a_server_on_this_machine_may_do_without_tls():
    assert plan(server="localhost", tls="tidak").is_on


def test_by_default_tls_comes_after_the_greeting():
    found = plan(alamat_meja="https://meja.kantor.contoh/")

    assert found.is_on
    assert (found.port, found.tls, found.desk) == (587, "starttls", "https://meja.kantor.contoh")


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"tls": "ssl"}, "surel.tls"),
        ({"pintu": 0}, "surel.pintu"),
        ({"pintu": 70000}, "surel.pintu"),
        ({"pengirim": ""}, "surel.pengirim"),
        ({"pengirim": "Yankomas <yankomas@kantor.contoh>"}, "surel.pengirim"),
        ({"pengirim": "yankomas@kantor.contoh\nBcc: semua@luar.contoh"}, "surel.pengirim"),
        ({"pengguna": "yankomas"}, "surel.berkas_sandi"),
        ({"berkas_sandi": ".kunci/surel"}, "surel.berkas_sandi"),
        ({"tls": "tidak"}, "surel.tls"),
        ({"server": "localhost", "pengguna": "y", "berkas_sandi": "s", "tls": "tidak"}, "surel.tls"),
        ({"alamat_meja": "meja.kantor.contoh"}, "surel.alamat_meja"),
        ({"alamat_meja": "https://meja.kantor.contoh/ x"}, "surel.alamat_meja"),
        ({"server": "surel kantor"}, "surel.server"),
        ({"server": "surel\nkantor"}, "surel.server"),
        ({"sandi": "rahasia"}, "surel.sandi"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_key(values, named):
    with pytest.raises(SettingsFault, match=named):
        plan(**values)
