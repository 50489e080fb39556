"""The shapes of the API's answers: what stands here is sent, and nothing else. Moments are ISO 8601 with offset."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """An answer, made from a mapping or from an object of ours."""

    model_config = ConfigDict(from_attributes=True)


class StepTime(Shape):
    """A step that a case has left."""

    step: int
    until: str
    late: bool
    minutes: int


class Row(Shape):
    """A case as a row of the register. Names are masked for roles that do not need them."""

    number: str = Field(examples=["2026/0007"])
    year: int
    serial: int
    register_number: str
    received_at: str
    channel: str
    step: int
    state_key: str
    state: str
    awaits: list[str]
    final: bool
    paused: bool
    due_at: str | None
    case_due_at: str | None
    confirmed: bool
    closed_at: str | None
    closed_late: bool | None
    steps: list[StepTime]
    tanggal_surat: str | None
    nomor_surat: str | None
    perihal: str | None
    lembaga_pelapor: str | None
    tempat_kejadian: str | None
    kelas_terlapor: str | None
    cara_penyampaian: str | None
    nomor_agenda: str | None
    sifat: str | None
    klasifikasi: str | None
    kapasitas: str | None
    pelapor: list[str]
    terlapor: list[str]
    korban: list[str]
    hak: list[str | int]
    kerentanan: list[str]
    naskah: list[str]
    pages: int
    documents: int
    closed: bool = Field(description="perkara rahasia: isinya tidak ditunjukkan kepada peran ini")


class Rows(Shape):
    """A part of the register."""

    total: int
    rows: list[Row]


class Holder(Shape):
    """Who holds a role today."""

    role: str
    title: str
    name: str


class Due(Shape):
    """A case that is late or falls due."""

    number: str
    register_number: str
    state: str
    step: int
    due_at: str
    late: bool
    remaining: str
    remaining_minutes: int
    roles: list[str]
    holders: list[Holder]


class Part(Shape):
    """A piece of a place where words were found."""

    text: str
    hit: bool


class Place(Shape):
    """Where words were found."""

    label: str
    personal: bool
    parts: list[Part]


class Hit(Row):
    """A case that was found."""

    exact: bool
    places: list[Place]


class FacetValue(Shape):
    """A value by which hits can be narrowed."""

    value: str
    count: int
    chosen: bool


class Facet(Shape):
    """By what hits can be narrowed."""

    name: str
    label: str
    values: list[FacetValue]


class Found(Shape):
    """What was found."""

    total: int
    hits: list[Hit]
    facets: list[Facet]
    late: int
    counted: int
    complete: bool


class Paper(Shape):
    """A document of a case."""

    name: str
    kind: str
    step: int
    sha256: str
    bytes: int
    version: int


class Happened(Shape):
    """A line of the journal."""

    seq: int
    at: str
    by: str
    kind: str
    what: str


class Link(Shape):
    """A case that has to do with this one."""

    other: str
    how: str


class Case(Shape):
    """A case. ``fields`` has a value for each field of the register, with its evidence; NIK are masked."""

    number: str
    register_number: str
    received_at: str
    step: int
    activity: str
    state: str
    state_key: str
    awaits: list[str]
    due_at: str | None
    case_due_at: str
    sop: str
    naskah: dict[str, str]
    linked: list[Link]
    given_up: dict[str, str]
    warnings: list[str]
    fields: dict[str, Any]
    documents: list[Paper]
    events: list[Happened]


class Question(Shape):
    """A question of a form."""

    name: str
    label: str
    kind: str
    choices: list[str]
    required: bool


class Move(Shape):
    """A move that is open, to whom, and what it asks."""

    key: str
    label: str
    roles: list[str]
    required: list[str]
    fields: list[Question]
    takes_register: bool = Field(alias="register", description="isian register boleh disertakan")
    file: str = Field(description="berkas: kosong, boleh, atau wajib")


class Made(Shape):
    """The case after a move."""

    number: str
    state_key: str
    state: str
    step: int
    awaits: list[str]
    seq: int = Field(description="baris jurnal terakhir, untuk `dilihat` pada gerak berikutnya")


class Opened(Shape):
    """A case that was opened; ``again``: it was told before, and is the same."""

    number: str
    register_number: str
    again: bool


class Moved(Shape):
    """Where a file of the inbox lies now, by path under the inbox."""

    path: str


class Totals(Shape):
    """How many files there are in each state; ``in`` is their sum."""

    model_config = ConfigDict(populate_by_name=True)
    all_in: int = Field(alias="in")
    registered: int
    attached: int
    duplicate: int
    refused: int
    waiting: int
    left_alone: int


class FilePart(Shape):
    """What became of a file, or of a part of it."""

    state: str
    number: str
    document: str
    code: str
    reason: str
    remedy: str
    place: str
    pages: str


class Stage(Shape):
    """How far the work on a file is."""

    words: str
    done: int
    of: int


class InboxEntry(Shape):
    """A file that came into the inbox."""

    id: str
    name: str
    path: str
    state: str
    label: str
    detail: str
    remedy: str
    code: str
    since: str
    bytes: int
    numbers: list[str]
    parts: list[FilePart]
    progress: Stage | None
    left_alone: bool
    can_retry: bool


class Inbox(Shape):
    """The account of the inbox."""

    at: str
    fault: str
    running: bool
    last_number: str | None
    totals: Totals
    entries: list[InboxEntry]


class Dropped(Shape):
    """A file that now lies in the inbox; ``name`` is what it is called there."""

    name: str
    bytes: int
    sha256: str


class Finding(Shape):
    """Something wrong with a case's folder."""

    where: str
    code: str
    fact: str
    remedy: str
    repair: str


class Soundness(Shape):
    """Whether a case's folder is as it was written."""

    sound: bool
    findings: list[Finding]


class Standing(Shape):
    """Where a complaint stands, as its complainant may know it."""

    stage: int
    stages: list[str]
    ended: bool
    words: str
    outlook: str


class PeriodOf(Shape):
    """A period."""

    key: str
    label: str
    first: str
    last: str


class FlowOf(Shape):
    """Complaints open at the beginning, received, ended, open at the end."""

    carried: int
    received: int
    closed: int
    left: int


class ClosingOf(Shape):
    """How those that ended kept to the SOP's time; ``days`` is the median in working days."""

    in_time: int
    late: int
    days: int | None


class HeldBy(Shape):
    """What lies with a step or a role."""

    label: str
    count: int
    late: int


class RunningOf(Shape):
    """What is open now."""

    total: int
    late: int
    overdue: int
    paused: int
    by_step: list[HeldBy]
    by_role: list[HeldBy]


class CountOf(Shape):
    """A line of a breakdown; null is a count below three, which this role is not shown."""

    label: str
    count: int | None
    before: int | None


class BreakdownOf(Shape):
    """The period's complaints by one trait."""

    key: str
    title: str
    lines: list[CountOf]
    several: bool


class PaceOf(Shape):
    """How long a step took; ``minutes`` is the median in office time."""

    number: int
    activity: str
    limit: str
    done: int
    in_time: int
    minutes: int | None


class MonthOf(Shape):
    """What came and ended in a month."""

    month: str
    label: str
    received: int
    closed: int


class SummaryOf(Shape):
    """The figures of a period."""

    period: PeriodOf
    before: PeriodOf
    unfinished: bool
    at: str
    flow: FlowOf
    flow_before: FlowOf
    closing: ClosingOf
    closing_before: ClosingOf
    running: RunningOf
    outcomes: BreakdownOf
    breakdowns: list[BreakdownOf]
    steps: list[PaceOf]
    months: list[MonthOf]
    unconfirmed: int
    day_minutes: int
