"""What was read from a letter of complaint: pages of words, and fields proposed with their evidence.

Names and shapes of the fields follow the register (``Buku Register Aduan``, SOP step 2). A field is never a bare
value: it is a ranked list of candidates, each of which says where it stands on the page and why it was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.scans.words import Box, around

Json = None | bool | int | float | str | list[Any] | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One possible value: normalised ``nilai``, ``teks`` as printed, where, how sure (0..1) and why.

    ``boxes`` are the parts of ``box`` on which its words stand, one a row.
    """

    nilai: Json
    teks: str
    page: int
    box: Box | None
    confidence: float
    reason: str
    boxes: tuple[Box, ...] = ()

    def as_json(self) -> dict[str, Json]:
        """Return the candidate with the names of the public contract."""
        return {
            "nilai": self.nilai,
            "teks": self.teks,
            "page": self.page,
            "box": None if self.box is None else list(self.box),
            "boxes": [list(box) for box in self.boxes],
            "confidence": round(self.confidence, 3),
            "reason": self.reason,
        }


def at_all_places(first: Candidate, others: Iterable[Candidate]) -> Candidate:
    """Return a candidate that also stands where others do, as far as that is on its page."""
    boxes = dict.fromkeys(box for one in (first, *others) if one.page == first.page for box in one.boxes)
    return replace(first, box=around(boxes), boxes=tuple(boxes)) if boxes else first


@dataclass(frozen=True, slots=True)
class Field:
    """A field's candidates, best first; never empty (a field that was not found is ``None`` where it is used)."""

    candidates: tuple[Candidate, ...]

    def __post_init__(self) -> None:
        if not self.candidates:
            raise ValueError("a field needs at least one candidate")

    @property
    def best(self) -> Candidate:
        """The candidate that is proposed."""
        return self.candidates[0]

    def as_json(self) -> dict[str, Json]:
        """Return ``{"nilai", "teks", "candidates"}``."""
        return {
            "nilai": self.best.nilai,
            "teks": self.best.teks,
            "candidates": [c.as_json() for c in self.candidates],
        }


#: A field, several fields, a group of named fields, or several groups: what a letter's field may be.
FieldValue = Field | None | tuple[Field, ...] | Mapping[str, Any] | tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One letter of complaint found in a file: its 1-based pages and its fields.

    ``fields`` maps the register's names to :data:`FieldValue`: ``tanggal_surat``, ``nomor_surat``, ``sifat_surat``
    (how urgent or secret the letter calls itself), ``perihal``, ``lembaga_pelapor``, ``tempat_kejadian``,
    ``waktu_kejadian``, ``tujuan``, ``lampiran``, ``ringkasan`` hold a field or ``None``; ``terlapor``,
    ``tembusan``, ``permintaan``, ``hak`` a tuple of fields; ``pelapor`` a tuple of groups (``nama``, ``nik``,
    ``ttl``, ``umur``, ``pekerjaan``, ``alamat``, ``telepon``); ``kuasa`` a group or ``None``.
    """

    pages: tuple[int, ...]
    fields: Mapping[str, FieldValue] = field(default_factory=dict)

    def as_json(self) -> dict[str, Json]:
        """Return ``{"pages", "fields"}`` with plain lists and dictionaries.

        A right of ``hak`` also carries its ``kode`` (1 to 10), ``lampiran`` its ``daftar`` of listed attachments.
        """
        fields = {name: _plain(value) for name, value in self.fields.items()}
        if fields.get("hak"):
            fields["hak"] = [{**right, "kode": right["nilai"]} for right in fields["hak"]]
        if attached := fields.get("lampiran"):
            fields["lampiran"] = {**attached, "daftar": str(attached["nilai"]).split("; ")}
        return {"pages": list(self.pages), "fields": fields}


def _plain(value: Any) -> Any:
    if isinstance(value, Field):
        return value.as_json()
    if isinstance(value, Mapping):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value


def proposed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields (plain, as from :meth:`Complaint.as_json`) without their candidates.

    Each field keeps ``nilai``, ``teks``, ``confidence``, ``page`` and ``box`` of the best candidate: what the
    journal records. All candidates stay in the reading that is filed beside it.
    """
    return {name: _without_candidates(value) for name, value in fields.items()}


def _without_candidates(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_candidates(v) for v in value]
    if not isinstance(value, dict):
        return value
    if "candidates" not in value:
        return {k: _without_candidates(v) for k, v in value.items()}
    best = value["candidates"][0]
    return {
        "nilai": value["nilai"],
        "teks": value["teks"],
        "confidence": best["confidence"],
        "page": best["page"],
        "box": best["box"],
    }
