"""Makes PDF/A from Word documents with one warm LibreOffice, started when first needed.

A fresh LibreOffice costs more than a second, a warm one some 50 ms a document. It is a foreign program with moods, and
templates come from outside: it gets a private folder that is thrown away and is all that it may write, no network, a
time limit, a fresh start after some hundreds of documents, and it dies with us.
"""

from __future__ import annotations

import contextlib
import functools
import os
import select
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from pipeline.errors import EngineFault, EngineMissing, Passing
from pipeline.letters.engines import page_code_stamp
from pipeline.letters.engines.libreoffice_folders import discard, folder_in
from pipeline.letters.ports import PageCode
from pipeline.scans.confinement import bubblewrap, seccomp
from pipeline.scans.confinement.budget import MemoryBudget
from pipeline.scans.confinement.child import Holding, tightest
from pipeline.scans.confinement.expendable import may_be_ended
from pipeline.scans.confinement.session_priority import SessionPriority
from pipeline.system_messages import os_words

_SCRIPT = Path(__file__).with_name("uno_press.py")
_MAX_PDF = 100_000_000
#: Bytes that must be free where LibreOffice writes: with less, what fails is no fault of the document.
_LEAST_ROOM = 50_000_000
_START_PATIENCE, _LEAVE_PATIENCE = 60.0, 5.0
_NICE = 5  # people at the desk, and their passwords, have the processor first, as with the children that draw pages
_ENDED = "LibreOffice berhenti sendiri; dokumennya mungkin terlalu berat untuk memori komputer ini"
_AGAIN = "Dokumen ini akan dicoba lagi dengan LibreOffice yang baru."
_FONT_INDEX = Path("/var/cache/fontconfig")  # without it, every start looks through all fonts
#: One heap for all its threads (mallopt(3)): then it does not grow. After 200 sheets it has 74 MB for itself; with the
#: heaps that each thread gets by itself 81 to 87, and a sheet takes as long (2026-11-27). What is large is asked of the
#: kernel by itself and given back at once: 76 MB after 19 sheets instead of 81, and they take as long.
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": str(128 * 2**10),
    "MALLOC_TRIM_THRESHOLD_": str(128 * 2**10),
}
_INSTALL = "Pasang dengan: sudo apt install libreoffice-writer python3-uno fonts-liberation"


class LibreOfficePress:
    """One LibreOffice behind a lock: safe to use from several threads, restarted when it dies or hangs.

    ``key`` is the office's key for page codes; ``patience`` the seconds a document may take; after ``recycle``
    documents LibreOffice is started afresh, lest it grows. It is held by ``holding`` (default: as tightly as works).
    Its own folder lies in ``folder`` (default: where the system keeps temporary files).
    """

    def __init__(
        self,
        key: bytes,
        *,
        patience: float = 60.0,
        recycle: int = 200,
        holding: Holding | None = None,
        folder: Path | None = None,
        budget: MemoryBudget | None = None,
    ) -> None:
        self._key, self._budget = key, budget
        self._place = folder or Path(tempfile.gettempdir())
        self._holding = holding
        self._patience = patience
        self._recycle = recycle
        self._lock = threading.Lock()
        self._running: _Running | None = None

    def print(self, docx: bytes, code: PageCode | None) -> bytes:
        """Return the document as PDF/A, every page stamped with its code if there is one.

        Raises:
            EngineFault: LibreOffice is missing, died or took too long.
            Passing: the disk is full.
        """
        with self._lock:
            try:
                pdf = self._printed(docx)
            except OSError as fault:
                raise _no_room(os_words(fault)) from fault
        return pdf if code is None else page_code_stamp.stamp(pdf, self._key, code.document)

    def close(self) -> None:
        """Stop LibreOffice and remove its folder; the next document starts it again."""
        with self._lock:
            if self._running:
                self._running.leave()
            self._stop()

    def _printed(self, docx: bytes) -> bytes:
        if self._running and (self._running.printed >= self._recycle or not self._running.alive()):
            self._stop()
        # It may have died since the last document, or for want of memory: a fresh one decides, with nothing beside it.
        with contextlib.suppress(_UnwellError), self._budget.working() if self._budget else contextlib.nullcontext():
            return self._tried(docx)
        with self._budget.alone() if self._budget else contextlib.nullcontext():
            try:
                return self._tried(docx)
            except _UnwellError as fault:
                if shutil.disk_usage(self._place).free < _LEAST_ROOM:
                    raise _no_room("ruang cakram habis") from fault
                raise EngineFault(str(fault), _AGAIN) from fault

    def _tried(self, docx: bytes) -> bytes:
        self._running = self._running or _Running(self._holding or tightest(), self._place)
        try:
            return self._running.pdf(docx, self._patience)
        except _TooLongError as fault:
            self._stop()
            raise EngineFault(str(fault), _AGAIN) from fault
        except _UnwellError:
            self._stop()
            raise

    def _stop(self) -> None:
        if self._running:
            self._running.stop()
            self._running = None


class _UnwellError(Exception):
    """LibreOffice died or could not make the document."""


class _TooLongError(_UnwellError):
    """LibreOffice hangs on a document: no use in trying it again at once."""


class _Running:
    """One started LibreOffice and the script that holds it.

    A thread of its own starts the script and stays: to the kernel, a process's parent is the thread that started it.
    """

    def __init__(self, holding: Holding, place: Path) -> None:
        python, soffice = _python(), _soffice()
        self.printed = 0
        self._folder, self._mark = folder_in(place)
        command = _held([python, "-I", str(_SCRIPT), soffice, str(self._folder), str(_NICE)], self._folder, holding)
        self._process: subprocess.Popen[bytes] | None = None
        self._failure: OSError | None = None
        started = threading.Event()
        threading.Thread(target=self._keep, args=(command, started), daemon=True).start()
        started.wait()
        try:
            self._answer(_START_PATIENCE)
        except _UnwellError as fault:
            self.stop()
            raise EngineMissing(f"LibreOffice tidak dapat dimulai ({fault}).", _INSTALL) from fault

    def _keep(self, command: list[str], started: threading.Event) -> None:
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                cwd=self._folder,
                env=_ENVIRONMENT,
            )
            may_be_ended(self._process)
            self._priority = SessionPriority(self._process.pid, _NICE)
        except OSError as error:
            self._failure = error
        started.set()
        if self._process:
            self._process.wait()

    def alive(self) -> bool:
        """Say whether the script is still there."""
        return self._process is not None and self._process.poll() is None

    def pdf(self, docx: bytes, patience: float) -> bytes:
        """Send one document and return its PDF.

        Raises:
            _UnwellError: it died, took longer than ``patience`` seconds, or could not make the document.
        """
        self.printed += 1
        try:
            pipe = self._process.stdin if self._process else None
            if pipe is None:
                raise BrokenPipeError
            self._priority.see_to_it()
            pipe.write(struct.pack(">I", len(docx)) + docx)
            pipe.flush()
        except OSError as error:
            raise _UnwellError(_ENDED) from error
        return self._answer(patience)

    def _answer(self, patience: float) -> bytes:
        until = time.monotonic() + patience
        kind, size = struct.unpack(">cI", self._read(5, until))
        if size > _MAX_PDF:
            raise _UnwellError("LibreOffice memberi jawaban yang janggal")
        body = self._read(size, until)
        if kind != b"P":
            raise _UnwellError(f"LibreOffice gagal membuat PDF ({body.decode(errors='replace')[:200]})")
        return body

    def _read(self, size: int, until: float) -> bytes:
        if not self._process or not self._process.stdout:
            raise _UnwellError(f"program tidak dapat dijalankan ({self._failure})")
        descriptor, chunks = self._process.stdout.fileno(), bytearray()
        readable = select.poll()  # select() itself knows no descriptor beyond 1,023
        readable.register(descriptor, select.POLLIN)
        while len(chunks) < size:
            left = until - time.monotonic()
            if left <= 0 or not readable.poll(left * 1000):
                raise _TooLongError("LibreOffice terlalu lama mengerjakan satu dokumen")
            if not (chunk := os.read(descriptor, min(size - len(chunks), 1 << 20))):
                raise _UnwellError(_ENDED)
            chunks += chunk
        return bytes(chunks)

    def leave(self) -> None:
        """Let it go in good order; :meth:`stop` takes what is left."""
        if self._process and self._process.stdin:
            with contextlib.suppress(OSError, subprocess.TimeoutExpired):
                self._process.stdin.close()
                self._process.wait(_LEAVE_PATIENCE)

    def stop(self) -> None:
        """Kill the script and everything it started, and remove the folder."""
        if self._process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):
                    if pipe:
                        pipe.close()
        discard(self._folder)
        with contextlib.suppress(OSError):
            os.close(self._mark)


def _held(command: list[str], folder: Path, holding: Holding) -> list[str]:
    """Return the command that runs *command* held, with nothing to write but *folder*."""
    filter_ = Path(seccomp.__file__)
    if holding.calls:
        command = [command[0], "-I", str(filter_), *command]
    if not holding.namespaces:
        return command
    office = Path(_soffice()).parents[1]
    read = (_SCRIPT, filter_, _FONT_INDEX, *(() if office.is_relative_to("/usr") else (office,)), *holding.sees)
    return bubblewrap.wrapped(command, read=read, write=(folder,))


def _no_room(why: str) -> Passing:
    return Passing(
        f"LibreOffice tidak dapat menulis berkas sementaranya: {why}.",
        "Kosongkan ruang cakram; dokumennya dicetak sendiri sesudah itu.",
    )


def _soffice() -> str:
    """Return LibreOffice's own binary: the wrappers around it fork, and what is forked twice does not die with us.

    Raises:
        EngineMissing: there is no LibreOffice.
    """
    found = shutil.which("soffice") or shutil.which("libreoffice")
    binary = Path(found).resolve().with_name("soffice.bin") if found else None
    if binary is None or not binary.exists():
        raise EngineMissing("LibreOffice tidak terpasang.", _INSTALL)
    return str(binary)


@functools.cache
def _python() -> str:
    """Return a Python that knows UNO: the system's, or LibreOffice's own.

    Raises:
        EngineMissing: none does.
    """
    beside = Path(_soffice()).with_name("python")
    for candidate in ("/usr/bin/python3", shutil.which("python3"), str(beside)):
        if candidate and Path(candidate).exists():
            tried = subprocess.run([candidate, "-I", "-c", "import uno"], capture_output=True, check=False, timeout=30)
            if tried.returncode == 0:
                return candidate
    raise EngineMissing("Penghubung LibreOffice untuk Python (python3-uno) tidak terpasang.", _INSTALL)
