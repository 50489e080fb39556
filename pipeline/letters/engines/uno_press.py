"""Holds one LibreOffice and turns Word documents into PDF/A; run by the system's Python, which knows UNO.

Not imported by Yankomas: ``libreoffice`` beside it starts it as ``python3 -I uno_press.py SOFFICE_BIN WORKDIR NICE``
and speaks frames with it. A request is four bytes of length and a .docx; an answer is ``P`` and a PDF or ``E`` and a
message, each after four bytes of length. LibreOffice listens on a pipe of ours, never on a TCP port, which every
user of the machine could drive. When standard input ends, or the parent dies, LibreOffice goes too.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import io
import os
import queue
import re
import resource
import signal
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
#: LibreOffice ends itself with these to be started again (79, 81: its fresh profile is ready now).
_START_AGAIN = (79, 81)
_START_PATIENCE = 40.0
_LEAVE_PATIENCE = 2.0
#: Bytes of a file, of address space (most is reserved and never used), and of memory that it may write to.
_MAX_FILE, _MAX_SPACE, _MAX_OWN = 256 * 2**20, 4 * 2**30, 900_000_000
_MAX_PROCESSOR = 60  # seconds a document
_NEVER = 0
_PDF_A_2B = 2
#: How a paragraph or a table is set (ISO 29500-1, 17.18.44), and what leaves every line its own length.
_ALIGNMENT = re.compile(rb"<(?:[^\s<>/:]+:)?jc\s[^<>]*?val\s*=\s*[\"']([^\"']*)[\"']")
_RAGGED = frozenset((b"left", b"right", b"center", b"start", b"end"))
#: Bytes of the parts of a file that are looked through for it.
_MOST_LOOKED = 16 * 2**20
#: No macro runs, no link is followed, nothing is updated, nothing is fetched.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Product"><prop oor:name="ooSetupLastVersion" oor:op="fuse">
<value>99.9</value></prop></item>
</oor:items>
"""


def is_justified(docx: bytes) -> bool:
    """Say whether any line of a Word file may be set to both margins; of a file that cannot be looked into, yes."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _MOST_LOOKED:
                return True
            return any(not _RAGGED.issuperset(_ALIGNMENT.findall(archive.read(entry))) for entry in entries)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return True


def die_with_parent() -> None:
    """Ask the kernel to kill this process when the thread that started it is gone, even by ``kill -9``."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limits() -> None:
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MAX_FILE, _MAX_FILE))
    resource.setrlimit(resource.RLIMIT_AS, (_MAX_SPACE, _MAX_SPACE))
    resource.setrlimit(resource.RLIMIT_DATA, (_MAX_OWN, _MAX_OWN))


class Office:
    """One running LibreOffice with a profile of its own."""

    def __init__(self, binary: str, folder: Path) -> None:
        self._uno: Any = importlib.import_module("uno")
        self._folder = folder
        self._pipe = folder.name
        profile = folder / "profil"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        self._command = [
            binary,
            f"-env:UserInstallation={profile.as_uri()}",
            f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard"),
        ]
        self._process = self._started()
        self._desktop = self._connected()

    def _started(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "TMPDIR": str(self._folder), "HOME": str(self._folder), "SAL_USE_VCLPLUGIN": "svp"}
        return subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            preexec_fn=_limits,
        )

    def _connected(self) -> Any:
        local = self._uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        until = time.monotonic() + _START_PATIENCE
        while time.monotonic() < until:
            code = self._process.poll()
            if code in _START_AGAIN:
                self._process = self._started()
            elif code is not None:
                raise RuntimeError(f"LibreOffice berhenti saat mulai (kode {code})")
            try:
                context = resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
                return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            except Exception:  # NoConnectException: a UNO type, known only at run time
                time.sleep(0.02)
        raise RuntimeError("LibreOffice tidak menjawab setelah dimulai")

    def pdf(self, docx: bytes) -> bytes:
        """Return the document as PDF marked PDF/A-2b; of neither anything is left in the folder."""
        source, target = self._folder / "masuk.docx", self._folder / "keluar.pdf"
        self._allow_seconds()
        try:
            source.write_bytes(docx)
            self._print(source, target, justified=is_justified(docx))
            return target.read_bytes()
        finally:
            source.unlink(missing_ok=True)
            target.unlink(missing_ok=True)

    def _print(self, source: Path, target: Path, *, justified: bool) -> None:
        document = self._desktop.loadComponentFromURL(
            source.as_uri(),
            "_blank",
            0,
            self._values(
                FilterName="MS Word 2007 XML",
                Hidden=True,
                ReadOnly=True,
                MacroExecutionMode=_NEVER,
                UpdateDocMode=_NEVER,
                Preview=True,  # no sidebar, status bar and tabs for a window that nobody sees
            ),
        )
        if document is None:
            raise RuntimeError("LibreOffice tidak dapat membuka dokumen ini")
        try:
            self._date(document)
            if justified:
                self._keep_margin(document)
            # Content controls are words on paper, not boxes to be filled in by whoever opens the PDF.
            data = self._values(
                SelectPdfVersion=_PDF_A_2B, ReduceImageResolution=False, UseTaggedPDF=False, ExportFormFields=False
            )
            options = self._uno.Any("[]com.sun.star.beans.PropertyValue", data)
            document.storeToURL(target.as_uri(), self._values(FilterName="writer_pdf_Export", FilterData=options))
        finally:
            document.close(True)

    def _allow_seconds(self) -> None:
        """Bound the processor time of the next document; a bound on its whole life would end an honest LibreOffice."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        used = (int(fields[11]) + int(fields[12])) // os.sysconf("SC_CLK_TCK")
        hard = resource.RLIM_INFINITY
        resource.prlimit(self._process.pid, resource.RLIMIT_CPU, (used + _MAX_PROCESSOR, hard))

    def _keep_margin(self, document: Any) -> None:
        """Justify lines by stretching alone: a shrunk first line of a list runs over the margin (seen in 25.2).

        Laying out anew is a tenth of what a sheet of one page costs, so it is done where a line is justified.
        """
        settings = document.createInstance("com.sun.star.document.Settings")
        if settings.getPropertySetInfo().hasPropertyByName("JustifyLinesWithShrinking"):  # not before 24.2
            settings.setPropertyValue("JustifyLinesWithShrinking", False)
            document.refresh()  # what is laid out already is laid out anew

    def _date(self, document: Any) -> None:
        """Date the document now: without a date, LibreOffice writes the year 0000 into the PDF's metadata."""
        now = self._uno.createUnoStruct("com.sun.star.util.DateTime")
        moment = datetime.now(UTC)
        now.Year, now.Month, now.Day = moment.year, moment.month, moment.day
        now.Hours, now.Minutes, now.Seconds, now.IsUTC = moment.hour, moment.minute, moment.second, True
        properties = document.DocumentProperties  # each look at it goes to LibreOffice and back
        properties.CreationDate = properties.ModificationDate = now

    def leave(self) -> None:
        """End LibreOffice in good order, so that it takes its socket with it."""
        with contextlib.suppress(Exception):  # the bridge breaks while LibreOffice goes
            self._desktop.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_LEAVE_PATIENCE)

    def _values(self, **values: Any) -> tuple[Any, ...]:
        made = []
        for name, value in values.items():
            item = self._uno.createUnoStruct("com.sun.star.beans.PropertyValue")
            item.Name, item.Value = name, value
            made.append(item)
        return tuple(made)


def _requests(inbox: queue.SimpleQueue[bytes | None]) -> None:
    """Read requests until the parent hangs up, then see to it that all goes, whatever LibreOffice is busy with."""
    source = sys.stdin.buffer
    while len(head := source.read(4)) == 4:
        inbox.put(source.read(struct.unpack(">I", head)[0]))
    inbox.put(None)
    time.sleep(_LEAVE_PATIENCE + 0.5)
    _kill_all()


def _kill_all() -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(os.getpgrp(), signal.SIGKILL)


def _answer(kind: bytes, body: bytes) -> None:
    sys.stdout.buffer.write(kind + struct.pack(">I", len(body)) + body)
    sys.stdout.buffer.flush()


def main(binary: str, folder: str, nice: str) -> None:
    """Serve until standard input ends."""
    die_with_parent()
    os.nice(int(nice))  # and so is LibreOffice
    inbox: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
    threading.Thread(target=_requests, args=(inbox,), daemon=True).start()
    office = Office(binary, Path(folder))
    _answer(b"P", b"")
    while (docx := inbox.get()) is not None:
        try:
            _answer(b"P", office.pdf(docx))
        except Exception as error:  # whatever UNO raises is told to the parent, which decides
            _answer(b"E", f"{type(error).__name__}: {str(error)[:500]}".encode())
    office.leave()
    _kill_all()


if __name__ == "__main__":
    main(*sys.argv[1:4])
