"""The table of the office's mailbox: which folders it may name, and whom receipts are for."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingsFault
from pipeline.intake.mailbox_plan import MailboxPlan, mailbox_plan_of
from pipeline.office.office_file import Table


def plan(**said):
    return mailbox_plan_of(Table("kotak_surel", said))


def test_a_mailbox_that_is_left_out_is_as_usual_and_one_of_a_service_is_the_services():
    assert plan() == plan(layanan="yankomas") == MailboxPlan()
    assert plan(layanan="surat-masuk").service == "surat-masuk"
    assert plan(folder="Aduan", folder_selesai="").done == ""
    assert plan(server="imap.contoh.id", pengguna="aduan", berkas_sandi="sandi").is_on


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"folder": ""}, "kotak_surel.folder` '' bukan nama"),
        ({"folder": 'a"b'}, "bukan nama folder surel"),
        ({"folder": "\x07"}, "bukan nama folder surel"),
        ({"folder_selesai": "Séjour"}, "folder_selesai` 'S.*bukan nama folder surel"),
        ({"folder": "Aduan", "folder_selesai": "Aduan"}, "sama dengan `folder`"),
        ({"server": "imap.contoh.id", "pengguna": "aduan"}, "kotak_surel.pengguna` dan `berkas_sandi` harus diisi"),
        ({"server": "imap.contoh.id", "berkas_sandi": "sandi"}, "berkas_sandi` harus diisi"),
        ({"tanda_terima": True, "layanan": "surat-masuk"}, "hanya bagi surel pengaduan"),
    ],
)
def test_what_a_mailbox_cannot_be_is_refused_with_the_key(said, named):
    with pytest.raises(SettingsFault, match=named):
        plan(**said)


def test_receipts_go_for_complaints_alone():
    assert plan(tanda_terima=True).receipts
    assert not plan(layanan="surat-masuk").receipts


def test_mails_go_into_the_folder_of_a_service_that_is_in_use():
    assert plan().inbox_folder(()) == ""
    assert plan(layanan="surat-masuk").inbox_folder({"surat-masuk"}) == "surat-masuk"
    with pytest.raises(SettingsFault, match="tidak dipakai di kantor ini"):
        plan(layanan="surat-masuk").inbox_folder(())
