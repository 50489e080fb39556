"""The office's services: looked through as a whole, and taken into use once nothing is wrong with any part of them.

None is taken out of use again: what was noted counts, whatever becomes of its folder
(``cases/store/service_shelf.py``). What a service is: ``cases/public_service.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pipeline.cases.public_service import FILE, PublicService, unfit
from pipeline.cases.sop import Sop, is_own_sheet
from pipeline.intake.fronts_then_backs import FOLDER as STACKS
from pipeline.intake.inbox_files import REFUSED
from pipeline.intake.named_case import number_of_folder
from pipeline.intake.no_scans import AS_COMPLAINT
from pipeline.letters.ports import TemplateFinding
from pipeline.office.ports import Clock
from pipeline.register.register_numbers import RegisterPattern, unfit_for_series

#: Folders of the inbox that mean something else than for which service a file is.
_OF_THE_INBOX = (REFUSED, STACKS, AS_COMPLAINT)
_SHOWN = 80  # letters of a pattern that cannot be used


class Shelf(Protocol):
    """Where the office's services lie, and what of them is in use."""

    def bring(self, key: str) -> bool:
        """Copy a service that comes with the program into the office's folder, if it has none of that name.

        Raises:
            NotFound: there is none.
        """

    def looked_through(self, key: str) -> tuple[PublicService | None, list[str]]:
        """Return a service as it lies there, and everything wrong with its file and its editions."""

    def templates(self, key: str) -> Mapping[str, Any]:
        """Return the Word files of a service by their names without ``.docx``."""

    def names(self) -> Collection[str]:
        """Return the services whose folders lie there."""

    def noted(self) -> Collection[str]:
        """Return the services that were ever taken into use."""

    def take_into_use(self, key: str, *, by: str, at: Any) -> None:
        """Note a service as in use as it lies there."""


@dataclass(frozen=True, slots=True)
class ServiceParts:
    """What looking after services needs.

    ``check`` looks a template of an edition through, ``place`` makes room for a service: its inbox, its series.
    ``ours`` are the names of Yankomas's templates, ``pattern`` is how the numbers of all series are printed.
    ``may_take`` raises where none is taken into use.
    """

    shelf: Shelf
    clock: Clock
    check: Callable[[str, Sop], Sequence[TemplateFinding]]
    place: Callable[[PublicService], None]
    ours: Collection[str]
    pattern: RegisterPattern
    may_take: Callable[[], object]


def service_faults(key: str, parts: ServiceParts) -> tuple[PublicService | None, list[str]]:
    """Return a service as its folder has it, and everything that is wrong with any part of it, each with its place."""
    service, found = parts.shelf.looked_through(key)
    if key in _OF_THE_INBOX or number_of_folder(key, parts.pattern):
        found.append(f"nama folder {key!r} berarti lain di kotak masuk; beri nama lain")
    if service is None:
        return None, found
    if why := unfit_for_series(service.pattern, service.series, parts.pattern):
        found.append(f"{FILE}: nomor {service.pattern[:_SHOWN]!r}: {why}")
    return service, [*found, *_template_faults(service, parts)]


def take_service(key: str, *, by: str, parts: ServiceParts) -> PublicService:
    """Take a service into use, or what was changed of one: all of it or, with any fault, nothing.

    One that comes with the program is copied first; what the office has of it is not touched.

    Raises:
        NotFound: there is none of that name.
        SettingsFault: something is wrong with it; names all of it. Or the office is run from another folder.
    """
    parts.may_take()
    parts.shelf.bring(key)
    service, found = service_faults(key, parts)
    now = parts.clock.now()
    if service and not any(sop.effective <= now.date() for sop in service.editions):
        found.append("sop/: belum ada edisi yang berlaku hari ini; suratnya tidak dapat didaftarkan")
    if service is None or found:
        raise unfit(key, found)
    parts.place(service)
    parts.shelf.take_into_use(key, by=by, at=now)
    return service


def _template_faults(service: PublicService, parts: ServiceParts) -> Iterator[str]:
    there, used = parts.shelf.templates(service.key), parts.shelf.noted()
    # What somebody still writes, perhaps a copy of this service, is nothing against one that is in use.
    known = used if service.key in used else parts.shelf.names()
    others = {stem: key for key in known if key != service.key for stem in parts.shelf.templates(key)}
    for stem in there:
        if stem in parts.ours:
            yield f"templat/{stem}.docx: nama itu sudah dipakai templat Yankomas"
        elif stem in others:
            yield f"templat/{stem}.docx: nama itu sudah dipakai templat layanan {others[stem]}"
    asked = {sheet.template for sop in service.editions for sheet in sop.sheets}
    for sop in service.editions:
        yield from edition_template_faults(service.key, sop, parts)
    yield from (f"templat/{stem}.docx: tidak ada naskah yang memakainya" for stem in there.keys() - asked)


def edition_template_faults(key: str, sop: Sop, parts: ServiceParts) -> Iterator[str]:
    """Yield what of a service's Word templates does not go with an edition of its SOP."""
    there = parts.shelf.templates(key)
    for sheet in sop.sheets:
        if sheet.template not in there:
            yield f"templat/{sheet.template}.docx tidak ada; edisi {sop.key} memakainya"
        else:
            yield from (f"templat/{found} ({found.remedy})" for found in parts.check(sheet.template, sop))


def own_sheet_faults(
    sop: Sop, there: Collection[str], check: Callable[[str, Sop], Sequence[TemplateFinding]]
) -> Iterator[str]:
    """Yield what of the Word templates of sheets that the office added to Yankomas does not go with an edition.

    ``there`` are the Word files among the office's templates.
    """
    for sheet in filter(lambda one: is_own_sheet(one.template), sop.sheets):
        if f"{sheet.template}.docx" not in there:
            yield f"letter_templates/{sheet.template}.docx tidak ada; edisi {sop.key} memakainya"
        else:
            yield from (f"letter_templates/{found} ({found.remedy})" for found in check(sheet.template, sop))
