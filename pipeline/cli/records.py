"""The register book, lists of records and labels, and whole folders: on the terminal, for programs, or as files."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.access import secrecy
from pipeline.cli.inputs import ready_root
from pipeline.cli.readers import note_case, note_reading
from pipeline.cli.show import Progress, as_book, as_json, outside, write_out
from pipeline.register.register_files import rows_csv
from pipeline.wiring import Root

if TYPE_CHECKING:
    from pipeline.register.ports import Extent


def daftar_arsip(options: Namespace) -> int:
    """Write a list of records, or labels."""
    root = ready_root(options)
    output: Path = options.aktif or options.inaktif or options.label
    outside(output, root)
    note_reading(root, "daftar-arsip")
    root.index.refresh(Progress("Mengindeks perkara"))
    lists = root.record_lists()
    make = lists.active_xlsx if options.aktif else lists.inactive_xlsx if options.inaktif else lists.labels_pdf
    write_out(output, make(options.year))
    print(f"Ditulis ke {output}.")
    return 0


def register(options: Namespace) -> int:
    """Show the register book of Yankomas or of another service, or write it into a file."""
    from pipeline.register.enrol import line_of
    from pipeline.register.ports import Extent

    root = ready_root(options)
    extent = Extent(options.year, series=line_of(options.service, root.enrol_parts).series)
    note_reading(root, "register")
    if options.xlsx or options.pdf:
        return _file(root, options, extent)
    if extent.series and (options.json or options.csv):
        return _of_service(root, options, extent)
    root.book.refresh()
    rows = [row for row in root.book.rows(options.year) if row.series == extent.series]
    if options.json:
        print(as_json([row.as_json() for row in rows]))
    elif options.csv:
        print(rows_csv(rows), end="")
    else:
        print(as_book(rows))
    return 0


def _of_service(root: Root, options: Namespace, extent: Extent) -> int:
    """Print a service's book with what its own register asks."""
    root.index.refresh(Progress("Mengindeks perkara"))
    files = root.register_files()
    print(as_json(files.records(extent)) + "\n" if options.json else files.csv(extent), end="")
    return 0


def _file(root: Root, options: Namespace, extent: Extent) -> int:
    output: Path = options.xlsx or options.pdf
    outside(output, root)
    root.index.refresh(Progress("Mengindeks perkara"))
    files = root.register_files()
    make = files.xlsx if options.xlsx else files.pdf
    write_out(output, make(extent))
    print(f"Buku register ditulis ke {output}.")
    return 0


def berkas(options: Namespace) -> int:
    """Write a folder as PDF, ZIP or bag."""
    from pipeline.archive.contents import folder_pdf

    root = ready_root(options)
    number = root.pattern.read(options.number)
    output: Path = options.output
    outside(output, root)
    case = root.cabinet.case(number)
    note_case(root, "berkas", case, options)
    row = root.book.row_of(case)
    secrecy.require_exportable(row)
    with closing(root.binder()) as binder:
        match options.form:
            case "pdf":
                now, subject = root.clock.now(), row.perihal or ""
                size = write_out(output, folder_pdf(case, root.sop_of(case), root.cabinet, binder, now, subject))
            case "zip":
                size = write_out(output, root.export.documents(number, case.own_documents))
            case _:
                size = write_out(output, root.export.bag(number))
    print(f"Map {number} ditulis ke {output} ({size:,} byte).".replace(",", "."))
    return 0
