"""What may be typed for the archivist's acts: ``yankomas arsip …``."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.grammar_custody import custody, reads_as_archivist
from pipeline.cli.parser import NUMBER_HELP, Later, Parser, role_key

_records = Later("archivist")


def records(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add the archivist's acts and lists."""
    arsip = groups.add_parser("arsip", help="pemberkasan, retensi, penahanan, pemusnahan: tindakan arsiparis")
    verbs = arsip.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    acts = verbs.add_parser("tindakan", help="tindakan dan daftar yang ada: siapa yang boleh, apa isiannya")
    acts.set_defaults(command=_records.acts)
    do = verbs.add_parser("lakukan", help="lakukan satu tindakan atas satu map atau banyak")
    do.add_argument("act", metavar="TINDAKAN", help="misalnya berkaskan")
    do.add_argument("numbers", nargs="+", metavar="NOMOR", help=NUMBER_HELP)
    do.set_defaults(command=_records.do)
    stand = verbs.add_parser("keadaan", help="di mana map itu sebagai arsip, dan apa yang pernah dilakukan padanya")
    stand.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    stand.set_defaults(command=_records.standing)
    reads_as_archivist(stand)
    sweep = verbs.add_parser("hapus-sisa", help="hapus isi yang kembali ke map yang sudah dimusnahkan")
    sweep.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    sweep.set_defaults(command=_records.sweep)
    roles(sweep)
    again = verbs.add_parser("susulan", help="musnahkan lagi yang kembali bersama cadangan lama")
    again.set_defaults(command=_records.destroy_again)
    roles(again)
    _lists(verbs)
    _schedule(verbs)
    custody(verbs)


def _lists(verbs: argparse._SubParsersAction[Parser]) -> None:
    listed = verbs.add_parser("daftar", help="daftar-daftar arsip, atau isi satu daftar")
    listed.add_argument("name", nargs="?", metavar="DAFTAR", help="misalnya musnah-2026-1")
    listed.set_defaults(command=_records.lists)
    begin = verbs.add_parser("mulai", help="mulai daftar baru dengan map-map ini")
    begin.add_argument("kind", metavar="JENIS", help="misalnya musnah")
    begin.add_argument("numbers", nargs="+", metavar="NOMOR", help=NUMBER_HELP)
    begin.set_defaults(command=_records.begin)
    step = verbs.add_parser("langkah", help="buat langkah berikutnya sebuah daftar")
    step.add_argument("name", metavar="DAFTAR")
    step.add_argument("step", metavar="LANGKAH")
    step.set_defaults(command=_records.go_on)
    sheet = verbs.add_parser("lembar", help="cetak lembar sebuah daftar: daftar usul, berita acara")
    sheet.add_argument("name", metavar="DAFTAR")
    sheet.add_argument("template", metavar="NASKAH", help="misalnya berita-acara-pemusnahan")
    sheet.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.pdf", help="berkas hasilnya")
    sheet.set_defaults(command=_records.sheet)
    off = verbs.add_parser("keluarkan", help="keluarkan satu map dari daftar yang belum dilaksanakan")
    off.add_argument("name", metavar="DAFTAR")
    off.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    off.set_defaults(command=_records.take_off)
    stop = verbs.add_parser("batalkan", help="batalkan daftar yang belum dilaksanakan")
    stop.add_argument("name", metavar="DAFTAR")
    stop.set_defaults(command=_records.give_up)
    for verb in (off, stop):
        verb.add_argument("--alasan", dest="reason", required=True, metavar="ALASAN")
    forms(verbs.choices["lakukan"], begin, step)
    roles(verbs.choices["lakukan"], begin, step, off, stop)


def _schedule(verbs: argparse._SubParsersAction[Parser]) -> None:
    schedule = verbs.add_parser("jra", help="jadwal retensi yang berlaku; dengan --set atau --form: versi baru")
    schedule.set_defaults(command=_records.schedule)
    forms(schedule)
    roles(schedule)
    due = verbs.add_parser("jatuh-tempo", help="map yang jatuh tempo menurut jadwal retensi sampai akhir sebuah tahun")
    due.add_argument("--tahun", dest="year", type=int, metavar="T", help="bawaan: tahun ini")
    due.add_argument("--json", action="store_true", help="keluaran JSON")
    due.set_defaults(command=_records.due)


def forms(*parsers: Parser) -> None:
    """Add how a form is filled in."""
    for parser in parsers:
        parser.add_argument(
            "--set", action="append", default=[], metavar="ISIAN=NILAI", help="jawaban formulir; boleh diulang"
        )
        parser.add_argument("--form", type=Path, metavar="BERKAS.toml", help="jawaban formulir dari berkas")


def roles(*parsers: Parser) -> None:
    """Add in which role it is done."""
    for parser in parsers:
        parser.add_argument(
            "--as", dest="role", type=role_key, default="arsiparis", metavar="PERAN", help="bawaan: arsiparis"
        )
