"""Reading the rows of an edition's tables: each becomes what ``sop_rows.py`` calls it.

A value that is missing or of another type is told by its key: ``KeyError``, ``TypeError``.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pipeline.cases import sop_words
from pipeline.cases.sop import YANKOMAS
from pipeline.cases.sop_rows import (
    FormField,
    Gate,
    Lane,
    Move,
    Opening,
    Pair,
    PairStep,
    Proposed,
    Sheet,
    State,
    Step,
    Waited,
)
from pipeline.office.roles import usual_words
from pipeline.office.worktime import Limit

_AT_INTAKE = "dibaca"
T = TypeVar("T")


def value_of(row: Any, key: str, kind: type[T], default: T | None = None) -> T:
    """Return a value of a row.

    Raises:
        KeyError: it is missing; ``TypeError``: it is of another type. Both name the key.
    """
    if not isinstance(row, dict):
        raise TypeError("salah bentuk")
    found = row[key] if default is None else row.get(key, default)
    if type(found) is not kind or (isinstance(found, int) and found < 0):
        raise TypeError(f"{key} = {found!r} salah jenis")
    return found


def words_of(row: Any, key: str, default: list[str] | None = None) -> tuple[str, ...]:
    """Return a list of texts; one text alone is a list of one where the file format says so."""
    words = value_of(row, key, list, default)
    if not all(isinstance(word, str) for word in words):
        raise TypeError(f"{key} = {words!r} salah jenis")
    return tuple(words)


def _texts(row: Any, key: str, default: dict[str, str] | None = None) -> dict[str, str]:
    """Return texts by names."""
    texts = value_of(row, key, dict, default)
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError(f"{key} = {texts!r} salah jenis")
    return dict(texts)


def _word_or_words(row: Any, key: str, default: list[str] | None = None) -> tuple[str, ...]:
    return (row[key],) if isinstance(row.get(key), str) else words_of(row, key, default)


def step_of(position: int, row: Any) -> Step:
    """Return a step of ``[[langkah]]`` at a position from 0."""
    return Step(
        number=position + 1,
        key=value_of(row, "kunci", str),
        activity=value_of(row, "kegiatan", str),
        lanes=words_of(row, "pelaksana"),
        limit=Limit(minutes=value_of(row, "menit", int, 0), days=value_of(row, "hari", int, 0)),
        time=value_of(row, "waktu", str),
        equipment=value_of(row, "perlengkapan", str, ""),
        output=value_of(row, "keluaran", str, ""),
        note=value_of(row, "keterangan", str, ""),
        told=value_of(row, "bagi_pelapor", str, ""),
        remind=_span(row, "ingatkan"),
        escalate=_span(row, "naik"),
    )


def _span(row: Any, key: str) -> Limit | None:
    """Return a span of office time, or None for one that is not given."""
    if key not in row:
        return None
    span = value_of(row, key, dict)
    if strange := set(span) - {"menit", "hari"}:
        raise TypeError(f"{key}: {min(strange)!r} tidak dikenal (menit, hari)")
    return Limit(minutes=value_of(span, "menit", int, 0), days=value_of(span, "hari", int, 0))


def lane_of(row: Any, service: str) -> Lane:
    """Return a lane of ``[[lajur]]``; one of Yankomas may what is usual where it does not say it."""
    role = value_of(row, "peran", str)
    return Lane(
        role=role,
        name=value_of(row, "nama", str),
        outside=value_of(row, "luar", bool, False),
        above=value_of(row, "atasan", str, ""),
        rights=_word_or_words(row, "hak", list(usual_words(role)) if service == YANKOMAS else []),
    )


def opening_of(_: int, row: Any) -> Opening:
    """Return a way in which a case may begin, of ``[[pembukaan]]``."""
    return Opening(
        channel=value_of(row, "kunci", str),
        label=value_of(row, "label", str),
        roles=words_of(row, "peran"),
        required=words_of(row, "wajib"),
        exempt=words_of(row, "tanpa", []),
        preset=_texts(row, "isi", {}),
        sheets=words_of(row, "naskah", []),
    )


def state_of(_: int, row: Any) -> State:
    """Return a state of ``[[keadaan]]``."""
    clock = value_of(row, "jam", str, "jalan")
    if clock not in ("jalan", "jeda"):
        raise TypeError(f"jam = {clock!r} tidak dikenal")
    return State(
        key=value_of(row, "kunci", str),
        label=value_of(row, "label", str),
        step=value_of(row, "langkah", str),
        awaits=words_of(row, "menunggu", []),
        paused=clock == "jeda",
        final=value_of(row, "akhir", bool, False),
        patience=value_of(row, "batas_hari", int, 0),
        patience_since=value_of(row, "batas_sejak", str, ""),
        told=value_of(row, "bagi_pelapor", str, ""),
        outlook=value_of(row, "selanjutnya", str, ""),
        gate=_gate(value_of(row, "surat", dict, {})),
    )


def _gate(row: Any) -> Gate | None:
    return Gate(value_of(row, "naskah", str), value_of(row, "sampai", str)) if row else None


def sheet_of(_: int, row: Any) -> Sheet:
    """Return a sheet of ``[[naskah]]``."""
    if value_of(row, "saat", str, _AT_INTAKE) != _AT_INTAKE:
        raise TypeError(f"saat = {row['saat']!r} tidak dikenal")
    outgoing = value_of(row, "surat_keluar", bool, False)
    return Sheet(
        template=value_of(row, "templat", str),
        step=value_of(row, "langkah", int),
        signed=value_of(row, "tanda_tangan_basah", bool, False),
        page_codes=value_of(row, "kode_halaman", bool, False),
        outgoing=outgoing,
        to_complainant=value_of(row, "kepada_pelapor", bool, False),
        shared=value_of(row, "bersama_pihak_lain", bool, False),
        of_kept=value_of(row, "bila_dirahasiakan", bool, False),
        signers=_word_or_words(row, "penanda_tangan", []),
        drafters=words_of(row, "penyusun", []),
        initials=words_of(row, "paraf", []),
        on_behalf=value_of(row, "atas_nama", bool, True),
        series=value_of(row, "deret", str, sop_words.OUTGOING if outgoing else ""),
        recipient=value_of(row, "kepada", str, ""),
        followed_by=words_of(row, "disusul", []),
        ends=words_of(row, "sebelum_akhir", []),
        needed=value_of(row, "harus_ada", bool, False),
        receipt=value_of(row, "bukti_terima", bool, False),
        cites=value_of(row, "menyebut", str, ""),
    )


def move_of(_: int, row: Any) -> Move:
    """Return a move of ``[[gerak]]``."""
    branch = value_of(row, "ke_menurut", dict, {})
    return Move(
        key=value_of(row, "kunci", str),
        label=value_of(row, "label", str),
        start=_word_or_words(row, "dari"),
        to="" if branch else value_of(row, "ke", str),
        roles=_word_or_words(row, "peran"),
        form=tuple(form_field(question) for question in value_of(row, "isian", list, [])),
        sheets=_word_or_words(row, "naskah", []),
        branch=value_of(branch, "isian", str) if branch else "",
        branches=_texts(branch, "pilihan") if branch else {},
        file=value_of(row, "berkas", str, ""),
        file_kind=value_of(row, "berkas_jenis", str, ""),
        register=value_of(row, "register", bool, False),
        numbers=value_of(row, "nomor", bool, False),
        act=value_of(row, "tindakan", str, ""),
        letter=value_of(row, "surat", str, ""),
        waited=_waited(value_of(row, "setelah", dict, {})),
        unless=value_of(row, "belum_ada", str, ""),
        idle=value_of(row, "tidak_sedang", str, ""),
        proposed=_proposed(value_of(row, "usul", dict, {})),
        complainant=value_of(row, "pelapor", str, ""),
        together=value_of(row, "sekaligus", bool, False),
        button=value_of(row, "tombol", str, ""),
        fixed=words_of(row, "tidak_dikoreksi", []),
        becomes=value_of(row, "menjadi", str, ""),
    )


def _proposed(row: Any) -> Proposed | None:
    if not row:
        return None
    return Proposed(value_of(row, "naskah", str), value_of(row, "batas", str), value_of(row, "kecuali", str))


def _waited(row: Any) -> Waited | None:
    if not row:
        return None
    return Waited(
        value_of(row, "naskah", str),
        value_of(row, "tindakan", str),
        value_of(row, "hari", int, 0),
        value_of(row, "batas", str, ""),
    )


def pair_of(_: int, row: Any) -> Pair:
    """Return two steps that two people must make, of ``[[pasangan]]``."""
    return Pair(
        key=value_of(row, "kunci", str),
        label=value_of(row, "label", str),
        first=_pair_step(value_of(row, "pertama", dict)),
        second=_pair_step(value_of(row, "kedua", dict)),
        letters=words_of(row, "naskah", []),
    )


def _pair_step(row: Any) -> PairStep:
    return PairStep(words_of(row, "gerak", []), words_of(row, "tindakan", []), words_of(row, "peran", []))


def form_field(row: Any) -> FormField:
    """Return a question as a file writes it.

    Raises:
        KeyError, TypeError: a value of it is missing or of another type; names the key.
    """
    return FormField(
        name=value_of(row, "nama", str),
        label=value_of(row, "label", str),
        kind=value_of(row, "jenis", str, "teks"),
        choices=words_of(row, "pilihan", []),
        required=value_of(row, "wajib", bool, False),
        phrases=words_of(row, "frasa", []),
        past=value_of(row, "lampau", bool, False),
        ahead=value_of(row, "pertemuan", bool, False),
        not_before=value_of(row, "tidak_sebelum", str, ""),
        begins=value_of(row, "pangkal", str, ""),
        section=value_of(row, "bagian", str, ""),
    )
