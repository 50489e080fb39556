"""Files that say something, and what of a content tests look at."""

from __future__ import annotations

import io
import zipfile

from PIL import Image

from pipeline.errors import Refused
from pipeline.scans.renditions.content import Content, Insert
from pipeline.scans.renditions.packages import Package


def words(content: Content) -> str:
    """Return its texts."""
    return "\n".join(content.words()).strip()


def inserts(content: Content) -> list[str]:
    """Return the names of the files inside that have pages of their own."""
    return [block.name for block in content.blocks if isinstance(block, Insert)]


def code(check, *given) -> str:
    """Return the code with which something is refused; empty if it is not."""
    try:
        check(*given)
    except Refused as found:
        return found.code
    return ""


def packed(entries, compressed: bool = False) -> Package:
    """Return a ZIP file with these entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return Package(out)


def picture(kind="PNG", size=(300, 300), mode="RGB") -> bytes:
    """Return a picture as a file."""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind)
    return out.getvalue()
