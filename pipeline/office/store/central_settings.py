"""An office says that its cases are kept centrally, or no longer: ``[pusat]`` in its file, secrets beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tomlkit

from pipeline.errors import UsageFault
from pipeline.office.central_plan import CentralPlan
from pipeline.office.store.office_file import read_table, read_text
from pipeline.storage import disk

_TABLE = "pusat"


def is_joined(settings: Path) -> bool:
    """Say whether the office's file says that its cases are kept centrally.

    Raises:
        SettingsFault: it is missing or broken.
    """
    return read_table(settings).has(_TABLE)


def refuse_joined(settings: Path) -> None:
    """Make sure that the office's file does not say so far that its cases are kept centrally.

    Raises:
        UsageFault: it does.
        SettingsFault: it is missing or broken.
    """
    if is_joined(settings):
        raise UsageFault(f"{settings} sudah mempunyai [{_TABLE}].", "Kantor itu sudah disimpan di pusat.")


def join(settings: Path, plan: CentralPlan, secrets: Mapping[str, str]) -> None:
    """Write into the office's file that its cases are kept centrally, and the secrets into a file of the owner's alone.

    Raises:
        UsageFault: the file says so already.
        SettingsFault: it is missing or broken.
    """
    refuse_joined(settings)
    document = tomlkit.parse(read_text(settings))
    said = {"kantor": plan.office, "basis_data": plan.database, "objek": plan.objects, "ember": plan.bucket}
    document[_TABLE] = {**said, "rahasia": plan.secrets, **({"tanpa_tls": True} if plan.plaintext else {})}
    place = settings.parent / plan.secrets
    place.parent.mkdir(mode=0o700, exist_ok=True)
    disk.replace(place, tomlkit.dumps(dict(secrets)).encode(), 0o600)
    disk.replace(settings, tomlkit.dumps(document).encode(), settings.stat().st_mode & 0o777)
    disk.sync_folder(settings.parent)


def leave(settings: Path) -> None:
    """Take out of the office's file that its cases are kept centrally.

    Raises:
        SettingsFault: the file is missing or broken.
    """
    disk.replace(settings, without_centre(settings), settings.stat().st_mode & 0o777)
    disk.sync_folder(settings.parent)


def without_centre(settings: Path, *others: str) -> bytes:
    """Return an office's file as it is where its cases are not kept centrally, and without these other tables.

    Raises:
        SettingsFault: the file is missing or broken.
    """
    document = tomlkit.parse(read_text(settings))
    for table in (_TABLE, *others):
        document.pop(table, None)
    return f"{tomlkit.dumps(document).rstrip()}\n".encode()  # without the empty line that stood before the table
