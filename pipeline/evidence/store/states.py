"""What was in force when: accounts, the SOP's editions, templates, settings, keys' fingerprints; ``archive/.keadaan``.

A line for each thing that became another one (``daftar.jsonl``, chained), noted before a seal is made, so that seals
cover it; every version of a file lies beside it under its SHA-256. Of accounts only a hash is kept. What a letter of
ten years ago was drafted by, under which rules, with which keys, can so be shown out of the archive alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.archive.store.layout import Layout
from pipeline.storage import disk
from pipeline.storage.version_list import LIST, VersionList

_Stamp = tuple[tuple[str, int, int, int], ...]
#: What the first word of a state is, beside ``akun`` and ``token``.
SOP, TEMPLATE, SETTINGS, KEY = "sop", "templat", "pengaturan", "kunci"


@dataclass(frozen=True, slots=True)
class State:
    """Since when a thing (``templat 03-lembar-disposisi.docx``) is what that hash says; empty: it is no more."""

    at: datetime
    what: str
    sha256: str


class StateRecord:
    """The record of one office. One process notes at a time (the seals').

    ``editions`` are the SOP's: key and texts; ``accounts`` a hash of each account and each token.
    """

    def __init__(
        self,
        layout: Layout,
        editions: Callable[[], Iterable[tuple[str, Mapping[str, str]]]],
        accounts: Callable[[], Mapping[str, str]],
    ) -> None:
        self._layout, self._editions, self._accounts = layout, editions, accounts
        self._versions = VersionList(layout.states, "")
        self._files: tuple[_Stamp, dict[str, bytes], dict[str, str]] | None = None
        self._noted: tuple[int, dict[str, str]] = (-1, {})

    def note(self, now: datetime) -> None:
        """Note what became another one since the last time.

        Raises:
            Passing: the accounts cannot be read, or nothing can be written, at present.
        """
        files, digests = self._files_in_force()
        there = {**digests, **self._accounts()}
        before = self._last_noted()
        changed = {
            what: there.get(what, "")
            for what in sorted({*there, *before})
            if there.get(what, "") != before.get(what, "")
        }
        if not changed:
            return
        disk.make_folder(self._layout.states)
        for what in changed:
            if what in files:
                self._versions.keep_as(digests[what], files[what])
        lines = ({"at": now.isoformat(), "what": what, "sha256": sha256} for what, sha256 in changed.items())
        self._versions.note(*lines)
        self._noted = disk.size(self._layout.states / LIST), there

    def _last_noted(self) -> dict[str, str]:
        size = disk.size(self._layout.states / LIST)
        if self._noted[0] != size:
            found = {state.what: state.sha256 for state in self._versions.said(_state)}
            self._noted = size, {what: sha256 for what, sha256 in found.items() if sha256}
        return self._noted[1]

    def _files_in_force(self) -> tuple[Mapping[str, bytes], Mapping[str, str]]:
        """Return every file that is in force and its hash, by what it is; read again only when one looks another.

        When a file was changed is anybody's to set; when its inode was, only the kernel's.
        """
        paths = dict(_paths(self._layout))
        looks = ((what, os.stat(path)) for what, path in paths.items())
        stamp = tuple((what, found.st_ino, found.st_ctime_ns, found.st_size) for what, found in looks)
        if self._files is None or self._files[0] != stamp:
            read = {what: Path(path).read_bytes() for what, path in paths.items()}
            files = {**read, **{f"{SOP} {key}": _text_of(texts) for key, texts in self._editions()}}
            self._files = stamp, files, {what: _digest(data) for what, data in files.items()}
        return self._files[1:]


def recorded_states(layout: Layout) -> Iterator[tuple[State | None, str]]:
    """Yield the lines of an office's record, the oldest first, and why one cannot be believed."""
    return VersionList(layout.states, "").lines(_state)


def state_faults(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the record, as (name, fact): broken lines, versions that are gone or changed."""
    known = {LIST, f".{LIST}.part"}
    for number, (state, why) in enumerate(recorded_states(layout), 1):
        if why:
            yield LIST, f"Baris {number} {why}."
        if state and state.sha256 and state.what.partition(" ")[0] in (SOP, TEMPLATE, SETTINGS, KEY):
            if state.sha256 not in known and not (layout.states / state.sha256).is_file():
                yield state.sha256, f"Versi yang pernah berlaku ({state.what}) tidak ada lagi."
            known.add(state.sha256)
    for path in sorted(layout.states.iterdir()) if layout.states.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.name not in known:
            yield path.name, "Berkas ini tidak dikenal catatan keadaan."
        elif path.name != LIST and _digest(path.read_bytes()) != path.name:
            yield path.name, "Isi versi ini bukan lagi yang dicatat."


def _paths(layout: Layout) -> Iterator[tuple[str, str]]:
    if layout.settings.is_file():
        yield f"{SETTINGS} {layout.settings.name}", str(layout.settings)
    own, told = sorted(layout.services.glob("*/templat")), set[str]()
    for kind, folder in ((TEMPLATE, layout.templates), *((TEMPLATE, one) for one in own), (KEY, layout.key_marks)):
        # Looked through at each look for a seal: the folder says by itself which of forty are files.
        for file in sorted(os.scandir(folder), key=lambda file: file.name) if folder.is_dir() else ():
            if file.is_file() and not file.name.startswith((".", "~")):
                what = f"{kind} {file.name}"
                # Of two that are called alike the first is used (word_templates.py); the other must not stand for it.
                yield what if what not in told else f"{kind} {folder.parent.name}/{file.name}", file.path
                told.add(what)


def _text_of(texts: Mapping[str, str]) -> bytes:
    return json.dumps(dict(sorted(texts.items())), ensure_ascii=False).encode()


def _state(told: dict[str, Any]) -> State:
    return State(datetime.fromisoformat(told["at"]), str(told["what"]), str(told["sha256"]))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
