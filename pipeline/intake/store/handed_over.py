"""What an agent has handed over, kept at its office for a while: should the centre lose it, it is given again."""

from __future__ import annotations

import logging
from pathlib import Path

from pipeline.errors import Passing
from pipeline.intake.store.inbox import Inbox
from pipeline.register.ports import Claim
from pipeline.storage import disk

#: Days for which a file is kept after it was handed over. The centre's account knows its claim for sixty.
KEPT = 30
_DAY = 86_400.0
_UNFINISHED = "."
_log = logging.getLogger(__name__)


class HandedOver:
    """The files that one agent has handed over, by claim."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, claim: Claim) -> None:
        """Keep what was handed over; again for the same claim changes nothing.

        Raises:
            Passing: the disk is full.
        """
        disk.make_folder(self._folder)
        copy = self._folder / f"{_UNFINISHED}{claim.id}"
        disk.remove(copy)
        with claim.blob.local() as path:
            disk.copy_new(path, copy)
        copy.chmod(0o600)
        disk.rename(copy, self.path(claim.id))

    def claims(self) -> dict[str, float]:
        """Return the claims of what is kept, each with when it was handed over (seconds since 1970), oldest first."""
        if not self._folder.is_dir():
            return {}
        names = (path.name for path in self._folder.iterdir() if not path.name.startswith(_UNFINISHED))
        found = {name: self.path(name).stat().st_mtime for name in names}
        return dict(sorted(found.items(), key=lambda one: one[1]))

    def path(self, claim_id: str) -> Path:
        """Return where a file is kept."""
        return self._folder / claim_id

    def sweep(self, now: float) -> dict[str, float]:
        """Remove what was handed over long enough ago; return what is left, as :meth:`claims`."""
        claims = self.claims()
        for claim_id in [claim_id for claim_id, at in claims.items() if now - at > KEPT * _DAY]:
            disk.remove(self.path(claim_id))
            del claims[claim_id]
        return claims


class KeepingInbox(Inbox):
    """An inbox that keeps a copy of what came to its end."""

    def __init__(self, folder: Path, copies: Path, handed_over: HandedOver) -> None:
        super().__init__(folder, copies)
        self._handed_over = handed_over

    def done(self, claim: Claim) -> None:
        """Remove a claimed file whose bytes lie at the centre, keeping a copy; without room for it none is kept."""
        try:
            self._handed_over.keep(claim)
        except (Passing, OSError) as fault:  # it lies at the centre: those behind it do not wait
            _log.warning("Salinan %s tidak tersimpan di sini: %s", claim.blob.name, fault)
        super().done(claim)
