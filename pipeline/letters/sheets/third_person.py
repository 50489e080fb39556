"""A complainant's own words as a paper of the office tells them: who says *saya* or *kami* there is the complainant.

Words within quotation marks are somebody's who is quoted. An agency that hands a complaint on, and a proxy, speak of
themselves and not of who complains: their words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.cases.case_kind import GROUP, LETTER, ORAL, REPRESENTED, SEVERAL, kind_of_case

_ONE, _ALL = "pelapor", "para pelapor"
_QUOTED = re.compile(r"(“[^”]*”|\"[^\"]*\")")
#: How a letter begins to say what it is about (``Dengan ini saya mengadukan``), at the beginning of a sentence.
_OPENING = re.compile(
    r"(?:^|(?<=[.!?] ))(?:dengan|bersama|melalui)\s+(?:surat\s+)?ini,?\s+(?:(?P<we>kami)\s+|(?:saya|aku)\s+)?",
    re.IGNORECASE,
)
_SELF = re.compile(r"\b(?:saya|aku|(?P<we>kami))\b", re.IGNORECASE)


def in_third_person(text: str, fields: Mapping[str, Any], channel: str = "") -> str:
    """Return what a complainant wrote or told as the office tells it; ``channel``: how the complaint came."""
    kind = kind_of_case(fields, channel)
    if kind.origin not in (LETTER, ORAL) or REPRESENTED in kind:
        return text
    all_of_them = _ALL if SEVERAL in kind or GROUP in kind else _ONE

    def told(found: re.Match[str]) -> str:
        who = all_of_them if found["we"] else _ONE
        said = found[0]
        if len(said.split()) > 1:  # an opening
            return f"{who[:1].upper()}{who[1:]} "
        return who.upper() if said.isupper() else f"{who[:1].upper()}{who[1:]}" if said[:1].isupper() else who

    parts = _QUOTED.split(text)
    parts[::2] = [_SELF.sub(told, _OPENING.sub(told, part)) for part in parts[::2]]
    return "".join(parts)


def all_in_third_person(texts: Iterable[str], fields: Mapping[str, Any], channel: str = "") -> list[str]:
    """Return several texts so."""
    return [in_third_person(text, fields, channel) for text in texts]
