"""What an office needs that moves in: its old register and its old scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import UsageFault
from pipeline.wiring.intake import IntakeParts

if TYPE_CHECKING:
    from pipeline.moving_in.engines.confined_books import ConfinedBooks
    from pipeline.moving_in.import_book import ImportParts


class MovingInParts(IntakeParts):
    """What an office needs that moves in."""

    def old_books(self) -> ConfinedBooks:
        """Build what reads old registers; each in a child of its own."""
        from pipeline.moving_in.engines.confined_books import ConfinedBooks

        return ConfinedBooks(self.memory)

    def import_parts(self) -> ImportParts:
        """Build what taking over an old register needs.

        Raises:
            UsageFault: the cases are kept at the centre, where none is taken over.
        """
        from pipeline.archive.store.witness_log import WitnessLog
        from pipeline.moving_in.import_book import ImportParts
        from pipeline.register.store.old_cases import FolderOldCases
        from pipeline.register.store.old_registers import OldRegisterRecord

        if self.is_central:
            raise UsageFault(
                "Perkara kantor ini disimpan di pusat; buku register lama diambil alih di folder kantor.",
                "Pindahkan kantor ini keluar dari pusat, impor bukunya, lalu pindahkan masuk lagi.",
            )
        return ImportParts(
            cases=FolderOldCases(self.layout, WitnessLog(self.layout.changes)),
            registers=OldRegisterRecord(self.layout.old_registers, self.layout.locks / "buku-lama"),
            clock=self.clock,
            editions=self.editions,
            pattern=self.pattern,
        )
