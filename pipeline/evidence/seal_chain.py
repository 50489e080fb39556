"""Whether seals hang together, are this office's, and cover the list of witnesses as it is; wherever they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pipeline.archive.ports import Finding
from pipeline.evidence.seal import Seal, follows, is_signed

PAPER = "Bandingkan dengan segel pada lembar buku register; pulihkan folder segel/ dari cadangan."
LIST = "Pulihkan archive/.changes dari cadangan; setiap perkara tetap dicocokkan dengan segelnya."


class SealChain:
    """The seals of an office, looked at from the oldest on.

    Without ``key`` nobody's signature is looked at. ``is_as_sealed`` says whether the list is still what a seal covers.
    """

    def __init__(self, key: bytes | None, is_as_sealed: Callable[[Seal], bool]) -> None:
        self._key, self._is_as_sealed = key, is_as_sealed
        #: The newest seals that could be read, the newest last.
        self.last_two: tuple[Seal, ...] = ()

    def look(self, where: str, seal: Seal | None, fault: str) -> Iterator[Finding]:
        """Say what is wrong with the next seal (None: it cannot be read), of which ``fault`` is known already."""
        before = self.last_two[-1] if self.last_two else None
        if seal is None:
            yield Finding(where, "segel", f"Baris sesudah segel {before.seq if before else 0} {fault}.", PAPER)
            return
        fault = fault or follows(seal, before)
        if not fault and self._key is not None and not is_signed(seal, self._key):
            fault = "tidak dibuat dengan kunci kantor ini"
        if fault:
            yield Finding(where, "segel", f"Segel {seal.seq} {fault}.", PAPER)
        elif not self._is_as_sealed(seal):
            fact = f"Daftar saksi bukan lagi yang disegel (segel {seal.seq}, {seal.at:%d-%m-%Y})."
            yield Finding(".changes", "saksi", fact, LIST)
        self.last_two = (*self.last_two[-1:], seal)

    def reaches(self, size: int) -> Iterator[Finding]:
        """Hold how far the newest seal reaches against how long the list of witnesses is."""
        if self.last_two and self.last_two[-1].end > size:
            yield Finding(".changes", "saksi", "Daftar saksi lebih pendek daripada yang disegel.", LIST)
