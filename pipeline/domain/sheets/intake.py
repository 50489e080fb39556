"""The sheets of SOP steps 1 and 3: the receipt and the disposition sheet.

Long texts are shortened here, so that each keeps to its one page; the full text stays in the case.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.domain import wording
from pipeline.domain.office import Office
from pipeline.domain.sheets.common import (
    LANES,
    LIMITS,
    all_said,
    capital,
    deadline,
    enclosures,
    said,
    title,
)
from pipeline.domain.sheets.facts import Maker, SheetFacts

RECEIPT = "01-tanda-terima"
DISPOSITION = "03-lembar-disposisi"

#: The confidentiality grades (``sifat``) that the disposition sheet has boxes for.
GRADES = ("Biasa", "Terbatas", "Rahasia")
#: The four hops of SOP steps 3 and 4.
HOPS = (("tim-yankomas", "kakanwil"), ("kakanwil", "kadiv"), ("kadiv", "kabid"), ("kabid", "kasubbid"))
#: Most lines in the receipt's list of papers.
PAPERS = 4


def _receipt(facts: SheetFacts, office: Office) -> dict[str, Any]:
    officer = office.holder("tim-yankomas", facts.drafted_on)
    return {
        "rangkap": ["Lembar untuk pelapor", "Lembar untuk arsip"],
        "kode_status": facts.status_code,
        "cara_bertanya": office.status_line,
        "berkas": _papers(facts),
        "petugas_jabatan": officer.printed_title if officer else LANES["tim-yankomas"],
        "petugas_nama": officer.name if officer else "",
        "petugas_nip": officer.nip if officer else "",
    }


def _disposition(facts: SheetFacts, office: Office) -> dict[str, Any]:
    ticked = capital(facts.classification)
    return {
        "nomor_agenda": wording.shortened(said(facts.fields.get("nomor_agenda")), LIMITS["agenda"]),
        "indeks": wording.shortened(said(facts.fields.get("indeks")), LIMITS["agenda"]),
        "kode_klasifikasi": wording.shortened(said(facts.fields.get("klasifikasi")), LIMITS["agenda"]),
        "tenggat": deadline(facts.due_at),
        "tenggat_telaahan": deadline(facts.review_due_at),
        "isi_ringkas": wording.shortened(_gist(facts.fields), LIMITS["isi_ringkas"]),
        "alur": [{"dari": title(a, facts, office), "kepada": title(b, facts, office)} for a, b in HOPS],
        **{f"kotak_{grade.lower()}": "☒" if grade == ticked else "☐" for grade in GRADES},
    }


def _papers(facts: SheetFacts) -> list[str]:
    letter = "Surat pengaduan" + (f", {wording.counted(facts.pages, 'lembar')}" if facts.pages else "")
    listed = enclosures(facts.fields.get("lampiran"))
    attached = said(facts.fields.get("lampiran"))
    papers = [letter, *(listed or ([f"Lampiran: {attached}"] if attached else []))]
    if len(papers) > PAPERS:
        papers = [*papers[: PAPERS - 1], f"dan {wording.counted(len(papers) - PAPERS + 1, 'berkas')} lainnya"]
    return [wording.shortened(paper, LIMITS["berkas"]) for paper in papers]


def _gist(fields: Mapping[str, Any]) -> str:
    """Return the matter in a few sentences: the summary if there is one, whom it is against, where, what is asked."""
    parts = (
        ("", said(fields.get("ringkasan"))),
        ("Terlapor: ", "; ".join(all_said(fields.get("terlapor")))),
        ("Tempat kejadian: ", said(fields.get("tempat_kejadian"))),
        ("Memohon: ", "; ".join(all_said(fields.get("permintaan")))),
    )
    return " ".join(f"{label}{text.rstrip('.')}." for label, text in parts if text)


SHEETS: Mapping[str, Maker] = {RECEIPT: _receipt, DISPOSITION: _disposition}
