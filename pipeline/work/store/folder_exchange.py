"""The exchange between offices (see the port) in a folder that both reach: on a share, or a disk that is carried over.

A parcel is a folder of its own: ``kiriman.json`` (what is told, and the hash of each file), ``berkas-0`` and on, and
once it was answered ``jawaban.json``; then its files go, and what names anybody. It appears whole by one rename, and
only one answer can be made. There is no transaction over a parcel and a journal, so each is done in the order in which
a crash leaves what doing it again mends: a parcel lies there before its journal says so, and a case is registered
before its parcel says so.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.cases.case_number import CaseNumber
from pipeline.errors import ArchiveFault, NotFound, UsageFault
from pipeline.storage import disk
from pipeline.work.ports import Parcel

_log = logging.getLogger(__name__)
_TOLD, _ANSWER, _NOTED, _HELD = "kiriman.json", "jawaban.json", "dicatat", "dipegang"
_NAME = re.compile(r"\d{4}-\d{4,9}-[0-9a-f]{12}-\d{1,4}")
#: What stays of a parcel that was answered, as at a centre: what lists show.
_STAYS = ("kantor", "nomor_register", "rahasia")
#: What a parcel must tell, and of what type.
_SHAPE: Mapping[str, type] = {
    **dict.fromkeys(("kantor", "nomor_register", "diterima", "saluran", "perihal", "alasan"), str),
    "rahasia": bool,
    "register": dict,
    "berkas": list,
}
_LIST = "Lihat daftarnya: `yankomas pindah daftar --lewat FOLDER`."


class FolderExchange:
    """The exchange in one folder, as an office comes to it that is called ``name`` and bears the ``mark``."""

    def __init__(self, folder: Path, name: str, mark: str, now: Callable[[], datetime]) -> None:
        if not folder.is_dir():
            raise NotFound(f"Folder {folder} tidak ada.", "Pasang cakramnya, atau buat folder itu.")
        self._folder, self._name, self._mark, self._now = folder, name, mark, now

    def receivers(self) -> list[str]:
        """Return the offices to which this one has sent here: any name can be written."""
        return sorted({parcel.receiver for parcel in self.sent(1000)})

    def send(self, receiver: str, number: CaseNumber, told: Mapping[str, Any], files: Sequence[bytes]) -> str:
        """Send a parcel; return its name. One that a crash left, of which no journal tells, is written over."""
        before = f"{number.year}-{number.folder}-{self._mark}-"
        mine = sorted(int(p.name.rpartition("-")[2]) for p in self._folder.glob(f"{before}*"))
        last = mine[-1] if mine else 0
        again = bool(last) and not (self._folder / f"{before}{last}" / _ANSWER).exists()
        name = f"{before}{last if again else last + 1}"
        made = self._folder / f".{name}"
        disk.sweep(made)
        disk.make_folder(made)
        for at, data in enumerate(files):
            disk.write_new(made / f"berkas-{at}", data)
        written = {
            "asal": self._name,
            "sidik_asal": self._mark,
            "tujuan": receiver,
            "tahun": number.year,
            "urut": number.serial,
            "dikirim": self._now().isoformat(timespec="seconds"),
            "sidik": [hashlib.sha256(data).hexdigest() for data in files],
            "isi": dict(told),
        }
        disk.write_new(made / _TOLD, json.dumps(written, ensure_ascii=False).encode())
        disk.sync_folder(made)
        disk.sweep(self._folder / name)
        disk.rename(made, self._folder / name)
        disk.sync_folder(self._folder)
        return name

    def incoming(self) -> list[Parcel]:
        """Return what waits for this office's answer, the oldest first."""
        return [parcel for parcel, mark in self._all() if mark != self._mark and parcel.taken is None]

    def sent(self, most: int) -> list[Parcel]:
        """Return what this office sent, the newest first."""
        return [parcel for parcel, mark in self._all() if mark == self._mark][::-1][:most]

    def answers(self) -> list[Parcel]:
        """Return what was answered and is not noted here yet, the oldest first."""
        answered = (parcel for parcel in self.sent(1_000_000)[::-1] if parcel.taken is not None)
        return [parcel for parcel in answered if not (self._folder / parcel.id / _NOTED).exists()]

    @contextmanager
    def withdrawn(self, parcel: str) -> Iterator[Parcel]:
        """Take back what this office sent and nobody answered; give it."""
        found = next((one for one in self.sent(1_000_000) if one.id == parcel and one.taken is None), None)
        if found is None or (self._folder / parcel / _HELD).exists():
            raise NotFound(f"Kiriman {parcel} dari kantor ini tidak menunggu jawaban.", _LIST)
        answer = self.answer(parcel, "ditarik", reason="ditarik kembali")
        try:
            yield found
        except BaseException:
            disk.remove(answer)
            raise
        self._close(parcel)
        self.noted(parcel)

    @contextmanager
    def held(self, parcel: str) -> Iterator[HeldFolder]:
        """Hold a parcel to this office while its case is taken in."""
        found = next((one for one in self.incoming() if one.id == parcel), None)
        if found is None:
            raise NotFound(f"Kiriman {parcel} tidak menunggu jawaban kantor ini.", _LIST)
        holding = self._folder / parcel / _HELD
        if holding.exists() and holding.read_text() != self._mark:
            raise NotFound(f"Kiriman {parcel} sedang diterima kantor lain.", _LIST)
        disk.replace(holding, self._mark.encode())
        try:
            yield HeldFolder(self, self._folder / parcel, found)
        finally:
            disk.remove(holding)
        if (self._folder / parcel / _ANSWER).exists():
            self._close(parcel)

    def noted(self, parcel: str) -> None:
        """Note that the journal has the answer."""
        disk.touch(self._folder / parcel / _NOTED)

    def report(self, year: int, figures: Mapping[str, Any]) -> None:
        """Refuse: there is nobody here to whom figures are handed up.

        Raises:
            UsageFault: always.
        """
        raise UsageFault("Tidak ada pusat di folder itu.", "Angka hanya disampaikan kantor di pusat.")

    def answer(self, parcel: str, status: str, *, number: str = "", reason: str = "") -> Path:
        """Answer a parcel, once; return where the answer is.

        Raises:
            NotFound: it was answered already.
        """
        path = self._folder / parcel / _ANSWER
        told = {"status": status, "nomor": number, "alasan": reason, "saat": self._now().isoformat()}
        if path.exists():
            raise NotFound(f"Kiriman {parcel} sudah dijawab.", _LIST)
        disk.replace(path, json.dumps(told, ensure_ascii=False).encode())
        disk.sync_folder(path.parent)
        return path

    def _close(self, parcel: str) -> None:
        """Let go of files and names of a parcel that was answered."""
        place = self._folder / parcel
        told = json.loads((place / _TOLD).read_bytes())
        told["isi"] = {name: value for name, value in told["isi"].items() if name in _STAYS}
        disk.replace(place / _TOLD, json.dumps(told, ensure_ascii=False).encode())
        for file in place.glob("berkas-*"):
            disk.remove(file)
        disk.sync_folder(place)

    def _all(self) -> list[tuple[Parcel, str]]:
        """Return every parcel with its sender's mark, the oldest first; one that cannot be read keeps no other back."""
        found = []
        for place in self._folder.iterdir():
            if _NAME.fullmatch(place.name) and (place / _TOLD).is_file():
                try:
                    found.append(_read(place))
                except ArchiveFault as fault:
                    _log.warning("%s", fault)
        return sorted(found, key=lambda one: (one[0].sent_at, one[0].id))


class HeldFolder:
    """A parcel while it is held."""

    def __init__(self, exchange: FolderExchange, place: Path, parcel: Parcel) -> None:
        self._exchange, self._place, self.parcel = exchange, place, parcel

    def file(self, at: int) -> bytes:
        """Return its file at this place, as it was sent."""
        hashes = json.loads((self._place / _TOLD).read_bytes()).get("sidik", [])
        path = self._place / f"berkas-{at}"
        data = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        if at >= len(hashes) or hashlib.sha256(data).hexdigest() != hashes[at]:
            raise ArchiveFault(
                f"Berkas {at + 1} kiriman {self.parcel.id} hilang atau berubah di jalan.",
                "Tolak kiriman ini; minta kantor pengirim mengirim lagi.",
            )
        return data

    def take(self, number: str) -> None:
        """Say that it became the case with this register number."""
        self._exchange.answer(self.parcel.id, "diterima", number=number)

    def refuse(self, reason: str) -> None:
        """Say that it is not taken, and why."""
        self._exchange.answer(self.parcel.id, "ditolak", reason=reason)


def _check_shape(told: Mapping[str, Any]) -> None:
    """Make sure that a parcel from outside tells what it must, before anybody builds on it.

    Raises:
        ValueError: it does not.
    """
    files = told["berkas"]
    if not all(isinstance(told[name], kind) for name, kind in _SHAPE.items()) or not files:
        raise ValueError("shape")
    if not all(
        isinstance(file, dict) and {type(file["nama"]), type(file["media"]), type(file["akhiran"])} == {str}
        for file in files
    ):
        raise ValueError("files")


def _read(place: Path) -> tuple[Parcel, str]:
    """Read a parcel.

    Raises:
        ArchiveFault: it is not as it was written.
    """
    try:
        told = json.loads((place / _TOLD).read_bytes())
        content = dict(told["isi"])
        answer = json.loads((place / _ANSWER).read_bytes()) if (place / _ANSWER).exists() else None
        if answer is None:
            _check_shape(content)
        status = answer["status"] if answer else ""
        parcel = Parcel(
            id=place.name,
            sender=str(told["asal"]),
            receiver=str(told["tujuan"]),
            number=CaseNumber(int(told["tahun"]), int(told["urut"])),
            told=content,
            sent_at=datetime.fromisoformat(told["dikirim"]).isoformat(timespec="seconds"),
            taken=status == "diterima" if answer else None,
            number_there=str(answer["nomor"]) if answer else "",
            reason=str(answer["alasan"]) if answer else "",
            withdrawn=status == "ditarik",
        )
        return parcel, str(told["sidik_asal"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise ArchiveFault(
            f"Kiriman {place.name} tidak dapat dibaca.", f"Sisihkan folder {place}, lalu minta dikirim lagi."
        ) from fault
