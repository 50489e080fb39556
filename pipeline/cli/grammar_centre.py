"""What may be typed of the centre of many offices, by who looks after it."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli import grammar_together
from pipeline.cli.parser import Later, Parser

_commands = Later("centre")


def centre(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add the centre of many offices."""
    pusat = groups.add_parser("pusat", help="pusat bagi banyak kantor: PostgreSQL dan penyimpanan objek")
    verbs = pusat.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    ready = verbs.add_parser("siapkan", help="jadikan basis data setiap kantor berbentuk versi program ini")
    ready.set_defaults(command=_commands.prepare)
    status = verbs.add_parser("status", help="kantor yang ada di pusat, dengan jumlah perkaranya")
    status.set_defaults(command=_commands.status)
    worker = verbs.add_parser("pekerja", help="kerjakan perkara kantor-kantor ini, di mesin mana pun, sampai Ctrl-C")
    worker.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="folder kantor yang disimpan di pusat")
    worker.set_defaults(command=_commands.work)
    export = verbs.add_parser("ekspor", help="tulis kantor-kantor ini di samping pusat, sebagai arsip biasa")
    export.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="folder kantor yang disimpan di pusat")
    export.add_argument("--ke", dest="place", type=Path, metavar="TEMPAT", help="bawaan: pusat.ekspor di office.toml")
    export.set_defaults(command=_commands.export)
    again = verbs.add_parser("lengkapi", help="simpan kembali berkas yang hilang di penyimpanan objek")
    again.add_argument("folder", type=Path, metavar="FOLDER", help="folder kantor yang disimpan di pusat")
    again.add_argument(
        "--dari", dest="source", type=Path, required=True, metavar="FOLDER", help="ekspor, atau map lama"
    )
    again.set_defaults(command=_commands.take_again)
    back = verbs.add_parser("dipulihkan", help="basis data dikembalikan dari salinan cakram: tahan nomor")
    back.set_defaults(command=_commands.brought_back)
    grammar_together.together(verbs)
    removing = _removing(verbs)
    moving = _moving(verbs)
    for verb in (ready, status, worker, back, *removing, *moving):
        verb.add_argument(
            "--basis-data",
            dest="database",
            default="",
            metavar="ALAMAT",
            help="cara mencapai PostgreSQL (libpq; bawaan: YANKOMAS_PUSAT_PENGELOLA, pekerja YANKOMAS_PUSAT_PEKERJA)",
        )


def _moving(verbs: argparse._SubParsersAction[Parser]) -> tuple[Parser, Parser]:
    """Add what makes an office, moves one in and out; return the first two."""
    office = verbs.add_parser("kantor", help="buat kantor, pindah-masuk, pindah-keluar, di-sini")
    acts = office.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    new = acts.add_parser("tambah", help="jadikan folder kantor yang masih kosong sebuah kantor di pusat")
    new.set_defaults(command=_commands.add)
    into = acts.add_parser("pindah-masuk", help="pindahkan perkara sebuah folder kantor ke pusat")
    into.add_argument("folder", type=Path, metavar="FOLDER")
    into.set_defaults(command=_commands.move_in)
    for act in (new, into):
        act.add_argument("name", metavar="NAMA", help="nama kantor di pusat: huruf kecil, angka, garis bawah")
        act.add_argument("--objek", dest="objects", required=True, metavar="ALAMAT", help="penyimpanan objek (S3)")
        act.add_argument(
            "--ember", dest="bucket", default="", metavar="NAMA", help="ember kantor itu (bawaan: yankomas-NAMA)"
        )
        act.add_argument(
            "--tanpa-tls", dest="plaintext", action="store_true", help="berkas boleh lewat jaringan tanpa enkripsi"
        )
    out = acts.add_parser("pindah-keluar", help="kembalikan perkara sebuah kantor dari pusat ke foldernya")
    out.add_argument("folder", type=Path, metavar="FOLDER")
    out.set_defaults(command=_commands.move_out)
    here = acts.add_parser("di-sini", help="folder ini yang dipakai kantornya, dengan isinya sekarang, bukan lainnya")
    here.add_argument("folder", type=Path, metavar="FOLDER")
    here.add_argument(
        "--kunci-hilang",
        dest="keys_lost",
        action="store_true",
        help="kunci kantor yang dahulu hilang selamanya; yang ada di folder ini, atau dibuat baru, menggantikannya",
    )
    here.set_defaults(command=_commands.run_here)
    return new, into


def _removing(verbs: argparse._SubParsersAction[Parser]) -> tuple[Parser, Parser]:
    """Add what deletes files from the object store."""
    gone = verbs.add_parser("musnahkan", help="hapus dari penyimpanan objek isi yang dimusnahkan menurut daftar kantor")
    gone.set_defaults(command=_commands.destroy)
    swept = verbs.add_parser(
        "sapu", help="tunjukkan atau hapus berkas di penyimpanan objek yang tidak disebut siapa pun"
    )
    swept.add_argument(
        "--hari",
        dest="days",
        type=_days,
        default=30,
        metavar="N",
        help="hanya yang lebih tua dari sekian hari (bawaan 30)",
    )
    swept.add_argument("--hapus", dest="delete", action="store_true", help="hapus juga; tanpa ini hanya ditunjukkan")
    swept.set_defaults(command=_commands.sweep)
    for verb in (gone, swept):
        verb.add_argument("offices", nargs="+", metavar="KANTOR", help="nama kantor di pusat")
    return gone, swept


def _days(text: str) -> int:
    """Read a number of days, one at least."""
    if (days := int(text)) < 1:
        raise ValueError(text)
    return days
