"""``yankomas inbox``: what became of every file that was ever dropped."""

from __future__ import annotations

import argparse
from argparse import Namespace
from typing import Any

from pipeline.cli.commands import ready_root
from pipeline.cli.show import as_json, moment, printable, table
from pipeline.cli.words import Parser
from pipeline.domain.account import LABELS, State
from pipeline.views.inbox import inbox_view


def add_to(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add the command to the parser."""
    account = groups.add_parser("inbox", help="kotak masuk: apa jadinya setiap berkas yang pernah diletakkan")
    account.add_argument("--all", action="store_true", help="semua berkas, bukan hanya yang menunggu dan yang hari ini")
    account.add_argument("--json", action="store_true", help="keluaran JSON")
    account.set_defaults(command=show)


def show(options: Namespace) -> int:
    """Show the account."""
    view = inbox_view(ready_root(options), everything=options.all)
    print(as_json(view) if options.json else account_lines(view))
    return 0


def account_lines(view: dict[str, Any]) -> str:
    """Return the account as lines for people."""
    lines = [printable(view["fault"]), ""] if view["fault"] else []
    cells = [[e["path"] or e["name"], moment(e["since"]), e["label"], _what(e)] for e in view["entries"]]
    if cells:
        lines += [table(cells, ["Berkas", "Sejak", "Keadaan", "Keterangan"], {0: 40, 3: 90}), ""]
    counts = view["totals"]
    words = ", ".join(f"{counts[state.value]} {LABELS[state]}" for state in State)
    lines.append(f"{counts['in']} berkas: {words}.")
    if counts["left_alone"]:
        lines.append(f"Di antara yang menunggu, {counts['left_alone']} bukan surat dan dibiarkan di tempatnya.")
    if view["last_number"]:
        lines.append(f"Nomor terakhir: {view['last_number']}")
    return "\n".join(lines)


def _what(entry: dict[str, Any]) -> str:
    progress = entry["progress"]
    way = f" ({progress['words']} {progress['done']}/{progress['of']})" if progress and progress["of"] else ""
    return f"{entry['detail']}{way}"
