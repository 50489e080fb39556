"""What the doctor says of witnesses outside: there is one, it hears of new seals, nothing there can be taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from pipeline.backup.store.restic_witness import ResticWitness
from pipeline.errors import SettingsFault, YankomasError
from pipeline.evidence.outside import SealPlan, SentSeals, silent_since
from pipeline.evidence.ports import Outside, Seals
from pipeline.work.ports import Check

_THING = "Saksi luar"
#: So long a new office may work without a witness outside.
_GRACE = timedelta(days=7)
_NONE = (
    "Isi [segel] di office.toml: `tujuan` (tempat restic yang hanya dapat ditambah) atau `surel`. Tanpa itu, orang "
    "yang menguasai komputer ini dapat mengganti arsip beserta segelnya."
)
_CLEARED = "Layani tempat itu dengan --append-only (rest-server) atau kunci objek, dari komputer lain."
_SILENT = "Periksa jaringan dan [segel] di office.toml; segel dikirim sendiri begitu tempat itu menerimanya."


class Witnessed(Protocol):
    """The seals of an office, and who outside has them."""

    @property
    def is_central(self) -> bool:
        """Whether seals are kept at the centre, where this machine can only add."""

    @property
    def seals(self) -> Seals:
        """The seals."""

    def witnesses(self) -> Sequence[tuple[Outside, timedelta]]:
        """Return the witnesses outside."""

    @property
    def witness_store(self) -> ResticWitness | None:
        """The repository that gets seals."""

    @property
    def sent_seals(self) -> SentSeals:
        """Which seals reached a witness."""


def seal_checks(root: Witnessed, plan: SealPlan, now: datetime) -> Iterator[Check]:
    """Insist on a witness outside, after a week's grace; say since when one is silent, and what could be taken back."""
    if root.is_central:
        yield Check(_THING, True, "pusat: segel kantor ini disimpan di sana dan hanya dapat ditambah")
    places = root.witnesses()
    if plan.address and not any(place.place.endswith(plan.address) for place, _ in places):
        yield Check(
            _THING, False, "`surel` diisi, padahal [surel] server kosong", "Isi [surel].", code=SettingsFault.exit_code
        )
    if not places and not root.is_central:
        first = root.seals.before(now.date() - _GRACE)
        overdue = first is not None
        yield Check(_THING, not overdue, "tidak ada", _NONE, caution=True, code=SettingsFault.exit_code)
    sent, newest = root.sent_seals.last(), root.seals.last()
    for place, _ in places:
        last = sent.get(place.place)
        had = f"segel no. {last.seq} ({last.at:%d-%m-%Y %H.%M})" if last else "belum menerima segel"
        since = silent_since(last, newest, now)
        fact = f"{place.place}: diam sejak {since:%d-%m-%Y %H.%M}, {had}" if since else f"{place.place}: {had}"
        yield Check(_THING, since is None, fact, _SILENT if since else "", code=SettingsFault.exit_code)
    if store := root.witness_store:
        yield from _clearing(store)


def _clearing(store: ResticWitness) -> Iterator[Check]:
    """Try whether what lies in the repository could be taken back from here."""
    try:
        clearable = store.can_be_cleared()
    except YankomasError as fault:
        yield Check(_THING, True, f"{store.place}: {fault.message}", fault.remedy, caution=True)
        return
    if clearable:
        fact = f"{store.place}: segel di sana dapat dihapus dari komputer ini"
        yield Check(_THING, False, fact, _CLEARED, code=SettingsFault.exit_code)
