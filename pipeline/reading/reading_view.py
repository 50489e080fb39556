"""Files that somebody names, and what would be read from one, as plain data. The shape is a public contract."""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.archive.store.folder import StoredFile
from pipeline.errors import NotFound
from pipeline.intake.routing import unread_code
from pipeline.storage import disk
from pipeline.wiring import Root


def reading_view(file: Path, root: Root) -> dict[str, Any]:
    """Return what would be read from a file, as ``read --json`` shows it; nothing is registered or kept.

    Raises:
        NotFound: there is no such file.
        Refused: it would not be taken in.
    """
    blob = file_blob(file)
    with closing(root.reader()) as reader:
        inspection = reader.inspect(blob)
        reading = reader.read(blob, root.clock.now())
    return {
        "media": inspection.media,
        "codes": [asdict(c) for c in inspection.codes],
        "warnings": [*inspection.warnings, *map(unread_code, inspection.unread), *reading.warnings],
        "engine": reading.engine,
        "pages": [{"number": p.number, "source": p.source, "turned": p.turned, "text": p.text} for p in reading.pages],
        "letters": [letter.as_json() for letter in reading.letters],
    }


def file_blob(file: Path) -> StoredFile:
    """Return a file that somebody named as a blob.

    Raises:
        NotFound: there is no such file.
    """
    if not file.is_file():
        raise NotFound(f"Berkas {file} tidak ada.", "Periksa nama dan foldernya.")
    return StoredFile(file.resolve(), file.name, disk.sha256_of(file), file.stat().st_size)
