"""The BagIt 1.0 files of a case folder (RFC 8493), as the journal yields them: a pure function, never a disk scan.

``journal.jsonl`` is a tag file outside the tag manifest, which the RFC allows: its own chain guards it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from pipeline.cases.case_number import CaseNumber
from pipeline.cases.fold import documents_of
from pipeline.cases.journal import Entry

JOURNAL = "journal.jsonl"
PAYLOAD = "data"
_DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def bag_files(number: CaseNumber, entries: tuple[Entry, ...]) -> Mapping[str, bytes]:
    """Return name and bytes of the bag's four own files, in the order in which they are written."""
    documents = sorted(documents_of(entries), key=lambda d: d.name)
    manifest = "".join(f"{d.sha256}  {PAYLOAD}/{d.name}\n" for d in documents).encode()
    info = "".join(
        f"{label}: {value}\n"
        for label, value in (
            ("Bag-Software-Agent", "Yankomas"),
            ("Bagging-Date", entries[-1].at.date().isoformat()),
            ("External-Identifier", str(number)),
            ("Payload-Oxum", f"{sum(d.bytes for d in documents)}.{len(documents)}"),
        )
    ).encode()
    files = {"bagit.txt": _DECLARATION, "bag-info.txt": info, "manifest-sha256.txt": manifest}
    tags = "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
    return {**files, "tagmanifest-sha256.txt": tags}
