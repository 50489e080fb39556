"""Of which of the office's services somebody reads cases: theirs are the figures, books and closed years they see."""

from __future__ import annotations

from pipeline.access.rights import Right
from pipeline.access.secrecy import READ_ALL, reads_of
from pipeline.cases.public_service import PublicService, key_of, own_series
from pipeline.desk.visit import Visit
from pipeline.desk.visitor import Visitor
from pipeline.errors import NotAllowed
from pipeline.wiring import Root


def services_read(who: Visitor, root: Root) -> dict[str, PublicService | None]:
    """Return the services of which somebody reads cases, by key; Yankomas (None) first."""
    everyone: tuple[PublicService | None, ...] = (None, *root.services)
    return {key_of(one): one for one in everyone if reads_of(who.standing, one)}


def service_read(asked: str, who: Visitor, root: Root) -> PublicService | None:
    """Return the service that is asked for; without a word the first of theirs.

    Raises:
        NotAllowed: they read no case of it, or there is none of that name: neither is told from the other.
    """
    there = services_read(who, root)
    if (asked and asked not in there) or not there:
        raise NotAllowed(
            "Layanan itu bukan bagian peran ini.", f"Layanan peran ini: {', '.join(there) or 'tidak ada'}."
        )
    return there[asked] if asked else next(iter(there.values()))


def service_asked(visit: Visit) -> PublicService | None:
    """Return the service that a page's address asks for (``layanan``); raises as :func:`service_read`."""
    return service_read(visit.asked("layanan"), visit.who, visit.desk.root)


def series_read(asked: str, who: Visitor, root: Root) -> frozenset[str]:
    """Return the series of the services that somebody reads, of one that is ``asked`` for alone; raises as above."""
    there = [service_read(asked, who, root)] if asked else services_read(who, root).values()
    return frozenset(map(own_series, there))


def choices(who: Visitor, root: Root) -> list[tuple[str, str]]:
    """Return the services that somebody may choose from, as key and name; nothing where there is but one."""
    found = [(key, one.short if one else "Yankomas") for key, one in services_read(who, root).items()]
    return found if len(found) > 1 else []


def takes_book(who: Visitor, service: PublicService | None) -> bool:
    """Say whether somebody may take a service's register home as a file: who keeps it, the archivist, and the head."""
    if service is None:
        return who.may(Right.EXPORT)
    return who.may(Right.BOOKS) and not {*service.senders(), *READ_ALL}.isdisjoint(who.standing)
