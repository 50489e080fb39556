"""Changing the files of an edition so that its comments stay (library ``tomlkit``)."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from pipeline.cases.own_editions import Texts
from pipeline.cases.sop_form_answers import RowChange
from pipeline.errors import SettingsFault


def edited(texts: Texts, changes: Iterable[RowChange]) -> dict[str, str]:
    """Return the files with the changes in them; a file that none is about stays byte for byte.

    Raises:
        SettingsFault: the result would not say what it is to say: a file is written in a way that is unknown here.
    """
    made, by_file = dict(texts), defaultdict(list)
    try:
        places = {key: name for name, text in texts.items() for key in _tables(text)}
        for change in changes:
            by_file[places[change.table or str(change.path[0])]].append(change)
        for name, own in by_file.items():
            document, plain = tomlkit.parse(made[name]), tomllib.loads(made[name])
            for change in _rows_last(own):
                _apply(document, change)
                _apply(plain, change)
            text = tomlkit.dumps(document)
            if tomllib.loads(text) != plain:
                raise ValueError(name)
            made[name] = text
    except (TOMLKitError, ValueError, KeyError, IndexError, AttributeError, TypeError) as fault:
        raise SettingsFault(
            "Susunan berkas edisi itu tidak dapat diubah dari sini.", "Unduh edisinya, ubah berkasnya, lalu kirim."
        ) from fault
    return made


@lru_cache(maxsize=64)  # a page about a draft edits it a few times, one of its files each
def _tables(text: str) -> tuple[str, ...]:
    return tuple(tomllib.loads(text))


def _rows_last(changes: Iterable[RowChange]) -> list[RowChange]:
    """Return the changes so that rows go after all others, the last row first: no position moves before its turn."""
    return sorted(changes, key=lambda change: (not change.path, -change.position))


def _apply(document: Any, change: RowChange) -> None:
    if not change.path and change.value is not None:
        document[change.table].append(tomlkit.item(change.value) if hasattr(document, "as_string") else change.value)
        return
    if not change.path:
        del document[change.table][change.position]
        return
    here = document[change.table][change.position] if change.table else document
    for key in change.path[:-1]:
        here = here[key]
    if change.value is None:
        here.pop(change.path[-1], None)
    elif isinstance(change.value, dict):
        made: Any = tomlkit.inline_table() if hasattr(document, "as_string") else {}
        made.update(change.value)
        here[change.path[-1]] = made
    else:
        here[change.path[-1]] = change.value
