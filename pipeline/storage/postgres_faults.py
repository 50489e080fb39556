"""Faults of PostgreSQL in the office's words.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg_pool import PoolTimeout

from pipeline.errors import Busy, Passing

_BUSY = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)


@contextmanager
def in_our_words() -> Iterator[None]:
    """Tell faults of the database in the office's words.

    Raises:
        Busy, Passing: what went wrong may be gone in a minute.
    """
    try:
        yield
    except _BUSY as fault:
        raise Busy("Basis data pusat sedang dipakai proses lain.", "Tunggu sebentar, lalu ulangi.") from fault
    except psycopg.errors.ReadOnlySqlTransaction as fault:
        raise away("sedang hanya dapat dibaca") from fault
    except psycopg.errors.DiskFull as fault:
        raise away("penuh") from fault
    except (psycopg.OperationalError, psycopg.errors.IdleInTransactionSessionTimeout, PoolTimeout) as fault:
        raise away("tidak dapat dihubungi") from fault


def away(how: str) -> Passing:
    """Return the fault that the database cannot be used at present, to be raised; nothing was changed."""
    return Passing(
        f"Basis data pusat {how}.",
        "Tidak ada yang hilang; pekerjaan diulang sendiri. Bila tidak pulih, hubungi pengelola pusat.",
    )
