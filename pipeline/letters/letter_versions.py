"""The versions of a case's letters as their Word files have them: their words, and what differs between two."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.case import Case
from pipeline.cases.ports import Cabinet, LetterReader, content
from pipeline.cases.sop import title_of
from pipeline.errors import NotAllowed, NotFound
from pipeline.letters.differences import Difference, differences


@dataclass(frozen=True, slots=True)
class LetterVersions:
    """The Word files of letters in a cabinet, and what reads them."""

    cabinet: Cabinet
    reader: LetterReader

    def file(self, case: Case, template: str, version: int) -> bytes:
        """Return the Word file of a version.

        Raises:
            NotFound: the case has no such version.
            NotAllowed: it says of pages that became another case, and a newer one took its place.
        """
        document = case.document(f"{template}-v{version}.docx")
        if document is None:
            fact = f"Perkara {case.number} tidak memiliki {template} versi {version}."
            raise NotFound(fact, "Periksa nama naskah dan nomor versinya.")
        if document.name in case.shared and version < case.drafts[template].version:
            raise NotAllowed(
                f"{title_of(template)} versi {version} juga memuat halaman yang menjadi perkara lain.",
                "Lihat versi yang dikonsep sesudah perkara dipisahkan.",
            )
        return content(self.cabinet.blob(case.number, document))

    def words(self, case: Case, template: str, version: int) -> tuple[str, ...]:
        """Return the paragraphs of a version that say something.

        Raises:
            NotFound: the case has no such version.
        """
        return self.words_of(self.file(case, template, version))

    def words_of(self, docx: bytes) -> tuple[str, ...]:
        """Return the paragraphs of a fit Word file that say something."""
        return tuple(text for text in self.reader.words(docx) if text.strip())

    def differences(self, case: Case, template: str, older: int, newer: int) -> tuple[Difference, ...]:
        """Return what differs between two versions.

        Raises:
            NotFound: the case has no such version.
        """
        return differences(self.words(case, template, older), self.words(case, template, newer))
