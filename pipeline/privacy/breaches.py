"""Failures to protect personal data (UU 27/2022, article 46): what is known, the checklist, who was notified when.

The persons and the institution are notified in writing within three times twenty-four hours after the office came to
know of it. What is known may be added to until the matter is closed; what was known before stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pipeline.errors import NotAllowed
from pipeline.privacy.law import privacy_law
from pipeline.privacy.matters import (
    By,
    Clock,
    Pressing,
    Register,
    checked,
    clock_from,
    incomplete,
    past_moment,
)
from pipeline.privacy.ports import MatterBook, MatterLine

REPORTED, LEARNT, STEP, NOTIFIED, CLOSED = "dilaporkan", "diketahui", "langkah", "diberitahukan", "ditutup"
#: What is asked of a breach; what article 46 wants the notice to say stands among it.
FORM = {
    "diketahui": "Diketahui kantor pada",
    "terjadi": "Kapan data terungkap",
    "bagaimana": "Bagaimana data terungkap",
    "data": "Data pribadi yang terungkap",
    "siapa": "Orang yang datanya terungkap",
    "upaya": "Upaya penanganan dan pemulihan",
}
_NEEDED = ("bagaimana", "data")
#: What the notices cannot do without (article 46 paragraph 2).
IN_NOTICES = ("terjadi", "bagaimana", "data", "upaya")
_THING = "Kebocoran"


@dataclass(frozen=True, slots=True)
class Breach:
    """A breach as it stands: what is known by ``FORM``, the steps done, and when each was notified."""

    number: int
    known_at: datetime
    known: Mapping[str, str]
    lines: tuple[MatterLine, ...]
    steps: Mapping[str, MatterLine]
    notices: Mapping[str, datetime]
    closed: str = ""

    @property
    def notified_at(self) -> datetime | None:
        """When the last of those who must be notified was; None while one is not."""
        wanted = [self.notices.get(one.key) for one in privacy_law().notified]
        done = [at for at in wanted if at is not None]
        return max(done) if len(done) == len(wanted) else None

    @property
    def clock(self) -> Clock:
        """How long there is still for the notices."""
        return clock_from(self.known_at, self.notified_at)

    @property
    def state(self) -> str:
        """How it stands, in words."""
        if self.closed:
            return "ditutup"
        return "pemberitahuan selesai" if self.notified_at else "menunggu pemberitahuan"


def breaches(lines: Iterable[MatterLine]) -> dict[int, Breach]:
    """Return the breaches as their lines make them, by number."""
    made: dict[int, Breach] = {}
    for line in lines:
        if line.act == REPORTED:
            known = {name: str(line.told.get(name, "")) for name in FORM}
            made[line.number] = Breach(line.number, datetime.fromisoformat(known["diketahui"]), known, (line,), {}, {})
        elif line.number in made:
            made[line.number] = _with(made[line.number], line)
    return made


def _with(before: Breach, line: MatterLine) -> Breach:
    told, after = line.told, replace(before, lines=(*before.lines, line))
    if line.act == LEARNT:
        return replace(after, known={**before.known, **{name: str(text) for name, text in told.items()}})
    if line.act == STEP:
        return replace(after, steps={**before.steps, str(told["langkah"]): line})
    if line.act == NOTIFIED:
        return replace(after, notices={**before.notices, str(told["kepada"]): datetime.fromisoformat(told["pada"])})
    return replace(after, closed=str(told["kata"])) if line.act == CLOSED else after


def open_breaches(lines: Iterable[MatterLine]) -> list[Breach]:
    """Return the breaches that are not closed, the most urgent first."""
    return sorted((b for b in breaches(lines).values() if not b.closed), key=lambda b: b.clock.due)


def pressing(lines: Iterable[MatterLine]) -> list[Pressing]:
    """Return the breaches of which somebody is still to be notified."""
    return [
        Pressing("kebocoran", one.number, f"Kebocoran data {one.number}: {one.state}", one.clock)
        for one in open_breaches(lines)
        if one.notified_at is None
    ]


def report(book: MatterBook, typed: Mapping[str, str], by: By, now: datetime) -> Breach:
    """Enter a breach into its register.

    Raises:
        Incomplete: an answer is missing or cannot be kept; names every one.
    """
    kept = checked(typed, FORM, _NEEDED)
    known_at = past_moment(kept["diketahui"], "diketahui", FORM["diketahui"], now)
    told = {**kept, "diketahui": known_at.isoformat()}
    return _register(book).enter(REPORTED, told, by, now)


def breach_of(book: MatterBook, number: int) -> Breach:
    """Return a breach; raises ``NotFound`` if there is none of that number."""
    return _register(book).one(number)


def learn(book: MatterBook, number: int, typed: Mapping[str, str], by: By, now: datetime) -> Breach:
    """Note what is known by now. When the office came to know of it is not changed: the clock would begin anew.

    Raises:
        Incomplete: an answer cannot be kept.
        NotAllowed: the matter is closed.
    """
    labels = {name: label for name, label in FORM.items() if name != "diketahui"}
    return _add(book, number, LEARNT, checked(typed, labels, _NEEDED), by, now)


def take_step(book: MatterBook, number: int, step: str, words: str, by: By, now: datetime) -> Breach:
    """Note that a step of the checklist was done, and how.

    Raises:
        Incomplete: there is no such step, or nothing is said of it.
        NotAllowed: the matter is closed.
    """
    kept = checked({"langkah": step, "kata": words}, {"langkah": "Langkah", "kata": "Hasilnya"}, ("langkah", "kata"))
    if step not in (known := [one.key for one in privacy_law().steps]):
        raise incomplete({"langkah": ("Langkah", f"pilih: {', '.join(known)}")})
    return _add(book, number, STEP, kept, by, now)


def notify(book: MatterBook, number: int, to: str, on: str, words: str, by: By, now: datetime) -> Breach:
    """Note that the written notice was sent to those whose data it is, or to the institution.

    Raises:
        Incomplete: to whom, or by what, is not said, or the day lies ahead.
        NotAllowed: what the notice must say is not known yet, it was sent before, or the matter is closed.
    """
    labels = {"kepada": "Kepada", "kata": "Nomor dan tanggal surat, cara dikirim"}
    kept = checked({"kepada": to, "kata": words}, labels, tuple(labels))
    if to not in (known := [one.key for one in privacy_law().notified]):
        raise incomplete({"kepada": ("Kepada", f"pilih: {', '.join(known)}")})
    at = past_moment(on, "pada", "Dikirim pada", now)

    def allowed(breach: Breach) -> None:
        if to in breach.notices:
            raise NotAllowed("Pemberitahuan ini sudah dicatat.", "Lihat riwayatnya.")
        require_told(breach)

    return _add(book, number, NOTIFIED, {**kept, "pada": at.isoformat()}, by, now, allowed)


def require_told(breach: Breach) -> None:
    """Make sure that what the notices must say is known.

    Raises:
        NotAllowed: it is not; names what is missing.
    """
    if missing := [FORM[name].lower() for name in IN_NOTICES if not breach.known.get(name)]:
        raise NotAllowed(
            f"Pemberitahuan harus memuat {', '.join(missing)} (Pasal 46 ayat (2)).", "Lengkapi dahulu yang diketahui."
        )


def close(book: MatterBook, number: int, words: str, by: By, now: datetime) -> Breach:
    """Close a matter, with what it ended in: only once both were notified, or with the reason why not.

    Raises:
        Incomplete: nothing is said.
        NotAllowed: it is closed already.
    """
    return _add(book, number, CLOSED, checked({"kata": words}, {"kata": "Bagaimana berakhir"}, ("kata",)), by, now)


def _register(book: MatterBook) -> Register[Breach]:
    return Register(book, breaches, _THING)


def _add(
    book: MatterBook,
    number: int,
    act: str,
    told: Mapping[str, str],
    by: By,
    now: datetime,
    allowed: Callable[[Breach], None] = lambda _breach: None,
) -> Breach:
    def still_open(breach: Breach) -> None:
        if breach.closed:
            raise NotAllowed("Hal ini sudah ditutup.", "Bila timbul lagi, catat kebocoran yang baru.")
        allowed(breach)

    return _register(book).note(number, act, told, by, now, still_open)
