"""The templates that were taken into use: a line for each, and every version's bytes, for ever, by their SHA-256.

``archive/.templat/daftar.jsonl`` and ``archive/.templat/<sha256>.docx``. Each line carries the hash of the line before.
What is in use lies in the folder of the templates, where clerks edit it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from pipeline.letters.template_versions import TakenIntoUse, missing
from pipeline.storage import disk, locks

_LIST = "daftar.jsonl"
_FIRST = "0" * 64
#: Word and its like; ``~$surat.docx`` is what Word writes beside a file that it has open.
_WORD_FILE = re.compile(r"(?!~\$|\.).*\.(?:docx?|docm|dotx?|dotm|odt|ott|rtf)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """The record of one office; ``folder`` keeps it, ``templates`` is where the templates in use lie."""

    folder: Path
    templates: Path
    lock: Path

    def taken(self) -> tuple[TakenIntoUse, ...]:
        """Return what was taken into use, the oldest first; lines that cannot be read are :meth:`faults`."""
        return tuple(version for version, _ in self._lines() if version)

    def names(self) -> tuple[str, ...]:
        """Return the names of the Word files in the folder; what an open Word leaves beside them is none."""
        files = sorted(path.name for path in self.templates.iterdir()) if self.templates.is_dir() else []
        return tuple(name for name in files if _WORD_FILE.fullmatch(name))

    def read(self, stem: str) -> bytes:
        """Return a version's file, by its name without ``.docx``.

        Raises:
            TemplateFault: it is not there.
        """
        path = self.templates / f"{stem}.docx"
        try:
            return path.read_bytes()
        except OSError as error:
            raise missing(stem, self.templates.name, self.kept(stem)) from error

    def kept(self, stem: str) -> str:
        """Return the file that keeps the bytes with which a version was taken into use; nothing if none does."""
        last = next((version for version in reversed(self.taken()) if version.stem == stem), None)
        path = self.folder / f"{last.sha256}.docx" if last else None
        return f"{self.folder.parent.name}/{self.folder.name}/{path.name}" if path and path.is_file() else ""

    def take(self, version: TakenIntoUse, docx: bytes, before: bytes) -> None:
        """Take a version into use: keep it and the one before it, put it where templates lie, note it.

        Only what is noted is in use, so that what is cut short in between is in use nowhere.
        """
        with locks.held(self.lock):
            disk.make_folder(self.folder)
            for data in (before, docx):
                self._keep(data)
            disk.replace(self.templates / f"{version.stem}.docx", docx)
            disk.sync_folder(self.templates)
            path = self.folder / _LIST
            disk.cut_torn_line(path)
            told = {**asdict(version), "since": version.since.isoformat(), "at": version.at.isoformat()}
            lines = path.read_bytes().splitlines() if path.exists() else []
            line = json.dumps({**told, "prev": _digest(lines[-1]) if lines else _FIRST}, ensure_ascii=False)
            disk.append(path, line.encode() + b"\n")
            disk.sync_folder(self.folder)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the record, as (name, fact): broken lines, versions that are gone or changed."""
        known = {_LIST, f".{_LIST}.part"}
        for number, (version, why) in enumerate(self._lines(), 1):
            if why:
                yield _LIST, f"Baris {number} {why}."
            for sha256 in (version.before, version.sha256) if version else ():
                name = f"{sha256}.docx"
                if name not in known and not (self.folder / name).is_file():
                    yield name, "Versi templat yang pernah dipakai tidak ada lagi."
                known.add(name)
        for path in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if path.name not in known:
                yield path.name, "Tidak dikenal di daftar templat."
            elif path.suffix == ".docx" and _digest(path.read_bytes()) != path.stem:
                yield path.name, "Isi versi templat ini bukan lagi yang dicatat."

    def _keep(self, docx: bytes) -> None:
        path = self.folder / f"{_digest(docx)}.docx"
        if not path.exists():
            disk.replace(path, docx)

    def _lines(self) -> Iterator[tuple[TakenIntoUse | None, str]]:
        """Yield each line's version, and why it cannot be believed; a last line without an end was never counted."""
        try:
            lines = (self.folder / _LIST).read_bytes().split(b"\n")[:-1]
        except OSError:
            return
        before = _FIRST
        for line in lines:
            version, prev = _read(line)
            why = "" if version else "tidak dapat dibaca"
            yield version, why or ("" if prev == before else "tidak mengikuti baris sebelumnya")
            before = _digest(line)


def _read(line: bytes) -> tuple[TakenIntoUse | None, str]:
    try:
        told = json.loads(line)
        prev = str(told.pop("prev"))
        since, at = date.fromisoformat(told.pop("since")), datetime.fromisoformat(told.pop("at"))
        return TakenIntoUse(since=since, at=at, **{str(key): str(value) for key, value in told.items()}), prev
    except (ValueError, TypeError, KeyError, AttributeError):
        return None, ""


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
