"""What speaks for or against a proposal: how sure rules and tagger are, how and where it is written, what else is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.reading.field_weights import AT_LEAST, shipped_weights
from pipeline.reading.proposal import EDGE, Proposal
from pipeline.reading.sheet import Sheet

#: How sure the tagger is, in steps.
_STEPS = (0.1, 0.3, 0.5, 0.7, 0.9, 0.97)
#: How signs begin that hold a word of the letter, and those that begin so and hold none.
_BEFORE_A_WORD, _BEFORE_NONE = ("begins ", "ends ", "after "), ("begins row", "ends row")


def signs_of(label: str, one: Proposal, every: Sequence[Proposal]) -> dict[str, float]:
    """Return the signs of a proposal among all that are made for its field, each from 0 to 1."""
    mine = one.nilai.lower()
    mark, sure = one.mark, one.sure
    others = [(p, p.nilai.lower()) for p in every if p is not one]
    around = [p for p, text in others if mine in text]
    within = [p for p, text in others if text in mine]
    rivals = [p for p, text in others if mine not in text and text not in mine]
    signs = {
        "always": 1.0,
        "rule": one.rule,
        "by rule": float(one.rule > 0),
        "first by rule": float(one.first),
        "mark": sure,
        "marked": float(sure > 0),
        "both": float(one.rule > 0 and sure > 0),
        "rule and mark": one.rule * sure,
        "marked alone": float(sure > 0 and not any(p.rule for p in every)),
        "ruled alone": float(one.rule > 0 and not any(p.sure for p in every)),
        "rival by rule": max((p.rule for p in rivals), default=0.0),
        "rival marked": max((p.sure for p in rivals), default=0.0),
        "rival likeliest": float(any(p.mark and p.mark.likeliest for p in rivals)),
        "surest": float(sure > 0 and all(p.sure <= sure for p, _ in others)),
        "part": float(one.parted),
        "often": min(one.often, 3) / 3,
        "many": min(len(every), 6) / 6,
        "length": min(len(mine), 80) / 80,
        "short": float(len(mine) < 4),
        "within one marked": max((p.sure for p in around), default=0.0),
        "within one by rule": max((p.rule for p in around), default=0.0),
        "within a likelier": float(any(p.mark and p.mark.likeliest for p in around)),
        "holds one marked": max((p.sure for p in within), default=0.0),
        "holds one by rule": max((p.rule for p in within), default=0.0),
        "holds a likelier": float(any(p.mark and p.mark.likeliest for p in within)),
    }
    signs |= {f"marked over {least}": 1.0 for least in _STEPS if sure > least}
    if mark:
        signs |= {
            f"in {mark.section}": 1.0,
            "likeliest": float(mark.likeliest),
            "least": mark.least,
            "beside": mark.beside,
        }
    signs |= {f"changed {how}": 1.0 for how in _changes(one.changed)}
    if label == "nik":
        signs["16 figures"] = float(len(mine) == 16)
    if label == "telepon":
        signs["10 to 13 figures"] = float(10 <= len(mine) <= 13)
    return {sign: value for sign, value in signs.items() if value}


def _changes(changed: str) -> list[str]:
    """Return how edges were moved, one by one: *starts earlier ends sooner* are two."""
    parts = [f"edge {part}" for part in re.findall(r"(?:starts|ends) .+?(?= ends|$)", changed)]
    return ["edges", *parts] if changed else []


def context(one: Proposal, sheet: Sheet) -> dict[str, float]:
    """Return the words at the edges of a proposal."""
    words = one.nilai.lower().split()
    signs = {f"words {min(len(words), 8)}": 1.0}
    if words:
        signs[f"begins {words[0].strip(EDGE)}"] = 1.0
        signs[f"ends {words[-1].strip(EDGE)}"] = 1.0
    if one.mark:
        before = sheet.text[max(0, one.mark.start - 40) : one.mark.start]
        word = before.split()[-1:] or [""]
        signs[f"after {word[0].lower()}"] = 1.0
        signs["begins row"] = float(before[-1:] in ("\n", ""))
        signs["ends row"] = float(sheet.text[one.mark.end : one.mark.end + 1] in ("\n", ""))
    return {k: v for k, v in signs.items() if v}


@cache
def wordless_signs() -> frozenset[str]:
    """Return the signs that say nothing of the words of a letter: of these alone an office learns."""
    signs = {sign for weights in shipped_weights().by_label.values() for sign in weights}
    return frozenset(sign for sign in signs if sign != AT_LEAST and not holds_a_word(sign))


def holds_a_word(sign: str) -> bool:
    """Say whether a sign holds a word of the letter."""
    return sign.startswith(_BEFORE_A_WORD) and sign not in _BEFORE_NONE
