"""What answers a search at the desk, as the one who asks may see it at this moment."""

from __future__ import annotations

from dataclasses import replace

from pipeline.access import secrecy
from pipeline.desk.desk import Desk
from pipeline.office.roles import only_in_services
from pipeline.search.answer import Answer
from pipeline.search.query import Wanted, asked


def answer(desk: Desk, words: str, wanted: Wanted, roles: frozenset[str]) -> Answer:
    """Return what answers the words, narrowed as ``wanted``, as somebody with these roles may see it now.

    Each hit is asked after in the register book: an index that is being made may lie behind it.
    """
    index = desk.index
    index.up_to_date()
    terms, now = asked([words], desk.root.pattern.read), int(desk.now().timestamp())
    # Who has roles of services alone finds their cases by everything on them, as they see all of it in lists.
    named, seen = (may(roles) or only_in_services(roles) for may in (secrecy.looks_for_names, secrecy.sees_names))
    found = index.search(replace(wanted, terms=terms, now=now, personal=named, roles=roles))
    open_now = desk.open_among(roles, [hit.case_number for hit in found.hits])
    hits = (hit for hit in found.hits if hit.case_number in open_now)
    told = (hit if seen else replace(hit, places=tuple(p for p in hit.places if not p.personal)) for hit in hits)
    return replace(found, hits=tuple(secrecy.shown(roles, hit) for hit in told))
