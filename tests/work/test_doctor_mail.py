"""The doctor tries the mail server without sending, and says whom no mail reaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from fakes import MORNING

from pipeline.errors import Passing, SettingsFault
from pipeline.mail.ports import Refusal, Trouble
from pipeline.work.engines.doctor_mail import mail_checks
from pipeline.work.ports import exit_code_of


@dataclass
class Tried:
    """An office's mail: ``fault`` is what trying the server out raises."""

    fault: Exception | None = None
    trouble: Trouble | None = None
    links_to: str = "https://meja.kantor.contoh"
    refused: dict[str, Refusal] = field(default_factory=dict)
    people: Any = None
    on: bool = True

    @property
    def mail_carrier(self):
        return self if self.on else None

    def try_out(self) -> None:
        if self.fault:
            raise self.fault

    @property
    def mail_trouble(self):
        return self

    def read(self):
        return self.trouble

    mails_from_here = True

    def sent_record(self):
        return self

    def refusals(self):
        return self.refused


def said(tried: Tried, *, accounts: bool = False) -> list[tuple[bool, bool, str]]:
    return [(check.good, check.caution, check.fact) for check in mail_checks(tried, accounts=accounts)]


def test_an_office_that_sends_no_mail_is_told_so_in_one_line_without_a_warning():
    assert said(Tried(on=False)) == [(True, False, "tidak dipakai: yang mendesak diberitahukan di meja web saja")]


def test_a_server_that_takes_mail_is_good():
    assert said(Tried()) == [(True, False, "server menerima kantor ini (dicoba tanpa mengirim)")]


@pytest.mark.parametrize(
    ("fault", "code"), [(Passing("Server surel tidak dapat dihubungi.", ""), 10), (SettingsFault("Sandi.", ""), 3)]
)
def test_a_server_that_takes_none_is_not_good(fault, code):
    checks = list(mail_checks(Tried(fault), accounts=False))

    assert [(check.good, check.fact) for check in checks] == [(False, fault.message)]
    assert exit_code_of(checks) == code


def test_since_when_no_mail_went_out_is_a_caution():
    ((_, _, _), (good, caution, fact)) = said(Tried(trouble=Trouble(MORNING, "Server mati.")))

    assert (good, caution) == (True, True)
    assert fact == "tidak ada yang terkirim sejak 25/11 08.15: Server mati."


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "0.0.0.0"])
def test_links_that_no_other_computer_can_open_are_a_caution(host):
    _, (_, caution, fact) = said(Tried(links_to=f"http://{host}:8017"))

    assert caution
    assert fact == f"tautannya, http://{host}:8017, tidak dapat dibuka dari komputer lain"


def test_whom_no_mail_reaches_is_named_by_the_account_and_not_the_address(office):
    people = office.root.people
    for login, address in (("siti", "siti@kantor.contoh"), ("budi", ""), ("eko", "baru@kantor.contoh")):
        people.accounts.make(login, login.title(), [], MORNING)
        people.accounts.set_password(login, "empat kata acak sekali")
        people.accounts.set_address(login, address, MORNING)
    refused = {
        "siti": Refusal("siti@kantor.contoh", "Alamat surel Anda ditolak server surel (kode 550).", MORNING),
        "eko": Refusal("lama@kantor.contoh", "Ditolak.", MORNING),
    }

    _, siti, budi = said(Tried(refused=refused, people=people), accounts=True)

    assert siti == (True, True, "akun siti, 25/11: Alamat surel Anda ditolak server surel (kode 550).")
    assert budi == (True, False, "tanpa alamat, jadi hanya diberi tahu di meja web: budi")
    people.close()
