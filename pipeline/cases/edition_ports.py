"""What changing an office's SOP needs of the world: where its own editions are kept, and what admins work on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from pipeline.cases.own_editions import EditionDraft, EditionNote, OwnEdition, Texts


class OwnEditions(Protocol):
    """The editions that an office made of the SOP of one service itself."""

    def listed(self) -> tuple[OwnEdition, ...]:
        """Return every edition that there is, by day, with what is wrong with it."""

    def strays(self) -> tuple[str, ...]:
        """Return what lies among them and is named like no day."""

    def notes(self) -> tuple[EditionNote, ...]:
        """Return what was noted of them, the oldest first."""

    def install(self, day: date, texts: Texts, *, by: str, at: datetime, why: str, confirmed_by: str = "") -> None:
        """Note an edition from a day on.

        Raises:
            UnfitEdition: it is not as it should be.
            NotAllowed: the day is over, or there is one of that day.
        """

    def require_free(self, day: date, texts: Texts, at: datetime) -> None:
        """Make sure that an edition can be installed for a day; raises what :meth:`install` does."""

    def ask(self, day: date, texts: Texts, *, by: str, at: datetime, why: str) -> str:
        """Note that an edition is asked for, and keep its files; return the name under which they are kept."""

    def asked(self, sha256: str) -> Texts:
        """Return the files of an edition that was asked for.

        Raises:
            ArchiveFault: they are gone, or others.
        """

    def withdraw(self, day: date, *, by: str, at: datetime, why: str) -> None:
        """Take an edition back before its day.

        Raises:
            NotAllowed: there is none of that day, or it has begun.
        """


class EditionDrafts(Protocol):
    """Editions that accounts work on, one each and service."""

    def keep(self, service: str, login: str, draft: EditionDraft) -> None:
        """Keep a draft in place of what the account had."""

    def kept(self, service: str, login: str) -> EditionDraft | None:
        """Return the account's draft, or None."""

    def drop(self, service: str, login: str) -> None:
        """Forget it."""
