"""What may be typed to take over an old register and old scans, and for what comes from and goes to other systems."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.parser import Later, Parser, role_key

_moving_in, _foreign, _handing_out = map(Later, ("moving_in", "foreign_reports", "handing_out"))


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


def reports(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add the taking in of another system's export."""
    impor = groups.add_parser(
        "impor-laporan", help="daftarkan laporan dari ekspor sistem lain; tanpa --laksanakan hanya diperiksa"
    )
    impor.add_argument("file", type=Path, metavar="EKSPOR.xlsx|.csv", help="ekspornya")
    impor.add_argument(
        "--dari",
        dest="system",
        required=True,
        metavar="SISTEM",
        help="sp4n-lapor, simasham, atau pemetaan sendiri",
    )
    _how_columns_are_found(impor)
    impor.add_argument("--lewati", dest="leaves_out", action="store_true", help="lewati baris yang ditolak")
    impor.add_argument(
        "--laksanakan", dest="carry_out", action="store_true", help="daftarkan; tanpa ini hanya diperiksa"
    )
    impor.add_argument("--as", dest="role", type=role_key, default="tim-yankomas", metavar="PERAN")
    impor.add_argument(
        "--akun", dest="login", metavar="AKUN", help="siapa yang memintanya (bawaan: pemakai terminal ini)"
    )
    impor.set_defaults(command=_foreign.impor_laporan)


def handing_out(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add the sheets for other systems."""
    out = groups.add_parser("serah", help="lembar serah bagi SIMASHAM atau SRIKANDI: yang belum diserahkan")
    out.add_argument("system", metavar="SISTEM", help="simasham (perkara) atau srikandi (surat terkirim)")
    out.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.xlsx", help="berkas hasilnya")
    out.add_argument("--semua", dest="every", action="store_true", help="juga yang pernah diserahkan")
    out.add_argument("--as", dest="role", type=role_key, default="tim-yankomas", metavar="PERAN")
    out.set_defaults(command=_handing_out.serah)


def _how_a_book_is_read(impor: Parser) -> None:
    impor.add_argument("--lembar", dest="sheet", default="", metavar="NAMA", help="hanya lembar ini")
    _how_columns_are_found(impor)
    impor.add_argument(
        "--tahun", dest="year", type=int, default=0, metavar="TAHUN", help="tahun nomor yang tidak menyebutnya"
    )
    impor.add_argument(
        "--pola", dest="pattern", metavar="POLA", help="cara buku menulis nomor, misalnya '{urut}/HAM/{tahun}'"
    )


def _how_columns_are_found(impor: Parser) -> None:
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
