"""An office of many on a machine that tends its cases: it draws with what the office has published, nothing else."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from pipeline.archive.store.layout import Layout
from pipeline.errors import Passing, SettingsFault
from pipeline.office.store.office_file import read_table, stamp_of
from pipeline.wiring.central import CentralRoot

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from typing import Self

    from pipeline.letters.in_force import InForce
    from pipeline.letters.ports import Press
    from pipeline.letters.store.in_force_files import LaidOut
    from pipeline.office.office_file import Table
    from pipeline.office.ports import Handovers
    from pipeline.office.store.holidays import NationalDays
    from pipeline.office.worktime import Calendar
    from pipeline.reading.ports import Reader
    from pipeline.signing.ports import Validator
    from pipeline.signing.store.trust import Trust
    from pipeline.work.tend import TendParts

#: What is of the machine and not of the office in its settings: how the centre is reached, how many letters it reads.
_CENTRE, _READING, _WORKERS = "pusat", "pembacaan", "pekerja"


class TendingRoot(CentralRoot):
    """An office as a worker tends its cases: by the editions and services noted at the centre, by what is in force.

    Of this machine's folder count the table ``[pusat]``, how many letters it reads at once, and the office's keys. No
    edition begins by it, and nothing is published from it.
    """

    _begins_editions = False
    _own_tables: Collection[str] = (_CENTRE,)
    _in_force: InForce | None = None
    _at_centre: Handovers | None = None  # its hand-overs, once they are there
    _laid_out: Layout

    def drawing(self) -> Self:
        """Return this office with what it has in force now.

        Raises:
            SettingsFault: it has published nothing that can be used, or this machine lacks its key; says what.
            Passing: the centre is away.
        """
        from pipeline.letters.store.in_force_files import DrawnLayout, laid_out_at

        said, place = lay_out_in_force(self, laid_out_at(self.layout))
        made = self.alongside()
        made.layout, made._laid_out, made._in_force = DrawnLayout(self.layout.root, place), Layout(place), said
        return made

    def is_current(self) -> bool:
        """Say whether what this draws with is still in force, and nothing of this machine's settings has changed."""
        from pipeline.letters.store.in_force_files import is_laid_out

        return (
            stamp_of(self.layout.settings) == self._stamp
            and is_laid_out(self._laid_out.root)  # what can be made again may have been cleared away
            and self.in_force_book.newest() == self._in_force
            and not self._other_editions()
        )

    def trust(self) -> Trust:
        """Return the certificates that the office trusts."""
        from pipeline.letters.store.in_force_files import trust_laid_out
        from pipeline.signing.store.trust import trust_in

        return trust_in(trust_laid_out(self._laid_out.root))

    def tend_parts(self, reader: Reader, press: Press, validator: Validator) -> TendParts:
        """Build what tending needs around these engines; nothing is drawn with what is no longer in force."""
        from pipeline.letters.in_force import CurrentTypist

        parts = super().tend_parts(reader, press, validator)
        return replace(parts, typist=CurrentTypist(parts.typist, self._require_current))

    def _require_current(self) -> None:
        if self.in_force_book.newest() != self._in_force:
            raise Passing(
                "Templat atau pengaturan kantor baru saja berganti.", "Lembarnya dibuat dengan yang baru, sesaat lagi."
            )

    @cached_property
    def calendar(self) -> Calendar:
        """The office's working time, by the public holidays that it has published; of other years by this machine's."""
        from pipeline.office.store.holidays import ClosedDays
        from pipeline.office.worktime import Calendar

        hours, memory = self.hours, self.layout.state / "hari-libur"
        closed = ClosedDays(hours.closed, memory, hours.opened, self._holidays.years)
        return Calendar(hours.zone, hours.hours, closed, hours.calendar_days, hours.special)

    @property
    def holiday_edition(self) -> str:
        """What names the list of public holidays that the office has published."""
        return self._holidays.edition

    @cached_property
    def _holidays(self) -> NationalDays:
        from pipeline.letters.in_force import HOLIDAYS
        from pipeline.office.store.holidays import NationalDays, edition, read_days

        if self._in_force and HOLIDAYS in self._in_force.files:
            return read_days((self._laid_out.root / HOLIDAYS).read_bytes())
        return NationalDays(edition(), {})  # an earlier version published none

    @property
    def handovers(self) -> Handovers:
        """The record of roles that were handed over: the centre's, or still what the office has published of it."""
        from pipeline.office.store.handovers import FILE, HandoverFile
        from pipeline.office.store.postgres_handovers import PostgresHandovers, are_taken

        if self._at_centre is None:
            if not are_taken(self.database):
                return HandoverFile(self.layout.people / FILE, self.layout.locks / "alih-tugas")
            self._at_centre = PostgresHandovers(self.database)
        return self._at_centre

    @property
    def workers(self) -> int:
        """How many complaints are read at once on this machine, whatever the office's own reads."""
        found = read_table(self.layout.settings).part(_READING).get(_WORKERS, int, 0)
        return int(found) or len(os.sched_getaffinity(0))

    @cached_property
    def _file(self) -> Table:
        self._stamp = stamp_of(self.layout.settings)
        own = read_table(self.layout.settings)
        if self._in_force is None:
            return own
        found = read_table(self._laid_out.settings)
        for name in self._own_tables:
            found = found.with_part_of(own, name)
        return found


def lay_out_in_force(root: CentralRoot, laid_out: LaidOut) -> tuple[InForce, Path]:
    """Have what an office has in force now on this machine; return it, and where it lies.

    Raises:
        SettingsFault: it has published nothing that can be used, or this machine lacks its key; says what.
        Passing: the centre is away.
    """
    from pipeline.letters.in_force import KEY, require_no_older, require_proven

    root.keys.look_again()  # of what is not the office's any more the next line, or the proof, tells
    if fault := root.keys.fault(KEY):
        raise fault
    said = require_proven(root.in_force_book.newest(), root.central_plan.office, root.keys.known(KEY))
    require_no_older(said, laid_out.followed(), root.central_plan.office)
    try:
        return said, laid_out.of(said, root.in_force_book.file)
    except FileNotFoundError as gone:
        raise SettingsFault(
            f"Yang diterbitkan kantor {root.central_plan.office} tidak lengkap lagi di pusat.",
            "Jalankan `yankomas verify` di mesin kantor itu; sampai diterbitkan lagi perkaranya menunggu.",
        ) from gone
