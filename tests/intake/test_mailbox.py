"""The office's mailbox is emptied into the inbox: each mail once, whatever is killed, renumbered or delivered again."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from pipeline.errors import Passing
from pipeline.intake.account import Delivered, State
from pipeline.intake.mailbox import FetchedMail, MailAt, Mailbox, content_hash, fetched
from pipeline.mail.store.fetched_record import SqliteMailRecord

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)


def mail(number=1, via="a", **heads):
    told = {"Message-ID": f"<{number}@contoh.id>", "Date": "Fri, 27 Nov 2026 08:00:00 +0700", "From": "a@b"} | heads
    head = "".join(f"{name}: {said}\r\n" for name, said in told.items() if said)
    return f"Received: by {via}\r\n{head}Subject: Pengaduan {number}\r\n\r\nisi {number}\r\n".encode()


@dataclass
class World:
    """A mailbox, an inbox and an account in memory; ``dies_at`` is the effect before which the program ends."""

    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 1
    settled: list[int] = field(default_factory=list)
    lying: list[bytes] = field(default_factory=list)
    states: dict[str, State] = field(default_factory=dict)
    delivered: list[tuple[str, str]] = field(default_factory=list)
    trouble: object = None
    fetches: int = 0
    fault: str = ""
    dies_at: int = 0
    effects: int = 0

    def effect(self):
        self.effects += 1
        if self.effects == self.dies_at:
            raise KeyboardInterrupt

    # the mailbox
    @contextmanager
    def opened(self):
        yield self

    def waiting(self, most):
        return [MailAt(uid, len(data)) for uid, data in sorted(self.mails.items()) if uid not in self.settled][:most]

    def fetch(self, uid, most):
        self.fetches += 1
        return self.mails[uid]

    def settle(self, uid):
        self.effect()
        self.settled.append(uid)

    # the inbox and its account
    def files(self):
        return [SimpleNamespace(name=fetched(data).name) for data in self.lying]

    def account(self, now):
        entries = [
            SimpleNamespace(state=state, taken=SimpleNamespace(sha256=sha)) for sha, state in self.states.items()
        ]
        return SimpleNamespace(entries=dict(enumerate(entries)))

    def begin(self, name):
        data = bytearray()

        def land(folder):
            self.effect()
            self.lying.append(bytes(data))

        def finished(field):
            sha256 = fetched(bytes(data)).sha256
            return SimpleNamespace(land=land, mark=f"1-{self.effects}-1", sha256=sha256)

        return SimpleNamespace(write=data.extend, finished=finished, discard=lambda: None)

    def note(self, said):
        if isinstance(said, Delivered):
            self.effect()
            self.delivered.append((said.delivery.way, said.sha256))
        else:
            self.trouble = said

    def read(self):
        return self.trouble

    def take(self, state=State.WAITING):
        """Take what lies in the inbox, and let it come to an end."""
        for data in self.lying:
            assert fetched(data).sha256 not in self.states, "twice"
            self.states[fetched(data).sha256] = state
        self.lying.clear()


@contextmanager
def alone():
    yield True


def mailbox(world, folder, most=10_000):
    return Mailbox(world, world, world, world, Dying(world, folder), world, alone, lambda: NOW, most)


class Dying(SqliteMailRecord):
    """The record, before each of whose writings the program may end."""

    def __init__(self, world, folder):
        super().__init__(folder)
        self._world = world

    def _change(self, words, values):
        self._world.effect()
        super()._change(words, values)


def test_a_mail_stays_until_its_outcome_is_noted_and_is_fetched_once(tmp_path):
    world = World({7: mail()})
    box = mailbox(world, tmp_path)

    assert (box.look().fetched, world.lying) == (1, [mail()])
    assert world.delivered == [("kotak-surel", fetched(mail()).sha256)]
    box.look()
    world.take()
    assert box.look().settled == 0
    assert world.settled == []
    world.take()
    world.states = dict.fromkeys(world.states, State.REGISTERED)

    assert box.look().settled == 1
    assert world.settled == [7]
    assert world.fetches == 1


def test_a_mailbox_that_was_made_anew_brings_no_mail_a_second_time(tmp_path):
    world = World({1: mail(1), 2: mail(2)})
    mailbox(world, tmp_path).look()
    world.take(State.REGISTERED)
    world.validity, world.mails = 2, {8: mail(1), 9: mail(2), 10: mail(3)}

    visited = mailbox(world, tmp_path).look()

    assert (visited.settled, visited.fetched, world.lying) == (2, 1, [mail(3)])


def test_what_was_settled_long_ago_and_is_in_no_account_is_not_fetched_again(tmp_path):
    world = World({1: mail(1)})
    mailbox(world, tmp_path).look()
    world.take(State.REFUSED)
    mailbox(world, tmp_path).look()
    world.states, world.settled = {}, []

    assert mailbox(world, tmp_path).look().settled == 1
    assert world.lying == []


def test_a_mail_that_was_delivered_twice_is_one_and_is_settled_with_the_first(tmp_path):
    world = World({1: mail(1, via="a"), 2: mail(1, via="b")})
    box = mailbox(world, tmp_path)

    assert box.look().fetched == 1
    world.take(State.REGISTERED)
    box.look()

    assert world.settled == [1, 2]


def test_another_body_under_the_same_message_id_is_another_mail():
    """Whoever knows a Message-ID could else keep a complaint out."""
    assert content_hash(mail(1)) == content_hash(mail(1, via="b"))
    assert content_hash(mail(1)) != content_hash(mail(1).replace(b"isi 1", b"lain"))
    for bare in ({"Message-ID": ""}, {"Date": ""}, {"Message-ID": "", "Date": ""}):
        assert content_hash(mail(1, **bare)) != content_hash(mail(1, via="b", **bare)), bare


@pytest.mark.parametrize("dies_at", range(1, 12))
def test_whatever_is_killed_each_mail_lies_in_the_inbox_once_and_none_goes_before_its_outcome(tmp_path, dies_at):
    world = World({1: mail(1, via="a"), 2: mail(1, via="b"), 3: mail(2)}, dies_at=dies_at)
    came = set()
    for _ in range(6):  # in each life a look, then the intake works
        try:
            mailbox(world, tmp_path).look()
        except KeyboardInterrupt:
            continue
        for data in world.lying:
            assert fetched(data).content not in came
            came.add(fetched(data).content)
        settled = {fetched(world.mails[uid]).content for uid in world.settled}
        assert settled <= {fetched(data).content for data in world.mails.values() if fetched(data).content in came}
        world.take(State.REGISTERED)

    assert len(came) == 2
    assert sorted(world.settled) == [1, 2, 3]


def test_a_mail_that_is_lost_on_its_way_into_the_inbox_is_put_there_again(tmp_path):
    world = World({1: mail(1)})
    mailbox(world, tmp_path).look()
    world.lying.clear()

    assert mailbox(world, tmp_path).look().fetched == 1


def test_what_is_too_large_stays_and_is_told(tmp_path):
    world = World({1: mail(1), 2: b"x" * 20_000})

    assert mailbox(world, tmp_path).look().too_large == 1
    assert world.lying == [mail(1)]
    assert "tetap di kotak surel" in world.trouble.why


def test_a_mail_may_be_as_large_as_is_allowed(tmp_path):
    world = World({1: mail(1)})
    box = mailbox(world, tmp_path)
    box.most = len(mail(1))

    assert (box.look().fetched, world.trouble) == (1, None)


@pytest.mark.parametrize("states", [(State.REGISTERED, State.WAITING), (State.WAITING, State.REGISTERED)])
def test_of_two_files_with_a_mails_bytes_that_settles_it_which_came_to_its_end(tmp_path, states):
    world = World({1: mail(1)})
    taken = SimpleNamespace(sha256=fetched(mail(1)).sha256)
    entries = dict(enumerate(SimpleNamespace(state=state, taken=taken) for state in states))
    world.account = lambda now: SimpleNamespace(entries=entries)

    assert mailbox(world, tmp_path).look().settled == 1


def test_a_mailbox_that_cannot_be_used_is_told_with_since_when(tmp_path):
    world = World()

    @contextmanager
    def closed():
        raise Passing("Server surel tidak menjawab.", "Periksa.")
        yield

    world.opened = closed
    for _ in range(2):
        with pytest.raises(Passing):
            mailbox(world, tmp_path).look()

    assert world.trouble.since == NOW
    world.opened = contextmanager(lambda: iter([world]))
    mailbox(world, tmp_path).look()
    assert world.trouble is None


def test_nothing_is_fetched_while_nobody_sees_what_lies_in_the_inbox(tmp_path):
    world = World({1: mail(1)}, fault="Kotak masuk tidak terlihat.")

    with pytest.raises(Passing, match="tidak terlihat"):
        mailbox(world, tmp_path).look()

    assert (world.fetches, world.lying) == (0, [])


def test_names_in_the_inbox_say_nothing_of_the_mail():
    assert FetchedMail("a" * 64, "").name == f"surel-{'a' * 16}.eml"
