"""The office's services on disk: ``layanan/NAMA/``, and which were taken into use, ``archive/.layanan``.

``layanan/NAMA/`` has ``layanan.toml``, ``sop/HARI/*.toml`` and ``templat/*.docx``; the office may change all of it. A
service is in use once it was noted: ``archive/.layanan/daftar.jsonl`` has a line for each time, and what its file said
lies beside it under its SHA-256. What is noted counts, whatever becomes of the folder: no half of one is ever in use.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.cases.own_editions import OwnEdition, edition_of
from pipeline.cases.public_service import FILE, NAME, PublicService, faults_between, read_service, unfit
from pipeline.cases.sop import YANKOMAS, Sop
from pipeline.cases.store.own_editions import EditionFolder
from pipeline.errors import NotFound, SettingsFault, YankomasError
from pipeline.storage import disk, locks
from pipeline.storage.version_list import VersionRecord, digest

#: The services that come with the program, to be taken into use.
SHIPPED = Path(__file__).parents[2] / "layanan"
_TEMPLATES, _SOP = "templat", "sop"
_MOST_BYTES = 100_000  # of what a service's file says


@dataclass(frozen=True, slots=True)
class ServiceNote:
    """A line of the record: a service was taken into use as its file said then, by whom."""

    at: datetime
    service: str
    sha256: str
    by: str


@dataclass(frozen=True, slots=True)
class ServiceShelf:
    """The services of one office: ``folder`` has one for each, ``record`` and ``sop_record`` what was made of them.

    ``lock`` and ``sop_lock`` are held by who changes the folders.
    """

    folder: Path
    record: VersionRecord
    sop_record: VersionRecord
    lock: Path
    sop_lock: Path

    def in_use(self, now: datetime, *, begin: bool) -> tuple[PublicService, ...]:
        """Return the services in use with the editions that have begun, by name; ``begin`` those whose day has come."""
        found = []
        for note in self._notes().values():
            with suppress(SettingsFault, OSError):  # of a program of another version: told by the doctor
                service = self._read(note)
                found.append(replace(service, editions=self.editions(note.service).in_use(now, begin=begin)))
        return tuple(sorted(found, key=lambda service: service.key))

    def editions(self, key: str) -> EditionFolder:
        """Return the editions of a service."""
        return EditionFolder(key, self.folder / key / _SOP, self.sop_record, self.sop_lock)

    def names(self) -> tuple[str, ...]:
        """Return the folders of services that the office has, whether they are in use or not."""
        there = self.folder.iterdir() if self.folder.is_dir() else ()
        return tuple(sorted(p.name for p in there if p.is_dir() and not p.name.startswith(".") and p.name != YANKOMAS))

    def noted(self) -> tuple[str, ...]:
        """Return the services that were ever taken into use."""
        return tuple(sorted(self._notes()))

    def template_folders(self) -> tuple[Path, ...]:
        """Return the folders of the services' templates, those in use first: what is still written hides none."""
        used = self.noted()
        return tuple(self.folder / name / _TEMPLATES for name in sorted(self.names(), key=lambda n: (n not in used, n)))

    def templates(self, key: str) -> Mapping[str, Path]:
        """Return the Word files of a service by their names without ``.docx``."""
        files = sorted((self.folder / key / _TEMPLATES).glob("*.docx"))
        return {path.stem: path for path in files if not path.name.startswith((".", "~"))}

    def bring(self, key: str) -> bool:
        """Copy a service that comes with the program into the office's folder; what is there stays as it is.

        Returns:
            Whether it was copied.

        Raises:
            NotFound: neither the office nor the program has one of that name.
        """
        target, source = self.folder / key, SHIPPED / key
        if (target / FILE).is_file():
            return False
        if not NAME.fullmatch(key) or not (source / FILE).is_file():
            there = sorted({*self.names(), *shipped()})
            told = f"Tidak ada layanan {key!r} di layanan/ maupun dalam program ini."
            raise NotFound(told, f"Yang ada: {', '.join(there) or 'tidak ada'}.")
        with locks.held(self.lock):
            made = self.folder / f".{key}.part"
            disk.sweep(made)
            for path in sorted(source.rglob("*")):
                if path.is_file() and path.suffix in (".toml", ".docx"):
                    disk.make_folder((made / path.relative_to(source)).parent)
                    disk.write_new(made / path.relative_to(source), path.read_bytes())
            target.parent.mkdir(exist_ok=True)
            if target.is_dir():  # the office has begun a folder of its own: only what it lacks is put there
                # Its own file last: with that there, none of it is brought any more.
                for path in sorted((p for p in made.rglob("*") if p.is_file()), key=lambda p: (p.name == FILE, p)):
                    place = target / path.relative_to(made)
                    if not place.exists():
                        disk.make_folder(place.parent)
                        disk.write_new(place, path.read_bytes())
                disk.sweep(made)
            else:
                disk.rename(made, target)
            disk.sync_folder(self.folder)
        return True

    def looked_through(self, key: str) -> tuple[PublicService | None, list[str]]:
        """Return a service as its folder has it, with the editions that lie there, and everything wrong with it."""
        path = self.folder / key / FILE
        try:
            if path.is_symlink() or path.stat().st_size > _MOST_BYTES:
                return None, [f"{FILE}: berupa tautan, atau lebih besar dari {_MOST_BYTES // 1000} kB"]
            service = read_service(key, path.read_text(encoding="utf-8-sig"))
        except OSError:
            return None, [f"{FILE} tidak ada atau tidak terbaca"]
        except UnicodeDecodeError:
            return None, [f"{FILE}: bukan teks UTF-8"]
        except SettingsFault as fault:
            return None, [fault.message.partition(": ")[2].rstrip(".")]  # which service it is, whoever asks says
        listed = self.editions(key).listed()
        found = [f"sop/{one.day.isoformat()}: {fault}" for one in listed for fault in one.faults]
        found += [f"sop/{name}: nama folder edisi harus tanggal berlakunya" for name in self.editions(key).strays()]
        if not listed:
            found.append("sop/: belum ada satu edisi pun (sop/TANGGAL/*.toml)")
        editions = tuple(sop for one in listed if (sop := _built(one)))
        service = replace(service, editions=editions)
        before = self._notes().get(key)
        if before and (was := self._noted(before)) and was.series != service.series:
            found.append(f"{FILE}: deret {was.series!r} sudah dipakai nomor perkaranya; tidak dapat diganti")
        return service, [*found, *faults_between(service, editions, self._others(key))]

    def take_into_use(self, key: str, *, by: str, at: datetime) -> None:
        """Note a service as in use as its file says now; the one door by which it comes to be.

        Raises:
            SettingsFault: it is not as it should be, or its series is another than that of before.
        """
        with self.record.held():
            service, faults = self.looked_through(key)
            if service is None or faults:
                raise unfit(key, faults)
            data = (self.folder / key / FILE).read_bytes()
            self.record.keep(data)
            self.record.note({"at": at.isoformat(), "service": key, "sha256": digest(data), "by": by})

    def differs(self, key: str) -> bool:
        """Say whether a service's file is not what was noted of it."""
        before = self._notes().get(key)
        with suppress(OSError):
            return before is None or digest((self.folder / key / FILE).read_bytes()) != before.sha256
        return True

    def stamp(self, now: datetime) -> tuple[Any, ...]:
        """Return what is another once another service or edition may be in use; a few looks at names."""
        return self.record.mark(), tuple(self.editions(key).stamp(now.date()) for key in self.noted())

    def _others(self, key: str) -> Iterator[PublicService]:
        for note in self._notes().values():
            if note.service != key and (other := self._noted(note)):
                yield other

    def _noted(self, note: ServiceNote) -> PublicService | None:
        with suppress(YankomasError, OSError):
            return self._read(note)
        return None

    def _read(self, note: ServiceNote) -> PublicService:
        return read_service(note.service, self.record.kept(note.sha256).decode("utf-8"))

    def _notes(self) -> dict[str, ServiceNote]:
        """Return the newest note of each service."""
        return {note.service: note for note in self.record.said(_note)}


def shipped() -> tuple[str, ...]:
    """Return the services that come with the program, by name."""
    return tuple(sorted(path.parent.name for path in SHIPPED.glob(f"*/{FILE}")))


def service_record_faults(record: VersionRecord) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the record, as (name, fact): broken lines, versions that are gone or changed."""
    return record.faults(
        _note,
        lambda note: (note.sha256,),
        gone="Layanan yang pernah dipakai tidak ada lagi berkasnya.",
        unknown="Tidak dikenal di daftar layanan.",
        changed="Isi berkas layanan ini bukan lagi yang dicatat.",
    )


def _built(edition: OwnEdition) -> Sop | None:
    with suppress(YankomasError):
        return edition_of(edition.service, edition.day, edition.texts, checked=False)
    return None


def _note(told: dict[str, Any]) -> ServiceNote:
    return ServiceNote(datetime.fromisoformat(told["at"]), str(told["service"]), str(told["sha256"]), str(told["by"]))
