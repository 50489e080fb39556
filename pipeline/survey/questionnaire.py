"""What is asked: nine elements of service with four answers each, and who answers (Permenpan-RB 14/2017, annex).

As data in ``questionnaire.toml``. Nothing else is asked: free words would tell who wrote them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import Incomplete


@dataclass(frozen=True, slots=True)
class Element:
    """One of the nine elements: what is asked, and the answers, worth 1 to 4 in their order."""

    key: str
    name: str
    question: str
    answers: tuple[str, ...]

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """What each answer is worth, as forms send it, and the answer."""
        return tuple((str(value), text) for value, text in enumerate(self.answers, 1))


@dataclass(frozen=True, slots=True)
class Trait:
    """What is asked of who answers; nobody has to say it."""

    key: str
    name: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """The quality of a service from a converted value on."""

    least: Decimal
    letter: str
    performance: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """All that is asked, how the result is called, and the regulation that says so."""

    source: str
    elements: tuple[Element, ...]
    traits: tuple[Trait, ...]
    grades: tuple[Grade, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What may stand in a form."""
        return (*(element.key for element in self.elements), *(trait.key for trait in self.traits))


@dataclass(frozen=True, slots=True)
class Answer:
    """One person's answer: a value (1 to 4) for each element, in their order, and those traits that they told."""

    scores: tuple[int, ...]
    traits: Mapping[str, str]


@cache
def questionnaire() -> Questionnaire:
    """Return the questionnaire."""
    told = tomllib.loads(files(__package__).joinpath("questionnaire.toml").read_text(encoding="utf-8"))
    return Questionnaire(
        told["dasar"],
        tuple(Element(e["kunci"], e["nama"], e["tanya"], tuple(e["pilihan"])) for e in told["unsur"]),
        tuple(Trait(t["kunci"], t["nama"], tuple(t["pilihan"])) for t in told["ciri"]),
        tuple(Grade(Decimal(str(g["mulai"])), g["huruf"], g["kinerja"]) for g in told["mutu"]),
    )


def answer_of(typed: Mapping[str, Any]) -> Answer:
    """Return the answer that a form holds: for each element its value, for each trait one of its answers or nothing.

    Raises:
        Incomplete: an element has none of its four values, or a trait an answer that is not offered; names every one.
    """
    asked, wrong = questionnaire(), dict[str, tuple[str, str]]()
    scores, traits = list[int](), dict[str, str]()
    for element in asked.elements:
        text = str(typed.get(element.key, "")).strip()
        if text in dict(element.choices):
            scores.append(int(text))
        else:
            wrong[element.key] = (element.name, "pilih salah satu jawabannya")
    for trait in asked.traits:
        text = str(typed.get(trait.key, "")).strip()
        if text in trait.answers:
            traits[trait.key] = text
        elif text:
            wrong[trait.key] = (trait.name, f"pilih: {', '.join(trait.answers)}")
    if unknown := sorted(set(typed) - set(asked.keys)):
        wrong |= {name: (name, "tidak ditanyakan") for name in unknown}
    if wrong:
        named = "; ".join(f"{label}: {why}" for label, why in wrong.values())
        raise Incomplete(f"Survei belum lengkap: {named}.", "Jawab kesembilan unsurnya, lalu kirim lagi.", wrong)
    return Answer(tuple(scores), traits)
