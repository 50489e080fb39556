"""Work that is no version yet is kept for each editor, letter and kind, the last of it, for two weeks."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from fakes import MORNING

from pipeline.access.store.account_keys import FolderDrawers
from pipeline.cases.case_number import CaseNumber
from pipeline.letters.ports import SENT, TYPED, Unsaved
from pipeline.letters.store.unsaved_edits import SealedEdits, UnsavedEditFiles
from pipeline.office.store.keys import Keyring

CASE, LETTER, EDITOR = CaseNumber(2026, 1), "06-surat-rekomendasi", "siti"


@pytest.fixture
def edits(tmp_path):
    keys = Keyring(tmp_path / ".kunci", tmp_path / ".sidik")
    return UnsavedEditFiles(tmp_path / "suntingan", FolderDrawers(tmp_path / "ketikan", keys))


@pytest.fixture(params=["folder", "postgres"])
def either(request, edits):
    if request.param == "folder":
        return edits
    from pipeline.access.store.postgres_drawers import PostgresDrawers

    return SealedEdits(PostgresDrawers(request.getfixturevalue("central_office")[0], edits.accounts._keys, "suntingan"))


def unsaved(content=b"isi", **ago):
    return Unsaved(1, MORNING - timedelta(**ago), content)


def test_the_last_work_is_what_is_kept_byte_by_byte(either):
    either.keep(CASE, LETTER, EDITOR, TYPED, unsaved(b"dahulu"))
    either.keep(CASE, LETTER, EDITOR, TYPED, unsaved(b"\x00baris\nlain\n"))

    assert either.kept(CASE, LETTER, EDITOR, TYPED) == unsaved(b"\x00baris\nlain\n")


@pytest.mark.parametrize(
    "other",
    [(CaseNumber(2026, 11), LETTER, EDITOR, TYPED), (CASE, "a", EDITOR, TYPED), (CASE, LETTER, "sit", TYPED)],
)
def test_it_is_nobody_elses_and_no_other_letters(either, other):
    either.keep(CASE, LETTER, EDITOR, TYPED, unsaved())

    assert either.kept(*other) is None
    assert either.kept(CASE, LETTER, EDITOR, SENT) is None


def test_all_work_on_a_case_is_dropped_and_none_on_another(either):
    other = CaseNumber(2026, 2)
    for case, kind in product((CASE, other), (TYPED, SENT)):
        either.keep(case, LETTER, EDITOR, kind, unsaved())

    either.drop_all(CASE, ["01-telaah", LETTER], EDITOR)
    either.drop_all(CASE, [LETTER], "budi")

    assert [either.kept(CASE, LETTER, EDITOR, kind) for kind in (TYPED, SENT)] == [None, None]
    assert [either.kept(other, LETTER, EDITOR, kind) for kind in (TYPED, SENT)] == [unsaved(), unsaved()]


def test_what_is_dropped_is_gone_and_may_be_dropped_again(either):
    either.keep(CASE, LETTER, EDITOR, TYPED, unsaved())

    either.drop(CASE, LETTER, EDITOR, TYPED)
    either.drop(CASE, LETTER, EDITOR, TYPED)

    assert either.kept(CASE, LETTER, EDITOR, TYPED) is None


def test_old_and_broken_work_goes_when_new_work_comes(edits):
    edits.keep(CASE, LETTER, "lama", TYPED, unsaved(days=15))
    edits.keep(CASE, LETTER, "baru", TYPED, unsaved(days=13))
    (edits.folder / "rusak").write_bytes(b"bukan")

    edits.keep(CASE, LETTER, EDITOR, TYPED, unsaved())

    assert len(list(edits.folder.iterdir())) == 2
    assert edits.kept(CASE, LETTER, "lama", TYPED) is None


def test_names_of_files_say_nothing(edits):
    edits.keep(CASE, LETTER, EDITOR, TYPED, unsaved())

    (file,) = edits.folder.iterdir()
    assert not any(word in file.name for word in ("2026", "surat", EDITOR))


def test_work_is_locked_by_its_editors_key_and_bound_to_its_letter(edits):
    edits.keep(CASE, LETTER, EDITOR, TYPED, unsaved(b"Siti Rekaan"))
    edits.keep(CASE, "lain", EDITOR, TYPED, unsaved(b"yang lain"))
    one, other = edits._path(CASE, LETTER, EDITOR, TYPED), edits._path(CASE, "lain", EDITOR, TYPED)

    assert b"Siti" not in one.read_bytes()
    other.write_bytes(one.read_bytes())
    assert edits.kept(CASE, "lain", EDITOR, TYPED) is None


def test_work_that_an_earlier_version_kept_is_still_given_back(edits):
    edits.keep(CASE, LETTER, EDITOR, TYPED, unsaved())
    head = f'{{"dasar": 1, "pada": "{MORNING.isoformat()}"}}'
    edits._path(CASE, LETTER, EDITOR, TYPED).write_bytes(head.encode() + b"\ndahulu\nlagi")

    assert edits.kept(CASE, LETTER, EDITOR, TYPED) == unsaved(b"dahulu\nlagi")
