"""Where backups go, set at the desk: to another computer only by the word of a second person, if there is one.

A backup is the whole office, and who starts the first is told its password: whoever names where it goes could read all
of it at home. A folder of this computer is at once, for whoever carries it away has to come to the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.access.confirmation import ask_for_backup_place
from pipeline.access.grant_parts import GrantParts
from pipeline.access.requests import Request, somebody_else_confirms
from pipeline.errors import NotAllowed, NotFound
from pipeline.office.backup_place import BACKUP_PLACE, PlaceChange, read_place_change
from pipeline.office.settings_changes import value_at
from pipeline.work.office_settings import SettingsParts, require_place, require_usable, save
from pipeline.work.setting_forms import SettingForm, read

#: The part of the settings that is set here.
BACKUPS = "cadangan"


@dataclass(frozen=True, slots=True)
class Saved:
    """The keys that say something else now, and whether the place waits for a second person."""

    keys: tuple[str, ...]
    waits: bool = False


def save_backups(
    form: SettingForm, answers: Mapping[str, str], seen: str, *, by: str, parts: SettingsParts, grants: GrantParts
) -> Saved:
    """Set what the form of backups says; another computer as their place is asked for, and all else holds at once.

    Raises:
        Incomplete: an answer cannot be used, or somebody changed this part meanwhile.
        NotAllowed: another place waits already.
        SettingsFault: the file cannot be read or changed.
    """
    values = parts.file.values()
    change = PlaceChange(_place_in(values), str(read(form, answers)[BACKUP_PLACE] or ""))
    if not (change.leaves_the_computer and somebody_else_confirms(by, grants.staff)):
        return Saved(save(form, answers, seen, by=by, parts=parts))
    require_place(form, {BACKUP_PLACE: change.after}, values)
    without = {**answers, ".".join(BACKUP_PLACE): change.before}

    def ask() -> None:
        ask_for_backup_place(change, by=by, parts=grants)

    return Saved(save(form, without, seen, by=by, parts=parts, before_it=ask), waits=True)


def send_backups(request: Request, *, by: str, parts: SettingsParts, claim: Callable[[], bool]) -> None:
    """Send backups where it was asked for; ``claim`` settles the request, and says whether it still waited.

    Raises:
        NotFound: it waits no more.
        NotAllowed: the place was changed since it was asked for.
        SettingsFault: the file cannot be read or changed.
    """
    change = read_place_change(request.detail)

    def check(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        if _place_in(before) != change.before:
            raise NotAllowed(
                "Tempat cadangan berubah sejak perubahan ini diminta.",
                "Tolak permohonan ini; mintalah mengajukannya lagi.",
            )
        require_usable(after, {})
        if not claim():
            raise NotFound("Permohonan itu sudah diputuskan orang lain.", "Lihat daftarnya di halaman Pengesahan.")

    changes = {BACKUP_PLACE: change.after}
    parts.file.change(BACKUPS, changes, by=request.by, at=parts.now, check=check, confirmed_by=by)


def _place_in(values: Mapping[str, Any]) -> str:
    return str(value_at(values, BACKUP_PLACE) or "")
