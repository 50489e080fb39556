"""The settings as forms: which part of the office's file is which form, and how answers become its values and back.

The parts are data (``setting_forms.toml``). A field is named as its key in the file, so that what is wrong with a key
stands beside its field; the fields of a row of a list have the row's number (``waktu.khusus.1.mulai``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.cases.answers import read_day
from pipeline.errors import Incomplete, NotFound
from pipeline.office.placeholders import is_placeholder
from pipeline.office.settings_changes import Changes, Key, value_at
from pipeline.office.wording import long_date, shows, unprintable

#: Entries that a list may have at most, and rows of a form.
_MOST = 200
_SPANS = re.compile(r"\s*[,;]\s*")


@dataclass(frozen=True, slots=True)
class SettingField:
    """A field: ``kind`` as in the file of forms; ``longest`` characters of a line (or of each line)."""

    key: str
    label: str
    kind: str = "baris"
    required: bool = False
    longest: int = 200
    hint: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> Key:
        """Where it stands in the file."""
        return tuple(self.key.split("."))


@dataclass(frozen=True, slots=True)
class SettingRows:
    """A list of rows of a form: where it stands in the file, and the fields of each row."""

    key: str
    title: str
    note: str
    fields: tuple[SettingField, ...]

    @property
    def path(self) -> Key:
        """Where it stands in the file."""
        return tuple(self.key.split("."))


@dataclass(frozen=True, slots=True)
class SettingForm:
    """A part of the settings."""

    key: str
    title: str
    note: str
    fields: tuple[SettingField, ...]
    rows: SettingRows | None = None

    @property
    def paths(self) -> tuple[Key, ...]:
        """All that it sets."""
        return (*(one.path for one in self.fields), *((self.rows.path,) if self.rows else ()))


@cache
def setting_forms() -> tuple[SettingForm, ...]:
    """Return the forms, in the order in which a new office goes through them."""
    told = tomllib.loads(files(__package__).joinpath("setting_forms.toml").read_text(encoding="utf-8"))
    return tuple(
        SettingForm(part["kunci"], part["judul"], part["keterangan"], _fields(part["isian"]), _rows(part.get("baris")))
        for part in told["bagian"]
    )


def setting_form(key: str) -> SettingForm:
    """Return a form.

    Raises:
        NotFound: there is none of that key.
    """
    found = next((form for form in setting_forms() if form.key == key), None)
    if found is None:
        raise NotFound("Bagian pengaturan itu tidak ada.", "Pilih di halaman Pengaturan.")
    return found


def shown(form: SettingForm, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of the form's fields, and of one row more than there are, by their names."""
    texts = {one.key: _text(one, value_at(values, one.path)) for one in form.fields}
    if rows := form.rows:
        found = value_at(values, rows.path)
        there = [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []
        for number, row in enumerate([*there, {}], start=1):
            texts |= {f"{rows.key}.{number}.{one.key}": _text(one, row.get(one.key)) for one in rows.fields}
    return texts


def read(form: SettingForm, answers: Mapping[str, str]) -> Changes:
    """Return what the form's answers set; a row without an answer is none.

    Raises:
        Incomplete: an answer is missing or cannot be understood; names every one of them.
    """
    wrong: dict[str, tuple[str, str]] = {}
    changes: dict[Key, Any] = {}
    for one in form.fields:
        changes[one.path] = _value(one, one.key, answers, wrong)
    if rows := form.rows:
        changes[rows.path] = read_rows(rows, answers, wrong) or None
    if wrong:
        raise Incomplete("Pengaturan belum disimpan.", "Betulkan isian yang ditandai, lalu simpan lagi.", wrong)
    return changes


def read_rows(rows: SettingRows, answers: Mapping[str, str], wrong: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return the rows that were filled in; what is wrong goes into ``wrong``."""
    found = []
    for number in row_numbers(rows.key, answers):
        names = {one.key: f"{rows.key}.{number}.{one.key}" for one in rows.fields}
        if not any(answers.get(name, "").strip() for name in names.values()):
            continue
        row = {one.key: _value(one, names[one.key], answers, wrong) for one in rows.fields}
        found.append({key: value for key, value in row.items() if value not in (None, "", [])})
    return found


def row_numbers(key: str, answers: Mapping[str, str]) -> list[int]:
    """Return the numbers of the rows that answers are of."""
    name = re.compile(rf"{re.escape(key)}\.(\d{{1,3}})\.\w+")
    return sorted({int(row[1]) for given in answers if (row := name.fullmatch(given))})[:_MOST]


def _fields(told: list[Mapping[str, Any]]) -> tuple[SettingField, ...]:
    return tuple(
        SettingField(
            key=one["kunci"],
            label=one["label"],
            kind=one.get("jenis", "baris"),
            required=one.get("wajib", False),
            longest=one.get("terpanjang", 200),
            hint=one.get("petunjuk", ""),
            options=one.get("pilihan", {}),
        )
        for one in told
    )


def _rows(told: Mapping[str, Any] | None) -> SettingRows | None:
    return SettingRows(told["kunci"], told["judul"], told["keterangan"], _fields(told["isian"])) if told else None


def _text(one: SettingField, value: Any) -> str:
    if value is None and one.kind == "ya-tidak":  # a switch that the file does not name is off
        return shown_value(False)
    if value is None or is_placeholder(str(value)):  # what asks to be filled in is no answer
        return ""
    if isinstance(value, list):
        return (", " if one.kind == "jam" else "\n").join(map(shown_value, value))
    return shown_value(value)


def shown_value(value: Any) -> str:
    """Return a value of the file as people read and write it."""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    return long_date(value) if isinstance(value, date) else str(value)


def _value(one: SettingField, name: str, answers: Mapping[str, str], wrong: dict[str, tuple[str, str]]) -> Any:
    """Return a field's value; nothing if it was left empty and may be, or if it is wrong."""
    typed = answers.get(name, "").strip()
    try:
        if not typed and one.required:
            raise ValueError("belum diisi")
        return _READ[one.kind](one, typed)
    except ValueError as why:
        wrong[name] = (one.label, f"{why}")
        return None


def _line(one: SettingField, typed: str) -> str:
    if "\n" in typed:
        raise ValueError("harus satu baris")
    if why := unprintable(typed):
        raise ValueError(why)
    if typed and not shows(typed):
        raise ValueError("tidak memuat tulisan yang tampak")
    if len(typed) > one.longest:
        raise ValueError(f"lebih dari {one.longest} huruf; persingkat")
    return " ".join(typed.split())


def _lines(one: SettingField, typed: str) -> list[str]:
    lines = [_line(one, line) for line in typed.splitlines() if line.strip()]
    if len(lines) > _MOST:
        raise ValueError(f"lebih dari {_MOST} baris")
    return lines


def _days(one: SettingField, typed: str) -> list[date]:
    days = []
    for line in _lines(one, typed.replace(",", "\n").replace(";", "\n")):
        try:
            days.append(read_day(line))
        except ValueError as why:
            raise ValueError(f"“{line[:30]}”: {why}") from None
    return sorted(set(days))


def _day(_one: SettingField, typed: str) -> date | None:
    return read_day(typed) if typed else None


def _spans(one: SettingField, typed: str) -> list[str]:
    return [part.replace("–", "-") for part in _SPANS.split(_line(one, typed)) if part]


def _choice(one: SettingField, typed: str) -> str:
    if typed not in one.options:
        raise ValueError("pilih salah satu")
    return typed


def _switch(one: SettingField, typed: str) -> bool:
    return _choice(one, typed) == "ya"


def _number(_one: SettingField, typed: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", typed):
        raise ValueError("tulis sebuah bilangan")
    return int(typed)


_READ: Mapping[str, Callable[[SettingField, str], Any]] = {
    "baris": _line,
    "daftar": _lines,
    "tanggal": _days,
    "hari": _day,
    "jam": _spans,
    "pilihan": _choice,
    "angka": _number,
    "ya-tidak": _switch,
}
