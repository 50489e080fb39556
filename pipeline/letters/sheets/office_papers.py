"""Papers beside those of the SOP, as Word files and PDF: the survey's form, letters on personal data, of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from pipeline.archive import papers
from pipeline.errors import UsageFault
from pipeline.letters.ports import Press, Typist

#: The kinds of file, with what browsers call them.
MEDIA: Mapping[str, str] = {kind: papers.MEDIA[kind] for kind in ("docx", "pdf")}


@dataclass(frozen=True, slots=True)
class OfficePapers:
    """Makes them from the office's own templates; ``press`` gives a press for the time of one paper."""

    typist: Typist
    press: Callable[[], AbstractContextManager[Press]]

    def made(self, template: str, values: Mapping[str, Any], kind: str) -> bytes:
        """Return a paper as a file of that kind.

        Raises:
            UsageFault: a kind of file that there is none of.
            TemplateFault: the office's template cannot be used.
            EngineFault: LibreOffice is missing or failed.
        """
        if kind not in MEDIA:
            raise UsageFault(f"Naskah ini tidak dibuat sebagai {kind!r}.", f"Pilih {', '.join(MEDIA)}.")
        docx = self.typist.draft(template, values).docx
        if kind == "docx":
            return docx
        with self.press() as press:
            return press.print(docx, None)
