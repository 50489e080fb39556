"""What was found, as front ends show it. Highlighted words are data: each piece of a place says whether it is a hit."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from pipeline.errors import Busy
from pipeline.search.case_text import FACETS
from pipeline.search.query import asked
from pipeline.search.store.searching import Found, Wanted, search
from pipeline.wiring import Root

_PATIENCE = 1.0  # seconds that a page waits for whoever is at the index
#: What the facets are called on screens.
FACET_LABELS: Mapping[str, str] = dict(
    zip(
        FACETS,
        ("Tahun", "Langkah", "Keadaan", "Hak", "Kelas terlapor", "Kabupaten/kota", "Cara penyampaian", "Sifat"),
        strict=True,
    )
)


def up_to_date(root: Root) -> bool:
    """Have the index take in what has changed; say whether it could: another process may be making it anew."""
    try:
        root.index.refresh(patience=_PATIENCE)
    except Busy:
        return False
    return True


def search_view(
    root: Root,
    texts: Sequence[str],
    *,
    narrow: Mapping[str, Sequence[str]] | None = None,
    late: bool = False,
    first: int = 0,
    count: int = 20,
    now: datetime | None = None,
    personal: bool = True,
    roles: Collection[str] | None = None,
) -> dict[str, Any]:
    """Return a page of what answers these texts, as the index has it now.

    ``narrow`` maps facets (``tahun``, ``langkah``, ``keadaan``, ``hak``, ``kelas_terlapor``, ``wilayah``, ``cara``,
    ``sifat``) to the values that are kept, ``late`` keeps cases that are late ``now``. Without ``personal`` names are
    neither looked for nor shown in places; a case that is *rahasia* is there only if open to one of the ``roles``
    (None: to all).

    Returns ``total``, ``hits``, ``facets`` (name, label, values with count and whether chosen), ``late`` (how many),
    ``counted`` (over how many hits the facets were counted) and ``complete`` (the index is not being made). A hit is
    the case's row of the register with ``exact`` (no misread word was needed) and ``places``: ``label``, ``personal``
    and ``parts`` (``text``, ``hit``).

    Raises:
        NotFound: there is no index yet.
        ArchiveFault: the index cannot be read.
    """
    chosen = {name: tuple(values) for name, values in (narrow or {}).items() if name in FACETS and values}
    found = search(
        root.layout.search_index,
        Wanted(
            terms=asked(texts, root.pattern.read),
            narrow=chosen,
            late=late,
            now=int((now or root.clock.now()).timestamp()),
            first=first,
            count=count,
            personal=personal,
            roles=None if roles is None else frozenset(roles),
        ),
    )
    return {
        "total": found.total,
        "hits": [
            {**hit.written.row, "exact": hit.exact, "places": [asdict(place) for place in hit.snippets]}
            for hit in found.hits
        ],
        "facets": [_facet(name, found, chosen.get(name, ())) for name in FACETS],
        "late": found.late,
        "counted": found.counted,
        "complete": found.complete,
    }


def _facet(name: str, found: Found, chosen: Sequence[str]) -> dict[str, Any]:
    counts = [(value, count) for value, count in found.facets[name]]
    gone = [(value, 0) for value in chosen if value not in dict(counts)]
    values = [{"value": v, "count": n, "chosen": v in chosen} for v, n in (*counts, *gone)]
    return {"name": name, "label": FACET_LABELS[name], "values": values}
