"""Files that come with a form: put down where only this process looks, for as long as they are looked into."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.datastructures import UploadFile

from pipeline.adapters.archive.folder import StoredFile
from pipeline.errors import Incomplete
from pipeline.wiring import Root

_NAME = "berkas"


def uploaded(given: object) -> UploadFile | None:
    """Return a form's file, or None if none was chosen."""
    return given if isinstance(given, UploadFile) and given.filename else None


@contextmanager
def put_down(upload: UploadFile | None, root: Root) -> Iterator[StoredFile | None]:
    """Give an upload as a stored file while the context lasts; None stays None.

    Raises:
        Incomplete: it is empty, or larger than the office's settings allow.
    """
    if upload is None:
        yield None
        return
    _check(upload, root.settings.inbox.max_bytes)
    with tempfile.TemporaryDirectory(prefix="unggahan-", dir=root.layout.state) as folder:
        path = Path(folder) / _NAME
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            shutil.copyfileobj(upload.file, target, 1 << 20)
        with path.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        yield StoredFile(path, upload.filename or _NAME, digest, path.stat().st_size)


def _check(upload: UploadFile, most: int) -> None:
    upload.file.seek(0, os.SEEK_END)
    size = upload.file.tell()
    upload.file.seek(0)
    if not size:
        raise Incomplete("Berkas itu kosong.", "Pilih berkas pindaian yang utuh.")
    if size > most:
        raise Incomplete(
            f"Berkas itu {size / 1e6:.0f} MB; batasnya {most / 1e6:.0f} MB.", "Pindai dengan resolusi lebih rendah."
        )
