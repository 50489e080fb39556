"""Makes an archive of many cases fast: folders written directly, as the archive writes them, without a sync.

Every case has a letter, its text and reading, two sheets as Word and PDF (a few bytes each), a whole journal, its bag's
files and its witnesses; most have ended. Invented people only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from pipeline.archive import bagit
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import as_field
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.event_lines import as_data
from pipeline.cases.events import Decided, Document, Drafted, Event, Printed, Received, Recognised
from pipeline.cases.journal import GENESIS, MACHINE, Entry, write_line
from pipeline.register.store.number_records import highest_note

ZONE = ZoneInfo("Asia/Jakarta")
SOP = "2024-05-06"
_NAMES = ("Siti", "Budi", "Rina", "Joko", "Maya", "Anton", "Dewi", "Hasan", "Lestari", "Umar")
_MATTERS = ("sengketa tanah", "upah yang tidak dibayar", "layanan puskesmas", "ijazah yang ditahan", "penggusuran")
_RUNNING = 50  # of how many cases one is still running
_SHEETS = ("01-tanda-terima", "03-lembar-disposisi")


def fill(layout: Layout, cases: int, years: int, *, last: int, say: Callable[[int], None] = lambda _n: None) -> None:
    """Write so many cases, spread evenly over the years that end with ``last``; nothing may be there yet."""
    layout.prepare()
    with open(layout.changes, "ab") as changes:
        for number, at in _numbers(cases, years, last):
            entries = _write_case(layout, number, at)
            changes.write(b"".join(f"{number} {e.seq} {e.hash}\n".encode() for e in entries))
            layout.highest(number.year).write_bytes(highest_note(number.serial, at))
            say(1)


def _numbers(cases: int, years: int, last: int) -> Iterator[tuple[CaseNumber, datetime]]:
    for position in range(years):
        year = last - years + 1 + position
        count = cases * (position + 1) // years - cases * position // years
        first = datetime(year, 1, 2, 8, tzinfo=ZONE)
        for serial in range(1, count + 1):
            yield CaseNumber(year, serial), first + timedelta(days=320) * serial / count


def _write_case(layout: Layout, number: CaseNumber, at: datetime) -> tuple[Entry, ...]:
    folder = layout.case(number)
    (folder / bagit.PAYLOAD).mkdir(parents=True)
    text, entries, prev = b"", tuple[Entry, ...](), GENESIS
    for seq, (event, by) in enumerate(_events(folder / bagit.PAYLOAD, number), start=1):
        moment = (at + timedelta(minutes=seq)).replace(microsecond=0) if seq > 1 else at
        line, entry = write_line(seq, moment, by, event.kind, as_data(event), prev)
        text, entries, prev = text + line, (*entries, entry), entry.hash
    (folder / bagit.JOURNAL).write_bytes(text)
    for name, data in bagit.bag_files(number, entries).items():
        (folder / name).write_bytes(data)
    return entries


def _events(folder: Path, number: CaseNumber) -> Iterator[tuple[Event, str]]:
    name, matter = _NAMES[number.serial % 10] + " Rekaan", _MATTERS[number.serial // 10 % 5]

    def file(kind: str, step: int, suffix: str, text: str) -> tuple[Document]:
        data = f"{number} {suffix} {text}".encode()
        (folder / f"{step:02d}-{suffix}").write_bytes(data)
        document = Document(f"{step:02d}-{suffix}", kind, step, hashlib.sha256(data).hexdigest(), len(data))
        return (document,)

    written = f"{number.serial:04d}/YANKOMAS/{number.year}"
    claim, status = f"klaim-{number.key}", hashlib.sha256(number.key.encode()).hexdigest()[:14]
    letter = file("surat", 1, "surat.pdf", "surat")
    media = "application/pdf"
    yield (
        Received(number.year, number.serial, written, SOP, claim, "scan.pdf", media, 1, status, "pindaian", letter),
        MACHINE,
    )
    subject = f"Pengaduan tentang {matter} nomor {number.serial}"
    fields = {"perihal": as_field(subject), "pelapor": [{"nama": as_field(name)}], "terlapor": [as_field("Dinas X")]}
    words = f"Dengan hormat, saya {name} mengadukan {matter}. " * 8
    read = (*file("teks", 2, "teks.txt", words), *file("pembacaan", 2, "pembacaan.json", json.dumps(fields)))
    yield Recognised(fields, "bench 1", read), MACHINE
    for template in _SHEETS:
        step, stem = int(template[:2]), template[3:] + "-v1"
        code = hashlib.sha256(f"{number.key} {template}".encode()).hexdigest()[:12].upper()
        yield Drafted(template, 1, "0" * 64, "0" * 64, code, 2, file(template, step, f"{stem}.docx", "konsep")), MACHINE
        yield Printed(template, 1, f"{template}-v1.docx", file(template, step, f"{stem}.pdf", "cetak")), MACHINE
    if number.serial % _RUNNING:
        who = {"jabatan": "Petugas Yankomas", "nama": "", "nip": ""}
        yield (
            Decided("batal", "konfirmasi", "batal", who, "bench", {"alasan": "contoh"}, {}, (), {}, ()),
            "tim-yankomas",
        )
