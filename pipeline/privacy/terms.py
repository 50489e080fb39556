"""What was kept for its term and may go: years of the access log, particulars of accounts that have long been locked.

Nothing goes by itself. A person closes a year or clears an account, with a reason; that they did stays for ever, and of
the access log the length and SHA-256 of every month, by which its seals still hold together (decision 41).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.office_file import Table, within
from pipeline.office.wording import long_date, shows

if TYPE_CHECKING:
    from pipeline.access.accounts import Account
    from pipeline.privacy.matters import By

#: Years that the access log is kept. What it proves, unlawful disclosure of personal data, is a crime with up to four
#: years of prison (UU 27/2022 article 67), which lapses after twelve (article 136 of UU 1/2023: more than three years).
ACCESS_YEARS = 12
#: Years after which the particulars of a locked account may go. No rule names a term: the law wants them gone once
#: their purpose is reached (UU 27/2022 article 43); five years is the choice of this program.
ACCOUNT_YEARS = 5
#: Fewer years than these no office may choose for the access log: an admin would clear their own tracks.
ACCESS_LEAST = 5
_LEAST, _MOST = 1, 50
LOG_CLOSED, ACCOUNT_CLEARED = "catatan-akses", "akun"


@dataclass(frozen=True, slots=True)
class Terms:
    """How many years each is kept (``[masa_simpan]`` of ``office.toml``)."""

    access_log: int = ACCESS_YEARS
    accounts: int = ACCOUNT_YEARS


def terms_of(table: Table) -> Terms:
    """Read the table ``masa_simpan``; an office that has not decided may leave it out.

    Raises:
        SettingsFault: a term is none; names the key.
    """
    terms = Terms(
        int(within(table, "catatan_akses_tahun", ACCESS_LEAST, _MOST, ACCESS_YEARS)),
        int(within(table, "akun_terkunci_tahun", _LEAST, _MOST, ACCOUNT_YEARS)),
    )
    table.done()
    return terms


@dataclass(frozen=True, slots=True)
class DueAccount:
    """An account whose particulars may go: it has been as it is, locked, since a day."""

    login: str
    name: str
    since: date


@dataclass(frozen=True, slots=True)
class Due:
    """What may go: years of the access log that are there, the oldest first; accounts."""

    years: tuple[int, ...]
    accounts: tuple[DueAccount, ...]


def due(
    months: Iterable[str], accounts: Iterable[Account], since: Mapping[str, datetime], terms: Terms, today: date
) -> Due:
    """Return what may go today.

    Args:
        months: the months of the access log that are there (``2026-11``).
        accounts: all accounts.
        since: since when each account is as it is, by login; those that nobody noted are not due.
        terms: the office's terms.
        today: the office's day.
    """
    years = sorted({int(month[:4]) for month in months})
    old = (a for a in accounts if a.locked and a.name != CLEARED and a.login in since)
    gone = (DueAccount(a.login, a.name, since[a.login].date()) for a in old)
    return Due(
        tuple(year for year in years if today.year - year > terms.access_log),
        tuple(one for one in gone if _years_after(one.since, terms.accounts) <= today),
    )


#: What stands in the place of the name of an account whose particulars went.
CLEARED = "(data akun dihapus)"


def _years_after(day: date, years: int) -> date:
    return date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)


class LogClosing(Protocol):
    """Takes a year of the access log away, so that what was sealed of it can still be told whole."""

    def close(self, year: int, reason: str, by: By, now: datetime, term: int) -> None:
        """Close a year.

        Raises:
            NotAllowed: an older year is not closed yet, or a month is not as it was written or sealed.
        """


class Clearing(Protocol):
    """Takes the particulars of an account away."""

    def clear(self, login: str, reason: str, by: By, now: datetime) -> None:
        """Clear an account; its login stays, for the history names it."""


def close_year(found: Due, year: int, reason: str, by: By, now: datetime, closing: LogClosing, terms: Terms) -> None:
    """Close a year of the access log.

    Raises:
        Incomplete: no reason is given.
        NotAllowed: the year is not due, or an older one is there still.
    """
    _require_reason(reason)
    if year not in found.years:
        raise NotAllowed(
            f"Catatan akses {year} belum lewat masa simpannya ({terms.access_log} tahun), atau tidak ada.",
            "Lihat yang jatuh tempo dengan `yankomas masa-simpan`, atau di halaman Masa simpan.",
        )
    if year != found.years[0]:
        raise NotAllowed(f"Catatan akses {found.years[0]} belum ditutup.", "Tutup dari tahun yang paling lama.")
    closing.close(year, reason.strip(), by, now, terms.access_log)


def clear_account(found: Due, login: str, reason: str, by: By, now: datetime, clearing: Clearing) -> None:
    """Clear the particulars of an account.

    Raises:
        Incomplete: no reason is given.
        NotFound: the account is not due.
        NotAllowed: somebody would clear their own.
    """
    _require_reason(reason)
    if login == by.login:
        raise NotAllowed("Akun sendiri tidak dapat dihapus datanya.", "Mintalah admin lain.")
    one = next((account for account in found.accounts if account.login == login), None)
    if one is None:
        raise NotFound(
            f"Akun {login} belum lewat masa simpannya, atau tidak terkunci.", "Lihat yang jatuh tempo lebih dahulu."
        )
    clearing.clear(login, reason.strip(), by, now)


def _require_reason(reason: str) -> None:
    if not shows(reason.strip()):
        raise Incomplete("Alasan belum diisi.", "Tulis dasar penghapusannya.", {"alasan": ("Alasan", "belum diisi")})


def said(found: Due) -> Sequence[str]:
    """Return what is due, line by line, for a terminal."""
    lines = [f"Catatan akses {year}: lewat masa simpannya." for year in found.years]
    lines += [f"Akun {one.login} ({one.name}): terkunci sejak {long_date(one.since)}." for one in found.accounts]
    return lines or ["Tidak ada yang lewat masa simpannya."]
