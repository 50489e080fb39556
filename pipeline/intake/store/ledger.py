"""The ledger of the inbox: an append-only file a year with what was taken from the inbox and what became of it.

It lies in ``archive/.kotak-masuk/``, not in the inbox, which may be a share. Nothing is decided by it: losing it costs
the account of files that left no other trace, and ``rebuild`` writes anew what journals and ``ditolak/`` know.

Ten years of lines are not read at every start: what was filed months ago is kept as counts, with the place up to which
the files were read, in a checkpoint that can be lost without harm.
"""

from __future__ import annotations

import json
import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.archive.ports import Finding
from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Attached, Received
from pipeline.errors import Passing
from pipeline.intake.account import (
    CLOSED_AFTER,
    Account,
    AccountPart,
    Line,
    Settled,
    State,
    Taken,
    unknown,
)
from pipeline.intake.account_lines import given_numbers, read_line, write_line
from pipeline.storage import disk, locks

_WORTH_SAVING = 1 << 18  # bytes read since the last checkpoint
#: A claim as a journal names it, one handed over by an agent too: of a part of a scan, with the part's first page.
_CLAIM = re.compile(r"((?:titipan-)?[0-9a-f]{16,64})(?:-\d+)?")


class Ledger:
    """The ledger of one archive; several processes may note, several threads may read."""

    def __init__(self, folder: Path, lock: Path, checkpoint: Path) -> None:
        self._folder, self._lock, self._checkpoint = folder, lock, checkpoint
        self._account, self._read = Account(), dict[str, int]()
        self._unsaved, self._begun = 0, False
        self._reading = threading.Lock()

    def note(self, line: Line) -> None:
        """Append a line, synced.

        Raises:
            Passing: the disk is full.
        """
        path = self._folder / f"{line.at.year}.jsonl"
        with locks.held(self._lock):
            new = not path.exists()
            if new:
                disk.make_folder(self._folder)
            disk.cut_torn_line(path)
            disk.append(path, write_line(line))
            if new:
                disk.sync_folder(self._folder)
                disk.sync_folder(self._folder.parent)

    def account(self, now: datetime) -> Account:
        """Return the account as it stands now; what was read before is not read again."""
        with self._reading:
            if not self._begun or self._was_cut():
                self._begin()
            for path in sorted(self._folder.glob("*.jsonl")):
                if read := _follow(path, self._read, self._account):
                    self._unsaved += read
                    self._account.close(now - CLOSED_AFTER)  # so that ten years never lie in memory at once
            self._account.close(now - CLOSED_AFTER)
            if self._unsaved > _WORTH_SAVING:
                self._save()
            return self._account.copy()

    def everything(self) -> Account:
        """Return the whole account, every file that ever came; reads all of it."""
        account, read = Account(), dict[str, int]()
        for path in sorted(self._folder.glob("*.jsonl")):
            _follow(path, read, account)
        return account

    def findings(self) -> Iterator[Finding]:
        """Say where lines cannot be read; nothing depends on them."""
        for path in sorted(self._folder.glob("*.jsonl")):
            with open(path, "rb") as reader:
                broken = sum(1 for line in reader if line.endswith(b"\n") and line.strip() and read_line(line) is None)
            if broken:
                fact = f"{broken} baris buku kotak masuk tidak dapat dibaca."
                remedy = "Pulihkan berkas ini dari cadangan."
                yield Finding(f"{self._folder.name}/{path.name}", "kotak-masuk", fact, remedy)

    def given(self) -> Iterator[tuple[CaseNumber, str]]:
        """Yield every number that was given for a file, with its claim, as often as it was noted."""
        for path in sorted(self._folder.glob("*.jsonl")):
            with open(path, "rb") as reader:
                for line in reader:
                    yield from given_numbers(line)

    def stamp(self) -> object:
        """Return what is another value whenever a line was noted."""
        return [(path.name, disk.size(path)) for path in sorted(self._folder.glob("*.jsonl"))]

    def recover(self, found: Iterable[Settled]) -> int:
        """Note what was found of files that are not known here, or not to their end; return how many files that were.

        What was found of the parts of one file is put together.
        """
        missing = unknown(found, self.everything())
        for line in missing:
            self.note(line)
        return len(missing)

    def _was_cut(self) -> bool:
        """Say whether the files are no longer those that were read: restored from a backup, or lost."""
        return any(disk.size(self._folder / name) < position for name, position in self._read.items())

    def _begin(self) -> None:
        self._begun, self._unsaved = True, 0
        self._account, self._read = Account(), {}
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            saved = json.loads(self._checkpoint.read_bytes())
            read = {str(name): int(position) for name, position in saved["read"].items()}
            if all(disk.size(self._folder / name) >= position for name, position in read.items()):
                self._account.counts = Counter({State(state): int(n) for state, n in saved["counts"].items()})
                _add(saved["lines"].encode(), self._account)
                self._read = read

    def _save(self) -> None:
        lines = b"".join(map(write_line, self._account.lines())).decode()
        with suppress(Passing, OSError):
            counts = {state.value: n for state, n in self._account.counts.items()}
            disk.replace(self._checkpoint, json.dumps({"read": self._read, "counts": counts, "lines": lines}).encode())
            self._unsaved = 0


def _follow(path: Path, read: dict[str, int], account: Account) -> int:
    """Add what a file holds beyond what was read of it, up to its last whole line; return how many bytes that were."""
    position = read.get(path.name, 0)
    if disk.size(path) <= position:
        return 0
    with open(path, "rb") as reader:
        reader.seek(position)
        text = reader.read()
    whole = text[: text.rfind(b"\n") + 1]
    _add(whole, account)
    read[path.name] = position + len(whole)
    return len(whole)


def _add(text: bytes, account: Account) -> None:
    for raw in text.splitlines():
        if (line := read_line(raw)) is not None:
            account.add(line)


def from_journals(cases: Iterable[Case]) -> list[Settled]:
    """Return what became of the files that the cases' journals name; parts of one scan are put together."""
    found: dict[str, Settled] = {}
    for case in cases:
        for entry in case.entries:
            claim = _CLAIM.fullmatch(str(entry.data.get("claim", "")))
            if claim is None or entry.kind not in (Received.kind, Attached.kind):
                continue
            part = _part(case, entry.kind, entry.data)
            known = found.get(claim[1])
            taken = known.taken if known else _taken(claim[1], entry.data, entry.at)
            found[claim[1]] = Settled(taken, (*(known.parts if known else ()), part), entry.at)
    return list(found.values())


def _part(case: Case, kind: str, data: Mapping[str, Any]) -> AccountPart:
    pages = ", ".join(map(str, data.get("source", {}).get("pages", ())))
    if kind == Received.kind:
        return AccountPart(State.REGISTERED, str(case.number), pages=pages)
    return AccountPart(State.ATTACHED, str(case.number), str(data["documents"][0]["name"]), pages=pages)


def _taken(claim: str, data: Mapping[str, Any], at: datetime) -> Taken:
    """Return the file as its first line tells of it; which file it was on the disk is not known any more."""
    document = data["documents"][0]
    sha256 = data.get("source", {}).get("sha256") or document["sha256"]
    return Taken(claim, str(data["file_name"]), int(document["bytes"]), str(sha256), f"?{claim}", at)
