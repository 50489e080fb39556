"""Receipts by mail: each complaint that came by mail gets one, once, whatever is killed; in doubt it gets none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import FakeReader, FixedClock
from mail_fakes import FakeCarrier, FakeReceiptCounts
from offices import FakeOffice

from pipeline.cases.actor import Actor
from pipeline.cases.case_number import CaseNumber
from pipeline.errors import EngineFault, Passing
from pipeline.intake.receive import receive
from pipeline.mail import receipts
from pipeline.mail.ports import AddressRefused, AddressWaits
from pipeline.mail.receipts import MOST_FOR_ONE, ReceiptParts, Receipts
from pipeline.reading.fields import Candidate, Field
from pipeline.reading.ports import unseen
from pipeline.scans.ports import AnswerTo
from pipeline.work.tend import tend

FIRST, RAHMAT = CaseNumber(2026, 1), "rahmat@contoh.id"
CONFIRMED = {
    "perihal": "Tanah",
    "pelapor": [{"nama": "Sri Rekaan"}],
    "terlapor": ["PT Rekaan"],
    "ringkasan": "x",
    "hak": ["kesejahteraan"],
    "cara_penyampaian": "surel",
}


class Killed(BaseException):
    """The program was ended here."""


class AskingReader(FakeReader):
    """Reads letters that ask for secrecy."""

    def read(self, blob, received, progress=unseen):
        reading = super().read(blob, received, progress)
        asks = Field((Candidate("Rahasia", "Sifat: Rahasia", 1, (0.1, 0.1, 0.5, 0.12), 0.9, "label"),))
        letters = tuple(replace(one, fields={**one.fields, "sifat_surat": asks}) for one in reading.complaints)
        return replace(reading, complaints=letters)


class World:
    """An office of real folders, a mail server and a reader of heads in memory. ``dies_at``: before which effect."""

    def __init__(self, folder):
        self.office = FakeOffice(folder)
        self.carrier, self.counts = FakeCarrier(), FakeReceiptCounts()
        self.seconds, self.answers, self.fetched, self.deaths = 0.0, {}, True, 0
        self.answers_of = {}
        self.dies_at, self.effects, self.before_reading = 0, 0, lambda: None
        self.receipts = self.started()

    def started(self):
        """The sender of receipts as after a start of the program."""
        parts = ReceiptParts(
            rows=self.office.root.rows.rows,
            cabinet=Dying(self.office.root.cabinet, self),
            reader=self,
            came_by_mailbox=lambda _mail: self.fetched,
            office=self.office.root.settings.office,
            clock=self.office.clock,
            carrier=self,
            ours=frozenset(("aduan@kantor.contoh",)),
            counts=self.counts,
        )
        return Receipts(parts, lambda: self.seconds)

    def answer_to(self, blob):
        before, self.before_reading = self.before_reading, lambda: None
        before()
        if self.deaths:
            self.deaths -= 1
            raise EngineFault("Mesin mati.")
        usual = self.answers.get(blob.name, AnswerTo(RAHMAT, "<a1@contoh.id>"))
        return self.answers_of.get(blob.sha256, usual)

    def opened(self):
        return Killing(self)

    def effect(self):
        self.effects += 1
        if self.effects == self.dies_at:
            raise Killed

    def mails(self, *texts):
        """Have mails come in; return their numbers."""
        before = set(self.office.root.cabinet.numbers())
        for n, text in enumerate(texts):
            self.office.drop(f"surel-{len(before)}-{n}.eml", f"MAIL Pengaduan\n{text}".encode())
            self.office.run_once()
        self.office.root.book.refresh()
        return sorted(set(self.office.root.cabinet.numbers()) - before)

    def look(self):
        self.office.root.book.refresh()
        self.receipts.look()

    def told(self, number=FIRST):
        case = self.office.root.cabinet.case(number)
        return [e.data["outcome"] for e in case.entries if e.kind == "tanda-terima-surel"]

    def why(self, number=FIRST):
        return self.office.root.cabinet.case(number).entries[-1].data["reason"]


class Killing:
    """A visit at the server of which each effect may be the last."""

    def __init__(self, world):
        self._world = world

    def __enter__(self):
        self._visit = self._world.carrier.opened()
        self._run = self._visit.__enter__()
        return self

    def __exit__(self, *fault):
        return self._visit.__exit__(*fault)

    def send(self, mail, about_to=lambda: None):
        def then():
            about_to()
            self._world.effect()

        self._world.effect()
        self._run.send(mail, then)
        self._world.effect()


class Dying:
    """A cabinet of which each append may be the last effect."""

    def __init__(self, cabinet, world):
        self._cabinet, self._world = cabinet, world

    def __getattr__(self, name):
        return getattr(self._cabinet, name)

    def held(self, number):
        self._world.effect()
        return self._cabinet.held(number)


def raising(fault):
    raise fault


@pytest.fixture
def world(tmp_path):
    return World(tmp_path / "kantor")


def test_the_sender_of_a_mail_that_became_a_case_is_told_number_and_code_and_nothing_else(world):
    world.mails("Perihal tanah\nSaya Rahmat Hidayat mengadukan PT Rekaan")

    world.look()
    world.look()

    (mail,) = world.carrier.sent
    case = world.office.root.cabinet.case(FIRST)
    assert (mail.to, mail.is_answer, mail.answers) == (RAHMAT, True, "<a1@contoh.id>")
    assert f"Nomor register: {case.received.register_number}" in mail.text
    assert f"Kode status: {case.received.status_code}" in mail.text
    assert not any(word in mail.text + mail.subject for word in ("tanah", "Rahmat", "Rekaan"))
    assert world.told() == ["mulai", "terkirim"]
    assert world.office.root.verify(lambda _done, _of: None) == []


def test_a_restart_and_views_made_anew_send_no_second_one(world):
    world.mails("x")
    world.look()
    world.office.root.book.rebuild()

    world.receipts = world.started()
    world.look()

    assert len(world.carrier.sent) == 1


def test_killed_before_each_effect_in_turn_no_second_one_goes_out_and_the_journal_says_what_is_known(tmp_path):
    told = set()
    for effect in range(1, 7):
        world = World(tmp_path / f"kantor-{effect}")
        world.mails("x")
        world.effects, world.dies_at = 0, effect
        try:
            world.look()
        except Killed:
            world.dies_at = 0
            world.receipts = world.started()
        world.look()
        world.look()

        assert len(world.carrier.sent) <= 1
        told.add((len(world.carrier.sent), world.told()[-1]))

    assert told == {(1, "terkirim"), (0, "tidak-pasti"), (1, "tidak-pasti")}


def test_an_attachment_to_a_case_a_duplicate_and_a_mail_that_waits_get_none(world):
    world.mails("x")
    world.look()
    world.office.drop("lagi.eml", b"MAIL Pengaduan\nx")
    world.office.drop("balasan.eml", b"MAIL Re: perkara 1/2026\nbukti")
    world.office.drop("warta.eml", b"MAIL Warta | milis (List-Id)\nberita")
    world.office.run_once()
    world.office.root.mailroom().attach("balasan.eml", FIRST, Actor("tim-yankomas", "siti"))
    world.office.run_once()

    world.look()

    assert len(world.carrier.sent) == 1


def test_a_mail_that_somebody_put_into_the_inbox_gets_none_and_no_line(world):
    world.fetched = False
    world.mails("x")

    world.look()

    assert (world.carrier.sent, world.told()) == ([], [])


@pytest.mark.parametrize(
    ("answer", "why"),
    [(AnswerTo(why="surelnya dikirim mesin"), "mesin"), (AnswerTo("aduan@kantor.contoh"), "kantor sendiri")],
)
def test_a_mail_that_no_machine_may_answer_gets_none_and_the_case_says_why(world, answer, why):
    world.mails("x")
    world.answers["01-surat-asli.eml"] = answer

    world.look()
    world.look()

    assert (world.carrier.sent, world.told()) == ([], ["tidak-dikirim"])
    assert why in world.why()


def test_a_secret_case_gets_none(world):
    (number,) = world.mails("x")
    world.office.decide(number, "konfirmasi", "tim-yankomas", CONFIRMED | {"sifat": "rahasia"})

    world.look()

    assert (world.carrier.sent, world.told(), world.why()) == ([], ["tidak-dikirim"], "perkaranya rahasia")


def test_one_that_the_register_has_as_secret_gets_none_either(world):
    world.mails("x")
    rows = world.receipts.parts.rows
    world.receipts.parts = replace(world.receipts.parts, rows=lambda: [replace(r, sifat="rahasia") for r in rows()])

    world.look()

    assert (world.carrier.sent, world.told(), world.why()) == ([], ["tidak-dikirim"], "perkaranya rahasia")


def test_one_that_becomes_secret_at_the_last_moment_gets_none(world):
    (number,) = world.mails("x")
    world.before_reading = lambda: world.office.decide(
        number, "konfirmasi", "tim-yankomas", CONFIRMED | {"sifat": "rahasia"}
    )

    world.look()
    world.look()

    assert (world.carrier.sent, world.told()) == ([], ["tidak-dikirim"])


def test_one_that_asks_for_secrecy_waits_until_a_person_has_said_whether_it_is(world):
    world.office.reader = AskingReader()
    (number,) = world.mails("x")
    world.look()
    assert (world.carrier.sent, world.told()) == ([], [])

    world.office.decide(number, "konfirmasi", "tim-yankomas", CONFIRMED | {"sifat": "biasa"})
    world.look()

    assert world.told() == ["mulai", "terkirim"]


def test_without_the_receipt_on_paper_there_is_none_by_mail(world):
    """It holds a letter back that the office's file still has placeholders, which go on no paper."""
    receive(world.office.claim(world.office.drop("surel.eml", b"MAIL Pengaduan\nx")), world.office.receive_parts)
    world.look()
    assert (world.carrier.sent, world.told()) == ([], [])

    tend(FIRST, world.office.tend_parts)
    world.look()

    assert world.told() == ["mulai", "terkirim"]


@pytest.mark.parametrize(("late", "told"), [(0, ["mulai", "terkirim"]), (1, [])])
def test_a_complaint_that_is_older_than_three_days_gets_none(world, late, told):
    (number,) = world.mails("x")
    received_at = world.office.root.cabinet.case(number).received_at
    world.office.clock = FixedClock(received_at + timedelta(days=3, seconds=late))
    world.receipts = world.started()

    world.look()

    assert (world.told(), len(world.carrier.sent)) == (told, len(told) // 2)


def test_a_server_that_is_down_is_waited_for_and_nothing_is_written(world):
    world.mails("x")
    world.carrier.down = Passing("Server surel tidak dapat dihubungi.", "")
    with pytest.raises(Passing):
        world.look()
    world.look()
    assert (world.carrier.visits, world.told()) == (1, [])

    world.carrier.down, world.seconds = None, 60
    world.look()

    assert world.told() == ["mulai", "terkirim"]


def test_an_address_that_is_put_off_is_tried_again_and_one_that_is_refused_is_not(world):
    world.mails("x")
    world.carrier.faults[RAHMAT] = AddressWaits("Alamat surel Anda ditunda server surel (kode 451).")
    world.look()
    world.look()
    assert (world.carrier.visits, world.told()) == (1, [])
    world.seconds, world.carrier.faults[RAHMAT] = 600, AddressRefused("Alamat ditolak server surel (kode 550).")

    world.look()
    world.seconds = 10_000
    world.look()

    assert (world.told(), world.why()) == (["ditolak"], "kode 550")


def test_one_that_is_put_off_for_ever_is_given_up(world):
    world.mails("x")
    world.carrier.faults[RAHMAT] = AddressWaits("Alamat surel Anda ditunda server surel (kode 451).")

    for hour in range(10):
        world.seconds = 4000.0 * hour
        world.look()

    assert (world.carrier.visits, world.told()) == (4, ["ditolak"])


def test_a_child_that_dies_of_a_mail_is_given_up_after_three_times(world):
    world.mails("x")
    world.deaths = 5

    for told in ([], [], ["tidak-dikirim"], ["tidak-dikirim"]):
        world.look()
        assert (world.carrier.sent, world.told()) == ([], told)


def test_what_the_server_says_once_it_was_begun_to_be_sent_is_told_and_a_putting_off_is_tried_again(world):
    world.mails("satu", "dua")
    second = CaseNumber(2026, 2)
    faults = [AddressWaits("Ditunda (kode 451)."), Passing("Server surel memutus sambungan.", "")]
    world.effect = lambda: None
    world.carrier.send = lambda _mail, about_to: (about_to(), raising(faults.pop(0)))
    with pytest.raises(Passing):
        world.look()
    assert (world.told(), world.told(second)) == (["mulai", "ditunda"], ["mulai", "tidak-pasti"])
    assert "memutus sambungan" in world.why(second)
    del world.carrier.send

    world.seconds = 600
    world.look()

    assert (world.told(), len(world.carrier.sent)) == (["mulai", "ditunda", "mulai", "terkirim"], 1)


def test_a_flood_is_not_answered(world):
    world.mails(*(f"surat {n}" for n in range(MOST_FOR_ONE + 1)))

    world.look()

    assert len(world.carrier.sent) == MOST_FOR_ONE
    assert "sehari" in world.why(CaseNumber(2026, MOST_FOR_ONE + 1))


def test_a_flood_is_not_answered_after_a_restart_either(world):
    world.mails(*(f"surat {n}" for n in range(MOST_FOR_ONE)))
    world.look()
    world.receipts = world.started()
    world.mails("surat lagi")

    world.look()

    assert len(world.carrier.sent) == MOST_FOR_ONE
    assert "sehari" in world.why(CaseNumber(2026, MOST_FOR_ONE + 1))


def test_of_more_than_may_go_out_in_an_hour_the_others_wait(world, monkeypatch):
    monkeypatch.setattr(receipts, "MOST_AN_HOUR", 2)
    world.mails("satu", "dua", "tiga")
    world.look()
    world.receipts = world.started()
    world.look()
    assert [world.told(CaseNumber(2026, n)) for n in (2, 3)] == [["mulai", "terkirim"], []]

    world.office.clock.forward(hours=2)
    world.look()

    assert world.told(CaseNumber(2026, 3)) == ["mulai", "terkirim"]


def test_an_address_at_which_the_server_hangs_up_keeps_no_other_waiting(world):
    world.mails("satu", "dua")
    first = world.office.root.cabinet.blob(FIRST, world.office.root.cabinet.case(FIRST).arrived)
    world.answers_of = {first.sha256: AnswerTo("putus@contoh.id")}
    world.carrier.faults["putus@contoh.id"] = Passing("Server surel memutus sambungan.", "Periksa.")
    with pytest.raises(Passing):
        world.look()

    world.seconds += 3600
    with pytest.raises(Passing):
        world.look()

    assert [mail.to for mail in world.carrier.sent] == [RAHMAT]
    assert world.told() == []


def test_an_archive_brought_back_that_nobody_vouched_for_sends_none(world):
    world.mails("x")
    world.receipts.parts = ReceiptParts(
        **{name: getattr(world.receipts.parts, name) for name in ReceiptParts.__slots__ if name != "is_restored"},
        is_restored=lambda: True,
    )

    world.look()

    assert world.carrier.sent == []
