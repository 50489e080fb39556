"""A service of the office besides Yankomas: what its file ``layanan/NAMA/layanan.toml`` says of it.

A service has a series of register numbers, roles of its own, editions of an SOP and Word templates; all of them are the
office's data. Its roles are called ``NAMA.peran``, so that whoever meets one knows what it belongs to; what somebody
with such a role may do at the desk follows from its kind. The service that every office has, Yankomas, has no file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.cases.case_number import SERIES
from pipeline.cases.sop import YANKOMAS, Sop
from pipeline.errors import NotFound, SettingsFault
from pipeline.office.roles import ROLES, is_service_role
from pipeline.office.wording import hinted
from pipeline.system_messages import toml_words

#: The file that says what a service is.
FILE = "layanan.toml"
#: What a role can be there: one that works on the cases, one that decides and signs, one that only reads.
HANDLES, DECIDES, READS = "menangani", "memutus", "membaca"
KINDS = (HANDLES, DECIDES, READS)
#: How services are called: also the folder of the inbox from which their letters are taken.
NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_MOST = 20  # letters of a service's name, so that its roles fit where logs and accounts write them
#: Letters of a name that lists have room for; what of a service's file is shown in lists.
_LONGEST, _SHOWN = 120, ("nama", "sebutan", "klasifikasi")
_WORDS = "nama sebutan deret nomor klasifikasi peran"
_ROLE_WORDS = "kunci nama hak"


def not_in_use(name: str, in_use: Iterable[str]) -> NotFound:
    """Return what whoever names a service that the office does not use is told; ``in_use``: those besides Yankomas."""
    return NotFound(
        f"Layanan {name[:_LONGEST]!r} tidak dipakai di kantor ini.", f"Yang ada: {', '.join((YANKOMAS, *in_use))}."
    )


@dataclass(frozen=True, slots=True)
class PublicService:
    """A service in use.

    ``name`` is what it is called in full, ``short`` in lists, ``series`` that of its register numbers, ``pattern`` how
    these are printed, ``classification`` the code of the retention schedule that its cases are proposed. ``roles`` are
    its own by key, each with its kind (of :data:`KINDS`); ``titles`` what they are called. ``editions`` are those of
    its SOP that have begun.
    """

    key: str
    name: str
    short: str
    series: str
    pattern: str
    classification: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    editions: tuple[Sop, ...] = ()

    @property
    def staff(self) -> frozenset[str]:
        """The roles of the office that have a part in it: its own, and the lanes of its SOP."""
        lanes = {lane.role for sop in self.editions for lane in sop.lanes if not lane.outside}
        return frozenset(self.roles) | lanes

    @property
    def workers(self) -> frozenset[str]:
        """Those of them that work on its cases, and do not only read."""
        return self.staff - {role for role, kind in self.roles.items() if kind == READS}

    def head_of(self, sop: Sop) -> str:
        """Return the role that answers for its cases: its SOP's head; if that only reads, the last that works."""
        lanes = [lane.role for lane in sop.lanes if lane.role in self.workers and not lane.outside]
        return sop.head if sop.head in lanes or not lanes else lanes[-1]

    def senders(self) -> frozenset[str]:
        """Return the roles that may hand in letters for it: those that work on its cases."""
        return frozenset(role for role, kind in self.roles.items() if kind == HANDLES)


def key_of(service: PublicService | None) -> str:
    """Return how addresses, files and programs call a service; None: Yankomas."""
    return service.key if service else YANKOMAS


def own_series(service: PublicService | None) -> str:
    """Return the series of a service's register numbers; that of Yankomas (None) is the first, which has no name."""
    return service.series if service else ""


def read_service(key: str, text: str) -> PublicService:
    """Return the service that a file describes, without its editions.

    Raises:
        SettingsFault: it cannot be used; names everything that is wrong.
    """
    try:
        told = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as fault:
        said = toml_words(fault) if isinstance(fault, tomllib.TOMLDecodeError) else "tidak dapat dibaca"
        raise unfit(key, [f"{FILE}: {said}"]) from fault
    if found := [*_faults(key, told)]:
        raise unfit(key, found)
    roles = told.get("peran", [])
    return PublicService(
        key=key,
        name=told["nama"],
        short=told.get("sebutan", told["nama"]),
        series=told["deret"],
        pattern=told["nomor"],
        classification=told.get("klasifikasi", ""),
        roles={row["kunci"]: row["hak"] for row in roles},
        titles={row["kunci"]: row["nama"] for row in roles},
    )


def unfit(key: str, said: Iterable[str]) -> SettingsFault:
    """Return the fault that a service cannot be used, to be raised; ``said`` is all that is wrong with it."""
    return SettingsFault(
        f"Layanan {key} tidak dapat dipakai: {'; '.join(said)}.",
        f"Perbaiki berkasnya di layanan/{key}/, lalu ulangi. Belum ada yang dipakai darinya.",
    )


def _faults(key: str, told: Mapping[str, Any]) -> Iterator[str]:
    if not NAME.fullmatch(key) or len(key) > _MOST or key == YANKOMAS:
        yield f"nama folder {key!r} harus huruf kecil, angka, dan tanda hubung, paling banyak {_MOST}, bukan {YANKOMAS}"
    yield from (f"{FILE}: {fault}" for fault in _strange(told, _WORDS))
    for name in ("nama", "deret", "nomor"):
        if not isinstance(told.get(name), str) or not told[name].strip():
            yield f"{FILE}: {name} tidak ada atau bukan teks"
    for name in ("sebutan", "klasifikasi"):
        if not isinstance(told.get(name, "-"), str) or not told.get(name, "-").strip():
            yield f"{FILE}: {name} kosong atau bukan teks"
    yield from (f"{FILE}: {name} {why}" for name in _SHOWN if (why := _not_shown(told.get(name))))
    if isinstance(series := told.get("deret"), str) and not re.fullmatch(SERIES, series):
        yield f'{FILE}: deret {series!r} bukan satu sampai empat huruf besar, misalnya "SM"'
    roles = told.get("peran", [])
    if not isinstance(roles, list) or not all(isinstance(row, dict) for row in roles):
        yield f"{FILE}: peran harus ditulis sebagai [[peran]]"
        return
    for position, row in enumerate(roles, 1):
        yield from (f"{FILE}, peran {position}: {fault}" for fault in _faults_of_role(key, row))
    keys = [row.get("kunci") for row in roles]
    for position, role in enumerate(keys, 1):
        if role in keys[: position - 1]:
            yield f"{FILE}, peran {position}: kunci {role!r} sudah dipakai"


def _faults_of_role(key: str, row: Mapping[str, Any]) -> Iterator[str]:
    yield from _strange(row, _ROLE_WORDS)
    if missing := [name for name in _ROLE_WORDS.split() if not isinstance(row.get(name), str)]:
        yield f"{', '.join(missing)} tidak ada atau bukan teks"
        return
    role, kind = row["kunci"], row["hak"]
    if not is_service_role(role) or role.partition(".")[0] != key:
        yield f"kunci {role!r} harus {key}.NAMA, huruf kecil, angka, dan tanda hubung"
    if why := _not_shown(row["nama"]) or ("" if row["nama"].strip() else "kosong"):
        yield f"nama {why}"
    if kind not in KINDS:
        yield hinted(f"hak {kind!r} tidak dikenal", kind, KINDS)


def _not_shown(text: object) -> str:
    """Return why no list can show a text; nothing if it can, or is none."""
    if not isinstance(text, str):
        return ""
    if not text.isprintable():
        return "memuat tanda yang tidak dapat dicetak pada satu baris"
    return f"lebih dari {_LONGEST} huruf" if len(text) > _LONGEST else ""


def _strange(row: Mapping[str, Any], words: str) -> Iterator[str]:
    known = words.split()
    return (hinted(f"{word!r} tidak dikenal", word, known) for word in row if word not in known)


def faults_between(service: PublicService, editions: Iterable[Sop], others: Iterable[PublicService]) -> Iterator[str]:
    """Yield what of a service contradicts its editions or other services: roles without a lane, a series taken."""
    for other in others:
        if other.key != service.key and other.series == service.series:
            yield f"{FILE}: deret {service.series!r} sudah dipakai layanan {other.key}"
    for sop in editions:
        lanes = {lane.role for lane in sop.lanes}
        for role in sorted(service.roles.keys() - lanes):
            yield f"{FILE}: peran {role!r} tidak punya lajur di edisi {sop.key}"
        for role in sorted(lanes - service.roles.keys() - {*ROLES}):
            yield f"edisi {sop.key}: lajur {role!r} tidak ada di {FILE}"
