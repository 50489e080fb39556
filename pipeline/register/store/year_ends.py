"""The years whose register was closed, with the signed sheets: ``archive/.tutup-buku``.

Two chained lines for each: with what it was closed, and the scan of its signed sheet, which lies beside the list under
its SHA-256. Seals cover the list as they cover other books of lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from pipeline.archive.store.clock_faults import was_wrong
from pipeline.archive.store.layout import Layout
from pipeline.cases.case_number import SERIES, Volume, folder_of_volume, volume_of, year_of
from pipeline.cases.ports import Blob, content
from pipeline.errors import NotAllowed, NotFound
from pipeline.register.old_registers import read_run
from pipeline.register.year_end import Carried, YearEnd, YearFigures, register_of, year_named
from pipeline.storage import disk, locks
from pipeline.storage.blobs import TypedText
from pipeline.storage.version_list import VersionList, digest

_CLOSED, _SIGNED = "ditutup", "ditandatangani"
#: What the names of signed sheets end with.
SUFFIX = ".lembar"


#: Says of a moment whether a person has confirmed that the clock which gave it was wrong.
IsWrong = Callable[[datetime], bool]


class Versions(Protocol):
    """The chained lines of the record, and the signed sheets by their SHA-256 (:class:`VersionList`)."""

    def lines(self, made: Callable[[dict[str, Any]], dict[str, Any]]) -> Iterator[tuple[dict[str, Any] | None, str]]:
        """Yield what is made of each line, and why it cannot be believed."""

    def said(self, made: Callable[[dict[str, Any]], dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yield what is made of each line that can be read."""

    def broken(self, made: Callable[[dict[str, Any]], dict[str, Any]]) -> Iterator[tuple[str, str]]:
        """Yield the lines that cannot be believed, as (name, fact)."""

    def note(self, *told: Mapping[str, Any]) -> None:
        """Append lines; the record is held."""

    def keep(self, data: bytes) -> None:
        """Keep a sheet; the record is held."""

    def kept(self, name: str) -> bytes:
        """Return a sheet that was kept."""


class FolderVersions(VersionList):
    """They in an office's folder, which is made with the first line."""

    def note(self, *told: Mapping[str, Any]) -> None:
        """Append lines; the record is held."""
        disk.make_folder(self.folder)
        disk.sync_folder(self.folder.parent)
        super().note(*told)


class YearEndRecord:
    """The record of one office.

    ``held`` holds it, ``numbers_held`` the office's numbers: none is given while a year is being closed. ``is_wrong``
    says of which moments persons have confirmed that the clock was wrong.
    """

    def __init__(
        self,
        versions: Versions,
        held: Callable[[], AbstractContextManager[object]],
        numbers_held: Callable[[], AbstractContextManager[object]],
        is_wrong: IsWrong,
    ) -> None:
        self._versions, self._held, self._numbers_held, self._is_wrong = versions, held, numbers_held, is_wrong

    def every(self) -> list[YearEnd]:
        """Return the years that were closed, by year, of the first series before others."""
        found: dict[Volume, YearEnd] = {}
        for told, why in self._versions.lines(_told):
            if told is None or why:
                continue
            volume = _volume(told)
            if told["tahap"] == _CLOSED and _holds(told, self._is_wrong):
                found.setdefault(volume, _year_end(told))
            elif volume in found:
                at = datetime.fromisoformat(told["saat"])
                found[volume] = replace(found[volume], signed=told["sha256"], media=told["media"], signed_at=at)
        return [found[volume] for volume in sorted(found, key=lambda volume: (year_of(volume), volume))]

    def closed(self) -> frozenset[Volume]:
        """Return the years of every series that give no number any more."""
        return _closed(self._versions, self._is_wrong)

    def closed_ahead(self, now: datetime) -> list[datetime]:
        """Return when years were closed after the present, by a clock that nobody has said yet was wrong."""
        lines = self._versions.said(_told)
        moments = (datetime.fromisoformat(told["saat"]) for told in lines if told["tahap"] == _CLOSED)
        return [at for at in moments if at > now and not self._is_wrong(at)]

    def close(self, made: Callable[[], YearEnd]) -> YearEnd:
        """Close a year, while no number is given; ``made`` looks at the register and says with what.

        Raises:
            NotAllowed: it was closed meanwhile.
        """
        with self._held(), self._numbers_held():
            end = made()
            if end.figures.volume in self.closed():
                raise NotAllowed(f"{register_of(end.figures.volume)} baru saja ditutup.", "Muat ulang halaman ini.")
            self._versions.note({"tahap": _CLOSED, **_written(end)})
        return end

    def sign(self, volume: Volume, sheet: Blob, media: str, login: str, at: datetime) -> YearEnd:
        """Keep the scan of a closed year's signed sheet.

        Raises:
            NotFound: the year is not closed.
            NotAllowed: its signed sheet is there already.
        """
        with self._held():
            there = next((one for one in self.every() if one.figures.volume == volume), None)
            if there is None:
                raise NotFound(f"{register_of(volume)} belum ditutup.", "Tutup dahulu, cetak lembarnya, tandatangani.")
            if there.signed:
                fact = f"Lembar penutupan {year_named(volume)} yang bertanda tangan sudah disimpan"
                raise NotAllowed(f"{fact} pada {there.signed_at:%d-%m-%Y}.", "Yang sudah disimpan tidak diganti.")
            self._versions.keep(content(sheet))
            told = {"tahap": _SIGNED, **_written_volume(there.figures), "sha256": sheet.sha256, "media": media}
            self._versions.note({**told, "saat": at.isoformat(), "oleh": login})
        return replace(there, signed=sheet.sha256, media=media, signed_at=at)

    def sheet(self, end: YearEnd) -> Blob:
        """Return the scan of a closed year's signed sheet."""
        return TypedText(f"penutupan-register-{folder_of_volume(end.figures.volume)}", self._versions.kept(end.signed))


def folder_year_ends(
    layout: Layout, numbers_held: Callable[[], AbstractContextManager[object]], is_wrong: IsWrong
) -> YearEndRecord:
    """Return the record of an office whose cases lie in its folder."""
    held = partial(locks.held, layout.locks / "tutup-buku")
    return YearEndRecord(FolderVersions(layout.year_ends, SUFFIX), held, numbers_held, is_wrong)


def closed_years(layout: Layout) -> frozenset[Volume]:
    """Return the years of every series that give no number any more, also where a line out of its order says so.

    A year that was closed while the clock ran ahead, as a person has confirmed since, is open again.
    """
    return _closed(VersionList(layout.year_ends, SUFFIX), partial(was_wrong, layout.wrong_times))


def _closed(versions: Versions, is_wrong: IsWrong) -> frozenset[Volume]:
    lines = versions.said(_told)
    return frozenset(_volume(told) for told in lines if told["tahap"] == _CLOSED and _holds(told, is_wrong))


def _holds(told: Mapping[str, Any], is_wrong: IsWrong) -> bool:
    return not is_wrong(datetime.fromisoformat(told["saat"]))


def signed_sheets(versions: Versions) -> list[tuple[Volume, str]]:
    """Return the years whose signed sheet was kept, each with the sheet's SHA-256."""
    return [(_volume(told), str(told["sha256"])) for told in versions.said(_told) if told["tahap"] == _SIGNED]


def line_faults(versions: Versions) -> Iterator[tuple[str, str]]:
    """Yield the lines of a record that cannot be believed, as (name, fact)."""
    return versions.broken(_told)


def lost_sheet(volume: Volume) -> str:
    """Return what is said of a signed sheet that is gone."""
    return f"Lembar penutupan {year_named(volume)} yang bertanda tangan tidak ada lagi."


def year_end_faults(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a folder's record, as (name, fact): broken lines, sheets that are gone or changed."""
    versions = VersionList(folder, SUFFIX)
    yield from line_faults(versions)
    known = set()
    for volume, sha256 in signed_sheets(versions):
        name = f"{sha256}{SUFFIX}"
        known.add(name)
        if not (folder / name).is_file():
            yield name, lost_sheet(volume)
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else ():
        if path.name.startswith("."):
            continue
        if path.name not in known:
            yield path.name, "Berkas ini tidak dikenal catatan penutupan register."
        elif digest(path.read_bytes()) != path.name.removesuffix(SUFFIX):
            yield path.name, "Isi lembar penutupan ini bukan lagi yang dicatat."


def _written(end: YearEnd) -> dict[str, Any]:
    found = end.figures
    return {
        **_written_volume(found),
        "banyak": found.count,
        "terakhir": found.last,
        "batal": [list(run) for run in found.void],
        "celah": [list(run) for run in found.missing],
        "terbuka": [asdict(case) | {"subject": ""} for case in found.carried],  # content goes by its own retention
        "segel": end.seal,
        "saat": end.at.isoformat(),
        "oleh": end.login,
        "peran": end.role,
        "pejabat": end.holder,
    }


def _written_volume(found: YearFigures) -> dict[str, Any]:
    """Return of which year a line is, as it always was; of another series than the first it says which."""
    return {"tahun": found.year, **({"deret": found.series} if found.series else {})}


def _volume(told: Mapping[str, Any]) -> Volume:
    return volume_of(int(told["tahun"]), told.get("deret", ""))


def _told(line: dict[str, Any]) -> dict[str, Any]:
    """Return a line that can be relied upon; raises KeyError, TypeError or ValueError for any other."""
    datetime.fromisoformat(line["saat"])
    int(line["tahun"])
    if "deret" in line and not re.fullmatch(SERIES, line["deret"]):
        raise ValueError(line["deret"])
    if line["tahap"] not in (_CLOSED, _SIGNED):
        raise ValueError(line["tahap"])
    if line["tahap"] == _CLOSED:
        _year_end(line)
    elif not (isinstance(line["sha256"], str) and isinstance(line["media"], str)):
        raise TypeError("a hash that is no text")
    return line


def _year_end(told: Mapping[str, Any]) -> YearEnd:
    found = YearFigures(
        year=int(told["tahun"]),
        count=int(told["banyak"]),
        last=int(told["terakhir"]),
        void=tuple(map(read_run, told["batal"])),
        missing=tuple(map(read_run, told["celah"])),
        carried=tuple(Carried(**case) for case in told["terbuka"]),
        series=told.get("deret", ""),
    )
    at = datetime.fromisoformat(told["saat"])
    return YearEnd(found, str(told["segel"]), at, str(told["oleh"]), str(told["peran"]), str(told["pejabat"]))
