"""Where an office of many keeps what it has: the table ``[pusat]`` of its settings, and the secrets beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from pipeline.errors import SettingsFault
from pipeline.office.office_file import Table, fault

#: What an office is called in the database and in the object store.
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
#: What the database itself, or the jobs of the centre, are called.
_RESERVED = ("kerja", "pusat", "antar", "direktorat", "public", "information_schema")
#: The file of secrets, under the office's folder, unless another is named.
SECRETS = ".kunci/pusat.toml"
#: The secrets, as the file names them; in the environment with ``YANKOMAS_PUSAT_`` before them, in capitals.
PASSWORD, KEY_ID, KEY = "sandi_basis_data", "kunci_objek", "rahasia_objek"
_ENVIRONMENT = "YANKOMAS_PUSAT_"


@dataclass(frozen=True, slots=True)
class CentralPlan:
    """The name of the office there, where the database and the object store are, and which bucket of it.

    ``database`` is a libpq connection string without a password, ``objects`` an address (http or https). ``secrets`` is
    the file that has the secrets; what the environment says goes before it. ``has_workers``: others tend its cases.
    ``plaintext``: the office has said that files may go to the store unencrypted.
    ``export``: the folder beside the centre that has each office as an ordinary archive, as of last night; empty: none.
    """

    office: str
    database: str
    objects: str
    bucket: str
    secrets: str = SECRETS
    has_workers: bool = False
    plaintext: bool = False
    export: str = ""


def central_plan_of(table: Table) -> CentralPlan | None:
    """Read the table ``pusat``; None if it says nothing: the office keeps its cases in its folder.

    Raises:
        SettingsFault: it is not as it should be; names the key.
    """
    office, database, objects = (table.get(key, str, "") for key in ("kantor", "basis_data", "objek"))
    bucket, secrets = table.get("ember", str, "yankomas"), table.get("rahasia", str, SECRETS)
    has_workers, plaintext = table.get("pekerja", bool, False), table.get("tanpa_tls", bool, False)
    export = table.get("ekspor", str, "")
    table.done()
    if not (office or database or objects):
        return None
    plan = CentralPlan(office, database, objects, bucket, secrets, has_workers, plaintext, export)
    check_name(plan.office)
    check_address(plan.objects, plaintext=plaintext)
    return plan


def bucket_of(office: str) -> str:
    """Return what the bucket of an office is called, unless it has another name: S3 allows no underscore there."""
    return f"yankomas-{office.replace('_', '-')}"


def is_plain(address: str) -> bool:
    """Say whether what goes to this address can be read on its way: no ``https``, and not this machine itself."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        here = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        here = False
    return parts.scheme != "https" and not here


def check_address(address: str, *, plaintext: bool) -> None:
    """Refuse what is no address of an object store, and one to which complaints would go unencrypted.

    Raises:
        SettingsFault: it is such; ``plaintext`` says that the office knows.
    """
    if not address.startswith(("http://", "https://")):
        raise fault("pusat.objek", "bukan alamat", "Tulis misalnya https://objek.contoh.go.id.")
    if is_plain(address) and not plaintext:
        raise fault(
            "pusat.objek",
            "memakai http: berkas pengaduan akan lewat jaringan tanpa enkripsi",
            "Pakai https. Bila jaringan itu sendiri terlindung, tulis pusat.tanpa_tls = true (--tanpa-tls).",
        )


def check_name(office: str) -> None:
    """Refuse what cannot be the name of an office there.

    Raises:
        SettingsFault: it is none.
    """
    if not _NAME.fullmatch(office) or office in _RESERVED or office.startswith("pg_"):
        raise fault("pusat.kantor", f"{office!r} tidak dapat dipakai", "Pakai huruf kecil, angka, dan garis bawah.")


def secret(name: str, file: Mapping[str, object], environment: Mapping[str, str]) -> str:
    """Return a secret: that of the environment, or of the file; empty if neither has it."""
    found = environment.get(_ENVIRONMENT + name.upper()) or file.get(name)
    return found if isinstance(found, str) else ""


def missing(name: str, plan: CentralPlan) -> SettingsFault:
    """Return the fault that a secret is nowhere, to be raised."""
    return SettingsFault(
        f"Rahasia {name} untuk kantor pusat tidak ada.",
        f"Isi di {plan.secrets}, atau di lingkungan sebagai {_ENVIRONMENT}{name.upper()}.",
    )
