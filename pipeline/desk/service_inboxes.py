"""For which of the office's services somebody may hand in files, where these are put, and whose inbox they see."""

from __future__ import annotations

from pipeline.access.rights import HOLDERS, Right, may
from pipeline.cases.sop import YANKOMAS
from pipeline.desk.visitor import Visitor
from pipeline.errors import NotAllowed
from pipeline.wiring import Root


def services_open_to(who: Visitor, root: Root) -> dict[str, str]:
    """Return the services for which somebody hands in files, by key with their names."""
    ours = {YANKOMAS: "Yankomas (pengaduan)"} if may(who.roles, Right.INBOX) else {}
    return ours | {one.key: one.name for one in root.services if not one.senders().isdisjoint(who.roles)}


def folder_for(service: str, who: Visitor, root: Root) -> str:
    """Return the folder of the inbox for a service; empty for Yankomas.

    Raises:
        NotAllowed: it is none for which they hand in files.
    """
    there = services_open_to(who, root)
    if service not in there:
        told = f"Layanan {service!r} tidak dapat dikirimi berkas oleh peran ini."
        raise NotAllowed(told, f"Pilih: {', '.join(there) or 'tidak ada'}.")
    return "" if service == YANKOMAS else service


def services_seen_by(who: Visitor, root: Root) -> frozenset[str]:
    """Return the services (keys) of whose files in the inbox somebody is shown anything, and may do something with.

    These are those for which they hand in files; and of what has a part for the team of Yankomas in its SOP, that team
    sees the inbox as it sees the cases.
    """
    team = who.roles & HOLDERS[Right.INBOX]
    theirs = {one.key for one in root.services if not one.staff.isdisjoint(team)}
    return frozenset(theirs | services_open_to(who, root).keys())
