"""Who is told what, and when: mornings, urgent cases, deadlines that come and that are over; each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from fakes import MORNING
from mail_fakes import MailOffice, waits
from registers import a_letter, entry

from pipeline.access.accounts import held
from pipeline.access.rights import Right, may
from pipeline.office.officials import Official
from pipeline.privacy.matters import Clock, Pressing

WEDNESDAY, THURSDAY, SATURDAY = "2026-11-25", "2026-11-26", "2026-11-28"
FAR = "2026-12-11T16:00"


def to(mails):
    return sorted(mail.to.partition("@")[0] for mail in mails)


# Each morning of a working day.


def test_each_morning_of_a_working_day_who_is_waited_for_is_told_how_many():
    office = MailOffice([waits("kabid", due=FAR), waits("kabid", due="2026-11-24T16:00", step=1)])

    (mail,) = office.look(f"{WEDNESDAY}T07:30")

    assert mail.to == "budi@kantor.contoh"
    assert mail.subject == "Yankomas: 2 menunggu Anda"
    assert (
        "Hari ini 2 hal menunggu Anda:\n  - 2 perkara\nDi antaranya, menurut tenggat perkaranya: 1 terlambat.\n"
        in mail.text
    )
    assert "\nMeja saya: https://meja.kantor.contoh/\n" in mail.text
    assert office.look(f"{WEDNESDAY}T07:31") == []
    assert to(office.look(f"{THURSDAY}T07:30")) == ["budi"]


@pytest.mark.parametrize("moment", [f"{WEDNESDAY}T07:29", f"{WEDNESDAY}T16:00", f"{SATURDAY}T09:00"])
def test_before_opening_after_closing_and_on_free_days_nobody_gets_a_morning(moment):
    assert MailOffice([waits("kabid", due=FAR)]).look(moment) == []


def test_who_has_nothing_to_do_gets_no_mail_and_what_comes_later_that_day_waits_for_the_next_morning():
    office = MailOffice()

    assert office.look(f"{WEDNESDAY}T07:30") == []
    office.rows.append(waits("kabid", due=FAR))
    assert office.look(f"{WEDNESDAY}T10:00") == []
    assert to(office.look(f"{THURSDAY}T07:30")) == ["budi"]


def test_a_machine_that_was_off_for_a_week_tells_one_morning_and_not_seven():
    office = MailOffice([waits("kabid", due=FAR)])
    office.look(f"{WEDNESDAY}T07:30")

    assert len(office.look("2026-12-02T14:20")) == 1
    assert office.look("2026-12-02T15:00") == []


def test_who_gets_an_address_at_noon_is_told_that_days_morning():
    office = MailOffice([waits("arsiparis", "kadiv", due=FAR)])
    office.account("nina", "kadiv", address="")
    assert to(office.look(f"{WEDNESDAY}T07:30")) == ["dewi"]

    office.people.accounts.set_address("nina", "nina@kantor.contoh", MORNING)

    assert to(office.look(f"{WEDNESDAY}T12:00")) == ["nina"]


# At once.


@pytest.mark.parametrize("urgency", [1, 2])
def test_what_is_urgent_is_told_at_once_at_any_hour_and_once(urgency):
    office = MailOffice([waits("kadiv", due=FAR, urgency=urgency)])

    (mail,) = office.look(f"{SATURDAY}T21:00")

    assert (mail.to, mail.subject) == ("dewi@kantor.contoh", "Yankomas: 1 segera")
    assert office.look(f"{SATURDAY}T21:01") == []


def test_an_urgent_case_that_comes_back_or_goes_on_is_told_anew():
    office = MailOffice([waits("kadiv", due=FAR, urgency=1)])
    office.look(f"{SATURDAY}T21:00")

    office.rows = [waits("kabid", due=FAR, urgency=1, number=office.rows[0].number)]
    assert to(office.look(f"{SATURDAY}T21:01")) == ["budi"]
    back = {"number": office.rows[0].number, "since": f"{SATURDAY}T21:02:00+07:00"}
    office.rows = [waits("kadiv", due=FAR, urgency=1, **back)]
    assert to(office.look(f"{SATURDAY}T21:03")) == ["dewi"]


def test_a_thousand_urgent_cases_are_one_mail():
    office = MailOffice([waits("kadiv", due=FAR, urgency=2) for _ in range(1000)])

    (mail,) = office.look(f"{SATURDAY}T21:00")

    assert mail.subject == "Yankomas: 1000 segera"
    assert office.look(f"{SATURDAY}T21:01") == []


def test_a_letter_of_an_urgent_case_that_has_ended_waits_for_the_morning():
    closing = {**a_letter("07-pemberitahuan-penutupan", "Pemberitahuan penutupan", None), "urgency": 2}
    closing |= {"act": "paraf", "roles": ["kadiv"], "since": "2026-11-24T09:00:00+07:00"}
    office = MailOffice([entry("2026-11-20", "2026-11-24", urgency=2, surat=[closing])])

    assert office.look("2026-11-24T21:00") == []
    (mail,) = office.look(f"{WEDNESDAY}T07:30")

    assert mail.subject == "Yankomas: 1 menunggu Anda"


# Deadlines.


def test_before_a_deadline_who_is_waited_for_is_reminded_as_early_as_the_sop_says():
    office = MailOffice([waits("kasubbid", due=f"{THURSDAY}T16:00")])
    office.look(f"{THURSDAY}T07:30")

    assert office.look(f"{THURSDAY}T10:59") == []
    (mail,) = office.look(f"{THURSDAY}T11:00")  # four hours of office time before
    assert (mail.to, mail.subject) == ("eko@kantor.contoh", "Yankomas: 1 mendekati tenggat")
    assert office.look(f"{THURSDAY}T15:00") == []


def test_at_the_deadline_itself_nobody_is_reminded_of_it_any_more():
    office = MailOffice([waits("kasubbid", due=f"{THURSDAY}T14:00")])
    office.look(f"{THURSDAY}T07:30")
    office.rows = [waits("kasubbid", due=f"{THURSDAY}T14:00")]  # which came to that step only now

    assert office.look(f"{THURSDAY}T14:00") == []


def test_a_reminder_three_working_days_before_comes_in_office_hours_only():
    monitored = waits("tim-yankomas", due="2026-12-01T16:00", step=7, state="pemantauan")
    office = MailOffice([monitored])

    assert office.look(f"{THURSDAY}T05:00") == []
    (mail,) = office.look(f"{THURSDAY}T07:30")
    assert mail.subject == "Yankomas: 1 mendekati tenggat, 1 menunggu Anda"


def test_a_deadline_that_moved_is_another():
    office = MailOffice([waits("kasubbid", due=f"{WEDNESDAY}T16:00")])
    office.look(f"{WEDNESDAY}T14:00")

    office.rows = [waits("kasubbid", due=f"{THURSDAY}T16:00", number=office.rows[0].number)]

    assert office.look(f"{WEDNESDAY}T15:00") == []
    assert office.look(f"{THURSDAY}T14:00")[0].subject == "Yankomas: 1 mendekati tenggat, 1 menunggu Anda"


def test_after_a_deadline_the_next_in_line_is_told_once_with_a_link_to_what_is_late():
    office = MailOffice([waits("kasubbid", due=f"{WEDNESDAY}T16:00")])
    office.look(f"{WEDNESDAY}T15:59")

    assert to(office.look(f"{THURSDAY}T08:29")) == ["eko"]  # the morning of who is late
    (mail,) = office.look(f"{THURSDAY}T08:30")  # an hour of office time after
    assert (mail.to, mail.subject) == ("budi@kantor.contoh", "Yankomas: 1 lewat tenggat")
    assert "https://meja.kantor.contoh/arsip?terlambat=ya" in mail.text
    assert to(office.look(f"{THURSDAY}T09:00")) == []


def test_above_two_who_are_waited_for_is_the_first_who_is_not_one_of_them():
    office = MailOffice([waits("kasubbid", "tim-yankomas", due=f"{WEDNESDAY}T10:00")])

    assert "budi" in to(office.look(f"{WEDNESDAY}T12:00"))
    assert [m.subject for m in office.carrier.to("budi@kantor.contoh")] == ["Yankomas: 1 lewat tenggat"]


def test_where_the_next_in_line_cannot_be_told_the_one_above_is():
    office = MailOffice([waits("kasubbid", due=f"{WEDNESDAY}T10:00")])
    office.people.accounts.lock("budi", locked=True, now=MORNING)

    office.look(f"{WEDNESDAY}T12:00")

    assert [m.subject for m in office.carrier.to("dewi@kantor.contoh")] == ["Yankomas: 1 lewat tenggat"]
    assert not office.carrier.to("budi@kantor.contoh")


def test_nobody_is_told_that_they_are_late_themselves_as_their_own_superior():
    office = MailOffice([waits("kasubbid", due=f"{WEDNESDAY}T10:00")])
    office.people.accounts.give("budi", [held("kabid"), held("kasubbid")], MORNING)

    office.look(f"{WEDNESDAY}T12:00")

    assert "lewat" not in "".join(m.subject for m in office.carrier.to("budi@kantor.contoh"))
    assert office.carrier.to("dewi@kantor.contoh")


def test_of_two_above_the_one_is_told_who_is_not_late():
    office = MailOffice([waits("kasubbid", due=f"{WEDNESDAY}T10:00")])
    office.people.accounts.give("budi", [held("kabid"), held("kasubbid")], MORNING)
    office.account("nina", "kabid")

    office.look(f"{WEDNESDAY}T12:00")

    late = [mail.to for mail in office.carrier.sent if "lewat" in mail.subject]
    assert late == ["nina@kantor.contoh"]


def test_above_the_head_nobody_stands_and_who_complains_has_no_superior():
    late = [waits(role, due=f"{WEDNESDAY}T10:00") for role in ("kakanwil", "pelapor", "instansi")]
    office = MailOffice(late)

    assert [m.subject for m in office.look(f"{WEDNESDAY}T12:00")] == ["Yankomas: 1 menunggu Anda"]


def test_a_case_under_an_edition_that_says_nothing_of_it_is_told_in_the_morning_alone():
    office = MailOffice([waits("kasubbid", due=f"{WEDNESDAY}T10:00", sop="2024-05-06")])

    assert [m.subject for m in office.look(f"{WEDNESDAY}T12:00")] == ["Yankomas: 1 menunggu Anda"]


# Secrecy.


def test_of_a_secret_case_nobody_is_told_who_may_not_read_it():
    secret = waits("kasubbid", due=f"{WEDNESDAY}T10:00", urgency=2, sifat="rahasia", handled_by=["kakanwil"])
    office = MailOffice([secret])

    office.look(f"{WEDNESDAY}T12:00")

    assert to(office.carrier.sent) == ["eko", "rudi"]  # not the bureau and the division, which have no part in it
    assert office.carrier.to("rudi@kantor.contoh")[0].subject == "Yankomas: 1 lewat tenggat"


def test_what_is_proposed_in_a_secret_case_is_counted_to_nobody_who_may_not_read_it():
    proposal = {"move": "tegur", "label": "Teguran", "roles": ["kadiv"], "after": "2026-11-24"}
    secret, open_ = (waits("pelapor", due=FAR, usulan=[proposal], sifat=s) for s in ("rahasia", "terbatas"))

    (mail,) = MailOffice([secret, open_]).look(f"{WEDNESDAY}T07:30")

    assert (mail.to, mail.subject) == ("dewi@kantor.contoh", "Yankomas: 1 menunggu Anda")
    assert "  - 1 usul\n" in mail.text


def test_a_mail_says_nothing_of_a_case_but_that_there_is_one():
    names = {"perihal": "Penganiayaan Rekaan", "pelapor": ["Sri Rekaan"], "terlapor": ["Polres Rekaan"]}
    rows = [
        waits("kasubbid", due=f"{WEDNESDAY}T10:00", urgency=2, **names),
        waits("kasubbid", due=f"{WEDNESDAY}T16:00", sifat="rahasia", **names),
    ]
    office = MailOffice(rows)

    office.look(f"{WEDNESDAY}T12:30")

    whole = "".join(f"{mail.subject} {mail.text} {mail.id}" for mail in office.carrier.sent)
    said = [row.number for row in rows] + [row.register_number for row in rows] + ["Rekaan ", "Penganiayaan", "rahasia"]
    assert office.carrier.sent
    assert not [words for words in said if words in whole.replace("Kantor Rekaan", "")]
    assert not [login.title() for login in ("rudi", "dewi", "budi", "eko", "siti") if login.title() in whole]


# Who is told.


def test_an_account_without_a_role_and_one_that_is_locked_get_nothing():
    office = MailOffice([waits("kabid", due=FAR, urgency=2)])
    office.account("nina")
    office.account("ani", "admin")
    office.people.accounts.lock("budi", locked=True, now=MORNING)

    assert office.look(f"{WEDNESDAY}T09:00") == []


def test_the_stand_in_gets_the_mail_and_the_holder_again_when_that_is_over():
    office = MailOffice([waits("kabid", due=FAR, urgency=1)])
    day = MORNING.date()
    office.deputies = (
        Official("kabid", "Kabid", "Eko", since=day, until=day, acting="Plh.", account="eko", in_place_of="budi"),
    )

    assert to(office.look(f"{WEDNESDAY}T09:00")) == ["eko"]
    assert to(office.look(f"{THURSDAY}T09:00")) == ["budi"]


# What the law on personal data gives hours for.


def test_personal_data_is_told_at_night_too_once_when_near_and_once_when_late():
    office = MailOffice()
    due = datetime.fromisoformat("2026-11-29T04:00+07:00")  # a Sunday
    matter = Pressing("data-pribadi", 7, "Permintaan Siti Rekaan", Clock(due, None))
    office.pressing = lambda roles: [matter] if may(roles, Right.PERSONAL_DATA) else []

    assert office.look("2026-11-28T03:00") == []
    near, late = office.look("2026-11-28T20:00"), office.look("2026-11-29T05:00")

    assert to(near) == to(late) == ["budi", "rudi", "siti"]
    assert near[0].subject == "Yankomas: 1 hak atas data pribadi"
    assert "Siti" not in near[0].text
    assert office.look("2026-11-29T06:00") == []


# Folders that are out.


def test_who_lends_is_told_once_of_a_folder_that_is_not_back_and_nobody_else():
    lying, lent = entry("2026-11-02", "2026-11-20"), entry("2026-11-02", "2026-11-20")
    office = MailOffice([lying, replace(lent, lent_until=WEDNESDAY)])
    office.account("wati", "arsiparis")

    assert office.look(f"{WEDNESDAY}T08:00") == []
    (mail,) = office.look(f"{THURSDAY}T08:00")

    assert (mail.to, mail.subject) == ("wati@kantor.contoh", "Yankomas: 1 pinjaman lewat waktu")
    assert "1 map yang dipinjam belum kembali pada waktunya." in mail.text
    assert office.look(f"{THURSDAY}T09:00") == []
