"""An office's schema as an older program made it."""

from __future__ import annotations

import pytest
from central_servers import CentralServers

from pipeline.storage import postgres_offices
from pipeline.storage.postgres_forms import migrations
from pipeline.storage.postgres_offices import make_office

#: The form since which `kantor` and `perkara` have the columns that today's roles write.
_FORM_OF_COLUMNS = 4


def made_in_form(form: int, central: CentralServers, name: str) -> str:
    """Make the schema of an office as it was in a form; return its role's password.

    Of what the office's role may today it gets what there was in that form.
    """
    steps = migrations()[:form]
    with pytest.MonkeyPatch.context() as before:
        before.setattr(postgres_offices, "migrations", lambda: steps)
        guarded = " ".join(steps)
        for table in [table for table in postgres_offices._GUARDED if f"CREATE TABLE {table} (" not in guarded]:
            before.delitem(postgres_offices._GUARDED, table)
        if form < _FORM_OF_COLUMNS:
            before.setitem(postgres_offices._GUARDED, "kantor", "UPDATE (posisi)")
            before.setitem(postgres_offices._GUARDED, "perkara", "UPDATE (terbuka)")
        return make_office(central.database, name)
