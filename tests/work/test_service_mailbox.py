"""The mailbox of an office may be that of another service: its mails become cases of it, and of nothing else."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace

import pytest
from other_services import MAIL, ServiceOffice

from pipeline.errors import SettingsFault
from pipeline.intake.mailbox import MailAt
from pipeline.intake.mailbox_plan import MailboxPlan, mailbox_plan_of
from pipeline.office.office_file import Table
from pipeline.work.engines.doctor_mail import mailbox_checks

PLAN = MailboxPlan(server="surel.contoh", user="a", password_file="x", service="surat-masuk")
SENT = b"MAIL Undangan\r\nFrom: a@contoh.id\r\n\r\nUndangan rapat\r\n"


class OneMail:
    """A mailbox in which one mail waits until it is settled."""

    validity, settled = 1, False

    @contextmanager
    def opened(self):
        yield self

    def waiting(self, most):
        return [] if self.settled else [MailAt(7, len(SENT))]

    def fetch(self, uid, most):
        return SENT

    def settle(self, uid):
        self.settled = True


def with_mailbox(office):
    """Give the office as it is now a mailbox for incoming letters."""
    office.root.settings = replace(office.root.settings, mailbox=PLAN)
    office.root.mailbox_server = OneMail()
    return office


def test_the_mails_of_a_service_become_its_cases(tmp_path):
    office = ServiceOffice(tmp_path)
    office.take("surat-masuk")
    with_mailbox(office)

    assert office.root.mailbox.look().fetched == 1
    office.run_once()

    assert list(office.root.cabinet.numbers()) == [MAIL]
    assert office.root.mailbox.look().settled == 1
    assert office.root.receipts() is None
    assert "bagi layanan surat-masuk" in next(mailbox_checks(office.root)).fact


def test_no_mail_is_taken_for_a_service_that_is_not_in_use_and_the_doctor_says_so(tmp_path):
    office = with_mailbox(ServiceOffice(tmp_path))

    with pytest.raises(SettingsFault, match="surat-masuk"):
        office.root.mailbox.look()

    assert office.root.inbox.files() == []
    assert "surat-masuk" in office.root.mailbox_trouble.read().why
    (check,) = mailbox_checks(office.root)
    assert not check.good
    assert "layanan pasang" in check.remedy


def test_receipts_by_mail_are_for_complaints_alone():
    told = {"server": "surel.contoh", "pengguna": "a", "berkas_sandi": "x", "tanda_terima": True}
    assert mailbox_plan_of(Table("kotak_surel", {**told, "layanan": "yankomas"})).receipts

    with pytest.raises(SettingsFault, match="tanda_terima"):
        mailbox_plan_of(Table("kotak_surel", {**told, "layanan": "surat-masuk"}))
