"""The office's own lists (laws, phrases): TOML files of rows; a fault names file, line, fact and remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.errors import TemplateFault
from pipeline.office.wording import nearest
from pipeline.system_messages import toml_words


def line_of(text: str, kind: str, position: int) -> int:
    """Return the line in which the row of that kind (``[[kind]]``) at a position from 0 begins; 0 if there is none."""
    begins = re.compile(rf"\s*\[\[{re.escape(kind)}\]\]")
    lines = [number for number, line in enumerate(text.splitlines(), start=1) if begins.match(line)]
    return lines[position] if position < len(lines) else 0


class Row:
    """A row of such a file: it knows where it stands, gives its values by type, and refuses those nobody asked for."""

    def __init__(self, file: str, kind: str, line: int, values: Mapping[str, Any]) -> None:
        self._file, self._kind, self._line, self._values = file, kind, line, values
        self._asked: set[str] = set()

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a ``default`` it must be there, and not blank.

        Raises:
            TemplateFault: it is missing, blank or no text.
        """
        found = self._get(key, str, default)
        if default is None and not found.strip():
            raise self.fault(f"`{key}` kosong", "Isi, atau hapus barisnya.")
        return str(found).strip()

    def texts(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts.

        Raises:
            TemplateFault: it is missing, or no list of texts.
        """
        found = self._get(key, list, default)
        if not all(isinstance(text, str) and text.strip() for text in found):
            raise self.fault(f"`{key}` harus daftar teks yang terisi", 'Tulis misalnya ["satu", "dua"].')
        return tuple(text.strip() for text in found)

    def day(self, key: str) -> date | None:
        """Return a day, or None where there is none.

        Raises:
            TemplateFault: it is no day.
        """
        return self._get(key, date, None) if key in self._values else None

    def done(self) -> None:
        """Refuse what nobody asked for.

        Raises:
            TemplateFault: there is a key that is not known; it is named, with what was probably meant.
        """
        for key in self._values:
            if key not in self._asked:
                near = nearest(key, sorted(self._asked))
                hint = f"Maksudnya `{near}`?" if near else f"Yang dikenal: {', '.join(sorted(self._asked))}."
                raise self.fault(f"`{key}` tidak dikenal", hint)

    def fault(self, fact: str, remedy: str) -> TemplateFault:
        """Return what is to be said of this row, to be raised."""
        where = f"baris {self._line} ([[{self._kind}]])" if self._line else f"[[{self._kind}]]"
        return TemplateFault(f"{self._file} {where}: {fact}.", remedy)

    def _get(self, key: str, kind: type, default: Any) -> Any:
        self._asked.add(key)
        found = self._values.get(key, default)
        if found is None:
            raise self.fault(f"`{key}` tidak ada", "Tambahkan; lihat keterangan di atas bagian itu.")
        if type(found) is not kind:
            raise self.fault(f"`{key}` = {found!r} salah jenis", "Lihat keterangan di atas bagian itu.")
        return found


def rows_of(file: str, text: str, kinds: Iterable[str]) -> Mapping[str, list[Row]]:
    """Return the rows of every kind that the file may hold.

    Raises:
        TemplateFault: it is no TOML, or holds something that is no row of these kinds.
    """
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise TemplateFault(f"{file} tidak dapat dibaca: {toml_words(wrong)}.", "Betulkan baris itu.") from wrong
    known = tuple(kinds)
    for kind, found in values.items():
        if kind not in known or not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise TemplateFault(
                f"{file}: `{kind}` tidak dikenal.", f"Bagiannya: {', '.join(f'[[{name}]]' for name in known)}."
            )
    return {
        kind: [Row(file, kind, line_of(text, kind, n), row) for n, row in enumerate(values.get(kind, ()))]
        for kind in known
    }
