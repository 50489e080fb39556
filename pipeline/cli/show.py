"""How the command line shows things: plain tables, JSON, CSV, progress; and files written where people say.

A file never goes into the archive, and is there whole or not at all.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import UsageFault
from pipeline.system_messages import os_words
from pipeline.work.progress import PROGRESS_VARIABLE

if TYPE_CHECKING:
    from pipeline.register.row import Row
    from pipeline.wiring import Root


def as_json(value: Any) -> str:
    """Return JSON for people and programs."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


def table(rows: Sequence[Sequence[str]], header: Sequence[str], widths: Mapping[int, int]) -> str:
    """Return an aligned table; ``widths`` limits columns, longer cells end in an ellipsis."""
    cut = [[_short(cell, widths.get(n)) for n, cell in enumerate(row)] for row in (header, *rows)]
    sizes = [max(len(row[n]) for row in cut) for n in range(len(header))]
    lines = ["  ".join(cell.ljust(size) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in cut]
    return "\n".join([lines[0], "  ".join("-" * size for size in sizes), *lines[1:]])


def moment(text: str | None) -> str:
    """Return an ISO moment as the office writes it; a dash for none."""
    if text is None:
        return "-"
    at = datetime.fromisoformat(text)
    return f"{at:%d-%m-%Y %H.%M}"


def printable(text: str) -> str:
    """Return the text without control characters: a file's name must not drive the terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)


def printable_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines, each without control characters."""
    return [printable(part) for line in lines for part in line.split("\n")]


class Progress:
    """Progress of long work: one moving line on a terminal's standard error; nothing elsewhere, as in cron.

    The desk, which watches it for people, gets a line for each step.
    """

    def __init__(self, label: str) -> None:
        self._label, self._shown = label, -1
        self._told = PROGRESS_VARIABLE in os.environ
        self._terminal = sys.stderr.isatty() or self._told

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is."""
        share = done * 100 // max(total, 1)
        if not self._terminal or share == self._shown:
            return
        self._shown = share
        end = "\n" if done == total or self._told else ""
        print(f"\r{self._label} {done}/{total}", end=end, file=sys.stderr, flush=True)


def _short(text: str, width: int | None) -> str:
    text = printable(text.replace("\n", " "))
    return text if width is None or len(text) <= width else text[: width - 1] + "…"


def as_book(rows: Sequence[Row]) -> str:
    """Return the register as lines for people."""
    if not rows:
        return "Buku register masih kosong."
    return f"{book_table(rows)}\n\nNomor terakhir: {rows[-1].register_number}"


def book_table(rows: Iterable[Row]) -> str:
    """Return rows of the register as lines for people."""
    cells = [
        [
            row.register_number,
            moment(row.received_at),
            row.stands,
            "; ".join(row.pelapor) or "-",
            row.perihal or "-",
        ]
        for row in rows
    ]
    return table(cells, ["No. register", "Diterima", "Keadaan", "Pelapor", "Perihal"], {3: 30, 4: 50})


def outside(output: Path, root: Root) -> None:
    """Make sure that a file is not asked for inside the archive.

    Raises:
        UsageFault: it is.
    """
    if root.keeps(output):
        raise UsageFault(f"{output} ada di dalam arsip.", "Tulis di luar arsip: isinya hanya dari program ini.")


def write_out(output: Path, data: bytes | Iterable[bytes]) -> int:
    """Write the file, or its pieces as they come; a file of that name is whole or the one before. Return its size.

    Raises:
        UsageFault: it cannot be written there.
    """
    part, size = output.with_name(f".{output.name}.part"), 0
    try:
        with open(part, "wb") as writer:
            for piece in [data] if isinstance(data, bytes) else data:
                size += writer.write(piece)
        part.replace(output)
    except OSError as fault:
        raise UsageFault(
            f"{output} tidak dapat ditulis ({os_words(fault)}).", "Pilih nama atau folder lain."
        ) from fault
    finally:
        part.unlink(missing_ok=True)
    return size
