"""How tightly child processes are held here: as tightly as this machine allows."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from pipeline.scans.confinement import bubblewrap, seccomp


@dataclass(frozen=True, slots=True)
class Holding:
    """Whether children live in namespaces of their own, and behind a filter of system calls.

    ``sees`` are further folders that they may read.
    """

    namespaces: bool
    calls: bool
    sees: tuple[Path, ...] = ()

    def seeing(self, *folders: Path) -> Self:
        """Return the same, with further folders to read."""
        return replace(self, sees=self.sees + folders)


@functools.cache
def tightest() -> Holding:
    """Return the tightest hold that works here; tries it once."""
    return Holding(namespaces=not bubblewrap.obstacle(), calls=seccomp.known())


def shortcoming() -> str:
    """Return what is not held here, as a sentence for whoever starts the program; nothing if all is."""
    if not (missing := bubblewrap.obstacle()):
        return ""
    return f"Perhatian: berkas dibuka tanpa kurungan penuh ({missing}). Lihat: yankomas doctor."
