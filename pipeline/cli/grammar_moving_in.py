"""What may be typed to take over an old register, and old scans."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.parser import Later, Parser, role_key

_moving_in = Later("moving_in")


def moving_in(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add the taking over of an old register, and of old scans."""
    impor = groups.add_parser(
        "impor", help="ambil alih buku register lama, dan pindaian lama; tanpa --laksanakan hanya diperiksa"
    )
    impor.add_argument("book", nargs="?", type=Path, metavar="BUKU.xlsx|.csv", help="buku register lama")
    _how_a_book_is_read(impor)
    impor.add_argument(
        "--keadaan",
        dest="state",
        choices=("selesai", "berjalan"),
        default="",
        help="keadaan perkara yang tidak disebut bukunya",
    )
    impor.add_argument(
        "--teruskan", dest="goes_on", action="store_true", help="surat baru bernomor sesudah nomor terakhir buku ini"
    )
    impor.add_argument("--lewati", dest="leaves_out", action="store_true", help="lewati baris yang ditolak")
    impor.add_argument(
        "--pindaian", dest="scans", type=Path, metavar="FOLDER", help="pindaian lama, menurut nomor pada namanya"
    )
    impor.add_argument(
        "--laksanakan", dest="carry_out", action="store_true", help="ambil alih; tanpa ini hanya diperiksa"
    )
    impor.add_argument(
        "--keraguan", dest="doubts", type=Path, metavar="BERKAS.csv", help="tulis semua keraguan ke berkas ini"
    )
    impor.add_argument(
        "--as", dest="role", type=role_key, default="arsiparis", metavar="PERAN", help="bawaan: arsiparis"
    )
    impor.add_argument(
        "--akun", dest="login", metavar="AKUN", help="siapa yang memintanya (bawaan: pemakai terminal ini)"
    )
    impor.set_defaults(command=_moving_in.impor)


def _how_a_book_is_read(impor: Parser) -> None:
    impor.add_argument("--lembar", dest="sheet", default="", metavar="NAMA", help="hanya lembar ini")
    impor.add_argument(
        "--baris-judul",
        dest="heading_row",
        type=int,
        default=0,
        metavar="BARIS",
        help="baris judul kolom (bawaan: dicari)",
    )
    impor.add_argument(
        "--kolom",
        dest="columns",
        action="append",
        default=[],
        metavar="ISIAN=KOLOM",
        help="kolom sebuah isian, dengan huruf atau judulnya (nomor=C); '-' bila tidak ada; boleh diulang",
    )
    impor.add_argument(
        "--tahun", dest="year", type=int, default=0, metavar="TAHUN", help="tahun nomor yang tidak menyebutnya"
    )
    impor.add_argument(
        "--pola", dest="pattern", metavar="POLA", help="cara buku menulis nomor, misalnya '{urut}/HAM/{tahun}'"
    )
