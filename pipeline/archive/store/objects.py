"""Files of many offices in an object store (S3): each named by its SHA-256 under its office, written before it is told.

Each office comes with a key of its own, which opens its files and nobody else's (``central_keys.py`` tries that).

Nothing here needs a conditional write: bytes of one name are the same bytes, so writing them twice does no harm. What
is read is held against its name; a store that lost or changed what it had acknowledged is found out then.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import obstore
from obstore.exceptions import BaseError, GenericError, NotFoundError, PermissionDeniedError, UnauthenticatedError
from obstore.store import S3Store

from pipeline.cases.ports import Filed, changed, sha256_of
from pipeline.errors import ArchiveFault, Passing

_PIECE = 1 << 20  # bytes
#: A store that freezes holds a worker up for about a minute, then its work is done again later.
_REQUEST, _CONNECTING, _RETRYING = "30s", "5s", timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where an object store is: its address (http or https), the bucket, the keys that open it."""

    address: str
    bucket: str
    key_id: str
    secret: str = field(repr=False)
    region: str = "us-east-1"


def store_at(place: StorePlace) -> S3Store:
    """Return the way to a bucket; nothing is asked of it so far."""
    plain = place.address.startswith("http://")  # whether that may be is the settings' to say
    return S3Store(
        place.bucket,
        endpoint=place.address,
        region=place.region,
        access_key_id=place.key_id,
        secret_access_key=place.secret,
        virtual_hosted_style_request=False,
        client_options={"allow_http": plain, "timeout": _REQUEST, "connect_timeout": _CONNECTING},
        retry_config={"max_retries": 3, "retry_timeout": _RETRYING},
    )


class OtherBytes(ArchiveFault):
    """The store gave other bytes under a file's name than were kept."""


class Objects:
    """The files of one office."""

    def __init__(self, place: StorePlace, office: str) -> None:
        self.place, self.office = place, office

    @cached_property
    def _store(self) -> S3Store:
        return store_at(self.place)  # 10 ms of the processor, which who asks for no file is not to cost

    def put(self, data: Filed) -> None:
        """Keep a file; it is there when this returns.

        Raises:
            Changed: a stored file is no longer what was looked at.
            Passing: the store cannot be reached or refuses.
        """
        sha256 = sha256_of(data)
        if isinstance(data, bytes):
            self._put(sha256, data)
            return
        with data.local() as path, os.fdopen(os.memfd_create("titipan"), "wb") as copy:
            digest = hashlib.sha256()
            with open(path, "rb") as source:  # what is sent is what was hashed, whoever writes to the file meanwhile
                while piece := source.read(_PIECE):
                    digest.update(piece)
                    copy.write(piece)
            copy.flush()
            if digest.hexdigest() != sha256:
                raise changed()
            self._put(sha256, Path(f"/proc/self/fd/{copy.fileno()}"))

    def _put(self, sha256: str, data: bytes | Path) -> None:
        with in_our_words(sha256):
            obstore.put(self._store, self.key(sha256), data)

    def size(self, sha256: str) -> int | None:
        """Return how long the store says that a file is; None if it does not have it.

        Raises:
            Passing: the store cannot be reached.
        """
        try:
            with in_our_words(sha256):
                return obstore.head(self._store, self.key(sha256))["size"]
        except ArchiveFault:
            return None

    def beginning(self, sha256: str, size: int) -> bytes:
        """Return the first bytes of a file that is longer, ``size`` of them; raises as :meth:`local`.

        They are what the store gives: held against the file's hash is only what is read whole.
        """
        if not size:
            return b""
        key = self.key(sha256)
        with in_our_words(sha256):
            try:
                return bytes(obstore.get_range(self._store, key, start=0, length=size))
            except GenericError:  # a store may give all of a file to who asks for a part; the rest is not waited for
                return bytes(next(iter(obstore.get(self._store, key).stream(min_chunk_size=size))))[:size]

    def blob(self, name: str, sha256: str, size: int) -> StoredObject:
        """Return a file that was kept."""
        return StoredObject(self, name, sha256, size)

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """Give a kept file's bytes as a file of this process that has no name on any disk.

        Raises:
            OtherBytes: the store has others under its name.
            ArchiveFault: it does not have it.
            Passing: the store cannot be reached.
        """
        digest = hashlib.sha256()
        with os.fdopen(os.memfd_create("objek"), "wb") as file:
            with in_our_words(sha256):
                for piece in obstore.get(self._store, self.key(sha256)).stream():
                    digest.update(piece)
                    file.write(piece)
            file.flush()
            if digest.hexdigest() != sha256:
                raise OtherBytes(*_told(sha256, "berisi bita lain"))
            yield Path(f"/proc/self/fd/{file.fileno()}")

    def key(self, sha256: str) -> str:
        """Return under which name the store has a file."""
        return f"{self.office}/{sha256[:2]}/{sha256}"


@dataclass(frozen=True, slots=True)
class StoredObject:
    """A file in the object store."""

    objects: Objects
    name: str
    sha256: str
    size: int

    @contextmanager
    def local(self) -> Iterator[Path]:
        """Give the bytes as a read-only file on this machine; raises as :meth:`Objects.local`."""
        with self.objects.local(self.sha256) as path:
            yield path


@contextmanager
def in_our_words(sha256: str) -> Iterator[None]:
    """Tell faults of the store in the office's words.

    Raises:
        ArchiveFault: it does not have the file.
        Passing: it refuses, or cannot be reached.
    """
    try:
        yield
    except (NotFoundError, FileNotFoundError) as fault:
        raise ArchiveFault(*_told(sha256, "tidak ada")) from fault
    except (PermissionDeniedError, UnauthenticatedError) as fault:
        raise store_away("menolak kunci kantor ini") from fault
    except BaseError as fault:
        raise store_away("tidak dapat dihubungi") from fault


def store_away(how: str) -> Passing:
    """Return the fault that the store cannot be used at present, to be raised."""
    return Passing(
        f"Penyimpanan objek pusat {how}.",
        "Tidak ada yang hilang; pekerjaan diulang sendiri. Bila tidak pulih, hubungi pengelola pusat.",
    )


def _told(sha256: str, how: str) -> tuple[str, str]:
    return (
        f"Objek {sha256[:12]}… {how} di penyimpanan pusat, padahal pernah disimpan.",
        "Jangan mengubah apa pun; jalankan `yankomas verify` dan pulihkan objek itu dari cadangan.",
    )
