"""Which signs of a proposal belong together, to see what each group buys on letters that nobody has seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pipeline.reading.proposal_signs import holds_a_word

Group = Callable[[str], bool]


def _any_of(*signs: str, beginning: tuple[str, ...] = ()) -> Group:
    return lambda sign: (sign in signs or sign.startswith(beginning)) and not holds_a_word(sign)


#: The groups by name; every sign but *always* is of one.
GROUPS: Mapping[str, Group] = {
    "what the rules say": _any_of(
        "rule", "by rule", "first by rule", "both", "rule and mark", "ruled alone", "marked alone", "rival by rule",
        "within one by rule", "holds one by rule",
    ),
    "how sure the tagger is": _any_of(
        "mark", "marked", "likeliest", "least", "beside", "surest", "often", "many", "part", "rival marked",
        "rival likeliest", "within one marked", "within a likelier", "holds one marked", "holds a likelier",
        beginning=("marked over",),
    ),
    "words at the edges": holds_a_word,
    "part of the letter": _any_of(beginning=("in ", "of an organisation")),
    "place on the page and in its row": _any_of(
        "later page", "begins row", "ends row", "opens cell", "closes cell", "whole cells", "row of cells",
        beginning=("height", "side", "head", "foot", "rows ", "then "),
    ),
    "label before it": _any_of("no label near", beginning=("label itself", "behind ", "value of ", "below ")),
    "said again elsewhere": _any_of(beginning=("said ",)),
    "shape and length": _any_of(
        "capitals", "small at first", "year", "roman", "numbered", "brackets", "length", "short", "16 figures",
        "10 to 13 figures", beginning=("figures", "strokes", "commas", "words "),
    ),
    "who is named, and what is told of him": _any_of(beginning=("kind ", "told ")),
    "what else the tagger takes it for": _any_of(beginning=("likeliest as ",)),
    "how its edges were moved": _any_of(beginning=("changed ",)),
}  # fmt: skip
