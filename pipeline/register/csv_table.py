"""Rows as CSV for spreadsheets, which must not find a formula in them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: What makes a spreadsheet run a cell as a formula when it stands first (OWASP, *CSV injection*). A spreadsheet set to
#: Indonesian parts lines at semicolons, so what stands behind one is a cell of its own there.
#: Each run of blanks is matched once, with a formula behind it or not: long ones cost no more than their length.
_BEGINNING = re.compile(r"((?:^|[;\t\r\n])\s*+)([=+\-@＝＋－＠]?)")


def as_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Return CSV (RFC 4180); lists are joined, cells that a spreadsheet would run are disarmed."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([_cell(row.get(column)) for column in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(str(v) for v in value)
    return "" if value is None else _BEGINNING.sub(_disarmed, str(value))


def _disarmed(found: re.Match[str]) -> str:
    return f"{found[1]}'{found[2]}" if found[2] else found[0]
