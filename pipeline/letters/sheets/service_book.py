"""The printed register of another service: what its own SOP asks, and the way of each case; bound as Yankomas's is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.cases.public_service import PublicService
from pipeline.cases.secrecy_level import SECRECY
from pipeline.cases.sop import Sop
from pipeline.letters.ports import Press, Typist
from pipeline.letters.sheets import texts
from pipeline.letters.sheets.register_book import Imprint, bound, page_initials
from pipeline.letters.sheets.register_course import in_figures
from pipeline.letters.sheets.register_leaves import Columns, book
from pipeline.letters.sheets.room import Column
from pipeline.letters.sheets.sheet_facts import SheetFacts
from pipeline.letters.sheets.texts import SERVICE_BOOK
from pipeline.letters.sheets.whose_book import WhoseBook, whose_book
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.register.service_book import answers_in, questions_of

#: The columns of a page, as those of :data:`pipeline.letters.sheets.register_leaves.COLUMNS`.
COLUMNS: Columns = (
    (9.0, ("urut",)),
    (33.0, ("nomor_register", "diterima")),
    (62.0, ("isian_awal",)),
    (62.0, ("isian_akhir",)),
    (61.0, ("jalan",)),
    (38.0, (SECRECY, "status", "tanggal_selesai")),
)
#: How large an entry is set: with six columns there is room for more than the nine of Yankomas have.
POINTS = 9.0
#: The book's title at the head of a page: bold capitals, a tenth wider than they are told here.
_TITLE = Column(95, 13)
#: What an entry says of the way of its case, beside what every book and what its register says.
COURSE = "jalan"
_TITLES = {SECRECY: "Sifat: ", "status": "Status: ", "tanggal_selesai": "Tanggal selesai: "}


def course(facts: SheetFacts, sop: Sop) -> dict[str, str]:
    """Return what the entry of a service's case says of its way: each move with its day and what its form was told."""
    labels = {move.key: move.label for move in sop.moves}
    told = []
    for made in facts.moves:
        head = f"{labels.get(made.key, made.key)} {wording.date_in_figures(made.at)}"
        said = [in_figures(text) for name in made.values if (text := "; ".join(_values(made.values[name])))]
        told.append(f"{head}: {', '.join(said)}" if said else head)
    return {COURSE: "\n".join(told)}


def _values(value: Any) -> list[str]:
    return [wording.one_line(one) for one in (value if isinstance(value, list | tuple) else [value]) if one]


def row(entry: Mapping[str, str], service: PublicService) -> dict[str, str]:
    """Return what the columns of the printed register say of an entry: each answer behind its question's label."""
    answers = answers_in(entry)
    asked = [one for one in questions_of(service) if one.name != SECRECY]
    lines = [f"{one.label}: {in_figures(text)}" if (text := answers.get(one.name)) else "" for one in asked]
    half = (len(lines) + 1) // 2
    told = {name: entry.get(name, "") for _, names in COLUMNS for name in names}
    told |= {"isian_awal": _joined(lines[:half]), "isian_akhir": _joined(lines[half:])}
    return told | {name: f"{title}{told[name]}" for name, title in _TITLES.items() if told[name]}


def _joined(lines: Sequence[str]) -> str:
    return "\n".join(filter(None, lines))


def printed_service_book(
    entries: Sequence[Mapping[str, str]],
    service: PublicService,
    year: int,
    imprint: Imprint,
    *,
    typist: Typist,
    press: Press,
) -> Iterator[bytes]:
    """Return the book of a year of a service, as :func:`pipeline.letters.sheets.register_book.printed_book`."""
    rows = [row(entry, service) for entry in entries]
    values = _values_of(rows, year, imprint, whose_book(service, imprint.day))
    return bound(SERVICE_BOOK, values, typist=typist, press=press)


def _values_of(rows: Sequence[Mapping[str, str]], year: int, imprint: Imprint, whose: WhoseBook) -> dict[str, Any]:
    day, office = imprint.day, imprint.office
    named = {"layanan": whose.service, "judul_buku": whose.whole_name.upper()}
    higher = (_TITLE.lines(named["judul_buku"]) - 1) * _TITLE.line
    pages = book(rows, year, office, imprint.seal, foot=higher, columns=COLUMNS, points=POINTS)
    del pages["kutipan"]
    return {**texts.of_office(day, office), **pages, **named, **page_initials(day, office, whose.keeper, whose.checker)}


def specimen_values(office: Office) -> dict[str, dict[str, Any]]:
    """Return the template's values for an empty book, a usual one and one of long entries. All is invented."""
    usual = {
        "urut": "1",
        "nomor_register": "R-0001/2026",
        "diterima": "26/11/2026 08.15",
        "isian_awal": "Pengirim: Dinas Rekaan\nHal: Undangan rapat",
        "isian_akhir": "Jenis: undangan\nKode klasifikasi: UM.01",
        "jalan": "Catat 26/11/2026\nDisposisi 26/11/2026: Subbagian Rekaan, Hadiri",
        SECRECY: "Sifat: Biasa",
        "status": "Status: Dalam proses, menunggu tindak lanjut; ada pada Unit pengolah",
        "tanggal_selesai": "",
    }
    long = {
        name: f"{text} {'dan seterusnya ' * 60}" if name in ("isian_awal", "jalan") else text
        for name, text in usual.items()
    }
    imprint = Imprint(date(2026, 12, 29), office, "no. 312 (25/11/2026): 3F9A-22C1-9B7E-4D10")
    whose = WhoseBook("Buku Register", "Pelayanan Permintaan Rekaan", "kasubbid", "kabid")
    books: dict[str, list[dict[str, str]]] = {"kosong": [], "lazim": [usual], "panjang": [long] * 9}
    return {name: _values_of(rows, 2026, imprint, whose) for name, rows in books.items()}
