"""An office of the centre that is made once, with what was done in it, and put back for each test that has it.

Made anew each time it costs a schema, and whoever lists the offices of a centre asks every one that there is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from central_servers import copy_rows, run_from, servers_of_this_run
from offices import FakeOffice

from pipeline.storage.postgres_offices import make_office

Office = TypeVar("Office", bound=FakeOffice)


class KeptOffice(Generic[Office]):
    """An office as it was made and as each of some stages left it.

    For tests that change rows and files, not what the schema is made of. What they put into the object store stays, so
    they take nothing out of it.
    """

    def __init__(self, office: Office, place: Path, *stages: Callable[[Office], None]) -> None:
        """Bring the office from stage to stage; what it has then is kept in a folder and in schemas of other names."""
        self._kind, self._name, self._kept = type(office), office.root.central_plan.office, list[tuple[Path, str]]()
        servers = servers_of_this_run()
        for stage in (lambda _office: None, *stages):
            stage(office)
            files, kept = place / f"tahap-{len(self._kept)}", next(servers.names)
            shutil.copytree(office.root.layout.root, files)
            make_office(servers.database, kept)
            copy_rows(servers.database, self._name, kept)
            self._kept.append((files, kept))
        office.root.database.close()

    def at(self, stage: int, folder: Path) -> Office:
        """Return the office as it was after a stage (0: as it was made), with its files in a new folder."""
        files, kept = self._kept[stage]
        shutil.copytree(files, folder)
        servers = servers_of_this_run()
        servers.put_back(self._name, kept)
        run_from(servers.database, self._name, folder)
        return self._kind(folder)
