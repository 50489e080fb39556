"""From the words of a scan to the fields of a complaint, each with its evidence.

Every rule looks at how Indonesian letters are written (labels, salutations, closings, addresses), never at names it
knows; what it cannot find stays ``None``. ``find_complaints`` never raises.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pipeline.reading.addressee import copies, find_addressee
from pipeline.reading.choice import chosen
from pipeline.reading.classification import classification
from pipeline.reading.complainants import find_complainants
from pipeline.reading.dates import complaint_date
from pipeline.reading.fields import Complaint, Field, FieldValue
from pipeline.reading.incident import moment, scene
from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.matter import requests, rights, summary
from pipeline.reading.ports import Tagger
from pipeline.reading.reference_block import complaint_number, enclosures, subject
from pipeline.reading.respondents import find_respondents
from pipeline.reading.sheet import Sheet, without_covering
from pipeline.reading.signatories import organisation, representative
from pipeline.scans.words import Page

__all__ = ["find_complaints"]

_ONE = (
    "tanggal_surat nomor_surat sifat_surat perihal lembaga_pelapor kuasa tempat_kejadian waktu_kejadian"
    " tujuan lampiran ringkasan"
)
_SEVERAL = "pelapor terlapor tembusan permintaan hak"
_NOTHING: dict[str, FieldValue] = {**dict.fromkeys(_ONE.split()), **dict.fromkeys(_SEVERAL.split(), ())}


def find_complaints(pages: tuple[Page, ...], today: date, tagger: Tagger | None = None) -> tuple[Complaint, ...]:
    """Return the letters of complaint on the pages, with the candidates for their fields.

    No date after ``today`` is proposed. With a *tagger*, what a field holds is chosen among what the rules find and
    what it marks; without, the rules alone decide.
    For now all pages are one letter: two letters without a separator sheet between them are a suspicion that a person
    settles (SOP move *pisahkan*), never a split made alone. No pages, no letter.
    """
    if not pages:
        return ()
    sheet = Sheet(without_covering(pages))
    fields = _fields(layout_of(sheet), today) if sheet.rows else dict(_NOTHING)
    if tagger:
        fields = chosen(fields, tagger.marks(sheet), sheet, today)
    return (Complaint(tuple(page.number for page in pages), fields),)


def _fields(layout: Layout, today: date) -> dict[str, FieldValue]:
    perihal = subject(layout)
    kuasa = representative(layout)
    people = find_complainants(layout, frozenset(str(f.best.nilai) for f in kuasa["nama"]) if kuasa else frozenset())
    lembaga = organisation(layout)
    tujuan = find_addressee(layout)
    return {
        "tanggal_surat": complaint_date(layout, today),
        "nomor_surat": complaint_number(layout),
        "sifat_surat": classification(layout),
        "perihal": perihal,
        "pelapor": people,
        "lembaga_pelapor": lembaga,
        "kuasa": kuasa,
        "terlapor": find_respondents(layout, _others(people, lembaga, tujuan, kuasa)),
        "tempat_kejadian": scene(layout, frozenset(p["alamat"].best.teks for p in people if p["alamat"])),
        "waktu_kejadian": moment(layout, today),
        "tujuan": tujuan,
        "tembusan": copies(layout),
        "lampiran": enclosures(layout),
        "permintaan": requests(layout),
        "hak": rights(layout, perihal),
        "ringkasan": summary(layout),
    }


def _others(
    people: tuple[Mapping[str, Field | None], ...],
    lembaga: Field | None,
    tujuan: Field | None,
    kuasa: Mapping[str, Any] | None,
) -> frozenset[str]:
    """Return the names that cannot be complained of: senders, their lawyers, the addressee."""
    fields = [p["nama"] for p in people] + [lembaga, tujuan, *(kuasa["nama"] if kuasa else ())]
    return frozenset(str(f.best.nilai) for f in fields if f)
