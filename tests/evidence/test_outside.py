"""Seals reach witnesses outside, what these have is held against what is here, and a silent one is told."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from append_only_store import append_only_store
from evidence_fakes import FakeOutside, FakeSeals, FakeSentSeals
from fakes import MORNING
from offices import FakeOffice

from pipeline.backup.store import restic_witness
from pipeline.backup.store.restic_witness import ResticWitness
from pipeline.cases.case_number import CaseNumber
from pipeline.cli import main
from pipeline.errors import Passing
from pipeline.evidence.mailed_seals import MailedSeals
from pipeline.evidence.outside import SILENT, STORE_EVERY, Witnessing, contradictions, silent_since
from pipeline.evidence.ports import Sent
from pipeline.evidence.seal import Head
from pipeline.evidence.store.sent_seals import SentSealsFile
from pipeline.mail.ports import Mail
from pipeline.work.engines.doctor_seals import seal_checks

MINUTE = timedelta(minutes=1)


class Office:
    """Seals, a witness, and what was left with it."""

    def __init__(self) -> None:
        self.seals, self.outside, self.record = FakeSeals(), FakeOutside(), FakeSentSeals()
        self.witnessing = Witnessing(self.seals, lambda: [(self.outside, STORE_EVERY)], self.record)
        self.count = 0

    def work(self, at):
        self.count += 1
        self.seals.witness(Head(CaseNumber(2026, self.count), 1, f"{self.count:064x}"))
        return self.seals.seal_now(at)


@pytest.fixture
def office():
    return Office()


def test_the_newest_seal_gets_out_and_none_twice(office):
    first = office.work(MORNING)
    for _ in range(3):
        office.witnessing.look(MORNING)

    assert office.outside.has == {1: {first.hash}}
    assert office.record.last()["saksi rekaan"] == Sent("saksi rekaan", 1, first.hash, MORNING)


def test_a_witness_is_not_bothered_more_often_than_it_wants(office):
    office.work(MORNING)
    office.witnessing.look(MORNING)
    office.work(MORNING + MINUTE)
    office.witnessing.look(MORNING + MINUTE)
    assert list(office.outside.has) == [1]

    office.work(MORNING + 2 * MINUTE)
    office.witnessing.look(MORNING + STORE_EVERY)
    assert list(office.outside.has) == [1, 3]


def test_a_clock_that_ran_back_keeps_no_seal_from_getting_out(office):
    office.work(MORNING)
    office.witnessing.look(MORNING + 400 * SILENT)
    second = office.work(MORNING)

    office.witnessing.look(MORNING)

    assert office.outside.has[2] == {second.hash}


def test_a_witness_that_cannot_be_reached_gets_it_later_and_holds_up_no_other(office):
    other = FakeOutside()
    other.place = "saksi lain"
    witnessing = Witnessing(office.seals, lambda: [(office.outside, MINUTE), (other, MINUTE)], office.record)
    office.outside.away = True
    seal = office.work(MORNING)

    with pytest.raises(Passing, match="Segel 1 belum sampai: saksi rekaan: Jaringan putus"):
        witnessing.look(MORNING)
    assert (office.outside.has, other.has) == ({}, {1: {seal.hash}})

    office.outside.away = False
    witnessing.look(MORNING + MINUTE)
    assert office.outside.has == {1: {seal.hash}}


def test_what_a_witness_has_and_this_machine_denies_is_found(office):
    for minute in range(3):
        office.work(MORNING + minute * STORE_EVERY)
        office.witnessing.look(MORNING + minute * STORE_EVERY)
    here = office.seals.everything()
    forged = {2: frozenset({here[1].hash, "0" * 64})}

    assert list(contradictions("saksi", office.outside.has, here)) == []
    [gone] = contradictions("saksi", office.outside.has, here[:2])
    assert "sampai no. 3; di sini yang terakhir no. 2" in gone.fact
    [other] = contradictions("saksi", {**office.outside.has, **forged}, here)
    assert "Segel 2 di saksi bukan segel 2 yang ada di sini" in other.fact


def test_a_witness_is_silent_from_a_day_after_it_should_have_heard(office):
    seal = office.work(MORNING)
    heard = Sent("saksi", seal.seq, seal.hash, MORNING)
    newer = office.work(MORNING + MINUTE)

    assert silent_since(None, None, MORNING) is None
    assert silent_since(heard, seal, MORNING + 30 * SILENT) is None
    assert silent_since(heard, newer, MORNING + SILENT) is None
    assert silent_since(heard, newer, MORNING + SILENT + MINUTE) == MORNING
    assert silent_since(None, newer, MORNING + 2 * SILENT) == newer.at


def test_the_record_of_what_got_out_outlives_a_torn_line(tmp_path):
    record = SentSealsFile(tmp_path / "saksi")
    first, second = (Sent("restic rest:http://a b", n, f"{n}" * 64, MORNING) for n in (1, 2))
    assert record.last() == {}

    record.note(first)
    with open(tmp_path / "saksi", "ab") as writer:
        writer.write(b"2 2222")
    assert record.last() == {first.place: first}
    record.note(second)

    assert record.last() == {second.place: second}


class Post:
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def opened(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)

    def try_out(self) -> None:
        pass


def test_a_mail_has_number_and_hash_how_to_compare_them_and_nothing_of_a_case(office):
    post, seal = Post(), office.work(MORNING)
    MailedSeals(post, "arsip@kantor.example", "Kantor Rekaan").send(seal, MORNING)

    [mail] = post.mails
    assert mail.subject == "Yankomas: segel arsip no. 1"
    assert f"yankomas segel --cocok 1 {seal.short}" in mail.text
    assert seal.hash in mail.text
    assert "2026/0001" not in mail.text


# The real thing: an office, its own restic, and a repository that only takes more.


@pytest.fixture
def store():
    with append_only_store() as place:
        yield place


@pytest.fixture
def real(tmp_path, store):
    office = FakeOffice(tmp_path / "kantor")
    settings = office.root.layout.settings
    settings.write_text(settings.read_text().replace('[segel]\ntujuan = ""', f'[segel]\ntujuan = "{store}"'))
    office = FakeOffice(tmp_path / "kantor")
    office.drop("scan.pdf", b"Surat A")
    office.run_once()
    return office


@pytest.mark.parametrize("sent", [True, False])
def test_an_older_copy_of_the_whole_office_put_back_is_found_by_the_store_outside(real, tmp_path, capsys, sent):
    root = real.root
    if sent:
        root.witnessing.look(real.clock.now())
    shutil.copytree(root.layout.root, tmp_path / "dahulu", copy_function=shutil.copy2)
    real.clock.forward(days=1)
    real.drop("scan.pdf", b"Surat B")
    real.run_once()
    root.witnessing.look(real.clock.now())
    assert root.verify(lambda _done, _all: None) == []

    shutil.rmtree(root.layout.root)
    shutil.copytree(tmp_path / "dahulu", root.layout.root, copy_function=shutil.copy2)

    old = FakeOffice(root.layout.root)
    assert [f.code for f in old.root.verify(lambda _done, _all: None)] == ["saksi-luar"]
    assert main(["--root", str(root.layout.root), "segel", "--luar"]) == 6
    said = "di sini yang terakhir no." if sent else "tidak dapat dibuka lagi: Kata sandi cadangan salah"
    assert said in capsys.readouterr().out


def test_the_command_says_that_all_outside_is_as_here_and_verify_says_who_has_which(real, capsys):
    real.root.witnessing.look(real.clock.now())

    assert main(["--root", str(real.root.layout.root), "segel", "--luar"]) == 0
    assert "1 segel, sama dengan yang di sini" in capsys.readouterr().out
    assert main(["--root", str(real.root.layout.root), "verify"]) == 0
    assert f"Saksi luar restic {real.root.settings.seals.repository}: segel no. 2" in capsys.readouterr().out


def test_a_store_that_does_not_answer_holds_nobody_up_and_accuses_nobody(real, monkeypatch, capsys):
    monkeypatch.setattr(restic_witness, "_PATIENCE", 1.0)
    settings = real.root.layout.settings
    settings.write_text(settings.read_text().replace(real.root.settings.seals.repository, "rest:http://127.0.0.1:9/"))

    assert main(["--root", str(real.root.layout.root), "segel", "--luar"]) == 0
    assert "rest:http://127.0.0.1:9/ tidak menjawab" in capsys.readouterr().out
    assert main(["--root", str(real.root.layout.root), "verify"]) == 0


def checks(office):
    return {c.fact: c for c in seal_checks(office.root, office.root.settings.seals, office.clock.now())}


def test_the_doctor_is_content_with_a_store_that_lets_nothing_go(real):
    real.root.witnessing.look(real.clock.now())

    [check] = checks(real).values()
    assert (check.good, check.caution) == (True, False)
    assert "segel no. 2" in check.fact


def test_the_doctor_tells_a_store_that_could_be_cleared_from_here(real):
    with append_only_store(append_only=False) as place:
        witness = ResticWitness(real.root.layout, place, shared=False)
        witness.send(real.root.seals.last(), real.clock.now())

        assert witness.can_be_cleared()


def test_the_doctor_says_since_when_a_witness_is_silent(real):
    real.root.witnessing.look(real.clock.now())
    said = f"{real.clock.now():%d-%m-%Y %H.%M}"
    real.drop("scan.pdf", b"Surat B")
    real.run_once()
    real.clock.forward(days=2)

    [check] = checks(real).values()
    assert not check.good
    assert f"diam sejak {said}" in check.fact


def test_the_doctor_insists_on_a_witness_outside_after_a_week(office, tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    assert [(c.good, c.caution) for c in checks(office).values()] == [(True, True)]

    office.run_once()
    office.clock.forward(days=9)

    [check] = checks(office).values()
    assert (check.good, check.fact) == (False, "tidak ada")
    assert "[segel]" in check.remedy
