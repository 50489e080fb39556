"""Small files by which processes tell one another what is so this moment: whole at any time, never synced.

They say nothing that a power cut could make anybody miss, so they are no effects on the archive (:mod:`.disk`), and
what cannot be written (disk full, no right) is not told.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any


def tell(path: Path, told: object) -> None:
    """Put a value, as JSON, in place of what was told before. One process at a time tells by one name."""
    part = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(mode=0o750, exist_ok=True)
        fd = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o640)
        with open(fd, "w", encoding="utf-8") as writer:
            json.dump(told, writer)
        os.replace(part, path)
    except OSError:
        with suppress(OSError):
            part.unlink()


def heard(path: Path) -> Any:
    """Return the value that was told last; None if nothing was, or it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
