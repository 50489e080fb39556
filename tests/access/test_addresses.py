"""An account has one e-mail address or none, and nothing that could reach further into a message."""

from __future__ import annotations

from email import policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.access.addresses import checked_address
from pipeline.errors import Incomplete


@pytest.mark.parametrize(
    "address", ["siti.rekaan@kantor.contoh", "a+b@x-1.go.id", "S_R'1@sub.kantor.contoh", "a@b.cd", ""]
)
def test_an_address_is_kept_as_it_was_typed(address):
    assert checked_address(f" {address} ") == address


@pytest.mark.parametrize(
    "typed",
    [
        "siti",
        "siti@kantor",
        "@kantor.contoh",
        "siti@@kantor.contoh",
        "siti@kantor.contoh, budi@kantor.contoh",
        "siti@kantor.contoh;budi@kantor.contoh",
        "Siti <siti@kantor.contoh>",
        "siti@kantor.contoh\nBcc: semua@luar.contoh",
        "siti@kantor.contoh\r\n\r\nIsi lain",
        "siti\x00@kantor.contoh",
        "siti rekaan@kantor.contoh",
        '"siti"@kantor.contoh',
        "siti@[127.0.0.1]",
        "siti@127.0.0.1",
        "siti.@kantor.contoh",
        ".siti@kantor.contoh",
        "si..ti@kantor.contoh",
        "siti@-kantor.contoh",
        "siti@kantor..contoh",
        "siti@kantör.contoh",
        "sitì@kantor.contoh",
        "=?utf-8?q?siti?=@kantor.contoh",
        "siti(komentar)@kantor.contoh",
        "a" * 65 + "@kantor.contoh",
        "a@" + "b" * 64 + ".contoh",
        "a@" + "b." * 130 + "contoh",
        "siti@kantor\u2028.contoh",
        "-oQ/tmp siti@kantor.contoh",
        "siti@kantor.\u017fesi",
        "\u212aabid@kantor.contoh",
    ],
)
def test_what_is_more_or_less_than_one_address_is_none(typed):
    with pytest.raises(Incomplete, match="bukan satu alamat"):
        checked_address(typed)


LOCAL, DOMAIN = (
    st.from_regex(r"[a-zA-Z0-9_.+&'=-]{1,66}", fullmatch=True),
    st.from_regex(r"[a-z0-9.-]{1,80}", fullmatch=True),
)


@given(LOCAL, DOMAIN)
def test_what_is_kept_stands_in_the_header_of_a_message_as_that_address_alone(local, domain):
    try:
        address = checked_address(f"{local}@{domain}.contoh")
    except Incomplete:
        return

    header = policy.SMTP.header_factory("to", address)

    assert [found.addr_spec for found in header.addresses] == [address]
    assert not header.defects
