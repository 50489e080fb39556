"""What `doctor` says of the agents of remote offices that hand their scans over to this one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import pipeline
from pipeline.intake.ports import AgentSigns
from pipeline.work.ports import Check

_THING = "Agen titipan"
_SAME = "Pasang versi program yang sama di mesin agen dan di sini; berkasnya tidak hilang selama menunggu."


class HearingAgents(Protocol):
    """An office to which agents may come."""

    @property
    def agent_signs(self) -> AgentSigns:
        """Which came."""


def agent_checks(root: HearingAgents) -> Iterator[Check]:
    """Say of each agent that came in these weeks which program it runs, and whether both are understood."""
    for sign in root.agent_signs.all():
        other = sign.is_other or not sign.fits
        fact = f"{sign.words}; di sini versi {pipeline.__version__}" if other else sign.words
        yield Check(_THING, sign.fits, fact, _SAME if other else "", caution=sign.fits and other)
