"""The BagIt 1.0 files of a case folder (RFC 8493), as the journal yields them: a pure function, never a disk scan.

``journal.jsonl`` is a tag file that the tag manifest lists, so that a third party's tool finds an edited one. Folders
of the first versions did not list it, which the RFC allows too; they are whole as they are, and get the line at their
next append.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.fold import documents_of
from pipeline.cases.journal import Entry

JOURNAL = "journal.jsonl"
PAYLOAD = "data"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


#: The seal that vouches for a case, beside its bag where that is taken away.
SEAL = "segel.jsonl"
TAGS = "tagmanifest-sha256.txt"


def bag_files(number: CaseNumber, entries: tuple[Entry, ...], journal: bytes) -> Mapping[str, bytes]:
    """Return name and bytes of the bag's four own files, in the order in which they are written.

    ``journal`` are the whole lines of the entries, byte for byte as they stand in the file.
    """
    files = _files(number, entries)
    return {**files, TAGS: _tags({**files, JOURNAL: journal})}


def first_tags(number: CaseNumber, entries: tuple[Entry, ...]) -> bytes:
    """Return the tag manifest as the first versions wrote it: without the journal."""
    return _tags(_files(number, entries))


@dataclass(frozen=True, slots=True)
class Description:
    """How a record is described for the archive that takes its bag: tag files, and further lines of the bag's info."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    info: Sequence[tuple[str, str]] = ()


def taken_away(
    number: CaseNumber, entries: tuple[Entry, ...], journal: bytes, seal: bytes, described: Description | None = None
) -> Mapping[str, bytes]:
    """Return all files of a bag beside its payload: with the journal, and the seal (if any) that vouches for it.

    What ``described`` says of it is protected by the tag manifest too.
    """
    of = described or Description()
    files = {**_files(number, entries, of.info), JOURNAL: journal, **({SEAL: seal} if seal else {}), **of.files}
    return {**files, TAGS: _tags(files)}


def _files(number: CaseNumber, entries: tuple[Entry, ...], more: Sequence[tuple[str, str]] = ()) -> dict[str, bytes]:
    documents = sorted(documents_of(entries), key=lambda d: d.name)
    manifest = "".join(f"{d.sha256}  {PAYLOAD}/{d.name}\n" for d in documents).encode()
    info = "".join(
        f"{label}: {value}\n"
        for label, value in (
            ("Bag-Software-Agent", "Yankomas"),
            ("Bagging-Date", entries[-1].at.date().isoformat()),
            ("External-Identifier", str(number)),
            ("Payload-Oxum", f"{sum(d.bytes for d in documents)}.{len(documents)}"),
            *more,
        )
    ).encode()
    return {"bagit.txt": _DECLARATION, "bag-info.txt": info, "manifest-sha256.txt": manifest}


def _tags(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
