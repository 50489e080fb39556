"""Setting up the office: its file changed from a form, as a whole that can be used or not at all.

Who holds which post is not changed here (:mod:`pipeline.work.official_posts`): it may need a second person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from pipeline.errors import Incomplete, SettingsFault
from pipeline.office.backup_place import BACKUP_PLACE
from pipeline.office.nomenclature import renamings
from pipeline.office.office_file import KeyFault, Table
from pipeline.office.ports import OfficeFile
from pipeline.office.settings_changes import Changes, changed_keys, is_untouched, mark_of, value_at
from pipeline.register.naskah_numbers import NaskahPattern
from pipeline.register.register_numbers import RegisterPattern, register_pattern, require_apart
from pipeline.work.setting_forms import SettingForm, read, shown
from pipeline.work.settings import settings_of

#: A row in the settings' faults, and as fields of forms are named.
_ROW = re.compile(r"\[(\d+)\]")
#: A width of a number that no paper has room for, and no memory either.
_WIDE = re.compile(r"\{[^}]*\d{3}")
_HOST = r"[A-Za-z0-9][\w.-]*"
#: Where the desk may send backups: a folder, another computer by SSH, a server of restic by https.
_PLACES = re.compile(rf"/.*[^/].*|sftp:({_HOST}@)?{_HOST}:/?[\w./-]+|rest:https://{_HOST}[\w./:-]*")
#: The question whose mails a mailbox takes.
MAILBOX_SERVICE = "kotak_surel.layanan"
_NOT_SAVED = "Pengaturan belum disimpan."
#: The two texts that every pattern of letters' numbers may name.
_CODES = (("nomor", "unit"), ("nomor", "klasifikasi"))
_EMPTY: tuple[Any, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class SettingsParts:
    """What changing the settings needs: the file, the time, and what writes into the access log.

    ``others`` is how the numbers of the office's other services are printed, by their series; ``services`` are their
    names.
    """

    file: OfficeFile
    now: datetime
    note: Callable[[str], None]
    others: Mapping[str, RegisterPattern] = field(default_factory=dict)
    services: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form as it is filled now, and the mark by which its sending knows what it was made of."""

    texts: Mapping[str, str]
    mark: str


def open_form(form: SettingForm, file: OfficeFile) -> OpenForm:
    """Return a form with what the office's file says now.

    Raises:
        SettingsFault: the file cannot be read.
    """
    values = file.values()
    return OpenForm(shown(form, values), mark_of(values, form.paths))


def _nothing() -> None:
    """Do nothing."""


def save(
    form: SettingForm,
    answers: Mapping[str, str],
    seen: str,
    *,
    by: str,
    parts: SettingsParts,
    before_it: Callable[[], None] = _nothing,
) -> tuple[str, ...]:
    """Set what a form says; return the keys that say something else now.

    ``seen`` is the mark of the form that was filled in; ``before_it`` is done once nothing is in the way.

    Raises:
        Incomplete: an answer cannot be used, or somebody changed this part meanwhile.
        SettingsFault: the file cannot be read or changed.
    """
    values = parts.file.values()
    changes = _worth_setting(read(form, answers), values)
    _check_patterns(form, changes)
    require_place(form, changes, values)

    def check(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        if not is_untouched(before, form.paths, seen):
            raise Incomplete(
                "Bagian ini baru saja diubah orang lain; yang Anda ketik ada di bawah.",
                "Bandingkan dengan yang sekarang berlaku, lalu simpan lagi.",
            )
        require_usable(after, {one.key: one.label for one in form.fields}, parts.others, parts.services)
        before_it()
        if keys := changed_keys(before, changes):
            parts.note(f"{form.key}: {', '.join(keys)}")

    return parts.file.change(form.key, changes, by=by, at=parts.now, check=check)


def require_usable(
    values: Mapping[str, Any],
    labels: Mapping[str, str],
    others: Mapping[str, RegisterPattern] = MappingProxyType({}),
    services: Collection[str] = (),
) -> None:
    """Make sure that all of the settings can be used; ``others`` are the patterns of other series of numbers.

    A mailbox that the form is about is that of complaints or of one of the ``services``.

    Raises:
        Incomplete: they cannot; names the field, if it is one of those that have a label.
    """
    top = Table("", dict(values))
    try:
        found = settings_of(top)
        if MAILBOX_SERVICE in labels:
            found.mailbox.inbox_folder(services)
        if others:
            pattern = register_pattern(top.table("nomor").get("register", str), renamings(top))
            require_apart(replace(pattern, others=others))
    except KeyFault as fault:
        name = _ROW.sub(r".\1", fault.key)
        label = labels.get(name) or labels.get(name.rpartition(".")[0]) or name.rpartition(".")[2]
        raise Incomplete(_NOT_SAVED, fault.remedy, {name: (label, f"{fault.fact}. {fault.remedy}")}) from fault
    except SettingsFault as fault:
        raise Incomplete(fault.message, fault.remedy) from fault


def _worth_setting(changes: Changes, values: Mapping[str, Any]) -> Changes:
    """Leave out what was empty and stays so: the file need not say it."""
    return {key: value for key, value in changes.items() if not (value in _EMPTY and value_at(values, key) in _EMPTY)}


def require_place(form: SettingForm, changes: Changes, values: Mapping[str, Any]) -> None:
    """Refuse a place for backups that restic would start another program for; one that the file names already stays.

    Raises:
        Incomplete: it is none of those that may be named here.
    """
    place = str(changes.get(BACKUP_PLACE) or "")
    if place and place != value_at(values, BACKUP_PLACE) and not _PLACES.fullmatch(place):
        label = next(one.label for one in form.fields if one.path == BACKUP_PLACE)
        why = "tulis folder yang dimulai dengan /, sftp:nama@komputer:/folder, atau rest:https://…"
        wrong = {".".join(BACKUP_PLACE): (label, why)}
        raise Incomplete(_NOT_SAVED, "Betulkan isian yang ditandai, lalu simpan lagi.", wrong)


def _check_patterns(form: SettingForm, changes: Changes) -> None:
    """Say beside its field which pattern of numbers cannot be used.

    Raises:
        Incomplete: one cannot.
    """
    wrong: dict[str, tuple[str, str]] = {}
    unit, classification = (str(changes.get(key) or "") for key in _CODES)
    for one in form.fields:
        if one.path[0] != "nomor" or one.path in _CODES:
            continue
        pattern = str(changes.get(one.path) or "")
        if _WIDE.search(pattern):
            wrong[one.key] = (one.label, "lebar angkanya paling banyak 99 angka, misalnya {urut:04d}")
            continue
        try:
            RegisterPattern(pattern) if one.key == "nomor.register" else NaskahPattern(pattern, unit, classification)
        except SettingsFault as fault:
            wrong[one.key] = (one.label, f"{fault.message} {fault.remedy}")
    if wrong:
        raise Incomplete(_NOT_SAVED, "Betulkan isian yang ditandai, lalu simpan lagi.", wrong)
