"""What was typed at one desk of an office of many goes on at another, sealed; none takes away what it never met."""

from __future__ import annotations

import os
import shutil
import signal
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Thread

import psycopg
import pytest
from crash import in_child, sparsely
from fakes import MORNING
from folders_of_before import Ends
from patience import until

from pipeline.access.drafts import KEPT, ChosenFile, Draft
from pipeline.access.store.account_keys import FolderDrawers
from pipeline.access.store.drafts import KeptDrafts, carry_drafts
from pipeline.access.store.postgres_drawers import PostgresDrawers
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.ports import TYPED, Unsaved
from pipeline.letters.store.unsaved_edits import SealedEdits, UnsavedEditFiles, bring_edits, copy_edits
from pipeline.office.store.keys import Keyring
from pipeline.storage.blobs import TypedText
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_offices import role_of

FORM, WORDS = "/kasus/2026/0001/gerak/telaah", "Tanah Siti Rekaan dipagari"
PDF = TypedText("pindaian.pdf", b"%PDF Siti Rekaan")
LETTER = (CaseNumber(2026, 1), "06-surat-rekomendasi", "siti", TYPED)


def draft(text: str = WORDS, form: str = FORM, rendering: str = "", **ago: int) -> Draft:
    files = (ChosenFile("berkas", PDF.name),)
    return Draft(form, form, MORNING - timedelta(**ago), (("i.alasan", text),), rendering, files)


def keys_of(place: Path) -> Keyring:
    return Keyring(place / ".kunci", place / ".sidik")


def drafts_of(database: Database, place: Path) -> KeptDrafts:
    return KeptDrafts(PostgresDrawers(database, keys_of(place), "ketikan"))


def edits_of(database: Database, place: Path) -> SealedEdits:
    return SealedEdits(PostgresDrawers(database, keys_of(place), "suntingan"))


def texts(drafts: KeptDrafts, login: str = "siti") -> list[str]:
    return [one.fields[0][1] for one in drafts.all(login)]


@pytest.fixture
def offices(central_office, tmp_path):
    """Two desks of one office with one key: the database as each comes to it, and the place of its keys."""
    here, there = tmp_path / "satu", tmp_path / "dua"
    keys_of(here).key("ketikan")
    shutil.copytree(here, there)
    second = Database(central_office[0].address, central_office[0].schema)
    yield (central_office[0], here), (second, there)
    second.close()


@pytest.fixture
def desks(offices):
    return tuple(drafts_of(*office) for office in offices)


def test_what_is_begun_at_one_desk_goes_on_at_the_other_with_its_files(desks):
    here, there = desks
    here.keep("siti", draft("Tanah"), [PDF])

    (begun,) = there.kept("siti", {FORM})
    assert [data for _, data in there.files("siti", begun)] == [PDF._data]
    assert there.keep("siti", replace(begun, fields=(("i.alasan", WORDS),)))

    assert texts(here) == texts(there) == [WORDS]
    there.drop("siti", begun.name)
    assert here.all("siti") == []


def test_a_letter_that_is_being_edited_goes_on_at_the_other(offices):
    here, there = (edits_of(*office) for office in offices)
    here.keep(*LETTER, Unsaved(1, MORNING, b"isi"))

    assert there.kept(*LETTER) == Unsaved(1, MORNING, b"isi")
    there.drop(*LETTER)
    assert here.kept(*LETTER) is None


def test_desks_with_different_keys_never_meet_what_the_other_has(offices, tmp_path):
    here, other = drafts_of(*offices[0]), drafts_of(offices[1][0], tmp_path / "lain")
    here.keep("siti", draft())

    assert other.all("siti") == []
    other.keep("siti", draft("yang lain"))
    other.sweep([], MORNING + timedelta(days=9999))
    other.drop("siti", here.all("siti")[0].name)

    assert (texts(here), texts(other)) == ([WORDS], ["yang lain"])


def test_two_desks_that_make_an_accounts_key_at_once_have_one(offices):
    made: list[bytes] = []
    drawers = [PostgresDrawers(database, keys_of(place), "ketikan") for database, place in offices]
    threads = [Thread(target=lambda one=one: made.append(one.made("siti"))) for one in drawers * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(made) == 4
    assert len(set(made)) == 1


def test_nothing_typed_leaves_the_desk_in_clear_nor_whose_it_is(desks, offices, central):
    desks[0].keep("siti", draft(), [PDF])
    edits_of(*offices[0]).keep(*LETTER, Unsaved(1, MORNING, WORDS.encode()))

    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {offices[0][0].schema}")
        rows = owner.execute("SELECT name::bytea, wrapped FROM drawer").fetchall()
        rows += owner.execute("SELECT name::bytea, data FROM typed").fetchall()
    assert len(rows) == 5
    lies = b" ".join(bytes(value) for row in rows for value in row)
    for word in (b"Siti", b"dipagari", b"siti", b"telaah", b"2026", b"pindaian", b"PDF", b"rekomendasi", b"dasar"):
        assert word not in lies
    assert keys_of(offices[0][1]).key("ketikan") not in lies


def test_old_work_goes_by_the_servers_clock_whatever_a_desk_takes_the_time_to_be(desks, offices, central):
    desks[0].keep("siti", draft("lama", form="/buka/lisan"))
    desks[0].keep("siti", draft())
    desks[0].keep("budi", draft())
    age(central, offices[0][0].schema, texts_of="/buka/lisan", drafts=desks[0])

    desks[1].sweep(["siti"], MORNING - timedelta(days=9999))

    assert (texts(desks[0]), texts(desks[0], "budi")) == ([WORDS], [WORDS])


def age(central, schema: str, *, texts_of: str, drafts: KeptDrafts) -> None:
    """Have a draft have been left for two weeks."""
    (name,) = (one.name for one in drafts.all("siti") if one.form == texts_of)
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {schema}")
        changed = owner.execute("UPDATE typed SET kept = now() - %s - interval '1 s' WHERE name = %s", (KEPT, name))
        assert changed.rowcount == 1


_WAITS = "SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND usename = %s"


def test_who_comes_back_to_a_draft_just_as_another_desk_sweeps_keeps_it_and_both_are_done(desks, offices, central):
    database, place = offices[0]
    desks[0].keep("siti", draft())
    drawers = PostgresDrawers(database, keys_of(place), "ketikan")
    ((name, data),) = drawers.drawer("siti").things().items()
    swept = list[None]()
    sweeping = Thread(target=lambda: swept.append(desks[1].sweep(["siti"], MORNING)))

    with psycopg.connect(central.database, autocommit=True) as owner:
        for table, since in (("drawer", "used"), ("typed", "kept")):
            owner.execute(f"UPDATE {database.schema}.{table} SET {since} = now() - %s - interval '1 s'", (KEPT,))
        with drawers.changing("siti"):
            sweeping.start()
            until(lambda: owner.execute(_WAITS, (role_of(database.schema),)).fetchone())
            drawers.drawer("siti").put(name, data)
    sweeping.join()

    assert (texts(desks[0]), swept) == ([WORDS], [None])  # neither had to end so that the other could go on


def test_a_row_that_was_changed_or_is_anothers_is_no_draft(desks, offices, central):
    desks[0].keep("siti", draft())
    desks[0].keep("budi", draft("punya Budi"))
    with psycopg.connect(central.database) as owner:
        owner.execute(f"SET search_path TO {offices[0][0].schema}")
        owner.execute("UPDATE typed AS t SET data = (SELECT data FROM typed o WHERE o.drawer <> t.drawer)")

    assert (desks[0].all("siti"), desks[0].all("budi")) == ([], [])


def test_another_office_sees_none_of_it(desks, offices, central):
    desks[0].keep("siti", draft())

    with central.office() as (another, _):
        for table in ("drawer", "typed"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege), another.transaction() as running:
                running.execute(f"SELECT * FROM {offices[0][0].schema}.{table}")


def keep_until(address: str, schema: str, place: Path, kill_at: int) -> None:
    """Type on as a process does, which is killed before its n-th effect."""
    Ends(kill_at).install()
    drafts_of(Database(address, schema), place).keep("siti", draft("sesudah"), [PDF])
    os._exit(0)


@sparsely(3)
def test_a_desk_that_is_killed_while_it_keeps_a_draft_leaves_the_last_one_or_the_new_one_whole(desks, offices, step):
    database, place = offices[0]
    killed = 0
    for kill_at in range(1, 100, step):
        desks[0].keep("siti", draft("sebelum"), [PDF])
        status = in_child(partial(keep_until, database.address, database.schema, place, kill_at))

        (left,) = desks[1].all("siti")
        assert left.fields[0][1] == ("sesudah" if status == 0 else left.fields[0][1]), kill_at
        assert left.fields[0][1] in ("sebelum", "sesudah")
        assert [data for _, data in desks[1].files("siti", left)] == [PDF._data], kill_at
        if status == 0:
            break
        assert status == -signal.SIGKILL
        killed += 1
    assert killed * step > 5


# What a folder has of before.


def of_before(place: Path) -> tuple[KeptDrafts, UnsavedEditFiles]:
    drawers = FolderDrawers(place / ".akun" / "ketikan", keys_of(place))
    return KeptDrafts(drawers), UnsavedEditFiles(place / "suntingan", drawers)


def bring(place: Path, database: Database) -> None:
    drafts, edits = of_before(place)
    bring_edits(edits, edits_of(database, place), ["siti", "budi"])
    carry_drafts("siti", drafts, drafts_of(database, place))


def typed_before(place: Path) -> None:
    drafts, edits = of_before(place)
    (place / ".akun").mkdir()
    drafts.keep("siti", draft(form="/buka/lisan", minutes=5), [PDF])
    drafts.keep("siti", draft())
    edits.keep(*LETTER, Unsaved(1, MORNING, b"isi"))


def test_what_a_folder_has_comes_along_and_goes_home_again(offices):
    database, place = offices[0]
    typed_before(place)
    told = of_before(place)[0].all("siti")

    bring(place, database)

    here = drafts_of(database, place)
    assert here.all("siti") == told
    assert [data for _, data in here.files("siti", here.all("siti")[1])] == [PDF._data]
    assert edits_of(database, place).kept(*LETTER) == Unsaved(1, MORNING, b"isi")
    assert of_before(place)[0].all("siti") == []
    assert not list((place / "suntingan").iterdir())
    carry_drafts("siti", here, of_before(place)[0], leave=True)
    copy_edits(edits_of(database, place), of_before(place)[1], ["siti", "budi"])
    home, edits = of_before(place)
    assert home.all("siti") == told
    assert [data for _, data in home.files("siti", home.all("siti")[1])] == [PDF._data]
    assert edits.kept(*LETTER) == Unsaved(1, MORNING, b"isi")
    assert len(here.all("siti")) == 2


def test_of_two_folders_with_one_form_neither_takes_away_what_the_other_has(offices):
    for (database, place), text in zip(offices, ("di meja satu", "di meja dua"), strict=True):
        (place / ".akun").mkdir()
        of_before(place)[0].keep("siti", draft(text, rendering=f"{int(MORNING.timestamp() * 1000):x}-{len(text)}"))
        bring(place, database)
        bring(place, database)

    assert sorted(texts(drafts_of(*offices[0]))) == ["di meja dua", "di meja satu"]


def bring_until(address: str, schema: str, place: Path, kill_at: int) -> None:
    """Bring as a process does, which is killed before its n-th effect."""
    Ends(kill_at).install()
    bring(place, Database(address, schema))
    os._exit(0)


@sparsely(4)
def test_a_desk_that_is_killed_while_it_brings_them_loses_none(offices, central, tmp_path, step):
    database, place = offices[0]
    typed_before(place)
    killed = 0
    for kill_at in range(1, 100, step):
        with psycopg.connect(central.database) as owner:
            owner.execute(f"DELETE FROM {database.schema}.drawer")
        copy = tmp_path / f"n{kill_at}"
        shutil.copytree(place, copy)
        status = in_child(partial(bring_until, database.address, database.schema, copy, kill_at))

        there, left = drafts_of(database, copy), of_before(copy)
        assert {one.form for drafts in (there, left[0]) for one in drafts.all("siti")} == {FORM, "/buka/lisan"}, kill_at
        assert left[1].kept(*LETTER) or edits_of(database, copy).kept(*LETTER), kill_at
        bring(copy, database)
        assert sorted(one.form for one in there.all("siti")) == ["/buka/lisan", FORM], kill_at
        if status == 0:
            break
        assert status == -signal.SIGKILL
        killed += 1
    assert killed * step > 8
