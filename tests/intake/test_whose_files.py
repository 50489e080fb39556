"""Whose files somebody is shown in the inbox, in which state, for how long, and what may be done with them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING
from inbox_fakes import FakeAccount, FakeBoard, FakeInbox

from pipeline.intake.account import AccountPart, PutAway, Settled, State, Taken
from pipeline.intake.inbox_entry import key_of
from pipeline.intake.inbox_files import InboxFile
from pipeline.intake.inbox_view import AskedFor, entry_of, inbox_view
from pipeline.intake.no_scans import PLAIN_TEXT
from pipeline.intake.ports import Stage
from pipeline.intake.sight import FileOwners, Sight
from pipeline.register.register_numbers import RegisterPattern

OWNERS = FileOwners(RegisterPattern("{urut:04d}/YANKOMAS/{tahun}"), ("surat-masuk",), {"SM": "surat-masuk"})
EVERYTHING, OFFICE, LETTERS = Sight(OWNERS), Sight(OWNERS, {"yankomas"}), Sight(OWNERS, {"surat-masuk"})
YESTERDAY = MORNING - timedelta(days=1)


@pytest.mark.parametrize(
    ("folder", "numbers", "services"),
    [
        ("", [], {"yankomas"}),
        ("apa-saja", [], {"yankomas"}),
        ("surat-masuk", [], {"surat-masuk"}),
        ("2026-0007", [], {"yankomas"}),
        ("2026~SM-0003", [], {"surat-masuk"}),
        ("2026~XX-0003", [], {""}),  # nobody is shown what is of a service that is gone
        ("surat-masuk", ["2026/0007"], {"yankomas"}),
        ("", ["2026/0007", "2026~SM/0003"], {"yankomas", "surat-masuk"}),
    ],
)
def test_a_file_is_of_the_service_of_its_cases_or_else_of_its_folder(folder, numbers, services):
    assert OWNERS.of(folder, numbers) == services
    assert OWNERS.is_of_another(folder) is (OWNERS.of(folder) != {"yankomas"})
    shown = [EVERYTHING.shows(folder, numbers), OFFICE.shows(folder, numbers), LETTERS.shows(folder, numbers)]
    assert shown == [True, "yankomas" in services, "surat-masuk" in services]


def test_a_file_that_is_called_as_a_service_is_in_no_folder():
    shown = [LETTERS.shows_lying(InboxFile(path)) for path in ("surat-masuk", "surat-masuk/c.pdf", "ditolak/c.pdf")]

    assert shown == [False, True, False]


def _settled(claim, inbox, state, at, *, place="", folder="", number="", name=""):
    mark = next((file.mark for file in inbox.refused() if file.path == place), f"1-{claim}-9")
    name = name or f"{claim}.pdf"
    part = AccountPart(state, number, code="jenis", reason=f"Sebab {claim}.", remedy="Kirim lagi.", place=place)
    return Settled(Taken(claim, name, 1, "0" * 64, mark, at, folder), (part,), at)


@pytest.fixture
def inbox():
    inbox = FakeInbox()
    for path in ("a.pdf", ".kerja", "b.pdf", "surat-masuk/c.pdf", "ditolak/tolak.pdf", "ditolak/ganda.pdf"):
        inbox.drop(path, b"x")
    inbox.take(next(file for file in inbox.files() if file.path == "b.pdf"), "bbbb")
    return inbox


@pytest.fixture
def account(inbox):
    return FakeAccount(
        lines=[
            _settled("tolak", inbox, State.REFUSED, YESTERDAY, place="ditolak/tolak.pdf"),
            _settled("diambil-orang", inbox, State.REFUSED, YESTERDAY, place="ditolak/lain.pdf"),
            _settled("ditangani", inbox, State.REFUSED, MORNING),
            PutAway("ditangani", MORNING, "rani"),
            _settled("ganda", inbox, State.DUPLICATE, YESTERDAY, place="ditolak/ganda.pdf", number="2026/0006"),
            _settled("kemarin", inbox, State.REGISTERED, YESTERDAY, number="2026/0006"),
            _settled("kini", inbox, State.REGISTERED, MORNING, number="2026/0007"),
            _settled("surat", inbox, State.ATTACHED, MORNING, number="2026~SM/0003"),
        ]
    )


def _view(inbox, account, sight=EVERYTHING, board=None, *, running=True, part=AskedFor.TODAY):
    progress = board or FakeBoard()
    return inbox_view(inbox, account, progress, sight, now=MORNING, running=running, last_number="2026/0007", part=part)


def _names(view):
    return [entry.name.removesuffix(".pdf") for entry in view.entries]


@pytest.mark.parametrize(
    ("part", "names"),
    [
        (AskedFor.TODAY, [".kerja", "a", "b", "c", "tolak", "kini", "surat"]),
        (AskedFor.WAITING, [".kerja", "a", "b", "c"]),
        (AskedFor.REFUSED, ["diambil-orang", "tolak"]),
        (AskedFor.PUT_AWAY, ["ditangani"]),
        (AskedFor.REGISTERED, ["kini", "kemarin"]),
        (AskedFor.ATTACHED, ["surat"]),
        (AskedFor.DUPLICATE, ["ganda"]),
        (
            AskedFor.ALL,
            [".kerja", "a", "b", "c", "ditangani", "diambil-orang", "tolak", "kini", "surat", "ganda", "kemarin"],
        ),
    ],
)
def test_what_is_asked_for_is_shown_what_waits_first_then_what_was_refused_then_the_latest(inbox, account, part, names):
    view = _view(inbox, account, part=part)

    assert _names(view) == names
    totals = view.totals
    assert (totals.all_in, totals.waiting, totals.left_alone) == (11, 4, 1)
    assert (totals.refused, totals.put_away, totals.to_deal_with) == (3, 1, 2)


def test_the_mailroom_of_a_service_is_told_of_its_own_files_alone_and_of_no_number_of_complaints(inbox, account):
    letters, office = (_view(inbox, account, sight, part=AskedFor.ALL) for sight in (LETTERS, OFFICE))

    assert (_names(letters), letters.last_number, letters.totals.all_in) == (["c", "surat"], None, 2)
    assert {"c", "surat"}.isdisjoint(_names(office))
    assert (office.last_number, office.totals.all_in) == ("2026/0007", 9)


def test_what_was_filed_long_ago_is_counted_for_who_is_shown_complaints(account):
    known = account.everything()
    known.counts[State.REGISTERED] += 5

    assert EVERYTHING.of(known.copy()).totals()[State.REGISTERED] == 7
    assert OFFICE.of(known.copy()).totals()[State.REGISTERED] == 7
    assert LETTERS.of(known.copy()).totals() == {State.ATTACHED: 1}


def test_a_file_that_waits_says_for_what(inbox, account):
    lost = Taken("xxxx", "hilang.pdf", 1, "0" * 64, "1-77-9", MORNING)
    account.note(lost)
    inbox.drop("d.pdf", b"x")
    inbox.take(next(file for file in inbox.files() if file.path == "d.pdf"), "dddd")
    account.note(Taken("dddd", "d.pdf", 1, "0" * 64, inbox.taken()["dddd"].mark, MORNING))
    board = FakeBoard()

    def details(**how):
        return {e.name: e.detail for e in _view(inbox, account, part=AskedFor.WAITING, board=board, **how).entries}

    assert details()["a.pdf"].startswith("baru tiba")
    assert details()["b.pdf"] == details()["d.pdf"] == "diambil, menunggu giliran diperiksa"
    assert details()["hilang.pdf"].startswith("hilang dari folder kerja")
    assert details()[".kerja"] == "tersembunyi, tidak diambil"
    assert "tidak berjalan" in str(details(running=False)["a.pdf"])
    board.show("bbbb", Stage("diperiksa"))
    assert details(running=False)["b.pdf"] == "diperiksa"


def test_what_was_refused_is_tried_again_while_its_file_lies_there(inbox, account):
    entries = {entry.id: entry for entry in _view(inbox, account, part=AskedFor.ALL).entries}

    assert [claim for claim, entry in entries.items() if entry.can_retry] == ["tolak", "ganda"]
    assert entries["tolak"].detail == "Sebab tolak."
    assert not entries["tolak"].asks_whether_new
    waits = replace(entries["tolak"], code=PLAIN_TEXT)
    assert (waits.asks_whether_new, replace(waits, can_retry=False).asks_whether_new) == (True, False)
    assert (entries["kini"].numbers, entries["ditangani"].put_away) == (("2026/0007",), True)


def test_an_address_names_a_file_wherever_it_lies_and_shows_it_to_whom_it_is_shown_alone(inbox, account):
    def found(mark, sight=EVERYTHING):
        entry = entry_of(key_of(mark), inbox, account, FakeBoard(), sight, now=MORNING, running=True)
        return entry and entry.name

    lying = {file.path: file.mark for file in (*inbox.lying(), *inbox.refused())}
    assert found(lying["a.pdf"]) == "a.pdf"
    assert found(lying["ditolak/tolak.pdf"]) == "tolak.pdf"
    assert found(inbox.taken()["bbbb"].mark) == "b.pdf"
    assert found("1-kini-9") == "kini.pdf"
    assert found("1-tiada-9") is None
    assert (found(lying["surat-masuk/c.pdf"], LETTERS), found(lying["surat-masuk/c.pdf"], OFFICE)) == ("c.pdf", None)
    assert (found("1-surat-9", LETTERS), found("1-surat-9", OFFICE)) == ("surat.pdf", None)


def test_a_file_that_lies_in_the_inbox_again_is_one_entry_and_waits(inbox, account):
    (tolak,) = (file for file in inbox.refused() if file.path == "ditolak/tolak.pdf")
    inbox.relocate(tolak)

    view = _view(inbox, account, part=AskedFor.ALL)

    assert [entry.state for entry in view.entries if entry.name == "tolak.pdf"] == [State.WAITING]
    assert view.totals.all_in == 11
