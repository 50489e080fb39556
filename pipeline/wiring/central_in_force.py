"""An office of many: what its letters are drawn with, published from its own folder for every machine that draws.

Whoever works in the folder from which the office is run publishes: its running process and its desk look once a
second, so that what is changed by hand counts as on one PC. No other folder publishes anything, and that one nothing if
it was brought back to a state of before, until a person says that it counts as it is.
"""

from __future__ import annotations

import logging
import time
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.acts import Act, Advice
from pipeline.errors import SettingsFault, YankomasError
from pipeline.wiring.central_books import CentralBooks
from pipeline.wiring.office import load_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import Self

    from pipeline.archive.ports import Finding
    from pipeline.letters.in_force import InForce
    from pipeline.letters.store.in_force_files import Stamp
    from pipeline.letters.store.postgres_in_force import InForceBook
    from pipeline.office.ports import OfficeFile
    from pipeline.work.ports import Check

_LOOK = 1.0  # seconds between two looks at the files
_AFTER_FAULT = 10.0  # and once something prevents it: no page waits for the centre each second
_LOOK_THERE = 10.0  # seconds between two looks whether what was published last is still what counts
_WRITTEN = "%d-%m-%Y %H.%M"
_SHOWN = 5  # things that differ, each by its name
_log = logging.getLogger(__name__)


class CentralInForce(CentralBooks):
    """A root that publishes what letters are drawn with, when it becomes another."""

    _look_from, _last_told = float("-inf"), ""
    _last_stamp: Stamp = ()
    _look_there_from, _last_proof = float("-inf"), ""
    _trusted: Path | None = None  # where the certificates that the office trusts lie, as its settings said last

    @cached_property
    def in_force_book(self) -> InForceBook:
        """What was published."""
        from pipeline.letters.store.postgres_in_force import InForceBook

        return InForceBook(self.database)

    def successor(self) -> Self | None:
        """Return this office after a change of its files, as elsewhere; and publish what that changed."""
        self.keep_in_force()
        return super().successor()

    def keeping(self) -> tuple[tuple[str, Callable[[], object], float], ...]:
        """Return what the running office keeps up besides: also what is published."""
        return (*super().keeping(), ("Terbitan", self.keep_in_force, _LOOK))

    def examine(self) -> list[Check]:
        """Return what the doctor looks at; where workers tend cases, also what they draw with."""
        from contextlib import suppress

        checks = super().examine()
        with suppress(YankomasError):  # the centre is away, or the settings cannot be used: told by others
            checks += [self.check_in_force()] if self.central_plan.has_workers else []
        return checks

    def keep_in_force(self) -> None:
        """Publish what has changed in the office's folder, at most once a second; what prevents it is told once."""
        if not self._begins_editions or time.monotonic() < self._look_from:
            return
        self._look_from, told = time.monotonic() + _LOOK, ""
        try:
            self.publish_in_force()
        except (YankomasError, OSError) as fault:  # the office works on; workers go on with what was in force, or wait
            self._look_from, told = time.monotonic() + _AFTER_FAULT, str(fault)
        if told and told != self._last_told:
            _log.warning("Templat dan pengaturan tidak terbit ke pusat: %s", told)
        self._last_told = told

    def publish_in_force(self, *, from_here_on: bool = False) -> bool:
        """Have what letters are drawn with at the centre as it lies in this folder; return whether it was another.

        ``from_here_on``: a person has said that this folder counts as it is, whatever was published before.

        Raises:
            SettingsFault: the office is run from another folder, or this one was brought back to a state of before; the
                settings cannot be used.
            Passing: the centre is away.
        """
        from pipeline.letters.in_force import KEY, in_force
        from pipeline.letters.store import in_force_files as files
        from pipeline.storage import locks

        paths = files.paths_in_force(self.layout, self._trusted) if self._trusted else {}
        is_same = bool(paths) and self._stamp_of(paths) == self._last_stamp
        if is_same and not from_here_on and not self._another_counts():
            return False
        if not from_here_on and (told := self.office_folders.elsewhere()):
            raise SettingsFault(f"Folder ini bukan yang dipakai kantornya: {told.fact}.", told.remedy)
        settings = load_settings(self.layout.settings)  # as here, what cannot be used comes into use nowhere
        self._trusted = self.named(settings.signing.trust)
        paths = files.paths_in_force(self.layout, self._trusted)
        stamp = self._stamp_of(paths)
        there, key = self._read(paths), self.keys.key(KEY)
        with locks.held(self.layout.locks / "terbitan"):
            before, note = self.in_force_book.newest(), files.PublishedNote(self.layout.state)
            said, known = in_force(before.at if before else self.clock.now(), there, key), note.known()
            if said != before and before and not from_here_on and before.proof not in known:
                raise self._brought_back(before)
            is_other = said != before or known[-1:] != (said.proof,)  # one of before may have been put in again
            if is_other:
                said = in_force(self.clock.now(), there, key)
                note.keep(said.proof)  # first: a process may end in between
                self.in_force_book.publish(said, there, before)
            elif from_here_on:
                self.in_force_book.keep(there.values())
            note.keep(said.proof)
        self._last_stamp, self._last_proof = stamp, said.proof
        return is_other

    def _another_counts(self) -> bool:
        """Say whether something else than what was published last is in force; looked at now and then."""
        if time.monotonic() < self._look_there_from:
            return False
        self._look_there_from = time.monotonic() + _LOOK_THERE
        try:
            found = self.in_force_book.newest()
        except YankomasError:  # the centre is away, which is no news of it
            return False
        return found is None or found.proof != self._last_proof

    def _read(self, paths: Mapping[str, Path]) -> dict[str, bytes]:
        """Return what is published: these files, and the list of holidays that this machine has."""
        from pipeline.letters.in_force import HOLIDAYS
        from pipeline.office.store.holidays import days_around

        there = {name: path.read_bytes() for name, path in paths.items()}
        return {**there, HOLIDAYS: days_around(self.clock.now().year).as_json()}

    def _stamp_of(self, paths: Mapping[str, Path]) -> Stamp:
        """Return what is another once any of the files is, or the years of which holidays are published."""
        from pipeline.letters.in_force import HOLIDAYS
        from pipeline.letters.store.in_force_files import stamp_of_files

        return (*stamp_of_files(paths), (HOLIDAYS, self.clock.now().year, 0, 0))

    def unlike_in_force(self) -> str:
        """Return in words what of this folder's settings and templates is not as the office has it in force.

        Empty if nothing is, or if that cannot be said: nothing was published yet, a file of it is lost, or the settings
        here are just being written.
        """
        import hashlib
        import tomllib

        from pipeline.letters.in_force import SETTINGS, unlike
        from pipeline.letters.store.in_force_files import paths_in_force

        found = self.in_force_book.newest()
        if found is None or SETTINGS not in found.files:
            return ""
        try:
            theirs = tomllib.loads(self.in_force_book.file(found.files[SETTINGS]).decode())
            ours = tomllib.loads(self.layout.settings.read_text("utf-8"))
            paths = paths_in_force(self.layout, self.named(self.settings.signing.trust))
            here = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in paths.items()}
        except (OSError, ValueError):  # told by verify, or where the settings are read
            return ""
        told = unlike(here, found.files, (ours, theirs))
        rest = f" dan {len(told) - _SHOWN} lagi" if len(told) > _SHOWN else ""
        return f"{', '.join(told[:_SHOWN])}{rest}"

    @property
    def office_file(self) -> OfficeFile:
        """The office's file, to be changed where the office is run."""
        from pipeline.office.store.office_file_record import ShownOfficeFile

        if (told := self.office_folders.elsewhere()) is None:
            return super().office_file
        fault = told.unchanged("Pengaturan kantor")
        layout = self.layout
        return ShownOfficeFile(self._shown_settings, layout.settings_record, layout.locks / "pengaturan", fault)

    @property
    def _shown_settings(self) -> Path:
        """The settings that are shown where nobody changes them."""
        return self.layout.settings

    def check_in_force(self) -> Check:
        """Say whether workers draw with what lies in this folder."""
        from pipeline.letters.in_force import KEY, in_force
        from pipeline.letters.store.in_force_files import PublishedNote, laid_out_at, paths_in_force
        from pipeline.work.ports import Check

        thing, found, key = "Terbitan bagi pekerja", self.in_force_book.newest(), self.keys.known(KEY)
        if found is None:
            wait = " atau mejanya; sampai saat itu pekerja tidak membuat lembar."
            remedy = Advice("Jalankan ", Act.WATCH_INBOX, wait)
            return Check(thing, False, "templat dan pengaturan belum terbit ke pusat", remedy)
        if told := self.office_folders.elsewhere():
            if laid_out_at(self.layout).used:
                return Check(thing, True, f"pekerja di sini memakai yang terbit {found.at:{_WRITTEN}}")
            return Check(thing, False, f"bukan dari folder ini: {told.fact}", told.remedy)
        paths = paths_in_force(self.layout, self.named(self.signing.trust))
        there = self._read(paths)
        if key is not None and in_force(found.at, there, key) == found:
            return Check(thing, True, f"{len(there)} berkas, sama dengan folder ini, sejak {found.at:{_WRITTEN}}")
        if found.proof in PublishedNote(self.layout.state).known():
            wrong = " atau mejanya; bila sudah, baca catatannya: pengaturan mungkin salah tulis."
            remedy = Advice("Jalankan ", Act.WATCH_INBOX, wrong)
            return Check(thing, True, "folder ini lebih baru daripada yang terbit", remedy, caution=True)
        fault = self._brought_back(found)
        return Check(thing, False, fault.message.rstrip("."), fault.remedy)

    def verify_beside(self) -> list[Finding]:
        """Return what is wrong with what lies beside the cases, also with what was published and the marks of keys."""
        from pipeline.archive.ports import Finding
        from pipeline.letters.in_force import KEY
        from pipeline.office.office_keys import changed_there

        remedy = f"Jalankan {self.office_folders.taking}; cari siapa yang menulis ke basis data."
        key, exchanged = None, list[str]()
        if self.office_folders.is_here():  # another folder may have keys of its own
            key, exchanged = self.keys.known(KEY), self.keys.exchanged()
        faults = self.in_force_book.faults(key)
        found = [Finding(f"pusat: terbitan/{name}", "terbitan", fact, remedy) for name, fact in faults]
        for name in exchanged:
            told = changed_there([name], self.office_folders.taking)
            found.append(Finding(f"pusat: kunci/{name}", "kunci", told.message, told.remedy))
        return [*super().verify_beside(), *found]

    def _brought_back(self, published: InForce) -> SettingsFault:
        return SettingsFault(
            f"Yang berlaku terbit pada {published.at:{_WRITTEN}}, dan tidak dari keadaan folder ini: "
            "folder ini dipulihkan dari yang lebih lama, atau kembarannya dipakai di mesin lain.",
            f"Bila yang ada di folder inilah yang dipakai seterusnya: {self.office_folders.taking}.",
        )
