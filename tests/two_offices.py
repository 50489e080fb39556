"""Two offices of one centre for tests, each a fake office whose cases are kept centrally."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from central_servers import servers_of_this_run
from offices import FakeOffice

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
