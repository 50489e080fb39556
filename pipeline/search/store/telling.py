"""What an index takes in of cases: also of those that are tied to what changed, for how secret they are with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.ports import Cabinet
from pipeline.cases.secrecy_level import SecretCases, family, neighbours
from pipeline.errors import Busy, Passing, YankomasError
from pipeline.search.case_text import Written


class Telling:
    """Tells what is written on cases. What is broken is left to ``verify``: what was known of it stays."""

    def __init__(self, cabinet: Cabinet, written_of: Callable[[Case], Written]) -> None:
        self._cabinet, self._written_of = cabinet, written_of

    def of(self, numbers: Iterable[CaseNumber], there: Mapping[CaseNumber, str]) -> Iterator[Written]:
        """Yield what is written on these cases, but for those whose head is still that of ``there``.

        Raises:
            Passing, Busy: the store of cases is away; none is left out because of it.
        """
        secret = SecretCases(self._cabinet.case)
        for number in numbers:
            try:
                case = self._cabinet.case(number)
                # How secret a case is that is tied to others may have changed with these.
                if there.get(number) != case.head or neighbours(case):
                    made = self._written_of(case)
                    level = secret.level(case)
                    yield made.kept_secret(level) if level else made
            except (Passing, Busy):
                raise
            except YankomasError:
                continue

    def with_kin(self, numbers: set[CaseNumber]) -> set[CaseNumber]:
        """Return the cases with all that are tied to them: how secret these are may have changed with it."""
        kin: set[CaseNumber] = set()
        for number in numbers:
            with suppress(YankomasError):
                kin |= family(self._cabinet.case(number), self._cabinet.case).keys()
        return numbers | kin
