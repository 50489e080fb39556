"""The postman loses nothing and repeats nothing: not over a restart, a server that fails, a full disk, a refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes import MORNING
from mail_fakes import DESK, MailOffice, waits

from pipeline.errors import Passing
from pipeline.mail.ports import AddressRefused, AddressWaits

FAR = "2026-12-11T16:00"
NIGHT = "2026-11-28T21:00"
DOWN = Passing("Server surel tidak dapat dihubungi.", "Periksa jaringan.")


def urgent(*roles: str):
    return waits(*(roles or ("kabid",)), due=FAR, urgency=1)


def to(mails):
    return sorted(mail.to.partition("@")[0] for mail in mails)


def test_a_restart_sends_nothing_twice():
    office = MailOffice([urgent()])
    office.look()

    office.postman = office.started()

    assert office.look() == []


def test_a_server_that_is_down_is_waited_for_ever_longer_and_nothing_is_lost():
    office = MailOffice([urgent()])
    office.carrier.down = DOWN
    visited = []
    for second in range(0, 601, 10):
        office.seconds, before = second, office.carrier.visits
        office.look()
        visited += [second] * (office.carrier.visits - before)

    assert visited == [0, 30, 90, 210, 450]
    assert office.trouble.read().why == str(DOWN)
    office.carrier.down = None
    office.seconds = 2000
    assert to(office.look()) == ["budi"]
    assert office.trouble.read() is None


def test_a_server_that_works_again_is_known_to_even_if_nothing_is_left_to_be_sent():
    office = MailOffice([urgent()])
    office.carrier.down = DOWN
    office.look(NIGHT)
    office.rows, office.carrier.down, office.seconds = [], None, 60

    assert office.look(NIGHT) == []

    assert office.trouble.read() is None


def test_an_archive_that_was_brought_back_and_may_be_a_rehearsal_tells_nobody():
    office = MailOffice([urgent()])
    office.postman.parts = replace(office.postman.parts, is_restored=lambda: True)

    assert office.look() == []
    assert office.record.kept == {}


def test_since_when_no_mail_goes_out_is_remembered_over_a_restart():
    office = MailOffice([urgent()])
    office.carrier.down = DOWN
    office.look()
    office.postman = office.started()

    office.look("2026-11-25T10:00")

    assert office.trouble.read().since == MORNING


def test_a_server_that_is_not_needed_is_not_called():
    office = MailOffice()
    office.look()

    assert office.carrier.visits == 0


def test_killed_between_sending_and_writing_down_one_mail_is_sent_again_with_the_same_id():
    office = MailOffice([urgent()])
    office.record.told = lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        office.look(NIGHT)
    del office.record.told

    office.postman = office.started()
    office.look(NIGHT)
    office.look(NIGHT)

    first, second = office.carrier.sent
    assert (first.to, first.id, first.text) == (second.to, second.id, second.text)


def test_on_a_full_disk_nothing_is_sent_that_could_not_be_written_down():
    office = MailOffice([urgent()])
    office.record.room = False
    office.look(NIGHT)
    assert office.carrier.sent == []

    office.record.room = True
    office.seconds = 60
    assert to(office.look(NIGHT)) == ["budi"]


def test_a_disk_that_fills_up_between_sending_and_writing_down_sends_nothing_again_meanwhile():
    office = MailOffice([urgent(), urgent("kadiv")])
    send = office.carrier.send

    def filled(mail):
        send(mail)
        office.record.room = False

    office.carrier.send = filled
    office.look()
    assert to(office.carrier.sent) == ["budi"]

    office.seconds = 3600
    with pytest.raises(Passing):
        office.look()
    office.record.room, office.carrier.send = True, send
    assert to(office.look()) == ["dewi"]
    office.postman = office.started()
    assert office.look() == []


def test_an_address_that_the_server_refuses_holds_up_nobody_and_is_told_on_the_desk():
    office = MailOffice([urgent("kabid", "kadiv", "kasubbid")])
    office.carrier.faults["budi@kantor.contoh"] = AddressRefused("Alamat surel Anda ditolak.", "Betulkan di Profil.")

    assert to(office.look()) == ["dewi", "eko"]
    assert "Alamat surel Anda ditolak. Betulkan di Profil. 1 hal berderajat segera" in office.shown("budi")
    assert office.trouble.read() is None


def test_a_server_that_refuses_everybody_is_at_fault_itself_and_the_addresses_are_not():
    office = MailOffice([urgent("kabid", "kadiv")])
    for login in ("budi", "dewi"):
        office.carrier.faults[f"{login}@kantor.contoh"] = AddressRefused("Ditolak.")
    office.look()

    assert "menolak semua alamat" in office.trouble.read().why
    assert office.record.refusals() == {}
    assert office.shown("budi") == ""
    office.carrier.faults.clear()
    office.seconds = 60
    assert to(office.look()) == ["budi", "dewi"]


@pytest.mark.parametrize(("by_rule", "whose"), [(True, "the server's"), (False, "the address's")])
def test_of_one_that_is_refused_alone_the_servers_own_word_says_whose_fault_it_is(by_rule, whose):
    office = MailOffice([urgent()])
    fault = office.carrier.faults["budi@kantor.contoh"] = AddressRefused("Ditolak.")
    fault.by_rule = by_rule

    office.look()

    assert (office.trouble.read() is not None, bool(office.record.refusals())) == (by_rule, not by_rule), whose


def test_who_has_a_refused_address_is_told_on_the_desk_until_it_is_mended():
    office = MailOffice([urgent()])
    office.carrier.faults["budi@kantor.contoh"] = AddressRefused("Ditolak.")
    office.look()
    visits = office.carrier.visits

    office.rows.append(urgent())
    office.look()

    assert office.carrier.visits == visits
    assert office.shown("budi").count("segera") == 4  # "segera atau amat segera": when it was refused, and now
    office.people.accounts.set_address("budi", "b.rekaan@kantor.contoh", MORNING)
    office.rows.append(urgent())
    assert "b.rekaan@kantor.contoh" in [mail.to for mail in office.look()]


def test_a_refused_address_is_tried_again_the_next_day():
    office = MailOffice([urgent()])
    office.carrier.faults["budi@kantor.contoh"] = AddressRefused("Ditolak.")
    office.look()
    office.carrier.faults.clear()

    office.rows.append(urgent())

    assert to(office.look("2026-11-26T08:15")) == ["budi"]
    assert office.record.refusals() == {}


def test_an_address_that_is_put_off_waits_alone_and_is_told_on_the_desk_in_the_end():
    office = MailOffice([urgent("kabid", "kadiv")])
    office.carrier.faults["budi@kantor.contoh"] = AddressWaits("Ditunda.")
    assert to(office.look()) == ["dewi"]
    office.look()
    assert office.carrier.visits == 1  # not before five minutes are over

    for office.seconds in (300, 900):
        assert office.shown("budi") == ""
        office.look()

    assert "Ditunda. 1 hal berderajat segera" in office.shown("budi")
    office.seconds = 9000
    assert office.look() == []


def test_an_address_at_which_the_server_breaks_off_comes_last():
    office = MailOffice([urgent("kabid", "kadiv", "kasubbid")])
    office.carrier.faults["budi@kantor.contoh"] = DOWN
    assert office.look() == []

    office.seconds = 60

    assert to(office.look()) == ["dewi", "eko"]


@pytest.mark.parametrize("mail", [True, False])
def test_whom_no_mail_reaches_is_told_on_the_desk_but_for_the_mornings(mail):
    office = MailOffice([urgent(), waits("kasubbid", due="2026-11-24T10:00")])
    office.people.accounts.set_address("budi", "", MORNING)
    office.postman = office.started(mail=mail)

    office.look("2026-11-25T10:00")
    office.look("2026-11-25T10:05")

    assert office.shown("budi") == (
        "1 hal berderajat segera atau amat segera menunggu Anda. "
        "1 perkara yang menunggu bawahan Anda melewati tenggatnya. Lihat Arsip, saringan Terlambat."
    )
    assert office.shown("siti") == ""


def test_a_notice_that_was_not_read_yet_is_not_repeated():
    office = MailOffice([urgent()])
    office.people.accounts.set_address("budi", "", MORNING)
    for day in range(25, 29):
        office.rows.append(urgent())
        office.rows = office.rows[-1:]
        office.look(f"2026-11-{day}T21:00")

    assert office.shown("budi") == "1 hal berderajat segera atau amat segera menunggu Anda."


def test_a_former_address_is_told_once_and_then_forgotten():
    office = MailOffice()
    office.people.accounts.set_address("budi", "", MORNING)

    (mail,) = office.look(NIGHT)

    assert (mail.to, mail.subject) == ("budi@kantor.contoh", "Yankomas: alamat surel akun Anda diubah")
    assert DESK in mail.text
    assert "udi" not in mail.text
    assert office.people.accounts.former_addresses() == []
    assert office.look(NIGHT) == []


def test_a_former_address_waits_for_the_server_but_no_longer_than_a_week():
    office = MailOffice()
    office.carrier.down = DOWN
    office.people.accounts.set_address("budi", "", MORNING)
    office.look("2026-12-02T08:15")
    assert office.people.accounts.former_addresses()

    office.look("2026-12-02T08:16")

    assert office.people.accounts.former_addresses() == []


def test_an_office_without_mail_keeps_no_former_address_for_longer_either():
    office = MailOffice()
    office.postman = office.started(mail=False)
    office.people.accounts.set_address("budi", "", MORNING)

    office.look("2026-12-03T10:00")

    assert office.people.accounts.former_addresses() == []


def test_an_address_that_is_the_accounts_again_is_told_nothing():
    office = MailOffice()
    for address in ("baru@kantor.contoh", "budi@kantor.contoh"):
        office.people.accounts.set_address("budi", address, MORNING)

    assert [mail.to for mail in office.look(NIGHT)] == ["baru@kantor.contoh"]


@pytest.mark.parametrize("fault", [AddressWaits("Ditunda."), AddressRefused("Ditolak aturan.")])
def test_a_former_address_that_is_put_off_is_not_tried_at_every_look(fault):
    fault.by_rule = True
    office = MailOffice()
    office.carrier.faults["budi@kantor.contoh"] = fault
    office.people.accounts.set_address("budi", "", MORNING)
    for office.seconds in (0, 20, 40, 290):
        office.look(NIGHT)
    assert office.carrier.visits == 1

    office.carrier.faults.clear()
    office.seconds = 300

    assert to(office.look(NIGHT)) == ["budi"]


def test_a_former_address_that_is_refused_is_forgotten_and_others_are_told():
    office = MailOffice()
    office.carrier.faults["budi@kantor.contoh"] = AddressRefused("Ditolak.")
    for login in ("budi", "dewi"):
        office.people.accounts.set_address(login, "", MORNING)

    assert to(office.look()) == ["dewi"]
    assert office.people.accounts.former_addresses() == []
