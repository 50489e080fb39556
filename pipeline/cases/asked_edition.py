"""An edition of the SOP that waits for a second person: of which day, what it changes, why; kept and told in words.

Which cases follow one that is in force: ``own_editions.py``. What of a change has to wait: ``sop_differences.py``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pipeline.cases.sop import YANKOMAS
from pipeline.cases.sop_differences import Difference
from pipeline.office.wording import long_date

#: So many changes are told in the request, each so long; the page of the edition has all of them.
_TOLD, _LONG = 5, 160


@dataclass(frozen=True, slots=True)
class EditionChange:
    """An edition that is asked for: service, day, the name under which its files are kept, why, what it changes.

    ``told`` has room for the first changes; ``mark`` stands for all of them (empty: asked for before there were marks;
    it can be rejected, and asked for again).
    """

    service: str
    day: date
    sha256: str
    why: str
    told: str
    mark: str = ""

    @property
    def words(self) -> str:
        """What is changed, so that somebody who knows the office can tell whether it is right."""
        named = "SOP" if self.service == YANKOMAS else f"SOP layanan {self.service}"
        return f"{named} berubah mulai {long_date(self.day)}: {self.told}. Alasan: “{self.why}”"

    def as_json(self) -> str:
        """Return it as a text to be kept."""
        told = [self.service, self.day.isoformat(), self.sha256, self.why, self.told, self.mark]
        return json.dumps(told, ensure_ascii=False)


def read_edition_change(text: str) -> EditionChange:
    """Return what :meth:`EditionChange.as_json` made."""
    service, day, *others = json.loads(text)
    return EditionChange(service, date.fromisoformat(day), *others)


def told_in_short(found: Sequence[Difference]) -> str:
    """Return what gives or takes power, in as many words as a request has room for."""
    said = [one.words if len(one.words) <= _LONG else f"{one.words[:_LONG]}…" for one in found if one.power]
    more = f"; dan {len(said) - _TOLD} lagi" if len(said) > _TOLD else ""
    return f"{'; '.join(said[:_TOLD])}{more}"


def mark_of_powers(found: Iterable[Difference]) -> str:
    """Return the mark of everything that gives or takes power: the same as long as all of that is."""
    said = "\n".join(sorted(one.words for one in found if one.power))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
