"""What `doctor` says of accounts: who has the same NIP, and what waits for a second person."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pipeline.access.accounts import Account
from pipeline.access.confirmation import described
from pipeline.access.ports import People
from pipeline.office.officials import plain_nip
from pipeline.work.ports import Check

_THING = "Akun"


def account_checks(people: People) -> Iterator[Check]:
    """Yield what is wrong with accounts, and what waits."""
    twins = sorted((a for a in people.accounts.all() if a.twin), key=_nip)
    for nip, some in groupby(twins, key=_nip):
        fact = f"NIP {nip} dipakai akun {' dan '.join(a.login for a in some)}; karena itu tidak memberi peran"
        yield Check(
            _THING,
            False,
            fact,
            "Betulkan atau kosongkan yang salah pada halaman Akun (perintah: akun nip).",
        )
    for request in people.requests.waiting():
        fact = f"menunggu orang kedua: {described(request)}"
        yield Check(_THING, True, fact, "Lihat halaman Pengesahan di meja web.", caution=True)


def _nip(account: Account) -> str:
    return plain_nip(account.nip)
