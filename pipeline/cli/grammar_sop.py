"""The command line of the office's own editions of its SOP."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cases.sop import YANKOMAS
from pipeline.cli.parser import Later, Parser

_editions = Later("editions")

_SOURCE = "folder berisi berkas .toml, atau .zip yang berisinya"


def editions(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add what is done with editions of the SOP."""
    group = groups.add_parser("edisi-sop", help="edisi SOP: daftar, salin, periksa, pasang mulai suatu hari, tarik")
    acts = group.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True, parser_class=Parser)
    listing = acts.add_parser("daftar", help="semua edisi: mulai kapan, berlaku, atau mengapa tidak")
    listing.add_argument("--json", action="store_true", help="keluaran JSON")
    listing.set_defaults(command=_editions.listing)
    copy = acts.add_parser("salin", help="tulis berkas sebuah edisi ke folder baru, untuk diubah")
    copy.add_argument("folder", type=Path, metavar="FOLDER", help="folder yang belum ada")
    copy.add_argument("--edisi", dest="edition", metavar="EDISI", help="misalnya 2026-11-26 (bawaan: yang terbaru)")
    copy.set_defaults(command=_editions.copy)
    check = acts.add_parser("periksa", help="yang salah pada sebuah edisi, atau yang akan diubahnya")
    check.add_argument("source", type=Path, metavar="FOLDER|.zip", help=_SOURCE)
    check.add_argument("--mulai", dest="since", metavar="TANGGAL", help="dibandingkan dengan yang berlaku hari itu")
    check.add_argument("--json", action="store_true", help="keluaran JSON")
    check.set_defaults(command=_editions.check)
    install = acts.add_parser("pasang", help="pasang sebuah edisi bagi perkara yang terdaftar mulai suatu hari")
    install.add_argument("source", type=Path, metavar="FOLDER|.zip", help=_SOURCE)
    install.add_argument("--mulai", dest="since", metavar="TANGGAL", required=True, help="hari pertama")
    install.add_argument("--alasan", dest="why", metavar="TEKS", required=True, help="mengapa; ikut dicatat")
    install.set_defaults(command=_editions.install)
    withdraw = acts.add_parser("tarik", help="tarik edisi yang harinya belum tiba")
    withdraw.add_argument("since", metavar="TANGGAL", help="hari pertamanya")
    withdraw.add_argument("--alasan", dest="why", metavar="TEKS", required=True, help="mengapa")
    withdraw.set_defaults(command=_editions.take_back)
    for act in (listing, copy, check, install, withdraw):
        act.add_argument(
            "--layanan",
            dest="service",
            default=YANKOMAS,
            metavar="NAMA",
            help="layanan (bawaan: yankomas)",
        )
