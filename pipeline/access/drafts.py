"""Drafts: what somebody typed into a form and has not sent, or what could not be taken; kept for that account alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

#: How long a draft is kept that nobody came back to, and how long a session that ended can still leave one.
KEPT = timedelta(days=14)
#: Drafts of one account, and bytes of one without its files, of its files, of an account and of all together.
MOST_DRAFTS, MOST_BYTES, MOST_FILES, MOST_OF_ONE, MOST_IN_ALL = 40, 2 << 20, 16 << 20, 32 << 20, 512 << 20
#: Fields by which forms are sent, which say nothing that was typed.
TOKEN, PAGE, RENDERING = "csrf", "asal", "sekali"
#: Is ticked where the files that were sent before go with the form.
WITH_FILES = "berkas_tadi"
_MACHINE = frozenset({TOKEN, PAGE, RENDERING, WITH_FILES})
#: What every passphrase's field is called; none is ever kept.
SECRET = "sandi"  # noqa: S105
#: Fields that say which letter or file a form is about, where several forms are sent to one address.
_ABOUT = ("i.naskah", "berkas")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file that was chosen: the form's field, its name and size; ``kept``: it was sent, and lies with the draft."""

    field: str
    name: str
    size: int = 0
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into a form.

    ``form`` is the address it is sent to, ``page`` where it stands; ``rendering`` names the page it was typed in (see
    :func:`rendered_at`); ``with_files``: those that the draft before it keeps are its files too.
    """

    form: str
    page: str
    at: datetime
    fields: Fields
    rendering: str = ""
    files: tuple[ChosenFile, ...] = ()
    with_files: bool = False
    name: str = field(default="", compare=False)

    @property
    def subject(self) -> tuple[str, ...]:
        """What the draft is of: its form, and the letter or file that this is about."""
        return self.form, *(text for name, text in self.fields if name in _ABOUT and text)


def typed_fields(sent: Iterable[tuple[str, object]]) -> Fields:
    """Return a form's fields as a draft keeps them: without tokens, passphrases and what no page can hold."""
    return tuple(
        (name, _UNPRINTABLE.sub("", text.replace("\r\n", "\n")))
        for name, text in sent
        if isinstance(text, str) and name not in _MACHINE and not name.startswith(SECRET)
    )


def rendered_at(rendering: str) -> float:
    """Return when a page was made by its name (``<milliseconds, hexadecimal>-<chance>``); 0 if that says nothing."""
    moment, _, _ = rendering.partition("-")
    return int(moment, 16) / 1000 if re.fullmatch("[0-9a-f]{1,12}", moment) else 0.0


def has_seen(rendering: str, draft: Draft) -> bool:
    """Say whether a page is the one a draft was typed in, or was made after it and so showed it.

    Of five pages with the same form, none takes away what was typed in another.
    """
    return rendering == draft.rendering or rendered_at(rendering) >= draft.at.timestamp()
