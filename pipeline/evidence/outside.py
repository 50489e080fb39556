"""Witnesses outside: the newest seal goes where this machine cannot take it back; what lies there is held against here.

Who has all of this machine can rewrite cases, books, seals and keys until they fit. What had left the machine by then,
nobody here can change: it is found up to the last seal that got out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from pipeline.access.addresses import checked_address
from pipeline.archive.ports import Finding
from pipeline.errors import Incomplete, NotFound, Passing, SettingsFault, YankomasError
from pipeline.evidence.ports import Outside, Seals, Sent
from pipeline.evidence.seal import Seal
from pipeline.office.office_file import Table, fault

#: A newer seal follows the last one to a store after this time, and to a mailbox, where people see each.
STORE_EVERY, MAIL_EVERY = timedelta(minutes=15), timedelta(hours=1)
#: So long a witness may lack the newest seal before that is told: a night, or a day on which the network is down.
SILENT = timedelta(days=1)
_FORGED = (
    "Jangan mengubah apa pun: arsip, segelnya, atau komputer ini pernah diganti atau dikembalikan ke keadaan lama. "
    "Laporkan kepada atasan; pulihkan dari cadangan yang memuat segel itu."
)
_SHUT = (
    "Pulihkan kata sandinya dari cadangan. Bila ia tidak pernah diganti: komputer ini dikembalikan ke keadaan lama; "
    "laporkan kepada atasan."
)


@dataclass(frozen=True, slots=True)
class SealPlan:
    """Where seals go (``[segel]`` of ``office.toml``): a place as restic names it, an address of the office."""

    repository: str = ""
    address: str = ""

    @property
    def is_on(self) -> bool:
        """Whether there is any place."""
        return bool(self.repository or self.address)


def seal_plan_of(table: Table) -> SealPlan:
    """Read the table ``segel``; an office that has not decided yet may leave it out.

    Raises:
        SettingsFault: the address is none; names the key.
    """
    plan = SealPlan(table.get("tujuan", str, ""), table.get("surel", str, ""))
    table.done()
    try:
        checked_address(plan.address)
    except Incomplete:
        raise fault("segel.surel", "bukan satu alamat surel", "Tulis misalnya arsip@kantor.go.id.") from None
    return plan


class SentSeals(Protocol):
    """The record of what was left outside, and when; of one office."""

    def note(self, sent: Sent) -> None:
        """Note that a seal reached a place."""

    def last(self) -> Mapping[str, Sent]:
        """Return the last seal that reached each place, by the place."""


@dataclass(frozen=True, slots=True)
class Witnessing:
    """Leaves seals with the witnesses; ``places`` are asked for at each look, each with how often it gets one."""

    seals: Seals
    places: Callable[[], Sequence[tuple[Outside, timedelta]]]
    record: SentSeals

    def look(self, now: datetime) -> None:
        """Leave the newest seal wherever it is not yet, and its time has come.

        Raises:
            Passing: a place does not take it at present; the others have got theirs.
        """
        if (seal := self.seals.last()) is None:
            return
        failed: list[str] = []
        for place, every in self.places():
            last = self.record.last().get(place.place)
            if last and (last.hash == seal.hash or timedelta(0) <= now - last.at < every):
                continue
            try:
                place.send(seal, now)
            except YankomasError as fault:
                failed.append(f"{place.place}: {fault}")
            else:
                self.record.note(Sent(place.place, seal.seq, seal.hash, now))
        if failed:
            raise Passing(f"Segel {seal.seq} belum sampai: {'; '.join(failed)}", "Dicoba lagi sendiri.")


def contradictions(place: str, kept: Mapping[int, frozenset[str]], here: Sequence[Seal]) -> Iterator[Finding]:
    """Yield what a witness has and the office's own seals deny."""
    own = {seal.seq: seal.hash for seal in here}
    last = max(own, default=0)
    gone = sorted(seq for seq in kept if seq > last)
    if gone:
        fact = f"{place} mempunyai segel sampai no. {gone[-1]}; di sini yang terakhir no. {last}."
        yield Finding("segel", "saksi-luar", fact, _FORGED)
    for seq in sorted(seq for seq, hashes in kept.items() if seq <= last and hashes != {own.get(seq, "")}):
        fact = f"Segel {seq} di {place} bukan segel {seq} yang ada di sini."
        yield Finding("segel", "saksi-luar", fact, _FORGED)
        return  # all that follow a seal differ with it


def denied(witness: Outside, here: Sequence[Seal], sent: Mapping[str, Sent]) -> Iterator[Finding]:
    """Yield where a witness denies the seals that are here, or no longer lets us ask; out of reach it says nothing."""
    try:
        kept = witness.kept()
    except NotFound as fault:  # before the first seal got out there is nothing there
        if witness.place in sent:
            yield Finding("segel", "saksi-luar", f"{witness.place} dikosongkan: {fault.message}", _FORGED)
    except SettingsFault as fault:
        yield Finding("segel", "saksi-luar", f"{witness.place} tidak dapat dibuka lagi: {fault.message}", _SHUT)
    except YankomasError:
        pass
    else:
        yield from contradictions(witness.place, kept or {}, here)


def witness_words(places: Sequence[Outside], sent: SentSeals, newest: Seal | None, now: datetime) -> Iterator[str]:
    """Yield, for people, which witness has which seal, and since when one is silent."""
    for place in places:
        last = sent.last().get(place.place)
        words = f"segel no. {last.seq} ({last.at:%d-%m-%Y %H.%M})" if last else "belum menerima segel"
        since = silent_since(last, newest, now)
        silent = f"; diam sejak {since:%d-%m-%Y %H.%M}" if since else ""
        yield f"{place.place}: {words}{silent}."


def silent_since(last: Sent | None, newest: Seal | None, now: datetime) -> datetime | None:
    """Return since when a witness lacks what it should have; None while it is as it should be."""
    if newest is None or (last and last.hash == newest.hash):
        return None
    since = last.at if last else newest.at
    return since if now - since > SILENT else None
