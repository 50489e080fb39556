"""What is found when a page of a scan is held against our print; and as plain lists, as it travels from a child to us.

What a child sends is checked, not believed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.scans.words import Box, writable

#: Why nothing is known of a page: its code, how it lies, or the print has no such page.
OBSTACLES = ("kode", "letak", "cetakan")
_TURNS = (0, 90, 180, 270)
#: More than any page holds; letters of a word that are kept.
_MOST, _LONGEST = 2000, 200


@dataclass(frozen=True, slots=True)
class SignaturePlace:
    """Where a page of ours is signed: whose place (the name as printed), and how much ink was found there.

    ``ink`` is in mm of strokes, about; 0: none. ``row``: a line of a table, which not everybody signs. ``box`` is in
    fractions of the upright page.
    """

    name: str
    box: Box
    ink: float = 0.0
    row: bool = False


@dataclass(frozen=True, slots=True)
class WordDifference:
    """A word that a scan has otherwise: what is printed (empty: nothing), what is read (empty: nothing)."""

    printed: str
    read: str


@dataclass(frozen=True, slots=True)
class PageComparison:
    """A page of a scan held against the page of our print that its code names.

    ``turned`` is the clockwise turn by which it comes upright; ``off`` how far (mm) its words lie off. ``obstacle``
    says why nothing is known of it (empty: all is well): ``kode``, ``letak``, ``cetakan`` (the print has no such page).
    ``writing`` is ink (mm of strokes) anywhere on the page, looked for where people write freely.
    """

    turned: int = 0
    off: float = 0.0
    places: tuple[SignaturePlace, ...] = ()
    writing: float = 0.0
    differences: tuple[WordDifference, ...] = ()
    obstacle: str = ""


def comparison_to_json(found: PageComparison) -> dict[str, Any]:
    """Return it as dictionaries, lists, strings and numbers."""
    return asdict(found)


def comparison_from_json(data: Any) -> PageComparison:
    """Return what a child found, its texts such as can be written.

    Raises:
        ValueError: the data are no such thing.
    """
    try:
        found = PageComparison(
            turned=int(data["turned"]),
            off=float(data["off"]),
            places=tuple(map(_place, data["places"][:_MOST])),
            writing=float(data["writing"]),
            differences=tuple(
                WordDifference(_word(d["printed"]), _word(d["read"])) for d in data["differences"][:_MOST]
            ),
            obstacle=str(data["obstacle"]),
        )
    except (TypeError, KeyError) as fault:
        raise ValueError("not a comparison") from fault
    if found.turned not in _TURNS or found.obstacle not in ("", *OBSTACLES):
        raise ValueError("not a comparison")
    return found


def _place(data: Mapping[str, Any]) -> SignaturePlace:
    left, top, right, bottom = (float(edge) for edge in data["box"])
    return SignaturePlace(_word(data["name"]), (left, top, right, bottom), float(data["ink"]), bool(data["row"]))


def _word(text: Any) -> str:
    return writable(str(text))[:_LONGEST]
