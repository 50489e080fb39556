"""Drafts are their typist's alone: locked by a key of the account, bounded, gone after two weeks."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import timedelta

import pytest
from fakes import MORNING

from pipeline.access.drafts import (
    KEPT,
    MOST_BYTES,
    MOST_DRAFTS,
    MOST_FILES,
    MOST_OF_ONE,
    ChosenFile,
    Draft,
    typed_fields,
)
from pipeline.access.store.account_keys import FolderDrawers
from pipeline.access.store.drafts import KeptDrafts
from pipeline.office.store.keys import Keyring
from pipeline.storage.blobs import TypedText

FORM, WORDS = "/kasus/2026/0001/gerak/telaah", "Tanah Siti Rekaan dipagari"


@pytest.fixture
def keys(tmp_path):
    return Keyring(tmp_path / ".kunci", tmp_path / ".sidik")


@pytest.fixture
def drafts(tmp_path, keys):
    return KeptDrafts(FolderDrawers(tmp_path / ".akun" / "ketikan", keys))


@pytest.fixture(params=["folder", "postgres"])
def either(request, drafts, keys):
    if request.param == "folder":
        return drafts
    from pipeline.access.store.postgres_drawers import PostgresDrawers

    return KeptDrafts(PostgresDrawers(request.getfixturevalue("central_office")[0], keys, "ketikan"))


def draft(text=WORDS, form=FORM, *, made=MORNING, rendering="", **ago):
    return Draft(
        form, form, made - timedelta(**ago), (("i.alasan", text),), rendering, (ChosenFile("berkas", "pindaian.pdf"),)
    )


def page_made(at):
    return f"{int(at.timestamp() * 1000):x}-kebetulan"


def files(drafts):
    return [path for path in drafts._drawers._folder.rglob("*") if path.is_file()]


def test_the_last_draft_of_a_form_is_what_is_kept(either):
    either.keep("siti", draft("dahulu"))
    either.keep("siti", draft())
    either.keep("siti", draft(form="/buka/lisan"))

    again = KeptDrafts(either._drawers)  # as after a restart
    assert again.kept("siti", {FORM}) == [draft()]
    assert len(again.all("siti")) == 2


def test_no_other_account_gets_it_not_even_with_its_files(drafts):
    drafts.keep("siti", draft())
    drafts.keep("lain", draft("punya lain"))
    (mine,) = drafts._drawers.folder("siti").glob("[0-9a-f]*")
    (theirs,) = drafts._drawers.folder("lain").glob("[0-9a-f]*")
    theirs.write_bytes(mine.read_bytes())

    assert drafts.kept("lain", {FORM}) == drafts.all("lain") == []
    (drafts._drawers.folder("lain") / "kunci").write_bytes((drafts._drawers.folder("siti") / "kunci").read_bytes())
    assert drafts.all("lain") == []


def test_nothing_of_it_lies_on_the_disk_in_clear_and_without_the_offices_key_nothing_is_read(drafts, tmp_path):
    drafts.keep("siti", draft())

    stored = [(path.name.encode(), path.read_bytes()) for path in files(drafts)]
    for word in (b"Siti", b"dipagari", b"siti", b"telaah", b"2026", b"pindaian"):
        assert not any(word in name or word in data for name, data in stored)
    others = KeptDrafts(FolderDrawers(drafts._drawers._folder, Keyring(tmp_path / "lain", tmp_path / "sidik-lain")))
    assert others.all("siti") == []


def test_only_the_owner_of_the_program_can_enter_whatever_the_umask(drafts):
    before = os.umask(0)
    try:
        drafts.keep("siti", draft())
    finally:
        os.umask(before)

    folder = drafts._drawers.folder("siti")
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, *list(folder.parents)[:2])} == {0o700}


def test_a_draft_whose_file_was_changed_or_cut_is_none(drafts):
    drafts.keep("siti", draft())
    (path,) = drafts._drawers.folder("siti").glob("[0-9a-f]*")
    whole = path.read_bytes()

    for broken in (whole[:-1], b"\x00" * 8 + whole[8:], b"", whole[:30]):
        path.write_bytes(broken)
        assert drafts.all("siti") == []


def test_of_several_pages_with_one_form_none_takes_away_what_another_holds(either):
    first, second = page_made(MORNING - timedelta(hours=2)), page_made(MORNING - timedelta(hours=1))
    either.keep("siti", draft("di tab pertama", rendering=first, minutes=30))

    either.keep("siti", draft("di tab kedua", rendering=second))

    assert [d.fields[0][1] for d in either.all("siti")] == ["di tab kedua", "di tab pertama"]
    either.keep("siti", draft("sesudah keduanya", rendering=page_made(MORNING)))
    assert [d.fields[0][1] for d in either.kept("siti", {FORM})] == ["sesudah keduanya"]
    assert len(either.all("siti")) == 2


def test_drafts_go_after_two_weeks_and_with_their_account(drafts):
    drafts.keep("siti", draft("lama", form="/buka/lisan", days=KEPT.days))
    drafts.keep("siti", draft(hours=1))
    drafts.keep("tiada", draft())

    drafts.sweep(["siti"], MORNING)

    assert drafts.all("siti") == [draft(hours=1)]
    assert drafts.all("tiada") == []
    assert not drafts._drawers.folder("tiada").exists()


def test_an_account_has_so_many_and_the_oldest_goes(either):
    for number in range(MOST_DRAFTS + 2):
        assert either.keep("siti", draft(form=f"/buka/{number}", seconds=MOST_DRAFTS - number))
    assert len(either.all("siti")) == MOST_DRAFTS
    assert either.kept("siti", {"/buka/0"}) == []

    for number in range(20):
        assert either.keep("lain", draft("x" * (MOST_BYTES - 1000), form=f"/buka/{number}"))
    assert sum(either._drawers.drawer("lain").sizes().values()) <= MOST_OF_ONE + 100


def test_what_is_too_large_is_said_not_to_be_kept(either):
    assert not either.keep("siti", draft("x" * MOST_BYTES))
    assert either.all("siti") == []


def test_a_draft_holds_no_passphrase_no_token_and_nothing_that_no_page_can_hold():
    sent = [("csrf", "rahasia"), ("sandi", "a"), ("sandi_baru", "b"), ("sekali", "c"), ("i.a", "satu\x00\r\ndua\ud800")]

    assert typed_fields(sent) == (("i.a", "satu\ndua"),)


def test_the_name_of_a_draft_leads_to_no_other_file(either):
    either.keep("siti", draft())
    (kept,) = either.all("siti")

    for name in ("../kunci", "kunci", "", kept.name + "/"):
        either.drop("siti", name)
    assert either.all("siti") == [draft()]
    either.drop("siti", kept.name)
    assert either.all("siti") == []
    assert replace(kept, name="") == kept


def test_files_that_were_sent_are_kept_with_the_draft_and_go_with_it(either):
    scan, page = TypedText("pindaian.pdf", b"%PDF Siti"), page_made(MORNING)
    either.keep("siti", draft(rendering=page), [scan])
    drawer = either._drawers.drawer("siti")
    (kept,) = either.all("siti")

    assert either.files("siti", kept) == [(ChosenFile("berkas", "pindaian.pdf", kept=True), b"%PDF Siti")]
    assert sorted(drawer.sizes()) == [kept.name, f"{kept.name}.0"]
    assert not any(b"PDF" in drawer.read(name) for name in drawer.sizes())
    either.keep("siti", replace(draft("lagi", rendering=page), files=(), with_files=True))
    (later,) = either.all("siti")
    assert either.files("siti", later) == either.files("siti", kept)
    drawer.put(f"{kept.name}.0", drawer.read(f"{kept.name}.0")[:-1])
    assert either.files("siti", later) == []
    either.drop("siti", later.name)
    assert drawer.sizes() == {}


def test_what_another_page_holds_keeps_its_files(either):
    first, second = page_made(MORNING - timedelta(hours=2)), page_made(MORNING - timedelta(hours=1))
    either.keep("siti", draft("satu", rendering=first, minutes=30), [TypedText("a.pdf", b"%PDF satu")])

    either.keep("siti", draft("dua", rendering=second), [TypedText("b.pdf", b"%PDF dua")])

    told = [[data for _, data in either.files("siti", one)] for one in either.all("siti")]
    assert told == [[b"%PDF dua"], [b"%PDF satu"]]


def test_files_that_are_too_large_are_named_and_not_kept(either):
    assert either.keep("siti", draft(), [TypedText("pindaian.pdf", b"x" * (MOST_FILES + 1))])

    (kept,) = either.all("siti")
    assert kept.files == (ChosenFile("berkas", "pindaian.pdf"),)
    assert either.files("siti", kept) == []
