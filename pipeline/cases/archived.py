"""What an archivist did to a case: one kind of line of its journal, in every state of the case, also once it ended.

Which acts there are, and what each asks, is data (:mod:`pipeline.records.acts`). What an act makes of the record stands
in its line, so that the journal alone tells where a record is (:mod:`pipeline.cases.record_standing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from pipeline.cases.document import Document


@dataclass(frozen=True, slots=True)
class Archived:
    """An archivist's act. ``label`` is what it was called, ``values`` its form's answers, ``labels`` its questions.

    ``register`` are the register's fields that it says or corrects. ``becomes`` is the state of the record after it
    (empty: it stays), ``mark`` what is set on the record until the day ``until`` (ISO; empty: until it is lifted),
    ``lifts`` a mark that it takes off. ``of_list`` names the list by which it was done, ``removed`` the documents whose
    content went for good; their names and hashes stay in the lines that brought them. ``holder`` and ``login`` are as
    with a move (:class:`pipeline.cases.events.Decided`).
    """

    kind: ClassVar[str] = "tindakan-arsip"
    act: str
    label: str
    values: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, Any] = field(default_factory=dict)
    register: Mapping[str, Any] = field(default_factory=dict)
    becomes: str = ""
    mark: str = ""
    until: str = ""
    lifts: str = ""
    of_list: str = ""
    removed: tuple[str, ...] = ()
    holder: Mapping[str, Any] = field(default_factory=dict)
    login: str = ""
    documents: tuple[Document, ...] = field(default=())


#: The register's fields that stay of a case whose content was destroyed: what says of whom or of what it was goes.
KEPT_FIELDS = frozenset(
    {
        *("diterima_pada", "tanggal_surat", "nomor_agenda", "cara_penyampaian", "kabupaten", "kelas_terlapor", "hak"),
        *("sifat", "klasifikasi", "boks", "rak", "lokasi", "jumlah_halaman", "kondisi"),
    }
)


def told_of(event: Archived, *, gone: bool) -> dict[str, Any]:
    """Return the answers of an act that may be told; once the content is ``gone``, of those before only what stays.

    An index is a name, a purpose or a reason may be one.
    """
    return {name: v for name, v in event.values.items() if not gone or event.removed or name in KEPT_FIELDS}


def removed_in(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the names of the documents whose content went for good by a line of this kind."""
    return frozenset(map(str, data.get("removed", ())))


@dataclass(frozen=True, slots=True)
class ArchivedLine:
    """Such a line: which it is, when, by which role, and what was done."""

    seq: int
    at: datetime
    role: str
    event: Archived
