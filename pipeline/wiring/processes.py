"""The processes of an office: the desk, the intake, who starts them, and how each knows of the other."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.archive.store.folder_refusals import refuse_nesting
from pipeline.wiring.persons import PersonParts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.intake.ports import AgentSigns
    from pipeline.moving_in.store.brought_books import BroughtBooks
    from pipeline.work.chores import Chores
    from pipeline.work.engines.launcher import ProcessLauncher
    from pipeline.work.engines.supervised import Supervision
    from pipeline.work.ports import Check, Processes
    from pipeline.work.supervisor import Supervisor


def supervision() -> Supervision:
    """Return how this process is supervised; to be asked for once, at the start."""
    from pipeline.work.engines.supervised import supervision as found

    return found()


class ProcessParts(PersonParts):
    """The processes of an office: the desk, the intake, who starts them, and how each knows of the other."""

    @cached_property
    def processes(self) -> Processes:
        """How the desk and the intake fare."""
        from pipeline.work.store.process_notes import FolderProcesses

        return FolderProcesses(self.layout)

    @cached_property
    def agent_signs(self) -> AgentSigns:
        """Which agents of remote offices came."""
        from pipeline.intake.store.agent_signs import AgentSignFile

        return AgentSignFile(self.layout.state / "agen")

    def chores(self) -> Chores:
        """Build what does the long works of keeping; nothing starts before the first."""
        from pipeline.backup.store.back_up import PASSWORD, REHEARSAL
        from pipeline.wiring.office import load_settings
        from pipeline.work.chores import Chore
        from pipeline.work.engines.process_chores import ProcessChores

        folder = self.layout.root / REHEARSAL

        def command(chore: Chore) -> Sequence[str]:
            place = load_settings(self.layout.settings).backup.repository  # as it is when the work is started
            if chore is Chore.IMPORT:
                return [*self._command, "impor", *self.brought_books.ordered()]
            if chore is Chore.REPORTS:
                return [*self._command, "impor-laporan", *self.brought_exports.ordered()]
            words = {
                Chore.VERIFY: ["verify"],
                Chore.BACK_UP: ["backup"],
                Chore.CHECK_BACKUP: ["backup", "--check"],
                Chore.REBUILD: ["rebuild"],
                Chore.REHEARSE: [
                    "restore",
                    f"--from={place}",
                    f"--to={folder}",
                    f"--password-file={self.layout.root / PASSWORD}",
                ],
            }[chore]
            return [*self._command, *words]

        return ProcessChores(command, {Chore.REHEARSE: self._clear_rehearsal})

    @property
    def brought_books(self) -> BroughtBooks:
        """The old registers that were brought to the desk."""
        from pipeline.moving_in.store.brought_books import BroughtBooks

        return BroughtBooks(self.layout.state / "buku-lama")

    @property
    def brought_exports(self) -> BroughtBooks:
        """The exports of other systems that were brought to the desk."""
        from pipeline.moving_in.store.brought_books import BroughtBooks

        return BroughtBooks(self.layout.state / "laporan-lain")

    @property
    def _command(self) -> list[str]:
        return [sys.executable, "-P", "-m", "pipeline.cli", "--root", os.fspath(self.layout.root)]

    def _clear_rehearsal(self) -> None:
        """Remove what was brought back for a try: it is the whole office once more, accounts and keys too."""
        from pipeline.backup.store.back_up import REHEARSAL
        from pipeline.storage import disk

        disk.sweep(self.layout.root / REHEARSAL)

    def mailbox_folder(self) -> str:
        """Return the folder of the inbox that mails are put into: empty, or of the service that they are for.

        Raises:
            SettingsFault: they are for a service that is not in use.
        """
        return self.settings.mailbox.inbox_folder({service.key for service in self.services})

    def examine(self) -> list[Check]:
        """Return whether everything is installed, new enough, writable and usable."""
        from pipeline.work.engines.doctor import examine

        return examine(self)

    @property
    def unwatched(self) -> str:
        """What the desk's pages say while nobody works the inbox off; empty while somebody does."""
        from pipeline.work.processes import Part, unwatched

        return unwatched(self.processes.state(Part.INTAKE), self.clock.now())

    def wake(self) -> None:
        """Tell the process that works the inbox off that it may owe a case something now."""
        from pipeline.intake.engines.doorbell import press

        press(self.layout.doorbell)

    @contextmanager
    def alone(self, supervised: Supervision | None = None) -> Iterator[None]:
        """Hold the root against other processes that would work it off.

        Raises:
            Busy: another process has it; names the pid to be stopped.
            SettingsFault: inbox and archive lie in one another.
        """
        from pipeline.storage.locks import sole_process

        refuse_nesting(self.layout)
        with sole_process(self.layout.run_lock, supervised.supervisor if supervised else None):
            if supervised:
                supervised.moves()
            yield

    @contextmanager
    def alone_at_desk(self, supervised: Supervision) -> Iterator[None]:
        """Hold the web desk against other processes that would serve it.

        Raises:
            Busy: another process does; names the pid to be stopped.
        """
        from pipeline.storage.locks import sole_process

        with sole_process(self.layout.desk_lock, supervised.supervisor, thing="Meja web folder ini"):
            self._clear_rehearsal()  # what was killed in the middle of one left it
            yield

    @contextmanager
    def supervising(self, options: Sequence[str], say: Callable[[str], None]) -> Iterator[Supervisor]:
        """Give the supervisor of this root's processes, which hears signals meanwhile.

        Args:
            options: further options of the command that serves the desk (where it listens).
            say: shows a line to whoever started the program.

        Raises:
            Busy: another process supervises them; names its pid.
        """
        from pipeline.storage.locks import sole_process
        from pipeline.work.supervisor import Supervisor

        launcher = self._launcher(options)
        with sole_process(self.layout.supervisor_lock), launcher.open():
            yield Supervisor(launcher, self.processes, say, self.clock.now)

    def _launcher(self, options: Sequence[str]) -> ProcessLauncher:
        from pipeline.work.engines.launcher import ProcessLauncher
        from pipeline.work.processes import Part

        command = [sys.executable, "-P", "-m", "pipeline.cli", "--root", os.fspath(self.layout.root), "run"]
        return ProcessLauncher({Part.INTAKE: [*command, "--no-web"], Part.DESK: [*command, "--web-only", *options]})
