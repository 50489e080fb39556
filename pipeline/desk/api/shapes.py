"""How answers of the API are told: what is sent, and nothing else. Moments are ISO 8601 with offset.

Rows, cases, moves, answers and figures are sent as the rooms make them; here are the answers of acts, and the names by
which programs know what the rooms call otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict, Field

from pipeline.archive.ports import Finding
from pipeline.register.row import Row

#: The names of our classes to programs, with what is said of them there.
NAMES: Mapping[str, tuple[str, str]] = {
    "Answer": ("Found", "What was found."),
    "Breakdown": ("BreakdownOf", "The period's complaints by one trait."),
    "CaseView": (
        "Case",
        "A case. ``fields`` has a value for each field of the register, with its evidence; NIK are masked.",
    ),
    "Closing": ("ClosingOf", "How those that ended kept to the SOP's time; ``days`` is the median in working days."),
    "Count": ("CountOf", "A line of a breakdown; null is a count that this role is not shown."),
    "StepLeft": ("StepTime", "A step that a case has left."),
    "Snippet": ("Place", "Where words were found."),
    "Document": ("Paper", "A document of a case."),
    "Finding": ("Finding", "Something wrong with a case's folder."),
    "Held": ("HeldBy", "What lies with a step or a role."),
    "MoveView": ("Move", "A move that is open, to whom, and what it asks."),
    "Pace": ("PaceOf", "How long a step took; ``minutes`` is the median in office time."),
    "Running": ("RunningOf", "What is open now."),
    "Standing": ("Standing", "Where a complaint stands, as its complainant may know it."),
}


class Shape(BaseModel):
    """An answer, made from a mapping or from an object of ours."""

    model_config = ConfigDict(from_attributes=True)


class Rows(Shape):
    """A part of the register."""

    total: int
    rows: list[Row]


class Made(Shape):
    """The case after a move."""

    number: str
    state_key: str
    state: str
    step: int
    awaits: list[str]
    seq: int = Field(description="baris jurnal terakhir, untuk `dilihat` pada gerak berikutnya")


class Revised(Shape):
    """A letter after an edited Word file was taken in."""

    number: str
    template: str
    version: int


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
    put_away: int


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
    key: str
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
    put_away: bool
    deliveries: list[dict[str, str]]


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


class Handled(Shape):
    """What became of a file, or of some of its pages (``pages``; empty: all)."""

    state: str
    number: str
    document: str
    code: str
    reason: str
    remedy: str
    pages: str


class Deposited(Shape):
    """A file that an agent handed over: the SHA-256 of what arrived, and what became of it."""

    sha256: str
    parts: list[Handled]


class LostDeposits(Shape):
    """Files that were handed over and that the store lost since, by their claims: each is to be handed over again."""

    lost: list[str]


class Soundness(Shape):
    """Whether a case's folder is as it was written."""

    sound: bool
    findings: list[Finding]


class Suggested(Shape):
    """A place on a page of a document that names, or may name, somebody: to be covered in a copy."""

    key: str = Field(description="untuk `tempat`")
    page: int
    words: str
    around: str
    who: str
    sure: bool


class Copied(Shape):
    """A redacted copy that was made."""

    name: str
    pages: int
    areas: int
    seq: int = Field(description="baris jurnal terakhir")
