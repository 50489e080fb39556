"""What may be typed for several offices of a centre at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.parser import NUMBER_HELP, Later, Parser, port, role_key

_deposits, _directorate, _running, _transfers = map(Later, ("deposits", "directorate", "running", "transfers"))


def deposits(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add the agent of a remote office."""
    titipan = groups.add_parser("titipan", help="titipkan pindaian dari kantor jauh ke meja web kantornya di pusat")
    titipan.add_argument("folder", type=Path, metavar="FOLDER", help="folder yang mempunyai inbox/, tanpa perkara")
    titipan.add_argument("--ke", dest="address", required=True, metavar="ALAMAT", help="alamat https meja webnya")
    titipan.add_argument(
        "--token", dest="token_file", type=Path, required=True, metavar="BERKAS", help="berkas berisi token (0600)"
    )
    titipan.add_argument(
        "--sekali", dest="once", action="store_true", help="sampai semua yang ada dijawab, lalu selesai"
    )
    titipan.set_defaults(command=_deposits.hand_over)


def transfers(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add what goes between this office and others of the centre."""
    pindah = groups.add_parser("pindah", help="serahkan perkara ke kantor lain, terima atau tolak darinya")
    verbs = pindah.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    listed = verbs.add_parser("daftar", help="yang ditawarkan kantor lain, dan yang dikirim kantor ini")
    listed.set_defaults(command=_transfers.listed)
    send = verbs.add_parser("kirim", help="tawarkan perkara kepada kantor lain, atau sampaikan kepada direktorat")
    send.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    send.add_argument(
        "--ke", dest="receiver", required=True, metavar="KANTOR", help="namanya di pusat, atau direktorat"
    )
    send.set_defaults(command=_transfers.send)
    everything = verbs.add_parser("semua", help="tawarkan semua perkara yang belum selesai kepada kantor pengganti")
    everything.add_argument("--ke", dest="receiver", required=True, metavar="KANTOR", help="nama kantor penggantinya")
    everything.set_defaults(command=_transfers.send_all)
    signed = verbs.add_parser("berita-acara", help="daftar perkara yang diserahkan, untuk ditandatangani keduanya")
    signed.add_argument("--ke", dest="receiver", required=True, metavar="KANTOR", help="nama kantor yang menerima")
    signed.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.pdf", help="berkas hasilnya")
    signed.set_defaults(command=_transfers.signed_list)
    take = verbs.add_parser("terima", help="terima kiriman: perkaranya mendapat nomor register di sini")
    take.set_defaults(command=_transfers.take)
    back = verbs.add_parser("tolak", help="tolak kiriman; kantor pengirimnya membaca alasannya")
    back.set_defaults(command=_transfers.send_back)
    undo = verbs.add_parser("tarik", help="tarik kembali kiriman kantor ini yang belum dijawab")
    undo.set_defaults(command=_transfers.take_back)
    for verb in (take, back, undo):
        verb.add_argument("parcel", metavar="KIRIMAN", help="nomor kiriman menurut `yankomas pindah daftar`")
    for verb in (listed, send, everything, signed, take, back, undo):
        verb.add_argument(
            "--lewat", dest="through", type=Path, metavar="FOLDER", help="lewat folder yang dicapai kedua kantor"
        )
    listed.add_argument(
        "--as", dest="role", type=role_key, metavar="PERAN", help="yang menerima atau menolak: alasan kiriman rahasia"
    )
    for verb in (send, everything, back):
        verb.add_argument("--alasan", dest="reason", required=True, metavar="ALASAN")
    for verb in (send, everything, take, back, undo):
        verb.add_argument("--as", dest="role", type=role_key, required=True, metavar="PERAN", help="misalnya kakanwil")


def together(verbs: argparse._SubParsersAction[Parser]) -> None:
    """Add what serves several offices to the verbs of ``pusat``."""
    desk = verbs.add_parser(
        "meja", help="layani meja web beberapa kantor, masing-masing dengan nama komputernya sendiri"
    )
    desk.add_argument(
        "folders", nargs="+", type=Path, metavar="FOLDER", help="folder kantor; namanya: [web] nama di sana"
    )
    desk.add_argument("--host", metavar="ALAMAT", help="alamat tempat mendengar (bawaan: [web] folder pertama)")
    desk.add_argument("--port", type=port, metavar="PINTU", help="pintunya (bawaan: [web] folder pertama)")
    desk.set_defaults(command=_running.serve_offices)
    _of_directorate(verbs)


def _of_directorate(verbs: argparse._SubParsersAction[Parser]) -> None:
    place = verbs.add_parser("direktorat", help="jumlah semua kantor, dan perkara yang disampaikan kepada direktorat")
    acts = place.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    ready = acts.add_parser("siapkan", help="buat tempat direktorat di sebuah folder (oleh pengelola pusat)")
    ready.set_defaults(command=_directorate.prepare)
    figures = acts.add_parser("angka", help="angka yang disampaikan kantor-kantor; yang kecil tidak")
    figures.add_argument("--tahun", dest="year", type=int, metavar="TAHUN", help="hanya tahun ini")
    figures.add_argument("--json", action="store_true", help="keluaran JSON")
    figures.set_defaults(command=_directorate.figures)
    shown = acts.add_parser("daftar", help="perkara yang disampaikan kantor dan belum diambil")
    shown.set_defaults(command=_directorate.listed)
    fetch = acts.add_parser("ambil", help="ambil berkas perkara yang disampaikan")
    fetch.set_defaults(command=_directorate.fetch)
    for act in (ready, figures, shown, fetch):
        act.add_argument("folder", type=Path, metavar="FOLDER", help="tempat direktorat")
    fetch.add_argument("parcel", metavar="KIRIMAN", help="nomornya menurut `daftar`")
    ready.add_argument(
        "--basis-data",
        dest="database",
        default="",
        metavar="ALAMAT",
        help="cara pengelola mencapai PostgreSQL (libpq; bawaan: YANKOMAS_PUSAT_PENGELOLA)",
    )
