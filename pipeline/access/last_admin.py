"""An office keeps an admin: no change leaves it without one who can come in, today and for good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pipeline.access.accounts import Account
from pipeline.errors import NotAllowed


def require_admin(before: Iterable[Account], after: Iterable[Account], today: date) -> None:
    """Make sure that a change leaves an admin: one with a password, not locked, whose role has no end.

    What was so already is not held against a change: an office without such an admin can still be mended.

    Raises:
        NotAllowed: it would leave none.
    """
    was, will_be = list(before), list(after)
    for lasting in (False, True):
        if any(_cares(a, today, lasting=lasting) for a in was) and not any(
            _cares(a, today, lasting=lasting) for a in will_be
        ):
            raise NotAllowed(
                "Sesudah itu kantor ini tidak lagi mempunyai admin yang dapat masuk tanpa batas waktu.",
                "Beri akun lain peran admin tanpa batas waktu; sesudah pemegangnya membuat kata sandi, ulangi.",
            )


def _cares(account: Account, today: date, *, lasting: bool) -> bool:
    own = (held for held in account.roles if held.role == "admin" and held.holds_on(today))
    return account.ready and not account.locked and any(held.until == date.max or not lasting for held in own)
