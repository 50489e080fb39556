"""Formats of what an archive holds: told by a file's first bytes, named as PRONOM names them, checks beside them.

PRONOM (The National Archives, https://www.nationalarchives.gov.uk/PRONOM/) gives each version of a format an identifier
(PUID). Only those are said that the first bytes, and what a line of the journal says of a check, make certain; which
these are is data (``formats.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pipeline.cases.case import Case
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.event_lines import from_data
from pipeline.cases.events import AttachmentRead, Document, Printed, Recognised
from pipeline.cases.redacted import Redacted

#: So many bytes of a file are looked at; a PDF says its version within them (ISO 32000-1, annex H).
HEAD = 1024
#: What a check notes of a PDF that is marked PDF/A-2b and built so.
SOUND = "2b"
UNKNOWN, _ARCHIVAL = "tidak-dikenal", "pdf-a-2b"
NOT_EXAMINED = "belum diperiksa"
#: Signatures of which this is said need no eye: proved in ink, or certified by somebody whom the office trusts.
_GOOD_SIGNATURES = frozenset({"", "terbukti", "tersertifikasi"})
_PDF_VERSION = re.compile(rb"%PDF-(\d\.\d)")
#: Kinds of files that are ZIPs, by their endings: such names are ours, given once the content was looked into.
_PACKED = {"docx", "xlsx", "odt", "zip"}


@dataclass(frozen=True, slots=True)
class Format:
    """A version of a format: its key, name and version, PRONOM's identifier (empty: not certain), what is noted of it.

    ``at_risk``: every file of it is named one by one.
    """

    key: str
    name: str
    version: str
    puid: str
    note: str
    at_risk: bool


@cache
def formats() -> Mapping[str, Format]:
    """Return the formats by their keys, in the order of the table."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        row["kunci"]: Format(
            key=row["kunci"],
            name=row["nama"],
            version=row.get("versi", ""),
            puid=row.get("puid", ""),
            note=row.get("catatan", ""),
            at_risk=row.get("berisiko", False),
        )
        for row in told["format"]
    }


def format_of(head: bytes, name: str, archival: str = "") -> str:
    """Return the key of the format of a file with these first bytes and this name.

    ``archival`` is what a check found of a PDF of ours.
    """
    if version := _PDF_VERSION.search(head):
        if archival == SOUND:
            return _ARCHIVAL
        return _known(f"pdf-{version[1].decode()}", "pdf")
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"\xff\xd8\xff"):
        jfif = head[6:11] == b"JFIF\0"
        return _known(f"jpeg-{head[11]}.{head[12]:02d}", "jpeg") if jfif and len(head) > 12 else "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"II*\0", b"MM\0*")):
        return "tiff"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "webp"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    ending = name.rpartition(".")[2].lower()
    if head.startswith(b"PK\x03\x04"):
        return ending if ending in _PACKED else UNKNOWN
    if ending == "json" and head.lstrip()[:1] in (b"{", b"["):
        return "json"
    if b"\0" in head:
        return UNKNOWN
    return {"txt": "teks", "eml": "eml"}.get(ending, UNKNOWN)


def _known(key: str, otherwise: str) -> str:
    return key if key in formats() else otherwise


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A filed document: its case, name, format (a key of :func:`formats`), and what checks found.

    ``archival`` is of the check as PDF/A: ``2b``, what is against it, or nothing (it is none of ours). ``signature`` is
    of that of its signatures: in words, or nothing (it has none).
    """

    number: CaseNumber
    name: str
    format: str
    archival: str
    signature: str

    @property
    def concern(self) -> str:
        """Why an archivist should look at it; nothing if there is no reason."""
        told = formats().get(self.format, formats()[UNKNOWN])
        reasons = (
            f"{told.name.lower()}: {told.note}" if told.at_risk else "",
            f"bukan PDF/A-2b: {self.archival}" if self.archival not in ("", SOUND) else "",
            f"tanda tangan {self.signature}" if self.signature not in _GOOD_SIGNATURES else "",
        )
        return "; ".join(filter(None, reasons))


@dataclass(frozen=True, slots=True)
class Held:
    """How many files an archive holds of a format, and of these how many were checked as PDF/A and found sound."""

    format: Format
    files: int
    sound: int
    faulty: int
    signed: int


def held_files(
    case: Case,
    head: Callable[[Document], bytes],
    checked: Callable[[Document], str],
    known: Mapping[str, tuple[str, str]] = MappingProxyType({}),
) -> list[HeldFile]:
    """Return the filed documents of a case; ``head`` gives a file's first bytes (none: it cannot be opened).

    ``checked`` looks at a print of which the line of an older version notes no check. ``known`` has format and what
    that check found of files that were looked at before, by their names: what is filed does not change.
    """
    again = lambda one: known[one.name][1] if one.name in known else checked(one)  # noqa: E731
    archival, signatures = _archival(case, again), _signatures(case)
    return [
        HeldFile(
            number=case.number,
            name=document.name,
            format=known[document.name][0]
            if document.name in known
            else format_of(head(document), document.name, archival.get(document.name, "")),
            archival=archival.get(document.name, ""),
            signature=signatures.get(document.name, ""),
        )
        for document in case.documents
    ]


def _archival(case: Case, checked: Callable[[Document], str]) -> dict[str, str]:
    """Return what the check as PDF/A found of the PDFs that were made here, by their names."""
    found = {}
    for entry in case.entries:
        event = from_data(entry.kind, entry.data)
        if isinstance(event, Printed | Recognised | AttachmentRead | Redacted):
            for document in event.documents:
                if document.name.endswith(".pdf"):
                    unnoted = isinstance(event, Printed) and not event.archival
                    found[document.name] = checked(document) if unnoted else event.archival
    return found


def _signatures(case: Case) -> dict[str, str]:
    """Return what the check of signatures found, by the names of the documents that carry some."""
    found = dict.fromkeys(case.with_signatures, NOT_EXAMINED)
    for one in case.signatures:
        said = "ditarik" if one.withdrawn else "disanggah" if one.disputed else "tanpa bukti" if one.unproven else ""
        for name in one.documents:
            found[name] = said or ("terbukti" if one.proof else NOT_EXAMINED)
    for name, judged in case.validated.items():
        worths = {str(one["worth"]) for one in judged.findings.get("signatures", ())}
        trouble = str(judged.findings.get("trouble", ""))
        found[name] = ", ".join(sorted(worths)) or trouble or found.get(name, NOT_EXAMINED)
    return found
