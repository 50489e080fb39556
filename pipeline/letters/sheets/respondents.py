"""Against whom a complaint is, as the register says it: name, post and agency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from pipeline.office.wording import all_said, said

_COLUMNS = ("nama", "jabatan", "instansi", "kelas")


def respondent(value: Any) -> dict[str, str]:
    """Return a respondent, who is a group of fields or one text (``nama | jabatan | instansi | kelas``)."""
    if isinstance(value, Mapping) and "nama" in value:
        return {key: said(value.get(key)) for key in _COLUMNS}
    parts = [part.strip() for part in said(value).split("|", 3)]
    return dict(zip_longest(_COLUMNS, parts, fillvalue=""))


def respondents(fields: Mapping[str, Any]) -> list[str]:
    """Return every respondent on one line: ``Bambang Contoh, Manajer kebun, PT Contoh Sawit Makmur``."""
    people = [respondent(value) for value in fields.get("terlapor") or []]
    lines = (", ".join(_once([person[key] for key in _COLUMNS[:3]])) for person in people)
    return [line for line in lines if line]


def classes_of(fields: Mapping[str, Any]) -> list[str]:
    """Return the classes of the respondents, in the register's words: of all of them, and of each."""
    general = all_said(fields.get("kelas_terlapor")) or [said(fields.get("kelas_terlapor"))]
    each = (respondent(value)["kelas"] for value in fields.get("terlapor") or [])
    return [word for word in (*general, *each) if word]


def _once(parts: Sequence[str]) -> list[str]:
    """Return the parts without those that one before says already (``Guru kelas III``, ``Guru``)."""
    return [part for n, part in enumerate(parts) if part and part.casefold() not in " ".join(parts[:n]).casefold()]
