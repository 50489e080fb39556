"""What an office needs that moves in: its old register and its old scans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import UsageFault
from pipeline.wiring.intake import IntakeParts

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from pipeline.moving_in.export_mapping import ExportMapping
    from pipeline.moving_in.foreign_reports import ForeignParts
    from pipeline.moving_in.import_book import ImportParts
    from pipeline.moving_in.ports import Books


class MovingInParts(IntakeParts):
    """What an office needs that moves in."""

    def old_books(self) -> Books:
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

    def foreign_parts(self) -> ForeignParts:
        """Build what taking in another system's reports needs."""
        from pipeline.moving_in.foreign_reports import ForeignParts

        return ForeignParts(self.enrol_parts, self.book)

    def export_mapping(self, system: str) -> ExportMapping:
        """Return how another system's export is read: the office's own mapping, else that of the program.

        Raises:
            NotFound: there is none of that name.
            SettingsFault: the office's own says something that cannot be used.
        """
        from pipeline.moving_in.export_mapping import mapping_of

        own = self.layout.mappings / f"{system}.toml"
        return mapping_of(system, own.read_text(encoding="utf-8") if _is_name(system) and own.is_file() else None)

    def export_systems(self) -> list[tuple[str, str]]:
        """Return the systems of which exports can be read, as key and name; the office's own that are wrong, too."""
        from pipeline.errors import SettingsFault
        from pipeline.moving_in.export_mapping import shipped

        own = (file.stem for file in self.layout.mappings.glob("*.toml")) if self.layout.mappings.is_dir() else ()
        found = {}
        for key in sorted({*shipped(), *filter(_is_name, own)}):
            try:
                found[key] = self.export_mapping(key).name
            except SettingsFault:
                found[key] = key
        return list(found.items())

    def taking_reports_in(self) -> AbstractContextManager[None]:
        """Hold what keeps two from taking in the same reports at once."""
        from pipeline.storage.locks import held

        return held(self.layout.locks / "impor-laporan")


def _is_name(system: str) -> bool:
    return system.replace("-", "").isalnum() and system.isascii()
