"""Reading an edition of the SOP: its files become one table, checked as a whole, with faults that name the line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from pipeline.cases.sop import YANKOMAS, Sop
from pipeline.cases.sop_row_reading import (
    form_field,
    lane_of,
    move_of,
    opening_of,
    pair_of,
    sheet_of,
    state_of,
    step_of,
    value_of,
    words_of,
)
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.office.own_file import line_of
from pipeline.system_messages import toml_words

R = TypeVar("R")


def read_sop(key: str, texts: Mapping[str, str], *, checked: bool = True, service: str = YANKOMAS) -> Sop:
    """Return the edition of that key that files hold: their texts by their names, each with tables of its own.

    ``service`` is the one whose SOP it is: others than Yankomas may leave out what only Yankomas needs.

    Raises:
        UnfitEdition: one is not TOML, a part is missing, told twice or of the wrong type, or, if it is to be
            ``checked``, a word is misspelt or the table contradicts itself (a state nobody reaches, a move without a
            role, an unknown state, document, field kind); names the lines.
    """
    return _read(key, tuple(texts.items()), checked, service)


@lru_cache(maxsize=32)  # the same files are read for every page about an edition, and take a tenth of a second
def _read(key: str, files: tuple[tuple[str, str], ...], checked: bool, service: str) -> Sop:
    texts, values = dict(files), dict[str, Any]()
    for name, text in files:
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            raise UnfitEdition(key, [f"{name}: {toml_words(fault)}"]) from fault
        except (RecursionError, ValueError) as fault:  # nested too deep, a number of thousands of digits
            raise UnfitEdition(key, [f"{name}: tidak dapat dibaca"]) from fault
        if twice := values.keys() & tables.keys():
            raise UnfitEdition(key, [f"{name}: `{min(twice)}` sudah ada di berkas lain"])
        values |= tables
    source = _Source(key, texts)
    if not checked:
        return _built(source, values, service)
    from pipeline.cases.sop_check import faults  # for showing a case, nothing is checked
    from pipeline.cases.sop_unknown_words import unknown_words

    if unknown := [*unknown_words(values, source.at)]:
        raise UnfitEdition(key, unknown)
    sop = _built(source, values, service)
    if found := [*faults(sop, source.at)]:
        raise UnfitEdition(key, found)
    return sop


class _Source:
    """The texts of an edition, for finding the line in which a row of a table begins."""

    def __init__(self, key: str, texts: Mapping[str, str]) -> None:
        self.key, self._texts = key, texts

    def at(self, kind: str, position: int) -> str:
        """Return ``moves.toml baris 12 (gerak)`` for the row of that kind at a position from 0."""
        lines = ((name, line_of(text, kind, position)) for name, text in self._texts.items())
        return next((f"{name} baris {line} ({kind})" for name, line in lines if line), kind)


def _built(source: _Source, values: Mapping[str, Any], service: str) -> Sop:
    values = values if service == YANKOMAS else {**_usual(values), **values}

    def rows(kind: str, make: Callable[[int, Any], R]) -> tuple[R, ...]:
        made = []
        for position, row in enumerate(value_of(values, kind, list)):
            try:
                made.append(make(position, row))
            except (KeyError, TypeError, AttributeError) as fault:
                raise UnfitEdition(source.key, [f"{source.at(kind, position)}: {_said(fault)}"]) from fault
        return tuple(made)

    try:
        return Sop(
            key=source.key,
            number=value_of(values, "nomor", str),
            title=value_of(values, "nama", str),
            office=value_of(values, "kantor", str),
            established=value_of(values, "ditetapkan", date),
            effective=value_of(values, "berlaku", date),
            basis=words_of(values, "dasar_hukum"),
            lanes=rows("lajur", lambda _, row: lane_of(row, service)),
            steps=rows("langkah", step_of),
            states=rows("keadaan", state_of),
            moves=rows("gerak", move_of),
            sheets=rows("naskah", sheet_of),
            register=rows("register", lambda _, row: form_field(row)),
            at_intake=tuple(row["templat"] for row in values["naskah"] if "saat" in row),
            openings=rows("pembukaan", opening_of),
            first=value_of(values, "awal", str),
            ended_before=value_of(values, "akhir_buku_lama", str),
            reviewed=value_of(values, "tenggat_disposisi", str),
            pairs=rows("pasangan", pair_of) if "pasangan" in values else (),
            service=service,
            sender=value_of(values, "pengirim", str, ""),
        )
    except (KeyError, TypeError) as fault:
        raise UnfitEdition(source.key, [_said(fault)]) from fault


def _usual(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what an edition of another service means where it does not say it: no sheets, no openings, its ends."""
    states, steps = ([row for row in values.get(kind, ()) if isinstance(row, dict)] for kind in ("keadaan", "langkah"))
    ends = [row.get("kunci", "") for row in states if row.get("akhir")]
    return {
        "pembukaan": [],
        "naskah": [],
        "awal": states[0].get("kunci", "") if states else "",
        "akhir_buku_lama": ends[0] if ends else "",
        "tenggat_disposisi": steps[-1].get("kunci", "") if steps else "",
    }


def _said(fault: Exception) -> str:
    return f"{fault} tidak ada" if isinstance(fault, KeyError) else str(fault)
