"""What the receipt of SOP step 1 says, twice on one page: for the complainant, and for the file.

As every sheet it has the office's letterhead, register number, day and hour, complainant, subject (``texts.py``). Its
own are the status code and how to ask with it how the complaint stands, the papers that were handed in (the complaint
with its sheets, then what is enclosed, four lines at most), and the officer who took them. The words around these stand
in the office's template ``01-tanda-terima.docx``. It keeps to one page: long texts are shortened here, the full text
stays in the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.letters.sheets.sheet_facts import Maker, SheetFacts
from pipeline.letters.sheets.specimens import Cases
from pipeline.letters.sheets.texts import LIMITS, enclosures, officer
from pipeline.office import wording
from pipeline.office.office import Office

RECEIPT = "01-tanda-terima"
#: Most lines in the list of papers.
PAPERS = 4


def _receipt(facts: SheetFacts, office: Office) -> dict[str, Any]:
    return {
        "rangkap": ["Lembar untuk pelapor", "Lembar untuk arsip"],
        "kode_status": facts.status_code,
        "cara_bertanya": office.asking,
        "berkas": _papers(facts),
        **officer(facts.drafted_on, office),
    }


def _papers(facts: SheetFacts) -> list[str]:
    letter = "Surat pengaduan" + (f", {wording.counted(facts.pages, 'lembar')}" if facts.pages else "")
    listed = enclosures(facts.fields.get("lampiran"))
    attached = wording.said(facts.fields.get("lampiran"))
    papers = [letter, *(listed or ([f"Lampiran: {attached}"] if attached else []))]
    if len(papers) > PAPERS:
        papers = [*papers[: PAPERS - 1], f"dan {wording.counted(len(papers) - PAPERS + 1, 'berkas')} lainnya"]
    return [wording.shortened(paper, LIMITS["berkas"]) for paper in papers]


SHEETS: Mapping[str, Maker] = {RECEIPT: _receipt}
CASES: Cases = {}
