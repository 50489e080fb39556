"""What an office's letters are drawn with, as files: found in the folder of the office, laid out on other machines."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.errors import Passing
from pipeline.letters.in_force import InForce, may_be_published
from pipeline.letters.ports import MOST_LOGO_BYTES, MOST_WORD_BYTES
from pipeline.office.store.handovers import FILE as HANDOVERS
from pipeline.storage import disk
from pipeline.storage.ephemeral import heard, tell
from pipeline.storage.version_list import LIST

#: What of the folders of templates is read when letters are drawn.
_READ = (".docx", ".png", ".toml")
_MOST = max(MOST_WORD_BYTES, MOST_LOGO_BYTES)  # what is larger is refused by whoever would read it
_NOTE, _TRUST = "terbitan", "kepercayaan"
_MOST_NOTED = 1000
_UNUSED = 2 * 86_400.0  # seconds; a case is in hand for minutes

Stamp = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True, slots=True)
class FollowedLayout(Layout):
    """The paths of another folder of an office: what its letters are drawn with lies ``laid_out``, the rest here.

    Who the people are is not published, and by which services cases are handled lies at the centre.
    """

    laid_out: Path

    @property
    def templates(self) -> Path:
        """The Word templates in force."""
        return Layout(self.laid_out).templates

    @property
    def template_record(self) -> Path:
        """Which templates were taken into use."""
        return Layout(self.laid_out).template_record

    @property
    def reading_weights(self) -> Path:
        """What the office has learned about reading letters."""
        return Layout(self.laid_out).reading_weights


@dataclass(frozen=True, slots=True)
class DrawnLayout(FollowedLayout):
    """The same of a machine that only draws for the office: nobody works there, so services and people follow too."""

    @property
    def services(self) -> Path:
        """The services, with their templates in force and nothing else."""
        return Layout(self.laid_out).services

    @property
    def people(self) -> Path:
        """Who acts for whom; no accounts."""
        return Layout(self.laid_out).people


def laid_out_at(layout: Layout) -> LaidOut:
    """Return where a machine lays out what it draws with."""
    return LaidOut(layout.state / "berlaku")


def followed_at(layout: Layout) -> LaidOut:
    """Return where a folder from which its office is not run lays out by what it works."""
    return LaidOut(layout.state / "diikuti")


def trust_laid_out(folder: Path) -> Path:
    """Return where the certificates lie that the office trusts, wherever it has them itself."""
    return folder / _TRUST


def paths_in_force(layout: Layout, trust: Path) -> dict[str, Path]:
    """Return the files of an office that its letters are drawn with, by their paths where they are laid out.

    ``trust`` is the folder of the certificates that it trusts.
    """
    beside = [path for folder in _template_folders(layout) for path in sorted(folder.iterdir())]
    found = [layout.settings, layout.template_record / LIST, layout.people / HANDOVERS, layout.reading_weights]
    found += [path for path in beside if path.suffix in _READ]
    named = {path.relative_to(layout.root).as_posix(): path for path in found}
    named |= {f"{_TRUST}/{path.name}": path for path in sorted(trust.glob("*"))}
    there = ((name, path) for name, path in named.items() if path.is_file() and may_be_published(name))
    return {name: path for name, path in there if path.stat().st_size <= _MOST}


def stamp_of_files(paths: Mapping[str, Path]) -> Stamp:
    """Return what is another once any of the files is."""
    looks = ((name, path.stat()) for name, path in paths.items())
    return tuple((name, found.st_ino, found.st_ctime_ns, found.st_size) for name, found in looks)


def lay_out(folder: Path, files: Mapping[str, str], kept: Callable[[str], bytes]) -> None:
    """Have exactly these files in a folder, by their paths in it; ``kept`` gives the bytes of a SHA-256.

    Several processes may do so at once: what lies there is looked at, and only what is missing or another is written.
    """
    for name, sha256 in files.items():
        path = folder / name
        if not (path.is_file() and disk.sha256_of(path) == sha256):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            disk.replace_unsynced(path, kept(sha256))  # made again from the centre, should it be lost
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(folder).as_posix() not in files and not path.name.startswith("."):
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class PublishedNote:
    """What was published from this folder, by its proof: whatever else is in force, another folder has published.

    It lies with what can be lost: then a person says once more which folder is the office's. All is kept, for a
    database may be brought back to a moment before.
    """

    state: Path

    def known(self) -> tuple[str, ...]:
        """Return what was published from here, the newest last, or was just about to be when a process ended."""
        told = heard(self.state / _NOTE)
        return tuple(map(str, told)) if isinstance(told, list) else ()

    def keep(self, proof: str) -> None:
        """Note what is published from here.

        Raises:
            Passing: it cannot be written; published all the same, it would look like another folder's.
        """
        if (known := self.known())[-1:] != (proof,):
            tell(self.state / _NOTE, [*(one for one in known if one != proof), proof][-_MOST_NOTED:])
            if self.known()[-1:] != (proof,):
                remedy = "Periksa sisa ruang cakram; diterbitkan sendiri begitu dapat dicatat."
                raise Passing("Terbitan belum dapat dicatat di folder kantor.", remedy)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """Where a machine lays out what is in force; a state of before goes once nobody has used it for two days."""

    place: Path

    @property
    def _note(self) -> Path:
        return self.place.with_name(f"{self.place.name}-sejak")

    def followed(self) -> datetime | None:
        """Return since when the newest state was in force that was ever laid out here; None if that is not known."""
        try:
            return datetime.fromisoformat(self._note.read_text())
        except (OSError, ValueError):
            return None

    @property
    def used(self) -> bool:
        """Whether this machine ever drew for the office."""
        return self.place.is_dir()

    def of(self, said: InForce, kept: Callable[[str], bytes]) -> Path:
        """Return the folder that has what is in force."""
        folder = self.place / said.proof[:32]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lay_out(folder, said.files, kept)
        os.utime(folder)
        if (before := self.followed()) is None or before < said.at:
            disk.replace_unsynced(self._note, said.at.isoformat().encode())
        for old in sorted(self.place.iterdir()):
            with suppress(FileNotFoundError):  # another process of this machine was faster
                if old != folder and time.time() - old.stat().st_mtime > _UNUSED:
                    disk.sweep(old)
        return folder


def is_laid_out(folder: Path) -> bool:
    """Say whether what was laid out is still there; whoever asks uses it, and so it stays."""
    try:
        os.utime(folder)
    except FileNotFoundError:
        return False
    return Layout(folder).settings.is_file()


def _template_folders(layout: Layout) -> list[Path]:
    return [folder for folder in (layout.templates, *sorted(layout.services.glob("*/templat"))) if folder.is_dir()]
