"""What answers to the form of an SOP's part change in the edition's files (:mod:`pipeline.cases.sop_form`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pipeline.cases.answers import read_day
from pipeline.cases.sop import YANKOMAS, Sop, title_of
from pipeline.cases.sop_form import MOST_HANDS, NEW_LANE, EditField, counted, groups_of
from pipeline.errors import Incomplete
from pipeline.office.roles import service_of_role
from pipeline.office.wording import unprintable
from pipeline.office.worktime import Limit

#: The longest line, the most lines of one list of phrases, digits of a number.
_LONGEST, _MOST_PHRASES, _MOST_DIGITS = 200, 40, 4
#: Answers by the fields' names: each with all its values.
Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class RowChange:
    """What becomes another one in the files: a key within the row of a table at a position; None takes it away.

    An empty ``path`` is the row itself (with a value: one that is added at the end); without a table it is a key of the
    edition.
    """

    table: str
    position: int
    path: tuple[str | int, ...]
    value: Any


def read_part(part: str, sop: Sop, answers: Answers) -> tuple[RowChange, ...]:
    """Return what the answers to a part's fields change.

    Raises:
        NotFound: there is no such part.
        Incomplete: an answer cannot be used; names every one of them.
    """
    wrong: dict[str, tuple[str, str]] = {}
    read: dict[str, Any] = {}
    for group in groups_of(part, sop):
        for one in group.fields:
            try:
                read[one.name] = _answer(one, answers)
            except ValueError as fault:
                wrong[one.name] = (f"{group.title}: {one.label}", str(fault))
    if wrong:
        raise Incomplete("Bagian ini belum disimpan.", "Betulkan isian yang ditandai, lalu simpan lagi.", wrong)
    changes = _READERS[part](sop, read)
    return tuple(changes)


def _answer(one: EditField, answers: Answers) -> Any:
    """Return what was answered: a text, a day, a number (None: empty), or several texts.

    Raises:
        ValueError: it cannot be used; says why.
    """
    said = [text.strip() for text in answers.get(one.name, ())]
    known = {key for key, _ in one.options}
    if one.kind == "centang":
        chosen = tuple(dict.fromkeys(text for text in said if text))
        if strange := [text for text in chosen if text not in known]:
            raise ValueError(f"{strange[0][:40]!r} bukan pilihan")
        if one.required and not chosen:
            raise ValueError("pilih paling sedikit satu")
        return tuple(key for key, _ in one.options if key in chosen)
    if one.kind == "kalimat":
        return _lines("\n".join(said))
    text = said[0] if said else ""
    if one.required and not text:
        raise ValueError("harus diisi")
    match one.kind:
        case "bilangan":
            return _number(text)
        case "hari":
            return read_day(text)
        case "pilihan" if text and text not in known:
            raise ValueError(f"{text[:40]!r} bukan pilihan")
    _require_line(text)
    return text


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS and int(text)):
        raise ValueError("tulis bilangan bulat dari 1 sampai 9999")
    return int(text)


def _lines(text: str) -> tuple[str, ...]:
    lines = tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if len(lines) > _MOST_PHRASES:
        raise ValueError(f"paling banyak {_MOST_PHRASES} kalimat")
    for line in lines:
        _require_line(line)
    return lines


def _require_line(text: str) -> None:
    if len(text) > _LONGEST:
        raise ValueError(f"paling panjang {_LONGEST} huruf")
    if unprintable(text):
        raise ValueError("memuat tanda yang tidak dapat dicetak")


def _read_head(sop: Sop, read: Mapping[str, Any]) -> Iterable[RowChange]:
    said: tuple[tuple[str, Any, Any], ...] = (
        ("nomor", sop.number, read["edisi.0.nomor"]),
        ("nama", sop.title, read["edisi.0.nama"]),
        ("ditetapkan", sop.established, read["edisi.0.ditetapkan"]),
    )
    return (RowChange("", 0, (key,), new) for key, old, new in said if old != new)


def _read_steps(sop: Sop, read: Mapping[str, Any]) -> Iterable[RowChange]:
    for number, step in enumerate(sop.steps):
        spans = {key: _span(f"langkah.{number}.{key}", read) for key in ("waktu", "ingatkan", "naik")}
        limit = spans["waktu"] or Limit()
        if limit != step.limit:
            yield RowChange("langkah", number, ("hari",), limit.days or None)
            yield RowChange("langkah", number, ("menit",), limit.minutes or None)
            yield RowChange("langkah", number, ("waktu",), " ".join(counted(limit)))
        for key, old in (("ingatkan", step.remind), ("naik", step.escalate)):
            if spans[key] != old:
                yield RowChange("langkah", number, (key,), _as_table(spans[key]))


def _span(name: str, read: Mapping[str, Any]) -> Limit | None:
    count = read[name]
    if count is None:
        return None
    return Limit(days=count) if read[f"{name}_satuan"] == "hari" else Limit(minutes=count)


def _as_table(limit: Limit | None) -> dict[str, int] | None:
    if limit is None:
        return None
    return {"hari": limit.days} if limit.days else {"menit": limit.minutes}


def _read_lanes(sop: Sop, read: Mapping[str, Any]) -> Iterable[RowChange]:
    for number, lane in enumerate(sop.lanes):
        base = f"lajur.{number}"
        if read[f"{base}.nama"] != lane.name:
            yield RowChange("lajur", number, ("nama",), read[f"{base}.nama"])
        if read.get(f"{base}.atasan", lane.above) != lane.above:
            yield RowChange("lajur", number, ("atasan",), read[f"{base}.atasan"] or None)
        if set(rights := read.get(f"{base}.hak", lane.rights)) != set(lane.rights):
            yield RowChange("lajur", number, ("hak",), list(rights))
        if read.get(f"{base}.hapus"):
            yield RowChange("lajur", number, (), None)
    if (row := _new_lane(sop, read)) is not None:
        yield RowChange("lajur", len(sop.lanes), (), row)


def _new_lane(sop: Sop, read: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the row of a role that is added; None: none is.

    Raises:
        Incomplete: its key cannot be used, or its name or rights are missing.
    """
    said = {name: read.get(f"{NEW_LANE}.{name}") for name in ("kunci", "nama", "atasan", "hak")}
    if not any(said.values()):
        return None
    role = f"{YANKOMAS}.{str(said['kunci'] or '').casefold().removeprefix(f'{YANKOMAS}.')}"
    wrong = {}
    if service_of_role(role) != YANKOMAS:
        wrong["kunci"] = ("Kunci", "tulis huruf kecil, angka, dan tanda hubung, paling banyak 23, misalnya analis")
    elif any(lane.role == role for lane in sop.lanes):
        wrong["kunci"] = ("Kunci", "sudah ada di edisi ini")
    wrong |= {name: (name.capitalize(), "harus diisi") for name in ("nama", "hak") if not said[name]}
    if wrong:
        told = {f"{NEW_LANE}.{name}": (f"Peran baru: {label}", why) for name, (label, why) in wrong.items()}
        raise Incomplete("Peran baru belum disimpan.", "Betulkan isian yang ditandai, lalu simpan lagi.", told)
    row = {"peran": role, "nama": said["nama"], "hak": list(said["hak"] or ())}
    return {**row, "atasan": said["atasan"]} if said["atasan"] else row


def _read_letters(sop: Sop, read: Mapping[str, Any]) -> Iterable[RowChange]:
    for number, sheet in enumerate(sop.sheets):
        base = f"naskah.{number}"
        if not sheet.signers:
            continue
        hands = {key: _in_order(f"{base}.{key}", read) for key in ("paraf", "penanda_tangan")}
        if not hands["penanda_tangan"]:
            told = (f"{title_of(sheet.template)}: Penanda tangan", "harus diisi")
            raise Incomplete(
                "Surat harus ada penanda tangannya.",
                "Pilih peran yang menandatangani.",
                {f"{base}.penanda_tangan0": told},
            )
        drafters, behalf = read[f"{base}.penyusun"], bool(read[f"{base}.atas_nama"])
        if set(drafters) != set(sheet.drafters):
            yield RowChange("naskah", number, ("penyusun",), list(drafters) or None)
        if hands["paraf"] != sheet.initials:
            yield RowChange("naskah", number, ("paraf",), list(hands["paraf"]) or None)
        if (signers := hands["penanda_tangan"]) != sheet.signers:
            yield RowChange("naskah", number, ("penanda_tangan",), signers[0] if len(signers) == 1 else list(signers))
        if behalf != sheet.on_behalf:
            yield RowChange("naskah", number, ("atas_nama",), None if behalf else False)


def _in_order(name: str, read: Mapping[str, Any]) -> tuple[str, ...]:
    chosen = (read.get(f"{name}{place}") for place in range(MOST_HANDS))
    return tuple(dict.fromkeys(role for role in chosen if role))


def _read_moves(sop: Sop, read: Mapping[str, Any]) -> Iterable[RowChange]:
    for number, state in enumerate(sop.states):
        awaits = read.get(f"keadaan.{number}.menunggu", state.awaits)
        if set(awaits) != set(state.awaits):
            yield RowChange("keadaan", number, ("menunggu",), list(awaits))
        if (days := read.get(f"keadaan.{number}.batas_hari", state.patience)) != state.patience:
            yield RowChange("keadaan", number, ("batas_hari",), days)
    for number, move in enumerate(sop.moves):
        roles = read.get(f"gerak.{number}.peran", move.roles)
        if set(roles) != set(move.roles):
            yield RowChange("gerak", number, ("peran",), list(roles))


def _read_phrases(sop: Sop, read: Mapping[str, Any]) -> Iterable[RowChange]:
    for number, move in enumerate(sop.moves):
        for place, field in enumerate(move.form):
            phrases = read.get(f"gerak.{number}.frasa{place}", field.phrases)
            if phrases != field.phrases:
                yield RowChange("gerak", number, ("isian", place, "frasa"), list(phrases) or None)


def _read_pairs(sop: Sop, read: Mapping[str, Any]) -> Iterable[RowChange]:
    for number, pair in enumerate(sop.pairs):
        base = f"pasangan.{number}"
        if not read[f"{base}.berlaku"]:
            yield RowChange("pasangan", number, (), None)
        elif set(letters := read.get(f"{base}.naskah", pair.letters)) != set(pair.letters):
            yield RowChange("pasangan", number, ("naskah",), list(letters))


_READERS = {
    "edisi": _read_head,
    "langkah": _read_steps,
    "lajur": _read_lanes,
    "surat": _read_letters,
    "gerak": _read_moves,
    "kalimat": _read_phrases,
    "pasangan": _read_pairs,
}


def effective_change(day: date) -> RowChange:
    """Return what makes an edition one that is in force from a day on."""
    return RowChange("", 0, ("berlaku",), day)
