"""Hand-overs: for a period somebody acts in a post in its holder's place, as entered at the desk or the machine.

*Plh.* and *Plt.* act instead of the holder, *a.n.* in the holder's name and beside them. Both ends of the period belong
to it. One that is taken back ends at once: that very day is the holder's again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from pipeline.errors import Incomplete, NotAllowed
from pipeline.office.officials import ACTING, ON_BEHALF, Official
from pipeline.office.wording import long_date, unprintable

#: Days that a hand-over lasts at most, and days ahead on which it begins at most.
LONGEST = 366
#: How a hand-over can stand.
AHEAD, HOLDS, OVER, TAKEN_BACK = "akan datang", "berlaku", "selesai", "ditarik"
_LONGEST_TEXT = 200  # characters of a reason or a title
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Handover:
    """A role handed over to the account ``login``, from ``since`` to ``until``.

    ``title`` is the post's, ``name``, ``nip`` and ``own_title`` (of who signs *a.n.*) are the deputy's, as documents
    print them. ``giver`` is the account in whose place they act (empty: the post is vacant, or its holder has no
    account); ``reason`` the order that says so. ``number`` is 0 until it is kept.
    """

    role: str
    acting: str
    title: str
    login: str
    name: str
    since: date
    until: date
    entered_by: str
    entered_at: datetime
    nip: str = ""
    own_title: str = ""
    giver: str = ""
    reason: str = ""
    number: int = 0
    taken_back_by: str = ""
    taken_back_at: datetime | None = None

    @property
    def ends(self) -> date:
        """The last day on which it holds; before ``since`` if it was taken back before it began."""
        return min(self.until, self.taken_back_at.date() - _DAY) if self.taken_back_at else self.until

    @property
    def never_began(self) -> bool:
        """Whether it was taken back before it held for a day."""
        return self.ends < self.since

    def is_over(self, day: date) -> bool:
        """Say whether it holds neither that day nor later."""
        return self.never_began or self.ends < day

    def state(self, day: date) -> str:
        """Return how it stands on a day: :data:`AHEAD`, :data:`HOLDS`, :data:`OVER` or :data:`TAKEN_BACK`."""
        if self.taken_back_at:
            return TAKEN_BACK
        return AHEAD if day < self.since else OVER if self.is_over(day) else HOLDS

    @property
    def official(self) -> Official:
        """Who acts, as an official of the office."""
        return Official(
            self.role,
            self.title,
            self.name,
            self.nip,
            self.since,
            self.ends,
            self.acting,
            self.own_title,
            account=self.login,
            in_place_of=self.giver,
        )


def officials_of(handovers: Iterable[Handover]) -> tuple[Official, ...]:
    """Return who acts by these hand-overs; those that never began are left out."""
    return tuple(h.official for h in handovers if not h.never_began)


def check(handover: Handover, today: date, handed: Collection[str]) -> None:
    """Make sure that a hand-over can be entered today; ``handed`` are the roles that can be handed over.

    Raises:
        Incomplete: a role, a manner, a day or a text of it cannot be taken; names every one.
    """
    wrong = {name: (label, why) for name, label, why in _wrong(handover, today, handed) if why}
    if wrong:
        said = "; ".join(f"{label}: {why}" for label, why in wrong.values())
        raise Incomplete(f"Pengalihan tugas belum dapat dicatat: {said}.", "Betulkan, lalu ulangi.", wrong)


def _wrong(handover: Handover, today: date, handed: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Yield of each answer its name, what it is called, and what is wrong with it."""
    yield "peran", "Jabatan", "" if handover.role in handed else f"yang dapat dialihkan: {', '.join(handed)}"
    yield "sebagai", "Sebagai", "" if handover.acting in ACTING else f"pilih {', '.join(ACTING)}"
    yield "mulai", "Hari pertama", _first_day_is_wrong(handover.since, today)
    yield "sampai", "Hari terakhir", _last_day_is_wrong(handover.since, handover.until)
    if (handover.acting == ON_BEHALF) != bool(handover.own_title):
        why = "hanya dan selalu diisi bagi yang menandatangani a.n."
    else:
        why = _unfit(handover.own_title)
    yield "jabatan_sendiri", "Jabatan sendiri", why
    yield "alasan", "Dasar", _unfit(handover.reason)


def _first_day_is_wrong(since: date, today: date) -> str:
    if since < today:
        return f"{long_date(since)} sudah lewat; pilih hari ini atau sesudahnya"
    return f"paling jauh {LONGEST} hari dari sekarang" if (since - today).days > LONGEST else ""


def _last_day_is_wrong(since: date, until: date) -> str:
    if until < since:
        return f"{long_date(until)} mendahului hari pertama"
    return f"paling lama {LONGEST} hari" if (until - since).days >= LONGEST else ""


def _unfit(text: str) -> str:
    return f"paling panjang {_LONGEST_TEXT} huruf" if len(text) > _LONGEST_TEXT else unprintable(text)


def require_free(handover: Handover, there: Iterable[Handover], officials: Iterable[Official]) -> None:
    """Make sure that nobody acts in that post yet on any day of a hand-over: one signs at a time.

    Raises:
        NotAllowed: somebody does, by another hand-over or by the office's file; says who, and until when.
    """
    for other in (*officials_of(there), *(o for o in officials if o.acting)):
        if other.role == handover.role and _meet(other, handover.official):
            where = "" if other.account else " (di office.toml)"
            raise NotAllowed(
                f"{other.printed_title if other.acting != ON_BEHALF else f'{ON_BEHALF} {other.title}'} sudah dialihkan "
                f"kepada {other.name or 'pejabat lain'}{where}, {period(other)}.",
                "Pilih hari lain, atau tarik dahulu pengalihan itu." if other.account else "Betulkan office.toml.",
            )


def contradictions(handovers: Iterable[Handover], officials: Iterable[Official], today: date) -> list[str]:
    """Return where two are to act in one post on the same days, from today on: what the office's file says can change.

    Each is a sentence that names both.
    """
    acting = [*officials_of(handovers), *(o for o in officials if o.acting)]
    running = [o for o in acting if o.until is None or o.until >= today]
    return [
        f"{one.title}: {_named(one)} dan {_named(other)} bertindak pada hari yang sama."
        for one, other in combinations(running, 2)
        if one.role == other.role and (one.account or other.account) and _meet(one, other)
    ]


def _named(official: Official) -> str:
    where = "" if official.account else " menurut office.toml"
    return f"{official.acting} {official.name or '(tanpa nama)'}{where}, {period(official)},"


def period(official: Official) -> str:
    """Return an official's period in words."""
    since = f"{long_date(official.since)} " if official.since not in (None, date.min) else ""
    until = "tanpa batas" if official.until in (None, date.max) else f"sampai {long_date(official.until)}"
    return f"{since}{until}"


def _meet(one: Official, other: Official) -> bool:
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (one.until or date.max)
