"""Values within a journal's line of what a person did: who held the post, what became of a letter, why one did both.

What stands there in another way than this program writes it is read as far as it can be, here and in every value
within a line: a case is not to be lost for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


def text_in(told: Any, key: str) -> str:
    """Return a text of a value within a line; empty where it has none."""
    found = told.get(key) if isinstance(told, Mapping) else None
    return "" if found is None else str(found)


def count_in(told: Any, key: str) -> int:
    """Return a count or a page's number of a value within a line; 0 where it has none."""
    found = text_in(told, key)
    return int(found) if found.isascii() and found.isdecimal() else 0


def listed(told: Any, key: str) -> tuple[Any, ...]:
    """Return a list of a value within a line; empty where it has none."""
    found = told.get(key) if isinstance(told, Mapping) else None
    return tuple(found) if isinstance(found, list | tuple) else ()


@dataclass(frozen=True, slots=True)
class PostHolder:
    """Who held a role that day: post, name, NIP; nobody, where the office names none.

    ``account`` is the login that was at the machine, where the holder acted in person.
    """

    post: str = ""
    name: str = ""
    nip: str = ""
    account: str = ""

    def as_data(self) -> dict[str, str]:
        """Return it as a line has it."""
        if self == NO_HOLDER:
            return {}
        told = {"jabatan": self.post, "nama": self.name, "nip": self.nip}
        return {**told, "akun": self.account} if self.account else told

    @classmethod
    def from_data(cls, told: Mapping[str, Any]) -> Self:
        """Return what :meth:`as_data` made."""
        return cls(*(text_in(told, key) for key in ("jabatan", "nama", "nip", "akun")))


#: Where the office names nobody for the role, or nobody was there.
NO_HOLDER = PostHolder()


@dataclass(frozen=True, slots=True)
class ActedOn:
    """What a move did to a letter: act (see :mod:`~pipeline.cases.sop_words`), version, the hash of its Word file."""

    act: str
    version: int
    sha256: str

    def as_data(self) -> dict[str, Any]:
        """Return it as a line has it."""
        return {"tindakan": self.act, "versi": self.version, "sha256": self.sha256}

    @classmethod
    def from_data(cls, told: Mapping[str, Any]) -> Self:
        """Return what :meth:`as_data` made."""
        return cls(text_in(told, "tindakan"), count_in(told, "versi"), text_in(told, "sha256"))


@dataclass(frozen=True, slots=True)
class MadeAlone:
    """The exception by which one person made both steps of a pair: the pair and its label, the first step, why."""

    pair: str
    label: str
    first: str
    why: str

    def as_data(self) -> dict[str, str]:
        """Return it as a line has it."""
        return {"pasangan": self.pair, "sebutan": self.label, "pertama": self.first, "alasan": self.why}

    @classmethod
    def from_data(cls, told: Mapping[str, Any]) -> Self | None:
        """Return what :meth:`as_data` made; None where two made them."""
        return cls(*(text_in(told, key) for key in ("pasangan", "sebutan", "pertama", "alasan"))) if told else None
