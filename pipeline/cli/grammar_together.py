"""What may be typed for several offices of a centre at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.parser import Later, Parser, port

_running = Later("running")


def together(verbs: argparse._SubParsersAction[Parser]) -> None:
    """Add what serves several offices to the verbs of ``pusat``."""
    desk = verbs.add_parser(
        "meja", help="layani meja web beberapa kantor, masing-masing dengan nama komputernya sendiri"
    )
    desk.add_argument(
        "folders", nargs="+", type=Path, metavar="FOLDER", help="folder kantor; namanya: [web] nama di sana"
    )
    desk.add_argument("--host", metavar="ALAMAT", help="alamat tempat mendengar (bawaan: [web] folder pertama)")
    desk.add_argument("--port", type=port, metavar="PINTU", help="pintunya (bawaan: [web] folder pertama)")
    desk.set_defaults(command=_running.serve_offices)
