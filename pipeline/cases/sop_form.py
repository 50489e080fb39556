"""What of an edition of the SOP is changed in forms: its parts, and the fields of each with what stands in them.

A field is named by its row's table and position in the files (``langkah.3.waktu``). States, the ways between them, and
what moves ask are no forms: they are changed in the files.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.cases.sop import YANKOMAS, Sop, title_of
from pipeline.cases.sop_differences import SPECIAL_ROLES, role_words
from pipeline.cases.sop_rows import Move, Sheet, State, Step
from pipeline.cases.sop_words import NOBODY, SOMEBODY
from pipeline.errors import NotFound
from pipeline.office.roles import LANE_WORDS, OF_PROGRAM, service_of_role
from pipeline.office.worktime import Limit

#: The parts, and what each is called.
PARTS = {
    "edisi": "Nomor dan nama",
    "langkah": "Waktu langkah",
    "lajur": "Peran, hak, dan atasan",
    "surat": "Penyusun, paraf, penanda tangan",
    "gerak": "Siapa melakukan apa",
    "kalimat": "Kalimat yang ditawarkan",
    "pasangan": "Harus dua orang",
}
_UNITS = (("hari", "hari"), ("menit", "menit"))
#: What a lane may, and what that opens.
_RIGHTS = tuple(
    zip(
        LANE_WORDS,
        (
            "menangani: kotak masuk, verifikasi, pengiriman, berkas buku register, data pribadi",
            "menyusun: membuka perkara, menyusun naskah, melihat nama dan berkas asli",
            "memutus: memutus dan menandatangani",
            "membidangi: penyusutan arsip, permintaan tentang data pribadi",
            "memimpin: kepala kantor, semua perkara terbuka baginya",
            "membaca: membaca perkara saja",
        ),
        strict=True,
    )
)
#: How the fields of a role that is added are called.
NEW_LANE = "lajur.baru"
#: The most who initial or sign a letter.
MOST_HANDS = 5


@dataclass(frozen=True, slots=True)
class EditField:
    """A field with its values.

    ``kind`` is ``baris``, ``hari``, ``bilangan``, ``pilihan`` (one), ``centang`` (any), ``kalimat`` (a line each).
    """

    name: str
    label: str
    kind: str
    values: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class EditGroup:
    """The fields of one row, under its title."""

    title: str
    fields: tuple[EditField, ...]
    note: str = ""


def groups_of(part: str, sop: Sop) -> tuple[EditGroup, ...]:
    """Return the groups of fields of a part.

    Raises:
        NotFound: there is no such part.
    """
    match part:
        case "edisi":
            return (_head(sop),)
        case "langkah":
            return tuple(_step(n, step) for n, step in enumerate(sop.steps))
        case "lajur":
            new = (_new_lane(sop),) if sop.service == YANKOMAS else ()
            return tuple(_lane(n, sop) for n in range(len(sop.lanes))) + new
        case "surat":
            return tuple(_letter(n, sheet, sop) for n, sheet in enumerate(sop.sheets) if sheet.signers)
        case "gerak":
            return tuple(_at(n, state, sop) for n, state in enumerate(sop.states)) + _anywhere(sop)
        case "kalimat":
            return tuple(
                _phrases(n, move, sop) for n, move in enumerate(sop.moves) if any(f.phrases for f in move.form)
            )
        case "pasangan":
            return tuple(_pair(n, sop) for n in range(len(sop.pairs)))
    raise NotFound("Bagian SOP itu tidak ada.", "Pilih di halaman SOP.")


def _head(sop: Sop) -> EditGroup:
    fields = (
        EditField("edisi.0.nomor", "Nomor SOP", "baris", (sop.number,), required=True),
        EditField("edisi.0.nama", "Nama SOP", "baris", (sop.title,), required=True),
        EditField("edisi.0.ditetapkan", "Ditetapkan", "hari", (sop.established.isoformat(),), required=True),
    )
    return EditGroup("Edisi ini", fields)


def _step(number: int, step: Step) -> EditGroup:
    spans = (
        ("waktu", "Waktu", step.limit, ""),
        ("ingatkan", "Ingatkan sebelum tenggat", step.remind, "Kosong: tidak mengingatkan"),
        ("naik", "Atasan diberi tahu sesudah tenggat", step.escalate, "Kosong: tidak diberi tahu"),
    )
    fields: list[EditField] = []
    for key, label, limit, hint in spans:
        name, (count, unit) = f"langkah.{number}.{key}", counted(limit)
        fields.append(EditField(name, label, "bilangan", (count,), hint=hint, required=key == "waktu"))
        fields.append(EditField(f"{name}_satuan", "Hari/menit", "pilihan", (unit,), _UNITS, required=True))
    return EditGroup(f"{step.number}. {step.activity}", tuple(fields))


def counted(limit: Limit | None) -> tuple[str, str]:
    """Return a span as it is typed: number and unit; without a number for none."""
    if limit is None or limit == Limit():
        return "", "hari"
    return (str(limit.days), "hari") if limit.days else (str(limit.minutes), "menit")


def _lane(number: int, sop: Sop) -> EditGroup:
    lane, base = sop.lanes[number], f"lajur.{number}"
    name = EditField(f"{base}.nama", "Nama di bagan dan naskah", "baris", (lane.name,), required=True)
    if lane.outside:
        return EditGroup(role_words(lane.role), (name,))
    fields = [name, _superior(base, lane.above, lane.role, sop)]
    if sop.service == YANKOMAS and lane.role not in OF_PROGRAM:
        fields.append(EditField(f"{base}.hak", "Hak", "centang", lane.rights, _RIGHTS, required=True))
    title = role_words(lane.role, sop)
    if service_of_role(lane.role) == YANKOMAS:
        title = f"{title} ({lane.role})"
        fields.append(EditField(f"{base}.hapus", "Hapus", "centang", (), (("ya", "hapus peran ini dari edisi"),)))
    return EditGroup(title, tuple(fields))


def _superior(base: str, above: str, role: str, sop: Sop) -> EditField:
    others = tuple((one.role, one.name) for one in sop.lanes if not one.outside and one.role != role)
    return EditField(f"{base}.atasan", "Atasan", "pilihan", (above,), others, hint="Diberi tahu bila tenggat lewat")


def _new_lane(sop: Sop) -> EditGroup:
    key_hint = "Huruf kecil, angka, tanda hubung, misalnya analis; kosong: tidak ada peran baru"
    fields = (
        EditField(f"{NEW_LANE}.kunci", "Kunci", "baris", hint=key_hint),
        EditField(f"{NEW_LANE}.nama", "Nama di bagan dan naskah", "baris"),
        _superior(NEW_LANE, "", "", sop),
        EditField(f"{NEW_LANE}.hak", "Hak", "centang", (), _RIGHTS),
    )
    note = "Sesudah disimpan dapat dipilih di bagian lain; sesudah edisinya berlaku dapat diberikan di halaman Akun."
    return EditGroup("Peran baru", fields, note)


def _inside(sop: Sop, *also: str) -> tuple[tuple[str, str], ...]:
    """Return the roles that may be chosen: those of the lanes inside the office, and these."""
    lanes = [lane.role for lane in sop.lanes if not lane.outside]
    return tuple((role, role_words(role, sop)) for role in dict.fromkeys([*lanes, *also]))


def _letter(number: int, sheet: Sheet, sop: Sop) -> EditGroup:
    base, roles = f"naskah.{number}", _inside(sop, *sheet.signers, *sheet.initials, *sheet.drafters)
    fields = [EditField(f"{base}.penyusun", "Penyusun", "centang", sheet.drafters, roles)]
    hands = (("paraf", "Paraf", sheet.initials), ("penanda_tangan", "Penanda tangan", sheet.signers))
    for key, label, chosen in hands:
        for place in range(min(len(chosen) + 1, MOST_HANDS)):
            value = (chosen[place],) if place < len(chosen) else ("",)
            fields.append(EditField(f"{base}.{key}{place}", f"{label} {place + 1}", "pilihan", value, roles))
    behalf = (("ya", "pemegang a.n. boleh menandatangani"),)
    fields.append(EditField(f"{base}.atas_nama", "Atas nama", "centang", ("ya",) if sheet.on_behalf else (), behalf))
    return EditGroup(title_of(sheet.template), tuple(fields))


def _at(number: int, state: State, sop: Sop) -> EditGroup:
    """Return who is waited for in a state, and who makes the moves that begin in it alone."""
    fields = []
    if not state.final:
        roles = tuple((lane.role, lane.name) for lane in sop.lanes)
        fields.append(EditField(f"keadaan.{number}.menunggu", "Yang ditunggu", "centang", state.awaits, roles))
    if state.patience:
        hint = "Sesudah itu yang ditunggu dianggap tidak menjawab"
        name = f"keadaan.{number}.batas_hari"
        fields.append(EditField(name, "Batas, hari", "bilangan", (str(state.patience),), hint=hint, required=True))
    moves = ((n, move) for n, move in enumerate(sop.moves) if move.start and move.start[0] == state.key)
    return EditGroup(state.label, (*fields, *(_move(n, move, sop) for n, move in moves)))


def _anywhere(sop: Sop) -> tuple[EditGroup, ...]:
    keys = {state.key for state in sop.states}
    moves = [(n, move) for n, move in enumerate(sop.moves) if not move.start or move.start[0] not in keys]
    return (EditGroup("Dari beberapa keadaan", tuple(_move(n, move, sop) for n, move in moves)),) if moves else ()


def _move(number: int, move: Move, sop: Sop) -> EditField:
    also = [role for role in (*SPECIAL_ROLES, *move.roles) if role in move.roles]
    name, roles = f"gerak.{number}.peran", _inside(sop, *also)
    return EditField(name, move.label, "centang", move.roles, roles, _leads(move, sop), required=True)


def _leads(move: Move, sop: Sop) -> str:
    """Return where a move leads, and in which cases it opens: several are called the same."""
    labels = {state.key: state.label for state in sop.states}
    targets = [labels[key] for key in dict.fromkeys((*move.branches.values(), move.to)) if key in labels]
    who = {SOMEBODY: "bila perkara berpelapor", NOBODY: "bila perkara tanpa pelapor"}.get(move.complainant, "")
    letter = f"atas {title_of(move.letter).lower()}" if move.letter else ""
    return "; ".join(filter(None, [who, letter, f"menuju: {', '.join(targets)}" if targets else ""]))


def _phrases(number: int, move: Move, sop: Sop) -> EditGroup:
    hint = "Satu kalimat satu baris; kosong: tidak ada yang ditawarkan"
    fields = tuple(
        EditField(f"gerak.{number}.frasa{place}", field.label, "kalimat", field.phrases, hint=hint)
        for place, field in enumerate(move.form)
        if field.phrases
    )
    names = {lane.role: lane.name for lane in sop.lanes}
    who = ", ".join(names[role] for role in move.roles if role in names)
    return EditGroup(f"{move.label} ({who})" if who else move.label, fields)


def _pair(number: int, sop: Sop) -> EditGroup:
    pair, base = sop.pairs[number], f"pasangan.{number}"
    keep = EditField(f"{base}.berlaku", "Berlaku", "centang", ("ya",), (("ya", "harus dua orang"),))
    letters = tuple((sheet.template, title_of(sheet.template)) for sheet in sop.letters)
    which = EditField(f"{base}.naskah", "Bagi surat", "centang", pair.letters, letters, required=True)
    note = "Tanpa centang Berlaku, satu orang boleh melakukan keduanya."
    return EditGroup(pair.label, (keep, which) if pair.letters else (keep,), note)
