"""The office's own retention schedule: a new version from a day on, checked against the records that are kept by it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pipeline.cases.actor import Actor, holder
from pipeline.cases.answers import answers
from pipeline.cases.sop_rows import FormField
from pipeline.errors import Incomplete, NotAllowed
from pipeline.records.acting import check_role
from pipeline.records.due import used_codes
from pipeline.records.ports import RecordParts
from pipeline.records.retention import (
    ANY,
    FATES,
    TRIGGERS,
    RetentionRow,
    Schedule,
    in_force,
    read_row,
    schedules,
    version_line,
)
from pipeline.register.row import Row

ROLES = ("arsiparis",)
SINCE, ROWS = "berlaku", "baris"
FORM = (
    FormField(SINCE, "Berlaku sejak", "tanggal", required=True),
    FormField(ROWS, "Baris (kode | uraian | pemicu | aktif | inaktif | nasib | dasar)", "daftar", required=True),
)
#: What the columns of a row say that are not free, by their places.
OFFERED: Mapping[str, tuple[str, ...]] = {"2": TRIGGERS, "5": FATES}


def schedule_on(day: date, parts: RecordParts) -> Schedule:
    """Return the schedule that holds on a day."""
    return in_force(schedules(parts.book.lines()), day)


def set_schedule(typed: Mapping[str, Any], *, by: Actor, rows: Iterable[Row], parts: RecordParts) -> Schedule:
    """Keep a new version of the schedule; return it. ``rows`` are the register's.

    Raises:
        Incomplete: an answer is missing, or a row of it is none.
        NotAllowed: not for this role; or a row is gone by which records are kept.
    """
    at = parts.clock.now()
    check_role(ROLES, "Ubah jadwal retensi", by)
    values = answers(FORM, typed, "Jadwal retensi", at)
    since, made = date.fromisoformat(values[SINCE]), _read(values[ROWS])
    if since < at.date():
        raise _wrong(SINCE, "Berlaku sejak", f"{since:%d-%m-%Y} sudah lewat; yang sudah berlaku tidak berubah")
    holder(by, at, parts.office)
    kept = list(rows)
    with parts.book.held():
        before = in_force(schedules(parts.book.lines()), since)
        _require_used(before, made, kept)
        parts.book.note(version_line(made, since, by.login, at))
    return Schedule(made, since, by.login)


def _read(lines: Iterable[str]) -> tuple[RetentionRow, ...]:
    rows: list[RetentionRow] = []
    for line in lines:
        try:
            rows.append(read_row(line))
        except ValueError as fault:
            raise _wrong(ROWS, "Baris", str(fault)) from fault
    codes = [row.code for row in rows]
    if twice := next((code for code in codes if codes.count(code) > 1), ""):
        raise _wrong(ROWS, "Baris", f"kode {twice} ditulis dua kali")
    if ANY not in codes:
        raise _wrong(ROWS, "Baris", f"baris {ANY} (bagi semua yang lain) harus ada")
    return tuple(rows)


def _wrong(name: str, label: str, why: str) -> Incomplete:
    return Incomplete(f"Jadwal retensi: {why}.", "Betulkan isian itu, lalu ulangi.", {name: (label, why)})


def _require_used(before: Schedule, made: tuple[RetentionRow, ...], rows: Iterable[Row]) -> None:
    """Make sure that no row is gone by which records are kept: nobody would know what becomes of them."""
    gone = {row.code for row in before.rows} - {row.code for row in made}
    if not gone:
        return
    used = {code: kept for code, kept in used_codes(rows, before).items() if code in gone}
    if used:
        told = "; ".join(f"{code} ({len(kept)} map, misalnya {kept[0].number})" for code, kept in sorted(used.items()))
        raise NotAllowed(
            f"Baris jadwal yang masih dipakai tidak dapat dihapus: {told}.",
            "Biarkan baris itu, atau beri map-map itu kode lain dahulu (berkaskan).",
        )
