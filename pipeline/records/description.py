"""A case's folder described for the archive that takes it: the elements of ISAD(G), by their numbers.

Source: ICA, *ISAD(G): General International Standard Archival Description*, second edition, 2000; the six elements that
it calls essential for exchange (3.1.1 to 3.1.5, 3.2.1) are always there. The description goes into the bag as a tag
file. No public format of SRIKANDI for taking in records was found: it gets the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.office.wording import counted, date_in_figures

#: The tag files of the bag in which it stands, for programs and for people.
FILE, TEXT = "metadata/isad-g.json", "metadata/isad-g.txt"
STANDARD = "ISAD(G): General International Standard Archival Description, 2nd edition, ICA 2000"
#: How secret a record is, as the one who takes it reads its conditions of access.
_ACCESS = {
    "sangat rahasia": "Tertutup: sangat rahasia. Dibuka hanya bagi orang yang disebut (UU 43/2009 Pasal 44).",
    "rahasia": "Tertutup: rahasia. Dibuka hanya bagi yang berwenang (UU 43/2009 Pasal 44, UU 14/2008 Pasal 17).",
    "terbatas": "Terbatas: memuat data pribadi pelapor (UU 27/2022); identitas pelapor dan saksi dirahasiakan.",
    "biasa": "Terbuka, kecuali data pribadi (UU 27/2022).",
}


@dataclass(frozen=True, slots=True)
class Described:
    """What is described: the record's numbers, creator, days, extent, contents, place and fate, in words.

    ``kind`` is what folders of its service are called, ``book`` the register in which it stands. ``began`` and
    ``ended`` are the first and the last day of the folder; ``papers`` the titles of what lies in it.
    """

    reference: str
    register_number: str
    creator: str
    service: str
    kind: str
    book: str
    began: date
    ended: date | None
    subject: str
    respondent: str
    classification: str
    secrecy: str
    documents: int
    size: int
    sheets: str
    papers: tuple[str, ...]
    outcome: str
    place: str
    lacking: str
    sop: str
    list_id: str
    described_by: str
    described_on: date


def elements(of: Described) -> dict[str, dict[str, str]]:
    """Return the elements that say something: by number, each with its name and what it says."""
    return {number: {"elemen": name, "isi": text} for number, name, text in _elements(of) if text}


def _elements(of: Described) -> Iterator[tuple[str, str, str]]:
    about = ", ".join(filter(None, (of.subject, f"terlapor {of.respondent}" if of.respondent else "")))
    paper = f"; {of.sheets} lembar kertas" if of.sheets else ""
    yield "3.1.1", "Kode referensi", f"ID, {of.creator}, {of.register_number} ({of.reference})"
    yield "3.1.2", "Judul", f"Berkas {of.kind} nomor register {of.register_number}"
    yield "3.1.3", "Tanggal", f"{of.began.isoformat()}/{of.ended.isoformat() if of.ended else ''}"
    yield "3.1.4", "Tingkat deskripsi", "berkas"
    yield "3.1.5", "Jumlah dan media", f"{counted(of.documents, 'dokumen elektronik')}, {of.size} byte{paper}"
    yield "3.2.1", "Pencipta", of.creator
    yield "3.2.2", "Riwayat pencipta", of.service
    yield "3.2.4", "Cara memperoleh", f"Daftar penyerahan {of.list_id}" if of.list_id else ""
    yield "3.3.1", "Lingkup dan isi", f"{about}. Isi: {'; '.join(of.papers)}." if about else "; ".join(of.papers)
    yield "3.3.2", "Penilaian, pemusnahan dan penjadwalan", f"Berakhir: {of.outcome}"
    yield "3.3.4", "Sistem penataan", f"Klasifikasi {of.classification}" if of.classification else ""
    yield "3.4.1", "Syarat akses", _ACCESS.get(of.secrecy.casefold(), _ACCESS["terbatas"])
    yield "3.4.3", "Bahasa dan aksara", "ind (Latin)"
    yield "3.4.4", "Ciri fisik dan syarat teknis", "PDF/A-2b bila ditandai demikian; selebihnya seperti yang diterima"
    yield "3.4.5", "Sarana bantu temu balik", f"{of.book}; {of.sop}"
    yield "3.5.1", "Keberadaan dan letak asli", of.place
    yield "3.6.1", "Catatan", f"Yang kurang dalam map: {of.lacking}" if of.lacking else "Map lengkap menurut SOP."
    yield "3.7.1", "Catatan arsiparis", of.described_by
    yield "3.7.2", "Aturan", STANDARD
    yield "3.7.3", "Tanggal deskripsi", of.described_on.isoformat()


def tag_files(of: Described) -> Mapping[str, bytes]:
    """Return the tag files of a record's bag that hold its description."""
    told = elements(of)
    words = "".join(f"{number} {one['elemen']}: {one['isi']}\n" for number, one in told.items())
    data = {"standar": STANDARD, "elemen": told}
    return {FILE: json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n", TEXT: words.encode()}


def bag_info(of: Described) -> tuple[tuple[str, str], ...]:
    """Return what ``bag-info.txt`` says besides, by the names of RFC 8493."""
    days = f"{date_in_figures(of.began)} sampai {date_in_figures(of.ended) if of.ended else 'kini'}"
    return (
        ("Source-Organization", of.creator),
        ("External-Description", f"Berkas {of.kind} nomor register {of.register_number}, {days}"),
        ("Bag-Group-Identifier", of.list_id),
    )
