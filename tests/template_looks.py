"""What a process found out about the office's Word templates, known to all processes of a test run.

Looking through all templates takes seconds, and whoever shows their list looks. The same bytes under the same settings
always fare the same (:func:`pipeline.letters.engines.word_templates._tried` remembers it within a process), whoever
holds the office's posts.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from dataclasses import replace
from pathlib import Path
from threading import get_ident

from pipeline.letters.engines import word_templates
from pipeline.letters.ports import TemplateFinding
from pipeline.office.office import Office, Paper

_look = word_templates._tried


class SharedLooks:
    """Looks that lie in a folder, each in a file named for what was looked at."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def tried(
        self, template: str, data: bytes, office: Office, logo: bytes, paper: Paper
    ) -> tuple[TemplateFinding, ...]:
        """Return what was found, looking only if no process has yet."""
        marks = [hashlib.sha256(part).hexdigest() for part in (data, logo)]
        told = repr((template, marks, replace(office, officials=()), paper))
        kept = self._folder / hashlib.sha256(told.encode()).hexdigest()
        if not kept.exists():
            own = kept.with_suffix(f".{os.getpid()}-{get_ident()}")
            own.write_bytes(pickle.dumps(_look(template, data, office, logo, paper)))
            own.replace(kept)
        found: tuple[TemplateFinding, ...] = pickle.loads(kept.read_bytes())
        return found
