"""A whole office that runs, sent the heaviest files of every kind at once: all its processes stay below 2 GB."""

from __future__ import annotations

import io
import json
import os
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from free_ports import free_port
from offices import FakeOffice
from patience import until
from PIL import Image
from processes import family
from word_files import of_paragraphs

from pipeline.desk.lanes import BREADTHS, Lane
from pipeline.letters.engines.word_file import opened, packed
from pipeline.office.store.system_clock import SystemClock
from pipeline.scans.confinement.budget import MOST
from pipeline.scans.confinement.weighing import files_in_memory, together, weight
from pipeline.wiring import office_in
from pipeline.work.store.setup import samples

MB = 2**20
TOLD = {
    "perihal": "Upah tidak dibayar",
    "pelapor": [{"nama": "Siti Rekaan"}],
    "terlapor": ["PT Rekaan"],
    "uraian": "Tiga bulan",
    "tempat_kejadian": "Kab. Seluma",
}
FIELD, SUB = "kabid", "kasubbid"
CASES = 18

pytestmark = pytest.mark.slow


def picture(kind: str, mode: str, side: int, **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (side, side), 200 if mode == "L" else (200, 190, 180)).save(out, kind, **options)
    return out.getvalue()


def heaviest() -> dict[str, bytes]:
    """Files that are as heavy as the limits let them be, by what they are."""
    frame = Image.new("RGB", (5000, 7000), (250, 250, 240))
    pages = io.BytesIO()
    frame.save(pages, "PDF", save_all=True, append_images=[frame] * 3)
    frames = io.BytesIO()
    frame.save(frames, "TIFF", save_all=True, append_images=[frame] * 3, compression="tiff_deflate")
    return {
        "gambar.png": picture("PNG", "RGB", 13_000),
        "kelabu.png": picture("PNG", "L", 13_400),
        "foto.jpg": picture("JPEG", "RGB", 13_000, quality=20),
        "halaman.pdf": pages.getvalue(),
        "besar.tiff": frames.getvalue(),
        "panjang.pdf": b"%PDF-1.7\n" + os.urandom(MB) * 250 + b"\n%%EOF\n",
    }


def heaviest_letter() -> bytes:
    """A Word file with as many elements as one may have."""
    parts = opened(of_paragraphs("Kepada Yth."))
    many = b"".join(b'<w:p w:rsidR="%08x"/>' % (n * 2654435761 % 2**32) for n in range(270_000))
    return packed({**parts, "word/document.xml": parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + many)})


@pytest.fixture
def office(tmp_path):
    office = FakeOffice(tmp_path / "kantor")
    office.clock = SystemClock(office.root.hours.zone)
    for n in range(CASES):
        office.open("lisan", {**TOLD, "perihal": f"Upah bulan ke-{n} tidak dibayar"})
    return office


def token(folder: Path, role: str) -> str:
    root = office_in(folder)
    people, now = root.people, SystemClock(root.hours.zone).now()
    try:
        return people.tokens.make(f"program {role}", role, now.date(), "admin", now)
    finally:
        people.close()


class Program:
    """A program with a token that sends no more at once than one may: a place counts until the last byte is sent."""

    def __init__(self, port: int, key: str) -> None:
        self._port, self._key = port, key
        self._places = threading.BoundedSemaphore(BREADTHS[Lane.UPLOADS].of_one - 1)

    def send(self, *way: Any) -> tuple[int, str]:
        with self._places:
            return send(self._port, self._key, *way)


def send(port: int, key: str, path: str, fields: dict[str, str], name: str, data: bytes) -> tuple[int, str]:
    mark = "batas-1234567890"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields.items()
    ]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="berkas"; filename="{name}"\r\n\r\n'.encode()
    body = b"".join((*parts, head, data, f"\r\n--{mark}--\r\n".encode()))
    asked = urllib.request.Request(f"http://127.0.0.1:{port}/api{path}?alasan=uji", body, method="POST")
    asked.add_header("authorization", f"Bearer {key}")
    asked.add_header("content-type", f"multipart/form-data; boundary={mark}")
    try:
        with urllib.request.urlopen(asked, timeout=600) as answer:
            return answer.status, ""
    except urllib.error.HTTPError as fault:
        return fault.code, fault.read().decode()


class Watching:
    """The most that a process and all it started had together: shared libraries once, and as sum of all resident."""

    def __init__(self, pid: int) -> None:
        self.together = self.resident = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, args=(pid,))
        self._thread.start()

    def _look(self, pid: int) -> None:
        while not self._over.wait(0.02):
            try:
                pids = family(pid)
            except OSError:
                continue
            found = [one for each in pids if (one := weight(each))]
            self.together = max(self.together, together(found, files_in_memory(pids)))
            self.resident = max(self.resident, sum(one.own + one.shared for one in found))

    def stop(self) -> None:
        self._over.set()
        self._thread.join()


def test_all_processes_stay_below_two_gigabytes_whatever_is_sent_by_every_way_at_once(office, tmp_path):
    folder = office.root.layout.root
    port = free_port()
    fields, subs = ([Program(port, token(folder, role)) for _ in range(3)] for role in (FIELD, SUB))
    files, letters = heaviest(), [path for path in samples() if path.suffix == ".pdf"][:3]
    docx = heaviest_letter()
    command = [
        sys.executable,
        "-c",
        "import sys; from pipeline.cli import main; sys.exit(main(sys.argv[1:]))",
        "--root",
        str(folder),
        "run",
        "--port",
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as running:
        watching = Watching(running.pid)
        try:
            until(lambda: _listens(port))
            for n, (name, data) in enumerate(
                list(files.items())[:-1]
            ):  # the last is not whole, and would be waited for
                (folder / "inbox" / f"{n}-{name}").write_bytes(data)
            for path in letters:
                (folder / "inbox" / path.name).write_bytes(path.read_bytes())
            with ThreadPoolExecutor(12) as threads:
                moves = [
                    threads.submit(
                        fields[n % 3].send,
                        f"/kasus/2026/{n + 1:04d}/gerak/cabut",
                        {"isian": json.dumps({"alasan": "damai"})},
                        *list(files.items())[n % len(files)],
                    )
                    for n in range(CASES)
                ]
                edit = (f"/kasus/2026/{CASES:04d}/sunting/03-lembar-disposisi", {"dilihat": "1"}, "a.docx", docx)
                edits = [threads.submit(subs[n % 3].send, *edit) for n in range(12)]
                answers = [one.result() for one in (*moves, *edits)]
            until(lambda: not [p for p in (folder / "inbox").iterdir() if p.is_file()], 900)
            until(lambda: len(office.root.cabinet.numbers()) >= CASES + len(letters), 900)
        finally:
            watching.stop()
            running.terminate()
            running.wait()

    print(f"bersama {watching.together / 1e9:.2f} GB, jumlah RSS {watching.resident / 1e9:.2f} GB", answers)
    assert watching.together < MOST
    # Of a machine that is overloaded one may hear that it is, and what to do; nothing may be a fault of the program.
    assert all(status < 500 or (status == 503 and json.loads(said)["remedy"]) for status, said in answers), answers
    assert len(office.root.cabinet.numbers()) >= CASES + len(letters)


def _listens(port: int) -> bool:
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0
