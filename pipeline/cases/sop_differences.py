"""What a new edition of the SOP changes, in words: part, thing, before, after; and which of it gives or takes power.

A limit, a name or a usual phrase gives nobody power. Who signs, initials, drafts, who may make a move, which steps two
people must make, and how a case goes do: that is not changed by one person alone (decision 25).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from pipeline.cases import sop_words
from pipeline.cases.key_labels import role_name
from pipeline.cases.sop import YANKOMAS, Sop, title_of
from pipeline.cases.sop_rows import Lane, Move, Pair, Sheet, State, Step
from pipeline.office.roles import LANE_WORDS, service_of_role
from pipeline.office.wording import long_date
from pipeline.office.worktime import Limit

#: How a page says who may make a move besides roles.
SPECIAL_ROLES = {
    sop_words.AWAITED: "yang sedang ditunggu",
    sop_words.SIGNER: "penanda tangan suratnya",
    sop_words.IN_TURN: "yang mendapat giliran atas suratnya",
}
_NONE = "–"
#: How something is told that was not there and then is, and one that was and then is not.
_ADDED, _THERE, _GONE = "ditambahkan", "ada", "dihapus"
Row = TypeVar("Row", Lane, Step, State, Move, Sheet, Pair)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is another one: which part of the SOP, what, as it was, as it becomes; ``power``: who may what."""

    part: str
    what: str
    before: str
    after: str
    power: bool = False

    @property
    def words(self) -> str:
        """It as one line."""
        came = self.before == _NONE and self.after.startswith(_ADDED)
        whole = came or (self.before, self.after) == (_THERE, _GONE)
        return f"{self.part}, {self.what}: {self.after if whole else f'{self.before} menjadi {self.after}'}"


def differences(before: Sop, after: Sop) -> tuple[Difference, ...]:
    """Return everything that differs, in the order of the SOP's parts."""
    names = {state.key: state.label for sop in (before, after) for state in sop.states}
    names |= {move.key: move.label for sop in (before, after) for move in sop.moves}
    names |= {sheet.template: _sheet_title(sheet) for sop in (before, after) for sheet in sop.sheets}
    names |= {role_name(lane.role): role_words(lane.role, sop) for sop in (before, after) for lane in sop.lanes}
    names = {key: name for key, name in names.items() if key not in LANE_WORDS}  # no state hides what a role may
    return tuple(
        replace(one, before=_named(one.before, names), after=_named(one.after, names)) for one in _all(before, after)
    )


def _named(keys: str, names: Mapping[str, str]) -> str:
    """Return keys of states, moves and sheets, listed with commas, as people call these; anything else as it is."""
    between = r"(, |: |; |\))" if keys.startswith(_ADDED) else r"(, )"
    return "".join(names.get(key, key) for key in re.split(between, keys))


def _all(before: Sop, after: Sop) -> tuple[Difference, ...]:
    return (
        *_of_head(before, after),
        *_of_rows("Langkah", before.steps, after.steps, lambda s: s.key, lambda s: s.activity, _step),
        *_of_rows("Lajur", before.lanes, after.lanes, lambda s: s.role, lambda s: s.name, _lane),
        *_of_rows("Keadaan", before.states, after.states, lambda s: s.key, lambda s: s.label, _state),
        *_of_rows("Gerak", before.moves, after.moves, _move_key, lambda s: s.label, _move),
        *_of_rows("Surat", before.sheets, after.sheets, lambda s: s.template, _sheet_title, _sheet),
        *_of_rows("Pasangan", before.pairs, after.pairs, lambda s: s.key, lambda s: s.label, _pair),
        *_whole("Pembukaan", "cara membuka perkara", before.openings, after.openings, power=True),
        *_whole("Register", "isian yang dicatat", before.register, after.register, power=True),
    )


def role_words(role: str, sop: Sop | None = None) -> str:
    """Return how people call a role, or who may make a move besides roles; one of the office's own as that edition.

    In other services nobody complains: there every role is called as the lane is.
    """
    asked = sop is not None and (sop.service != YANKOMAS or service_of_role(role))
    own = next((lane.name for lane in sop.lanes if lane.role == role), "") if sop and asked else ""
    return SPECIAL_ROLES.get(role) or own or role_name(role)


def span_words(limit: Limit | None) -> str:
    """Return ``2 hari``, ``15 menit``, or that it is never."""
    if limit is None or limit == Limit():
        return "tidak"
    hours, minutes = divmod(limit.minutes, 60) if not limit.minutes % 60 else (0, limit.minutes)
    told = ((limit.days, "hari"), (hours, "jam"), (minutes, "menit"))
    parts = [f"{count} {unit}" for count, unit in told if count]
    return " ".join(parts)


def _names(roles: Iterable[str]) -> str:
    return ", ".join(role_words(role) for role in roles) or _NONE


def _of_head(before: Sop, after: Sop) -> Iterator[Difference]:
    named = (
        ("nomor", before.number, after.number),
        ("nama", before.title, after.title),
        ("kantor", before.office, after.office),
        ("ditetapkan", long_date(before.established), long_date(after.established)),
        ("dasar hukum", "; ".join(before.basis), "; ".join(after.basis)),
    )
    yield from (Difference("SOP", what, one, other) for what, one, other in named if one != other)
    ways = (
        ("keadaan awal", before.first, after.first),
        ("akhir buku lama", before.ended_before, after.ended_before),
        ("tenggat di lembar disposisi", before.reviewed, after.reviewed),
        ("dikonsep begitu dibaca", ", ".join(before.at_intake), ", ".join(after.at_intake)),
    )
    yield from (Difference("SOP", what, one, other, power=True) for what, one, other in ways if one != other)


def _of_rows(
    part: str,
    before: Sequence[Row],
    after: Sequence[Row],
    key: Callable[[Row], Any],
    title: Callable[[Row], str],
    compare: Callable[[Row, Row], Iterator[Difference]],
) -> Iterator[Difference]:
    old, new = _keyed(before, key), _keyed(after, key)
    for name, row in old.items():
        if name not in new:
            yield Difference(part, title(row), _THERE, _GONE, power=True)
        elif row != new[name]:
            yield from compare(row, new[name])
    yield from (Difference(part, title(row), _NONE, _added(row), power=True) for k, row in new.items() if k not in old)
    if [k for k in old if k in new] != [k for k in new if k in old]:
        yield Difference(part, "urutan", "urutan lama", "urutan baru", power=True)


def _added(row: Row) -> str:
    """Return that a row is new, and what it gives whom: who confirms it must not have to look that up in the files."""
    told: Sequence[tuple[str, str]] = ()
    match row:
        case Lane():
            told = (("hak", _words(row)), ("atasan", _above(row)))
        case State():
            told = (("yang ditunggu", _names(row.awaits)),)
        case Move():
            told = (("dilakukan oleh", _names(row.roles)),)
        case Sheet():
            told = (
                ("penyusun", _names(row.drafters)),
                ("paraf", _names(row.initials)),
                ("penanda tangan", _names(row.signers)),
            )
    said = "; ".join(f"{what}: {text}" for what, text in told if text != _NONE)
    return f"{_ADDED} ({said})" if said else _ADDED


def _keyed(rows: Sequence[Row], key: Callable[[Row], Any]) -> dict[Any, Row]:
    """Return rows by their keys; the second of a key, which another answer or letter opens, is the second of it."""
    found: dict[Any, Row] = {}
    for row in rows:
        place = 0
        while (key(row), place) in found:
            place += 1
        found[key(row), place] = row
    return found


def _step(one: Step, other: Step) -> Iterator[Difference]:
    said = (
        ("waktu", span_words(one.limit), span_words(other.limit)),
        ("pengingat sebelum tenggat", span_words(one.remind), span_words(other.remind)),
        ("atasan diberi tahu sesudah tenggat", span_words(one.escalate), span_words(other.escalate)),
        ("kegiatan", one.activity, other.activity),
        ("pelaksana", _names(one.lanes), _names(other.lanes)),
        ("bagi pelapor", one.told, other.told),
    )
    title = f"langkah {one.number}, {one.activity}"
    yield from (Difference("Langkah", f"{title}: {what}", a, b) for what, a, b in said if a != b)
    yield from _rest("Langkah", title, *map(_bare_step, (one, other)), power=False)


def _bare_step(step: Step) -> Step:
    return replace(step, limit=Limit(), time="", remind=None, escalate=None, activity="", lanes=(), told="")


def _lane(one: Lane, other: Lane) -> Iterator[Difference]:
    if one.name != other.name:
        yield Difference("Lajur", f"nama {role_name(one.role)}", one.name, other.name)
    if one.above != other.above:
        yield Difference("Lajur", f"atasan {one.name}", _above(one), _above(other))
    if set(one.rights) != set(other.rights):
        yield Difference("Lajur", f"hak {one.name}", _words(one), _words(other), power=True)
    if one.outside != other.outside:
        yield Difference("Lajur", f"{one.name} di luar kantor", _yes(one.outside), _yes(other.outside), power=True)


def _words(lane: Lane) -> str:
    return ", ".join(lane.rights) or _NONE


def _above(lane: Lane) -> str:
    return _names(filter(None, [lane.above]))


def _state(one: State, other: State) -> Iterator[Difference]:
    if one.awaits != other.awaits:
        yield Difference("Keadaan", f"{one.label}: yang ditunggu", _names(one.awaits), _names(other.awaits), power=True)
    if one.patience != other.patience:
        yield Difference("Keadaan", f"{one.label}: batas", _days(one.patience), _days(other.patience), power=True)
    said = (
        ("nama", one.label, other.label),
        ("bagi pelapor", one.told, other.told),
        ("selanjutnya bagi pelapor", one.outlook, other.outlook),
    )
    yield from (Difference("Keadaan", f"{one.label}: {what}", a, b) for what, a, b in said if a != b)
    bare = [replace(state, awaits=(), patience=0, label="", told="", outlook="") for state in (one, other)]
    yield from _rest("Keadaan", one.label, *bare)


def _move(one: Move, other: Move) -> Iterator[Difference]:
    if one.roles != other.roles:
        yield Difference("Gerak", f"{one.label}: dilakukan oleh", _names(one.roles), _names(other.roles), power=True)
    if one.label != other.label:
        yield Difference("Gerak", "nama", one.label, other.label)
    asked = {field.name: field for field in other.form}
    for field in one.form:
        if field.name in asked and field.phrases != asked[field.name].phrases:
            what = f"{one.label}, {field.label}: kalimat yang ditawarkan"
            yield Difference("Kalimat", what, _phrases(field.phrases), _phrases(asked[field.name].phrases))
    yield from _rest("Gerak", one.label, _bare(one), _bare(other))


def _bare(move: Move) -> Move:
    return replace(move, roles=(), label="", button="", form=tuple(replace(field, phrases=()) for field in move.form))


def _sheet(one: Sheet, other: Sheet) -> Iterator[Difference]:
    said = (
        ("penyusun", _names(one.drafters), _names(other.drafters)),
        ("paraf, berurutan", _names(one.initials), _names(other.initials)),
        ("penanda tangan", _names(one.signers), _names(other.signers)),
        ("boleh atas nama (a.n.)", _yes(one.on_behalf), _yes(other.on_behalf)),
    )
    title = _sheet_title(one)
    yield from (Difference("Surat", f"{title}: {what}", a, b, power=True) for what, a, b in said if a != b)
    bare = [replace(sheet, drafters=(), initials=(), signers=(), on_behalf=one.on_behalf) for sheet in (one, other)]
    yield from _rest("Surat", title, *bare)


def _pair(one: Pair, other: Pair) -> Iterator[Difference]:
    if one.letters != other.letters:
        said = [", ".join(map(title_of, pair.letters)) or "semua surat" for pair in (one, other)]
        yield Difference("Pasangan", f"{one.label}: surat", said[0], said[1], power=True)
    if one.first.roles != other.first.roles:
        said = [_names(pair.first.roles) if pair.first.roles else "peran apa pun" for pair in (one, other)]
        yield Difference("Pasangan", f"{one.label}: langkah pertama oleh", said[0], said[1], power=True)
    bare = [replace(pair, letters=(), first=replace(pair.first, roles=())) for pair in (one, other)]
    yield from _rest("Pasangan", one.label, *bare)


def _rest(part: str, title: str, one: Any, other: Any, *, power: bool = True) -> Iterator[Difference]:
    """Yield that something differs which has no words of its own: it is named as the rows of the files call it."""
    names = [field.name for field in fields(one) if getattr(one, field.name) != getattr(other, field.name)]
    for name in names:
        told = _FIELDS.get(name, name)
        yield Difference(part, f"{title}: {told}", _said(getattr(one, name)), _said(getattr(other, name)), power)


def _whole(part: str, what: str, one: object, other: object, *, power: bool) -> Iterator[Difference]:
    if one != other:
        yield Difference(part, what, "seperti semula", "diubah; bandingkan berkasnya", power)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return _yes(value)
    if isinstance(value, tuple) and all(isinstance(one, str) for one in value):
        return ", ".join(value) or _NONE
    return (str(value) or _NONE) if isinstance(value, str | int) else "diubah; bandingkan berkasnya"


def _move_key(move: Move) -> tuple[str, tuple[str, ...], str, str]:
    return move.key, move.start, move.complainant, move.letter


def _sheet_title(sheet: Sheet) -> str:
    return title_of(sheet.template)


def _phrases(phrases: Sequence[str]) -> str:
    return " · ".join(phrases) or _NONE


def _yes(value: bool) -> str:
    return "ya" if value else "tidak"


def _days(count: int) -> str:
    return f"{count} hari" if count else "waktu langkahnya"


#: How the rows' fields are called that have no words of their own above.
_FIELDS = {
    "start": "dari keadaan",
    "to": "menuju",
    "branches": "menuju menurut jawaban",
    "form": "isian",
    "sheets": "naskah yang dikonsep",
    "file": "berkas yang disertakan",
    "act": "tindakan",
    "letter": "surat",
    "step": "langkah",
    "paused": "waktu berhenti",
    "final": "akhir",
    "gate": "menunggu surat",
    "series": "deret nomor",
    "recipient": "kepada",
    "followed_by": "disusul",
    "ends": "sebelum akhir",
    "receipt": "bukti terima",
    "equipment": "perlengkapan",
    "output": "keluaran",
    "note": "keterangan",
    "first": "langkah pertama",
    "second": "langkah kedua",
    "number": "nomor langkah",
}
