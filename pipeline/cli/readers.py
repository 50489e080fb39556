"""Who reads personal data at the terminal: written into the access log before anything is shown, with why."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from pipeline.cli.inputs import system_account

if TYPE_CHECKING:
    from pipeline.cases.case import Case
    from pipeline.wiring import Root


def note_reading(root: Root, command: str, *, case: str = "", role: str = "", reason: str = "") -> None:
    """Write into the access log that who is at the terminal is about to see personal data, durably."""
    roles = (role,) if role else ()
    root.access_log.append(root.clock.now(), system_account(), command, roles, case=case, reason=reason)
    root.access_log.flush()


def note_case(root: Root, command: str, case: Case, options: Namespace) -> None:
    """Write into the access log that who is at the terminal is about to see a case.

    They say why (``--alasan``), unless their account acted on it or it is for the role that they name (``--as``).

    Raises:
        UsageFault: the office has no such role.
        Incomplete: they have no part in it, and do not say why.
    """
    from pipeline.access.reasons import asks_reason, stated_reason
    from pipeline.cases.handlers import acted_in, awaited, handlers
    from pipeline.cases.secrecy_level import SECRECY, level_now
    from pipeline.errors import UsageFault
    from pipeline.office.wording import hinted, said

    role, typed, sop = options.role or "", options.reason or "", root.sop_of(case)
    if role and role not in (known := root.office_roles.given):
        raise UsageFault(f"{hinted(f'Peran {role!r} tidak dikenal', role, known)}.", f"Pilih: {', '.join(known)}.")
    ours = acted_in(case, system_account())
    handling = {*handlers(case, sop), *awaited(case, sop)}
    sifat = level_now(case, root.case) or said(case.fields.get(SECRECY))
    asked = not ours and asks_reason({role}, sifat, handling)
    reason = stated_reason(typed) if asked or typed else ""
    note_reading(root, command, case=str(case.number), role=role, reason=reason)
