"""All that is kept of a person as one file: a spreadsheet, which people and programs read (article 13 paragraph 1)."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from pipeline.cases.key_labels import role_name
from pipeline.privacy.held_data import HeldCase
from pipeline.privacy.law import privacy_law
from pipeline.privacy.requests import PersonRequest
from pipeline.register.ports import Workbook, WorkbookSheet


def file_name(request: PersonRequest) -> str:
    """Return what the file is called: no name of anybody."""
    return f"data-pribadi-{request.number}.xlsx"


def person_file(
    request: PersonRequest, held: Sequence[HeldCase], roles: Collection[str], now: datetime, workbook: Workbook
) -> tuple[bytes, str]:
    """Return the file and its SHA-256 (hex)."""
    made = workbook(f"Data pribadi, permintaan {request.number}", tuple(_sheets(request, held, roles, now)))
    return made, hashlib.sha256(made).hexdigest()


def _sheets(
    request: PersonRequest, held: Sequence[HeldCase], roles: Collection[str], now: datetime
) -> Iterator[WorkbookSheet]:
    title = f"Data pribadi {request.name}, per {now:%d-%m-%Y %H.%M}"
    openable = ", ".join(sorted(role_name(role) for role in roles))
    about = (
        ("Permintaan", str(request.number)),
        ("Diterima", f"{request.received_at:%d-%m-%Y %H.%M}"),
        ("Dasar hukum", f"{privacy_law().source}, {privacy_law().right(request.right).articles}"),
        ("Perkara", str(len(held))),
        ("Memuat", f"perkara yang dapat dibuka {openable}, dan yang dipastikan milik pemohon"),
        ("Tidak dimuat", "data orang lain (Pasal 33 huruf b); di dalam teks diganti sebutannya"),
        ("Disimpan untuk", "penanganan pengaduan dan pengelolaan arsipnya; Permenkumham 23/2022"),
    )
    yield WorkbookSheet("Tentang", title, ("Hal", "Isi"), about)
    yield WorkbookSheet(
        "Data diri",
        title,
        ("Perkara", "Data", "Isi"),
        tuple((one.register_number, label, text) for one in held for label, text in one.particulars),
    )
    yield WorkbookSheet(
        "Keterangan",
        title,
        ("Perkara", "Bagian", "Isi"),
        tuple((one.register_number, label, text) for one in held for label, text in one.words),
    )
    yield WorkbookSheet(
        "Dokumen",
        title,
        ("Perkara", "Dokumen", "Tanggal"),
        tuple((one.register_number, name, day) for one in held for name, day in one.papers),
    )
    yield WorkbookSheet(
        "Rekam jejak",
        title,
        ("Perkara", "Tanggal", "Oleh", "Yang dilakukan"),
        tuple((one.register_number, day, role, what) for one in held for day, role, what in one.trail),
    )
