"""What may be typed about persons: the survey, requests about personal data, breaches, terms of keeping."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from pipeline.cli.parser import Later, Parser, role_key, whole

_persons, _terms = map(Later, ("persons", "terms"))
_number = whole(1, 999_999_999, "nomor")
_Verbs: TypeAlias = "argparse._SubParsersAction[Parser]"


def survey(groups: _Verbs) -> None:
    """Add the survey of satisfaction."""
    ikm = groups.add_parser("ikm", help="indeks kepuasan masyarakat satu semester, dan survei kertas")
    ikm.add_argument("--tahun", dest="year", type=whole(2000, 2999, "tahun"), metavar="T", help="bawaan: tahun ini")
    ikm.add_argument("--semester", dest="half", type=whole(1, 2, "semester (1 atau 2)"), metavar="1|2")
    form = ikm.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="keluaran JSON")
    form.add_argument("--xlsx", type=Path, metavar="BERKAS.xlsx", help="laporan sebagai lembar kerja")
    form.add_argument("--csv", type=Path, metavar="BERKAS.csv", help="laporan sebagai CSV")
    ikm.set_defaults(command=_persons.ikm)
    acts = ikm.add_subparsers(title="yang dapat dilakukan", metavar="TINDAKAN", parser_class=Parser)
    paper = acts.add_parser("formulir", help="formulir survei untuk diisi di atas kertas")
    paper.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.pdf|.docx")
    paper.set_defaults(command=_persons.survey_form)
    typed = acts.add_parser("kertas", help="salin satu lembar survei kertas")
    typed.add_argument(
        "--set", action="append", default=[], metavar="UNSUR=1-4", help="misalnya waktu=3; boleh diulang"
    )
    typed.add_argument("--form", type=Path, metavar="BERKAS.toml", help="jawaban dari berkas")
    typed.set_defaults(command=_persons.survey_paper)


def personal_data(groups: _Verbs) -> None:
    """Add the requests of people about the data about them."""
    data = groups.add_parser("data-pribadi", help="permintaan orang atas data tentang dirinya (UU 27/2022)")
    verbs = data.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    listed = verbs.add_parser("daftar", help="semua permintaan dengan sisa waktunya")
    listed.add_argument("--json", action="store_true", help="keluaran JSON")
    listed.set_defaults(command=_persons.requests_)
    received = _acting(verbs, "terima", "catat permintaan yang diterima", _persons.receive_, numbered=False)
    _answers(received)
    known = _acting(verbs, "identitas", "catat cara memastikan siapa yang meminta", _persons.identify_)
    known.add_argument("--cara", dest="how", required=True, metavar="CARA", help="misalnya 'KTP di loket'")
    cases = _acting(verbs, "perkara", "perkara yang mungkin miliknya; tentukan yang memang miliknya", _persons.cases_)
    cases.add_argument("--milik", dest="own", nargs="*", metavar="NOMOR", help="perkara yang memang miliknya")
    made = _acting(verbs, "berkas", "semua data tentang pemohon sebagai satu berkas", _persons.person_file_)
    made.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.xlsx")
    _answers(_acting(verbs, "jawab", "catat jawabannya: dipenuhi, sebagian, atau ditolak", _persons.answer_))
    letter = _acting(verbs, "surat", "surat jawaban, dari templatnya", _persons.answer_letter)
    letter.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.docx|.pdf")


def breaches(groups: _Verbs) -> None:
    """Add the failures to protect personal data."""
    found = groups.add_parser("kebocoran", help="kegagalan pelindungan data pribadi: langkah, pemberitahuan, surat")
    verbs = found.add_subparsers(title="perintah", metavar="PERINTAH", required=True, parser_class=Parser)
    listed = verbs.add_parser("daftar", help="semua kebocoran dengan sisa waktu pemberitahuannya")
    listed.add_argument("--json", action="store_true", help="keluaran JSON")
    listed.set_defaults(command=_persons.breaches_)
    _answers(_acting(verbs, "catat", "catat kebocoran yang diketahui", _persons.report_, numbered=False))
    _answers(_acting(verbs, "diketahui", "lengkapi yang diketahui", _persons.learn_))
    _answers(_acting(verbs, "langkah", "catat langkah yang dikerjakan", _persons.step_))
    _answers(_acting(verbs, "beritahu", "catat pemberitahuan tertulis yang dikirim", _persons.notify_))
    letter = _acting(verbs, "surat", "surat pemberitahuan, dari templatnya", _persons.notice_letter)
    letter.add_argument(
        "--kepada", dest="notified", required=True, choices=("subjek", "lembaga"), help="orangnya, atau lembaga"
    )
    letter.add_argument("-o", "--output", type=Path, required=True, metavar="BERKAS.docx|.pdf")
    closed = _acting(verbs, "tutup", "tutup kebocoran", _persons.close_)
    closed.add_argument("--kata", dest="ending", required=True, metavar="KATA", help="bagaimana berakhir")


def _acting(
    verbs: _Verbs, name: str, meaning: str, command: Callable[[argparse.Namespace], int], *, numbered: bool = True
) -> Parser:
    parser = verbs.add_parser(name, help=meaning)
    if numbered:
        parser.add_argument("matter", type=_number, metavar="NO", help="nomor dalam daftarnya")
    parser.add_argument(
        "--as", dest="role", type=role_key, required=True, metavar="PERAN", help="misalnya tim-yankomas"
    )
    parser.set_defaults(command=command)
    return parser


def _answers(parser: Parser) -> None:
    parser.add_argument("--set", action="append", default=[], metavar="ISIAN=NILAI", help="jawaban; boleh diulang")
    parser.add_argument("--form", type=Path, metavar="BERKAS.toml", help="jawaban dari berkas")


def terms(groups: _Verbs) -> None:
    """Add the terms after which what was kept may go."""
    term = groups.add_parser("masa-simpan", help="catatan akses dan akun lama yang lewat masa simpannya")
    act = term.add_mutually_exclusive_group()
    act.add_argument("--json", action="store_true", help="keluaran JSON")
    act.add_argument(
        "--tutup-akses",
        dest="year",
        type=whole(2000, 2999, "tahun"),
        metavar="TAHUN",
        help="tutup catatan akses setahun",
    )
    act.add_argument(
        "--hapus-akun", dest="login", metavar="NAMA_MASUK", help="hapus data orang dari akun yang terkunci"
    )
    term.add_argument("--alasan", dest="reason", default="", metavar="ALASAN", help="dasar penghapusannya")
    term.set_defaults(command=_terms.terms)
