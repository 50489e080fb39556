"""What archivists keep of folders: the lists of active and inactive records, and labels for the shelf.

The columns are those of public specimens of *daftar arsip aktif* and *daftar arsip inaktif*. A folder is active until
its case has ended. The description names no complainant: lists hang on walls and travel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.archive.contents import Paper
from pipeline.office.wording import counted

ACTIVE_HEAD = (
    "Nomor berkas",
    "Kode klasifikasi",
    "Uraian informasi berkas",
    "Kurun waktu",
    "Jumlah",
    "Nomor item",
    "Uraian informasi arsip",
    "Tanggal",
    "Tingkat perkembangan",
    "Keterangan",
)
INACTIVE_HEAD = (
    "Pencipta arsip",
    "Unit pengolah",
    "Nomor arsip",
    "Kode klasifikasi",
    "Uraian informasi arsip",
    "Kurun waktu",
    "Jumlah",
    "Tingkat perkembangan",
    "Keterangan",
    "Nomor folder dan boks",
    "Lokasi simpan",
)
_HIDDEN = "(rahasia)"
Line = tuple[str | date, ...]


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder as lists have it: its row of the register, what the printed book says, its papers.

    ``closed``: it is *rahasia*, and whoever gets the list may not read it.
    """

    row: Mapping[str, Any]
    entry: Mapping[str, str]
    papers: Sequence[Paper] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label for the back of a folder: code of classification, then index, then its number."""

    classification: str
    index: str
    number: str
    place: str


def active(folder: Folder) -> Iterator[Line]:
    """Yield a folder's lines of the list of active records: one for each paper, the folder named on the first."""
    head = (
        folder.row["register_number"],
        _said(folder, "klasifikasi"),
        _described(folder),
        _span(folder),
        counted(len(folder.papers), "naskah"),
    )
    for n, paper in enumerate(folder.papers, start=1):
        title = _HIDDEN if folder.closed else paper.title
        grown = "Konsep" if "belum" in paper.title else "Asli"
        first, note = (head, _kind(folder)) if n == 1 else (("",) * len(head), "")
        yield (*first, str(n), title, paper.day, grown, note)


def inactive(folder: Folder, office: str, unit: str) -> Line:
    """Return a folder's line of the list of inactive records."""
    return (
        office,
        unit,
        folder.row["register_number"],
        _said(folder, "klasifikasi"),
        _described(folder),
        _span(folder),
        counted(1, "berkas"),
        "Asli",
        _kind(folder),
        _labelled(folder, "boks"),
        _labelled(folder, "rak"),
    )


def label(folder: Folder) -> Label:
    """Return the folder's label."""
    place = ", ".join(text for name in ("boks", "rak") if (text := _labelled(folder, name)))
    return Label(_said(folder, "klasifikasi"), _said(folder, "indeks"), str(folder.row["register_number"]), place)


def _described(folder: Folder) -> str:
    if folder.closed:
        return _HIDDEN
    against = _said(folder, "terlapor")
    return ", ".join(text for text in (_said(folder, "perihal"), f"terlapor {against}" if against else "") if text)


def _span(folder: Folder) -> str:
    """Return from which day to which the folder grew."""
    began = date.fromisoformat(str(folder.row["received_at"])[:10])
    return f"{began:%d/%m/%Y} – {_said(folder, 'tanggal_selesai')}".rstrip()


def _kind(folder: Folder) -> str:
    return _said(folder, "sifat").capitalize()


def _labelled(folder: Folder, name: str) -> str:
    return f"{name} {text}" if (text := _said(folder, name)) else ""


def _said(folder: Folder, name: str) -> str:
    return "" if folder.closed and name == "indeks" else folder.entry.get(name, "")
