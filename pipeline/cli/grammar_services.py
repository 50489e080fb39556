"""What may be typed for the office's services besides Yankomas: ``yankomas layanan …``."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.parser import Later, Parser

_services = Later("services")
_NAME = "nama layanan, misalnya surat-masuk"


def services(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add what is done with the office's services."""
    group = groups.add_parser("layanan", help="layanan lain kantor (SOP lain): daftar, periksa, pasang, kirim surat")
    acts = group.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True, parser_class=Parser)
    listing = acts.add_parser("daftar", help="layanan yang dipakai, yang ada di layanan/, dan yang dibawa program ini")
    listing.add_argument("--json", action="store_true", help="keluaran JSON")
    listing.set_defaults(command=_services.listing)
    check = acts.add_parser("periksa", help="cari yang salah pada satu layanan, atau semuanya, sebelum dipakai")
    check.add_argument("service", nargs="?", metavar="NAMA", help=_NAME)
    check.add_argument("--json", action="store_true", help="keluaran JSON")
    check.set_defaults(command=_services.check)
    take = acts.add_parser(
        "pasang", help="pakai sebuah layanan, atau yang berubah di layanan.toml-nya, bila tidak ada yang salah"
    )
    take.add_argument("service", metavar="NAMA", help=_NAME)
    take.set_defaults(command=_services.take)
    send = acts.add_parser("kirim", help="letakkan berkas di kotak masuk bagi sebuah layanan")
    send.add_argument("service", metavar="NAMA", help=f"{_NAME}, atau yankomas")
    send.add_argument("files", nargs="+", type=Path, metavar="BERKAS", help="pindaian atau berkas lain")
    send.set_defaults(command=_services.send)
