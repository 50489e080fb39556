"""What `doctor` says of people: twins by NIP, what waits for a second person, where one may do two people's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.access.accounts import Account
from pipeline.access.confirmation import described
from pipeline.access.ports import People
from pipeline.cases.sop import Sop
from pipeline.errors import SettingsFault
from pipeline.office.office import Office
from pipeline.office.officials import plain_nip
from pipeline.work.ports import Check

_THING, _PAIRS = "Akun", "Pemisahan tugas"


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


def separation_checks(office: Office, editions: Iterable[Sop]) -> Iterator[Check]:
    """Yield which steps of two people one person may make here, and what is written for pairs that there are not."""
    pairs = {pair.key: pair.label for sop in editions for pair in sop.pairs}
    for allowed in office.one_person:
        if allowed.pair not in pairs:
            fact = f"[[rangkap]] menyebut pasangan {allowed.pair!r} yang tidak ada dalam SOP"
            yield Check(_PAIRS, False, fact, f"Yang ada: {', '.join(pairs)}.", code=SettingsFault.exit_code)
            continue
        fact = f"satu orang boleh {pairs[allowed.pair]} ({allowed.reason})"
        remedy = "Hapus [[rangkap]] itu dari office.toml begitu kantor mempunyai dua orang."
        yield Check(_PAIRS, True, fact, remedy, caution=True)
    if not office.one_person and pairs:
        yield Check(_PAIRS, True, f"oleh dua orang: {'; '.join(pairs.values())}")


def _nip(account: Account) -> str:
    return plain_nip(account.nip)
