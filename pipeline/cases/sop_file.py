"""Reading an edition of the SOP: its files become one table, checked as a whole, with faults that name the line."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from pipeline.cases import sop_words
from pipeline.cases.sop import YANKOMAS, Sop
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
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.office.own_file import line_of
from pipeline.office.roles import usual_words
from pipeline.office.worktime import Limit
from pipeline.system_messages import toml_words

_AT_INTAKE = "dibaca"
T = TypeVar("T")
R = TypeVar("R")


def read_sop(key: str, texts: Mapping[str, str], *, checked: bool = True, service: str = YANKOMAS) -> Sop:
    """Return the edition of that key that files hold: their texts by their names, each with tables of its own.

    ``service`` is the one whose SOP it is: others than Yankomas may leave out what only Yankomas needs.

    Raises:
        UnfitEdition: one is not TOML, a part is missing, told twice or of the wrong type, or, if it is to be
            ``checked``, a word is misspelt or the table contradicts itself (a state nobody reaches, a move without a
            role, an unknown state, document, field kind); names the lines.
    """
    values: dict[str, Any] = {}
    for name, text in texts.items():
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            raise UnfitEdition(key, [f"{name}: {toml_words(fault)}"]) from fault
        except (RecursionError, ValueError) as fault:  # nested too deep, a number of thousands of digits
            raise UnfitEdition(key, [f"{name}: tidak dapat dibaca"]) from fault
        if twice := values.keys() & tables.keys():
            raise UnfitEdition(key, [f"{name}: `{min(twice)}` sudah ada di berkas lain"])
        values |= tables
    source = _Source(key, texts)
    if not checked:
        return _built(source, values, service)
    from pipeline.cases import sop_check  # for showing a case, nothing is checked

    if unknown := [*sop_check.unknown_words(values, source.at)]:
        raise UnfitEdition(key, unknown)
    sop = _built(source, values, service)
    if found := [*sop_check.faults(sop, source.at)]:
        raise UnfitEdition(key, found)
    return sop


class _Source:
    """The texts of an edition, for finding the line in which a row of a table begins."""

    def __init__(self, key: str, texts: Mapping[str, str]) -> None:
        self.key, self._texts = key, texts

    def at(self, kind: str, position: int) -> str:
        """Return ``moves.toml baris 12 (gerak)`` for the row of that kind at a position from 0."""
        lines = ((name, line_of(text, kind, position)) for name, text in self._texts.items())
        return next((f"{name} baris {line} ({kind})" for name, line in lines if line), kind)


def _built(source: _Source, values: Mapping[str, Any], service: str) -> Sop:
    values = values if service == YANKOMAS else {**_usual(values), **values}

    def rows(kind: str, make: Callable[[int, Any], R]) -> tuple[R, ...]:
        made = []
        for position, row in enumerate(_of(values, kind, list)):
            try:
                made.append(make(position, row))
            except (KeyError, TypeError, AttributeError) as fault:
                raise UnfitEdition(source.key, [f"{source.at(kind, position)}: {_said(fault)}"]) from fault
        return tuple(made)

    try:
        return Sop(
            key=source.key,
            number=_of(values, "nomor", str),
            title=_of(values, "nama", str),
            office=_of(values, "kantor", str),
            established=_of(values, "ditetapkan", date),
            effective=_of(values, "berlaku", date),
            basis=_words(values, "dasar_hukum"),
            lanes=rows("lajur", lambda _, row: _lane(row, service)),
            steps=rows("langkah", _step),
            states=rows("keadaan", _state),
            moves=rows("gerak", _move),
            sheets=rows("naskah", _sheet),
            register=rows("register", lambda _, row: form_field(row)),
            at_intake=tuple(row["templat"] for row in values["naskah"] if "saat" in row),
            openings=rows("pembukaan", _opening),
            first=_of(values, "awal", str),
            ended_before=_of(values, "akhir_buku_lama", str),
            reviewed=_of(values, "tenggat_disposisi", str),
            pairs=rows("pasangan", _pair) if "pasangan" in values else (),
            service=service,
            sender=_of(values, "pengirim", str, ""),
        )
    except (KeyError, TypeError) as fault:
        raise UnfitEdition(source.key, [_said(fault)]) from fault


def _usual(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what an edition of another service means where it does not say it: no sheets, no openings, its ends."""
    states, steps = ([row for row in values.get(kind, ()) if isinstance(row, dict)] for kind in ("keadaan", "langkah"))
    ends = [row.get("kunci", "") for row in states if row.get("akhir")]
    return {
        "pembukaan": [],
        "naskah": [],
        "awal": states[0].get("kunci", "") if states else "",
        "akhir_buku_lama": ends[0] if ends else "",
        "tenggat_disposisi": steps[-1].get("kunci", "") if steps else "",
    }


def _said(fault: Exception) -> str:
    return f"{fault} tidak ada" if isinstance(fault, KeyError) else str(fault)


def _of(row: Any, key: str, kind: type[T], default: T | None = None) -> T:
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


def _words(row: Any, key: str, default: list[str] | None = None) -> tuple[str, ...]:
    """Return a list of texts; one text alone is a list of one where the file format says so."""
    words = _of(row, key, list, default)
    if not all(isinstance(word, str) for word in words):
        raise TypeError(f"{key} = {words!r} salah jenis")
    return tuple(words)


def _texts(row: Any, key: str, default: dict[str, str] | None = None) -> dict[str, str]:
    """Return texts by names."""
    texts = _of(row, key, dict, default)
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError(f"{key} = {texts!r} salah jenis")
    return dict(texts)


def _word_or_words(row: Any, key: str, default: list[str] | None = None) -> tuple[str, ...]:
    return (row[key],) if isinstance(row.get(key), str) else _words(row, key, default)


def _step(position: int, row: Any) -> Step:
    return Step(
        number=position + 1,
        key=_of(row, "kunci", str),
        activity=_of(row, "kegiatan", str),
        lanes=_words(row, "pelaksana"),
        limit=Limit(minutes=_of(row, "menit", int, 0), days=_of(row, "hari", int, 0)),
        time=_of(row, "waktu", str),
        equipment=_of(row, "perlengkapan", str, ""),
        output=_of(row, "keluaran", str, ""),
        note=_of(row, "keterangan", str, ""),
        told=_of(row, "bagi_pelapor", str, ""),
        remind=_span(row, "ingatkan"),
        escalate=_span(row, "naik"),
    )


def _span(row: Any, key: str) -> Limit | None:
    """Return a span of office time, or None for one that is not given."""
    if key not in row:
        return None
    span = _of(row, key, dict)
    if strange := set(span) - {"menit", "hari"}:
        raise TypeError(f"{key}: {min(strange)!r} tidak dikenal (menit, hari)")
    return Limit(minutes=_of(span, "menit", int, 0), days=_of(span, "hari", int, 0))


def _lane(row: Any, service: str) -> Lane:
    role = _of(row, "peran", str)
    return Lane(
        role=role,
        name=_of(row, "nama", str),
        outside=_of(row, "luar", bool, False),
        above=_of(row, "atasan", str, ""),
        rights=_word_or_words(row, "hak", list(usual_words(role)) if service == YANKOMAS else []),
    )


def _opening(_: int, row: Any) -> Opening:
    return Opening(
        channel=_of(row, "kunci", str),
        label=_of(row, "label", str),
        roles=_words(row, "peran"),
        required=_words(row, "wajib"),
        exempt=_words(row, "tanpa", []),
        preset=_texts(row, "isi", {}),
        sheets=_words(row, "naskah", []),
    )


def _state(_: int, row: Any) -> State:
    clock = _of(row, "jam", str, "jalan")
    if clock not in ("jalan", "jeda"):
        raise TypeError(f"jam = {clock!r} tidak dikenal")
    return State(
        key=_of(row, "kunci", str),
        label=_of(row, "label", str),
        step=_of(row, "langkah", str),
        awaits=_words(row, "menunggu", []),
        paused=clock == "jeda",
        final=_of(row, "akhir", bool, False),
        patience=_of(row, "batas_hari", int, 0),
        patience_since=_of(row, "batas_sejak", str, ""),
        told=_of(row, "bagi_pelapor", str, ""),
        outlook=_of(row, "selanjutnya", str, ""),
        gate=_gate(_of(row, "surat", dict, {})),
    )


def _gate(row: Any) -> Gate | None:
    return Gate(_of(row, "naskah", str), _of(row, "sampai", str)) if row else None


def _sheet(_: int, row: Any) -> Sheet:
    if _of(row, "saat", str, _AT_INTAKE) != _AT_INTAKE:
        raise TypeError(f"saat = {row['saat']!r} tidak dikenal")
    outgoing = _of(row, "surat_keluar", bool, False)
    return Sheet(
        template=_of(row, "templat", str),
        step=_of(row, "langkah", int),
        signed=_of(row, "tanda_tangan_basah", bool, False),
        page_codes=_of(row, "kode_halaman", bool, False),
        outgoing=outgoing,
        to_complainant=_of(row, "kepada_pelapor", bool, False),
        shared=_of(row, "bersama_pihak_lain", bool, False),
        of_kept=_of(row, "bila_dirahasiakan", bool, False),
        signers=_word_or_words(row, "penanda_tangan", []),
        drafters=_words(row, "penyusun", []),
        initials=_words(row, "paraf", []),
        on_behalf=_of(row, "atas_nama", bool, True),
        series=_of(row, "deret", str, sop_words.OUTGOING if outgoing else ""),
        recipient=_of(row, "kepada", str, ""),
        followed_by=_words(row, "disusul", []),
        ends=_words(row, "sebelum_akhir", []),
        needed=_of(row, "harus_ada", bool, False),
        receipt=_of(row, "bukti_terima", bool, False),
        cites=_of(row, "menyebut", str, ""),
    )


def _move(_: int, row: Any) -> Move:
    branch = _of(row, "ke_menurut", dict, {})
    return Move(
        key=_of(row, "kunci", str),
        label=_of(row, "label", str),
        start=_word_or_words(row, "dari"),
        to="" if branch else _of(row, "ke", str),
        roles=_word_or_words(row, "peran"),
        form=tuple(form_field(question) for question in _of(row, "isian", list, [])),
        sheets=_word_or_words(row, "naskah", []),
        branch=_of(branch, "isian", str) if branch else "",
        branches=_texts(branch, "pilihan") if branch else {},
        file=_of(row, "berkas", str, ""),
        file_kind=_of(row, "berkas_jenis", str, ""),
        register=_of(row, "register", bool, False),
        numbers=_of(row, "nomor", bool, False),
        act=_of(row, "tindakan", str, ""),
        letter=_of(row, "surat", str, ""),
        waited=_waited(_of(row, "setelah", dict, {})),
        unless=_of(row, "belum_ada", str, ""),
        idle=_of(row, "tidak_sedang", str, ""),
        proposed=_proposed(_of(row, "usul", dict, {})),
        complainant=_of(row, "pelapor", str, ""),
        together=_of(row, "sekaligus", bool, False),
        button=_of(row, "tombol", str, ""),
        fixed=_words(row, "tidak_dikoreksi", []),
        becomes=_of(row, "menjadi", str, ""),
    )


def _proposed(row: Any) -> Proposed | None:
    if not row:
        return None
    return Proposed(_of(row, "naskah", str), _of(row, "batas", str), _of(row, "kecuali", str))


def _waited(row: Any) -> Waited | None:
    if not row:
        return None
    return Waited(
        _of(row, "naskah", str), _of(row, "tindakan", str), _of(row, "hari", int, 0), _of(row, "batas", str, "")
    )


def _pair(_: int, row: Any) -> Pair:
    return Pair(
        key=_of(row, "kunci", str),
        label=_of(row, "label", str),
        first=_pair_step(_of(row, "pertama", dict)),
        second=_pair_step(_of(row, "kedua", dict)),
        letters=_words(row, "naskah", []),
    )


def _pair_step(row: Any) -> PairStep:
    return PairStep(_words(row, "gerak", []), _words(row, "tindakan", []), _words(row, "peran", []))


def form_field(row: Any) -> FormField:
    """Return a question as a file writes it.

    Raises:
        KeyError, TypeError: a value of it is missing or of another type; names the key.
    """
    return FormField(
        name=_of(row, "nama", str),
        label=_of(row, "label", str),
        kind=_of(row, "jenis", str, "teks"),
        choices=_words(row, "pilihan", []),
        required=_of(row, "wajib", bool, False),
        phrases=_words(row, "frasa", []),
        past=_of(row, "lampau", bool, False),
        ahead=_of(row, "pertemuan", bool, False),
        not_before=_of(row, "tidak_sebelum", str, ""),
        begins=_of(row, "pangkal", str, ""),
        section=_of(row, "bagian", str, ""),
    )
