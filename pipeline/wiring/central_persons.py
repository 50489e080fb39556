"""An office of many: what people say of it, and asked of the data about them, at the centre with its cases."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.wiring.central_people import CentralPeople

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.access.store.drafts import KeptDrafts
    from pipeline.letters.store.unsaved_edits import SealedEdits, UnsavedEditFiles
    from pipeline.privacy.store.matter_books import MatterLines
    from pipeline.survey.store.postgres_survey import PostgresSurvey
    from pipeline.work.engines.supervised import Supervision


_AGAIN = 10.0  # seconds until what the centre did not take is brought again


class CentralPersons(CentralPeople):
    """A root whose survey and books on personal data are at the centre."""

    @property
    def survey(self) -> PostgresSurvey:
        """Where answers to the survey are dropped and counted.

        Raises:
            SettingsFault, Passing: as :func:`pipeline.storage.taking_over.take_over`.
        """
        return self._survey

    @cached_property
    def _survey(self) -> PostgresSurvey:
        from dataclasses import replace

        from pipeline.survey.store.postgres_survey import PostgresSurvey, open_survey
        from pipeline.survey.store.survey_files import LOCK

        layout = self.layout
        before = replace(self._folder_of_before, folder=layout.archive, lock=layout.locks / LOCK)
        open_survey(self.database, before)
        return PostgresSurvey(layout, lambda: self.keys.key("kode-status"), self.database)

    def survey_faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the survey: at the centre, or still in this folder."""
        from pipeline.errors import SettingsFault
        from pipeline.survey.store.survey_files import survey_faults

        try:
            return self._survey.faults()
        except SettingsFault:  # it is to come from another folder
            return survey_faults(self.layout)

    def _matters(self, book: str) -> MatterLines:
        """Return a book on personal data, the same at each desk of the office.

        Where it is still to come from another folder, what this one has can be read, as before: cases go on meanwhile.

        Raises:
            Passing: a desk of an earlier version still works with it; or the centre is away.
        """
        from pipeline.errors import SettingsFault
        from pipeline.privacy.store.postgres_matters import MattersOfBefore, PostgresMatters

        try:
            self._matters_are_here  # noqa: B018 - raises where they are not
        except SettingsFault as fault:
            return MattersOfBefore(self.layout, book, fault)
        return PostgresMatters(self.database, book)

    @cached_property
    def _matters_are_here(self) -> bool:
        from dataclasses import replace

        from pipeline.privacy.store.matter_books import LOCK
        from pipeline.privacy.store.postgres_matters import open_matters

        layout = self.layout
        open_matters(self.database, replace(self._folder_of_before, folder=layout.archive, lock=layout.locks / LOCK))
        return True

    @cached_property
    def drafts(self) -> KeptDrafts:
        """What people typed and have not sent, at whichever desk that has the office's key for it."""
        from pipeline.access.store.drafts import KeptDrafts
        from pipeline.access.store.postgres_drawers import PostgresDrawers

        return KeptDrafts(PostgresDrawers(self.database, self.keys, "ketikan"))

    @property
    def unsaved_edits(self) -> SealedEdits:
        """Work on letters that is no version yet."""
        from pipeline.access.store.postgres_drawers import PostgresDrawers
        from pipeline.letters.store.unsaved_edits import SealedEdits

        return SealedEdits(PostgresDrawers(self.database, self.keys, "suntingan"))

    def bring_typed(self) -> None:
        """Have at the centre what was typed at this desk when it lay in the folder, and is of an account there is."""
        from pipeline.access.store.drafts import KeptDrafts, carry_drafts
        from pipeline.letters.store.unsaved_edits import bring_edits
        from pipeline.storage import disk

        drawers = self._drawers
        logins = [account.login for account in self.people.accounts.all() if drawers.folder(account.login).is_dir()]
        of_before = KeptDrafts(drawers)
        of_before.sweep(logins, self.clock.now())
        bring_edits(self._edits_here, self.unsaved_edits, logins)
        for login in logins:
            carry_drafts(login, of_before, self.drafts)
            if not drawers.drawer(login).sizes():
                disk.sweep(drawers.folder(login))  # with the key, which nothing there needs any more

    def take_typed_home(self) -> None:
        """Have in the folder, to which the office moves, what its desks have typed with this folder's key."""
        from pipeline.access.store.drafts import KeptDrafts, carry_drafts
        from pipeline.letters.store.unsaved_edits import copy_edits

        logins = [account.login for account in self.people.accounts.all()]
        for login in logins:
            carry_drafts(login, self.drafts, KeptDrafts(self._drawers), leave=True)
        copy_edits(self.unsaved_edits, self._edits_here, logins)

    @property
    def _edits_here(self) -> UnsavedEditFiles:
        from pipeline.letters.store.unsaved_edits import UnsavedEditFiles

        return UnsavedEditFiles(self.layout.state / "suntingan", self._drawers)

    @contextmanager
    def alone_at_desk(self, supervised: Supervision) -> Iterator[None]:
        """Hold the web desk, as elsewhere; what is left in the folder is taken over by a desk before it serves anybody.

        So a command beside it never takes it for a desk of an earlier version. What the centre does not take at that
        moment is brought as soon as it does.
        """
        with super().alone_at_desk(supervised), self._bringing():
            yield

    @contextmanager
    def _bringing(self) -> Iterator[None]:
        if self._brought():
            yield
            return
        stopping = threading.Event()

        def bring() -> None:
            while not (stopping.wait(_AGAIN) or self._brought()):
                pass

        later = threading.Thread(target=bring, name="bawaan folder", daemon=True)
        later.start()
        try:
            yield
        finally:
            stopping.set()
            later.join()

    def _brought(self) -> bool:
        """Bring what is left in the folder; say whether that is done, or is not to be done from here."""
        from pipeline.errors import Passing, YankomasError

        try:
            self.take_over_records()
            self.bring_typed()
        except (Passing, OSError):
            return False
        except YankomasError:  # it comes from elsewhere: told when asked
            return True
        return True

    def take_over_records(self) -> None:
        """Have the records at the centre that an earlier version of the program left in the office's folder."""
        from pipeline.errors import SettingsFault

        with suppress(SettingsFault):  # of another folder: they come from there
            _ = self._handovers, self._matters_are_here, self._survey
