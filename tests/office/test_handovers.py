"""Hand-overs: the days they hold, what is refused, and a record that processes share and no crash tears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from crash import Effects, in_child
from fakes import MORNING
from office_fakes import FakeHandovers
from usual_standing import USUAL

from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.handovers import (
    AHEAD,
    HOLDS,
    LONGEST,
    OVER,
    TAKEN_BACK,
    Handover,
    check,
    contradictions,
    officials_of,
)
from pipeline.office.office import Letterhead, Office
from pipeline.office.officials import Official
from pipeline.office.store.handovers import HandoverFile
from pipeline.storage import disk

TODAY = MORNING.date()
HEAD = Official("kakanwil", "Kepala Kantor Wilayah", "Budi Rekaan", "1970")
DEWI = Handover(
    role="kakanwil",
    acting="Plh.",
    title="Kepala Kantor Wilayah",
    login="dewi",
    name="Dewi Rekaan",
    nip="1980",
    since=TODAY,
    until=date(2026, 11, 27),
    entered_by="budi",
    entered_at=MORNING,
    giver="budi",
    reason="SP-12/2026",
)
NEXT = replace(DEWI, since=date(2026, 11, 28), until=date(2026, 11, 30), login="eko", name="Eko Rekaan")


def office_with(*handovers: Handover) -> Office:
    head = Letterhead((), "", "", "")
    return Office("Kantor", "Kota", head, (HEAD,), "", deputies=lambda: officials_of(handovers))


# The days.


@pytest.mark.parametrize(
    ("day", "printed"),
    [
        (date(2026, 11, 24), "Kepala Kantor Wilayah"),
        (date(2026, 11, 25), "Plh. Kepala Kantor Wilayah"),
        (date(2026, 11, 27), "Plh. Kepala Kantor Wilayah"),
        (date(2026, 11, 28), "Kepala Kantor Wilayah"),
    ],
)
def test_the_deputy_holds_the_role_from_the_first_day_to_the_last_and_then_all_returns_by_itself(day, printed):
    assert office_with(DEWI).holder("kakanwil", day).printed_title == printed


def test_the_deputy_is_named_with_their_own_number_and_account():
    held = office_with(DEWI).holder("kakanwil", TODAY)

    assert (held.name, held.nip, held.account, held.in_place_of) == ("Dewi Rekaan", "1980", "dewi", "budi")


def test_one_that_is_taken_back_ends_that_very_day():
    back = replace(DEWI, taken_back_by="budi", taken_back_at=MORNING + timedelta(days=1))
    office = office_with(back)

    assert office.holder("kakanwil", TODAY).name == "Dewi Rekaan"
    assert office.holder("kakanwil", TODAY + timedelta(days=1)).name == "Budi Rekaan"


def test_one_that_is_taken_back_on_its_first_day_never_held():
    back = replace(DEWI, taken_back_by="budi", taken_back_at=MORNING)

    assert back.never_began
    assert office_with(back).holder("kakanwil", TODAY).name == "Budi Rekaan"


def test_who_had_another_sign_in_their_name_is_still_the_holder_to_themself():
    signs = replace(DEWI, acting="a.n.", own_title="Kepala Divisi")
    office = office_with(signs)

    assert office.holder("kakanwil", TODAY).signing_title == "a.n. Kepala Kantor Wilayah\nKepala Divisi"
    assert office.holder("kakanwil", TODAY, "eko").name == "Dewi Rekaan"
    assert office.holder("kakanwil", TODAY, "budi").name == "Budi Rekaan"
    assert office_with(DEWI).holder("kakanwil", TODAY, "budi").name == "Dewi Rekaan"


@pytest.mark.parametrize(
    ("handover", "day", "state"),
    [
        (DEWI, TODAY - timedelta(days=1), AHEAD),
        (DEWI, TODAY, HOLDS),
        (DEWI, DEWI.until, HOLDS),
        (DEWI, DEWI.until + timedelta(days=1), OVER),
        (replace(DEWI, taken_back_at=MORNING), TODAY, TAKEN_BACK),
    ],
)
def test_how_it_stands(handover, day, state):
    assert handover.state(day) == state


# What is refused.


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"role": "admin"}, "peran"),
        ({"role": "instansi"}, "peran"),
        ({"acting": "Pj."}, "sebagai"),
        ({"acting": ""}, "sebagai"),
        ({"since": TODAY - timedelta(days=1)}, "mulai"),
        ({"since": TODAY + timedelta(days=LONGEST + 1), "until": TODAY + timedelta(days=LONGEST + 2)}, "mulai"),
        ({"until": TODAY - timedelta(days=1)}, "sampai"),
        ({"until": TODAY + timedelta(days=LONGEST)}, "sampai"),
        ({"acting": "a.n."}, "jabatan_sendiri"),
        ({"own_title": "Kepala Divisi"}, "jabatan_sendiri"),
        ({"reason": "x" * 201}, "alasan"),
    ],
)
def test_what_cannot_be_entered_is_named(changed, named):
    with pytest.raises(Incomplete) as refused:
        check(replace(DEWI, **changed), TODAY, USUAL.handed)

    assert list(refused.value.fields) == [named]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"until": TODAY},
        {"until": TODAY + timedelta(days=LONGEST - 1)},
        {"since": TODAY + timedelta(days=LONGEST), "until": TODAY + timedelta(days=LONGEST)},
        {"acting": "a.n.", "own_title": "Kepala Divisi"},
        {"reason": "x" * 200},
    ],
)
def test_a_year_from_today_on_can_be_entered(changed):
    check(replace(DEWI, **changed), TODAY, USUAL.handed)


def test_two_in_one_post_are_told_also_those_that_the_offices_file_names_later():
    in_file = Official("kakanwil", "Kepala Kantor Wilayah", "Rudi Rekaan", acting="Plt.")
    other_post = Official("kabid", "Kepala Bidang", "Rudi Rekaan", acting="Plt.")

    (told,) = contradictions([DEWI], [HEAD, in_file, other_post], TODAY)

    assert "Dewi Rekaan" in told
    assert "Rudi Rekaan menurut office.toml" in told
    assert contradictions([DEWI, NEXT], [HEAD], TODAY) == []
    assert len(contradictions([DEWI], [in_file], DEWI.until)) == 1
    assert contradictions([DEWI], [in_file], DEWI.until + timedelta(days=1)) == []
    assert len(contradictions([DEWI, replace(NEXT, since=DEWI.until)], [], TODAY)) == 1


# The record.


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "kunci").mkdir()
    return tmp_path


def file_in(folder):
    return HandoverFile(folder / "akun" / "alih-tugas.jsonl", folder / "kunci" / "alih-tugas")


@pytest.fixture(params=["fake", "file", "postgres"])
def record(request, folder):
    if request.param == "fake":
        return FakeHandovers()
    if request.param == "file":
        return file_in(folder)
    from pipeline.office.store.postgres_handovers import PostgresHandovers

    return PostgresHandovers(request.getfixturevalue("central_office")[0])


def test_what_is_entered_is_numbered_and_kept(record):
    assert (record.all(), record.officials(), record.faults()) == ((), (), ())

    first, second = record.enter(DEWI, [HEAD]), record.enter(NEXT, [HEAD])

    assert (first, second) == (replace(DEWI, number=1), replace(NEXT, number=2))
    assert record.all() == (first, second)
    assert record.officials() == (first.official, second.official)


@pytest.mark.parametrize(
    ("since", "until", "free"),
    [
        (25, 25, False),
        (27, 29, False),
        (20, 30, False),
        (26, 26, False),
        (28, 28, True),
        (20, 24, True),
    ],
)
def test_nobody_acts_in_a_post_beside_another(record, since, until, free):
    record.enter(DEWI, [HEAD])
    wanted = replace(NEXT, since=date(2026, 11, since), until=date(2026, 11, until))

    if free:
        assert record.enter(wanted, [HEAD]).number == 2
    else:
        with pytest.raises(NotAllowed, match="Dewi Rekaan, 25 November 2026 sampai 27 November 2026"):
            record.enter(wanted, [HEAD])
    assert record.enter(replace(wanted, role="kabid", title="Kepala Bidang"), [HEAD])


def test_nobody_acts_beside_whom_the_offices_file_names(record):
    with pytest.raises(NotAllowed, match=r"Rudi Rekaan \(di office\.toml\), tanpa batas"):
        record.enter(DEWI, [HEAD, replace(HEAD, name="Rudi Rekaan", acting="Plt.")])
    assert record.all() == ()


def test_nobody_signs_beside_who_signs_on_behalf(record):
    record.enter(replace(DEWI, acting="a.n.", own_title="Kepala Divisi"), [HEAD])

    with pytest.raises(NotAllowed, match=r"^a\.n\. Kepala Kantor Wilayah sudah dialihkan kepada Dewi Rekaan"):
        record.enter(replace(NEXT, since=DEWI.until), [HEAD])


def test_what_is_taken_back_is_over_and_makes_room(record):
    record.enter(DEWI, [HEAD])
    at = MORNING + timedelta(days=1)

    back = record.take_back(1, "budi", at)

    assert (back.taken_back_by, back.taken_back_at, back.ends) == ("budi", at, TODAY)
    assert record.all() == (back,)
    assert record.enter(replace(NEXT, since=at.date()), [HEAD]).number == 2
    with pytest.raises(NotAllowed, match="sudah ditarik"):
        record.take_back(1, "budi", at)
    with pytest.raises(NotFound):
        record.take_back(9, "budi", at)


def test_one_that_never_began_acts_for_nobody(record):
    record.enter(DEWI, [HEAD])
    record.take_back(1, "budi", MORNING)

    assert record.officials() == ()
    assert len(record.all()) == 1


def test_what_is_over_is_not_taken_back(record):
    record.enter(DEWI, [HEAD])

    with pytest.raises(NotAllowed, match="sudah berakhir 27 November 2026"):
        record.take_back(1, "budi", MORNING + timedelta(days=3))


# The file.


def test_the_files_name_is_made_durable_with_its_first_line(folder, monkeypatch):
    effects = Effects()
    for name in ("append", "sync_folder"):
        monkeypatch.setattr(disk, name, effects._counted(name, getattr(disk, name)))
    file_in(folder).enter(DEWI, [HEAD])
    file_in(folder).enter(NEXT, [HEAD])

    assert effects.names == ["append", "sync_folder", "append"]


def test_another_process_follows_without_a_restart(folder):
    ours, theirs = file_in(folder), file_in(folder)
    assert ours.all() == theirs.all() == ()

    assert in_child(lambda: theirs.enter(DEWI, [HEAD])) == 0
    assert [h.name for h in ours.all()] == ["Dewi Rekaan"]

    assert in_child(lambda: theirs.take_back(1, "budi", MORNING)) == 0
    assert ours.officials() == ()
    with pytest.raises(NotAllowed, match="sudah ditarik"):
        theirs.take_back(1, "budi", MORNING)


@pytest.mark.parametrize("torn", [False, True])
def test_killed_at_any_effect_it_is_entered_whole_or_not_at_all(tmp_path, torn):
    done, n = [], 0
    while True:
        n += 1
        folder = tmp_path / str(n)
        (folder / "kunci").mkdir(parents=True)
        file_in(folder).enter(NEXT, [HEAD])

        def enter(folder=folder, n=n):
            Effects(n, torn=torn).install()
            file_in(folder).enter(DEWI, [HEAD])

        ended = in_child(enter)
        there = file_in(folder)
        assert there.faults() == ()
        done.append(len(there.all()))
        if ended == 0:
            break
        if done[-1] == 1:
            assert there.enter(DEWI, [HEAD]).number == 2
        assert {h.login for h in file_in(folder).all()} == {"dewi", "eko"}

    assert done[0] == 1
    assert done[-1] == 2


def test_a_line_that_cannot_be_read_is_told_and_counts_for_nothing(folder):
    record = file_in(folder)
    record.enter(DEWI, [HEAD])
    path = folder / "akun" / "alih-tugas.jsonl"
    later = b'{"kind": "diperpanjang", "sejak": 1}\n'
    path.write_bytes(b'{"kind": "dialihkan", "number": 7}\n' + later + path.read_bytes() + b'{"kind": "ditarik", "n')

    assert [h.number for h in record.all()] == [1]
    assert record.faults() == ("baris 1 alih-tugas.jsonl tidak terbaca",)
    assert record.enter(NEXT, [HEAD]).number == 8
    assert [h.number for h in record.all()] == [1, 8]
