"""Letters as a machine reads them with doubts: for the pages on which a person checks them."""

from __future__ import annotations

from dataclasses import replace

from fakes import FakeReader

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.seen_on_pages import Citation, Suspicion
from pipeline.reading.fields import Candidate, Complaint, Field
from pipeline.reading.ports import Reading
from pipeline.scans.words import Page, Word

#: What one sees to be wrong of no letter: a woman born on 27 December 1955.
NIK = "1701026712550001"


def field(value: object, sure: float, page: int = 1, top: float = 0.1) -> Field:
    """A field that stands in a line of its own."""
    text = str(value)
    return Field((Candidate(value, text, page, (0.3, top, 0.6, top + 0.02), sure, "baris berlabel"),))


class LetterReader(FakeReader):
    """Reads every file as a letter of two pages: subject, complainant and summary in doubt, NIK and date certain.

    ``suspects``: the second page may begin another letter; ``cites``: the case that the letter names;
    ``calls_itself``: how urgent or secret it says it is.
    """

    def __init__(self) -> None:
        super().__init__()
        self.suspects, self.cites, self.born, self.calls_itself = False, 0, "1955-12-27", ""

    def inspect(self, blob):
        found = super().inspect(blob)
        return type(found)(found.media, found.extension, 2)

    def read(self, blob, received, progress=lambda *_: None):
        with blob.local() as path:
            content = path.read_bytes()
        pages = tuple(
            Page(n, 300, 400, (Word(f"halaman {n}", (0.1, 0.1, 0.5, 0.12), 0.9, 0),), f"halaman {n}", "ocr")
            for n in (1, 2)
        )
        letter = Complaint(
            (1, 2),
            {
                "perihal": field("Sengketa tanah rekaan", 0.73),
                "tanggal_surat": field("2026-11-20", 0.95, top=0.15),
                "pelapor": (
                    {
                        "nama": field("Siti Rekaan", 0.8, top=0.2),
                        "nik": field(NIK, 0.95, top=0.25),
                        "ttl": field({"tempat": "Contoh", "tanggal": self.born}, 0.95, top=0.3),
                    },
                ),
                "terlapor": (field("Kantor Contoh", 0.7, page=2),),
                "ringkasan": field("Tanah dipagari.", 0.5, page=2, top=0.4),
            },
        )
        if said := self.calls_itself:
            found = Candidate(said, said, 1, (0.3, 0.05, 0.6, 0.07), 0.95, "baris berlabel 'Sifat' di kepala surat")
            letter = replace(letter, fields={**letter.fields, "sifat_surat": Field((found,))})
        suspected = (Suspicion(2, "tampak seperti halaman pertama surat lain"),) if self.suspects else ()
        cited = (Citation(str(CaseNumber(2026, self.cites)), 1, f"000{self.cites}/2026"),) if self.cites else ()
        return Reading(pages, (letter,), content, "palsu 1", (), suspected, cited)
