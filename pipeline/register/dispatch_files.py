"""The dispatch book (*buku ekspedisi*) as files: what was sent when to whom, how, by whom, and who received it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pipeline.register.ports import CellValue, Workbook, WorkbookSheet

_HEADS = (
    "No.",
    "Tanggal kirim",
    "Nomor surat",
    "Tanggal surat",
    "Kepada",
    "Hal",
    "Sifat",
    "Lampiran",
    "Cara kirim",
    "Dikirim oleh",
    "Tanggal diterima",
    "Penerima",
    "Tanda terima",
)


@dataclass(frozen=True, slots=True)
class DispatchRow:
    """A letter that was sent.

    ``recipient`` is the agency or post on the letter, or :func:`.to_complainant` (letter_rows): the book
    lies open on a desk. ``subject`` is its line *Hal*, which names nobody (:mod:`pipeline.cases.letter_subjects`).
    ``secrecy`` is how secret its case is, ``enclosed`` what went with it, as the sender wrote.
    ``received_on`` and ``received_by`` are empty until somebody has recorded the receipt.
    """

    sent_on: date
    number: str
    dated: date | None
    recipient: str
    means: str
    sent_by: str
    received_on: date | None = None
    received_by: str = ""
    subject: str = ""
    secrecy: str = ""
    enclosed: str = ""


class PrintedDispatches(Protocol):
    """Makes the printed book."""

    def __call__(self, rows: Sequence[DispatchRow], period: str) -> bytes:
        """Return the book of a period (in words) as PDF, made from the office's own template.

        Raises:
            TemplateFault: the template cannot be used.
            EngineFault: LibreOffice is missing or failed.
        """


@dataclass(frozen=True, slots=True)
class DispatchFiles:
    """Makes the files of a period's rows, which stand in the order they are given in; ``period`` is in words."""

    workbook: Workbook
    print_book: PrintedDispatches

    def xlsx(self, rows: Sequence[DispatchRow], period: str) -> bytes:
        """Return the book as a spreadsheet: dates are dates, everything else is text, nothing is a formula."""
        title = f"Buku ekspedisi {period}".strip()
        cells = [_cells(serial, row) for serial, row in enumerate(rows, 1)]
        return self.workbook(title, [WorkbookSheet("Ekspedisi", title, _HEADS, cells)])

    def pdf(self, rows: Sequence[DispatchRow], period: str) -> bytes:
        """Return the printed book; raises as :class:`PrintedDispatches` does."""
        return self.print_book(rows, period)


def _cells(serial: int, row: DispatchRow) -> Sequence[CellValue]:
    sent = (row.sent_on, row.number, row.dated, row.recipient, row.subject, row.secrecy.capitalize())
    went = (row.enclosed, row.means, row.sent_by)
    return (serial, *sent, *went, row.received_on, row.received_by, "")
