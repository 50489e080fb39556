"""One row of an old register as a case of before: its number, days, state and fields, and what is doubted in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.person_formats import tidy
from pipeline.cases.secrecy_level import RAHASIA, SECRECY, is_secret
from pipeline.moving_in.choices import ENDED, RUNNING, Choices, Doubt
from pipeline.moving_in.columns import NUMBER, Headings, vocabulary
from pipeline.moving_in.old_book import BookRow, Cell, Kind, Place
from pipeline.moving_in.old_days import OldDay, old_day
from pipeline.moving_in.old_numbers import Unreadable, is_bare, old_number

#: Fields that are a text of the register as it stands.
_TEXTS = (
    *("perihal", "ringkasan", "tempat_kejadian", "kabupaten", "nomor_surat", "nomor_agenda", "lembaga_pelapor"),
    *("klasifikasi", "boks", "rak"),
)
#: Fields that are several names.
_NAMES = ("korban", "terlapor")
_CHOSEN = (SECRECY, "cara_penyampaian")
#: Columns that ask whether a case is secret, or its complainant known to nobody: whatever is not plainly *no* is yes.
_ASKED = ("rahasia", "anonim")
#: Fields for which a cell that should say something is never taken for an empty one: a secret case would be open.
_NOT_EMPTY = (NUMBER, SECRECY, *_ASKED)
_TITLE = "Baris buku register lama"
_LONGEST_NUMBER = 60  # letters of a number as the book writes it
_OPEN_AND_SAVE = "Buka di Excel, simpan ulang, lalu ulangi."
_FIX_CELL = "Betulkan selnya, atau lewati baris ini."


@dataclass(frozen=True, slots=True)
class OldRow:
    """A row that can become a case.

    ``written`` is the number as the book writes it (empty: a serial alone), ``day`` that of receipt (None: not told),
    ``ended`` whether it had ended (None: not told), ``ended_on`` when; ``register`` its fields, ``text`` every column,
    ``files`` its scans as the book names them, ``doubts`` what is to be remembered with the case.
    """

    place: Place
    number: CaseNumber
    written: str
    day: date | None
    ended: bool | None
    ended_on: date | None
    register: Mapping[str, Any]
    text: bytes
    files: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    days: tuple[tuple[Place, OldDay], ...] = field(default=(), repr=False)


@dataclass(slots=True)
class RowReader:
    """Reads the rows of a sheet. ``year`` is that of rows that tell none; ``allowed`` what a chosen field may say."""

    sheet: str
    headings: Headings
    choices: Choices
    today: date
    allowed: Mapping[str, tuple[str, ...]]
    year: int

    def read(self, row: BookRow) -> tuple[OldRow | None, list[Doubt]]:
        """Return the row as a case, or None with why it cannot be one."""
        place = Place(self.sheet, row.number)
        days = {name: self.day(row, name) for name in ("tanggal", "tanggal_surat", "selesai")}
        doubts = [*self.holes(row), *self.day_doubts(days, row)]
        try:
            number, written = self._number(row, days["tanggal"])
        except Unreadable as fault:
            if not any(doubt.refuses for doubt in doubts):  # else it is said already why there is none
                fact = f"nomor {self.text(row, NUMBER)[:40]!r}: {fault.fact}"
                doubts.append(Doubt(self.at(row, NUMBER), fact, fault.remedy, refuses=True))
            return None, doubts
        received = days["tanggal"].day if days["tanggal"] else None
        doubts += self._year_doubts(place, number, received)
        ended, told = self.state(row, days["selesai"])
        doubts += told
        if any(doubt.refuses for doubt in doubts):
            return None, doubts
        register, odd = self.register(row, days["tanggal_surat"])
        register = {"diterima_pada": f"{(received or date(number.year, 1, 1)).isoformat()}T00:00:00"} | register
        doubts += odd
        if received is None:
            fact = f"tanggal terima tidak ada; dicatat 1 Januari {number.year}"
            doubts.append(Doubt(self.at(row, "tanggal"), fact, "Isi tanggalnya bila diketahui."))
        ended_on = days["selesai"].day if ended and days["selesai"] else None
        if ended_on and received and ended_on < received:
            doubts.append(Doubt(self.at(row, "selesai"), "selesai sebelum diterima; tanggal selesai tidak dipakai"))
            ended_on = None
        seen = tuple((self.at(row, name), day) for name, day in days.items() if day)
        files = tuple(filter(None, (part.strip() for part in re.split(r"[;\n]", self.text(row, "berkas")))))
        text = self.written(row)
        found = OldRow(place, number, written, received, ended, ended_on, register, text, files, tuple(doubts), seen)
        return found, doubts

    def _cell(self, row: BookRow, name: str) -> Cell:
        column = self.headings.of(name)
        return Cell("") if column is None else row.cell(column)

    def text(self, row: BookRow, name: str) -> str:
        """Return what the cell of a field says, on one line."""
        cell = self._cell(row, name)
        return clean(cell.text) if cell.holds and cell.kind not in (Kind.UNCOUNTED, Kind.ERROR) else ""

    def at(self, row: BookRow, name: str) -> Place:
        """Return where the cell of a field is."""
        column = self.headings.of(name)
        return Place(self.sheet, row.number, -1 if column is None else column)

    def holes(self, row: BookRow) -> Iterator[Doubt]:
        """Yield which cells of fields say nothing of their own."""
        for column in self.headings.columns:
            if not column.field:
                continue
            cell, at = row.cell(column.index), Place(self.sheet, row.number, column.index)
            own = column.field in _NOT_EMPTY
            if cell.kind is Kind.COVERED:
                fact = f"bagian dari sel gabungan {cell.text}, jadi kosong"
                yield Doubt(at, fact, "Pisahkan sel gabungannya dan isi setiap baris.", refuses=own)
            elif cell.kind is Kind.UNCOUNTED:
                yield Doubt(at, "rumus yang hasilnya tidak tersimpan", _OPEN_AND_SAVE, refuses=own)
            elif cell.kind is Kind.ERROR:
                yield Doubt(at, f"rumus yang gagal ({cell.text[:20]})", _FIX_CELL, refuses=own)
            elif column.field == NUMBER and cell.kind is Kind.DAY:
                yield Doubt(at, "nomor yang berubah menjadi tanggal di Excel", _FIX_CELL, refuses=True)

    def _number(self, row: BookRow, received: OldDay | None) -> tuple[CaseNumber, str]:
        text = self.text(row, NUMBER)
        if not text:
            raise Unreadable("tidak ada, padahal barisnya berisi", "Isi nomornya, atau lewati baris ini.")
        year = self._year_of(row) or self.year or (received.day.year if received and received.day else 0)
        return old_number(text, year, self.choices.pattern), "" if is_bare(text) else text[:_LONGEST_NUMBER]

    def _year_of(self, row: BookRow) -> int:
        found = re.fullmatch(r"((?:19|20|21)\d\d)(?:\.0)?", self.text(row, "tahun"))
        return int(found[1]) if found else 0

    def day(self, row: BookRow, name: str) -> OldDay | None:
        """Return the day that the cell of a field tells."""
        cell = self._cell(row, name)
        return old_day(cell) if cell.holds and cell.text.strip(" -–") else None

    def day_doubts(self, days: Mapping[str, OldDay | None], row: BookRow) -> Iterator[Doubt]:
        """Yield what is doubted of days, by their fields."""
        for name, found in days.items():
            if found is None:
                continue
            at, shown = self.at(row, name), clean(self._cell(row, name).text)[:40]
            if found.doubt:
                yield Doubt(at, f"{shown!r} {found.doubt}", "" if found.day else "Betulkan tanggalnya.")
            if found.day and found.day > self.today:
                yield Doubt(at, f"{shown!r} belum tiba", _FIX_CELL, refuses=True)

    def _year_doubts(self, place: Place, number: CaseNumber, received: date | None) -> Iterator[Doubt]:
        if number.year > self.today.year:
            yield Doubt(place, f"tahun {number.year} belum mulai", "Betulkan nomornya.", refuses=True)
        elif received and received.year != number.year:
            yield Doubt(place, f"nomor tahun {number.year}, diterima {received:%d-%m-%Y}", "Nomornya yang dipakai.")

    def state(self, row: BookRow, ended_on: OldDay | None) -> tuple[bool | None, list[Doubt]]:
        """Return whether the row's case had ended (None: not told), and what is doubted of that."""
        text = self.text(row, "keadaan")
        told = state_of(text)
        if told is None and ended_on and ended_on.day:
            return True, []
        if told is RUNNING and ended_on and ended_on.day:
            fact = f"keadaan {text[:40]!r}, padahal ada tanggal selesai; dianggap berjalan"
            return False, [Doubt(self.at(row, "keadaan"), fact)]
        return (None if told is None else told is ENDED), []

    def register(self, row: BookRow, letter: OldDay | None) -> tuple[dict[str, Any], list[Doubt]]:
        """Return the register's fields as people's answers are kept; ``letter`` is the day of its letter."""
        register: dict[str, Any] = {}
        doubts = []
        register |= {name: text for name in _TEXTS if (text := self.text(row, name))}
        register |= {name: found for name in _NAMES if (found := names(self._cell(row, name)))}
        if letter and letter.day:
            register["tanggal_surat"] = letter.day.isoformat()
        for name in _CHOSEN:
            if not (text := self.text(row, name)):
                continue
            same = [choice for choice in self.allowed.get(name, ()) if choice.casefold() == text.casefold()]
            if not same and name == SECRECY:
                same = [RAHASIA] if _calls_secret(text) else []
                fact = f"sifat {text[:40]!r} tidak dikenal{'; dicatat rahasia' if same else ''}"
                doubts.append(
                    Doubt(self.at(row, name), fact, f"Yang dikenal: {', '.join(self.allowed.get(name, ()))}.")
                )
            register |= {name: same[0]} if same else {}
        for name in _ASKED:
            if self.headings.of(name) is None or _is_no(text := self.text(row, name)):
                continue
            if not is_secret(register.get(SECRECY)):
                register[SECRECY] = RAHASIA
            if text.casefold() not in ("ya", name):
                said = f"{text[:40]!r} bukan tidak" if text else "kosong, jadi bukan tidak"
                doubts.append(Doubt(self.at(row, name), f"{name} {said}; dicatat rahasia"))
        if people := [{"nama": name} for name in names(self._cell(row, "pelapor"))]:
            register["pelapor"] = [{**people[0], **self._reached(row)}, *people[1:]] if len(people) == 1 else people
        return register, doubts

    def _reached(self, row: BookRow) -> dict[str, str]:
        """Return where the one complainant lives, and is called."""
        found = {"alamat": self.text(row, "alamat")} if self.text(row, "alamat") else {}
        try:
            return found | ({"telepon": tidy("telepon", phone)} if (phone := self.text(row, "telepon")) else {})
        except ValueError:
            return found

    def written(self, row: BookRow, title: str = _TITLE) -> bytes:
        """Return every column of the row as a text, under a title: it is kept whole, also what is no field."""
        lines = []
        for column in self.headings.columns:
            cell = row.cell(column.index)
            if cell.holds:
                first, *more = _shown(cell).split("\n")
                lines += [f"{column.heading}: {first}", *(f"  {line}" for line in more)]
        known = {column.index for column in self.headings.columns}
        lines += [_shown(cell) for n, cell in enumerate(row.cells) if n not in known and cell.holds]
        return "\n".join([title, "", *lines, ""]).encode()


def _shown(cell: Cell) -> str:
    if cell.kind is Kind.DAY:  # of any year: somebody's birthday too
        with suppress(ValueError):
            return f"{date.fromisoformat(cell.text.strip()):%d-%m-%Y}"
    return "\n".join(filter(None, (clean(line) for line in cell.text.splitlines())))


def clean(text: str) -> str:
    """Return a text on one line, without what cannot be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def names(cell: Cell) -> list[str]:
    """Return the names in a cell: one a line, or with semicolons between them."""
    if not cell.holds or cell.kind in (Kind.UNCOUNTED, Kind.ERROR):
        return []
    parts = (clean(re.sub(r"^\s*\d{1,2}[.)]\s+", "", part)) for part in re.split(r"[;\n\r]", cell.text))
    return [part for part in parts if part.strip("-– ")]


def _is_no(text: str) -> bool:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold())) in vocabulary()["secrecy"]["open"]


def _calls_secret(text: str) -> bool:
    """Say whether a book calls a case secret: *sangat rahasia*, *rahasia (anak)*, or as offices shorten it, *SR*."""
    words = re.findall(r"[a-z]+", text.casefold())
    return RAHASIA in text.casefold() or not set(words).isdisjoint(vocabulary()["secrecy"]["secret"])


def state_of(text: str) -> str | None:
    """Return :data:`ENDED` or :data:`RUNNING` for what a book says of a case's state; None for what says neither."""
    words = " ".join(re.findall(r"[a-z]+", text.casefold()))
    known = vocabulary()["states"]
    told = [(phrase, RUNNING) for phrase in known["running"]] + [(phrase, ENDED) for phrase in known["ended"]]
    found = [(len(phrase), state) for phrase, state in told if f"{words} ".startswith(f"{phrase} ")]
    return max(found)[1] if found else None
