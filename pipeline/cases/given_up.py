"""What can happen to the machine's own duties: one was given up, a person asked for it again (:mod:`.events`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from pipeline.cases.document import Document


@dataclass(frozen=True, slots=True)
class Failed:
    """The machine gave a duty up after so many attempts; a person has to look."""

    kind: ClassVar[str] = "gagal"
    duty: str
    reason: str
    attempts: int
    documents: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Retried:
    """A person asked that a duty that was given up be tried again (move *ulangi*); ``login`` is who did."""

    kind: ClassVar[str] = "diulang"
    duty: str
    documents: tuple[Document, ...] = field(default=())
    login: str = ""
