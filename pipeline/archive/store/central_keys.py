"""Whether an office's key of the object store opens what is another office's: tried, for only the store knows.

Each office keeps a mark beside its files, and the database knows in which bucket. With the key of one office the marks
of the others are asked for: they must not be given, listed or written. What a mark says is known to everybody, so that
writing it again over another does no harm where the store allows it.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import obstore
from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from pipeline.archive.store.objects import Objects, StorePlace, store_at, store_away
from pipeline.errors import SettingsFault
from pipeline.storage.postgres import Database
from pipeline.storage.postgres_places import note_place, other_places

_REFUSED = (PermissionDeniedError, UnauthenticatedError, NotFoundError, FileNotFoundError)
#: How a list that is refused is told: its fault has no kind of its own.
_ANSWERED = "status code: 4"


def opened_elsewhere(database: Database, objects: Objects) -> list[str]:
    """Return the other offices whose files this office's key reads, lists or writes; note it in the office's schema.

    Raises:
        SettingsFault: the office's own bucket is not there, or its key does not open it.
        Passing: a server is away.
    """
    place = objects.place
    note_place(database, place.address, place.bucket)
    if not _may(lambda: _write_mark(store_at(place), objects.office)):
        raise SettingsFault(
            f"Ember {place.bucket} tidak ada, atau kunci objek kantor {objects.office} tidak membukanya.",
            "Buat ember dan kunci untuk kantor itu di penyimpanan objek, lalu ulangi.",
        )
    others = [(office, bucket) for office, _, bucket in other_places(database)]
    found = [office for office, bucket in others if _opens(replace(place, bucket=bucket), office)]
    with database.transaction() as running:
        running.execute("UPDATE kantor SET kunci_dicoba = now(), kunci_membuka = %s", (", ".join(found),))
    return found


def _opens(place: StorePlace, office: str) -> bool:
    store = store_at(place)
    tries: tuple[Callable[[], object], ...] = (
        lambda: obstore.get(store, _mark(office)).bytes(),
        lambda: next(iter(obstore.list(store, prefix=f"{office}/", chunk_size=1)))[0],
        lambda: _write_mark(store, office),
    )
    return any(_may(one) for one in tries)


def _may(act: Callable[[], object]) -> bool:
    """Say whether the store lets this be done; a list that has nothing in it was not done."""
    try:
        act()
    except (*_REFUSED, StopIteration):
        return False
    except BaseError as fault:
        if _ANSWERED in str(fault):
            return False
        raise store_away("tidak dapat dihubungi") from fault
    return True


def _write_mark(store: S3Store, office: str) -> None:
    obstore.put(store, _mark(office), f"Kantor {office}\n".encode())


def _mark(office: str) -> str:
    return f"{office}/tanda"
