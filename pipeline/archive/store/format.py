"""Which format the archive is written in: ``archive/.bentuk``, a whole number; no file means 1.

A version whose archive an earlier one would misread writes a higher number before it writes anything else. What an
earlier one merely does not understand, as a journal line of a new kind, needs none: it is kept as it is.
"""

from __future__ import annotations

import re
from pathlib import Path

from pipeline.archive.store.layout import Layout
from pipeline.errors import ArchiveFault

#: The newest format that this version reads and writes. The first is never written down.
FORMAT = 1
_WRITTEN = re.compile(rb"[1-9]\d{0,3}\n?")


def opened(folder: Path) -> Layout:
    """Return the paths of a root, once it is known that this version understands its archive; the one way to them.

    Raises:
        ArchiveFault: a later version wrote the archive, or nobody can say which.
    """
    layout = Layout(folder)
    try:
        written = layout.format.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return layout
    if not _WRITTEN.fullmatch(written):
        raise ArchiveFault(
            f"{layout.format} seharusnya berisi satu bilangan, bentuk arsip ini; isinya tidak dapat dibaca.",
            "Tidak ada yang diubah. Pulihkan berkas itu dari cadangan.",
        )
    if int(written) > FORMAT:
        raise ArchiveFault(
            f"Arsip {layout.archive} ditulis versi program yang lebih baru (bentuk {int(written)}; "
            f"program ini mengenal sampai bentuk {FORMAT}).",
            "Tidak ada yang diubah. Pasang versi program yang lebih baru, lalu ulangi.",
        )
    return layout
