"""What the sheets say: the values that the Word templates of a case may use.

A template names its values in Indonesian (``{{ nomor_register }}``), because clerks edit the templates. What is not
known is the empty text: the sheet then leaves the line free to be written on. Long texts are shortened here, so
that every sheet keeps to its one page; the full text stays in the case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.domain import wording
from pipeline.domain.office import Office, Official
from pipeline.errors import TemplateFault

RECEIPT = "01-tanda-terima"
DISPOSITION = "03-lembar-disposisi"

#: The confidentiality grades (``sifat``) that the disposition sheet has boxes for.
GRADES = ("Biasa", "Terbatas", "Rahasia")
#: The four hops of SOP steps 3 and 4.
HOPS = (("tim-yankomas", "kakanwil"), ("kakanwil", "kadiv"), ("kadiv", "kabid"), ("kabid", "kasubbid"))
#: The lanes as the SOP prints them, for a role that nobody holds that day.
LANES = {
    "tim-yankomas": "Tim Yankomas",
    "kakanwil": "Kepala Kantor Wilayah",
    "kadiv": "Kadiv Yankum",
    "kabid": "Kabid HAM",
    "kasubbid": "Kasubbid Pemajuan HAM",
}

#: The widest a value may be, in average letters, to fit the room that the sheets give it.
LIMITS = {
    "pelapor": 110,
    "cara_penyampaian": 60,
    "hal": 140,
    "isi_ringkas": 290,
    "nomor_surat": 45,
    "lampiran": 60,
    "berkas": 66,
    "agenda": 40,
}
#: Most lines in the receipt's list of papers.
PAPERS = 4


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What is known of a case when a sheet is drafted.

    ``fields`` has the shape of :func:`pipeline.domain.letter.proposed` and is empty when the reading failed;
    ``pages`` counts the sheets of the letter; ``due_at`` is the deadline of the whole case, ``review_due_at`` that
    of the review (SOP step 4).
    """

    register_number: str
    number: str
    received_at: datetime
    status_code: str
    drafted_on: date
    fields: Mapping[str, Any]
    pages: int
    channel: str | None = None
    classification: str = "Terbatas"
    due_at: datetime | None = None
    review_due_at: datetime | None = None


def context(template: str, facts: SheetFacts, office: Office) -> dict[str, Any]:
    """Return every value that the template may use: plain texts, and lists of texts or of named texts.

    Raises:
        TemplateFault: no sheet of this name is known.
    """
    if template not in _OF_TEMPLATE:
        raise TemplateFault(
            f"Templat {template} tidak dikenal.", f"Templat yang ada: {', '.join(sorted(_OF_TEMPLATE))}."
        )
    return {**_of_office(facts, office), **_of_case(facts), **_of_template(template, facts, office)}


def _of_template(template: str, facts: SheetFacts, office: Office) -> dict[str, Any]:
    return _OF_TEMPLATE[template](facts, office)


def _of_office(facts: SheetFacts, office: Office) -> dict[str, Any]:
    head = office.letterhead
    return {
        "kop_kementerian": "\n".join(head.ministry),
        "kop_kantor": head.office,
        "kop_alamat": head.address,
        "kop_kontak": head.contact,
        "layanan": office.service,
        "tempat": office.place,
        "tanggal_dokumen": wording.long_date(facts.drafted_on),
    }


def _of_case(facts: SheetFacts) -> dict[str, Any]:
    fields = facts.fields
    return {
        "nomor_register": facts.register_number,
        "nomor_perkara": facts.number,
        "diterima": wording.weekday_and_hour(facts.received_at),
        "tanggal_terima": wording.long_date(facts.received_at),
        "jam_terima": wording.hour(facts.received_at),
        "cara_penyampaian": wording.shortened(_capital(facts.channel or ""), LIMITS["cara_penyampaian"]),
        "pelapor": wording.shortened(_sender(fields), LIMITS["pelapor"]),
        "hal": wording.shortened(_text(fields.get("perihal")), LIMITS["hal"]),
        "nomor_surat": wording.shortened(_text(fields.get("nomor_surat")), LIMITS["nomor_surat"]),
        "tanggal_surat": wording.date_from(_text(fields.get("tanggal_surat"))),
        "lampiran": wording.shortened(_attachment(fields), LIMITS["lampiran"]),
        "jumlah_halaman": wording.counted(facts.pages, "lembar") if facts.pages else "",
        "sifat": _capital(facts.classification),
    }


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
    ticked = _capital(facts.classification)
    return {
        "nomor_agenda": wording.shortened(_text(facts.fields.get("nomor_agenda")), LIMITS["agenda"]),
        "indeks": wording.shortened(_text(facts.fields.get("indeks")), LIMITS["agenda"]),
        "kode_klasifikasi": wording.shortened(_text(facts.fields.get("klasifikasi")), LIMITS["agenda"]),
        "tenggat": _deadline(facts.due_at),
        "tenggat_telaahan": _deadline(facts.review_due_at),
        "isi_ringkas": wording.shortened(_gist(facts.fields), LIMITS["isi_ringkas"]),
        "alur": [{"dari": _title(a, facts, office), "kepada": _title(b, facts, office)} for a, b in HOPS],
        **{f"kotak_{grade.lower()}": "☒" if grade == ticked else "☐" for grade in GRADES},
    }


_OF_TEMPLATE: dict[str, Callable[[SheetFacts, Office], dict[str, Any]]] = {
    RECEIPT: _receipt,
    DISPOSITION: _disposition,
}
TEMPLATES = tuple(sorted(_OF_TEMPLATE))


def _title(role: str, facts: SheetFacts, office: Office) -> str:
    holder: Official | None = office.holder(role, facts.drafted_on)
    return holder.printed_title if holder else LANES[role]


def _capital(text: str) -> str:
    line = wording.one_line(text)
    return line[:1].upper() + line[1:]


def _deadline(moment: datetime | None) -> str:
    return wording.date_and_hour(moment) if moment else ""


def _text(value: Any) -> str:
    """Return what a field says, as one line; its text as printed where it has no value."""
    if isinstance(value, Mapping):
        value = value["nilai"] if value.get("nilai") is not None else value.get("teks")
    if value is None or isinstance(value, Mapping | list | tuple):
        return ""
    text = wording.one_line(value)
    return text if text.strip("-–—. ") else ""


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, Sequence) and not isinstance(value, str) else []
    return [text for item in items if (text := _text(item))]


def _sender(fields: Mapping[str, Any]) -> str:
    """Return who complains, on one line: the organisation, its person, and for whom a proxy acts."""
    people = fields.get("pelapor") or []
    names = [_text(person.get("nama")) for person in people if isinstance(person, Mapping)]
    known = [name for name in names if name]
    person = known[0] if known else ""
    if person and len(people) > 1:
        person = f"{person} dkk. ({len(people)} orang)"
    body = _text(fields.get("lembaga_pelapor"))
    return f"{body} ({person})" if body and person else body or person


def _attachment(fields: Mapping[str, Any]) -> str:
    field = fields.get("lampiran")
    listed = _listed(field)
    return _text(field) or (wording.counted(len(listed), "berkas") if listed else "")


def _listed(field: Any) -> list[str]:
    """Return the listed attachments, which the reader gives beside the field or as its value."""
    if not isinstance(field, Mapping):
        return []
    value = field.get("nilai")
    return _texts((value if isinstance(value, Mapping) else field).get("daftar"))


def _papers(facts: SheetFacts) -> list[str]:
    letter = "Surat pengaduan" + (f", {wording.counted(facts.pages, 'lembar')}" if facts.pages else "")
    listed = _listed(facts.fields.get("lampiran"))
    attached = _text(facts.fields.get("lampiran"))
    papers = [letter, *(listed or ([f"Lampiran: {attached}"] if attached else []))]
    if len(papers) > PAPERS:
        papers = [*papers[: PAPERS - 1], f"dan {wording.counted(len(papers) - PAPERS + 1, 'berkas')} lainnya"]
    return [wording.shortened(paper, LIMITS["berkas"]) for paper in papers]


def _gist(fields: Mapping[str, Any]) -> str:
    """Return the matter in a few sentences: the summary if there is one, whom it is against, where, what is asked."""
    parts = (
        ("", _text(fields.get("ringkasan"))),
        ("Terlapor: ", "; ".join(_texts(fields.get("terlapor")))),
        ("Tempat kejadian: ", _text(fields.get("tempat_kejadian"))),
        ("Memohon: ", "; ".join(_texts(fields.get("permintaan")))),
    )
    return " ".join(f"{label}{text.rstrip('.')}." for label, text in parts if text)
