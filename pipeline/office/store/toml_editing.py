"""Changing a TOML file so that its comments stay (library ``tomlkit``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, MutableMapping
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT

from pipeline.errors import SettingsFault
from pipeline.office.settings_changes import Changes, applied


def edited(text: str, changes: Changes) -> str:
    """Return the file's text with the changes in it.

    Raises:
        SettingsFault: the result would not say what it is to say: the file is written in a way that is unknown here.
    """
    try:
        document = tomlkit.parse(text)
        for key, value in changes.items():
            table: Any = document
            for name in key[:-1]:
                table = table.setdefault(name, tomlkit.table())
            _set(table, key[-1], value)
        made = tomlkit.dumps(document)
        good = tomllib.loads(made) == applied(tomllib.loads(text), changes)
    except (TOMLKitError, tomllib.TOMLDecodeError, ValueError, KeyError, AttributeError, TypeError):
        good = False
    if not good:
        raise SettingsFault(
            "Susunan office.toml tidak dapat diubah dari sini.",
            "Ubah di berkasnya; susunannya seperti `yankomas init`.",
        )
    return made


def _set(table: MutableMapping[str, Any], name: str, value: Any) -> None:
    if value is None:
        table.pop(name, None)
    elif isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        _set_rows(table, name, value)
    elif name not in table or table[name] != value:
        table[name] = value


def _set_rows(table: MutableMapping[str, Any], name: str, rows: list[dict[str, Any]]) -> None:
    """Change the rows that are there, key by key, so that their comments stay; add and remove at the end."""
    there = table.get(name)
    if not isinstance(there, AoT):
        table.pop(name, None)
        there = tomlkit.aot()
        table[name] = there
        there = table[name]
    while len(there) > len(rows):
        del there[-1]
    for old, row in zip(there, rows, strict=False):
        for gone in [key for key in old if key not in row]:
            del old[gone]
        for key, value in row.items():
            _set(old, key, value)
    for row in rows[len(there) :]:
        there.append(_row(row))


def _row(values: Mapping[str, Any]) -> Any:
    made = tomlkit.table()
    for key, value in values.items():
        made.add(key, value)
    made.add(tomlkit.nl())
    return made
