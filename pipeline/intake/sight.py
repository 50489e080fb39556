"""Which of the office's services a file of the inbox belongs to, and whose files somebody is shown there.

The name of a file may name a person. So whoever works on the letters of one service is shown none of another's: not in
the list, by its address, or by doing something with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from pipeline.cases.case_number import read_number
from pipeline.cases.sop import YANKOMAS
from pipeline.intake.account import Account, AccountEntry
from pipeline.intake.inbox_files import REFUSED, InboxFile, readable
from pipeline.intake.named_case import number_of_folder
from pipeline.intake.ports import Inbox
from pipeline.register.register_numbers import RegisterPattern

#: Owns what belongs to a series of which the office has no service any more: nobody at the desk is shown it.
_NOBODY = ""


@dataclass(frozen=True, slots=True)
class FileOwners:
    """To which services files belong: ``folders`` are services' keys, ``series`` have one each."""

    pattern: RegisterPattern
    folders: Collection[str] = ()
    series: Mapping[str, str] = field(default_factory=dict)

    def of(self, folder: str, numbers: Iterable[str] = ()) -> frozenset[str]:
        """Return the services (keys) of a file: of the cases that it went to, or else by the folder that it came in."""
        if cases := [read_number(number) for number in numbers]:
            return frozenset(self._of_series(case.series) for case in cases)
        if folder in self.folders:
            return frozenset({folder})
        case = number_of_folder(folder, self.pattern)
        return frozenset({self._of_series(case.series) if case else YANKOMAS})

    def is_of_another(self, folder: str) -> bool:
        """Say whether what comes in this folder of the inbox is of another service than Yankomas."""
        return self.of(folder) != {YANKOMAS}

    def _of_series(self, series: str) -> str:
        return self.series.get(series, _NOBODY) if series else YANKOMAS


@dataclass(frozen=True, slots=True)
class Sight:
    """The files of the inbox that somebody is shown: those of these ``services`` (None: of all, as at the terminal)."""

    owners: FileOwners
    services: Collection[str] | None = None

    def shows(self, folder: str, numbers: Iterable[str] = ()) -> bool:
        """Say whether a file is shown that came in this folder, and went to these cases."""
        return self.services is None or not self.owners.of(folder, numbers).isdisjoint(self.services)

    def shows_entry(self, entry: AccountEntry) -> bool:
        """Say whether a file of the account is shown."""
        return self.shows(entry.taken.folder, entry.numbers)

    def shows_lying(self, file: InboxFile) -> bool:
        """Say whether a file is shown that was not set aside."""
        return self.shows(_folder_of(file))

    def lying(self, inbox: Inbox) -> list[InboxFile]:
        """Return what lies in the inbox, as far as it is shown."""
        return [*filter(self.shows_lying, inbox.lying())]

    def taken(self, inbox: Inbox) -> dict[str, InboxFile]:
        """Return what was taken from it, by the ids of its claims, as far as it is shown."""
        return {claim: file for claim, file in inbox.taken().items() if self.shows_lying(file)}

    def of(self, known: Account) -> Account:
        """Return the account as far as it is shown; of what was filed long ago the counts go with the complaints."""
        if self.services is None:
            return known
        for claim, entry in list(known.entries.items()):
            if not self.shows_entry(entry):
                del known.entries[claim]
        return known if self.complaints else replace(known, counts=Counter())

    @property
    def complaints(self) -> bool:
        """Whether those of Yankomas are shown."""
        return self.services is None or YANKOMAS in self.services


def _folder_of(file: InboxFile) -> str:
    """Return the folder in which a file lies that was not set aside, or lay when it was taken; empty: in none."""
    folder, _, below = file.path.partition("/")
    return readable(folder) if below and folder != REFUSED else ""
