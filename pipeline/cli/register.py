"""``yankomas register``: the register book on the terminal, for programs, as a spreadsheet and as the printed book."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pipeline.cli.output import outside, write_out
from pipeline.cli.ready import ready_root
from pipeline.cli.show import Progress, as_book, as_json
from pipeline.register.register_files import rows_csv
from pipeline.wiring import Root


def register(options: Namespace) -> int:
    """Show the register book, or write it into a file."""
    root = ready_root(options)
    if options.xlsx or options.pdf:
        return _file(root, options)
    root.book.refresh()
    rows = root.book.rows(options.year)
    if options.json:
        print(as_json(rows))
    elif options.csv:
        print(rows_csv(rows), end="")
    else:
        print(as_book(rows))
    return 0


def _file(root: Root, options: Namespace) -> int:
    from pipeline.register.ports import Extent

    output: Path = options.xlsx or options.pdf
    outside(output, root)
    root.index.refresh(Progress("Mengindeks perkara"))
    files = root.register_files()
    make = files.xlsx if options.xlsx else files.pdf
    write_out(output, make(Extent(options.year)))
    print(f"Buku register ditulis ke {output}.")
    return 0
