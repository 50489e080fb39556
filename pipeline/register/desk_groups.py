"""The cases that wait on somebody's desk, by what is to be done with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.cases.next_move import next_move
from pipeline.cases.sop import YANKOMAS, Sop
from pipeline.cases.sop_rows import Move
from pipeline.register.row import Row

#: What is done with a case whose register is still to be confirmed, in one word.
CHECK = "Periksa"
#: Groups of cases for which the SOP has no act of these roles, by key, with their titles.
NEEDS_PERSON, MACHINE, OTHERS = "petugas", "mesin", "lain"
_TITLES = {NEEDS_PERSON: "Perlu petugas", MACHINE: "Sedang dikerjakan mesin", OTHERS: "Lainnya"}


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that wait for one act, in the order in which they were given.

    ``key`` names the group in addresses, ``move`` is the act's key (empty: none). ``together``: it may be made on
    several of them with one form; ``checks``: it confirms what was read.
    """

    key: str
    title: str
    move: str
    together: bool
    checks: bool
    rows: Sequence[Row]


def grouped(rows: Iterable[Row], editions: Sequence[Sop], roles: Collection[str]) -> list[Group]:
    """Return the cases by act: in the order of the SOP, what is to be checked behind the others."""
    services = {sop.key: sop.service for sop in editions}
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        key = NEEDS_PERSON if row.needs_person else MACHINE if row.in_work else row.state_key
        found.setdefault((services.get(row.sop, YANKOMAS), key), []).append(row)
    acts = {(of, key): _act(key, [sop for sop in editions if sop.service == of], roles) for of, key in found}
    order = {id(move): place for sop in editions for place, move in enumerate(sop.moves)}
    titles = {sop.service: sop.title for sop in editions if sop.service != YANKOMAS}
    groups = [
        (_of_service(where[0], titles, _group(where[1], acts[where], some)), acts[where])
        for where, some in found.items()
    ]
    groups.sort(key=lambda pair: (pair[0].checks, order.get(id(pair[1]), len(order))))
    return _united([group for group, _ in groups])


def _act(key: str, editions: Sequence[Sop], roles: Collection[str]) -> Move | None:
    """Return the act that a group waits for, by the newest edition that knows one."""
    newest_first = sorted(editions, key=lambda sop: sop.key, reverse=True)
    return next((move for sop in newest_first if (move := next_move(sop, key, roles))), None)


def _group(key: str, act: Move | None, rows: Sequence[Row]) -> Group:
    if act is None:
        own = key if key in _TITLES else OTHERS
        return Group(own, _TITLES[own], "", together=False, checks=False, rows=rows)
    title = CHECK if act.register else act.button or act.label
    return Group(key, title, act.key, act.together, checks=act.register, rows=rows)


def _of_service(service: str, titles: Mapping[str, str], group: Group) -> Group:
    """Return a group of another service as it is called beside those of Yankomas."""
    if service not in titles or not group.move:
        return group
    return replace(group, key=f"{service}.{group.key}", title=f"{group.title} · {titles[service]}")


def _united(groups: Iterable[Group]) -> list[Group]:
    """Return the groups with those of one key as one: the states for which there is no act."""
    found: dict[str, Group] = {}
    for group in groups:
        before = found.get(group.key)
        rows = [*before.rows, *group.rows] if before else group.rows
        found[group.key] = Group(group.key, group.title, group.move, group.together, group.checks, rows)
    return list(found.values())
