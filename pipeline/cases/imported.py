"""How a case begins that was taken over from an old register, in place of the receipt of a complaint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from pipeline.cases.events import Received


@dataclass(frozen=True, slots=True)
class Imported(Received):
    """A case was taken over from an old register; what happened before that is told by the book alone.

    The first line of such a case, in place of :class:`Received`, at the moment when it was taken over.
    ``register_number`` is the old number as the book writes it, ``register`` what its columns say, the day of receipt
    among it; the document is the book's row, every column of it. ``book`` says where it stood (``name``, ``sha256``,
    ``sheet``, ``row``) and who took it over (``login``). ``end`` is the state of the SOP's edition in which it
    stands if the book tells that it ended (empty: it runs, from the SOP's first state on), ``ended_on`` the day (ISO)
    of that, empty if the book does not say.
    """

    kind: ClassVar[str] = "diimpor"
    book: Mapping[str, Any] = field(default_factory=dict)
    end: str = ""
    ended_on: str = ""
