"""What the roles of an office may, out of the editions of its SOPs: the newest word on each role holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from pipeline.cases.public_service import PublicService
from pipeline.cases.sop import Sop, in_force
from pipeline.office.roles import DECIDING, OF_PROGRAM, OfficeRoles, service_of_role


def office_roles(editions: Sequence[Sop], services: Collection[PublicService], today: date) -> OfficeRoles:
    """Return the roles of an office and what they may.

    The edition in force says it of its lanes. A role that only earlier ones have keeps what the newest of these says:
    cases that began under them go on, and wait for it.
    """
    begun = [sop for sop in editions if sop.effective <= today] or [*editions]
    first = in_force(begun, date.max)
    others = sorted((sop for sop in begun if sop is not first), key=lambda sop: (sop.own, sop.effective), reverse=True)
    lanes: dict[str, tuple[str, ...]] = {}
    above: dict[str, str] = {}
    titles = {role: title for service in services for role, title in service.titles.items()}
    for sop in (first, *others):
        for lane in sop.lanes:
            if not lane.outside and lane.role not in OF_PROGRAM:
                lanes.setdefault(lane.role, lane.rights)
                above.setdefault(lane.role, lane.above)
                if service_of_role(lane.role):
                    titles.setdefault(lane.role, lane.name)
    kinds = {role: kind for service in services for role, kind in service.roles.items()}
    words = {kind.partition(":")[2] for kind in DECIDING}
    once = {lane.role for sop in begun for lane in sop.lanes if not words.isdisjoint(lane.rights) and not lane.outside}
    return OfficeRoles(lanes, above, kinds, titles, frozenset(once))
