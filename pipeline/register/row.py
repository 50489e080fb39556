"""A case as one row of the Buku Register Aduan: what lists, look-ups and exports show of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import timedelta
from operator import attrgetter
from typing import Any, Self

from pipeline.access.children import without_children
from pipeline.access.identities import OFFICIALS
from pipeline.cases.case import Case, value
from pipeline.cases.case_number import CaseNumber
from pipeline.cases.deadlines import deadlines, ended_at, stands_since, step_times
from pipeline.cases.folder_closing import closed_as
from pipeline.cases.handlers import handlers
from pipeline.cases.lent import lent_until
from pipeline.cases.record_standing import ACTIVE, HANDED_OVER, TRANSFERRED, marks_of, record_state
from pipeline.cases.register_words import rights
from pipeline.cases.secrecy_level import TOP_SECRET, is_secret, is_top_secret, named_readers
from pipeline.cases.sop import Sop
from pipeline.cases.splitting import own_pages
from pipeline.cases.standing import IN_WORK, NEEDS_PERSON, standing_state, state_label
from pipeline.office.wording import all_said, said
from pipeline.office.worktime import Calendar
from pipeline.register.issued_files import HASH_LENGTH, issued_files
from pipeline.register.letter_rows import LetterRow, ProposalRow, letter_rows, proposal_rows, urgency
from pipeline.register.meetings import Meeting, meetings

#: Of a field that the books keep and the API does not tell.
_KEPT: Mapping[str, Any] = {"exclude": True}
#: The register's fields that a row carries as plain values.
_PLAIN = (
    "tanggal_surat",
    "nomor_surat",
    "perihal",
    "lembaga_pelapor",
    "tempat_kejadian",
    "kabupaten",
    "kelas_terlapor",
    "cara_penyampaian",
    "nomor_agenda",
    "sifat",
    "klasifikasi",
    "kapasitas",
)
_MINUTE = timedelta(minutes=1)
#: Goes up whenever rows are made in another way, so that books and indexes make theirs anew.
MADE = 16


@dataclass(frozen=True, slots=True)
class Edition:
    """What rows are made by: program and SOP's editions (all rows), working time, officials (those still running)."""

    program: str = "-"
    calendar: str = "-"


@dataclass(frozen=True, slots=True)
class StepLeft:
    """A step that a case has left."""

    step: int
    until: str
    late: bool
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A case as a row of the register. Names are masked for roles that do not need them.

    ``gate`` is the letter (a template) with whose turn the case's own state is waiting; empty for other states.
    ``since`` is when it came to where it stands, ``urgency`` 0 to 2 as the disposition says, ``sop`` its edition's key.
    ``imported``: it was taken over from an old register. ``archived`` is its state as a record, ``marks`` what is on it
    besides, each with the day on which it ends, if it has one (``ditahan 2027-03-31``); ``lent_until`` is the day on
    which its folder, which is lent, is to be back (empty: it lies in its place), ``folder`` as what that was closed
    (empty: it is open). ``series`` is that of its number, empty for the first; ``staff`` are the
    roles of its service, none for Yankomas; ``chosen`` are the answers to choices of its service's register, each
    behind the question's name (``jenis_surat=undangan``).
    """

    number: str = field(metadata={"examples": ["2026/0007"]})
    year: int
    serial: int
    register_number: str
    received_at: str
    channel: str
    step: int
    state_key: str
    state: str
    awaits: tuple[str, ...]
    gate: str = field(metadata=_KEPT)
    since: str = field(metadata=_KEPT)
    urgency: int = field(metadata=_KEPT)
    sop: str = field(metadata=_KEPT)
    final: bool
    paused: bool
    due_at: str | None
    case_due_at: str | None
    confirmed: bool
    closed_at: str | None
    closed_late: bool | None
    steps: tuple[StepLeft, ...]
    tanggal_surat: str | None
    nomor_surat: str | None
    perihal: str | None
    lembaga_pelapor: str | None
    tempat_kejadian: str | None
    kabupaten: str | None
    kelas_terlapor: str | None
    cara_penyampaian: str | None
    nomor_agenda: str | None
    sifat: str | None
    opened_to: tuple[str, ...] = field(metadata=_KEPT)
    klasifikasi: str | None
    kapasitas: str | None
    pelapor: tuple[str, ...]
    terlapor: tuple[str, ...]
    korban: tuple[str, ...]
    hak: tuple[str | int, ...]
    kerentanan: tuple[str, ...]
    naskah: tuple[str, ...]
    surat: tuple[LetterRow, ...] = field(metadata=_KEPT)
    usulan: tuple[ProposalRow, ...] = field(metadata=_KEPT)
    audiensi: tuple[Meeting, ...] = field(metadata=_KEPT, default=())
    pages: int
    documents: int
    page_codes: tuple[str, ...] = field(metadata=_KEPT)
    issued: tuple[str, ...] = field(metadata=_KEPT)
    signature: str = field(metadata=_KEPT)
    claim: str = field(metadata=_KEPT)
    sha256: str = field(metadata=_KEPT)
    handled_by: tuple[str, ...] = field(metadata=_KEPT)
    head: str = field(metadata=_KEPT)
    imported: bool = field(metadata=_KEPT)
    archived: str = field(metadata=_KEPT, default=ACTIVE)
    marks: tuple[str, ...] = field(metadata=_KEPT, default=())
    lent_until: str = field(metadata=_KEPT, default="")
    folder: str = field(metadata=_KEPT, default="")
    series: str = field(metadata=_KEPT, default="")
    staff: tuple[str, ...] = field(metadata=_KEPT, default=())
    chosen: tuple[str, ...] = field(metadata=_KEPT, default=())
    closed: bool = field(metadata={"description": "perkara rahasia: isinya tidak ditunjukkan kepada peran ini"})

    @property
    def case_number(self) -> CaseNumber:
        """The case's number."""
        return CaseNumber(self.year, self.serial, self.series)

    def answers(self, question: str) -> tuple[str, ...]:
        """Return what was chosen for a question of its service's register."""
        told = f"{question}="
        return tuple(one.removeprefix(told) for one in self.chosen if one.startswith(told))

    @property
    def secret(self) -> bool:
        """Whether the case is *rahasia* or *sangat rahasia*."""
        return is_secret(self.sifat)

    @property
    def stands(self) -> str:
        """The state as lists tell it: of a case whose folder has gone elsewhere that, too."""
        gone = self.state and self.archived in (TRANSFERRED, HANDED_OVER)
        return f"{self.state}; arsip {self.archived}" if gone else self.state

    @property
    def top_secret(self) -> bool:
        """Whether the case is *sangat rahasia*."""
        return is_top_secret(self.sifat)

    def kept_secret(self, level: str) -> Self:
        """Return the row of the case as one that is so secret, by itself or by what it is tied to.

        Of one that is *sangat rahasia* books, lists and indexes keep nothing but its number and where it stands.
        """
        if self.top_secret or is_top_secret(level):
            bare = (replace(one, recipient="", received_by="", enclosed="", filed="") for one in self.surat)
            return replace(self, sifat=TOP_SECRET, surat=tuple(bare), **_UNTOLD)
        return self if self.secret else replace(self, sifat=level)

    @property
    def awaited(self) -> tuple[str, ...]:
        """The roles that the case waits for: where it stands, and with its letters."""
        return tuple(dict.fromkeys([*self.awaits, *(role for letter in self.surat for role in letter.roles)]))

    @property
    def confirmed_on(self) -> str:
        """The day (ISO) on which its register was confirmed; empty: it is not."""
        return next((step.until[:10] for step in self.steps), "") if self.confirmed else ""

    @property
    def in_work(self) -> bool:
        """Whether the machine owes the case something: books keep the state as its label alone."""
        return self.state == IN_WORK

    @property
    def needs_person(self) -> bool:
        """Whether the machine has given something up."""
        return self.state == NEEDS_PERSON

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """Return the row that a book has, open to whoever it is shown to.

        Raises:
            KeyError, TypeError: it is no row that this edition of the program wrote.
        """
        if len(values) != len(_WRITTEN):
            raise TypeError("not a row of this version")
        told = {
            **values,
            "steps": [StepLeft(**step) for step in values["steps"]],
            "surat": [LetterRow.from_json(letter) for letter in values["surat"]],
            "usulan": [ProposalRow.from_json(proposal) for proposal in values["usulan"]],
            "audiensi": [Meeting.from_json(meeting) for meeting in values["audiensi"]],
            "closed": False,
        }
        for name in _LISTS:
            told[name] = tuple(told[name])
        row = object.__new__(cls)
        for name, fill in _SLOTS:  # the class's own way, a setting by name for each of sixty, takes three times as long
            fill(row, told[name])
        return row

    def as_json(self) -> dict[str, Any]:
        """Return the row as books keep it."""
        told = dict(zip(_WRITTEN, _written(self), strict=True))
        told |= {name: [*told[name]] for name in _LISTS}
        steps = [{"step": s.step, "until": s.until, "late": s.late, "minutes": s.minutes} for s in self.steps]
        letters = {"surat": [asdict(one) for one in self.surat], "usulan": [asdict(one) for one in self.usulan]}
        return told | {"steps": steps, "audiensi": [asdict(one) for one in self.audiensi]} | letters


#: What books keep of a row, in their order, and which of it are lists. Ten thousand rows are read and written at once.
_WRITTEN = tuple(f.name for f in fields(Row) if f.name != "closed")
_LISTS = tuple(f.name for f in fields(Row) if str(f.type).startswith("tuple"))
_written = attrgetter(*_WRITTEN)
_SLOTS = tuple((f.name, getattr(Row, f.name).__set__) for f in fields(Row))
#: What rows keep of a case that is *sangat rahasia* in place of what its register says.
_UNTOLD: Mapping[str, Any] = {
    **dict.fromkeys(name for name in _PLAIN if name not in ("sifat", "klasifikasi")),
    **dict.fromkeys(("pelapor", "terlapor", "korban", "hak", "kerentanan", "audiensi", "chosen"), ()),
    "signature": "",
}
#: The keys of a written row.
WRITTEN = frozenset(_WRITTEN)


def row_of(case: Case, sop: Sop, calendar: Calendar, officials: Sequence[str] = ()) -> Row:
    """Return the row; times are ISO 8601 with the office's offset, unknown values are None.

    ``officials`` (names) are called so where a part of theirs is that of somebody who must not be named.
    """
    read = sop.known(case.fields)
    here, due, closed = standing_state(case, sop), deadlines(case, sop, calendar), ended_at(case, sop)
    return Row(
        number=str(case.number),
        year=case.number.year,
        serial=case.number.serial,
        series=case.number.series,
        staff=tuple(lane.role for lane in sop.lanes if not lane.outside) if case.number.series else (),
        chosen=_chosen(read, sop) if case.number.series else (),
        register_number=case.received.register_number,
        received_at=case.received_at.isoformat(),
        channel=case.received.channel,
        step=sop.step(here.step).number,
        state_key=here.key,
        state=state_label(here, case, sop),
        awaits=tuple(here.awaits),
        gate=here.gate.letter if here.gate and here.awaits != sop.state(here.key).awaits else "",
        since=stands_since(case, sop).isoformat(),
        urgency=urgency(case),
        sop=sop.key,
        final=here.final,
        paused=here.paused,
        due_at=due.step.isoformat() if due.step else None,
        case_due_at=None if here.final else due.case.isoformat(),
        confirmed=here.key != sop.first,
        closed_at=closed.isoformat() if closed else None,
        closed_late=closed > due.case if closed and not _ended_before(case) else None,
        steps=_steps_left(case, sop, calendar),
        opened_to=named_readers(case),
        **_of_register({**read, OFFICIALS: officials}, sop.sender),
        naskah=tuple(sorted(case.numbers_given)),
        surat=letter_rows(case, sop, officials),
        usulan=proposal_rows(case, sop),
        audiensi=meetings(case, sop),
        pages=len(own_pages(case)),
        documents=len(case.documents),
        page_codes=tuple(sorted(case.page_codes)),
        issued=tuple(sorted(sha256[:HASH_LENGTH] for sha256 in issued_files(case))),
        signature=case.reading.signature if case.reading else "",
        claim=case.received.claim,
        sha256=case.arrived.sha256,
        handled_by=tuple(sorted(handlers(case, sop))),
        head=case.head,
        imported=case.imported is not None,
        **_as_record(case, ended=here.final),
        closed=False,
    )


def _of_register(read: Mapping[str, Any], sender: str) -> dict[str, Any]:
    """Return the fields of a row that say what the register has: plain values, people, rights.

    ``sender`` is the question that says from whom a letter of another service came (empty: those who complain).
    """
    people = [said(read.get(sender))] if sender else [said(person.get("nama")) for person in read.get("pelapor") or ()]
    return {
        **{name: said(read.get(name)) or None for name in _PLAIN},
        **{name: without_children(said(read.get(name)), read) or None for name in ("perihal", "tempat_kejadian")},
        "pelapor": tuple(name for name in people if name),
        "terlapor": tuple(all_said(read.get("terlapor"))),
        "korban": tuple(all_said(read.get("korban"))),
        "hak": tuple(rights(read) or (value(h) for h in read.get("hak") or ())),
        "kerentanan": tuple(all_said(read.get("kerentanan"))),
    }


def _chosen(read: Mapping[str, Any], sop: Sop) -> tuple[str, ...]:
    told = ((asked.name, read.get(asked.name)) for asked in sop.register if asked.choices)
    several = ((name, known if isinstance(known, list | tuple) else [known]) for name, known in told)
    return tuple(f"{name}={text}" for name, answers in several for text in all_said(answers))


def _as_record(case: Case, *, ended: bool) -> dict[str, Any]:
    """Return the fields of a row that say where the case stands as a record, and its folder on the shelf."""
    marks = marks_of(case)
    return {
        "archived": record_state(case, ended=ended),
        "marks": tuple(f"{mark} {line.event.until}".strip() for mark, line in marks.items()),
        "lent_until": lent_until(marks),
        "folder": closed_as(case),
    }


def _ended_before(case: Case) -> bool:
    """Say whether the case had ended when it was taken over: by which limits it was worked on then, nobody knows."""
    return bool(case.imported and case.imported.end and not case.made)


def _steps_left(case: Case, sop: Sop, calendar: Calendar) -> tuple[StepLeft, ...]:
    return tuple(
        StepLeft(time.step.number, time.until.isoformat(), time.until > time.due, int(time.spent / _MINUTE))
        for time in step_times(case, sop, calendar)
        if time.until is not None
    )
