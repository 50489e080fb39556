"""What people read where a case keeps a key; the labels lie in ``key_labels.toml``, once for pages and commands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from pipeline.cases.sop import title_of
from pipeline.office.roles import TITLES, service_of_role

_LABELS: Mapping[str, Mapping[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
#: The roles, and the details of a person, by their keys.
ROLES, PERSON_LABELS = {**TITLES, **_LABELS["pelaku"]}, _LABELS["orang"]
#: What services, and the office's editions, call their own roles; two offices of one process that call one otherwise
#: share the last.
_OF_SERVICES: dict[str, str] = {}
#: How the key of a sheet begins: the step it belongs to.
_TEMPLATE = re.compile(r"\d\d-[a-z-]+")


def role_name(role: str) -> str:
    """Return a role as people call it; of one of a service's own, what it is called there."""
    own = role.rpartition(".")[2].replace("-", " ").capitalize() if service_of_role(role) else role
    return ROLES.get(role) or _OF_SERVICES.get(role, own)


def call_roles(titles: Mapping[str, str]) -> None:
    """Have roles called as their service or edition does (``surat-masuk.agendaris``: *Petugas agenda*)."""
    _OF_SERVICES.update((role, title) for role, title in titles.items() if service_of_role(role))


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
