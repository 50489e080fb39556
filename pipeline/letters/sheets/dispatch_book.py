"""The printed dispatch book (*buku ekspedisi*): a table over as many pages as it takes, nothing in it is cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from pipeline.letters.ports import Press, Typist
from pipeline.letters.sheets.texts import DISPATCHES, of_office
from pipeline.office import wording
from pipeline.office.office import Office
from pipeline.register.dispatch_files import DispatchRow, to_complainant


def values(rows: Sequence[DispatchRow], period: str, *, day: date, office: Office, seal: str = "") -> dict[str, Any]:
    """Return what the book's template may use: the rows in their order, numbered, of a period told in words.

    ``day`` is when it is printed, ``seal`` the archive's newest seal before it, in words.
    """
    return {
        **of_office(day, office),
        "periode": period,
        "baris": [{"urut": str(serial), **_words(row)} for serial, row in enumerate(rows, 1)],
        "jumlah": wording.counted(len(rows), "surat"),
        "segel": f" · segel arsip {seal}" if seal else "",
    }


def _words(row: DispatchRow) -> Mapping[str, str]:
    return {
        "tanggal_kirim": _short(row.sent_on),
        "nomor_surat": wording.one_line(row.number),
        "tanggal_surat": _short(row.dated),
        "kepada": wording.one_line(row.recipient),
        "cara_kirim": wording.one_line(row.means),
        "dikirim_oleh": wording.one_line(row.sent_by),
        "tanggal_diterima": _short(row.received_on),
        "penerima": wording.one_line(row.received_by),
    }


def _short(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def printed(
    rows: Sequence[DispatchRow], period: str, *, day: date, office: Office, seal: str, typist: Typist, press: Press
) -> bytes:
    """Return the book as PDF, printed on ``day``.

    Raises:
        TemplateFault: the template cannot be used.
        EngineFault: LibreOffice is missing or failed.
    """
    book = values(rows, period, day=day, office=office, seal=seal)
    return press.print(typist.draft(DISPATCHES, book).docx, None)


_SENT = DispatchRow(
    date(2026, 12, 7),
    "W.8-HA.01.07-0014",
    date(2026, 12, 4),
    "Bupati Contoh",
    "kurir",
    "Rina Contoh, S.H.",
    date(2026, 12, 7),
    "Petugas Tata Usaha",
)
_ON_ITS_WAY = DispatchRow(
    date(2026, 12, 8),
    "W.8-HA.01.07-0015",
    date(2026, 12, 4),
    to_complainant("2026/0007"),
    "pos",
    "Rina Contoh, S.H.",
)
_WIDE = DispatchRow(
    date(2026, 12, 9),
    "W.8-HA.01.07-1234567/KANWIL-BENGKULU/YANKOMAS/2026",
    date(2026, 12, 8),
    "Kepala Dinas Lingkungan Hidup, Kehutanan, dan Pertanahan Kabupaten Contoh Utara selaku Ketua Tim Koordinasi",
    "SRIKANDI",
    "Prof. Dr. Ir. Contoh Panjang Namanya, S.H., M.H.",
    date(2026, 12, 10),
    "Petugas Penerima Surat pada Bagian Umum dan Protokol Sekretariat Daerah Kabupaten Contoh Utara",
)
_SEAL = "no. 312 (25/11/2026): 3F9A-22C1-9B7E-4D10"


def specimen_values(office: Office) -> dict[str, dict[str, Any]]:
    """Return the template's values for an empty, a typical and a long period. All of it is invented."""
    day = date(2026, 12, 31)
    return {
        "kosong": values([], "November 2026", day=day, office=office),
        "lazim": values([_SENT, _ON_ITS_WAY], "Desember 2026", day=day, office=office, seal=_SEAL),
        "panjang": values([_SENT, _ON_ITS_WAY, _WIDE] * 20, "Tahun 2026", day=day, office=office, seal=_SEAL),
    }
