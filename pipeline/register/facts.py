"""What the register knows of a case, in groups, as the case's page shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.cases.answers import PERSON
from pipeline.cases.case import Case
from pipeline.cases.forms import answer_of
from pipeline.cases.key_labels import choice_label
from pipeline.cases.sop import Sop
from pipeline.cases.sop_rows import FormField
from pipeline.office.wording import as_moment, cells_apart
from pipeline.reading.doubt import marked


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the register: its label, its lines, persons with their details, and whether nobody vouches for it."""

    name: str
    label: str
    lines: tuple[str, ...]
    persons: tuple[Mapping[str, str], ...]
    doubtful: bool


def facts(case: Case, sop: Sop) -> tuple[Fact, ...]:
    """Return the fields of the register that say anything, in the register's order."""
    fields, confirmed = case.fields, case.register
    return tuple(fact for field in sop.register if (fact := _fact(field, fields, confirmed)))


def _fact(field: FormField, fields: Mapping[str, Any], confirmed: Mapping[str, Any]) -> Fact | None:
    known = answer_of(field, fields)
    if known in (None, "", []):
        return None
    if field.kind in ("tanggal", "waktu"):
        known = as_moment(str(known))
    persons: tuple[Mapping[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    if isinstance(known, list) and isinstance(known[0], Mapping):
        persons = tuple({key: str(p[key]) for key in PERSON if p.get(key)} for p in known)
    else:
        parts = known if isinstance(known, list) else [known]
        lines = tuple(choice_label(cells_apart(str(part))) for part in parts if part)
    doubtful = field.name not in confirmed and marked(_confidence(fields.get(field.name)))
    return Fact(field.name, field.label, lines, persons, doubtful)


def _confidence(value: Any) -> float:
    """Return the least confidence of what a field holds."""
    if isinstance(value, list | tuple):
        return min((_confidence(v) for v in value), default=1.0)
    if isinstance(value, Mapping):
        if "nilai" in value:
            return float(value.get("confidence") or 0.0)
        return _confidence(value.get("nama")) if "nama" in value else 1.0
    return 1.0
