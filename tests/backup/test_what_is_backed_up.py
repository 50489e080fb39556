"""What backups have of an office's folder: whatever lies there by itself, so that nothing new is forgotten."""

from __future__ import annotations

from pipeline.archive.store.layout import Layout
from pipeline.backup.store.back_up import FROZEN_INBOX, FROZEN_PEOPLE, PATHS


def test_every_folder_and_file_of_an_office_is_in_its_backups(tmp_path):
    layout = Layout(tmp_path)
    own = {one.fget(layout) for one in vars(Layout).values() if isinstance(one, property)}
    there = {path.name for path in own if path.parent == layout.root}

    frozen = {layout.inbox.name: FROZEN_INBOX, layout.people.name: FROZEN_PEOPLE}
    assert {name for name in there if name not in PATHS and name not in frozen} == set()
    assert all(path.startswith(PATHS[0]) for path in frozen.values())
