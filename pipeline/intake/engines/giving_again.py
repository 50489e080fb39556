"""What the centre's store has lost of what an agent handed over: asked for by the agent itself, and given again.

Each file is asked for soon after it was handed over, then ever more seldom, and each day as long as it is kept: the
centre reads it whole each time. That it is there again is believed once the centre says so.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from pipeline.errors import Passing
from pipeline.intake.account import Taken
from pipeline.intake.engines.remote_centre import Centre, not_taken
from pipeline.intake.given_again import AT_ONCE
from pipeline.intake.store.handed_over import HandedOver
from pipeline.office.ports import Clock
from pipeline.register.ports import Claim
from pipeline.storage import disk
from pipeline.storage.blobs import StoredFile

#: Seconds after which a file is asked for first; how many times as old it is at each further time; how seldom at most.
_SOON, _FACTOR, _SELDOM = 60.0, 4, 86_400.0
_PAUSE = 30.0  # seconds between two looks whether any is due
_log = logging.getLogger(__name__)


class RemoteGivingAgain:
    """Gives files again; ``taken`` is what was noted of a claim when it was made, ``say`` shows a line."""

    def __init__(
        self,
        centre: Centre,
        kept: HandedOver,
        taken: Callable[[str], Taken | None],
        clock: Clock,
        say: Callable[[str], None],
    ) -> None:
        self._centre, self._kept, self._taken, self._clock, self._say = centre, kept, taken, clock, say
        self._asked: dict[str, float] = {}  # by claim: how old it was then

    def run(self, stopping: threading.Event) -> None:
        """Look now and then, until the program is to end; while the centre is away, nothing is said of it here."""
        while not stopping.wait(_PAUSE):
            try:
                self.look()
            except (Passing, OSError) as fault:
                _log.info("Titipan lama belum ditanyakan: %s", fault)

    def ask_for_all(self) -> None:
        """Look once at all that is kept; that it cannot be asked for is told."""
        try:
            self.look(everything=True)
        except (Passing, OSError) as fault:
            self._say(f"Titipan lama tidak dapat ditanyakan ke pusat: {fault}")

    def look(self, *, everything: bool = False) -> None:
        """Ask for what is due (or for ``everything`` that is kept), and give again what is lost.

        Raises:
            Passing: the centre is away, or does not answer what it is asked.
            OSError: what is kept cannot be read.
        """
        now = self._clock.now().timestamp()
        ages = {claim: now - at for claim, at in self._kept.sweep(now).items()}
        due = [claim for claim, age in ages.items() if everything or age >= self._next(claim)]
        for start in range(0, len(due), AT_ONCE):
            batch = due[start : start + AT_ONCE]
            if lost := self._lost(batch):
                self._give_again(lost)
            self._asked |= {claim: ages[claim] for claim in batch}
        self._asked = {claim: age for claim, age in self._asked.items() if claim in ages}

    def _next(self, claim_id: str) -> float:
        """Return how old a file is when it is to be asked for."""
        if (before := self._asked.get(claim_id)) is None:
            return _SOON
        return min(max(before, _SOON) * _FACTOR, before + _SELDOM)

    def _lost(self, claims: list[str]) -> list[str]:
        status, told = self._centre.asked("/api/titipan/hilang", {"titipan": claims})
        if status != 200 or not isinstance(lost := told.get("lost"), list):
            raise Passing(f"Pusat belum menjawab (jawaban {status}).", "Program mencoba lagi sendiri.")
        return [claim for claim in claims if claim in lost]

    def _give_again(self, claims: Iterable[str]) -> None:
        given = [claim for claim in claims if self._sent(claim)]
        still = self._lost(given) if given else []
        for claim in given:
            name = self._name(claim)
            if claim in still:
                self._say(f"{name}: pusat kehilangan berkas ini, dan yang diserahkan lagi bukan yang tercatat di sana.")
            else:
                self._say(f"{name} diserahkan lagi: pusat kehilangan berkasnya.")

    def _sent(self, claim_id: str) -> bool:
        """Hand a file over once more, if what is kept is what was handed over; say whether the centre took it."""
        path, taken = self._kept.path(claim_id), self._taken(claim_id)
        sha256, size = disk.sha256_of(path), disk.size(path)
        if taken is None or taken.sha256 != sha256:
            self._say(f"{self._name(claim_id)}: pusat kehilangan berkas ini, dan salinannya di sini berubah.")
            return False
        claim = Claim(claim_id, StoredFile(path, taken.name, sha256, size))
        status, told = self._centre.handed(claim, datetime.fromtimestamp(path.stat().st_mtime).astimezone())
        if status != 200 or told.get("sha256") != sha256:
            raise not_taken(status, told)
        return True

    def _name(self, claim_id: str) -> str:
        taken = self._taken(claim_id)
        return taken.name if taken else claim_id
