"""The templates that were taken into use: a line for each, and every version's bytes, for ever, by their SHA-256.

``archive/.templat/daftar.jsonl`` and ``archive/.templat/<sha256>.docx``. Each line carries the hash of the line before.
What is in use lies in the folder of the templates, where clerks edit it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pipeline.letters.template_versions import TakenIntoUse, missing
from pipeline.storage import disk, locks
from pipeline.storage.version_list import VersionList

#: Word and its like; ``~$surat.docx`` is what Word writes beside a file that it has open.
_WORD_FILE = re.compile(r"(?!~\$|\.).*\.(?:docx?|docm|dotx?|dotm|odt|ott|rtf)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TemplateRecord:
    """The record of one office; ``folder`` keeps it, ``templates`` is where the templates in use lie.

    ``others`` are the folders of other services' templates; a later version of one lies with the others. ``may_take``
    raises where nobody takes a version into use.
    """

    folder: Path
    templates: Path
    lock: Path
    others: Callable[[], Sequence[Path]] = tuple
    may_take: Callable[[], object] = tuple

    def taken(self) -> tuple[TakenIntoUse, ...]:
        """Return what was taken into use, the oldest first; lines that cannot be read are :meth:`faults`."""
        return tuple(self._versions.said(_taken))

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
        if not path.is_file():
            path = next((there for one in self.others() if (there := one / path.name).is_file()), path)
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
        self.may_take()
        with locks.held(self.lock):
            disk.make_folder(self.folder)
            for data in (before, docx):
                self._versions.keep(data)
            disk.replace(self.templates / f"{version.stem}.docx", docx)
            disk.sync_folder(self.templates)
            self._versions.note({**asdict(version), "since": version.since.isoformat(), "at": version.at.isoformat()})

    def faults(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with the record, as (name, fact): broken lines, versions that are gone or changed."""
        return self._versions.faults(
            _taken,
            lambda version: (version.before, version.sha256),
            gone="Versi templat yang pernah dipakai tidak ada lagi.",
            unknown="Tidak dikenal di daftar templat.",
            changed="Isi versi templat ini bukan lagi yang dicatat.",
        )

    @property
    def _versions(self) -> VersionList:
        return VersionList(self.folder, ".docx")


def _taken(told: dict[str, Any]) -> TakenIntoUse:
    since, at = date.fromisoformat(told.pop("since")), datetime.fromisoformat(told.pop("at"))
    return TakenIntoUse(since=since, at=at, **{str(key): str(value) for key, value in told.items()})
