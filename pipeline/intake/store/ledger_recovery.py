"""Writing the ledger anew, as far as journals and the notes in ``ditolak/`` remember what was taken from the inbox.

Not remembered there: signed sheets that came back (their journal line names no claim), and refused files that
somebody has removed since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from pipeline.cases.case import Case
from pipeline.cases.events import Attached, Received
from pipeline.intake.account import Account, AccountPart, Settled, State, Taken
from pipeline.intake.inbox_files import REFUSED
from pipeline.intake.outcomes import TWIN
from pipeline.intake.store.inbox import note_of
from pipeline.intake.store.listing import seen
from pipeline.storage import disk

_CLAIM = re.compile(r"([0-9a-f]{16})(?:-\d+)?")
_NOTE = re.compile(
    r"Berkas : (?P<name>.*)\nWaktu  : (?P<at>\d\d-\d\d-\d{4} \d\d\.\d\d).*\nSebab  : (?P<reason>.*)\n"
    r"Saran  : (?P<remedy>.*)\n(?:.*\n)*\nTanda  : (?P<claim>[0-9a-f]{16}) (?P<code>\S+)\n"
)


def forgotten(account: Account, found: Iterable[Settled]) -> list[Settled]:
    """Return what was found of files that the account does not know, or does not know the end of, each once."""
    known = {claim for claim, entry in account.entries.items() if entry.state is not State.WAITING}
    missing: dict[str, Settled] = {}
    for settled in found:
        claim = settled.taken.claim
        if before := missing.get(claim):
            settled = Settled(settled.taken, (*before.parts, *settled.parts), settled.at)
        if claim not in known:
            missing[claim] = settled
    return list(missing.values())


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


def from_notes(inbox: Path, zone: tzinfo) -> Iterator[Settled]:
    """Yield what the notes beside refused files say."""
    for note in sorted((inbox / REFUSED).glob("*.txt")):
        path = note.with_name(note.name.removesuffix(".txt"))
        told = _NOTE.search(note.read_text(errors="replace"))
        if told is None or not path.is_file() or note_of(path) != note:
            continue
        at = datetime.strptime(told["at"], "%d-%m-%Y %H.%M").replace(tzinfo=zone)
        file = seen(path, f"{REFUSED}/{path.name}")
        taken = Taken(told["claim"], told["name"], file.size, disk.sha256_of(path), file.mark, at)
        state = State.DUPLICATE if told["code"] == TWIN else State.REFUSED
        yield Settled(taken, (AccountPart(state, "", "", told["code"], told["reason"], told["remedy"], file.path),), at)


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
