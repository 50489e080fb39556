"""The SOP as a table: its steps with their limits, the states of a case, the moves people make, the sheets made.

The table is data (``sop_files/*.toml``, transcribed from SOP W.8.OT.02.01-74); code walks it and never names a step,
a state or a sheet. A revision is another file with its own effective date; a case keeps the one it started with.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import add

from pipeline.errors import SettingsFault
from pipeline.office.officials import ROLES
from pipeline.office.worktime import Limit

#: Where a move may lead besides a named state: nowhere, or to the state before this one.
STAY, BACK = "tetap", "kembali"
#: From which states a move may be made besides named ones: any that is not the end, any end, one with a given-up duty,
#: one with a drafted outgoing letter that has no number, or a numbered one that is not signed.
ANY, ENDED, GIVEN_UP, UNNUMBERED, UNSIGNED = "semua", "akhir", "gagal", "surat-tanpa-nomor", "surat-tanpa-tanda-tangan"
#: Or: one with a letter whose turn has come for the act that the move is.
LETTERS = "naskah"
OPENINGS = (ANY, ENDED, GIVEN_UP, UNNUMBERED, UNSIGNED, LETTERS)
#: Who may make a move besides named roles: those the state waits for, the signer of the letter, or those whose turn it
#: is with it.
AWAITED, SIGNER, IN_TURN = "yang-ditunggu", "penanda-tangan", "yang-bergilir"
#: What is done to a letter: initialled, numbered, signed, sent, noted as received; given back to its drafters, handed
#: in again by them; cancelled; corrected by another letter once it was sent;
#: given up as to its receipt; decided upon (a memo that came up the chain).
INITIAL, NUMBER, SIGN, SEND, RECEIVE = "paraf", "nomor", "tanda-tangan", "kirim", "terima"
GIVE_BACK, HAND_IN, CANCEL, CORRECT = "kembalikan", "ajukan", "batal", "ralat"
WAIVE, DECIDE = "tanpa-terima", "putus"
ACTS = (INITIAL, NUMBER, SIGN, SEND, RECEIVE, GIVE_BACK, HAND_IN, CANCEL, CORRECT, WAIVE, DECIDE)
#: The series of numbers of the letters that leave the office.
OUTGOING = "keluar"
#: Instead of named sheets: every draft that is not signed is drafted again.
UNSIGNED_DRAFTS = "konsep"
#: Instead of a named sheet or kind of file: the one that was chosen in the form.
CHOSEN = "naskah-itu"
#: What a question of a form may begin with: rights and articles, what is tested of them, the papers of the register;
#: what is at issue, what happened when, the complaint in short; who answers for it; what was said and agreed when
#: people met, what the memo found; what was noted while an agency was watched, and each recommendation, to be judged;
#: in which of the office's regencies it happened.
RIGHTS, ELEMENTS, PAPERS = "hak", "unsur", "dokumen"
ISSUE, EVENTS, SUMMARY, RESPONDENT = "persoalan", "kronologi", "ringkasan", "terlapor"
RESULTS, FINDINGS, AGREED = "hasil-audiensi", "analisis-nota", "kesepakatan"
WATCHED, ADVISED, REGENCY = "pemantauan", "rekomendasi", "kabupaten"
#: Of these, the kinds of answer that may begin so.
BEGINNINGS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((RIGHTS, ELEMENTS, PAPERS, EVENTS, AGREED, ADVISED), ("daftar",)),
    **dict.fromkeys((ISSUE, SUMMARY, RESULTS, FINDINGS, WATCHED), ("paragraf",)),
    **dict.fromkeys((RESPONDENT, REGENCY), ("teks",)),
}
#: The question in which is told why people meet on such a day.
REASON = "alasan_hari"
#: Where a move opens: in cases in which somebody complained, or in those in which nobody did.
SOMEBODY, NOBODY = "ada", "tidak-ada"
#: Kinds of files that are no sheets.
_TITLES = {"surat": "Surat pengaduan", "lampiran": "Lampiran"}


@dataclass(frozen=True, slots=True)
class Lane:
    """One column of the flow chart: a role and its name as printed; ``outside`` the office nobody makes moves.

    ``above`` is the role that is told when this one is late (empty: nobody).
    """

    role: str
    name: str
    outside: bool = False
    above: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One row of the SOP, as printed: number, key, activity, lanes (role keys), equipment, limit, output, note.

    ``told`` is what the complainant reads of it, in a few plain words. ``remind`` is how long before a deadline in this
    step those are reminded for whom the case waits, ``escalate`` how long after it who is above them is told (None:
    never).
    """

    number: int
    key: str
    activity: str
    lanes: tuple[str, ...]
    limit: Limit
    time: str
    equipment: str = ""
    output: str = ""
    note: str = ""
    told: str = ""
    remind: Limit | None = None
    escalate: Limit | None = None


@dataclass(frozen=True, slots=True)
class Gate:
    """A letter that a state waits for, and the act with which the waiting is over."""

    letter: str
    until: str


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand: whom it waits for, whether the SOP's clock stops, whether it is the end.

    ``patience`` is in how many days who is waited for should have acted (0: the step's limit alone), counted from the
    day on which the letter ``patience_since`` was noted as received, or from when the case came here (empty). ``told``
    and ``outlook`` are what the complainant reads: where their complaint stands, and what comes next. ``gate``: until
    that act is done to that letter, the case waits for those whose turn it is with the letter, then for ``awaits``.
    """

    key: str
    label: str
    step: str
    awaits: tuple[str, ...]
    paused: bool = False
    final: bool = False
    patience: int = 0
    patience_since: str = ""
    told: str = ""
    outlook: str = ""
    gate: Gate | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document that the machine drafts from a Word template.

    ``signed``: it waits for a wet signature and carries page codes. ``outgoing``: it is a letter with a naskah number.
    ``to_complainant``: it is made for the complainant, and not where there is none. ``of_kept``: it
    is made only where somebody is not named to others. ``shared``: it is sent to nobody,
    but others than this office sign it and get a copy.

    One that has ``signers`` (roles, the main one first) is a letter. ``drafters`` may edit it (none named: those by
    whose moves it is drafted, and its signer), ``initials`` are the roles that initial it, in their order;
    ``on_behalf``: who holds the signer's role *atas nama* may sign it too. ``series`` names the series of its number
    (empty: it has none), ``recipient`` to whom it goes, ``followed_by`` the letters that must follow it. ``ends`` are
    the ends before which it must be done, ``needed``: also before it is drafted at all; ``receipt``: it is done only
    when it is noted as received. ``cites`` is a letter whose number it says: it is drafted once that has one.
    """

    template: str
    step: int
    signed: bool = False
    outgoing: bool = False
    to_complainant: bool = False
    shared: bool = False
    of_kept: bool = False
    signers: tuple[str, ...] = ()
    drafters: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    on_behalf: bool = True
    series: str = ""
    recipient: str = ""
    followed_by: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    needed: bool = False
    receipt: bool = False
    cites: str = ""

    @property
    def signer(self) -> str:
        """The role that signs first; empty for a sheet that is no letter."""
        return self.signers[0] if self.signers else ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form: its name in data, its label on screens, its choices, whether it must be answered.

    ``kind`` is one of :data:`pipeline.cases.answers.KINDS`; ``phrases`` are the usual words, of which a screen offers
    any; ``past``: a day or moment of something that has happened, so that none to come can be meant. ``ahead``: a day
    on which people are to meet; one that is over or no working day needs a reason (:data:`REASON`). ``not_before``: it
    is not before that day of the letter that the move is about (its ``nomor``, ``kirim``), that of the complaint's
    receipt (``perkara``), or that answer. ``begins`` (of :data:`BEGINNINGS`) says what a screen fills in beforehand,
    for whoever answers to change. ``section``: a long form's part of that name begins with this question.
    """

    name: str
    label: str
    kind: str = "teks"
    choices: tuple[str, ...] = ()
    required: bool = False
    phrases: tuple[str, ...] = ()
    past: bool = False
    ahead: bool = False
    not_before: str = ""
    begins: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Waited:
    """What must have happened before a move is open: a letter's act, and so many days since (of the office's kind).

    ``until``: the day that the letter's form gave there (its deadline) is over too.
    """

    letter: str
    act: str
    days: int
    until: str = ""


@dataclass(frozen=True, slots=True)
class Proposed:
    """When the machine proposes a move: a letter was sent, and is not answered in time.

    The day that its form gave (``until``) is over, and nobody has made the move ``answered`` since.
    """

    letter: str
    until: str
    answered: str


@dataclass(frozen=True, slots=True)
class Move:
    """What a person may do with a case: from where, to where, who, with which form, and which sheets follow.

    ``to`` is a state's key, :data:`STAY` or :data:`BACK`; with ``branch`` it depends on the answer to that question
    (``branches``). ``file`` is ``""``, ``boleh`` or ``wajib``; the file is kept as a document of kind ``file_kind``.
    ``register``: the form also takes the register's fields. ``numbers``: outgoing letters get their number.
    ``act``: it is this act (:data:`ACTS`) on a letter: on ``letter``, or on the one chosen in its form, which must be
    waiting for it. ``waited``: it opens only so long after another letter's act; ``unless``: only while the case has no
    such letter, ``idle``: only while it has none that is not sent. ``proposed`` says when the machine proposes it.
    ``complainant``: it opens only where somebody complained (:data:`SOMEBODY`), or only where nobody did.
    ``together``: it may be made on several cases with one form, on each for itself. ``button`` is what the button
    says that makes it, a verb (empty: the label is one).
    """

    key: str
    label: str
    start: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    form: tuple[FormField, ...] = ()
    sheets: tuple[str, ...] = ()
    branch: str = ""
    branches: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    file_kind: str = ""
    register: bool = False
    numbers: bool = False
    act: str = ""
    letter: str = ""
    waited: Waited | None = None
    unless: str = ""
    idle: str = ""
    proposed: Proposed | None = None
    complainant: str = ""
    together: bool = False
    button: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """How a case begins without a written complaint: told at the counter, or by the office itself.

    ``channel`` is its key, ``required`` the register's fields without which it is not opened, ``exempt`` those that
    need not be known at confirmation either, ``preset`` the fields that it says itself, ``sheets`` the templates
    drafted at once.
    """

    channel: str
    label: str
    roles: tuple[str, ...]
    required: tuple[str, ...]
    exempt: tuple[str, ...] = ()
    preset: Mapping[str, str] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sop:
    """One edition of the SOP. ``at_intake`` are the templates drafted as soon as a complaint has been read."""

    key: str
    number: str
    title: str
    office: str
    established: date
    effective: date
    basis: tuple[str, ...]
    lanes: tuple[Lane, ...]
    steps: tuple[Step, ...]
    states: tuple[State, ...]
    moves: tuple[Move, ...]
    sheets: tuple[Sheet, ...]
    register: tuple[FormField, ...]
    at_intake: tuple[str, ...]
    openings: tuple[Opening, ...]
    first: str
    """Key of the state in which a newly registered case stands."""
    reviewed: str
    """Key of the step whose limit the disposition sheet prints: by then the complaint must have been reviewed."""

    def step(self, key: str) -> Step:
        """Return the step of that key."""
        return next(s for s in self.steps if s.key == key)

    def state(self, key: str) -> State:
        """Return the state of that key.

        Raises:
            SettingsFault: this edition has none; the case follows another.
        """
        for state in self.states:
            if state.key == key:
                return state
        raise SettingsFault(f"SOP {self.key} tidak mengenal keadaan {key!r}.", "Pasang versi program yang memuatnya.")

    def sheet(self, template: str) -> Sheet:
        """Return the sheet made from that template."""
        return next(s for s in self.sheets if s.template == template)

    def editors(self, template: str) -> tuple[str, ...]:
        """Return the roles that may edit a drafted sheet: its drafters or those whose moves call for it, its signer."""
        sheet = self.sheet(template)
        if sheet.drafters:
            return tuple(dict.fromkeys((*sheet.drafters, *sheet.initials, *sheet.signers)))
        makers = [role for move in self.moves if template in move.sheets for role in move.roles]
        openers = [role for opening in self.openings if template in opening.sheets for role in opening.roles]
        return tuple(dict.fromkeys([*makers, *openers, *sheet.signers]))

    def above(self, role: str) -> tuple[str, ...]:
        """Return the roles above this one, the nearest first."""
        lanes, found = {lane.role: lane for lane in self.lanes}, [role]
        while (here := lanes.get(found[-1])) and here.above and here.above not in found:
            found.append(here.above)
        return tuple(found[1:])

    def actors(self, act: str) -> tuple[str, ...]:
        """Return the roles that do this act to letters; none where the edition does not tell it."""
        moves = (m for m in self.moves if m.act == act or (act == NUMBER and m.numbers))
        return tuple(dict.fromkeys(role for move in moves for role in move.roles if role in ROLES))

    @property
    def tells_acts(self) -> bool:
        """Whether the edition says which of its moves are acts on letters; older ones do not."""
        return any(move.act for move in self.moves)

    @property
    def letters(self) -> tuple[Sheet, ...]:
        """The sheets that are letters: those that somebody signs."""
        return tuple(sheet for sheet in self.sheets if sheet.signers)

    def opening(self, channel: str) -> Opening | None:
        """Return how cases of that channel begin without a written complaint, or None: they come as scans."""
        return next((o for o in self.openings if o.channel == channel), None)

    def first_sheets(self, channel: str) -> tuple[str, ...]:
        """Return the templates that are drafted for a new case of that channel before anybody makes a move."""
        opening = self.opening(channel)
        return opening.sheets if opening else self.at_intake

    def limit_to(self, last: int | None = None) -> Limit:
        """Return the sum of the limits of all steps up to and including number ``last`` (default: all)."""
        return reduce(add, (s.limit for s in self.steps if last is None or s.number <= last), Limit())


def title_of(key: str) -> str:
    """Return how people call a sheet or kind of file: ``03-lembar-disposisi`` is ``Lembar disposisi``."""
    if key in _TITLES:
        return _TITLES[key]
    words = key.split("-")
    return " ".join(words[1:] if words[0].isdigit() else words).capitalize()


def in_force(editions: Iterable[Sop], day: date) -> Sop:
    """Return the edition that a case registered on that day follows.

    Raises:
        SettingsFault: none was in force yet.
    """
    valid = [s for s in editions if s.effective <= day]
    if not valid:
        raise SettingsFault(
            f"Tidak ada SOP yang berlaku pada {day.isoformat()}.",
            "Periksa tanggal komputer ini dan tanggal `berlaku` pada berkas SOP.",
        )
    return max(valid, key=lambda s: s.effective)
