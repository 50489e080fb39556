"""The printed register (SOP step 2): what it says of a case, and the book of a year.

What became of a case is told by :mod:`pipeline.letters.sheets.register_course`, how rows become pages by
:mod:`pipeline.letters.sheets.register_leaves`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from pipeline.access.children import without_children
from pipeline.cases.case_kind import AGENCY
from pipeline.cases.case_number import read_number
from pipeline.cases.events import MERGED_INTO
from pipeline.cases.register_words import register_words, rights
from pipeline.letters.ports import Press, Typist
from pipeline.letters.sheets import hands, oral_complaint, phrasing, register_course, texts
from pipeline.letters.sheets.closing_letter import CLOSING
from pipeline.letters.sheets.complaint_words import kind_of, listed
from pipeline.letters.sheets.disposition_rows import in_one_row
from pipeline.letters.sheets.parties import proxy_in_words, victims
from pipeline.letters.sheets.register_course import in_figures, numbered
from pipeline.letters.sheets.register_leaves import ATTESTED, COLUMNS, book, fits
from pipeline.letters.sheets.respondents import respondents
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.specimens import WIB, Cases
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

BOOK = "02-buku-register"

#: Pages that LibreOffice makes at once.
_LEAVES_AT_ONCE = 20
#: What stands before a text of a row, so that it says what it is.
_TITLES = {
    "nomor_agenda": "Agenda:",
    "kapasitas": "Kapasitas:",
    "korban": "Korban:",
    "kerentanan": "Kerentanan:",
    "tempat_kejadian": "Tempat kejadian:",
    "telaahan": "Telaahan:",
    "pemantauan": "Pemantauan:",
    "sifat": "Sifat:",
    "status": "Status:",
    "tanggal_selesai": "Tanggal selesai:",
    "klasifikasi": "Klasifikasi:",
    "berkas": "Berkas:",
}
#: What stands where there is nothing yet.
_UNKNOWN = {
    "nomor_agenda": "belum dicatat",
    "cara": "Belum dicatat",
    "pelapor": "Belum dicatat",
    "terlapor": "Belum diketahui",
    "perihal": "Belum dicatat",
}
#: What the register's own short words mean.
_IN_FULL = {"WBP": "warga binaan atau tahanan"}
#: A hyphen in the number of a letter, after which a line would be broken.
_IN_NUMBER = re.compile(r"(?<=[A-Z0-9])-(?=[A-Z0-9])")
#: A count with its words.
_TOGETHER = re.compile(r"\b\d+ \([a-z]+\)")
#: What a victim is called who is told without a name: within a line it begins small.
_NAMELESS = ("Anak ", "Warga ", "Para ", "Seorang ", "Sejumlah ", "Masyarakat ", "Keluarga ")
#: What stands in a column of which nothing is told: of a case in work, and of one that came to its end.
_NOT_YET, _NEVER = "Belum ada", "Tidak ada"
_NO_COMPLAINANT = "Tidak ada; pemberitaan media"
#: Where the folder stands: what it is called, and the words before the rest.
_SHELF = (("berkas", ""), ("boks", "boks "), ("rak", "rak "))
_VOIDED, _REOPENED = "batal", "buka-kembali"


def row(facts: SheetFacts, office: Office, serial: int | str = "") -> dict[str, str]:
    """Return a case as a row of the printed register: plain texts, empty where nothing is known yet."""
    return printed(entry(facts, office, serial))


def printed(entry: Mapping[str, str]) -> dict[str, str]:
    """Return what the columns of the printed register say of an entry."""
    told = {name: entry.get(name) or _UNKNOWN.get(name, "") for _, names in COLUMNS for name in names}
    for _, names in COLUMNS:
        if not any(told[name] for name in names):
            told[names[0]] = _NEVER if entry.get("tanggal_selesai") else _NOT_YET
    return {name: _whole(f"{_TITLES.get(name, '')} {text}", name) if text else "" for name, text in told.items()}


def _whole(text: str, name: str) -> str:
    """Return a text begun with a capital if it has no title; numbers of letters stand on one line if they fit it.

    A longer one goes on behind its hyphens: without them it would be torn apart within a word.
    """

    def kept(found: re.Match[str]) -> str:
        return found[0].replace(" ", "\N{NO-BREAK SPACE}") if fits(found[0], name) else found[0]

    words = _TOGETHER.sub(kept, phrasing.capital(text.strip())).split(" ")
    return " ".join(_IN_NUMBER.sub("\N{NON-BREAKING HYPHEN}", word) if fits(word, name) else word for word in words)


def entry(facts: SheetFacts, office: Office, serial: int | str = "") -> dict[str, str]:
    """Return all that the register says of a case; where it lies in the archive also in words of its own."""
    fields = facts.fields
    return {
        "urut": str(serial or facts.number.rpartition("/")[2].lstrip("0")),
        "nomor_register": facts.register_number,
        "diterima": f"{wording.date_in_figures(facts.received_at)} {wording.hour(facts.received_at)}",
        "nomor_agenda": said(fields.get("nomor_agenda")),
        "cara": phrasing.capital(facts.channel or said(fields.get("cara_penyampaian"))),
        "surat": ", ".join(filter(None, _source(fields))),
        "pelapor": _complainant(facts),
        "kapasitas": _capacity(facts),
        "korban": "; ".join(map(_victim, victims(fields))),
        "kerentanan": "; ".join(_IN_FULL.get(word, word) for word in listed(fields.get("kerentanan"))),
        "terlapor": "; ".join(respondents(fields)),
        "tempat_kejadian": without_children(said(fields.get("tempat_kejadian")), fields),
        "perihal": without_children(said(fields.get("perihal")), fields),
        "hak": "; ".join(_right(word) for word in rights(fields)),
        "sifat": phrasing.capital(facts.classification),
        "berkas": ", ".join(f"{called}{text}" for name, called in _SHELF if (text := said(fields.get(name)))),
        **{name: said(fields.get(name)) for name in ("klasifikasi", "boks", "rak", "lokasi", "indeks")},
        **_course(facts, office),
        "status": _status(facts),
        "tanggal_selesai": wording.date_in_figures(facts.ended_at) if facts.ended_at else "",
    }


def _source(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield number and date of the letter, and of the news which medium published it when."""
    for name, day in (("nomor_surat", "tanggal_surat"), ("media", "tanggal_terbit")):
        called, on = said(fields.get(name)), in_figures(said(fields.get(day)))
        yield from (called, on if called or not on or name == "media" else f"surat tanggal {on}")


def _complainant(facts: SheetFacts) -> str:
    """Return everybody who complains by name; of what an agency passed on, that agency as such."""
    if texts.from_news(facts):
        return _NO_COMPLAINANT
    fields = facts.fields
    people = "; ".join(texts.people(fields))
    proxy, body = proxy_in_words(fields), said(fields.get("lembaga_pelapor"))
    if proxy:
        return f"{people}, melalui kuasanya, {proxy}" if people else f"{proxy} (kuasa)"
    if body and kind_of(facts).origin == AGENCY:
        return f"{body} (instansi yang melimpahkan)" + (f"; pelapor asal: {people}" if people else "")
    return f"{body}, diwakili {people}" if body and people else body or people


def _victim(told: str) -> str:
    return phrasing.begun_small(told) if told.startswith(_NAMELESS) else told


def _right(word: str) -> str:
    """Return a right in full, as the law calls it: ``hak untuk hidup``."""
    name = next(right.name for right in register_words().rights if right.word == word)
    return f"{name[:1].lower()}{name[1:]}"


def _capacity(facts: SheetFacts) -> str:
    """Return as what they complain, and how many they are; of a proxy's, the capacity of the one they act for."""
    fields, kind = facts.fields, kind_of(facts)
    capacity, people = said(fields.get("kapasitas")), said(fields.get("jumlah_kelompok"))
    if kind.origin == AGENCY:
        return ""
    if people.isdecimal():
        return ", ".join(filter(None, (capacity, wording.counted(int(people), "orang"))))
    if not (capacity.startswith("kuasa") and proxy_in_words(fields)):
        return capacity
    return f"diwakili {capacity}" if victims(fields) else f"korban, diwakili {capacity}"


def _course(facts: SheetFacts, office: Office) -> dict[str, str]:
    """Return what became of the case, from the moves made."""
    return {
        "disposisi": "; ".join(
            f"{texts.by_lanes(first.role, first.at.date(), facts, office)} {wording.date_in_figures(first.at)}"
            for first, *_ in in_one_row(facts.made("disposisi"), office)
        ),
        "telaahan": register_course.found(facts),
        "audiensi": register_course.met(facts),
        "rekomendasi": register_course.recommended(facts),
        "pemantauan": register_course.followed(facts),
    }


def _status(facts: SheetFacts) -> str:
    """Return where the case stands, and of one whose letter was parted from another's, from which or into which."""
    into = (f"sebagian dipisahkan menjadi register nomor {number}" for number in facts.split_into)
    parted_from = (f"dipisahkan dari register nomor {number}" for number in filter(None, (facts.split_from,)))
    return "; ".join((_standing(facts), *parted_from, *into))


def _standing(facts: SheetFacts) -> str:
    """Return where the case stands and who has it; of one that came to its end, which end, and why or where to."""
    if facts.ended_at:
        merged, voided = facts.merging, facts.last(_VOIDED)
        if merged and facts.moves[-1] == merged:
            return f"Digabung dengan {_leading(merged, facts)}"
        reason = texts.line(voided, "alasan") if voided and facts.moves[-1] == voided else ""
        standing = phrasing.capital(facts.standing).replace(": ", ", ") + register_course.withdrawn(facts)
        ended = f"{standing} ({reason})" if reason else standing
        return f"{ended}{_told_complainant(facts)}"
    again = facts.last(_REOPENED)
    begun = f"Dibuka kembali {wording.date_in_figures(again.at)}" if again else "Dalam proses"
    holders = " dan ".join(facts.lanes.get(role, role) for role in facts.awaited)
    return f"{begun}, {facts.standing}{_told_complainant(facts)}" + (f"; ada pada {holders}" if holders else "")


def _told_complainant(facts: SheetFacts) -> str:
    """Return by which letter the complainant was told of the end; empty before there is one."""
    closing = facts.letters_of(CLOSING)[-1:]
    return "".join(f"; surat penutupan {numbered(letter)}" for letter in closing)


def _leading(merged: MoveMade, facts: SheetFacts) -> str:
    """Return the case with which one was merged as the book numbers it: by its register number, else by its row."""
    if facts.merged_into:
        return f"register nomor {facts.merged_into}"
    number = read_number(texts.line(merged, MERGED_INTO))
    return f"perkara nomor urut {number.serial} tahun {number.year}"


@dataclass(frozen=True, slots=True)
class Imprint:
    """On which day a book is printed, of which office, and the archive's newest seal then, in words."""

    day: date
    office: Office
    seal: str = ""


def printed_book(
    entries: Sequence[Mapping[str, str]], year: int, imprint: Imprint, *, typist: Typist, press: Press
) -> Iterator[bytes]:
    """Return the book of a year in parts that follow one another.

    LibreOffice takes long over a book of a thousand cases, so it makes some leaves at a time.

    Raises:
        TemplateFault: the template cannot be used.
        EngineFault: LibreOffice is missing or failed.
    """
    values = book([printed(entry) for entry in entries], year, imprint.office, imprint.seal)
    day, office = imprint.day, imprint.office
    head = {**texts.of_office(day, office), **_keepers(day, office), "nomor_urut": ""}
    return bound(BOOK, {**head, **values}, typist=typist, press=press)


def bound(template: str, values: Mapping[str, Any], *, typist: Typist, press: Press) -> Iterator[bytes]:
    """Yield a book whose pages are ``halaman`` in parts that follow one another; raises as :func:`printed_book`."""
    leaves = iter(values["halaman"])
    while some := list(islice(leaves, _LEAVES_AT_ONCE)):
        docx = typist.draft(template, {**values, "halaman": some}).docx
        yield press.print(docx, None)


def _book(facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return one case's entry: an extract, which cannot know how many cases stand before it in the book."""
    day = facts.drafted_on
    pages = book([row(facts, office)], facts.received_at.year, office, facts.seal, foot=ATTESTED)
    told = {"kutipan": "ya", "nomor_urut": pages["halaman"][0]["baris"][0]["urut"]}
    if not facts.seal:  # an extract is vouched for by who certifies it; that there is no seal yet says nothing of it
        told["segel"] = ""
    return {**pages, **told, **_keepers(day, office)}


def _keepers(day: date, office: Office) -> dict[str, str]:
    """Return who keeps Yankomas's book and who looks after that: they certify an extract of it, too."""
    titles = page_initials(day, office, hands.clerk(office), hands.in_charge(office))
    return {**titles, **texts.officer(day, office), **texts.checker(day, office)}


def page_initials(day: date, office: Office, keeper: str, checker: str) -> dict[str, str]:
    """Return the titles of who keeps a book and who looks after that, by their roles: they initial its pages."""
    held = {"pencatat": keeper, "pemeriksa": checker}
    return {name: texts.held_on(role, day, office) for name, role in held.items()}


SHEETS: Mapping[str, Maker] = {BOOK: _book}


def _story(text: str) -> tuple[MoveMade, ...]:
    begun = datetime(2026, 11, 25, 9, 0, tzinfo=WIB)
    made: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
        ("disposisi", "kakanwil", {"isi_disposisi": text}),
        ("disposisi", "kadiv", {"isi_disposisi": text}),
        ("disposisi", "kabid", {"isi_disposisi": text}),
        ("telaah", "kasubbid", {"indikasi": "ya", "berwenang": "ya", "saran": "audiensi"}),
        ("laksanakan", "kabid", {"tanggal_pelaksanaan": "2026-12-02", "hadir": ["Sari Melati | pelapor", text]}),
        ("susun-rekomendasi", "kasubbid", {"tujuan_surat": f"Bupati Contoh {text}"}),
        ("nomori", "tim-yankomas", {"nomor_naskah": "W.8-HA.01.07-74"}),
        ("kirim", "tim-yankomas", {"tanggal_kirim": "2026-12-07"}),
        ("terima", "tim-yankomas", {"tanggal_terima": "2026-12-08"}),
        ("jawaban-instansi", "tim-yankomas", {"tanggal_jawaban": "2026-12-22", "nomor_jawaban": "660/12/2026"}),
        ("selesai", "tim-yankomas", {}),
    )
    return tuple(
        MoveMade(key, begun + timedelta(days=number), role, values) for number, (key, role, values) in enumerate(made)
    )


_CLOSED: Mapping[str, Any] = {
    "standing": "selesai",
    "awaited": (),
    "ended_at": datetime(2026, 12, 28, 9, 0, tzinfo=WIB),
    "drafted_on": date(2026, 12, 29),
}
_SEAL = "no. 312 (25/11/2026): 3F9A-22C1-9B7E-4D10"

CASES: Cases = {
    BOOK: {
        "lazim": {"fields": oral_complaint.TOLD, "moves": _story(""), "seal": _SEAL, **_CLOSED},
        "panjang": {"fields": oral_complaint.WORDY, "moves": _story("Pimpinan Daerah " * 20), "seal": _SEAL, **_CLOSED},
    },
}
