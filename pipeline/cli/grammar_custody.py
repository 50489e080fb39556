"""What may be typed for records in custody, beside the archivist's acts and lists: ``yankomas arsip …``."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.parser import NUMBER_HELP, Later, Parser, role_key, service_asked, whole, why_read

_custody = Later("archivist_custody")
_year = whole(1900, 2199, "tahun")


def custody(verbs: argparse._SubParsersAction[Parser]) -> None:
    """Add loans, checklists, papers, boxes, packages, and the end of a year."""
    lent = verbs.add_parser("pinjaman", help="map yang sedang dipinjam, yang paling lama lewat waktu dahulu")
    lent.add_argument("--terlambat", dest="overdue", action="store_true", help="hanya yang lewat waktu")
    lent.set_defaults(command=_custody.lent)
    complete = verbs.add_parser("kelengkapan", help="daftar periksa sebuah map menurut SOP-nya; yang kurang disebut")
    complete.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    complete.set_defaults(command=_custody.complete)
    paper = verbs.add_parser("cetak", help="formulir peminjaman (dengan lembar keluarnya) atau daftar kelengkapan")
    paper.add_argument("paper", choices=("formulir-peminjaman", "kelengkapan"), metavar="LEMBAR")
    paper.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    paper.set_defaults(command=_custody.paper)
    package = verbs.add_parser("paket", help="bag BagIt setiap map sebuah daftar penyerahan, dengan deskripsi ISAD(G)")
    package.add_argument("name", metavar="DAFTAR", help="misalnya serah-2027-1")
    package.set_defaults(command=_custody.package)
    boxes = verbs.add_parser("boks", help="daftar boks (.xlsx) atau label boks (.pdf)")
    boxes.set_defaults(command=_custody.boxes)
    for one in (complete, paper, package):
        reads_as_archivist(one)
    _output(paper, package, boxes)
    _years(verbs)


def reads_as_archivist(parser: Parser) -> None:
    """Let a command that shows cases be told in which role they are read, an archivist's if nothing is said, or why."""
    parser.add_argument(
        "--as", dest="role", type=role_key, default="arsiparis", metavar="PERAN", help="bawaan: arsiparis"
    )
    why_read(parser)


def _years(verbs: argparse._SubParsersAction[Parser]) -> None:
    year = verbs.add_parser("tahun", help="tutup buku register sebuah tahun; tanpa apa-apa: yang sudah ditutup")
    year.set_defaults(command=_custody.years)
    acts = year.add_subparsers(title="perintah", metavar="PERINTAH", parser_class=Parser)
    close = acts.add_parser("tutup", help="tutup register; sesudahnya tidak ada nomor lagi dari tahun itu")
    close.set_defaults(command=_custody.close)
    sheet = acts.add_parser("lembar", help="lembar penutupan untuk ditandatangani (.pdf, .docx)")
    sheet.set_defaults(command=_custody.year_sheet)
    sign = acts.add_parser("simpan", help="simpan pindaian lembar yang sudah ditandatangani")
    sign.set_defaults(command=_custody.sign)
    for one in (close, sheet, sign):
        one.add_argument("year", type=_year, metavar="TAHUN")
        service_asked(one)
    sign.add_argument("file", type=Path, metavar="BERKAS", help="pindaiannya")
    for one in (close, sign):
        one.add_argument(
            "--as", dest="role", type=role_key, default="arsiparis", metavar="PERAN", help="bawaan: arsiparis"
        )
    _output(sheet)


def _output(*parsers: Parser) -> None:
    for one in parsers:
        one.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS", help="berkas hasilnya")
