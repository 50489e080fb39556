"""What the papers of records in custody say: loan form with its out-indicator, transfer, hand-over, checklist.

They travel and hang on shelves: of a case they tell number, subject and against whom it is, never who complained; of a
secret one the number alone. What is signed by hand is drafted without number and date as long as nobody gave them: the
line is then left free to be written on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.letters.sheets import hands
from pipeline.letters.sheets.phrasing import capital
from pipeline.letters.sheets.texts import of_office, signer
from pipeline.office import wording
from pipeline.office.office import Office

#: The role of the archivist, and as what they sign where the office names nobody.
_ARCHIVIST, _AS = "arsiparis", "Arsiparis"


@dataclass(frozen=True, slots=True)
class FolderTold:
    """A folder as these papers tell it, in words; ``lacking`` is what is missing in it."""

    register_number: str
    classification: str
    subject: str
    span: str
    sheets: str
    box: str
    place: str
    secrecy: str
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class LoanTold:
    """A loan in words, as its form tells it."""

    borrower: str
    unit: str
    purpose: str
    out_at: datetime
    due: date
    out_as: str
    back_at: datetime | None = None
    back_as: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Handing:
    """What goes from hand to hand, by which list: folders, who gives and who takes them (name, post, NIP), and where.

    ``number`` and ``day`` are those of the minutes (or the receipt); empty, and None, until they are known.
    """

    list_id: str
    folders: Sequence[FolderTold]
    number: str = ""
    day: date | None = None
    venue: str = ""
    place: str = ""
    giver: str = ""
    taker: str = ""
    destination: str = ""
    checked_by: tuple[str, str] = ("", "")


def loan_form(folder: FolderTold, loan: LoanTold, office: Office) -> dict[str, Any]:
    """Return what the loan form says, with the sheet that stands on the shelf meanwhile."""
    day = loan.out_at.date()
    return {
        **of_office(day, office),
        **_folder(folder),
        "peminjam": loan.borrower,
        "unit_peminjam": loan.unit,
        "keperluan": loan.purpose,
        "tanggal_pinjam": wording.weekday_date(day),
        "tanggal_kembali": wording.weekday_date(loan.due),
        "kondisi_keluar": capital(loan.out_as),
        "kembali_pada": wording.weekday_date(loan.back_at.date()) if loan.back_at else "",
        "kondisi_kembali": capital(loan.back_as),
        "catatan_kembali": loan.note,
        **_archivist(day, office),
    }


def checklist_sheet(
    folder: FolderTold,
    items: Sequence[tuple[str, str, str]],
    reason: str,
    *,
    closed: bool,
    at: datetime,
    office: Office,
) -> dict[str, Any]:
    """Return what the checklist of a folder says; ``items`` are title, step and lack, ``reason`` why it is closed.

    ``at`` is when it was ``closed``, or now.
    """
    day = at.date()
    return {
        **of_office(day, office),
        **_folder(folder),
        "tanda_konsep": "",
        "baris": [
            {"urut": str(n), "uraian": title, "langkah": step, "ada": "" if lack else "ya", "kurang": capital(lack)}
            for n, (title, step, lack) in enumerate(items, 1)
        ],
        "jumlah_kurang": wording.counted(missing, "hal") if (missing := sum(1 for item in items if item[2])) else "",
        "alasan": reason.strip().removesuffix("."),
        "tanggal_tutup": wording.weekday_date(day) if closed else "",
        **_archivist(day, office),
    }


def transfer_list(handing: Handing, on: date, office: Office) -> dict[str, Any]:
    """Return what the list of inactive records to be transferred says, with room for both to tick each."""
    return {
        **of_office(on, office),
        **_listed(handing),
        "unit_pengolah": office.service,
        "diperiksa_penyerah": handing.checked_by[0],
        "diperiksa_penerima": handing.checked_by[1],
        **_archivist(on, office),
        **signer(hands.in_charge(office), on, office, "pengolah"),
    }


def transfer_minutes(handing: Handing, on: date, office: Office) -> dict[str, Any]:
    """Return what the minutes of a transfer say."""
    return {**of_office(on, office), **_listed(handing), **_minutes(handing), "lokasi": handing.place}


def hand_over_minutes(handing: Handing, on: date, office: Office) -> dict[str, Any]:
    """Return what the minutes of a hand-over to another archive say; the folders are listed in them."""
    return {**of_office(on, office), **_listed(handing), **_minutes(handing), "tujuan": handing.destination}


def _folder(folder: FolderTold) -> dict[str, Any]:
    place = ", ".join(filter(None, (folder.box, folder.place)))
    return {
        "nomor_register": folder.register_number,
        "klasifikasi": folder.classification,
        "hal": folder.subject,
        "kurun_waktu": folder.span,
        "jumlah_lembar": folder.sheets,
        "letak": place,
        "sifat": capital(folder.secrecy),
    }


def _listed(handing: Handing) -> dict[str, Any]:
    return {
        "nomor_daftar": handing.list_id,
        "banyak": wording.counted(len(handing.folders), "berkas"),
        "baris": [{"urut": str(n), **_row(folder)} for n, folder in enumerate(handing.folders, 1)],
    }


def _row(folder: FolderTold) -> dict[str, str]:
    note = "; ".join(filter(None, (capital(folder.secrecy), f"kurang: {folder.lacking}" if folder.lacking else "")))
    return {
        "nomor": folder.register_number,
        "klasifikasi": folder.classification,
        "uraian": folder.subject,
        "kurun_waktu": folder.span,
        "jumlah": folder.sheets or wording.counted(1, "berkas"),
        "letak": ", ".join(filter(None, (folder.box, folder.place))),
        "keterangan": note,
    }


def _minutes(handing: Handing) -> dict[str, Any]:
    giver, taker = _person(handing.giver), _person(handing.taker)
    return {
        "tanda_konsep": "",
        "nomor_berita_acara": handing.number,
        "hari_terbilang": wording.date_in_words(handing.day) if handing.day else "",
        "tempat_serah": handing.venue,
        **{f"penyerah_{name}": text for name, text in giver.items()},
        **{f"penerima_{name}": text for name, text in taker.items()},
    }


def _person(typed: str) -> Mapping[str, str]:
    """Return name, post and NIP of ``nama | jabatan | NIP``; what was not typed is left free."""
    cells = [cell.strip() for cell in typed.split("|")][:3]
    return dict(zip(("nama", "jabatan", "nip"), [*cells, *[""] * (3 - len(cells))], strict=True))


def _archivist(day: date, office: Office) -> dict[str, str]:
    held = office.holder(_ARCHIVIST, day)
    return {
        "arsiparis_jabatan": held.signing_title if held else _AS,
        "arsiparis_nama": held.name if held else "",
        "arsiparis_nip": held.nip if held else "",
    }
