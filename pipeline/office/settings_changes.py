"""Changes of the office's file: what is set, who set it, and that the file says that and nothing else afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

#: The names of the tables that a key stands in, and its own: ``("waktu", "jam_kerja", "senin")``.
Key = tuple[str, ...]
#: What is to stand at these keys; nothing (None): the key is taken out.
Changes = Mapping[Key, Any]


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """A change as it is kept: which part of the settings, which keys, by whom, by whom confirmed (empty: by nobody).

    ``before`` and ``sha256`` are the hashes of the file's two versions.
    """

    part: str
    keys: tuple[str, ...]
    by: str
    at: datetime
    before: str
    sha256: str
    confirmed_by: str = ""


def value_at(values: Mapping[str, Any], key: Key) -> Any:
    """Return what stands at a key; None if nothing does."""
    found: Any = values
    for name in key:
        if not isinstance(found, Mapping) or name not in found:
            return None
        found = found[name]
    return found


def applied(values: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """Return the file's values as they are to be."""
    made = deepcopy(dict(values))
    for key, value in changes.items():
        table = made
        for name in key[:-1]:
            table = table.setdefault(name, {})
        if value is None:
            table.pop(key[-1], None)
        else:
            table[key[-1]] = value
    return made


def changed_keys(values: Mapping[str, Any], changes: Changes) -> tuple[str, ...]:
    """Return the keys at which something else is to stand than does."""
    return tuple(".".join(key) for key, value in changes.items() if value_at(values, key) != value)


def is_untouched(values: Mapping[str, Any], keys: Sequence[Key], seen: str) -> bool:
    """Say whether what stands at the keys is still what somebody saw (:func:`mark_of`)."""
    return mark_of(values, keys) == seen


def mark_of(values: Mapping[str, Any], keys: Sequence[Key]) -> str:
    """Return a mark of what stands at the keys, by which a form knows whether anybody changed it meanwhile."""
    import hashlib

    told = repr([value_at(values, key) for key in keys])
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
