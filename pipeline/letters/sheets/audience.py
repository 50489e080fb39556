"""The papers of SOP step 5: the proposal of an audience, its invitation, attendance list and minutes.

The invitation and the attendance list are read by the respondent's agency: they say *pelapor*, never who it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.letters.sheets import form_texts
from pipeline.letters.sheets.official_letter import HIDDEN, held_on, internal, issued, masked, names_complainant, post
from pipeline.letters.sheets.sheet_facts import Maker, MoveMade, SheetFacts
from pipeline.letters.sheets.texts import capital
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.office.wording import said

PROPOSAL = "05-usulan-audiensi"
INVITATION = "05-undangan-audiensi"
ATTENDANCE = "05-daftar-hadir"
MINUTES = "05-berita-acara"

#: More guests than these are listed on a page of their own.
GUESTS_ON_THE_LETTER = 3
#: Rows of the attendance list: at least so many, and so many more than guests.
LEAST_ROWS, SPARE_ROWS = 15, 5
#: The widest the subject of the complaint may be in the invitation, in average letters.
SUBJECT = 280


def _when_and_where(move: MoveMade | None) -> dict[str, Any]:
    day = form_texts.day(move, "tanggal_audiensi")
    return {
        "hari_tanggal": wording.weekday_date(day) if day else "",
        "waktu": form_texts.line(move, "waktu_audiensi"),
        "tempat_audiensi": form_texts.line(move, "tempat_audiensi"),
    }


def _proposal(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, day = facts.last("usulkan-audiensi"), facts.letter_date
    return {
        **internal(facts, office, "kabid"),
        "tujuan_jabatan": held_on("kakanwil", day, office),
        "melalui": [held_on("kadiv", day, office)],
        **_when_and_where(move),
        "acara": form_texts.line(move, "acara"),
        "alasan": form_texts.paragraphs(move, "alasan"),
        "pihak": form_texts.items(move, "pihak"),
    }


def _invitation(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("undang")
    guests = _guests(facts, move)
    many = len(guests) > GUESTS_ON_THE_LETTER
    several = len(guests) > 1 and not many
    return {
        **issued(facts, office, "kakanwil"),
        "lampiran_naskah": wording.counted(1, "berkas") if many else "-",
        "yth": ["(daftar undangan terlampir)"] if many else [] if several else guests,
        "undangan_di_surat": guests if several else [],
        "di": "Tempat",
        **_when_and_where(move),
        "acara": masked(form_texts.line(move, "acara"), facts.fields),
        "pokok_pengaduan": wording.shortened(masked(said(facts.fields.get("perihal")), facts.fields), SUBJECT),
        "undangan": guests,
        "daftar_undangan": guests if many else [],
        "pihak": form_texts.items(move, "pihak"),
        "tembusan": [post("kadiv", facts.letter_date, office)],
    }


def _guests(facts: SheetFacts, move: MoveMade | None) -> list[str]:
    """Return who is invited, the complainant without a name."""
    guests = form_texts.items(move, "pihak")
    return [capital(HIDDEN) if names_complainant(guest, facts.fields) else guest for guest in guests]


def _attendance(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move = facts.last("undang")
    guests = _guests(facts, move)
    rows = max(LEAST_ROWS, len(guests) + SPARE_ROWS)
    return {
        **internal(facts, office, "kabid"),
        **_when_and_where(move),
        "acara": masked(form_texts.line(move, "acara"), facts.fields),
        "daftar": [_row(n, guests[n - 1] if n <= len(guests) else "") for n in range(1, rows + 1)],
    }


def _row(number: int, guest: str) -> dict[str, Any]:
    """Return a row of the list; signatures zigzag, so that each has the height of two rows."""
    mark = f"{number}."
    left = number % 2 == 1
    hidden = guest == capital(HIDDEN)
    return {
        "nomor": number,
        "unsur": "Pelapor" if hidden else guest,
        "kiri": mark if left else "",
        "kanan": "" if left else mark,
    }


def _minutes(facts: SheetFacts, office: Office) -> dict[str, Any]:
    move, invited = facts.last("laksanakan"), facts.last("undang")
    day = form_texts.day(move, "tanggal_pelaksanaan")
    came = form_texts.rows(move, "hadir", ("nama", "jabatan"))
    common = internal(facts, office, "kabid")
    return {
        **common,
        "hari_terbilang": wording.date_in_words(day) if day else "",
        "tanggal_angka": f"{day:%d-%m-%Y}" if day else "",
        "tempat_pelaksanaan": form_texts.line(move, "tempat_pelaksanaan"),
        "acara": masked(form_texts.line(invited, "acara"), facts.fields),
        "hadir": came,
        "para_pihak": [row for row in came if row["nama"] != common["penandatangan_nama"]],
        "hasil": form_texts.items(move, "hasil"),
        "saksi": form_texts.rows(move, "saksi", ("nama", "jabatan")),
    }


SHEETS: Mapping[str, Maker] = {
    PROPOSAL: _proposal,
    INVITATION: _invitation,
    ATTENDANCE: _attendance,
    MINUTES: _minutes,
}
