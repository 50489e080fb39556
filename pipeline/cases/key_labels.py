"""What people read where a case keeps a key; the labels lie in ``key_labels.toml``, once for pages and commands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pipeline.cases.sop import title_of
from pipeline.office.roles import TITLES, OfficeRoles, service_of_role

_LABELS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
#: The roles, and the details of a person, by their keys.
ROLES, PERSON_LABELS = {**TITLES, **_LABELS["pelaku"]}, _LABELS["orang"]
#: What services, and the offices' editions, call their own roles, by office: a process may work for several.
_OF_OFFICES: dict[str, dict[str, str]] = {}
#: How the key of a sheet begins: the step it belongs to.
_TEMPLATE = re.compile(r"\d\d-[a-z-]+")


def role_name(role: str, of: OfficeRoles | None = None) -> str:
    """Return a role as people call it; of one of a service's own, what it is called there.

    ``of`` are the roles of the office that is meant, wherever it can be said: of a role that two offices of this
    process call otherwise, whoever does not say it is told by the key.
    """
    if role in ROLES or not service_of_role(role):
        return ROLES.get(role, role)
    called = {of.titles[role]} if of and role in of.titles else _called(role)
    return next(iter(called)) if len(called) == 1 else role.rpartition(".")[2].replace("-", " ").capitalize()


def call_roles(titles: Mapping[str, str], office: str) -> None:
    """Have roles called as a service or edition of an office does (``surat-masuk.agendaris``: *Petugas agenda*)."""
    called = _OF_OFFICES.setdefault(office, {})
    called.update((role, title) for role, title in titles.items() if service_of_role(role))


def _called(role: str) -> set[str]:
    return {titles[role] for titles in tuple(_OF_OFFICES.values()) if role in titles}


def choice_label(choice: str) -> str:
    """Return an answer of a choice as people read it."""
    return _LABELS["pilihan"].get(choice, choice)


def tie(how: str) -> str:
    """Return how another case is tied to this one."""
    return _LABELS["kaitan"].get(how, how)


def duty_words(duty: str) -> str:
    """Return a duty (``cetak 03-lembar-disposisi v1``) in words: ``mencetak lembar disposisi versi 1``."""
    action, _, rest = duty.partition(" ")
    subject, mark, version = rest.rpartition(" v")
    if not mark:
        subject = rest
    if _TEMPLATE.fullmatch(subject):
        subject = f"{title_of(subject).lower()} versi {version}"
    return f"{_LABELS['tugas'].get(action, action)} {subject or 'surat pengaduan'}"
