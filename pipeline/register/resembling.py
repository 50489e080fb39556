"""Complaints that read like a case's: suggested with the evidence and the move that would join them, nothing more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.cases.case import Case, value
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import current_state
from pipeline.cases.events import MERGED_INTO
from pipeline.cases.moves import open_moves
from pipeline.cases.sop import Sop
from pipeline.errors import YankomasError

if TYPE_CHECKING:  # rows take longer to load than looking at a case may
    from pipeline.register.ports import Lookups

_MOST = 5
#: Facts of two complaints that are compared, beside their words.
_FACTS = {"nomor_surat": "nomor surat", "tanggal_surat": "tanggal surat", "perihal": "perihal"}


@dataclass(frozen=True, slots=True)
class Joining:
    """The move by which one joins another: which case makes it, its key, the earlier case, and whose move it is."""

    number: str
    key: str
    perkara_induk: str
    role: str


@dataclass(frozen=True, slots=True)
class Resembling:
    """A case that may be the same complaint: the share of word pairs, the equal facts, the move if none has ended."""

    number: str
    share: float
    same: tuple[str, ...]
    move: Joining | None

    def __str__(self) -> str:
        """Return the suggestion as a sentence for the clerk."""
        same = f"; sama: {', '.join(self.same)}" if self.same else ""
        said = f"Mirip surat {self.number} ({self.share:.0%} pasangan kata sama{same})."
        if move := self.move:
            said += (
                f" Bila memang surat yang sama: `yankomas do {move.number} {move.key} --as {move.role}"
                f" --set perkara_induk={move.perkara_induk} --set alasan=…`"
            )
        return said


def resembling(
    case: Case,
    lookups: Lookups,
    refresh: Callable[[], object],
    case_of: Callable[[CaseNumber], Case],
    sop_of: Callable[[Case], Sop],
    told: Callable[[CaseNumber], bool] = lambda _number: True,
) -> tuple[Resembling, ...]:
    """Return the cases that may be the same complaint; those that are tied to this one already are left out.

    To a case of another service than Yankomas none is: its letters are no complaints.
    Only those of which whoever asks may be ``told`` are looked at, so that others leave no gap.

    The later of two goes into the earlier. ``lookups`` are as of the book's last refresh, for the reader sees to that;
    ``refresh`` is called only if they know nothing at all.
    """
    signed = case.reading.signature if case.reading else ""
    if case.number.series or not signed:
        return ()
    found = lookups.resembling(signed)
    if found is None:
        with suppress(OSError, YankomasError):  # a copy that cannot be written goes without suggestions
            refresh()
        found = lookups.resembling(signed) or []
    tied = {str(case.number), *(link.other for link in case.links)}
    untied = ((number, share) for number, share in found if str(number) not in tied and told(number))
    return tuple(islice(_suggestions(case, untied, case_of, sop_of), _MOST))


def _suggestions(
    case: Case,
    near: Iterable[tuple[CaseNumber, float]],
    case_of: Callable[[CaseNumber], Case],
    sop_of: Callable[[Case], Sop],
) -> Iterator[Resembling]:
    for number, share in near:
        with suppress(YankomasError):  # a broken or missing folder is told by `verify`, not by the cases like it
            yield _suggested(case, case_of(number), share, sop_of)


def _suggested(case: Case, other: Case, share: float, sop_of: Callable[[Case], Sop]) -> Resembling:
    earlier, later = sorted((case, other), key=lambda c: c.number)
    move = None if current_state(earlier, sop_of(earlier)).final else _joining(later, earlier, sop_of)
    one, two = case.fields, other.fields
    same = [
        label for name, label in _FACTS.items() if value(one.get(name)) and value(one[name]) == value(two.get(name))
    ]
    people = ["pelapor"] if _complainants(case) & _complainants(other) else []
    return Resembling(str(other.number), round(share, 2), (*people, *same), move)


def _joining(later: Case, earlier: Case, sop_of: Callable[[Case], Sop]) -> Joining | None:
    """Return the first move that is open to the later case and asks which one it is joined to."""
    if later.number.series != earlier.number.series:  # what other services have is told, and joined to none of ours
        return None
    for opened in open_moves(later, sop_of(later)):
        if any(field.name == MERGED_INTO for field in opened.move.form):
            return Joining(str(later.number), opened.move.key, str(earlier.number), opened.roles[0])
    return None


def _complainants(case: Case) -> set[str]:
    people = case.fields.get("pelapor") or []
    return {str(name).casefold() for person in people if (name := value(person.get("nama")))}
