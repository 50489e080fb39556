"""The inbox account as front ends show it: what lies in the inbox now, and what became of what was taken from it.

The shape is a public contract. Every file is one entry in one of five states, and ``totals["in"]`` is their sum.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import CaseNumber
from pipeline.intake.account import LABELS, Account, Entry, Part, State, totals
from pipeline.intake.progress import Stage
from pipeline.intake.store.inbox import Inbox, readable
from pipeline.intake.store.listing import Lying, identity_of, mark_of
from pipeline.register.store.numbers import read_highest
from pipeline.wiring import Root

_IDLE = "menunggu: `yankomas run` sedang tidak berjalan"
_ARRIVED = "baru tiba, ditunggu sampai selesai ditulis"
_TAKEN = "diambil, menunggu giliran diperiksa"
_LOST = "hilang dari folder kerja kotak masuk sebelum selesai; cari berkasnya, lalu letakkan lagi"


def inbox_view(root: Root, *, everything: bool = False) -> dict[str, Any]:
    """Return the account: totals of all time, and the entries that matter today (all of them with ``everything``).

    Keys: ``at``; ``fault`` (why the inbox cannot be seen, else empty); ``running`` (whether a process works it off);
    ``last_number`` (as printed, or null); ``totals`` (``in``, ``registered``, ``attached``, ``duplicate``,
    ``refused``, ``waiting``, and ``left_alone``: how many of the waiting are no letters, such as links); ``entries``.

    An entry has ``id`` (of the claim; empty while it was not taken), ``name``, ``path`` (under the inbox, where it
    lies there), ``state``, ``label`` (Indonesian), ``detail`` (a sentence: why, or what it waits for), ``remedy``,
    ``code`` (of a refusal), ``since`` (when it came to this state, ISO), ``bytes``, ``numbers`` (cases), ``parts``
    (one for each part of a scan that held several: ``state``, ``pages``, ``number``, ``document``, ``reason``),
    ``progress`` (``{"words", "done", "of"}`` or null), ``left_alone`` and ``can_retry``.
    """
    inbox, now = Inbox(root.layout.inbox), root.clock.now()
    lying, taken = inbox.lying(), inbox.taken()  # in the order in which a file moves, so that none is missed
    account = root.ledger.everything() if everything else root.ledger.account(now)
    stages = root.board.stages()
    running = _is_running(root.layout)
    shown = _Shown(root.layout.inbox, now, stages, running)
    waiting = [shown.lying(found) for found in _still_lying(lying, account)]
    waiting += [shown.taken(claim, path) for claim, path in taken.items() if claim not in account.entries]
    states = [State.WAITING] * len(waiting) + [entry.state for entry in account.entries.values()]
    entries = waiting + [shown.entry(e, taken) for e in account.entries.values() if everything or _may_matter(e, now)]
    left_alone = sum(entry["left_alone"] for entry in waiting)
    return {
        "at": now.isoformat(),
        "fault": inbox.fault,
        "running": running,
        "last_number": _last_number(root),
        "totals": {**totals(states, account.counts), "left_alone": left_alone},
        "entries": sorted((e for e in entries if everything or _matters(e, now)), key=_order),
    }


def _still_lying(lying: Iterable[Lying], account: Account) -> list[Lying]:
    """Return what lies in the inbox and is not in the account; a file that lies there again leaves its old entry."""
    found = []
    for one in lying:
        if entry := account.lying(mark_of(one.identity)) if not one.why else None:
            if not _is_there(one):
                continue  # it was taken while we looked
            del account.entries[entry.taken.claim]
        found.append(one)
    return found


def _is_there(one: Lying) -> bool:
    with suppress(OSError):
        return identity_of(one.path) == one.identity
    return False


class _Shown:
    """Makes entries; knows the inbox, the time, what is being worked on, and whether anybody works."""

    def __init__(self, inbox: Path, now: datetime, stages: Mapping[str, Stage], running: bool) -> None:
        self._inbox, self._now, self._stages, self._running = inbox, now, stages, running

    def lying(self, found: Lying) -> dict[str, Any]:
        """Return the entry of something that was not taken."""
        path = readable(found.path.relative_to(self._inbox).as_posix())
        stage = self._stages.get(path)
        since = self._arrived(found.path)
        return {
            **_entry(readable(found.path.name), State.WAITING, since, found.identity[2]),
            "path": path,
            "detail": found.why or (str(stage) if stage else _ARRIVED if self._running else _IDLE),
            "progress": None if found.why else _progress(stage),
            "left_alone": bool(found.why),
        }

    def taken(self, claim: str, path: Path) -> dict[str, Any]:
        """Return the entry of a file that was taken but not noted yet."""
        size = 0
        with suppress(OSError):
            size = path.stat().st_size
        entry = _entry(readable(path.name), State.WAITING, self._arrived(path), size)
        return {**entry, "id": claim, **self._way(claim)}

    def entry(self, entry: Entry, taken: Mapping[str, Path]) -> dict[str, Any]:
        """Return the entry of a file that is in the account."""
        shown = {**_entry(entry.taken.name, entry.state, entry.at, entry.taken.size), "id": entry.taken.claim}
        if entry.state is State.WAITING:
            return shown | (self._way(entry.taken.claim) if entry.taken.claim in taken else {"detail": _LOST})
        numbers = list(dict.fromkeys(part.number for part in entry.parts if part.number))
        telling = next(part for part in entry.parts if part.state is entry.state)
        stage = next((self._stages[n] for n in numbers if n in self._stages), None)
        return shown | {
            "path": telling.place,
            "detail": "; ".join(dict.fromkeys(map(_told, entry.parts))),
            "remedy": telling.remedy,
            "code": telling.code,
            "numbers": numbers,
            "parts": [asdict(part) for part in entry.parts],
            "progress": _progress(stage),
            "can_retry": bool(telling.place) and self._is_there(telling.place, entry.taken.mark),
        }

    def _is_there(self, place: str, mark: str) -> bool:
        """Say whether the file itself lies at a place, and not a later one of its name; a rename keeps the mtime."""
        try:
            return str((self._inbox / place).stat().st_mtime_ns) == mark.rpartition("-")[2]
        except OSError:
            return False

    def _arrived(self, path: Path) -> datetime:
        """Return when the file came to lie there or was last written; a copy keeps the mtime of its original."""
        try:
            return datetime.fromtimestamp(int(path.lstat().st_ctime), self._now.tzinfo)
        except OSError:
            return self._now

    def _way(self, claim: str) -> dict[str, Any]:
        stage = self._stages.get(claim)
        return {"detail": str(stage) if stage else _TAKEN if self._running else _IDLE, "progress": _progress(stage)}


def _entry(name: str, state: State, since: datetime, size: int) -> dict[str, Any]:
    return {
        "id": "",
        "name": name,
        "path": "",
        "state": state.value,
        "label": LABELS[state],
        "detail": "",
        "remedy": "",
        "code": "",
        "since": since.isoformat(),
        "bytes": size,
        "numbers": [],
        "parts": [],
        "progress": None,
        "left_alone": False,
        "can_retry": False,
    }


def _told(part: Part) -> str:
    """Say where a part of a file went, or why it did not."""
    pages = f"halaman {part.pages}: " if part.pages else ""
    return pages + (part.reason or " ".join(text for text in (part.number, part.document) if text))


def _progress(stage: Stage | None) -> dict[str, Any] | None:
    return asdict(stage) if stage else None


def _may_matter(entry: Entry, now: datetime) -> bool:
    return entry.state in (State.WAITING, State.REFUSED) or entry.at.astimezone(now.tzinfo).date() == now.date()


def _matters(entry: Mapping[str, Any], now: datetime) -> bool:
    """Say whether an entry is shown by default: it waits, may be tried again, or came to its end today."""
    if entry["state"] == State.WAITING.value or (entry["state"] == State.REFUSED.value and entry["can_retry"]):
        return True
    return bool(datetime.fromisoformat(entry["since"]).astimezone(now.tzinfo).date() == now.date())


def _order(entry: Mapping[str, Any]) -> tuple[int, float, str]:
    """Put what waits first, the longest first; then what was refused; then the rest; of these the latest first."""
    at = datetime.fromisoformat(entry["since"]).timestamp()
    waits = entry["state"] == State.WAITING.value
    rank = 0 if waits else 1 if entry["state"] == State.REFUSED.value else 2
    return rank, at if waits else -at, entry["name"]


def _last_number(root: Root) -> str | None:
    for year in reversed(root.layout.years()):
        if serial := read_highest(root.layout.highest(year))[0]:
            return root.pattern.write(CaseNumber(year, serial))
    return None


def _is_running(layout: Layout) -> bool:
    """Say whether a process has this root: its lock file names it. Only for show; a pid can be used again."""
    try:
        os.kill(int((layout.locks / "run").read_text()), 0)
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True
