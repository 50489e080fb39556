"""Two offices of one centre for tests, each a fake office whose cases are kept centrally."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from central_servers import copy_rows, servers_of_this_run
from offices import FakeOffice

from pipeline.storage.postgres_offices import make_office
from pipeline.wiring import Root
from pipeline.work.store.setup import lay_out_filled as lay_out
from pipeline.work.transfer import TransferParts


class CentralOffice(FakeOffice):
    """A fake office that keeps its cases centrally, whatever the other tests of this run do."""

    def __init__(self, folder: Path) -> None:
        lay_out(folder)
        if not Root(folder).is_central:
            servers_of_this_run().join(folder)
        super().__init__(folder)
        settings = folder / "office.toml"
        pattern = f'register = "{{urut:04d}}/{folder.name.upper()}/{{tahun}}"'
        lines = (pattern if line.startswith("register = ") else line for line in settings.read_text().splitlines())
        settings.write_text("\n".join(lines) + "\n")

    @property
    def name(self) -> str:
        """What it is called at the centre."""
        return self.root.central_plan.office

    @property
    def transfer_parts(self) -> TransferParts:
        """What handing cases over needs, with the fake reader."""
        parts = self.root.transfer_parts(lambda: self.reader, lambda: self.validator)
        return replace(parts, deciding=self.decide_parts, enrolling=self.enrol_parts)

    def close(self) -> None:
        """Close its connections."""
        self.root.database.close()


class KeptOffice:
    """An office that is made once, with what was done in it, and put back for each test that has it.

    Made anew it costs a schema each time, and at the centre whoever lists offices asks each that there is.
    """

    def __init__(self, folder: Path, *stages: Callable[[CentralOffice], None]) -> None:
        """Make the office ``folder`` is named for, and keep it as it is at first and after each stage."""
        office = CentralOffice(folder / folder.name)
        self._name, self._kept = office.name, list[tuple[Path, str]]()
        servers = servers_of_this_run()
        for stage in (lambda _office: None, *stages):
            stage(office)
            kept = next(servers.names)
            make_office(servers.database, kept)
            copy_rows(servers.database, self._name, kept)
            files = folder / f"sesudah-{len(self._kept)}"
            shutil.copytree(office.root.layout.root, files)
            self._kept.append((files, kept))
        office.close()

    def at(self, stage: int, folder: Path) -> CentralOffice:
        """Return the office as it was after a stage (0: as it was made), with its files in a new folder."""
        files, kept = self._kept[stage]
        shutil.copytree(files, folder)
        servers_of_this_run().put_back(self._name, kept)
        return CentralOffice(folder)
