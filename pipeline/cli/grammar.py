"""What may be typed: every command with its words and options, and which function it runs."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from pipeline import __version__
from pipeline.cli.parser import NUMBER_HELP, Later, Parser, port, reader, role_key, service_asked, whole, why_read

commands, counter, head, inbox, keeping, letters, looking, running, sheets, signing = map(
    Later, ("commands", "counter", "head", "inbox", "keeping", "letters", "looking", "running", "sheets", "signing")
)


def parser(arguments: Sequence[str]) -> Parser:
    """Return the parser: for commands that are named only with these, for whoever asks for help with all."""
    found = Parser(
        prog="yankomas",
        description="Dari surat pengaduan di kotak masuk menjadi map perkara bernomor: register, naskah, arsip.",
    )
    found.add_argument("--version", action="version", version=f"yankomas {__version__}", help="tampilkan versi program")
    found.add_argument(
        "--root",
        type=Path,
        default=Path(os.environ.get("YANKOMAS_ROOT", ".")),
        metavar="FOLDER",
        help="folder kantor (bawaan: YANKOMAS_ROOT, atau folder ini)",
    )
    groups = found.add_subparsers(
        title="perintah", metavar="PERINTAH", required=True, parser_class=Parser, prog=found.prog
    )
    for part in dict.fromkeys([_PARTS[word] for word in arguments if word in _PARTS] or _PARTS.values()):
        part(groups)
    return found


def _running(groups: argparse._SubParsersAction[Parser]) -> None:
    run = groups.add_parser("run", help="pantau kotak masuk dan kerjakan semuanya, sampai Ctrl-C")
    run.add_argument("--once", action="store_true", help="kerjakan yang ada sekarang sampai tuntas, lalu selesai")
    run.add_argument("--host", metavar="ALAMAT", help="meja web pada alamat ini (bawaan: [web] alamat di office.toml)")
    run.add_argument(
        "--port",
        type=port,
        metavar="PINTU",
        help="meja web pada pintu ini (bawaan: [web] pintu)",
    )
    run.add_argument("--no-web", action="store_true", help="hanya kotak masuk, tanpa meja web")
    run.add_argument("--web-only", action="store_true", help="hanya meja web; kotak masuk dipantau proses lain")
    run.set_defaults(command=running.run)
    jam = groups.add_parser("jam", help="jam komputer terhadap arsip; obatnya bila jam itu pernah terlalu maju")
    jam.add_argument(
        "--benar", dest="right", action="store_true", help="jam sekarang benar; yang bertanggal nanti salah"
    )
    jam.set_defaults(command=keeping.clock)


def _daily(groups: argparse._SubParsersAction[Parser]) -> None:
    do = groups.add_parser("do", help="lakukan satu gerak atas perkara")
    do.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    do.add_argument("move", metavar="GERAK", help="misalnya ulangi")
    do.add_argument("--as", dest="role", type=role_key, required=True, metavar="PERAN", help="misalnya tim-yankomas")
    do.add_argument("--set", action="append", default=[], metavar="ISIAN=NILAI", help="jawaban formulir; boleh diulang")
    do.add_argument("--form", type=Path, metavar="BERKAS.toml", help="jawaban formulir dari berkas")
    do.add_argument(
        "--file",
        type=Path,
        action="append",
        default=[],
        metavar="BERKAS",
        help="pindaian yang disertakan (naskah bertanda tangan); boleh diulang bila halamannya terpisah",
    )
    do.set_defaults(command=commands.do)
    edit = groups.add_parser(
        "sunting", help="terima suntingan Word sebagai versi baru sebuah konsep, atau beda dua versi"
    )
    edit.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    edit.add_argument("template", metavar="NASKAH", help="misalnya 04-nota-telaahan")
    edit.add_argument("--file", type=Path, metavar="BERKAS.docx", help="berkas hasil suntingan")
    edit.add_argument("--as", dest="role", type=role_key, metavar="PERAN", help="misalnya kasubbid")
    edit.add_argument(
        "--dasar", dest="base", type=int, metavar="VERSI", help="versi yang disunting, bila bukan yang terbaru"
    )
    edit.add_argument(
        "--yakin", dest="sure", action="store_true", help="berkas tidak menyebut naskahnya, tetapi memang suntingannya"
    )
    edit.add_argument(
        "--bukan-pelapor",
        dest="cleared",
        action="append",
        default=[],
        metavar="'KATA | ALASAN'",
        help="kata yang bukan nama pelapor, korban, atau saksi; boleh diulang",
    )
    edit.add_argument("--beda", type=int, nargs=2, metavar="VERSI", help="tunjukkan saja beda dua versi")
    why_read(edit)
    edit.set_defaults(command=counter.sunting)
    read = groups.add_parser("read", help="tunjukkan apa yang terbaca dari sebuah pindaian; tidak mendaftarkan apa pun")
    read.add_argument("file", type=Path, metavar="BERKAS")
    read.add_argument("--json", action="store_true", help="keluaran JSON")
    read.set_defaults(command=commands.read)


def _looking(groups: argparse._SubParsersAction[Parser]) -> None:
    case = groups.add_parser("case", help="satu perkara: di mana, apa isinya, apa yang terjadi")
    case.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    case.add_argument("--json", action="store_true", help="keluaran JSON")
    reader(case)
    case.set_defaults(command=looking.case)
    moves = groups.add_parser("moves", help="gerak yang terbuka bagi perkara: siapa yang boleh, apa isiannya")
    moves.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    moves.add_argument("--json", action="store_true", help="keluaran JSON")
    moves.set_defaults(command=looking.moves)


def _inbox(groups: argparse._SubParsersAction[Parser]) -> None:
    account = groups.add_parser("inbox", help="kotak masuk: apa jadinya setiap berkas yang pernah diletakkan")
    account.add_argument("--all", action="store_true", help="semua berkas, bukan hanya yang menunggu dan yang hari ini")
    account.add_argument("--json", action="store_true", help="keluaran JSON")
    account.set_defaults(command=inbox.show)
    acts = account.add_subparsers(title="yang dapat dilakukan", metavar="TINDAKAN", parser_class=Parser)
    again = acts.add_parser("retry", help="kembalikan berkas yang ditolak ke kotak masuk, supaya dicoba lagi")
    which = again.add_mutually_exclusive_group(required=True)
    which.add_argument("name", nargs="?", metavar="BERKAS", help="nama berkas di ditolak/")
    which.add_argument("--all", dest="every", action="store_true", help="semua yang ditolak, kecuali yang ganda")
    again.set_defaults(command=inbox.retry)
    new = acts.add_parser("daftarkan", help="daftarkan sebagai aduan baru berkas yang menunggu jawaban itu")
    new.add_argument("name", metavar="BERKAS", help="nama berkas di ditolak/")
    new.set_defaults(command=inbox.register)
    mails = acts.add_parser("surel", help="ambil sekarang surel dari kotak surel kantor ke kotak masuk")
    mails.set_defaults(command=inbox.fetch_mail)
    aside = acts.add_parser("tolak", help="sisihkan berkas yang menunggu di kotak masuk")
    aside.add_argument("name", metavar="BERKAS")
    aside.add_argument(
        "--alasan", dest="reason", required=True, metavar="ALASAN", help="mengapa; ditulis di sampingnya"
    )
    aside.set_defaults(command=inbox.set_aside)
    attach = acts.add_parser("lampirkan", help="jadikan berkas yang menunggu atau ditolak lampiran sebuah perkara")
    attach.add_argument("name", metavar="BERKAS")
    attach.add_argument("number", metavar="NOMOR", help="nomor register perkaranya")
    attach.set_defaults(command=inbox.hand_over)


def _counter(groups: argparse._SubParsersAction[Parser]) -> None:
    buka = groups.add_parser(
        "buka", help="buka perkara tanpa pindaian: pengaduan lisan, dari berita, atau menurut SOP layanan lain"
    )
    how = buka.add_mutually_exclusive_group(required=True)
    for channel, meaning in (("lisan", "pengaduan lisan"), ("berita", "dibuka kantor dari berita")):
        how.add_argument(f"--{channel}", dest="channel", action="store_const", const=channel, help=meaning)
    how.add_argument(
        "--cara",
        dest="channel",
        metavar="LAYANAN.CARA",
        help="menurut SOP layanan itu, misalnya surat-masuk.tanpa-pindaian",
    )
    buka.add_argument(
        "--as", dest="role", type=role_key, default="tim-yankomas", metavar="PERAN", help="bawaan: tim-yankomas"
    )
    buka.add_argument("--set", action="append", default=[], metavar="ISIAN=NILAI", help="isian register; boleh diulang")
    buka.add_argument("--form", type=Path, metavar="BERKAS.toml", help="isian register dari berkas")
    buka.set_defaults(command=counter.buka)
    cari = groups.add_parser("cari", help="cari perkara: nama, instansi, tempat, tanggal, nomor, keadaan")
    cari.add_argument("words", nargs="+", metavar="KATA", help="semuanya harus ada; awal kata cukup")
    cari.add_argument("--json", action="store_true", help="keluaran JSON")
    cari.set_defaults(command=counter.cari)
    due = groups.add_parser("due", help="yang terlambat dan yang jatuh tempo: sisa waktunya, dan pada siapa")
    due.add_argument(
        "--days",
        type=_days,
        default=3,
        metavar="N",
        help="berapa hari kerja ke depan (bawaan: 3)",
    )
    due.add_argument("--json", action="store_true", help="keluaran JSON")
    due.set_defaults(command=counter.due)
    status = groups.add_parser("status", help="jawaban bagi pelapor yang bertanya dengan kode pada tanda terima")
    status.add_argument("code", metavar="KODE", help="huruf kecil, spasi, dan tanda hubung tidak berpengaruh")
    status.add_argument("--json", action="store_true", help="keluaran JSON")
    status.set_defaults(command=counter.status)


_sheets = whole(1, 500, "banyaknya lembar (1 sampai 500)")
_days = whole(0, 366, "banyaknya hari")


def _feeder(groups: argparse._SubParsersAction[Parser]) -> None:
    parting = groups.add_parser("separators", help="cetak lembar pemisah: beberapa surat dipindai sekali jalan")
    parting.add_argument(
        "--count",
        type=_sheets,
        default=10,
        metavar="N",
        help="berapa lembar (bawaan: 10)",
    )
    parting.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.pdf", help="berkas hasilnya")
    parting.set_defaults(command=sheets.separators)
    sampul = groups.add_parser("sampul", help="cetak lembar sampul perkara: lampirannya dipindai dan menemukan mapnya")
    sampul.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    sampul.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.pdf", help="berkas hasilnya")
    sampul.set_defaults(command=sheets.sampul)


def _head(groups: argparse._SubParsersAction[Parser]) -> None:
    ringkasan = groups.add_parser("ringkasan", help="angka satu bulan, triwulan atau tahun, dibanding yang sebelumnya")
    _period(ringkasan)
    service_asked(ringkasan)
    ringkasan.add_argument("--json", action="store_true", help="keluaran JSON")
    ringkasan.set_defaults(command=head.ringkasan)
    laporan = groups.add_parser("laporan", help="laporan satu bulan, triwulan atau tahun sebagai Word, PDF atau XLSX")
    _period(laporan)
    service_asked(laporan)
    laporan.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.docx|.pdf|.xlsx")
    laporan.set_defaults(command=head.laporan)


def _letters(groups: argparse._SubParsersAction[Parser]) -> None:
    surat = groups.add_parser("surat", help="naskah yang ditandatangani: di mana, sejak kapan, giliran siapa")
    surat.add_argument("number", nargs="?", metavar="NOMOR", help=f"hidup surat-surat satu perkara; {NUMBER_HELP}")
    surat.add_argument("--semua", dest="every", action="store_true", help="juga yang tidak menunggu siapa pun")
    surat.add_argument("--keadaan", dest="state", default="", metavar="KEADAAN", help="misalnya bernomor")
    surat.add_argument("--json", action="store_true", help="keluaran JSON")
    surat.set_defaults(command=letters.surat)
    for saying, help_ in (
        ("sanggah", "sanggah berkas yang tercatat sebagai naskah bertanda tangan Anda"),
        ("kukuhkan", "kukuhkan tanda tangan yang tadinya disanggah"),
        ("tarik", "tarik berkas yang keliru tercatat sebagai naskah bertanda tangan; berkasnya tetap disimpan"),
    ):
        objection = groups.add_parser(saying, help=help_)
        objection.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
        objection.add_argument("name", metavar="NASKAH", help="misalnya 04-nota-telaahan, atau nama berkasnya")
        objection.add_argument("--alasan", dest="reason", required=True, metavar="ALASAN")
        objection.add_argument("--as", dest="role", type=role_key, required=True, metavar="PERAN")
        objection.set_defaults(command=letters.bertanda_tangan, saying=saying)
    book = groups.add_parser("ekspedisi", help="buku ekspedisi: surat yang dikirim, dan tanda terimanya")
    _period(book)
    book.add_argument("-o", "--output", type=Path, metavar="BERKAS.pdf|.xlsx", help="tulis bukunya ke berkas ini")
    book.set_defaults(command=letters.ekspedisi)


def _period(parser: Parser) -> None:
    parser.add_argument("--tahun", dest="year", type=int, metavar="T", help="tahun (bawaan: tahun ini)")
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--triwulan", dest="quarter", type=int, metavar="1-4", help="triwulan (bawaan: triwulan ini)")
    part.add_argument("--bulan", dest="month", type=int, metavar="1-12", help="bulan")


def _signing(groups: argparse._SubParsersAction[Parser]) -> None:
    sign = groups.add_parser("tanda-tangan", help="naskah yang menunggu tanda tangan Anda; tandatangani yang dipilih")
    sign.add_argument(
        "numbers", nargs="*", default=[], metavar="NOMOR", help="tandatangani yang menunggu pada perkara ini"
    )
    sign.add_argument("--as", dest="role", type=role_key, required=True, metavar="PERAN", help="misalnya kakanwil")
    sign.add_argument("--semua", dest="every", action="store_true", help="tandatangani semuanya")
    sign.add_argument("--json", action="store_true", help="keluaran JSON (daftarnya saja)")
    sign.set_defaults(command=signing.tanda_tangan)
    check = groups.add_parser("periksa-tanda-tangan", help="apa nilai tanda tangan elektronik pada sebuah PDF")
    check.add_argument("file", type=Path, metavar="BERKAS")
    check.add_argument("--pada", dest="day", metavar="TANGGAL", help="menurut keadaan pada tanggal itu (2026-11-26)")
    check.add_argument("--json", action="store_true", help="keluaran JSON")
    check.set_defaults(command=signing.periksa)


def _elsewhere(module: str, name: str) -> Callable[[argparse._SubParsersAction[Parser]], None]:
    """Return a part of the parser that lies in another module, before that is loaded."""

    def part(groups: argparse._SubParsersAction[Parser]) -> None:
        getattr(import_module(f"pipeline.cli.{module}"), name)(groups)

    return part


#: Which part of the parser knows a command: building all of them takes longer than showing a case.
_PARTS = {
    **dict.fromkeys(("run", "jam"), _running),
    **dict.fromkeys(("do", "sunting", "read"), _daily),
    **dict.fromkeys(("case", "moves"), _looking),
    "inbox": _inbox,
    **dict.fromkeys(("buka", "cari", "due", "status"), _counter),
    **dict.fromkeys(("separators", "sampul"), _feeder),
    **dict.fromkeys(("tanda-tangan", "periksa-tanda-tangan"), _signing),
    **dict.fromkeys(("ringkasan", "laporan"), _head),
    **dict.fromkeys(("surat", "ekspedisi", "sanggah", "kukuhkan", "tarik"), _letters),
    **dict.fromkeys(
        ("register", "sop", "verify", "segel", "format", "rebuild"), _elsewhere("grammar_office", "archive")
    ),
    **dict.fromkeys(("backup", "restore", "perbaiki", "nomor"), _elsewhere("grammar_office", "backups")),
    **dict.fromkeys(("berkas", "daftar-arsip", "samarkan"), _elsewhere("grammar_office", "folders")),
    **dict.fromkeys(("doctor", "init", "demo", "pasang"), _elsewhere("grammar_office", "setup")),
    "ikm": _elsewhere("grammar_persons", "survey"),
    "data-pribadi": _elsewhere("grammar_persons", "personal_data"),
    "kebocoran": _elsewhere("grammar_persons", "breaches"),
    "masa-simpan": _elsewhere("grammar_persons", "terms"),
    "akun": _elsewhere("grammar_office", "people"),
    "alih": _elsewhere("grammar_office", "hand_over"),
    "pusat": _elsewhere("grammar_centre", "centre"),
    "pindah": _elsewhere("grammar_together", "transfers"),
    "titipan": _elsewhere("grammar_together", "deposits"),
    "templat": _elsewhere("grammar_office", "templates"),
    "edisi-sop": _elsewhere("grammar_sop", "editions"),
    "belajar": _elsewhere("grammar_office", "learning"),
    "impor": _elsewhere("grammar_moving_in", "moving_in"),
    "arsip": _elsewhere("grammar_records", "records"),
    "impor-laporan": _elsewhere("grammar_moving_in", "reports"),
    "serah": _elsewhere("grammar_moving_in", "handing_out"),
    "layanan": _elsewhere("grammar_services", "services"),
}
