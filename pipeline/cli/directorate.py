"""``yankomas pusat direktorat``: totals of all offices, and what they handed up; no case that was not."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from pipeline.cli.centre import address_of
from pipeline.cli.show import as_json, moment, table
from pipeline.register.summary import words
from pipeline.register.summary.handed_up import FIGURES, OfficeFigures, breakdown_totals, totals
from pipeline.register.summary.small_cell_suppression import LEAST
from pipeline.wiring import directorate_in, make_directorate


def prepare(options: Namespace) -> int:
    """Make the directorate's role and its place in a folder."""
    make_directorate(options.folder, address_of(options))
    print(f"Tempat direktorat siap di {options.folder}.")
    return 0


def figures(options: Namespace) -> int:
    """Show the figures that offices handed up."""
    with directorate_in(options.folder) as directorate:
        rows = directorate.figures(options.year)
    if options.json:
        print(as_json([asdict(row) for row in rows]))
        return 0
    print("\n".join(_told(rows)) or "Belum ada kantor yang menyampaikan angka.")
    return 0


def listed(options: Namespace) -> int:
    """Show which cases offices show the directorate."""
    with directorate_in(options.folder) as directorate:
        parcels = directorate.shown()
    for parcel in parcels:
        about = "rahasia" if parcel.told["rahasia"] else parcel.told["perihal"] or "tanpa perihal"
        print(f"{parcel.id}: {parcel.sender}, {parcel.told['nomor_register']}, {about}, {moment(parcel.sent_at)}")
        print(f"    {parcel.told['alasan']}")
    if not parcels:
        print("Tidak ada perkara yang disampaikan dan belum diambil.")
    return 0


def fetch(options: Namespace) -> int:
    """Fetch the files of a case that an office shows."""
    with directorate_in(options.folder) as directorate:
        print(f"Berkasnya ada di {directorate.fetch(options.parcel)}.")
    return 0


def _told(rows: Sequence[OfficeFigures]) -> Iterator[str]:
    for year in sorted({row.year for row in rows}, reverse=True):
        of_year = [row for row in rows if row.year == year]
        lines = [[row.office, *(words.count(row.counts.get(f)) for f in FIGURES), moment(row.at)] for row in of_year]
        summed = [_sum(*pair) for pair in totals(of_year).values()]
        yield f"Tahun {year}"
        yield table([*lines, ["Jumlah", *summed, ""]], ["Kantor", *FIGURES.values(), "Per"], {})
        for title, counts in breakdown_totals(of_year).items():
            yield ""
            yield table([[label, _sum(*pair)] for label, pair in counts.items()], [title, "Jumlah"], {0: 60})
        yield ""
    if rows:
        yield f"Angka di bawah {LEAST} tidak disampaikan kantor (*) dan tidak termasuk jumlah, yang lalu ditulis >=."
        yield "Perkara rahasia termasuk yang diterima saja."


def _sum(count: int, whole: bool) -> str:
    return words.count(count) if whole else f">= {words.count(count)}"
