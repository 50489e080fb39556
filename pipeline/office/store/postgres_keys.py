"""The keys of an office of many, each held against the mark that the centre has of it.

Of the folder from which the office is run the keys are the office's: it makes them and tells the centre their marks.
Any other folder has to have the same, copied by a person, and makes none.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import SettingsFault
from pipeline.office.office_keys import (
    OFFICE_KEYS,
    changed_there,
    copied_from,
    lost_for_good,
    mark_of,
    other_keys,
    unknown_keys,
)
from pipeline.office.store.keys import Keyring, key
from pipeline.storage.postgres import Database

_NOTED = "INSERT INTO office_key VALUES (%s, %s) ON CONFLICT (name) DO"


@dataclass(frozen=True, slots=True)
class RunFrom:
    """Where an office is run: whether from this folder, from which (empty: none was named), and how this one is named.

    ``taking`` is the command that has the office be run from this folder, as it is written in a message.
    """

    here: bool
    place: str
    taking: str


class OfficeKeyring(Keyring):
    """The keys in ``folder``, of which none is used that is not the office's (see the port).

    Args:
        folder: where they lie.
        marks: their fingerprints in the archive beside, as on one PC.
        database: gives the office's schema.
        run_from: says where the office is run.
        needed: names the keys that this machine is to have; a worker draws with one alone.
    """

    def __init__(
        self,
        folder: Path,
        marks: Path,
        database: Callable[[], Database],
        run_from: Callable[[], RunFrom],
        needed: Callable[[], Collection[str]] = lambda: OFFICE_KEYS,
    ) -> None:
        super().__init__(folder, marks)
        self._database, self._run_from, self._needed = database, run_from, needed
        self._known: dict[str, str] = {}
        self.edition = 0
        """Another once the office has other keys: what was made with those of before is then made anew."""

    def key(self, name: str) -> bytes:
        """Return a key; made at its first use where the office is run, which the centre is told.

        Raises:
            SettingsFault: it was lost, exchanged, cut, can be read by others, or is not the office's.
            Passing: the centre is away.
        """
        if self._noted(name) is None:
            secret = super().key(name)
            if not self._run_from().here:  # nobody has named a folder yet: each works with its own
                return secret
            self._note({name: secret}, "NOTHING")
            return self.key(name)
        if fault := self.fault(name):
            raise fault
        secret = key(self._folder / name)
        self.keep_mark(name, secret)  # another stood there, before the office's key was copied here
        return secret

    def fault(self, name: str) -> SettingsFault | None:
        """Return what is wrong with a key here, or None."""
        return self._fault_of([name])

    def faults(self) -> list[SettingsFault]:
        """Return what is wrong with the keys that this machine is to have, or was worked with."""
        fault = self._fault_of(sorted({*self.marked(), *self._needed()}))
        return [fault] if fault else []

    def look_again(self) -> list[str]:
        """Look whether the office's keys are still those that this process works with; others that are here are taken.

        Return the names of those that are others and not here. In the folder from which the office is run the keys that
        lie there are the office's: who exchanged their marks alone stops nothing that runs (see :meth:`exchanged`).

        Raises:
            Passing: the centre is away.
        """
        if not self._known:
            return []
        there = self._marks_there()
        others = {name: there.get(name, "") for name, mark in self._known.items() if there.get(name) != mark}
        here = {name: self._mark_here(name) for name in sorted(others)}
        lacking = [name for name, mark in here.items() if not mark or mark != others[name]]
        if lacking and self._run_from().here:
            lacking = [name for name in lacking if here[name] != self._known[name]]
        if taken := {name: mark for name, mark in here.items() if mark and mark == others[name]}:
            self._known.update(taken)
            self.edition += 1
        return lacking

    def exchanged(self) -> list[str]:
        """Return the keys with which this folder always worked, and of which the centre has the mark of another."""
        there = self._marks_there()
        always = [name for name in self.marked() if super(OfficeKeyring, self).fault(name) is None]
        return [name for name in always if name in there and self._mark_here(name) != there[name]]

    def require(self) -> None:
        """Make sure that this folder has all keys of the office; where it is run, they are made and the centre is told.

        Raises:
            SettingsFault: it has not, or another one; names all, and from where to copy them.
            Passing: the centre is away.
        """
        self._known.clear()  # who begins looks anew
        if fault := self._fault_of(OFFICE_KEYS):
            raise fault
        for name in OFFICE_KEYS:
            self.key(name)

    def tell(self) -> None:
        """Have the centre know the keys that are here, where the office is run; none is made, none exchanged there."""
        secrets = {name: secret for name in OFFICE_KEYS if (secret := self.known(name)) is not None}
        self._note(secrets, "NOTHING")

    def take(self, *, lost: bool) -> None:
        """Have the keys of this folder be the office's, as a person says of the folder.

        ``lost``: also in place of others, of which no copy is left; one that is missing here is made.

        Raises:
            SettingsFault: the office has others, and they are not said to be lost.
        """
        secrets = dict[str, bytes]()
        for name in OFFICE_KEYS:
            if lost:
                self.forget_lost(name)
            elif fault := super().fault(name) if self._noted(name) is None else self.fault(name):
                found = self._run_from()
                if found.here and self._noted(name) is not None:
                    raise fault  # which says that already
                raise SettingsFault(fault.message, f"{fault.remedy} {lost_for_good(found.taking)}")
            secrets[name] = key(self._folder / name)
            self.keep_mark(name, secrets[name])
        self._note(secrets, "UPDATE SET mark = excluded.mark")

    def _fault_of(self, names: Collection[str]) -> SettingsFault | None:
        missing, others, unknown = list[str](), list[str](), list[str]()
        for name in names:
            noted = self._noted(name)
            if noted is None:
                if (found := self._run_from()).place and not found.here:
                    unknown.append(name)
                elif fault := super().fault(name):
                    return fault
                continue
            try:
                secret = self.found(name)
            except SettingsFault as fault:
                return fault
            if secret is None:
                missing.append(name)
            elif mark_of(name, secret) != noted:
                others.append(name)
        if missing or others:
            return self._not_the_office_s(missing, others)
        return unknown_keys(unknown, self._run_from().place, self._run_from().taking) if unknown else None

    def _not_the_office_s(self, missing: list[str], others: list[str]) -> SettingsFault:
        found, place = self._run_from(), str(self._folder)
        if found.place and not found.here:
            copied = copied_from([*missing, *others], f"{found.place} atau cadangannya", place)
            return other_keys(missing, others, place, copied)
        if found.here and not missing and {*others} <= {*self.marked()} and not any(map(super().fault, others)):
            return changed_there(others, found.taking)
        copied = copied_from([*missing, *others], "cadangan kantor ini, atau dari mesinnya yang lain,", place)
        return other_keys(missing, others, place, f"{copied} {lost_for_good(found.taking)}")

    def _mark_here(self, name: str) -> str:
        """Return the mark of a key as this folder has it; empty if it has none that can be used."""
        with suppress(SettingsFault):
            if secret := self.found(name):
                return mark_of(name, secret)
        return ""

    def _marks_there(self) -> dict[str, str]:
        return {str(name): str(mark) for name, mark in self._database().rows("SELECT name, mark FROM office_key")}

    def _noted(self, name: str) -> str | None:
        """Return the mark that the centre has of a key; one that is known stays so until it is looked at again."""
        if (noted := self._known.get(name)) is None:
            found = self._database().row("SELECT mark FROM office_key WHERE name = %s", (name,))
            if found:
                noted = self._known[name] = str(found[0])
        return noted

    def _note(self, secrets: dict[str, bytes], otherwise: str) -> None:
        with self._database().beside.transaction() as running:  # it stays, whatever becomes of the work at hand
            rows = [(name, mark_of(name, secret)) for name, secret in sorted(secrets.items())]
            running.many(f"{_NOTED} {otherwise}", rows)
        self._known.clear()


def tell_keys(database: Database, folder: Path, marks: Path) -> None:
    """Have the centre know the keys that are in the folder from which an office is run from now on.

    One that it never used is made there at its first use, so that an office that moves in and out again has no other.
    """
    OfficeKeyring(folder, marks, lambda: database, lambda: RunFrom(here=True, place=str(folder), taking="")).tell()
