"""A reading as it is checked: field by field beside its places on the scan (SOP step 2).

Fields are ranked by doubt: required ones that nobody could read, then the least sure ones, then what is certain; what
the letter does not say comes last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.cases.nik_doubts import IdentityDoubt
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import FormField
from pipeline.office.wording import as_date, spelled_out, words_of
from pipeline.reading.doubt import certain

_MOST_CANDIDATES = 6
_CONCLUDED = "disimpulkan dari tempat kejadian"
_PEOPLE = "pelapor"
#: What the register asks and a person alone sets, and what the letter says of it.
_ASKED_FOR = {"sifat": "sifat_surat"}
#: The place of a person among several, in the name of a detail (``pelapor.1.nik``).
_PERSON_AT = re.compile(r"\.\d+\.")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on a page (from 1): x, y, width and height as fractions of it; which field stands there.

    ``field`` is the register's name; of a person's details ``pelapor.1.nik``, the person counted from 1. ``rows`` are
    the parts of the place on which the words stand, likewise, one a row.
    """

    field: str
    page: int
    x: float
    y: float
    width: float
    height: float
    words: str
    rows: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A field to be checked: how sure it is (0..1; 0: not found), why, and other values with how they are shown.

    ``doubts`` are its places (named as those of :class:`Mark`) that are not certain; ``warned``: what cannot be right.
    """

    field: FormField
    confidence: float
    reason: str
    candidates: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...] = ()
    warned: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The value that was read of a field of one answer, as people write it."""
        return self.candidates[0][1] if self.candidates else ""

    @property
    def rank(self) -> str:
        """``periksa`` (look at it), ``terbaca`` (certain), or ``kosong`` (not in the letter, and not required)."""
        if self.doubts:
            return "periksa"
        if self.confidence:
            return "terbaca"
        return "periksa" if self.field.required else "kosong"


def checked(sop: Sop, read: Mapping[str, Any], doubtful: Iterable[IdentityDoubt] = ()) -> tuple[Checked, ...]:
    """Return the register's fields, the most doubtful first; ``doubtful`` are the complainants' NIK that are."""
    doubtful = tuple(doubtful)
    fields = [
        _checked(field, read.get(_ASKED_FOR.get(field.name, field.name)), doubtful if field.name == _PEOPLE else ())
        for field in sop.register
    ]
    order = {"periksa": 0, "terbaca": 1, "kosong": 2}
    return tuple(sorted(fields, key=lambda c: (order[c.rank], c.confidence or float(not c.field.required))))


def _checked(field: FormField, value: Any, doubtful: tuple[IdentityDoubt, ...]) -> Checked:
    if field.name in _ASKED_FOR:
        return _set_by_a_person(field, value)
    if field.begins:  # the office concludes it from another field: nobody has said so yet
        return Checked(field, 0.0, _CONCLUDED, (), (field.name,))
    places = list(_places(field.name, value))
    best = [(name, candidates[0]) for name, candidates in places]
    unsure = [name for name, c in best if not certain(_PERSON_AT.sub(".", name), float(c["confidence"]))]
    wrong = [name for d in doubtful if (name := f"{_PEOPLE}.{d.person}.nik") not in unsure]
    return Checked(
        field,
        min((float(c["confidence"]) for _, c in best), default=0.0),
        "; ".join(dict.fromkeys(str(c["reason"]) for _, c in best)),
        tuple(_others(field, value)),
        tuple(dict.fromkeys((*unsure, *wrong))),
        tuple(map(str, doubtful)),
    )


def _set_by_a_person(field: FormField, value: Any) -> Checked:
    """Return which of its choices the letter asks for: a proposal that somebody must look at, and never an answer."""
    best: Mapping[str, Any] = value["candidates"][0] if value else {"nilai": "", "confidence": 0.0, "reason": ""}
    asked = [choice for choice in field.choices if choice in words_of(best["nilai"])]
    if not asked:
        return Checked(field, 0.0, "", ())
    reason = f"tertulis {spelled_out(best['nilai'])}; usul: {' atau '.join(asked)} ({best['reason']})"
    return Checked(field, float(best["confidence"]), reason, (), (field.name,))


def marks(sop: Sop, read: Mapping[str, Any]) -> tuple[Mark, ...]:
    """Return the places on the scan from which the fields were read; of another service, those that it asks for."""
    asked = {said: name for name, said in _ASKED_FOR.items()}
    fields = sop.known({asked.get(name, name): value for name, value in read.items()})
    places = (place for name, value in fields.items() for place in _places(name, value))
    return tuple(_mark(name, candidates[0]) for name, candidates in places if candidates[0]["box"])


def _others(field: FormField, value: Any) -> Iterator[tuple[str, str]]:
    """Yield the values that a field of one answer may take instead, the likeliest first."""
    if not (isinstance(value, Mapping) and "candidates" in value):
        return
    seen = set()
    for candidate in value["candidates"][:_MOST_CANDIDATES]:
        text = spelled_out(candidate["nilai"])
        if text not in seen:
            seen.add(text)
            yield text, _shown(field, text)


def _shown(field: FormField, text: str) -> str:
    return as_date(text) if field.kind == "tanggal" else text


def _places(name: str, value: Any) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Yield the candidates of a field, however it is nested; those of a person's details under names of their own."""
    if isinstance(value, Mapping) and "candidates" in value:
        yield name, value["candidates"]
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _places(name, part)
    elif isinstance(value, list):
        for number, part in enumerate(value, start=1):
            if isinstance(part, Mapping) and "candidates" not in part:
                for key, detail in part.items():
                    yield from _places(f"{name}.{number}.{key}", detail)
            else:
                yield from _places(name, part)


def _mark(name: str, best: Mapping[str, Any]) -> Mark:
    rows = best.get("boxes") or [best["box"]]  # earlier versions noted one box alone
    return Mark(name, int(best["page"]), *_sized(best["box"]), str(best["teks"]), tuple(map(_sized, rows)))


def _sized(box: Sequence[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return x0, y0, x1 - x0, y1 - y0
