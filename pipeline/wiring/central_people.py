"""An office of many: its people, who acts for whom, and what they were told, which lie with its cases at the centre."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.central_servers import RootWithDatabase

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from pipeline.access.store.postgres_access_log import PostgresAccessLog
    from pipeline.access.store.postgres_people import PostgresPeople
    from pipeline.errors import SettingsFault
    from pipeline.evidence.store.office_folders import OfficeFolders
    from pipeline.mail.store.fetched_record import StoredMailRecord
    from pipeline.mail.store.receipt_counts import StoredReceiptCounts
    from pipeline.mail.store.sent_record import StoredSentRecord
    from pipeline.office.ports import Handovers
    from pipeline.office.store.postgres_handovers import PostgresHandovers
    from pipeline.office.store.postgres_keys import OfficeKeyring, RunFrom
    from pipeline.storage.postgres_small_records import SmallRecordsThere
    from pipeline.storage.small_records import SmallFile
    from pipeline.storage.taking_over import FolderOfBefore


class CentralPeople(RootWithDatabase):
    """A root whose people are at the centre, with what was handed over and told."""

    _key_edition = 0  # of the keys by which this was built

    @cached_property
    def keys(self) -> OfficeKeyring:
        """The office's keys, as this folder has them."""
        from pipeline.office.store.postgres_keys import OfficeKeyring

        layout = self.layout
        return OfficeKeyring(layout.keys, layout.key_marks, lambda: self.database, self._run_from, self._needed_keys)

    def _run_from(self) -> RunFrom:
        from pipeline.office.store.postgres_keys import RunFrom

        folders = self.office_folders
        return RunFrom(folders.is_here(), str(folders.run_from() or ""), folders.taking)

    def _needed_keys(self) -> Collection[str]:
        """Return the keys that this machine is to have: one that draws for the office needs no other than that."""
        from pipeline.letters.in_force import KEY
        from pipeline.letters.store.in_force_files import laid_out_at
        from pipeline.office.office_keys import OFFICE_KEYS

        return (KEY,) if laid_out_at(self.layout).used else OFFICE_KEYS

    def require_office_keys(self) -> None:
        """Make sure that this folder has the office's keys; where it is run, they are made and the centre is told.

        Raises:
            SettingsFault: some are missing, or others; names all, and from where to copy them.
            Passing: the centre is away.
        """
        self.keys.require()

    def has_other_keys(self) -> bool:
        """Look whether the office's keys are still those by which this works; say whether others were taken instead.

        Raises:
            Passing: they are others, and not in this folder: nothing is written by what is no longer the office's.
        """
        from pipeline.errors import Passing
        from pipeline.office.office_keys import no_longer_the_office_s

        try:
            lacking = self.keys.look_again()
        except Passing:  # the centre is away, which is told by whoever wants more of it
            return False
        if lacking:
            raise no_longer_the_office_s(lacking)
        return self._key_edition != self.keys.edition

    def require_changed_here(self, what: str) -> None:
        """Make sure that the office is run from this folder, where what is common to its machines is changed.

        Raises:
            SettingsFault: it is run from another; ``what`` names what was to be changed.
        """
        if fault := self._changed_elsewhere(what):
            raise fault

    def _changed_elsewhere(self, what: str) -> SettingsFault | None:
        """Return the fault of who changes something in a folder while the office is run from another one."""
        folders = self.office_folders
        if folders.run_from() is None or (told := folders.elsewhere()) is None:
            return None
        return told.unchanged(what)

    @property
    def people(self) -> PostgresPeople:
        """The people of the office, the same at each of its desks.

        Raises:
            SettingsFault, Passing: as :func:`pipeline.access.store.postgres_people_moves.open_people`.
        """
        return self._people

    @cached_property
    def _people(self) -> PostgresPeople:
        from pipeline.access.store.postgres_people import PostgresPeople
        from pipeline.access.store.postgres_people_moves import open_people

        open_people(self.database, self._folder_of_before)
        return PostgresPeople(self.database, log=self.access_log)

    @property
    def handovers(self) -> Handovers:
        """The record of roles that were handed over, the same at each desk of the office.

        Where it is still to come from another folder, what this one has can be read, as before: cases go on meanwhile.

        Raises:
            Passing: a desk of an earlier version still works with it; or the centre is away.
        """
        from pipeline.errors import SettingsFault
        from pipeline.office.store.postgres_handovers import HandoversOfBefore

        try:
            return self._handovers
        except SettingsFault as fault:
            return HandoversOfBefore(self.layout.people, fault)

    @cached_property
    def _handovers(self) -> PostgresHandovers:
        from pipeline.office.store.postgres_handovers import PostgresHandovers, open_handovers

        open_handovers(self.database, self._folder_of_before)
        return PostgresHandovers(self.database)

    @property
    def _folder_of_before(self) -> FolderOfBefore:
        """The folder in which an earlier version kept what is at the centre now."""
        from functools import partial

        from pipeline.backup.store.central_moves import newest_aside, place_aside
        from pipeline.storage.taking_over import FolderOfBefore

        layout = self.layout
        return FolderOfBefore(
            folder=layout.people,
            lock=layout.locks / "akun",
            desk=layout.desk_lock,
            aside=partial(place_aside, layout),
            kept=partial(newest_aside, layout),
            elsewhere=self._taken_elsewhere,
        )

    def _taken_elsewhere(self) -> tuple[str, str] | None:
        """Return that the office is not run from this folder, so nothing is taken over from here; what to do."""
        if (told := self.office_folders.elsewhere()) is None:
            return None
        first = "Jalankan versi program ini di sana dahulu (`yankomas doctor`), lalu ulangi di sini."
        return told.fact, told.remedy if self.office_folders.run_from() is None else first

    @property
    def lacks_people(self) -> bool:
        """Whether the office's people are neither at the centre yet nor in this folder, from which they would come."""
        from pipeline.access.store.people_file import FILE
        from pipeline.access.store.postgres_people_moves import central_people

        before = self._folder_of_before
        is_here = (before.folder / FILE).is_file() or before.kept(FILE)
        return not is_here and central_people(self.database) is None

    @property
    def mails_from_here(self) -> bool:
        """Whether people are told, and the mailbox is emptied, from this folder: one that is the office's does it."""
        return self.office_folders.is_here()

    def sent_record(self) -> StoredSentRecord:
        """Build the record of what people were told, whichever folder told them."""
        from pipeline.mail.store.sent_record import SENT, StoredSentRecord

        return StoredSentRecord(self._small_records(SENT, self.layout.people, self.layout.desk_lock))

    def mail_record(self) -> StoredMailRecord:
        """Build the record of the mails that were fetched."""
        from pipeline.mail.store.fetched_record import FETCHED, StoredMailRecord

        return StoredMailRecord(self._small_records(FETCHED, self.layout.state, self.layout.run_lock))

    def receipt_counts(self) -> StoredReceiptCounts:
        """Build the counts of receipts that went out by mail."""
        from pipeline.mail.store.receipt_counts import RECEIPTS, StoredReceiptCounts

        return StoredReceiptCounts(self._small_records(RECEIPTS, self.layout.state, self.layout.desk_lock))

    def _small_records(self, kind: SmallFile, folder: Path, of_whom: Path) -> SmallRecordsThere:
        """Return the rows of what a folder had; ``of_whom`` is held by the process that wrote there."""
        from dataclasses import replace

        from pipeline.storage.postgres_small_records import SmallRecordsThere

        before = replace(self._folder_of_before, folder=folder, desk=of_whom)
        return SmallRecordsThere(self.database, kind, before)

    @property
    def access_log(self) -> PostgresAccessLog:
        """The access log."""
        from pipeline.access.store.postgres_access_log import PostgresAccessLog

        return PostgresAccessLog(self.database)

    @property
    def office_folders(self) -> OfficeFolders:
        """From which folder the office is run."""
        from pipeline.evidence.store.office_folders import OfficeFolders

        return OfficeFolders(self.database, self.layout.root)
