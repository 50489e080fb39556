"""An office of many that moves: while it does, and once it is gone, nobody changes anything of it at the centre.

Whoever moves it has a mark, which its folder has too; so that what was cut short is gone on with, and by nobody else.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

from pipeline.errors import NotAllowed, UsageFault
from pipeline.storage.postgres import Database, Row, Transaction
from pipeline.storage.postgres_exchange import SCHEMA as EXCHANGE
from pipeline.storage.postgres_unneeded import WAITING

#: What stands behind the mark of an office that moves in, once all its rows are there.
_ARRIVED = " tiba"


def close_office(database: Database, mark: str) -> None:
    """Let nobody give numbers or change cases here any more, because the office moves out; done again it is no fault.

    Raises:
        UsageFault: it moved out already, into another folder.
        NotAllowed: parcels from other offices or to them are still open: nobody could answer them afterwards; or what
            was destroyed is not deleted yet.
    """
    ours = (
        "UPDATE kantor SET keluar = coalesce(keluar, now()), pindah = %s"
        " WHERE keluar IS NULL OR pindah = %s RETURNING 1"
    )
    with database.transaction() as running:
        before = running.execute("SELECT keluar FROM kantor FOR UPDATE").fetchone()
        if not running.execute(ours, (mark, mark)).fetchone():
            raise UsageFault("Kantor ini sudah pindah keluar dari pusat.", "Kerjakan di folder tempat ia pindah.")
        if before and before[0] is None:
            _refuse_open_parcels(running)
            _refuse_undeleted(running)


def _refuse_open_parcels(running: Transaction) -> None:
    named = running.execute(f"SELECT id, asal, tujuan FROM {EXCHANGE}.terbuka()").fetchall()  # noqa: S608 - our name
    if parcels := ", ".join(f"no. {number} ({sender} kepada {receiver})" for number, sender, receiver in named):
        raise NotAllowed(
            f"Kiriman antar-kantor masih terbuka: {parcels}. Sesudah pindah keluar tidak ada yang dapat menjawabnya.",
            "Tarik yang dikirim dari sini, terima atau tolak yang masuk, dan catat jawabannya dengan"
            " `yankomas pindah daftar`; lalu ulangi.",
        )


def _refuse_undeleted(running: Transaction) -> None:
    question = f"SELECT count(DISTINCT sha256) FROM hapus_objek WHERE daftar <> '' AND {WAITING}"  # noqa: S608
    left = running.execute(question).fetchone()
    if left and left[0]:
        raise NotAllowed(
            f"{left[0]} berkas dari isi yang dimusnahkan masih ada di penyimpanan objek.",
            "Mintalah pengelola pusat menjalankan `yankomas pusat musnahkan`, lalu ulangi.",
        )


def open_office(database: Database) -> None:
    """Let cases be changed here again: the move that closed the office came to nothing."""
    with database.transaction() as running:
        running.execute("UPDATE kantor SET keluar = NULL, pindah = ''")


def has_arrived(running: Transaction) -> bool:
    """Say whether the rows of the office that moves in are all there; nobody else looks until the transaction ends."""
    found = running.execute("SELECT pindah FROM kantor FOR UPDATE").fetchone()
    return bool(found and str(found[0]).endswith(_ARRIVED))


def note_arrived(running: Transaction) -> None:
    """Note that the rows of an office that moves in become so with this transaction."""
    running.execute("UPDATE kantor SET pindah = pindah || %s WHERE pindah <> ''", (_ARRIVED,))


def end_move(database: Database) -> None:
    """Note that the office has moved in."""
    with database.transaction() as running:
        running.execute("UPDATE kantor SET pindah = ''")


def refuse_moved(office: Row | None) -> None:
    """Let nothing be changed of an office that moved out; ``office`` has when it did, if so.

    Raises:
        UsageFault: it did.
    """
    if office and office[0]:
        raise UsageFault(
            f"Kantor ini pindah keluar dari pusat pada {office[0]:%d-%m-%Y %H.%M}.",
            "Kerjakan di foldernya; di sini hanya dapat dilihat.",
        )
