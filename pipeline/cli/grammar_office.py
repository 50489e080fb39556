"""What may be typed to keep the office: its archive, backups, lists, accounts, posts; and to set it up."""

from __future__ import annotations

import argparse
from pathlib import Path

from pipeline.cli.parser import NUMBER_HELP, Later, Parser, reader, role_key, service_asked

commands, _hand_over, _installing, keeping, _learning, _people, records, _seals, sheets, _templates = map(
    Later,
    (
        "commands",
        "hand_over",
        "installing",
        "keeping",
        "learning",
        "people",
        "records",
        "seals",
        "sheets",
        "templates",
    ),
)
_formats, _redaction = map(Later, ("formats", "redaction"))

_TEMPLATE = "misalnya 03-lembar-disposisi"


def archive(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add the commands of the archive: register book, chart, verification, seals."""
    register = groups.add_parser("register", help="buku register aduan, atau buku layanan lain (--layanan)")
    register.add_argument("--year", type=int, metavar="TAHUN", help="hanya tahun ini")
    service_asked(register)
    form = register.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="keluaran JSON")
    form.add_argument("--csv", action="store_true", help="keluaran CSV")
    form.add_argument("--xlsx", type=Path, metavar="BERKAS.xlsx", help="buku lengkap sebagai lembar kerja")
    form.add_argument("--pdf", type=Path, metavar="BERKAS.pdf", help="buku tercetak, dari templat 02-buku-register")
    register.set_defaults(command=records.register)
    chart = groups.add_parser("sop", help="SOP sebagai bagan alir; dengan nomor: jalan perkara itu di dalamnya")
    chart.add_argument("number", nargs="?", metavar="NOMOR", help=NUMBER_HELP)
    chart.add_argument(
        "-o", "--output", type=Path, metavar="BERKAS.svg|.pdf", help="gambar ke berkas ini (A4 mendatar)"
    )
    chart.set_defaults(command=sheets.sop)
    verify = groups.add_parser("verify", help="periksa keutuhan arsip; melaporkan semuanya, tidak mengubah apa pun")
    verify.add_argument("number", nargs="?", metavar="NOMOR", help=NUMBER_HELP)
    verify.add_argument("--json", action="store_true", help="keluaran JSON")
    verify.set_defaults(command=keeping.verify)
    seals = groups.add_parser(
        "segel", help="segel arsip, untuk dicocokkan dengan yang tercetak di buku register atau ada di luar"
    )
    which = seals.add_mutually_exclusive_group()
    which.add_argument("--json", action="store_true", help="keluaran JSON")
    which.add_argument(
        "--cocok", dest="printed", nargs=2, metavar=("NO", "KODE"), help="cocokkan segel yang tercetak, atau dari surel"
    )
    which.add_argument(
        "--luar", dest="outside", action="store_true", help="tanyai saksi luar, cocokkan dengan segel di sini"
    )
    seals.set_defaults(command=_seals.seals)
    held = groups.add_parser("format", help="format berkas yang disimpan (PRONOM), hasil pemeriksaannya, yang berisiko")
    held.add_argument("--json", action="store_true", help="keluaran JSON")
    held.set_defaults(command=_formats.held)
    rebuild = groups.add_parser("rebuild", help="susun ulang buku register dan indeks dari map-map perkara")
    rebuild.add_argument(
        "number", nargs="?", metavar="NOMOR", help="susun ulang berkas BagIt perkara ini dari jurnalnya"
    )
    rebuild.set_defaults(command=keeping.rebuild)


def backups(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add backups, and the way back from them."""
    backup = groups.add_parser("backup", help="cadangkan seluruh kantor, juga selagi `run` bekerja (restic, tersandi)")
    backup.add_argument("--to", metavar="TEMPAT", help="tempat cadangan (bawaan: [cadangan] di office.toml)")
    backup.add_argument("--check", action="store_true", help="periksa cadangan yang ada: semuanya dibaca")
    backup.set_defaults(command=keeping.backup)
    restore = groups.add_parser("restore", help="pulihkan cadangan ke folder kosong, lalu periksa keutuhannya")
    restore.add_argument("--from", dest="source", required=True, metavar="TEMPAT", help="tempat cadangan")
    restore.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="folder baru yang kosong")
    restore.add_argument(
        "--snapshot", default="latest", metavar="ID", help="cadangan yang mana (bawaan: yang terakhir)"
    )
    restore.add_argument("--password-file", type=Path, metavar="BERKAS", help="berkas yang berisi kata sandi cadangan")
    restore.set_defaults(command=keeping.restore)
    repair = groups.add_parser(
        "perbaiki", help="pulihkan satu perkara yang rusak dari cadangan, lalu periksa keutuhannya"
    )
    repair.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    repair.add_argument("--dari", dest="source", default="", metavar="TEMPAT", help="bawaan: [cadangan] di office.toml")
    repair.add_argument(
        "--snapshot", default="", metavar="ID", help="hanya dari cadangan ini (bawaan: yang terbaru yang memuatnya)"
    )
    repair.set_defaults(command=keeping.repair)
    numbers = groups.add_parser("nomor", help="sesudah pemulihan: nomor tertinggi yang pernah diberikan")
    numbers.add_argument(
        "--register", metavar="NOMOR|tetap", help="nomor register tertinggi menurut tanda terima dan buku tercetak"
    )
    numbers.add_argument(
        "--naskah", metavar="DERET=URUT,…|tetap", help="nomor urut tertinggi tahun ini dari setiap deret surat"
    )
    numbers.set_defaults(command=keeping.numbers)


def folders(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add a case's folder as one file, and the archivists' lists."""
    berkas = groups.add_parser("berkas", help="seluruh map satu perkara sebagai satu berkas: PDF, ZIP, atau bag BagIt")
    berkas.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    form = berkas.add_mutually_exclusive_group(required=True)
    for name, meaning in (
        ("pdf", "satu PDF menurut urutan SOP, dengan daftar isi dan penanda"),
        ("zip", "semua dokumen perkara"),
        ("bag", "map utuh dengan jurnalnya (BagIt)"),
    ):
        form.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=meaning)
    berkas.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS", help="berkas hasilnya")
    reader(berkas)
    berkas.set_defaults(command=records.berkas)
    covered = groups.add_parser("samarkan", help="salinan sebuah berkas untuk diserahkan, tanpa yang dirahasiakan")
    covered.add_argument("number", metavar="NOMOR", help=NUMBER_HELP)
    covered.add_argument("name", metavar="BERKAS", help="misalnya 01-surat.pdf; tanpa yang lain: tampilkan sarannya")
    covered.add_argument("--as", dest="role", type=role_key, metavar="PERAN", help="misalnya tim-yankomas")
    covered.add_argument("--pasti", dest="sure", action="store_true", help="tutup semua saran yang pasti")
    for flag, dest, meta, meaning in (
        ("--saran", "places", "TEMPAT", "tutup saran ini juga"),
        ("--kata", "words", "KATA", "tutup kata atau nama ini, di mana pun tertulis"),
        ("--daerah", "drawn", "'HAL: KIRI ATAS LEBAR TINGGI'", "tutup daerah ini; angka dalam persen halaman"),
    ):
        more = f"{meaning}; boleh diulang"
        covered.add_argument(flag, dest=dest, action="append", default=[], metavar=meta, help=more)
    printed = "tercetak di setiap halaman"
    covered.add_argument("--alasan", dest="reason", default="", metavar="ALASAN", help=printed)
    covered.add_argument("--kepada", dest="recipient", default="", metavar="PENERIMA", help=printed)
    covered.add_argument("-o", "--output", type=Path, metavar="BERKAS.pdf", help="tulis salinannya juga ke berkas ini")
    covered.set_defaults(command=_redaction.samarkan)
    daftar = groups.add_parser("daftar-arsip", help="daftar arsip aktif atau inaktif (XLSX), atau label berkas (PDF)")
    daftar.add_argument("--year", type=int, metavar="TAHUN", help="hanya tahun ini")
    form = daftar.add_mutually_exclusive_group(required=True)
    for name, meaning in (
        ("aktif", "perkara yang berjalan, per naskah (.xlsx)"),
        ("inaktif", "perkara yang selesai, per berkas (.xlsx)"),
        ("label", "label map, sepuluh selembar (.pdf)"),
    ):
        form.add_argument(f"--{name}", type=Path, metavar="BERKAS", help=meaning)
    daftar.set_defaults(command=records.daftar_arsip)


def setup(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add a new office, its examination, and a try."""
    doctor = groups.add_parser("doctor", help="periksa pemasangan: apa yang kurang dan apa obatnya")
    doctor.add_argument("--json", action="store_true", help="keluaran JSON")
    doctor.set_defaults(command=commands.doctor)
    init = groups.add_parser("init", help="siapkan folder kantor baru")
    init.add_argument("folder", type=Path, metavar="FOLDER")
    init.set_defaults(command=commands.init)
    install = groups.add_parser("pasang", help="pasang kantor ini sebagai layanan komputer ini (Debian, systemd)")
    what = install.add_mutually_exclusive_group()
    what.add_argument("--coba", dest="rehearse", action="store_true", help="tunjukkan saja apa yang akan ditulis")
    what.add_argument("--lepas", dest="remove", action="store_true", help="lepas layanannya; folder kantor tetap")
    install.set_defaults(command=_installing.pasang)
    demo = groups.add_parser("demo", help="coba dengan surat contoh di folder tersendiri")
    demo.add_argument("folder", type=Path, nargs="?", default=Path("demo-yankomas"), metavar="FOLDER")
    demo.set_defaults(command=commands.demo)


def learning(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add learning of what clerks confirmed."""
    belajar = groups.add_parser(
        "belajar", help="pelajari isian yang dikonfirmasi petugas, supaya surat berikutnya terbaca lebih tepat"
    )
    belajar.add_argument(
        "--lupakan", dest="forget", action="store_true", help="lupakan yang dipelajari; bobot bawaan dipakai lagi"
    )
    belajar.set_defaults(command=_learning.learn)


def people(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add accounts."""
    akun = groups.add_parser("akun", help="akun meja web: siapa boleh masuk, dengan peran apa")
    verbs = akun.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    listing = verbs.add_parser("daftar", help="semua akun")
    listing.add_argument("--json", action="store_true", help="keluaran JSON")
    listing.set_defaults(command=_people.listing)
    make = verbs.add_parser("buat", help="buat akun; pemegangnya membuat kata sandi dengan tautan sekali pakai")
    make.add_argument("login", metavar="NAMA_MASUK", help="misalnya siti.rekaan")
    make.add_argument("--nama", dest="name", required=True, metavar="NAMA", help="nama lengkap pemegang akun")
    make.add_argument("--nip", default="", metavar="NIP", help="jabatan dengan NIP ini di office.toml ikut sendiri")
    make.add_argument("--peran", dest="roles", action="append", default=[], metavar="PERAN", help="boleh diulang")
    make.set_defaults(command=_people.make)
    name = verbs.add_parser("nama", help="betulkan nama pemegang akun; admin dan pejabat diberi tahu")
    name.add_argument("login", metavar="NAMA_MASUK")
    name.add_argument("name", metavar="NAMA", help="nama lengkap dengan gelar, di antara tanda petik")
    name.set_defaults(command=_people.name)
    nip = verbs.add_parser("nip", help="ubah NIP akun; jabatan dengan NIP itu di office.toml ikut sendiri")
    nip.add_argument("login", metavar="NAMA_MASUK")
    nip.add_argument("nip", nargs="?", default="", metavar="NIP", help="tanpa NIP: dikosongkan")
    nip.set_defaults(command=_people.nip)
    address = verbs.add_parser("surel", help="ubah alamat surel akun; alamat lama diberi tahu")
    address.add_argument("login", metavar="NAMA_MASUK")
    address.add_argument("address", nargs="?", default="", metavar="ALAMAT", help="tanpa alamat: dikosongkan")
    address.set_defaults(command=_people.address)
    for verb, meaning, command in (
        ("tautan", "tautan sekali pakai untuk membuat kata sandi baru", _people.link),
        ("kunci", "kunci akun; sesinya berakhir saat itu juga", _people.lock),
        ("buka-kunci", "buka akun yang dikunci", _people.unlock),
    ):
        one = verbs.add_parser(verb, help=meaning)
        one.add_argument("login", metavar="NAMA_MASUK")
        one.set_defaults(command=command)


def hand_over(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add posts that are handed over to a deputy."""
    alih = groups.add_parser(
        "alih", help="alih tugas: siapa bertindak bagi pejabat yang berhalangan (Plh., Plt., a.n.)"
    )
    verbs = alih.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    listing = verbs.add_parser("daftar", help="semua pengalihan tugas, juga yang lalu")
    listing.add_argument("--json", action="store_true", help="keluaran JSON")
    listing.set_defaults(command=_hand_over.listing)
    make = verbs.add_parser("buat", help="alihkan tugas sebuah jabatan kepada pemegang akun, untuk beberapa hari")
    make.add_argument("role", type=role_key, metavar="PERAN", help="misalnya kakanwil")
    make.add_argument("--kepada", dest="deputy", required=True, metavar="NAMA_MASUK", help="akun yang bertindak")
    make.add_argument("--sebagai", dest="acting", required=True, metavar="CARA", help="Plh., Plt., atau a.n.")
    make.add_argument("--mulai", dest="since", default="", metavar="TANGGAL", help="hari pertama (bawaan: hari ini)")
    make.add_argument("--sampai", dest="until", required=True, metavar="TANGGAL", help="hari terakhir")
    make.add_argument(
        "--jabatan-sendiri",
        dest="own_title",
        default="",
        metavar="JABATAN",
        help="hanya untuk a.n.: jabatannya sendiri",
    )
    make.add_argument("--dari", dest="giver", default="", metavar="NAMA_MASUK", help="akun yang digantikan, bila ada")
    make.add_argument("--dasar", dest="reason", default="", metavar="TEKS", help="misalnya nomor surat perintah")
    make.set_defaults(command=_hand_over.make)
    back = verbs.add_parser("tarik", help="akhiri pengalihan tugas sekarang juga")
    back.add_argument("handover", type=int, metavar="NOMOR", help="nomornya menurut `yankomas alih daftar`")
    back.set_defaults(command=_hand_over.take_back)


def templates(groups: argparse._SubParsersAction[Parser]) -> None:
    """Add what is done with the office's Word templates."""
    group = groups.add_parser("templat", help="templat Word kantor: daftar, isian, pratinjau, periksa, pakai")
    acts = group.add_subparsers(title="tindakan", metavar="TINDAKAN", required=True, parser_class=Parser)
    listing = acts.add_parser(
        "daftar", help="semua templat: naskah, langkah SOP, sejak kapan dipakai, layak atau tidak"
    )
    listing.add_argument("--json", action="store_true", help="keluaran JSON")
    listing.set_defaults(command=_templates.listing)
    fields = acts.add_parser("isian", help="isian yang boleh dipakai sebuah templat: arti dan contohnya")
    fields.add_argument("template", metavar="NAMA", help=_TEMPLATE)
    fields.add_argument("--json", action="store_true", help="keluaran JSON")
    fields.set_defaults(command=_templates.fields)
    check = acts.add_parser("periksa", help="cari yang salah pada satu templat, atau semuanya")
    check.add_argument("template", nargs="?", metavar="NAMA", help=_TEMPLATE)
    check.add_argument("--json", action="store_true", help="keluaran JSON")
    check.set_defaults(command=_templates.check)
    preview = acts.add_parser("pratinjau", help="PDF templat dengan contoh, atau dengan perkara; bukan naskah")
    preview.add_argument("template", metavar="NAMA", help=_TEMPLATE)
    which = preview.add_mutually_exclusive_group()
    which.add_argument("--perkara", dest="number", metavar="NOMOR", help=NUMBER_HELP)
    which.add_argument("--contoh", dest="specimen", default="lazim", help="kosong, lazim (bawaan) atau panjang")
    preview.add_argument("--as", dest="role", type=role_key, default="", metavar="PERAN", help="peran yang membacanya")
    preview.add_argument(
        "--keluar", dest="output", type=Path, required=True, metavar="BERKAS.pdf", help="berkas hasilnya"
    )
    preview.set_defaults(command=_templates.preview)
    take = acts.add_parser("pakai", help="pakai templat baru bagi perkara yang terdaftar mulai suatu hari")
    take.add_argument("template", metavar="NAMA", help=_TEMPLATE)
    take.add_argument("file", type=Path, metavar="BERKAS.docx", help="templat yang baru")
    take.add_argument("--mulai", dest="since", metavar="TANGGAL", help="hari pertama (bawaan: hari ini)")
    take.set_defaults(command=_templates.take)
