"""A look at a template before it is needed: filled with a sample or a real case, printed, marked as a preview.

It is kept nowhere, and it is no draft: it has no page code, and each of its pages says that it is a preview.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from pipeline.errors import NotFound
from pipeline.letters.ports import Press, TemplateChecker, Typist
from pipeline.letters.sheets import specimen_values
from pipeline.letters.sheets.specimens import SPECIMENS
from pipeline.letters.template_versions import template_of
from pipeline.office.office import Office


@dataclass(frozen=True, slots=True)
class Previews:
    """Makes previews. ``marked`` puts the mark on a PDF's pages; ``press`` gives a press for one preview.

    ``own`` gives the values of the invented cases for a template of another service.
    """

    typist: Typist
    checker: Callable[[], TemplateChecker]
    press: Callable[[], AbstractContextManager[Press]]
    marked: Callable[[bytes], bytes]
    office: Office
    own: Callable[[str], Sequence[Mapping[str, Any]]] = lambda _template: ()

    def sample(self, template: str, specimen: str) -> dict[str, Any]:
        """Return the values of an invented case.

        Raises:
            NotFound: there is no such specimen.
        """
        if specimen not in SPECIMENS:
            raise NotFound(f"Tidak ada contoh {specimen}.", f"Pilih {', '.join(SPECIMENS)}.")
        if own := self.own(template):
            return dict(own[SPECIMENS.index(specimen)])
        return specimen_values(template_of(template), self.office)[specimen]

    def of_version(self, stem: str, values: Mapping[str, Any]) -> bytes:
        """Return the preview of a version that lies in the folder, as a PDF.

        Raises:
            TemplateFault: it cannot be used.
            EngineFault: LibreOffice is missing or failed.
        """
        return self._printed(self.typist.draft(stem, values).docx)

    def of_file(self, template: str, docx: bytes, values: Mapping[str, Any]) -> bytes:
        """Return the preview of a version that came from outside and passed, as a PDF.

        Raises:
            TemplateFault, EngineFault: as :meth:`of_version`.
        """
        return self._printed(self.checker().fill(template, docx, values))

    def _printed(self, docx: bytes) -> bytes:
        with self.press() as press:
            return self.marked(press.print(docx, None))
