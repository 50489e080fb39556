"""``yankomas layanan``: the office's services besides Yankomas listed, looked through, taken into use, sent letters."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from pipeline.access.accounts import TERMINAL
from pipeline.cases.actor import Actor
from pipeline.cases.deliveries import COMMAND
from pipeline.cases.ports import content
from pipeline.cli.inputs import ready_root, system_account
from pipeline.cli.show import as_json, printable_lines, table
from pipeline.errors import Refused, SettingsFault
from pipeline.wiring import Root

if TYPE_CHECKING:
    from pipeline.cases.ports import Blob
    from pipeline.cases.public_service import PublicService
    from pipeline.intake.ports import SentFile, Uploads


def listing(options: Namespace) -> int:
    """Show the services in use, those that wait to be, and those that come with the program."""
    root = ready_root(options)
    shelf, used = root.service_shelf, {service.key: service for service in root.services}
    keys = sorted({*used, *shelf.names(), *root.shipped_services})
    if options.json:
        print(as_json([_told(key, used.get(key), root) for key in keys]))
        return 0
    rows = [list(_told(key, used.get(key), root).values()) for key in keys]
    print(table(rows, ["Layanan", "Nama", "Deret", "Edisi SOP", "Keadaan"], {1: 50}))
    return 0


def _told(key: str, service: PublicService | None, root: Root) -> dict[str, str]:
    if service is None:
        there = key in root.service_shelf.names()
        standing = "ada di layanan/, belum dipasang" if there else "dibawa program ini, belum dipasang"
        return {"layanan": key, "nama": "-", "deret": "-", "edisi": "-", "keadaan": standing}
    editions = ", ".join(sop.key for sop in service.editions) or "-"
    standing = "dipakai" if not root.service_shelf.differs(key) else "dipakai; layanan.toml berubah sejak dipasang"
    return {"layanan": key, "nama": service.name, "deret": service.series, "edisi": editions, "keadaan": standing}


def check(options: Namespace) -> int:
    """Look through one service or all that lie in the office's folder; exit code 8 if something is found."""
    from pipeline.work.services import service_faults

    root = ready_root(options)
    keys = [options.service] if options.service else list(root.service_shelf.names())
    parts = root.service_parts
    found = {key: service_faults(key, parts)[1] for key in keys}
    if options.json:
        print(as_json(found))
    else:
        for key, faults in found.items():
            print("\n".join(printable_lines([f"{key}: {'layak dipakai' if not faults else 'tidak dapat dipakai'}"])))
            print("\n".join(printable_lines([f"  - {fault}" for fault in faults])), end="\n" if faults else "")
        if not found:
            print("Tidak ada layanan di layanan/.")
    return SettingsFault.exit_code if any(found.values()) else 0


def take(options: Namespace) -> int:
    """Take a service into use, or what was changed of it."""
    from pipeline.work.services import take_service

    root = ready_root(options)
    service = take_service(options.service, by=TERMINAL, parts=root.service_parts)
    roles = ", ".join(sorted(service.roles)) or "tidak ada"
    print(f"Layanan {service.name} dipakai; deret nomor {service.series}, peran: {roles}.")
    print(f"Berikan perannya di halaman Akun. Suratnya: inbox/{service.key}/, atau halaman Kirim berkas.")
    if root.numbers.restored_from() is not None:
        print("Arsip ini pernah dipulihkan: nomor baru ditahan sampai `yankomas nomor` menyebut juga deret ini.")
    return 0


def send(options: Namespace) -> int:
    """Put files into the inbox for a service, to be registered there as any scan is."""
    from pipeline.intake.dropping import dropped
    from pipeline.register.enrol import line_of

    root = ready_root(options)
    line_of(options.service, root.enrol_parts)
    folder = options.service if options.service in {service.key for service in root.services} else ""
    uploads = root.uploads("inbox")
    uploads.prepare()
    delivery = Actor("", system_account()).delivery(COMMAND, root.clock.now())
    found = dropped([_sent(root.file(path), uploads) for path in options.files], delivery, root.ledger, folder)
    for path, _ in found.landed:
        print(f"{path}: masuk ke kotak masuk.")
    for file in found.not_taken:
        print("\n".join(printable_lines([f"{file.name}: tidak diterima, {file.why}."])))
    root.wake()
    return Refused.exit_code if found.not_taken else 0


def _sent(blob: Blob, uploads: Uploads) -> SentFile:
    """Write a file beside the inbox, from where it is put into it whole."""
    writing = uploads.begin(blob.name)
    writing.write(memoryview(content(blob)))
    return writing.finished("berkas")
