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
from pipeline.reading.field_weights import FieldWeights
from pipeline.reading.fields import Complaint, FieldValue
from pipeline.reading.incident import moment, scene
from pipeline.reading.layout import Layout, layout_of
from pipeline.reading.matter import requests, rights, summary
from pipeline.reading.ports import Tagger
from pipeline.reading.proposal import Evidence
from pipeline.reading.reference_block import complaint_number, enclosures, subject
from pipeline.reading.respondents import all_named, find_respondents
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


def find_complaints(
    pages: tuple[Page, ...], today: date, tagger: Tagger | None = None, weights: FieldWeights | None = None
) -> tuple[Complaint, ...]:
    """Return the letters of complaint on the pages, with the candidates for their fields.

    No date after ``today`` is proposed. With a *tagger*, what a field holds is chosen among what the rules find and
    what it marks, by *weights* (default: those that come with the program); without, the rules alone decide.
    For now all pages are one letter: two letters without a separator sheet between them are a suspicion that a person
    settles (SOP move *pisahkan*), never a split made alone. No pages, no letter.
    """
    if not pages:
        return ()
    evidence = evidence_of(pages, today, tagger)
    fields = chosen(evidence, today, weights) if tagger else evidence.fields
    return (Complaint(tuple(page.number for page in pages), fields),)


def evidence_of(pages: tuple[Page, ...], today: date, tagger: Tagger | None) -> Evidence:
    """Return what rules and tagger find on the pages of one letter."""
    sheet = Sheet(without_covering(pages))
    if not sheet.rows:
        return Evidence(sheet, dict(_NOTHING), (), ())
    layout = layout_of(sheet)
    fields = _fields(layout, today)
    if not tagger:
        return Evidence(sheet, fields, (), ())
    return Evidence(sheet, fields, all_named(layout, _others(fields)), tagger.marks(sheet))


def _fields(layout: Layout, today: date) -> dict[str, FieldValue]:
    perihal = subject(layout)
    kuasa = representative(layout)
    people = find_complainants(layout, frozenset(str(f.best.nilai) for f in kuasa["nama"]) if kuasa else frozenset())
    fields: dict[str, FieldValue] = {
        "tanggal_surat": complaint_date(layout, today),
        "nomor_surat": complaint_number(layout),
        "sifat_surat": classification(layout),
        "perihal": perihal,
        "pelapor": people,
        "lembaga_pelapor": organisation(layout),
        "kuasa": kuasa,
        "terlapor": (),
        "tempat_kejadian": scene(layout, frozenset(p["alamat"].best.teks for p in people if p["alamat"])),
        "waktu_kejadian": moment(layout, today),
        "tujuan": find_addressee(layout),
        "tembusan": copies(layout),
        "lampiran": enclosures(layout),
        "permintaan": requests(layout),
        "hak": rights(layout, perihal),
        "ringkasan": summary(layout),
    }
    return fields | {"terlapor": find_respondents(layout, _others(fields))}


def _others(fields: Mapping[str, Any]) -> frozenset[str]:
    """Return the names that cannot be complained of: senders, their lawyers, the addressee."""
    kuasa = fields["kuasa"]
    named = [p["nama"] for p in fields["pelapor"]]
    named += [fields["lembaga_pelapor"], fields["tujuan"], *(kuasa["nama"] if kuasa else ())]
    return frozenset(str(f.best.nilai) for f in named if f)
