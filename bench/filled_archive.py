"""Makes an archive of many cases fast: folders written directly, as the archive writes them, without a sync.

Every case has a letter, its text and reading, two sheets as Word and PDF (a few bytes each), a whole journal with its
moves, its bag's files and its witnesses. Of fifty cases one is still running, at one of five places; the others were
confirmed, handed on, disposed of three times, reviewed and ended. Invented people only.

The same cases go to the centre without a folder (:func:`journals`): there they are rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pipeline.archive import bagit
from pipeline.archive.store.layout import Layout
from pipeline.cases.case import as_field
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.events import Decided, Document, Drafted, Event, Printed, Received, Recognised
from pipeline.cases.journal import GENESIS, MACHINE, Entry, write_line
from pipeline.cases.line_values import PostHolder
from pipeline.register.store.number_records import highest_note

ZONE = ZoneInfo("Asia/Jakarta")
SOP = "2024-05-06"
_NAMES = ("Siti", "Budi", "Rina", "Joko", "Maya", "Anton", "Dewi", "Hasan", "Lestari", "Umar")
_MATTERS = ("sengketa tanah", "upah yang tidak dibayar", "layanan puskesmas", "ijazah yang ditahan", "penggusuran")
_RUNNING = 50  # of how many cases one is still running
_PLACES = ("Seluma", "Kaur", "Lebong", "Mukomuko", "Kepahiang")
_CLASSES = ("pemda", "kepolisian", "korporasi", "pendidikan", "kesehatan")
_RIGHTS = ("rasa aman", "kesejahteraan", "keadilan", "anak", "wanita")
_TEAM, _HEAD, _SUB = "tim-yankomas", "kakanwil", "kasubbid"
#: The moves of a case that was reviewed and ended: role, move, where it came from, where it led.
_COURSE = (
    (_TEAM, "konfirmasi", "konfirmasi", "penyampaian"),
    (_TEAM, "sampaikan", "penyampaian", "disposisi-kakanwil"),
    (_HEAD, "disposisi", "disposisi-kakanwil", "disposisi-kadiv"),
    ("kadiv", "disposisi", "disposisi-kadiv", "disposisi-kabid"),
    ("kabid", "disposisi", "disposisi-kabid", "telaahan"),
    (_SUB, "tidak-ada-indikasi", "telaahan", "tidak-ada-indikasi"),
)
#: How many of these moves the running cases have behind them, in turn.
_BEHIND = (0, 1, 2, 3, 5)
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


def journals(
    cases: int, years: int, *, last: int, keep: Callable[[CaseNumber, str, bytes], object]
) -> Iterator[tuple[CaseNumber, datetime, list[tuple[bytes, Entry]]]]:
    """Yield so many cases: the number, when it came, its lines; ``keep`` gets each file as its lines are made."""
    for number, at in _numbers(cases, years, last):
        yield number, at, list(_lines(number, at, lambda name, data, n=number: keep(n, name, data)))


def _write_case(layout: Layout, number: CaseNumber, at: datetime) -> tuple[Entry, ...]:
    folder = layout.case(number)
    (folder / bagit.PAYLOAD).mkdir(parents=True)
    written = list(_lines(number, at, lambda name, data: (folder / bagit.PAYLOAD / name).write_bytes(data)))
    text, entries = b"".join(line for line, _ in written), tuple(entry for _, entry in written)
    (folder / bagit.JOURNAL).write_bytes(text)
    for name, data in bagit.bag_files(number, entries, text).items():
        (folder / name).write_bytes(data)
    return entries


def _lines(number: CaseNumber, at: datetime, keep: Callable[[str, bytes], object]) -> Iterator[tuple[bytes, Entry]]:
    prev = GENESIS
    for seq, (event, by) in enumerate(_events(number, keep), start=1):
        moment = (at + timedelta(hours=5 * (seq - 1))).replace(microsecond=0) if seq > 1 else at
        line, entry = write_line(seq, moment, by, event.kind, _as_data(event), prev)
        prev = entry.hash
        yield line, entry


def _events(number: CaseNumber, keep: Callable[[str, bytes], object]) -> Iterator[tuple[Event, str]]:
    name, matter = _NAMES[number.serial % 10] + " Rekaan", _MATTERS[number.serial // 10 % 5]

    def file(kind: str, step: int, suffix: str, text: str) -> tuple[Document]:
        data = (text if kind == "pembacaan" else f"{number} {suffix} {text}").encode()
        keep(f"{step:02d}-{suffix}", data)
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
    found = json.dumps({"engine": "bench 1", "letters": [{"fields": fields}], "case": number.key, "pages": []})
    read = (*file("teks", 2, "teks.txt", words), *file("pembacaan", 2, "pembacaan.json", found))
    yield Recognised(fields, "bench 1", read), MACHINE
    for template in _SHEETS:
        step, stem = int(template[:2]), template[3:] + "-v1"
        code = hashlib.sha256(f"{number.key} {template}".encode()).hexdigest()[:12].upper()
        yield Drafted(template, 1, "0" * 64, "0" * 64, code, 2, file(template, step, f"{stem}.docx", "konsep")), MACHINE
        yield Printed(template, 1, f"{template}-v1.docx", file(template, step, f"{stem}.pdf", "cetak")), MACHINE
    done = len(_COURSE) if number.serial % _RUNNING else _BEHIND[number.serial // _RUNNING % len(_BEHIND)]
    for role, move, start, state in _COURSE[:done]:
        yield _decided(number, role, move, start, state), role


def _as_data(event: Event) -> dict[str, Any]:
    """Return the event as a line's data, as the archive writes it; nothing in it is copied, which takes longer."""
    values = {one.name: getattr(event, one.name) for one in fields(event)}
    return {**values, "documents": [{f.name: getattr(d, f.name) for f in fields(d)} for d in event.documents]}


def _decided(number: CaseNumber, role: str, move: str, start: str, state: str) -> Decided:
    """Return a move with its answers; the confirmation with the register's fields."""
    kind, register, values = number.serial % 5, dict[str, Any](), dict[str, Any]()
    if move == "konfirmasi":
        register = {
            "cara_penyampaian": ("langsung", "surat", "pos", "surel")[number.serial % 4],
            "kelas_terlapor": _CLASSES[kind],
            "tempat_kejadian": f"Desa Rekaan, Kabupaten {_PLACES[number.serial // 5 % 5]}",
            "ringkasan": f"Pelapor mengadukan {_MATTERS[number.serial // 10 % 5]} yang dialaminya.",
            "hak": [_RIGHTS[kind]],
            "kelengkapan": "lengkap",
        }
    elif move == "disposisi":
        values = {"isi_disposisi": "Telaah", "derajat": "Biasa" if number.serial % 7 else "Segera"}
    elif move != "sampaikan":
        values = {"alasan": "Hak itu sudah dipenuhi."}
    who = PostHolder(f"Jabatan {role}", "Pejabat Rekaan")
    return Decided(move, start, state, who, role, values, register, (), {}, ())
