"""The office changes its SOP: a draft of an edition, what it would change, taken into force from a day on, withdrawn.

What says who signs, decides or may what waits for a second person (decision 25); a limit, a name, a phrase does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from pipeline.access.confirmation import ask_for_edition
from pipeline.access.grant_parts import GrantParts
from pipeline.access.requests import Request, Staff, somebody_else_confirms
from pipeline.cases.answers import read_day
from pipeline.cases.asked_edition import EditionChange, mark_of_powers, read_edition_change, told_in_short
from pipeline.cases.edition_ports import OwnEditions
from pipeline.cases.own_editions import Texts, edition_of, own_key, require_ahead
from pipeline.cases.sop import YANKOMAS, Sop, in_force
from pipeline.cases.sop_differences import Difference, differences, role_words
from pipeline.cases.sop_file import read_sop
from pipeline.cases.sop_form_answers import RowChange, effective_change
from pipeline.cases.sop_lanes import ACTING_WORDS
from pipeline.cases.unfit_edition import UnfitEdition
from pipeline.errors import Incomplete, NotAllowed, NotFound
from pipeline.office.roles import is_service_role
from pipeline.office.wording import long_date, unprintable

#: The longest reason.
MOST_WHY = 300


@dataclass(frozen=True, slots=True)
class SopParts:
    """What changing the SOP of a service needs.

    ``known`` are the editions that cases follow; ``edit`` changes rows of files; ``staff`` is who holds which role
    today; ``note`` writes into the access log; ``template_faults`` says what of the service's Word templates does not
    go with an edition; ``roles`` are the service's own, of which no other may have a lane.
    """

    editions: OwnEditions
    known: tuple[Sop, ...]
    edit: Callable[[Texts, Iterable[RowChange]], dict[str, str]]
    staff: Callable[[], Staff]
    now: datetime
    note: Callable[[str], None]
    service: str = YANKOMAS
    roles: frozenset[str] = frozenset()
    template_faults: Callable[[Sop], Iterable[str]] = lambda _sop: ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What files would be from a day on: the edition, the one whose place it takes, what differs, what to think of.

    ``mark`` is that of the files and of what they were compared with.
    """

    day: date
    texts: Texts
    sop: Sop
    before: Sop
    differences: tuple[Difference, ...]
    warnings: tuple[str, ...]
    mark: str

    @property
    def powers(self) -> tuple[Difference, ...]:
        """What of it says who may what."""
        return tuple(one for one in self.differences if one.power)


@dataclass(frozen=True, slots=True)
class Installed:
    """From which day the edition is in force, and whether that waits for a second person."""

    day: date
    waits: bool


def coming(parts: SopParts) -> tuple[Sop, ...]:
    """Return every edition that is in force, was, or will be as things stand."""
    later = [one for one in parts.editions.listed() if not one.begun and not one.faults]
    return (*parts.known, *(edition_of(one.service, one.day, one.texts, checked=False) for one in later))


def changed_by(sop: Sop, known: Iterable[Sop]) -> tuple[Difference, ...]:
    """Return what an edition changed of the one of those known whose place it took; nothing of the first."""
    others = [one for one in known if one.key != sop.key and (sop.own or not one.own)]
    before = [one for one in others if one.effective <= sop.effective]
    return differences(in_force(before, sop.effective), sop) if before else ()


def newest(parts: SopParts) -> Sop:
    """Return the edition that will be in force last, as things stand: what a draft begins from."""
    return in_force(coming(parts), date.max)


def planned(texts: Texts, day: date, parts: SopParts) -> Plan:
    """Return what files would change if they were in force from a day on.

    Raises:
        UnfitEdition: they cannot be used; names files and lines.
        SettingsFault: the day cannot be written into them.
    """
    known = coming(parts)
    before = in_force(known, day)
    read_sop(own_key(parts.service, day), texts, service=parts.service)  # its faults, by the lines that its writer sees
    dated = parts.edit(texts, [effective_change(day)])
    sop = edition_of(parts.service, day, dated)
    strange = [lane.role for lane in sop.lanes if is_service_role(lane.role) and lane.role not in parts.roles]
    if strange:  # nobody could hold it, or open these cases with it
        said = f"lanes.toml: peran {', '.join(strange)} bukan peran layanan ini"
        raise UnfitEdition(own_key(parts.service, day), [said])
    found = differences(before, sop)
    return Plan(day, dated, sop, before, found, tuple(_warnings(sop, before, known, parts)), mark_of(texts, before))


def looked_through(texts: Texts, day: date, parts: SopParts) -> Plan:
    """Return what files would change, once the service's Word templates go with them too (which takes a moment).

    Raises:
        UnfitEdition: they cannot be used, or a template asks for what they do not give.
        SettingsFault: the day cannot be written into them.
    """
    plan = planned(texts, day, parts)
    if faults := [*parts.template_faults(plan.sop)]:
        raise UnfitEdition(plan.sop.key, faults)
    return plan


def mark_of(texts: Texts, before: Sop) -> str:
    """Return the mark of files as compared with an edition."""
    return hashlib.sha256(json.dumps([dict(sorted(texts.items())), before.key]).encode()).hexdigest()[:32]


def put_in_force(
    texts: Texts, day: date, why: str, *, by: str, parts: SopParts, grants: GrantParts, seen: str | None = None
) -> Installed:
    """Put an edition in force from a day on, or ask a second person for it; ``seen`` is the mark of what was looked at.

    Raises:
        UnfitEdition: it cannot be used; names files and lines.
        Incomplete: the reason is missing, or what it was compared with is another since.
        NotAllowed: the day is over, there is an edition of that day, one waits, or nothing differs.
    """
    _require_why(why)
    require_ahead(day, parts.now.date())
    plan = looked_through(texts, day, parts)
    parts.editions.require_free(day, plan.texts, parts.now)
    if not plan.differences:
        told = f"Edisi itu sama dengan yang berlaku pada {long_date(day)} ({plan.before.key})."
        raise NotAllowed(told, "Tidak ada yang perlu dipasang.")
    if seen is not None and seen != plan.mark:
        raise Incomplete(
            "Edisi yang digantikan, atau rancangan ini, berubah sejak halaman ini dibuka.",
            "Lihat lagi bedanya di bawah, lalu pasang.",
        )
    parts.note(f"edisi SOP mulai {day.isoformat()}")
    if plan.powers and somebody_else_confirms(by, grants.staff):
        kept = parts.editions.ask(day, plan.texts, by=by, at=parts.now, why=why)
        told, mark = told_in_short(plan.differences), mark_of_powers(plan.differences)
        change = EditionChange(parts.service, day, kept, why, told, mark)
        ask_for_edition(change, by=by, parts=grants)
        return Installed(day, waits=True)
    parts.editions.install(day, plan.texts, by=by, at=parts.now, why=why)
    grants.tell(f"{by} memasang edisi SOP mulai {long_date(day)}: {_counted(plan)}.", by)
    return Installed(day, waits=False)


def install_asked(request: Request, *, by: str, parts: SopParts, claim: Callable[[], bool]) -> None:
    """Put an edition in force as it was asked for; ``claim`` settles the request, and says whether it still waited.

    Raises:
        NotFound: it waits no more.
        NotAllowed: its day is over, or what it changes is another thing since it was asked for.
        ArchiveFault: its files are gone.
    """
    change = read_edition_change(request.detail)
    texts = parts.editions.asked(change.sha256)
    try:
        parts.editions.require_free(change.day, texts, parts.now)
        same = mark_of_powers(planned(texts, change.day, parts).differences) == change.mark
    except (NotAllowed, UnfitEdition) as fault:
        raise NotAllowed(fault.message, "Tolak permohonan ini; mintalah mengajukannya lagi.") from fault
    if not same:
        told = "Edisi yang digantikannya berubah sejak permohonan ini diajukan."
        raise NotAllowed(told, "Tolak permohonan ini; mintalah mengajukannya lagi.")
    if not claim():
        raise NotFound("Permohonan itu sudah diputuskan orang lain.", "Lihat daftarnya di halaman Pengesahan.")
    parts.editions.install(change.day, texts, by=request.by, at=parts.now, why=change.why, confirmed_by=by)


def withdraw(day: date, why: str, *, by: str, parts: SopParts, grants: GrantParts) -> None:
    """Take an edition back before its day.

    Raises:
        Incomplete: the reason is missing.
        NotAllowed: there is none of that day, or it has begun.
    """
    _require_why(why)
    parts.note(f"edisi SOP mulai {day.isoformat()} ditarik")
    parts.editions.withdraw(day, by=by, at=parts.now, why=why)
    grants.tell(f"{by} menarik edisi SOP yang akan mulai {long_date(day)}.", by)


def read_first_day(text: str, now: datetime) -> date:
    """Return the day from which an edition is to be in force.

    Raises:
        Incomplete: it is no day, or over.
    """
    try:
        day = read_day(text)
        if day < now.date():
            raise ValueError("sudah lewat; pilih hari ini atau sesudahnya")
    except ValueError as fault:
        told = {"mulai": ("Mulai", str(fault))}
        raise Incomplete(f"Mulai belum dapat dipakai: {fault}.", "Betulkan, lalu ulangi.", told) from None
    return day


def _require_why(why: str) -> None:
    """Make sure that there is a reason.

    Raises:
        Incomplete: there is none, or none that can be kept.
    """
    fault = (
        "harus diisi" if not why else f"paling panjang {MOST_WHY} huruf" if len(why) > MOST_WHY else unprintable(why)
    )
    if fault:
        told = {"alasan": ("Alasan", fault)}
        raise Incomplete(f"Alasan belum dapat dipakai: {fault}.", "Tulis dengan singkat mengapa.", told)


def _warnings(sop: Sop, before: Sop, known: Iterable[Sop], parts: SopParts) -> Iterable[str]:
    """Yield what to think of before such an edition is in force."""
    staff = parts.staff()
    held = {role for account in staff.come_in() for role in staff.roles(account)}
    if nobodys := [role_words(role, sop) for role in _acting(sop) if role not in held]:
        yield f"Tidak ada yang memegang peran {', '.join(nobodys)}; perkara yang sampai kepadanya akan tertahan."
    for state in sop.states:
        makers = {role for move in sop.moves if state.key in move.start for role in move.roles}
        idle = [role for role in state.awaits if role not in makers] if makers <= {*_inside(sop)} else []
        for role in (role for role in idle if state.gate is None and role in _inside(sop)):
            told = f"Keadaan “{state.label}” menunggu {role_words(role, sop)}"
            yield f"{told}, yang tidak dapat melakukan gerak dari situ."
    able, still = ({one.role for one in of.lanes if {*ACTING_WORDS} & {*one.rights}} for of in (before, sop))
    if kept_out := [role_words(role, sop) for role in _inside(sop) if role in able - still]:
        told = f"Menurut haknya {', '.join(kept_out)} tidak lagi bertindak atas perkara"
        yield f"{told}; yang berjalan menurut edisi sebelumnya dan menunggunya akan tertahan."
    later = sorted((one for one in known if one.own and one.effective > sop.effective), key=lambda one: one.effective)
    for one in later:
        yield f"Sejak {long_date(one.effective)} edisi {one.key}, yang sudah dipasang, menggantikannya lagi."
    if not before.own:
        yield "Sesudah ini edisi baru yang dibawa pembaruan program tidak dipakai; edisi kantor yang berlaku."


def _inside(sop: Sop) -> tuple[str, ...]:
    return tuple(lane.role for lane in sop.lanes if not lane.outside)


def _acting(sop: Sop) -> tuple[str, ...]:
    """Return the roles of the office by which something is done in an edition."""
    hands = (role for sheet in sop.sheets for role in (*sheet.drafters, *sheet.initials, *sheet.signers))
    moved = (role for move in sop.moves for role in move.roles)
    inside = set(_inside(sop))
    return tuple(role for role in dict.fromkeys([*hands, *moved]) if role in inside)


def _counted(plan: Plan) -> str:
    powers = f", {len(plan.powers)} di antaranya tentang siapa berwenang apa" if plan.powers else ""
    return f"{len(plan.differences)} perubahan{powers}"
