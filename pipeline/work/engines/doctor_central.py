"""What the doctor looks at for an office of many: its database, its object store, and whether the clocks agree.

Imported only by an installation for many offices (the extra ``pusat``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime

from pipeline.archive.store.central_keys import opened_elsewhere
from pipeline.archive.store.objects import Objects
from pipeline.errors import ArchiveFault
from pipeline.evidence.store.office_folders import ONE_FOLDER, OfficeFolders
from pipeline.office.central_plan import is_plain
from pipeline.storage.postgres import OLDEST, Database
from pipeline.storage.postgres_places import other_places
from pipeline.storage.postgres_workers import standing_of
from pipeline.work.ports import Check

_DATABASE, _STORE, _CLOCK = "Basis data pusat", "Penyimpanan objek pusat", "Jam pusat"
_WORKERS, _FOLDER = "Pekerja pusat", "Folder kantor di pusat"
_APART, _FAR_APART = 2.0, 60.0  # seconds between two clocks: told; refused, for numbers follow time
#: Connections that an office holds when it is busy: its desk, its inbox, one worker (docs/many-offices.md); and what
#: is kept free for workers' jobs, commands, and who looks after the centre.
_EACH, _OTHERS = 17, 25
#: How many connections the server allows to whoever is not its administrator, and how many offices it has.
_CONNECTIONS = """
    SELECT current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer,
        (SELECT count(*) FROM pg_roles WHERE starts_with(rolname, 'kantor_'))
"""
#: Seconds that a case of this office may wait while workers live, before it is told.
_LONG = 900
_SAME_VERSION = "Pasang versi program yang sama di semua mesin, dan jalankan `yankomas pusat siapkan` sesudahnya."
#: What an office may do as it likes to what is only added to, or changed by the rules of numbering.
_TOO_MUCH = """
    SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %s AND relname IN ('jurnal', 'saksi', 'catatan', 'deret', 'perkara', 'kantor', 'batas_naskah')
      AND (has_table_privilege(c.oid, 'UPDATE') OR has_table_privilege(c.oid, 'DELETE')
        OR has_table_privilege(c.oid, 'TRUNCATE'))
    ORDER BY relname
"""


def central_checks(
    database: Database, objects: Objects, now: datetime, *, has_workers: bool = False
) -> Iterator[Check]:
    """Look at the centre as this office comes to it; ``now`` is this machine's time.

    ``has_workers``: the office's cases are tended by the centre's workers.

    Raises:
        Passing: one of the servers is away.
        SettingsFault: the schema is of another version.
    """
    database.require_form()
    yield _version(database)
    yield _log(database)
    yield _connections(database)
    yield _rights(database)
    yield _clocks(database, now)
    yield _store(objects)
    yield _way(objects)
    yield _key(database, objects)
    if has_workers:
        yield _workers(database)


def folder_check(
    folders: OfficeFolders, now: datetime, *, draws: bool = False, unlike: Callable[[], str] = str
) -> Check:
    """Say whether the office is run from this folder, and from no other beside it; or that it only *draws* for it.

    ``unlike`` gives how this folder differs from what the office has in force.
    """
    if told := folders.elsewhere():
        if draws and not folders.seals_beside(now):
            return Check(_FOLDER, True, f"folder pekerja; {told.fact}")
        which = f"; yang berbeda: {named}" if (named := unlike()) else ""
        fact = f"{told.fact}; templat dan pengaturan folder ini tidak dipakai{which}"
        return Check(_FOLDER, False, fact, told.remedy)
    if other := folders.beside(now):
        fact = f"juga dijalankan dari {other} (terakhir dicatat {other.at:%d-%m-%Y %H.%M})"
        return Check(_FOLDER, True, fact, ONE_FOLDER, caution=True)
    return Check(_FOLDER, True, "kantor ini dijalankan dari folder ini saja")


def _version(database: Database) -> Check:
    found = database.row("SELECT current_setting('server_version_num')::integer / 10000, current_setting('fsync')")
    version, fsync = found or (0, "")
    if version < OLDEST:
        return Check(_DATABASE, False, f"PostgreSQL {version}", f"Pasang PostgreSQL {OLDEST} atau lebih baru.")
    if fsync != "on":
        remedy = "Nyalakan fsync di postgresql.conf: tanpa itu listrik padam menghilangkan nomor."
        return Check(_DATABASE, False, f"PostgreSQL {version} tanpa fsync", remedy)
    return Check(_DATABASE, True, f"PostgreSQL {version}, kantor {database.schema}")


def _log(database: Database) -> Check:
    """Say whether the server keeps its log, by which it is brought back to a moment."""
    thing = f"{_DATABASE}, log"
    if database.row("SHOW archive_mode") != ("off",):
        return Check(thing, True, "diarsipkan")
    remedy = "Nyalakan archive_mode (docs/many-offices.md): tanpa itu pusat hanya kembali ke salinan terakhirnya."
    return Check(thing, True, "tidak diarsipkan", remedy, caution=True)


def _connections(database: Database) -> Check:
    """Say whether the server allows as many connections as its offices hold."""
    thing = f"{_DATABASE}, sambungan"
    allowed, offices = database.row(_CONNECTIONS) or (0, 0)
    needed = offices * _EACH + _OTHERS
    if allowed >= needed:
        return Check(thing, True, f"{allowed} bagi {offices} kantor")
    remedy = f"Naikkan max_connections di postgresql.conf sehingga sedikitnya {needed} bagi mereka."
    return Check(thing, True, f"hanya {allowed} bagi {offices} kantor", remedy, caution=True)


def _rights(database: Database) -> Check:
    thing = f"{_DATABASE}, hak"
    found = database.row("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if found and found[0]:
        remedy = "Pakai peran yang dibuat `yankomas pusat kantor tambah`, bukan pengelola."
        return Check(thing, False, "kantor ini masuk sebagai pengelola", remedy)
    if too_much := [name for (name,) in database.rows(_TOO_MUCH, (database.schema,))]:
        remedy = "Jalankan `yankomas pusat siapkan` sebagai pengelola."
        return Check(thing, False, f"kantor ini dapat mengubah {', '.join(too_much)}", remedy)
    return Check(thing, True, "jurnal, saksi, dan buku hanya dapat ditambah; nomor hanya naik satu")


def _clocks(database: Database, now: datetime) -> Check:
    found = database.row("SELECT clock_timestamp()")
    apart = abs((found[0] - now).total_seconds()) if found else 0.0
    remedy = "Samakan jam kedua mesin (NTP)."
    if apart > _FAR_APART:
        return Check(_CLOCK, False, f"berselisih {apart:.0f} detik dari jam ini", remedy)
    told = apart > _APART
    return Check(_CLOCK, True, f"berselisih {apart:.1f} detik", remedy if told else "", caution=told)


def _store(objects: Objects) -> Check:
    """Try whether the store gives back what it took, and says so of what it never had."""
    probe = b"Percobaan dari yankomas doctor.\n"
    digest = hashlib.sha256(probe).hexdigest()
    objects.put(probe)
    try:
        with objects.local(digest) as path:
            whole = path.read_bytes() == probe
    except ArchiveFault as fault:
        return Check(_STORE, False, fault.message, "Penyimpanan ini tidak dapat dipercaya: ganti atau perbaiki.")
    never = hashlib.sha256(probe + b"tidak pernah").hexdigest()
    if not whole or objects.size(digest) != len(probe) or objects.size(never) is not None:
        return Check(_STORE, False, "tidak menjawab seperti S3", "Ganti atau perbaiki penyimpanan objek itu.")
    return Check(_STORE, True, "menyimpan dan mengembalikan berkas")


def _way(objects: Objects) -> Check:
    """Say whether files can be read on their way."""
    thing, address = f"{_STORE}, jaringan", objects.place.address
    if is_plain(address):
        remedy = "Pakai https. Bila jaringan itu memang terlindung sendiri, biarkan pusat.tanpa_tls = true."
        return Check(thing, True, f"{address}: berkas lewat TANPA enkripsi", remedy, caution=True)
    return Check(thing, True, "https" if address.startswith("https") else "http di mesin ini sendiri")


def _key(database: Database, objects: Objects) -> Check:
    """Try whether this office's key opens what is another office's."""
    thing = f"{_STORE}, kunci"
    if opened := opened_elsewhere(database, objects):
        remedy = "Minta pengelola pusat memberi kunci yang hanya membuka ember kantor ini."
        return Check(thing, False, f"kunci kantor ini membuka berkas kantor {', '.join(opened)}", remedy)
    others = len(other_places(database))
    tried = f"dicoba pada {others} kantor lain" if others else "belum ada kantor lain untuk dicoba"
    return Check(thing, True, f"tidak membuka berkas kantor lain ({tried})")


def _workers(database: Database) -> Check:
    """Say whether workers live, and whether they come to this office's cases."""
    standing = standing_of(database)
    waiting = f"{standing.waiting or 'tidak ada'} perkara kantor ini menunggu"
    others = "; ".join(worker.words for worker in standing.others)
    if not standing.alive and others:
        return Check(_WORKERS, False, f"tidak ada pekerja yang mengambil perkara: {others}; {waiting}", _SAME_VERSION)
    if not standing.alive:
        last = (
            "tidak ada yang tercatat"
            if standing.silent is None
            else f"tanda terakhir {standing.silent} detik yang lalu"
        )
        remedy = "Jalankan `yankomas pusat pekerja FOLDER…` sebagai layanan di sebuah mesin, dengan folder kantor ini."
        return Check(_WORKERS, False, f"tidak ada pekerja yang hidup ({last}); {waiting}", remedy)
    alive = f"{standing.alive} hidup; {others}" if others else f"{standing.alive} hidup"
    if standing.oldest > _LONG:
        remedy = "Periksa apakah seorang pekerja menyebut folder kantor ini, dan catatannya; atau tambah pekerja."
        since = f"yang pertama sejak {standing.oldest // 60} menit"
        return Check(_WORKERS, True, f"{alive}; {waiting}, {since}", remedy, caution=True)
    return Check(_WORKERS, True, f"{alive}; {waiting}", _SAME_VERSION if others else "", caution=bool(others))
