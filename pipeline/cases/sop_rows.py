"""The rows of an SOP's tables: steps with their limits, states, moves with their forms, sheets, ways of opening a case.

Values that code knows are in :mod:`pipeline.cases.sop_words`; files write the rows in Indonesian
(:mod:`pipeline.cases.sop_row_reading`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.office.worktime import Limit


@dataclass(frozen=True, slots=True)
class Lane:
    """One column of the flow chart: a role and its name as printed; ``outside`` the office nobody makes moves.

    ``above`` is the role that is told when this one is late (empty: nobody). ``rights`` is what it may at the desk, of
    :data:`pipeline.office.roles.LANE_WORDS`; in SOPs of other services the service's file says it.
    """

    role: str
    name: str
    outside: bool = False
    above: str = ""
    rights: tuple[str, ...] = ()


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

    ``signed``: it waits for a wet signature and carries page codes. ``page_codes``: it carries them, but nothing waits
    for its scan. ``outgoing``: it is a letter with a naskah number.
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
    page_codes: bool = False
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
    def coded(self) -> bool:
        """Whether its pages carry codes, by which a scan of it finds the case."""
        return self.signed or self.page_codes

    @property
    def signer(self) -> str:
        """The role that signs first; empty for a sheet that is no letter."""
        return self.signers[0] if self.signers else ""


@dataclass(frozen=True, slots=True)
class FormField:
    """One question of a form: its name in data, its label on screens, its choices, whether it must be answered.

    ``kind`` is one of :data:`pipeline.cases.answers.KINDS`; ``phrases`` are the usual words, of which a screen offers
    any; ``past``: a day or moment of something that has happened, so that none to come can be meant. ``ahead``: a day
    on which people are to meet; one that is over or no working day needs a reason (``REASON``). ``not_before``: it
    is not before that day of the letter that the move is about (its ``nomor``, ``kirim``), that of the complaint's
    receipt (``perkara``), or that answer. ``begins`` (of ``BEGINNINGS``) says what a screen fills in beforehand,
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

    ``to`` is a state's key, ``STAY`` or ``BACK``; with ``branch`` it depends on the answer to that question
    (``branches``). ``file`` is ``""``, ``boleh`` or ``wajib``; the file is kept as a document of kind ``file_kind``.
    ``register``: the form also takes the register's fields. ``numbers``: outgoing letters get their number.
    ``act``: it is this act (of ``ACTS``) on a letter: on ``letter``, or on the one chosen in its form, which must be
    waiting for it. ``waited``: it opens only so long after another letter's act; ``unless``: only while the case has no
    such letter, ``idle``: only while it has none that is not sent. ``proposed`` says when the machine proposes it.
    ``complainant``: it opens only where somebody complained (``SOMEBODY``), or only where nobody did.
    ``together``: it may be made on several cases with one form, on each for itself. ``button`` is what the button
    says that makes it, a verb (empty: the label is one). ``fixed``: it corrects a case that has ended, and these may
    not be corrected: fields of the register, numbers, days of what was done (:mod:`pipeline.cases.corrections`).
    ``becomes``: the letter becomes a case of that service too (:mod:`pipeline.cases.becoming`).
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
    fixed: tuple[str, ...] = ()
    becomes: str = ""


@dataclass(frozen=True, slots=True)
class PairStep:
    """One step of a pair: one of these moves, or one of these acts on a letter.

    ``acts`` are of ``ACTS``, or as a first step ``COMPOSE`` and ``OPEN_CASE``. ``roles``: it counts only where it is
    made in one of these (empty: in any).
    """

    moves: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    def counts_in(self, role: str) -> bool:
        """Say whether the step counts when it is made in that role."""
        return not self.roles or role in self.roles


@dataclass(frozen=True, slots=True)
class Pair:
    """Two steps of a case that two people must make, whatever roles they hold (ISO 15489, separation of duties).

    ``label`` says both steps in words. ``letters`` are the templates of the letters that the acts are done to (empty:
    any): composing one letter keeps nobody from signing another.
    """

    key: str
    label: str
    first: PairStep
    second: PairStep
    letters: tuple[str, ...] = ()


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
