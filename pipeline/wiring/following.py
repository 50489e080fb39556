"""An office of many at a desk or an inbox of another folder than its own: it works by what the office has in force.

One office has one set of settings, templates, logos and lists, those of the folder from which it is run. What lies in
another folder of it may be older, or not be there at all, and two sets would make two kinds of letters. So another
folder follows, as workers do; of its own count its keys and what in its settings is the machine's.
"""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, cast

from pipeline.archive.store.layout import Layout
from pipeline.errors import Passing, SettingsFault, YankomasError
from pipeline.letters.in_force import OF_A_MACHINE
from pipeline.wiring.central import CentralRoot
from pipeline.wiring.tending import TendingRoot, lay_out_in_force

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import Self

    from pipeline.archive.ports import Finding
    from pipeline.evidence.store.states import StateRecord
    from pipeline.letters.ports import Press
    from pipeline.office.ports import Handovers
    from pipeline.reading.ports import Reader
    from pipeline.signing.ports import Validator
    from pipeline.work.ports import Check
    from pipeline.work.tend import TendParts

_LOOK = 1.0  # seconds between two looks whether something else is in force
_AFTER_FAULT = 10.0  # and once something prevents it
#: What an office's templates are found with does not go on with others.
_OF_TEMPLATES = ("template_shelf",)
_NOT_FOLLOWED = "Yang berlaku di kantornya tidak dapat diikuti: %s"
_FOLLOWED = "Yang berlaku di kantornya kini dapat diikuti di folder ini."
_WAITING = "Yang berlaku di kantornya belum dapat diikuti di folder ini."
_log = logging.getLogger(__name__)


class PlacedRoot(CentralRoot):
    """An office in whichever of its folders somebody works, by what lies there, until it is known to be another's."""

    _look_again = float("-inf")
    _unfollowed: YankomasError | None = None  # why nothing is drawn by what lies here: it may be another folder's

    def successor(self) -> Self | None:
        """Return this office after a change of its files or keys; or by what is in force, once it comes from elsewhere.

        Raises:
            Passing: see :meth:`has_other_keys`.
        """
        if changed := super().successor():
            changed._unfollowed = self._unfollowed
            return changed
        if time.monotonic() < self._look_again:
            return None
        others = self.has_other_keys()  # until it may go on it is asked each time
        self._look_again = time.monotonic() + _AFTER_FAULT
        found = self.as_in_force()
        if found is self:
            return cast("Self", _as_it_lies(self)) if others else None
        return cast("Self", found)

    def as_in_force(self) -> CentralRoot:
        """Return this office by what it has in force, if it is run from another folder; as it lies here otherwise.

        Also where that cannot be said now, until it can; no sheet is drawn meanwhile.

        Raises:
            SettingsFault, Passing: why it cannot be said, where the settings that lie here cannot be used alone.
        """
        why: YankomasError | None
        try:
            found = as_in_force(self)
            why = None if found is self else Passing(_FOLLOWED, "Dilanjutkan sendiri, sesaat lagi.")
        except YankomasError as fault:
            found, why = self, fault
            if str(why) != str(self._unfollowed) and not isinstance(why, Passing):
                _log.warning(_NOT_FOLLOWED, why)
            self._require_own_settings(why)
        self._unfollowed = why
        return found

    def _require_own_settings(self, why: YankomasError) -> None:
        try:
            self.settings  # noqa: B018 - of one that follows they may have no more than what is the machine's
        except SettingsFault:
            raise why from None

    def require_office_keys(self) -> None:
        """Make sure that this folder has the office's keys, and is not left to itself by what it is to follow.

        Raises:
            SettingsFault: some are missing, or others; what was published cannot be used here. Says why.
            Passing: the centre is away.
        """
        super().require_office_keys()
        if why := self._still_unfollowed():
            raise why

    def tend_parts(self, reader: Reader, press: Press, validator: Validator) -> TendParts:
        """Build what tending needs around these engines; nothing is drawn by what lies here if it may be another's."""
        from pipeline.letters.in_force import CurrentTypist

        parts = super().tend_parts(reader, press, validator)
        return replace(parts, typist=CurrentTypist(parts.typist, self._require_no_other))

    def _require_no_other(self) -> None:
        if self._still_unfollowed():
            raise Passing(_WAITING, "Lembarnya dibuat begitu dapat; sebabnya ada di catatan program di sini.")

    def _still_unfollowed(self) -> YankomasError | None:
        """Return why what is in force is not followed here, asked once more where it was not."""
        if self._unfollowed:
            self.as_in_force()
        return self._unfollowed


class FollowingRoot(TendingRoot):
    """An office as another folder than its own works for it."""

    _own_tables = OF_A_MACHINE
    _look_again = float("-inf")

    def successor(self) -> Self | None:
        """Return this office once another state is in force, its settings or keys changed, or it is run from here.

        Raises:
            Passing: see :meth:`has_other_keys`.
        """
        if time.monotonic() < self._look_again:
            return None
        others = self.has_other_keys()  # until it may go on it is asked each time
        self._look_again = time.monotonic() + _LOOK
        try:
            if self.is_current() and not self.office_folders.is_here() and not others:
                return None
            return cast("Self", as_in_force(self))
        except YankomasError as fault:  # it goes on with what was in force
            self._look_again = time.monotonic() + _AFTER_FAULT
            _log.warning(_NOT_FOLLOWED, fault)
            return None

    def _other_templates(self) -> Sequence[Path]:
        used, there = self.service_shelf.noted(), Layout(self._laid_out.root).services.glob("*/templat")
        return sorted(there, key=lambda folder: (folder.parent.name not in used, folder))

    def alongside(self) -> Self:
        """Return this office, as it is in force, for a thread that asks for its successors itself."""
        made = super().alongside()
        made.layout, made._laid_out, made._in_force = self.layout, self._laid_out, self._in_force
        return made

    @property
    def handovers(self) -> Handovers:
        """The record of roles that were handed over, as at every desk."""
        return super(TendingRoot, self).handovers

    @property
    def _shown_settings(self) -> Path:
        return self._laid_out.settings

    @cached_property
    def _lying_here(self) -> CentralRoot:
        """The same office by what lies in this folder: what is held against it or noted of it there."""
        return _as_it_lies(self)

    @property
    def states(self) -> StateRecord:
        """What was in force when, in this folder."""
        return self._lying_here.states

    def unlike_in_force(self) -> str:
        """Return in words what of this folder is not as the office has it in force."""
        return self._lying_here.unlike_in_force()

    def check_in_force(self) -> Check:
        """Say whether workers draw with what lies in this folder."""
        return self._lying_here.check_in_force()

    def verify_beside(self) -> list[Finding]:
        """Return what is wrong with what lies beside the cases, at the centre and in this folder."""
        return self._lying_here.verify_beside()


def as_in_force(root: CentralRoot) -> CentralRoot:
    """Return an office by what it has in force, if it is run from another folder; as it lies here, if from this one.

    Also as it lies here where no folder was named yet, or nothing was published.

    Raises:
        SettingsFault: what was published cannot be used here; says why.
        Passing: the centre is away.
    """
    from pipeline.letters.store.in_force_files import FollowedLayout, followed_at

    folders, here = root.office_folders, Layout(root.layout.root)
    if folders.run_from() is None or folders.is_here() or root.in_force_book.newest() is None:
        return _as_it_lies(root) if isinstance(root, FollowingRoot) else root
    said, place = lay_out_in_force(root, followed_at(here))
    made = FollowingRoot(here.root, looking=root._looking)
    root.go_on_in(made, but=_OF_TEMPLATES)
    made.layout, made._laid_out, made._in_force = FollowedLayout(here.root, place), Layout(place), said
    made._key_edition = root.keys.edition
    _ = made.pattern  # settings that cannot be used are told at once
    return made


def _as_it_lies(root: CentralRoot) -> CentralRoot:
    made = PlacedRoot(root.layout.root, looking=root._looking)
    root.go_on_in(made, but=_OF_TEMPLATES)
    made._key_edition = root.keys.edition
    return made
