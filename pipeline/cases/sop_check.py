"""What is wrong with an SOP: parts that contradict each other or mean nothing to this program, each with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.cases import sop_words
from pipeline.cases.answers import KINDS
from pipeline.cases.public_service import NAME
from pipeline.cases.sop import YANKOMAS, Sop, is_own_sheet
from pipeline.cases.sop_lanes import At, idle_faults, lane_faults, strange_roles
from pipeline.cases.sop_rows import FormField, Move, Opening, Pair, PairStep, Sheet, Step
from pipeline.cases.sop_ways import ending_states, reached
from pipeline.cases.sop_words import BEGINNINGS
from pipeline.office.roles import ROLES
from pipeline.office.wording import hinted
from pipeline.office.worktime import Limit

#: The sheets that this program can draft; `pipeline.letters.sheets` has exactly these.
TEMPLATES = (
    "01-formulir-pengaduan",
    "01-tanda-terima",
    "02-buku-register",
    "03-lembar-disposisi",
    "04-nota-telaahan",
    "04-pemberitahuan-penggabungan",
    "04-pemberitahuan-tidak-ada-indikasi",
    "04-pemberitahuan-tidak-berwenang",
    "04-permintaan-kelengkapan",
    "04-surat-penerusan",
    "05-berita-acara",
    "05-daftar-hadir",
    "05-lembar-tersendiri",
    "05-undangan-audiensi",
    "05-undangan-pelapor",
    "05-usulan-audiensi",
    "06-pemberitahuan-pelapor",
    "06-ralat",
    "06-surat-rekomendasi",
    "07-hasil-evaluasi",
    "07-pemberitahuan-penutupan",
    "07-permintaan-tindak-lanjut",
    "07-teguran-kedua",
    "07-teguran-pertama",
)
#: How a sheet of another service is called: its step, and what it is; no sheet of Yankomas is called so.
_OWN_TEMPLATE = re.compile(r"(?=.{,60}\Z)[0-9]{2}(?:-[a-z][a-z0-9]*)+")
_OWN_SHAPE = "NN-nama dengan huruf kecil, lain daripada templat Yankomas"
#: No step of a procedure takes longer, in days; what is counted beyond would leave the calendar.
MOST_DAYS = 1000
_DAY = 24 * 60  # minutes
#: The most letters that a complainant reads of a step, and of a state.
STAGE_WORDS, PLAIN_WORDS = 60, 180


def faults(sop: Sop, at: At) -> Iterator[str]:
    """Yield everything that is wrong; ``at`` names the line of a row (``baris 12 (gerak)``)."""
    states = {s.key for s in sop.states}
    steps = {s.key for s in sop.steps}
    if sop.first not in states:
        yield f"awal: keadaan {sop.first!r} tidak ada"
    if not any(state.key == sop.ended_before and state.final for state in sop.states):
        yield f"akhir_buku_lama: keadaan {sop.ended_before!r} tidak ada, atau bukan akhir"
    if sop.sender and sop.sender not in {field.name for field in sop.register}:
        yield f"pengirim: isian register {sop.sender!r} tidak ada"
    if sop.reviewed not in steps:
        yield f"tenggat_disposisi: langkah {sop.reviewed!r} tidak ada"
    for kind, name, keys in (
        ("langkah", "kunci", [step.key for step in sop.steps]),
        ("keadaan", "kunci", [state.key for state in sop.states]),
        ("naskah", "templat", [sheet.template for sheet in sop.sheets]),
        ("register", "nama", [field.name for field in sop.register]),
    ):
        for position, key in enumerate(keys):
            if key in keys[:position]:
                yield f"{at(kind, position)}: {name} {key!r} sudah dipakai"
    yield from _faults_of_rows(sop, at, steps)
    yield from _untold(sop, at)
    for position, move in enumerate(sop.moves):
        for fault in _faults_of_move(sop, move, states):
            yield f"{at('gerak', position)} {move.key}: {fault}"
    for position, opening in enumerate(sop.openings):
        if opening.channel in (other.channel for other in sop.openings[:position]):
            yield f"{at('pembukaan', position)}: kunci {opening.channel!r} sudah dipakai"
        for fault in _faults_of_opening(sop, opening):
            yield f"{at('pembukaan', position)} {opening.channel}: {fault}"
    for position, pair in enumerate(sop.pairs):
        same = [other.key for other in sop.pairs[:position]]
        for fault in _faults_of_pair(sop, pair, same):
            yield f"{at('pasangan', position)} {pair.key}: {fault}"
    come_to, ending = reached(sop), ending_states(sop)
    for position, state in enumerate(sop.states):
        if state.key not in come_to:
            yield f"{at('keadaan', position)}: keadaan {state.key!r} tidak dapat dicapai"
        if not state.final and not any(state.key in move.start for move in sop.moves):
            yield f"{at('keadaan', position)}: keadaan {state.key!r} buntu, tidak ada gerak dari situ"
        elif state.key not in ending:
            yield f"{at('keadaan', position)}: dari keadaan {state.key!r} tidak ada jalan ke akhir mana pun (berputar)"


def _faults_of_rows(sop: Sop, at: At, steps: set[str]) -> Iterator[str]:
    letters = {sheet.template for sheet in sop.letters}
    for position, step in enumerate(sop.steps):
        for role in strange_roles(sop, step.lanes):
            yield f"{at('langkah', position)}: peran {role!r} tidak dikenal"
        yield from (f"{at('langkah', position)} {step.key}: {fault}" for fault in _faults_of_spans(step))
    yield from lane_faults(sop, at)
    yield from idle_faults(sop, at)
    for position, state in enumerate(sop.states):
        if state.step not in steps:
            yield f"{at('keadaan', position)}: langkah {state.step!r} tidak ada"
        if state.patience > MOST_DAYS:
            yield f"{at('keadaan', position)}: batas_hari lebih lama dari {MOST_DAYS} hari"
        for role in strange_roles(sop, state.awaits):
            yield f"{at('keadaan', position)}: peran {role!r} tidak dikenal"
        for letter in {state.patience_since, state.gate.letter if state.gate else ""} - {"", *letters}:
            yield f"{at('keadaan', position)}: naskah {letter!r} tidak ada atau tidak ditandatangani"
        if state.gate and state.gate.until not in sop_words.ACTS:
            yield hinted(f"{at('keadaan', position)}: tindakan {state.gate.until!r} tidak dikenal", "", sop_words.ACTS)
    for position, sheet in enumerate(sop.sheets):
        if not 1 <= sheet.step <= len(sop.steps):
            yield f"{at('naskah', position)}: langkah {sheet.step} tidak ada"
        if sop.service != YANKOMAS:
            if (
                sheet.template in TEMPLATES
                or is_own_sheet(sheet.template)
                or not _OWN_TEMPLATE.fullmatch(sheet.template)
            ):
                yield f"{at('naskah', position)}: templat {sheet.template!r} harus bernama {_OWN_SHAPE}"
        elif sheet.template not in TEMPLATES and not is_own_sheet(sheet.template):
            told = f"{at('naskah', position)}: templat {sheet.template!r} tidak dikenal program ini"
            yield f"{hinted(told, sheet.template, TEMPLATES)} (naskah kantor sendiri: NN-kantor-nama)"
        yield from (f"{at('naskah', position)}: {fault}" for fault in _faults_of_sheet(sop, sheet))
    for position, field in enumerate(sop.register):
        yield from (f"{at('register', position)}: {fault}" for fault in _faults_of_field(field))


def _faults_of_spans(step: Step) -> Iterator[str]:
    """Yield what is wrong with when people are reminded of a deadline, and when who is above them is told."""
    for name, span in (("ingatkan", step.remind), ("naik", step.escalate)):
        if span == Limit():
            yield f"{name}: tanpa menit dan tanpa hari"
    for name, limit in (("waktu", step.limit), ("ingatkan", step.remind), ("naik", step.escalate)):
        if limit and (limit.days > MOST_DAYS or limit.minutes > MOST_DAYS * _DAY):
            yield f"{name}: lebih lama dari {MOST_DAYS} hari"
    if step.remind and step.remind.days >= max(step.limit.days, 1):
        yield "ingatkan: tidak lebih singkat daripada waktu langkahnya"


def _faults_of_sheet(sop: Sop, sheet: Sheet) -> Iterator[str]:
    for role in strange_roles(sop, (*sheet.signers, *sheet.drafters, *sheet.initials)):
        yield f"peran {role!r} tidak dikenal"
    known, ends = {s.template for s in sop.sheets}, {s.key for s in sop.states if s.final}
    yield from (f"disusul: naskah {other!r} tidak ada" for other in set(sheet.followed_by) - known)
    yield from (f"sebelum_akhir: {end!r} bukan akhir" for end in set(sheet.ends) - ends)
    if sheet.cites and not next((s.series for s in sop.sheets if s.template == sheet.cites), ""):
        yield f"menyebut: {sheet.cites!r} tidak ada atau tidak bernomor"
    if not sheet.signers and (sheet.initials or sheet.series or sheet.ends or sheet.receipt):
        yield "tanpa penanda_tangan, tetapi dengan paraf, deret, sebelum_akhir, atau bukti_terima"


def _faults_of_field(field: FormField) -> Iterator[str]:
    if field.kind not in KINDS:
        yield f"jenis {field.kind!r} tidak dikenal"
    if field.past and field.kind not in ("tanggal", "waktu"):
        yield f"lampau hanya bagi tanggal dan waktu, bukan {field.kind}"
    if (field.ahead or field.not_before) and field.kind != "tanggal":
        yield f"pertemuan dan tidak_sebelum hanya bagi tanggal, bukan {field.kind}"
    if field.begins and field.begins not in BEGINNINGS:
        yield hinted(f"pangkal {field.begins!r} tidak dikenal", field.begins, BEGINNINGS)
    elif field.begins and field.kind not in BEGINNINGS[field.begins]:
        yield f"pangkal {field.begins!r} hanya bagi {', '.join(BEGINNINGS[field.begins])}, bukan {field.kind}"


def _untold(sop: Sop, at: At) -> Iterator[str]:
    """Yield where a complainant who asks would read nothing, or more than a telephone shows at once.

    Who hands something in for another service has no code to ask with, so that its words may be left out.
    """
    least = 1 if sop.service == YANKOMAS else 0
    for position, step in enumerate(sop.steps):
        if not least <= len(step.told) <= STAGE_WORDS:
            yield f"{at('langkah', position)} {step.key}: bagi_pelapor kosong atau lebih dari {STAGE_WORDS} huruf"
    for position, state in enumerate(sop.states):
        for name, words in (("bagi_pelapor", state.told), ("selanjutnya", state.outlook)):
            if not least <= len(words) <= PLAIN_WORDS:
                yield f"{at('keadaan', position)} {state.key}: {name} kosong atau lebih dari {PLAIN_WORDS} huruf"


def _faults_of_move(sop: Sop, move: Move, states: set[str]) -> Iterator[str]:
    if not move.roles:
        yield "tanpa peran"
    for role in strange_roles(sop, move.roles) - {sop_words.AWAITED, sop_words.SIGNER, sop_words.IN_TURN}:
        yield f"peran {role!r} tidak dikenal"
    for start in set(move.start) - states - set(sop_words.OPENINGS):
        yield f"keadaan asal {start!r} tidak ada"
    targets = set(move.branches.values()) or {move.to}
    for target in targets - states - {sop_words.STAY, sop_words.BACK}:
        yield f"keadaan tujuan {target!r} tidak ada"
    if move.complainant not in ("", sop_words.SOMEBODY, sop_words.NOBODY):
        yield f"pelapor = {move.complainant!r} tidak dikenal (ada, tidak-ada)"
    known = {s.template for s in sop.sheets}
    for sheet in set(move.sheets) - known - {sop_words.UNSIGNED_DRAFTS, sop_words.CHOSEN}:
        yield f"naskah {sheet!r} tidak ada"
    for field in move.form:
        yield from (f"isian {field.name}: {fault}" for fault in _faults_of_field(field))
    question = next((f for f in move.form if f.name == move.branch), None)
    if move.branch and (question is None or set(question.choices) != set(move.branches) or not question.required):
        yield f"ke_menurut: isian {move.branch!r} harus pilihan wajib dengan jawaban yang sama"
    yield from _faults_of_act(sop, move, known)
    if move.together and (move.branch or move.file or move.register or move.act or move.letter):
        yield "sekaligus: bukan bagi gerak dengan ke_menurut, berkas, register, tindakan, atau surat"
    if move.fixed and not (move.register and move.start == (sop_words.ENDED,) and move.to == sop_words.STAY):
        yield "tidak_dikoreksi: hanya bagi gerak dengan register, dari akhir, yang tetap di situ"
    if move.becomes and (move.becomes == sop.service or targets - {s.key for s in sop.states if s.final}):
        yield "menjadi: hanya bagi layanan lain, dan hanya bagi gerak yang mengakhiri perkara ini"
    if move.file not in ("", "boleh", "wajib"):
        yield f"berkas {move.file!r} tidak dikenal"
    if bool(move.file) != bool(move.file_kind):
        yield "berkas dan berkas_jenis harus disebut bersama"
    if re.match(r"\d\d-", move.file_kind) and move.file_kind not in known:
        yield f"berkas_jenis {move.file_kind!r} bukan naskah"


def _faults_of_act(sop: Sop, move: Move, known: set[str]) -> Iterator[str]:
    if move.act and move.act not in sop_words.ACTS:
        yield hinted(f"tindakan {move.act!r} tidak dikenal", move.act, sop_words.ACTS)
    if bool(move.act) != bool(move.letter or sop_words.LETTERS in move.start):
        yield f"tindakan memerlukan `surat`, atau dari = {sop_words.LETTERS!r}; dan sebaliknya"
    if move.letter and move.letter not in known:
        yield f"surat {move.letter!r} bukan naskah"
    if move.waited and (move.waited.letter not in known or move.waited.act not in sop_words.ACTS):
        yield f"setelah: {move.waited.letter!r} atau {move.waited.act!r} tidak dikenal"
    if move.waited and move.waited.until and move.waited.until not in _asked_for(move.waited.letter, sop):
        yield f"setelah: batas {move.waited.until!r} bukan isian gerak yang menyusun {move.waited.letter!r}"
    yield from (f"{t!r} bukan naskah (belum_ada, tidak_sedang)" for t in {move.unless, move.idle} - {"", *known})
    if move.numbers and len({s.series for s in sop.sheets if s.template in move.sheets}) > 1:
        yield "nomor: naskahnya dari lebih dari satu deret"
    if move.proposed and (
        move.proposed.letter not in known or move.proposed.answered not in {m.key for m in sop.moves}
    ):
        yield f"usul: {move.proposed.letter!r} atau {move.proposed.answered!r} tidak dikenal"
    if any(f.ahead for f in move.form) and not any(f.name == sop_words.REASON for f in move.form):
        yield f"pertemuan memerlukan isian {sop_words.REASON!r}"


def _asked_for(letter: str, sop: Sop) -> set[str]:
    """Return the questions of the forms by which a letter is composed."""
    return {field.name for move in sop.moves if letter in move.sheets for field in move.form}


def _faults_of_opening(sop: Sop, opening: Opening) -> Iterator[str]:
    if not NAME.fullmatch(opening.channel):  # it stands in addresses, behind its service's name
        yield f"kunci {opening.channel!r} harus huruf kecil, angka, dan tanda hubung"
    if not opening.roles:
        yield "tanpa peran"
    yield from (f"peran {role!r} tidak dikenal" for role in strange_roles(sop, opening.roles))
    for sheet in set(opening.sheets) - {s.template for s in sop.sheets}:
        yield f"naskah {sheet!r} tidak ada"
    for name in {*opening.required, *opening.exempt, *opening.preset} - {f.name for f in sop.register}:
        yield f"isian register {name!r} tidak ada"
    for name, value in opening.preset.items():
        question = next((f for f in sop.register if f.name == name), None)
        if question and question.choices and value not in question.choices:
            yield f"isi {name}: {value!r} bukan pilihan"


def _faults_of_pair(sop: Sop, pair: Pair, before: list[str]) -> Iterator[str]:
    """Yield what is wrong with steps that two people must make; one that can never be made would guard nothing."""
    if pair.key in before:
        yield f"kunci {pair.key!r} sudah dipakai"
    for name, step, acts in (
        ("pertama", pair.first, (*sop_words.ACTS, sop_words.COMPOSE, sop_words.OPEN_CASE)),
        ("kedua", pair.second, sop_words.ACTS),
    ):
        yield from (f"{name}: {fault}" for fault in _faults_of_pair_step(sop, step, acts))
    letters = {sheet.template for sheet in sop.letters}
    for letter in pair.letters:
        if letter not in letters:
            yield hinted(f"naskah {letter!r} tidak ada atau tidak ditandatangani", letter, letters)
    if pair.letters and not (pair.first.acts or pair.second.acts):
        yield "naskah hanya bagi pasangan dengan tindakan"


def _faults_of_pair_step(sop: Sop, step: PairStep, acts: tuple[str, ...]) -> Iterator[str]:
    moves = {move.key for move in sop.moves}
    if not step.moves and not step.acts:
        yield "tanpa gerak dan tanpa tindakan; sebut salah satu"
    yield from (hinted(f"gerak {key!r} tidak ada", key, moves) for key in step.moves if key not in moves)
    yield from (hinted(f"tindakan {act!r} tidak dikenal", act, acts) for act in step.acts if act not in acts)
    yield from (hinted(f"peran {role!r} tidak dikenal", role, ROLES) for role in strange_roles(sop, step.roles))
