"""What an office does not do whose cases lie in no folders: refused in words, or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import UsageFault
from pipeline.wiring.root import Root

if TYPE_CHECKING:
    from pipeline.backup.store.repair import Repaired
    from pipeline.cases.case_number import CaseNumber


class RootWithoutFolders(Root):
    """A root whose cases are kept centrally, as far as that takes something away."""

    def renew_bag(self, number: CaseNumber) -> list[str]:
        """Refuse: a case has its bag's files only when it is taken away, and they are made then."""
        raise UsageFault(f"Perkara {number} tidak mempunyai map di kantor ini.", "Mapnya dibuat saat diekspor.")

    def repair(self, number: CaseNumber, repository: str, snapshot: str) -> Repaired:
        """Refuse: the office's backups have no cases."""
        raise UsageFault(f"Perkara {number} disimpan di pusat.", "Pemulihannya dilakukan pengelola pusat.")
