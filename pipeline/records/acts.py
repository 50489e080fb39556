"""Which acts archivists have, and which lists: data in ``act_files/*.toml``, walked by code.

An act (``[[tindakan]]``) is done to one record: from which states of it (``dari``), not while some mark is on it
(``kecuali``), only while one is (``bila``), by which roles (``peran``), with which questions (``isian``); what it makes
of the record (``menjadi``, ``tanda`` until the day that the question ``berakhir`` asks, ``lepas``), and which answers
become fields of the register (``register``). ``lewat_daftar``: only a list does it.

A list (``[[daftar]]``) spans many records, and goes through its steps (``langkah``) in their order. A step names roles,
questions, the earlier steps that must have been somebody else's (``beda``), the sheets that can be printed once it is
done (``lembar``), and the act that it does to each record (``perkara``), which says what the list's steps were
answered to the questions that are its own too. With ``nasib``, only records may stand on it whose years by the
retention schedule are over, with one of these fates; with ``tanpa_utang``, none of which a letter has not
gone yet, unless its folder was closed with the reason. ``pemeriksaan`` names what an act or a step asks beyond its row
(:mod:`pipeline.records.checks`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.cases.record_standing import MARKS, STATES
from pipeline.cases.sop_row_reading import form_field
from pipeline.cases.sop_rows import FormField
from pipeline.errors import NotAllowed, SettingsFault
from pipeline.office.roles import OfficeRoles
from pipeline.office.wording import hinted


@dataclass(frozen=True, slots=True)
class RecordAct:
    """What an archivist may do to a record; ``says`` are the questions whose answers are fields of the register."""

    key: str
    label: str
    button: str
    roles: tuple[str, ...]
    start: tuple[str, ...]
    unless: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    form: tuple[FormField, ...] = ()
    says: tuple[str, ...] = ()
    becomes: str = ""
    mark: str = ""
    ends: str = ""
    lifts: str = ""
    by_list: bool = False
    removes: bool = False
    check: str = ""


@dataclass(frozen=True, slots=True)
class ListStep:
    """A step of a list: who makes it, what it asks, whose steps it may not be, what it does to each record."""

    key: str
    label: str
    button: str
    roles: tuple[str, ...]
    form: tuple[FormField, ...] = ()
    others: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    act: str = ""
    check: str = ""


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of list: which records may stand on it, and its steps in their order; ``settled``: none that is owed."""

    key: str
    label: str
    start: tuple[str, ...]
    unless: tuple[str, ...]
    steps: tuple[ListStep, ...]
    fates: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Acts:
    """All acts and all kinds of lists, by their keys."""

    acts: Mapping[str, RecordAct]
    lists: Mapping[str, ListKind]

    def act(self, key: str) -> RecordAct:
        """Return the act of that key.

        Raises:
            NotAllowed: there is none.
        """
        if key not in self.acts:
            raise NotAllowed(
                f"Tindakan arsip {hinted('tidak dikenal', key, self.acts)}: {key!r}.",
                f"Yang ada: {', '.join(self.acts)}.",
            )
        return self.acts[key]

    def of(self, office: OfficeRoles) -> Acts:
        """Return them for an office: with its roles in place of what a lane may, also among the answers of a form."""

        def form(fields: tuple[FormField, ...]) -> tuple[FormField, ...]:
            return tuple(replace(one, choices=office.named(one.choices)) for one in fields)

        acts = {k: replace(a, roles=office.named(a.roles), form=form(a.form)) for k, a in self.acts.items()}
        lists = {
            key: replace(
                kind, steps=tuple(replace(s, roles=office.named(s.roles), form=form(s.form)) for s in kind.steps)
            )
            for key, kind in self.lists.items()
        }
        return Acts(acts, lists)

    def done_by(self, roles: Collection[str]) -> list[RecordAct]:
        """Return the acts that one of these roles does to a record without a list."""
        return [act for act in self.acts.values() if not act.by_list and not set(act.roles).isdisjoint(roles)]

    def list_kind(self, key: str) -> ListKind:
        """Return the kind of list of that key.

        Raises:
            NotAllowed: there is none.
        """
        if key not in self.lists:
            raise NotAllowed(f"Tidak ada daftar bernama {key!r}.", f"Yang ada: {', '.join(self.lists)}.")
        return self.lists[key]

    def destroying(self, key: str) -> tuple[str, ...]:
        """Return the steps of a kind of list by which content is destroyed; of a kind that is not known, none."""
        steps = self.lists[key].steps if key in self.lists else ()
        return tuple(step.key for step in steps if step.act and self.act(step.act).removes)


@cache
def record_acts() -> Acts:
    """Return the acts and lists that come with the program; their roles also as what a lane may (``hak:memimpin``).

    Raises:
        SettingsFault: a file of them contradicts itself; names file and row.
    """
    acts: dict[str, RecordAct] = {}
    lists: dict[str, ListKind] = {}
    for name, told in _files():
        try:
            acts |= {act.key: act for act in map(_act, told.get("tindakan", []))}
            lists |= {kind.key: kind for kind in map(_list, told.get("daftar", []))}
        except (KeyError, TypeError, ValueError) as fault:
            raise SettingsFault(f"{name}: {fault}", "Perbaiki baris itu, atau pasang ulang program.") from fault
    unknown = {step.act for kind in lists.values() for step in kind.steps if step.act} - set(acts)
    if unknown:
        raise SettingsFault(f"Daftar menyebut tindakan yang tidak ada: {min(unknown)}.", "Pasang ulang program.")
    return Acts(acts, lists)


def _files() -> Iterator[tuple[str, Mapping[str, Any]]]:
    folder = files(__package__) / "act_files"
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            yield path.name, tomllib.loads(path.read_text(encoding="utf-8"))


def _act(row: Mapping[str, Any]) -> RecordAct:
    act = RecordAct(
        key=row["kunci"],
        label=row["label"],
        button=row.get("tombol", row["label"]),
        roles=tuple(row["peran"]),
        start=_known(row["dari"], STATES),
        unless=_known(row.get("kecuali", ()), MARKS),
        only=_known(row.get("bila", ()), MARKS),
        form=tuple(map(form_field, row.get("isian", ()))),
        says=tuple(row.get("register", ())),
        becomes=row.get("menjadi", ""),
        mark=row.get("tanda", ""),
        ends=row.get("berakhir", ""),
        lifts=row.get("lepas", ""),
        by_list=row.get("lewat_daftar", False),
        removes=row.get("menghapus_isi", False),
        check=row.get("pemeriksaan", ""),
    )
    _known([act.becomes] if act.becomes else (), STATES)
    _known([mark for mark in (act.mark, act.lifts) if mark], MARKS)
    asked = {field.name for field in act.form}
    if strange := {*act.says, *([act.ends] if act.ends else [])} - asked:
        raise ValueError(f"tindakan {act.key} menyebut isian {min(strange)!r} yang tidak ditanyakan")
    return act


def _list(row: Mapping[str, Any]) -> ListKind:
    steps = tuple(map(_step, row["langkah"]))
    before: set[str] = set()
    for step in steps:
        if strange := set(step.others) - before:
            raise ValueError(f"langkah {step.key} menyebut {min(strange)!r}, yang bukan langkah sebelumnya")
        before.add(step.key)
    start, unless = _known(row["dari"], STATES), _known(row.get("kecuali", ()), MARKS)
    fates, settled = tuple(row.get("nasib", ())), row.get("tanpa_utang", False)
    return ListKind(row["kunci"], row["label"], start, unless, steps, fates, settled)


def _step(row: Mapping[str, Any]) -> ListStep:
    return ListStep(
        key=row["kunci"],
        label=row["label"],
        button=row.get("tombol", row["label"]),
        roles=tuple(row["peran"]),
        form=tuple(map(form_field, row.get("isian", ()))),
        others=tuple(row.get("beda", ())),
        sheets=tuple(row.get("lembar", ())),
        act=row.get("perkara", ""),
        check=row.get("pemeriksaan", ""),
    )


def _known(words: Any, known: tuple[str, ...]) -> tuple[str, ...]:
    if strange := next((word for word in words if word not in known), ""):
        raise ValueError(f"{strange!r} tidak dikenal (yang ada: {', '.join(known)})")
    return tuple(words)
