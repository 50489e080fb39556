"""An office of many: where it keeps what it has, and how it comes to the database and the object store there."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.errors import SettingsFault, YankomasError
from pipeline.wiring.without_folders import RootWithoutFolders

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.archive.store.objects import Objects
    from pipeline.office.central_plan import CentralPlan
    from pipeline.storage.postgres import Database


class RootWithDatabase(RootWithoutFolders):
    """A root whose cases are at the centre, with the way to the servers there."""

    @cached_property
    def central_plan(self) -> CentralPlan:
        """Where the office keeps what it has.

        Raises:
            SettingsFault: its settings do not say.
        """
        from pipeline.office.central_plan import central_plan_of

        if plan := central_plan_of(self._file.part("pusat")):
            return plan
        raise SettingsFault("[pusat] di office.toml kosong.", "Isi kantor, basis_data, dan objek, atau hapus [pusat].")

    @cached_property
    def database(self) -> Database:
        """The office's schema, once it is known to be of this version.

        Raises:
            SettingsFault: it is of another.
            Passing: it cannot be reached.
        """
        from pipeline.office.central_plan import PASSWORD, secret
        from pipeline.storage.postgres import Database
        from pipeline.storage.postgres_offices import address_of

        plan = self.central_plan
        password = secret(PASSWORD, self._secrets, os.environ)
        made = Database(address_of(plan.database, plan.office, password), plan.office)
        try:
            made.require_form()
        except YankomasError:
            made.close()
            raise
        return made

    @cached_property
    def objects(self) -> Objects:
        """The office's files in the object store."""
        from pipeline.archive.store.objects import Objects, StorePlace
        from pipeline.office.central_plan import KEY, KEY_ID, missing, secret

        plan, found = self.central_plan, {name: secret(name, self._secrets, os.environ) for name in (KEY_ID, KEY)}
        for name in (name for name, said in found.items() if not said):
            raise missing(name, plan)
        return Objects(StorePlace(plan.objects, plan.bucket, found[KEY_ID], found[KEY]), plan.office)

    @cached_property
    def _secrets(self) -> Mapping[str, object]:
        from pipeline.office.store.office_file import read_secrets

        return read_secrets(self.named(self.central_plan.secrets))
