"""Of whom a reason is asked before they read a case (UU 27/2022 on personal data: purpose): who has no part in it.

Never of those for whom it waits or who acted on it, nor of the archivist for a case that is not secret; a case that is
*biasa* is read without. The reason stands in the access log, once for each case and day.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from pipeline.cases.secrecy_level import is_open, is_secret
from pipeline.errors import Incomplete
from pipeline.office.roles import ARCHIVIST
from pipeline.office.wording import shows, unprintable

if TYPE_CHECKING:
    from pipeline.access.secrecy import Booked

#: The longest reason, in letters: a purpose, no story.
LONGEST = 200
REMEDY = (
    "Tulis untuk apa perkara itu dibaca, tanpa menyebut nama orang; "
    "sebagai perintah: --alasan, atau --as PERAN yang menanganinya."
)


def asks_reason(roles: Collection[str], sifat: str | None, handling: Collection[str]) -> bool:
    """Say whether somebody with these roles says why they read a case; ``handling`` are those that have part in it."""
    if is_open(sifat) or not set(handling).isdisjoint(roles):
        return False
    return ARCHIVIST not in roles or is_secret(sifat)


def asks_reason_of(roles: Collection[str], row: Booked) -> bool:
    """Say whether somebody with these roles says why they read the case of a row."""
    return asks_reason(roles, row.sifat, {*row.awaited, *row.handled_by})


def stated_reason(typed: str) -> str:
    """Return a reason as it is kept.

    Raises:
        Incomplete: there is none, it is too long, or no sheet can hold it.
    """
    text = " ".join(typed.split())
    wrong = (unprintable(text) if shows(text) else "wajib diisi") or (
        f"paling panjang {LONGEST} huruf" if len(text) > LONGEST else ""
    )
    if wrong:
        said = f"Alasan membaca perkara: {wrong}."
        raise Incomplete(said, REMEDY, {"alasan": ("Alasan", wrong)})
    return text
