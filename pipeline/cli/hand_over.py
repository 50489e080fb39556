"""The admin's commands on the machine itself: who acts for an official who is away, on which days."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date
from typing import Any

from pipeline.access import hand_over
from pipeline.access.accounts import TERMINAL, as_logged
from pipeline.access.grant_parts import GrantParts
from pipeline.access.hand_over import Asked, By, tell_of_handover
from pipeline.cases.answers import read_day
from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.people import noted
from pipeline.cli.show import as_json, table
from pipeline.errors import UsageFault
from pipeline.office.handovers import Handover, period
from pipeline.office.wording import long_date
from pipeline.wiring import Root


def listing(options: Namespace) -> int:
    """Show all hand-overs, the oldest first."""
    root = ready_root(options)
    today, found = root.clock.now().date(), root.handovers.all()
    if options.json:
        print(as_json([_row(handover, today) for handover in found]))
        return 0
    if not found:
        print("Belum ada pengalihan tugas.")
        return 0
    cells = [[str(h.number), f"{h.acting} {h.title}", f"{h.name} ({h.login})", _days(h), h.state(today)] for h in found]
    print(table(cells, ["No.", "Jabatan", "Kepada", "Masa", "Keadaan"], {1: 40, 2: 40, 3: 48}))
    return 0


def make(options: Namespace) -> int:
    """Hand a role over to an account."""
    root = ready_root(options)
    today = root.clock.now().date()
    asked = Asked(
        role=options.role,
        to=options.deputy,
        acting=options.acting,
        since=_day("--mulai", options.since) if options.since else today,
        until=_day("--sampai", options.until),
        own_title=options.own_title,
        reason=options.reason,
        giver=options.giver,
    )
    noted(root, "alih buat", as_logged(asked.to, [asked.role]))
    kept = hand_over.hand_over(asked, by=By(system_account(), admin=True), parts=root.hand_over_parts)
    tell_of_handover(kept, by=TERMINAL, taken_back=False, parts=_told_by(root))
    print(f"Nomor {kept.number}: tugas {kept.title} dialihkan kepada {kept.name} ({kept.acting}), ", end="")
    print(f"{period(kept.official)}.")
    if not kept.giver:
        print("Tidak ada akun yang diketahui memegang jabatan ini; tidak ada yang hanya membaca selama itu (--dari).")
    return 0


def take_back(options: Namespace) -> int:
    """End a hand-over now."""
    root = ready_root(options)
    parts = root.hand_over_parts
    found = next((h for h in parts.record.all() if h.number == options.handover), None)
    noted(root, "alih tarik", as_logged(found.login, [found.role]) if found else "?")
    taken = hand_over.take_back(options.handover, by=By(system_account(), admin=True), parts=parts)
    tell_of_handover(taken, by=TERMINAL, taken_back=True, parts=_told_by(root))
    print(f"Pengalihan tugas {taken.title} kepada {taken.name} ditarik.")
    return 0


def _told_by(root: Root) -> GrantParts:
    return GrantParts(root.people, root.settings.office.appointed, root.clock.now(), lambda _: None, root.office_roles)


def _day(option: str, text: str) -> date:
    try:
        return read_day(text)
    except ValueError as fault:
        raise UsageFault(f"{option} {text!r} bukan tanggal.", f"{fault}".capitalize() + ".") from None


def _days(handover: Handover) -> str:
    return f"{long_date(handover.since)} sampai {long_date(handover.until)}"


def _row(handover: Handover, today: date) -> dict[str, Any]:
    values = {k: v.isoformat() if isinstance(v, date) else v for k, v in asdict(handover).items()}
    return {**values, "state": handover.state(today)}
