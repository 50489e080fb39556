"""The office's own editions on disk: ``layanan/NAMA/sop/HARI/*.toml``, and what was made of them, ``archive/.sop``.

``archive/.sop/daftar.jsonl`` has a line for each that was installed, withdrawn, or began; the files as they were noted
lie beside it for ever under their SHA-256. Who puts a folder there by hand needs no more: on its day it is noted as
begun. What is noted counts, whatever becomes of the folder; only what is noted is followed by cases.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.cases.own_editions import (
    ASKED,
    BEGUN,
    INSTALLED,
    NOTES,
    WITHDRAWN,
    EditionNote,
    OwnEdition,
    Texts,
    edition_faults,
    edition_of,
    require_ahead,
)
from pipeline.cases.sop import Sop
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.errors import ArchiveFault, NotAllowed, YankomasError
from pipeline.office.wording import long_date
from pipeline.storage import disk, locks
from pipeline.storage.version_list import VersionRecord, digest
from pipeline.system_messages import os_words

#: No edition's file is larger, in bytes; the longest of the program's has 42,000.
MOST_BYTES = 1_000_000
_MACHINE = "mesin"
_GLANCE = 1.0  # seconds that who only reads waits for one that is being installed


@dataclass(frozen=True, slots=True)
class EditionFolder:
    """The editions of one service: ``folder`` has one for each day, ``record`` is what was made of them.

    ``lock`` is held by who changes the folder.
    """

    service: str
    folder: Path
    record: VersionRecord
    lock: Path

    def listed(self) -> tuple[OwnEdition, ...]:
        """Return every edition that there is or was noted, by day; a withdrawn one only if its folder is there."""
        return self._listed(edition_faults)

    def _listed(self, faults_of: Callable[[str, date, Texts], tuple[str, ...]]) -> tuple[OwnEdition, ...]:
        last = {note.day: note for note in self.notes() if note.what != ASKED}
        notes = {day: note for day, note in last.items() if note.what != WITHDRAWN}
        there = {day: _texts(self.folder / day.isoformat()) for day in self._days()}
        found = []
        for day in sorted({*notes, *there}):
            texts, faults = there.get(day, ({}, ()))
            if (note := notes.get(day)) is None:
                found.append(OwnEdition(self.service, day, texts, faults or faults_of(self.service, day, texts)))
                continue
            kept, why = (texts, "") if digest(_data(texts)) == note.sha256 else self._kept(note.sha256)
            faults = (why,) if why else () if note.what == BEGUN else faults_of(self.service, day, kept)
            found.append(OwnEdition(self.service, day, kept, faults, note, texts != kept))
        return tuple(found)

    def strays(self) -> tuple[str, ...]:
        """Return what lies in the folder and is named like no day."""
        if not self.folder.is_dir():
            return ()
        names = sorted(path.name for path in self.folder.iterdir() if not path.name.startswith((".", "~")))
        return tuple(name for name in names if _day_of(name) is None)

    def in_use(self, now: datetime, *, begin: bool) -> tuple[Sop, ...]:
        """Return the editions that have begun, by day; ``begin`` those first whose day has come since.

        What cannot be used is left out, and the one before goes on; why is told by :meth:`listed`.
        """
        found = []
        for edition in self._begun(now) if begin else self._unchecked():
            if edition.begun and not edition.faults:
                with suppress(UnfitEdition):  # by a program of another version: told where its cases are asked for
                    found.append(edition_of(self.service, edition.day, edition.texts, checked=False))
        return tuple(found)

    def install(self, day: date, texts: Texts, *, by: str, at: datetime, why: str, confirmed_by: str = "") -> None:
        """Note an edition from a day on, and put its files into the folder.

        Raises:
            UnfitEdition: it is not as it should be.
            NotAllowed: the day is over, or there is one of that day.
        """
        with locks.held(self.lock):
            with self.record.held():
                self.require_free(day, texts, at)
                self._note(EditionNote(at, self.service, day, INSTALLED, "", by, confirmed_by, why), texts)
            place = self.folder / day.isoformat()
            disk.make_folder(place)
            for name, text in sorted(texts.items()):
                disk.replace(place / name, text.encode())
            disk.sync_folder(place)

    def require_free(self, day: date, texts: Texts, at: datetime) -> None:
        """Make sure that an edition can be installed for a day.

        Raises:
            UnfitEdition: it is not as it should be.
            NotAllowed: the day is over, or there is one of that day.
        """
        require_ahead(day, at.date())
        if any(edition.day == day for edition in self.listed()):
            told = f"Edisi kantor mulai {long_date(day)} sudah ada."
            raise NotAllowed(told, "Pilih hari lain, atau tarik dahulu edisi itu bila belum berlaku.")
        if faults := edition_faults(self.service, day, texts):
            raise UnfitEdition(day.isoformat(), list(faults))

    def ask(self, day: date, texts: Texts, *, by: str, at: datetime, why: str) -> str:
        """Note that an edition is asked for, and keep its files; return the name under which they are kept."""
        with self.record.held():
            self._note(EditionNote(at, self.service, day, ASKED, "", by, "", why), texts)
        return self.notes()[-1].sha256

    def asked(self, sha256: str) -> Texts:
        """Return the files of an edition that was asked for.

        Raises:
            ArchiveFault: they are gone, or others.
        """
        texts, why = self._kept(sha256)
        if why:
            raise ArchiveFault(f"Edisi yang diminta tidak dapat dibaca: {why}.", "Pulihkan archive/.sop dari cadangan.")
        return texts

    def withdraw(self, day: date, *, by: str, at: datetime, why: str) -> None:
        """Take an edition back before its day: its folder goes, its files stay in the record.

        Raises:
            NotAllowed: there is none of that day, or it has begun.
        """
        with locks.held(self.lock), self.record.held():
            edition = next((one for one in self.listed() if one.day == day), None)
            if edition is None:
                raise NotAllowed(f"Tidak ada edisi kantor mulai {long_date(day)}.", "Lihat daftarnya.")
            if edition.begun or (day <= at.date() and not edition.faults):
                told = f"Edisi mulai {long_date(day)} sudah berlaku; perkara mungkin sudah mengikutinya."
                raise NotAllowed(told, "Pasang edisi baru mulai hari lain; yang lama tetap bagi perkaranya.")
            place = self.folder / day.isoformat()
            for path in sorted(place.glob("*.toml")):
                disk.remove(path)
            with suppress(OSError):  # what else somebody put there stays
                place.rmdir()
            self._note(EditionNote(at, self.service, day, WITHDRAWN, "", by, "", why), edition.texts)

    def notes(self) -> tuple[EditionNote, ...]:
        """Return what was noted of this service's editions, the oldest first."""
        return tuple(note for note in self.record.said(_note) if note.service == self.service)

    def stamp(self, today: date) -> tuple[Any, ...]:
        """Return what is another once another edition may be in force; a few looks at names."""
        last = {note.day: note.what for note in self.notes() if note.what != ASKED}
        noted = {day for day, what in last.items() if what == INSTALLED}
        waiting = sorted({*self._days(), *noted} - {day for day, what in last.items() if what == BEGUN})
        files = [path for day in waiting for path in sorted((self.folder / day.isoformat()).glob("*.toml"))]
        looks = [(str(path), (found := path.stat()).st_mtime_ns, found.st_size) for path in files if path.exists()]
        return self.record.mark(), tuple(looks), today if waiting else None

    def _unchecked(self) -> tuple[OwnEdition, ...]:
        """Return every edition where only what has begun counts: to check one that waits takes some 20 ms."""
        return self._listed(lambda _service, _day, _texts: ())

    def _begun(self, now: datetime) -> tuple[OwnEdition, ...]:
        """Note those as begun whose day has come and that can be used; one process does, the others see it done."""
        found = self._unchecked()
        if not any(_is_due(one, now) for one in found) or not self.record.is_writable:
            return found
        found = self.listed()
        if not any(_is_due(one, now) for one in found):
            return found
        try:
            with self.record.held(_GLANCE):
                for one in self.listed():
                    if _is_due(one, now):
                        before = one.note
                        by, confirmed = (before.by, before.confirmed_by) if before else (_MACHINE, "")
                        self._note(EditionNote(now, self.service, one.day, BEGUN, "", by, confirmed), one.texts)
        except YankomasError:
            return found  # the disk is full, the lock is held: at the next look
        return self.listed()

    def _note(self, note: EditionNote, texts: Texts) -> None:
        data = _data(texts)
        self.record.keep(data)
        told = {**asdict(note), "at": note.at.isoformat(), "day": note.day.isoformat(), "sha256": digest(data)}
        self.record.note(told)

    def _kept(self, sha256: str) -> tuple[Texts, str]:
        """Return the files of a noted edition, and why they cannot be had."""
        try:
            data = self.record.kept(sha256)
            texts = {str(name): str(text) for name, text in json.loads(data).items()}
        except (OSError, ValueError, AttributeError):
            texts, data = {}, b""
        whole = digest(data) == sha256
        return (
            (texts, "") if whole else ({}, f"versi yang dicatat ({sha256[:16]}…) hilang atau berubah di archive/.sop")
        )

    def _days(self) -> list[date]:
        if not self.folder.is_dir():
            return []
        found = (_day_of(path.name) for path in self.folder.iterdir() if path.is_dir() and not path.is_symlink())
        return sorted(day for day in found if day)


def _is_due(edition: OwnEdition, now: datetime) -> bool:
    return not edition.begun and not edition.faults and edition.day <= now.date()


def read_folder(folder: Path) -> tuple[Texts, tuple[str, ...]]:
    """Return the texts of an edition that lies in a folder of any name, and what keeps them from being read."""
    return _texts(folder) if folder.is_dir() else ({}, (f"{folder} bukan folder",))


def edition_record_faults(record: VersionRecord) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the record, as (name, fact): broken lines, versions that are gone or changed."""
    return record.faults(
        _note,
        lambda note: (note.sha256,),
        gone="Edisi SOP yang pernah dicatat tidak ada lagi.",
        unknown="Tidak dikenal di daftar edisi SOP.",
        changed="Isi edisi SOP ini bukan lagi yang dicatat.",
    )


def _texts(folder: Path) -> tuple[Texts, tuple[str, ...]]:
    texts: dict[str, str] = {}
    faults = []
    try:
        paths = sorted(folder.glob("*.toml"))
        for path in (one for one in paths if not one.name.startswith((".", "~"))):
            if path.is_symlink() or path.stat().st_size > MOST_BYTES:
                faults.append(f"{path.name}: berupa tautan, atau lebih besar dari {MOST_BYTES // 1000} kB")
                continue
            texts[path.name] = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        faults.append(f"{path.name}: bukan teks UTF-8")
    except OSError as fault:
        faults.append(f"{folder.name}: tidak dapat dibaca ({os_words(fault)})")
    return texts, tuple(faults)


def _data(texts: Texts) -> bytes:
    return json.dumps(dict(sorted(texts.items())), ensure_ascii=False, indent=1).encode()


def _day_of(name: str) -> date | None:
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if day.isoformat() == name else None


def _note(told: dict[str, Any]) -> EditionNote:
    if told["what"] not in NOTES:
        raise ValueError(told["what"])
    at, day = datetime.fromisoformat(told.pop("at")), date.fromisoformat(told.pop("day"))
    return EditionNote(at=at, day=day, **{str(key): str(value) for key, value in told.items()})
